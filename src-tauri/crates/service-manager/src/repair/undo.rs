//! What was changed, on disk, so that it can be taken back: also after a power cut in the middle, also by another process.

use super::Change;
use crate::error::Error;
use crate::operation::{OperationContext, write_atomically};
use crate::text::{Language, Text};
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The changes of one fix, or of a deployment's preparations.
#[derive(Debug)]
pub(crate) struct Record {
    path: Utf8PathBuf,
    entry: Entry,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    /// The fix's id, or the operation's word.
    id: String,
    /// What it did, in every language: the catalogues may have other words tomorrow.
    effect: BTreeMap<String, String>,
    at: Timestamp,
    /// In the order in which they were begun; the last may not have been made.
    changes: Vec<Change>,
}

impl Record {
    /// Prepares a record; nothing is written before the first change begins.
    pub(crate) fn new(state: &Utf8Path, project: &str, id: &str, effect: &Text) -> Self {
        let at = OperationContext::now();
        let effect = Language::ALL.map(|it| (it.tag().to_owned(), effect.render(it)));
        Self {
            // Names sort by time; two records of one millisecond do not happen under the project's lock.
            path: folder(state, project).join(format!("{:016}.json", at.as_millisecond())),
            entry: Entry {
                id: id.to_owned(),
                effect: effect.into(),
                at,
                changes: Vec::new(),
            },
        }
    }

    /// Returns the newest record of a project that was not taken back.
    pub(crate) fn last(state: &Utf8Path, project: &str) -> Option<Self> {
        all(state, project).pop()
    }

    /// Lets the newest record of one name go over to another: a change has given the project that name, and under it
    /// somebody will want to take the change back.
    pub(crate) fn follow(state: &Utf8Path, from: &str, to: &str) -> Result<(), Error> {
        let Some(record) = Self::last(state, from).filter(|_| from != to) else {
            return Ok(());
        };
        let name = record.path.file_name().unwrap_or_default();
        let there = Self {
            path: folder(state, to).join(name),
            entry: record.entry,
        };
        there.write()?;
        fs::remove_file(&record.path).map_err(|it| Error::file(record.path.as_str(), &it))
    }

    pub(crate) fn id(&self) -> &str {
        &self.entry.id
    }

    /// Returns what it did, in the language of this process.
    pub(crate) fn effect(&self) -> Text {
        let words = self.entry.effect.get(crate::text::language().tag());
        Text::verbatim(words.cloned().unwrap_or_default())
    }

    pub(crate) const fn at(&self) -> Timestamp {
        self.entry.at
    }

    pub(super) fn changes(&self) -> &[Change] {
        &self.entry.changes
    }

    /// Writes that a change is about to be made. What cannot be written down is not done; what cannot be taken back is
    /// not kept.
    pub(super) fn begin(&mut self, change: &Change) -> Result<(), Error> {
        if change.is_undoable() {
            self.entry.changes.push(change.clone());
            self.write()?;
        }
        Ok(())
    }

    /// Keeps only what is left to take back; a record of nothing goes.
    pub(super) fn keep(&mut self, left: Vec<Change>) -> Result<(), Error> {
        if !left.is_empty() {
            self.entry.changes = left;
            return self.write();
        }
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Error::file(self.path.as_str(), &error))
            }
            _ => Ok(()),
        }
    }

    fn write(&self) -> Result<(), Error> {
        let json = serde_json::to_vec(&self.entry).map_err(|it| Error::Unknown(it.to_string()))?;
        write_atomically(&self.path, &json).map_err(|it| Error::file(self.path.as_str(), &it))
    }
}

/// Returns every record of a project, the oldest first. One that cannot be read is left alone.
pub(crate) fn all(state: &Utf8Path, project: &str) -> Vec<Record> {
    let Ok(entries) = folder(state, project).read_dir_utf8() else {
        return Vec::new();
    };
    let mut records: Vec<Record> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.into_path();
            let json = fs::read(&path)
                .ok()
                .filter(|_| path.extension() == Some("json"))?;
            let entry = serde_json::from_slice(&json).ok()?;
            Some(Record { path, entry })
        })
        .collect();
    records.sort_by(|a, b| a.path.cmp(&b.path));
    records
}

fn folder(state: &Utf8Path, project: &str) -> Utf8PathBuf {
    state.join("undo").join(project)
}
