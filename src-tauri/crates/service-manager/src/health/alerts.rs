//! When somebody who is not looking is told: a trouble that lasts, once; its end, once; nothing while it is our own doing.
//!
//! Pure: snapshots and a monotonic time go in, alerts come out.

use crate::api::status::{EngineState, ServiceState, ServiceStatus, StatusSnapshot};
use crate::text::Text;
use std::collections::BTreeMap;
use std::time::Duration;

/// A trouble that is over before this was none.
const SUSTAINED: Duration = Duration::from_secs(30);
/// What is well for so long is well again.
const RECOVERED: Duration = Duration::from_secs(10);
/// What was told and came back is not told again before this.
const COOLDOWN: Duration = Duration::from_mins(10);

/// The engine has a place among the services; no service can be called so.
const ENGINE: &str = "";

/// Something to tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    /// Trouble, or its end.
    pub is_trouble: bool,
    /// `Orders is not answering`
    pub title: Text,
    /// The service's own sentence.
    pub body: Text,
}

/// What is known about one service (or the engine).
#[derive(Debug, Default)]
struct Watched {
    /// Since when it has been as it is; none before it was seen in trouble.
    since: Duration,
    troubled: bool,
    /// The person knows of the trouble.
    told: bool,
    last_told: Option<Duration>,
}

/// Decides what is told.
#[derive(Debug, Default)]
pub(crate) struct Alerts {
    watched: BTreeMap<String, Watched>,
}

impl Alerts {
    /// Takes the newest snapshot. `busy`: an operation of ours runs, so that what changes is its doing. `now` is the
    /// time since any fixed moment.
    pub(crate) fn hear(
        &mut self,
        snapshot: &StatusSnapshot,
        busy: bool,
        now: Duration,
    ) -> Vec<Alert> {
        let lost = snapshot.engine.state == EngineState::Unreachable;
        let mut alerts = Vec::new();
        let engine = self.watch(ENGINE, Some(lost), busy, now);
        alerts.extend(engine.map(|is_trouble| engine_alert(is_trouble, snapshot)));
        for service in &snapshot.services {
            // Nobody knows how a service is while the engine is gone.
            let troubled = (!lost).then(|| is_troubled(service)).flatten();
            let told = self.watch(&service.name, troubled, busy, now);
            alerts.extend(told.map(|is_trouble| service_alert(is_trouble, service)));
        }
        alerts
    }

    /// Returns whether something has to be looked at again although nothing changes.
    pub(crate) fn is_waiting(&self) -> bool {
        self.watched.values().any(|it| it.troubled != it.told)
    }

    /// Answers whether trouble (or its end) is to be told now. None: it is neither in trouble nor well, and stays as it was.
    fn watch(
        &mut self,
        name: &str,
        troubled: Option<bool>,
        busy: bool,
        now: Duration,
    ) -> Option<bool> {
        let entry = self.watched.entry(name.to_owned()).or_default();
        let troubled = troubled?;
        if troubled != entry.troubled {
            entry.troubled = troubled;
            entry.since = now;
        }
        if busy {
            entry.since = now;
            return None;
        }
        let lasted = now.saturating_sub(entry.since);
        if troubled && !entry.told && lasted >= SUSTAINED {
            let cool = entry
                .last_told
                .is_none_or(|last| now.saturating_sub(last) >= COOLDOWN);
            if cool {
                entry.told = true;
                entry.last_told = Some(now);
                return Some(true);
            }
        }
        if !troubled && entry.told && lasted >= RECOVERED {
            entry.told = false;
            return Some(false);
        }
        None
    }
}

/// Whether Docker no longer answers about it: what was known last may be long over.
fn is_silent(service: &ServiceStatus) -> bool {
    service.containers.iter().any(|it| !it.answered)
}

/// None for what is on its way, or was stopped by somebody: neither trouble nor its end.
fn is_troubled(service: &ServiceStatus) -> Option<bool> {
    match service.state {
        ServiceState::Unhealthy | ServiceState::CrashLooping | ServiceState::Failed => Some(true),
        ServiceState::Running | ServiceState::Healthy | ServiceState::Completed => {
            Some(is_silent(service))
        }
        ServiceState::NotCreated
        | ServiceState::Starting
        | ServiceState::Stopped
        | ServiceState::Paused => None,
    }
}

fn service_alert(is_trouble: bool, service: &ServiceStatus) -> Alert {
    let key = if is_trouble {
        "alert-service"
    } else {
        "alert-service-over"
    };
    Alert {
        is_trouble,
        title: Text::new(key)
            .with("service", &service.title)
            .with("state", service.state.word()),
        body: service.sentence.clone(),
    }
}

