//! How large the folders are that containers write to.

use super::{aside, lock};
use crate::api::resources::FolderFigures;
use crate::compose::project::Project;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// A folder of a database has thousands of files: it is walked through this often and no more.
const FRESH: Duration = Duration::from_mins(5);
/// Beyond so many entries or so long nobody waits for the sum.
const MOST_ENTRIES: u32 = 200_000;
const LONGEST: Duration = Duration::from_secs(2);

/// Sizes, and when they were counted.
#[derive(Debug, Default)]
pub(super) struct Folders {
    counted: Mutex<Option<(Instant, Vec<FolderFigures>)>>,
}

impl Folders {
    pub(super) async fn sizes(&self, project: &Project) -> Vec<FolderFigures> {
        if let Some((at, known)) = &*lock(&self.counted)
            && at.elapsed() < FRESH
        {
            return known.clone();
        }
        let wanted = wanted(project);
        let counted = aside(move || count(wanted)).await.unwrap_or_default();
        *lock(&self.counted) = Some((Instant::now(), counted.clone()));
        counted
    }
}

/// Returns what a folder or a file takes of the disk; none where this user may not look, or it takes too long.
pub(crate) async fn bytes_of(path: Utf8PathBuf) -> Option<u64> {
    aside(move || {
        let meta = fs::metadata(&path).ok()?;
        if meta.is_dir() {
            bytes(&path, Instant::now() + LONGEST)
        } else {
            Some(occupied(&meta))
        }
    })
    .await
    .flatten()
}

/// Folders that services may write to, inside the package's folder; nobody is interested in how large `/etc` is.
fn wanted(project: &Project) -> BTreeMap<Utf8PathBuf, BTreeSet<String>> {
    let mut wanted: BTreeMap<Utf8PathBuf, BTreeSet<String>> = BTreeMap::new();
    for service in project.active_services() {
        for mount in service.bind_mounts.iter().filter(|mount| !mount.read_only) {
            let source = Utf8PathBuf::from(mount.source.as_str());
            if source.starts_with(&project.directory) && source != project.directory {
                let services = wanted.entry(source).or_default();
                services.insert(service.name.clone());
            }
        }
    }
    wanted
}

fn count(wanted: BTreeMap<Utf8PathBuf, BTreeSet<String>>) -> Vec<FolderFigures> {
    let until = Instant::now() + LONGEST;
    let folders = wanted.into_iter().filter(|(path, _)| path.is_dir());
    folders
        .map(|(path, services)| FolderFigures {
            bytes: bytes(&path, until),
            path: path.into_string(),
            services: services.into_iter().collect(),
        })
        .collect()
}

/// Walks without following links; none when a part may not be read, or it takes too long.
fn bytes(path: &Utf8Path, until: Instant) -> Option<u64> {
    let mut sum = 0;
    let mut entries = 0;
    let mut rest = vec![path.as_std_path().to_owned()];
    while let Some(folder) = rest.pop() {
        for entry in fs::read_dir(folder).ok()? {
            let entry = entry.ok()?;
            entries += 1;
            if entries > MOST_ENTRIES || Instant::now() > until {
                return None;
            }
            // A file may go while one looks: a database does that all the time.
            let Ok(meta) = entry.metadata() else { continue };
            if meta.is_dir() {
                rest.push(entry.path());
            } else {
                sum += occupied(&meta);
            }
        }
    }
    Some(sum)
}

/// What a file takes of the disk: a database makes files with holes in them.
#[cfg(unix)]
fn occupied(meta: &std::fs::Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    meta.blocks() * 512
}

#[cfg(not(unix))]
fn occupied(meta: &std::fs::Metadata) -> u64 {
    meta.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_folder_is_as_large_as_what_it_takes_of_the_disk_and_links_lead_nowhere() {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8Path::from_path(folder.path()).unwrap();
        fs::create_dir(path.join("db")).unwrap();
        fs::write(path.join("db/a"), vec![1; 100_000]).unwrap();
        fs::os::unix::fs::symlink("/usr", path.join("db/elsewhere")).unwrap();
        let sum = bytes(path, Instant::now() + LONGEST).unwrap();
        assert!((100_000..200_000).contains(&sum), "{sum}");
        assert_eq!(bytes(&path.join("missing"), Instant::now() + LONGEST), None);
        assert_eq!(bytes(path, Instant::now()), None, "no time");
    }
}
