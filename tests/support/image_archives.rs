//! Image archives written by hand from the documented layouts of their makers: small, and known to the byte.
//!
//! A layout that a maker which runs here writes is tried with the maker's own archives too (`live/images/makers.rs`);
//! the others stand in for makers that need another kernel, a build cluster or a newer engine.

use crate::package::{architecture, header, hex};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write as _;

/// One image.
#[derive(Clone, Debug)]
pub struct Image {
    /// None: the archive gives it no name.
    pub name: Option<String>,
    /// Tar files, the lowest first.
    pub layers: Vec<Vec<u8>>,
    /// The config, whose digest is the image's id.
    pub config: String,
    architecture: String,
}

impl Image {
    /// Makes an image for this computer. `label` makes it differ from others with the same layers.
    pub fn new(name: Option<&str>, label: &str, layers: Vec<Vec<u8>>) -> Self {
        Self::made_for(architecture(), name, label, layers)
    }

    /// Makes an image for another architecture.
    pub fn made_for(
        architecture: &str,
        name: Option<&str>,
        label: &str,
        layers: Vec<Vec<u8>>,
    ) -> Self {
        let created = "2026-01-01T00:00:00Z";
        let history: Vec<Value> = layers
            .iter()
            .map(|_| json!({ "created": created, "created_by": "by hand" }))
            // What sets a variable makes no layer.
            .chain([json!({ "created": created, "created_by": "ENV", "empty_layer": true })])
            .collect();
        let config = json!({
            "architecture": architecture, "os": "linux", "created": created,
            "config": {
                "Env": ["PATH=/bin", "WORDS=two words"], "Cmd": ["/run", "it"], "WorkingDir": "/srv",
                "ExposedPorts": { "80/tcp": {} }, "Labels": { "image": label },
            },
            "rootfs": { "type": "layers", "diff_ids": digests(&layers) },
            "history": history,
        })
        .to_string();
        Self {
            name: name.map(str::to_owned),
            layers,
            config,
            architecture: architecture.to_owned(),
        }
    }

    /// Returns the digests of its layers.
    pub fn diff_ids(&self) -> Vec<String> {
        digests(&self.layers)
    }

    /// Returns the digest of its config.
    pub fn id(&self) -> String {
        format!("sha256:{}", hex(self.config.as_bytes()))
    }
}

fn digests(layers: &[Vec<u8>]) -> Vec<String> {
    layers
        .iter()
        .map(|layer| format!("sha256:{}", hex(layer)))
        .collect()
}

/// A layer with one file.
pub fn layer(path: &str, content: &[u8]) -> Vec<u8> {
    let mut layer = tar::Builder::new(Vec::new());
    layer
        .append_data(&mut header(content.len() as u64, 0o644), path, content)
        .and_then(|()| layer.into_inner())
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A layer with nothing in it, as a step that changes nothing leaves it.
pub fn empty_layer() -> Vec<u8> {
    vec![0; 1024]
}

/// Who writes archives like that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// `docker save` before 25: a folder for each layer, links where images share one.
    Docker20,
    /// `docker save` from 25 on: the same manifest over the blobs of an OCI layout.
    Docker27,
    /// `docker save` of 27 and 28 with the containerd store: compressed blobs as they were pulled.
    Docker28Containerd,
    /// A flat docker-archive with compressed layers.
    Kaniko,
    /// `buildx --output type=oci`: an index within the index, provenance beside each image.
    Buildx,
    /// The same with `compression=zstd`.
    BuildxZstd,
    /// One name for images of several platforms; the images of all are one image.
    Platforms,
}

impl Layout {
    /// Writes the archive.
    pub fn write(self, images: &[Image]) -> Vec<u8> {
        let mut writer = Writer::default();
        match self {
            Self::Docker20 => docker_20(&mut writer, images),
            Self::Kaniko => kaniko(&mut writer, images),
            Self::Docker27 => docker_25(&mut writer, images, Blobs::Plain),
            Self::Docker28Containerd => docker_25(&mut writer, images, Blobs::Gzip),
            Self::Buildx => buildx(&mut writer, images, Blobs::Gzip),
            Self::BuildxZstd => buildx(&mut writer, images, Blobs::Zstd),
            Self::Platforms => platforms(&mut writer, images),
        }
        writer.finish()
    }

