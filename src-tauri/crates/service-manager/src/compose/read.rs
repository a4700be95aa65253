//! From Compose's answer to a [`Project`]; pure.
//!
//! One reader takes every notation: v2 prints the long ones as JSON, v1 prints short ones as YAML, and a compose file
//! read without Compose has whatever its author wrote. Both generations print `$$` for a `$`.
//!
//! Whether a bind source exists, and what kind a missing one has to be, needs the disk and the images: see
//! `package::mounts`.

pub(crate) mod traits;

use super::ports::parse_short;
use super::project::{BindMount, Condition, Dependency, Healthcheck, Port, Project, Service};
use super::version::Generation;
use super::volumes::{Written, absolute, clean_target, is_path, kind_by_name};
use super::wishes::wishes;
use super::words::{duration, split_command};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Where the answer comes from and what it does not say itself.
#[derive(Clone, Debug)]
pub(crate) struct Origin<'a> {
    /// The project's folder.
    pub(crate) directory: &'a Utf8Path,
    pub(crate) files: &'a [Utf8PathBuf],
    /// For `~`; Compose has resolved it already.
    pub(crate) home: Option<&'a Utf8Path>,
    /// COMPOSE_PROFILES, split.
    pub(crate) active_profiles: &'a BTreeSet<String>,
    /// The project's name where the answer has none (v1, preview).
    pub(crate) name: &'a str,
    /// Whose conventions apply.
    pub(crate) generation: Generation,
    /// True when Compose was not asked.
    pub(crate) preview: bool,
}

/// Reads a resolved project.
pub(crate) fn project(mut answer: Value, origin: &Origin<'_>) -> Project {
    if !origin.preview {
        unescape(&mut answer);
    }
    let empty = Map::new();
    let section = |name: &str| {
        answer
            .get(name)
            .and_then(Value::as_object)
            .unwrap_or(&empty)
    };
    let answered = answer
        .get("name")
        .and_then(Value::as_str)
        .filter(|_| !origin.preview);
    let name = answered.unwrap_or(origin.name);
    let raw = section("services");
    let mut services: Vec<Service> = raw
        .iter()
        .map(|(key, value)| service(key, value, name, origin))
        .collect();
    // Compose prints them sorted; a compose file has them as they were written.
    services.sort_by(|left, right| left.name.cmp(&right.name));
    mark_one_shots(&mut services);
    let used_volumes: BTreeSet<&str> = services
        .iter()
        .flat_map(|service| &service.volumes)
        .map(String::as_str)
        .collect();
    let used_networks: BTreeSet<String> = raw.values().flat_map(networks).collect();
    let mut project = Project {
        name: name.to_owned(),
        directory: origin.directory.to_owned(),
        files: origin.files.to_vec(),
        networks: traits::all_networks(section("networks"), name, |key| {
            used_networks.contains(key)
        }),
        volumes: traits::all_volumes(section("volumes"), name, |key| used_volumes.contains(key)),
        external_networks: externals(section("networks"), |name| used_networks.contains(name)),
        external_volumes: externals(section("volumes"), |name| used_volumes.contains(name)),
        services: Vec::new(),
        preview: origin.preview,
    };
    project.services = services;
    project
}

fn unescape(value: &mut Value) {
    match value {
        Value::String(text) if text.contains("$$") => *text = text.replace("$$", "$"),
        Value::Array(items) => items.iter_mut().for_each(unescape),
        Value::Object(map) => map.values_mut().for_each(unescape),
        _ => {}
    }
}

fn service(name: &str, value: &Value, project: &str, origin: &Origin<'_>) -> Service {
    let get = |key: &str| value.get(key).filter(|value| !value.is_null());
    let word = |key: &str| get(key).and_then(scalar).filter(|text| !text.is_empty());
    let build = get("build").is_some();
    let separator = if origin.generation == Generation::V1 {
        '_'
    } else {
        '-'
    };
    let profiles: Vec<String> = list(get("profiles"))
        .into_iter()
        .filter_map(|it| scalar(&it))
        .collect();
    let active = profiles.is_empty()
        || origin.active_profiles.contains("*")
        || profiles
            .iter()
            .any(|profile| origin.active_profiles.contains(profile));
    let mut service = Service {
        name: name.to_owned(),
        image: word("image").or_else(|| build.then(|| format!("{project}{separator}{name}"))),
        build,
        pull_policy: word("pull_policy"),
        platform: word("platform"),
        user: word("user"),
        container_name: word("container_name"),
        replicas: replicas(value),
        ports: all_ports(get("ports")),
        depends_on: depends_on(value),
        optional: optional(value),
        restart: match get("restart") {
            // YAML's own "no".
            Some(Value::Bool(false)) => Some("no".into()),
            _ => word("restart"),
        },
        healthcheck: get("healthcheck").and_then(healthcheck),
        profiles,
        active,
        entrypoint: get("entrypoint").map(words).unwrap_or_default(),
        command: get("command").map(words).unwrap_or_default(),
        host_network: word("network_mode").as_deref() == Some("host"),
        environment: pairs(get("environment")).into_iter().collect(),
        traits: traits::traits(value),
        wishes: wishes(value),
        ..Service::default()
    };
    for volume in one_per_target(list(get("volumes"))) {
        mount(&volume, origin, &mut service);
    }
    service
}

