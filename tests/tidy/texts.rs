//! Keys: every one that is used is written, with the parameters its sentence names, and none is left over.

use crate::catalogue::{Catalogue, catalogue, language};
use crate::source::{Finding, Source, assert_none, files_below, page, product, read, root};
use service_manager::api::check::CheckVerdict;
use service_manager::api::operation::{OperationKind, Outcome, StepId};
use service_manager::api::status::ServiceState;
use service_manager::api::support::RedactionKind;
use std::collections::{BTreeMap, BTreeSet};

/// Where keys come from in Rust.
#[derive(Debug, Default)]
struct Used {
    /// Keys that must exist.
    needed: BTreeMap<String, Finding>,
    /// Every string of the product: a key that is one of them is used.
    strings: BTreeSet<String>,
    /// `check-<id>`: the parts are optional, but the message is not.
    checks: BTreeMap<String, Finding>,
    /// Named variants of checks: `block-build`.
    variants: BTreeSet<String>,
}

/// Codes of errors: what functions called `code` answer, and the codes of rejections.
fn error_codes(files: &[Source]) -> BTreeMap<String, Finding> {
    let mut codes = BTreeMap::new();
    let shape = |word: &str| {
        word.len() > 3
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || matches!(c, '-' | '.' | '_'))
            && word.contains(['-', '.'])
            || matches!(
                word,
                "blocked"
                    | "cancelled"
                    | "directory"
                    | "file"
                    | "permission"
                    | "network"
                    | "unknown"
            )
    };
    for file in files {
        for (line, word) in &file.strings {
            let code = file.code.lines().nth(line - 1).unwrap_or("");
            let before: String = file.code.lines().take(*line).collect::<Vec<_>>().join("\n");
            let function = before.rsplit_once("fn ").map_or("", |(_, rest)| rest);
            let is_code = function.starts_with("code(") || function.starts_with("engine_code(");
            let is_rejection = ["compose/output.rs", "package/mod.rs", "package/refusal.rs"]
                .iter()
                .any(|path| file.path.ends_with(path));
            let names_code = code.contains("code: \"")
                || code.contains("code = \"")
                || code.contains("rejected(");
            if shape(word)
                && (is_code || (is_rejection && (names_code || word.starts_with("compose."))))
                && word != "compose-"
            {
                codes
                    .entry(word.clone())
                    .or_insert_with(|| file.finding(*line, word.as_str()));
            }
        }
    }
    codes
}

/// The words between the quotes that follow `opening`, which may stand on the next line.
fn after<'a>(file: &'a Source, opening: &'a str) -> impl Iterator<Item = (usize, String)> + 'a {
    file.code.match_indices(opening).filter_map(|(at, _)| {
        let rest = file.code[at + opening.len()..].trim_start();
        let skipped = file.code.len() - at - opening.len() - rest.len();
        rest.starts_with('"').then_some(())?;
        let line = file.code[..at + opening.len() + skipped]
            .matches('\n')
            .count()
            + 1;
        let start = file.code[..at + opening.len() + skipped]
            .rsplit('\n')
            .next()
            .unwrap_or("")
            .matches('"')
            .count()
            / 2;
        let words = file
            .strings
            .iter()
            .filter(|(found, _)| *found == line)
            .nth(start)?;
        Some((line, words.1.clone()))
    })
}

