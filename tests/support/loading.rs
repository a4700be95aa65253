//! What an engine has of an image, and whether loading brought it: asked of the engine's own client, never of ours.

use crate::live::{Ended, Live, eventually, text};
use crate::package::{Package, architecture};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read as _;
use std::time::Duration;

/// An image as `docker inspect` tells it, without what differs between one load and the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// Digests of the layers.
    pub layers: Vec<String>,
    /// How it is run, and what it is made for.
    pub config: Value,
}

/// Returns what the engine has under a name or an id.
pub fn facts(live: &Live, name: &str) -> Option<Facts> {
    let output = live.try_docker(&["image", "inspect", name]).ok()?;
    let mut answer: Value = serde_json::from_str(&output).ok()?;
    let image = answer[0].take();
    let layers = image["RootFS"]["Layers"].as_array().into_iter().flatten();
    let mut config = serde_json::json!({});
    for part in [
        "Architecture",
        "Author",
        "Config",
        "Created",
        "Os",
        "Variant",
    ] {
        config[part] = image[part].clone();
    }
    Some(Facts {
        layers: layers.map(text).collect(),
        config,
    })
}

/// Loads an archive with the engine's own client; an engine that does not know its layout says so.
pub fn plain_load(live: &Live, archive: &[u8]) -> Result<(), String> {
    let path = live.package.around().join("plain.tar");
    fs_err::write(&path, archive).map_err(|error| error.to_string())?;
    live.try_docker(&["load", "--input", path.as_str()])
        .map(drop)
}

/// Takes every name of this test from the engine, and with the last name the image.
pub fn unload(live: &Live) {
    let names = format!("reference={}/*", live.package.namespace);
    let names = list(
        live,
        &["--filter", &names, "--format", "{{.Repository}}:{{.Tag}}"],
    );
    for name in names {
        live.docker(&["rmi", "--force", &name]);
    }
}

/// Returns the ids of all images of the engine.
pub fn image_ids(live: &Live) -> Vec<String> {
    list(live, &["--quiet", "--no-trunc"])
}

/// Lists images. The containerd store (26.1) fails to while somebody removes one, and other tests do.
fn list(live: &Live, how: &[&str]) -> Vec<String> {
    let args = [&["images"], how].concat();
    let listed = eventually("a list of images", Duration::from_secs(10), || {
        live.try_docker(&args).ok()
    });
    listed.split_whitespace().map(str::to_owned).collect()
}

/// An image as its archive's own manifest says, read without the product.
#[derive(Clone, Debug)]
pub struct Said {
    /// Its names.
    pub names: Vec<String>,
    /// The digest of its config.
    pub id: String,
    /// Digests of the layers.
    pub layers: Vec<String>,
    /// How it is run.
    pub config: Value,
}

/// Reads what a raw archive says of its images for this computer.
pub fn said(archive: &[u8]) -> Vec<Said> {
    let mut members: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut reader = tar::Archive::new(archive);
    for entry in reader.entries().unwrap_or_else(|error| panic!("{error}")) {
        let mut entry = entry.unwrap_or_else(|error| panic!("{error}"));
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let mut content = Vec::new();
        let _ = entry.read_to_end(&mut content);
        members.insert(name, content);
    }
    let json = |name: &str| -> Value {
        members
            .get(name)
            .and_then(|content| serde_json::from_slice(content).ok())
            .unwrap_or_default()
    };
    let mut found = Vec::new();
    let manifest = json("manifest.json");
    for image in manifest.as_array().into_iter().flatten() {
        let names = image["RepoTags"].as_array().into_iter().flatten();
        let config = text(&image["Config"]);
        found.push((config, names.map(text).collect::<Vec<String>>()));
    }
    if found.is_empty() {
        let blob = |descriptor: &Value| {
            let digest = text(&descriptor["digest"]);
            json(&format!("blobs/{}", digest.replacen(':', "/", 1)))
        };
        let mut waiting = vec![(json("index.json"), String::new())];
        while let Some((document, name)) = waiting.pop() {
            for descriptor in document["manifests"].as_array().into_iter().flatten() {
                let notes = &descriptor["annotations"];
                let whole = [
                    &notes["io.containerd.image.name"],
                    &notes["org.opencontainers.image.ref.name"],
                ];
                let own = whole.into_iter().find(|name| name.is_string()).map(text);
                waiting.push((blob(descriptor), own.unwrap_or_else(|| name.clone())));
            }
            if document["config"].is_object() {
                let digest = text(&document["config"]["digest"]);
                let names = Some(name).filter(|name| !name.is_empty());
                found.push((
                    format!("blobs/{}", digest.replacen(':', "/", 1)),
                    Vec::from_iter(names),
                ));
            }
        }
    }
    let images = found.into_iter().map(|(config, names)| {
        let content = members
            .get(&config)
            .unwrap_or_else(|| panic!("no {config}"));
        (json(&config), names, crate::package::hex(content))
    });
    images
        .filter(|(config, ..)| config["architecture"] == architecture())
        .map(|(config, names, id)| Said {
            names: names
                .iter()
                .map(|name| name.trim_start_matches("docker.io/").to_owned())
                .collect(),
            id: format!("sha256:{id}"),
            layers: config["rootfs"]["diff_ids"]
                .as_array()
                .into_iter()
                .flatten()
                .map(text)
                .collect(),
            config: config["config"].clone(),
        })
        .collect()
}

/// The name that Compose asks for: the archive's without the architecture at its end.
pub fn asked_for(name: &str) -> String {
    name.trim_end_matches(&format!("-{}", architecture()))
        .to_owned()
}

/// Makes a package whose services ask for these images; `namespace` is what their names begin with.
pub fn package(name: &str, namespace: &str, images: &[String]) -> Package {
    let mut compose = String::from("services:\n");
    for (at, image) in images.iter().enumerate() {
        let _ = writeln!(compose, "  s{at}:\n    image: {image}");
    }
    if images.is_empty() {
        compose.push_str("  none:\n    image: ${IMAGE}\n");
    }
    let mut package = Package::new(name, &compose);
    namespace.clone_into(&mut package.namespace);
    package
}

/// The `result` of every image or tag, and the bytes that went to the engine.
pub fn results(ended: &Ended, list: &str) -> (Vec<String>, u64) {
    let finished = ended.finished();
    let entries = finished[list].as_array().cloned().unwrap_or_default();
    let bytes = entries
        .iter()
        .filter_map(|entry| entry["bytesSent"].as_u64());
    let bytes = bytes.sum();
    let mut results: Vec<String> = entries.iter().map(|entry| text(&entry["result"])).collect();
    results.sort();
    results.dedup();
    (results, bytes)
}

/// Returns the temporary names that are in the engine; with a test alone there, none may be left.
pub fn temporary_names(live: &Live) -> Vec<String> {
    list(
        live,
        &["quayside-loading", "--format", "{{.Repository}}:{{.Tag}}"],
    )
}
