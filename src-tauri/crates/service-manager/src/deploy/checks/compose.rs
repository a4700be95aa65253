//! Is there a Compose that can start the package?

use super::{Judged, ObservedState, Row};
use crate::api::check::CheckState;

pub(super) fn check(state: &ObservedState) -> Judged {
    match &state.compose {
        Some(version) => Row::new("compose.missing", CheckState::Pass)
            .with("version", version.as_str())
            .judged(),
        None => Row::new("compose.missing", CheckState::Block).judged(),
    }
}
