//! Folders a service writes to as somebody who is not root, with their owners; and configuration files that everybody
//! may write, which MySQL ignores.

use super::image_user::{ImageUser, of_service};
use super::location::database;
use crate::api::package::MountKind;
use crate::compose::project::{BindMount, Project, Service};
use crate::images::archive::{Archive, ArchiveImage};
use crate::images::reference::match_archive;
use crate::repair::{MOST, Owned, is_gone, may_chown};
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use std::collections::{BTreeMap, BTreeSet};

/// What is seen of both.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Owners {
    pub folders: Vec<DataDir>,
    pub configs: Vec<OpenConfig>,
    /// Folders that are still to be made, and as whom their service writes to them.
    pub fresh: BTreeMap<Utf8PathBuf, ImageUser>,
    /// This user may give files away.
    pub may_chown: bool,
    /// The engine runs on this computer and its users are this computer's.
    pub same_users: bool,
}

/// A folder that its service cannot write to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DataDir {
    pub service: String,
    pub path: Utf8PathBuf,
    pub user: ImageUser,
    pub owner: (u32, u32),
    /// The image declares the place as one for data.
    pub declared: bool,
    /// What belongs to somebody else, the folder itself first.
    pub wrong: Vec<Owned>,
    pub seen: Seen,
}

/// How much of a folder was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    Whole,
    /// All that this user may look into.
    Partly,
    /// As much as is changed at one time, or a name that is no text.
    TooMuch,
}

/// A configuration file that everybody may write.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OpenConfig {
    pub service: String,
    pub path: Utf8PathBuf,
    pub mode: u32,
    pub ours: bool,
}

const GROUP_AND_OTHERS: u32 = 0o022;
const OTHERS: u32 = 0o002;
/// Parts of a folder's name in a container that holds what a service writes.
const DATA: [&str; 7] = ["data", "db", "log", "storage", "store", "upload", "var/lib"];

/// Looks at the folders and files of the active services, inside the package only.
#[cfg(unix)]
pub(super) fn observe(
    project: &Project,
    archives: &[Archive],
    platform: &str,
    same_users: bool,
    state: &Utf8Path,
) -> Owners {
    let arch = crate::engine::platform_arch(platform.split('/').nth(1).unwrap_or(platform));
    let root = project.directory.canonicalize_utf8();
    let root = root.unwrap_or_else(|_| project.directory.clone());
    let mut owners = Owners {
        may_chown: may_chown(),
        same_users,
        ..Owners::default()
    };
    let mut shared = BTreeSet::new();
    for service in project.active_services() {
        owners.configs.extend(open_configs(service, &root));
        let found = service
            .image
            .as_deref()
            .and_then(|image| match_archive(image, arch, archives));
        let found = found.as_ref().map(|found| (found.archive, found.image));
        let made: Vec<&BindMount> = service
            .bind_mounts
            .iter()
            .filter(|mount| mount.kind == MountKind::Directory && !mount.exists)
            .filter(|mount| !mount.read_only && mount.source.starts_with(&project.directory))
            .collect();
        let writes = service.bind_mounts.iter().filter(|mount| {
            mount.kind == MountKind::Directory
                && mount.exists
                && !mount.read_only
                && is_inside(&mount.source, &root)
        });
        let writes: Vec<&BindMount> = writes.filter(|mount| is_for_data(mount, found)).collect();
        if (writes.is_empty() && made.is_empty()) || !same_users {
            continue;
        }
        let Some(user) = of_service(service, found, state) else {
            continue;
        };
        for mount in made {
            let known = owners.fresh.insert(mount.source.clone(), user.clone());
            if known.is_some_and(|known| known != user) {
                shared.insert(mount.source.clone());
            }
        }
        owners.folders.extend(
            writes
                .into_iter()
                .filter_map(|mount| look(service, mount, found, &user)),
        );
    }
    // What two services write to as different users is no one's alone.
    owners.fresh.retain(|path, _| !shared.contains(path));
    owners.configs.dedup_by(|a, b| a.path == b.path);
    owners
}

#[cfg(not(unix))]
pub(super) fn observe(_: &Project, _: &[Archive], _: &str, _: bool, _: &Utf8Path) -> Owners {
    Owners::default()
}

fn is_inside(path: &Utf8Path, root: &Utf8Path) -> bool {
    path.canonicalize_utf8()
        .is_ok_and(|real| real.starts_with(root))
}

fn declares(mount: &BindMount, found: Option<(&Archive, &ArchiveImage)>) -> bool {
    let target = Utf8Path::new(&mount.target);
    found.is_some_and(|(_, image)| {
        let mut volumes = image.config.volumes.iter();
        volumes
            .any(|volume| target.starts_with(volume) || Utf8Path::new(volume).starts_with(target))
    })
}

fn is_for_data(mount: &BindMount, found: Option<(&Archive, &ArchiveImage)>) -> bool {
    declares(mount, found) || DATA.iter().any(|word| mount.target.contains(word))
}

