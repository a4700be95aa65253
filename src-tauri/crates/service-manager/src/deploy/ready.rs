//! The step `ready`: wait until nothing is on its way any more, then say honestly how it stands.

use super::session::Session;
use super::start::{Up, services_progress, up};
use crate::api::status::{ServiceState, ServiceStatus, StatusSnapshot, Verdict};
use crate::compose::project::{Condition, Healthcheck, Project};
use crate::error::Error;
use crate::health::{any_up, depends_on_hope};
use crate::operation::{OperationContext, StepGuard};
use crate::text::Text;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// The contract's shortest bound of the wait.
const SHORTEST_LIMIT: Duration = Duration::from_mins(5);
/// The engine's defaults (moby daemon/health.go).
const INTERVAL: Duration = Duration::from_secs(30);
const RETRIES: u32 = 3;
/// An engine that restarts gets this long before the wait is given up.
const ENGINE_GRACE: Duration = Duration::from_mins(1);
/// How many more times `up` is tried for services whose dependency came late.
const MORE_UPS: u32 = 10;
/// How many last words of a service are shown.
const LAST_WORDS: u32 = 20;

/// How the wait ended.
#[derive(Debug)]
pub(super) struct Waited {
    pub snapshot: Arc<StatusSnapshot>,
    /// None when everything is ready.
    pub error: Option<Error>,
}

/// Returns how long to wait: 5 minutes, or the longest start-up a healthcheck allows for and a minute more.
pub(super) fn limit(project: &Project, asked: Option<u64>) -> Duration {
    if let Some(seconds) = asked {
        return Duration::from_secs(seconds);
    }
    let allowed = |check: &Healthcheck| {
        check.start_period.unwrap_or_default()
            + check.interval.unwrap_or(INTERVAL) * check.retries.unwrap_or(RETRIES)
            + Duration::from_mins(1)
    };
    project
        .active_services()
        .filter_map(|service| service.healthcheck.as_ref())
        .map(allowed)
        .max()
        .unwrap_or_default()
        .max(SHORTEST_LIMIT)
}

/// Waits for some services (none named: all). `up_error` is what Compose said when it could not do everything; a limit of
/// zero only looks, for a start that took all the time.
pub(super) async fn wait(
    context: &OperationContext,
    session: &Session,
    step: &StepGuard,
    services: &[String],
    limit: Duration,
    up_error: Option<Error>,
) -> Result<Waited, Error> {
    let until = tokio::time::Instant::now() + limit;
    context.or_cancelled(session.monitor.refresh()).await?;
    let mut snapshots = session.monitor.snapshots();
    let mut ups = 0;
    let mut waited_for_others = BTreeSet::new();
    let mut engine_gone: Option<tokio::time::Instant> = None;
    let in_time = loop {
        let snapshot = snapshots.borrow_and_update().clone();
        step.progress(
            Some(services_progress(&snapshot)),
            Some(Text::new("ready-waiting")),
        );
        if snapshot.verdict == Verdict::EngineUnreachable {
            let since = *engine_gone.get_or_insert_with(tokio::time::Instant::now);
            if since.elapsed() >= ENGINE_GRACE {
                return Err(session
                    .engine()
                    .err()
                    .map_or_else(|| Error::Network(session.endpoint.url.clone()), Error::from));
            }
        } else {
            engine_gone = None;
            // A dependency came late and Compose had given up on it: what waits for it is started now. Whatever else
            // Compose failed at would only fail again.
            let is_late = |service: &ServiceStatus| {
                is_free_to_start(service)
                    && (waited_for_others.contains(&service.name)
                        || ups == 0 && waits_for_others(session, &service.name))
            };
            let is_time = tokio::time::Instant::now() < until;
            if is_time
                && up_error.is_some()
                && ups < MORE_UPS
                && snapshot.services.iter().any(is_late)
            {
                ups += 1;
                waited_for_others.clear();
                if let Up::Incomplete(error) | Up::OutOfTime(error) =
                    up(context, session, step, services, limit).await?
                {
                    tracing::info!(%error, "up is still not complete");
                }
                context.or_cancelled(session.monitor.refresh()).await?;
                continue;
            }
            let blocked = snapshot.services.iter();
            let blocked = blocked.filter(|service| {
                service.state == ServiceState::NotCreated && service.blocked_by.is_some()
            });
            waited_for_others.extend(blocked.map(|service| service.name.clone()));
            if is_settled(&snapshot, services) {
                break !limit.is_zero();
            }
        }
        tokio::select! {
            () = context.cancel.cancelled() => return Err(Error::Cancelled),
            changed = snapshots.changed() => if changed.is_err() { return Err(Error::Cancelled) },
            () = tokio::time::sleep(Duration::from_secs(5)) => {}
            () = tokio::time::sleep_until(until) => break false,
        }
    };
    let snapshot = snapshots.borrow().clone();
    let concerned: Vec<&ServiceStatus> = concerned(&snapshot, services).collect();
    let error = if concerned.iter().all(|service| is_good(service, session))
        && snapshot_is_good(&snapshot, services)
    {
        None
    } else {
        let explained = explain(session, &concerned, in_time, limit, up_error);
        Some(context.or_cancelled(explained).await?)
    };
    Ok(Waited { snapshot, error })
}

