//! The proof of a fix of something that had failed: it is started, and watched until nothing is on its way any more.

use super::offer::Offer;
use crate::api::check::{Check, CheckState};
use crate::api::operation::{Finished, Outcome, StepId, StepState};
use crate::api::status::ContainerState;
use crate::deploy::checks;
use crate::deploy::execute::{load_sources, ready};
use crate::deploy::images::name_images;
use crate::deploy::observe::{ImageSource, ObservedState, observe};
use crate::deploy::ready::{Waited, limit};
use crate::deploy::session::Session;
use crate::deploy::start::{Up, remake, up, with_dependencies};
use crate::engine::ContainerFacts;
use crate::error::Error;
use crate::health::{LOOPING_RESTARTS, LOOPING_RUN_SECONDS};
use crate::operation::{OperationContext, StepFailure, StepGuard};
use crate::text::Text;
use std::time::Duration;

/// How the start ended.
#[derive(Debug)]
pub(super) enum Proved {
    /// Something else is in the way, so nothing was started.
    Blocked,
    Waited {
        waited: Waited,
        /// Services with a container that the engine would not start.
        refused: Vec<String>,
    },
}

impl Proved {
    pub(super) const fn was_started(&self) -> bool {
        matches!(self, Self::Waited { .. })
    }

    /// Returns the service that the engine would not start, where the second look finds the same problem of it. One that
    /// ran for a moment may have come further, and keeps what was done for it.
    pub(super) fn refused(&self, after: &[Check]) -> Option<&str> {
        let Self::Waited { refused, .. } = self else {
            return None;
        };
        let mut still_there = after.iter().filter(|row| !row.is_fine());
        still_there.find_map(|row| {
            let name = row.subject.as_ref()?;
            refused.iter().find(|it| *it == name).map(String::as_str)
        })
    }

    /// What the operation came to.
    pub(super) fn outcome(self) -> Result<Outcome, StepFailure> {
        match self {
            Self::Blocked => Ok(Outcome::Done),
            Self::Waited { waited, .. } => match waited.error {
                None => Ok(Outcome::Ready),
                Some(error) => Err(StepFailure {
                    step: Some(StepId::Ready),
                    error,
                }),
            },
        }
    }
}

/// Brings what is missing, starts, and waits.
pub(super) async fn prove(
    context: &OperationContext,
    session: &Session,
    offer: &Offer,
    finished: &mut Finished,
) -> Result<Proved, StepFailure> {
    let services = offer.services.as_deref().unwrap_or_default();
    let project = &session.package.project;
    let course = &offer.remedy.course;
    if !course.images.is_empty() {
        bring(context, session, offer, finished).await?;
    }
    let (mut up_error, mut refused) = (None, Vec::new());
    if course.wait.is_none() {
        let step = context.begin(StepId::Start)?;
        let state = match context.or_cancelled(observe(session)).await {
            Ok(state) => state,
            Err(error) => return Err(step.fail(error)),
        };
        let blockers = blockers(session, &state, services);
        if !blockers.is_empty() {
            let said = Text::new("fix-not-started").with("count", blockers.len());
            step.finish(StepState::Warning, said);
            let step = context.begin(StepId::Ready)?;
            step.finish(StepState::Skipped, Text::new("fix-not-waited"));
            finished.checks = blockers;
            return Ok(Proved::Blocked);
        }
        up_error = start(context, session, offer, step).await?;
        if up_error.is_some() {
            refused = never_ran(session).await.unwrap_or_default();
        }
    } else {
        // What has waited in vain for it is started when it is there.
        up_error.get_or_insert(Error::NotReady {
            after: course.wait.unwrap_or_default(),
            services: services.join(", "),
        });
    }
    let step = context.begin(StepId::Ready)?;
    let limit = course.wait.unwrap_or_else(|| limit(project, None));
    let waited = ready(context, session, services, limit, up_error, step).await?;
    Ok(Proved::Waited { waited, refused })
}

/// The services with a container that has never run, and none that runs. Compose v1 keeps the former container beside
/// the one that it could not start.
async fn never_ran(session: &Session) -> Result<Vec<String>, Error> {
    let project = &session.package.project.name;
    let containers = session.engine()?.project_containers(project).await?;
    let runs = |service: &str| {
        let mut all = containers.iter().filter(|it| it.service == service);
        all.any(|it| it.state == ContainerState::Running)
    };
    let never = containers.iter().filter(|it| {
        it.state == ContainerState::Created && it.started_at.is_none() && !runs(&it.service)
    });
    Ok(never.map(|it| it.service.clone()).collect())
}

