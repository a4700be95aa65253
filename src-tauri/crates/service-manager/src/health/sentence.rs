//! The evidence for a state, in one sentence.

use super::state::seconds_since;
use crate::api::status::{Health, ServiceState, Verdict};
use crate::compose::project::Service;
use crate::engine::ContainerFacts;
use crate::text::{Text, format};
use jiff::Timestamp;

/// Returns the sentence of a service card.
pub(super) fn service_sentence(
    service: &Service,
    state: ServiceState,
    container: Option<&ContainerFacts>,
    blocked_by: Option<&str>,
    now: Timestamp,
) -> Text {
    let Some(container) = container else {
        return waiting(blocked_by);
    };
    let uptime = seconds_since(container.started_at, now).unwrap_or(0).max(0);
    match state {
        ServiceState::NotCreated => waiting(blocked_by),
        ServiceState::Starting if container.restart_count > 0 => Text::new("service-restarted")
            .with("count", container.restart_count)
            .with("code", container.exit_code),
        ServiceState::Starting
            if container.health == Health::Starting && container.failing_streak > 0 =>
        {
            Text::new("service-starting-asked").with("count", container.failing_streak)
        }
        ServiceState::Starting if container.health == Health::Starting => {
            Text::new("service-starting-health")
        }
        ServiceState::Starting => Text::new("service-starting"),
        ServiceState::Running if service.one_shot => Text::new("service-job-running"),
        ServiceState::Running => Text::new("service-running"),
        ServiceState::Healthy if uptime < 60 => Text::new("service-healthy"),
        ServiceState::Healthy => Text::new("service-healthy-for").with("duration", coarse(uptime)),
        ServiceState::Unhealthy => {
            Text::new("service-unhealthy").with("count", container.failing_streak)
        }
        ServiceState::CrashLooping => Text::new("service-crash-looping")
            .with("count", container.restart_count)
            .with("code", container.exit_code),
        ServiceState::Completed => Text::new("service-completed"),
        ServiceState::Failed if container.oom_killed => {
            Text::new("service-failed-memory").with("code", container.exit_code)
        }
        ServiceState::Failed if !container.error.is_empty() => {
            Text::new("service-failed-start").with("error", container.error.as_str())
        }
        ServiceState::Failed => Text::new("service-failed").with("code", container.exit_code),
        ServiceState::Stopped => Text::new("service-stopped"),
        ServiceState::Paused => Text::new("service-paused"),
    }
}

fn waiting(blocked_by: Option<&str>) -> Text {
    match blocked_by {
        Some(blocker) => Text::new("service-waiting").with("service", blocker),
        None => Text::new("service-not-created"),
    }
}

/// Returns the sentence of the whole.
pub(super) fn verdict_sentence(
    verdict: Verdict,
    running: usize,
    total: usize,
    trouble: &[&str],
) -> Text {
    let text = Text::new(match verdict {
        Verdict::EngineUnreachable => "verdict-engine-unreachable",
        Verdict::NotDeployed => "verdict-not-deployed",
        Verdict::Stopped => "verdict-stopped",
        Verdict::WillNotRecover => "verdict-will-not-recover",
        Verdict::Converging => "verdict-converging",
        Verdict::Degraded => "verdict-degraded",
        Verdict::Ready => "verdict-ready",
    });
    text.with("running", running)
        .with("total", total)
        .with("count", trouble.len())
        .with("services", trouble.join(", "))
}

/// A duration that changes once a minute, so that a quiet screen stays quiet.
fn coarse(seconds: i64) -> Text {
    format::duration((seconds - seconds % 60) as f64)
}
