//! Whether a merged project makes sense, by the rules Compose v2 applies to it as a whole. Looks at the disk for env
//! files, as Compose does. Like the table of keys it errs on the side of saying yes.

use crate::compose::ports::parse_short;
use crate::compose::volumes::{Written, is_path};
use crate::compose::words::duration;
use crate::text::Text;
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What makes no sense.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Nonsense {
    pub(super) code: &'static str,
    /// The place, the name that is not defined, or the circle.
    pub(super) key: String,
    /// The file that is missing.
    pub(super) file: Option<Utf8PathBuf>,
    pub(super) reason: Text,
}

pub(super) const SCHEMA: &str = "compose.schema_invalid";

fn schema(key: String, reason: Text) -> Nonsense {
    Nonsense {
        code: SCHEMA,
        key,
        file: None,
        reason,
    }
}

/// Returns the first thing in a merged project that makes no sense.
pub(super) fn nonsense(model: &Value) -> Option<Nonsense> {
    let empty = Map::new();
    let section = |name: &str| model.get(name).and_then(Value::as_object).unwrap_or(&empty);
    let services = section("services");
    let project = Project {
        services,
        volumes: section("volumes"),
        networks: section("networks"),
        configs: section("configs"),
        secrets: section("secrets"),
    };
    for (name, volume) in project.volumes {
        if is_external(volume) && volume.get("driver").is_some() {
            let reason = Text::new("compose-external-and").with("name", "driver");
            return Some(schema(format!("volumes.{name}"), reason));
        }
    }
    for (kind, files) in [("configs", project.configs), ("secrets", project.secrets)] {
        let sourceless = |file: &Value| {
            !is_external(file)
                && ["file", "environment", "content", "driver"]
                    .iter()
                    .all(|key| file.get(key).is_none())
        };
        if let Some((name, _)) = files.iter().find(|(_, file)| sourceless(file)) {
            let reason = Text::new("compose-missing-key").with("name", "file");
            return Some(schema(format!("{kind}.{name}"), reason));
        }
    }
    services
        .iter()
        .find_map(|(name, service)| project.service(name, service).err())
        .or_else(|| circle(services))
}

struct Project<'a> {
    services: &'a Map<String, Value>,
    volumes: &'a Map<String, Value>,
    networks: &'a Map<String, Value>,
    configs: &'a Map<String, Value>,
    secrets: &'a Map<String, Value>,
}

impl Project<'_> {
    fn service(&self, name: &str, service: &Value) -> Result<(), Nonsense> {
        let at = |key: &str| format!("services.{name}.{key}");
        let written = |key: &str| service.get(key).filter(|value| !value.is_null());
        if !service.is_object() {
            let reason = Text::new("compose-type").with("kind", "mapping");
            return Err(schema(format!("services.{name}"), reason));
        }
        let no_image = written("image").is_none_or(|image| image.as_str() == Some(""));
        if no_image && written("build").is_none() && written("provider").is_none() {
            return Err(schema(
                format!("services.{name}"),
                Text::new("compose-no-image"),
            ));
        }
        if written("network_mode").is_some() && written("networks").is_some() {
            return Err(schema(
                at("networks"),
                Text::new("compose-mode-and-networks"),
            ));
        }
        for path in env_files(service) {
            if !path.is_file() {
                return Err(Nonsense {
                    code: "compose.env_missing",
                    key: String::new(),
                    file: Some(path),
                    reason: Text::new("verbatim").with("words", ""),
                });
            }
        }
        self.references(name, service)?;
        ports(name, service)?;
        volumes(name, service)?;
        times(name, service)?;
        let number = |value: Option<&Value>| value.and_then(|it| scalar(it).parse::<i64>().ok());
        let scale = number(service.get("scale"));
        let replicas = number(
            service
                .get("deploy")
                .and_then(|deploy| deploy.get("replicas")),
        );
        if scale.is_some() && replicas.is_some() && scale != replicas {
            return Err(schema(at("scale"), Text::new("compose-scale-twice")));
        }
        if written("container_name").is_some() && replicas.or(scale).is_some_and(|count| count > 1)
        {
            return Err(schema(
                at("container_name"),
                Text::new("compose-one-name-for-many"),
            ));
        }
        for key in ["mem_limit", "mem_reservation", "memswap_limit", "shm_size"] {
            let size = written(key).map(scalar).unwrap_or_default();
            if size.starts_with(|char: char| !char.is_ascii_digit() && char != '-') {
                let reason = Text::new("compose-bad-value").with("value", size);
                return Err(schema(at(key), reason));
            }
        }
        Ok(())
    }

    /// Names of networks, volumes, configs, secrets and services that nothing answers to.
    fn references(&self, name: &str, service: &Value) -> Result<(), Nonsense> {
        let undefined = |place: &str, missing: &str| Nonsense {
            code: "compose.undefined_ref",
            key: missing.to_owned(),
            file: None,
            reason: Text::new("compose-named-by")
                .with("service", name)
                .with("place", place),
        };
        for network in names(service.get("networks")) {
            if network != "default" && !self.networks.contains_key(&network) {
                return Err(undefined("networks", &network));
            }
        }
        for (place, known) in [("configs", self.configs), ("secrets", self.secrets)] {
            for item in items(service.get(place)) {
                let source = item.get("source").unwrap_or(item);
                if let Some(source) = source.as_str().filter(|it| !known.contains_key(*it)) {
                    return Err(undefined(place, source));
                }
            }
        }
        for volume in items(service.get("volumes")) {
            let source = match volume {
                Value::String(text) => Written::parse(text).and_then(|it| it.source),
                long if long.get("type").and_then(Value::as_str) == Some("volume") => {
                    long.get("source").and_then(Value::as_str)
                }
                _ => None,
            };
            let source = source.filter(|it| !it.is_empty() && (volume.is_object() || !is_path(it)));
            if let Some(source) = source.filter(|it| !self.volumes.contains_key(*it)) {
                return Err(undefined("volumes", source));
            }
        }
        for (place, other) in dependencies(service) {
            if !self.services.contains_key(&other) {
                return Err(undefined(place, &other));
            }
        }
        Ok(())
    }
}

