//! From Compose's answer to [`Traits`], [`Network`] and [`Volume`]; pure.

use super::{is_true, list, networks, scalar};
use crate::compose::traits::{Network, Traits, Volume};
use crate::compose::volumes::Written;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Reads what a service asks for.
pub(super) fn traits(value: &Value) -> Traits {
    let get = |key: &str| value.get(key).filter(|value| !value.is_null());
    let word = |key: &str| get(key).and_then(scalar).filter(|text| !text.is_empty());
    let capability = |name: String| {
        let name = name.to_ascii_uppercase();
        name.strip_prefix("CAP_").unwrap_or(&name).to_owned()
    };
    Traits {
        user: word("user"),
        privileged: get("privileged").is_some_and(is_true),
        host_pid: word("pid").as_deref() == Some("host"),
        cap_add: words(get("cap_add")).into_iter().map(capability).collect(),
        limits_memory: limits_memory(value),
        rotates_logs: get("logging").map(rotates),
        networks: networks(value),
        anonymous_volumes: list(get("volumes")).iter().filter_map(anonymous).collect(),
        mounted: list(get("volumes"))
            .iter()
            .filter_map(mounted)
            .chain(words(get("tmpfs")))
            .collect(),
        remote_build: get("build").map(remote_build).unwrap_or_default(),
        provider: get("provider")
            .and_then(|provider| provider.get("type"))
            .and_then(scalar),
        models: match get("models") {
            Some(Value::Object(map)) => map.keys().cloned().collect(),
            other => words(other),
        },
    }
}

fn words(value: Option<&Value>) -> Vec<String> {
    list(value).iter().filter_map(scalar).collect()
}

fn limits_memory(service: &Value) -> bool {
    let limit = service
        .get("deploy")
        .and_then(|deploy| deploy.get("resources")?.get("limits")?.get("memory"));
    [service.get("mem_limit"), limit]
        .into_iter()
        .flatten()
        .filter_map(scalar)
        .any(|limit| limit != "0")
}

/// `json-file` keeps everything unless it is told how much; the others look after themselves or keep nothing here.
fn rotates(logging: &Value) -> bool {
    let driver = logging.get("driver").and_then(Value::as_str);
    let size = logging
        .get("options")
        .and_then(|options| options.get("max-size"));
    driver.is_some_and(|driver| driver != "json-file") || size.is_some_and(|size| !size.is_null())
}

fn anonymous(volume: &Value) -> Option<String> {
    match volume {
        Value::String(text) => {
            let written = Written::parse(text)?;
            let is_nameless = written.source.is_none_or(str::is_empty);
            is_nameless.then(|| written.target.to_owned())
        }
        long => {
            let kind = long.get("type").and_then(Value::as_str).unwrap_or("volume");
            let source = long.get("source").and_then(Value::as_str);
            let is_nameless = kind == "volume" && source.is_none_or(str::is_empty);
            let target = is_nameless.then(|| long.get("target")).flatten()?;
            target.as_str().map(str::to_owned)
        }
    }
}

fn mounted(volume: &Value) -> Option<String> {
    if anonymous(volume).is_some() {
        return None;
    }
    match volume {
        Value::String(text) => Some(Written::parse(text)?.target.to_owned()),
        long => long.get("target")?.as_str().map(str::to_owned),
    }
}

/// The parts of a build that would come over a network: its context, and what is beside it.
fn remote_build(build: &Value) -> Vec<String> {
    let context = match build {
        Value::String(context) => Some(context.clone()),
        other => other.get("context").and_then(scalar),
    };
    let more: Vec<String> = match build.get("additional_contexts") {
        Some(Value::Object(map)) => map.values().filter_map(scalar).collect(),
        other => list(other)
            .iter()
            .filter_map(scalar)
            .filter_map(|pair| Some(pair.split_once('=')?.1.to_owned()))
            .collect(),
    };
    context
        .into_iter()
        .chain(more)
        .filter(|place| is_remote(place))
        .collect()
}

/// Whether a place is an address and no path. `docker-image://` is fetched when it is not there.
pub(crate) fn is_remote(place: &str) -> bool {
    let schemes = [
        "http://",
        "https://",
        "git://",
        "ssh://",
        "oci://",
        "docker-image://",
    ];
    schemes.iter().any(|scheme| place.starts_with(scheme))
        || place.starts_with("git@")
        || place.starts_with("github.com/")
}

/// Reads the networks in use. Compose v1 and a file read without Compose do not say the whole name.
pub(super) fn all_networks(
    section: &Map<String, Value>,
    project: &str,
    used: impl Fn(&str) -> bool,
) -> Vec<Network> {
    let network = |key: &str, value: &Value| {
        let subnets = value
            .get("ipam")
            .and_then(|ipam| ipam.get("config"))
            .and_then(Value::as_array);
        Network {
            external: is_external(value),
            name: name_of(value, project, key),
            driver: value.get("driver").and_then(scalar),
            subnets: subnets
                .into_iter()
                .flatten()
                .filter_map(|config| config.get("subnet").and_then(scalar))
                .collect(),
            key: key.to_owned(),
        }
    };
    let mut found: Vec<Network> = section
        .iter()
        .filter(|(key, _)| used(key))
        .map(|(key, value)| network(key, value))
        .collect();
    if used("default") && !section.contains_key("default") {
        found.push(network("default", &Value::Null));
    }
    found
}

