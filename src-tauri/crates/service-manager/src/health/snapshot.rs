//! From what is known to what is shown: states, links, the verdict. Pure.

use super::cause::{States, blocker, cause, is_trouble};
use super::links::links;
use super::reduce::{EngineKnown, World};
use super::sentence::{Known, service_sentence, verdict_sentence};
use super::state::{Surroundings, container_state, is_good, is_on_purpose, is_up, worse};
use crate::api::operation::OperationKind;
use crate::api::package::PortView;
use crate::api::status::{
    ContainerState, ContainerStatus, EngineState, EngineStatus, ServiceState, ServiceStatus,
    StatusSnapshot, Verdict,
};
use crate::compose::project::Service;
use crate::engine::ContainerFacts;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Returns the snapshot of a world at a moment.
pub(crate) fn snapshot(world: &World, now: Timestamp) -> StatusSnapshot {
    let services: Vec<&Service> = world
        .project
        .active_services()
        .filter(|service| service.replicas > 0)
        .collect();
    let states = states(world, &services, now);
    let statuses: Vec<ServiceStatus> = services
        .iter()
        .map(|service| service_status(world, service, &states, now))
        .collect();
    let good = services
        .iter()
        .filter(|service| is_good(states[service.name.as_str()], service))
        .filter(|service| !is_silent(world, &service.name))
        .count();
    let verdict = verdict(world, &services, &states);
    let affected = |status: &&ServiceStatus| {
        let by = status.blocked_by.as_deref();
        by.is_some_and(|by| states.get(by).is_some_and(|state| is_trouble(*state)))
    };
    let affected: Vec<&str> = statuses
        .iter()
        .filter(affected)
        .map(|status| status.name.as_str())
        .collect();
    let mut trouble: Vec<&str> = match verdict {
        Verdict::WillNotRecover => names(&services, &states, |_, state| {
            matches!(state, ServiceState::CrashLooping | ServiceState::Failed)
        }),
        Verdict::Degraded => names(&services, &states, |name, state| {
            let is_well = matches!(
                state,
                ServiceState::Healthy | ServiceState::Running | ServiceState::Completed
            );
            !is_well || is_silent(world, name)
        }),
        _ => Vec::new(),
    };
    // The cause is named, and how many it keeps down; they are no causes themselves.
    let all = trouble.len();
    trouble.retain(|name| !affected.contains(name));
    let kept_down = all - trouble.len();
    StatusSnapshot {
        verdict,
        sentence: verdict_sentence(verdict, good, services.len(), &trouble, kept_down),
        engine: engine_status(&world.engine),
        services: statuses,
        running: u32::try_from(good).unwrap_or(u32::MAX),
        total: u32::try_from(services.len()).unwrap_or(u32::MAX),
        at: now,
    }
}

/// Returns whether at least one expected service is up, which is what tells partial success from failure.
pub(crate) fn any_up(snapshot: &StatusSnapshot) -> bool {
    snapshot.services.iter().any(|service| is_up(service.state))
}

/// Returns whether waiting may still change something: a service is on its way, or it answers badly but has not
/// ended, or what it waits for is, or Docker has yet to answer.
pub(crate) fn depends_on_hope(snapshot: &StatusSnapshot) -> bool {
    let mut containers = snapshot.services.iter().flat_map(|it| &it.containers);
    snapshot.verdict == Verdict::Converging
        || containers.any(|container| !container.answered)
        || snapshot.services.iter().any(|service| {
            let hopeful = |state| matches!(state, ServiceState::Starting | ServiceState::Unhealthy);
            let blocker = service.blocked_by.as_ref().and_then(|name| {
                snapshot
                    .services
                    .iter()
                    .find(|other| &other.name == name)
                    .map(|other| other.state)
            });
            hopeful(service.state)
                || (service.state == ServiceState::NotCreated && blocker.is_some_and(hopeful))
        })
}

fn containers_of<'a>(
    world: &'a World,
    service: &'a str,
) -> impl Iterator<Item = &'a ContainerFacts> {
    world
        .containers
        .values()
        .filter(move |container| container.service == service)
}

fn states<'a>(world: &World, services: &[&'a Service], now: Timestamp) -> States<'a> {
    services
        .iter()
        .map(|service| {
            let state = containers_of(world, &service.name)
                .map(|container| state_of(world, container, now))
                .reduce(worse)
                .unwrap_or(ServiceState::NotCreated);
            (service.name.as_str(), state)
        })
        .collect()
}

fn state_of(world: &World, container: &ContainerFacts, now: Timestamp) -> ServiceState {
    let any_running = world.containers.values().any(|container| {
        matches!(
            container.state,
            ContainerState::Running | ContainerState::Restarting
        )
    });
    let around = Surroundings {
        stopped_at: world.stops.get(&container.id).copied(),
        any_running,
        now,
    };
    container_state(container, around)
}

