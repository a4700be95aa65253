//! Containers of a project: listed by label, known by inspect.

use super::{Engine, EngineError, listed};
use crate::api::status::{ContainerState, Health};
use bollard::models::{ContainerInspectResponse, ContainerStateStatusEnum, HealthStatusEnum};
use bollard::query_parameters::{
    ListContainersOptionsBuilder, RemoveContainerOptionsBuilder, RestartContainerOptionsBuilder,
    StartContainerOptionsBuilder,
};
use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use std::collections::HashMap;
use std::time::Duration;
use tokio::time::Instant;

/// Compose's labels (compose v1 and v2 write the same keys).
const PROJECT: &str = "com.docker.compose.project";
const SERVICE: &str = "com.docker.compose.service";
const ONE_OFF: &str = "com.docker.compose.oneoff";
const NUMBER: &str = "com.docker.compose.container-number";
const WORKING_DIR: &str = "com.docker.compose.project.working_dir";

/// For so long containers are inspected, all of them together. That takes milliseconds, unless the engine is busy with one
/// and holds its lock: 20.10 does for half a minute when a pause meets a health probe, every version for as long as the
/// container's shim says nothing.
const INSPECT_LIMIT: Duration = Duration::from_secs(5);

/// Everything a verdict needs to know about one container; plain data, made in one inspect.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ContainerFacts {
    /// The engine answered about it; if not, this is what its list says, with what was known before.
    pub answered: bool,
    pub id: String,
    pub name: String,
    pub project: String,
    pub service: String,
    pub number: u32,
    /// The folder Compose ran in when it created this container.
    pub working_dir: Option<String>,
    /// The image id it was created from.
    pub image: String,
    pub state: ContainerState,
    pub health: Health,
    pub failing_streak: u32,
    /// The output of the last health probe.
    pub health_output: Option<String>,
    /// Whether each of the last probes passed, oldest first; the engine remembers five.
    pub probes: Vec<bool>,
    pub exit_code: i64,
    pub oom_killed: bool,
    /// The engine's own words on why it could not start.
    pub error: String,
    pub restart_count: u32,
    /// `no`, `always`, `unless-stopped`, `on-failure`
    pub restart_policy: String,
    pub started_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
    /// Published ports as the engine has them now.
    pub ports: Vec<PublishedPort>,
}

impl ContainerFacts {
    /// Fills in what the list does not say from what was known before.
    pub(crate) fn completed_by(self, known: Self) -> Self {
        if self.answered {
            self
        } else {
            listed::complete(self, known)
        }
    }
}

/// A port the engine publishes for a running container.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PublishedPort {
    pub host_ip: String,
    pub host_port: u16,
    pub container_port: u16,
    pub protocol: String,
}

/// A container that publishes ports or holds a name, whoever it belongs to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ContainerSummary {
    pub id: String,
    pub name: String,
    pub project: Option<String>,
    pub service: Option<String>,
    pub working_dir: Option<String>,
    pub running: bool,
    /// It neither runs nor is about to.
    pub is_ended: bool,
    pub ports: Vec<PublishedPort>,
    /// Ids of the networks it is, or was, connected to.
    pub networks: Vec<String>,
    /// It has a volume without a name, which nobody would find again without it.
    pub has_unnamed_volume: bool,
}

impl Engine {
    /// Lists every container of the engine, running or not.
    pub(crate) async fn list_all(&self) -> Result<Vec<ContainerSummary>, EngineError> {
        let options = ListContainersOptionsBuilder::new().all(true).build();
        let list = self
            .docker
            .list_containers(Some(options))
            .await
            .map_err(|error| self.error(error))?;
        Ok(list
            .into_iter()
            .map(|container| {
                let labels = container.labels.unwrap_or_default();
                let mounts = container.mounts.unwrap_or_default();
                let networks = container.network_settings.and_then(|it| it.networks);
                let state = container.state.map(|it| it.to_string()).unwrap_or_default();
                ContainerSummary {
                    networks: networks
                        .into_iter()
                        .flatten()
                        .filter_map(|(_, endpoint)| endpoint.network_id)
                        .filter(|id| !id.is_empty())
                        .collect(),
                    has_unnamed_volume: mounts
                        .iter()
                        .any(|it| it.name.as_deref().is_some_and(is_id)),
                    id: container.id.unwrap_or_default(),
                    name: listed::name(container.names),
                    project: labels.get(PROJECT).cloned(),
                    service: labels.get(SERVICE).cloned(),
                    working_dir: labels.get(WORKING_DIR).cloned(),
                    running: state == "running",
                    is_ended: matches!(state.as_str(), "created" | "exited" | "dead"),
                    ports: listed::ports(container.ports.unwrap_or_default()),
                }
            })
            .collect())
    }

