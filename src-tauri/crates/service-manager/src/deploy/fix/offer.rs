//! Finding what was asked for: among the problems first, whose fixes end with services that run, then among the checks.

use super::observe;
use crate::api::app::FixRequest;
use crate::api::check::{Check, CheckState, Risk};
use crate::api::diagnosis::Diagnosis;
use crate::api::operation::StepId;
use crate::api::status::{ServiceState, StatusSnapshot};
use crate::deploy::checks::{self, Judged};
use crate::deploy::explain::remedy::Remedy;
use crate::deploy::explain::{Explained, Problem, explain, with};
use crate::deploy::session::Session;
use crate::error::Error;
use crate::text::Text;

/// What will be done.
#[derive(Debug)]
pub(super) struct Offer {
    pub remedy: Remedy,
    /// What it is offered for.
    pub before: Check,
    /// The services that are to run afterwards (none named: all); none when nothing is started.
    pub services: Option<Vec<String>>,
}

impl Offer {
    /// The steps, in order.
    pub(super) fn steps(&self) -> Vec<StepId> {
        let course = &self.remedy.course;
        let starts = self.services.is_some();
        let only_starts = starts && self.remedy.proposal.changes.is_empty();
        [
            (!course.stop.is_empty(), StepId::Stop),
            (!only_starts, StepId::Fix),
            (!course.images.is_empty(), StepId::Images),
            (!course.images.is_empty(), StepId::Tags),
            (starts && course.wait.is_none(), StepId::Start),
            (starts, StepId::Ready),
            (true, StepId::Recheck),
        ]
        .into_iter()
        .filter_map(|(is_one, step)| is_one.then_some(step))
        .collect()
    }
}

/// Looks at everything and finds the fix, if it may be made.
pub(super) async fn offered(session: &Session, request: &FixRequest) -> Result<Offer, Error> {
    let state = observe(session).await;
    let archives = &session.package.archives;
    let judged = checks::run(&state, archives, session.package.findings());
    let explained = with(session, &state, judged.clone()).await;
    let offer = find(
        explained,
        judged,
        state.names.is_deployed,
        &session.monitor.current(),
        &request.id,
    )?;
    let proposal = &offer.remedy.proposal;
    if proposal.risk != Risk::Safe && !request.agreed {
        return Err(Error::NotAgreed {
            effect: proposal.effect.clone(),
        });
    }
    Ok(offer)
}

fn find(
    explained: Explained,
    judged: Vec<Judged>,
    is_deployed: bool,
    snapshot: &StatusSnapshot,
    id: &str,
) -> Result<Offer, Error> {
    let of_problems = explained.problems.iter().flat_map(|it| &it.remedies);
    let of_problems = of_problems.map(|it| &it.proposal.id);
    let of_checks = judged.iter().flat_map(|it| &it.proposals).map(|it| &it.id);
    let mut known: Vec<String> = of_problems.chain(of_checks).cloned().collect();
    known.sort();
    known.dedup();
    for problem in explained.problems {
        let mut remedies = problem.remedies.iter();
        let Some(remedy) = remedies.find(|it| it.proposal.id == id).cloned() else {
            continue;
        };
        let starts = problem.was_found || (is_deployed && !remedy.course.is_empty());
        return Ok(Offer {
            services: starts.then(|| to_start(&problem, &remedy, snapshot)),
            before: row(&problem.diagnosis),
            remedy,
        });
    }
    let found = judged.into_iter().find_map(|judged| {
        let mut proposals = judged.proposals.into_iter();
        let proposal = proposals.find(|proposal| proposal.id == id)?;
        Some((proposal, judged.check))
    });
    let (proposal, before) = found.ok_or_else(|| Error::NoSuchFix {
        id: id.to_owned(),
        known,
    })?;
    Ok(Offer {
        remedy: proposal.into(),
        before,
        services: None,
    })
}

/// What is to run when it is over: everything that does not, but what somebody has stopped or paused, unless it is what
/// this is about. All of it has no names.
fn to_start(problem: &Problem, remedy: &Remedy, snapshot: &StatusSnapshot) -> Vec<String> {
    let diagnosis = &problem.diagnosis;
    let course = &remedy.course;
    let is_meant = |name: &String| {
        diagnosis.service.as_ref() == Some(name)
            || diagnosis.explains.contains(name)
            || course.remake.contains(name)
            || course.stop.contains(name)
    };
    let runs = |state| {
        matches!(
            state,
            ServiceState::Running | ServiceState::Healthy | ServiceState::Completed
        )
    };
    let rests = |state| matches!(state, ServiceState::Stopped | ServiceState::Paused);
    let services = snapshot.services.iter();
    let names: Vec<String> = services
        .filter(|it| is_meant(&it.name) || !runs(it.state) && !rests(it.state))
        .map(|it| it.name.clone())
        .collect();
    if names.len() == snapshot.services.len() {
        Vec::new()
    } else {
        names
    }
}

/// Returns a problem in the form of a check, as the report of a fix shows it.
fn row(diagnosis: &Diagnosis) -> Check {
    let proof = diagnosis.proof.first();
    Check {
        id: diagnosis.id.clone(),
        state: CheckState::Block,
        subject: diagnosis.service.clone(),
        params: diagnosis.params.clone(),
        found: proof.map(|it| Text::verbatim(it.line.clone())),
        required: None,
        message: diagnosis.title.clone(),
        why: Some(diagnosis.why.clone()),
        steps: diagnosis.steps.clone(),
        fixes: diagnosis.fixes.clone(),
    }
}

/// Looks again whether a problem is still there, as rows of its id; one row that says so when it is not.
pub(super) async fn still_there(session: &Session, before: &Check) -> Vec<Check> {
    let explained = explain(session).await;
    let found = explained.problems.iter().filter(|it| it.was_found);
    let mut rows: Vec<Check> = found
        .map(|it| row(&it.diagnosis))
        .filter(|it| it.id == before.id && it.subject == before.subject)
        .collect();
    if rows.is_empty() {
        rows.push(Check {
            state: CheckState::Pass,
            found: None,
            message: Text::new("recheck-gone").with("problem", before.message.clone()),
            why: None,
            steps: Vec::new(),
            fixes: Vec::new(),
            ..before.clone()
        });
    }
    rows
}

#[cfg(test)]
mod tests;