/// Returns a folder that the user cannot write to; one that can be written to by its bits is fine, whoever owns it.
#[cfg(unix)]
fn look(
    service: &Service,
    mount: &BindMount,
    found: Option<(&Archive, &ArchiveImage)>,
    user: &ImageUser,
) -> Option<DataDir> {
    use std::os::unix::fs::MetadataExt;
    let path = mount.source.canonicalize_utf8().ok()?;
    let meta = fs::symlink_metadata(&path).ok()?;
    let owner = (meta.uid(), meta.gid());
    if may_write(owner, meta.mode(), user) {
        return None;
    }
    let (wrong, seen) = foreign(&path, user.uid);
    Some(DataDir {
        service: service.name.clone(),
        declared: declares(mount, found),
        path,
        user: user.clone(),
        owner,
        wrong,
        seen,
    })
}

/// Returns what in a folder does not belong to a user, as far as it is seen.
#[cfg(unix)]
fn foreign(root: &Utf8Path, uid: u32) -> (Vec<Owned>, Seen) {
    use std::os::unix::fs::MetadataExt;
    let mut wrong = Vec::new();
    let mut seen = Seen::Whole;
    // One file system, no link followed: what is mounted below is somebody else's.
    let below = walkdir::WalkDir::new(root)
        .same_file_system(true)
        .follow_links(false);
    for entry in below {
        let looked = entry.and_then(|entry| Ok((entry.metadata()?, entry)));
        let (meta, entry) = match looked.map_err(std::io::Error::from) {
            Ok(found) => found,
            Err(error) if is_gone(&error) => continue,
            Err(_) => {
                seen = Seen::Partly;
                continue;
            }
        };
        let path = Utf8PathBuf::from_path_buf(entry.into_path());
        let path = path.ok().filter(|_| wrong.len() < MOST);
        let Some(path) = path else {
            return (wrong, Seen::TooMuch);
        };
        if meta.uid() != uid {
            wrong.push(Owned {
                path: path.strip_prefix(root).unwrap_or(&path).to_owned(),
                uid: meta.uid(),
                gid: meta.gid(),
            });
        }
    }
    (wrong, seen)
}

/// Whether somebody may make files in a folder, by its bits alone.
fn may_write(owner: (u32, u32), mode: u32, user: &ImageUser) -> bool {
    const WRITE_AND_ENTER: u32 = 0o3;
    let shift = match owner {
        (uid, _) if uid == user.uid => 6,
        (_, gid) if gid == user.gid => 3,
        _ => 0,
    };
    (mode >> shift) & WRITE_AND_ENTER == WRITE_AND_ENTER
}

/// Configuration of MySQL and MariaDB that everybody may write: they warn, and go on without it.
#[cfg(unix)]
fn open_configs(service: &Service, root: &Utf8Path) -> Vec<OpenConfig> {
    let image = service.image.as_deref().unwrap_or_default();
    if !matches!(database(image), Some("mysql" | "mariadb" | "percona")) {
        return Vec::new();
    }
    let files = service.bind_mounts.iter().flat_map(|mount| {
        if mount.kind == MountKind::File {
            return vec![mount.source.clone()];
        }
        let is_config = mount.target.contains("/etc/");
        let entries = mount.source.read_dir_utf8().into_iter().flatten().flatten();
        entries
            .filter(|_| is_config)
            .map(camino::Utf8DirEntry::into_path)
            .collect()
    });
    files
        .filter(|path| path.extension() == Some("cnf"))
        .filter_map(|path| path.canonicalize_utf8().ok())
        .filter(|path| path.starts_with(root) && path.is_file())
        .filter_map(|path| {
            let mode = crate::repair::mode(&path).ok()?;
            (mode & OTHERS != 0).then(|| OpenConfig {
                service: service.name.clone(),
                ours: crate::deploy::scripts::may_change(&path),
                path,
                mode,
            })
        })
        .collect()
}

impl OpenConfig {
    /// The mode without what is too much.
    pub(crate) const fn closed(&self) -> u32 {
        self.mode & !GROUP_AND_OTHERS
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_bits_of_owner_group_and_others_decide() {
        let user = ImageUser {
            name: "app".into(),
            uid: 472,
            gid: 473,
        };
        for (owner, mode, may) in [
            ((472, 0), 0o755, true),
            ((472, 0), 0o555, false),
            ((0, 473), 0o775, true),
            ((0, 473), 0o755, false),
            ((0, 0), 0o755, false),
            ((0, 0), 0o757, true),
        ] {
            assert_eq!(may_write(owner, mode, &user), may, "{owner:?} {mode:o}");
        }
    }

    /// A database in a loop of restarts does this to its folder.
    #[cfg(unix)]
    #[test]
    fn a_folder_is_seen_whole_while_files_in_it_come_and_go() {
        use std::os::unix::fs::MetadataExt;
        use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        fs::write(root.join("stays"), "").unwrap();
        let somebody_else = fs::metadata(root).unwrap().uid() + 1;
        let (ended, rounds) = (AtomicBool::new(false), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !ended.load(Ordering::Relaxed) {
                    let below = root.join("comes");
                    fs::create_dir(&below).unwrap();
                    fs::write(below.join("and-goes"), "").unwrap();
                    fs::remove_dir_all(&below).unwrap();
                    rounds.fetch_add(1, Ordering::Relaxed);
                }
            });
            let mut looks = Vec::new();
            while looks.len() < 1000 || rounds.load(Ordering::Relaxed) < 1000 {
                let (wrong, seen) = foreign(root, somebody_else);
                looks.push((wrong.len() >= 2, seen));
            }
            ended.store(true, Ordering::Relaxed);
            assert!(looks.iter().all(|it| *it == (true, Seen::Whole)));
        });
    }
}
