//! Merging compose files by Compose's rules; pure. Only for the preview: Compose merges itself.

use super::yaml::{OVERRIDE, RESET};
use crate::compose::ports::parse_short;
use crate::compose::volumes::{Written, clean_target};
use serde_json::{Map, Value};

/// Merges a later file over an earlier one. Tags stay where there is nothing to merge with; see [`without_tags`].
pub(crate) fn merge_files(base: &mut Value, over: Value) {
    let Value::Object(over) = over else { return };
    if !base.is_object() {
        *base = Value::Object(Map::new());
    }
    let Value::Object(map) = base else { return };
    for (key, value) in over {
        let Some((key, value)) = obey_tag(map, key, value) else {
            continue;
        };
        match (key.as_str(), map.get_mut(&key)) {
            ("services", Some(Value::Object(services))) => {
                let Value::Object(over) = value else { continue };
                for (name, service) in over {
                    let Some((name, service)) = obey_tag(services, name, service) else {
                        continue;
                    };
                    match services.get_mut(&name) {
                        Some(known) => merge_service(known, service),
                        None => drop(services.insert(name, service)),
                    }
                }
            }
            (_, Some(known)) => merge(known, value),
            (_, None) => drop(map.insert(key, value)),
        }
    }
}

/// Does what a tag asks for: `!reset` removes, `!override` replaces; any other value is handed back to be merged.
fn obey_tag(base: &mut Map<String, Value>, key: String, value: Value) -> Option<(String, Value)> {
    match tagged(&value) {
        Some(Tag::Reset) => {
            base.remove(&key);
            None
        }
        Some(Tag::Override(replacement)) => {
            base.insert(key, replacement);
            None
        }
        None => {
            // The earlier file's tag was about what came before it.
            if let Some(known) = base.get_mut(&key) {
                match tagged(known) {
                    Some(Tag::Override(earlier)) => *known = earlier,
                    Some(Tag::Reset) => drop(base.remove(&key)),
                    None => {}
                }
            }
            Some((key, value))
        }
    }
}

/// Merges a service over another, as an override file or `extends` does.
pub(crate) fn merge_service(base: &mut Value, over: Value) {
    let (Value::Object(map), Value::Object(over)) = (&mut *base, over) else {
        return;
    };
    for (key, value) in over {
        let Some((key, value)) = obey_tag(map, key, value) else {
            continue;
        };
        let Some(known) = map.get_mut(&key) else {
            map.insert(key, value);
            continue;
        };
        match key.as_str() {
            "command" | "entrypoint" => *known = value,
            "environment" | "labels" | "args" | "sysctls" | "extra_hosts" | "annotations" => {
                let mut pairs = pairs(known);
                for (name, value) in self::pairs(&value) {
                    if let Some((name, value)) = obey_tag(&mut pairs, name, value) {
                        pairs.insert(name, value);
                    }
                }
                *known = Value::Object(pairs);
            }
            "depends_on" | "networks" => {
                let mut names = names(known);
                for (name, value) in self::names(&value) {
                    if let Some((name, value)) = obey_tag(&mut names, name, value) {
                        names.insert(name, value);
                    }
                }
                *known = Value::Object(names);
            }
            "volumes" | "devices" => merge_by(known, value, volume_target),
            "ports" => merge_by(known, value, port_identity),
            "healthcheck" => {
                if let (Value::Object(known), Value::Object(over)) = (known, value) {
                    for (name, value) in over {
                        if let Some((name, value)) = obey_tag(known, name, value) {
                            known.insert(name, value); // the test is replaced as a whole
                        }
                    }
                }
            }
            _ => merge(known, value),
        }
    }
}

fn merge(known: &mut Value, value: Value) {
    match (known, value) {
        (Value::Object(known), Value::Object(over)) => {
            for (key, value) in over {
                let Some((key, value)) = obey_tag(known, key, value) else {
                    continue;
                };
                match known.get_mut(&key) {
                    Some(inner) => merge(inner, value),
                    None => drop(known.insert(key, value)),
                }
            }
        }
        (Value::Array(known), Value::Array(over)) => {
            for item in over {
                if !known.contains(&item) {
                    known.push(item);
                }
            }
        }
        (_, Value::Null) => {}
        (known, value) => *known = value,
    }
}

/// Merges two lists whose items are the same when `identity` says so.
fn merge_by(known: &mut Value, over: Value, identity: fn(&Value) -> String) {
    let (Value::Array(known), Value::Array(over)) = (known, over) else {
        return;
    };
    for item in over {
        let name = identity(&item);
        match known.iter_mut().find(|other| identity(other) == name) {
            Some(other) => *other = item,
            None => known.push(item),
        }
    }
}

