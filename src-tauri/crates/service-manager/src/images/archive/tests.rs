//! Archives made on the fly in every layout, and everything that can be wrong with one.

use super::*;
use crate::api::package::MountKind;
use crate::images::parcel::Parcel;
use MountKind::{Directory, File};
use sha2::{Digest, Sha256};
use std::io::Write;

fn hex(content: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(content)
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn tar_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        if let Some(target) = content.strip_prefix(b"-> ") {
            header.set_entry_type(tar::EntryType::Symlink);
            header.set_size(0);
            let target = std::str::from_utf8(target).expect("a path");
            builder
                .append_link(&mut header, name, target)
                .expect("appended");
            continue;
        }
        header.set_mode(0o644);
        header.set_size(content.len() as u64);
        if name.ends_with('/') {
            header.set_entry_type(tar::EntryType::Directory);
        }
        builder
            .append_data(&mut header, name, *content)
            .expect("appended");
    }
    builder.into_inner().expect("finished")
}

const BASE: &[(&str, &[u8])] = &[
    ("etc/", b""),
    ("etc/app.conf", b"x"),
    ("etc/old/", b""),
    ("opt/tool/bin/run", b"x"),
    ("var/run", b"-> /run"),
];
const TOP: &[(&str, &[u8])] = &[("etc/.wh.old", b""), ("data/", b""), ("etc/privkey", b"x")];

struct Made {
    config: Vec<u8>,
    layers: [Vec<u8>; 2],
}

fn made(architecture: &str) -> Made {
    let layers = [tar_of(BASE), tar_of(TOP)];
    let config = serde_json::json!({
        "architecture": architecture, "os": "linux", "variant": if architecture == "arm64" { "v8" } else { "" },
        "config": {"Healthcheck": {"Test": ["CMD", "true"]}, "ExposedPorts": {"80/tcp": {}}, "Entrypoint": ["/run"],
            "Cmd": null, "User": "1000", "WorkingDir": "/srv", "Volumes": {"/data": {}}},
        "rootfs": {"type": "layers", "diff_ids": layers.iter().map(|it| format!("sha256:{}", hex(it))).collect::<Vec<_>>()},
    });
    Made {
        config: serde_json::to_vec(&config).expect("JSON"),
        layers,
    }
}

/// As `docker save` wrote it before version 25.
fn docker_archive(made: &Made, tags: &serde_json::Value) -> Vec<u8> {
    let config = format!("{}.json", hex(&made.config));
    let manifest = serde_json::json!([{"Config": config, "RepoTags": tags, "Layers": ["a/layer.tar", "b/layer.tar"]}]);
    tar_of(&[
        ("a/", b""),
        ("a/layer.tar", b"-> ../c/layer.tar"),
        ("b/layer.tar", &made.layers[1]),
        ("c/layer.tar", &made.layers[0]),
        (&config, &made.config),
        (
            "manifest.json",
            &serde_json::to_vec(&manifest).expect("JSON"),
        ),
    ])
}

/// A plain OCI layout with an index of two platforms, layers compressed.
fn oci_layout(images: &[Made], name: &str) -> Vec<u8> {
    let mut blobs: Vec<(String, Vec<u8>)> = Vec::new();
    let mut add = |content: Vec<u8>, kind: &str| {
        let digest = hex(&content);
        let size = content.len();
        blobs.push((format!("blobs/sha256/{digest}"), content));
        serde_json::json!({"mediaType": kind, "digest": format!("sha256:{digest}"), "size": size})
    };
    let mut manifests = Vec::new();
    for made in images {
        let config = add(
            made.config.clone(),
            "application/vnd.oci.image.config.v1+json",
        );
        let layers: Vec<_> = made
            .layers
            .iter()
            .map(|layer| add(gzip(layer), "application/vnd.oci.image.layer.v1.tar+gzip"))
            .collect();
        let manifest = serde_json::json!({"schemaVersion": 2, "config": config, "layers": layers});
        manifests.push(add(
            serde_json::to_vec(&manifest).expect("JSON"),
            "application/vnd.oci.image.manifest.v1+json",
        ));
    }
    let index = serde_json::json!({"schemaVersion": 2, "manifests": manifests});
    let mut nested = add(
        serde_json::to_vec(&index).expect("JSON"),
        "application/vnd.oci.image.index.v1+json",
    );
    nested["annotations"] = serde_json::json!({"org.opencontainers.image.ref.name": name});
    let top = serde_json::to_vec(&serde_json::json!({"schemaVersion": 2, "manifests": [nested]}))
        .expect("JSON");
    blobs.push(("index.json".into(), top));
    blobs.push((
        "oci-layout".into(),
        br#"{"imageLayoutVersion":"1.0.0"}"#.to_vec(),
    ));
    let members: Vec<(&str, &[u8])> = blobs
        .iter()
        .map(|(name, content)| (name.as_str(), content.as_slice()))
        .collect();
    tar_of(&members)
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(content).expect("written");
    encoder.finish().expect("finished")
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn write(&self, name: &str, content: &[u8]) -> Utf8PathBuf {
        let path = Utf8PathBuf::from_path_buf(self.0.path().join(name)).expect("UTF-8");
        fs_err::write(&path, content).expect("written");
        path
    }

    fn index(&self, name: &str, content: &[u8]) -> Archive {
        index(&self.write(name, content), name)
    }
}