    /// Inspects every container of a project (jobs started with `compose run` left out), a few at a time. One that the
    /// engine does not answer about within seconds is known from the list alone: it must not keep the others waiting.
    pub(crate) async fn project_containers(
        &self,
        project: &str,
    ) -> Result<Vec<ContainerFacts>, EngineError> {
        self.project_containers_but(project, &[]).await
    }

    /// The same, without waiting for those that are known to be silent.
    pub(crate) async fn project_containers_but(
        &self,
        project: &str,
        silent: &[String],
    ) -> Result<Vec<ContainerFacts>, EngineError> {
        let lines = self.lines("label", format!("{PROJECT}={project}")).await?;
        let limit = Instant::now() + INSPECT_LIMIT;
        let mut facts: Vec<ContainerFacts> = stream::iter(lines)
            .map(|line| async move {
                let id = line.id.clone().unwrap_or_default();
                if silent.contains(&id) {
                    return Ok(listed::facts(line));
                }
                let asked = tokio::time::timeout_at(limit, self.container(&id)).await;
                asked.unwrap_or_else(|_| Ok(listed::facts(line)))
            })
            .buffer_unordered(8)
            .try_filter_map(|facts| async move { Ok(facts) })
            .try_collect()
            .await?;
        facts.sort_by(|a, b| (&a.service, a.number, &a.id).cmp(&(&b.service, b.number, &b.id)));
        Ok(facts)
    }

    /// Inspects one container like [`Engine::container`], or takes what the list says when that is not answered in time.
    pub(crate) async fn container_or_listed(
        &self,
        id: &str,
    ) -> Result<Option<ContainerFacts>, EngineError> {
        match tokio::time::timeout(INSPECT_LIMIT, self.container(id)).await {
            Ok(facts) => facts,
            Err(_) => self.listed(id).await,
        }
    }

    /// Returns what the list says of one container, which the engine answers even while it holds that container's lock.
    pub(crate) async fn listed(&self, id: &str) -> Result<Option<ContainerFacts>, EngineError> {
        let asked = tokio::time::timeout(INSPECT_LIMIT, self.lines("id", id.to_owned()));
        let lines = asked.await.map_err(|_| EngineError::Hung {
            endpoint: self.endpoint.url.clone(),
        })??;
        // The filter takes the beginning of an id as well.
        let mut lines = lines.into_iter();
        let line = lines.find(|line| line.id.as_deref() == Some(id));
        Ok(line.and_then(listed::facts))
    }

    async fn lines(
        &self,
        filter: &str,
        value: String,
    ) -> Result<Vec<bollard::models::ContainerSummary>, EngineError> {
        let filters = HashMap::from([(filter, vec![value])]);
        let options = ListContainersOptionsBuilder::new()
            .all(true)
            .filters(&filters)
            .build();
        let list = self.docker.list_containers(Some(options)).await;
        list.map_err(|error| self.error(error))
    }

