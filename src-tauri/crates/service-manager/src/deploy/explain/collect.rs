//! Gathers what a diagnosis may look at; each question has its limit, and what could not be had is written down.

use super::said;
use crate::api::status::{ContainerState, Health, ServiceState, ServiceStatus, StatusSnapshot};
use crate::compose::project::Project;
use crate::deploy::observe::disk::{Disk, EngineDisk};
use crate::deploy::observe::{Look, ObservedState};
use crate::deploy::session::Session;
use crate::diagnose::evidence::{Evidence, Gap, Kind, Piece};
use crate::diagnose::facts::Facts;
use crate::engine::{ContainerFacts, Engine, EngineError, platform_arch};
use crate::health::is_up;
use futures_util::{StreamExt, stream};
use std::time::Duration;

/// Lines of one container: an entrypoint, a crash and what came before it.
const LINES: u32 = 400;

/// So many containers are asked about at a time.
const AT_A_TIME: usize = 4;

/// How long the engine is given for what it has about the containers.
const CONTAINERS: Duration = Duration::from_secs(8);

/// Gathers.
pub(super) async fn collect(session: &Session, state: &ObservedState) -> Evidence {
    let project = &session.package.project;
    let mut evidence = Evidence {
        facts: facts(state),
        ..Evidence::default()
    };
    if let Some(text) = said::last(&session.environment.state, &project.name) {
        evidence.pieces.push(Piece {
            kind: Kind::ComposeStderr,
            text,
            ..Piece::default()
        });
    }
    let Ok(info) = &state.engine else {
        evidence.gaps.push(Gap {
            what: "engine".into(),
            why: state
                .engine
                .as_ref()
                .err()
                .map(ToString::to_string)
                .unwrap_or_default(),
        });
        return evidence;
    };
    tracing::debug!(version = info.version, "collecting evidence");
    session.monitor.refresh().await;
    let snapshot = session.monitor.current();
    waiting(&mut evidence, project, &snapshot);
    let engine = match session.engine() {
        Ok(engine) => engine,
        Err(error) => return with_gap(evidence, "engine", &error),
    };
    let all = snapshot.services.iter().flat_map(|it| &it.containers);
    let silent = all.filter(|it| !it.answered).map(|it| it.id.clone());
    let silent: Vec<String> = silent.collect();
    let listed = engine.project_containers_but(&project.name, &silent);
    let listed = tokio::time::timeout(CONTAINERS, listed).await;
    let containers = match listed {
        Ok(Ok(containers)) => containers,
        Ok(Err(error)) => return with_gap(evidence, "containers", &error),
        Err(error) => return with_gap(evidence, "containers", &error),
    };
    let mut questions = Vec::new();
    for container in containers {
        if !container.answered {
            let why = EngineError::Hung {
                endpoint: engine.endpoint().url.clone(),
            };
            evidence = with_gap(evidence, &container.name, &why);
        }
        let mut services = snapshot.services.iter();
        let service = services.find(|it| it.name == container.service);
        if service.is_some_and(|service| is_troubled(service, &container)) {
            questions.push(pieces(&engine, state, project, container));
        }
    }
    let answers = stream::iter(questions).buffered(AT_A_TIME);
    let gathered: Vec<Vec<Piece>> = answers.collect().await;
    evidence.pieces.extend(gathered.into_iter().flatten());
    evidence
}

fn with_gap(mut evidence: Evidence, what: &str, error: &dyn std::error::Error) -> Evidence {
    evidence.gaps.push(Gap {
        what: what.into(),
        why: error.to_string(),
    });
    evidence
}

/// Whether a container has something to say about why its service is not well.
fn is_troubled(service: &ServiceStatus, container: &ContainerFacts) -> bool {
    let bad = matches!(
        service.state,
        ServiceState::Failed
            | ServiceState::CrashLooping
            | ServiceState::Unhealthy
            | ServiceState::Starting
    );
    let own = !container.error.is_empty()
        || container.oom_killed
        || container.exit_code != 0
        || container.health == Health::Unhealthy
        || container.failing_streak > 0
        || container.restart_count > 0
        || container.state == ContainerState::Restarting;
    let asked_to_stop = service.state == ServiceState::Stopped
        && container.error.is_empty()
        && !container.oom_killed;
    own && !asked_to_stop
        && (bad || !container.error.is_empty() || container.oom_killed && !is_up(service.state))
}

