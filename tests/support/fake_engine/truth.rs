//! What an engine would answer, read off the world.

use super::container::{FakeContainer, ago};
use super::{FakeImage, Request, Shared, World, hex, lock};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Read;

/// `since`, `until`, and the filters for label and action.
pub(super) fn is_wanted(event: &Value, request: &Request) -> bool {
    let seconds = |name: &str| {
        request
            .query
            .get(name)
            .and_then(|text| text.parse::<f64>().ok())
    };
    #[allow(clippy::cast_precision_loss)] // a moment to a microsecond is enough
    let time = event["timeNano"].as_i64().unwrap_or(0) as f64 / 1e9;
    let filters: Value = request
        .query
        .get("filters")
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default();
    let actions = filters["event"].as_array().cloned().unwrap_or_default();
    seconds("since").is_none_or(|since| time >= since)
        && seconds("until").is_none_or(|until| time <= until)
        && (actions.is_empty() || actions.contains(&event["Action"]))
        && has_labels(&event["Actor"]["Attributes"], &filters)
        && filters["container"]
            .as_array()
            .is_none_or(|wanted| wanted.contains(&event["Actor"]["ID"]))
}

fn has_labels(labels: &Value, filters: &Value) -> bool {
    let wanted = filters["label"].as_array().cloned().unwrap_or_default();
    wanted.iter().filter_map(Value::as_str).all(|wanted| {
        let (name, value) = wanted.split_once('=').unwrap_or((wanted, ""));
        labels[name].as_str() == Some(value)
    })
}

/// Whether an id begins as one of the filter's does; without a filter every id does.
fn is_named(id: &str, wanted: &Value) -> bool {
    let Some(wanted) = wanted.as_array() else {
        return true;
    };
    let mut wanted = wanted.iter().filter_map(Value::as_str);
    wanted.any(|beginning| id.starts_with(beginning))
}

/// The container a request for logs is about.
pub(super) fn container_of(shared: &Shared, path: &str) -> Option<FakeContainer> {
    let id = path.split('/').nth(2).unwrap_or("");
    let world = lock(&shared.world);
    let mut containers = world.containers.iter();
    containers.find(|container| container.id == id).cloned()
}

/// What it wrote before, in frames; `since` is in whole seconds, as an engine takes it.
pub(super) fn past(container: &FakeContainer, request: &Request) -> Vec<u8> {
    let since = request
        .query
        .get("since")
        .and_then(|text| text.parse().ok());
    let mut out = Vec::new();
    for line in &container.logs {
        // A line with a time of its own keeps it.
        let time = line
            .split_once(' ')
            .and_then(|(time, _)| time.parse::<jiff::Timestamp>().ok());
        let line = match time {
            Some(time) if since.is_some_and(|since: i64| time.as_second() < since) => continue,
            Some(_) => format!("{line}\n"),
            None => format!("{} {line}\n", ago(Some(1))),
        };
        out.extend(frame(&line));
    }
    out
}

/// One frame of the stream of a container without a terminal.
pub(super) fn frame(text: &str) -> Vec<u8> {
    let stream = if text.contains("[stderr]") { 2 } else { 1 };
    let mut frame = vec![stream, 0, 0, 0];
    frame.extend_from_slice(&u32::try_from(text.len()).unwrap_or(0).to_be_bytes());
    frame.extend_from_slice(text.as_bytes());
    frame
}

