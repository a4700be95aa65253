//! Findings and checks become one list of problems; pure.

use super::Problem;
use super::fixes::{Asked, Scene, remedies};
use super::remedy::Remedy;
use crate::api::check::{Check, CheckState};
use crate::api::diagnosis::{Diagnosis, ProofLine};
use crate::deploy::checks::Judged;
use crate::diagnose::classes::{Level, UNKNOWN, class};
use crate::diagnose::system::System;
use crate::diagnose::weigh::{ABOUT, Finding};
use crate::diagnose::words;
use crate::text::{Param, Text};

/// Brings them together: a check of the same class says what can be done, and one that blocks is a problem of its own.
pub(super) fn combine(
    findings: &[Finding],
    mut judged: Vec<Judged>,
    system: &System,
    title: impl Fn(&str) -> Option<String>,
    scene: &Scene<'_>,
) -> Vec<Problem> {
    let mut problems: Vec<Problem> = findings
        .iter()
        .map(|finding| {
            let name = finding.service.as_deref().and_then(&title);
            let mut diagnosis = words::view(finding, name.as_deref(), system);
            let mut remedies = Vec::new();
            if finding.leads {
                remedies = take(&mut judged, &mut diagnosis);
                offer(&mut remedies, &Asked::of(finding), scene);
            }
            remedies.retain(|_| may_be_offered(finding, &diagnosis));
            diagnosis.fixes = remedies.iter().map(Remedy::view).collect();
            Problem {
                diagnosis,
                remedies,
                was_found: true,
            }
        })
        .collect();
    // A text nobody understands is no problem beside one that is understood and stops everything.
    let blocking = judged
        .into_iter()
        .filter(|it| it.check.state == CheckState::Block);
    let blocking: Vec<Problem> = blocking.map(|it| of_check(it, scene)).collect();
    if !blocking.is_empty() && problems.iter().all(|it| it.diagnosis.id == UNKNOWN.id) {
        problems.splice(0..0, blocking);
    } else {
        problems.extend(blocking);
    }
    problems
}

/// Nothing is offered for what a text could also mean, and for what is only likely no more than with the words that say
/// what would decide it.
fn may_be_offered(finding: &Finding, diagnosis: &Diagnosis) -> bool {
    finding.leads
        && finding.class.level != Level::Guide
        && (!finding.undecided || diagnosis.undecided.is_some())
}

/// Adds what can be done beyond what checks offer.
fn offer(known: &mut Vec<Remedy>, asked: &Asked<'_>, scene: &Scene<'_>) {
    for remedy in remedies(asked, scene) {
        if known.iter().all(|it| it.proposal.id != remedy.proposal.id) {
            known.push(remedy);
        }
    }
}

/// Takes the checks that are about the same thing away, and returns what they offer.
fn take(judged: &mut Vec<Judged>, diagnosis: &mut Diagnosis) -> Vec<Remedy> {
    let of_class = |it: &Judged| it.check.id == diagnosis.id && it.check.state != CheckState::Pass;
    let exact = judged
        .iter()
        .any(|it| of_class(it) && is_about(&it.check, diagnosis));
    let mut remedies = Vec::new();
    let mut kept = Vec::new();
    for it in judged.drain(..) {
        if !of_class(&it) || exact && !is_about(&it.check, diagnosis) {
            kept.push(it);
            continue;
        }
        if diagnosis.proof.is_empty() || it.check.found.is_some() {
            diagnosis.proof.push(seen(what_was_seen(&it.check)));
        }
        remedies.extend(it.proposals.into_iter().map(Remedy::from));
    }
    *judged = kept;
    remedies
}

/// Whether a check is about what a diagnosis names.
fn is_about(check: &Check, diagnosis: &Diagnosis) -> bool {
    let Some(subject) = &check.subject else {
        return true;
    };
    diagnosis.service.as_ref() == Some(subject)
        || ABOUT.iter().any(|name| match diagnosis.params.get(name) {
            Some(Param::Words(words)) => words == subject || subject.ends_with(words.as_str()),
            _ => false,
        })
        || matches!(check.params.get("service"), Some(Param::Words(words)) if diagnosis.service.as_ref() == Some(words))
}

/// What keeps the package from starting, as a problem.
fn of_check(judged: Judged, scene: &Scene<'_>) -> Problem {
    let Judged { check, proposals } = judged;
    let mut remedies: Vec<Remedy> = proposals.into_iter().map(Remedy::from).collect();
    let asked = Asked {
        id: &check.id,
        variant: None,
        service: None,
        image: None,
        params: &check.params,
        proof: Vec::new(),
    };
    offer(&mut remedies, &asked, scene);
    let proof = seen(what_was_seen(&check));
    let diagnosis = Diagnosis {
        code: format!("{:03}", class(&check.id).code),
        fixes: remedies.iter().map(Remedy::view).collect(),
        id: check.id,
        confidence: 1.0,
        service: None,
        title: check.message,
        why: check.why.unwrap_or_else(|| Text::verbatim("")),
        proof: vec![proof],
        steps: check.steps,
        undecided: None,
        explains: Vec::new(),
        params: check.params,
    };
    Problem {
        diagnosis,
        remedies,
        was_found: false,
    }
}

/// Nothing is found where something is missing: then it is what was looked for.
fn what_was_seen(check: &Check) -> Text {
    let subject = check.subject.as_deref().map(Text::verbatim);
    check
        .found
        .clone()
        .or(subject)
        .unwrap_or_else(|| check.message.clone())
}

fn seen(found: Text) -> ProofLine {
    ProofLine {
        source: Text::new("proof-check"),
        line: found.to_string(),
    }
}

#[cfg(test)]
mod tests;
