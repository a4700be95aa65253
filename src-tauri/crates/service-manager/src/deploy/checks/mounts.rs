//! Bind sources: what is missing is either created, or named.

use super::{Judged, ObservedState, Row};
use crate::api::check::CheckState;
use crate::api::package::MountKind;

pub(super) fn check(state: &ObservedState) -> Vec<Judged> {
    let mounts = match &state.mounts {
        Ok(mounts) => mounts,
        Err(blind) => {
            return vec![Row::new("mount.source_missing", CheckState::Unknown).blind(blind)];
        }
    };
    let mut checks: Vec<Judged> = mounts
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
                .judged()
        })
        .collect();
    if checks.is_empty() {
        let create = mounts
            .iter()
            .filter(|mount| mount.is_to_be_created())
            .count();
        checks.push(
            Row::new("mount.source_missing", CheckState::Pass)
                .with("count", mounts.len())
                .with("create", create)
                .judged(),
        );
    }
    checks
}
