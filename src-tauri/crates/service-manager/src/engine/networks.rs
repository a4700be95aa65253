//! Networks and volumes that a package expects to find.

use super::{Engine, EngineError};
use bollard::models::NetworkCreateRequest;

impl Engine {
    /// Returns whether a network of this name exists.
    pub(crate) async fn has_network(&self, name: &str) -> Result<bool, EngineError> {
        exists(
            self.docker
                .inspect_network(name, None)
                .await
                .map_err(|error| self.error(error)),
        )
    }

    /// Returns whether a volume of this name exists.
    pub(crate) async fn has_volume(&self, name: &str) -> Result<bool, EngineError> {
        exists(
            self.docker
                .inspect_volume(name)
                .await
                .map_err(|error| self.error(error)),
        )
    }

    /// Makes a network of this name with the engine's defaults (a bridge).
    pub(crate) async fn make_network(&self, name: &str) -> Result<(), EngineError> {
        let request = NetworkCreateRequest {
            name: name.to_owned(),
            ..NetworkCreateRequest::default()
        };
        let made = self.docker.create_network(request).await;
        made.map(drop).map_err(|error| self.error(error))
    }

    /// Removes a network; one that is in use stays, and the engine says so.
    pub(crate) async fn remove_network(&self, name: &str) -> Result<(), EngineError> {
        match self.docker.remove_network(name).await {
            Ok(()) => Ok(()),
            Err(error) => match self.error(error) {
                error if error.is_not_found() => Ok(()),
                error => Err(error),
            },
        }
    }
}

fn exists<T>(answer: Result<T, EngineError>) -> Result<bool, EngineError> {
    match answer {
        Ok(_) => Ok(true),
        Err(error) if error.is_not_found() => Ok(false),
        Err(error) => Err(error),
    }
}
