//! Is there an engine, may we use it, and is it new enough? Everything else depends on it.

use super::{Judged, ObservedState, Row};
use crate::api::check::{CheckState, Risk};
use crate::compose::{Generation, Version};
use crate::engine::{EngineError, EngineInfo, Flavour, at_least};
use crate::host::engine_start;
use crate::host::system::{Packages, System};
use crate::repair::admin::AdminChange;
use crate::repair::packages::{Planned, Trial};
use crate::repair::{Change, Proposal};
use crate::text::{Text, format};

/// The oldest engine that everything here was tried with.
const OLDEST: (u32, u32) = (20, 10);
/// Compose v1 ended before it learnt a later API (compose 1.29.2, const.py).
const COMPOSE_V1_API: (u32, u32) = (1, 38);

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
    match error {
        EngineError::NotRunning { .. } if !state.engine_installed => return not_installed(state),
        EngineError::Permission { .. } => return permission(state, error),
        _ => {}
    }
    let is_desktop = cfg!(any(target_os = "windows", target_os = "macos"))
        && matches!(error, EngineError::NotRunning { .. });
    let id = if is_desktop {
        "engine.desktop_not_started"
    } else {
        "engine.not_running"
    };
    Row::new(id, CheckState::Block)
        .with("error", error.to_string())
        .with("remedy", engine_start::remedy(error))
        .offer(start(state))
        .judged()
}

/// Where systemd knows the engine and somebody may start it.
fn start(state: &ObservedState) -> Option<Proposal> {
    let unit = state.host.unit.as_deref()?;
    state.host.system.admin.is_possible().then(|| Proposal {
        id: format!("engine.not_running:{unit}"),
        risk: Risk::Confirm,
        effect: Text::new("fix-start-engine").with("unit", unit),
        changes: vec![Change::Admin {
            change: AdminChange::StartUnit {
                unit: unit.to_owned(),
            },
        }],
    })
}

/// Whether an engine that answers is one that Compose, the vendor and we can work with.
pub(super) fn version(state: &ObservedState, engine: &EngineInfo) -> Vec<Judged> {
    let said = |variant| {
        Row::new("engine.api_version_mismatch", CheckState::Block)
            .variant(variant)
            .with("version", engine.version.as_str())
    };
    // Podman counts its versions differently.
    let is_docker = engine.details.flavour != Flavour::Podman;
    let parses = at_least(&engine.version, 0, 0);
    let mut checks = Vec::new();
    if is_docker && parses && !at_least(&engine.version, OLDEST.0, OLDEST.1) {
        checks.push(said("block-old").judged());
    } else if let Some(wanted) = &state.requirements.engine
        && is_docker
        && parses
        && let Some((major, minor)) = numbers(wanted)
        && !at_least(&engine.version, major, minor)
    {
        checks.push(
            said("block-vendor")
                .with("wanted", wanted.as_str())
                .judged(),
        );
    }
    let oldest = engine
        .details
        .min_api_version
        .as_deref()
        .unwrap_or_default();
    let is_v1 = state.compose_version.as_ref().map(Version::generation) == Some(Generation::V1);
    if is_v1 && at_least(oldest, COMPOSE_V1_API.0, COMPOSE_V1_API.1 + 1) {
        checks.push(said("block-compose").with("api", oldest).judged());
    }
    checks
}

/// `24.0`, `24`
fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.trim_start_matches('v').split('.').map(str::parse);
    let major = parts.next()?.ok()?;
    Some((major, parts.next().and_then(Result::ok).unwrap_or(0)))
}

/// Only administrators and a group may use the socket; a member since today has to log in again.
fn permission(state: &ObservedState, error: &EngineError) -> Judged {
    let access = &state.host.access;
    let row = Row::new("engine.socket_permission", CheckState::Block)
        .with("error", error.to_string())
        .with("remedy", engine_start::remedy(error));
    let Some((group, members)) = &access.group else {
        return row.judged();
    };
    let row = row
        .with("group", group.as_str())
        .with("user", access.user.as_deref().unwrap_or_default())
        .with("count", members.len())
        .with("members", format::list(members));
    if access.waits_for_login {
        return row.variant("block-login").judged();
    }
    row.variant("block-group").judged()
}

fn not_installed(state: &ObservedState) -> Judged {
    let system = &state.host.system;
    let bundle = &state.bundle;
    let row = Row::new("engine.not_installed", CheckState::Block)
        .with("system", system.title.as_str())
        .with("arch", system.arch.as_str())
        .with("files", system.engine_packages());
    let Some(folder) = bundle.packages.first().and_then(|file| file.parent()) else {
        let unfit: Vec<&str> = bundle
            .unfit
            .iter()
            .filter_map(|it| it.file_name())
            .collect();
        return if !unfit.is_empty() {
            row.variant("block-unfit")
                .with("found", format::list(&unfit))
                .judged()
        } else if system.packages.is_some() {
            row.judged()
        } else {
            row.variant("block-elsewhere").judged()
        };
    };
    let row = row
        .with("folder", folder.as_str())
        .with("count", bundle.packages.len());
    match &bundle.trial {
        Some(Trial::Fits(packages)) if !packages.is_empty() => row
            .variant("block-packages")
            .with("count", packages.len())
            .with("command", command(system, folder.as_str()))
            .offer(install(system, packages, folder.as_str()))
            .judged(),
        Some(Trial::Missing(needs)) => row
            .variant("block-incomplete")
            .with("missing", needs.len())
            .with("names", format::list(needs))
            .judged(),
        Some(Trial::Unfit { needs, has }) => row
            .variant("block-release")
            .with("needs", needs.as_str())
            .with("has", has.as_str())
            .judged(),
        Some(Trial::Refused(reason)) => row
            .variant("block-refused")
            .with("reason", reason.as_str())
            .judged(),
        // Everything is there already, or there is no tool that could install it.
        Some(Trial::Fits(_)) | None => row.judged(),
    }
}

fn install(system: &System, packages: &[Planned], folder: &str) -> Option<Proposal> {
    let program = match system.packages.as_ref()? {
        Packages::Deb(program) | Packages::Rpm(program) => program.clone(),
    };
    system.admin.is_possible().then(|| Proposal {
        id: "engine.not_installed:packages".into(),
        risk: Risk::Confirm,
        effect: Text::new("fix-install-packages")
            .with("count", packages.len())
            .with("folder", folder),
        changes: vec![Change::Admin {
            change: AdminChange::InstallPackages {
                program,
                packages: packages.to_vec(),
            },
        }],
    })
}

fn command(system: &System, folder: &str) -> String {
    match system.packages {
        Some(Packages::Rpm(_)) => format!("sudo rpm -U \"{folder}\"/*.rpm"),
        _ => format!("sudo apt-get install \"{folder}\"/*.deb"),
    }
}
