//! Image archives: what a file holds, without unpacking it to disk.
//!
//! [`index`] never fails: a file that cannot be used is an [`Archive`] with a [`Problem`]. Layout and compression
//! are found by content, never by name. Raw archives are walked by their headers (a few milliseconds whatever the
//! size); compressed ones take one pass of decompression, in memory.

mod files;
mod layers;
mod manifest;
mod open;
mod read;
mod room;
mod walk;

pub(crate) use files::read_files;
pub(crate) use layers::path_kinds;
pub(crate) use manifest::{digest, digest_of, made_up};
pub(crate) use open::is_web_page;
pub(crate) use read::read_layers;

use crate::api::package::{ArchiveFormat, ArchiveImageView, ArchiveView, Compression};
use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use std::io;

/// One file with images in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Archive {
    /// Absolute.
    pub(crate) path: Utf8PathBuf,
    /// Relative to the package's folder, as it is shown.
    pub(crate) file: String,
    pub(crate) format: ArchiveFormat,
    pub(crate) compression: Compression,
    /// Size of the file.
    pub(crate) bytes: u64,
    /// Size when decompressed; the same as `bytes` for a raw archive.
    pub(crate) unpacked_bytes: Option<u64>,
    /// Every complete image in it.
    pub(crate) images: Vec<ArchiveImage>,
    /// What is wrong with the file; images that are complete are listed all the same.
    #[serde(skip)]
    pub(crate) problem: Option<Problem>,
    /// The digest of the file, `sha256:…`, where the package gives it.
    #[serde(skip)]
    pub(crate) checksum: Option<String>,
}

impl Default for Archive {
    fn default() -> Self {
        Self {
            path: Utf8PathBuf::new(),
            file: String::new(),
            format: ArchiveFormat::Unknown,
            compression: Compression::None,
            bytes: 0,
            unpacked_bytes: None,
            images: Vec::new(),
            problem: None,
            checksum: None,
        }
    }
}

impl Archive {
    /// Returns it as the contract shows it.
    pub(crate) fn view(&self) -> ArchiveView {
        ArchiveView {
            file: self.file.clone(),
            format: self.format,
            compression: self.compression,
            bytes: self.bytes,
            images: self.images.iter().map(ArchiveImage::view).collect(),
        }
    }
}

/// One image in an archive.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ArchiveImage {
    /// As the archive names them; Docker's implied parts are left out (`nginx:latest`).
    pub(crate) refs: Vec<String>,
    /// The digest of the config, `sha256:…`: the image's id in the engine's classic store.
    pub(crate) id: String,
    /// What the engine is sent as the image's manifest; its digest is the image's id in the containerd store.
    pub(crate) manifest: Document,
    /// `os/arch` or `os/arch/variant`, from the config.
    pub(crate) platform: String,
    /// Sum of the layers as they stand in the archive.
    pub(crate) bytes: u64,
    /// The lowest first.
    pub(crate) layers: Vec<Layer>,
    pub(crate) config: ImageConfig,
    /// The config as the archive has it, to the byte: its digest is the image's id.
    pub(crate) config_text: String,
}

/// A small JSON file and its digest.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Document {
    pub(crate) digest: String,
    pub(crate) text: String,
}

/// One layer of an image: where it lies in the archive, and as what it is sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Layer {
    /// Digest of the unpacked layer: what images share, and what an engine knows it by.
    pub(crate) diff_id: String,
    /// Name of the member that holds it, links followed.
    pub(crate) member: String,
    /// Where its bytes begin in the decompressed archive, and how many they are there.
    pub(crate) offset: u64,
    pub(crate) stored: u64,
    /// How the member itself is compressed.
    pub(crate) packing: Compression,
    /// The digest, the size and the media type under which it is sent. The digest is the diff id, unless the layer
    /// is sent compressed as it is.
    pub(crate) digest: String,
    pub(crate) size: u64,
    pub(crate) media_type: String,
}

