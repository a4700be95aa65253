//! Copying a folder: what was copied before is not copied again.

use super::write::{self, Wanted};
use super::{MARGIN, Work, make_folder};
use crate::error::Error;
use crate::host::disk;
use crate::host::file_system::file_system;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use walkdir::WalkDir;

/// File systems without permission bits show the same ones for everything.
const WITHOUT_BITS: u32 = 0o111;

struct Item {
    path: Utf8PathBuf,
    to: Utf8PathBuf,
    meta: std::fs::Metadata,
}

/// Copies everything below `from` into `to`. Links are copied as links, other than files nothing is.
pub(super) fn copy(from: &Utf8Path, to: &Utf8Path, work: &Work) -> Result<(), Error> {
    let items = items(from, to)?;
    let is_there = |item: &Item| {
        fs::symlink_metadata(&item.to).is_ok_and(|there| {
            let times = (there.modified().ok(), item.meta.modified().ok());
            there.len() == item.meta.len() && there.is_file() && times.0 == times.1
        })
    };
    let files = items.iter().filter(|item| item.meta.is_file());
    let (there, missing): (Vec<&Item>, Vec<&Item>) = files.partition(|item| is_there(item));
    let bytes = |items: &[&Item]| items.iter().map(|item| item.meta.len()).sum::<u64>();
    work.total(bytes(&there) + bytes(&missing));
    let free = disk::space(to).map_or(u64::MAX, |space| space.free);
    let needed = bytes(&missing) + MARGIN;
    if needed > free {
        return Err(Error::Disk {
            path: to.to_string(),
            needed,
            free,
        });
    }
    work.more(bytes(&there), "")?;
    let mut files = items.iter().filter(|item| item.meta.is_file());
    // What such a medium shows is what it was mounted with, and that may be for one user alone.
    let has_bits = !file_system(from).is_some_and(|it| it.is_foreign())
        && !files.all(|item| mode(&item.meta) & WITHOUT_BITS == WITHOUT_BITS);
    make_folder(to)?;
    for item in &items {
        if item.meta.is_dir() {
            make_folder(&item.to)?;
        } else if item.meta.is_symlink() {
            link(item)?;
        } else if item.meta.is_file() && !is_there(item) {
            let mut source = fs::File::open(&item.path)
                .map_err(|error| Error::file(item.path.as_str(), &error))?;
            let wanted = Wanted {
                mode: has_bits.then(|| mode(&item.meta)),
                modified: item.meta.modified().ok(),
                room: u64::MAX,
            };
            write::file(&item.to, &mut source, wanted, work)?;
        }
    }
    Ok(())
}

fn items(from: &Utf8Path, to: &Utf8Path) -> Result<Vec<Item>, Error> {
    let mut items = Vec::new();
    for entry in WalkDir::new(from).min_depth(1).sort_by_file_name() {
        let entry = entry.map_err(|error| match error.path() {
            Some(path) => {
                let path = path.to_string_lossy().into_owned();
                match error.into_io_error() {
                    Some(error) => Error::file(path, &error),
                    None => Error::Unknown(path),
                }
            }
            None => Error::Unknown(error.to_string()),
        })?;
        let meta = entry
            .metadata()
            .map_err(|error| Error::Unknown(error.to_string()))?;
        let path = Utf8PathBuf::from_path_buf(entry.into_path())
            .map_err(|path| Error::Unknown(path.display().to_string()))?;
        let relative = path.strip_prefix(from).unwrap_or(&path);
        items.push(Item {
            to: to.join(relative),
            path,
            meta,
        });
    }
    Ok(items)
}

#[cfg(unix)]
fn mode(meta: &std::fs::Metadata) -> u32 {
    std::os::unix::fs::MetadataExt::mode(meta)
}

#[cfg(not(unix))]
const fn mode(_: &std::fs::Metadata) -> u32 {
    0o644
}

#[cfg(unix)]
fn link(item: &Item) -> Result<(), Error> {
    let failed = |error: std::io::Error| Error::file(item.to.as_str(), &error);
    let target = fs::read_link(&item.path).map_err(failed)?;
    match fs::os::unix::fs::symlink(target, &item.to) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(failed(error)),
        _ => Ok(()),
    }
}

/// Making links takes rights on Windows that people do not have; what it points to is copied by itself.
#[cfg(not(unix))]
fn link(item: &Item) -> Result<(), Error> {
    tracing::warn!(path = %item.path, "a link is not copied");
    Ok(())
}