fn ports(name: &str, service: &Value) -> Result<(), Nonsense> {
    for port in items(service.get("ports")) {
        let key = format!("services.{name}.ports");
        if let Some(long) = port.as_object() {
            if !long.contains_key("target") {
                let reason = Text::new("compose-missing-key").with("name", "target");
                return Err(schema(key, reason));
            }
            continue;
        }
        let text = scalar(port);
        let address = text.rsplit_once(':').and_then(|(front, _)| {
            let (ip, _) = front.rsplit_once(':')?;
            Some(ip.trim_start_matches('[').trim_end_matches(']').to_owned())
        });
        let bare_ipv6 = !text.contains('[') && text.matches(':').count() > 2;
        let bad_address =
            address.is_some_and(|ip| !ip.is_empty() && ip.parse::<std::net::IpAddr>().is_err());
        let protocol = text.split('/').nth(1).unwrap_or("tcp").to_ascii_lowercase();
        let bad_protocol = !["tcp", "udp", "sctp", ""].contains(&protocol.as_str());
        let spaces = text.contains(char::is_whitespace);
        if bare_ipv6 || bad_address || bad_protocol || spaces || parse_short(&text).is_none() {
            let reason = Text::new("compose-bad-port").with("value", text);
            return Err(schema(key, reason));
        }
    }
    Ok(())
}

fn volumes(name: &str, service: &Value) -> Result<(), Nonsense> {
    for volume in items(service.get("volumes")) {
        let key = format!("services.{name}.volumes");
        if let Some(long) = volume.as_object() {
            let filled = |key: &str| {
                long.get(key)
                    .and_then(Value::as_str)
                    .is_some_and(|it| !it.is_empty())
            };
            let kind = long.get("type").and_then(Value::as_str);
            let missing = if filled("target") {
                (kind == Some("bind") && !long.contains_key("source")).then_some("source")
            } else {
                Some("target")
            };
            if let Some(missing) = missing {
                let reason = Text::new("compose-missing-key").with("name", missing);
                return Err(schema(key, reason));
            }
            continue;
        }
        let text = scalar(volume);
        let sound = Written::parse(&text).is_some_and(|it| it.source != Some(""));
        if !sound {
            let reason = Text::new("compose-bad-volume").with("value", text);
            return Err(schema(key, reason));
        }
    }
    Ok(())
}