/// Of several mounts on one target the last counts.
fn one_per_target(volumes: Vec<Value>) -> Vec<Value> {
    let target = |volume: &Value| match volume {
        Value::String(text) => Written::parse(text).map(|it| clean_target(it.target)),
        long => long.get("target").and_then(Value::as_str).map(clean_target),
    };
    let mut kept: Vec<(Option<String>, Value)> = Vec::new();
    for volume in volumes {
        let target = target(&volume);
        kept.retain(|(known, _)| known.is_none() || *known != target);
        kept.push((target, volume));
    }
    kept.into_iter().map(|(_, volume)| volume).collect()
}

fn mount(volume: &Value, origin: &Origin<'_>, service: &mut Service) {
    let parse = if origin.generation == Generation::V1 && !cfg!(windows) {
        Written::parse_without_drives
    } else {
        Written::parse
    };
    let short = volume.as_str().and_then(parse);
    let long = volume.as_object();
    let field = |key: &str| long.and_then(|long| long.get(key)).and_then(Value::as_str);
    let (bind, source, target, read_only) = match (&short, long) {
        (Some(written), _) => (
            written.is_bind(),
            written.source,
            written.target,
            written.read_only,
        ),
        (None, Some(long)) => {
            let kind = field("type").unwrap_or("volume");
            if !matches!(kind, "bind" | "volume") {
                return;
            }
            let read_only = long.get("read_only").is_some_and(is_true);
            (
                kind == "bind",
                field("source"),
                field("target").unwrap_or_default(),
                read_only,
            )
        }
        (None, None) => return,
    };
    let Some(source) = source.filter(|source| !source.is_empty()) else {
        return;
    };
    if bind {
        let path = if is_path(source) || long.is_some() {
            absolute(source, origin.directory, origin.home)
        } else {
            Utf8PathBuf::from(source)
        };
        let kind = kind_by_name(&path, target);
        service.bind_mounts.push(BindMount {
            source: path,
            // Compose v2 prints it clean.
            target: clean_target(target),
            read_only,
            kind,
            exists: false,
            image_has: None,
        });
    } else if !service.volumes.iter().any(|known| known == source) {
        service.volumes.push(source.to_owned());
    }
}

/// A port that is written twice is one port.
/// Returns the ports of a service's `ports:`, short and long notation, each once.
pub(crate) fn all_ports(value: Option<&Value>) -> Vec<Port> {
    let mut found: Vec<Port> = Vec::new();
    for port in list(value).iter().flat_map(ports) {
        if !found.contains(&port) {
            found.push(port);
        }
    }
    found
}

fn ports(value: &Value) -> Vec<Port> {
    let Some(long) = value.as_object() else {
        return scalar(value)
            .and_then(|text| parse_short(&text))
            .unwrap_or_default();
    };
    let field = |key: &str| {
        long.get(key)
            .and_then(scalar)
            .filter(|text| !text.is_empty())
    };
    let Some(target) = field("target").and_then(|text| text.parse().ok()) else {
        return Vec::new();
    };
    vec![Port {
        host_ip: field("host_ip"),
        published: field("published").filter(|published| published != "0"),
        target,
        protocol: field("protocol").unwrap_or_else(|| "tcp".into()),
    }]
}

/// Besides `depends_on`, Compose v2 counts links, shared namespaces and `volumes_from`, and prints them as such.
fn depends_on(service: &Value) -> Vec<Dependency> {
    let mut found: Vec<Dependency> = match service.get("depends_on") {
        Some(Value::Object(map)) => map
            .iter()
            .map(|(name, value)| Dependency {
                service: name.clone(),
                condition: Condition::from_word(
                    value
                        .get("condition")
                        .and_then(Value::as_str)
                        .unwrap_or_default(),
                ),
            })
            .collect(),
        other => list(other)
            .iter()
            .filter_map(scalar)
            .map(|service| Dependency {
                service,
                condition: Condition::Started,
            })
            .collect(),
    };
    let mut implied: Vec<String> = Vec::new();
    for key in ["links", "volumes_from"] {
        for name in list(service.get(key)).iter().filter_map(scalar) {
            // v1 writes `service:db:ro`; `container:x` is not of this project.
            let name = name.strip_prefix("service:").unwrap_or(&name);
            let name = name.split(':').next().filter(|name| *name != "container");
            implied.extend(name.map(str::to_owned));
        }
    }
    for key in ["network_mode", "ipc", "pid", "uts", "cgroup"] {
        let shared = service
            .get(key)
            .and_then(Value::as_str)
            .and_then(|mode| mode.strip_prefix("service:"));
        implied.extend(shared.map(str::to_owned));
    }
    for service in implied {
        if !service.is_empty() && !found.iter().any(|known| known.service == service) {
            found.push(Dependency {
                service,
                condition: Condition::Started,
            });
        }
    }
    found.sort_by(|left, right| left.service.cmp(&right.service));
    found
}

