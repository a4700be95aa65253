//! Walks the plan of a deployment or a start. Everything that could be decided was decided in `plan` and `checks`.

use super::explain::explain;
use super::images::{Loaded, name_images, send};
use super::observe::{ImageSource, ObservedState, look_at_ports, new_owners, observe};
use super::plan::{DEPLOY, Plan, plan};
use super::ready::{Waited, limit, partly, wait};
use super::scripts;
use super::session::Session;
use super::start::{Up, up, with_dependencies};
use super::{checks, directories};
use crate::api::check::{Check, CheckState};
use crate::api::error::ErrorCode;
use crate::api::images::{DirectoryState, ImageResult, LoadResult, MountDirectory};
use crate::api::operation::{Failure, Finished, Outcome, StepId, StepState};
use crate::api::status::{Link, StatusSnapshot};
use crate::error::Error;
use crate::operation::{Durations, OperationContext, StepFailure, StepGuard};
use crate::repair::undo::Record;
use crate::repair::{Hands, carry_out};
use crate::text::Text;
use std::sync::Arc;
use std::time::Duration;

/// How long a cancelled operation waits to say how the services are.
pub(super) const LAST_LOOK: Duration = Duration::from_secs(1);

/// How long finding out why it failed may take.
pub(super) const EXPLAINING: Duration = Duration::from_secs(15);

/// What a deployment is asked to do.
#[derive(Clone, Debug)]
pub(crate) struct Work {
    /// The steps, in order; a subset of deploy's for `start`.
    pub steps: Vec<StepId>,
    /// Services to start; empty means all.
    pub services: Vec<String>,
    /// Start the containers that were stopped, and nothing they depend on: `up` would run one-time tasks again, and
    /// with `--no-deps` Compose v2 makes a new container.
    pub same_containers: bool,
    /// Bound of the wait in seconds, when one was asked for.
    pub wait_timeout: Option<u64>,
}

impl Work {
    /// All of it.
    pub(crate) fn deploy(wait_timeout: Option<u64>) -> Self {
        Self {
            steps: DEPLOY.to_vec(),
            services: Vec::new(),
            same_containers: false,
            wait_timeout,
        }
    }

    /// What `start` does: everything but directories and images.
    pub(crate) fn start(services: Vec<String>, wait_timeout: Option<u64>) -> Self {
        let steps = DEPLOY
            .into_iter()
            .filter(|step| !matches!(step, StepId::Directories | StepId::Images | StepId::Tags))
            .collect();
        Self {
            steps,
            services,
            same_containers: false,
            wait_timeout,
        }
    }

    /// What `restart` does: the check first, so that nothing is stopped that could not be started again.
    pub(crate) fn restart(services: Vec<String>, wait_timeout: Option<u64>) -> Self {
        let steps = vec![
            StepId::Environment,
            StepId::Stop,
            StepId::Start,
            StepId::Ready,
            StepId::Report,
        ];
        Self {
            steps,
            // The order among several is Compose's business.
            same_containers: services.len() == 1,
            services,
            wait_timeout,
        }
    }
}

/// Runs the work to its end, whatever that is.
pub(crate) async fn run(context: OperationContext, session: Session, work: Work) -> Finished {
    let mut finished = blank();
    let state = match context.or_cancelled(observe(&session)).await {
        Ok(state) => state,
        Err(error) => {
            context.planned(&work.steps);
            let outcome = Err(StepFailure {
                step: Some(StepId::Environment),
                error,
            });
            finish(&mut finished, &session, outcome, context.seconds()).await;
            return finished;
        }
    };
    let mut found = checks::run(
        &state,
        &session.package.archives,
        session.package.findings(),
    );
    if !work.steps.contains(&StepId::Images) {
        let started = with_dependencies(&session.package.project, &work.services);
        let archives = &session.package.archives;
        found.extend(checks::not_loaded(&state, archives, &started));
    }
    let blockers: Vec<Check> = checks::views(found)
        .into_iter()
        .filter(|check| check.state == CheckState::Block)
        .collect();
    if !blockers.is_empty() {
        context.planned(&[]);
        let error = match state.engine {
            Err(error) => Error::Engine(error),
            Ok(_) => Error::Blocked {
                count: blockers.len(),
            },
        };
        finished.failure = Some(failure(None, &error));
        finished.checks = blockers;
        finished.outcome = Outcome::Blocked;
        finished.seconds = context.seconds();
        return finished;
    }
    context.planned(&work.steps);
    let plan = plan(&state, &session.package);
    let outcome = walk(&context, &session, &work, &state, &plan, &mut finished).await;
    if work.steps.contains(&StepId::Images) && outcome.is_ok() {
        learn(&context, &session, &plan);
    }
    finish(&mut finished, &session, outcome, context.seconds()).await;
    if matches!(finished.outcome, Outcome::Failed | Outcome::PartlyReady) {
        let explained = tokio::time::timeout(EXPLAINING, explain(&session)).await;
        finished.diagnoses = explained.map_or_else(|_| Vec::new(), |it| it.diagnoses());
    }
    finished
}

