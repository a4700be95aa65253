//! Bind sources: what is missing is either created, or named.

use super::{ObservedState, Row};
use crate::api::check::{Check, CheckState};
use crate::api::package::MountKind;

pub(super) fn check(state: &ObservedState) -> Vec<Check> {
    let mut checks: Vec<Check> = state
        .mounts
        .iter()
        .filter(|mount| !mount.exists && !mount.is_to_be_created())
        .map(|mount| {
            let variant = if mount.kind == MountKind::File {
                "block-file"
            } else {
                "block-outside"
            };
            Row::new("mount.source_missing", CheckState::Block)
                .variant(variant)
                .subject(mount.source.as_str())
                .with("path", mount.source.as_str())
                .with("services", mount.services.join(", "))
                .check()
        })
        .collect();
    if checks.is_empty() {
        let create = state
            .mounts
            .iter()
            .filter(|mount| mount.is_to_be_created())
            .count();
        checks.push(
            Row::new("mount.source_missing", CheckState::Pass)
                .with("count", state.mounts.len())
                .with("create", create)
                .check(),
        );
    }
    checks
}
