//! What may be written where in a compose file, as Compose v2 insists on it; pure.
//!
//! Compose judges wherever it is installed. This table is for where it is not, for telling what only v1 refuses from
//! what every Compose does, and for finding the line Compose does not name. It errs on the side of saying yes.

mod table;

use crate::text::Text;
use serde_json::{Map, Value};

/// A place in a file that is not as it has to be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Misfit {
    /// `services.web.ports`
    pub(crate) key: String,
    pub(crate) reason: Text,
}

/// What a value has to be.
enum Rule {
    Any,
    Text,
    /// A number; written as text it is one too, as interpolation makes text.
    Number,
    Bool,
    Null,
    Word(&'static [&'static str]),
    List(&'static Rule),
    /// A list in which nothing is there twice.
    Set(&'static Rule),
    /// Any keys.
    Map(&'static Rule),
    /// These keys, of which some must be there.
    Keys(
        &'static [(&'static str, &'static Rule)],
        &'static [&'static str],
    ),
    Either(&'static [&'static Rule]),
}

/// Returns the first place of a file, already interpolated, that Compose v2 would refuse. `is_tagged` tells values
/// that only `!reset` what another file says.
pub(crate) fn misfit(file: &Value, is_tagged: &dyn Fn(&Value) -> bool) -> Option<Misfit> {
    let names = file.get("services").and_then(Value::as_object);
    let odd = names.into_iter().flat_map(Map::keys).find(|name| {
        name.is_empty()
            || !name
                .chars()
                .all(|char| char.is_ascii_alphanumeric() || "._-".contains(char))
    });
    if let Some(name) = odd {
        return Some(Misfit {
            key: format!("services.{name}"),
            reason: Text::new("compose-service-name").with("name", name),
        });
    }
    Walk { is_tagged }.visit(file, &table::ROOT, "").err()
}

struct Walk<'a> {
    is_tagged: &'a dyn Fn(&Value) -> bool,
}

impl Walk<'_> {
    fn visit(&self, value: &Value, rule: &Rule, path: &str) -> Result<(), Misfit> {
        if (self.is_tagged)(value) {
            return Ok(());
        }
        match (rule, value) {
            (Rule::Any, _)
            | (Rule::Text, Value::String(_))
            | (Rule::Number, Value::Number(_))
            | (Rule::Bool, Value::Bool(_))
            | (Rule::Null, Value::Null) => Ok(()),
            (Rule::Number, Value::String(text)) if text.trim().parse::<f64>().is_ok() => Ok(()),
            (Rule::Bool, Value::String(text)) if is_bool(text) => Ok(()),
            (Rule::Word(words), Value::String(text)) => {
                if words.contains(&text.as_str()) {
                    return Ok(());
                }
                let reason = Text::new("compose-one-of").with("words", words.join(", "));
                Err(misfit_at(path, reason))
            }
            (Rule::List(rule), Value::Array(items)) => self.items(items, rule, path),
            (Rule::Set(rule), Value::Array(items)) => {
                let twice = items
                    .iter()
                    .enumerate()
                    .any(|(at, item)| items[..at].contains(item));
                if twice {
                    return Err(misfit_at(path, Text::new("compose-twice")));
                }
                self.items(items, rule, path)
            }
            (Rule::Map(rule), Value::Object(map)) => map
                .iter()
                .filter(|(key, _)| !key.starts_with("x-") || path == "services")
                .try_for_each(|(key, value)| self.visit(value, rule, &below(path, key))),
            (Rule::Keys(fields, required), Value::Object(map)) => {
                self.keys(map, fields, required, path)
            }
            (Rule::Either(rules), _) => self.either(value, rules, path),
            _ => Err(misfit_at(path, wrong_type(rule))),
        }
    }

    fn items(&self, items: &[Value], rule: &Rule, path: &str) -> Result<(), Misfit> {
        items
            .iter()
            .enumerate()
            .try_for_each(|(at, item)| self.visit(item, rule, &below(path, &at.to_string())))
    }

    fn keys(
        &self,
        map: &Map<String, Value>,
        fields: &[(&str, &Rule)],
        required: &[&str],
        path: &str,
    ) -> Result<(), Misfit> {
        for (key, value) in map {
            if key.starts_with("x-") {
                continue;
            }
            let key_path = below(path, key);
            let Some((_, rule)) = fields.iter().find(|(name, _)| name == key) else {
                let reason = Text::new("compose-unknown-key").with("name", key);
                return Err(misfit_at(&key_path, reason));
            };
            self.visit(value, rule, &key_path)?;
        }
        match required.iter().find(|name| !map.contains_key(**name)) {
            Some(name) => Err(misfit_at(
                path,
                Text::new("compose-missing-key").with("name", *name),
            )),
            None => Ok(()),
        }
    }

    /// The error of the alternative that has the right shape, else the types that are allowed.
    fn either(&self, value: &Value, rules: &[&Rule], path: &str) -> Result<(), Misfit> {
        let mut inner = None;
        for rule in rules {
            match self.visit(value, rule, path) {
                Ok(()) => return Ok(()),
                Err(error) if error.key != path || !is_wrong_type(&error) => inner = Some(error),
                Err(_) => {}
            }
        }
        Err(inner.unwrap_or_else(|| {
            let shown = rules.iter().rev().find(|rule| !matches!(rule, Rule::Null));
            misfit_at(
                path,
                shown.map_or_else(|| wrong_type(&Rule::Any), |rule| wrong_type(rule)),
            )
        }))
    }
}