/// Remembers how long the steps took: the next plan says it.
fn learn(context: &OperationContext, session: &Session, plan: &Plan) {
    let bytes = |step| plan.bytes.filter(|_| step == StepId::Images);
    let took = context.took().into_iter();
    let steps = took.map(|(step, seconds)| (step, seconds, bytes(step)));
    let (state, project) = (&session.environment.state, &session.package.project.name);
    Durations::of(state, project).remember(state, project, steps.collect());
}

/// Fills in how it ended.
pub(super) async fn finish(
    finished: &mut Finished,
    session: &Session,
    outcome: Result<Outcome, StepFailure>,
    seconds: f64,
) {
    session.monitor.operation(None).await;
    let cancelled = matches!(
        outcome,
        Err(StepFailure {
            error: Error::Cancelled,
            ..
        })
    );
    if cancelled {
        // Whoever cancels because the engine hangs must not wait for the engine.
        let _ = tokio::time::timeout(LAST_LOOK, session.monitor.refresh()).await;
    } else {
        session.monitor.refresh().await;
    }
    let snapshot = session.monitor.current();
    match outcome {
        Ok(outcome) => finished.outcome = outcome,
        Err(StepFailure {
            error: Error::Cancelled,
            step,
        }) => {
            finished.outcome = Outcome::Cancelled;
            finished.failure = Some(failure(step, &Error::Cancelled));
        }
        Err(StepFailure { error, step }) => {
            // Failing to start something is only partial when the start itself got that far.
            let partial = matches!(step, Some(StepId::Start | StepId::Ready)) && partly(&snapshot);
            finished.outcome = if partial {
                Outcome::PartlyReady
            } else {
                Outcome::Failed
            };
            finished.failure = Some(failure(step, &error));
        }
    }
    finished.status = Some(StatusSnapshot::clone(&snapshot));
    finished.seconds = seconds;
}

/// Returns an end with nothing in it.
pub(crate) const fn blank() -> Finished {
    Finished {
        outcome: Outcome::Done,
        checks: Vec::new(),
        status: None,
        failure: None,
        diagnoses: Vec::new(),
        images: None,
        tags: None,
        directories: None,
        repair: None,
        folder: None,
        seconds: 0.0,
    }
}

/// Returns an error as the journal holds it.
pub(crate) fn failure(step: Option<StepId>, error: &Error) -> Failure {
    let code: ErrorCode = error.code();
    Failure {
        step,
        code,
        category: error.category(),
        params: error.params(),
        message: error.message(),
        service: error.service().map(str::to_owned),
        causes: vec![crate::engine::chain(error)],
        output_tail: error.output_tail(),
    }
}

async fn walk(
    context: &OperationContext,
    session: &Session,
    work: &Work,
    state: &ObservedState,
    plan: &Plan,
    finished: &mut Finished,
) -> Result<Outcome, StepFailure> {
    let limit = limit(&session.package.project, work.wait_timeout);
    // A start that took all the time leaves none to wait.
    let mut left = limit;
    let mut preparations = preparations(session);
    let hands = session.hands();
    let mut up_error = None;
    let mut waited: Option<Waited> = None;
    for step_id in &work.steps {
        let step = match step_id {
            StepId::Environment => context.begin_since(*step_id, context.started())?,
            _ => context.begin(*step_id)?,
        };
        match step_id {
            StepId::Environment => environment(state, step),
            StepId::Directories => {
                finished.directories =
                    Some(create_directories(state, plan, &mut preparations, &hands, step).await?);
            }
            StepId::Scripts => prepare_scripts(plan, &mut preparations, &hands, step).await?,
            StepId::Images => load(context, session, state, finished, step).await?,
            StepId::Tags => name_images(context, session, &state.images, finished, step).await?,
            StepId::Ports => ports(context, session, step).await?,
            StepId::Stop => super::lifecycle::stop(context, session, &work.services, step).await?,
            StepId::Start => match start(context, session, &step, work, limit).await {
                Ok(Up::Done) => step.finish(StepState::Done, Text::new("start-done")),
                Ok(Up::Incomplete(error)) => {
                    step.finish(StepState::Warning, Text::new("start-incomplete"));
                    up_error = Some(error);
                }
                Ok(Up::OutOfTime(error)) => {
                    step.finish(StepState::Warning, Text::new("start-out-of-time"));
                    up_error = Some(error);
                    left = Duration::ZERO;
                }
                Err(error) => return Err(step.fail(error)),
            },
            StepId::Ready => {
                let error = up_error.take();
                waited = Some(ready(context, session, &work.services, left, error, step).await?);
            }
            StepId::Report => {
                report(
                    session,
                    waited.as_ref().map(|waited| &waited.snapshot),
                    step,
                );
            }
            StepId::Remove | StepId::Fix | StepId::Undo | StepId::Recheck | StepId::Copy => {
                step.finish(StepState::Skipped, Text::new("start-done"));
            }
        }
    }
    match waited.and_then(|waited| waited.error) {
        None => Ok(Outcome::Ready),
        Some(error) => Err(StepFailure {
            step: Some(StepId::Ready),
            error,
        }),
    }
}

