//! Fixing one finding: look again, do exactly what was shown, and prove with the same check that it helped.

use super::checks::{self, Judged};
use super::execute::{blank, failure};
use super::observe::observe;
use super::session::Session;
use crate::api::app::FixRequest;
use crate::api::check::{Check, Fix, Risk};
use crate::api::operation::{Finished, Outcome, RepairReport, StepId, StepState};
use crate::error::Error;
use crate::operation::{OperationContext, StepFailure, StepGuard};
use crate::repair::undo::Record;
use crate::repair::{self, Proposal};
use crate::text::Text;

/// Looks again and does what was asked for. `reread` reads the package anew: a fix may have changed what it says.
pub(crate) async fn fix_operation<F>(
    context: OperationContext,
    session: Session,
    request: FixRequest,
    reread: impl FnOnce() -> F,
) -> Finished
where
    F: Future<Output = Result<Session, Error>>,
{
    context.planned(&[StepId::Fix, StepId::Recheck]);
    let mut finished = blank();
    let outcome = async {
        let (proposal, before) = apply(&context, &session, &request).await?;
        let after = recheck(&context, &before.id, reread).await?;
        finished.repair = Some(RepairReport {
            fix: proposal.view(),
            before: Some(before),
            after,
        });
        Ok(())
    }
    .await;
    end(finished, outcome, &context)
}

/// Takes the newest record back.
pub(crate) async fn undo_operation<F>(
    context: OperationContext,
    session: Session,
    reread: impl FnOnce() -> F,
) -> Finished
where
    F: Future<Output = Result<Session, Error>>,
{
    context.planned(&[StepId::Undo, StepId::Recheck]);
    let mut finished = blank();
    let outcome = async {
        let step = context.begin(StepId::Undo)?;
        let state = &session.environment.state;
        let Some(mut record) = Record::last(state, &session.package.project.name) else {
            return Err(step.fail(Error::NothingToUndo));
        };
        let fix = Fix {
            id: record.id().to_owned(),
            risk: Risk::Safe,
            effect: record.effect(),
            changes: Vec::new(),
            undoable: false,
        };
        let hands = session.hands();
        match repair::take_back(&mut record, &hands).await {
            Ok(kept) => match kept.into_iter().next() {
                None => step.finish(
                    StepState::Done,
                    Text::new("undo-done").with("effect", fix.effect.clone()),
                ),
                Some(error) => step.finish(
                    StepState::Warning,
                    Text::new("undo-partly").with("reason", error.message()),
                ),
            },
            Err(error) => return Err(step.fail(error)),
        }
        let subject = fix.id.split(':').next().unwrap_or_default().to_owned();
        let after = recheck(&context, &subject, reread).await?;
        finished.repair = Some(RepairReport {
            fix,
            before: None,
            after,
        });
        Ok(())
    }
    .await;
    end(finished, outcome, &context)
}

async fn apply(
    context: &OperationContext,
    session: &Session,
    request: &FixRequest,
) -> Result<(Proposal, Check), StepFailure> {
    let step = context.begin(StepId::Fix)?;
    let judged = match context.or_cancelled(judge(session)).await {
        Ok(judged) => judged,
        Err(error) => return Err(step.fail(error)),
    };
    let (proposal, before) = match find(judged, request) {
        Ok(found) => found,
        Err(error) => return Err(step.fail(error)),
    };
    // Not cancelled half-way: a container that looks is to be gone afterwards.
    let proposal = match proposal.completed(&session.hands()).await {
        Ok(proposal) => proposal,
        Err(error) => return Err(step.fail(error)),
    };
    make(session, step, &proposal).await?;
    Ok((proposal, before))
}

/// Makes the changes of a proposal. From here on it is not cancelled: what is begun is made, and can be taken back.
pub(super) async fn make(
    session: &Session,
    step: StepGuard,
    proposal: &Proposal,
) -> Result<(), StepFailure> {
    let mut record = Record::new(
        &session.environment.state,
        &session.package.project.name,
        &proposal.id,
        &proposal.effect,
    );
    if let Err(error) = repair::carry_out(&mut record, &proposal.changes, &session.hands()).await {
        return Err(step.fail(error));
    }
    let state = if proposal.changes.is_empty() {
        StepState::Skipped
    } else {
        StepState::Done
    };
    step.finish(
        state,
        Text::new("fix-done").with("effect", proposal.effect.clone()),
    );
    Ok(())
}

fn find(judged: Vec<Judged>, request: &FixRequest) -> Result<(Proposal, Check), Error> {
    let known: Vec<String> = judged
        .iter()
        .flat_map(|judged| &judged.proposals)
        .map(|proposal| proposal.id.clone())
        .collect();
    let found = judged.into_iter().find_map(|judged| {
        let mut proposals = judged.proposals.into_iter();
        let proposal = proposals.find(|proposal| proposal.id == request.id)?;
        Some((proposal, judged.check))
    });
    let (proposal, check) = found.ok_or_else(|| Error::NoSuchFix {
        id: request.id.clone(),
        known,
    })?;
    if proposal.risk != Risk::Safe && !request.agreed {
        return Err(Error::NotAgreed {
            effect: proposal.effect,
        });
    }
    Ok((proposal, check))
}

async fn judge(session: &Session) -> Vec<Judged> {
    let state = observe(session).await;
    checks::run(
        &state,
        &session.package.archives,
        session.package.findings(),
    )
}

/// Looks at the same checks again; those that the fix made go away are no longer among them.
pub(super) async fn recheck<F>(
    context: &OperationContext,
    id: &str,
    reread: impl FnOnce() -> F,
) -> Result<Vec<Check>, StepFailure>
where
    F: Future<Output = Result<Session, Error>>,
{
    let step = context.begin(StepId::Recheck)?;
    let session = match reread().await {
        Ok(session) => session,
        Err(error) => return Err(step.fail(error)),
    };
    let after: Vec<Check> = checks::views(judge(&session).await)
        .into_iter()
        .filter(|check| is_about(&check.id, id))
        .collect();
    let open = after.iter().filter(|check| !check.is_fine()).count();
    step.finish(
        if open == 0 {
            StepState::Done
        } else {
            StepState::Warning
        },
        Text::new("recheck-done").with("count", open),
    );
    Ok(after)
}

/// Whether a check is the one of an id, or its other half: a value that is filled in was a placeholder or was not there.
fn is_about(check: &str, id: &str) -> bool {
    const VALUES: &str = "compose.env_";
    check == id || (check.starts_with(VALUES) && id.starts_with(VALUES))
}

pub(super) fn end(
    mut finished: Finished,
    outcome: Result<(), StepFailure>,
    context: &OperationContext,
) -> Finished {
    if let Err(StepFailure { error, step }) = outcome {
        finished.outcome = match error {
            Error::Cancelled => Outcome::Cancelled,
            _ => Outcome::Failed,
        };
        finished.failure = Some(failure(step, &error));
    }
    finished.seconds = context.seconds();
    finished
}
