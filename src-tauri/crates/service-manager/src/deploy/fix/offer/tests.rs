//! What is started after a fix, and in which steps.

use super::*;
use crate::deploy::explain::fixes::tests::snapshot;
use crate::deploy::explain::remedy::{Bring, Course};
use crate::repair::Proposal;
use crate::text::Params;
use std::time::Duration;

fn problem(service: Option<&str>, explains: &[&str]) -> Problem {
    Problem {
        diagnosis: Diagnosis {
            id: "oom.killed".into(),
            code: "701".into(),
            confidence: 1.0,
            service: service.map(str::to_owned),
            params: Params::new(),
            title: Text::verbatim("t"),
            why: Text::verbatim("w"),
            proof: Vec::new(),
            steps: Vec::new(),
            undecided: None,
            fixes: Vec::new(),
            explains: explains.iter().map(|it| (*it).to_owned()).collect(),
        },
        remedies: Vec::new(),
        was_found: true,
    }
}

fn remedy(course: Course) -> Remedy {
    let proposal = Proposal {
        id: "oom.killed:x".into(),
        risk: Risk::Safe,
        effect: Text::verbatim("e"),
        changes: Vec::new(),
    };
    Remedy { proposal, course }
}

#[test]
fn what_somebody_has_stopped_stays_stopped_and_what_runs_is_left_alone() {
    let now = snapshot(&[
        ("db", ServiceState::Healthy),
        ("web", ServiceState::Failed),
        ("worker", ServiceState::NotCreated),
        ("reports", ServiceState::Stopped),
        ("job", ServiceState::Completed),
    ]);
    let start = |problem: &Problem, course| to_start(problem, &remedy(course), &now);
    assert_eq!(
        start(&problem(None, &[]), Course::default()),
        ["web", "worker"]
    );
    assert_eq!(
        start(&problem(Some("reports"), &[]), Course::default()),
        ["web", "worker", "reports"]
    );
    let remake = Course {
        remake: vec!["db".into()],
        ..Course::default()
    };
    assert_eq!(
        start(&problem(None, &["job"]), remake),
        ["db", "web", "worker", "job"]
    );
    let all = snapshot(&[("a", ServiceState::Failed), ("b", ServiceState::NotCreated)]);
    let names = to_start(&problem(None, &[]), &remedy(Course::default()), &all);
    assert!(names.is_empty(), "all of it has no names: {names:?}");
}

#[test]
fn only_steps_that_do_something_are_announced() {
    let steps = |services: Option<Vec<String>>, course| {
        let offer = Offer {
            remedy: remedy(course),
            before: row(&problem(None, &[]).diagnosis),
            services,
        };
        let words: Vec<String> = offer.steps().iter().map(ToString::to_string).collect();
        words.join(" ")
    };
    let all = || Some(Vec::new());
    assert_eq!(steps(None, Course::default()), "fix recheck");
    assert_eq!(steps(all(), Course::default()), "start ready recheck");
    let images = vec![Bring {
        image: "a".into(),
        file: "b".into(),
    }];
    let load = Course {
        images,
        ..Course::default()
    };
    assert_eq!(steps(all(), load), "images tags start ready recheck");
    let wait = Course {
        wait: Some(Duration::from_mins(1)),
        ..Course::default()
    };
    assert_eq!(steps(all(), wait), "ready recheck");
    let stop = Course {
        stop: vec!["web".into()],
        ..Course::default()
    };
    assert_eq!(steps(all(), stop), "stop start ready recheck");
}
