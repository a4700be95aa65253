//! What several tests begin with: a small shop, its deployment, and how to read what happened.

use serde_json::{Value, json};
use service_manager::ServiceManager;
use service_manager::api::app::DeployRequest;
use service_manager::api::operation::{OperationEvent, StepId, StepState};
use tests::fake_docker::container;
use tests::fake_engine::{FakeContainer, FakeEngine};
use tests::sandbox::{Sandbox, events_of};

/// A front page and a database with a healthcheck it waits for: the shape of most packages.
pub(crate) fn shop() -> Value {
    json!({
        "web": { "restart": "always", "depends_on": { "db": { "condition": "service_healthy" } } },
        "db": { "restart": "always", "healthcheck": { "test": ["CMD", "ping"], "interval": "1s", "retries": 2 } },
    })
}

pub(crate) async fn deploy(manager: &ServiceManager) -> Vec<OperationEvent> {
    let started = manager
        .deploy(DeployRequest::default())
        .await
        .expect("starts");
    events_of(manager, &started).await
}

/// `step` and how it ended, in order.
pub(crate) fn steps(events: &[OperationEvent]) -> Vec<(StepId, StepState)> {
    events
        .iter()
        .filter_map(|event| match event {
            OperationEvent::StepFinished(step) => Some((step.step, step.state)),
            _ => None,
        })
        .collect()
}

/// The container Compose would make of a service of the sandbox, changed.
pub(crate) fn made(
    sandbox: &Sandbox,
    service: &str,
    change: impl FnOnce(&mut FakeContainer),
) -> FakeContainer {
    let config = sandbox.config();
    let mut container = container(
        "shop",
        service,
        &config["services"][service],
        sandbox.package.as_str(),
    );
    change(&mut container);
    container
}

/// An effect of a Compose call: these containers are there.
pub(crate) fn puts(containers: Vec<FakeContainer>) -> impl FnOnce(&FakeEngine) + Send + 'static {
    move |engine| containers.into_iter().for_each(|it| engine.add(it))
}

/// A container in a crash loop, as the engine tells of it between two runs.
pub(crate) fn looping(container: &mut FakeContainer) {
    container.state = "restarting".into();
    container.health = String::new();
    container.exit_code = 1;
    container.restart_count = 5;
    container.finished = Some(1);
}