    /// Whether `docker load` before version 25 reads it too; those know nothing of an OCI layout.
    pub fn is_known_to_docker_20(self) -> bool {
        !matches!(self, Self::Buildx | Self::BuildxZstd | Self::Platforms)
    }
}

/// How the blobs of an OCI layout are compressed.
#[derive(Clone, Copy)]
enum Blobs {
    Plain,
    Gzip,
    Zstd,
}

impl Blobs {
    fn pack(self, layer: &[u8]) -> (Vec<u8>, &'static str) {
        match self {
            Self::Plain => (layer.to_vec(), "application/vnd.oci.image.layer.v1.tar"),
            Self::Gzip => (gzip(layer), "application/vnd.oci.image.layer.v1.tar+gzip"),
            Self::Zstd => (
                zstd_of(layer),
                "application/vnd.oci.image.layer.v1.tar+zstd",
            ),
        }
    }
}

fn docker_20(writer: &mut Writer, images: &[Image]) {
    let mut manifest = Vec::new();
    let mut repositories = json!({});
    for image in images {
        let mut parents = String::new();
        let mut members = Vec::new();
        for content in &image.layers {
            let digest = hex(content);
            // Its own name is a digest of the whole chain up to here, so that one layer may have several.
            parents = hex(format!("{parents} {digest}").as_bytes());
            let member = format!("{parents}/layer.tar");
            writer.folder(&format!("{parents}/"));
            writer.file(&format!("{parents}/VERSION"), b"1.0");
            writer.file(
                &format!("{parents}/json"),
                json!({ "id": parents }).to_string().as_bytes(),
            );
            writer.once(&member, content);
            members.push(member);
        }
        let config = format!("{}.json", hex(image.config.as_bytes()));
        writer.file(&config, image.config.as_bytes());
        if let Some((repository, tag)) =
            image.name.as_deref().and_then(|name| name.rsplit_once(':'))
        {
            repositories[repository] = json!({ tag: parents });
        }
        manifest.push(json!({ "Config": config, "RepoTags": tags(image), "Layers": members }));
    }
    writer.file("manifest.json", json!(manifest).to_string().as_bytes());
    writer.file("repositories", repositories.to_string().as_bytes());
}

/// `null` where there is no name, as `docker save ID` writes it.
fn tags(image: &Image) -> Value {
    image
        .name
        .as_ref()
        .map_or(Value::Null, |name| json!([name]))
}

fn docker_25(writer: &mut Writer, images: &[Image], blobs: Blobs) {
    let mut manifest = Vec::new();
    let mut index = Vec::new();
    for image in images {
        let descriptor = writer.image(image, blobs);
        let layers: Vec<String> = image
            .layers
            .iter()
            .map(|layer| format!("blobs/sha256/{}", hex(&blobs.pack(layer).0)))
            .collect();
        manifest.push(json!({
            "Config": format!("blobs/sha256/{}", hex(image.config.as_bytes())),
            "RepoTags": tags(image), "Layers": layers,
        }));
        index.push(named(descriptor, image));
    }
    writer.index(&index);
    writer.file("manifest.json", json!(manifest).to_string().as_bytes());
}

fn kaniko(writer: &mut Writer, images: &[Image]) {
    let mut manifest = Vec::new();
    for image in images {
        let config = image.id();
        writer.file(&config, image.config.as_bytes());
        let mut members = Vec::new();
        for layer in &image.layers {
            let packed = gzip(layer);
            let member = format!("{}.tar.gz", hex(&packed));
            writer.once(&member, &packed);
            members.push(member);
        }
        manifest.push(json!({ "Config": config, "RepoTags": tags(image), "Layers": members }));
    }
    writer.file("manifest.json", json!(manifest).to_string().as_bytes());
}