fn expect_web(archive: &Archive) {
    assert_eq!(archive.problem, None);
    let [image] = &archive.images[..] else {
        panic!("{} images", archive.images.len())
    };
    assert_eq!(image.refs, ["shop/web:1-amd64", "shop/web:latest"]);
    assert_eq!(image.id, format!("sha256:{}", hex(&made("amd64").config)));
    assert_eq!(image.platform, "linux/amd64");
    assert_eq!(image.layers.len(), 2);
    assert_eq!(
        image.bytes,
        made("amd64")
            .layers
            .iter()
            .map(|layer| layer.len() as u64)
            .sum::<u64>()
    );
    assert_eq!(
        image.config.healthcheck.as_deref(),
        Some(&["CMD".to_owned(), "true".to_owned()][..])
    );
    assert_eq!(image.config.user, "1000");
    assert_eq!(image.config.exposed_ports, ["80/tcp"]);
    let targets = [
        "/etc/app.conf",
        "/etc/old",
        "/opt/tool",
        "/var/run/x",
        "/data/",
        "/etc/privkey",
        "/nothing",
        "/",
    ];
    assert_eq!(
        path_kinds(archive, image, &targets).expect("read"),
        [
            Some(File),
            None,
            Some(Directory),
            None,
            Some(Directory),
            Some(File),
            None,
            Some(Directory)
        ]
    );
}

#[test]
fn a_docker_archive_is_read_raw_and_compressed_whatever_its_name() {
    let folder = Folder::new();
    let tags = serde_json::json!(["shop/web:1-amd64", "docker.io/shop/web"]);
    let raw = docker_archive(&made("amd64"), &tags);
    let (first, second) = raw.split_at(1000);
    let members = [gzip(first), gzip(second)].concat();
    let frames = [first, second]
        .map(|part| zstd::encode_all(part, 3).expect("compressed"))
        .concat();
    for (name, content, compression) in [
        ("raw.tar.gz", &raw, Compression::None),
        ("members.tar", &members, Compression::Gzip),
        ("frames.tar", &frames, Compression::Zstd),
    ] {
        let archive = folder.index(name, content);
        assert_eq!(
            (archive.format, archive.compression),
            (ArchiveFormat::Docker, compression),
            "{name}"
        );
        assert_eq!(archive.bytes, content.len() as u64);
        assert_eq!(archive.unpacked_bytes, Some(raw.len() as u64));
        expect_web(&archive);

        assert_eq!(read_all(&archive), made("amd64").layers, "{name}");
    }
}

/// Every layer of the first image, as it is sent.
fn read_all(archive: &Archive) -> Vec<Vec<u8>> {
    let layers: Vec<&Layer> = archive.images[0].layers.iter().collect();
    let mut read: Vec<(String, Vec<u8>)> = Vec::new();
    read_layers(archive, &layers, |layer, reader| {
        let mut content = Vec::new();
        reader.read_to_end(&mut content)?;
        read.push((layer.diff_id.clone(), content));
        Ok(())
    })
    .expect("read");
    let of = |layer: &&Layer| read.iter().find(|(id, _)| *id == layer.diff_id);
    layers
        .iter()
        .map(|layer| of(layer).expect("read").1.clone())
        .collect()
}

/// What the engine is sent for the first image, all layers or only some.
fn sent(archive: &Archive, from: usize) -> std::io::Result<Vec<u8>> {
    let image = &archive.images[0];
    let parcel = Parcel {
        name: Some("loading:1".into()),
        config: Document {
            digest: image.id.clone(),
            text: image.config_text.clone(),
        },
        manifest: image.manifest.clone(),
        layers: image.layers.clone(),
        sent: image.layers[from..]
            .iter()
            .map(|layer| (0, layer.clone()))
            .collect(),
    };
    let mut stream = Vec::new();
    parcel.write(
        std::slice::from_ref(archive),
        |bytes| {
            stream.extend_from_slice(&bytes);
            Ok(())
        },
        || true,
    )?;
    Ok(stream)
}

