//! The rest of this computer: its clock, SELinux, and proxies that stand between services.

use super::{Judged, ObservedState, Row};
use crate::api::check::{CheckState, Risk};
use crate::deploy::observe::services::ServiceObserved;
use crate::deploy::proxy_change::{exceptions, way};
use crate::engine::{EngineInfo, Flavour};
use crate::repair::admin::AdminChange;
use crate::repair::label::{Labelled, Relabel};
use crate::repair::{Change, Proposal};
use crate::text::{Text, format};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// When this version was written: no clock that is right shows an earlier time. A date in the source instead of the
/// build's, so that the same source gives the same program.
const WRITTEN: Timestamp = Timestamp::constant(1_793_000_000, 0); // 2026-10-25
/// FAT keeps local times, and a package may come from any time zone: that is a day at most, and a day to be sure.
const ZONES: SignedDuration = SignedDuration::from_hours(48);

pub(super) fn clock(state: &ObservedState) -> Option<Judged> {
    let clock = &state.host.clock;
    let newest = clock.newest.as_ref().ok().copied().flatten();
    let (variant, since) = match newest {
        _ if clock.now < WRITTEN => ("warn", WRITTEN),
        Some(newest) if clock.now.saturating_add(ZONES).is_ok_and(|it| it < newest) => {
            ("warn-package", newest)
        }
        _ => {
            let row = Row::new("host.clock_skew", CheckState::Pass);
            let variant = if clock.synchronised? {
                "pass"
            } else {
                "pass-alone"
            };
            return Some(row.variant(variant).judged());
        }
    };
    let synchronised = match clock.synchronised {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    };
    let command = if state.host.system.has_systemd {
        "sudo timedatectl set-time"
    } else {
        "sudo date --set"
    };
    let shown = |time: Timestamp| time.strftime("%Y-%m-%d %H:%M").to_string();
    Some(
        Row::new("host.clock_skew", CheckState::Warn)
            .variant(variant)
            .with("now", shown(clock.now))
            .with("since", shown(since))
            .with("command", command)
            .with("synchronised", synchronised)
            .judged(),
    )
}

/// SELinux lets containers read only what is labelled for them.
pub(super) fn selinux(state: &ObservedState, engine: &EngineInfo) -> Option<Judged> {
    let is_on = state.host.under.as_ref()?.kernel.selinux_enforcing;
    let is_asked = engine.secures_with("selinux") || engine.details.flavour == Flavour::Podman;
    if !is_on || !is_asked {
        return None;
    }
    let unlabelled = |service: &ServiceObserved| -> Vec<String> {
        let mounts = service.mounts.iter();
        mounts
            .filter(|(_, target)| !service.wishes.relabelled.contains(target))
            .map(|(source, _)| source.clone())
            .collect()
    };
    let mut sources: Vec<String> = state
        .services
        .iter()
        .filter(|service| !service.wishes.unconfined)
        .flat_map(unlabelled)
        .collect();
    sources.sort();
    sources.dedup();
    let first = sources.first()?.clone();
    // What the compose file does not label is fine once somebody else has.
    let is_mounted = |file: &Labelled| {
        let mut sources = sources.iter();
        sources.any(|source| file.path.starts_with(source))
    };
    let seen = state.host.unlabelled.as_ref();
    let mounted = seen.map(|all| {
        all.iter()
            .filter(|it| is_mounted(it))
            .cloned()
            .collect::<Vec<_>>()
    });
    if mounted.as_ref().is_some_and(Vec::is_empty) {
        return None;
    }
    let fix = mounted
        .zip(state.host.chcon.clone())
        .map(|(before, program)| relabel(state, Relabel { program, before }));
    Some(
        Row::new("perm.selinux", CheckState::Warn)
            .subject(first.as_str())
            .with("count", sources.len())
            .with("path", first)
            .with("folder", state.directory.as_str())
            .with("how", if fix.is_some() { "fix" } else { "hand" })
            .offer(fix)
            .judged(),
    )
}

/// A proxy that containers are handed stands between services, unless their names are excepted from it.
pub(super) fn proxy(state: &ObservedState) -> Option<Judged> {
    let names: Vec<&str> = state.services.iter().map(|it| it.name.as_str()).collect();
    if names.len() < 2 {
        return None;
    }
    let given = state.host.proxies.as_ref();
    let own = |service: &ServiceObserved, name: &str| {
        let upper = name.to_uppercase();
        let value = service
            .environment
            .get(name)
            .or(service.environment.get(&upper));
        value.map(|value| value.clone().unwrap_or_default())
    };
    let except = |service: &ServiceObserved| {
        let except = own(service, "no_proxy").or_else(|| given.map(|it| it.except.clone()));
        except.unwrap_or_default()
    };
    let caught = |service: &&ServiceObserved| {
        let proxy = own(service, "http_proxy").or_else(|| given.map(|it| it.proxy.clone()));
        let except = except(service);
        let is_excepted = |name: &str| {
            let mut words = except.split(',').map(str::trim);
            words.any(|word| word == "*" || word == name)
        };
        let others: Vec<&str> = names
            .iter()
            .copied()
            .filter(|it| *it != service.name)
            .collect();
        proxy.is_some_and(|proxy| !proxy.is_empty()) && !others.iter().all(|it| is_excepted(it))
    };
    let caught: Vec<&ServiceObserved> = state.services.iter().filter(caught).collect();
    if caught.is_empty() {
        return None;
    }
    let wanted = caught.iter().map(|service| {
        let except = exceptions(&except(service), &names);
        (service.name.clone(), except)
    });
    let fix = past_the_proxy(state, &wanted.collect());
    let services: Vec<&str> = caught.iter().map(|service| service.name.as_str()).collect();
    let row = Row::new("net.proxy", CheckState::Warn)
        .subject(services.join(", "))
        .with("services", format::list(&services))
        .with("names", names.join(","))
        .with("how", if fix.is_some() { "fix" } else { "hand" })
        .offer(fix);
    Some(match given {
        Some(given) => row
            .variant("warn-file")
            .with("file", given.file.as_str())
            .judged(),
        None => row.judged(),
    })
}

/// Offers to except the services' names from the proxy, in a file over the vendor's.
fn past_the_proxy(state: &ObservedState, wanted: &BTreeMap<String, String>) -> Option<Proposal> {
    let Ok(Some(sources)) = &state.sources else {
        return None;
    };
    let (path, changes) = way(sources, state.reader, wanted).ok()?;
    let services: Vec<&str> = wanted.keys().map(String::as_str).collect();
    let place = path.strip_prefix(&sources.directory).unwrap_or(&path);
    Some(Proposal {
        id: format!("net.proxy:{}", services.join("+")),
        risk: Risk::Confirm,
        effect: Text::new("fix-no-proxy")
            .with("services", format::list(&services))
            .with("place", place.as_str()),
        changes,
    })
}

/// Offers to label what services mount, in the package only.
fn relabel(state: &ObservedState, relabel: Relabel) -> Proposal {
    Proposal {
        id: "perm.selinux:package".into(),
        risk: Risk::Confirm,
        effect: Text::new("fix-relabel")
            .with("count", relabel.before.len())
            .with("folder", state.directory.as_str()),
        changes: vec![Change::Admin {
            change: AdminChange::Relabel { relabel },
        }],
    }
}
