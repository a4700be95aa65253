//! Following: what a container writes is told over its restarts, what is new is told from its first line on, and an
//! engine that was away is asked for what was written meanwhile. The engine itself ends a log with the run it is of.

use super::Lines;
use crate::api::log::LogLine;
use crate::engine::{ContainerFacts, Engine, EngineError, EngineEvent, LogsWanted};
use futures_util::stream::{BoxStream, StreamExt, unfold};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::watch;

/// Between two tries to reach an engine that is away.
const RETRY: Duration = Duration::from_secs(1);
/// Lines that were written while nobody could listen, per container, and at most.
const MISSED: u32 = 200_000;

/// Which logs are followed.
pub(crate) struct Followed {
    pub engine: Engine,
    pub project: String,
    /// All of them when empty.
    pub services: Vec<String>,
    /// What of the past is told of the containers that are there.
    pub wanted: LogsWanted,
    pub clock: fn() -> Timestamp,
}

/// Returns the lines of the containers that are there, and those of others as they come.
pub(super) fn follow(
    followed: Followed,
    containers: &[ContainerFacts],
) -> (Vec<Lines>, BoxStream<'static, Lines>) {
    let wanted = followed.wanted;
    let mut follower = Follower {
        followed,
        runs: BTreeMap::new(),
        events: None,
        found: Vec::new(),
    };
    for container in containers {
        follower.begin(container, wanted);
    }
    let there = std::mem::take(&mut follower.found);
    let others = unfold(follower, |mut follower| async move {
        let lines = follower.next().await;
        Some((lines, follower))
    });
    (there, others.boxed())
}

/// Hears which containers start.
struct Follower {
    followed: Followed,
    /// Which run of each container is told: a run is known by when it began. None when its log may have been cut off.
    runs: BTreeMap<String, watch::Sender<Option<Timestamp>>>,
    events: Option<BoxStream<'static, Result<EngineEvent, EngineError>>>,
    /// Lines of new containers.
    found: Vec<Lines>,
}

impl Follower {
    async fn next(&mut self) -> Lines {
        loop {
            if let Some(lines) = self.found.pop() {
                return lines;
            }
            let event = match &mut self.events {
                // Silence is normal; an end is not.
                Some(events) => Some(events.next().await),
                None => None,
            };
            let is_well = match event {
                None => self.connect().await.is_ok(),
                Some(Some(Ok(event))) => self.hear(event).await.is_ok(),
                Some(Some(Err(_)) | None) => false,
            };
            if !is_well {
                self.lose();
                tokio::time::sleep(RETRY).await;
            }
        }
    }

    /// The logs went with the connection, or soon will.
    fn lose(&mut self) {
        self.events = None;
        for run in self.runs.values() {
            run.send_if_modified(|run| {
                *run = None;
                false
            });
        }
    }

    /// Whatever is there may have been started, and have ended again, while nobody listened.
    async fn connect(&mut self) -> Result<(), EngineError> {
        let Followed {
            engine,
            project,
            clock,
            ..
        } = &self.followed;
        let events = engine.events(project, clock()).boxed();
        let containers = engine.project_containers(project).await?;
        self.events = Some(events);
        for container in &containers {
            self.started(container);
        }
        Ok(())
    }

    async fn hear(&mut self, event: EngineEvent) -> Result<(), EngineError> {
        match event.action.as_str() {
            "start" => {
                let engine = &self.followed.engine;
                let facts = engine.container_or_listed(&event.container).await?;
                if let Some(container) = facts {
                    self.started(&container);
                }
            }
            "destroy" => drop(self.runs.remove(&event.container)),
            _ => {}
        }
        Ok(())
    }

    fn started(&mut self, container: &ContainerFacts) {
        if let Some(run) = self.runs.get(&container.id) {
            run.send_if_modified(|run| {
                // The list does not say when it started.
                let is_another = *run != container.started_at || !container.answered;
                *run = container.started_at;
                is_another
            });
        } else {
            let whole = LogsWanted {
                tail: MISSED,
                since: None,
                follow: true,
            };
            self.begin(container, whole);
        }
    }

    fn begin(&mut self, container: &ContainerFacts, wanted: LogsWanted) {
        let services = &self.followed.services;
        if !services.is_empty() && !services.contains(&container.service) {
            return;
        }
        let (run, another) = watch::channel(container.started_at);
        self.runs.insert(container.id.clone(), run);
        let told = Told {
            engine: self.followed.engine.clone(),
            id: container.id.clone(),
            service: container.service.clone(),
            container: container.name.clone(),
            another,
            lines: None,
            next: Some(wanted),
            last: None,
        };
        self.found.push(unfold(told, Told::next).boxed());
    }
}

/// One container, run after run.
struct Told {
    engine: Engine,
    id: String,
    service: String,
    container: String,
    another: watch::Receiver<Option<Timestamp>>,
    lines: Option<BoxStream<'static, LogLine>>,
    /// What of the log is asked for next.
    next: Option<LogsWanted>,
    /// When the last line that was told was written.
    last: Option<Timestamp>,
}

impl Told {
    /// Returns the next line; none when the container is removed.
    async fn next(mut self) -> Option<(LogLine, Self)> {
        loop {
            if let Some(lines) = &mut self.lines {
                if let Some(line) = lines.next().await {
                    self.last = self.last.max(line.time);
                    return Some((line, self));
                }
                self.lines = None;
            }
            let wanted = if let Some(first) = self.next.take() {
                first
            } else {
                self.another.changed().await.ok()?;
                LogsWanted {
                    tail: MISSED,
                    since: self.last,
                    follow: true,
                }
            };
            self.another.mark_unchanged();
            self.lines = Some(self.open(wanted));
        }
    }

    fn open(&self, wanted: LogsWanted) -> BoxStream<'static, LogLine> {
        let told = self.last;
        super::lines_of(
            &self.engine,
            &self.id,
            &self.service,
            &self.container,
            wanted,
        )
        .filter(move |line| {
            let is_new = told.is_none() || line.time > told;
            async move { is_new }
        })
        .boxed()
    }
}
