//! How a project was when it was seen last, and in which run of the computer.

use super::record::write_atomically;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use serde::{Deserialize, Serialize};

/// What was seen last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seen {
    /// Another one after every restart of the computer.
    pub boot: String,
    /// It was in use.
    pub in_use: bool,
}

/// The record of one project.
#[derive(Debug)]
pub(crate) struct SeenRecord {
    path: Utf8PathBuf,
}

impl SeenRecord {
    /// Returns the record of a project.
    pub(crate) fn of(state: &Utf8Path, project: &str) -> Self {
        Self {
            path: state.join("seen").join(format!("{project}.json")),
        }
    }

    /// Reads it; none the first time.
    pub(crate) fn read(&self) -> Option<Seen> {
        serde_json::from_slice(&fs::read(&self.path).ok()?).ok()
    }

    /// Writes it, when it says something else than before.
    pub(crate) fn write(&self, seen: &Seen) {
        if self.read().as_ref() == Some(seen) {
            return;
        }
        let json = serde_json::to_vec(seen).unwrap_or_default();
        if let Err(error) = write_atomically(&self.path, &json) {
            tracing::warn!(%error, "how the project was could not be kept");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_is_read_back_and_another_project_was_never_seen() {
        let folder = tempfile::tempdir().unwrap();
        let state = Utf8Path::from_path(folder.path()).unwrap();
        let record = SeenRecord::of(state, "shop");
        assert_eq!(record.read(), None);
        let seen = Seen {
            boot: "a".into(),
            in_use: true,
        };
        record.write(&seen);
        assert_eq!(record.read(), Some(seen));
        assert_eq!(SeenRecord::of(state, "other").read(), None);
    }
}
