//! Which exact changes give a service another setting: more memory, more open files, more time to start; pure.
//!
//! The variable in `.env` that carries it, else a file over the vendor's. Nothing is offered unless exactly this setting
//! changes.

use super::port_change::{
    NoWay, Place, Reader, env_changes, env_with, laid_changes, lay, unmarked,
};
use crate::compose::Generation;
use crate::compose::interpolate::references;
use crate::package::sources::Sources;
use crate::repair::Change;
use serde_json::{Map, Value};

/// A setting of a service.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wish<'a> {
    pub service: &'a str,
    /// Where it stands below the service: `["healthcheck", "start_period"]`.
    pub path: &'a [&'a str],
    pub value: Value,
}

/// Returns where the setting is changed, and the changes.
pub(crate) fn way(
    sources: &Sources,
    reader: Reader,
    wish: &Wish<'_>,
) -> Result<(Place, Vec<Change>), NoWay> {
    let before = unmarked(sources.model().ok_or(NoWay::Unclear)?);
    if !is_known(sources, reader, wish) || at(&before, &wish.whole()).is_none() {
        return Err(NoWay::Unclear);
    }
    if let Some(name) = carrier(sources, wish) {
        if sources.outer.contains_key(&name) {
            return Err(NoWay::Outside(name));
        }
        let value = wish.value.as_str().ok_or(NoWay::Unclear)?;
        let env = env_with(sources, reader.generation, &name, value)?;
        return Ok((Place::Variable(name), env_changes(sources, env)));
    }
    let laid = lay(sources, reader, |overlay| {
        let settings = overlay.settings.entry(wish.service.to_owned()).or_default();
        put(settings, wish.path, wish.value.clone());
    })?;
    let after = unmarked(laid.after);
    if at(&after, &wish.full()) != Some(&wish.value)
        || without(after, &wish.full()) != without(before, &wish.full())
    {
        return Err(NoWay::Unclear);
    }
    let changes = laid_changes(sources, laid.write, laid.env);
    Ok((Place::Override(laid.path), changes))
}

impl Wish<'_> {
    fn whole(&self) -> Vec<&str> {
        vec!["services", self.service]
    }

    fn full(&self) -> Vec<&str> {
        let mut path = self.whole();
        path.extend(self.path);
        path
    }
}

/// The old Compose knows `start_period` from 2.3 and 3.4 on (compose 1.29.2, config schemas).
fn is_known(sources: &Sources, reader: Reader, wish: &Wish<'_>) -> bool {
    if reader.generation == Generation::V2 || wish.path.last() != Some(&"start_period") {
        return true;
    }
    let version = sources.files.first().and_then(|it| it.model.get("version"));
    let version = version.and_then(Value::as_str).unwrap_or_default();
    match version.split_once('.') {
        Some(("2", minor)) => minor.parse::<u32>().is_ok_and(|it| it >= 3),
        Some(("3", minor)) => minor.parse::<u32>().is_ok_and(|it| it >= 4),
        _ => false,
    }
}

/// The variable that is the setting's whole value, if nothing else changes with it.
fn carrier(sources: &Sources, wish: &Wish<'_>) -> Option<String> {
    let value = wish.value.as_str()?;
    let full = wish.full();
    let before = sources.resolved(None)?;
    let names = sources.files.iter().filter_map(|file| {
        let text = at(&file.model, &full)?.as_str()?;
        match references(text).as_slice() {
            [only] => Some(only.name.clone()),
            _ => None,
        }
    });
    names.into_iter().find(|name| {
        sources.resolved(Some((name, value))).is_some_and(|after| {
            at(&after, &full) == Some(&wish.value)
                && without(after, &full) == without(before.clone(), &full)
        })
    })
}

fn at<'a>(model: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(model, |value, key| value.get(key))
}

fn put(map: &mut Map<String, Value>, path: &[&str], value: Value) {
    match path {
        [] => {}
        [last] => drop(map.insert((*last).to_owned(), value)),
        [first, rest @ ..] => {
            let inner = map
                .entry((*first).to_owned())
                .or_insert_with(|| Value::Object(Map::new()));
            if let Some(inner) = inner.as_object_mut() {
                put(inner, rest, value);
            }
        }
    }
}

