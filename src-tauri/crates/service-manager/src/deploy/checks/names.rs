//! Names that are taken: the project's from another folder, containers', and external things that must exist.

use super::{Judged, ObservedState, Row};
use crate::api::check::{CheckState, Risk};
use crate::repair::{Change, Proposal};
use crate::text::Text;

pub(super) fn check(state: &ObservedState) -> Vec<Judged> {
    let mut checks = Vec::new();
    if let Some((_, folder)) = state.other_folder.first() {
        checks.push(
            Row::new("container.name_conflict", CheckState::Block)
                .variant("block-project")
                .subject(state.project.as_str())
                .with("project", state.project.as_str())
                .with("folder", folder.as_str())
                .with("count", state.other_folder.len())
                .judged(),
        );
    }
    checks.extend(state.taken_names.iter().map(|(name, project)| {
        Row::new("container.name_conflict", CheckState::Block)
            .subject(name.as_str())
            .with("name", name.as_str())
            .with("project", project.as_str())
            .judged()
    }));
    if checks.is_empty() {
        checks.push(Row::new("container.name_conflict", CheckState::Pass).judged());
    }
    checks.extend(state.missing_external.iter().map(|(kind, name)| {
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
