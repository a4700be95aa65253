//! Values that are left to the person: variables nobody set, placeholders the vendor left in `.env`, and what
//! `quayside.yaml` asks for; and the change of `.env` that answers them. Pure.

mod placeholder;

use super::observe::ObservedState;
use super::port_change::{Reader, env_changes};
use crate::api::app::SettingValue;
use crate::api::check::SettingsField;
use crate::compose::env_edit;
use crate::compose::env_file::{Assignment, assignments};
use crate::compose::interpolate::{Fallback, references};
use crate::error::Error;
use crate::package::sources::{Sources, each_text};
use crate::package::{Setting, Unset, variable_line};
use crate::repair::{Change, hides};
use crate::text::{self, Text};
use camino::Utf8PathBuf;
use std::collections::BTreeMap;

/// Variables that Compose itself reads and a person may have reason to set.
const COMPOSES_OWN: [&str; 2] = ["COMPOSE_PROFILES", "COMPOSE_PROJECT_NAME"];

/// A value that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OpenValue {
    pub key: String,
    pub why: Open,
    /// File and line, from 1.
    pub place: (Utf8PathBuf, u32),
    /// Its name promises a secret, or the vendor says so.
    pub secret: bool,
    /// What the compose file says about it.
    pub words: Option<String>,
}

/// Why a value is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Open {
    /// A compose file refers to it, nothing sets it, and there is no default.
    Undefined,
    /// `.env` has what the vendor wants to be replaced.
    Placeholder,
    /// `.env` has nothing for it, and it is a secret that services need.
    Empty,
    /// `quayside.yaml` says that it is needed, and it is not there.
    Required,
    /// Compose does not read the package without it.
    Demanded,
}

/// Returns the values that are open, each once, in the order of their keys.
pub(crate) fn open_values(
    sources: &Sources,
    settings: &[Setting],
    unset: &[Unset],
) -> Vec<OpenValue> {
    let values = sources.env_variables();
    let written = last_assignments(sources);
    let referred = referred(sources);
    let mut open: BTreeMap<String, OpenValue> = BTreeMap::new();
    let mut add = |key: &str, why, place| {
        let secret = is_secret(key, settings);
        open.entry(key.to_owned()).or_insert_with(|| OpenValue {
            key: key.to_owned(),
            why,
            place,
            secret,
            words: None,
        });
    };
    let outside = |key: &String| sources.outer.contains_key(key);
    for it in unset {
        add(
            &it.name,
            Open::Demanded,
            (it.file.clone(), it.line.unwrap_or(1)),
        );
    }
    for (key, assignment) in written.iter().filter(|(key, _)| !outside(key)) {
        let place = (sources.env_path(), assignment.line);
        let value = values.get(key).map(String::as_str).unwrap_or_default();
        if placeholder::is_one(value) {
            add(key, Open::Placeholder, place);
        } else if value.is_empty() && referred.contains_key(key) && is_secret(key, settings) {
            add(key, Open::Empty, place);
        }
    }
    for (key, reference) in referred.iter().filter(|(key, _)| !outside(key)) {
        if reference.warns && !values.contains_key(key) {
            add(key, Open::Undefined, reference.place.clone());
        }
    }
    for setting in settings
        .iter()
        .filter(|it| it.required && !outside(&it.key))
    {
        let missing = values.get(&setting.key).is_none_or(String::is_empty);
        if missing {
            let line = written.get(&setting.key).map_or(1, |it| it.line);
            add(&setting.key, Open::Required, (sources.env_path(), line));
        }
    }
    for it in unset {
        if let Some(value) = open.get_mut(&it.name) {
            value.words.clone_from(&it.words);
        }
    }
    open.into_values().collect()
}

/// Returns the form for what was observed; none where the files cannot be followed.
pub(crate) fn of(state: &ObservedState) -> Vec<SettingsField> {
    match &state.sources {
        Ok(Some(sources)) => fields(sources, &state.settings, &state.unset),
        _ => Vec::new(),
    }
}

