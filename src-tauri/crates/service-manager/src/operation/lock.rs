//! One mutating operation per project, also between the window and the command line.
//!
//! The lock is the operating system's own on a file of ours: it goes with the process, whatever ends it. Beside it
//! stands who holds it, for the other one's message.

use crate::api::operation::OperationKind;
use crate::error::Error;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err::{self as fs};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long a mere look at a lock can hold it, and how many of them are sat out.
const A_LOOK: Duration = Duration::from_millis(5);
const LOOKS: u32 = 20;

/// A held lock; let go when dropped.
#[derive(Debug)]
pub(crate) struct ProjectLock {
    file: fs::File,
    owner: Utf8PathBuf,
}

/// Who holds a lock.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Owner {
    kind: OperationKind,
    pid: u32,
}

impl ProjectLock {
    /// Takes the lock of a project, or says who has it.
    pub(crate) fn take(
        state: &Utf8Path,
        project: &str,
        kind: OperationKind,
    ) -> Result<Self, Error> {
        let (path, owner) = paths(state, project);
        let file_error = |error: std::io::Error| Error::file(path.as_str(), &error);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(file_error)?;
        }
        let file = fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(file_error)?;
        match patiently(&file) {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => {
                let held = read_owner(&owner);
                return Err(Error::OperationInProgress {
                    kind: held.as_ref().map_or(kind, |held| held.kind),
                    owner: held.map_or_else(|| "?".to_owned(), |held| held.pid.to_string()),
                });
            }
            Err(std::fs::TryLockError::Error(error)) => return Err(file_error(error)),
        }
        let _ = fs::write(
            &owner,
            serde_json::to_vec(&Owner {
                kind,
                pid: std::process::id(),
            })
            .unwrap_or_default(),
        );
        Ok(Self { file, owner })
    }
}

/// Takes the lock, also from somebody who only looked whether it is free, which is over in a moment.
fn patiently(file: &fs::File) -> Result<(), std::fs::TryLockError> {
    for _ in 0..LOOKS {
        match file.file().try_lock() {
            Err(std::fs::TryLockError::WouldBlock) => std::thread::sleep(A_LOOK),
            answer => return answer,
        }
    }
    file.file().try_lock()
}

impl Drop for ProjectLock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.owner);
        let_go(&self.file);
    }
}

/// Closing would not be enough: a child that is just being started has the file, too, until its program runs.
fn let_go(file: &fs::File) {
    let _ = file.file().unlock();
}

/// Returns which operation changes the project now, in whatever process.
pub(crate) fn running_operation(state: &Utf8Path, project: &str) -> Option<OperationKind> {
    let (path, owner) = paths(state, project);
    let file = fs::OpenOptions::new().write(true).open(path).ok()?;
    if let Err(std::fs::TryLockError::WouldBlock) = file.file().try_lock_shared() {
        return read_owner(&owner).map(|held| held.kind);
    }
    let_go(&file);
    None
}

fn read_owner(path: &Utf8Path) -> Option<Owner> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

fn paths(state: &Utf8Path, project: &str) -> (Utf8PathBuf, Utf8PathBuf) {
    let folder = state.join("locks");
    (
        folder.join(format!("{project}.lock")),
        folder.join(format!("{project}.owner.json")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_operation_hears_who_has_the_project() {
        let folder = tempfile::tempdir().unwrap();
        let state = Utf8Path::from_path(folder.path()).unwrap();
        let lock = ProjectLock::take(state, "demo", OperationKind::Deploy).unwrap();
        assert_eq!(
            running_operation(state, "demo"),
            Some(OperationKind::Deploy)
        );
        let refused = ProjectLock::take(state, "demo", OperationKind::Stop).unwrap_err();
        assert_eq!(refused.code(), "operation-in-progress");
        assert!(
            ProjectLock::take(state, "other", OperationKind::Stop).is_ok(),
            "another project is free"
        );
        drop(lock);
        assert_eq!(running_operation(state, "demo"), None);
        assert!(ProjectLock::take(state, "demo", OperationKind::Stop).is_ok());
    }
}