fn used(files: &[Source]) -> Used {
    let mut used = Used::default();
    for file in files {
        used.strings
            .extend(file.strings.iter().map(|(_, words)| words.clone()));
        for (line, key) in after(file, "Text::new(") {
            // `format!` families are below.
            if !key.contains('{') {
                used.needed
                    .entry(key)
                    .or_insert_with(|| file.finding(line, "Text::new"));
            }
        }
        for (line, id) in after(file, "Row::new(") {
            used.checks
                .entry(message_of("check", &id))
                .or_insert_with(|| file.finding(line, "Row::new"));
        }
        for (line, id) in after(file, "row(") {
            used.checks
                .entry(message_of("check", &id))
                .or_insert_with(|| file.finding(line, "row"));
        }
        if file.path.contains("/checks/") {
            used.variants
                .extend(
                    file.strings
                        .iter()
                        .map(|(_, words)| words.clone())
                        .filter(|words| {
                            ["block", "warn", "pass", "unknown"]
                                .iter()
                                .any(|state| words.starts_with(state))
                        }),
                );
            // An id that is chosen among several before the row is made.
            for (line, id) in &file.strings {
                if id.contains('.')
                    && !id.contains(' ')
                    && !id.contains('{')
                    && id
                        .chars()
                        .all(|c| c.is_ascii_lowercase() || matches!(c, '.' | '_'))
                {
                    used.checks
                        .entry(message_of("check", id))
                        .or_insert_with(|| file.finding(*line, "check id"));
                }
            }
        }
        if file.path.contains("/package/audit/") {
            for (line, id) in file
                .strings
                .iter()
                .filter(|(_, id)| id.starts_with("audit."))
            {
                for part in ["", ".why", ".advice"] {
                    used.needed
                        .entry(format!("{}{part}", id.replace('.', "-")))
                        .or_insert_with(|| file.finding(*line, "advice"));
                }
            }
        }
        if file.path.ends_with("package/findings.rs") {
            for (line, id) in &file.strings {
                if id.contains(['.', '-'])
                    && !id.contains([' ', '{', '/'])
                    && id
                        .chars()
                        .all(|c| c.is_ascii_lowercase() || matches!(c, '.' | '_' | '-'))
                    && id.split('.').count() <= 2
                    && !id.ends_with('-')
                    && !id.starts_with("archive-")
                {
                    used.needed
                        .entry(message_of("finding", id))
                        .or_insert_with(|| file.finding(*line, "finding"));
                }
            }
        }
    }
    let family = |prefix: &str, word: &str| {
        (
            format!("{prefix}-{word}"),
            Finding {
                path: "src-tauri/crates/service-manager/src/api".into(),
                line: 1,
                what: format!("{prefix}-*"),
            },
        )
    };
    used.needed
        .extend(StepId::ALL.iter().map(|step| family("step", step.word())));
    // Only deploy has a plan: the steps after `report` are of other operations.
    used.needed.extend(
        StepId::ALL[..9]
            .iter()
            .map(|step| family("plan", step.word())),
    );
    used.needed.extend(
        OperationKind::ALL
            .iter()
            .map(|kind| family("operation", kind.word())),
    );
    used.needed.extend(
        Outcome::ALL
            .iter()
            .map(|outcome| family("cli-outcome", outcome.word())),
    );
    used.needed.extend(
        ServiceState::ALL
            .iter()
            .map(|state| family("cli-state", state.word())),
    );
    used.needed.extend(
        RedactionKind::ALL
            .iter()
            .map(|kind| family("support-kind", kind.word())),
    );
    used.needed.extend(
        CheckVerdict::ALL
            .iter()
            .map(|verdict| family("cli-check", verdict.word())),
    );
    for (code, finding) in error_codes(files) {
        used.needed.insert(message_of("error", &code), finding);
    }
    used
}

/// Dots of an id are dashes in a message's name.
fn message_of(family: &str, id: &str) -> String {
    format!("{family}-{}", id.replace('.', "-"))
}

#[test]
fn every_key_that_rust_uses_is_written() {
    let (entries, _) = language("en");
    let used = used(&product());
    let mut findings = Vec::new();
    for (key, place) in &used.needed {
        if !entries.contains_key(key) {
            findings.push(Finding {
                what: format!("no message `{key}`"),
                ..place.clone()
            });
        }
    }
    for (message, place) in &used.checks {
        if !entries
            .keys()
            .any(|key| key.starts_with(&format!("{message}.")))
        {
            findings.push(Finding {
                what: format!("no message `{message}`"),
                ..place.clone()
            });
        }
    }
    assert!(
        used.needed.len() > 150,
        "keys are not found any more: {}",
        used.needed.len()
    );
    assert!(
        used.checks.len() > 8,
        "checks are not found any more: {:?}",
        used.checks
    );
    assert_none(
        "every key used in Rust is in the catalogues",
        "a person would see the key instead of a sentence",
        &findings,
    );
}

#[test]
fn keys_are_found_in_every_form() {
    let file = Source::rust(
        "src-tauri/crates/service-manager/src/deploy/checks/a.rs",
        "fn f() { let a = (Text::new(\"one\"), Text::new(\n    \"two\",\n)); Row::new(\"port.in_use\", x).variant(\"block-x\"); }\n\
         impl E { fn code(&self) -> &str { match self { A => \"engine-hung\", B => \"engine.not_running\" } } }",
    );
    let used = used(std::slice::from_ref(&file));
    for key in [
        "one",
        "two",
        "error-engine-hung",
        "error-engine-not_running",
    ] {
        assert!(
            used.needed.contains_key(key),
            "{key}: {:?}",
            used.needed.keys()
        );
    }
    assert!(used.checks.contains_key("check-port-in_use"));
    assert!(used.variants.contains("block-x"));
}

