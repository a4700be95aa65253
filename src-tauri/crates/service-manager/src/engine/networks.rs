//! Networks and volumes of an engine.

use super::{Engine, EngineError};
use bollard::models::NetworkCreateRequest;
use bollard::query_parameters::{ListNetworksOptions, ListVolumesOptions};

/// Compose's labels, the same in both generations.
const PROJECT: &str = "com.docker.compose.project";
const NETWORK: &str = "com.docker.compose.network";

/// A network of the engine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct NetworkFacts {
    pub id: String,
    pub name: String,
    /// `bridge`, `host`, `overlay`, ...
    pub driver: String,
    /// As written: `172.18.0.0/16`.
    pub subnets: Vec<String>,
    /// The project that made it, when Compose did.
    pub project: Option<String>,
    /// Its key in the compose file it was made from.
    pub key: Option<String>,
    /// The interface it has on the engine's computer, for bridges.
    pub interface: String,
}

/// A volume of the engine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct VolumeFacts {
    pub name: String,
    /// The project that made it, when Compose did.
    pub project: Option<String>,
}

impl Engine {
    /// Lists every network.
    pub(crate) async fn networks(&self) -> Result<Vec<NetworkFacts>, EngineError> {
        let list = self.docker.list_networks(None::<ListNetworksOptions>).await;
        let list = list.map_err(|error| self.error(error))?;
        let facts = list.into_iter().map(|network| {
            let labels = network.labels.unwrap_or_default();
            let options = network.options.unwrap_or_default();
            let id = network.id.unwrap_or_default();
            let usual = || format!("br-{}", id.chars().take(12).collect::<String>());
            let configs = network.ipam.and_then(|ipam| ipam.config);
            NetworkFacts {
                id: id.clone(),
                name: network.name.unwrap_or_default(),
                driver: network.driver.unwrap_or_default(),
                subnets: configs
                    .into_iter()
                    .flatten()
                    .filter_map(|config| config.subnet)
                    .collect(),
                project: labels.get(PROJECT).cloned(),
                key: labels.get(NETWORK).cloned(),
                interface: options
                    .get("com.docker.network.bridge.name")
                    .cloned()
                    .unwrap_or_else(usual),
            }
        });
        Ok(facts.collect())
    }

    /// Lists every volume.
    pub(crate) async fn volumes(&self) -> Result<Vec<VolumeFacts>, EngineError> {
        let list = self.docker.list_volumes(None::<ListVolumesOptions>).await;
        let list = list.map_err(|error| self.error(error))?;
        let volumes = list.volumes.unwrap_or_default().into_iter();
        let facts = volumes.map(|volume| VolumeFacts {
            project: volume.labels.get(PROJECT).cloned(),
            name: volume.name,
        });
        Ok(facts.collect())
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
