//! Which exact changes let services reach each other past a proxy; pure.

use super::port_change::{NoWay, Reader, laid_changes, lay, unmarked};
use crate::package::sources::Sources;
use crate::repair::Change;
use camino::Utf8PathBuf;
use serde_json::Value;
use std::collections::BTreeMap;

/// Programs read one or the other.
const NAMES: [&str; 2] = ["NO_PROXY", "no_proxy"];
/// What no proxy ever serves for a service.
const ITSELF: [&str; 2] = ["localhost", "127.0.0.1"];

/// Returns the exceptions with those that are missing, in their order.
pub(crate) fn exceptions(now: &str, names: &[&str]) -> String {
    let mut all: Vec<&str> = now
        .split(',')
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .collect();
    for name in ITSELF.iter().chain(names) {
        if !all.contains(name) {
            all.push(name);
        }
    }
    all.join(",")
}

/// Returns the override file that excepts these names for services, and the changes that write it.
pub(crate) fn way(
    sources: &Sources,
    reader: Reader,
    wanted: &BTreeMap<String, String>,
) -> Result<(Utf8PathBuf, Vec<Change>), NoWay> {
    let before = sources.model().ok_or(NoWay::Unclear)?;
    let laid = lay(sources, reader, |overlay| {
        for (service, except) in wanted {
            let variables = overlay.environment.entry(service.clone()).or_default();
            variables.extend(NAMES.map(|name| (name.to_owned(), except.clone())));
        }
    })?;
    let is_right = wanted.iter().all(|(service, except)| {
        let now = variables(&laid.after, service);
        NAMES
            .iter()
            .all(|name| now.get(*name).is_some_and(|it| it == except))
            && variables(&before, service)
                .iter()
                .all(|(name, value)| NAMES.contains(&name.as_str()) || now.get(name) == Some(value))
    });
    let rest = |model| without(unmarked(model), wanted);
    if !is_right || rest(laid.after) != rest(before) {
        return Err(NoWay::Unclear);
    }
    let changes = laid_changes(sources, laid.write, laid.env);
    Ok((laid.path, changes))
}

/// A service's variables, in either way of writing them.
fn variables(model: &Value, service: &str) -> BTreeMap<String, String> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let value = model
        .get("services")
        .and_then(|it| it.get(service)?.get("environment"));
    match value {
        Some(Value::Object(map)) => map
            .iter()
            .map(|(name, value)| (name.clone(), text(value)))
            .collect(),
        Some(Value::Array(items)) => items
            .iter()
            .filter_map(Value::as_str)
            .map(|item| item.split_once('=').unwrap_or((item, "")))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        _ => BTreeMap::new(),
    }
}

fn without(mut model: Value, services: &BTreeMap<String, String>) -> Value {
    for name in services.keys() {
        let service = model.get_mut("services").and_then(|it| it.get_mut(name));
        if let Some(service) = service.and_then(Value::as_object_mut) {
            service.remove("environment");
        }
    }
    model
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::Generation;
    use crate::package::sources::SourceFile;

    const WEB: &str = "services:\n  web:\n    image: x\n    environment: [\"HTTP_PROXY=http://proxy:3128\", A=$$x]\n  \
                       db:\n    image: y\n";

    fn go(text: &str, generation: Generation) -> Result<String, NoWay> {
        let file = SourceFile::new("/p/compose.yaml".into(), text.to_owned()).expect("YAML");
        let sources = Sources {
            directory: "/p".into(),
            files: vec![file],
            beside: ["compose.yaml".to_owned()].into(),
            ..Sources::default()
        };
        let reader = Reader {
            generation,
            overrides: generation == Generation::V2,
        };
        let wanted = [("web".to_owned(), exceptions("intern, db", &["web", "db"]))].into();
        let (_, changes) = way(&sources, reader, &wanted)?;
        match changes.as_slice() {
            [Change::Write { after, .. }] => Ok(String::from_utf8_lossy(after).into_owned()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_names_are_added_over_the_vendors_file() {
        let text = go(WEB, Generation::V2).expect("a way");
        let line = "\"NO_PROXY\": \"intern,db,localhost,127.0.0.1,web\"";
        assert!(text.contains(line), "{text}");
        assert!(text.contains(&line.to_lowercase()), "{text}");
    }

    #[test]
    fn the_old_compose_wants_the_version_of_the_first_file() {
        // 1.27 and later take a file without one for today's format.
        let text = go(WEB, Generation::V1).expect("a way");
        assert!(!text.contains("version"), "{text}");
        let oldest = format!("version: \"2\"\n{WEB}");
        assert_eq!(go(&oldest, Generation::V1).unwrap_err(), NoWay::Unclear);
        let text = go(&format!("version: \"3.7\"\n{WEB}"), Generation::V1).expect("a way");
        assert!(text.contains("version: \"3.7\""), "{text}");
        let old = go(&format!("version: \"3.3\"\n{WEB}"), Generation::V1);
        assert_eq!(old.unwrap_err(), NoWay::Unclear);
    }
}
