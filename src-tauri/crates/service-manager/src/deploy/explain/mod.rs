//! Why something does not work: what was observed and what programs said, brought before the rules of
//! [`diagnose`](crate::diagnose), with what can be done about it.
//!
//! [`collect`] asks the engine; [`said`] keeps what Compose wrote for whoever asks later; [`combine`] and [`fixes`] are
//! pure. The blocking checks are problems as well: what keeps a package from starting is the same thing before and after.

mod collect;
mod combine;
pub(super) mod fixes;
pub(crate) mod remedy;
pub(crate) mod said;

use super::checks;
use super::observe::{ObservedState, glance};
use super::session::Session;
use crate::api::diagnosis::Diagnosis;
use crate::api::status::{ServiceState, StatusSnapshot};
use crate::deploy::checks::Judged;
use crate::diagnose::evidence::Evidence;
use crate::diagnose::system::System;
use crate::diagnose::weigh::weigh;
use crate::health::is_up;
use remedy::Remedy;

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
    pub remedies: Vec<Remedy>,
    /// Something failed; else it would, because a check says so.
    pub was_found: bool,
}

impl Explained {
    /// Returns the diagnoses as the contract shows them.
    pub(crate) fn diagnoses(&self) -> Vec<Diagnosis> {
        self.problems
            .iter()
            .map(|it| it.diagnosis.clone())
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
    mut judged: Vec<Judged>,
) -> Explained {
    let evidence = collect::collect(session, state).await;
    let system = System::of(&evidence.facts, std::env::consts::OS);
    let snapshot = session.monitor.current();
    let archives = &session.package.archives;
    if state.names.is_deployed {
        judged.extend(checks::not_loaded(state, archives, &not_up(&snapshot)));
    }
    let scene = fixes::Scene {
        state,
        project: &session.package.project,
        archives,
        snapshot: &snapshot,
    };
    let title = |service: &str| session.package.service_titles().get(service).cloned();
    let problems = combine::combine(&weigh(&evidence), judged, &system, title, &scene);
    Explained { problems, evidence }
}

/// The services that would have to be started: without its image none of them can.
fn not_up(snapshot: &StatusSnapshot) -> Vec<String> {
    let services = snapshot.services.iter();
    let rests = |state| is_up(state) || state == ServiceState::Completed;
    services
        .filter(|it| !rests(it.state))
        .map(|it| it.name.clone())
        .collect()
}
