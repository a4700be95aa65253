//! What happens, in order, for whoever listens: a page (everything) or a terminal (one operation).

use crate::api::app::{AppEvent, Ask};
use crate::api::operation::OperationEvent;
use crate::api::status::StatusSnapshot;
use crate::manager::ServiceManager;
use crate::operation::Journal;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{broadcast, watch};

/// At most this often something is sent; well below what an eye notices, and far from drowning a page.
const PACE: Duration = Duration::from_millis(50);

/// Everything a page needs, beginning with the whole state. One subscription is one value.
#[derive(Debug)]
pub struct AppEvents {
    manager: ServiceManager,
    generation: watch::Receiver<u64>,
    operations: watch::Receiver<u64>,
    status: Option<watch::Receiver<Arc<StatusSnapshot>>>,
    /// The number of the newest event sent, per operation.
    seen: BTreeMap<String, u64>,
    asks: broadcast::Receiver<Ask>,
    queue: VecDeque<AppEvent>,
    fresh: bool,
}

impl AppEvents {
    pub(crate) fn new(manager: ServiceManager) -> Self {
        Self {
            generation: manager.generation(),
            operations: manager.registry().changes(),
            status: None,
            seen: BTreeMap::new(),
            asks: manager.asks(),
            queue: VecDeque::new(),
            fresh: true,
            manager,
        }
    }

    /// Returns the next event. Progress and snapshots in between may be skipped, steps never.
    pub async fn next(&mut self) -> AppEvent {
        loop {
            if let Some(event) = self.queue.pop_front() {
                return event;
            }
            self.collect();
            if !self.queue.is_empty() {
                continue;
            }
            let status = self.status.as_mut();
            // Waiting for a change also marks it as seen; `collect` is the one who looks at it.
            tokio::select! {
                _ = self.generation.changed() => self.generation.mark_changed(),
                _ = self.operations.changed() => self.operations.mark_changed(),
                () = changed(status) => {}
                // The sender lives as long as the manager; what was missed was asked of a page that was not there.
                Ok(what) = self.asks.recv() => self.queue.push_back(AppEvent::Asked { what }),
            }
            tokio::time::sleep(PACE).await;
        }
    }

    fn collect(&mut self) {
        if std::mem::take(&mut self.fresh) || self.generation.has_changed().unwrap_or(false) {
            self.generation.mark_unchanged();
            self.operations.mark_unchanged();
            self.status = self.manager.session().ok().map(|session| {
                let mut receiver = session.monitor.snapshots();
                receiver.mark_unchanged();
                receiver
            });
            self.seen = self
                .manager
                .registry()
                .views()
                .into_iter()
                .map(|(view, newest)| (view.operation_id, newest))
                .collect();
            self.queue.push_back(AppEvent::State {
                state: Box::new(self.manager.app_state()),
            });
            return;
        }
        if self.operations.has_changed().unwrap_or(false) {
            self.operations.mark_unchanged();
            for (view, _) in self.manager.registry().views() {
                let Some((kind, journal)) = self.manager.registry().journal(&view.operation_id)
                else {
                    continue;
                };
                let seen = self.seen.entry(view.operation_id.clone()).or_insert(0);
                let (events, newest) = journal.events_since(*seen);
                *seen = newest;
                self.queue
                    .extend(events.into_iter().map(|event| AppEvent::Operation {
                        operation_id: view.operation_id.clone(),
                        kind,
                        event: Box::new(event),
                    }));
            }
        }
        if let Some(status) = &mut self.status
            && status.has_changed().unwrap_or(false)
        {
            let snapshot = StatusSnapshot::clone(&status.borrow_and_update());
            self.queue.push_back(AppEvent::Status {
                status: Box::new(snapshot),
            });
        }
    }
}

/// Waits for a change of something that may not be there.
async fn changed(receiver: Option<&mut watch::Receiver<Arc<StatusSnapshot>>>) {
    match receiver {
        Some(receiver) => {
            if receiver.changed().await.is_err() {
                // The monitor has ended; a new package brings a new one, and that is another news.
                std::future::pending::<()>().await;
            }
            receiver.mark_changed();
        }
        None => std::future::pending().await,
    }
}

/// The events of one operation, the last one included.
#[derive(Debug)]
pub struct OperationEvents {
    journal: Arc<Journal>,
    changes: watch::Receiver<u64>,
    seen: u64,
    queue: VecDeque<OperationEvent>,
    ended: bool,
}

impl OperationEvents {
    pub(crate) fn new(journal: Arc<Journal>) -> Self {
        let mut changes = journal.changes();
        changes.mark_changed();
        Self {
            journal,
            changes,
            seen: 0,
            queue: VecDeque::new(),
            ended: false,
        }
    }

    /// Returns the next event; none after `Finished`.
    pub async fn next(&mut self) -> Option<OperationEvent> {
        while self.queue.is_empty() && !self.ended {
            self.changes.changed().await.ok()?;
            let (events, newest) = self.journal.events_since(self.seen);
            self.seen = newest;
            self.queue.extend(events);
        }
        let event = self.queue.pop_front();
        self.ended |= matches!(event, Some(OperationEvent::Finished(_)));
        event
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Environment;
    use crate::api::settings::Settings;

    #[tokio::test]
    async fn a_change_that_is_the_last_for_a_while_is_told_all_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let environment = Environment {
            state: folder.path().to_str().unwrap().into(),
            ..Environment::default()
        };
        let manager = ServiceManager::new(environment, Some("unix:///nobody"));
        let mut events = manager.subscribe();
        events.next().await;
        let change = async {
            tokio::time::sleep(Duration::from_millis(20)).await;
            manager.save_settings(Settings::default()).unwrap();
        };
        let next = tokio::time::timeout(Duration::from_secs(5), events.next());
        let (event, ()) = tokio::join!(next, change);
        assert!(matches!(event, Ok(AppEvent::State { .. })), "{event:?}");
    }
}