    /// Inspects one container; none when it is gone, not Compose's, or a one-off job.
    pub(crate) async fn container(&self, id: &str) -> Result<Option<ContainerFacts>, EngineError> {
        match self
            .docker
            .inspect_container(id, None)
            .await
            .map_err(|error| self.error(error))
        {
            Ok(answer) => Ok(facts(answer)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Returns what the engine knows about one container, whole and as it says it; none when it is gone.
    pub(crate) async fn inspect(&self, id: &str) -> Result<Option<serde_json::Value>, EngineError> {
        let answer = self.docker.inspect_container(id, None).await;
        match answer.map_err(|error| self.error(error)) {
            Ok(answer) => Ok(serde_json::to_value(answer).ok()),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes a container that does not run; the engine refuses one that does. Volumes stay, also those without a name.
    pub(crate) async fn remove_stopped(&self, id: &str) -> Result<(), EngineError> {
        let options = RemoveContainerOptionsBuilder::new()
            .force(false)
            .v(false)
            .build();
        match self
            .docker
            .remove_container(id, Some(options))
            .await
            .map_err(|error| self.error(error))
        {
            Err(error) if !error.is_not_found() => Err(error),
            _ => Ok(()),
        }
    }

    /// Starts a stopped container.
    pub(crate) async fn start_container(&self, id: &str) -> Result<(), EngineError> {
        let options = StartContainerOptionsBuilder::new().build();
        self.docker
            .start_container(id, Some(options))
            .await
            .map_err(|error| self.error(error))
    }

    /// Stops and starts a container.
    pub(crate) async fn restart_container(&self, id: &str) -> Result<(), EngineError> {
        let patient = self.patient();
        let options = RestartContainerOptionsBuilder::new().build();
        patient
            .restart_container(id, Some(options))
            .await
            .map_err(|error| self.error(error))
    }
}

/// The engine calls a volume that got no name by 64 hexadecimal digits.
fn is_id(name: &str) -> bool {
    name.len() == 64 && name.chars().all(|it| it.is_ascii_hexdigit())
}

/// What Compose writes on a container of a service.
pub(super) struct ComposeLabels {
    pub project: String,
    pub service: String,
    pub number: u32,
    pub working_dir: Option<String>,
}

/// Reads Compose's labels; none when the container is not Compose's, or a one-off job.
pub(super) fn of_compose(labels: &HashMap<String, String>) -> Option<ComposeLabels> {
    let one_off = labels.get(ONE_OFF);
    if one_off.is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        return None;
    }
    let number = labels.get(NUMBER).and_then(|number| number.parse().ok());
    Some(ComposeLabels {
        project: labels.get(PROJECT)?.clone(),
        service: labels.get(SERVICE)?.clone(),
        number: number.unwrap_or(1),
        working_dir: labels.get(WORKING_DIR).cloned(),
    })
}

/// Reads an inspect answer; none when the container is not a service's.
fn facts(answer: ContainerInspectResponse) -> Option<ContainerFacts> {
    let config = answer.config.unwrap_or_default();
    let labels = of_compose(&config.labels.unwrap_or_default())?;
    let state = answer.state.unwrap_or_default();
    let health = state.health.unwrap_or_default();
    let count = |value: Option<i64>| {
        value
            .and_then(|value| u32::try_from(value).ok())
            .unwrap_or(0)
    };
    Some(ContainerFacts {
        answered: true,
        id: answer.id.unwrap_or_default(),
        name: answer
            .name
            .unwrap_or_default()
            .trim_start_matches('/')
            .to_owned(),
        project: labels.project,
        service: labels.service,
        number: labels.number,
        working_dir: labels.working_dir,
        image: answer.image.unwrap_or_default(),
        state: container_state(state.status, state.restarting == Some(true)),
        health: match health.status {
            Some(HealthStatusEnum::STARTING) => Health::Starting,
            Some(HealthStatusEnum::HEALTHY) => Health::Healthy,
            Some(HealthStatusEnum::UNHEALTHY) => Health::Unhealthy,
            _ => Health::None,
        },
        failing_streak: count(health.failing_streak),
        probes: health
            .log
            .iter()
            .flatten()
            .map(|probe| probe.exit_code == Some(0))
            .collect(),
        health_output: health
            .log
            .and_then(|log| log.into_iter().next_back())
            .and_then(|result| result.output)
            .map(|output| output.trim().to_owned())
            .filter(|output| !output.is_empty()),
        exit_code: state.exit_code.unwrap_or(0),
        oom_killed: state.oom_killed == Some(true),
        error: state.error.unwrap_or_default(),
        restart_count: count(answer.restart_count),
        restart_policy: answer
            .host_config
            .and_then(|host| host.restart_policy)
            .and_then(|policy| policy.name)
            .map(|name| name.to_string())
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "no".to_owned()),
        started_at: time(state.started_at.as_deref()),
        finished_at: time(state.finished_at.as_deref()),
        ports: answer
            .network_settings
            .and_then(|settings| settings.ports)
            .unwrap_or_default()
            .into_iter()
            .flat_map(|(target, bindings)| published(&target, bindings.unwrap_or_default()))
            .collect(),
    })
}

fn published(target: &str, bindings: Vec<bollard::models::PortBinding>) -> Vec<PublishedPort> {
    let (port, protocol) = target.split_once('/').unwrap_or((target, "tcp"));
    let Ok(container_port) = port.parse() else {
        return Vec::new();
    };
    bindings
        .into_iter()
        .filter_map(|binding| {
            Some(PublishedPort {
                host_ip: binding.host_ip.unwrap_or_default(),
                host_port: binding.host_port?.parse().ok()?,
                container_port,
                protocol: protocol.to_owned(),
            })
        })
        .collect()
}

/// During a restart back-off the engine reports `Running: true` as well; `restarting` is the truth (moby, all versions).
fn container_state(status: Option<ContainerStateStatusEnum>, restarting: bool) -> ContainerState {
    use ContainerStateStatusEnum as Status;
    match status {
        _ if restarting => ContainerState::Restarting,
        Some(Status::RUNNING | Status::STOPPING) => ContainerState::Running,
        Some(Status::PAUSED) => ContainerState::Paused,
        Some(Status::RESTARTING) => ContainerState::Restarting,
        Some(Status::REMOVING) => ContainerState::Removing,
        Some(Status::EXITED) => ContainerState::Exited,
        Some(Status::DEAD) => ContainerState::Dead,
        Some(Status::CREATED | Status::EMPTY) | None => ContainerState::Created,
    }
}

/// The engine writes "0001-01-01T00:00:00Z" for "never".
fn time(text: Option<&str>) -> Option<Timestamp> {
    text?
        .parse::<Timestamp>()
        .ok()
        .filter(|time| time.as_second() > 0)
}
