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
            score.unknown_right += usize::from(first == "unknown");
        }
        score.cases += 1;
        if first == case.expected || case.also.iter().any(|it| it == first) {
            score.right += 1;
            kind.1 += 1;
        } else {
            let name = path.as_str().rsplit("corpus/").next().unwrap_or_default();
            score
                .wrong
                .push(format!("{name}: {} expected, {ids:?} said", case.expected));
        }
    }
    let kinds: Vec<String> = by_kind
        .iter()
        .map(|(kind, (all, right))| format!("{kind} {right}/{all}"))
        .collect();
    println!(
        "{half}: {}/{} right, unknown {}/{}; {}",
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
    for (half, least) in [("tune", 95), ("held", 90)] {
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
