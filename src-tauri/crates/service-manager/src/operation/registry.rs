//! Operations of this process: start, cancel, replay.

use super::context::OperationContext;
use super::history;
use super::journal::Journal;
use super::lock::ProjectLock;
use super::record::{Record, forget};
use crate::api::operation::{Finished, OperationEvent, OperationKind, OperationView};
use crate::error::Error;
use camino::Utf8PathBuf;
use jiff::Timestamp;
use std::sync::{Arc, Mutex};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How many finished operations are kept for a page that is loaded anew.
const KEPT: usize = 4;

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub project: String,
    pub kind: OperationKind,
    pub services: Vec<String>,
}

/// All operations this process has started.
#[derive(Debug)]
pub(crate) struct Registry {
    state: Utf8PathBuf,
    entries: Mutex<Vec<Entry>>,
    tasks: TaskTracker,
    changes: watch::Sender<u64>,
}

#[derive(Clone, Debug)]
struct Entry {
    id: String,
    kind: OperationKind,
    services: Vec<String>,
    started_at: Timestamp,
    journal: Arc<Journal>,
    cancel: CancellationToken,
}

impl Registry {
    /// Makes a registry that keeps its locks and records below `state`.
    pub(crate) fn new(state: Utf8PathBuf) -> Self {
        Self {
            state,
            entries: Mutex::default(),
            tasks: TaskTracker::new(),
            changes: watch::Sender::new(0),
        }
    }

    /// Starts an operation, unless another one changes the same project. Returns at once.
    pub(crate) fn start<F>(
        &self,
        request: &Request,
        parent: &CancellationToken,
        run: impl FnOnce(OperationContext) -> F,
    ) -> Result<String, Error>
    where
        F: Future<Output = Finished> + Send + 'static,
    {
        let lock = ProjectLock::take(&self.state, &request.project, request.kind)?;
        let started_at = Timestamp::now();
        let id = format!(
            "{}-{}-{}",
            request.kind,
            started_at.as_millisecond(),
            std::process::id()
        );
        let record = Record::begin(&self.state, &request.project, &id, request.kind, started_at);
        let journal = Arc::new(Journal::new(self.changes.clone()));
        let cancel = parent.child_token();
        let context =
            OperationContext::new(id.clone(), cancel.clone(), Arc::clone(&journal), record);
        self.remember(Entry {
            id: id.clone(),
            kind: request.kind,
            services: request.services.clone(),
            started_at,
            journal: Arc::clone(&journal),
            cancel,
        });
        let (state, project) = (self.state.clone(), request.project.clone());
        let view = OperationView {
            operation_id: id.clone(),
            kind: request.kind,
            services: request.services.clone(),
            started_at,
            events: Vec::new(),
        };
        let work = run(context);
        self.tasks.spawn(async move {
            let finished = work.await;
            forget(&state, &project);
            drop(lock);
            let (mut events, _) = journal.events_since(0);
            events.push(OperationEvent::Finished(Box::new(finished.clone())));
            history::keep(&state, &project, &OperationView { events, ..view });
            journal.write(OperationEvent::Finished(Box::new(finished)));
        });
        Ok(id)
    }

    /// Asks an operation to stop; its last event is the answer.
    pub(crate) fn cancel(&self, id: &str) -> bool {
        let entry = self.lock().iter().find(|entry| entry.id == id).cloned();
        entry.inspect(|entry| entry.cancel.cancel()).is_some()
    }

    /// Returns what runs in this process at the moment.
    pub(crate) fn running(&self) -> Option<OperationKind> {
        let entries = self.lock();
        let mut running = entries.iter().filter(|entry| !entry.journal.is_finished());
        running.next().map(|entry| entry.kind)
    }

    /// Returns the journal of an operation.
    pub(crate) fn journal(&self, id: &str) -> Option<(OperationKind, Arc<Journal>)> {
        self.lock()
            .iter()
            .find(|entry| entry.id == id)
            .map(|entry| (entry.kind, Arc::clone(&entry.journal)))
    }

    /// Returns every operation with its events, oldest first, and the number of the newest event of each.
    pub(crate) fn views(&self) -> Vec<(OperationView, u64)> {
        self.lock()
            .iter()
            .map(|entry| {
                let (events, newest) = entry.journal.events_since(0);
                let view = OperationView {
                    operation_id: entry.id.clone(),
                    kind: entry.kind,
                    services: entry.services.clone(),
                    started_at: entry.started_at,
                    events,
                };
                (view, newest)
            })
            .collect()
    }

    /// Returns a receiver that changes when an operation is started or anything happens in one.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Waits until nothing runs any more.
    pub(crate) async fn idle(&self) {
        self.tasks.close();
        self.tasks.wait().await;
        self.tasks.reopen();
    }

    fn remember(&self, entry: Entry) {
        let mut entries = self.lock();
        entries.push(entry);
        let finished = entries
            .iter()
            .filter(|entry| entry.journal.is_finished())
            .count();
        if finished > KEPT
            && let Some(oldest) = entries.iter().position(|entry| entry.journal.is_finished())
        {
            entries.remove(oldest);
        }
        drop(entries);
        self.changes.send_modify(|count| *count += 1);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Entry>> {
        self.entries
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