fn times(name: &str, service: &Value) -> Result<(), Nonsense> {
    let check = service.get("healthcheck");
    let inner = |key: &'static str| {
        (
            format!("healthcheck.{key}"),
            check.and_then(|it| it.get(key)),
        )
    };
    let places = [
        inner("interval"),
        inner("timeout"),
        inner("start_period"),
        inner("start_interval"),
        (
            "stop_grace_period".to_owned(),
            service.get("stop_grace_period"),
        ),
    ];
    for (place, value) in places {
        let Some(text) = value.and_then(Value::as_str).filter(|it| !it.is_empty()) else {
            continue;
        };
        // Go, in which Compose v2 is written, has neither days nor numbers without a unit.
        let unit = text
            .trim_start_matches(['-', '+'])
            .ends_with(|char: char| char.is_ascii_alphabetic());
        let days = text.ends_with(['d', 'w']);
        let read = duration(text.trim_start_matches(['-', '+']));
        if text != "0" && (!unit || days || read.is_none()) {
            let reason = Text::new("compose-bad-value").with("value", text);
            return Err(schema(format!("services.{name}.{place}"), reason));
        }
    }
    if let Some(Value::Array(words)) = check.and_then(|it| it.get("test")) {
        let first = words.first().and_then(Value::as_str);
        if first.is_some_and(|first| !["CMD", "CMD-SHELL", "NONE"].contains(&first)) {
            let reason = Text::new("compose-one-of").with("words", "CMD, CMD-SHELL, NONE");
            return Err(schema(format!("services.{name}.healthcheck.test"), reason));
        }
    }
    Ok(())
}

/// Every env file of a merged project that must be there.
pub(super) fn env_files_of(model: &Value) -> Vec<Utf8PathBuf> {
    let services = model.get("services").and_then(Value::as_object);
    services
        .into_iter()
        .flat_map(Map::values)
        .flat_map(env_files)
        .collect()
}

/// Every env file that must be there and is not, with the services that name it.
pub(super) fn missing_env_files(model: &Value) -> Vec<(Utf8PathBuf, Vec<String>)> {
    let services = model.get("services").and_then(Value::as_object);
    let mut missing: Vec<(Utf8PathBuf, Vec<String>)> = Vec::new();
    for (name, service) in services.into_iter().flatten() {
        for path in env_files(service) {
            match missing.iter_mut().find(|(known, _)| *known == path) {
                Some((_, services)) => services.push(name.clone()),
                None if !path.exists() => missing.push((path, vec![name.clone()])),
                None => {}
            }
        }
    }
    missing
}

/// The env files that must be there; the preview has made their paths absolute.
fn env_files(service: &Value) -> Vec<Utf8PathBuf> {
    let files = service.get("env_file");
    let one = files.filter(|files| files.is_string());
    one.into_iter()
        .chain(items(files))
        .filter_map(|item| match item {
            Value::String(path) => Some(path.as_str()),
            long => long
                .get("path")
                .and_then(Value::as_str)
                .filter(|_| long.get("required").is_none_or(|it| scalar(it) != "false")),
        })
        .filter(|path| Utf8Path::new(path).is_absolute())
        .map(Utf8PathBuf::from)
        .collect()
}

/// The services a service needs, each with the key that says so.
fn dependencies(service: &Value) -> Vec<(&'static str, String)> {
    let mut found: Vec<(&'static str, String)> = Vec::new();
    found.extend(
        names(service.get("depends_on"))
            .into_iter()
            .map(|it| ("depends_on", it)),
    );
    for key in ["links", "volumes_from"] {
        for item in items(service.get(key)).iter().filter_map(|it| it.as_str()) {
            let name = item.split(':').next().unwrap_or_default();
            if name != "container" {
                found.push((key, name.to_owned()));
            }
        }
    }
    for key in ["network_mode", "ipc", "pid", "uts", "cgroup"] {
        let shared = service
            .get(key)
            .and_then(Value::as_str)
            .and_then(|mode| mode.strip_prefix("service:"));
        found.extend(shared.map(|name| (key, name.to_owned())));
    }
    found
}

/// Services that wait for each other: `a -> b -> a`.
fn circle(services: &Map<String, Value>) -> Option<Nonsense> {
    let edges: BTreeMap<&str, BTreeSet<String>> = services
        .iter()
        .map(|(name, service)| {
            let others = dependencies(service).into_iter().map(|(_, other)| other);
            (name.as_str(), others.collect())
        })
        .collect();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for start in edges.keys() {
        let mut path: Vec<&str> = Vec::new();
        if let Some(circle) = walk(start, &edges, &mut path, &mut done) {
            return Some(Nonsense {
                code: "compose.dependency_cycle",
                key: circle,
                file: None,
                reason: Text::new("verbatim").with("words", ""),
            });
        }
    }
    None
}

fn walk<'a>(
    name: &'a str,
    edges: &'a BTreeMap<&str, BTreeSet<String>>,
    path: &mut Vec<&'a str>,
    done: &mut BTreeSet<&'a str>,
) -> Option<String> {
    if let Some(at) = path.iter().position(|known| *known == name) {
        let mut circle = path[at..].to_vec();
        circle.push(name);
        return Some(circle.join(" -> "));
    }
    if done.contains(name) {
        return None;
    }
    path.push(name);
    let others = edges.get(name).into_iter().flatten();
    for other in others {
        if let Some(circle) = walk(other, edges, path, done) {
            return Some(circle);
        }
    }
    path.pop();
    done.insert(name);
    None
}

