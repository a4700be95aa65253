//! Scripts without the executable bit are made executable by the deployment; only where that cannot work it is said.

use super::{Judged, ObservedState, Row};
use crate::api::check::CheckState;

pub(super) fn check(state: &ObservedState) -> Vec<Judged> {
    let scripts = match &state.scripts {
        Ok(scripts) => scripts,
        Err(blind) => {
            return vec![
                Row::new("perm.entrypoint_not_executable", CheckState::Unknown).blind(blind),
            ];
        }
    };
    let mut checks: Vec<Judged> = scripts
        .iter()
        .filter(|script| !script.ours)
        .map(|script| {
            Row::new("perm.entrypoint_not_executable", CheckState::Warn)
                .subject(script.path.as_str())
                .with("path", script.path.as_str())
                .judged()
        })
        .collect();
    if checks.is_empty() {
        checks.push(
            Row::new("perm.entrypoint_not_executable", CheckState::Pass)
                .with("count", scripts.len())
                .judged(),
        );
    }
    checks
}
