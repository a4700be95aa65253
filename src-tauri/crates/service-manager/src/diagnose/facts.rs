//! Facts beside the texts: an exit code, an architecture, how full a disk is. They decide between look-alikes.
//!
//! Names are compared without case and punctuation, so that `OOMKilled`, `oomKilled` and `oom_killed` are one; what
//! stands deeper (`state.exitCode`) is found by its last name as well.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Named values, as JSON has them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Facts(Map<String, Value>);

impl Facts {
    /// Adds a fact; null is none.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<Value>) {
        let value = value.into();
        if !value.is_null() {
            self.0.insert(name.to_owned(), value);
        }
    }

    /// Returns a number under one of these names; numbers in strings count.
    pub(crate) fn number(&self, names: &[&str]) -> Option<f64> {
        self.find(names, &|value| {
            value
                .as_f64()
                .or_else(|| value.as_str()?.trim().trim_end_matches('%').parse().ok())
        })
    }

    /// Returns a yes or no under one of these names.
    pub(crate) fn flag(&self, names: &[&str]) -> Option<bool> {
        self.find(names, &|value| match value {
            Value::Bool(flag) => Some(*flag),
            Value::Number(number) => Some(number.as_f64() != Some(0.0)),
            Value::String(words) => match words.to_ascii_lowercase().as_str() {
                "true" | "yes" | "1" => Some(true),
                "false" | "no" | "0" | "" => Some(false),
                _ => None,
            },
            _ => None,
        })
    }

    /// Returns words under one of these names, in lower case.
    pub(crate) fn words(&self, names: &[&str]) -> Option<String> {
        self.find(names, &|value| match value {
            Value::String(words) => Some(words.to_lowercase()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    }

    fn find<T>(&self, names: &[&str], take: &dyn Fn(&Value) -> Option<T>) -> Option<T> {
        let wanted: Vec<String> = names.iter().map(|name| plain(name)).collect();
        find(&self.0, &wanted, take, 4)
    }
}

fn find<T>(
    map: &Map<String, Value>,
    wanted: &[String],
    take: &dyn Fn(&Value) -> Option<T>,
    depth: u8,
) -> Option<T> {
    wanted
        .iter()
        .find_map(|name| {
            map.iter()
                .filter(|(key, _)| plain(key) == *name)
                .find_map(|(_, value)| take(value))
        })
        .or_else(|| {
            let inner = depth.checked_sub(1)?;
            map.values()
                .filter_map(Value::as_object)
                .find_map(|map| find(map, wanted, take, inner))
        })
}

fn plain(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_found_under_every_spelling_and_depth() {
        let facts: Facts = serde_json::from_str(
            r#"{"State":{"OOMKilled":true,"ExitCode":"137"},"image_arch":"arm64","empty":null}"#,
        )
        .unwrap();
        assert_eq!(facts.flag(&["oomKilled"]), Some(true));
        assert_eq!(facts.number(&["exit_code"]), Some(137.0));
        assert_eq!(facts.words(&["imageArch"]).as_deref(), Some("arm64"));
        assert_eq!(facts.words(&["hostArch"]), None);
        assert_eq!(facts.flag(&["empty"]), None);
    }
}