/// Whether the engine has not answered about a container of a service: nobody can say that such a service is ready.
fn is_silent(world: &World, service: &str) -> bool {
    containers_of(world, service).any(|container| !container.answered)
}

fn verdict(world: &World, services: &[&Service], states: &States<'_>) -> Verdict {
    let any = |wanted: fn(ServiceState) -> bool| states.values().any(|state| wanted(*state));
    if matches!(world.engine, EngineKnown::Unreachable(_)) {
        return Verdict::EngineUnreachable;
    }
    let bringing_up = matches!(
        world.operation,
        Some(
            OperationKind::Deploy
                | OperationKind::Start
                | OperationKind::Restart
                | OperationKind::RestartContainer
        )
    );
    let expected: BTreeSet<&str> = services
        .iter()
        .map(|service| service.name.as_str())
        .collect();
    if !world
        .containers
        .values()
        .any(|container| expected.contains(container.service.as_str()))
    {
        return if bringing_up {
            Verdict::Converging
        } else {
            Verdict::NotDeployed
        };
    }
    let at_rest = |state| {
        matches!(
            state,
            ServiceState::Stopped | ServiceState::Completed | ServiceState::NotCreated
        )
    };
    if any(|state| state == ServiceState::Stopped)
        && states.values().all(|state| at_rest(*state))
        && !bringing_up
    {
        return Verdict::Stopped;
    }
    if any(|state| matches!(state, ServiceState::CrashLooping | ServiceState::Failed)) {
        return Verdict::WillNotRecover;
    }
    let on_its_way = services
        .iter()
        .any(|service| match states[service.name.as_str()] {
            ServiceState::Starting => true,
            // A job that still runs has not done what others may rely on.
            ServiceState::Running => service.one_shot,
            // What waits for something on its way is on its way too.
            ServiceState::NotCreated => {
                bringing_up
                    || blocker(&world.project, service, states)
                        .is_some_and(|blocker| states.get(blocker) == Some(&ServiceState::Starting))
            }
            ServiceState::Stopped => bringing_up,
            _ => false,
        });
    if on_its_way {
        return Verdict::Converging;
    }
    let replica_missing = services.iter().any(|service| {
        let there = containers_of(world, &service.name).count();
        !service.one_shot && there < usize::try_from(service.replicas).unwrap_or(0)
    });
    let bad = |state| {
        matches!(
            state,
            ServiceState::Unhealthy
                | ServiceState::Paused
                | ServiceState::Stopped
                | ServiceState::NotCreated
        )
    };
    let silent = services.iter().any(|it| is_silent(world, &it.name));
    if replica_missing || silent || any(bad) {
        Verdict::Degraded
    } else {
        Verdict::Ready
    }
}

fn service_status(
    world: &World,
    service: &Service,
    states: &States<'_>,
    now: Timestamp,
) -> ServiceStatus {
    let state = states[service.name.as_str()];
    let blocked_by = cause(&world.project, service, states);
    let containers: Vec<&ContainerFacts> = containers_of(world, &service.name).collect();
    // The container the sentence is about: the one that made the state.
    let speaking = containers
        .iter()
        .filter(|container| state_of(world, container, now) == state)
        .max_by_key(|container| {
            (
                !container.answered,
                container.exit_code != 0,
                container.restart_count,
            )
        });
    let on_purpose = speaking
        .is_some_and(|container| is_on_purpose(container, world.stops.get(&container.id).copied()));
    ServiceStatus {
        name: service.name.clone(),
        title: world
            .titles
            .get(&service.name)
            .unwrap_or(&service.name)
            .clone(),
        state,
        sentence: service_sentence(
            service,
            state,
            speaking.copied(),
            &Known {
                on_purpose,
                blocked_by,
                expected: world.startups.get(&service.name).copied(),
            },
            now,
        ),
        blocked_by: blocked_by.map(str::to_owned),
        ports: ports(service, &containers),
        links: links(&containers, world.opens.get(&service.name), &world.reach),
        containers: containers
            .iter()
            .map(|container| container_status(container))
            .collect(),
        diagnoses: Vec::new(),
    }
}

fn container_status(container: &ContainerFacts) -> ContainerStatus {
    let ended = matches!(
        container.state,
        ContainerState::Exited | ContainerState::Dead | ContainerState::Restarting
    );
    ContainerStatus {
        name: container.name.clone(),
        id: container.id.clone(),
        answered: container.answered,
        state: container.state,
        health: container.health,
        exit_code: ended.then_some(container.exit_code),
        restart_count: container.restart_count,
        oom_killed: container.oom_killed,
        started_at: container.started_at,
        finished_at: container.finished_at,
    }
}

