//! Stop, remove, restart one container, load images, set tags: operations without the whole deployment around them.

use super::execute::{LAST_LOOK, blank, finish, load_sources};
use super::images::{all_sources, on_platform, tag};
use super::observe::images;
use super::ready::{limit, wait};
use super::session::Session;
use super::start::{Tail, Up, up};
use crate::api::images::{ImageResult, LoadResult, TagState};
use crate::api::operation::{Finished, Outcome, StepId, StepState};
use crate::api::package::Severity;
use crate::api::status::ContainerState;
use crate::compose::{ComposeError, Verb};
use crate::engine::{ContainerFacts, Engine};
use crate::error::Error;
use crate::images::archive::Archive;
use crate::operation::{OperationContext, StepFailure, StepGuard};
use crate::text::Text;
use jiff::Timestamp;

/// Stops services (none named: all); containers, volumes and data stay.
pub(crate) async fn stop_operation(
    context: OperationContext,
    session: Session,
    services: Vec<String>,
) -> Finished {
    context.planned(&[StepId::Stop]);
    let outcome = match context.begin(StepId::Stop) {
        Ok(step) => stop(&context, &session, &services, step)
            .await
            .map(|()| Outcome::Done),
        Err(error) => Err(error.into()),
    };
    end(context, session, blank(), outcome).await
}

/// Removes containers and networks; volumes and data stay, and there is no way to ask otherwise.
pub(crate) async fn remove_operation(context: OperationContext, session: Session) -> Finished {
    context.planned(&[StepId::Remove]);
    let outcome = match context.begin(StepId::Remove) {
        Ok(step) => match compose(&context, &session, &Verb::Down, &[]).await {
            Ok(()) => {
                step.finish(StepState::Done, Text::new("remove-done"));
                Ok(Outcome::Done)
            }
            Err(error) => Err(step.fail(error)),
        },
        Err(error) => Err(error.into()),
    };
    end(context, session, blank(), outcome).await
}

/// Restarts one container, by its name or its service's; starts it when it does not run, creates it when it is gone.
pub(crate) async fn restart_container_operation(
    context: OperationContext,
    session: Session,
    name: String,
) -> Finished {
    context.planned(&[StepId::Start, StepId::Ready]);
    let outcome = restart_container(&context, &session, &name).await;
    end(context, session, blank(), outcome).await
}

async fn restart_container(
    context: &OperationContext,
    session: &Session,
    name: &str,
) -> Result<Outcome, StepFailure> {
    let step = context.begin(StepId::Start)?;
    let project = &session.package.project;
    let found = async {
        let engine = session.engine()?;
        let containers = engine.project_containers(&project.name).await?;
        Ok::<_, Error>((engine, containers))
    };
    let (engine, containers) = match context.or_cancelled(found).await {
        Ok(Ok(found)) => found,
        Ok(Err(error)) | Err(error) => return Err(step.fail(error)),
    };
    let meant: Vec<&ContainerFacts> = containers
        .iter()
        .filter(|container| container.name == name || container.service == name)
        .collect();
    let service = match meant.first() {
        Some(container) => container.service.clone(),
        None if project.service(name).is_some() => name.to_owned(),
        None => return Err(step.fail(no_such(session, name))),
    };
    let limit = limit(project, None);
    let mut up_error = None;
    if meant.is_empty() {
        match up(
            context,
            session,
            &step,
            std::slice::from_ref(&service),
            limit,
        )
        .await
        {
            Ok(Up::Done) => {}
            Ok(Up::Incomplete(error) | Up::OutOfTime(error)) => up_error = Some(error),
            Err(error) => return Err(step.fail(error)),
        }
    }
    for container in meant {
        let running = matches!(
            container.state,
            ContainerState::Running | ContainerState::Restarting
        );
        let call = async {
            if running {
                engine.restart_container(&container.id).await
            } else {
                engine.start_container(&container.id).await
            }
        };
        let answer = tokio::select! {
            answer = call => answer,
            () = context.cancel.cancelled() => return Err(step.fail(Error::Cancelled)),
        };
        if let Err(error) = answer {
            return Err(step.fail(error.into()));
        }
    }
    step.finish(
        StepState::Done,
        Text::new("restart-done").with("service", &service),
    );
    let step = context.begin(StepId::Ready)?;
    session.monitor.operation(None).await;
    match wait(
        context,
        session,
        &step,
        std::slice::from_ref(&service),
        limit,
        up_error,
    )
    .await
    {
        Ok(waited) => match waited.error {
            None => {
                step.finish(
                    StepState::Done,
                    Text::new("restart-ready").with("service", &service),
                );
                Ok(Outcome::Ready)
            }
            Some(error) => Err(step.fail(error)),
        },
        Err(error) => Err(step.fail(error)),
    }
}

