//! Is there an engine, and may we use it? Everything else depends on it.

use super::{Judged, ObservedState, Row};
use crate::api::check::CheckState;
use crate::engine::EngineError;
use crate::host::engine_start;

pub(super) fn check(state: &ObservedState) -> Judged {
    let error = match &state.engine {
        Ok(info) => {
            return Row::new("engine.not_running", CheckState::Pass)
                .with("version", info.version.as_str())
                .with("platform", info.platform.as_str())
                .judged();
        }
        Err(error) => error,
    };
    let id = match error {
        EngineError::NotRunning { .. } if !state.engine_installed => "engine.not_installed",
        EngineError::NotRunning { .. } if cfg!(any(target_os = "windows", target_os = "macos")) => {
            "engine.desktop_not_started"
        }
        EngineError::Permission { .. } => "engine.socket_permission",
        _ => "engine.not_running",
    };
    Row::new(id, CheckState::Block)
        .with("error", error.to_string())
        .with("remedy", engine_start::remedy(error))
        .judged()
}
