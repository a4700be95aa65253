//! Texts of real threads, labelled with what was wrong there: half of them rules were written with, half only measure.

use camino::{Utf8Path, Utf8PathBuf};
use serde::Deserialize;
use service_manager::api::app::ExplainTextRequest;
use service_manager::{Environment, ServiceManager};
use std::collections::BTreeMap;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/evidence/corpus");

#[derive(Deserialize)]
struct Case {
    evidence: serde_json::Value,
    expected: String,
    #[serde(default)]
    also: Vec<String>,
}

/// Every case of one half: a folder for each class.
fn cases(half: &Utf8PathBuf) -> Vec<Utf8PathBuf> {
    let inside = |folder: &Utf8Path| -> Vec<Utf8PathBuf> {
        let entries = folder.read_dir_utf8().expect("a folder of cases");
        entries
            .map(|entry| entry.expect("a readable folder").into_path())
            .collect()
    };
    let mut cases: Vec<Utf8PathBuf> = inside(half).iter().flat_map(|it| inside(it)).collect();
    cases.sort();
    cases
}

/// What one half says.
#[derive(Default)]
struct Score {
    cases: usize,
    right: usize,
    unknown: usize,
    unknown_right: usize,
    wrong: Vec<String>,
}

#[allow(clippy::print_stdout)] // how it stands is read in the output of a run
fn score(half: &str) -> Score {
    let manager = ServiceManager::new(Environment::default(), None);
    let mut score = Score::default();
    let mut firm = 0;
    let mut by_kind: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for path in cases(&format!("{CORPUS}/{half}").into()) {
        let case: Case = serde_json::from_str(&fs_err::read_to_string(&path).expect("a case"))
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        let request = ExplainTextRequest {
            text: case.evidence.to_string(),
        };
        let report = manager.explain_text(&request).expect("evidence");
        let ids: Vec<&str> = report.diagnoses.iter().map(|it| it.id.as_str()).collect();
        let first = ids.first().copied().unwrap_or("nothing");
        let kind = by_kind
            .entry(case.evidence["kind"].to_string())
            .or_default();
        kind.0 += 1;
        if case.expected == "unknown" {
            score.unknown += 1;
            score.unknown_right +=
                usize::from(first == "unknown" || case.also.iter().any(|it| it == first));
        }
        score.cases += 1;
        if first == case.expected || case.also.iter().any(|it| it == first) {
            score.right += 1;
            kind.1 += 1;
        } else {
            let name = path.as_str().rsplit("corpus/").next().unwrap_or_default();
            let sure = report.diagnoses[0].undecided.is_none() && first != "unknown";
            firm += usize::from(sure);
            score.wrong.push(format!(
                "{name}: {} expected, {ids:?} said{}",
                case.expected,
                if sure { ", firmly" } else { "" }
            ));
        }
    }
    let kinds: Vec<String> = by_kind
        .iter()
        .map(|(kind, (all, right))| format!("{kind} {right}/{all}"))
        .collect();
    println!(
        "{half}: {}/{} right, {firm} firmly wrong, unknown {}/{}; {}",
        score.right,
        score.cases,
        score.unknown_right,
        score.unknown,
        kinds.join(", ")
    );
    score
}

#[test]
fn the_right_class_comes_first_for_most_texts_of_both_halves() {
    for (half, least) in [("tune", 95), ("held", 90), ("fresh", 90), ("blind", 90)] {
        let score = score(half);
        assert!(score.cases > 120, "{half}: {} cases", score.cases);
        for wrong in &score.wrong {
            println!("  {wrong}");
        }
        assert!(
            score.right * 100 >= score.cases * least,
            "{half}: {} of {} right",
            score.right,
            score.cases
        );
        assert!(
            score.unknown_right * 100 >= score.unknown * 90,
            "{half}: {} of {} texts without a known cause were called unknown",
            score.unknown_right,
            score.unknown
        );
    }
}

/// How a text looks after it went through somebody's hands.
type Dress = fn(&str) -> String;

/// The text alone, as people paste it: what it comes from is not said, and something may stand before every line.
const DRESSES: [(&str, Dress); 5] = [
    ("bare", |text| text.to_owned()),
    ("Windows", |text| text.replace('\n', "\r\n")),
    ("docker logs -t", |text| {
        before_each(text, "2024-05-05T05:05:05.123456789Z ")
    }),
    ("compose logs", |text| {
        before_each(text, "\u{1b}[36mapp-1  | \u{1b}[0m")
    }),
    ("compose logs v1", |text| {
        before_each(text, "app_1           | ")
    }),
];

fn before_each(text: &str, prefix: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("{prefix}{line}")).collect();
    lines.join("\n")
}

/// Without its kind, image and facts a text says less; it must not say something else.
#[test]
#[allow(clippy::print_stdout)]
fn a_bare_text_in_any_dress_says_nearly_as_much_as_evidence() {
    let manager = ServiceManager::new(Environment::default(), None);
    for (dress, put_on) in DRESSES {
        let (mut all, mut right) = (0, 0);
        for half in ["tune", "held", "fresh", "blind"] {
            for path in cases(&format!("{CORPUS}/{half}").into()) {
                let case: Case =
                    serde_json::from_str(&fs_err::read_to_string(&path).expect("a case"))
                        .expect("a case");
                if case.evidence.get("facts").is_some() {
                    continue;
                }
                let text = case.evidence["text"].as_str().expect("a text");
                let named = text.lines().any(|line| line.contains(" | "));
                if dress.contains("logs") && (named || case.evidence["kind"] != "container_logs") {
                    continue;
                }
                let request = ExplainTextRequest { text: put_on(text) };
                let report = manager.explain_text(&request).expect("a text");
                let first = report.diagnoses[0].id.as_str();
                all += 1;
                if first == case.expected || case.also.iter().any(|it| it == first) {
                    right += 1;
                } else {
                    println!("  {dress} {path}: {} expected, {first} said", case.expected);
                }
            }
        }
        println!("{dress}: {right}/{all}");
        assert!(
            all > 100 && right * 100 >= all * 93,
            "{dress}: {right} of {all} right"
        );
    }
}