fn volume_target(item: &Value) -> String {
    match item {
        Value::String(text) => {
            clean_target(Written::parse(text).map_or(text.as_str(), |it| it.target))
        }
        long => clean_target(
            long.get("target")
                .and_then(Value::as_str)
                .unwrap_or_default(),
        ),
    }
}

fn port_identity(item: &Value) -> String {
    match item {
        Value::String(text) => {
            parse_short(text).map_or_else(|| text.clone(), |ports| format!("{ports:?}"))
        }
        other => other.to_string(),
    }
}

/// What a tag asks for instead of merging.
enum Tag {
    Reset,
    Override(Value),
}

/// Returns whether a value is about another file's value.
pub(crate) fn is_tagged(value: &Value) -> bool {
    tagged(value).is_some()
}

fn tagged(value: &Value) -> Option<Tag> {
    let map = value.as_object().filter(|map| map.len() == 1)?;
    let replacement = || map.get(OVERRIDE).cloned().map(Tag::Override);
    map.get(RESET).map(|_| Tag::Reset).or_else(replacement)
}

/// Removes the tags that found nothing to remove or replace.
pub(crate) fn without_tags(value: Value) -> Value {
    match value {
        Value::Object(map) => map
            .into_iter()
            .filter_map(|(key, value)| match tagged(&value) {
                Some(Tag::Reset) => None,
                Some(Tag::Override(value)) => Some((key, without_tags(value))),
                None => Some((key, without_tags(value))),
            })
            .collect::<Map<_, _>>()
            .into(),
        other => other,
    }
}

fn pairs(value: &Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map.clone(),
        Value::Array(items) => items
            .iter()
            .filter_map(Value::as_str)
            .map(|line| match line.split_once('=') {
                Some((name, value)) => (name.to_owned(), Value::from(value)),
                None => (line.to_owned(), Value::Null),
            })
            .collect(),
        _ => Map::new(),
    }
}

fn names(value: &Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map.clone(),
        Value::Array(items) => items
            .iter()
            .filter_map(Value::as_str)
            .map(|name| (name.to_owned(), Value::Null))
            .collect(),
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn services_merge_by_composes_rules() {
        let mut base = json!({"services": {"web": {
            "image": "a", "command": ["x"], "ports": ["80:80"], "environment": ["A=1", "B=2"],
            "volumes": ["./a:/a", "data:/d"], "depends_on": ["db"], "healthcheck": {"test": ["CMD", "x"], "retries": 3},
        }}});
        let over = json!({"services": {"web": {
            "image": "b", "command": ["y", "z"], "ports": ["81:81", "80:80"], "environment": {"B": "3"},
            "volumes": ["./other:/a"], "depends_on": {"db": {"condition": "service_healthy"}},
            "healthcheck": {"test": ["CMD", "y"]},
        }, "new": {"image": "n"}}});
        merge_files(&mut base, over);
        assert_eq!(
            base["services"]["web"],
            json!({
                "image": "b", "command": ["y", "z"], "ports": ["80:80", "81:81"],
                "environment": {"A": "1", "B": "3"}, "volumes": ["./other:/a", "data:/d"],
                "depends_on": {"db": {"condition": "service_healthy"}},
                "healthcheck": {"test": ["CMD", "y"], "retries": 3},
            })
        );
        assert_eq!(base["services"]["new"]["image"], "n");
    }

    #[test]
    fn reset_removes_and_override_replaces() {
        let mut base = json!({"services": {"web": {"ports": ["80:80"], "volumes": ["./a:/a"]}}});
        let over = json!({"services": {"web": {"ports": {RESET: null}, "volumes": {OVERRIDE: ["./b:/b"]}}}});
        merge_files(&mut base, over);
        assert_eq!(base["services"]["web"], json!({"volumes": ["./b:/b"]}));
    }

    #[test]
    fn tags_reach_into_maps_and_whole_services() {
        let mut base = json!({"services": {
            "web": {"environment": {"A": "1", "B": "2"}, "depends_on": ["db"], "image": "a"},
            "db": {"image": "b"}, "old": {"image": "c", "restart": "always"},
        }, "volumes": {"data": null}});
        let over = json!({"services": {
            "web": {"environment": {"A": {RESET: null}}, "depends_on": {"db": {RESET: null}}, "ports": {RESET: []}},
            "db": {RESET: null}, "old": {OVERRIDE: {"image": "d"}},
        }, "volumes": {"data": {RESET: null}}});
        merge_files(&mut base, over);
        let expected = json!({"services": {
            "web": {"environment": {"B": "2"}, "depends_on": {}, "image": "a"}, "old": {"image": "d"},
        }, "volumes": {}});
        assert_eq!(without_tags(base), expected);
        let alone = json!({"a": {OVERRIDE: {"b": {RESET: 1}, "c": 2}}});
        assert_eq!(without_tags(alone), json!({"a": {"c": 2}}));
    }
}
