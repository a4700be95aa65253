//! For every class: how each family of wordings and each generation of a tool says it, and what looks alike and is not it.

use super::classes;
use crate::diagnose::classes::CLASSES;
use crate::diagnose::evidence::Kind;
use std::collections::BTreeSet;

const WORDINGS: &str = include_str!("../../../../../../tests/fixtures/evidence/wordings.txt");

/// Decided by facts, or only worth knowing: told apart in the corpus.
const OTHERWISE: &[&str] = &[
    "compose.orphans",
    "host.overcommit",
    "disk.inodes",
    "script.missing_shebang",
];

/// The class, where it was read, and how it was said.
type Wording = (&'static str, Kind, String);

/// Returns one part of the file: `said`, or `not`.
fn wordings(part: &str) -> Vec<Wording> {
    let begins = format!("\n= {part}\n");
    let (_, rest) = WORDINGS.split_once(&begins).unwrap();
    let lines = rest.split("\n= ").next().unwrap_or_default().lines();
    lines.filter(|line| !line.is_empty()).map(wording).collect()
}

fn wording(line: &'static str) -> Wording {
    let mut parts = line.splitn(3, '\t');
    let (class, place, text) = (parts.next(), parts.next(), parts.next());
    let kind = match place.unwrap() {
        "engine" => Kind::EngineError,
        "compose" => Kind::ComposeStderr,
        "log" => Kind::ContainerLogs,
        "health" => Kind::HealthLog,
        other => panic!("{other} in {line}"),
    };
    (class.unwrap(), kind, text.unwrap().replace("\\n", "\n"))
}

#[test]
fn every_wording_is_recognised_as_its_class_first() {
    let said = wordings("said");
    for (class, kind, text) in &said {
        let found = classes(*kind, text);
        assert_eq!(found.first(), Some(class), "{found:?} for {text}");
    }
    let said: BTreeSet<&str> = said.iter().map(|(class, ..)| *class).collect();
    let missing: Vec<&str> = CLASSES
        .iter()
        .map(|class| class.id)
        .filter(|id| !said.contains(id) && !OTHERWISE.contains(id))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn what_only_looks_like_a_class_is_not_it() {
    let not = wordings("not");
    assert!(not.len() > 40, "the wordings are not found any more");
    for (class, kind, text) in &not {
        assert_ne!(classes(*kind, text).first(), Some(class), "for {text}");
    }
}

#[test]
fn noise_around_a_wording_does_not_matter() {
    let around = [
        ("正在启动服务……\nLade Konfiguration … fertig\n", "\n停止\n"),
        (
            "\u{1b}[33mshop-web-1  | \u{1b}[0m2024-05-01T10:00:00.123Z ",
            "",
        ),
        ("{\"log\":\"", "\\n\",\"stream\":\"stderr\"}"),
    ];
    for (class, kind, text) in wordings("said") {
        for (before, after) in around {
            // What is put before one line only would stand before the first of several.
            if text.contains('\n') && !before.ends_with('\n') {
                continue;
            }
            let text = format!("{before}{text}{after}");
            let found = classes(kind, &text);
            assert_eq!(found.first(), Some(&class), "{found:?} for {text}");
        }
    }
}
