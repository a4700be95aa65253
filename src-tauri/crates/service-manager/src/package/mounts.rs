//! Whether bind sources exist, and what the missing ones have to be.

use crate::api::package::MountKind;
use crate::compose::project::{BindMount, Project};
use crate::compose::volumes::kind_by_name;
use crate::images::archive::{Archive, path_kinds};
use crate::images::reference::match_archive;
use camino::Utf8Path;
use std::collections::BTreeSet;

/// Decompressing more only to learn what a path is takes longer than the answer is worth.
const COMPRESSED_LIMIT: u64 = 1 << 30;

/// Fills in `exists` and `kind` of every bind mount. A missing source: written with a trailing slash, a directory;
/// else what the image has at the target; else what the names say (which is already there). What is there and may be of
/// the wrong kind is compared with the image as well: Docker makes an empty folder where a file was missing.
pub(crate) fn resolve(
    project: &mut Project,
    slashes: &BTreeSet<(String, String)>,
    archives: &[Archive],
    architecture: &str,
) {
    for service in &mut project.services {
        let mut unknown: Vec<usize> = Vec::new();
        for (at, mount) in service.bind_mounts.iter_mut().enumerate() {
            if let Some(kind) = kind_on_disk(&mount.source) {
                mount.exists = true;
                mount.kind = kind;
                if is_doubtful(mount) {
                    unknown.push(at);
                }
            } else if slashes.contains(&(service.name.clone(), mount.target.clone())) {
                mount.kind = MountKind::Directory;
            } else {
                unknown.push(at);
            }
        }
        let image = service.image.as_deref().filter(|_| !unknown.is_empty());
        let Some(found) = image.and_then(|image| match_archive(image, architecture, archives))
        else {
            continue;
        };
        if found.archive.bytes != found.archive.unpacked_bytes.unwrap_or(0)
            && found.archive.bytes > COMPRESSED_LIMIT
        {
            continue;
        }
        let targets: Vec<&str> = unknown
            .iter()
            .map(|at| service.bind_mounts[*at].target.as_str())
            .collect();
        // A layer that cannot be read is the archive's finding, not this question's.
        let kinds = path_kinds(found.archive, found.image, &targets).unwrap_or_default();
        for (at, kind) in unknown.into_iter().zip(kinds) {
            let mount = &mut service.bind_mounts[at];
            mount.image_has = kind;
            if let Some(kind) = kind.filter(|_| !mount.exists) {
                mount.kind = kind;
            }
        }
    }
}

/// Whether what exists may not be what the container needs: a folder with a file's name, a folder that is empty, a file
/// with a folder's name.
fn is_doubtful(mount: &BindMount) -> bool {
    let by_name = kind_by_name(&mount.source, &mount.target);
    match mount.kind {
        MountKind::Directory => by_name == MountKind::File || is_empty(&mount.source),
        MountKind::File => by_name == MountKind::Directory && is_plain(&mount.source),
    }
}

fn is_empty(path: &Utf8Path) -> bool {
    fs_err::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

/// Not a socket and not a device.
fn is_plain(path: &Utf8Path) -> bool {
    fs_err::metadata(path).is_ok_and(|meta| meta.is_file())
}

/// Sockets and devices count as files: like them, they cannot be made by making a directory.
fn kind_on_disk(path: &Utf8Path) -> Option<MountKind> {
    match fs_err::metadata(path) {
        Ok(meta) if meta.is_dir() => Some(MountKind::Directory),
        Ok(_) => Some(MountKind::File),
        // It is there, but only root may look: the name decides later on.
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
            fs_err::symlink_metadata(path)
                .ok()
                .map(|_| MountKind::Directory)
        }
        Err(_) => None,
    }
}
