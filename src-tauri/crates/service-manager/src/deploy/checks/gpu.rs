//! Graphics cards that services ask for: does the engine hand them out, and does their driver answer?

use super::{Judged, ObservedState, Row};
use crate::api::check::CheckState;
use crate::deploy::observe::services::ServiceObserved;
use crate::engine::EngineInfo;
use crate::text::format;

pub(super) fn check(state: &ObservedState, engine: &EngineInfo) -> Vec<Judged> {
    let runtimes = &engine.details.runtimes;
    let has = |name: &str| runtimes.iter().any(|runtime| runtime == name);
    let mut checks = Vec::new();
    // A runtime the engine does not know is refused when the container is made.
    for service in &state.services {
        if let Some(runtime) = service.wishes.runtime.as_deref()
            && !runtimes.is_empty()
            && !has(runtime)
        {
            let variant = if runtime == "nvidia" {
                "block"
            } else {
                "block-runtime"
            };
            checks.push(
                Row::new("gpu.toolkit_missing", CheckState::Block)
                    .variant(variant)
                    .subject(service.name.as_str())
                    .with("services", service.name.as_str())
                    .with("runtime", runtime)
                    .judged(),
            );
        }
    }
    let asking: Vec<&ServiceObserved> = state
        .services
        .iter()
        .filter(|service| service.wishes.gpu || service.wishes.runtime.as_deref() == Some("nvidia"))
        .collect();
    if asking.is_empty() || !checks.is_empty() {
        return checks;
    }
    let names: Vec<&str> = asking.iter().map(|service| service.name.as_str()).collect();
    let row = |id, verdict| {
        Row::new(id, verdict)
            .subject(names.join(", "))
            .with("services", format::list(&names))
    };
    let is_offered = has("nvidia") || !engine.details.cdi_folders.is_empty();
    checks.push(match &state.host.gpu {
        // Elsewhere nobody can look; a runtime of that name is a good sign.
        None if is_offered => row("gpu.toolkit_missing", CheckState::Pass).judged(),
        None => row("gpu.toolkit_missing", CheckState::Unknown).judged(),
        Some(gpu) if !is_offered && !gpu.has_toolkit => {
            row("gpu.toolkit_missing", CheckState::Block).judged()
        }
        Some(gpu) if !gpu.has_driver => row("gpu.driver_unavailable", CheckState::Block).judged(),
        Some(gpu) => match &gpu.complaint {
            Some(words) => row("gpu.driver_unavailable", CheckState::Warn)
                .with("words", words.as_str())
                .judged(),
            None => row("gpu.driver_unavailable", CheckState::Pass).judged(),
        },
    });
    checks
}
