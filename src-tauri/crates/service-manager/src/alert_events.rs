//! Alerts as they come, for whoever can show them: a desktop notification, later something else.

use crate::api::status::StatusSnapshot;
use crate::health::{AfterReboot, Alert, Alerts};
use crate::manager::ServiceManager;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// While something lasts, it is looked at this often whether it has lasted long enough.
const PACE: Duration = Duration::from_secs(1);

/// The alerts of the open package, whichever that is. One stream is one value.
#[derive(Debug)]
pub struct AlertEvents {
    manager: ServiceManager,
    generation: watch::Receiver<u64>,
    status: Option<watch::Receiver<Arc<StatusSnapshot>>>,
    project: Option<String>,
    alerts: Alerts,
    /// The computer was restarted, and nobody has said yet whether everything came back.
    after_reboot: Option<AfterReboot>,
    begun: Instant,
    queue: Vec<Alert>,
}

impl AlertEvents {
    pub(crate) fn new(manager: ServiceManager) -> Self {
        let mut generation = manager.generation();
        generation.mark_changed();
        Self {
            generation,
            manager,
            status: None,
            project: None,
            alerts: Alerts::default(),
            after_reboot: None,
            begun: Instant::now(),
            queue: Vec::new(),
        }
    }

    /// Returns the next alert, when there is one.
    pub async fn next(&mut self) -> Alert {
        loop {
            if !self.queue.is_empty() {
                return self.queue.remove(0);
            }
            if self.generation.has_changed().unwrap_or(false) {
                self.generation.mark_unchanged();
                self.follow();
            }
            self.hear();
            if !self.queue.is_empty() {
                continue;
            }
            let waiting = self.alerts.is_waiting() || self.after_reboot.is_some();
            tokio::select! {
                _ = self.generation.changed() => self.generation.mark_changed(),
                () = changed(self.status.as_mut()) => {}
                () = tokio::time::sleep(PACE), if waiting => {}
            }
        }
    }

    /// Another package: what was known of the one before means nothing. The same one read anew goes on.
    fn follow(&mut self) {
        let session = self.manager.session().ok();
        let project = session.as_ref().map(|it| it.package.project.name.clone());
        if project != self.project {
            self.alerts = Alerts::default();
            self.project = project;
            self.after_reboot = self
                .manager
                .is_first_look_after_reboot()
                .then(|| AfterReboot::begin(self.begun.elapsed()));
        }
        self.status = session.map(|session| session.monitor.snapshots());
    }

    fn hear(&mut self) {
        let Some(status) = &mut self.status else {
            return;
        };
        let snapshot = Arc::clone(&status.borrow_and_update());
        let busy = self.manager.is_busy();
        let now = self.begun.elapsed();
        self.queue = self.alerts.hear(&snapshot, busy, now);
        // What somebody does to it right now is no answer.
        let waiting = self.after_reboot.as_ref().filter(|_| !busy);
        if let Some(answer) = waiting.and_then(|waiting| waiting.hear(&snapshot, now)) {
            self.after_reboot = None;
            self.queue.push(answer);
        }
        // Until the answer is told, a look after another restart has to find what was before.
        if self.after_reboot.is_none() {
            self.manager.keep_seen();
        }
    }
}

async fn changed(receiver: Option<&mut watch::Receiver<Arc<StatusSnapshot>>>) {
    let ended = match receiver {
        Some(receiver) => receiver.changed().await.is_err(),
        None => true,
    };
    if ended {
        std::future::pending::<()>().await;
    }
}
