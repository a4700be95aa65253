//! Names that are taken: the project's from another folder, containers', and external things that must exist.

use super::{Judged, ObservedState, Row};
use crate::api::check::{CheckState, Risk};
use crate::deploy::observe::{OtherFolder, TakenName};
use crate::engine::ContainerSummary;
use crate::repair::{Change, Proposal};
use crate::text::{Text, format};

pub(super) fn check(state: &ObservedState) -> Vec<Judged> {
    let names = &state.names;
    let mut checks = Vec::new();
    checks.extend(
        names
            .other_folder
            .as_ref()
            .map(|other| project(state, other)),
    );
    checks.extend(names.taken.iter().map(|name| taken(state, name)));
    checks.extend(names.twice.iter().map(|(name, services)| {
        let row = Row::new("container.name_conflict", CheckState::Block)
            .subject(name.as_str())
            .with("name", name.as_str())
            .with("services", format::list(services));
        let variant = if services.len() > 1 {
            "block-twice"
        } else {
            "block-replicas"
        };
        row.variant(variant).judged()
    }));
    if let Some(blind) = &names.unseen {
        checks.push(Row::new("container.name_conflict", CheckState::Unknown).blind(blind));
    } else if checks.is_empty() {
        checks.push(Row::new("container.name_conflict", CheckState::Pass).judged());
    }
    if !names.orphans.is_empty() {
        checks.push(
            Row::new("compose.orphans", CheckState::Pass)
                .with("count", names.orphans.len())
                .with("names", format::list(&names.orphans))
                .judged(),
        );
    }
    let mut volumes = state.around.volumes.iter();
    if let Err(blind) = &state.around.volumes_seen
        && volumes.any(|it| it.volume.external)
    {
        checks.push(Row::new("compose.external_missing", CheckState::Unknown).blind(blind));
    }
    checks.extend(names.missing_external.iter().map(|(kind, name)| {
        let variant = if *kind == "volume" {
            "block-volume"
        } else {
            "block"
        };
        Row::new("compose.external_missing", CheckState::Block)
            .variant(variant)
            .subject(name.as_str())
            .with("name", name.as_str())
            // An empty volume would hide that the data is elsewhere, so only a network is made.
            .offer((*kind == "network").then(|| make_network(name)))
            .judged()
    }));
    checks
}

/// A folder that is gone was moved, most likely to here: going on is right, and the old containers are replaced.
fn project(state: &ObservedState, other: &OtherFolder) -> Judged {
    let is_other_version = other.version.is_some() && other.version != other.own_version;
    let (verdict, variant) = match other.exists {
        false => (CheckState::Warn, "warn-moved"),
        true if is_other_version => (CheckState::Block, "block-version"),
        true => (CheckState::Block, "block-project"),
    };
    Row::new("container.name_conflict", verdict)
        .variant(variant)
        .subject(state.project.as_str())
        .with("project", state.project.as_str())
        .with("folder", other.folder.as_str())
        .with("version", other.version.as_deref().unwrap_or("?"))
        .with("own", other.own_version.as_deref().unwrap_or("?"))
        .with("count", other.containers)
        .judged()
}

fn taken(state: &ObservedState, name: &TakenName) -> Judged {
    let mut everybody = state.names.everybody.iter();
    let holder = everybody.find(|container| container.name == name.name);
    let variant = match &name.project {
        _ if name.is_own => "block-own",
        Some(_) => "block",
        None => "block-alone",
    };
    Row::new("container.name_conflict", CheckState::Block)
        .variant(variant)
        .subject(name.name.as_str())
        .with("name", name.name.as_str())
        .with("project", name.project.as_deref().unwrap_or_default())
        .with("running", if name.running { "yes" } else { "no" })
        .offer(holder.and_then(|holder| leftover(state, holder)))
        .judged()
}

/// Offers to remove a container of this very package that stands in the way: one that does not run and has no volume that
/// would be hard to find without it. Anybody else's is theirs.
pub(in crate::deploy) fn leftover(
    state: &ObservedState,
    container: &ContainerSummary,
) -> Option<Proposal> {
    let is_ours =
        container.project.as_deref() == Some(&state.project) && state.names.other_folder.is_none();
    (is_ours && container.is_ended && !container.has_unnamed_volume).then(|| Proposal {
        id: format!("container.name_conflict:{}", container.name),
        risk: Risk::Safe,
        effect: Text::new("fix-remove-container").with("name", container.name.as_str()),
        changes: vec![Change::RemoveStoppedContainer {
            id: container.id.clone(),
            name: container.name.clone(),
        }],
    })
}

fn make_network(name: &str) -> Proposal {
    Proposal {
        id: format!("compose.external_missing:{name}"),
        risk: Risk::Safe,
        effect: Text::new("fix-make-network").with("name", name),
        changes: vec![Change::MakeNetwork {
            name: name.to_owned(),
        }],
    }
}