fn is_external(value: &Value) -> bool {
    value
        .get("external")
        .is_some_and(|it| it.is_object() || scalar(it) == "true")
}

fn names(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Object(map)) => map.keys().cloned().collect(),
        Some(Value::Array(items)) => items
            .iter()
            .filter_map(|it| it.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}

fn items(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(model: &Value) -> Option<(&'static str, String)> {
        nonsense(model).map(|it| (it.code, it.key))
    }

    #[test]
    fn what_compose_would_refuse_of_a_whole_project() {
        let web = |mut body: Value| {
            body["image"] = "a".into();
            json!({"services": {"web": body, "db": {"image": "b"}}})
        };
        let undefined = "compose.undefined_ref";
        for (body, code, key) in [
            (json!({"networks": ["nope"]}), undefined, "nope"),
            (json!({"volumes": ["nope:/x"]}), undefined, "nope"),
            (json!({"depends_on": ["nope"]}), undefined, "nope"),
            (json!({"links": ["nope:n"]}), undefined, "nope"),
            (json!({"network_mode": "service:nope"}), undefined, "nope"),
            (json!({"secrets": [{"source": "nope"}]}), undefined, "nope"),
            (json!({"ports": ["a:80"]}), SCHEMA, "services.web.ports"),
            (
                json!({"ports": ["::1:80:80"]}),
                SCHEMA,
                "services.web.ports",
            ),
            (
                json!({"ports": ["localhost:80:80"]}),
                SCHEMA,
                "services.web.ports",
            ),
            (
                json!({"ports": [{"published": 80}]}),
                SCHEMA,
                "services.web.ports",
            ),
            (json!({"volumes": [":/x"]}), SCHEMA, "services.web.volumes"),
            (
                json!({"healthcheck": {"interval": "1d"}}),
                SCHEMA,
                "services.web.healthcheck.interval",
            ),
            (
                json!({"scale": 2, "deploy": {"replicas": 3}}),
                SCHEMA,
                "services.web.scale",
            ),
            (
                json!({"network_mode": "host", "networks": ["default"]}),
                SCHEMA,
                "services.web.networks",
            ),
            (
                json!({"depends_on": ["web"]}),
                "compose.dependency_cycle",
                "web -> web",
            ),
            (
                json!({"env_file": ["/nowhere/a.env"]}),
                "compose.env_missing",
                "",
            ),
        ] {
            assert_eq!(
                found(&web(body.clone())),
                Some((code, key.to_owned())),
                "{body}"
            );
        }
        let bare = json!({"services": {"web": {"ports": ["80:80"]}}});
        assert_eq!(found(&bare), Some((SCHEMA, "services.web".into())));
    }

    #[test]
    fn what_compose_accepts() {
        let model = json!({"services": {"web": {
            "image": "a", "ports": ["80", 81, "[::1]:82:82", ":83:83", "127.0.0.1::84/UDP", {"target": 85}],
            "volumes": ["/anon", "data:/d:ro", "./x:/x", {"type": "bind", "source": "", "target": "/y"}],
            "healthcheck": {"test": ["CMD", "x"], "interval": "1m30s", "timeout": "0"},
            "depends_on": {"db": {"condition": "service_healthy"}}, "env_file": [{"path": "/nowhere", "required": false}],
        }, "db": {"build": ".", "networks": {"default": null}}}, "volumes": {"data": null}});
        assert_eq!(found(&model), None);
    }
}
