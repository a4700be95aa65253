//! The step `start`: `compose up -d`, watched. Compose waits for dependencies by itself; we see when that is in vain.

use super::explain::said;
use super::observe::{PortHolder, PortObserved, look_at_ports};
use super::session::Session;
use crate::api::status::{ServiceState, StatusSnapshot};
use crate::compose::project::Project;
use crate::compose::{ComposeError, Verb, port_lost};
use crate::error::Error;
use crate::health::depends_on_hope;
use crate::operation::{OperationContext, Progress, StepGuard};
use crate::text::Text;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long nothing may change, with a service that will not recover, before Compose is asked to stop waiting.
const IN_VAIN: Duration = Duration::from_secs(15);

/// How `up` ended.
#[derive(Debug)]
pub(super) enum Up {
    /// Compose is done.
    Done,
    /// Compose gave up, or was asked to since waiting was in vain; some services may be up, and what is missing may still
    /// come.
    Incomplete(Error),
    /// Compose was asked to stop since the time was over.
    OutOfTime(Error),
}

/// Runs `up -d` for some services (none named: all).
pub(super) async fn up(
    context: &OperationContext,
    session: &Session,
    step: &StepGuard,
    services: &[String],
    limit: Duration,
) -> Result<Up, Error> {
    up_as(context, session, step, &Verb::UP, services, limit).await
}

/// Makes the containers of some services anew, whatever they depend on left alone; volumes stay, also those without a name.
pub(super) async fn remake(
    context: &OperationContext,
    session: &Session,
    step: &StepGuard,
    services: &[String],
    limit: Duration,
) -> Result<Up, Error> {
    let verb = Verb::Up {
        no_deps: true,
        force_recreate: true,
    };
    up_as(context, session, step, &verb, services, limit).await
}

async fn up_as(
    context: &OperationContext,
    session: &Session,
    step: &StepGuard,
    verb: &Verb,
    services: &[String],
    limit: Duration,
) -> Result<Up, Error> {
    let compose = session.compose.as_ref().ok_or(ComposeError::Missing)?;
    prove_images(session, services).await?;
    let stop = context.cancel.child_token();
    let directory = &session.package.project.directory;
    let began = tokio::time::Instant::now();
    let mut given_up = None;
    let mut tail = Tail::default();
    let lines = |_, line: &str| {
        tracing::info!(target: "compose", "{line}");
        tail.push(line);
    };
    let finished = {
        let run = compose.run(directory, verb, services, &stop, lines);
        let watch = give_up_in_vain(session, step, &stop, limit);
        tokio::pin!(run, watch);
        tokio::select! {
            finished = &mut run => finished,
            // `watch` only ever asks Compose to stop; the answer is still Compose's.
            end = &mut watch => {
                given_up = Some(end);
                run.await
            }
        }
    };
    if context.cancel.is_cancelled() {
        return Err(Error::Cancelled);
    }
    match finished {
        Ok(()) => {
            said::forget(&session.environment.state, &session.package.project.name);
            Ok(Up::Done)
        }
        Err(ComposeError::Missing) => Err(ComposeError::Missing.into()),
        Err(error) => {
            if let Some(error) = port_lost(session, &tail.lines).await {
                return Ok(Up::Incomplete(error));
            }
            said::keep(
                &session.environment.state,
                &session.package.project.name,
                &tail.lines,
            );
            if let Some(end) = given_up {
                // Compose's last words are about having been stopped: they explain nothing.
                let error = Error::NotReady {
                    after: began.elapsed(),
                    services: services.join(", "),
                };
                return Ok(match end {
                    GivenUp::InVain => Up::Incomplete(error),
                    GivenUp::OutOfTime => Up::OutOfTime(error),
                });
            }
            let code = if let ComposeError::Failed { code, .. } = &error {
                code.unwrap_or(-1)
            } else {
                -1
            };
            Ok(Up::Incomplete(Error::DockerCommand {
                verb: "up".into(),
                code,
                tail: tail.lines,
            }))
        }
    }
}

