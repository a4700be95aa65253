//! What the engine's list says of a container. It knows less than an inspect, and is asked when that is not answered.

use super::containers::{ContainerFacts, PublishedPort, of_compose};
use crate::api::status::{ContainerState, Health};
use bollard::models::{ContainerSummary, ContainerSummaryStateEnum, PortSummary};
use jiff::Timestamp;

/// Reads a line of the list; none when the container is not a service's. The list does not say how often the container was
/// restarted, when it last started, or why it could not.
pub(super) fn facts(line: ContainerSummary) -> Option<ContainerFacts> {
    let status = line.status.unwrap_or_default();
    let labels = of_compose(line.labels.as_ref()?)?;
    let state = state(line.state);
    Some(ContainerFacts {
        answered: false,
        id: line.id.unwrap_or_default(),
        name: name(line.names),
        project: labels.project,
        service: labels.service,
        number: labels.number,
        working_dir: labels.working_dir,
        image: line.image_id.unwrap_or_default(),
        state,
        health: health(&status),
        failing_streak: 0,
        health_output: None,
        probes: Vec::new(),
        exit_code: exit_code(&status).unwrap_or(0),
        oom_killed: false,
        error: String::new(),
        restart_count: 0,
        restart_policy: "no".to_owned(),
        // It has not started before it was made.
        started_at: line
            .created
            .filter(|_| state != ContainerState::Created)
            .and_then(|created| Timestamp::from_second(created).ok()),
        finished_at: None,
        ports: ports(line.ports.unwrap_or_default()),
    })
}

/// What the list says, with what was known before.
pub(super) fn complete(listed: ContainerFacts, known: ContainerFacts) -> ContainerFacts {
    ContainerFacts {
        answered: false,
        state: listed.state,
        // While it is paused, the list says that and nothing of its health.
        health: match listed.state {
            ContainerState::Paused => known.health,
            _ => listed.health,
        },
        exit_code: match listed.state {
            ContainerState::Exited | ContainerState::Restarting => listed.exit_code,
            _ => known.exit_code,
        },
        started_at: known.started_at.or(listed.started_at),
        ports: listed.ports,
        ..known
    }
}

pub(super) fn name(names: Option<Vec<String>>) -> String {
    names
        .and_then(|names| names.into_iter().next())
        .map(|name| name.trim_start_matches('/').to_owned())
        .unwrap_or_default()
}

pub(super) fn ports(ports: Vec<PortSummary>) -> Vec<PublishedPort> {
    ports
        .into_iter()
        .filter_map(|port| {
            Some(PublishedPort {
                host_ip: port.ip.unwrap_or_default(),
                host_port: port.public_port?,
                container_port: port.private_port,
                protocol: port
                    .typ
                    .map_or_else(|| "tcp".to_owned(), |typ| typ.to_string()),
            })
        })
        .collect()
}

const fn state(state: Option<ContainerSummaryStateEnum>) -> ContainerState {
    use ContainerSummaryStateEnum as State;
    match state {
        Some(State::RUNNING | State::STOPPING) => ContainerState::Running,
        Some(State::PAUSED) => ContainerState::Paused,
        Some(State::RESTARTING) => ContainerState::Restarting,
        Some(State::REMOVING) => ContainerState::Removing,
        Some(State::EXITED) => ContainerState::Exited,
        Some(State::DEAD) => ContainerState::Dead,
        Some(State::CREATED | State::EMPTY) | None => ContainerState::Created,
    }
}

/// Engines before 29 say it only in words (moby container/state.go, `State.String`).
fn health(status: &str) -> Health {
    if status.ends_with("(healthy)") {
        Health::Healthy
    } else if status.ends_with("(unhealthy)") {
        Health::Unhealthy
    } else if status.ends_with("(health: starting)") {
        Health::Starting
    } else {
        Health::None
    }
}

/// "Exited (137) 3 minutes ago", "Restarting (1) 5 seconds ago".
fn exit_code(status: &str) -> Option<i64> {
    let (word, rest) = status.split_once(" (")?;
    let (code, _) = rest.split_once(')')?;
    matches!(word, "Exited" | "Restarting")
        .then(|| code.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A line as 20.10.24 gives it, shortened.
    fn line(state: &str, status: &str) -> ContainerFacts {
        let line = json!({
            "Id": "0a1b", "Names": ["/shop_web_1"], "ImageID": "sha256:0", "Created": 1_700_000_000,
            "Ports": [{ "IP": "0.0.0.0", "PrivatePort": 80, "PublicPort": 8080, "Type": "tcp" }],
            "Labels": {
                "com.docker.compose.project": "shop", "com.docker.compose.service": "web",
                "com.docker.compose.container-number": "2", "com.docker.compose.oneoff": "False",
            },
            "State": state, "Status": status,
        });
        facts(serde_json::from_value(line).unwrap()).expect("a service's container")
    }

    #[test]
    fn the_list_says_what_a_container_does_and_how_it_is() {
        let web = line("running", "Up 3 minutes (healthy)");
        assert_eq!((web.service.as_str(), web.number), ("web", 2));
        assert_eq!(web.state, ContainerState::Running);
        assert_eq!(web.health, Health::Healthy);
        assert_eq!(web.ports[0].host_port, 8080);
        assert!(!web.answered);
        let health = |status| line("running", status).health;
        assert_eq!(health("Up 3 minutes (unhealthy)"), Health::Unhealthy);
        assert_eq!(health("Up 2 seconds (health: starting)"), Health::Starting);
        assert_eq!(health("Up 2 seconds"), Health::None);
        let exit = |state, status| line(state, status).exit_code;
        assert_eq!(exit("exited", "Exited (137) 3 minutes ago"), 137);
        assert_eq!(exit("restarting", "Restarting (1) 5 seconds ago"), 1);
        assert_eq!(exit("running", "Up 3 minutes (healthy)"), 0);
    }

    #[test]
    fn what_the_list_does_not_say_stays_as_it_was() {
        let known = ContainerFacts {
            answered: true,
            restart_count: 2,
            restart_policy: "always".into(),
            ..line("running", "Up 3 minutes (healthy)")
        };
        let now = complete(line("paused", "Up 3 minutes (Paused)"), known.clone());
        assert_eq!(now.state, ContainerState::Paused);
        assert_eq!(now.health, Health::Healthy);
        assert_eq!(
            (now.restart_count, now.restart_policy.as_str()),
            (2, "always")
        );
        assert!(!now.answered);
        let ill = complete(line("running", "Up 4 minutes (unhealthy)"), known);
        assert_eq!(ill.health, Health::Unhealthy);
    }
}
