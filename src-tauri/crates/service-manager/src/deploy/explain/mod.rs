//! Why something does not work: what was observed and what programs said, brought before the rules of
//! [`diagnose`](crate::diagnose), with what can be done about it.
//!
//! [`collect`] asks the engine; [`said`] keeps what Compose wrote for whoever asks later; [`combine`] is pure. The
//! blocking checks are problems as well: what keeps a package from starting is the same thing before and after.

mod collect;
mod combine;
pub(crate) mod said;

use super::checks;
use super::observe::{ObservedState, glance};
use super::session::Session;
use crate::api::diagnosis::{Diagnosis, DiagnosisGap};
use crate::deploy::checks::Judged;
use crate::diagnose::evidence::Evidence;
use crate::diagnose::system::System;
use crate::diagnose::weigh::weigh;
use crate::repair::Proposal;

/// Everything known about what is wrong.
#[derive(Debug)]
pub(crate) struct Explained {
    /// Each with what can be done about it, causes first.
    pub problems: Vec<Problem>,
    pub evidence: Evidence,
}

/// A diagnosis with what can be done about it.
#[derive(Debug)]
pub(crate) struct Problem {
    pub diagnosis: Diagnosis,
    #[expect(
        dead_code,
        reason = "a fix finds its proposal through the checks, as the offer does"
    )]
    pub proposals: Vec<Proposal>,
}

impl Explained {
    /// Returns the diagnoses as the contract shows them.
    pub(crate) fn diagnoses(&self) -> Vec<Diagnosis> {
        self.problems
            .iter()
            .map(|it| it.diagnosis.clone())
            .collect()
    }

    /// Returns what could not be looked at.
    pub(crate) fn gaps(&self) -> Vec<DiagnosisGap> {
        let gaps = self.evidence.gaps.iter();
        gaps.map(|gap| DiagnosisGap {
            what: gap.what.clone(),
            why: gap.why.clone(),
        })
        .collect()
    }
}

/// Looks at everything and says what is wrong.
pub(crate) async fn explain(session: &Session) -> Explained {
    let state = glance(session).await;
    let judged = checks::run(
        &state,
        &session.package.archives,
        session.package.findings(),
    );
    with(session, &state, judged).await
}

/// The same for who has looked already.
pub(crate) async fn with(
    session: &Session,
    state: &ObservedState,
    judged: Vec<Judged>,
) -> Explained {
    let evidence = collect::collect(session, state).await;
    let system = System::of(&evidence.facts, std::env::consts::OS);
    let problems = combine::combine(&weigh(&evidence), judged, &system, |service| {
        session.package.service_titles().get(service).cloned()
    });
    Explained { problems, evidence }
}