/// Reads the named volumes in use.
pub(super) fn all_volumes(
    section: &Map<String, Value>,
    project: &str,
    used: impl Fn(&str) -> bool,
) -> Vec<Volume> {
    section
        .iter()
        .filter(|(key, _)| used(key))
        .map(|(key, value)| Volume {
            external: is_external(value),
            name: name_of(value, project, key),
            driver: value.get("driver").and_then(scalar),
            options: options(value.get("driver_opts")),
            key: key.clone(),
        })
        .collect()
}

fn options(value: Option<&Value>) -> BTreeMap<String, String> {
    let map = value.and_then(Value::as_object).into_iter().flatten();
    map.filter_map(|(key, value)| Some((key.clone(), scalar(value)?)))
        .collect()
}

fn is_external(value: &Value) -> bool {
    value
        .get("external")
        .is_some_and(|external| is_true(external) || external.get("name").is_some())
}

fn name_of(value: &Value, project: &str, key: &str) -> String {
    let name = value.get("name").and_then(scalar);
    let old = value
        .get("external")
        .and_then(|external| external.get("name"));
    name.or_else(|| old.and_then(scalar)).unwrap_or_else(|| {
        if is_external(value) {
            key.to_owned()
        } else {
            format!("{project}_{key}")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_a_service_asks_for_is_read_in_every_notation() {
        let long = traits(&json!({
            "user": "1000:0", "privileged": true, "pid": "host", "cap_add": ["cap_sys_admin", "NET_RAW"],
            "deploy": { "resources": { "limits": { "memory": "512M" } } },
            "logging": { "driver": "json-file", "options": { "max-size": "10m" } },
            "networks": { "back": null },
            "volumes": [{ "type": "volume", "target": "/a" }, { "type": "volume", "source": "b", "target": "/b" }],
            "build": { "context": "https://example.org/a.git", "additional_contexts": { "x": "docker-image://alpine", "y": "../y" } },
            "provider": { "type": "cloud" }, "models": { "llm": {} },
        }));
        assert_eq!(long.user.as_deref(), Some("1000:0"));
        assert!(long.privileged && long.host_pid && long.limits_memory);
        assert_eq!(long.cap_add, ["SYS_ADMIN", "NET_RAW"]);
        assert_eq!(long.rotates_logs, Some(true));
        assert_eq!(long.networks, ["back"]);
        assert_eq!(long.anonymous_volumes, ["/a"]);
        assert_eq!(long.mounted, ["/b"]);
        assert_eq!(
            long.remote_build,
            ["https://example.org/a.git", "docker-image://alpine"]
        );
        assert_eq!(
            (long.provider.as_deref(), long.models.as_slice()),
            (Some("cloud"), &["llm".to_owned()][..])
        );
        let short = traits(&json!({
            "mem_limit": 1024, "volumes": ["/cache", "data:/b", "./c:/c"], "logging": { "driver": "json-file" },
            "build": "git@example.org:a.git", "models": ["llm"],
        }));
        assert!(short.limits_memory);
        assert_eq!(short.rotates_logs, Some(false));
        assert_eq!(short.networks, ["default"]);
        assert_eq!(short.anonymous_volumes, ["/cache"]);
        assert_eq!(short.remote_build, ["git@example.org:a.git"]);
        assert_eq!(traits(&json!({ "build": "." })).remote_build, [""; 0]);
        assert_eq!(
            traits(&json!({})),
            Traits {
                networks: vec!["default".into()],
                ..Traits::default()
            }
        );
    }

    #[test]
    fn names_are_those_of_the_engine() {
        let section = json!({
            "back": { "ipam": { "config": [{ "subnet": "172.28.0.0/16" }] }, "driver": "bridge" },
            "own": { "name": "own-name" },
            "out": { "external": true },
            "old": { "external": { "name": "company" } },
            "unused": {},
        });
        let section = section.as_object().expect("a mapping");
        let found = all_networks(section, "shop", |key| key != "unused");
        let names: Vec<_> = found
            .iter()
            .map(|it| (it.name.as_str(), it.external))
            .collect();
        assert_eq!(
            names,
            [
                ("shop_back", false),
                ("own-name", false),
                ("out", true),
                ("company", true),
                ("shop_default", false)
            ]
        );
        assert_eq!(found[0].subnets, ["172.28.0.0/16"]);
        let volumes = json!({ "data": { "driver_opts": { "type": "nfs", "device": ":/x" } } });
        let found = all_volumes(volumes.as_object().expect("a mapping"), "shop", |_| true);
        assert_eq!(
            (found[0].name.as_str(), found[0].options["device"].as_str()),
            ("shop_data", ":/x")
        );
    }
}