impl Layer {
    /// Whether it is decompressed on the way.
    pub(crate) fn is_unpacked_on_the_way(&self) -> bool {
        self.packing != Compression::None && self.digest == self.diff_id
    }
}

impl ArchiveImage {
    /// Returns the digests of the unpacked layers, the lowest first.
    pub(crate) fn diff_ids(&self) -> Vec<String> {
        self.layers
            .iter()
            .map(|layer| layer.diff_id.clone())
            .collect()
    }

    /// Returns the architecture as the engine spells it: `amd64`, `arm64`.
    pub(crate) fn architecture(&self) -> &str {
        self.platform.split('/').nth(1).unwrap_or_default()
    }

    fn view(&self) -> ArchiveImageView {
        ArchiveImageView {
            refs: self.refs.clone(),
            id: self.id.clone(),
            platform: self.platform.clone(),
            bytes: self.bytes,
            // Only who knows the other images can say it: the package's view.
            shared_bytes: 0,
            shared_with: Vec::new(),
        }
    }
}

/// What an image says about running it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ImageConfig {
    /// The built-in healthcheck's test; none when there is none or it is `NONE`.
    pub(crate) healthcheck: Option<Vec<String>>,
    /// `80/tcp`
    pub(crate) exposed_ports: Vec<String>,
    /// Paths that become anonymous volumes.
    pub(crate) volumes: Vec<String>,
    pub(crate) entrypoint: Vec<String>,
    pub(crate) command: Vec<String>,
    /// Empty means root.
    pub(crate) user: String,
    pub(crate) working_dir: String,
}

/// Why a file cannot be used as an image archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// Zero bytes.
    Empty,
    /// The system does not let us read it.
    Unreadable { kind: io::ErrorKind, reason: String },
    /// A saved web page.
    WebPage,
    /// Another kind of file; `kind` is a word such as `zip` or `xz` where the content says so.
    NotAnArchive { kind: Option<&'static str> },
    /// It ends before it should: the copy was cut short.
    Truncated,
    /// Its content contradicts itself.
    Damaged { reason: String },
    /// Layers are there, and nothing says what they belong to.
    NoManifest,
    /// Compressed so that decompressing it takes more memory than we allow ourselves.
    LargeWindow,
    /// A sound tar file without images.
    NoImages,
}

/// Says what a file holds. `file` is the name under which it is shown.
pub(crate) fn index(path: &Utf8Path, file: &str) -> Archive {
    let mut archive = Archive {
        path: path.to_owned(),
        file: file.to_owned(),
        ..Archive::default()
    };
    if let Err(problem) = fill(&mut archive) {
        archive.problem = Some(problem);
    }
    archive
}

fn fill(archive: &mut Archive) -> Result<(), Problem> {
    let mut source = open::Source::open(&archive.path).map_err(|error| match error.kind() {
        // a pipe, a device
        io::ErrorKind::InvalidInput => Problem::NotAnArchive { kind: None },
        _ => unreadable(&error),
    })?;
    archive.bytes = source.bytes;
    archive.compression = source.sniff()?;
    let mut members = match archive.compression {
        Compression::None => walk::raw(source)?,
        Compression::Gzip | Compression::Zstd => walk::compressed(source)?,
    };
    archive.unpacked_bytes = members.unpacked_bytes;
    let contents = manifest::read(&members);
    archive.format = contents.format;
    archive.images = contents.images;
    match members.problem.take().or(contents.problem) {
        Some(problem) => Err(problem),
        None if archive.images.is_empty() && members.hold_layers() => Err(Problem::NoManifest),
        None if archive.images.is_empty() => Err(Problem::NoImages),
        None => Ok(()),
    }
}

fn unreadable(error: &io::Error) -> Problem {
    Problem::Unreadable {
        kind: error.kind(),
        reason: error.to_string(),
    }
}

#[cfg(test)]
mod tests;
