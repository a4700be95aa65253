//! The evidence for a state, in one sentence.

use super::state::seconds_since;
use crate::api::status::{ContainerState, Health, ServiceState, Verdict};
use crate::compose::project::Service;
use crate::engine::ContainerFacts;
use crate::text::{Text, format};
use jiff::Timestamp;

/// Returns the sentence of a service card.
pub(super) fn service_sentence(
    service: &Service,
    state: ServiceState,
    container: Option<&ContainerFacts>,
    on_purpose: bool,
    blocked_by: Option<&str>,
    now: Timestamp,
) -> Text {
    let Some(container) = container else {
        return waiting(blocked_by);
    };
    let uptime = seconds_since(container.started_at, now).unwrap_or(0).max(0);
    match state {
        ServiceState::NotCreated => waiting(blocked_by),
        ServiceState::Starting if container.restart_count > 0 => {
            restarts("service-restarted", "service-restarted-runs", container)
        }
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
        ServiceState::CrashLooping => restarts(
            "service-crash-looping",
            "service-crash-looping-runs",
            container,
        ),
        ServiceState::Completed => Text::new("service-completed"),
        ServiceState::Failed if container.oom_killed => {
            Text::new("service-failed-memory").with("code", container.exit_code)
        }
        ServiceState::Failed if !container.error.is_empty() => {
            Text::new("service-failed-start").with("error", container.error.as_str())
        }
        ServiceState::Failed => Text::new("service-failed").with("code", container.exit_code),
        ServiceState::Stopped if on_purpose => Text::new("service-stopped"),
        // Its end only looks like a stop: an engine that crashed leaves the same behind (20.10).
        ServiceState::Stopped => Text::new("service-stopped-somehow"),
        ServiceState::Paused => Text::new("service-paused"),
    }
}

/// How often it was restarted, and with which code it ended. While it runs again the engine says 0 (20.10 to 26), which
/// is the code of no exit at all.
fn restarts(down: &'static str, up: &'static str, container: &ContainerFacts) -> Text {
    let text = if container.state == ContainerState::Running {
        Text::new(up)
    } else {
        Text::new(down).with("code", container.exit_code)
    };
    text.with("count", container.restart_count)
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
        .with("services", format::list(trouble))
}

/// A duration that changes once a minute, so that a quiet screen stays quiet.
fn coarse(seconds: i64) -> Text {
    format::duration((seconds - seconds % 60) as f64)
}

#[cfg(test)]
mod tests {
    use super::super::snapshot::tests::{at, facts};
    use super::*;

    #[test]
    fn a_loop_names_the_exit_code_only_while_there_is_one() {
        let said = |state, code| {
            let mut container = facts("web");
            container.state = state;
            container.exit_code = code;
            container.restart_count = 4;
            let state = ServiceState::CrashLooping;
            service_sentence(
                &Service::default(),
                state,
                Some(&container),
                false,
                None,
                at(9),
            )
            .to_string()
        };
        let down = said(ContainerState::Restarting, 3);
        assert!(down.contains("exit code 3"), "{down}");
        let up = said(ContainerState::Running, 0);
        assert!(up.contains("4 times") && !up.contains("code"), "{up}");
    }

    #[test]
    fn purpose_is_claimed_only_where_a_stop_is_known() {
        let said = |on_purpose| {
            let state = ServiceState::Stopped;
            let container = facts("web");
            service_sentence(
                &Service::default(),
                state,
                Some(&container),
                on_purpose,
                None,
                at(9),
            )
            .to_string()
        };
        assert_eq!(said(true), "Stopped on purpose.");
        assert!(!said(false).contains("on purpose."), "{}", said(false));
    }
}