fn blockers(session: &Session, state: &ObservedState, services: &[String]) -> Vec<Check> {
    let archives = &session.package.archives;
    let mut found = checks::run(state, archives, session.package.findings());
    let started = with_dependencies(&session.package.project, services);
    found.extend(checks::not_loaded(state, archives, &started));
    let views = checks::views(found).into_iter();
    views.filter(|it| it.state == CheckState::Block).collect()
}

/// Loads and names exactly the images that were shown.
async fn bring(
    context: &OperationContext,
    session: &Session,
    offer: &Offer,
    finished: &mut Finished,
) -> Result<(), StepFailure> {
    let step = context.begin(StepId::Images)?;
    let mut state = match context.or_cancelled(observe(session)).await {
        Ok(state) => state,
        Err(error) => return Err(step.fail(error)),
    };
    let brought = &offer.remedy.course.images;
    state
        .images
        .retain(|image| brought.iter().any(|it| it.image == image.wanted));
    let sources: Vec<ImageSource> = state
        .images
        .iter()
        .filter_map(|image| image.source.clone())
        .collect();
    load_sources(context, session, &sources, &[], finished, step).await?;
    let step = context.begin(StepId::Tags)?;
    name_images(context, session, &state.images, finished, step).await
}

/// Starts; returns what Compose could not do.
async fn start(
    context: &OperationContext,
    session: &Session,
    offer: &Offer,
    step: StepGuard,
) -> Result<Option<Error>, StepFailure> {
    let services = offer.services.as_deref().unwrap_or_default();
    let limit = limit(&session.package.project, None);
    let started = async {
        wake(session, services).await?;
        let remade: Vec<String> = offer.remedy.course.remake.clone();
        if !remade.is_empty()
            && let Up::Incomplete(error) | Up::OutOfTime(error) =
                remake(context, session, &step, &remade, limit).await?
        {
            tracing::info!(%error, "not all containers were made anew");
        }
        let up = up(context, session, &step, services, limit).await?;
        context.or_cancelled(outlive(session, services)).await??;
        Ok(up)
    };
    match started.await {
        Ok(Up::Done) => {
            step.finish(StepState::Done, Text::new("start-done"));
            Ok(None)
        }
        Ok(Up::Incomplete(error) | Up::OutOfTime(error)) => {
            step.finish(StepState::Warning, Text::new("start-incomplete"));
            Ok(Some(error))
        }
        Err(error) => Err(step.fail(error)),
    }
}

/// A container that has ended again and again is started by the engine only after a while, which grows up to a minute
/// (moby restartmanager): it is started now.
async fn wake(session: &Session, services: &[String]) -> Result<(), Error> {
    let engine = session.engine()?;
    let containers = engine
        .project_containers(&session.package.project.name)
        .await?;
    for container in containers {
        let is_meant = services.is_empty() || services.contains(&container.service);
        if is_meant && container.state == ContainerState::Restarting {
            engine.restart_container(&container.id).await?;
        }
    }
    Ok(())
}

/// Waits for containers that the engine started by itself just after the fix: their past makes a short run look like one
/// more of a crash loop, and starting them again could stop a database that recovers.
async fn outlive(session: &Session, services: &[String]) -> Result<(), Error> {
    let engine = session.engine()?;
    let limit = Duration::from_secs(LOOPING_RUN_SECONDS.unsigned_abs() + 5);
    let ended = tokio::time::timeout(limit, async {
        loop {
            let containers = engine
                .project_containers(&session.package.project.name)
                .await?;
            let is_young = |container: &ContainerFacts| {
                container.state == ContainerState::Running
                    && container.restart_count >= LOOPING_RESTARTS
                    && container.started_at.is_some_and(|at| {
                        OperationContext::now().duration_since(at).as_secs() < LOOPING_RUN_SECONDS
                    })
            };
            let mut meant = containers
                .iter()
                .filter(|it| services.is_empty() || services.contains(&it.service));
            if !meant.any(is_young) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    });
    // One that is still young then has come back again meanwhile: the wait that follows says so.
    ended.await.unwrap_or(Ok(()))
}