/// A docker-archive whose layers are compressed members, as kaniko writes it.
fn docker_archive_of_packed_layers(made: &Made, pack: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let config = format!("sha256:{}", hex(&made.config));
    let manifest = serde_json::json!([{
        "Config": config, "RepoTags": ["shop/web:1-amd64"], "Layers": ["a.tar.gz", "b.tar.gz"],
    }]);
    tar_of(&[
        ("a.tar.gz", &pack(&made.layers[0])),
        ("b.tar.gz", &pack(&made.layers[1])),
        (&config, &made.config),
        (
            "manifest.json",
            &serde_json::to_vec(&manifest).expect("JSON"),
        ),
    ])
}

#[test]
fn every_layout_is_sent_in_the_one_form_every_store_takes() {
    let folder = Folder::new();
    let tags = serde_json::json!(["shop/web:1"]);
    let docker = docker_archive(&made("amd64"), &tags);
    let zst = |content: &[u8]| zstd::encode_all(content, 1).expect("compressed");
    for (name, content) in [
        ("docker", docker.clone()),
        ("docker in gzip", gzip(&docker)),
        ("docker in zstd", zst(&docker)),
        ("oci", oci_layout(&[made("amd64")], "shop/web:1")),
        (
            "kaniko",
            docker_archive_of_packed_layers(&made("amd64"), gzip),
        ),
        (
            "zstd layers",
            docker_archive_of_packed_layers(&made("amd64"), zst),
        ),
        (
            "kaniko in gzip",
            gzip(&docker_archive_of_packed_layers(&made("amd64"), gzip)),
        ),
    ] {
        let archive = folder.index(name, &content);
        assert_eq!(archive.problem, None, "{name}");
        let stream = sent(&archive, 0).unwrap_or_else(|error| panic!("{name}: {error}"));
        // Read back by the same rules by which an engine reads it.
        let back = folder.index("back.tar", &stream);
        assert_eq!(back.problem, None, "{name}");
        let (one, other) = (&archive.images[0], &back.images[0]);
        assert_eq!(one.id, other.id, "{name}");
        assert_eq!(one.manifest, other.manifest, "{name}");
        assert_eq!(one.diff_ids(), other.diff_ids(), "{name}");
        assert_eq!(other.refs, ["loading:1"], "{name}");
        let thin = sent(&archive, 1).expect("sent");
        assert!(thin.len() < stream.len(), "{name}");
    }
}

#[test]
fn a_layer_that_is_not_what_its_digest_says_ends_the_stream() {
    let folder = Folder::new();
    let mut content = docker_archive(&made("amd64"), &serde_json::json!(["web:1"]));
    // In the middle of a layer's content, where no header holds a checksum over it.
    let at = content
        .windows(8)
        .position(|window| window == b"opt/tool")
        .expect("there");
    content[at + 1600] ^= 1;
    let archive = folder.index("flipped.tar", &content);
    assert_eq!(archive.problem, None, "headers alone do not show it");
    let error = sent(&archive, 0).expect_err("noticed");
    assert!(error.to_string().contains("layer.tar"), "{error}");
}

#[test]
fn an_oci_layout_holds_images_of_several_platforms_under_one_name() {
    let folder = Folder::new();
    let archive = folder.index(
        "web.tar",
        &oci_layout(&[made("amd64"), made("arm64")], "docker.io/library/web:2"),
    );
    assert_eq!(
        (archive.format, &archive.problem),
        (ArchiveFormat::Oci, &None)
    );
    let platforms: Vec<_> = archive
        .images
        .iter()
        .map(|image| image.platform.as_str())
        .collect();
    assert_eq!(platforms, ["linux/amd64", "linux/arm64"]);
    for image in &archive.images {
        assert_eq!(image.refs, ["web:2"]);
        assert!(
            image.manifest.text.contains("+gzip"),
            "the archive's own: {:?}",
            image.manifest
        );
        let kinds = path_kinds(&archive, image, &["/etc/privkey", "/data"]).expect("read");
        assert_eq!(kinds, [Some(MountKind::File), Some(MountKind::Directory)]);
    }
    let bare = folder.index("bare.tar", &oci_layout(&[made("amd64")], "latest"));
    assert_eq!(bare.images[0].refs, Vec::<String>::new());
}

