//! Files and folders: read before they are changed, written so that a reader sees the old or the new and never half.

use crate::error::Error;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use std::fs::Metadata;
use std::io::{ErrorKind, Read, Write};

/// What is larger is no text that Quayside would change.
const LARGEST: u64 = 1 << 20;

/// Read, write, execute for owner, group and others, and the three special bits (chmod(2)).
#[cfg(unix)]
const ALL_BITS: u32 = (1 << 12) - 1;

/// Reads a file that may be changed; none when it is too large for that.
pub(super) fn read_small(path: &Utf8Path) -> std::io::Result<Option<Vec<u8>>> {
    let mut content = Vec::new();
    fs::File::open(path)?
        .take(LARGEST + 1)
        .read_to_end(&mut content)?;
    Ok((content.len() as u64 <= LARGEST).then_some(content))
}

/// Replaces a file's content, `None` being no file, if it is what was expected. What is already as wanted is fine.
pub(super) fn replace(
    path: &Utf8Path,
    expected: Option<&[u8]>,
    wanted: Option<&[u8]>,
) -> Result<(), Error> {
    let failed = |error: std::io::Error| Error::file(path.as_str(), &error);
    let found = match read_small(path) {
        Ok(content) => Some(content.ok_or_else(|| changed(path))?),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    if found.as_deref() == wanted {
        return Ok(());
    }
    if found.as_deref() != expected {
        return Err(changed(path));
    }
    match wanted {
        Some(wanted) => write(path, wanted).map_err(failed),
        None => fs::remove_file(path).map_err(failed),
    }
}

/// Makes a new file with the permissions and the owner of another: nobody may read a copy who may not read the original.
pub(super) fn duplicate(of: &Utf8Path, path: &Utf8Path, content: &[u8]) -> Result<(), Error> {
    let failed = |error: std::io::Error| Error::file(path.as_str(), &error);
    if path.symlink_metadata().is_ok() {
        let same = read_small(path).ok().flatten().as_deref() == Some(content);
        return if same { Ok(()) } else { Err(changed(path)) };
    }
    let like = fs::metadata(of).map_err(|error| Error::file(of.as_str(), &error))?;
    write_like(path, content, Some(&like)).map_err(failed)
}

/// Writes beside the file and renames over it. Mode and owner stay those of the file that was there; a link is followed,
/// so that what it points to changes and the link stays.
fn write(path: &Utf8Path, content: &[u8]) -> std::io::Result<()> {
    let path = path.canonicalize_utf8().unwrap_or_else(|_| path.to_owned());
    let like = fs::metadata(&path).ok();
    write_like(&path, content, like.as_ref())
}

fn write_like(path: &Utf8Path, content: &[u8], like: Option<&Metadata>) -> std::io::Result<()> {
    let name = path.file_name().unwrap_or_default();
    let temporary = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = (|| {
        let mut file = fs::File::create(&temporary)?;
        if let Some(like) = like {
            file.set_permissions(like.permissions())?;
            keep_owner(&temporary, like);
        }
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&temporary, path)
    })();
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}

/// Only root may give a file away; for everybody else it is theirs already, or was not theirs to change.
#[cfg(unix)]
fn keep_owner(path: &Utf8Path, meta: &Metadata) {
    use std::os::unix::fs::MetadataExt;
    let _ = std::os::unix::fs::chown(path, Some(meta.uid()), Some(meta.gid()));
}

#[cfg(not(unix))]
const fn keep_owner(_: &Utf8Path, _: &Metadata) {}

/// Whether this user may replace a file: by the folder it is in, and by itself.
#[cfg(unix)]
pub(crate) fn may_replace(path: &Utf8Path) -> bool {
    use rustix::fs::{Access, AtFlags, CWD, accessat};
    let may = |path: &Utf8Path, access| {
        accessat(CWD, path.as_std_path(), access, AtFlags::EACCESS).is_ok()
    };
    let folder = path.parent().unwrap_or(path);
    may(folder, Access::WRITE_OK | Access::EXEC_OK) && may(path, Access::WRITE_OK)
}

#[cfg(not(unix))]
pub(crate) fn may_replace(path: &Utf8Path) -> bool {
    fs::metadata(path).is_ok_and(|meta| !meta.permissions().readonly())
}

/// Gives a folder that was made anew to its old owner. What the system refuses stays ours: it is empty.
#[cfg(unix)]
pub(super) fn give_back(path: &Utf8Path, owner: Option<(u32, u32)>) {
    if let Some((user, group)) = owner {
        let _ = std::os::unix::fs::lchown(path, Some(user), Some(group));
    }
}

#[cfg(not(unix))]
pub(super) const fn give_back(_: &Utf8Path, _: Option<(u32, u32)>) {}

/// Returns user and group of a path (Unix).
pub(crate) fn owner(path: &Utf8Path) -> Option<(u32, u32)> {
    look_at_owner(path).ok().flatten()
}

/// The same, and why it is not known: gone, or in a folder that this user may not look into.
#[cfg(unix)]
pub(super) fn look_at_owner(path: &Utf8Path) -> std::io::Result<Option<(u32, u32)>> {
    use std::os::unix::fs::MetadataExt;
    let meta = fs::symlink_metadata(path)?;
    Ok(Some((meta.uid(), meta.gid())))
}

#[cfg(not(unix))]
pub(super) const fn look_at_owner(_: &Utf8Path) -> std::io::Result<Option<(u32, u32)>> {
    Ok(None)
}

/// Returns the permission bits of a path; on Windows, where there are none, those of an ordinary file.
pub(crate) fn mode(path: &Utf8Path) -> Result<u32, Error> {
    let meta = fs::metadata(path).map_err(|error| Error::file(path.as_str(), &error))?;
    #[cfg(unix)]
    let bits = std::os::unix::fs::PermissionsExt::mode(&meta.permissions()) & ALL_BITS;
    #[cfg(not(unix))]
    let bits = if meta.is_dir() { 0o755 } else { 0o644 };
    Ok(bits)
}

/// Sets permission bits if they are what was expected. What is already as wanted is fine.
pub(super) fn set_mode(path: &Utf8Path, expected: u32, wanted: u32) -> Result<(), Error> {
    let found = mode(path)?;
    if found == wanted {
        return Ok(());
    }
    if found != expected {
        return Err(changed(path));
    }
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(wanted))
        .map_err(|error| Error::file(path.as_str(), &error))?;
    Ok(())
}

/// Makes a folder with its parents; one that is there is fine.
pub(super) fn make_directory(path: &Utf8Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|error| match error.kind() {
        ErrorKind::PermissionDenied => Error::Permission {
            path: path.to_string(),
        },
        _ => Error::Directory {
            path: path.to_string(),
            reason: error.to_string(),
        },
    })
}

/// Removes a folder that is empty; one that is gone is fine, one that is not empty stays.
pub(super) fn remove_empty(path: &Utf8Path) -> Result<(), Error> {
    match fs::remove_dir(path) {
        Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => Err(changed(path)),
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Error::file(path.as_str(), &error))
        }
        _ => Ok(()),
    }
}

/// Returns the folders that [`make_directory`] would make, the outermost first: each is one to take back.
pub(crate) fn missing_folders(path: &Utf8Path) -> Vec<Utf8PathBuf> {
    let mut missing: Vec<Utf8PathBuf> = path
        .ancestors()
        .take_while(|folder| !folder.exists())
        .map(Utf8Path::to_owned)
        .collect();
    missing.reverse();
    missing
}

pub(super) fn changed(path: &Utf8Path) -> Error {
    Error::ChangedMeanwhile {
        path: path.to_string(),
    }
}
