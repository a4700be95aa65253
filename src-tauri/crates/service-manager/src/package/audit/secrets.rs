//! Secrets that lie open in the files of a package. Values are looked at and never shown. Pure.

use super::Subject;
use super::sources::Source;
use crate::api::package::Severity;
use crate::compose::env_file;
use crate::logging::is_secret;
use crate::text::Params;
use serde_json::Value;
use std::collections::BTreeMap;

pub(super) fn of_files(subject: &mut Subject<'_>) {
    let mut found = Vec::new();
    for source in subject.files() {
        for (service, name) in written(source) {
            found.push((
                source.file.clone(),
                line(source, &service, &name),
                service,
                name,
            ));
        }
    }
    for (file, line, service, name) in found {
        let of = subject.project.service(&service);
        let params = Params::new().with("name", &name).with("service", &service);
        let place = (Some(file), line);
        subject.note("audit.secret_in_file", Severity::Warning, of, place, params);
    }
    let sources = subject.sources;
    for plain in &sources.plain {
        let values = env_file::parse(&plain.text, &BTreeMap::new());
        let names: Vec<&String> = values
            .iter()
            .filter(|(name, value)| gives_away(name, value))
            .map(|(name, _)| name)
            .collect();
        let params = Params::new().with("file", &plain.file);
        let at = |name: &str| {
            let line = plain.text.lines().position(|line| {
                let line = line.trim_start();
                let line = line.strip_prefix("export ").unwrap_or(line);
                line.strip_prefix(name)
                    .is_some_and(|rest| rest.trim_start().starts_with(['=', ':']))
            });
            (
                Some(plain.file.clone()),
                line.and_then(|at| u32::try_from(at + 1).ok()),
            )
        };
        if plain.open && (plain.is_secret || !names.is_empty()) {
            let place = (Some(plain.file.clone()), None);
            subject.note(
                "audit.open_file",
                Severity::Warning,
                None,
                place,
                params.clone(),
            );
        }
        if !plain.is_secret {
            for name in names {
                let params = params.clone().with("name", name);
                subject.note(
                    "audit.secret_in_env",
                    Severity::Info,
                    None,
                    at(name),
                    params,
                );
            }
        }
    }
}

/// The variables of services whose secret value stands in the file itself: service and name.
fn written(source: &Source) -> Vec<(String, String)> {
    let services = source.model.get("services").and_then(Value::as_object);
    let mut found = Vec::new();
    for (service, value) in services.into_iter().flatten() {
        let pairs: Vec<(String, String)> = match value.get("environment") {
            Some(Value::Object(map)) => map
                .iter()
                .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
                .collect(),
            Some(Value::Array(items)) => items
                .iter()
                .filter_map(Value::as_str)
                .filter_map(|item| item.split_once('='))
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            _ => Vec::new(),
        };
        let open = pairs.into_iter().filter(|(name, value)| {
            !value.contains("${") && !value.starts_with('$') && gives_away(name, value)
        });
        found.extend(open.map(|(name, _)| (service.clone(), name)));
    }
    found
}

/// A name that promises a secret, with a value that can be one: no switch, no path, no address without a password.
fn gives_away(name: &str, value: &str) -> bool {
    let value = value.trim();
    let name = name.to_ascii_uppercase();
    let is_word = matches!(
        value.to_ascii_lowercase().as_str(),
        "" | "true"
            | "false"
            | "yes"
            | "no"
            | "on"
            | "off"
            | "none"
            | "null"
            | "enabled"
            | "disabled"
    );
    let is_path = value.starts_with('/') || value.starts_with("./") || name.ends_with("_FILE");
    let is_address = value.contains("://");
    let has_password = value
        .split_once("://")
        .and_then(|(_, rest)| rest.split('/').next()?.rsplit_once('@'))
        .is_some_and(|(user, _)| user.contains(':'));
    let is_open = value.contains("CHANGE") || value.starts_with('<') || value.starts_with("your-");
    is_secret(&name) && !is_word && !is_path && !is_open && (!is_address || has_password)
}

/// The line of a variable of a service, in either notation.
fn line(source: &Source, service: &str, name: &str) -> Option<u32> {
    use crate::package::yaml::line_of_whole;
    let block = format!("services.{service}.environment");
    let direct = line_of_whole(&source.text, &format!("{block}.{name}"));
    direct.or_else(|| {
        let from = line_of_whole(&source.text, &block)?;
        let rest = source.text.lines().skip(usize::try_from(from).ok()?);
        let is_item = |line: &str| {
            let item = line.trim_start().trim_start_matches(['-', ' ', '"', '\'']);
            item.strip_prefix(name)
                .is_some_and(|rest| rest.starts_with('='))
        };
        // `{A: b}` stands in the line of the key itself.
        let at = rest
            .take_while(|line| !line.trim().is_empty())
            .position(is_item);
        let below = at.map_or(0, |at| u32::try_from(at + 1).unwrap_or(0));
        Some(from + below)
    })
}
