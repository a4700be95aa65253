//! Networks and volumes that a package expects to find.

use super::{Engine, EngineError};

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
}

fn exists<T>(answer: Result<T, EngineError>) -> Result<bool, EngineError> {
    match answer {
        Ok(_) => Ok(true),
        Err(error) if error.is_not_found() => Ok(false),
        Err(error) => Err(error),
    }
}
