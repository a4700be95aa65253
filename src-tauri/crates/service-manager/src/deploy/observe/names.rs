//! Names that somebody else may have: the project's, containers', and external things that must exist.

use super::around::Around;
use super::{Blind, Look, on_disk};
use crate::compose::project::Project;
use crate::engine::ContainerSummary;
use crate::package;
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeMap;

/// Who else has the names of this package.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Containers of the same project name, created from another folder.
    pub other_folder: Option<OtherFolder>,
    pub taken: Vec<TakenName>,
    /// Names that two containers of this package would have: name and services.
    pub twice: Vec<(String, Vec<String>)>,
    /// Containers of this project whose service the compose file no longer has.
    pub orphans: Vec<String>,
    /// External networks and volumes that do not exist.
    pub missing_external: Vec<(&'static str, String)>,
    /// Containers of this project are there, whatever their state.
    pub is_deployed: bool,
    /// Services of this project that have containers, and whether all of them run.
    pub containers: BTreeMap<String, bool>,
    /// Every container of the engine, whoever it belongs to.
    pub everybody: Vec<ContainerSummary>,
    /// Why the containers of the engine are not known.
    pub unseen: Option<Blind>,
}

/// Another folder with the same project name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OtherFolder {
    pub folder: String,
    pub containers: usize,
    /// False: the folder is gone, so the package was probably moved here.
    pub exists: bool,
    /// What its `quayside.yaml` calls its version.
    pub version: Option<String>,
    /// What ours calls itself.
    pub own_version: Option<String>,
}

/// A container's name that somebody else has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TakenName {
    pub name: String,
    /// The other's project; none when it was started without Compose.
    pub project: Option<String>,
    pub running: bool,
    /// It is of this project, but of a service that is no longer there or has another name.
    pub is_own: bool,
}

/// Looks who has the names.
pub(super) async fn observe(
    project: &Project,
    own_version: Option<&str>,
    seen: Look<Vec<ContainerSummary>>,
    around: &Around,
    local: bool,
) -> Names {
    let unseen = seen.as_ref().err().cloned();
    let containers = seen.unwrap_or_default();
    let own: Vec<&ContainerSummary> = containers
        .iter()
        .filter(|container| container.project.as_deref() == Some(&project.name))
        .collect();
    let orphan = |container: &&&ContainerSummary| {
        container
            .service
            .as_deref()
            .is_some_and(|service| project.service(service).is_none())
    };
    let mut running: BTreeMap<String, bool> = BTreeMap::new();
    for container in &own {
        if let Some(service) = &container.service {
            *running.entry(service.clone()).or_insert(true) &= container.running;
        }
    }
    Names {
        unseen,
        containers: running,
        other_folder: other_folder(project, own_version, &own, local).await,
        taken: taken(project, &containers),
        twice: twice(project),
        orphans: own
            .iter()
            .filter(orphan)
            .map(|it| it.name.clone())
            .collect(),
        missing_external: missing_external(around),
        is_deployed: !own.is_empty(),
        everybody: containers,
    }
}

/// Compose writes the folder as it was given; a link and its target are the same folder.
fn real(path: &Utf8Path) -> Utf8PathBuf {
    path.canonicalize_utf8().unwrap_or_else(|_| path.to_owned())
}

async fn other_folder(
    project: &Project,
    own_version: Option<&str>,
    own: &[&ContainerSummary],
    local: bool,
) -> Option<OtherFolder> {
    let folders: Vec<String> = own.iter().filter_map(|it| it.working_dir.clone()).collect();
    let (here, seen) = (project.directory.clone(), folders.clone());
    // The other folder may be on a drive that hangs.
    let looked = on_disk(move || {
        let here = real(&here);
        let other = seen
            .into_iter()
            .find(|folder| real(Utf8Path::new(folder)) != here)?;
        let exists = Utf8Path::new(&other).is_dir();
        let version = package::version_in(Utf8Path::new(&other));
        Some((other, exists, version))
    });
    let looked = match looked.await {
        Ok(looked) => looked,
        Err(_) => folders
            .iter()
            .find(|folder| *folder != project.directory.as_str())
            .map(|folder| (folder.clone(), true, None)),
    };
    let (folder, exists, version) = looked?;
    Some(OtherFolder {
        containers: folders.iter().filter(|other| **other == folder).count(),
        folder,
        // What is on another computer cannot be seen from here.
        exists: exists || !local,
        version,
        own_version: own_version.map(str::to_owned),
    })
}

fn taken(project: &Project, containers: &[ContainerSummary]) -> Vec<TakenName> {
    let named = project
        .active_services()
        .filter_map(|service| Some((&service.name, service.container_name.as_deref()?)));
    named
        .filter_map(|(service, name)| {
            let other = containers.iter().find(|container| container.name == name)?;
            let is_own = other.project.as_deref() == Some(&project.name);
            let is_same = is_own && other.service.as_deref() == Some(service);
            (!is_same).then(|| TakenName {
                name: name.to_owned(),
                project: other.project.clone(),
                running: other.running,
                is_own,
            })
        })
        .collect()
}

fn twice(project: &Project) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for service in project.active_services() {
        let Some(name) = &service.container_name else {
            continue;
        };
        let times = usize::try_from(service.replicas).unwrap_or(1);
        let services = std::iter::repeat_n(service.name.clone(), times.min(2));
        match found.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => known.extend(services),
            None => found.push((name.clone(), services.collect())),
        }
    }
    found.retain(|(_, services)| services.len() > 1);
    for (_, services) in &mut found {
        services.dedup();
    }
    found
}

fn missing_external(around: &Around) -> Vec<(&'static str, String)> {
    let mut missing = Vec::new();
    if let Ok(existing) = &around.existing {
        let networks = around.networks.iter().filter(|network| network.external);
        let gone = networks.filter(|network| !existing.iter().any(|it| it.name == network.name));
        missing.extend(gone.map(|network| ("network", network.name.clone())));
    }
    let volumes = around
        .volumes
        .iter()
        .filter(|it| around.volumes_seen.is_ok() && it.volume.external && !it.exists);
    missing.extend(volumes.map(|it| ("volume", it.volume.name.clone())));
    missing
}
