//! Bind sources as they lie on the disk: what is there, what should be, and what lies near where nothing is.

use crate::api::package::MountKind;
use crate::compose::project::{BindMount, Project};
use crate::compose::volumes::kind_by_name;
use crate::repair::{missing_folders, mode, owner};
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use std::collections::BTreeMap;
use std::io::ErrorKind;

/// One bind source.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MountObserved {
    pub source: Utf8PathBuf,
    pub services: Vec<String>,
    /// What it is, or has to be.
    pub kind: MountKind,
    pub exists: bool,
    /// Whether it can be seen at all: a folder above it may be closed to this user. The engine may see it all the same.
    pub hidden: bool,
    /// In the package, with links followed.
    pub inside: bool,
    /// No service writes to it.
    pub read_only: bool,
    /// The path in the first container that mounts it.
    pub target: String,
    /// Where a compose file says so.
    pub place: Option<Place>,
    /// A link on the way that leads nowhere, or out of the package, and where it points to.
    pub link: Option<(Utf8PathBuf, Utf8PathBuf)>,
    /// What the container needs there, where that is not what there is; and whether the image says so or only the name.
    pub needs: Option<(MountKind, bool)>,
    /// An empty folder, which could be Docker's own mistake.
    pub stray: Option<Stray>,
    /// The folders that are missing, the outermost first.
    pub folders: Vec<Utf8PathBuf>,
    /// Files with nearly that name, nearest first.
    pub near: Vec<Utf8PathBuf>,
    /// The content of the first of them, when it can serve as the missing file.
    pub content: Option<Vec<u8>>,
}

/// Where a compose file mentions something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The file's name.
    pub file: String,
    pub line: usize,
    /// The source as it is written there, with its variables.
    pub written: String,
}

/// An empty folder as it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stray {
    pub mode: u32,
    pub owner: Option<(u32, u32)>,
}

/// What is larger is no configuration file that somebody would copy.
const LARGEST: u64 = 1 << 20;
/// A bound on the search for a file of the same name.
const MOST_LOOKED_AT: usize = 4000;
const DEPTH: usize = 5;
/// Names by which vendors ship a file that is to be filled in, and what Windows and editors make of a name.
const ENDINGS: [&str; 8] = [
    "example", "sample", "dist", "default", "template", "tmpl", "orig", "txt",
];

/// Looks at every bind source of the active services.
pub(crate) fn observe(project: &Project) -> Vec<MountObserved> {
    let root = real(&project.directory);
    let files = compose_files(project);
    let mut by_source: BTreeMap<&Utf8Path, MountObserved> = BTreeMap::new();
    for service in project.active_services() {
        for mount in &service.bind_mounts {
            let entry = by_source
                .entry(&mount.source)
                .or_insert_with(|| look(mount, &root, &files));
            entry.read_only &= mount.read_only;
            if entry.needs.is_none() {
                entry.needs = needs(mount, entry);
            }
            if !entry.services.contains(&service.name) {
                entry.services.push(service.name.clone());
            }
        }
    }
    let mut found: Vec<MountObserved> = by_source.into_values().collect();
    let wanting: Vec<&mut MountObserved> = found
        .iter_mut()
        .filter(|mount| mount.inside && mount.wants_a_file())
        .collect();
    if !wanting.is_empty() {
        let elsewhere = files_below(&root);
        for mount in wanting {
            mount.near = near(&mount.source, &elsewhere);
            mount.content = mount.near.first().and_then(|path| content(path, &root));
        }
    }
    found
}

impl MountObserved {
    /// Whether there is no file where a file has to be.
    pub(crate) fn wants_a_file(&self) -> bool {
        let missing = !self.exists && !self.hidden && self.kind == MountKind::File;
        missing || matches!(self.needs, Some((MountKind::File, _)))
    }
}