async fn pieces(
    engine: &Engine,
    state: &ObservedState,
    project: &Project,
    container: ContainerFacts,
) -> Vec<Piece> {
    let service = project.service(&container.service);
    let mut facts = Facts::default();
    facts.set("exitCode", container.exit_code);
    facts.set("oomKilled", container.oom_killed);
    facts.set("restartCount", container.restart_count);
    facts.set("running", container.state == ContainerState::Running);
    let observed = state
        .images
        .iter()
        .find(|image| image.services.contains(&container.service));
    if let Some(present) = observed.and_then(|image| image.present.as_ref()) {
        facts.set("imageArchitecture", arch(&present.platform));
    }
    if let Some(user) = service.and_then(|service| service.user.clone()) {
        facts.set("user", user);
    }
    let piece = |kind: Kind, text: String| Piece {
        kind,
        service: Some(container.service.clone()),
        image: service.and_then(|service| service.image.clone()),
        text,
        facts: facts.clone(),
    };
    let mut pieces = Vec::new();
    if !container.error.is_empty() {
        pieces.push(piece(Kind::EngineError, container.error.clone()));
    }
    if container.health == Health::Unhealthy || container.failing_streak > 0 {
        pieces.extend(
            container
                .health_output
                .clone()
                .map(|text| piece(Kind::HealthLog, text)),
        );
    }
    let lines = engine.last_lines(&container.id, LINES).await;
    // A container that never started has no log, and its exit code is the engine's.
    if !lines.is_empty() || container.error.is_empty() {
        pieces.push(piece(Kind::ContainerLogs, lines.join("\n")));
    }
    pieces
}

/// Services that are not up, with what they wait for.
fn waiting(evidence: &mut Evidence, project: &Project, snapshot: &StatusSnapshot) {
    for status in snapshot
        .services
        .iter()
        .filter(|service| !is_up(service.state))
    {
        let on = project.service(&status.name).map(|service| {
            let names = service.depends_on.iter().map(|it| it.service.clone());
            names.collect::<Vec<_>>()
        });
        if let Some(on) = on.filter(|on| !on.is_empty()) {
            evidence.waiting.insert(status.name.clone(), on);
        }
    }
}

/// Facts about the computer and the engine that decide between look-alikes.
fn facts(state: &ObservedState) -> Facts {
    let mut facts = Facts::default();
    facts.set("os", std::env::consts::OS);
    facts.set("systemd", state.host.system.has_systemd);
    if let Some(under) = &state.host.under {
        let enforcing = under.kernel.selinux_enforcing;
        facts.set("selinux", if enforcing { "enforcing" } else { "off" });
    }
    facts.set("hostArchitecture", arch(&crate::host::platform()));
    if let Ok(info) = &state.engine {
        facts.set("engineArchitecture", arch(&info.platform));
        facts.set("engineVersion", info.version.clone());
        facts.set("engineFlavour", info.details.flavour.to_string());
        facts.set("engineSecurity", info.details.security.join(" "));
    }
    if let Some(compose) = &state.compose {
        facts.set("composeVersion", compose.clone());
    }
    if let EngineDisk::Here(disk) = &state.disks.engine {
        set_disk(&mut facts, disk);
    }
    facts
}

fn set_disk(facts: &mut Facts, disk: &Look<Disk>) {
    let Ok(disk) = disk else { return };
    facts.set("dockerRootFree", disk.space.free);
    if let Some(free) = disk.space.inodes_free {
        facts.set("inodesFree", free);
    }
}

fn arch(platform: &str) -> String {
    platform_arch(platform.split('/').nth(1).unwrap_or(platform)).to_owned()
}
