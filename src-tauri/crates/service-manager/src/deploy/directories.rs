//! Mount directories: directory-like bind sources inside the package are created; nothing else is.

use super::observe::MountObserved;
use crate::api::images::{DirectoryState, MountDirectory};
use crate::api::package::MountKind;
use crate::compose::project::Project;
use crate::repair::{Change, missing_folders};
use crate::text::Text;
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeMap;

/// Looks at every bind source of the active services.
pub(crate) fn observe(project: &Project) -> Vec<MountObserved> {
    let mut by_source: BTreeMap<&Utf8Path, MountObserved> = BTreeMap::new();
    for service in project.active_services() {
        for mount in &service.bind_mounts {
            let entry = by_source
                .entry(&mount.source)
                .or_insert_with(|| MountObserved {
                    source: mount.source.clone(),
                    services: Vec::new(),
                    kind: mount.kind,
                    exists: mount.source.exists(),
                    inside: is_inside(&project.directory, &mount.source),
                });
            if !entry.services.contains(&service.name) {
                entry.services.push(service.name.clone());
            }
        }
    }
    by_source.into_values().collect()
}

/// Whether a path is in the package, with links followed as far as the path exists.
fn is_inside(package: &Utf8Path, path: &Utf8Path) -> bool {
    let real = |path: &Utf8Path| path.canonicalize_utf8().unwrap_or_else(|_| path.to_owned());
    let existing = path
        .ancestors()
        .find(|ancestor| ancestor.exists())
        .unwrap_or(path);
    // `..` that is left after the existing part would leave it; Compose hands out cleaned paths, so there is none.
    real(existing).starts_with(real(package))
}

impl MountObserved {
    /// Whether Quayside will create it.
    pub(super) fn is_to_be_created(&self) -> bool {
        !self.exists && self.inside && self.kind == MountKind::Directory
    }

    /// Says how it stands, for `check-mount-dirs`.
    pub(crate) fn view(&self, created: bool) -> MountDirectory {
        let path = self.source.as_str();
        let (state, key) = match () {
            () if created => (DirectoryState::Created, "directory-created"),
            () if self.exists => (DirectoryState::Exists, "directory-exists"),
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

/// Returns what creating directories changes: each folder is one change, parents first.
pub(super) fn changes(paths: &[Utf8PathBuf]) -> Vec<Change> {
    let mut missing: Vec<Utf8PathBuf> = Vec::new();
    for folder in paths.iter().flat_map(|path| missing_folders(path)) {
        if !missing.contains(&folder) {
            missing.push(folder);
        }
    }
    let changes = missing.into_iter();
    changes.map(|path| Change::MakeDirectory { path }).collect()
}
