//! Which module of the library may use which, and who may touch the world.

use crate::source::{Finding, Source, assert_none, has_word, library, product};
use std::collections::BTreeSet;

const BASE: &str = "src-tauri/crates/service-manager/src/";

/// `Direction of dependencies` of ARCHITECTURE.md: a module of the library and what it may use of it. Everyone may
/// use `api`, `text` and `environment`: they are plain data.
const MAY_USE: &[(&str, &[&str])] = &[
    ("api", &["error"]), // in a sentence of a doc comment only; checked below
    ("text", &[]),
    ("environment", &[]),
    ("desktop_entry", &[]),
    ("process", &[]),
    ("host", &["process"]),
    ("engine", &[]),
    ("compose", &["process"]),
    // Archives are read without an engine (preview) and sent with one.
    ("images", &["engine", "package", "operation"]),
    ("package", &["compose", "images", "process", "logging"]),
    ("health", &["engine", "host", "compose", "operation"]),
    // What every error of every module becomes.
    (
        "error",
        &["engine", "compose", "host", "package", "process"],
    ),
    ("logging", &[]),
    ("settings_store", &["error", "operation"]),
    ("export", &["error"]),
    ("handover", &[]),
    ("log_lines", &["engine", "error", "export"]),
    ("operation", &["error", "logging"]),
    // Text in, text and a report out.
    ("redact", &[]),
    (
        "support_bundle",
        &[
            "compose", "diagnose", "engine", "error", "host", "logging", "package", "redact",
        ],
    ),
    ("bring", &["error", "host", "operation", "repair"]),
    (
        "repair",
        &["engine", "error", "host", "logging", "operation", "process"],
    ),
    ("diagnose", &[]),
    (
        "deploy",
        &[
            "bring",
            "diagnose",
            "logging",
            "engine",
            "compose",
            "package",
            "images",
            "host",
            "operation",
            "health",
            "error",
            "repair",
            "resources",
        ],
    ),
    ("resources", &["compose", "engine", "host"]),
    ("alert_events", &["manager", "health"]),
    ("app_events", &["manager", "operation", "health"]),
    (
        "manager",
        &[
            "alert_events",
            "app_events",
            "bring",
            "compose",
            "deploy",
            "diagnose",
            "engine",
            "error",
            "export",
            "handover",
            "health",
            "host",
            "log_lines",
            "logging",
            "operation",
            "package",
            "redact",
            "repair",
            "resources",
            "settings_store",
            "support_bundle",
        ],
    ),
];

const EVERYONE: &[&str] = &["api", "text", "environment", "Environment"];

/// Uses that stand against the table, each with the reason it may stay. One that is gone must go from here as well.
const ALLOWED: &[(&str, &str, &str)] = &[
    (
        "host/engine_start.rs",
        "engine",
        "takes an `EngineError` as a value to choose the remedy; asks no engine",
    ),
    (
        "host/system.rs",
        "engine",
        "`platform_arch` spells an architecture as images do; a pure function",
    ),
    (
        "host/mod.rs",
        "engine",
        "`platform_arch` spells an architecture as images do; a pure function",
    ),
];

fn module(path: &str) -> &str {
    let inside = path.strip_prefix(BASE).unwrap_or(path);
    let first = inside.split('/').next().unwrap_or(inside);
    first.strip_suffix(".rs").unwrap_or(first)
}

/// Every `crate::name` of a file with its line; lists in braces are taken apart.
fn uses(file: &Source) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, _) in file.code.match_indices("crate::") {
        let before = file.code[..index].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let line = file.code[..index].matches('\n').count() + 1;
        let rest = &file.code[index + "crate::".len()..];
        let name = |text: &str| -> String {
            text.trim_start()
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect()
        };
        if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut item = String::new();
            for c in list.chars() {
                match c {
                    '}' if depth == 0 => break,
                    ',' if depth == 0 => found.push((line, name(&std::mem::take(&mut item)))),
                    _ => {
                        depth += i32::from(c == '{') - i32::from(c == '}');
                        item.push(c);
                    }
                }
            }
            if !item.trim().is_empty() {
                found.push((line, name(&item)));
            }
        } else {
            found.push((line, name(rest)));
        }
    }
    found
}