/// Loads every image of the package that fits the engine.
pub(crate) async fn load_images_operation(context: OperationContext, session: Session) -> Finished {
    context.planned(&[StepId::Images]);
    let mut finished = blank();
    let outcome = async {
        let step = context.begin(StepId::Images)?;
        let sources = async {
            let engine = session.engine()?;
            let archives = &session.package.archives;
            let (platform, sources) = all_sources(&engine, archives).await?;
            match foreign(archives).filter(|_| sources.is_empty()) {
                Some((image, made_for)) => Err(Error::Architecture {
                    image,
                    platform: made_for,
                    engine: platform,
                }),
                None => Ok(sources),
            }
        };
        match context.or_cancelled(sources).await {
            Ok(Ok(sources)) => {
                let unusable = unusable(&session);
                load_sources(&context, &session, &sources, &unusable, &mut finished, step).await?;
            }
            Ok(Err(error)) | Err(error) => return Err(step.fail(error)),
        }
        Ok(Outcome::Done)
    }
    .await;
    end(context, session, finished, outcome).await
}

/// Every archive that cannot be used. Loading everything must not pass over a file as if it held nothing.
fn unusable(session: &Session) -> Vec<ImageResult> {
    let findings = session.package.findings().iter();
    findings
        .filter(|finding| {
            finding.id.starts_with("image.archive_") && finding.severity == Severity::Error
        })
        .map(|finding| {
            let archive = finding.file.clone().unwrap_or_default();
            ImageResult {
                reference: archive.clone(),
                archive,
                result: LoadResult::Failed,
                bytes_sent: 0,
                seconds: 0.0,
                error: Some(finding.message.clone()),
            }
        })
        .collect()
}

/// Returns an image of the package and what it is made for; asked when none is made for this engine.
fn foreign(archives: &[Archive]) -> Option<(String, String)> {
    let image = archives.iter().flat_map(|archive| &archive.images).next()?;
    let name = image.refs.first().unwrap_or(&image.id);
    Some((name.clone(), image.platform.clone()))
}

/// Gives loaded images the names Compose asks for, services of inactive profiles included.
pub(crate) async fn setup_tags_operation(context: OperationContext, session: Session) -> Finished {
    context.planned(&[StepId::Tags]);
    let mut finished = blank();
    let outcome = async {
        let step = context.begin(StepId::Tags)?;
        let observed = async {
            let engine = session.engine()?;
            let package = &session.package;
            let (_, images) = on_platform(&engine, async |platform| {
                let services = package.project.services.iter();
                images(services, &package.archives, &platform, Some(&engine)).await
            })
            .await?;
            Ok::<_, Error>(tag(&engine, &images?).await)
        };
        match context.or_cancelled(observed).await {
            Ok(Ok((results, error))) => {
                let tagged = results
                    .iter()
                    .filter(|tag| tag.result == TagState::Tagged)
                    .count();
                finished.tags = Some(results);
                if let Some(error) = error {
                    return Err(step.fail(error));
                }
                step.finish(
                    StepState::Done,
                    Text::new("tags-done").with("count", tagged),
                );
                Ok(Outcome::Done)
            }
            Ok(Err(error)) | Err(error) => Err(step.fail(error)),
        }
    }
    .await;
    end(context, session, finished, outcome).await
}