/// What an engine would answer.
pub(super) fn truth(shared: &Shared, request: &Request, body: &[u8]) -> (u16, String) {
    let mut world = lock(&shared.world);
    let path: Vec<&str> = request.path.trim_matches('/').split('/').collect();
    let not_found = |what: &str| {
        (
            404,
            json!({ "message": format!("No such {what}") }).to_string(),
        )
    };
    let ok = |value: Value| (200, value.to_string());
    match (request.method.as_str(), path.as_slice()) {
        (_, ["_ping"]) => (200, "OK".into()),
        ("GET", ["version"]) => {
            let usual = json!({
                "Version": "26.1.5", "ApiVersion": "1.45", "MinAPIVersion": "1.24", "Os": "linux",
                "Arch": world.arch, "KernelVersion": "6.1",
            });
            ok(beside(usual, &world.version))
        }
        ("GET", ["info"]) => {
            let usual = json!({
                "MemTotal": 8_000_000_000_i64, "NCPU": 4, "DockerRootDir": "/", "Driver": "overlay2",
            });
            ok(beside(usual, &world.info))
        }
        ("GET", ["events"]) => {
            let wanted = world.events.iter().filter(|event| is_wanted(event, request));
            let lines = wanted.fold(String::new(), |lines, event| lines + &event.to_string() + "\n");
            (200, lines)
        }
        ("GET", ["containers", "json"]) => {
            let filters = request.query.get("filters");
            let filters: Value =
                filters.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
            let found = world
                .containers
                .iter()
                .filter(|container| has_labels(&container.labels(), &filters))
                .filter(|container| is_named(&container.id, &filters["id"]));
            ok(found.map(FakeContainer::summary).collect())
        }
        ("GET", ["containers", id, "json"]) => {
            let found = world.containers.iter().find(|container| container.id == *id);
            found.map_or_else(|| not_found("container"), |container| ok(container.inspect()))
        }
        ("GET", ["containers", id, "stats"]) => {
            let found = world.containers.iter().find(|container| container.id == *id);
            found.map_or_else(|| not_found("container"), |container| ok(container.stats()))
        }
        ("POST", ["containers", id, verb @ ("start" | "restart" | "stop")]) => {
            let Some(container) = world.containers.iter_mut().find(|container| container.id == *id)
            else {
                return not_found("container");
            };
            if *verb == "stop" {
                container.end(143);
            } else {
                container.state = "running".into();
                container.started = Some(30);
                container.finished = None;
                container.restart_count = 0;
            }
            (204, String::new())
        }
        // One that runs is refused without `force` (moby daemon/delete.go).
        ("DELETE", ["containers", id]) => {
            let is_it = |container: &FakeContainer| container.id == *id;
            match world.containers.iter().position(is_it) {
                None => not_found("container"),
                Some(at) if world.containers[at].state == "running" => {
                    let message = format!("You cannot remove a running container {id}");
                    (409, json!({ "message": message }).to_string())
                }
                Some(at) => {
                    world.containers.remove(at);
                    (204, String::new())
                }
            }
        }
        ("GET", ["images", "json"]) => ok(world
            .images
            .iter()
            .map(|image| {
                json!({
                    "Id": image.id, "ParentId": "", "RepoTags": image.refs, "RepoDigests": [], "Created": 0,
                    "Size": 1000, "SharedSize": -1, "Labels": {}, "Containers": -1,
                })
            })
            .collect()),
        ("POST", ["images", "load"]) => load(&mut world, body),
        ("POST", ["images", name @ .., "tag"]) => {
            let name = name.join("/");
            let target = format!(
                "{}:{}",
                request.query.get("repo").map_or("", String::as_str),
                request.query.get("tag").map_or("latest", String::as_str)
            );
            for image in &mut world.images {
                image.refs.retain(|reference| *reference != target);
            }
            let found = world.images.iter_mut().find(|image| is_called(image, &name));
            match found {
                Some(image) => {
                    image.refs.push(target);
                    (201, String::new())
                }
                None => not_found("image"),
            }
        }
        ("GET", ["images", name @ .., "json"]) => {
            let name = name.join("/");
            match world.images.iter().find(|image| is_called(image, &name)) {
                Some(image) => ok(json!({
                    "Id": image.id, "RepoTags": image.refs, "RepoDigests": [], "Os": "linux",
                    "Architecture": image.arch, "Size": 1000, "Config": {},
                    "RootFS": { "Type": "layers", "Layers": image.layers },
                })),
                None => not_found("image"),
            }
        }
        ("DELETE", ["images", name @ ..]) => untag(&mut world, &name.join("/")),
        ("GET", ["networks", name]) if world.networks.iter().any(|known| known == name) => {
            ok(json!({ "Name": name, "Id": name }))
        }
        ("GET", ["volumes", name]) if world.volumes.iter().any(|known| known == name) => ok(json!({
            "Name": name, "Driver": "local", "Mountpoint": "/", "Labels": {}, "Scope": "local", "Options": {},
        })),
        ("GET", ["networks"]) => {
            let named = world.networks.iter().map(|name| {
                json!({ "Name": name, "Id": hex(name.as_bytes()), "Driver": "bridge", "Scope": "local" })
            });
            ok(named.chain(world.network_facts.iter().cloned()).collect())
        }
        ("GET", ["volumes"]) => {
            let named = world.volumes.iter().map(|name| {
                json!({
                    "Name": name, "Driver": "local", "Mountpoint": "/", "Labels": {}, "Scope": "local", "Options": {},
                })
            });
            ok(json!({ "Volumes": named.collect::<Vec<_>>(), "Warnings": [] }))
        }
        ("POST", ["networks", "create"]) => {
            let body: Value = serde_json::from_slice(body).unwrap_or_default();
            let name = body["Name"].as_str().unwrap_or_default().to_owned();
            world.networks.push(name.clone());
            (201, json!({ "Id": name, "Warning": "" }).to_string())
        }
        ("DELETE", ["networks", name]) => {
            world.networks.retain(|known| known != name);
            world.network_facts.retain(|known| known["Id"] != *name && known["Name"] != *name);
            (204, String::new())
        }
        ("GET", ["networks" | "volumes", _]) => not_found("thing"),
        _ => (404, json!({ "message": "page not found" }).to_string()),
    }
}

