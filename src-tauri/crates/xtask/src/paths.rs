//! Where things are. Derived from the crate's own place, so that `CARGO_TARGET_DIR` and the current
//! directory may be anything.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The workspace's root.
pub(crate) fn root() -> PathBuf {
    let crate_dir = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_dir
        .ancestors()
        .nth(3)
        .unwrap_or(crate_dir)
        .to_path_buf()
}

/// What xtask makes and may be thrown away: downloads, engines, packages.
pub(crate) fn target() -> PathBuf {
    root().join("target")
}

/// A program that cargo built, where this cargo builds to.
pub(crate) fn built(profile: &str, program: &str) -> PathBuf {
    let folder = std::env::var_os("CARGO_TARGET_DIR").map_or_else(target, PathBuf::from);
    folder.join(profile).join(program)
}

/// Waits until no other xtask works in this folder, and keeps it until the file is dropped.
pub(crate) fn lock(folder: &Path) -> Result<fs::File> {
    let place = || folder.display().to_string();
    fs::create_dir_all(folder).with_context(place)?;
    let file = fs::File::create(folder.join("lock")).with_context(place)?;
    file.lock().with_context(place)?;
    Ok(file)
}
