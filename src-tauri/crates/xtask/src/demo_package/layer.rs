//! One layer of an image: a tree of files built from unpacked Debian packages and a few of our own.
//!
//! Entries are sorted and carry no times, so that the same packages always give the same layer and an
//! engine recognises a base it already has.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufWriter, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tar::{EntryType, Header};

use crate::digest;

enum Entry {
    Folder { mode: u32 },
    Copy { from: PathBuf, mode: u32 },
    Text { text: String, mode: u32 },
    Link { to: PathBuf },
}

/// A file system tree by path, without a leading slash.
#[derive(Default)]
pub(crate) struct Layer {
    entries: BTreeMap<String, Entry>,
}

/// What a container never reads.
const LEFT_OUT: &[&str] = &[
    "etc/init.d",
    "etc/logrotate.d",
    "usr/lib/systemd",
    "usr/share/bash-completion",
    "usr/share/bug",
    "usr/share/doc",
    "usr/share/lintian",
    "usr/share/locale",
    "usr/share/man",
    "var/lib/systemd",
];

impl Layer {
    /// Adds what a package would install.
    pub(crate) fn add_package(&mut self, unpacked: &Path) -> Result<()> {
        self.add_tree(unpacked, unpacked)
    }

    fn add_tree(&mut self, top: &Path, folder: &Path) -> Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let from = entry.path();
            let name = merged(&from.strip_prefix(top)?.to_string_lossy());
            if LEFT_OUT.contains(&name.as_str()) {
                continue;
            }
            let kind = entry.file_type()?;
            let mode = fs::symlink_metadata(&from)?.permissions().mode() & 0o7777;
            if kind.is_symlink() {
                self.entries.insert(
                    name,
                    Entry::Link {
                        to: fs::read_link(&from)?,
                    },
                );
            } else if kind.is_dir() {
                self.folder(&name, mode);
                self.add_tree(top, &from)?;
            } else {
                self.entries.insert(name, Entry::Copy { from, mode });
            }
        }
        Ok(())
    }

    pub(crate) fn folder(&mut self, path: &str, mode: u32) {
        // A merged folder such as /lib stays the link that the base made of it.
        if !matches!(self.entries.get(path), Some(Entry::Link { .. })) {
            self.entries.insert(path.to_owned(), Entry::Folder { mode });
        }
    }

    pub(crate) fn file(&mut self, path: &str, text: impl Into<String>) {
        self.entries.insert(
            path.to_owned(),
            Entry::Text {
                text: text.into(),
                mode: 0o644,
            },
        );
    }

    pub(crate) fn link(&mut self, path: &str, to: impl Into<PathBuf>) {
        self.entries
            .entry(path.to_owned())
            .or_insert(Entry::Link { to: to.into() });
    }

    /// The file on this machine that a path is copied from.
    pub(crate) fn source(&self, path: &str) -> Option<&Path> {
        match self.entries.get(path)? {
            Entry::Copy { from, .. } => Some(from),
            _ => None,
        }
    }

    /// Writes the layer as a tar file and answers its digest.
    pub(crate) fn write(&self, file: &Path) -> Result<String> {
        let mut tar = tar::Builder::new(BufWriter::new(fs::File::create(file)?));
        for (path, entry) in &self.entries {
            append(&mut tar, path, entry).with_context(|| format!("cannot add {path}"))?;
        }
        tar.into_inner()?.flush()?;
        digest::of_file(file)
    }
}

/// Where a path lies on a system whose /bin, /sbin and /lib are links into /usr.
fn merged(path: &str) -> String {
    let first = path.split('/').next().unwrap_or_default();
    if matches!(first, "bin" | "sbin" | "lib" | "lib32" | "lib64") {
        format!("usr/{path}")
    } else {
        path.to_owned()
    }
}

fn append(tar: &mut tar::Builder<impl Write>, path: &str, entry: &Entry) -> Result<()> {
    let mut header = Header::new_gnu();
    header.set_mtime(0);
    header.set_uid(0);
    header.set_gid(0);
    header.set_size(0);
    match entry {
        Entry::Folder { mode } => {
            header.set_mode(*mode);
            header.set_entry_type(EntryType::Directory);
            tar.append_data(&mut header, format!("{path}/"), std::io::empty())?;
        }
        Entry::Copy { from, mode } => {
            let file = fs::File::open(from)?;
            header.set_mode(*mode);
            header.set_size(file.metadata()?.len());
            tar.append_data(&mut header, path, file)?;
        }
        Entry::Text { text, mode } => {
            header.set_mode(*mode);
            header.set_size(text.len() as u64);
            tar.append_data(&mut header, path, text.as_bytes())?;
        }
        Entry::Link { to } => {
            header.set_mode(0o777);
            header.set_entry_type(EntryType::Symlink);
            tar.append_link(&mut header, path, to)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::merged;

    #[test]
    fn only_the_merged_folders_move() {
        assert_eq!(merged("bin/busybox"), "usr/bin/busybox");
        assert_eq!(merged("lib64"), "usr/lib64");
        assert_eq!(merged("usr/bin/python3"), "usr/bin/python3");
        assert_eq!(merged("etc/passwd"), "etc/passwd");
    }
}
