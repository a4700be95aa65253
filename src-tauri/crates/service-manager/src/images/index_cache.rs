//! What was found in an archive, kept for the next look: reading gigabytes once is enough.
//!
//! A file is the same when its path, size, time of change, inode and both its ends are. Whether its middle is still
//! what it was shows when it is sent, because every layer is hashed on the way.

use super::archive::{Archive, digest, index};
use crate::operation::write_atomically;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Seek, SeekFrom};
use std::time::UNIX_EPOCH;

/// Counted up when the meaning of what is kept changes.
const FORM: u32 = 1;
/// Bytes at each end that are compared.
const END: u64 = 64 << 10;
/// More archives than a few packages have; the longest unused go first.
const KEPT: usize = 256;

/// The folder of kept answers.
#[derive(Clone, Debug)]
pub(crate) struct IndexCache {
    folder: Utf8PathBuf,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    identity: Identity,
    archive: Archive,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Identity {
    form: u32,
    path: String,
    bytes: u64,
    /// Nanoseconds since 1970.
    modified: u128,
    inode: u64,
    ends: String,
}

impl IndexCache {
    /// Keeps answers in Quayside's own folder.
    pub(crate) fn new(state: &Utf8Path) -> Self {
        Self {
            folder: state.join("archives"),
        }
    }

    /// Says what a file holds, from memory when it is the same file as then. What is wrong with a file is looked at
    /// anew each time.
    pub(crate) fn index(&self, path: &Utf8Path, file: &str) -> Archive {
        let identity = identity(path).ok();
        let place = self.place(path);
        if let Some(kept) = kept(&place, identity.as_ref()) {
            return Archive {
                file: file.to_owned(),
                ..kept
            };
        }
        let archive = index(path, file);
        if let Some(identity) = identity.filter(|_| archive.problem.is_none()) {
            let entry = Entry {
                identity,
                archive: archive.clone(),
            };
            // A cache that cannot be written costs time, nothing else.
            let json = serde_json::to_vec(&entry).unwrap_or_default();
            match write_atomically(&place, &json) {
                Ok(()) => self.tidy(),
                Err(error) => tracing::warn!(%error, "what is in an archive could not be kept"),
            }
        }
        archive
    }

    fn place(&self, path: &Utf8Path) -> Utf8PathBuf {
        let name = digest(path.as_str().as_bytes());
        let hex = name.rsplit(':').next().unwrap_or_default();
        self.folder
            .join(format!("{}.json", &hex[..32.min(hex.len())]))
    }

    fn tidy(&self) {
        let Ok(entries) = self.folder.read_dir_utf8() else {
            return;
        };
        let mut files: Vec<_> = entries
            .flatten()
            .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.into_path())))
            .collect();
        files.sort();
        for (_, path) in files.iter().rev().skip(KEPT) {
            let _ = fs::remove_file(path);
        }
    }
}

fn kept(place: &Utf8Path, identity: Option<&Identity>) -> Option<Archive> {
    let entry: Entry = serde_json::from_slice(&fs::read(place).ok()?).ok()?;
    (Some(&entry.identity) == identity).then_some(entry.archive)
}

fn identity(path: &Utf8Path) -> io::Result<Identity> {
    let meta = fs::metadata(path)?;
    if !meta.is_file() {
        // Opening a pipe would wait for somebody to write into it.
        return Err(io::ErrorKind::Unsupported.into());
    }
    let mut file = fs::File::open(path)?;
    let bytes = meta.len();
    let mut ends = Vec::new();
    (&mut file).take(END).read_to_end(&mut ends)?;
    file.seek(SeekFrom::Start(bytes.saturating_sub(END)))?;
    (&mut file).take(END).read_to_end(&mut ends)?;
    let modified = meta.modified()?.duration_since(UNIX_EPOCH);
    Ok(Identity {
        form: FORM,
        path: path.to_string(),
        bytes,
        modified: modified.map_or(0, |since| since.as_nanos()),
        inode: inode(&meta),
        ends: digest(&ends),
    })
}

#[cfg(unix)]
fn inode(meta: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(meta)
}

#[cfg(not(unix))]
fn inode(_: &std::fs::Metadata) -> u64 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tar_with(name: &str) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_size(1);
        builder.append_data(&mut header, name, &b"x"[..]).unwrap();
        builder.into_inner().unwrap()
    }

    /// An archive with one image; what is in it depends on `word`.
    fn image(word: &str) -> Vec<u8> {
        let layer = tar_with(word);
        let config = serde_json::json!({
            "architecture": "amd64", "os": "linux",
            "rootfs": { "type": "layers", "diff_ids": [digest(&layer)] },
        })
        .to_string();
        let name = format!(
            "{}.json",
            digest(config.as_bytes()).trim_start_matches("sha256:")
        );
        let manifest = serde_json::json!([{ "Config": name, "RepoTags": [word], "Layers": ["l"] }]);
        let manifest = manifest.to_string();
        let mut builder = tar::Builder::new(Vec::new());
        for (name, content) in [
            ("l", &layer[..]),
            (name.as_str(), config.as_bytes()),
            ("manifest.json", manifest.as_bytes()),
        ] {
            let mut header = tar::Header::new_gnu();
            header.set_size(content.len() as u64);
            builder.append_data(&mut header, name, content).unwrap();
        }
        builder.into_inner().unwrap()
    }

    #[test]
    fn the_second_look_is_from_memory_and_a_changed_file_is_read_anew() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Utf8Path::from_path(folder.path()).unwrap();
        let cache = IndexCache::new(folder);
        let path = folder.join("web.tar");
        fs::write(&path, image("web:1")).unwrap();
        let first = cache.index(&path, "web.tar");
        assert_eq!(first.images[0].refs, ["web:1"]);

        // Proof that the file is not read: what is kept is changed, and that is what comes back.
        let place = cache.place(&path);
        let text = fs::read_to_string(&place).unwrap();
        fs::write(&place, text.replace("web:1", "kept:1")).unwrap();
        let second = cache.index(&path, "images/web.tar");
        assert_eq!(second.images[0].refs, ["kept:1"]);
        assert_eq!(second.file, "images/web.tar", "the name is this look's");

        fs::write(&path, image("web:2")).unwrap();
        assert_eq!(cache.index(&path, "web.tar").images[0].refs, ["web:2"]);
        fs::write(&place, "{").unwrap();
        assert_eq!(cache.index(&path, "web.tar").images[0].refs, ["web:2"]);
    }

    #[test]
    fn a_damaged_file_is_not_remembered_and_old_answers_go() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Utf8Path::from_path(folder.path()).unwrap();
        let cache = IndexCache::new(folder);
        let path = folder.join("web.tar");
        fs::write(&path, b"").unwrap();
        assert!(cache.index(&path, "web.tar").problem.is_some());
        assert!(!cache.place(&path).exists());
        for n in 0..KEPT + 9 {
            write_atomically(&cache.folder.join(format!("{n}.json")), b"{}").unwrap();
        }
        cache.tidy();
        assert_eq!(cache.folder.read_dir_utf8().unwrap().count(), KEPT);
    }
}
