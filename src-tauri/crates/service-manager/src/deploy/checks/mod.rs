//! The checks: pure judgements over observed facts. Each file is one subject; ids are those of the failure catalogue.
//!
//! A failed prerequisite hides its consequences: without an engine nobody is told that ports could not be looked at.

mod compose;
mod data_dirs;
mod disk;
mod engine;
mod env;
mod flavour;
mod gpu;
mod host;
mod images;
mod kernel;
mod location;
mod mounts;
mod names;
mod networks;
mod ports;
mod reboot;
mod resources;
mod row;
mod script_texts;
mod scripts;
mod volumes;

use super::observe::ObservedState;
use crate::api::check::{Check, CheckState, CheckVerdict};
use crate::api::package::{Finding, Severity};
use crate::images::archive::Archive;
pub(in crate::deploy) use flavour::sysctl;
pub(in crate::deploy) use names::leftover;
pub(crate) use row::Judged;
use row::Row;

/// Returns every check, blockers first.
pub(crate) fn run(
    state: &ObservedState,
    archives: &[Archive],
    findings: &[Finding],
) -> Vec<Judged> {
    let mut checks = vec![engine::check(state)];
    // Where no Docker is, Compose comes with it; one that is there and does not run is another matter.
    let comes_with_it = state.compose.is_none() && state.compose_broken.is_none();
    if !(comes_with_it && checks[0].check.id == "engine.not_installed") {
        checks.extend(compose::check(state));
    }
    checks.extend(host::clock(state));
    checks.extend(host::proxy(state));
    let values = env::check(state);
    checks.extend(package_findings(findings, &values));
    checks.extend(values);
    checks.extend(location::check(state));
    checks.extend(location::listed(state));
    checks.extend(mounts::check(state));
    checks.extend(data_dirs::check(state));
    checks.extend(scripts::check(state));
    checks.extend(script_texts::check(state));
    if let Ok(engine) = &state.engine {
        checks.extend(engine::version(state, engine));
        checks.extend(flavour::check(state, engine));
        checks.extend(kernel::check(state, engine));
        checks.extend(resources::check(state, engine));
        checks.extend(gpu::check(state, engine));
        checks.extend(host::selinux(state, engine));
        checks.extend(images::check(state, archives));
        checks.extend(ports::check(state));
        checks.extend(names::check(state));
        checks.extend(networks::check(state));
        checks.extend(volumes::check(state));
        checks.extend(disk::check(state));
        checks.extend(reboot::check(state));
    }
    // Stable: within one state the order of the list above stays.
    checks.sort_by_key(|judged| match judged.check.state {
        CheckState::Block => 0,
        CheckState::Warn => 1,
        CheckState::Unknown => 2,
        CheckState::Pass => 3,
    });
    checks
}

/// Returns the blockers of an operation that starts these services and loads nothing.
pub(crate) fn not_loaded(
    state: &ObservedState,
    archives: &[Archive],
    services: &[String],
) -> Vec<Judged> {
    images::not_loaded(state, archives, services)
}

/// Returns the checks as the contract shows them.
pub(crate) fn views(judged: Vec<Judged>) -> Vec<Check> {
    judged.into_iter().map(|judged| judged.check).collect()
}

/// Returns the sum of all checks.
pub(crate) fn verdict(checks: &[Judged]) -> CheckVerdict {
    let any = |state| checks.iter().any(|judged| judged.check.state == state);
    if any(CheckState::Block) {
        CheckVerdict::Blocked
    } else if any(CheckState::Warn) || any(CheckState::Unknown) {
        CheckVerdict::Warnings
    } else {
        CheckVerdict::Ready
    }
}

/// What reading the package found; a damaged archive blocks only where a service needs it, which `images` decides.
fn package_findings(findings: &[Finding], values: &[Judged]) -> Vec<Judged> {
    findings
        .iter()
        .filter(|finding| !env::says_more(values, finding))
        .filter(|finding| finding.severity != Severity::Info)
        // The check of the same id says more, and what can be done.
        .filter(|finding| {
            !matches!(
                finding.id.as_str(),
                "mount.source_missing" | "mount.file_vs_dir"
            )
        })
        .map(|finding| Judged {
            check: Check {
                id: finding.id.clone(),
                state: CheckState::Warn,
                subject: finding.file.clone(),
                params: finding.params.clone(),
                found: None,
                required: None,
                message: finding.message.clone(),
                why: None,
                steps: Vec::new(),
                fixes: Vec::new(),
            },
            proposals: Vec::new(),
        })
        .collect()
}

#[cfg(test)]
pub(in crate::deploy) mod tests;
