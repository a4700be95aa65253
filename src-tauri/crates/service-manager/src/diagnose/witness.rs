//! What a container's own log can be a witness of.
//!
//! A log is read through an engine that answers, of a container that this engine made of an image it has and of a Compose
//! file that could be read. A container that says otherwise speaks of another engine, another registry, other files, or of
//! what its own user may do with a socket it was given: none of it is put right by what is done for whoever reads this.

use super::evidence::{Kind, Piece};
use super::lines::Line;

/// What comes before a container runs, or is not done by it.
const OUTSIDE: &[&str] = &[
    "compose.",
    "container.busy",
    "container.name_conflict",
    "engine.credential_helper",
    "engine.daemon_config_invalid",
    "engine.desktop_not_started",
    "engine.not_installed",
    "engine.not_running",
    "engine.socket_permission",
    "engine.storage_driver",
    "engine.wsl_unavailable",
    "image.archive_corrupt",
    "image.manifest_unknown",
    "image.missing",
    "image.registry_",
    "mount.denied_desktop",
    "mount.nfs_failed",
    "mount.source_",
    "net.iptables_broken",
    "net.pool_exhausted",
    "net.stale_network",
    "net.subnet_overlap",
    "volume.in_use",
];

/// Returns whether a line may speak for a class. Of what somebody pasted nobody knows who said it.
pub(super) fn may_speak(piece: &Piece, line: &Line, class: &str) -> bool {
    let is_container =
        piece.kind == Kind::ContainerLogs && (piece.service.is_some() || line.speaker.is_some());
    !is_container || !OUTSIDE.iter().any(|it| class.starts_with(it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::classes::CLASSES;
    use crate::diagnose::lines::Said;

    #[test]
    fn every_name_of_the_list_is_of_a_class() {
        for name in OUTSIDE {
            assert!(CLASSES.iter().any(|it| it.id.starts_with(name)), "{name}");
        }
    }

    #[test]
    fn a_container_is_no_witness_of_the_engine_that_runs_it() {
        let line = |text: &str| Said::of(text).lines.remove(0);
        let pasted = Piece::default();
        let of_service = Piece {
            service: Some("ci".into()),
            ..Piece::default()
        };
        let says = line("Cannot connect to the Docker daemon");
        assert!(may_speak(&pasted, &says, "engine.not_running"));
        assert!(!may_speak(&of_service, &says, "engine.not_running"));
        assert!(may_speak(&of_service, &says, "engine.api_version_mismatch"));
        let says = line("ci-1  | Cannot connect to the Docker daemon");
        assert!(!may_speak(&pasted, &says, "engine.not_running"));
    }
}
