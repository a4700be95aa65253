//! How the engine is started here, as a sentence; never a tool this system does not have.

use crate::engine::EngineError;
use crate::text::Text;

/// Returns the remedy for an engine that cannot be reached, for this system.
pub(crate) fn remedy(error: &EngineError) -> Text {
    Text::new(match error {
        EngineError::Permission { .. } if cfg!(target_os = "linux") => "remedy-join-docker-group",
        EngineError::Unsupported { .. } => "remedy-use-local-address",
        EngineError::Hung { .. } if cfg!(target_os = "linux") && has_systemd() => {
            "remedy-restart-systemd"
        }
        _ if cfg!(any(target_os = "windows", target_os = "macos")) => "remedy-start-desktop",
        _ if has_systemd() => "remedy-start-systemd",
        _ => "remedy-start-dockerd",
    })
}

/// systemd is the running init system exactly when this folder exists (sd_booted(3)).
pub(super) fn has_systemd() -> bool {
    std::path::Path::new("/run/systemd/system").is_dir()
}