/// Waits until nothing is on its way any more, and ends the step with how many are up.
pub(super) async fn ready(
    context: &OperationContext,
    session: &Session,
    services: &[String],
    limit: Duration,
    up_error: Option<Error>,
    step: StepGuard,
) -> Result<Waited, StepFailure> {
    session.monitor.operation(None).await;
    let result = match wait(context, session, &step, services, limit, up_error).await {
        Ok(result) => result,
        Err(error) => return Err(step.fail(error)),
    };
    let (state, key) = if result.error.is_none() {
        (StepState::Done, "ready-done")
    } else {
        (StepState::Failed, "ready-not")
    };
    let counts = Text::new(key)
        .with("running", result.snapshot.running)
        .with("total", result.snapshot.total);
    step.finish(state, counts);
    Ok(result)
}

async fn start(
    context: &OperationContext,
    session: &Session,
    step: &StepGuard,
    work: &Work,
    limit: Duration,
) -> Result<Up, Error> {
    if work.same_containers && super::lifecycle::start_again(session, &work.services).await? {
        return Ok(Up::Done);
    }
    up(context, session, step, &work.services, limit).await
}

fn environment(state: &ObservedState, step: StepGuard) {
    let engine = state.engine.as_ref();
    step.finish(
        StepState::Done,
        Text::new("environment-done")
            .with("version", engine.map_or("?", |info| &info.version))
            .with("platform", engine.map_or("?", |info| &info.platform))
            .with("compose", state.compose.as_deref().unwrap_or("?")),
    );
}

/// What a deployment changes in the package before it starts anything can be taken back.
fn preparations(session: &Session) -> Record {
    Record::new(
        &session.environment.state,
        &session.package.project.name,
        "deploy",
        &Text::new("undo-preparations"),
    )
}

async fn create_directories(
    state: &ObservedState,
    plan: &Plan,
    record: &mut Record,
    hands: &Hands,
    step: StepGuard,
) -> Result<Vec<MountDirectory>, StepFailure> {
    let changes = directories::changes(&plan.directories, &plan.owners);
    if let Err(error) = carry_out(record, &changes, hands).await {
        return Err(step.fail(error));
    }
    let mounts = state.mounts.as_deref().unwrap_or_default();
    let views = mounts
        .iter()
        .map(|mount| mount.view(plan.directories.contains(&mount.source)))
        .collect();
    match plan.directories.len() {
        0 => step.finish(
            StepState::Skipped,
            Text::new("directories-present").with("count", mounts.len()),
        ),
        count => step.finish(
            StepState::Done,
            Text::new("directories-done").with("count", count),
        ),
    }
    Ok(views)
}

async fn prepare_scripts(
    plan: &Plan,
    record: &mut Record,
    hands: &Hands,
    step: StepGuard,
) -> Result<(), StepFailure> {
    let changes = plan.scripts.iter().map(|path| scripts::change(path));
    let made = match changes.collect::<Result<Vec<_>, _>>() {
        Ok(changes) => carry_out(record, &changes, hands).await,
        Err(error) => Err(error),
    };
    if let Err(error) = made {
        return Err(step.fail(error));
    }
    match plan.scripts.len() {
        0 => step.finish(StepState::Skipped, Text::new("scripts-present")),
        count => step.finish(
            StepState::Done,
            Text::new("scripts-done").with("count", count),
        ),
    }
    Ok(())
}

async fn load(
    context: &OperationContext,
    session: &Session,
    state: &ObservedState,
    finished: &mut Finished,
    step: StepGuard,
) -> Result<(), StepFailure> {
    let sources: Vec<ImageSource> = state
        .images
        .iter()
        .filter_map(|image| image.source.clone())
        .collect();
    load_sources(context, session, &sources, &[], finished, step).await
}