/// Ports as the engine has them now; before the start, as the compose file wants them.
fn ports(service: &Service, containers: &[&ContainerFacts]) -> Vec<PortView> {
    let mut ports: Vec<PortView> = containers
        .iter()
        .flat_map(|container| &container.ports)
        // The engine lists IPv4 and IPv6 separately; people see one port.
        .filter(|port| !port.host_ip.contains(':'))
        .map(|port| PortView {
            host_ip: Some(port.host_ip.clone()).filter(|ip| !ip.is_empty()),
            published: Some(port.host_port.to_string()),
            target: port.container_port,
            protocol: port.protocol.clone(),
        })
        .collect();
    if ports.is_empty() {
        ports = service
            .ports
            .iter()
            .map(|port| PortView {
                host_ip: port.host_ip.clone(),
                published: port.published.clone(),
                target: port.target,
                protocol: port.protocol.clone(),
            })
            .collect();
    }
    ports.sort_by(|a, b| (a.target, &a.published).cmp(&(b.target, &b.published)));
    ports
}

fn engine_status(engine: &EngineKnown) -> EngineStatus {
    match engine {
        EngineKnown::Connected(info) => EngineStatus {
            state: EngineState::Connected,
            version: Some(info.version.clone()),
            api_version: Some(info.api_version.clone()),
            platform: Some(info.platform.clone()),
            reason: None,
        },
        EngineKnown::Unreachable(reason) => EngineStatus {
            state: EngineState::Unreachable,
            version: None,
            api_version: None,
            platform: None,
            reason: Some(reason.clone()),
        },
    }
}