/// Stops services and writes down that it was on purpose.
pub(super) async fn stop(
    context: &OperationContext,
    session: &Session,
    services: &[String],
    step: StepGuard,
) -> Result<(), StepFailure> {
    let done = async {
        let engine = session.engine()?;
        let list = engine.project_containers(&session.package.project.name);
        let containers = context.or_cancelled(list).await??;
        let is_meant = |container: &&ContainerFacts| {
            services.is_empty() || services.contains(&container.service)
        };
        let running = ids(containers
            .iter()
            .filter(is_meant)
            .filter(|it| still_runs(it)));
        // Written before, with the time after: if we are cut off in between, the engine's own memory helps.
        let existing = ids(containers.iter());
        record(session, &running, &existing, OperationContext::now()).await;
        let stopped = compose(context, session, &Verb::Stop, services).await;
        if stopped.is_err() {
            take_back(session, &engine, &running, &existing).await;
        }
        stopped?;
        record(session, &running, &existing, OperationContext::now()).await;
        Ok::<_, Error>(running.len())
    };
    match done.await {
        Ok(count) => {
            step.finish(StepState::Done, Text::new("stop-done").with("count", count));
            Ok(())
        }
        Err(error) => Err(step.fail(error)),
    }
}

/// Starts the containers that services have; answers whether each had one.
pub(super) async fn start_again(session: &Session, services: &[String]) -> Result<bool, Error> {
    let engine = session.engine()?;
    let project = &session.package.project.name;
    let containers = engine.project_containers(project).await?;
    let has_one = |name: &String| containers.iter().any(|it| it.service == *name);
    if !services.iter().all(has_one) {
        return Ok(false);
    }
    for container in containers {
        if services.contains(&container.service) {
            engine.start_container(&container.id).await?;
        }
    }
    Ok(true)
}

fn still_runs(container: &ContainerFacts) -> bool {
    matches!(
        container.state,
        ContainerState::Running | ContainerState::Restarting | ContainerState::Paused
    )
}

fn ids<'a>(containers: impl Iterator<Item = &'a ContainerFacts>) -> Vec<String> {
    containers.map(|container| container.id.clone()).collect()
}

async fn record(session: &Session, stopped: &[String], existing: &[String], at: Timestamp) {
    session.stops().add(stopped, existing, at);
    for id in stopped {
        session.monitor.stopped(id.clone(), at).await;
    }
}

/// A stop that failed or was cancelled must not excuse a crash that comes later: what still runs was stopped long
/// before it was started.
async fn take_back(session: &Session, engine: &Engine, meant: &[String], existing: &[String]) {
    // The list is answered whatever became of a single container.
    let Ok(Ok(containers)) = tokio::time::timeout(LAST_LOOK, engine.list_all()).await else {
        return;
    };
    let running = containers.into_iter().filter(|it| !it.is_ended);
    let mut running: Vec<String> = running.map(|it| it.id).collect();
    running.retain(|id| meant.contains(id));
    record(session, &running, existing, Timestamp::UNIX_EPOCH).await;
}

/// Runs a Compose verb to its end.
async fn compose(
    context: &OperationContext,
    session: &Session,
    verb: &Verb,
    services: &[String],
) -> Result<(), Error> {
    let compose = session.compose.as_ref().ok_or(ComposeError::Missing)?;
    let mut tail = Tail::default();
    let lines = |_, line: &str| {
        tracing::info!(target: "compose", "{line}");
        tail.push(line);
    };
    let directory = &session.package.project.directory;
    match compose
        .run(directory, verb, services, &context.cancel, lines)
        .await
    {
        Ok(()) => Ok(()),
        Err(_) if context.cancel.is_cancelled() => Err(Error::Cancelled),
        Err(ComposeError::Failed { code, .. }) => Err(Error::DockerCommand {
            verb: verb.word().into(),
            code: code.unwrap_or(-1),
            tail: tail.lines,
        }),
        Err(error) => Err(error.into()),
    }
}

/// Returns the error for a name nobody has, with the names there are.
pub(crate) fn no_such(session: &Session, name: &str) -> Error {
    let known = session
        .package
        .project
        .services
        .iter()
        .map(|service| service.name.clone())
        .collect();
    Error::NoSuchService {
        name: name.to_owned(),
        known,
    }
}

async fn end(
    context: OperationContext,
    session: Session,
    mut finished: Finished,
    outcome: Result<Outcome, StepFailure>,
) -> Finished {
    finish(&mut finished, &session, outcome, context.seconds()).await;
    finished
}