/// Returns a project without a setting, and without what held nothing but it.
fn without(mut model: Value, path: &[&str]) -> Value {
    fn remove(value: &mut Value, path: &[&str]) {
        let (Some(map), Some((first, rest))) = (value.as_object_mut(), path.split_first()) else {
            return;
        };
        if rest.is_empty() {
            map.remove(*first);
        } else if let Some(inner) = map.get_mut(*first) {
            remove(inner, rest);
            if inner.as_object().is_some_and(Map::is_empty) {
                map.remove(*first);
            }
        }
    }
    remove(&mut model, path);
    model
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::sources::SourceFile;
    use serde_json::json;

    fn sources(text: &str, env: Option<&str>) -> Sources {
        let file = SourceFile::new("/p/compose.yaml".into(), text.to_owned()).expect("YAML");
        Sources {
            directory: "/p".into(),
            files: vec![file],
            env: env.map(|it| it.as_bytes().to_vec()),
            beside: ["compose.yaml".to_owned()].into(),
            ..Sources::default()
        }
    }

    fn go(text: &str, env: Option<&str>, path: &[&str], value: Value) -> Result<String, NoWay> {
        let reader = Reader {
            generation: Generation::V2,
            overrides: true,
        };
        let wish = Wish {
            service: "db",
            path,
            value,
        };
        let (_, changes) = way(&sources(text, env), reader, &wish)?;
        match changes.last() {
            Some(Change::Write { after, .. }) => Ok(String::from_utf8_lossy(after).into_owned()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_setting_is_written_over_the_vendors_file() {
        let text =
            "services:\n  db:\n    image: x\n    healthcheck: {test: [CMD, a], retries: 3}\n";
        let path = ["healthcheck", "start_period"];
        let out = go(text, None, &path, json!("600s")).expect("a way");
        assert!(
            out.contains("    healthcheck: {\"start_period\":\"600s\"}\n"),
            "{out}"
        );
        let out = go(text, None, &["command"], json!(["a", "$x"])).expect("a way");
        assert!(out.contains("    command: [\"a\",\"$$x\"]\n"), "{out}");
        assert!(
            go(
                "services:\n  web:\n    image: x\n",
                None,
                &path,
                json!("1s")
            )
            .is_err()
        );
    }

    #[test]
    fn the_variable_that_carries_it_is_set_instead() {
        let text = "services:\n  db:\n    image: x\n    mem_limit: ${MEM:-64m}\n";
        let out = go(text, Some("A=1\n"), &["mem_limit"], json!("128m")).expect("a way");
        assert_eq!(out, "A=1\nMEM=128m\n");
        let both = "services:\n  db:\n    image: x\n    mem_limit: ${MEM:-64m}\n    environment: {M: \"${MEM}\"}\n";
        let out = go(both, None, &["mem_limit"], json!("128m")).expect("a way");
        assert!(out.contains("mem_limit: \"128m\""), "{out}");
    }

    #[test]
    fn what_stands_in_our_file_already_stays() {
        let mut files = sources("services:\n  db:\n    image: x\n", None);
        let ours = "x-quayside: settings\nservices:\n  db:\n    ulimits: {\"nofile\":{\"soft\":10,\"hard\":10}}\n";
        files
            .files
            .push(SourceFile::new("/p/o.yaml".into(), ours.into()).expect("YAML"));
        let reader = Reader {
            generation: Generation::V2,
            overrides: true,
        };
        let wish = Wish {
            service: "db",
            path: &["mem_limit"],
            value: json!("1024m"),
        };
        let (place, changes) = way(&files, reader, &wish).expect("a way");
        assert_eq!(place, Place::Override("/p/o.yaml".into()));
        let [Change::Write { after, .. }] = changes.as_slice() else {
            panic!("{changes:?}")
        };
        let text = String::from_utf8_lossy(after);
        assert!(
            text.contains("nofile") && text.contains("mem_limit: \"1024m\""),
            "{text}"
        );
    }
}
