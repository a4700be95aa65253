//! For every class: how each family of wordings and each generation of a tool says it, and what looks alike and is not it.

use crate::diagnose::classes::{CLASSES, Nature, class};
use crate::diagnose::evidence::{Evidence, Kind, Piece};
use crate::diagnose::judge::judge;
use crate::diagnose::weigh::{Finding, weigh};
use std::collections::BTreeSet;

const WORDINGS: &str = include_str!("../../../../../../tests/fixtures/evidence/wordings.txt");

/// A line of the file.
struct Wording {
    /// What it looks like.
    class: &'static str,
    /// What it is.
    is: &'static str,
    evidence: Evidence,
}

impl Wording {
    fn text(&self) -> &str {
        &self.evidence.pieces[0].text
    }

    /// Returns what the text says when it stands in other lines.
    fn within(&self, before: &str, after: &str) -> Evidence {
        let mut evidence = self.evidence.clone();
        evidence.pieces[0].text = format!("{before}{}{after}", self.text());
        evidence
    }
}

/// Returns one part of the file: `said`, or `not`.
fn wordings(part: &str) -> Vec<Wording> {
    let begins = format!("\n= {part}\n");
    let (_, rest) = WORDINGS.split_once(&begins).unwrap();
    let lines = rest.split("\n= ").next().unwrap_or_default().lines();
    let lines = lines.filter(|line| !line.is_empty());
    lines
        .map(|line| match part {
            "said" => said(line),
            _ => look_alike(line),
        })
        .collect()
}

fn said(line: &'static str) -> Wording {
    let parts: Vec<&str> = line.splitn(3, '\t').collect();
    Wording {
        class: parts[0],
        is: parts[0],
        evidence: evidence(parts[1], parts[2]),
    }
}

fn look_alike(line: &'static str) -> Wording {
    let parts: Vec<&str> = line.splitn(4, '\t').collect();
    Wording {
        class: parts[0],
        is: parts[1],
        evidence: evidence(parts[2], parts[3]),
    }
}

/// `log mongo:7 {"exitCode":62}`: where it was read, the image, and the facts.
fn evidence(place: &str, text: &str) -> Evidence {
    let (place, facts) = match place.split_once(" {") {
        Some((place, facts)) => (place, format!("{{{facts}")),
        None => (place, "{}".to_owned()),
    };
    let (place, image) = match place.split_once(' ') {
        Some((place, image)) => (place, Some(image.to_owned())),
        None => (place, None),
    };
    let kind = match place {
        "engine" => Kind::EngineError,
        "compose" => Kind::ComposeStderr,
        "log" => Kind::ContainerLogs,
        "health" => Kind::HealthLog,
        other => panic!("{other} before {text}"),
    };
    Evidence {
        pieces: vec![Piece {
            kind,
            image,
            text: text.replace("\\n", "\n"),
            facts: serde_json::from_str(&facts).unwrap(),
            ..Piece::default()
        }],
        ..Evidence::default()
    }
}

/// What is only worth knowing is seen, and is no problem; anything else is the first of the problems.
fn is_seen(class_id: &str, evidence: &Evidence) -> bool {
    if class(class_id).nature == Nature::Info {
        let judged = judge(&evidence.pieces[0], &evidence.facts).suspects;
        return judged.iter().any(|suspect| suspect.class.id == class_id);
    }
    first(&weigh(evidence)) == class_id
}

fn first(found: &[Finding]) -> &'static str {
    found.first().map_or("nothing", |finding| finding.class.id)
}

fn all_have(part: &str) {
    let there: BTreeSet<&str> = wordings(part).iter().map(|it| it.class).collect();
    let missing: Vec<&str> = CLASSES
        .iter()
        .map(|class| class.id)
        .filter(|id| !there.contains(id))
        .collect();
    assert!(missing.is_empty(), "{part}: {missing:?}");
    let unheard: Vec<&&str> = there.iter().filter(|id| class(id).id != **id).collect();
    assert!(unheard.is_empty(), "{part}: {unheard:?}");
}

fn assert_right(wrong: &[String]) {
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_class_has_a_wording_and_a_look_alike() {
    all_have("said");
    all_have("not");
}

#[test]
fn every_wording_is_recognised_as_its_class_first() {
    let wrong: Vec<String> = wordings("said")
        .iter()
        .filter(|it| !is_seen(it.class, &it.evidence))
        .map(|it| {
            let found = first(&weigh(&it.evidence));
            format!("{} taken for {found}: {}", it.class, it.text())
        })
        .collect();
    assert_right(&wrong);
}

#[test]
fn what_only_looks_like_a_class_is_what_it_is() {
    let not = wordings("not");
    let wrong: Vec<String> = not
        .iter()
        .filter(|it| {
            assert_ne!(it.class, it.is, "{}", it.text());
            first(&weigh(&it.evidence)) != it.is || is_seen(it.class, &it.evidence)
        })
        .map(|it| {
            let found = first(&weigh(&it.evidence));
            format!(
                "{} taken for {found}, not {}: {}",
                it.is,
                it.class,
                it.text()
            )
        })
        .collect();
    assert_right(&wrong);
}

/// Only what leads may be given fixes, and only the class a look-alike really is leads.
#[test]
fn no_look_alike_leads_to_the_fixes_of_another_class() {
    for it in wordings("not") {
        let found = weigh(&it.evidence);
        let leading: Vec<&str> = found
            .iter()
            .filter(|finding| finding.leads)
            .map(|finding| finding.class.id)
            .collect();
        assert_eq!(leading, [it.is], "{}", it.text());
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
    let mut wrong = Vec::new();
    for it in wordings("said") {
        for (before, after) in around {
            // What is put before one line only would stand before the first of several.
            if it.text().contains('\n') && !before.ends_with('\n') {
                continue;
            }
            let evidence = it.within(before, after);
            if !is_seen(it.class, &evidence) {
                let found = first(&weigh(&evidence));
                let text = &evidence.pieces[0].text;
                wrong.push(format!("{} taken for {found}: {text}", it.class));
            }
        }
    }
    assert_right(&wrong);
}