fn buildx(writer: &mut Writer, images: &[Image], blobs: Blobs) {
    let mut index = Vec::new();
    for image in images {
        let descriptor = writer.image(image, blobs);
        let provenance = provenance(writer, &descriptor);
        let nested = writer.nested(&[descriptor, provenance]);
        index.push(named(nested, image));
    }
    writer.index(&index);
}

/// What buildx writes beside an image: a manifest for the platform `unknown/unknown`, which is no image.
fn provenance(writer: &mut Writer, of: &Value) -> Value {
    let config = writer.blob(
        b"{\"architecture\":\"unknown\",\"os\":\"unknown\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}",
        "application/vnd.oci.image.config.v1+json",
    );
    let statement = writer.blob(b"{\"_type\":\"statement\"}", "application/vnd.in-toto+json");
    let manifest = json!({
        "schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": [statement],
    });
    let mut descriptor = writer.blob(manifest.to_string().as_bytes(), MANIFEST);
    descriptor["platform"] = json!({ "architecture": "unknown", "os": "unknown" });
    descriptor["annotations"] = json!({
        "vnd.docker.reference.digest": of["digest"],
        "vnd.docker.reference.type": "attestation-manifest",
    });
    descriptor
}

fn platforms(writer: &mut Writer, images: &[Image]) {
    let descriptors: Vec<Value> = images
        .iter()
        .map(|image| writer.image(image, Blobs::Gzip))
        .collect();
    let nested = writer.nested(&descriptors);
    let named = images.first().map(|image| named(nested, image));
    writer.index(&Vec::from_iter(named));
}

const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const INDEX: &str = "application/vnd.oci.image.index.v1+json";

fn named(mut descriptor: Value, image: &Image) -> Value {
    if let Some(name) = &image.name {
        let tag = name.rsplit(':').next().unwrap_or_default();
        descriptor["annotations"] = json!({
            "io.containerd.image.name": format!("docker.io/{name}"),
            "org.opencontainers.image.ref.name": tag,
        });
    }
    descriptor
}

#[derive(Default)]
struct Writer {
    archive: Option<tar::Builder<Vec<u8>>>,
    written: BTreeSet<String>,
    /// Content that is there already, by digest, and the member that holds it.
    members: Vec<(String, String)>,
}

impl Writer {
    fn tar(&mut self) -> &mut tar::Builder<Vec<u8>> {
        self.archive
            .get_or_insert_with(|| tar::Builder::new(Vec::new()))
    }