/// Which words a diagnosis may have: `.title` of a class, `.vpn-desktop-plain-step-1` of a variant on a system.
struct Diagnoses {
    classes: String,
    rules: String,
    systems: String,
}

impl Diagnoses {
    fn read() -> Self {
        let base = "src-tauri/crates/service-manager/src/diagnose";
        let rules = files_below(&format!("{base}/rules"));
        Self {
            classes: read(&root().join(base).join("classes.rs")),
            rules: rules.iter().map(|path| read(path)).collect::<String>()
                + &read(&root().join(base).join("outcome.rs")),
            systems: read(&root().join(base).join("system.rs")),
        }
    }

    fn use_part(&self, id: &str, attribute: &str) -> bool {
        let is_class = id == "unknown"
            || self
                .classes
                .contains(&format!("\"{}\"", id.replacen('-', ".", 1)));
        let part = ["title", "why", "undecided"]
            .into_iter()
            .find_map(|part| attribute.strip_suffix(part))
            .or_else(|| {
                let (prefix, number) = attribute.rsplit_once("step-")?;
                number.parse::<u8>().ok().map(|_| prefix)
            });
        let Some(prefix) = part else { return false };
        let prefix = prefix.strip_suffix("plain-").unwrap_or(prefix);
        let words = prefix
            .trim_end_matches('-')
            .replace("no-systemd", "no_systemd");
        is_class
            && words
                .split('-')
                .filter(|word| !word.is_empty())
                .all(|word| {
                    let word = format!("\"{}\"", word.replace('_', "-"));
                    self.systems.contains(&word) || self.rules.contains(&word)
                })
    }
}

#[test]
fn no_key_is_left_over() {
    let (entries, _) = language("en");
    let used = used(&product());
    let scripts = page();
    let script_strings: BTreeSet<&str> = scripts
        .iter()
        .flat_map(|file| &file.strings)
        .map(|(_, words)| words.as_str())
        .collect();
    // `ui-state-${...}` on the page, `cli-option-{}` in Rust: a key with that beginning may be meant.
    // A template may stand inside another one, so this looks at the bare text.
    let prefixes: BTreeSet<String> = scripts
        .iter()
        .flat_map(|file| {
            file.text
                .match_indices("${")
                .map(|(at, _)| &file.text[..at])
        })
        .filter_map(|before| before.rsplit('`').next().map(str::to_owned))
        .filter(|prefix| {
            prefix.ends_with('-') && prefix.chars().all(|c| c.is_ascii_lowercase() || c == '-')
        })
        .collect();
    let diagnoses = Diagnoses::read();
    let args = read("src-tauri/crates/cli/src/args.rs".into());
    let is_used = |key: &str| {
        let (message, attribute) = key
            .split_once('.')
            .map_or((key, None), |(message, attribute)| {
                (message, Some(attribute))
            });
        let named = used.needed.contains_key(key)
            || used.strings.contains(key)
            || script_strings.contains(key)
            || script_strings
                .iter()
                .any(|words| words.contains(&format!("'{key}'")))
            || prefixes
                .iter()
                .any(|prefix| key.starts_with(prefix.as_str()));
        let check = attribute.is_some_and(|attribute| {
            used.checks.contains_key(message) && {
                let plain = ["why", "found", "required"].contains(&attribute)
                    || attribute.starts_with("step-")
                    || used.variants.contains(attribute)
                    || ["pass", "warn", "block", "unknown"].contains(&attribute);
                let special = used.variants.iter().any(|variant| {
                    attribute
                        .strip_prefix(variant.as_str())
                        .and_then(|rest| rest.strip_prefix('-'))
                        .is_some_and(|part| {
                            ["why", "found", "required"].contains(&part)
                                || part.starts_with("step-")
                        })
                });
                plain || special
            }
        });
        let diagnosis = attribute.is_some_and(|attribute| {
            message
                .strip_prefix("diagnosis-")
                .is_some_and(|id| diagnoses.use_part(id, attribute))
        });
        let cli = message.strip_prefix("cli-").is_some_and(|name| {
            let option = name
                .strip_prefix("option-")
                .unwrap_or(name)
                .replace('-', "_");
            let variant: String = name
                .split('-')
                .map(|part| part[..1].to_uppercase() + &part[1..])
                .collect();
            args.contains(&format!("{option}:")) || args.contains(&variant) || name == "about"
        });
        // The renderer takes it where a sentence begins with the message.
        let beginning = attribute == Some("first") && used.strings.contains(message);
        named || check || diagnosis || cli || beginning
    };
    let findings: Vec<Finding> = entries
        .iter()
        .filter(|(key, _)| !is_used(key))
        .map(|(key, entry)| Finding {
            path: entry.file.clone(),
            line: entry.line,
            what: format!("`{key}` is used nowhere"),
        })
        .collect();
    assert_none(
        "no message is left over",
        "a sentence nobody shows is still translated, and misleads whoever reads the catalogue",
        &findings,
    );
    assert!(
        !is_used("ui-nowhere")
            && !is_used("check-port-in_use.nonsense")
            && !is_used("diagnosis-port-in_use.nonsense-step-1")
            && !is_used("error-nowhere")
    );
}