/// Returns the error of a port that somebody took between the look and the start, with whoever has it now.
async fn port_lost(session: &Session, lines: &[String]) -> Option<Error> {
    let (address, number) = lines.iter().find_map(|line| port_lost::port_lost(line))?;
    let engine = session.engine().ok()?;
    let (containers, info) = tokio::join!(engine.list_all(), engine.info());
    let observed = look_at_ports(session, containers.ok()?, info.ok().as_ref()).await;
    let observed = observed.unwrap_or_default();
    let held = observed.iter().find(|it| it.is(address, number));
    let label = held.map_or_else(|| number.to_string(), |it| it.label.clone());
    let unknown = PortHolder::Hidden(None);
    let holder = held.and_then(PortObserved::holder).unwrap_or(&unknown);
    Some(Error::PortLost {
        port: label,
        holder: holder.text().to_string(),
    })
}

/// Returns services and what `up` starts with them (none named: all), by name.
pub(super) fn with_dependencies(project: &Project, services: &[String]) -> Vec<String> {
    let all = project.active_services().map(|service| &service.name);
    let mut names: Vec<String> = if services.is_empty() {
        all.cloned().collect()
    } else {
        services.to_vec()
    };
    let mut next = 0;
    while let Some(name) = names.get(next).cloned() {
        next += 1;
        let service = project.service(&name);
        for dependency in service.iter().flat_map(|it| &it.depends_on) {
            let is_started = project
                .service(&dependency.service)
                .is_some_and(|it| it.active);
            if is_started && !names.contains(&dependency.service) {
                names.push(dependency.service.clone());
            }
        }
    }
    names
}

/// Makes sure that Compose has every image, whatever happened since the check: v1 cannot be told not to pull.
async fn prove_images(session: &Session, services: &[String]) -> Result<(), Error> {
    let engine = session.engine()?;
    let project = &session.package.project;
    for name in with_dependencies(project, services) {
        let image = project.service(&name).and_then(|it| it.image.as_deref());
        if let Some(image) = image
            && engine.image(image).await?.is_none()
        {
            return Err(Error::ImageLoading {
                archive: image.to_owned(),
                reason: Text::new("tag-not-loaded").to_string(),
            });
        }
    }
    Ok(())
}

/// Why Compose was asked to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum GivenUp {
    InVain,
    OutOfTime,
}

/// Shows progress from the engine's events; returns after having asked Compose to stop, once waiting is in vain.
async fn give_up_in_vain(
    session: &Session,
    step: &StepGuard,
    stop: &CancellationToken,
    limit: Duration,
) -> GivenUp {
    let mut snapshots = session.monitor.snapshots();
    let until = tokio::time::Instant::now() + limit;
    let end = loop {
        let snapshot = snapshots.borrow_and_update().clone();
        step.progress(
            Some(services_progress(&snapshot)),
            Some(Text::new("start-running")),
        );
        let lost = snapshot.services.iter().any(|service| {
            matches!(
                service.state,
                ServiceState::CrashLooping | ServiceState::Failed
            )
        });
        let in_vain = lost && !depends_on_hope(&snapshot);
        tokio::select! {
            changed = snapshots.changed() => if changed.is_err() { return std::future::pending().await },
            () = tokio::time::sleep(IN_VAIN), if in_vain => break GivenUp::InVain,
            () = tokio::time::sleep_until(until) => break GivenUp::OutOfTime,
        }
    };
    stop.cancel();
    end
}

/// Returns how many services are as they should be.
pub(super) fn services_progress(snapshot: &StatusSnapshot) -> Progress {
    Progress {
        current: snapshot.running.into(),
        total: snapshot.total.into(),
        unit: "services",
        parts: Vec::new(),
    }
}

/// The last lines of a tool.
#[derive(Debug, Default)]
pub(super) struct Tail {
    pub lines: Vec<String>,
}

impl Tail {
    const KEPT: usize = 20;

    pub(super) fn push(&mut self, line: &str) {
        if self.lines.len() == Self::KEPT {
            self.lines.remove(0);
        }
        self.lines.push(line.to_owned());
    }
}
