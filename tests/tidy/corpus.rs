//! The labelled texts are usable: each parses, says where it comes from, and lies in the folder of its class.

use crate::source::{Finding, Source, assert_none, files_below, read, relative};
use serde_json::Value;

const CORPUS: &str = "tests/fixtures/evidence/corpus";
const KINDS: [&str; 3] = ["engine_error", "compose_stderr", "container_logs"];

/// Whether `id` has the shape of a diagnosis: `port.in_use`, or `unknown`.
fn is_class(id: &str) -> bool {
    let word = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    id == "unknown"
        || id
            .split_once('.')
            .is_some_and(|(family, name)| word(family) && word(name))
}

fn text<'a>(case: &'a Value, key: &str) -> &'a str {
    case[key].as_str().unwrap_or_default()
}

fn unusable(cases: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in cases {
        let Ok(case) = serde_json::from_str::<Value>(&file.text) else {
            findings.push(file.finding(1, "is not JSON"));
            continue;
        };
        let expected = text(&case, "expected");
        let folder = format!("/{}/", expected.replace('.', "-"));
        let evidence = &case["evidence"];
        let problems = [
            (
                !is_class(expected) || !file.path.contains(&folder),
                "lies in the folder of another class",
            ),
            (
                !KINDS.contains(&text(evidence, "kind")),
                "is of no known kind",
            ),
            (
                text(evidence, "text").trim().is_empty(),
                "has nothing to read",
            ),
            (
                text(&case, "source").is_empty() || text(&case, "note").is_empty(),
                "does not say where the text or the label comes from",
            ),
            (
                !case["also"].as_array().is_some_and(|also| {
                    also.iter()
                        .all(|id| id.as_str().is_some_and(|id| is_class(id) && id != expected))
                }),
                "names no proper list of other acceptable classes",
            ),
        ];
        for (wrong, message) in problems {
            if wrong {
                findings.push(file.finding(1, message));
            }
        }
    }
    findings
}

#[test]
fn every_labelled_text_is_usable() {
    let halves: Vec<Vec<Source>> = ["tune", "held", "fresh", "blind"]
        .iter()
        .map(|half| {
            files_below(&format!("{CORPUS}/{half}"))
                .iter()
                .map(|path| Source::plain(&relative(path), &read(path)))
                .collect()
        })
        .collect();
    for half in &halves {
        assert!(half.len() >= 75, "the corpus is not where it was");
        assert_none(
            "a labelled text parses, has a kind, a source and a reason, and lies in the folder of its class",
            "a text that cannot be read or traced measures nothing",
            &unusable(half),
        );
    }
    let good = r#"{"evidence":{"kind":"engine_error","text":"x"},"expected":"port.in_use","also":[],"source":"s","note":"n"}"#;
    let at = |path: &str, text: &str| unusable(&[Source::plain(path, text)]).len();
    assert_eq!(at("tune/port-in_use/a.json", good), 0);
    assert_eq!(at("tune/disk-full/a.json", good), 1);
    assert_eq!(at("tune/port-in_use/a.json", "{"), 1);
    for (from, to) in [
        ("engine_error", "engine"),
        (r#""text":"x""#, r#""text":" ""#),
        (r#""note":"n""#, r#""note":"""#),
        ("[]", r#"["port.in_use"]"#),
    ] {
        assert_eq!(at("tune/port-in_use/a.json", &good.replace(from, to)), 1);
    }
}
