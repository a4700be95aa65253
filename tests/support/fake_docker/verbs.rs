//! What Compose does to an engine when all goes well.

use crate::fake_engine::{FakeContainer, FakeEngine};
use serde_json::Value;

/// Words after the verb that are no options.
fn named(words: &[String]) -> Vec<&str> {
    let after = words
        .iter()
        .map(String::as_str)
        .skip_while(|word| !matches!(*word, "up" | "stop" | "restart"));
    after
        .skip(1)
        .filter(|word| !word.starts_with('-') && *word != "never")
        .collect()
}

/// What `up -d` does when all goes well: every service has a container that is as it should be.
pub(super) fn up(engine: &FakeEngine, config: &Value, folder: &str, words: &[String]) {
    let named = named(words);
    let project = config["name"].as_str().unwrap_or("project");
    for (name, service) in config["services"].as_object().into_iter().flatten() {
        let is_meant = named.is_empty() || named.contains(&name.as_str());
        if is_meant && service.get("profiles").is_none() {
            engine.add(container(project, name, service, folder));
        }
    }
}

/// Returns the container that Compose would make of a service, up and well.
pub fn container(project: &str, name: &str, service: &Value, folder: &str) -> FakeContainer {
    let mut container = FakeContainer::running(project, name, folder);
    service["restart"]
        .as_str()
        .unwrap_or("no")
        .clone_into(&mut container.restart_policy);
    if service.get("healthcheck").is_some() {
        container.health = "healthy".into();
    }
    for port in service["ports"].as_array().into_iter().flatten() {
        let published = port["published"]
            .as_str()
            .and_then(|text| text.parse().ok());
        let target = port["target"]
            .as_u64()
            .and_then(|port| u16::try_from(port).ok());
        container.ports.extend(published.zip(target));
    }
    // A job that was written as one has ended by the time anybody looks.
    if service["restart"].as_str() == Some("no")
        && service.get("ports").is_none()
        && service.get("healthcheck").is_none()
    {
        container.end(0);
    }
    container
}

/// What `stop` does.
pub(super) fn stop(engine: &FakeEngine, words: &[String]) {
    let named = named(words);
    let services: Vec<String> = engine.world(|world| {
        let running = world
            .containers
            .iter()
            .filter(|container| container.state == "running");
        running.map(|container| container.service.clone()).collect()
    });
    for service in services
        .iter()
        .filter(|name| named.is_empty() || named.contains(&name.as_str()))
    {
        engine.change(service, "die", |container| container.end(143));
        engine.change(service, "stop", |_| ());
    }
}

/// What `down` does: containers go.
pub(super) fn down(engine: &FakeEngine, config: &Value) {
    let project = config["name"].as_str().unwrap_or("project").to_owned();
    let ids: Vec<String> = engine.world(|world| {
        let (gone, left) = world
            .containers
            .drain(..)
            .partition(|container| container.project == project);
        world.containers = left;
        let gone: Vec<FakeContainer> = gone;
        gone.into_iter().map(|container| container.id).collect()
    });
    for id in ids {
        engine.tell(&id, "destroy");
    }
}