/// Puts what a test wants over what is usual.
fn beside(mut usual: Value, wanted: &Value) -> Value {
    for (key, value) in wanted.as_object().into_iter().flatten() {
        usual[key] = value.clone();
    }
    usual
}

fn is_called(image: &FakeImage, name: &str) -> bool {
    let tagged = |name: &str| match name.rsplit_once(':') {
        Some((_, tag)) if !tag.contains('/') => name.to_owned(),
        _ => format!("{name}:latest"),
    };
    image.id == name
        || image
            .refs
            .iter()
            .any(|reference| tagged(reference) == tagged(name))
}

/// Takes a name away; an image without names goes.
fn untag(world: &mut World, name: &str) -> (u16, String) {
    let Some(at) = world.images.iter().position(|image| is_called(image, name)) else {
        return (
            404,
            json!({ "message": format!("No such image: {name}") }).to_string(),
        );
    };
    let image = &mut world.images[at];
    image.refs.retain(|reference| reference != name);
    if image.refs.is_empty() {
        world.images.remove(at);
    }
    (200, json!([{ "Untagged": name }]).to_string())
}

/// Whether an image has these lowest layers: only then may they be left out of an archive.
fn has_chain(world: &World, chain: &[String]) -> bool {
    world
        .images
        .iter()
        .any(|image| image.layers.starts_with(chain))
}

/// Reads a docker-archive as an engine does: manifest, then configs, then the layers it does not have.
fn load(world: &mut World, body: &[u8]) -> (u16, String) {
    let mut members = BTreeMap::new();
    let mut archive = tar::Archive::new(body);
    for entry in archive.entries().into_iter().flatten().flatten() {
        let mut entry = entry;
        let Some(name) = entry
            .path()
            .ok()
            .and_then(|path| path.to_str().map(str::to_owned))
        else {
            continue;
        };
        let mut content = Vec::new();
        let _ = entry.read_to_end(&mut content);
        members.insert(name, content);
    }
    let manifest: Value = members
        .get("manifest.json")
        .and_then(|bytes| serde_json::from_slice(bytes).ok())
        .unwrap_or_default();
    let mut lines = String::new();
    for image in manifest.as_array().into_iter().flatten() {
        let config = image["Config"].as_str().and_then(|name| members.get(name));
        let Some(config) = config else { continue };
        let facts: Value = serde_json::from_slice(config).unwrap_or_default();
        let words = |value: &Value| -> Vec<String> {
            let items = value.as_array().into_iter().flatten();
            items
                .filter_map(|item| item.as_str().map(str::to_owned))
                .collect()
        };
        let diff_ids = words(&facts["rootfs"]["diff_ids"]);
        let layers = words(&image["Layers"]);
        let absent = (0..diff_ids.len())
            .find(|at| !members.contains_key(&layers[*at]) && !has_chain(world, &diff_ids[..=*at]));
        if let Some(absent) = absent {
            // moby 20.10, image/tarexport/load.go
            let message = format!(
                "open /var/lib/docker/tmp/docker-import-1/{}: no such file or directory",
                layers[absent]
            );
            let error = json!({ "errorDetail": { "message": message }, "error": message });
            return (200, format!("{error}\n"));
        }
        let refs = words(&image["RepoTags"]);
        for known in &mut world.images {
            known.refs.retain(|reference| !refs.contains(reference));
        }
        let id = format!("sha256:{}", hex(config));
        for reference in &refs {
            lines += &json!({ "stream": format!("Loaded image: {reference}\n") }).to_string();
            lines.push('\n');
        }
        match world.images.iter_mut().find(|known| known.id == id) {
            Some(known) => known.refs.extend(refs),
            None => world.images.push(FakeImage {
                id,
                refs,
                arch: facts["architecture"].as_str().unwrap_or("amd64").to_owned(),
                layers: diff_ids,
            }),
        }
    }
    (200, lines)
}
