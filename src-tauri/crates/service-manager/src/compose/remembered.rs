//! The version of the old generation, kept for the next command: it is a Python program, and half a second goes by until
//! it has said which it is.
//!
//! Only of that one. What `docker compose` is depends on more files than `docker` itself, a wrapper called
//! `docker-compose` may start something newer tomorrow, and both answer quickly. The old one is at its end (1.29.2).

use super::version::{Generation, Version};
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use serde::{Deserialize, Serialize};
use std::time::UNIX_EPOCH;

/// Where it is kept, in Quayside's own folder.
const FILE: &str = "compose-v1.json";

#[derive(Serialize, Deserialize)]
struct Entry {
    program: Program,
    version: String,
}

/// A program is the same while all of this is.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Program {
    /// Without links: another version is often another file behind the same one.
    path: Utf8PathBuf,
    bytes: u64,
    /// Nanoseconds since 1970.
    modified: u128,
}

impl Program {
    fn look(path: &str) -> Option<Self> {
        let path = Utf8Path::new(path).canonicalize_utf8().ok()?;
        let meta = fs::metadata(&path).ok()?;
        let modified = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self {
            path,
            bytes: meta.len(),
            modified: modified.as_nanos(),
        })
    }
}

/// Returns the version that a program gave when it was the same file.
pub(super) fn recall(state: &Utf8Path, program: &str) -> Option<Version> {
    let entry: Entry = serde_json::from_slice(&fs::read(state.join(FILE)).ok()?).ok()?;
    let is_same = Program::look(program).as_ref() == Some(&entry.program);
    let version = Version::parse(&entry.version).filter(|_| is_same)?;
    is_old(&version).then_some(version)
}

/// Keeps what a program answered. Half a file is none to whoever reads it; one that cannot be written costs time only.
pub(super) fn keep(state: &Utf8Path, program: &str, version: &Version) {
    let program = Program::look(program).filter(|_| is_old(version));
    let Some(program) = program else {
        return;
    };
    let entry = Entry {
        program,
        version: version.to_string(),
    };
    let json = serde_json::to_vec(&entry).unwrap_or_default();
    let kept = fs::create_dir_all(state).and_then(|()| fs::write(state.join(FILE), json));
    if let Err(error) = kept {
        tracing::warn!(%error, "the version of Compose could not be kept");
    }
}

/// Forgets it: a program that fails may have lost what it needs, and asking it is how that is found out.
pub(super) fn forget(state: &Utf8Path) {
    let _ = fs::remove_file(state.join(FILE));
}

fn is_old(version: &Version) -> bool {
    version.generation() == Generation::V1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_file_of_the_old_generation_is_known_again() {
        let folder = tempfile::tempdir().unwrap();
        let state = Utf8Path::from_path(folder.path()).unwrap();
        let (program, other) = (state.join("docker-compose"), state.join("other"));
        for path in [&program, &other] {
            fs::write(path, "one").unwrap();
        }
        let recalled = || recall(state, program.as_str()).map(|it| it.to_string());
        let old = Version::parse("1.29.2").unwrap();
        assert_eq!(recalled(), None);
        keep(state, program.as_str(), &Version::parse("2.26.1").unwrap());
        assert_eq!(recalled(), None, "a new one is asked each time");
        keep(state, program.as_str(), &old);
        assert_eq!(recalled().as_deref(), Some("1.29.2"));
        assert_eq!(recall(state, other.as_str()), None);
        fs::write(&program, "another").unwrap();
        assert_eq!(recalled(), None, "another file");
        keep(state, program.as_str(), &old);
        fs::write(state.join(FILE), "{").unwrap();
        assert_eq!(recalled(), None, "half a file");
        keep(state, program.as_str(), &old);
        forget(state);
        assert_eq!(recalled(), None, "forgotten");
    }
}
