//! What the way an engine is installed means for this package: what it cannot see, keep, publish or bring back.

use super::{Judged, ObservedState, Row, ports};
use crate::api::check::{CheckState, Risk};
use crate::deploy::observe::host::StartedBy;
use crate::engine::{EngineInfo, Flavour};
use crate::host::kernel::PORT_START;
use crate::repair::admin::{AdminChange, with_setting};
use crate::repair::{Change, Proposal};
use crate::text::{Text, format};

/// Linux keeps ports below this one for administrators, unless it is told otherwise.
const USUAL_PORT_START: u64 = 1024;

pub(super) fn check(state: &ObservedState, engine: &EngineInfo) -> Vec<Judged> {
    let mut checks = Vec::new();
    if engine.details.flavour == Flavour::Podman {
        checks.push(
            Row::new("engine.podman", CheckState::Warn)
                .with("version", engine.version.as_str())
                .judged(),
        );
    }
    checks.extend(out_of_sight(state, engine));
    checks.extend(low_ports(state, engine));
    checks.extend(storage(state, engine));
    checks.extend(limits(state, engine));
    checks.extend(comes_back(state));
    if state.host.two_engines {
        checks.push(Row::new("perm.apparmor", CheckState::Warn).judged());
    }
    checks
}

/// Folders that the engine cannot mount into containers.
fn out_of_sight(state: &ObservedState, engine: &EngineInfo) -> Option<Judged> {
    let mounted = state
        .services
        .iter()
        .any(|service| !service.mounts.is_empty());
    let is_below = |folders: &[&str]| {
        folders
            .iter()
            .any(|folder| state.directory.starts_with(folder))
    };
    let row = |id, state_of| {
        Row::new(id, state_of)
            .subject(state.directory.as_str())
            .with("path", state.directory.as_str())
    };
    match engine.details.flavour {
        _ if !mounted => None,
        // The interfaces `home` and `removable-media` of the snap; anything else is another file system to it.
        Flavour::Snap if !is_below(&["/home", "/media", "/mnt", "/run/media"]) => Some(
            row("mount.source_uncreatable", CheckState::Block)
                .variant("block-snap")
                .judged(),
        ),
        // What Docker Desktop shares unless it is told to share more.
        Flavour::Desktop if cfg!(target_os = "linux") && !is_below(&["/home"]) => {
            Some(row("mount.denied_desktop", CheckState::Warn).judged())
        }
        Flavour::Desktop
            if cfg!(target_os = "macos")
                && !is_below(&["/Users", "/Volumes", "/private", "/tmp", "/var/folders"]) =>
        {
            Some(row("mount.denied_desktop", CheckState::Warn).judged())
        }
        _ => None,
    }
}

/// An engine of an ordinary user may not listen on ports that are kept for administrators.
fn low_ports(state: &ObservedState, engine: &EngineInfo) -> Option<Judged> {
    let is_rootless = engine.details.flavour == Flavour::Rootless
        || (engine.details.flavour == Flavour::Podman && engine.secures_with("rootless"));
    let kernel = &state.host.under.as_ref()?.kernel;
    let start = kernel.setting(PORT_START).unwrap_or(USUAL_PORT_START);
    let mut ports: Vec<u16> = state
        .services
        .iter()
        .flat_map(|service| &service.low_ports)
        .copied()
        .filter(|port| u64::from(*port) < start)
        .collect();
    ports.sort_unstable();
    ports.dedup();
    let first = *ports.first().filter(|_| is_rootless)?;
    let words: Vec<String> = ports.iter().map(ToString::to_string).collect();
    Some(
        Row::new("port.privileged", CheckState::Block)
            .subject(words.join(", "))
            .with("count", ports.len())
            .with("ports", format::list(&words))
            .with("start", start)
            .with("first", u64::from(first))
            .offer(sysctl(
                state,
                "port.privileged",
                PORT_START,
                start,
                u64::from(first),
            ))
            .offer(ports::instead_of_low(state))
            .judged(),
    )
}

