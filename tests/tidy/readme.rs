//! The README's troubleshooting table is what the program says.

use crate::contract::ensure_fresh;
use crate::source::{files_below, read, root};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use std::collections::BTreeSet;
use std::fmt::Write as _;

const BEGIN: &str =
    "<!-- troubleshooting: written by tests/tidy from ui/locales/en/check.ftl -->\n";
const END: &str = "<!-- end of troubleshooting -->\n";

/// The sentence that stands for a parameter which is a whole sentence itself.
const REMEDIES: &[(&str, &str)] = &[
    ("check-engine-not_running", "remedy-start-systemd"),
    ("check-engine-desktop_not_started", "remedy-start-desktop"),
    ("check-engine-socket_permission", "remedy-join-docker-group"),
];

/// English, all files in one.
fn english() -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new(vec![unic_langid::LanguageIdentifier::default()]);
    bundle.set_use_isolating(false);
    for file in files_below("ui/locales/en") {
        let Ok(resource) = FluentResource::try_new(read(&file)) else {
            panic!("{file} does not parse")
        };
        if let Err(errors) = bundle.add_resource(resource) {
            panic!("{file}: {errors:?}")
        }
    }
    bundle
}

/// A message or `message.attribute` with every parameter as its own name.
fn words(
    bundle: &FluentBundle<FluentResource>,
    key: &str,
    parameters: &BTreeSet<String>,
) -> Option<String> {
    let (id, attribute) = key
        .split_once('.')
        .map_or((key, None), |(id, name)| (id, Some(name)));
    let message = bundle.get_message(id)?;
    let pattern = match attribute {
        Some(name) => message.get_attribute(name)?.value(),
        None => message.value()?,
    };
    let remedy = REMEDIES
        .iter()
        .find(|(check, _)| *check == id)
        .and_then(|(_, remedy)| words(bundle, remedy, parameters));
    let mut values = FluentArgs::new();
    for name in parameters {
        let value = match (&remedy, name.as_str()) {
            (Some(remedy), "remedy") => remedy.clone(),
            _ => format!("*{name}*"),
        };
        values.set(name.clone(), value);
    }
    Some(
        bundle
            .format_pattern(pattern, Some(&values), &mut Vec::new())
            .into_owned(),
    )
}

/// One row per sentence that stops a deployment: what is said, and what to do, the steps in one line.
fn table() -> String {
    let bundle = english();
    let (entries, _) = crate::catalogue::language("en");
    let parameters: BTreeSet<String> = entries
        .values()
        .flat_map(|entry| entry.parameters.iter().cloned())
        .collect();
    // In the order of the file, which is that of the checks.
    let mut keys: Vec<(&String, usize)> = entries
        .iter()
        .filter(|(key, _)| key.starts_with("check-"))
        .filter(|(key, _)| is_sentence(key))
        .map(|(key, entry)| (key, entry.line))
        .collect();
    keys.sort_by_key(|(_, line)| *line);
    let mut text = "| Quayside says | what to do |\n|---|---|\n".to_owned();
    for (key, _) in keys {
        let Some((id, variant)) = key.split_once('.') else {
            continue;
        };
        let step = |n: usize| {
            words(&bundle, &format!("{id}.{variant}-step-{n}"), &parameters)
                .or_else(|| words(&bundle, &format!("{id}.step-{n}"), &parameters))
        };
        let steps: Vec<String> = (1..=9)
            .map_while(step)
            .filter(|step| !step.starts_with("Then check again"))
            .collect();
        let said = words(&bundle, key, &parameters).unwrap_or_default();
        let _ = writeln!(text, "| {said} | {} |", steps.join(" "));
    }
    text
}

/// `.block`, `.warn` and their variants, but not the parts that explain them.
fn is_sentence(key: &str) -> bool {
    let Some((_, name)) = key.split_once('.') else {
        return false;
    };
    let part = ["-why", "-found", "-required"]
        .iter()
        .any(|end| name.ends_with(end))
        || name.contains("-step-");
    (name.starts_with("block") || name.starts_with("warn")) && !part
}

#[test]
fn the_troubleshooting_table_says_what_the_program_says() {
    let readme = read(&root().join("README.md"));
    let Some((before, rest)) = readme.split_once(BEGIN) else {
        panic!("README.md has lost {BEGIN}")
    };
    let Some((_, after)) = rest.split_once(END) else {
        panic!("README.md has lost {END}")
    };
    let table = table();
    assert!(
        table.lines().count() > 15,
        "the checks are not where they were"
    );
    assert!(
        !table.contains("*remedy*"),
        "a remedy has no words: name it in REMEDIES"
    );
    #[allow(clippy::disallowed_methods)] // asks where it runs, not what to do
    let is_server = std::env::var_os("CI").is_some();
    ensure_fresh(
        "README.md",
        &format!("{before}{BEGIN}{table}{END}{after}"),
        is_server,
    );
}
