//! The evidence for a state, in one sentence.

use super::startup::Expected;
use super::state::seconds_since;
use crate::api::status::{ContainerState, Health, ServiceState, Verdict};
use crate::compose::project::Service;
use crate::engine::ContainerFacts;
use crate::text::{Text, format};
use jiff::Timestamp;

/// For so many seconds a restart by the engine is worth a word.
const RESTART_MATTERS: i64 = 3600;

/// What is known of a service besides its container.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known<'a> {
    /// A stop on purpose is known.
    pub on_purpose: bool,
    pub blocked_by: Option<&'a str>,
    pub expected: Option<Expected>,
}

/// Returns the sentence of a service card.
pub(super) fn service_sentence(
    service: &Service,
    state: ServiceState,
    container: Option<&ContainerFacts>,
    known: &Known<'_>,
    now: Timestamp,
) -> Text {
    let Some(container) = container else {
        return waiting(known.blocked_by);
    };
    if !container.answered && state != ServiceState::NotCreated {
        return Text::new("service-unanswered").with("state", container.state.word());
    }
    let uptime = seconds_since(container.started_at, now).unwrap_or(0).max(0);
    match state {
        ServiceState::NotCreated => waiting(known.blocked_by),
        ServiceState::Starting if container.restart_count > 0 => {
            restarts("service-restarted", "service-restarted-runs", container)
        }
        ServiceState::Starting
            if let (Health::Starting, Some(expected)) = (container.health, known.expected) =>
        {
            coming_up(expected, uptime)
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
        ServiceState::Running | ServiceState::Healthy if is_back(container, now) => {
            let key = match state {
                ServiceState::Healthy => "service-healthy-again",
                _ => "service-running-again",
            };
            Text::new(key)
                .with("duration", coarse(uptime))
                .with("count", container.restart_count)
        }
        ServiceState::Running => Text::new("service-running"),
        ServiceState::Healthy if fails_now_and_then(&container.probes) => {
            probes("service-healthy-flaky", container)
        }
        ServiceState::Healthy if uptime < 60 => Text::new("service-healthy"),
        ServiceState::Healthy => Text::new("service-healthy-for").with("duration", coarse(uptime)),
        ServiceState::Unhealthy if answers_now_and_then(&container.probes) => {
            probes("service-unhealthy-flaky", container)
        }
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
        ServiceState::Stopped if known.on_purpose => Text::new("service-stopped"),
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

/// How a start-up compares with what is expected; the time so far is beside it wherever it is shown.
fn coming_up(expected: Expected, uptime: i64) -> Text {
    #[allow(clippy::cast_precision_loss, reason = "seconds of one start-up")]
    let exceeded = expected.is_exceeded(uptime as f64);
    let key = match (expected, exceeded) {
        (Expected::LastTime(_), false) => "service-starting-last",
        (Expected::LastTime(_), true) => "service-starting-longer",
        (Expected::Vendor(_), false) => "service-starting-vendor",
        (Expected::Vendor(_), true) => "service-starting-vendor-longer",
    };
    Text::new(key).with("duration", format::duration(expected.seconds()))
}

/// It runs again after the engine had to restart it, and that is not long ago.
fn is_back(container: &ContainerFacts, now: Timestamp) -> bool {
    container.restart_count > 0
        && seconds_since(container.finished_at, now).is_some_and(|ago| ago < RESTART_MATTERS)
}

/// A check failed after one had passed: of a start-up that would be no news.
fn fails_now_and_then(probes: &[bool]) -> bool {
    let first = probes.iter().position(|passed| *passed);
    first.is_some_and(|first| probes[first..].contains(&false))
}

/// A check passed between two that failed.
fn answers_now_and_then(probes: &[bool]) -> bool {
    let first = probes.iter().position(|passed| !*passed);
    first.is_some_and(|first| fails_now_and_then(&probes[first..]))
}

/// How many of the checks the engine remembers (the last five) have failed.
fn probes(key: &'static str, container: &ContainerFacts) -> Text {
    let failed = container.probes.iter().filter(|passed| !**passed).count();
    Text::new(key)
        .with("failed", failed)
        .with("count", container.probes.len())
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
    kept_down: usize,
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
        .with("kept", kept_down)
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
                &Known::default(),
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
                &Known {
                    on_purpose,
                    ..Known::default()
                },
                at(9),
            )
            .to_string()
        };
        assert_eq!(said(true), "Stopped on purpose.");
        assert!(!said(false).contains("on purpose."), "{}", said(false));
    }

    fn sentence(
        state: ServiceState,
        expected: Option<Expected>,
        change: fn(&mut ContainerFacts),
    ) -> String {
        let mut container = facts("db");
        change(&mut container);
        let known = Known {
            expected,
            ..Known::default()
        };
        let service = Service::default();
        service_sentence(&service, state, Some(&container), &known, at(60)).to_string()
    }

    #[test]
    fn a_start_up_is_compared_with_the_last_one_or_with_what_the_vendor_says() {
        let starting = |expected| {
            sentence(ServiceState::Starting, expected, |db| {
                db.health = Health::Starting;
            })
        };
        let last = starting(Some(Expected::LastTime(130.0)));
        assert!(last.contains("Last time it took 2 min 10 s"), "{last}");
        let longer = starting(Some(Expected::LastTime(20.0)));
        assert!(
            longer.contains("longer than the last time (20 s)"),
            "{longer}"
        );
        let vendor = starting(Some(Expected::Vendor(90.0)));
        assert!(
            vendor.contains("vendor") && vendor.contains("1 min 30 s"),
            "{vendor}"
        );
        assert!(!starting(None).contains("time"), "{}", starting(None));
    }

    #[test]
    fn a_service_that_answers_now_and_then_is_said_to() {
        let said = |state, probes: &[bool]| {
            let mut container = facts("db");
            container.health = Health::Healthy;
            container.probes = probes.to_vec();
            let service = Service::default();
            service_sentence(
                &service,
                state,
                Some(&container),
                &Known::default(),
                at(600),
            )
            .to_string()
        };
        let flaky = said(ServiceState::Healthy, &[true, false, true, false, true]);
        assert!(flaky.contains("2 of its last 5"), "{flaky}");
        let came_up = said(ServiceState::Healthy, &[false, false, true, true, true]);
        assert!(!came_up.contains("failed"), "{came_up}");
        let now_and_then = said(ServiceState::Unhealthy, &[false, true, false, false, false]);
        assert!(now_and_then.contains("4 of its last 5"), "{now_and_then}");
        let down = said(ServiceState::Unhealthy, &[true, false, false, false, false]);
        assert!(
            down.contains("in a row") || down.contains("has failed"),
            "{down}"
        );
        let back = sentence(ServiceState::Healthy, None, |db| {
            db.restart_count = 2;
            db.finished_at = Some(at(-5));
        });
        assert!(back.contains("restart it 2 times"), "{back}");
    }
}
