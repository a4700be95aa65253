//! Where things are brought to, and what is remembered of it.

use crate::error::Error;
use crate::operation::write_atomically;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::time::UNIX_EPOCH;

/// Endings that are no part of a package's name.
const ENDINGS: [&str; 6] = [".tar.gz", ".tar.zst", ".tgz", ".tzst", ".tar", ".zip"];

/// Where a packed package was unpacked to, and what it was then.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Memory {
    from: String,
    bytes: u64,
    /// Nanoseconds since 1970.
    modified: u128,
    to: Utf8PathBuf,
}

fn memory(from: &Utf8Path, to: &Utf8Path) -> std::io::Result<Memory> {
    let meta = fs::metadata(from)?;
    let modified = meta.modified()?.duration_since(UNIX_EPOCH);
    Ok(Memory {
        from: from.to_string(),
        bytes: meta.len(),
        modified: modified.map_or(0, |since| since.as_nanos()),
        to: to.to_owned(),
    })
}

/// Remembers where a packed package is now, so that it is unpacked once.
pub(crate) fn remember(state: &Utf8Path, from: &Utf8Path, to: &Utf8Path) {
    let written = memory(from, to).and_then(|memory| {
        let json = serde_json::to_vec(&memory).unwrap_or_default();
        write_atomically(&kept(state, from), &json)
    });
    if let Err(error) = written {
        tracing::warn!(%error, "where the package was unpacked to could not be kept");
    }
}

/// Returns where this very file was unpacked to, if that is still there.
pub(crate) fn unpacked_before(state: &Utf8Path, from: &Utf8Path) -> Option<Utf8PathBuf> {
    let then: Memory = serde_json::from_slice(&fs::read(kept(state, from)).ok()?).ok()?;
    let now = memory(from, &then.to).ok()?;
    (now == then && then.to.is_dir()).then_some(then.to)
}

fn kept(state: &Utf8Path, from: &Utf8Path) -> Utf8PathBuf {
    state
        .join("unpacked")
        .join(format!("{}.json", short(from.as_str())))
}

fn short(text: &str) -> String {
    use std::fmt::Write as _;
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Returns a folder below the person's own that is free: `~/quayside/NAME`.
pub(crate) fn default_target(home: &Utf8Path, from: &Utf8Path) -> Utf8PathBuf {
    let name = from.file_name().unwrap_or("package");
    let name = ENDINGS
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(name);
    // Neither Compose nor Docker takes a colon in a path.
    let name = name.replace([':', '\n', '\r'], "-");
    let folder = home.join("quayside");
    (1..1000)
        .map(|count| match count {
            1 => folder.join(&name),
            count => folder.join(format!("{name}-{count}")),
        })
        .find(|path| fs::symlink_metadata(path).is_err())
        .unwrap_or_else(|| folder.join(name))
}

/// Nothing is ever written over: the target is not there, or an empty folder.
pub(super) fn must_be_free(to: &Utf8Path) -> Result<(), Error> {
    let free = match fs::read_dir(to) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    };
    if free {
        return Ok(());
    }
    Err(Error::TargetExists {
        path: to.to_string(),
    })
}

/// The folder beside the target in which it is made; the same for the same source, so that a copy can go on.
pub(super) fn staging(from: &Utf8Path, to: &Utf8Path) -> Result<Utf8PathBuf, Error> {
    let name = to.file_name().ok_or_else(|| Error::TargetExists {
        path: to.to_string(),
    })?;
    Ok(to.with_file_name(format!(".{name}.{}.part", short(from.as_str()))))
}

/// Archives often hold one folder that holds everything: then that is the package.
pub(super) fn inner_folder(staging: &Utf8Path) -> Option<Utf8PathBuf> {
    let mut entries = staging.read_dir_utf8().ok()?;
    let only = entries.next()?.ok()?;
    let alone = entries.next().is_none();
    // `docker/` is where the compose file may be, beside nothing else.
    let is_folder = only.file_type().ok()?.is_dir() && only.file_name() != "docker";
    (alone && is_folder).then(|| only.into_path())
}