/// Loads what is missing and ends the step.
pub(super) async fn load_sources(
    context: &OperationContext,
    session: &Session,
    sources: &[ImageSource],
    unusable: &[ImageResult],
    finished: &mut Finished,
    step: StepGuard,
) -> Result<(), StepFailure> {
    let engine = match session.engine() {
        Ok(engine) => engine,
        Err(error) => return Err(step.fail(error.into())),
    };
    let archives = &session.package.archives;
    let state = &session.environment.state;
    let loaded = match send(context, &step, &engine, archives, sources, state).await {
        Ok(Loaded {
            cancelled: Some(left),
            ..
        }) => return Err(step.cancel(left)),
        Ok(loaded) => loaded,
        Err(error) => return Err(step.fail(error)),
    };
    let count = |wanted| {
        loaded
            .results
            .iter()
            .filter(|image| image.result == wanted)
            .count()
    };
    let (new, present) = (count(LoadResult::Loaded), count(LoadResult::AlreadyPresent));
    let results = loaded.results.iter().chain(unusable);
    finished.images = Some(results.cloned().collect());
    let unusable = unusable.iter().find_map(|file| file.error.as_ref());
    let unusable = unusable.map(|sentence| Error::Archive {
        sentence: sentence.to_string(),
    });
    if let Some(error) = loaded.error.or(unusable) {
        return Err(step.fail(error));
    }
    let state = if new == 0 {
        StepState::Skipped
    } else {
        StepState::Done
    };
    step.finish(
        state,
        Text::new("images-done")
            .with("loaded", new)
            .with("present", present),
    );
    Ok(())
}

/// Looks once more, right before the start: the check was a while ago.
async fn ports(
    context: &OperationContext,
    session: &Session,
    step: StepGuard,
) -> Result<(), StepFailure> {
    let look = async {
        let engine = session.engine()?;
        let (containers, info) = tokio::try_join!(engine.list_all(), engine.info())?;
        Ok::<_, Error>(look_at_ports(session, containers, Some(&info)).await)
    };
    let observed = match context.or_cancelled(look).await {
        Ok(Ok(observed)) => observed.unwrap_or_default(),
        Ok(Err(error)) | Err(error) => return Err(step.fail(error)),
    };
    if let Some((port, holder)) = observed.iter().find_map(|it| Some((it, it.holder()?))) {
        return Err(step.fail(Error::PortLost {
            port: port.label.clone(),
            holder: holder.text().to_string(),
        }));
    }
    let labels: Vec<&str> = observed
        .iter()
        .filter(|port| !port.on_the_host())
        .map(|port| port.label.as_str())
        .collect();
    match labels.len() {
        0 => step.finish(StepState::Skipped, Text::new("ports-none")),
        count => step.finish(
            StepState::Done,
            Text::new("ports-done")
                .with("count", count)
                .with("ports", labels.join(", ")),
        ),
    }
    Ok(())
}

fn report(session: &Session, snapshot: Option<&Arc<StatusSnapshot>>, step: StepGuard) {
    let links: Vec<&Link> = snapshot
        .iter()
        .flat_map(|snapshot| &snapshot.services)
        .flat_map(|service| &service.links)
        .collect();
    let urls: Vec<&str> = links.iter().map(|link| link.url.as_str()).collect();
    let mut services = session.package.project.active_services();
    let message = match urls.len() {
        0 if services.any(|service| !service.ports.is_empty()) => Text::new("report-not-yet"),
        0 => Text::new("report-no-links"),
        _ => Text::new("report-links").with("links", urls.join(" ")),
    };
    step.finish(StepState::Done, message);
}

/// Creates missing mount directories and says how each stands; the whole of `check-mount-dirs`.
pub(crate) async fn check_mount_dirs(context: OperationContext, session: Session) -> Finished {
    let mut finished = blank();
    context.planned(&[StepId::Directories]);
    let mounts = directories::observe(&session.package.project);
    let missing: Vec<_> = mounts
        .iter()
        .filter(|mount| mount.is_to_be_created())
        .map(|mount| mount.source.clone())
        .collect();
    let owners = new_owners(&session).await;
    let outcome = match context.begin(StepId::Directories) {
        Ok(step) => match carry_out(
            &mut preparations(&session),
            &directories::changes(&missing, &owners),
            &session.hands(),
        )
        .await
        {
            Ok(()) => {
                let views: Vec<MountDirectory> = mounts
                    .iter()
                    .map(|mount| mount.view(missing.contains(&mount.source)))
                    .collect();
                let blocked = views
                    .iter()
                    .filter(|view| view.state == DirectoryState::Blocked)
                    .count();
                let state = if blocked > 0 {
                    StepState::Warning
                } else {
                    StepState::Done
                };
                step.finish(
                    state,
                    Text::new("directories-done").with("count", missing.len()),
                );
                finished.directories = Some(views);
                Ok(Outcome::Done)
            }
            Err(error) => Err(step.fail(error)),
        },
        Err(error) => Err(error.into()),
    };
    finish(&mut finished, &session, outcome, context.seconds()).await;
    finished
}
