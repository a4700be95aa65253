//! Scripts without the executable bit are made executable by the deployment; only where that cannot work it is said.

use super::{ObservedState, Row};
use crate::api::check::{Check, CheckState};

pub(super) fn check(state: &ObservedState) -> Vec<Check> {
    let mut checks: Vec<Check> = state
        .scripts
        .iter()
        .filter(|script| !script.ours)
        .map(|script| {
            Row::new("perm.entrypoint_not_executable", CheckState::Warn)
                .subject(script.path.as_str())
                .with("path", script.path.as_str())
                .check()
        })
        .collect();
    if checks.is_empty() {
        checks.push(
            Row::new("perm.entrypoint_not_executable", CheckState::Pass)
                .with("count", state.scripts.len())
                .check(),
        );
    }
    checks
}
