//! The files the audit reads, as they were written: before variables are replaced and files are merged.

use crate::package::yaml;
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

/// The files of a package.
#[derive(Debug, Default)]
pub(in crate::package) struct Sources {
    /// In merge order, those that are included or extended too.
    pub(super) compose: Vec<Source>,
    /// `.env` and the files that secrets are read from.
    pub(super) plain: Vec<Plain>,
}

/// A compose file.
#[derive(Debug)]
pub(super) struct Source {
    /// As it is shown: below the package's folder where it is there.
    pub(super) file: String,
    pub(super) text: String,
    pub(super) model: Value,
}

/// A file that holds values.
#[derive(Debug)]
pub(super) struct Plain {
    pub(super) file: String,
    pub(super) text: String,
    /// Everybody on this computer may read it.
    pub(super) open: bool,
    /// It is named under `secrets:` and is one as a whole.
    pub(super) is_secret: bool,
}

/// Reads them; what cannot be read is left out.
pub(in crate::package) fn read(
    root: &Utf8Path,
    directory: &Utf8Path,
    files: &[Utf8PathBuf],
) -> Sources {
    let shown = |path: &Utf8Path| path.strip_prefix(root).unwrap_or(path).to_string();
    let source = |path: &Utf8PathBuf| {
        let content = yaml::read(path).ok()?;
        Some(Source {
            file: shown(path),
            text: yaml::decode(&content)?,
            model: yaml::parse(&content).ok()?.into_iter().next()?,
        })
    };
    let compose: Vec<Source> = files.iter().filter_map(source).collect();
    let secrets = compose
        .iter()
        .filter_map(|source| source.model.get("secrets")?.as_object())
        .flat_map(serde_json::Map::values)
        .filter_map(|secret| secret.get("file")?.as_str())
        .map(|file| (directory.join(file), true));
    let plain = std::iter::once((directory.join(".env"), false)).chain(secrets);
    let plain = plain.filter_map(|(path, is_secret)| {
        let content = yaml::read(&path).ok()?;
        Some(Plain {
            file: shown(&path),
            text: yaml::decode(&content).unwrap_or_default(),
            open: is_open(&path),
            is_secret,
        })
    });
    let plain = plain.collect();
    Sources { compose, plain }
}

#[cfg(unix)]
fn is_open(path: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    fs_err::metadata(path).is_ok_and(|meta| meta.mode() & 0o004 != 0)
}

#[cfg(not(unix))]
fn is_open(_path: &Utf8Path) -> bool {
    false
}

impl Sources {
    /// Returns where a key below `path` was written last, or else where `path` was.
    pub(super) fn place(&self, path: &str, key: &str) -> (Option<String>, Option<u32>) {
        let whole = format!("{path}.{key}");
        let last = |path: &str| {
            self.compose.iter().rev().find_map(|source| {
                let line = yaml::line_of_whole(&source.text, path)?;
                Some((Some(source.file.clone()), Some(line)))
            })
        };
        let nearest = Some(&*whole).filter(|_| !key.is_empty()).and_then(last);
        let first = || self.compose.first().map(|source| source.file.clone());
        nearest
            .or_else(|| last(path))
            .unwrap_or_else(|| (first(), None))
    }
}
