//! How long services take to come up: what is expected, and what is learned from watching. Pure.

use crate::api::status::{ServiceState, StatusSnapshot};

/// How long a service is expected to take until its health check passes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Expected {
    /// As long as the last time on this computer, in seconds.
    LastTime(f64),
    /// As long as the vendor says.
    Vendor(f64),
}

impl Expected {
    pub(super) const fn seconds(self) -> f64 {
        match self {
            Self::LastTime(seconds) | Self::Vendor(seconds) => seconds,
        }
    }

    /// Whether a service that has been starting for so long takes clearly longer than that.
    pub(super) fn is_exceeded(self, seconds: f64) -> bool {
        seconds > self.seconds() * 1.5 + 5.0
    }
}

/// Returns the services whose health check has just passed for the first time, and how many seconds that took. A start-up
/// with restarts in between tells nothing about the next one.
pub(super) fn learned(before: &StatusSnapshot, after: &StatusSnapshot) -> Vec<(String, f64)> {
    after
        .services
        .iter()
        .filter(|service| service.state == ServiceState::Healthy)
        .filter(|service| {
            let mut earlier = before.services.iter();
            let was = earlier.find(|was| was.name == service.name);
            was.is_some_and(|was| {
                was.state == ServiceState::Starting
                    && was
                        .containers
                        .iter()
                        .map(|it| &it.id)
                        .eq(service.containers.iter().map(|it| &it.id))
            })
        })
        .filter_map(|service| {
            let mut containers = service.containers.iter();
            if containers.any(|it| it.restart_count > 0 || !it.answered) {
                return None;
            }
            let started = service
                .containers
                .iter()
                .filter_map(|it| it.started_at)
                .min()?;
            let seconds = after.at.duration_since(started).as_secs_f64();
            (seconds > 0.0).then(|| (service.name.clone(), seconds))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::status::Health;
    use crate::compose::project::{Project, Service};
    use crate::engine::{ContainerFacts, EngineInfo};
    use crate::health::reduce::{Input, World, reduce};
    use crate::health::snapshot::snapshot;
    use crate::health::snapshot::tests::{at, facts};
    use std::collections::BTreeMap;
    use std::sync::Arc;

    fn seen(second: i64, change: impl FnOnce(&mut ContainerFacts)) -> StatusSnapshot {
        let project = Project {
            services: vec![Service {
                name: "db".into(),
                active: true,
                replicas: 1,
                ..Service::default()
            }],
            ..Project::default()
        };
        let mut container = facts("db");
        change(&mut container);
        let world = World::new(Arc::new(project), BTreeMap::new());
        let listed = Input::Listed {
            engine: EngineInfo::default(),
            containers: vec![container],
        };
        snapshot(&reduce(world, listed), at(second))
    }

    #[test]
    fn a_start_up_is_learned_once_when_the_health_check_passes() {
        let starting = seen(5, |db| db.health = Health::Starting);
        let healthy = seen(130, |db| db.health = Health::Healthy);
        assert_eq!(learned(&starting, &healthy), [("db".to_owned(), 130.0)]);
        let later = seen(400, |db| db.health = Health::Healthy);
        assert!(learned(&healthy, &later).is_empty(), "it was up already");
    }

    #[test]
    fn restarts_and_services_without_a_health_check_teach_nothing() {
        let starting = seen(5, |db| db.health = Health::Starting);
        let restarted = seen(130, |db| {
            db.health = Health::Healthy;
            db.restart_count = 1;
        });
        assert!(learned(&starting, &restarted).is_empty());
        assert!(learned(&seen(5, |_| ()), &seen(11, |_| ())).is_empty());
        let another = seen(130, |db| {
            db.health = Health::Healthy;
            db.id = "another".into();
        });
        assert!(learned(&starting, &another).is_empty());
    }
}
