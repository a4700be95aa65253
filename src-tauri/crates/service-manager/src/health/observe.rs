//! One look at the project: connect, list, ask for stops the engine remembers.

use super::links::Reach;
use super::reduce::Input;
use crate::engine::{Endpoint, Engine, EngineError};
use crate::host::{engine_start, lan};
use crate::text::Text;
use jiff::{SignedDuration, Timestamp};

/// How far back stops are asked for; the engine's memory is usually shorter.
const MEMORY: SignedDuration = SignedDuration::from_hours(48);

/// Lists the project's containers and their stops, as pieces of news. Of the silent ones only what the list says.
pub(super) async fn look(
    project: &str,
    endpoint: &Endpoint,
    silent: &[String],
    now: Timestamp,
) -> Result<Vec<Input>, EngineError> {
    let engine = Engine::connect(endpoint)?;
    let (info, containers) = tokio::try_join!(
        engine.info(),
        engine.project_containers_but(project, silent)
    )?;
    // Older engines answer a bounded event query only when something ended; ask only if something did.
    let ended = containers
        .iter()
        .any(|container| container.finished_at.is_some());
    let stops = if ended {
        engine
            .stopped_on_purpose(project, now - MEMORY, now)
            .await
            .unwrap_or_default()
    } else {
        Vec::new()
    };
    let mut inputs = vec![
        Input::Reach(reach(endpoint)),
        Input::Listed {
            engine: info,
            containers,
        },
    ];
    inputs.extend(stops.into_iter().map(|(id, at)| Input::Stopped { id, at }));
    Ok(inputs)
}

/// A laptop goes from network to network: asked anew with every look.
fn reach(endpoint: &Endpoint) -> Reach {
    Reach {
        remote: endpoint.remote_host(),
        lan: lan::address()
            .filter(|_| endpoint.is_local())
            .map(|address| address.to_string()),
    }
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
    Text::new(key)
        .with("endpoint", endpoint)
        .with("remedy", engine_start::remedy(error))
}
