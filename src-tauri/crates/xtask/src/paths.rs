//! Where things are. Derived from the crate's own place, so that `CARGO_TARGET_DIR` and the current
//! directory may be anything.

use std::path::{Path, PathBuf};

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