fn look(mount: &BindMount, root: &Utf8Path, files: &[(String, String)]) -> MountObserved {
    let there = fs::metadata(&mount.source);
    let denied = |error: &std::io::Error| error.kind() == ErrorKind::PermissionDenied;
    let hidden = there.as_ref().is_err_and(denied)
        && fs::symlink_metadata(&mount.source).is_err_and(|error| denied(&error));
    let exists = there.is_ok() || (there.as_ref().is_err_and(denied) && !hidden);
    let kind = match &there {
        Ok(meta) if meta.is_dir() => MountKind::Directory,
        Ok(_) => MountKind::File,
        Err(_) => mount.kind,
    };
    let empty = kind == MountKind::Directory
        && fs::read_dir(&mount.source).is_ok_and(|mut entries| entries.next().is_none());
    let link = link(&mount.source, root);
    MountObserved {
        kind,
        exists,
        hidden,
        inside: is_inside(root, &mount.source),
        read_only: true,
        target: mount.target.clone(),
        place: place(files, mount),
        needs: None,
        stray: empty
            .then(|| {
                Some(Stray {
                    mode: mode(&mount.source).ok()?,
                    owner: owner(&mount.source),
                })
            })
            .flatten()
            // A link to a folder is nobody's mistake.
            .filter(|_| fs::symlink_metadata(&mount.source).is_ok_and(|meta| meta.is_dir())),
        folders: if exists || hidden {
            Vec::new()
        } else {
            missing_folders(&mount.source)
        },
        link,
        source: mount.source.clone(),
        services: Vec::new(),
        near: Vec::new(),
        content: None,
    }
}

/// What the container needs where that is not what there is.
fn needs(mount: &BindMount, seen: &MountObserved) -> Option<(MountKind, bool)> {
    if !seen.exists {
        return None;
    }
    let by_image = mount.image_has.map(|kind| (kind, true));
    let by_name = (seen.kind == MountKind::Directory)
        .then(|| (kind_by_name(&mount.source, &mount.target), false));
    by_image.or(by_name).filter(|(kind, _)| *kind != seen.kind)
}

fn real(path: &Utf8Path) -> Utf8PathBuf {
    path.canonicalize_utf8().unwrap_or_else(|_| path.to_owned())
}

/// Whether a path is in the package, with links followed as far as the path exists.
fn is_inside(root: &Utf8Path, path: &Utf8Path) -> bool {
    let existing = path
        .ancestors()
        .find(|ancestor| fs::symlink_metadata(ancestor).is_ok())
        .unwrap_or(path);
    // `..` that is left after the existing part would leave it; Compose hands out cleaned paths, so there is none.
    match existing.canonicalize_utf8() {
        Ok(real) => real.starts_with(root),
        // A link that leads nowhere is where it points to.
        Err(_) => existing.read_link_utf8().map_or_else(
            |_| existing.starts_with(root),
            |to| {
                let to = existing.parent().unwrap_or(existing).join(to);
                crate::compose::volumes::normalise(&to).starts_with(root)
            },
        ),
    }
}

/// Finds the link on the way that leads out of the package, or nowhere.
fn link(path: &Utf8Path, root: &Utf8Path) -> Option<(Utf8PathBuf, Utf8PathBuf)> {
    let mut on_the_way: Vec<&Utf8Path> = path.ancestors().collect();
    on_the_way.reverse();
    let below = on_the_way
        .into_iter()
        .filter(|step| *step != root && real(step.parent().unwrap_or(step)).starts_with(root));
    below
        .filter_map(|step| Some((step.to_owned(), step.read_link_utf8().ok()?)))
        .find(|(step, _)| {
            step.canonicalize_utf8()
                .map_or(true, |real| !real.starts_with(root))
        })
}

fn compose_files(project: &Project) -> Vec<(String, String)> {
    project
        .files
        .iter()
        .filter(|path| fs::metadata(path).is_ok_and(|meta| meta.len() <= LARGEST))
        .filter_map(|path| Some((path.file_name()?.to_owned(), fs::read_to_string(path).ok()?)))
        .collect()
}

