//! Will it come back after a power cut?

use super::{Judged, ObservedState, Row};
use crate::api::check::CheckState;
use crate::deploy::observe::reboot::Late;
use crate::text::format;

const ID: &str = "reboot.comes_back";

pub(super) fn check(state: &ObservedState) -> Vec<Judged> {
    let seen = match &state.reboot {
        Ok(seen) => seen,
        Err(blind) => return vec![Row::new(ID, CheckState::Unknown).blind(blind)],
    };
    let mut checks: Vec<Judged> = seen
        .late
        .iter()
        .map(|disk| {
            let variant = match disk.why {
                Late::Network => "warn-network",
                Late::Removable => "warn-removable",
                Late::ByHand => "warn-by-hand",
                Late::MayBeMissing => "warn-may-be-missing",
            };
            Row::new(ID, CheckState::Warn)
                .variant(variant)
                .subject(disk.mount.as_str())
                .with("mount", disk.mount.as_str())
                .with("services", format::list(&disk.services))
                .judged()
        })
        .collect();
    if !seen.left_down.is_empty() {
        checks.push(
            Row::new(ID, CheckState::Warn)
                .with("count", seen.left_down.len())
                .with("services", format::list(&seen.left_down))
                .judged(),
        );
    }
    // That the engine itself comes back is a check of its own; where it does not, this would contradict it.
    let engine = state.host.comes_back.as_ref();
    if checks.is_empty() && engine.is_none_or(|known| known.does) && !state.services.is_empty() {
        checks.push(Row::new(ID, CheckState::Pass).judged());
    }
    checks
}