fn directions(files: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        let own = module(&file.path);
        if matches!(own, "lib") {
            continue;
        }
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == own) else {
            findings.push(file.finding(
                1,
                format!("the module `{own}` is not in the table of directions"),
            ));
            continue;
        };
        for (line, used) in uses(file) {
            let inside = file.path.strip_prefix(BASE).unwrap_or(&file.path);
            let excused = ALLOWED
                .iter()
                .any(|(path, name, _)| *path == inside && *name == used);
            let is_module = MAY_USE.iter().any(|(name, _)| *name == used);
            if is_module
                && used != own
                && !EVERYONE.contains(&used.as_str())
                && !allowed.contains(&used.as_str())
                && !excused
            {
                findings.push(file.finding(line, format!("`{own}` uses `{used}`")));
            }
        }
    }
    findings
}

#[test]
fn modules_use_each_other_in_one_direction() {
    let files = library();
    assert_none(
        "modules use each other only as the table of directions says",
        "engine, compose and host know nothing of each other, so each can be understood, tested and replaced alone",
        &directions(&files),
    );
    let used: BTreeSet<(String, String)> = files
        .iter()
        .flat_map(|file| {
            let inside = file
                .path
                .strip_prefix(BASE)
                .unwrap_or(&file.path)
                .to_owned();
            uses(file)
                .into_iter()
                .map(move |(_, name)| (inside.clone(), name))
        })
        .collect();
    for (path, name, _) in ALLOWED {
        assert!(
            used.contains(&((*path).to_owned(), (*name).to_owned())),
            "{path} does not use {name} any more: take the exception out of tests/tidy/modules.rs"
        );
    }
}

#[test]
fn a_use_in_the_wrong_direction_is_seen() {
    let file = |path: &str, text: &str| Source::rust(&format!("{BASE}{path}"), text);
    for (path, text) in [
        ("engine/mod.rs", "use crate::compose::Compose;"),
        ("compose/mod.rs", "use crate::{api::x, engine::Endpoint};"),
        ("host/disk.rs", "fn f() { crate::engine::x() }"),
        ("health/mod.rs", "use crate::deploy::Session;"),
        ("new_room/mod.rs", ""),
    ] {
        assert!(!directions(&[file(path, text)]).is_empty(), "{path}");
    }
    assert!(
        directions(&[file(
            "deploy/mod.rs",
            "use crate::{engine::{A, B}, compose::C};"
        )])
        .is_empty()
    );
}

/// Who alone may name something: files (or folders, ending in `/`) inside the library.
struct Alone {
    rule: &'static str,
    why: &'static str,
    words: &'static [&'static str],
    places: &'static [&'static str],
}

const ALONE: &[Alone] = &[
    Alone {
        rule: "bollard is named only in engine/",
        why: "the engine's client can be replaced, and its errors are sorted in one place",
        words: &["bollard"],
        places: &["engine/"],
    },
    Alone {
        rule: "processes start only in process.rs",
        why: "only there do they get their own group, a time limit and a certain end",
        words: &[
            "Command::new",
            "std::process::Command",
            "tokio::process",
            "process_wrap",
            "CommandWrap",
        ],
        places: &["process.rs"],
    },
    Alone {
        rule: "the wall clock is read only in manager.rs, health/monitor.rs and operation/",
        why: "everything else is told the time, so that verdicts can be tested at any moment",
        words: &[
            "Timestamp::now",
            "SystemTime::now",
            "Zoned::now",
            "Utc::now",
        ],
        places: &["manager.rs", "manager/", "health/monitor.rs", "operation/"],
    },
    Alone {
        rule: "tasks are spawned only in operation/ and health/monitor.rs",
        why: "what runs in the background must be awaited by somebody when the program ends",
        words: &[
            "tokio::spawn",
            "task::spawn",
            "JoinSet::new",
            "thread::spawn",
            "tasks.spawn",
        ],
        places: &["operation/", "health/monitor.rs"],
    },
];

