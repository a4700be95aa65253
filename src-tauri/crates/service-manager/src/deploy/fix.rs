//! Fixing one finding: look again, do exactly what was shown, and prove that it helped: with the same check, and where
//! something had failed, by starting it.

mod offer;
mod prove;

use super::checks::{self, Judged};
use super::execute::{EXPLAINING, blank, failure, finish};
use super::explain::{explain, said};
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
use offer::{Offer, offered};

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
    let mut finished = blank();
    let looked = match context.or_cancelled(offered(&session, &request)).await {
        Ok(looked) => looked,
        Err(error) => Err(error),
    };
    let offer = match looked {
        Ok(offer) => offer,
        Err(error) => {
            context.planned(&[StepId::Fix, StepId::Recheck]);
            let outcome = match context.begin_since(StepId::Fix, context.started()) {
                Ok(step) => Err(step.fail(error)),
                Err(error) => Err(error.into()),
            };
            return end(finished, outcome, &context);
        }
    };
    context.planned(&offer.steps());
    let mut session = session;
    let outcome = walk(&context, &mut session, &offer, &mut finished, reread).await;
    if offer.services.is_none() {
        return end(finished, outcome.map(|_| ()), &context);
    }
    finish(&mut finished, &session, outcome, context.seconds()).await;
    if matches!(finished.outcome, Outcome::Failed | Outcome::PartlyReady) {
        let explained = tokio::time::timeout(EXPLAINING, explain(&session)).await;
        finished.diagnoses = explained.map_or_else(|_| Vec::new(), |it| it.diagnoses());
    }
    finished
}

/// Walks the steps of an offer; `session` becomes that of the package as the fix has left it.
async fn walk<F>(
    context: &OperationContext,
    session: &mut Session,
    offer: &Offer,
    finished: &mut Finished,
    reread: impl FnOnce() -> F,
) -> Result<Outcome, StepFailure>
where
    F: Future<Output = Result<Session, Error>>,
{
    let course = &offer.remedy.course;
    if !course.stop.is_empty() {
        let step = context.begin_since(StepId::Stop, context.started())?;
        super::lifecycle::stop(context, session, &course.stop, step).await?;
    }
    let mut remedy = offer.remedy.clone();
    if offer.steps().contains(&StepId::Fix) {
        let step = if course.stop.is_empty() {
            context.begin_since(StepId::Fix, context.started())?
        } else {
            context.begin(StepId::Fix)?
        };
        // Not cancelled half-way: a container that looks is to be gone afterwards.
        remedy.proposal = match remedy.proposal.completed(&session.hands()).await {
            Ok(proposal) => proposal,
            Err(error) => return Err(step.fail(error)),
        };
        make(session, step, &remedy.proposal).await?;
    }
    if offer.services.is_some() {
        // What Compose said was said before.
        said::forget(&session.environment.state, &session.package.project.name);
    }
    finished.repair = Some(RepairReport {
        fix: remedy.view(),
        before: Some(offer.before.clone()),
        after: Vec::new(),
    });
    let anew = if remedy.proposal.changes.is_empty() {
        Ok(session.clone())
    } else {
        reread_after(session, reread).await
    };
    let proved = match &anew {
        Ok(anew) if offer.services.is_some() => {
            *session = anew.clone();
            Some(prove::prove(context, session, offer, finished).await?)
        }
        _ => None,
    };
    let step = context.begin(StepId::Recheck)?;
    *session = match anew {
        Ok(anew) => anew,
        Err(error) => return Err(step.fail(error)),
    };
    let mut after = rows(session, &offer.before.id).await;
    // What was not started says what it said before.
    if proved.as_ref().is_some_and(prove::Proved::was_started) {
        after.extend(offer::still_there(session, &offer.before).await);
    }
    let refused = proved.as_ref().and_then(|it| it.refused(&after));
    match refused {
        Some(service) if remedy.proposal.is_undoable() => {
            let said = put_back(session, &remedy.proposal, service).await;
            step.finish(StepState::Warning, said);
            if let Some(report) = &mut finished.repair {
                report.fix.undoable = false;
            }
        }
        _ => end_recheck(step, &after),
    }
    if let Some(report) = &mut finished.repair {
        report.after = after;
    }
    match proved {
        None => Ok(Outcome::Done),
        Some(proved) => proved.outcome(),
    }
}

/// Takes back what the engine would not start a service with: whoever agreed to it did so for a service that runs.
async fn put_back(session: &Session, proposal: &Proposal, service: &str) -> Text {
    let (state, project) = (&session.environment.state, &session.package.project.name);
    let record = Record::last(state, project).filter(|it| it.id() == proposal.id);
    let kept = match record {
        Some(mut record) => repair::take_back(&mut record, &session.hands()).await,
        None => Err(Error::NothingToUndo),
    };
    let reason = match kept {
        Ok(kept) => kept.into_iter().next(),
        Err(error) => Some(error),
    };
    match reason {
        None => Text::new("fix-refused")
            .with("service", service)
            .with("effect", proposal.effect.clone()),
        Some(error) => Text::new("fix-refused-partly")
            .with("service", service)
            .with("reason", error.message()),
    }
}

/// Reads the package anew after a change was made, and lets what can be taken back follow where the change has given the
/// project another name.
pub(super) async fn reread_after<F>(
    before: &Session,
    reread: impl FnOnce() -> F,
) -> Result<Session, Error>
where
    F: Future<Output = Result<Session, Error>>,
{
    let after = reread().await?;
    let (from, to) = (&before.package.project.name, &after.package.project.name);
    Record::follow(&before.environment.state, from, to)?;
    Ok(after)
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
    let after = rows(&session, id).await;
    end_recheck(step, &after);
    Ok(after)
}

async fn rows(session: &Session, id: &str) -> Vec<Check> {
    checks::views(judge(session).await)
        .into_iter()
        .filter(|check| is_about(&check.id, id))
        .collect()
}

fn end_recheck(step: StepGuard, after: &[Check]) {
    let open = after.iter().filter(|check| !check.is_fine()).count();
    step.finish(
        if open == 0 {
            StepState::Done
        } else {
            StepState::Warning
        },
        Text::new("recheck-done").with("count", open),
    );
}

/// Whether a check is the one of an id, or its other half: a value that is filled in was a placeholder or was not there;
/// an engine that is installed or started has yet to let this user in, and may have come without Compose.
fn is_about(check: &str, id: &str) -> bool {
    const FAMILIES: &[&[&str]] = &[
        &["compose.env_missing", "compose.env_placeholder"],
        &[
            "engine.not_installed",
            "engine.not_running",
            "engine.socket_permission",
            "compose.missing",
        ],
    ];
    let is_both = |family: &&[&str]| family.contains(&check) && family.contains(&id);
    check == id || FAMILIES.iter().any(is_both)
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