/// Returns the form: what is open, then what the vendor lets people set.
pub(crate) fn fields(
    sources: &Sources,
    settings: &[Setting],
    unset: &[Unset],
) -> Vec<SettingsField> {
    let values = sources.env_variables();
    let written = last_assignments(sources);
    let open = open_values(sources, settings, unset);
    let field = |key: &str, open: Option<&OpenValue>| {
        let setting = settings.iter().find(|it| it.key == key);
        let secret = is_secret(key, settings);
        let language = text::language();
        let line = || written.get(key).map_or(1, |it| it.line);
        let place = open.map_or_else(|| (sources.env_path(), line()), |it| it.place.clone());
        let value = values.get(key).cloned();
        SettingsField {
            key: key.to_owned(),
            title: setting
                .and_then(|it| it.title.get(language))
                .unwrap_or(key)
                .to_owned(),
            help: setting
                .and_then(|it| it.help.get(language))
                .map(str::to_owned)
                .or_else(|| open?.words.clone()),
            // What is proposed is not what was left in.
            value: value
                .filter(|_| !open.is_some_and(|it| it.why == Open::Placeholder))
                .or_else(|| setting.and_then(|it| it.default.clone()))
                .filter(|_| !secret),
            secret,
            required: setting.map_or(open.is_some(), |it| it.required),
            pattern: setting.and_then(|it| it.pattern.clone()),
            open: open.is_some(),
            place: format!("{}:{}", place.0, place.1),
        }
    };
    let rest = settings
        .iter()
        .filter(|it| !open.iter().any(|open| open.key == it.key));
    open.iter()
        .map(|it| field(&it.key, Some(it)))
        .chain(rest.map(|it| field(&it.key, None)))
        .collect()
}

/// Returns the changes of `.env` that save these values; none when all of them are there already.
pub(crate) fn changes(
    sources: &Sources,
    settings: &[Setting],
    unset: &[Unset],
    reader: Reader,
    values: &[SettingValue],
) -> Result<Vec<Change>, Error> {
    let known = |key: &str| {
        COMPOSES_OWN.contains(&key)
            || last_assignments(sources).contains_key(key)
            || referred(sources).contains_key(key)
            || unset.iter().any(|it| it.name == key)
            || settings.iter().any(|it| it.key == key)
    };
    let mut content = sources.env.clone().unwrap_or_default();
    for SettingValue { key, value } in values {
        let refused = |reason| {
            let reason = Text::new(reason).with("key", key);
            Err(Error::Setting {
                key: key.clone(),
                reason,
            })
        };
        let setting = settings.iter().find(|it| it.key == *key);
        if sources.env_foreign {
            return refused("env-value-foreign");
        }
        if !known(key) {
            return refused("env-value-unknown");
        }
        if sources.outer.contains_key(key) {
            return refused("env-value-outside");
        }
        if setting.is_some_and(|it| !it.accepts(value)) {
            return refused("env-value-pattern");
        }
        content = match env_edit::set(&content, key, value, reader.generation) {
            Ok(content) => content,
            Err(error) => return refused(error.key()),
        };
    }
    if sources.env.as_deref() == Some(&content) {
        return Ok(Vec::new());
    }
    Ok(env_changes(sources, content))
}

fn is_secret(key: &str, settings: &[Setting]) -> bool {
    hides(key) || settings.iter().any(|it| it.key == key && it.secret)
}

fn last_assignments(sources: &Sources) -> BTreeMap<String, Assignment> {
    let all = assignments(sources.env.as_deref().unwrap_or_default());
    all.into_iter().map(|it| (it.key.clone(), it)).collect()
}

/// How compose files refer to a variable.
struct Referred {
    /// Somewhere without a default, of which Compose warns.
    warns: bool,
    place: (Utf8PathBuf, u32),
}

fn referred(sources: &Sources) -> BTreeMap<String, Referred> {
    let mut found: BTreeMap<String, Referred> = BTreeMap::new();
    for file in &sources.files {
        each_text(&file.model, &mut |text| {
            for reference in references(text) {
                let place = || {
                    (
                        file.path.clone(),
                        variable_line(&file.text, &reference.name).unwrap_or(1),
                    )
                };
                let entry = found
                    .entry(reference.name.clone())
                    .or_insert_with(|| Referred {
                        warns: false,
                        place: place(),
                    });
                entry.warns |= reference.fallback == Fallback::Empty;
            }
        });
    }
    found
}

#[cfg(test)]
mod tests;
