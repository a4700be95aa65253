//! Whether the computer was restarted since a project was seen last.

use super::ServiceManager;
use crate::health::is_in_use;
use crate::host;
use crate::operation::{Seen, SeenRecord};

impl ServiceManager {
    /// Returns whether the open project was in use when this computer went down, and is seen for the first time since.
    pub(crate) fn is_first_look_after_reboot(&self) -> bool {
        let Some((record, boot)) = self.seen_record() else {
            return false;
        };
        record
            .read()
            .is_some_and(|seen| seen.in_use && seen.boot != boot)
    }

    /// Keeps how the open project is, for the first look after the next restart.
    pub(crate) fn keep_seen(&self) {
        let Ok(session) = self.session() else { return };
        let in_use = is_in_use(session.monitor.current().verdict);
        if let (Some((record, boot)), Some(in_use)) = (self.seen_record(), in_use) {
            record.write(&Seen { boot, in_use });
        }
    }

    fn seen_record(&self) -> Option<(SeenRecord, String)> {
        let session = self.session().ok()?;
        let record = SeenRecord::of(&self.inner.environment.state, &session.package.project.name);
        Some((record, host::boot_id()?))
    }
}
