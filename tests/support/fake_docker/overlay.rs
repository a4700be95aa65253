//! The override file that Quayside writes, as Compose merges it: keys over keys, `!override` in the place of a list.

use camino::Utf8Path;
use serde_json::{Value, json};

/// Returns a project with what stands in `compose.override.yaml`, if there is one. Only the plain lines that Quayside
/// writes; more is for the real Compose.
pub(super) fn over(mut config: Value, folder: &str) -> Value {
    let path = Utf8Path::new(folder).join("compose.override.yaml");
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let mut keys: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let level = (line.len() - line.trim_start().len()) / 2;
        let line = line.trim();
        if let Some(item) = line.strip_prefix("- ") {
            if let Some(list) = at(&mut config, &keys).as_array_mut() {
                list.push(read(item));
            }
            continue;
        }
        let (key, value) = line
            .rsplit_once(": ")
            .unwrap_or((line.trim_end_matches(':'), ""));
        let key = read(key).as_str().unwrap_or(key).to_owned();
        keys.truncate(level);
        keys.push(key);
        match value {
            "" => drop(at(&mut config, &keys)),
            "!override" => *at(&mut config, &keys) = json!([]),
            value => put(at(&mut config, &keys), read(value)),
        }
    }
    config
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}

/// Keys over keys; anything else is replaced.
fn put(known: &mut Value, value: Value) {
    match (known, value) {
        (Value::Object(known), Value::Object(value)) => {
            for (key, value) in value {
                put(known.entry(key).or_insert(Value::Null), value);
            }
        }
        (known, value) => *known = value,
    }
}

fn at<'a>(config: &'a mut Value, keys: &[String]) -> &'a mut Value {
    keys.iter().fold(config, |value, key| {
        if !value.is_object() {
            *value = json!({});
        }
        &mut value[key]
    })
}
