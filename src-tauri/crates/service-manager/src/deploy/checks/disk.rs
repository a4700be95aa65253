//! Room for what will be loaded, on the disk where the engine keeps its data.

use super::{ObservedState, Row};
use crate::api::check::{Check, CheckState};
use crate::text::format;

pub(super) fn check(state: &ObservedState) -> Option<Check> {
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
            .check(),
    )
}

/// What is to be loaded, and once more the largest: a classic store unpacks an archive beside its final place.
fn needed_bytes(state: &ObservedState) -> u64 {
    let sizes = || {
        state
            .images
            .iter()
            .filter_map(|image| image.source.as_ref())
            .filter(|source| source.loaded.is_none())
            .map(|source| source.bytes)
    };
    sizes().sum::<u64>() + sizes().max().unwrap_or(0)
}
