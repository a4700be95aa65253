//! The Docker Engine. The only module that names bollard; everything leaves as our own types.

mod connect;
mod containers;
mod details;
mod error;
mod events;
mod helper;
mod images;
mod info;
mod listed;
mod logs;
mod networks;
mod proxies;
mod stats;

pub(crate) use connect::{Endpoint, EndpointSource, plugin_folder};
pub(crate) use containers::{ContainerFacts, ContainerSummary, PublishedPort};
pub(crate) use details::InspectedContainer;
pub(crate) use error::{EngineError, chain};
pub(crate) use events::EngineEvent;
pub(crate) use images::{ImageFacts, LoadMessage};
pub(crate) use info::{EngineInfo, Flavour, at_least};
pub(crate) use logs::LogsWanted;
pub(crate) use networks::{NetworkFacts, VolumeFacts};
pub(crate) use proxies::{Proxies, proxies};
pub(crate) use stats::{LogFile, Usage};

use bollard::Docker;
use bollard::models::SystemVersion;
use std::time::Duration;

/// Quick calls: an engine that needs longer than this for a list is not well, and people are told so.
const CALL_LIMIT: Duration = Duration::from_secs(20);

/// The first call of everything: an engine that does not even say who it is hangs.
pub(crate) const HELLO_LIMIT: Duration = Duration::from_secs(10);

/// Streams, uploads and graceful stops end by themselves, by cancelling, or with the engine; this is only a backstop.
const PATIENCE: Duration = Duration::from_hours(24);

/// A connection to one engine. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Engine {
    docker: Docker,
    endpoint: Endpoint,
}

impl Engine {
    /// Prepares a connection; nothing is sent yet. An absent socket is [`EngineError::NotRunning`] at once.
    pub(crate) fn connect(endpoint: &Endpoint) -> Result<Self, EngineError> {
        let supported = ["unix://", "npipe://", "tcp://", "http://"]
            .iter()
            .any(|scheme| endpoint.url.starts_with(scheme));
        if !supported {
            return Err(EngineError::Unsupported {
                endpoint: endpoint.url.clone(),
            });
        }
        // Fails when the socket is not there; callers connect anew for each look, which costs nothing on a local socket.
        let docker = Docker::connect_with_host(&endpoint.url)
            .map_err(|error| EngineError::from_bollard(error, &endpoint.url))?;
        Ok(Self {
            docker: docker.with_timeout(CALL_LIMIT),
            endpoint: endpoint.clone(),
        })
    }

    /// Returns the endpoint.
    pub(crate) const fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Asks the engine who it is; the first call of everything.
    pub(crate) async fn info(&self) -> Result<EngineInfo, EngineError> {
        self.info_within(HELLO_LIMIT).await
    }

    /// The same for whoever cannot wait as long; no answer within the limit is [`EngineError::Hung`].
    pub(crate) async fn info_within(&self, limit: Duration) -> Result<EngineInfo, EngineError> {
        // The client's own limit counts whole seconds.
        let (version, info) = tokio::join!(
            tokio::time::timeout(limit, self.docker.version()),
            tokio::time::timeout(limit, self.docker.info())
        );
        let version = version
            .map_err(|_| EngineError::Hung {
                endpoint: self.endpoint.url.clone(),
            })?
            .map_err(|error| self.error(error))?;
        // `info` may fail on a half-broken engine that still answers `version`; then only details are missing.
        Ok(info::sorted(version, info.ok().and_then(Result::ok)))
    }

    /// Returns what the engine runs, `linux/amd64`, without what makes [`Engine::info`] slow.
    pub(crate) async fn platform(&self) -> Result<String, EngineError> {
        let docker = self.docker.clone().with_timeout(HELLO_LIMIT);
        let version = docker.version().await.map_err(|error| self.error(error))?;
        Ok(platform_of(&version))
    }

    /// Returns the error of an engine that went away in the middle of something.
    pub(crate) fn gone(&self) -> EngineError {
        EngineError::NotRunning {
            endpoint: self.endpoint.url.clone(),
        }
    }

    /// Returns a client without the limit of quick calls, for streams, uploads and graceful stops.
    fn patient(&self) -> Docker {
        self.docker.clone().with_timeout(PATIENCE)
    }

    /// The same engine for questions that it may answer in its own time.
    pub(crate) fn patiently(&self) -> Self {
        Self {
            docker: self.patient(),
            endpoint: self.endpoint.clone(),
        }
    }

    fn error(&self, error: bollard::errors::Error) -> EngineError {
        EngineError::from_bollard(error, &self.endpoint.url)
    }
}

fn platform_of(version: &SystemVersion) -> String {
    format!(
        "{}/{}",
        version.os.as_deref().unwrap_or("linux"),
        version.arch.as_deref().map_or("unknown", platform_arch)
    )
}

/// Returns the architecture as images name it, from any of the names kernels and engines use.
pub(crate) fn platform_arch(name: &str) -> &str {
    match name {
        "x86_64" | "x86-64" | "x64" => "amd64",
        "aarch64" | "armv8" | "arm64v8" => "arm64",
        "armv7l" | "armhf" => "arm",
        "i686" | "i386" => "386",
        other => other,
    }
}
