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
mod owner;
pub(crate) mod program;
mod secrets;
pub(crate) mod undo;

pub(crate) use change::{Change, Hands, mode as mode_text};
pub(crate) use files::{may_replace, missing_folders, mode, owner};
pub(crate) use owner::{Owned, Through, may_chown};
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
    /// Returns it as the contract shows it.
    pub(crate) fn view(&self) -> Fix {
        let changes: Vec<FixChange> = self.changes.iter().flat_map(Change::view).collect();
        Fix {
            id: self.id.clone(),
            risk: self.risk,
            effect: self.effect.clone(),
            changes,
            undoable: self.changes.iter().all(Change::is_undoable),
        }
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

/// Takes a record back, the last change first. What is not there any more as it was left stays as it is, and is returned.
pub(crate) async fn take_back(record: &mut Record, hands: &Hands) -> Result<Vec<Error>, Error> {
    let mut kept = Vec::new();
    for change in record.changes().iter().rev() {
        if let Err(error) = change.take_back(hands).await {
            kept.push(error);
        }
    }
    record.taken_back()?;
    Ok(kept)
}
