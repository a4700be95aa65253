//! Names that are taken: the project's from another folder, containers', and external things that must exist.

use super::{ObservedState, Row};
use crate::api::check::{Check, CheckState};

pub(super) fn check(state: &ObservedState) -> Vec<Check> {
    let mut checks = Vec::new();
    if let Some((_, folder)) = state.other_folder.first() {
        checks.push(
            Row::new("container.name_conflict", CheckState::Block)
                .variant("block-project")
                .subject(state.project.as_str())
                .with("project", state.project.as_str())
                .with("folder", folder.as_str())
                .with("count", state.other_folder.len())
                .check(),
        );
    }
    checks.extend(state.taken_names.iter().map(|(name, project)| {
        Row::new("container.name_conflict", CheckState::Block)
            .subject(name.as_str())
            .with("name", name.as_str())
            .with("project", project.as_str())
            .check()
    }));
    if checks.is_empty() {
        checks.push(Row::new("container.name_conflict", CheckState::Pass).check());
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
            .check()
    }));
    checks
}
