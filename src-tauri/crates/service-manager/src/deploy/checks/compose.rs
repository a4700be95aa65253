//! Is there a Compose that can start the package?

use super::{ObservedState, Row};
use crate::api::check::{Check, CheckState};

pub(super) fn check(state: &ObservedState) -> Check {
    match &state.compose {
        Some(version) => Row::new("compose.missing", CheckState::Pass)
            .with("version", version.as_str())
            .check(),
        None => Row::new("compose.missing", CheckState::Block).check(),
    }
}
