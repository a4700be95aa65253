//! How long this computer's engine unpacked after its last byte: all that can be said about engines that say nothing
//! while they unpack (Docker with the containerd store, 26.1).

use crate::operation::write_atomically;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use std::collections::BTreeMap;
use std::time::Duration;

/// What smaller loads take says nothing about large ones.
const WORTH: u64 = 32 << 20;
const GIGABYTE: f64 = 1e9;

/// The times of one kind of store, by the name of its storage driver.
#[derive(Clone, Debug)]
pub(crate) struct History {
    file: Utf8PathBuf,
    driver: String,
}

impl History {
    pub(crate) fn of(state: &Utf8Path, driver: Option<&str>) -> Self {
        Self {
            file: state.join("unpacking.json"),
            driver: driver.unwrap_or("unknown").to_owned(),
        }
    }

    /// Returns how long the engine will be silent at the end of a load of so many bytes; none the first time.
    pub(crate) fn expected(&self, bytes: u64) -> Option<Duration> {
        let per_gigabyte = *self.read().get(&self.driver)?;
        Duration::try_from_secs_f64(per_gigabyte * giga(bytes)).ok()
    }

    /// Remembers how long it was.
    pub(crate) fn remember(&self, bytes: u64, silent: Duration) {
        if bytes < WORTH {
            return;
        }
        let mut times = self.read();
        times.insert(self.driver.clone(), silent.as_secs_f64() / giga(bytes));
        let json = serde_json::to_vec(&times).unwrap_or_default();
        // Without it the next load says one thing less.
        if let Err(error) = write_atomically(&self.file, &json) {
            tracing::warn!(%error, "how long unpacking took could not be kept");
        }
    }

    /// Returns whether images were loaded here before, but only into another kind of store: after an update an engine may
    /// keep images in a new store, and those in the old one are hidden.
    pub(crate) fn is_of_another_store(&self) -> bool {
        let times = self.read();
        !times.is_empty() && !times.contains_key(&self.driver)
    }

    /// Seconds per gigabyte of each storage driver.
    fn read(&self) -> BTreeMap<String, f64> {
        let text = fs::read(&self.file).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }
}

#[allow(clippy::cast_precision_loss, reason = "an estimate")]
fn giga(bytes: u64) -> f64 {
    bytes as f64 / GIGABYTE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_time_is_scaled_to_the_size_and_kept_for_each_store() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Utf8Path::from_path(folder.path()).unwrap();
        let history = History::of(folder, Some("overlayfs"));
        assert_eq!(history.expected(1 << 30), None);
        history.remember(1 << 20, Duration::from_mins(1));
        assert_eq!(history.expected(1 << 30), None, "too small to learn from");
        history.remember(2_000_000_000, Duration::from_secs(20));
        let expected = history.expected(500_000_000).unwrap();
        assert_eq!(expected, Duration::from_secs(5));
        assert_eq!(History::of(folder, Some("overlay2")).expected(9), None);
        assert!(History::of(folder, Some("overlay2")).is_of_another_store());
        assert!(!history.is_of_another_store());
        fs::write(folder.join("unpacking.json"), "{").unwrap();
        assert_eq!(history.expected(1), None);
    }
}
