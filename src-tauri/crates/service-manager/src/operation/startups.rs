//! How long each service took to come up the last time on this computer.

use super::record::write_atomically;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use std::collections::BTreeMap;

/// The start-up times of one project.
#[derive(Clone, Debug)]
pub(crate) struct StartupRecords {
    path: Utf8PathBuf,
}

impl StartupRecords {
    /// Returns the records of a project.
    pub(crate) fn of(state: &Utf8Path, project: &str) -> Self {
        Self {
            path: state.join("startups").join(format!("{project}.json")),
        }
    }

    /// Reads all of them, in seconds by service; none the first time or when the file is not ours.
    pub(crate) fn read(&self) -> BTreeMap<String, f64> {
        let bytes = fs::read(&self.path).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// Remembers the newest ones.
    pub(crate) fn remember(&self, learned: &[(String, f64)]) {
        let mut records = self.read();
        records.extend(learned.iter().cloned());
        let json = serde_json::to_vec(&records).unwrap_or_default();
        // Without it the next start says one thing less.
        if let Err(error) = write_atomically(&self.path, &json) {
            tracing::warn!(%error, "how long services took to start could not be kept");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_time_of_each_service_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let state = Utf8Path::from_path(folder.path()).unwrap();
        let records = StartupRecords::of(state, "shop");
        assert!(records.read().is_empty());
        records.remember(&[("db".into(), 40.0), ("web".into(), 3.0)]);
        records.remember(&[("db".into(), 130.0)]);
        let expected = BTreeMap::from([("db".into(), 130.0), ("web".into(), 3.0)]);
        assert_eq!(records.read(), expected);
        assert!(StartupRecords::of(state, "other").read().is_empty());
        fs::write(state.join("startups/shop.json"), "{half").unwrap();
        assert!(records.read().is_empty());
    }
}