/// Parameters given right where a sentence is made: `Text::new("key").with("name", ...)` up to the end of the chain.
fn chains(file: &Source) -> Vec<(usize, String, BTreeSet<String>)> {
    let mut found = Vec::new();
    for (at, _) in file.code.match_indices("Text::new(") {
        let line = file.code[..at].matches('\n').count() + 1;
        let mut given = BTreeSet::new();
        let mut rest = at + "Text::new(".len();
        let mut key = None;
        let mut whole = true;
        loop {
            // Skips the arguments: to the parenthesis that closes the call.
            let mut depth = 1;
            let mut end = rest;
            for (offset, c) in file.code[rest..].char_indices() {
                depth += i32::from(c == '(') - i32::from(c == ')');
                if depth == 0 {
                    end = rest + offset;
                    break;
                }
            }
            let first = first_string(file, rest, end);
            if key.is_none() {
                let Some(words) = first else { break };
                key = Some(words);
            } else if let Some(words) = first {
                given.insert(words);
            }
            let next = file.code[end + 1..].trim_start();
            let offset = file.code.len() - next.len();
            if next.starts_with(".with(") {
                rest = offset + ".with(".len();
            } else {
                // A chain that goes on with something else is completed there.
                whole = next.starts_with([';', ',', ')', '}']);
                break;
            }
        }
        if let (Some(key), true) = (key, whole) {
            found.push((line, key, given));
        }
    }
    found
}

/// The string literal at the beginning of an argument list.
fn first_string(file: &Source, start: usize, end: usize) -> Option<String> {
    let arguments = &file.code[start..end];
    let trimmed = arguments.trim_start();
    trimmed.starts_with('"').then_some(())?;
    let at = start + arguments.len() - trimmed.len();
    let line = file.code[..at].matches('\n').count() + 1;
    let nth = file.code[..at]
        .rsplit('\n')
        .next()
        .unwrap_or("")
        .matches('"')
        .count()
        / 2;
    file.strings
        .iter()
        .filter(|(found, _)| *found == line)
        .nth(nth)
        .map(|(_, words)| words.clone())
}

/// Sentences that get the rest of their parameters further on, each with the reason.
const COMPLETED_LATER: &[&str] = &[
    "load-sending",   // deploy/images.rs adds file and seconds to either sentence
    "load-unpacking", // the same
];

fn without_parameter(files: &[Source], entries: &Catalogue) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        for (line, key, given) in chains(file) {
            let Some(entry) = entries
                .get(&key)
                .filter(|_| !COMPLETED_LATER.contains(&key.as_str()))
            else {
                continue;
            };
            let missing: Vec<&String> = entry.parameters.difference(&given).collect();
            if !missing.is_empty() {
                findings.push(file.finding(line, format!("`{key}` needs {missing:?}")));
            }
        }
    }
    findings
}

#[test]
fn sentences_get_the_parameters_they_name() {
    let (entries, _) = language("en");
    let files = product();
    let count: usize = files.iter().map(|file| chains(file).len()).sum();
    assert!(count > 60, "sentences are not found any more: {count}");
    assert_none(
        "a sentence gets every parameter its message names",
        "a person would read {$name} with the braces",
        &without_parameter(&files, &entries),
    );
    let entries = catalogue(&[Source::plain("a.ftl", "a = { $x } { $y }\n")]).0;
    let bad = Source::rust("a.rs", "fn f() { g(Text::new(\"a\").with(\"x\", h(1))); }");
    assert_eq!(without_parameter(&[bad], &entries).len(), 1);
    let good = Source::rust(
        "a.rs",
        "fn f() { Text::new(\"a\")\n    .with(\"x\", \"1\")\n    .with(\"y\", h(1)); }",
    );
    assert!(without_parameter(&[good], &entries).is_empty());
}
