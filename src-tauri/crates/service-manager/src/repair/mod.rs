//! Putting things right: exact changes that are shown before they are made, and taken back when asked.
//!
//! - [`Proposal`]: what a check offers; made of [`Change`]s by pure code that has looked.
//! - [`carry_out`] makes the changes one by one, each written into the [`undo`] record before it is made, so that a power
//!   cut leaves nothing that cannot be taken back; [`take_back`] goes through a record in reverse.
//!
//! A change knows what it found. When that is not there any more, nothing is done and it is said: somebody else was
//! faster.

pub(crate) mod admin;
mod change;
mod files;
pub(crate) mod label;
mod owner;
pub(crate) mod packages;
pub(crate) mod program;
mod secrets;
pub(crate) mod undo;

pub(crate) use change::{Change, Hands, mode as mode_text};
pub(crate) use files::{may_replace, missing_folders, mode, owner};
pub(crate) use owner::{MOST, Owned, Through, is_gone, may_chown};
pub(crate) use secrets::hides;

use crate::api::check::{Fix, FixChange, Risk};
use crate::error::Error;
use crate::text::Text;
use undo::Record;

/// Something Quayside can do about a finding. The id is unique per finding and the same at every look, so that what was
/// shown can be asked for: `script.crlf:config/entry.sh`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Proposal {
    pub id: String,
    pub risk: Risk,
    /// What it does, as one sentence.
    pub effect: Text,
    /// In the order in which they are made.
    pub changes: Vec<Change>,
}

impl Proposal {
    /// Looks at what could not be seen when it was offered, before anything is written down or changed.
    pub(crate) async fn completed(mut self, hands: &Hands) -> Result<Self, Error> {
        let mut changes = Vec::new();
        for change in self.changes {
            changes.push(change.completed(hands).await?);
        }
        self.changes = changes;
        Ok(self)
    }

    /// Returns it as the contract shows it.
    pub(crate) fn view(&self) -> Fix {
        let changes: Vec<FixChange> = self.changes.iter().flat_map(Change::view).collect();
        Fix {
            id: self.id.clone(),
            risk: self.risk,
            effect: self.effect.clone(),
            changes,
            undoable: self.is_undoable(),
        }
    }

    /// Returns whether all of it can be taken back.
    pub(crate) fn is_undoable(&self) -> bool {
        self.changes.iter().all(Change::is_undoable)
    }
}

/// Makes changes in order and adds them to a record. Stops at the first that fails; those before it stay, and can be
/// taken back.
pub(crate) async fn carry_out(
    record: &mut Record,
    changes: &[Change],
    hands: &Hands,
) -> Result<(), Error> {
    for change in changes {
        record.begin(change)?;
        change.make(hands).await?;
    }
    Ok(())
}

/// Takes a record back, the last change first. What is not there any more as it was left stays as it is; what only could
/// not be done now (no engine, no right to) stays in the record for another try. Returns why, for both.
pub(crate) async fn take_back(record: &mut Record, hands: &Hands) -> Result<Vec<Error>, Error> {
    let (mut left, mut why) = (Vec::new(), Vec::new());
    for change in record.changes().iter().rev() {
        if let Err(error) = change.take_back(hands).await {
            if !matches!(error, Error::ChangedMeanwhile { .. }) {
                left.push(change.clone());
            }
            why.push(error);
        }
    }
    left.reverse();
    record.keep(left)?;
    Ok(why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Endpoint;
    use camino::Utf8Path;

    #[tokio::test]
    async fn what_cannot_be_taken_back_now_is_kept_for_another_try() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        let environment = crate::Environment::default();
        let hands = Hands {
            endpoint: Endpoint::resolve(Some("unix:///nobody/here"), None, &environment),
        };
        let made = root.join("a/b");
        let network = Change::MakeNetwork {
            name: "company".into(),
        };
        let changes = files::missing_folders(&made)
            .into_iter()
            .map(|path| Change::MakeDirectory { path, owner: None });
        let mut record = Record::new(root, "demo", "deploy", &Text::verbatim("folders"));
        let changes: Vec<Change> = changes.collect();
        carry_out(&mut record, &changes, &hands).await.unwrap();
        assert!(
            carry_out(&mut record, std::slice::from_ref(&network), &hands)
                .await
                .is_err(),
            "no engine"
        );
        assert!(made.exists());

        let mut record = Record::last(root, "demo").expect("written before it was made");
        let why = take_back(&mut record, &hands).await.unwrap();
        assert_eq!(why.len(), 1, "{why:?}");
        assert!(!root.join("a").exists(), "the folders are gone");
        let left = Record::last(root, "demo").expect("kept");
        assert_eq!(left.changes(), [network]);
    }

    #[tokio::test]
    async fn what_somebody_changed_since_stays_and_is_not_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        let hands = Hands {
            endpoint: Endpoint::resolve(None, None, &crate::Environment::default()),
        };
        let path = root.join(".env");
        std::fs::write(&path, "A=1\n").unwrap();
        let change = Change::Write {
            path: path.clone(),
            before: Some(b"A=1\n".to_vec()),
            after: b"A=2\n".to_vec(),
        };
        let mut record = Record::new(root, "demo", "fix", &Text::verbatim("a line"));
        carry_out(&mut record, &[change], &hands).await.unwrap();
        std::fs::write(&path, "A=3\n").unwrap();
        let why = take_back(&mut record, &hands).await.unwrap();
        assert!(
            matches!(why[..], [Error::ChangedMeanwhile { .. }]),
            "{why:?}"
        );
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "A=3\n");
        assert!(Record::last(root, "demo").is_none());
    }

    #[tokio::test]
    async fn a_record_follows_the_name_its_change_has_given() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        let environment = crate::Environment::default();
        let hands = Hands {
            endpoint: Endpoint::resolve(Some("unix:///nobody/here"), None, &environment),
        };
        let write = |id: &'static str, name: &str, before: Option<&str>, after: &str| {
            let record = Record::new(root, name, id, &Text::verbatim("a line"));
            let change = Change::Write {
                path: root.join(".env"),
                before: before.map(Into::into),
                after: after.into(),
            };
            (record, change)
        };
        let (mut record, change) = write("older", "demo", None, "A=1\n");
        carry_out(&mut record, &[change], &hands).await.unwrap();
        std::thread::sleep(std::time::Duration::from_millis(2));
        let (mut record, change) = write("name", "demo", Some("A=1\n"), "A=2\n");
        carry_out(&mut record, &[change], &hands).await.unwrap();
        Record::follow(root, "demo", "shop").unwrap();
        Record::follow(root, "shop", "shop").unwrap();
        let older = Record::last(root, "demo").expect("stays");
        assert_eq!(older.id(), "older");
        let mut newest = Record::last(root, "shop").expect("has followed");
        assert_eq!(newest.id(), "name");
        take_back(&mut newest, &hands).await.unwrap();
        let text = fs_err::read_to_string(root.join(".env")).unwrap();
        assert_eq!(text, "A=1\n");
        assert!(Record::last(root, "shop").is_none());
    }
}