/// Finds the line that mounts something at a target: `source:target` or `target:` below `source:`.
fn place(files: &[(String, String)], mount: &BindMount) -> Option<Place> {
    let end = format!(":{}", mount.target);
    files.iter().find_map(|(file, text)| {
        let mut source: Option<(usize, String)> = None;
        text.lines()
            .enumerate()
            .find_map(|(at, line)| {
                let line: String = line.chars().filter(|c| !"\"',".contains(*c)).collect();
                let item = line.trim_start().trim_start_matches("- ").trim();
                if item.starts_with('#') {
                    return None;
                }
                if let Some(value) = item.strip_prefix("source:") {
                    source = Some((at, value.trim().to_owned()));
                } else if item.strip_prefix("target:").map(str::trim) == Some(&mount.target) {
                    let (at, written) = source.take()?;
                    return Some((at, written));
                }
                let (written, rest) = item.split_once(end.as_str())?;
                (rest.is_empty() || rest.starts_with([':', ' ']))
                    .then(|| (at, written.trim().to_owned()))
            })
            .map(|(at, written)| Place {
                file: file.clone(),
                line: at + 1,
                written,
            })
    })
}

/// Every plain file of the package, as far as is reasonable; images are not what is looked for.
fn files_below(root: &Utf8Path) -> Vec<Utf8PathBuf> {
    walkdir::WalkDir::new(root)
        .max_depth(DEPTH)
        .same_file_system(true)
        .into_iter()
        .filter_entry(|entry| entry.depth() != 1 || entry.file_name() != "images")
        .take(MOST_LOOKED_AT)
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| Utf8PathBuf::from_path_buf(entry.into_path()).ok())
        .collect()
}

/// Returns files that may be meant by one that is missing, nearest first, and what is in the nearest. Only for a file
/// inside the folder.
pub(crate) fn instead(path: &Utf8Path, root: &Utf8Path) -> (Vec<Utf8PathBuf>, Option<Vec<u8>>) {
    let root = real(root);
    if !path
        .parent()
        .is_some_and(|parent| real(parent).starts_with(&root))
    {
        return (Vec::new(), None);
    }
    let found = near(path, &files_below(&root));
    let content = found.first().and_then(|path| content(path, &root));
    (found, content)
}

/// Files that may be meant: beside it under nearly the same name, then elsewhere under the very name.
fn near(path: &Utf8Path, files: &[Utf8PathBuf]) -> Vec<Utf8PathBuf> {
    let Some(name) = path.file_name() else {
        return Vec::new();
    };
    let parent = path.parent().map(real);
    let beside = |file: &&Utf8PathBuf| file.parent() == parent.as_deref();
    let resembles = |file: &&Utf8PathBuf| {
        file.file_name()
            .is_some_and(|other| other != name && is_like(name, other))
    };
    let same = |file: &&Utf8PathBuf| file.file_name() == Some(name) && file.as_path() != path;
    let mut found: Vec<Utf8PathBuf> = files
        .iter()
        .filter(beside)
        .filter(resembles)
        .cloned()
        .collect();
    found.extend(files.iter().filter(same).cloned());
    found.truncate(3);
    found
}

/// `app.conf.example`, `app.example.conf`, `App.conf`, `app.conf.txt` for `app.conf`.
fn is_like(wanted: &str, found: &str) -> bool {
    let (wanted, found) = (wanted.to_lowercase(), found.to_lowercase());
    if wanted == found {
        return true;
    }
    let (stem, ending) = wanted.rsplit_once('.').unwrap_or((&wanted, ""));
    ENDINGS.iter().any(|word| {
        found == format!("{wanted}.{word}")
            || found == format!("{wanted}-{word}")
            || (!ending.is_empty() && found == format!("{stem}.{word}.{ending}"))
    })
}

fn content(path: &Utf8Path, root: &Utf8Path) -> Option<Vec<u8>> {
    let meta = fs::metadata(path).ok()?;
    let fits = meta.is_file() && meta.len() <= LARGEST && real(path).starts_with(root);
    fits.then(|| fs::read(path).ok()).flatten()
}

#[cfg(all(test, unix))]
mod tests;
