//! Facts beside the texts: an exit code, an architecture, how full a disk is. They decide between look-alikes.
//!
//! Names are compared without case and punctuation, so that `OOMKilled`, `oomKilled` and `oom_killed` are one; what
//! stands deeper (`state.exitCode`) is found by its last name as well, or by parts of the names on the way
//! (`state+exit`).

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
        let wanted: Vec<Name> = names.iter().map(|name| Name::of(name)).collect();
        let mut all = Vec::new();
        leaves(&self.0, "", 4, &mut all);
        wanted.iter().find_map(|name| {
            all.iter()
                .filter(|(path, key, _)| name.is(path, key))
                .find_map(|(_, _, value)| take(value))
        })
    }
}

/// A name to look for.
enum Name {
    /// The last name is this one.
    Exact(String),
    /// `disk+free!inode`: the first stand somewhere in the names on the way, the last does not.
    Parts(Vec<String>, Option<String>),
}

impl Name {
    fn of(name: &str) -> Self {
        if !name.contains('+') {
            return Self::Exact(plain(name));
        }
        let (parts, not) = match name.split_once('!') {
            Some((parts, not)) => (parts, Some(plain(not))),
            None => (name, None),
        };
        Self::Parts(parts.split('+').map(plain).collect(), not)
    }

    fn is(&self, path: &str, key: &str) -> bool {
        match self {
            Self::Exact(name) => key == name,
            Self::Parts(parts, not) => {
                parts.iter().all(|part| path.contains(part))
                    && !not.as_ref().is_some_and(|not| path.contains(not))
            }
        }
    }
}

/// Every value that is no object, with the names on the way and the last one, those nearer to the top first.
fn leaves<'a>(
    map: &'a Map<String, Value>,
    path: &str,
    depth: u8,
    all: &mut Vec<(String, String, &'a Value)>,
) {
    let inner = |key: &str| format!("{path}{}", plain(key));
    for (key, value) in map.iter().filter(|(_, value)| !value.is_object()) {
        all.push((inner(key), plain(key), value));
    }
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    for (key, value) in map {
        if let Some(map) = value.as_object() {
            leaves(map, &inner(key), depth, all);
        }
    }
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
        assert_eq!(facts.words(&["image+arch"]).as_deref(), Some("arm64"));
        assert_eq!(facts.number(&["state+exit"]), Some(137.0));
    }
}
