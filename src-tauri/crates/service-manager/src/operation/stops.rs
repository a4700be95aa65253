//! Which containers we stopped on purpose: the engine forgets, we do not.

use super::record::write_atomically;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// The stops of one project, by container id.
#[derive(Debug)]
pub(crate) struct StopRecords {
    path: Utf8PathBuf,
}

impl StopRecords {
    /// Returns the records of a project.
    pub(crate) fn of(state: &Utf8Path, project: &str) -> Self {
        Self {
            path: state.join("stops").join(format!("{project}.json")),
        }
    }

    /// Reads all records; none when there are none or the file is not ours.
    pub(crate) fn read(&self) -> BTreeMap<String, Timestamp> {
        fs::read(&self.path)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    /// Adds stops and forgets those of containers that no longer exist.
    pub(crate) fn add(&self, stopped: &[String], existing: &[String], at: Timestamp) {
        let mut records = self.read();
        records.retain(|id, _| existing.contains(id));
        records.extend(stopped.iter().map(|id| (id.clone(), at)));
        if let Err(error) = write_atomically(
            &self.path,
            &serde_json::to_vec(&records).unwrap_or_default(),
        ) {
            tracing::warn!(%error, "the stop records could not be written");
        }
    }
}
