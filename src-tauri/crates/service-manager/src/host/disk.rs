//! Room where it counts: what a file system says, and what it gives when it is asked.

use camino::{Utf8Path, Utf8PathBuf};
use std::io;

/// What a file system says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Space {
    /// Bytes an ordinary user may still write.
    pub free: u64,
    /// Bytes in all.
    pub total: u64,
    /// How many more files fit; none where the file system has no limit (btrfs, FAT, Windows).
    pub inodes_free: Option<u64>,
    /// Nothing can be written: mounted that way, or after an error of the disk.
    pub read_only: bool,
    /// Two places with the same number share their room.
    pub device: u64,
}

/// Returns the room of the file system that holds `path` or, when it does not exist, its nearest parent. Takes as long as
/// the disk does: a network drive may hang.
#[cfg(unix)]
pub(crate) fn space(path: &Utf8Path) -> io::Result<Space> {
    use std::os::unix::fs::MetadataExt;
    let existing = nearest(path)?;
    let seen = rustix::fs::statvfs(existing.as_std_path())?;
    let unit = if seen.f_frsize == 0 {
        seen.f_bsize
    } else {
        seen.f_frsize
    };
    Ok(Space {
        free: seen.f_bavail.saturating_mul(unit),
        total: seen.f_blocks.saturating_mul(unit),
        inodes_free: (seen.f_files > 0).then_some(seen.f_favail),
        read_only: seen.f_flag.contains(rustix::fs::StatVfsMountFlags::RDONLY),
        device: fs_err::metadata(&existing)?.dev(),
    })
}

/// On Windows a disk has neither inodes nor a flag; what cannot be written says so when it is tried.
#[cfg(not(unix))]
pub(crate) fn space(path: &Utf8Path) -> io::Result<Space> {
    use sysinfo::{DiskRefreshKind, Disks};
    let real = nearest(path)?.canonicalize_utf8()?;
    let kinds = DiskRefreshKind::nothing().with_storage();
    let disks = Disks::new_with_refreshed_list_specifics(kinds)
        .map_err(|error| io::Error::other(error.to_string()))?;
    let text = real.as_str().trim_start_matches(r"\\?\");
    let found = disks
        .iter()
        .enumerate()
        .filter(|(_, disk)| std::path::Path::new(text).starts_with(disk.mount_point()))
        .max_by_key(|(_, disk)| disk.mount_point().as_os_str().len())
        .ok_or(io::ErrorKind::NotFound)?;
    Ok(Space {
        free: found.1.available_space(),
        total: found.1.total_space(),
        inodes_free: None,
        read_only: found.1.is_read_only(),
        device: found.0 as u64,
    })
}

/// Asks for so many bytes in the folder and gives them back at once. What is asked for has no name and is never seen by
/// anybody: the folder stays as it is. A quota says no here although the disk has room.
///
/// None: this file system, or this user, cannot be asked.
#[cfg(target_os = "linux")]
pub(crate) fn would_give(folder: &Utf8Path, bytes: u64) -> Option<bool> {
    use rustix::fs::{CWD, FallocateFlags, Mode, OFlags, fallocate, openat};
    use rustix::io::Errno;
    let existing = nearest(folder).ok()?;
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    let file = match openat(CWD, existing.as_std_path(), flags, Mode::RUSR) {
        Ok(file) => file,
        Err(Errno::NOSPC | Errno::DQUOT) => return Some(false),
        Err(_) => return None,
    };
    match fallocate(&file, FallocateFlags::empty(), 0, bytes.max(1)) {
        Ok(()) => Some(true),
        Err(Errno::NOSPC | Errno::DQUOT | Errno::FBIG) => Some(false),
        Err(_) => None,
    }
}

/// Only Linux has files without a name.
#[cfg(not(target_os = "linux"))]
pub(crate) fn would_give(_: &Utf8Path, _: u64) -> Option<bool> {
    None
}

/// What is there of a path; a folder that may not be entered counts as there.
fn nearest(path: &Utf8Path) -> io::Result<Utf8PathBuf> {
    let is_there = |path: &&Utf8Path| match path.as_std_path().symlink_metadata() {
        Ok(_) => path.exists(),
        Err(_) => false,
    };
    let found = path.ancestors().find(is_there);
    found
        .map(Utf8Path::to_owned)
        .ok_or(io::ErrorKind::NotFound.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_does_not_exist_yet_is_on_its_parents_disk() {
        let there = space("/tmp".into()).unwrap();
        let not_there = space("/tmp/not/there/yet".into()).unwrap();
        assert!(there.free > 0 && there.total > there.free, "{there:?}");
        assert_eq!(there.device, not_there.device);
        assert!(!there.read_only);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn what_is_asked_for_leaves_no_trace() {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8Path::from_path(folder.path()).unwrap();
        let before = fs_err::metadata(path).unwrap().modified().unwrap();
        let given = would_give(path, 1 << 20);
        assert!(matches!(given, Some(true) | None), "{given:?}");
        if given.is_some() {
            assert_eq!(would_give(path, 1 << 50), Some(false), "a petabyte");
        }
        assert_eq!(path.read_dir_utf8().unwrap().count(), 0);
        let after = fs_err::metadata(path).unwrap().modified().unwrap();
        assert_eq!(before, after);
    }
}