/// Sets a setting of the kernel now and for later; offered where somebody can.
pub(in crate::deploy) fn sysctl(
    state: &ObservedState,
    id: &str,
    setting: &str,
    before: u64,
    after: u64,
) -> Option<Proposal> {
    let (file, content) = &state.host.sysctl_file;
    state.host.system.admin.is_possible().then(|| Proposal {
        id: format!("{id}:{setting}"),
        risk: Risk::Confirm,
        effect: Text::new("fix-sysctl")
            .with("setting", setting)
            .with("value", after),
        changes: vec![Change::Admin {
            change: AdminChange::Sysctl {
                setting: setting.to_owned(),
                before,
                after,
                file: file.clone(),
                file_before: content.clone(),
                file_after: with_setting(content.as_deref(), setting, after),
            },
        }],
    })
}

/// Storage drivers that are slow, unfinished or at their end, and a store that was exchanged.
fn storage(state: &ObservedState, engine: &EngineInfo) -> Option<Judged> {
    let driver = engine.storage_driver.as_deref()?;
    let said = |variant| {
        Row::new("engine.storage_driver", CheckState::Warn)
            .variant(variant)
            .with("driver", driver)
            .with(
                "filesystem",
                engine
                    .details
                    .backing_filesystem
                    .as_deref()
                    .unwrap_or_default(),
            )
    };
    // Podman names its drivers alike and means others.
    if engine.details.flavour == Flavour::Podman {
        return None;
    }
    if matches!(driver, "vfs" | "devicemapper" | "aufs" | "overlay") {
        return Some(said("warn").judged());
    }
    if engine.details.has_d_type == Some(false) {
        return Some(said("warn-type").judged());
    }
    let is_to_load = state.images.iter().any(|image| image.to_load().is_some());
    (state.host.other_store && is_to_load).then(|| said("warn-store").judged())
}

/// Limits of the compose file that this engine's kernel does not keep.
fn limits(state: &ObservedState, engine: &EngineInfo) -> Option<Judged> {
    let details = &engine.details;
    let none = details.cgroup_driver.as_deref() == Some("none");
    let lacks = |can: Option<bool>| none || can == Some(false);
    let asks = |wish: &dyn Fn(&crate::compose::wishes::Wishes) -> bool| {
        state.services.iter().any(|service| wish(&service.wishes))
    };
    let memory = lacks(details.can_limit_memory) && asks(&|it| it.memory_limit.is_some());
    let cpus = lacks(details.can_limit_cpus) && asks(&|it| it.cpu_limit.is_some());
    (memory || cpus).then(|| {
        Row::new("engine.cgroup_runtime", CheckState::Warn)
            .with("version", details.cgroup_version.as_deref().unwrap_or("?"))
            .judged()
    })
}

/// Services that come back after a restart come back only if the engine does.
fn comes_back(state: &ObservedState) -> Option<Judged> {
    let known = state.host.comes_back.as_ref()?;
    let meant = state.services.iter().any(|service| service.restarts);
    if known.does || !meant {
        return None;
    }
    let row = Row::new("engine.autostart", CheckState::Warn);
    Some(match &known.by {
        StartedBy::Unit(unit) => row
            .with("unit", unit.as_str())
            .offer(enable(state, unit))
            .judged(),
        StartedBy::User(user) => row
            .variant("warn-user")
            .with("user", user.as_str())
            .judged(),
        StartedBy::Desktop => row.variant("warn-desktop").judged(),
    })
}

fn enable(state: &ObservedState, unit: &str) -> Option<Proposal> {
    state.host.system.admin.is_possible().then(|| Proposal {
        id: format!("engine.autostart:{unit}"),
        risk: Risk::Confirm,
        effect: Text::new("fix-enable-unit").with("unit", unit),
        changes: vec![Change::Admin {
            change: AdminChange::EnableUnit {
                unit: unit.to_owned(),
            },
        }],
    })
}
