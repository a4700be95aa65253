//! One stream to the engine: an OCI layout that is also a docker-archive, with only the layers the engine lacks.
//!
//! The form is the one that every store takes (20.10 and 26 classic, 26 with containerd): the classic stores read
//! `manifest.json`, the containerd store reads `index.json`. Layers come first and the manifests last, so a stream that
//! breaks off, or whose layers turn out not to be what they should be, never becomes an image.

use super::archive::{Archive, Document, Layer, digest_of, read_layers};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, Read};
use tokio_util::bytes::Bytes;

/// Large enough that the engine's socket is never starved, small enough that memory stays at a few of them.
const CHUNK: u64 = 1 << 20;
const BLOCK: usize = 512;

/// What one stream holds.
#[derive(Clone, Debug)]
pub(crate) struct Parcel {
    /// The name the image has until it is proved; none leaves it without one.
    pub name: Option<String>,
    pub config: Document,
    pub manifest: Document,
    /// All layers of the image, the lowest first.
    pub layers: Vec<Layer>,
    /// Those that are sent, each with the index of its archive.
    pub sent: Vec<(usize, Layer)>,
}

impl Parcel {
    /// Returns the bytes of the layers that are sent.
    pub(crate) fn bytes(&self) -> u64 {
        self.sent.iter().map(|(_, layer)| layer.size).sum()
    }

    /// Writes the stream. `ready` is asked once, before the manifests, and may take its time; `false` ends the stream
    /// there, incomplete.
    pub(crate) fn write(
        &self,
        archives: &[Archive],
        mut out: impl FnMut(Bytes) -> io::Result<()>,
        ready: impl FnOnce() -> bool,
    ) -> io::Result<()> {
        let mut by_archive: BTreeMap<usize, Vec<&Layer>> = BTreeMap::new();
        for (archive, layer) in &self.sent {
            by_archive.entry(*archive).or_default().push(layer);
        }
        for (archive, layers) in by_archive {
            read_layers(&archives[archive], &layers, |layer, reader| {
                write_layer(layer, reader, &mut out)
            })?;
        }
        if !ready() {
            return Err(io::Error::other(NotReady));
        }
        let mut tail = Vec::new();
        for (name, content) in self.documents() {
            tail.extend_from_slice(&header(&name, content.len() as u64));
            tail.extend_from_slice(content.as_bytes());
            tail.resize(tail.len().next_multiple_of(BLOCK), 0);
        }
        tail.resize(tail.len() + 2 * BLOCK, 0);
        out(tail.into())
    }

    fn documents(&self) -> Vec<(String, String)> {
        let classic = json!([{
            "Config": blob(&self.config.digest),
            "RepoTags": self.name.iter().collect::<Vec<_>>(),
            "Layers": self.layers.iter().map(|layer| blob(&layer.digest)).collect::<Vec<_>>(),
        }]);
        let mut descriptor = json!({
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "digest": self.manifest.digest,
            "size": self.manifest.text.len(),
        });
        if let Some(name) = &self.name {
            let tag = name.rsplit(':').next().unwrap_or_default();
            descriptor["annotations"] = json!({
                "io.containerd.image.name": format!("docker.io/library/{name}"),
                "org.opencontainers.image.ref.name": tag,
            });
        }
        let index = json!({
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.index.v1+json",
            "manifests": [descriptor],
        });
        vec![
            (
                "oci-layout".into(),
                r#"{"imageLayoutVersion":"1.0.0"}"#.into(),
            ),
            (blob(&self.config.digest), self.config.text.clone()),
            (blob(&self.manifest.digest), self.manifest.text.clone()),
            ("index.json".into(), index.to_string()),
            ("manifest.json".into(), classic.to_string()),
        ]
    }
}

/// The stream was ended because what it builds on did not become ready.
#[derive(Debug, thiserror::Error)]
#[error("what this builds on is not in the engine")]
pub(crate) struct NotReady;

/// A layer is not what its digest says.
#[derive(Debug, thiserror::Error)]
#[error("{member}: its content is not what the archive says ({digest})")]
pub(crate) struct WrongContent {
    member: String,
    digest: String,
}

fn blob(digest: &str) -> String {
    format!("blobs/{}", digest.replacen(':', "/", 1))
}

/// Passes a layer on, hashing what passes.
fn write_layer(
    layer: &Layer,
    reader: &mut dyn Read,
    out: &mut impl FnMut(Bytes) -> io::Result<()>,
) -> io::Result<()> {
    out(header(&blob(&layer.digest), layer.size).to_vec().into())?;
    let mut hash = Sha256::new();
    let mut left = layer.size;
    while left > 0 {
        let mut chunk = Vec::with_capacity(usize::try_from(left.min(CHUNK)).unwrap_or(0));
        Read::take(&mut *reader, left.min(CHUNK)).read_to_end(&mut chunk)?;
        if chunk.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        hash.update(&chunk);
        left -= chunk.len() as u64;
        out(chunk.into())?;
    }
    let found = digest_of(hash);
    if layer.digest.starts_with("sha256:") && layer.digest != found {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            WrongContent {
                member: layer.member.clone(),
                digest: layer.digest.clone(),
            },
        ));
    }
    let padding = layer.size.next_multiple_of(BLOCK as u64) - layer.size;
    if padding > 0 {
        out(vec![0; usize::try_from(padding).unwrap_or(0)].into())?;
    }
    Ok(())
}

fn header(name: &str, size: u64) -> [u8; BLOCK] {
    let mut header = tar::Header::new_gnu();
    // Names are `blobs/<algorithm>/<digest>` and shorter: they fit, and only then does this fail.
    let _ = header.set_path(name);
    header.set_size(size);
    header.set_mode(0o644);
    header.set_entry_type(tar::EntryType::Regular);
    header.set_cksum();
    *header.as_bytes()
}
