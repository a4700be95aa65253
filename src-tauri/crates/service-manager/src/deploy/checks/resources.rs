//! Memory and processors as the engine sees them, which in a virtual machine are fewer than the computer's.

use super::{Judged, ObservedState, Row};
use crate::api::check::CheckState;
use crate::compose::{Generation, Version};
use crate::engine::EngineInfo;
use crate::text::format;

/// Of a computer sold with 8 GiB the system keeps a part for itself: what is missed by less than this is not missed.
const LEEWAY: f64 = 0.9;

pub(super) fn check(state: &ObservedState, engine: &EngineInfo) -> Vec<Judged> {
    let mut checks = Vec::new();
    checks.extend(memory(state, engine));
    checks.extend(processors(state, engine));
    checks
}

#[allow(clippy::cast_precision_loss, reason = "compares sizes")]
fn memory(state: &ObservedState, engine: &EngineInfo) -> Option<Judged> {
    let found = engine.memory?;
    let row = |verdict, wanted: u64| {
        Row::new("host.low_memory", verdict)
            .with("found", format::bytes(found))
            .with("wanted", format::bytes(wanted))
    };
    let is_machine = engine.details.flavour.is_machine();
    if let Some(wanted) = state.requirements.memory {
        if (found as f64) < LEEWAY * wanted as f64 {
            let variant = if is_machine { "block-machine" } else { "block" };
            return Some(row(CheckState::Block, wanted).variant(variant).judged());
        }
        return Some(row(CheckState::Pass, wanted).judged());
    }
    let reserved: u64 = state
        .services
        .iter()
        .filter_map(|service| {
            let bytes = service.wishes.memory_reservation?;
            Some(bytes.saturating_mul(u64::from(service.replicas)))
        })
        .sum();
    if reserved > found {
        let variant = if is_machine { "warn-machine" } else { "warn" };
        return Some(row(CheckState::Warn, reserved).variant(variant).judged());
    }
    let (service, limit) = state
        .services
        .iter()
        .filter_map(|service| Some((service, service.wishes.memory_limit?)))
        .max_by_key(|(_, limit)| *limit)?;
    (limit > found).then(|| {
        row(CheckState::Warn, limit)
            .variant("warn-limit")
            .subject(service.name.as_str())
            .with("service", service.name.as_str())
            .judged()
    })
}

/// The engine refuses a container that is limited to more processors than there are.
#[allow(clippy::cast_precision_loss, reason = "counts processors")]
fn processors(state: &ObservedState, engine: &EngineInfo) -> Vec<Judged> {
    let Some(found) = engine.cpus else {
        return Vec::new();
    };
    let mut checks = Vec::new();
    if let Some(wanted) = state.requirements.cpus
        && (found as f64) < LEEWAY * wanted
    {
        checks.push(
            Row::new("host.low_cpu", CheckState::Block)
                .with("found", found)
                .with("wanted", wanted.to_string())
                .judged(),
        );
    }
    // Compose v1 leaves `deploy.resources` out unless it is told otherwise.
    let is_v1 = state.compose_version.as_ref().map(Version::generation) == Some(Generation::V1);
    let verdict = if is_v1 {
        CheckState::Warn
    } else {
        CheckState::Block
    };
    let variant = if is_v1 { "warn-limit" } else { "block-limit" };
    let too_many = state
        .services
        .iter()
        .filter_map(|service| Some((service, service.wishes.cpu_limit?)))
        .filter(|(_, limit)| *limit > found as f64);
    checks.extend(too_many.map(|(service, limit)| {
        Row::new("host.low_cpu", verdict)
            .variant(variant)
            .subject(service.name.as_str())
            .with("service", service.name.as_str())
            .with("found", found)
            .with("wanted", limit.to_string())
            .judged()
    }));
    checks
}
