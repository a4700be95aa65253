//! One archive from the file to the names that Compose asks for, and once more when everything is there.

use tests::image_archives::Packing;
use tests::live::Live;
use tests::loading::{
    Facts, Said, asked_for, facts, image_ids, package, plain_load, results, said, unload,
};

/// Loads an archive in each of these packings; `namespace` is what the names of its images begin with. Every image has
/// to be what a plain `docker load` makes of it, where the engine can load it at all.
pub(crate) fn loads_and_is_recognised(
    test: &str,
    namespace: &str,
    raw: &[u8],
    packings: &[Packing],
) {
    let images = said(raw);
    assert!(!images.is_empty(), "the archive holds images");
    let wanted: Vec<String> = images
        .iter()
        .filter_map(|image| image.names.first())
        .map(|name| asked_for(name))
        .collect();
    let live = Live::new(package(test, namespace, &wanted));
    unload_all(&live, &images);
    let plain = plain_load(&live, raw);
    let expected: Vec<Option<Facts>> = images
        .iter()
        .map(|image| {
            plain.as_ref().ok()?;
            facts(&live, &in_engine(&live, image)?)
        })
        .collect();
    live.step(&match plain {
        Ok(()) => format!(
            "docker load knows {} of {} images",
            expected.iter().flatten().count(),
            images.len()
        ),
        Err(why) => format!("docker load does not know this layout: {}", why.trim()),
    });
    for packing in packings {
        unload_all(&live, &images);
        live.step(&format!("{packing:?}"));
        let file = format!("images/archive.{}", packing.ending());
        let path = live.package.path.join(&file);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(&path, packing.pack(raw)).unwrap();

        let first = live.expect(0, &["load-images", "--json"]);
        let (kinds, bytes) = results(&first, "images");
        assert_eq!(kinds, ["loaded"], "{first}");
        assert!(bytes > 0, "{first}");
        // What compresses the file changes nothing about names, and asking Compose v1 takes seconds.
        let asks_for_names = packing == &packings[0] && !wanted.is_empty();
        if asks_for_names {
            let tags = live.expect(0, &["setup-tags", "--json"]);
            assert_eq!(results(&tags, "tags").0, ["tagged"], "{tags}");
        }
        for (image, expected) in images.iter().zip(&expected) {
            let mut names = image.names.clone();
            if asks_for_names {
                names.extend(image.names.first().map(|name| asked_for(name)));
            }
            if names.is_empty() {
                names.extend(in_engine(&live, image));
            }
            assert!(!names.is_empty(), "{packing:?}: nothing is there");
            for name in &names {
                let found = facts(&live, name);
                let found = found.unwrap_or_else(|| panic!("{packing:?}: no {name}"));
                assert_eq!(found.layers, image.layers, "{packing:?} {name}");
                for part in ["Env", "Cmd", "Entrypoint", "WorkingDir", "Labels"] {
                    let (found, said) = (&found.config["Config"][part], &image.config[part]);
                    let is_nothing = |value: &serde_json::Value| {
                        value.is_null()
                            || *value == ""
                            || *value == serde_json::json!({})
                            || *value == serde_json::json!([])
                    };
                    assert!(
                        found == said || is_nothing(found) && is_nothing(said),
                        "{packing:?} {name} {part}: {found} {said}"
                    );
                }
                if let Some(expected) = expected {
                    assert_eq!(found, *expected, "{packing:?} {name}: as docker load");
                }
            }
        }

        let second = live.expect(0, &["load-images", "--json"]);
        assert_eq!(
            results(&second, "images"),
            (vec!["already-present".into()], 0),
            "{second}"
        );
        if asks_for_names {
            let tags = live.expect(0, &["setup-tags", "--json"]);
            assert_eq!(results(&tags, "tags").0, ["already-present"], "{tags}");
        }
        fs_err::remove_file(&path).unwrap();
    }
    unload_all(&live, &images);
}

/// What the engine knows an image by: its name, or the id of one that has none.
fn in_engine(live: &Live, image: &Said) -> Option<String> {
    match image.names.first() {
        Some(name) => Some(name.clone()),
        None => by_content(live, image),
    }
}

/// A classic store makes the id of the config, the containerd store of a manifest: the content tells.
fn by_content(live: &Live, image: &Said) -> Option<String> {
    let is_it = |id: &String| facts(live, id).is_some_and(|facts| facts.layers == image.layers);
    image_ids(live).into_iter().find(is_it)
}

fn unload_all(live: &Live, images: &[Said]) {
    unload(live);
    // Some makers put a registry in front.
    for name in images.iter().flat_map(|image| &image.names) {
        for name in [name, &asked_for(name)] {
            let _ = live.try_docker(&["rmi", "--force", name]);
        }
    }
    // And the containerd store takes some names for none at all.
    for image in images {
        while let Some(id) = by_content(live, image) {
            live.docker(&["rmi", "--force", &id]);
        }
    }
}