fn names<'a>(
    services: &[&'a Service],
    states: &States<'_>,
    wanted: impl Fn(&str, ServiceState) -> bool,
) -> Vec<&'a str> {
    services
        .iter()
        .map(|service| service.name.as_str())
        .filter(|name| wanted(name, states[name]))
        .collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::api::status::Health;
    use crate::compose::project::{Condition, Dependency, Project};
    use crate::engine::EngineInfo;
    use std::collections::BTreeMap;
    use std::sync::Arc;

    pub(in crate::health) fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + second).unwrap()
    }

    /// A container that has been running for long, without a healthcheck.
    pub(in crate::health) fn facts(service: &str) -> ContainerFacts {
        ContainerFacts {
            answered: true,
            id: format!("id-{service}"),
            name: format!("demo-{service}-1"),
            project: "demo".into(),
            service: service.into(),
            number: 1,
            working_dir: None,
            image: "sha256:0".into(),
            state: ContainerState::Running,
            health: Health::None,
            failing_streak: 0,
            health_output: None,
            probes: Vec::new(),
            exit_code: 0,
            oom_killed: false,
            error: String::new(),
            restart_count: 0,
            restart_policy: "no".into(),
            started_at: Some(at(0)),
            finished_at: None,
            ports: Vec::new(),
        }
    }

    fn service(name: &str) -> Service {
        Service {
            name: name.into(),
            active: true,
            replicas: 1,
            ..Service::default()
        }
    }

    fn world(services: Vec<Service>, containers: Vec<ContainerFacts>) -> World {
        let project = Project {
            name: "demo".into(),
            directory: "/demo".into(),
            files: Vec::new(),
            services,
            external_networks: Vec::new(),
            external_volumes: Vec::new(),
            preview: false,
            ..Project::default()
        };
        let mut world = World::new(Arc::new(project), BTreeMap::new());
        world.engine = EngineKnown::Connected(EngineInfo {
            version: "26.1.5".into(),
            api_version: "1.45".into(),
            platform: "linux/amd64".into(),
            ..EngineInfo::default()
        });
        world.containers = containers.into_iter().map(|c| (c.id.clone(), c)).collect();
        world
    }

    fn verdict_of(world: &World) -> Verdict {
        snapshot(world, at(1000)).verdict
    }

    #[test]
    fn no_healthcheck_is_ready_once_it_has_settled() {
        let world = world(vec![service("web")], vec![facts("web")]);
        assert_eq!(snapshot(&world, at(5)).verdict, Verdict::Converging);
        assert_eq!(snapshot(&world, at(10)).verdict, Verdict::Ready);
    }

    #[test]
    fn a_job_that_failed_is_never_ready_and_one_that_ended_well_is() {
        let mut job = facts("migrate");
        job.state = ContainerState::Exited;
        let mut one_shot = service("migrate");
        one_shot.one_shot = true;
        let good = world(
            vec![service("web"), one_shot.clone()],
            vec![facts("web"), job.clone()],
        );
        assert_eq!(verdict_of(&good), Verdict::Ready);
        job.exit_code = 7;
        let bad = world(vec![service("web"), one_shot], vec![facts("web"), job]);
        assert_eq!(verdict_of(&bad), Verdict::WillNotRecover);
    }

    #[test]
    fn inactive_profiles_are_not_expected() {
        let mut tools = service("tools");
        tools.active = false;
        let world = world(vec![service("web"), tools], vec![facts("web")]);
        let snapshot = snapshot(&world, at(1000));
        assert_eq!((snapshot.verdict, snapshot.total), (Verdict::Ready, 1));
    }

    #[test]
    fn nobody_calls_ready_what_the_engine_does_not_answer_about() {
        let silent = ContainerFacts {
            answered: false,
            ..facts("web")
        };
        let services = vec![service("web"), service("db")];
        let world = world(services, vec![silent, facts("db")]);
        let snapshot = snapshot(&world, at(60));
        assert_eq!(snapshot.verdict, Verdict::Degraded);
        assert_eq!((snapshot.running, snapshot.total), (1, 2));
        let sentence = snapshot.sentence.to_string();
        assert!(sentence.contains("Needs attention: web."), "{sentence}");
        assert_eq!(snapshot.services[0].state, ServiceState::Running);
        let sentence = snapshot.services[0].sentence.to_string();
        assert!(sentence.contains("last known: running"), "{sentence}");
        assert!(depends_on_hope(&snapshot), "it may answer yet");
    }

    #[test]
    fn a_missing_replica_degrades() {
        let mut web = service("web");
        web.replicas = 2;
        assert_eq!(
            verdict_of(&world(vec![web], vec![facts("web")])),
            Verdict::Degraded
        );
    }

    #[test]
    fn everything_stopped_is_stopped_and_one_stopped_among_running_ones_degrades() {
        let stopped = |name| {
            let mut container = facts(name);
            container.state = ContainerState::Exited;
            container.restart_policy = "always".into();
            container
        };
        let both = vec![service("web"), service("db")];
        assert_eq!(
            verdict_of(&world(both.clone(), vec![stopped("web"), stopped("db")])),
            Verdict::Stopped
        );
        assert_eq!(
            verdict_of(&world(both, vec![stopped("web"), facts("db")])),
            Verdict::Degraded
        );
    }

    #[test]
    fn the_cause_of_waiting_is_the_root_of_the_chain() {
        let mut web = service("web");
        web.depends_on = vec![Dependency {
            service: "api".into(),
            condition: Condition::Healthy,
        }];
        let mut api = service("api");
        api.depends_on = vec![Dependency {
            service: "db".into(),
            condition: Condition::Healthy,
        }];
        let mut db = facts("db");
        db.health = Health::Unhealthy;
        let world = world(vec![web, api, service("db")], vec![db]);
        let snapshot = snapshot(&world, at(1000));
        assert_eq!(snapshot.services[0].blocked_by.as_deref(), Some("db"));
        assert_eq!(snapshot.verdict, Verdict::Degraded);
        assert!(
            depends_on_hope(&snapshot),
            "an unhealthy database may still come"
        );
    }

    #[test]
    fn nothing_created_is_not_deployed_unless_somebody_is_at_it() {
        let mut world = world(vec![service("web")], vec![]);
        assert_eq!(verdict_of(&world), Verdict::NotDeployed);
        world.operation = Some(OperationKind::Deploy);
        assert_eq!(verdict_of(&world), Verdict::Converging);
        world.engine = EngineKnown::Unreachable(crate::text::Text::new("engine-not-asked"));
        assert_eq!(verdict_of(&world), Verdict::EngineUnreachable);
    }

    #[test]
    fn web_ports_become_links_and_database_ports_do_not() {
        let mut web = facts("web");
        let port = |host_port, container_port, host_ip: &str| crate::engine::PublishedPort {
            host_ip: host_ip.into(),
            host_port,
            container_port,
            protocol: "tcp".into(),
        };
        web.ports = vec![
            port(18080, 80, "0.0.0.0"),
            port(18080, 80, "::"),
            port(13306, 3306, "0.0.0.0"),
            port(443, 443, ""),
        ];
        let mut world = world(vec![service("web")], vec![web]);
        let links = |world: &World| -> Vec<String> {
            let shown = &snapshot(world, at(1000)).services[0].links;
            shown.iter().map(|link| link.url.clone()).collect()
        };
        let by_port = ["http://localhost:18080/", "https://localhost/"];
        assert_eq!(links(&world), by_port);
        let mut open = crate::api::package::OpenView {
            shown: true,
            port: Some(80),
            scheme: Some("https".into()),
            path: "/admin".into(),
        };
        world.opens.insert("web".into(), open.clone());
        assert_eq!(links(&world), ["https://localhost:18080/admin"]);
        open.shown = false;
        world.opens.insert("web".into(), open);
        assert_eq!(links(&world), [""; 0]);
    }
}
