//! What is used at the moment: asked only when somebody looks, remembered only to tell rates.

mod folders;
mod logs;
mod rates;
mod warnings;

pub(crate) use folders::bytes_of;

use crate::api::resources::{
    ContainerFigures, DiskFigures, DiskRole, HostFigures, ResourceFigures,
};
use crate::api::status::{ContainerState, StatusSnapshot};
use crate::compose::project::Project;
use crate::engine::{Engine, EngineInfo, LogFile, Usage};
use crate::host::disk;
use camino::Utf8PathBuf;
use folders::Folders;
use futures_util::{StreamExt, stream};
use jiff::Timestamp;
use rates::Before;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use sysinfo::System;

/// One look at everything; an engine or a disk that hangs costs its own figures only.
const LOOK_LIMIT: Duration = Duration::from_secs(3);
/// An engine is not asked again who it is before.
const SAME_ENGINE: Duration = Duration::from_mins(5);
/// Containers asked at a time.
const AT_A_TIME: usize = 8;

/// What was seen before, to tell rates from.
#[derive(Debug, Default)]
pub(crate) struct Sampler {
    before: Mutex<BTreeMap<String, Before>>,
    /// Who the engine is, and when it said so: nothing that changes by the second.
    info: Mutex<Option<(Instant, EngineInfo)>>,
    /// How each container logs; that never changes.
    log_files: Mutex<BTreeMap<String, LogFile>>,
    host: Mutex<Option<System>>,
    folders: Folders,
}

/// Whose figures.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    pub project: &'a Project,
    pub status: &'a StatusSnapshot,
    pub engine: Option<Engine>,
    pub info: Option<EngineInfo>,
    /// The engine's disk, when it is this computer's.
    pub engine_disks: Vec<Utf8PathBuf>,
}

struct Running<'a> {
    service: &'a str,
    name: &'a str,
    id: &'a str,
}

impl Sampler {
    /// Returns who the engine is; none when it does not say.
    pub(crate) async fn info(&self, engine: &Engine) -> Option<EngineInfo> {
        if let Some((at, info)) = &*lock(&self.info)
            && at.elapsed() < SAME_ENGINE
        {
            return Some(info.clone());
        }
        let info = engine.info_within(LOOK_LIMIT).await.ok()?;
        *lock(&self.info) = Some((Instant::now(), info.clone()));
        Some(info)
    }

    /// Looks once.
    pub(crate) async fn look(&self, subject: Subject<'_>, now: Timestamp) -> ResourceFigures {
        let total = subject.info.as_ref().and_then(|info| info.memory);
        let (containers, host) = tokio::join!(
            self.containers(&subject, total),
            self.host(
                subject.engine_disks.clone(),
                subject.project.directory.clone(),
            )
        );
        let folders = self.folders.sizes(subject.project).await;
        let warnings = warnings::warnings(&containers, &host.disks, &folders);
        ResourceFigures {
            at: now,
            containers,
            host,
            folders,
            warnings,
        }
    }

    async fn containers(
        &self,
        subject: &Subject<'_>,
        all_memory: Option<u64>,
    ) -> Vec<ContainerFigures> {
        let Some(engine) = &subject.engine else {
            return Vec::new();
        };
        let running = subject.status.services.iter().flat_map(|service| {
            let containers = service.containers.iter().filter(|container| {
                matches!(
                    container.state,
                    ContainerState::Running | ContainerState::Paused
                )
            });
            containers.map(|container| Running {
                service: &service.name,
                name: &container.name,
                id: &container.id,
            })
        });
        let running: Vec<Running<'_>> = running.collect();
        let asked: Vec<_> = running
            .iter()
            .map(|container| self.container(engine, container, all_memory))
            .collect();
        let figures = stream::iter(asked).buffered(AT_A_TIME);
        let figures: Vec<Option<ContainerFigures>> = figures.collect().await;
        let ids: Vec<&str> = running.iter().map(|container| container.id).collect();
        lock(&self.before).retain(|id, _| ids.contains(&id.as_str()));
        lock(&self.log_files).retain(|id, _| ids.contains(&id.as_str()));
        figures.into_iter().flatten().collect()
    }

