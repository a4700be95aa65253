//! One service in detail, for whoever opens its drawer.

use super::{Result, ServiceManager};
use crate::api::app::ServiceRequest;
use crate::api::details::{ContainerDetails, NeedDetails, PlaceDetails, ServiceDetails};
use crate::api::status::ServiceStatus;
use crate::compose::project::{Condition, Project};
use crate::deploy::lifecycle::no_such;
use crate::engine::{Engine, InspectedContainer};
use crate::resources;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// How far back the history goes; the engine's memory is usually shorter.
const MEMORY: SignedDuration = SignedDuration::from_hours(24 * 7);

impl ServiceManager {
    /// Returns one service in detail, as it is now.
    pub async fn service_details(&self, request: ServiceRequest) -> Result<ServiceDetails> {
        let session = self.session()?;
        let project = &session.package.project;
        let service = project
            .service(&request.service)
            .ok_or_else(|| no_such(&session, &request.service))?;
        let snapshot = session.monitor.current();
        let states: BTreeMap<&str, &ServiceStatus> = snapshot
            .services
            .iter()
            .map(|it| (it.name.as_str(), it))
            .collect();
        let engine = session.engine()?;
        let mut details = ServiceDetails {
            service: service.name.clone(),
            image: service.image.clone().unwrap_or_default(),
            containers: Vec::new(),
            needs: service
                .depends_on
                .iter()
                .map(|need| NeedDetails {
                    service: need.service.clone(),
                    condition: word(need.condition).to_owned(),
                    state: states.get(need.service.as_str()).map(|it| it.state),
                })
                .collect(),
            needed_by: needed_by(project, &service.name),
            places: Vec::new(),
            history: Vec::new(),
        };
        for status in states
            .get(service.name.as_str())
            .iter()
            .flat_map(|it| &it.containers)
        {
            let Some(container) = engine.inspected(&status.id).await? else {
                continue;
            };
            add_places(&mut details, &container).await;
            let now = Timestamp::now();
            // Without its history the rest still helps.
            let past = engine.history(&status.id, now - MEMORY, now).await;
            details.history.extend(past.unwrap_or_default());
            details.containers.push(ContainerDetails {
                name: status.name.clone(),
                id: status.id.chars().take(12).collect(),
                platform: platform(&engine, &container.image).await,
                image_id: container.image,
                created_at: container.created_at,
                started_at: status.started_at,
                restart_count: status.restart_count,
                restart_policy: service.restart.clone().unwrap_or_else(|| "no".to_owned()),
                variables: container.variables,
                networks: container.networks,
                probes: container.probes,
            });
        }
        details
            .history
            .sort_by_key(|entry| std::cmp::Reverse(entry.at));
        Ok(details)
    }
}

async fn platform(engine: &Engine, image: &str) -> Option<String> {
    let facts = engine.image(image).await.ok().flatten()?;
    Some(facts.platform)
}

/// Replicas share their places; each is told once.
async fn add_places(details: &mut ServiceDetails, container: &InspectedContainer) {
    for place in &container.places {
        let is_known =
            |known: &PlaceDetails| (&known.source, &known.target) == (&place.source, &place.target);
        if details.places.iter().any(is_known) {
            continue;
        }
        let bytes = match &place.path {
            Some(path) => resources::bytes_of(path.into()).await,
            None => None,
        };
        details.places.push(PlaceDetails {
            kind: place.kind,
            source: place.source.clone(),
            target: place.target.clone(),
            read_only: place.read_only,
            bytes,
        });
    }
}

/// Whoever depends on a service, directly or through others, near ones first and then in Compose's order.
fn needed_by(project: &Project, service: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut edge = vec![service.to_owned()];
    while !edge.is_empty() {
        let next: Vec<String> = project
            .active_services()
            .filter(|other| other.depends_on.iter().any(|on| edge.contains(&on.service)))
            .map(|other| other.name.clone())
            .filter(|name| name != service && !found.contains(name))
            .collect();
        found.extend(next.iter().cloned());
        edge = next;
    }
    found
}

/// As the compose file spells it.
const fn word(condition: Condition) -> &'static str {
    match condition {
        Condition::Started => "service_started",
        Condition::Healthy => "service_healthy",
        Condition::CompletedSuccessfully => "service_completed_successfully",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::project::{Dependency, Service};

    #[test]
    fn whoever_depends_on_it_is_named_once_near_ones_first() {
        let edges: [(&str, &[&str]); 5] = [
            ("web", &["api"]),
            ("api", &["db", "cache"]),
            ("worker", &["db"]),
            ("db", &[]),
            // A circle ends.
            ("cache", &["web"]),
        ];
        let services = edges.iter().map(|(name, needs)| Service {
            name: (*name).into(),
            active: true,
            depends_on: needs
                .iter()
                .map(|on| Dependency {
                    service: (*on).into(),
                    condition: Condition::Started,
                })
                .collect(),
            ..Service::default()
        });
        let project = Project {
            services: services.collect(),
            ..Project::default()
        };
        assert_eq!(needed_by(&project, "db"), ["api", "worker", "web", "cache"]);
        assert!(needed_by(&project, "worker").is_empty());
    }
}