fn concerned<'a>(
    snapshot: &'a StatusSnapshot,
    services: &'a [String],
) -> impl Iterator<Item = &'a ServiceStatus> {
    snapshot
        .services
        .iter()
        .filter(move |service| services.is_empty() || services.contains(&service.name))
}

/// Waiting longer would change nothing.
fn is_settled(snapshot: &StatusSnapshot, services: &[String]) -> bool {
    if services.is_empty() {
        return snapshot.verdict == Verdict::Ready || !depends_on_hope(snapshot);
    }
    concerned(snapshot, services).all(|service| {
        !matches!(
            service.state,
            ServiceState::Starting | ServiceState::Unhealthy | ServiceState::NotCreated
        )
    }) || !depends_on_hope(snapshot)
}

fn snapshot_is_good(snapshot: &StatusSnapshot, services: &[String]) -> bool {
    !services.is_empty() || snapshot.verdict == Verdict::Ready
}

fn is_good(service: &ServiceStatus, session: &Session) -> bool {
    match service.state {
        ServiceState::Healthy | ServiceState::Completed => true,
        ServiceState::Running => session
            .package
            .project
            .service(&service.name)
            .is_none_or(|spec| !spec.one_shot),
        _ => false,
    }
}

/// Not started although nothing keeps it from starting any more.
fn is_free_to_start(service: &ServiceStatus) -> bool {
    service.state == ServiceState::NotCreated && service.blocked_by.is_none()
}

/// Whether Compose starts a service only after it has seen something of another one.
fn waits_for_others(session: &Session, service: &str) -> bool {
    session
        .package
        .project
        .service(service)
        .is_some_and(|service| {
            let mut conditions = service.depends_on.iter().map(|it| it.condition);
            conditions.any(|condition| condition != Condition::Started)
        })
}

/// Returns the error of the service that is worst off: causes before what waits for them.
async fn explain(
    session: &Session,
    services: &[&ServiceStatus],
    in_time: bool,
    limit: Duration,
    up_error: Option<Error>,
) -> Error {
    let find = |wanted: &[ServiceState]| {
        wanted
            .iter()
            .find_map(|state| services.iter().find(|service| service.state == *state))
    };
    if let Some(service) = find(&[ServiceState::Failed, ServiceState::CrashLooping]) {
        let tail = last_words(session, service).await;
        return Error::Service {
            service: service.name.clone(),
            reason: service.sentence.clone(),
            tail,
        };
    }
    if let Some(service) = find(&[ServiceState::Unhealthy]) {
        return Error::Unhealthy {
            service: service.name.clone(),
            tail: last_words(session, service).await,
        };
    }
    let after = match up_error {
        Some(Error::NotReady { after, .. }) => after.max(limit),
        Some(error) => return error,
        None => limit,
    };
    let waiting: Vec<&str> = services
        .iter()
        .filter(|service| !is_good(service, session))
        .map(|service| service.name.as_str())
        .collect();
    if let (true, Some(service)) = (
        in_time,
        services.iter().find(|service| !is_good(service, session)),
    ) {
        let tail = last_words(session, service).await;
        return Error::Service {
            service: service.name.clone(),
            reason: service.sentence.clone(),
            tail,
        };
    }
    Error::NotReady {
        after,
        services: waiting.join(", "),
    }
}

/// Returns the last log lines of a service's worst container.
async fn last_words(session: &Session, service: &ServiceStatus) -> Vec<String> {
    let worst = service
        .containers
        .iter()
        .max_by_key(|container| (container.exit_code, container.restart_count));
    match (worst, session.engine()) {
        (Some(container), Ok(engine)) => engine.last_lines(&container.id, LAST_WORDS).await,
        _ => Vec::new(),
    }
}

/// Returns whether at least one of the services is up.
pub(super) fn partly(snapshot: &StatusSnapshot) -> bool {
    any_up(snapshot)
}
