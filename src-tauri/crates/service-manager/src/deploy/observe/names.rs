//! Names that somebody else may have: the project's, containers', and external things that must exist.

use crate::compose::project::Project;
use crate::engine::{ContainerSummary, Engine};
use camino::Utf8Path;

pub(super) fn other_folder(
    project: &Project,
    containers: &[ContainerSummary],
) -> Vec<(String, String)> {
    // Compose writes the folder as it was given; a link and its target are the same folder.
    let real = |path: &str| {
        Utf8Path::new(path)
            .canonicalize_utf8()
            .unwrap_or_else(|_| path.into())
    };
    let own = real(project.directory.as_str());
    containers
        .iter()
        .filter(|container| container.project.as_deref() == Some(&project.name))
        .filter_map(|container| Some((container.name.clone(), container.working_dir.clone()?)))
        .filter(|(_, folder)| real(folder) != own)
        .collect()
}

pub(super) fn taken_names(
    project: &Project,
    containers: &[ContainerSummary],
) -> Vec<(String, String)> {
    project
        .active_services()
        .filter_map(|service| service.container_name.as_deref())
        .filter_map(|name| containers.iter().find(|container| container.name == name))
        .filter(|container| container.project.as_deref() != Some(&project.name))
        .map(|container| {
            (
                container.name.clone(),
                container.project.clone().unwrap_or_default(),
            )
        })
        .collect()
}

pub(super) async fn missing_external(
    project: &Project,
    engine: &Engine,
) -> Vec<(&'static str, String)> {
    let mut missing = Vec::new();
    for network in &project.external_networks {
        if matches!(engine.has_network(network).await, Ok(false)) {
            missing.push(("network", network.clone()));
        }
    }
    for volume in &project.external_volumes {
        if matches!(engine.has_volume(volume).await, Ok(false)) {
            missing.push(("volume", volume.clone()));
        }
    }
    missing
}
