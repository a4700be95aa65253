//! SHA-256, as images, vendored files and caches name things.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::run;

/// The SHA-256 of some bytes, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// The SHA-256 of a large file. By a program, since xtask itself is never compiled for speed.
pub(crate) fn of_file(file: &Path) -> Result<String> {
    let line = run::quiet(run::command("sha256sum").arg("--binary").arg(file))?;
    // A name with odd characters would put a backslash in front.
    let digest = line.trim_start_matches('\\').split(' ').next();
    digest.map(str::to_owned).context("sha256sum said nothing")
}
