//! What every operation of an open package works with.

use crate::compose::Compose;
use crate::engine::{Endpoint, Engine, EngineError};
use crate::environment::Environment;
use crate::health::Monitor;
use crate::operation::StopRecords;
use crate::package::Package;
use crate::repair::Hands;
use crate::resources::Sampler;
use std::sync::Arc;

/// An open package with its engine, its Compose and its monitor. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub package: Arc<Package>,
    /// None when no Compose was found; then nothing can be started, and `check` says so.
    pub compose: Option<Arc<Compose>>,
    pub endpoint: Endpoint,
    pub environment: Arc<Environment>,
    pub monitor: Arc<Monitor>,
    /// What is used, and what was before.
    pub figures: Arc<Sampler>,
}

impl Session {
    /// Connects to the engine.
    pub(crate) fn engine(&self) -> Result<Engine, EngineError> {
        Engine::connect(&self.endpoint)
    }

    /// Returns what changes are made with.
    pub(crate) fn hands(&self) -> Hands {
        Hands {
            endpoint: self.endpoint.clone(),
        }
    }

    /// Returns the records of stops on purpose.
    pub(crate) fn stops(&self) -> StopRecords {
        StopRecords::of(&self.environment.state, &self.package.project.name)
    }
}
