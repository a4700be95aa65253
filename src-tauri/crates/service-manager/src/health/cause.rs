//! Which service is at the root of what another one suffers from. Pure.

use crate::api::status::ServiceState;
use crate::compose::project::{Condition, Project, Service};
use std::collections::{BTreeMap, BTreeSet};

/// The state of every expected service.
pub(super) type States<'a> = BTreeMap<&'a str, ServiceState>;

/// Whether a service is in a state that others can suffer from.
pub(super) const fn is_trouble(state: ServiceState) -> bool {
    matches!(
        state,
        ServiceState::Unhealthy
            | ServiceState::CrashLooping
            | ServiceState::Failed
            | ServiceState::Paused
            | ServiceState::Stopped
    )
}

/// Returns the service to look at first when `service` does not work: what keeps it from starting, or, once it was
/// started, what it depends on and is in trouble itself.
pub(super) fn cause<'a>(
    project: &'a Project,
    service: &'a Service,
    states: &States<'_>,
) -> Option<&'a str> {
    match states.get(service.name.as_str())? {
        ServiceState::NotCreated => blocker(project, service, states),
        ServiceState::Unhealthy
        | ServiceState::CrashLooping
        | ServiceState::Failed
        | ServiceState::Starting => root(
            project,
            service,
            states,
            &mut BTreeSet::from([&*service.name]),
        ),
        _ => None,
    }
}

/// The first dependency in trouble, followed to one that depends on nothing in trouble.
fn root<'a>(
    project: &'a Project,
    service: &'a Service,
    states: &States<'_>,
    seen: &mut BTreeSet<&'a str>,
) -> Option<&'a str> {
    service.depends_on.iter().find_map(|dependency| {
        let dependency = project.service(&dependency.service)?;
        let state = *states.get(dependency.name.as_str())?;
        if !seen.insert(&dependency.name) {
            return None;
        }
        // One that works may still stand in front of one that does not.
        root(project, dependency, states, seen)
            .or_else(|| is_trouble(state).then_some(dependency.name.as_str()))
    })
}

/// Returns the service at the root of what keeps `service` from starting.
pub(super) fn blocker<'a>(
    project: &'a Project,
    service: &'a Service,
    states: &States<'_>,
) -> Option<&'a str> {
    let mut current = service;
    let mut found = None;
    // As many hops as there are services: a cycle cannot hold us.
    for _ in 0..project.services.len() {
        let unmet = current.depends_on.iter().find(|dependency| {
            let state = states.get(dependency.service.as_str()).copied();
            match (dependency.condition, state) {
                // Not expected to run (an inactive profile): Compose does not wait for it either.
                (_, None) => false,
                (Condition::Healthy, Some(state)) => state != ServiceState::Healthy,
                (Condition::CompletedSuccessfully, Some(state)) => state != ServiceState::Completed,
                (Condition::Started, Some(state)) => state == ServiceState::NotCreated,
            }
        });
        let Some(dependency) = unmet.and_then(|unmet| project.service(&unmet.service)) else {
            break;
        };
        found = Some(dependency.name.as_str());
        if states.get(dependency.name.as_str()) != Some(&ServiceState::NotCreated) {
            break;
        }
        current = dependency;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::project::Dependency;

    fn project(edges: &[(&str, &[&str])]) -> Project {
        let services = edges.iter().map(|(name, needs)| Service {
            name: (*name).into(),
            active: true,
            replicas: 1,
            depends_on: needs
                .iter()
                .map(|needed| Dependency {
                    service: (*needed).into(),
                    condition: Condition::Started,
                })
                .collect(),
            ..Service::default()
        });
        Project {
            services: services.collect(),
            ..Project::default()
        }
    }

    fn cause_of(project: &Project, states: &[(&str, ServiceState)], name: &str) -> Option<String> {
        let states = states.iter().copied().collect();
        let service = project.service(name).unwrap();
        cause(project, service, &states).map(str::to_owned)
    }

    #[test]
    fn the_root_is_named_through_what_works_and_what_does_not() {
        use ServiceState::{CrashLooping, Healthy, Running, Stopped, Unhealthy};
        let shop = project(&[
            ("web", &["api"]),
            ("api", &["cache", "db"]),
            ("cache", &[]),
            ("db", &[]),
        ]);
        let broken = [
            ("web", Unhealthy),
            ("api", CrashLooping),
            ("cache", Healthy),
            ("db", CrashLooping),
        ];
        assert_eq!(cause_of(&shop, &broken, "web").as_deref(), Some("db"));
        assert_eq!(cause_of(&shop, &broken, "api").as_deref(), Some("db"));
        assert_eq!(cause_of(&shop, &broken, "db"), None, "nobody but itself");
        assert_eq!(cause_of(&shop, &broken, "cache"), None, "it works");
        let stopped = [
            ("web", Unhealthy),
            ("api", Running),
            ("cache", Healthy),
            ("db", Stopped),
        ];
        assert_eq!(cause_of(&shop, &stopped, "web").as_deref(), Some("db"));
        assert_eq!(cause_of(&shop, &stopped, "api"), None, "it runs");
    }

    #[test]
    fn a_circle_ends_and_a_sleeping_profile_is_no_cause() {
        use ServiceState::{Failed, Unhealthy};
        let circle = project(&[("a", &["b"]), ("b", &["a", "c"]), ("c", &[])]);
        let states = [("a", Failed), ("b", Failed)];
        assert_eq!(cause_of(&circle, &states, "a").as_deref(), Some("b"));
        let states = [("b", Unhealthy)];
        assert_eq!(cause_of(&circle, &states, "b"), None, "a and c sleep");
    }
}
