//! What the manifests of an archive say: pure, from its members.
//!
//! Three layouts: `docker save` before version 25 (`manifest.json`, a config and `layer.tar` files), from version 25
//! on (the same `manifest.json` over OCI blobs, with `index.json` beside it), and a plain OCI layout (`index.json`
//! and blobs: skopeo, podman, buildx), where one name may stand for images of several platforms.

use super::walk::Members;
use super::{ArchiveImage, Document, ImageConfig, Layer, Problem};
use crate::api::package::{ArchiveFormat, Compression};
use crate::images::reference::Reference;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The images of an archive.
pub(super) struct Contents {
    pub(super) format: ArchiveFormat,
    pub(super) images: Vec<ArchiveImage>,
    pub(super) problem: Option<Problem>,
}

pub(super) fn read(members: &Members) -> Contents {
    let mut contents = Contents {
        format: ArchiveFormat::Unknown,
        images: Vec::new(),
        problem: None,
    };
    let docker = members.json("manifest.json");
    let oci = members.json("index.json");
    let mut reading = || -> Result<(), Problem> {
        if let Some(content) = docker {
            contents.format = ArchiveFormat::Docker;
            for entry in parse::<Vec<DockerEntry>>("manifest.json", content)? {
                add(&mut contents.images, docker_image(members, entry)?, false);
            }
        }
        if let Some(content) = oci {
            if docker.is_none() {
                contents.format = ArchiveFormat::Oci;
            }
            let index: OciIndex = parse("index.json", content)?;
            oci_images(
                members,
                &index.manifests,
                &[],
                0,
                docker.is_none(),
                &mut contents.images,
            )?;
        }
        Ok(())
    };
    contents.problem = reading().err();
    contents
}

