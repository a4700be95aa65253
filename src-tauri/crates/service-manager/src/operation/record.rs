//! What is being done right now, on disk: the only thing left to read after a power cut.

use super::lock::running_operation;
use crate::api::operation::{Interrupted, OperationKind, StepId};
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The record of a running operation; removed when it ends by itself.
#[derive(Debug)]
pub(super) struct Record {
    path: Utf8PathBuf,
    entry: Entry,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    operation_id: String,
    kind: OperationKind,
    step: Option<StepId>,
    started_at: Timestamp,
}

impl Record {
    /// Writes that an operation began.
    pub(super) fn begin(
        state: &Utf8Path,
        project: &str,
        id: &str,
        kind: OperationKind,
        now: Timestamp,
    ) -> Self {
        let entry = Entry {
            operation_id: id.to_owned(),
            kind,
            step: None,
            started_at: now,
        };
        let record = Self {
            path: path(state, project),
            entry,
        };
        record.write();
        record
    }

    /// Writes which step it is at.
    pub(super) fn reached(&mut self, step: StepId) {
        self.entry.step = Some(step);
        self.write();
    }

    /// A record that cannot be written must not stop a deployment; it is only missed after a power cut.
    fn write(&self) {
        if let Err(error) = write_atomically(
            &self.path,
            &serde_json::to_vec(&self.entry).unwrap_or_default(),
        ) {
            tracing::warn!(%error, "the operation record could not be written");
        }
    }
}

/// Returns what an earlier run left unfinished, unless somebody is still at it.
pub(crate) fn interrupted(state: &Utf8Path, project: &str) -> Option<Interrupted> {
    let read = || fs::read(path(state, project)).ok();
    let entry: Entry = serde_json::from_slice(&read()?).ok()?;
    // Read again: an operation that ended in between took its record with it before it let go.
    let is_left = running_operation(state, project).is_none() && read().is_some();
    is_left.then_some(Interrupted {
        operation_id: entry.operation_id,
        kind: entry.kind,
        step: entry.step,
        started_at: entry.started_at,
    })
}

/// Forgets the record: the operation ended, or the person has read that it was interrupted.
pub(crate) fn forget(state: &Utf8Path, project: &str) {
    let _ = fs::remove_file(path(state, project));
}

fn path(state: &Utf8Path, project: &str) -> Utf8PathBuf {
    state.join("operations").join(format!("{project}.json"))
}

/// Writes a file of Quayside's own so that a reader sees the old or the new content and never half of one. Nobody but its
/// owner may read it: what was in a changed `.env` is in there.
pub(crate) fn write_atomically(path: &Utf8Path, content: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    fs::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&temporary)?;
    std::io::Write::write_all(&mut file, content)?;
    file.sync_all()?;
    fs::rename(&temporary, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::lock::ProjectLock;

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_what_is_written() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8Path::from_path(folder.path()).unwrap().join("a.json");
        write_atomically(&path, b"{}").unwrap();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{mode:o}");
    }

    #[test]
    fn what_was_cut_off_is_told_once_nobody_is_at_it_any_more() {
        let folder = tempfile::tempdir().unwrap();
        let state = Utf8Path::from_path(folder.path()).unwrap();
        let lock = ProjectLock::take(state, "demo", OperationKind::Deploy).unwrap();
        let mut record = Record::begin(
            state,
            "demo",
            "op-1",
            OperationKind::Deploy,
            Timestamp::UNIX_EPOCH,
        );
        record.reached(StepId::Images);
        assert_eq!(interrupted(state, "demo"), None, "it still runs");
        drop(lock); // as the operating system does for a killed process
        let found = interrupted(state, "demo").unwrap();
        assert_eq!(
            (found.kind, found.step),
            (OperationKind::Deploy, Some(StepId::Images))
        );
        forget(state, "demo");
        assert_eq!(interrupted(state, "demo"), None);
    }
}