    fn file(&mut self, name: &str, content: &[u8]) {
        if self.written.insert(name.to_owned()) {
            let mut header = header(content.len() as u64, 0o644);
            self.tar()
                .append_data(&mut header, name, content)
                .unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }

    fn folder(&mut self, name: &str) {
        if self.written.insert(name.to_owned()) {
            let mut header = header(0, 0o755);
            header.set_entry_type(tar::EntryType::Directory);
            self.tar()
                .append_data(&mut header, name, std::io::empty())
                .unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }

    /// Writes content that may be there already, which then becomes a link.
    fn once(&mut self, name: &str, content: &[u8]) {
        let digest = hex(content);
        let known = self.members.iter().find(|(known, _)| *known == digest);
        let Some(target) = known.map(|(_, member)| member.clone()) else {
            self.members.push((digest, name.to_owned()));
            self.file(name, content);
            return;
        };
        if self.written.insert(name.to_owned()) {
            let mut header = header(0, 0o777);
            header.set_entry_type(tar::EntryType::Symlink);
            self.tar()
                .append_link(&mut header, name, format!("../{target}"))
                .unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }

    fn blob(&mut self, content: &[u8], media_type: &str) -> Value {
        let digest = hex(content);
        self.file(&format!("blobs/sha256/{digest}"), content);
        json!({ "mediaType": media_type, "digest": format!("sha256:{digest}"), "size": content.len() })
    }

    fn image(&mut self, image: &Image, blobs: Blobs) -> Value {
        let layers: Vec<Value> = image
            .layers
            .iter()
            .map(|layer| {
                let (content, media_type) = blobs.pack(layer);
                self.blob(&content, media_type)
            })
            .collect();
        let config = self.blob(
            image.config.as_bytes(),
            "application/vnd.oci.image.config.v1+json",
        );
        let manifest = json!({
            "schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": layers,
        });
        let mut descriptor = self.blob(manifest.to_string().as_bytes(), MANIFEST);
        descriptor["platform"] = json!({ "architecture": image.architecture, "os": "linux" });
        descriptor
    }

    fn nested(&mut self, manifests: &[Value]) -> Value {
        let index = json!({ "schemaVersion": 2, "mediaType": INDEX, "manifests": manifests });
        self.blob(index.to_string().as_bytes(), INDEX)
    }

    fn index(&mut self, manifests: &[Value]) {
        let index = json!({ "schemaVersion": 2, "mediaType": INDEX, "manifests": manifests });
        self.file("index.json", index.to_string().as_bytes());
        self.file("oci-layout", br#"{"imageLayoutVersion":"1.0.0"}"#);
    }

    fn finish(mut self) -> Vec<u8> {
        let archive = self
            .archive
            .take()
            .unwrap_or_else(|| tar::Builder::new(Vec::new()));
        archive
            .into_inner()
            .unwrap_or_else(|error| panic!("{error}"))
    }
}

/// How a file as a whole is compressed, and what its name says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    Raw,
    /// One gzip stream.
    Gzip,
    /// Several, one after the other, as `pigz` and `cat a.gz b.gz` make them.
    GzipMembers,
    /// One zstd frame.
    Zstd,
    /// Several, as `pzstd` makes them.
    ZstdFrames,
    /// Not compressed, and named as if it were.
    RawNamedGzip,
    /// Compressed, and named as if it were not.
    ZstdNamedRaw,
    /// Compressed by another program than its name says.
    GzipNamedZstd,
}

impl Packing {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Raw,
        Self::Gzip,
        Self::GzipMembers,
        Self::Zstd,
        Self::ZstdFrames,
        Self::RawNamedGzip,
        Self::ZstdNamedRaw,
        Self::GzipNamedZstd,
    ];

    /// Returns the ending of the file's name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Raw | Self::ZstdNamedRaw => "tar",
            Self::Gzip | Self::RawNamedGzip => "tar.gz",
            Self::GzipMembers => "tgz",
            Self::Zstd | Self::ZstdFrames | Self::GzipNamedZstd => "tar.zst",
        }
    }

    /// Compresses an archive.
    pub fn pack(self, raw: &[u8]) -> Vec<u8> {
        // In the middle of a member, where no reader expects a seam.
        let (first, second) = raw.split_at(raw.len() / 2 + 100);
        match self {
            Self::Raw | Self::RawNamedGzip => raw.to_vec(),
            Self::Gzip | Self::GzipNamedZstd => gzip(raw),
            Self::GzipMembers => [gzip(first), gzip(second)].concat(),
            Self::Zstd | Self::ZstdNamedRaw => zstd_of(raw),
            Self::ZstdFrames => [zstd_of(first), zstd_of(second)].concat(),
        }
    }
}

/// Compresses with gzip.
pub fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder
        .write_all(content)
        .and_then(|()| encoder.finish())
        .unwrap_or_else(|error| panic!("{error}"))
}

/// Compresses with zstd and a window of this many bits, as `zstd --long=27` does.
pub fn zstd_with_window(content: &[u8], bits: u32) -> Vec<u8> {
    let write = || {
        let mut encoder = zstd::Encoder::new(Vec::new(), 1)?;
        encoder.long_distance_matching(true)?;
        encoder.window_log(bits)?;
        encoder.write_all(content)?;
        encoder.finish()
    };
    write().unwrap_or_else(|error| panic!("{error}"))
}

fn zstd_of(content: &[u8]) -> Vec<u8> {
    zstd::encode_all(content, 1).unwrap_or_else(|error| panic!("{error}"))
}
