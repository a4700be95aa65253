//! When something is offered, and when not.

use super::*;
use crate::api::check::{CheckState, Risk};
use crate::deploy::explain::fixes::tests::{leftover_of, place};
use crate::deploy::observe::{PortHolder, PortTrouble, TakenName};
use crate::diagnose::classes::CLASSES;
use crate::diagnose::evidence::{Evidence, Kind, Piece};
use crate::diagnose::facts::Facts;
use crate::diagnose::weigh::weigh;
use crate::text::Params;

fn finding(id: &str, leads: bool, undecided: bool) -> Finding {
    Finding {
        class: class(id),
        variant: None,
        confidence: 0.9,
        service: Some("web".into()),
        image: None,
        params: Params::new()
            .with("container", "demo-web-1")
            .with("host", "db"),
        proof: Vec::new(),
        undecided,
        leads,
        explains: Vec::new(),
    }
}

fn combined(findings: &[Finding], judged: Vec<Judged>) -> Vec<Problem> {
    let place = place();
    let system = System::of(&Facts::default(), "linux");
    combine(findings, judged, &system, |_| None, &place.scene())
}

#[test]
fn what_a_text_could_also_mean_is_offered_nothing() {
    let problems = combined(
        &[finding("container.name_conflict", false, false)],
        Vec::new(),
    );
    assert!(problems[0].diagnosis.fixes.is_empty() && problems[0].remedies.is_empty());
    let problems = combined(
        &[finding("container.name_conflict", true, false)],
        Vec::new(),
    );
    assert_eq!(problems[0].diagnosis.fixes.len(), 1);
    assert!(problems[0].was_found);
}

/// For every class at once: whatever is offered is for the first of its text, and decided or with what would decide it.
#[test]
fn nothing_is_offered_for_a_guess() {
    for class in CLASSES {
        for (leads, undecided) in [(false, false), (false, true), (true, true), (true, false)] {
            let problems = combined(&[finding(class.id, leads, undecided)], Vec::new());
            let Problem {
                diagnosis,
                remedies,
                ..
            } = &problems[0];
            let offered = !remedies.is_empty() || !diagnosis.fixes.is_empty();
            let is_honest = leads && (!undecided || diagnosis.undecided.is_some());
            assert!(!offered || is_honest, "{} {leads} {undecided}", class.id);
            assert!(!offered || class.level != Level::Guide, "{}", class.id);
        }
    }
}

#[test]
fn the_second_meaning_of_a_text_does_not_lead() {
    let evidence = Evidence {
        pieces: vec![Piece {
            kind: Kind::ContainerLogs,
            text: "sh: curl: not found".into(),
            ..Piece::default()
        }],
        ..Evidence::default()
    };
    let found = weigh(&evidence);
    let leading: Vec<bool> = found.iter().map(|it| it.leads).collect();
    assert!(found.len() > 1 && leading[0], "{found:?}");
    assert!(leading[1..].iter().all(|leads| !leads), "{found:?}");
}

#[test]
fn a_check_gives_its_fixes_to_the_diagnosis_of_its_kind_or_is_a_problem_of_its_own() {
    let mut place = place();
    place.state.names.taken = vec![TakenName {
        name: "demo-web-1".into(),
        project: Some("demo".into()),
        is_own: true,
        ..TakenName::default()
    }];
    place.state.names.everybody = vec![leftover_of("demo", "demo-web-1")];
    let judged = || crate::deploy::checks::run(&place.state, &place.archives, &[]);
    let system = System::of(&Facts::default(), "linux");
    let go = |findings: &[Finding]| {
        let problems = combine(findings, judged(), &system, |_| None, &place.scene());
        let of_class = problems
            .into_iter()
            .filter(|it| it.diagnosis.id == "container.name_conflict");
        of_class.collect::<Vec<_>>()
    };
    let problems = go(&[finding("container.name_conflict", true, false)]);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].diagnosis.fixes.len(), 1, "not twice");
    let problems = go(&[]);
    assert_eq!(problems[0].diagnosis.fixes.len(), 1);
    assert!(!problems[0].was_found);
    let problems = go(&[finding("container.name_conflict", false, false)]);
    let offers: Vec<usize> = problems.iter().map(|it| it.diagnosis.fixes.len()).collect();
    assert_eq!(offers, [0, 1], "what blocks is certain");
}

#[test]
fn a_port_that_somebody_has_is_moved_and_not_tried_again() {
    let mut place = place();
    if let Ok(ports) = &mut place.state.ports {
        ports[0].trouble = Some(PortTrouble::Held(PortHolder::Hidden(None)));
    }
    let judged = crate::deploy::checks::run(&place.state, &place.archives, &[]);
    let check = judged
        .iter()
        .find(|it| it.check.id == "port.in_use")
        .expect("is told");
    assert_eq!(check.check.state, CheckState::Block);
    let system = System::of(&Facts::default(), "linux");
    let mut found = finding("port.in_use", true, false);
    found.params = Params::new().with("port", "8080");
    let problems = combine(&[found], judged, &system, |_| None, &place.scene());
    let again = |it: &Remedy| it.proposal.id.ends_with(":again");
    assert!(!problems[0].remedies.iter().any(again));
    assert!(
        problems[0]
            .remedies
            .iter()
            .all(|it| it.proposal.risk != Risk::Safe)
    );
}

/// What is missing cannot be shown; what was looked for can.
#[test]
fn a_check_that_is_a_problem_has_a_line_of_proof() {
    let mut place = place();
    place.state.names.missing_external = vec![("network", "backbone".into())];
    let judged = crate::deploy::checks::run(&place.state, &place.archives, &[]);
    let problems = combined(&[], judged);
    let lines = |id: &str| -> Vec<String> {
        let mut of_class = problems.iter().filter(|it| it.diagnosis.id == id);
        let problem = of_class.next().expect("a problem");
        problem
            .diagnosis
            .proof
            .iter()
            .map(|it| it.line.clone())
            .collect()
    };
    assert_eq!(lines("compose.external_missing"), ["backbone"]);
    assert!(problems.iter().all(|it| !it.diagnosis.proof.is_empty()));
}
