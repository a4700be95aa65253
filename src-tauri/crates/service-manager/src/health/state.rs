//! The state of one container, by the contract's rules.

use crate::api::status::{ContainerState, Health, ServiceState};
use crate::compose::project::Service;
use crate::engine::ContainerFacts;
use jiff::Timestamp;

/// A service without a healthcheck must have run this long before "running" is said of it.
const SETTLED_SECONDS: i64 = 10;
/// From this many restarts on, a service that keeps exiting is not going to recover by itself.
pub(crate) const LOOPING_RESTARTS: u32 = 3;
/// A run shorter than this ...
pub(crate) const LOOPING_RUN_SECONDS: i64 = 60;
/// ... after an exit this recent belongs to the loop.
const LOOPING_EXIT_SECONDS: i64 = 120;

/// What a single container's state depends on besides its own facts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings {
    /// When the last stop on purpose of this container was, if one is known.
    pub stopped_at: Option<Timestamp>,
    /// Any container of the project runs.
    pub any_running: bool,
    pub now: Timestamp,
}

/// Returns the state of a container.
pub(super) fn container_state(container: &ContainerFacts, around: Surroundings) -> ServiceState {
    match container.state {
        ContainerState::Paused => ServiceState::Paused,
        ContainerState::Restarting if container.restart_count >= LOOPING_RESTARTS => {
            ServiceState::CrashLooping
        }
        ContainerState::Restarting => ServiceState::Starting,
        ContainerState::Running => running_state(container, around.now),
        // Engines from 28 on leave a container `created` when its ports could not be had (moby daemon/monitor.go).
        ContainerState::Created if !container.error.is_empty() => ServiceState::Failed,
        ContainerState::Created | ContainerState::Removing => ServiceState::NotCreated,
        ContainerState::Exited | ContainerState::Dead => ended_state(container, around),
    }
}

fn running_state(container: &ContainerFacts, now: Timestamp) -> ServiceState {
    let run = seconds_since(container.started_at, now).unwrap_or(0);
    let recent_exit =
        seconds_since(container.finished_at, now).is_some_and(|age| age < LOOPING_EXIT_SECONDS);
    if container.restart_count >= LOOPING_RESTARTS && recent_exit && run < LOOPING_RUN_SECONDS {
        return ServiceState::CrashLooping;
    }
    match container.health {
        Health::Healthy => ServiceState::Healthy,
        Health::Unhealthy => ServiceState::Unhealthy,
        Health::Starting => ServiceState::Starting,
        Health::None if run < SETTLED_SECONDS => ServiceState::Starting,
        Health::None => ServiceState::Running,
    }
}

/// "Stopped" is asked before "completed" and "failed": whoever stops a service on purpose must not be told it failed.
fn ended_state(container: &ContainerFacts, around: Surroundings) -> ServiceState {
    let on_purpose = is_on_purpose(container, around.stopped_at);
    let kept_up = matches!(
        container.restart_policy.as_str(),
        "always" | "unless-stopped"
    );
    let terminated = container.exit_code == 143;
    let killed_with_all =
        container.exit_code == 137 && !container.oom_killed && !around.any_running;
    if container.error.is_empty() && (on_purpose || kept_up || terminated || killed_with_all) {
        ServiceState::Stopped
    } else if container.exit_code == 0 && container.error.is_empty() {
        ServiceState::Completed
    } else {
        ServiceState::Failed
    }
}

/// Whether a stop that is known belongs to the container's last run.
pub(super) fn is_on_purpose(container: &ContainerFacts, stopped_at: Option<Timestamp>) -> bool {
    stopped_at.is_some_and(|stop| container.started_at.is_none_or(|start| stop >= start))
}

/// The worse of two states of containers of one service.
pub(super) fn worse(a: ServiceState, b: ServiceState) -> ServiceState {
    const WORST_FIRST: [ServiceState; 10] = [
        ServiceState::Failed,
        ServiceState::CrashLooping,
        ServiceState::Unhealthy,
        ServiceState::Paused,
        ServiceState::Stopped,
        ServiceState::NotCreated,
        ServiceState::Starting,
        ServiceState::Running,
        ServiceState::Healthy,
        ServiceState::Completed,
    ];
    let rank = |state| WORST_FIRST.iter().position(|other| *other == state);
    if rank(a) <= rank(b) { a } else { b }
}

