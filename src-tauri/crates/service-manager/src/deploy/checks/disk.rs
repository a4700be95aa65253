//! Room for what will be loaded, on the disk where the engine keeps its data.

use super::{Judged, ObservedState, Row};
use crate::api::check::CheckState;
use crate::deploy::observe::ImageObserved;
use crate::images::loader::MOST_STREAMS;
use crate::text::format;

pub(super) fn check(state: &ObservedState) -> Option<Judged> {
    let (root, free) = state.engine_disk.as_ref()?;
    let needed = needed_bytes(state);
    let verdict = if needed > *free {
        CheckState::Block
    } else {
        CheckState::Pass
    };
    Some(
        Row::new("disk.full", verdict)
            .subject(root.as_str())
            .with("path", root.as_str())
            .with("needed", format::bytes(needed))
            .with("free", format::bytes(*free))
            .with("missing", format::bytes(needed.saturating_sub(*free)))
            .judged(),
    )
}

/// The most that loading occupies at one moment, which is more than what stays. A classic store spools what is uploaded
/// into its folder for temporary files and unpacks it from there, stream by stream; the containerd store keeps what was
/// uploaded and unpacks it beside it (20.10, 26.1).
fn needed_bytes(state: &ObservedState) -> u64 {
    let mut sizes: Vec<u64> = state
        .images
        .iter()
        .filter_map(ImageObserved::to_load)
        .map(|source| source.bytes)
        .collect();
    let stays = state.bytes_to_send.unwrap_or_else(|| sizes.iter().sum());
    let driver = state.engine.as_ref().ok();
    let is_containerd =
        driver.and_then(|engine| engine.storage_driver.as_deref()) == Some("overlayfs");
    if is_containerd {
        return 2 * stays;
    }
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    let spooled: u64 = sizes.iter().take(MOST_STREAMS).sum();
    // What images share travels once, so that together they cannot spool more than is sent.
    stays + spooled.min(stays)
}
