//! A container as far as a technician wants to know it, and what the engine remembers of it.

use super::events::seconds;
use super::{Engine, EngineError};
use crate::api::details::{HistoryEntry, HistoryKind, NetworkDetails, PlaceKind, ProbeDetails};
use crate::text::plain;
use bollard::models::{ContainerInspectResponse, EventMessage, HealthcheckResult, MountPoint};
use bollard::query_parameters::EventsOptionsBuilder;
use futures_util::StreamExt;
use jiff::Timestamp;
use std::collections::HashMap;

/// What a health check printed is for people: its beginning says it.
const MOST_OUTPUT: usize = 600;

/// One container.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct InspectedContainer {
    pub image: String,
    pub created_at: Option<Timestamp>,
    /// Names only: values are secrets more often than not.
    pub variables: Vec<String>,
    pub networks: Vec<NetworkDetails>,
    pub probes: Vec<ProbeDetails>,
    pub places: Vec<Place>,
}

/// A place it keeps something in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub kind: PlaceKind,
    /// A path, or the name of a volume.
    pub source: String,
    /// Where that is on the engine's computer.
    pub path: Option<String>,
    pub target: String,
    pub read_only: bool,
}

impl Engine {
    /// Asks for one container; none when it is gone.
    pub(crate) async fn inspected(
        &self,
        id: &str,
    ) -> Result<Option<InspectedContainer>, EngineError> {
        let answer = self.docker.inspect_container(id, None).await;
        match answer.map_err(|error| self.error(error)) {
            Ok(answer) => Ok(Some(inspected(answer))),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Returns what the engine still remembers of a container (its last 256 events of all kinds), the newest first.
    pub(crate) async fn history(
        &self,
        id: &str,
        since: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<HistoryEntry>, EngineError> {
        let filters = HashMap::from([
            ("type", vec!["container".to_owned()]),
            ("container", vec![id.to_owned()]),
        ]);
        let options = EventsOptionsBuilder::new()
            .since(&seconds(since))
            .until(&seconds(until))
            .filters(&filters)
            .build();
        let mut stream = std::pin::pin!(self.docker.events(Some(options)));
        let mut found = Vec::new();
        while let Some(message) = stream.next().await {
            found.extend(entry(message.map_err(|error| self.error(error))?));
        }
        found.reverse();
        Ok(found)
    }
}

fn inspected(answer: ContainerInspectResponse) -> InspectedContainer {
    let config = answer.config.unwrap_or_default();
    let networks = answer
        .network_settings
        .and_then(|settings| settings.networks)
        .unwrap_or_default();
    let mut networks: Vec<NetworkDetails> = networks
        .into_iter()
        .map(|(name, endpoint)| NetworkDetails {
            name,
            address: endpoint.ip_address.filter(|address| !address.is_empty()),
        })
        .collect();
    networks.sort_by(|a, b| a.name.cmp(&b.name));
    let variables = config.env.unwrap_or_default();
    let mut variables: Vec<String> = variables
        .iter()
        .map(|variable| variable.split('=').next().unwrap_or_default().to_owned())
        .collect();
    variables.sort();
    variables.dedup();
    let log = answer
        .state
        .and_then(|state| state.health)
        .and_then(|health| health.log)
        .unwrap_or_default();
    let mut places: Vec<Place> = answer
        .mounts
        .unwrap_or_default()
        .into_iter()
        .filter_map(place)
        .collect();
    places.sort_by(|a, b| a.target.cmp(&b.target));
    InspectedContainer {
        image: answer.image.unwrap_or_default(),
        created_at: answer.created.and_then(|time| time.parse().ok()),
        variables,
        networks,
        probes: log.into_iter().rev().map(probe).collect(),
        places,
    }
}

fn place(mount: MountPoint) -> Option<Place> {
    let kind = match mount.typ.as_deref()? {
        "bind" => PlaceKind::Bind,
        "volume" => PlaceKind::Volume,
        "tmpfs" => PlaceKind::Memory,
        _ => return None,
    };
    let path = mount.source.filter(|path| !path.is_empty());
    let source = match kind {
        PlaceKind::Volume => mount.name,
        _ => path.clone(),
    };
    Some(Place {
        kind,
        source: source.unwrap_or_default(),
        path: path.filter(|_| kind != PlaceKind::Memory),
        target: mount.destination.unwrap_or_default(),
        read_only: mount.rw == Some(false),
    })
}

fn probe(result: HealthcheckResult) -> ProbeDetails {
    let time = |text: Option<String>| text.and_then(|text| text.parse::<Timestamp>().ok());
    let (start, end) = (time(result.start), time(result.end));
    let output = result.output.unwrap_or_default();
    let lines = output.lines().map(plain).collect::<Vec<_>>().join("\n");
    let exit_code = result.exit_code.unwrap_or(0);
    ProbeDetails {
        at: start,
        seconds: start
            .zip(end)
            .map(|(start, end)| end.duration_since(start).as_secs_f64()),
        passed: exit_code == 0,
        exit_code,
        output: lines.trim().chars().take(MOST_OUTPUT).collect(),
    }
}

fn entry(message: EventMessage) -> Option<HistoryEntry> {
    let what = match message.action?.as_str() {
        "start" => HistoryKind::Started,
        "die" => HistoryKind::Ended,
        "oom" => HistoryKind::OutOfMemory,
        "restart" => HistoryKind::Restarted,
        "health_status: unhealthy" => HistoryKind::Unhealthy,
        "health_status: healthy" => HistoryKind::Healthy,
        _ => return None,
    };
    let attributes = message.actor?.attributes.unwrap_or_default();
    let exit_code = attributes
        .get("exitCode")
        .and_then(|code| code.parse().ok());
    Some(HistoryEntry {
        at: Timestamp::from_nanosecond(message.time_nano?.into()).ok()?,
        container: attributes.get("name").cloned().unwrap_or_default(),
        what,
        exit_code: exit_code.filter(|_| what == HistoryKind::Ended),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_container_is_told_without_any_value() {
        // 26.1.5, shortened
        let answer = serde_json::json!({
            "Image": "sha256:1", "Created": "2026-11-23T14:00:00.5Z",
            "Config": { "Env": ["B_PASSWORD=geheim=1", "A=x", "EMPTY="] },
            "Mounts": [
                { "Type": "volume", "Name": "shop_db", "Source": "/var/lib/docker/volumes/shop_db/_data", "Destination": "/z", "RW": true },
                { "Type": "bind", "Source": "/srv/conf", "Destination": "/a", "RW": false },
                { "Type": "tmpfs", "Source": "", "Destination": "/run", "RW": true },
            ],
            "NetworkSettings": { "Networks": { "shop_default": { "IPAddress": "172.20.0.4" }, "back": { "IPAddress": "" } } },
            "State": { "Health": { "Log": [
                { "Start": "2026-11-23T14:00:10Z", "End": "2026-11-23T14:00:10.25Z", "ExitCode": 0, "Output": "ok\n" },
                { "Start": "2026-11-23T14:00:20Z", "End": "2026-11-23T14:00:21Z", "ExitCode": 1, "Output": "\u{1b}[31mno\u{1b}[0m\nanswer" },
            ] } },
        });
        let found = inspected(serde_json::from_value(answer).unwrap());
        assert_eq!(found.variables, ["A", "B_PASSWORD", "EMPTY"]);
        assert!(!format!("{found:?}").contains("geheim"));
        let places: Vec<(&str, &str, bool)> = found
            .places
            .iter()
            .map(|it| (it.source.as_str(), it.target.as_str(), it.read_only))
            .collect();
        let expected = [
            ("/srv/conf", "/a", true),
            ("", "/run", false),
            ("shop_db", "/z", false),
        ];
        assert_eq!(places, expected);
        assert_eq!(found.networks[1].address.as_deref(), Some("172.20.0.4"));
        assert_eq!(found.networks[0].address, None);
        let newest = &found.probes[0];
        assert_eq!(
            (newest.passed, newest.output.as_str()),
            (false, "no\nanswer")
        );
        assert_eq!(found.probes[1].seconds, Some(0.25));
    }
}
