//! Findings and checks become one list of problems; pure.

use super::Problem;
use crate::api::check::{Check, CheckState};
use crate::api::diagnosis::{Diagnosis, ProofLine};
use crate::deploy::checks::Judged;
use crate::diagnose::classes::{UNKNOWN, class};
use crate::diagnose::system::System;
use crate::diagnose::weigh::Finding;
use crate::diagnose::words;
use crate::repair::Proposal;
use crate::text::{Param, Text};

/// Brings them together: a check of the same class says what can be done, and one that blocks is a problem of its own.
pub(super) fn combine(
    findings: &[Finding],
    mut judged: Vec<Judged>,
    system: &System,
    title: impl Fn(&str) -> Option<String>,
) -> Vec<Problem> {
    let mut problems: Vec<Problem> = findings
        .iter()
        .map(|finding| {
            let name = finding.service.as_deref().and_then(&title);
            let mut diagnosis = words::view(finding, name.as_deref(), system);
            let proposals = take(&mut judged, &mut diagnosis);
            Problem {
                diagnosis,
                proposals,
            }
        })
        .collect();
    // A text nobody understands is no problem beside one that is understood and stops everything.
    let blocking = judged
        .into_iter()
        .filter(|it| it.check.state == CheckState::Block);
    let blocking: Vec<Problem> = blocking.map(of_check).collect();
    if !blocking.is_empty() && problems.iter().all(|it| it.diagnosis.id == UNKNOWN.id) {
        problems.splice(0..0, blocking);
    } else {
        problems.extend(blocking);
    }
    problems
}

/// Takes the checks that are about the same thing away, and gives the diagnosis what they offer.
fn take(judged: &mut Vec<Judged>, diagnosis: &mut Diagnosis) -> Vec<Proposal> {
    let of_class = |it: &Judged| it.check.id == diagnosis.id && it.check.state != CheckState::Pass;
    let exact = judged
        .iter()
        .any(|it| of_class(it) && is_about(&it.check, diagnosis));
    let mut proposals = Vec::new();
    let mut kept = Vec::new();
    for it in judged.drain(..) {
        if !of_class(&it) || exact && !is_about(&it.check, diagnosis) {
            kept.push(it);
            continue;
        }
        diagnosis.fixes.extend(it.check.fixes);
        diagnosis.proof.extend(it.check.found.into_iter().map(seen));
        proposals.extend(it.proposals);
    }
    *judged = kept;
    proposals
}

/// Whether a check is about what a diagnosis names.
fn is_about(check: &Check, diagnosis: &Diagnosis) -> bool {
    let Some(subject) = &check.subject else {
        return true;
    };
    let named = [
        "port",
        "path",
        "source",
        "network",
        "subnet",
        "volume",
        "image",
        "file",
        "container",
        "variable",
    ];
    diagnosis.service.as_ref() == Some(subject)
        || named.iter().any(|name| match diagnosis.params.get(name) {
            Some(Param::Words(words)) => words == subject || subject.ends_with(words.as_str()),
            _ => false,
        })
        || matches!(check.params.get("service"), Some(Param::Words(words)) if diagnosis.service.as_ref() == Some(words))
}

/// What keeps the package from starting, as a problem.
fn of_check(judged: Judged) -> Problem {
    let Judged { check, proposals } = judged;
    let diagnosis = Diagnosis {
        code: format!("{:03}", class(&check.id).code),
        id: check.id,
        confidence: 1.0,
        service: None,
        title: check.message,
        why: check.why.unwrap_or_else(|| Text::verbatim("")),
        proof: check.found.into_iter().map(seen).collect(),
        steps: check.steps,
        undecided: None,
        fixes: check.fixes,
        explains: Vec::new(),
        params: check.params,
    };
    Problem {
        diagnosis,
        proposals,
    }
}

fn seen(found: Text) -> ProofLine {
    ProofLine {
        source: Text::new("proof-check"),
        line: found.to_string(),
    }
}