fn alone(rule: &Alone, files: &[Source]) -> Vec<Finding> {
    files
        .iter()
        .filter(|file| {
            let inside = file.path.strip_prefix(BASE).unwrap_or(&file.path);
            !rule.places.iter().any(|place| {
                inside == *place || (place.ends_with('/') && inside.starts_with(place))
            })
        })
        .flat_map(|file| file.findings(rule.words))
        .collect()
}

#[test]
fn who_may_touch_the_world() {
    let files = product();
    for rule in ALONE {
        let files: Vec<Source> = if rule.words.contains(&"tokio::spawn") {
            files
                .iter()
                .filter(|file| file.path.starts_with(BASE))
                .cloned()
                .collect()
        } else {
            files.clone()
        };
        assert_none(rule.rule, rule.why, &alone(rule, &files));
        for word in rule.words {
            let snippet = format!("fn f() {{ {word}(); }}");
            let bad = Source::rust(&format!("{BASE}deploy/execute.rs"), &snippet);
            assert!(!alone(rule, &[bad]).is_empty(), "{word}");
        }
    }
}

/// Files that decide: facts in, decisions out.
fn is_pure(path: &str) -> bool {
    let inside = path.strip_prefix(BASE).unwrap_or(path);
    matches!(
        inside,
        "deploy/plan.rs"
            | "deploy/offline.rs"
            | "health/reduce.rs"
            | "health/snapshot.rs"
            | "health/links.rs"
            | "health/state.rs"
            | "health/sentence.rs"
            | "compose/output.rs"
            | "compose/command.rs"
            | "compose/version.rs"
            | "compose/words.rs"
            | "package/findings.rs"
            | "package/audit.rs"
            | "package/audit/rules.rs"
            | "package/audit/secrets.rs"
            | "compose/traits.rs"
            | "compose/read/traits.rs"
            | "support_bundle/summary.rs"
            | "support_bundle/evidence.rs"
    ) || inside.starts_with("redact/") && !inside.ends_with("tests.rs")
        || inside.starts_with("deploy/checks/")
        || inside.starts_with("api/")
}

const IMPURE: &[&str] = &[
    "async",
    "await",
    "fs",
    "fs_err",
    "tokio",
    "bollard",
    "std::net",
    "process",
    "Engine",
    "Instant::now",
    "Timestamp::now",
    "exists()",
    "is_file()",
    "is_dir()",
    "canonicalize_utf8",
    "metadata",
    "read_dir",
    "spawn",
];

fn impure(files: &[Source]) -> Vec<Finding> {
    files
        .iter()
        .filter(|file| is_pure(&file.path))
        .flat_map(|file| file.findings(IMPURE))
        .collect()
}

#[test]
fn what_decides_does_nothing() {
    let files = library();
    assert!(
        files.iter().filter(|file| is_pure(&file.path)).count() > 15,
        "the pure files have moved: change the list"
    );
    assert_none(
        "plan, reduce, snapshot, state, sentence, output, command, version, findings, the checks and the contract do no I/O and are not async",
        "a decision that only looks at its arguments can be tested in a table, and rehearsed by `plan`",
        &impure(&files),
    );
    for bad in [
        "async fn f() {}",
        "fn f() { fs::read(p); }",
        "fn f(e: &Engine) {}",
        "fn f() { p.exists(); }",
    ] {
        let file = Source::rust(&format!("{BASE}deploy/checks/ports.rs"), bad);
        assert!(!impure(&[file]).is_empty(), "{bad}");
    }
}

#[test]
fn the_contract_knows_only_data() {
    let findings: Vec<Finding> = library()
        .iter()
        .filter(|file| module(&file.path) == "api")
        .flat_map(|file| {
            uses(file)
                .into_iter()
                .filter(|(_, name)| {
                    !matches!(
                        name.as_str(),
                        "api" | "text" | "with_commands" | "ServiceManager"
                    )
                })
                .map(|(line, name)| file.finding(line, name))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_none(
        "api uses nobody but serde and text",
        "both ends of the wire read it; it must not drag the rest along",
        &findings,
    );
    assert!(has_word("crate::engine", "engine"));
}
