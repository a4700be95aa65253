//! Services that need longer to start than they are given.

use super::{Asked, Scene, setting};
use crate::api::check::Risk;
use crate::api::status::{ContainerState, ServiceState, ServiceStatus};
use crate::compose::project::Healthcheck;
use crate::deploy::explain::remedy::{Course, Remedy};
use crate::deploy::service_change::Wish;
use crate::repair::Proposal;
use crate::text::{Text, format};
use serde_json::json;
use std::time::Duration;

/// How much longer is waited.
const WAIT: Duration = Duration::from_mins(15);
/// The engine's defaults (moby daemon/health.go).
const INTERVAL: Duration = Duration::from_secs(30);
const TIMEOUT: Duration = Duration::from_secs(30);
const RETRIES: u32 = 3;
/// What is given at least, and at most.
const LEAST: Duration = Duration::from_mins(5);
const MOST: Duration = Duration::from_hours(1);

/// Waiting, as long as it goes on; more time for every start, unless it is a database that puts its data in order: that
/// must not be interrupted, and a new container would.
pub(super) fn slow_start(asked: &Asked<'_>, scene: &Scene<'_>) -> Vec<Remedy> {
    let Some(service) = asked.service(scene) else {
        return Vec::new();
    };
    let mut services = scene.snapshot.services.iter();
    let is_going_on = services
        .find(|it| it.name == service.name)
        .is_some_and(goes_on);
    let mut remedies = Vec::new();
    if is_going_on {
        remedies.push(Remedy {
            proposal: Proposal {
                id: format!("health.slow_start:{}:wait", service.name),
                risk: Risk::Safe,
                effect: Text::new("fix-wait")
                    .with("service", service.name.as_str())
                    .with("time", format::duration(WAIT.as_secs_f64())),
                changes: Vec::new(),
            },
            course: Course {
                wait: Some(WAIT),
                ..Course::default()
            },
        });
    }
    let known = service.healthcheck.clone().unwrap_or_default();
    let Some(longer) = longer(&known).filter(|_| asked.variant != Some("recovering")) else {
        return remedies;
    };
    let seconds = longer.as_secs();
    let wish = Wish {
        service: &service.name,
        path: &["healthcheck", "start_period"],
        value: json!(format!("{seconds}s")),
    };
    let effect = |how| {
        Text::new("fix-start-period")
            .with("service", service.name.as_str())
            .with("time", format::duration(longer.as_secs_f64()))
            .with("how", how)
    };
    let id = format!("health.slow_start:{}:{seconds}", service.name);
    remedies.extend(setting(scene, &wish, (id, Risk::Safe), effect));
    remedies
}

fn goes_on(status: &ServiceStatus) -> bool {
    let is_running = |it: &crate::api::status::ContainerStatus| it.state == ContainerState::Running;
    matches!(
        status.state,
        ServiceState::Starting | ServiceState::Unhealthy
    ) && status.containers.iter().any(is_running)
}

/// Three times what a start may take now, in whole minutes; none when it has an hour already.
fn longer(check: &Healthcheck) -> Option<Duration> {
    let period = check.start_period.unwrap_or_default();
    let probe = check.interval.unwrap_or(INTERVAL) + check.timeout.unwrap_or(TIMEOUT);
    let now = period.saturating_add(probe.saturating_mul(check.retries.unwrap_or(RETRIES)));
    let wanted = now.saturating_mul(3).clamp(LEAST, MOST);
    let minutes = wanted.as_secs().div_ceil(60);
    let wanted = Duration::from_mins(minutes);
    (period < wanted).then_some(wanted)
}
