//! Which engine: what there is, and which one the person wants.

use super::{Result, ServiceManager};
use crate::api::app::{EngineRequest, OpenPackageRequest};
use crate::api::engines::{EngineChoice, EngineChoices, EngineOrigin};
use crate::api::status::EngineState;
use crate::engine::{Endpoint, EndpointSource, Engine};
use crate::error::Error;
use crate::health::unreachable;
use crate::settings_store;
use futures_util::future::join_all;
use std::sync::PoisonError;
use std::time::Duration;

/// An engine that is well says who it is within milliseconds; nobody waits long for one that is not.
const HELLO: Duration = Duration::from_secs(2);

impl ServiceManager {
    /// Returns the engine in use and the others that can be chosen, each asked who it is.
    pub async fn engines(&self) -> EngineChoices {
        let current = self.endpoint();
        let mut found = Endpoint::choices(&self.inner.environment);
        let name = found
            .iter()
            .position(|(other, _)| other.url == current.url)
            .and_then(|at| found.remove(at).1);
        found.insert(0, (current.clone(), name));
        let asked = found
            .into_iter()
            .map(|(endpoint, name)| ask(endpoint, name));
        EngineChoices {
            origin: match current.source {
                EndpointSource::Given => EngineOrigin::Given,
                EndpointSource::Variable => EngineOrigin::Variable,
                EndpointSource::Chosen => EngineOrigin::Chosen,
                EndpointSource::Context => EngineOrigin::Context,
                EndpointSource::Candidate => EngineOrigin::Found,
            },
            fixed: current.is_given(),
            current: current.url,
            engines: join_all(asked).await,
        }
    }

    /// Chooses an engine: saved, and used from now on unless somebody named one for this run. An open package is read
    /// again, because Compose and everything that is watched belong to the engine.
    pub async fn choose_engine(&self, request: EngineRequest) -> Result<EngineChoices> {
        let url = request.url.map(|url| url.trim().to_owned());
        if let Some(url) = url.as_deref().filter(|url| !Endpoint::is_usable(url)) {
            return Err(Error::BadAddress {
                address: url.to_owned(),
            });
        }
        if let Some(kind) = self.inner.registry.running() {
            let owner = std::process::id().to_string();
            return Err(Error::OperationInProgress { kind, owner });
        }
        let state = &self.inner.environment.state;
        // What is saved is what was saved, not what the command line said for this run.
        let mut saved = settings_store::load(state);
        saved.engine.clone_from(&url);
        settings_store::save(state, &saved)?;
        self.settings_lock().engine.clone_from(&url);
        if !self.endpoint().is_given() {
            let endpoint = Endpoint::resolve(None, url.as_deref(), &self.inner.environment);
            let mut current = self
                .inner
                .endpoint
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            *current = endpoint;
        }
        let open = self.session().ok();
        if let Some(session) = open {
            let path = session.package.directory.to_string();
            self.open_package(OpenPackageRequest { path }).await?;
        } else {
            self.redraw();
        }
        Ok(self.engines().await)
    }
}

async fn ask(endpoint: Endpoint, name: Option<String>) -> EngineChoice {
    let url = endpoint.url.clone();
    let answer = async { Engine::connect(&endpoint)?.info_within(HELLO).await };
    match answer.await {
        Ok(info) => EngineChoice {
            url,
            name,
            state: EngineState::Connected,
            version: Some(info.version),
            platform: Some(info.platform),
            reason: None,
        },
        Err(error) => EngineChoice {
            url,
            name,
            state: EngineState::Unreachable,
            version: None,
            platform: None,
            reason: Some(unreachable(&error)),
        },
    }
}
