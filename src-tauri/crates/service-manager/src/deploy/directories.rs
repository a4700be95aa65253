//! Mount directories: directory-like bind sources inside the package are created; nothing else is.

pub(crate) use super::observe::mounts::observe;

use super::observe::{ImageUser, MountObserved};
use crate::api::images::{DirectoryState, MountDirectory};
use crate::api::package::MountKind;
use crate::repair::{Change, missing_folders};
use crate::text::Text;
use camino::Utf8PathBuf;
use std::collections::BTreeMap;

impl MountObserved {
    /// Whether Quayside will create it.
    pub(super) fn is_to_be_created(&self) -> bool {
        !self.exists && !self.hidden && self.inside && self.kind == MountKind::Directory
    }

    /// Says how it stands, for `check-mount-dirs`.
    pub(crate) fn view(&self, created: bool) -> MountDirectory {
        let path = self.source.as_str();
        let (state, key) = match () {
            () if created => (DirectoryState::Created, "directory-created"),
            () if self.exists || self.hidden => (DirectoryState::Exists, "directory-exists"),
            () if self.kind == MountKind::File => {
                (DirectoryState::Blocked, "directory-file-missing")
            }
            () if !self.inside => (DirectoryState::Blocked, "directory-outside"),
            () => (DirectoryState::Blocked, "directory-missing"),
        };
        MountDirectory {
            source: path.to_owned(),
            services: self.services.clone(),
            state,
            message: Text::new(key)
                .with("path", path)
                .with("services", self.services.join(", ")),
        }
    }
}

/// Returns what creating directories changes: each folder is one change, parents first. One that a service writes to as
/// somebody else is given to that user; Docker itself would make it root's, and the service could not write.
pub(super) fn changes(
    paths: &[Utf8PathBuf],
    owners: &BTreeMap<Utf8PathBuf, ImageUser>,
) -> Vec<Change> {
    let mut missing: Vec<Utf8PathBuf> = Vec::new();
    for folder in paths.iter().flat_map(|path| missing_folders(path)) {
        if !missing.contains(&folder) {
            missing.push(folder);
        }
    }
    let change = |path: Utf8PathBuf| Change::MakeDirectory {
        owner: owners.get(&path).map(|user| (user.uid, user.gid)),
        path,
    };
    missing.into_iter().map(change).collect()
}