/// Whether a service is up: something of it runs and is not caught in a loop.
pub(crate) const fn is_up(state: ServiceState) -> bool {
    matches!(
        state,
        ServiceState::Running
            | ServiceState::Healthy
            | ServiceState::Starting
            | ServiceState::Unhealthy
    )
}

/// Whether a service is what it should be.
pub(super) fn is_good(state: ServiceState, service: &Service) -> bool {
    match state {
        ServiceState::Healthy | ServiceState::Completed => true,
        ServiceState::Running => !service.one_shot,
        _ => false,
    }
}

/// Returns how many whole seconds ago something was.
pub(super) fn seconds_since(time: Option<Timestamp>, now: Timestamp) -> Option<i64> {
    time.map(|time| now.as_second() - time.as_second())
}

#[cfg(test)]
mod tests {
    use super::super::snapshot::tests::{at, facts};
    use super::*;

    fn state(change: impl FnOnce(&mut ContainerFacts)) -> ServiceState {
        let mut container = facts("web");
        change(&mut container);
        container_state(
            &container,
            Surroundings {
                stopped_at: None,
                any_running: true,
                now: at(1000),
            },
        )
    }

    #[test]
    fn without_a_healthcheck_it_is_starting_for_ten_seconds_then_running() {
        assert_eq!(
            state(|c| c.started_at = Some(at(991))),
            ServiceState::Starting
        );
        assert_eq!(
            state(|c| c.started_at = Some(at(990))),
            ServiceState::Running
        );
    }

    #[test]
    fn a_crash_loop_is_recognised_although_the_engine_says_running() {
        let looping = |c: &mut ContainerFacts| {
            c.restart_count = 3;
            c.finished_at = Some(at(950));
            c.started_at = Some(at(951));
        };
        assert_eq!(state(looping), ServiceState::CrashLooping);
        assert_eq!(
            state(|c| {
                looping(c);
                c.restart_count = 2;
            }),
            ServiceState::Running,
            "two restarts are not yet a loop"
        );
        assert_eq!(
            state(|c| {
                looping(c);
                c.finished_at = Some(at(880));
                c.started_at = Some(at(881));
            }),
            ServiceState::Running,
            "a run of two minutes has left the loop"
        );
        assert_eq!(
            state(|c| {
                c.state = ContainerState::Restarting;
                c.restart_count = 3;
            }),
            ServiceState::CrashLooping
        );
    }

    #[test]
    fn ended_containers_are_told_apart() {
        let ended = |exit_code, policy: &str| {
            state(|c| {
                c.state = ContainerState::Exited;
                c.exit_code = exit_code;
                c.restart_policy = policy.into();
            })
        };
        assert_eq!(ended(0, "no"), ServiceState::Completed);
        assert_eq!(ended(7, "no"), ServiceState::Failed);
        assert_eq!(ended(7, "on-failure"), ServiceState::Failed);
        assert_eq!(ended(143, "no"), ServiceState::Stopped);
        assert_eq!(
            ended(137, "no"),
            ServiceState::Failed,
            "others still run, so nobody stopped the project"
        );
        assert_eq!(
            ended(0, "always"),
            ServiceState::Stopped,
            "a kept-up service that is down was stopped"
        );
    }

    #[test]
    fn a_stop_on_purpose_counts_only_after_the_last_start() {
        let mut container = facts("web");
        container.state = ContainerState::Exited;
        container.exit_code = 7;
        container.started_at = Some(at(500));
        let around = |stop| Surroundings {
            stopped_at: Some(at(stop)),
            any_running: true,
            now: at(1000),
        };
        assert_eq!(
            container_state(&container, around(600)),
            ServiceState::Stopped
        );
        assert_eq!(
            container_state(&container, around(400)),
            ServiceState::Failed
        );
    }

    #[test]
    fn a_container_left_created_with_an_error_has_failed() {
        assert_eq!(
            state(|c| {
                c.state = ContainerState::Created;
                c.error = "failed to set up container networking: port is already allocated".into();
            }),
            ServiceState::Failed
        );
        assert_eq!(
            state(|c| c.state = ContainerState::Created),
            ServiceState::NotCreated
        );
    }
}