#[test]
fn several_images_and_images_without_a_name() {
    let folder = Folder::new();
    let archive = folder.index(
        "x.tar",
        &docker_archive(&made("arm64"), &serde_json::Value::Null),
    );
    assert_eq!(archive.images[0].refs, Vec::<String>::new());
    assert_eq!(archive.images[0].platform, "linux/arm64");
}

#[test]
fn what_is_wrong_with_a_file_is_told_apart() {
    let folder = Folder::new();
    let raw = docker_archive(&made("amd64"), &serde_json::json!(["web:1"]));
    let packed = gzip(&raw);
    let mut flipped = packed.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0xff;
    let zst = zstd::encode_all(&raw[..], 3).expect("compressed");
    for (name, content, expected) in [
        ("empty", &b""[..], Problem::Empty),
        ("page", b"<!DOCTYPE html><html>404</html>", Problem::WebPage),
        ("packed page", &gzip(b"  <html>"), Problem::WebPage),
        (
            "zip",
            b"PK\x03\x04 and more",
            Problem::NotAnArchive { kind: Some("zip") },
        ),
        ("text", b"hello", Problem::NotAnArchive { kind: None }),
        ("cut raw", &raw[..raw.len() / 2], Problem::Truncated),
        ("cut gzip", &packed[..packed.len() / 2], Problem::Truncated),
        ("cut zstd", &zst[..zst.len() / 2], Problem::Truncated),
        (
            "other tar",
            &tar_of(&[("readme", b"hi")]),
            Problem::NoImages,
        ),
        (
            "no manifest",
            &tar_of(&[("a/layer.tar", b"hi")]),
            Problem::NoManifest,
        ),
        (
            "zeros",
            &[0; 4096],
            Problem::Damaged {
                reason: "only zeros".into(),
            },
        ),
    ] {
        assert_eq!(
            folder.index(name, content).problem,
            Some(expected),
            "{name}"
        );
    }
    assert!(matches!(
        folder.index("flipped", &flipped).problem,
        Some(Problem::Damaged { .. } | Problem::Truncated)
    ));
    let missing = index(&folder.write("x", b"").with_file_name("nothing"), "nothing");
    assert!(matches!(missing.problem, Some(Problem::Unreadable { .. })));
}

#[test]
fn a_window_that_takes_too_much_memory_is_a_problem_of_its_own() {
    let folder = Folder::new();
    let raw = docker_archive(&made("amd64"), &serde_json::json!(["web:1"]));
    let with_window = |log: u32, content: &[u8]| {
        let mut encoder = zstd::Encoder::new(Vec::new(), 1).expect("an encoder");
        encoder.long_distance_matching(true).expect("set");
        encoder.window_log(log).expect("set");
        encoder.write_all(content).expect("written");
        encoder.finish().expect("finished")
    };
    let index = |content: &[u8]| folder.index("x.tar.zst", content).problem;
    assert_eq!(index(&with_window(26, &raw)), None);
    assert_eq!(index(&with_window(27, &raw)), Some(Problem::LargeWindow));
    let packed = docker_archive_of_packed_layers(&made("amd64"), |it| with_window(27, it));
    assert_eq!(index(&packed), Some(Problem::LargeWindow), "in a member");
    // The first frame alone is no proof.
    let frames = [with_window(20, &raw[..512]), with_window(27, &raw[512..])].concat();
    assert_eq!(index(&frames), Some(Problem::LargeWindow));
}

#[test]
fn a_part_that_is_missing_or_was_changed_is_found() {
    let folder = Folder::new();
    let made = made("amd64");
    let config = format!("{}.json", hex(&made.config));
    let manifest = |layers: &[&str]| {
        serde_json::to_vec(
            &serde_json::json!([{"Config": config, "RepoTags": ["web:1"], "Layers": layers}]),
        )
        .expect("JSON")
    };
    let reason = |content: &[u8]| match folder.index("x.tar", content).problem {
        Some(Problem::Damaged { reason }) => reason,
        other => panic!("{other:?}"),
    };
    let no_layer = tar_of(&[
        (&config, &made.config),
        ("manifest.json", &manifest(&["a/layer.tar", "b/layer.tar"])),
    ]);
    assert_eq!(reason(&no_layer), "a/layer.tar: missing");
    let mut other = made.config.clone();
    let at = other
        .iter()
        .position(|byte| *byte == b'8')
        .expect("a digit");
    other[at] = b'9';
    let changed = tar_of(&[(&config, &other), ("manifest.json", &manifest(&[]))]);
    assert_eq!(reason(&changed), format!("{config}: checksum"));
    let no_config = tar_of(&[("manifest.json", &manifest(&[]))]);
    assert_eq!(reason(&no_config), format!("{config}: missing"));
}
