//! The engine's event stream, narrowed to one project's containers.

use super::{Engine, EngineError};
use bollard::models::EventMessage;
use bollard::query_parameters::EventsOptionsBuilder;
use futures_util::{Stream, StreamExt};
use jiff::Timestamp;
use std::collections::HashMap;

/// Something happened to a container of the project.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EngineEvent {
    /// The container.
    pub container: String,
    /// `start`, `die`, `stop`, `health_status: unhealthy`, ... as the engine spells it.
    pub action: String,
}

impl Engine {
    /// Follows the containers of a project from `since` on. Ends when the engine goes away.
    pub(crate) fn events(
        &self,
        project: &str,
        since: Timestamp,
    ) -> impl Stream<Item = Result<EngineEvent, EngineError>> + Send + 'static {
        let engine = self.clone();
        let options = EventsOptionsBuilder::new()
            .since(&seconds(since))
            .filters(&filters(project, &[]))
            .build();
        // Silence is normal here, so the time limit of quick calls must not apply.
        self.patient()
            .events(Some(options))
            .filter_map(move |message| {
                let item = match message {
                    Ok(message) => event(message).map(Ok),
                    Err(error) => Some(Err(engine.error(error))),
                };
                async move { item }
            })
    }

    /// Returns which containers of a project got a `stop` in the past the engine still remembers (its last 256 events).
    pub(crate) async fn stopped_on_purpose(
        &self,
        project: &str,
        since: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<(String, Timestamp)>, EngineError> {
        let options = EventsOptionsBuilder::new()
            .since(&seconds(since))
            .until(&seconds(until))
            .filters(&filters(project, &["stop"]))
            .build();
        let mut stream = std::pin::pin!(self.docker.events(Some(options)));
        let mut stops = Vec::new();
        while let Some(message) = stream.next().await {
            let message = message.map_err(|error| self.error(error))?;
            let time = message
                .time_nano
                .and_then(|nanos| Timestamp::from_nanosecond(nanos.into()).ok());
            if let (Some(time), Some(event)) = (time, event(message)) {
                stops.push((event.container, time));
            }
        }
        Ok(stops)
    }
}

fn filters(project: &str, actions: &[&str]) -> HashMap<&'static str, Vec<String>> {
    let mut filters = HashMap::from([
        ("type", vec!["container".to_owned()]),
        (
            "label",
            vec![format!("com.docker.compose.project={project}")],
        ),
    ]);
    if !actions.is_empty() {
        filters.insert(
            "event",
            actions.iter().map(|action| (*action).to_owned()).collect(),
        );
    }
    filters
}

/// Seconds and nanoseconds with a dot, the form `since` takes since API 1.22.
pub(super) fn seconds(time: Timestamp) -> String {
    format!(
        "{}.{:09}",
        time.as_second(),
        time.subsec_nanosecond().max(0)
    )
}

fn event(message: EventMessage) -> Option<EngineEvent> {
    Some(EngineEvent {
        container: message.actor?.id?,
        action: message.action?,
    })
}
