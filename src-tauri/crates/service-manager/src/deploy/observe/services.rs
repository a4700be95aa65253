//! What the active services ask of the computer, as far as the compose file says it.

use crate::compose::project::Project;
use crate::compose::wishes::Wishes;
use crate::images::reference::Reference;
use std::collections::BTreeMap;

/// One active service.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ServiceObserved {
    pub name: String,
    /// The image's own name and its tag: `elasticsearch`, `8.13.0`.
    pub image: (String, String),
    pub wishes: Wishes,
    /// Comes back by itself after a restart.
    pub restarts: bool,
    /// How many containers.
    pub replicas: u32,
    pub environment: BTreeMap<String, Option<String>>,
    /// Ports of this computer below 1024 that it publishes.
    pub low_ports: Vec<u16>,
    /// Folders and files inside the package that it mounts: source and target.
    pub mounts: Vec<(String, String)>,
}

/// Reads them from the project; looks at nothing.
pub(super) fn observe(project: &Project) -> Vec<ServiceObserved> {
    let services = project.active_services();
    services
        .map(|service| ServiceObserved {
            name: service.name.clone(),
            image: family(service.image.as_deref().unwrap_or_default()),
            wishes: service.wishes.clone(),
            restarts: service
                .restart
                .as_deref()
                .is_some_and(|policy| policy == "always" || policy == "unless-stopped"),
            replicas: service.replicas,
            environment: service.environment.clone(),
            low_ports: service
                .ports
                .iter()
                .filter_map(|port| port.published.as_deref())
                .filter_map(|published| published.split('-').next()?.parse().ok())
                .filter(|port| *port < 1024)
                .collect(),
            mounts: service
                .bind_mounts
                .iter()
                .filter(|mount| mount.source.starts_with(&project.directory))
                .map(|mount| (mount.source.to_string(), mount.target.clone()))
                .collect(),
        })
        .collect()
}

impl ServiceObserved {
    /// Whether a search engine ends when the kernel allows too few memory maps. One that stands alone only complains;
    /// one that is told of others, or `SonarQube`, whose search engine always insists, ends.
    pub(crate) fn insists_on_maps(&self) -> bool {
        let value = |name: &str| self.environment.get(name).and_then(Option::as_deref);
        let is_set =
            |name: &str| value(name).is_some_and(|value| !value.is_empty() && value != "false");
        if self.image.0 == "sonarqube" {
            return !is_set("SONAR_ES_BOOTSTRAP_CHECKS_DISABLE");
        }
        let others = [
            "discovery.seed_hosts",
            "cluster.initial_master_nodes",
            "cluster.initial_cluster_manager_nodes",
        ];
        value("discovery.type") != Some("single-node") && others.iter().any(|name| is_set(name))
    }
}

/// `docker.elastic.co/elasticsearch/elasticsearch:8.13.0` -> `elasticsearch`, `8.13.0`
pub(crate) fn family(image: &str) -> (String, String) {
    let Some(reference) = Reference::parse(image) else {
        return (String::new(), String::new());
    };
    let name = reference.repository.rsplit('/').next().unwrap_or_default();
    (name.to_owned(), reference.tag.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{ServiceObserved, family};

    #[test]
    fn a_search_engine_insists_when_it_is_not_alone() {
        let insists = |image: &str, environment: &[(&str, &str)]| {
            let pair =
                |(name, value): &(&str, &str)| ((*name).to_owned(), Some((*value).to_owned()));
            let service = ServiceObserved {
                image: (image.to_owned(), "8".to_owned()),
                environment: environment.iter().map(pair).collect(),
                ..ServiceObserved::default()
            };
            service.insists_on_maps()
        };
        let seeds = ("discovery.seed_hosts", "es2");
        assert!(insists("elasticsearch", &[seeds]));
        assert!(!insists(
            "elasticsearch",
            &[seeds, ("discovery.type", "single-node")]
        ));
        assert!(!insists("opensearch", &[]), "its settings may be in a file");
        assert!(insists("sonarqube", &[]));
        assert!(!insists(
            "sonarqube",
            &[("SONAR_ES_BOOTSTRAP_CHECKS_DISABLE", "true")]
        ));
    }

    #[test]
    fn an_image_is_known_by_its_own_name() {
        let pair = |name: &str, tag: &str| (name.to_owned(), tag.to_owned());
        assert_eq!(
            family("docker.elastic.co/elasticsearch/elasticsearch:8.13.0"),
            pair("elasticsearch", "8.13.0")
        );
        assert_eq!(family("mongo"), pair("mongo", "latest"));
    }
}