fn engine_alert(is_trouble: bool, snapshot: &StatusSnapshot) -> Alert {
    let key = if is_trouble {
        "alert-engine"
    } else {
        "alert-engine-over"
    };
    Alert {
        is_trouble,
        title: Text::new(key),
        body: snapshot.sentence.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::status::{ContainerState, ContainerStatus, EngineStatus, Health, Verdict};
    use jiff::Timestamp;

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn snapshot(state: ServiceState, engine: EngineState) -> StatusSnapshot {
        StatusSnapshot {
            verdict: Verdict::Ready,
            sentence: Text::verbatim("all"),
            engine: EngineStatus {
                state: engine,
                version: None,
                api_version: None,
                platform: None,
                reason: None,
            },
            services: vec![ServiceStatus {
                name: "orders".into(),
                title: "Orders".into(),
                state,
                sentence: Text::verbatim("as it is"),
                blocked_by: None,
                containers: Vec::new(),
                ports: Vec::new(),
                links: Vec::new(),
                diagnoses: Vec::new(),
            }],
            running: 0,
            total: 1,
            at: Timestamp::UNIX_EPOCH,
        }
    }

    fn container(answered: bool) -> ContainerStatus {
        ContainerStatus {
            name: "demo-orders-1".into(),
            id: "1f".into(),
            answered,
            state: ContainerState::Running,
            health: Health::Healthy,
            exit_code: None,
            restart_count: 0,
            oom_killed: false,
            started_at: None,
            finished_at: None,
        }
    }

    /// `seconds: state` in order; `!` before the state: during an operation of ours. Returns what was told and when.
    fn told(story: &[(u64, &str)]) -> Vec<(u64, bool)> {
        let mut alerts = Alerts::default();
        let mut told = Vec::new();
        let mut current = "healthy";
        let last = story.last().map_or(0, |(second, _)| *second);
        for second in 0..=last {
            if let Some((_, state)) = story.iter().find(|(at, _)| *at == second) {
                current = state;
            }
            let word = current.trim_start_matches('!');
            let is_silent = word == "silent";
            let (state, engine) = if is_silent {
                (ServiceState::Healthy, EngineState::Connected)
            } else if word == "gone" {
                (ServiceState::Healthy, EngineState::Unreachable)
            } else {
                let found = ServiceState::ALL.iter().find(|state| state.word() == word);
                (*found.expect("a state"), EngineState::Connected)
            };
            let mut now = snapshot(state, engine);
            now.services[0].containers = vec![container(!is_silent)];
            let heard = alerts.hear(&now, current.starts_with('!'), at(second));
            told.extend(heard.iter().map(|alert| (second, alert.is_trouble)));
        }
        told
    }

    #[test]
    fn a_trouble_that_lasts_is_told_once_and_so_is_its_end() {
        assert_eq!(
            told(&[(10, "unhealthy"), (100, "healthy"), (200, "healthy")]),
            [(40, true), (110, false)]
        );
        assert_eq!(
            told(&[(10, "crash-looping"), (39, "healthy"), (200, "healthy")]),
            []
        );
        assert_eq!(
            told(&[(10, "gone"), (60, "healthy"), (90, "healthy")]),
            [(40, true), (70, false)]
        );
    }

    #[test]
    fn nothing_is_told_while_it_is_our_own_doing() {
        assert_eq!(
            told(&[(10, "!unhealthy"), (100, "!healthy"), (200, "healthy")]),
            []
        );
        assert_eq!(
            told(&[(10, "!failed"), (100, "failed"), (200, "failed")]),
            [(129, true)],
            "what stays broken afterwards is told"
        );
    }

    #[test]
    fn what_docker_no_longer_answers_about_is_trouble_however_well_it_was() {
        assert_eq!(
            told(&[(10, "silent"), (60, "healthy"), (90, "healthy")]),
            [(40, true), (70, false)]
        );
        assert_eq!(
            told(&[(10, "silent"), (39, "healthy"), (90, "healthy")]),
            []
        );
        let mut silent = snapshot(ServiceState::Healthy, EngineState::Connected);
        silent.services[0].containers = vec![container(false)];
        let title = service_alert(true, &silent.services[0]).title.to_string();
        assert_eq!(title, "Docker no longer answers about Orders");
    }

    #[test]
    fn what_flaps_is_told_once_in_ten_minutes() {
        let mut story = vec![(1, "unhealthy")];
        for round in 1..8 {
            story.push((round * 60, "healthy"));
            story.push((round * 60 + 15, "unhealthy"));
        }
        let told = told(&story);
        assert_eq!(
            told.iter().filter(|(_, trouble)| *trouble).count(),
            1,
            "{told:?}"
        );
    }

    #[test]
    fn stopping_on_purpose_is_no_trouble_and_starting_no_end_of_it() {
        assert_eq!(told(&[(10, "stopped"), (200, "stopped")]), []);
        assert_eq!(
            told(&[
                (10, "failed"),
                (60, "starting"),
                (120, "healthy"),
                (140, "healthy")
            ]),
            [(40, true), (130, false)]
        );
    }
}
