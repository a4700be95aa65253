//! Saving values in `.env`: one write for all of them, a backup beside it, and an undo record like any fix.

use super::fix::{end, make, recheck, reread_after};
use super::observe::on_disk;
use super::port_change::Reader;
use super::session::Session;
use super::settings;
use crate::api::app::SaveValuesRequest;
use crate::api::check::Risk;
use crate::api::operation::{Finished, RepairReport, StepId};
use crate::error::Error;
use crate::operation::{OperationContext, StepFailure};
use crate::package::sources::Sources;
use crate::repair::Proposal;
use crate::text::{Text, format};
use std::sync::Arc;

/// The check that says which values are open; its id begins the id of the change.
const CHECK: &str = "compose.env_placeholder";

/// Saves values. `reread` reads the package anew: they may have changed what it says.
pub(crate) async fn save_operation<F>(
    context: OperationContext,
    session: Session,
    request: SaveValuesRequest,
    reread: impl FnOnce() -> F,
) -> Finished
where
    F: Future<Output = Result<Session, Error>>,
{
    context.planned(&[StepId::Fix, StepId::Recheck]);
    let mut finished = super::execute::blank();
    let outcome = async {
        let proposal = save(&context, &session, &request).await?;
        let after = recheck(&context, CHECK, || reread_after(&session, reread)).await?;
        finished.repair = Some(RepairReport {
            fix: proposal.view(),
            before: None,
            after,
        });
        Ok(())
    }
    .await;
    end(finished, outcome, &context)
}

async fn save(
    context: &OperationContext,
    session: &Session,
    request: &SaveValuesRequest,
) -> Result<Proposal, StepFailure> {
    let step = context.begin(StepId::Fix)?;
    let proposal = match context.or_cancelled(proposal(session, request)).await {
        Ok(Ok(proposal)) => proposal,
        Ok(Err(error)) | Err(error) => return Err(step.fail(error)),
    };
    make(session, step, &proposal).await?;
    Ok(proposal)
}

async fn proposal(session: &Session, request: &SaveValuesRequest) -> Result<Proposal, Error> {
    let reader = Reader::of(session.compose.as_deref());
    let directory = session.package.directory.clone();
    let environment = Arc::clone(&session.environment);
    let sources = on_disk(move || Sources::read(&directory, &environment, reader.generation)).await;
    let sources = sources.map_err(|blind| Error::Unknown(blind.text().to_string()))?;
    let sources = sources.ok_or_else(|| Error::Setting {
        key: ".env".into(),
        reason: Text::new("env-value-unclear"),
    })?;
    let changes = settings::changes(
        &sources,
        session.package.settings(),
        &session.package.unset,
        reader,
        &request.values,
    )?;
    let keys: Vec<&str> = request.values.iter().map(|it| it.key.as_str()).collect();
    Ok(Proposal {
        id: format!("{CHECK}:{}", keys.join("+")),
        risk: Risk::Safe,
        effect: Text::new("fix-save-values").with("keys", format::list(&keys)),
        changes,
    })
}
