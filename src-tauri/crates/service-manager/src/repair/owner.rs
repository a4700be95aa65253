//! Who owns files: changed for exactly those that were looked at, on one file system, without following a link.

use super::Hands;
use super::files::{changed, look_at_owner, make_directory as make};
use crate::error::Error;
use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{self, ErrorKind};

/// One file or folder with its owner, by its path below the folder in question; empty for that folder itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Owned {
    pub path: Utf8PathBuf,
    pub uid: u32,
    pub gid: u32,
}

/// By whose hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub(crate) enum Through {
    /// This process itself, which is root.
    Here,
    /// A container of an image that is there already, which sees nothing but the folder and is removed at once.
    Container { image: String },
}

/// What is given away at one time, and listed for that; more is a matter for an administrator.
pub(crate) const MOST: usize = 20_000;

/// Lists through a container what is in a folder and does not belong to `uid`, also where this user may not look.
pub(super) async fn list(
    root: &Utf8Path,
    image: &str,
    uid: u32,
    hands: &Hands,
) -> Result<Vec<Owned>, Error> {
    let all = listed(root, image, hands).await?;
    let foreign = all.into_iter().filter(|(_, owner)| owner.0 != uid);
    let foreign: Vec<Owned> = foreign
        .map(|(path, (uid, gid))| Owned { path, uid, gid })
        .collect();
    if foreign.len() > MOST {
        return Err(unlistable(root));
    }
    Ok(foreign)
}

/// Gives everything to `wanted(entry)`, if it belongs to `expected(entry)`; what is as wanted already is fine. Folders
/// come after what is in them: a service that starts again and again does not begin its work in half a folder.
pub(super) async fn give(
    root: &Utf8Path,
    entries: &[Owned],
    through: &Through,
    expected: impl Fn(&Owned) -> (u32, u32),
    wanted: impl Fn(&Owned) -> (u32, u32),
    hands: &Hands,
) -> Result<(), Error> {
    let mut groups: BTreeMap<(u32, u32), Vec<&Utf8Path>> = BTreeMap::new();
    let found = present(root, entries, through, hands).await?;
    // As they were listed, a folder comes first.
    for entry in entries.iter().rev() {
        match found.get(&entry.path) {
            None => {} // gone, which is nothing to be given away
            Some(found) if *found == wanted(entry) => {}
            Some(found) if *found == expected(entry) => {
                groups.entry(wanted(entry)).or_default().push(&entry.path);
            }
            Some(_) => return Err(changed(&full(root, &entry.path))),
        }
    }
    match through {
        Through::Here => {
            for (owner, paths) in groups {
                for path in paths {
                    give_here(root, path, owner)?;
                }
            }
            Ok(())
        }
        Through::Container { image } => {
            let engine = hands.engine()?;
            for (owner, paths) in groups {
                engine.give_away(image, root, &paths, owner).await?;
            }
            // The engine's word is not taken for it.
            let found = present(root, entries, through, hands).await?;
            let is_left = |entry: &&Owned| {
                let now = found.get(&entry.path);
                now.is_some_and(|now| *now != wanted(entry))
            };
            entries.iter().find(is_left).map_or(Ok(()), |entry| {
                Err(Error::Permission {
                    path: full(root, &entry.path).into_string(),
                })
            })
        }
    }
}

/// Returns who owns what of these there is: as this user sees it, else, where it may not look, as the container does.
async fn present(
    root: &Utf8Path,
    entries: &[Owned],
    through: &Through,
    hands: &Hands,
) -> Result<BTreeMap<Utf8PathBuf, (u32, u32)>, Error> {
    let mut found = BTreeMap::new();
    for entry in entries {
        let path = full(root, &entry.path);
        match (look_at_owner(&path), through) {
            (Ok(owner), _) => found.extend(owner.map(|owner| (entry.path.clone(), owner))),
            (Err(error), _) if is_gone(&error) => {}
            (Err(error), Through::Container { image }) if is_refused(&error) => {
                return listed(root, image, hands).await;
            }
            (Err(error), _) => return Err(Error::file(path.as_str(), &error)),
        }
    }
    Ok(found)
}

async fn listed(
    root: &Utf8Path,
    image: &str,
    hands: &Hands,
) -> Result<BTreeMap<Utf8PathBuf, (u32, u32)>, Error> {
    let all = hands.engine()?.owners(image, root).await?;
    all.ok_or_else(|| unlistable(root))
}

fn unlistable(root: &Utf8Path) -> Error {
    Error::Unlistable {
        path: root.to_string(),
    }
}

/// Whether something is not there any more: a program that starts again and again makes files and removes them while one
/// looks at its folder.
pub(crate) fn is_gone(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// What is gone since it was looked at is nothing to be given away; a folder that has become a link meanwhile is a
/// failure.
fn give_here(root: &Utf8Path, path: &Utf8Path, (uid, gid): (u32, u32)) -> Result<(), Error> {
    match chown(root, path, uid, gid) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        given => given.map_err(|error| Error::file(full(root, path).as_str(), &error)),
    }
}

fn is_refused(error: &io::Error) -> bool {
    error.kind() == ErrorKind::PermissionDenied
}