fn optional(service: &Value) -> Vec<String> {
    let written = service.get("depends_on").and_then(Value::as_object);
    written
        .into_iter()
        .flatten()
        .filter(|(_, value)| value.get("required").is_some_and(is_false))
        .map(|(name, _)| name.clone())
        .collect()
}

fn healthcheck(value: &Value) -> Option<Healthcheck> {
    if value.get("disable").is_some_and(is_true) {
        return None;
    }
    let test = match value.get("test") {
        Some(Value::String(shell)) if !shell.is_empty() => {
            vec!["CMD-SHELL".to_owned(), shell.clone()]
        }
        Some(Value::Array(words)) => words.iter().filter_map(scalar).collect(),
        _ => Vec::new(),
    };
    if test.first().is_some_and(|first| first == "NONE") {
        return None;
    }
    let time = |key: &str| {
        value
            .get(key)
            .and_then(scalar)
            .and_then(|text| duration(&text))
    };
    let written = value.as_object()?.iter();
    let says_something = |(key, value): (&String, &Value)| {
        let empty = value.as_array().is_some_and(Vec::is_empty);
        key != "disable" && !key.starts_with("x-") && !value.is_null() && !empty
    };
    // `disable: false` alone leaves the image's own healthcheck, of which the file says nothing.
    if !written.into_iter().any(says_something) {
        return None;
    }
    Some(Healthcheck {
        test,
        interval: time("interval"),
        timeout: time("timeout"),
        retries: value
            .get("retries")
            .and_then(scalar)
            .and_then(|text| text.parse().ok()),
        start_period: time("start_period"),
    })
}

fn replicas(service: &Value) -> u32 {
    let number = |value: Option<&Value>| value.and_then(scalar).and_then(|text| text.parse().ok());
    number(service.get("scale"))
        .or_else(|| number(service.get("deploy")?.get("replicas")))
        .unwrap_or(1)
}

/// Marks jobs that run to their end: awaited by `service_completed_successfully`, or `restart: "no"` written out with
/// neither a healthcheck nor a published port.
fn mark_one_shots(services: &mut [Service]) {
    let awaited: BTreeSet<String> = services
        .iter()
        .flat_map(|service| &service.depends_on)
        .filter(|dependency| dependency.condition == Condition::CompletedSuccessfully)
        .map(|dependency| dependency.service.clone())
        .collect();
    for service in services {
        let written_no = service.restart.as_deref() == Some("no");
        service.one_shot = awaited.contains(&service.name)
            || (written_no && service.healthcheck.is_none() && service.ports.is_empty());
    }
}

fn networks(service: &Value) -> Vec<String> {
    match service.get("networks") {
        Some(Value::Object(map)) if !map.is_empty() => map.keys().cloned().collect(),
        Some(Value::Array(names)) if !names.is_empty() => names.iter().filter_map(scalar).collect(),
        _ if service
            .get("network_mode")
            .is_some_and(|mode| !mode.is_null()) =>
        {
            Vec::new()
        }
        _ => vec!["default".into()],
    }
}

/// Returns the real names of what must exist beforehand: `external: true` with an optional `name`, or the old
/// `external: {name: …}`.
fn externals(section: &Map<String, Value>, used: impl Fn(&str) -> bool) -> Vec<String> {
    let external = |(key, value): (&String, &Value)| {
        let external = value.get("external")?;
        let old_name = external.get("name").and_then(Value::as_str);
        (old_name.is_some() || is_true(external)).then_some(())?;
        let name = value
            .get("name")
            .and_then(Value::as_str)
            .or(old_name)
            .unwrap_or(key);
        used(key).then(|| name.to_owned())
    };
    let names: BTreeSet<String> = section.iter().filter_map(external).collect();
    names.into_iter().collect()
}

fn words(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(scalar).collect(),
        other => scalar(other)
            .map(|line| split_command(&line))
            .unwrap_or_default(),
    }
}

/// Reads `{NAME: value}` or `["NAME=value"]`; a name without a value takes it from outside.
fn pairs(value: Option<&Value>) -> Vec<(String, Option<String>)> {
    match value {
        Some(Value::Object(map)) => map
            .iter()
            .map(|(name, value)| (name.clone(), scalar(value)))
            .collect(),
        other => list(other)
            .iter()
            .filter_map(scalar)
            .map(|line| match line.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (line, None),
            })
            .collect(),
    }
}

fn list(value: Option<&Value>) -> Vec<Value> {
    match value {
        Some(Value::Array(items)) => items.clone(),
        Some(scalar @ (Value::String(_) | Value::Number(_))) => vec![scalar.clone()],
        _ => Vec::new(),
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

fn is_false(value: &Value) -> bool {
    matches!(value, Value::Bool(false)) || value.as_str() == Some("false")
}

fn is_true(value: &Value) -> bool {
    matches!(value, Value::Bool(true)) || value.as_str() == Some("true")
}

#[cfg(test)]
mod tests;
