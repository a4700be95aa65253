//! One look at the project: connect, list, ask for stops the engine remembers.

use super::reduce::{Input, World, reduce};
use crate::engine::{Endpoint, Engine, EngineError};
use crate::host::engine_start;
use crate::text::Text;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// A status must come quickly even from an engine that hangs.
const LOOK_LIMIT: Duration = Duration::from_secs(10);
/// How far back stops are asked for; the engine's memory is usually shorter.
const MEMORY: SignedDuration = SignedDuration::from_hours(48);

/// Returns the world after one look at the engine; an engine that cannot be reached is part of the answer.
pub(crate) async fn observe(mut world: World, endpoint: &Endpoint, now: Timestamp) -> World {
    match tokio::time::timeout(LOOK_LIMIT, look(&world.project.name, endpoint, now)).await {
        Ok(Ok(inputs)) => inputs.into_iter().fold(world, reduce),
        Ok(Err(error)) => reduce(world, Input::EngineGone { reason: unreachable(&error) }),
        Err(_) => {
            let error = EngineError::Hung { endpoint: endpoint.url.clone() };
            world = reduce(world, Input::EngineGone { reason: unreachable(&error) });
            world
        }
    }
}

/// Lists the project's containers and their stops, as pieces of news.
pub(super) async fn look(project: &str, endpoint: &Endpoint, now: Timestamp) -> Result<Vec<Input>, EngineError> {
    let engine = Engine::connect(endpoint)?;
    let (info, containers) = tokio::try_join!(engine.info(), engine.project_containers(project))?;
    // Older engines answer a bounded event query only when something ended; ask only if something did.
    let ended = containers.iter().any(|container| container.finished_at.is_some());
    let stops = if ended {
        engine.stopped_on_purpose(project, now - MEMORY, now).await.unwrap_or_default()
    } else {
        Vec::new()
    };
    let mut inputs = vec![Input::Listed { engine: info, containers }];
    inputs.extend(stops.into_iter().map(|(id, at)| Input::Stopped { id, at }));
    Ok(inputs)
}

/// Returns why the engine cannot be reached, with the remedy for this system.
pub(crate) fn unreachable(error: &EngineError) -> Text {
    let (key, endpoint) = match error {
        EngineError::NotRunning { endpoint } => ("engine-not-running", endpoint.as_str()),
        EngineError::Permission { endpoint } => ("engine-permission", endpoint.as_str()),
        EngineError::Hung { endpoint } => ("engine-hung", endpoint.as_str()),
        EngineError::Unsupported { endpoint } => ("engine-unsupported", endpoint.as_str()),
        EngineError::Response { message, .. } | EngineError::Protocol(message) => {
            return Text::new("engine-broken").with("error", message.as_str());
        }
    };
    Text::new(key).with("endpoint", endpoint).with("remedy", engine_start::remedy(error))
}