    async fn container(
        &self,
        engine: &Engine,
        container: &Running<'_>,
        all_memory: Option<u64>,
    ) -> Option<ContainerFigures> {
        let (usage, log) = tokio::join!(
            tokio::time::timeout(LOOK_LIMIT, engine.usage(container.id)),
            self.log_file(engine, container.id)
        );
        let usage: Usage = usage.ok()?.ok()??;
        let now = Before {
            at: Instant::now(),
            usage: usage.clone(),
        };
        let before = lock(&self.before).insert(container.id.to_owned(), now.clone());
        let rates = before.as_ref().and_then(|before| before.rates(&now));
        let log_bytes = match &log.path {
            Some(path) => logs::bytes(path.into()).await,
            None => None,
        };
        Some(ContainerFigures {
            service: container.service.to_owned(),
            container: container.name.to_owned(),
            cpu_percent: rates.map(|rates| rates.cpu_percent),
            memory: usage.memory,
            memory_limit: usage
                .memory_limit
                .filter(|limit| all_memory.is_none_or(|all| *limit < all)),
            received: rates.map(|rates| rates.received),
            sent: rates.map(|rates| rates.sent),
            read: rates.map(|rates| rates.read),
            written: rates.map(|rates| rates.written),
            log_bytes,
            log_unbounded: log.unbounded,
        })
    }

    async fn log_file(&self, engine: &Engine, id: &str) -> LogFile {
        if let Some(known) = lock(&self.log_files).get(id) {
            return known.clone();
        }
        let asked = tokio::time::timeout(LOOK_LIMIT, engine.log_file(id)).await;
        let Ok(Ok(found)) = asked else {
            return LogFile::default();
        };
        lock(&self.log_files).insert(id.to_owned(), found.clone());
        found
    }

    async fn host(&self, engine_disks: Vec<Utf8PathBuf>, package: Utf8PathBuf) -> HostFigures {
        let system = lock(&self.host).take();
        let looked = aside(move || {
            let first = system.is_none();
            // None on a system sysinfo does not know.
            let mut system = system.or_else(|| System::new().ok())?;
            system.refresh_cpu_usage();
            system.refresh_memory();
            let disks = disks(engine_disks, package);
            Some((first, system, disks))
        });
        let Some((first, system, disks)) = looked.await.flatten() else {
            return HostFigures {
                cpu: None,
                cpus: 0,
                memory_used: 0,
                memory_total: 0,
                disks: Vec::new(),
            };
        };
        let figures = HostFigures {
            cpu: (!first).then(|| f64::from(system.global_cpu_usage()) / 100.0),
            cpus: u32::try_from(system.cpus().len()).unwrap_or(0),
            memory_used: system.used_memory(),
            memory_total: system.total_memory(),
            disks,
        };
        *lock(&self.host) = Some(system);
        figures
    }
}

/// The tightest of the engine's disks, and the package's.
fn disks(engine: Vec<Utf8PathBuf>, package: Utf8PathBuf) -> Vec<DiskFigures> {
    let look = |role, path: Utf8PathBuf| {
        let space = disk::space(&path).ok()?;
        Some(DiskFigures {
            role,
            path: path.into_string(),
            used: space.total.saturating_sub(space.free),
            total: space.total,
        })
    };
    let engine = engine
        .into_iter()
        .filter_map(|path| look(DiskRole::EngineData, path))
        .min_by_key(|disk| disk.total - disk.used);
    let package = look(DiskRole::Package, package);
    engine.into_iter().chain(package).collect()
}

/// Does something slow on a thread of its own; none when it takes too long, and then it is left behind.
async fn aside<T: Send + 'static>(look: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let looked = tokio::task::spawn_blocking(look);
    tokio::time::timeout(LOOK_LIMIT, looked).await.ok()?.ok()
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
