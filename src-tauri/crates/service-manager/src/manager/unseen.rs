//! What goes on while nobody looks at the window, and what is asked of it from outside.

use super::ServiceManager;
use crate::alert_events::AlertEvents;
use crate::api::app::Ask;
use crate::api::status::Verdict;
use crate::operation::running_operation;
use tokio::sync::broadcast;

impl ServiceManager {
    /// Returns what is worth telling somebody who is not looking, from now on.
    pub fn alerts(&self) -> AlertEvents {
        AlertEvents::new(self.clone())
    }

    /// Whether somebody (this process or another one) is changing the open project right now.
    pub fn is_busy(&self) -> bool {
        let state = &self.inner.environment.state;
        self.session()
            .is_ok_and(|session| running_operation(state, &session.package.project.name).is_some())
    }

    /// Asks the page for something that a person has to agree to there.
    pub fn ask(&self, what: Ask) {
        // Without a page there is nobody to ask.
        let _ = self.inner.asks.send(what);
    }

    /// Whether there is a system to watch: a package is open, and something of it is there.
    pub fn is_watching(&self) -> bool {
        self.session()
            .is_ok_and(|session| session.monitor.current().verdict != Verdict::NotDeployed)
    }

    pub(crate) fn asks(&self) -> broadcast::Receiver<Ask> {
        self.inner.asks.subscribe()
    }
}