/// Makes a folder and gives it away; one that is there already is nobody's to give.
pub(super) fn make_directory(path: &Utf8Path, owner: Option<(u32, u32)>) -> Result<(), Error> {
    let is_new = path.symlink_metadata().is_err();
    make(path)?;
    match owner {
        Some((uid, gid)) if is_new => chown(path, Utf8Path::new(""), uid, gid)
            .map_err(|error| Error::file(path.as_str(), &error)),
        _ => Ok(()),
    }
}

fn full(root: &Utf8Path, path: &Utf8Path) -> Utf8PathBuf {
    if path.as_str().is_empty() {
        root.to_owned()
    } else {
        root.join(path)
    }
}

/// Whether this process may give files away.
#[cfg(unix)]
pub(crate) fn may_chown() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
pub(crate) const fn may_chown() -> bool {
    false
}

/// Through the open folder and without any link on the way: nobody can slip another file in between.
#[cfg(target_os = "linux")]
fn chown(root: &Utf8Path, path: &Utf8Path, uid: u32, gid: u32) -> io::Result<()> {
    use rustix::fs::{
        AtFlags, CWD, Gid, Mode, OFlags, ResolveFlags, Uid, chownat, openat, openat2,
    };
    let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let folder = openat(CWD, root.as_std_path(), flags, Mode::empty())?;
    let (uid, gid) = (Some(Uid::from_raw(uid)), Some(Gid::from_raw(gid)));
    let Some(name) = path.file_name() else {
        return Ok(chownat(&folder, "", uid, gid, AtFlags::EMPTY_PATH)?);
    };
    let parent = path.parent().filter(|parent| !parent.as_str().is_empty());
    let inside = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_XDEV;
    let folder = match parent {
        None => folder,
        Some(parent) => {
            match openat2(&folder, parent.as_std_path(), flags, Mode::empty(), inside) {
                // Before Linux 5.6.
                Err(rustix::io::Errno::NOSYS) => {
                    openat(&folder, parent.as_std_path(), flags, Mode::empty())
                }
                opened => opened,
            }?
        }
    };
    Ok(chownat(&folder, name, uid, gid, AtFlags::SYMLINK_NOFOLLOW)?)
}

#[cfg(all(unix, not(target_os = "linux")))]
fn chown(root: &Utf8Path, path: &Utf8Path, uid: u32, gid: u32) -> io::Result<()> {
    std::os::unix::fs::lchown(full(root, path), Some(uid), Some(gid))
}

#[cfg(not(unix))]
fn chown(root: &Utf8Path, path: &Utf8Path, _: u32, _: u32) -> io::Result<()> {
    Err(ErrorKind::PermissionDenied.into())
}

/// How many files belong to whom, for people: `0:0 (12)`.
pub(super) fn counts(entries: &[Owned]) -> Vec<String> {
    let mut counts: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for entry in entries {
        *counts.entry((entry.uid, entry.gid)).or_default() += 1;
    }
    let shown = counts.into_iter();
    shown
        .map(|((uid, gid), count)| format!("{uid}:{gid} ({count})"))
        .collect()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use crate::engine::Endpoint;

    #[test]
    fn what_went_away_is_passed_over_and_no_link_is_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
        fs_err::write(root.join("file"), "").expect("written");
        fs_err::create_dir(root.join("folder")).expect("made");
        fs_err::write(root.join("folder/kept"), "").expect("written");
        std::os::unix::fs::symlink("folder", root.join("link")).expect("linked");
        let ours = look_at_owner(root).expect("is there").expect("Unix");
        let given = |path: &str| give_here(root, Utf8Path::new(path), ours);
        for path in ["", "file", "folder/kept", "link", "gone", "gone/below"] {
            given(path).unwrap_or_else(|error| panic!("{path}: {error:?}"));
        }
        assert!(matches!(given("link/kept"), Err(Error::File { .. })));
    }

    /// Only root may give anything away.
    #[tokio::test]
    async fn a_folder_comes_after_what_is_in_it() {
        if !may_chown() {
            return;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
        fs_err::create_dir(root.join("folder")).expect("made");
        fs_err::write(root.join("folder/kept"), "").expect("written");
        std::os::unix::fs::symlink("folder", root.join("link")).expect("linked");
        let owner = |path: &str| look_at_owner(&root.join(path)).expect("is there");
        let (uid, gid) = owner("").expect("Unix");
        let environment = crate::Environment::default();
        let hands = Hands {
            endpoint: Endpoint::resolve(Some("unix:///nobody/here"), None, &environment),
        };
        let give = async |paths: &[&str]| {
            let path = |path: &&str| Owned {
                path: (*path).into(),
                uid,
                gid,
            };
            let entries: Vec<Owned> = paths.iter().map(path).collect();
            let (was, is) = (|_: &Owned| (uid, gid), |_: &Owned| (999, 999));
            give(root, &entries, &Through::Here, was, is, &hands).await
        };
        // What cannot be given ends it, and the folder is as it was.
        let refused = give(&["", "folder", "link/kept"]).await;
        assert!(matches!(refused, Err(Error::File { .. })), "{refused:?}");
        assert_eq!(owner(""), Some((uid, gid)));
        assert_eq!(owner("folder"), Some((uid, gid)));
        give(&["", "folder", "folder/kept"]).await.expect("given");
        for path in ["", "folder", "folder/kept"] {
            assert_eq!(owner(path), Some((999, 999)), "{path}");
        }
    }
}