/// Adds an image, or what is new about one that is already there.
fn add(images: &mut Vec<ArchiveImage>, image: ArchiveImage, has_own_manifest: bool) {
    match images.iter_mut().find(|known| known.id == image.id) {
        Some(known) => {
            for name in image.refs {
                if !known.refs.contains(&name) {
                    known.refs.push(name);
                }
            }
            // The archive's own manifest, and the layers as that has them, are better than one made up.
            if has_own_manifest {
                known.manifest = image.manifest;
                known.layers = image.layers;
            }
        }
        None => images.push(image),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DockerEntry {
    config: String,
    repo_tags: Option<Vec<String>>,
    layers: Option<Vec<String>>,
}

fn docker_image(members: &Members, entry: DockerEntry) -> Result<ArchiveImage, Problem> {
    let layers = entry.layers.unwrap_or_default();
    let sources: Vec<LayerSource<'_>> = layers
        .iter()
        .map(|member| LayerSource {
            member: member.clone(),
            descriptor: None,
        })
        .collect();
    let refs = entry.repo_tags.unwrap_or_default();
    image(members, &entry.config, &sources, &refs)?.ok_or_else(|| missing(&entry.config))
}

/// A layer as a manifest names it.
struct LayerSource<'a> {
    member: String,
    /// None in a `manifest.json`, which names only the member.
    descriptor: Option<&'a Descriptor>,
}

#[derive(Deserialize)]
struct OciIndex {
    #[serde(default)]
    manifests: Vec<Descriptor>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    #[serde(default)]
    media_type: String,
    digest: String,
    #[serde(default)]
    annotations: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OciManifest {
    config: Option<Descriptor>,
    #[serde(default)]
    layers: Vec<Descriptor>,
    #[serde(default)]
    manifests: Vec<Descriptor>,
}

/// Collects the images of an index. `strict`: a part that is missing is a problem; beside a `manifest.json` it is
/// not, and neither is a platform of a nested index whose content was left out on purpose.
fn oci_images(
    members: &Members,
    descriptors: &[Descriptor],
    inherited: &[String],
    depth: u8,
    strict: bool,
    images: &mut Vec<ArchiveImage>,
) -> Result<(), Problem> {
    let before = images.len();
    let mut absent = None;
    for descriptor in descriptors {
        if descriptor
            .annotations
            .contains_key("vnd.docker.reference.type")
        {
            continue; // provenance of an image, not an image
        }
        let mut names = names(&descriptor.annotations);
        if names.is_empty() {
            names = inherited.to_vec();
        }
        let blob = blob(&descriptor.digest);
        let Some(content) = members.json(&blob) else {
            absent = Some(blob);
            continue;
        };
        verify(&descriptor.digest, content)?;
        let manifest: OciManifest = parse(&blob, content)?;
        if !manifest.manifests.is_empty() {
            if depth < 4 {
                oci_images(
                    members,
                    &manifest.manifests,
                    &names,
                    depth + 1,
                    strict,
                    images,
                )?;
            }
            continue;
        }
        let Some(config) = manifest
            .config
            .filter(|config| is_image(&config.media_type))
        else {
            continue;
        };
        let layers: Vec<LayerSource<'_>> = manifest
            .layers
            .iter()
            .map(|layer| LayerSource {
                member: self::blob(&layer.digest),
                descriptor: Some(layer),
            })
            .collect();
        match image(members, &self::blob(&config.digest), &layers, &names) {
            Ok(Some(mut image)) => {
                if image.layers.iter().any(Layer::is_unpacked_on_the_way) {
                    add(images, image, false);
                } else {
                    image.manifest = Document {
                        digest: descriptor.digest.clone(),
                        text: String::from_utf8_lossy(content).into_owned(),
                    };
                    add(images, image, true);
                }
            }
            Ok(None) => {}
            // One platform of several may have been left out.
            Err(_) if depth > 0 || !strict => absent = Some(blob),
            Err(problem) => return Err(problem),
        }
    }
    match absent {
        Some(name) if strict && images.len() == before => Err(missing(&name)),
        _ => Ok(()),
    }
}

/// Returns the references in an OCI descriptor. `ref.name` may be a whole reference or a bare tag, and a bare tag
/// names nothing.
fn names(annotations: &BTreeMap<String, String>) -> Vec<String> {
    let whole = annotations.get("io.containerd.image.name").or_else(|| {
        annotations
            .get("org.opencontainers.image.ref.name")
            .filter(|name| name.contains([':', '/']))
    });
    whole
        .and_then(|name| Reference::parse(name))
        .map(|reference| reference.to_string())
        .into_iter()
        .collect()
}

fn is_image(media_type: &str) -> bool {
    matches!(
        media_type,
        "" | "application/vnd.oci.image.config.v1+json"
            | "application/vnd.docker.container.image.v1+json"
    )
}

fn blob(digest: &str) -> String {
    format!("blobs/{}", digest.replacen(':', "/", 1))
}

#[derive(Deserialize)]
struct ConfigFile {
    architecture: Option<String>,
    os: Option<String>,
    variant: Option<String>,
    #[serde(rename = "config")]
    run: Option<RunConfig>,
    rootfs: Option<RootFs>,
}

#[derive(Deserialize)]
struct RootFs {
    #[serde(default)]
    diff_ids: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct RunConfig {
    healthcheck: Option<HealthConfig>,
    exposed_ports: Option<BTreeMap<String, serde_json::Value>>,
    volumes: Option<BTreeMap<String, serde_json::Value>>,
    entrypoint: Option<Vec<String>>,
    cmd: Option<Vec<String>>,
    user: Option<String>,
    working_dir: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct HealthConfig {
    test: Option<Vec<String>>,
}

/// Makes an image of a config and its layers; none when the config is not an image's.
fn image(
    members: &Members,
    config_name: &str,
    layers: &[LayerSource<'_>],
    refs: &[String],
) -> Result<Option<ArchiveImage>, Problem> {
    let content = members
        .json(config_name)
        .ok_or_else(|| missing(config_name))?;
    let id = digest(content);
    // The name of the config is its digest in every layout: `<hex>.json` or `blobs/sha256/<hex>`.
    let stem = config_name
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .trim_end_matches(".json");
    if stem.len() == 64 && stem.bytes().all(|byte| byte.is_ascii_hexdigit()) && !id.ends_with(stem)
    {
        return Err(Problem::Damaged {
            reason: format!("{config_name}: checksum"),
        });
    }
    let config: ConfigFile = parse(config_name, content)?;
    let Some(rootfs) = config.rootfs else {
        return Ok(None);
    };
    if let Some(absent) = layers
        .iter()
        .find(|it| members.locate(&it.member).is_none())
    {
        return Err(missing(&absent.member));
    }
    if layers.len() != rootfs.diff_ids.len() {
        return Err(Problem::Damaged {
            reason: format!("{config_name}: number of layers"),
        });
    }
    let layers = layers
        .iter()
        .zip(rootfs.diff_ids)
        .map(|(source, diff_id)| layer(members, source, diff_id))
        .collect::<Result<Vec<_>, _>>()?;
    let run = config.run.unwrap_or_default();
    let healthcheck = run.healthcheck.and_then(|it| it.test);
    Ok(Some(ArchiveImage {
        refs: refs
            .iter()
            .map(|name| Reference::parse(name).map_or(name.clone(), |it| it.to_string()))
            .collect(),
        manifest: made_up(&id, content.len(), &layers),
        id,
        platform: platform(config.os, config.architecture, config.variant),
        bytes: layers.iter().map(|layer| layer.stored).sum(),
        layers,
        config_text: String::from_utf8_lossy(content).into_owned(),
        config: ImageConfig {
            healthcheck: healthcheck.filter(|test| !test.is_empty() && test[0] != "NONE"),
            exposed_ports: run.exposed_ports.unwrap_or_default().into_keys().collect(),
            volumes: run.volumes.unwrap_or_default().into_keys().collect(),
            entrypoint: run.entrypoint.unwrap_or_default(),
            command: run.cmd.unwrap_or_default(),
            user: run.user.unwrap_or_default(),
            working_dir: run.working_dir.unwrap_or_default(),
        },
    }))
}

/// Finds a layer and decides as what it is sent: compressed as it is where it has a digest of its own, else unpacked.
fn layer(members: &Members, source: &LayerSource<'_>, diff_id: String) -> Result<Layer, Problem> {
    let gone = || missing(&source.member);
    let place = members.locate(&source.member).ok_or_else(gone)?;
    let member = members.resolve(&source.member).ok_or_else(gone)?.to_owned();
    let (digest, size, media_type) = match (source.descriptor, place.packing) {
        (Some(descriptor), Compression::Gzip | Compression::None) => (
            descriptor.digest.clone(),
            place.size,
            descriptor.media_type.as_str(),
        ),
        (None, Compression::None) => (diff_id.clone(), place.size, LAYER),
        // `docker save` of a containerd store: a `manifest.json` over compressed blobs.
        (None, Compression::Gzip) if member.starts_with("blobs/sha256/") => {
            let hex = member.rsplit('/').next().unwrap_or_default();
            (format!("sha256:{hex}"), place.size, LAYER_GZIP)
        }
        _ => {
            let size = place.unpacked.ok_or_else(|| Problem::Damaged {
                reason: format!("{}: cannot be decompressed", source.member),
            })?;
            (diff_id.clone(), size, LAYER)
        }
    };
    Ok(Layer {
        digest,
        size,
        media_type: media_type.to_owned(),
        diff_id,
        member,
        offset: place.offset,
        stored: place.size,
        packing: place.packing,
    })
}

const LAYER: &str = "application/vnd.oci.image.layer.v1.tar";
const LAYER_GZIP: &str = "application/vnd.oci.image.layer.v1.tar+gzip";

/// Makes the manifest of an image whose archive has none, always the same one for the same image: its digest is the
/// image's id in a containerd store.
pub(crate) fn made_up(config_digest: &str, config_size: usize, layers: &[Layer]) -> Document {
    let layers: Vec<_> = layers
        .iter()
        .map(|layer| {
            serde_json::json!({
                "mediaType": layer.media_type, "digest": layer.digest, "size": layer.size,
            })
        })
        .collect();
    let text = serde_json::json!({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": {
            "mediaType": "application/vnd.oci.image.config.v1+json",
            "digest": config_digest, "size": config_size,
        },
        "layers": layers,
    })
    .to_string();
    Document {
        digest: digest(text.as_bytes()),
        text,
    }
}

/// `v8` is the only variant of arm64, and engines leave it out.
fn platform(os: Option<String>, architecture: Option<String>, variant: Option<String>) -> String {
    let filled = |value: Option<String>| value.filter(|it| !it.is_empty());
    let os = filled(os).unwrap_or_else(|| "linux".into());
    let architecture = filled(architecture).unwrap_or_else(|| "unknown".into());
    match filled(variant) {
        Some(variant) if !(architecture == "arm64" && variant == "v8") => {
            format!("{os}/{architecture}/{variant}")
        }
        _ => format!("{os}/{architecture}"),
    }
}

pub(crate) fn digest(content: &[u8]) -> String {
    digest_of(Sha256::new_with_prefix(content))
}

/// Returns a finished hash as a digest: `sha256:` and hexadecimal.
pub(crate) fn digest_of(hash: Sha256) -> String {
    use std::fmt::Write;
    hash.finalize()
        .iter()
        .fold("sha256:".to_owned(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn verify(expected: &str, content: &[u8]) -> Result<(), Problem> {
    if expected.starts_with("sha256:") && digest(content) != expected {
        return Err(Problem::Damaged {
            reason: format!("{expected}: checksum"),
        });
    }
    Ok(())
}

fn parse<'a, T: Deserialize<'a>>(name: &str, content: &'a [u8]) -> Result<T, Problem> {
    serde_json::from_slice(content).map_err(|error| Problem::Damaged {
        reason: format!("{name}: {error}"),
    })
}

fn missing(name: &str) -> Problem {
    Problem::Damaged {
        reason: format!("{name}: missing"),
    }
}