fn misfit_at(path: &str, reason: Text) -> Misfit {
    Misfit {
        key: path.to_owned(),
        reason,
    }
}

fn is_wrong_type(misfit: &Misfit) -> bool {
    misfit.reason.key() == "compose-type"
}

fn wrong_type(rule: &Rule) -> Text {
    Text::new("compose-type").with("kind", kind(rule))
}

fn kind(rule: &Rule) -> &'static str {
    match rule {
        Rule::Number => "number",
        Rule::Bool => "bool",
        Rule::List(_) | Rule::Set(_) => "list",
        Rule::Map(_) | Rule::Keys(..) => "mapping",
        Rule::Either(rules) => rules.last().map_or("text", |rule| kind(rule)),
        Rule::Any | Rule::Text | Rule::Null | Rule::Word(_) => "text",
    }
}

fn is_bool(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    [
        "true", "false", "yes", "no", "on", "off", "y", "n", "1", "0",
    ]
    .contains(&text.as_str())
}

fn below(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(file: &Value) -> Option<(String, String)> {
        misfit(file, &|_| false).map(|it| (it.key, it.reason.key().to_owned()))
    }

    #[test]
    fn misfits_are_found_where_they_are() {
        let service = |body: Value| json!({"services": {"web": body}});
        for (body, key, reason) in [
            (
                json!({"prots": []}),
                "services.web.prots",
                "compose-unknown-key",
            ),
            (
                json!({"ports": "80:80"}),
                "services.web.ports",
                "compose-type",
            ),
            (
                json!({"ports": [{"nope": 1}]}),
                "services.web.ports.0.nope",
                "compose-unknown-key",
            ),
            (
                json!({"depends_on": ["db", "db"]}),
                "services.web.depends_on",
                "compose-twice",
            ),
            (
                json!({"depends_on": {"db": null}}),
                "services.web.depends_on.db",
                "compose-type",
            ),
            (
                json!({"depends_on": {"db": {}}}),
                "services.web.depends_on.db",
                "compose-missing-key",
            ),
            (
                json!({"depends_on": {"db": {"condition": "ready"}}}),
                "services.web.depends_on.db.condition",
                "compose-one-of",
            ),
            (
                json!({"healthcheck": {"retries": "five"}}),
                "services.web.healthcheck.retries",
                "compose-type",
            ),
            (json!({"user": 1000}), "services.web.user", "compose-type"),
            (json!("nginx"), "services.web", "compose-type"),
            (
                json!({"environment": {"A": [1]}}),
                "services.web.environment.A",
                "compose-type",
            ),
            (
                json!({"volumes": [{"source": "a"}]}),
                "services.web.volumes.0",
                "compose-missing-key",
            ),
        ] {
            let expected = Some((key.to_owned(), reason.to_owned()));
            assert_eq!(found(&service(body.clone())), expected, "{body}");
        }
        assert_eq!(
            found(&json!({"web": {"image": "x"}})),
            Some(("web".into(), "compose-unknown-key".into()))
        );
        assert_eq!(
            found(&json!({"version": 3})),
            Some(("version".into(), "compose-type".into()))
        );
        let name = found(&json!({"services": {"a b": {}}}));
        assert_eq!(
            name,
            Some(("services.a b".into(), "compose-service-name".into()))
        );
    }

    #[test]
    fn what_people_write_fits() {
        let file = json!({"version": "3", "x-a": 1, "services": {"web": {
            "image": "a", "command": null, "ports": [80, "81:81", {"target": "82", "published": 82, "x-b": 1}],
            "environment": ["A=1", "B"], "labels": {"a": null, "b": true, "c": 1.5}, "healthcheck": {"retries": "3"},
            "privileged": "true", "ulimits": {"nproc": 5, "nofile": {"soft": 1, "hard": 2}}, "build": {"context": "."},
            "networks": {"front": null, "back": {"aliases": ["x"]}}, "deploy": {"replicas": 2}, "x-c": [],
        }}, "volumes": {"data": null, "old": {"external": {"name": "x"}}}, "networks": {"front": {"external": true}}});
        assert_eq!(found(&file), None);
    }
}
