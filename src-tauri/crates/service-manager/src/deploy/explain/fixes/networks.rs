//! Networks that are gone, or not what the compose file says any more.

use super::containers::{own, remade};
use super::{Asked, Scene};
use crate::api::check::Risk;
use crate::deploy::explain::remedy::{Course, Remedy};
use crate::engine::{ContainerSummary, NetworkFacts};
use crate::repair::{Change, Proposal};
use crate::text::{Text, format};

/// Containers that were made for a network that has been removed since.
pub(super) fn stale(asked: &Asked<'_>, scene: &Scene<'_>) -> Vec<Remedy> {
    let Ok(existing) = &scene.state.around.existing else {
        return Vec::new();
    };
    let is_gone = |id: &String| !existing.iter().any(|it| it.id == *id);
    remade(asked, scene, |it| {
        !it.running && it.networks.iter().any(is_gone)
    })
}

/// A network of this project that Compose wants made anew, and that nobody else is in.
pub(super) fn changed(asked: &Asked<'_>, scene: &Scene<'_>) -> Vec<Remedy> {
    let (Ok(existing), Some(name)) = (&scene.state.around.existing, asked.param("network")) else {
        return Vec::new();
    };
    let is_ours =
        |it: &&NetworkFacts| it.name == name && it.project.as_deref() == Some(&scene.state.project);
    let Some(network) = existing.iter().find(is_ours) else {
        return Vec::new();
    };
    let names = &scene.state.names;
    let is_in = |it: &ContainerSummary| it.networks.contains(&network.id);
    let is_foreign = |it: &ContainerSummary| it.project.as_deref() != Some(&scene.state.project);
    let mut everybody = names.everybody.iter();
    if names.unseen.is_some() || everybody.any(|it| is_in(it) && is_foreign(it)) {
        return Vec::new();
    }
    let inside = own(scene, is_in);
    let proposal = Proposal {
        id: format!("compose.network_changed:{name}"),
        risk: Risk::Confirm,
        effect: Text::new("fix-remake-network")
            .with("network", name)
            .with("count", inside.len())
            .with("services", format::list(&inside)),
        changes: vec![Change::RemoveNetwork {
            id: network.id.clone(),
            name: name.to_owned(),
        }],
    };
    vec![Remedy {
        proposal,
        course: Course {
            stop: inside.clone(),
            remake: inside,
            ..Course::default()
        },
    }]
}
