//! What can be done about a problem: exact changes, and what the operation does around them.

use crate::api::check::{Fix, FixChange};
use crate::repair::Proposal;
use std::time::Duration;

/// A proposal, with its course.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Remedy {
    pub proposal: Proposal,
    pub course: Course,
}

/// What happens around the changes of a proposal. Nothing of it can lose anything, so there is nothing to take back.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Course {
    /// Services that are stopped before anything is changed.
    pub stop: Vec<String>,
    /// Images that are brought from the package, or only given their names.
    pub images: Vec<Bring>,
    /// Services whose containers are made anew, with the volumes they have.
    pub remake: Vec<String>,
    /// Nothing is started: what is on its way is given so much more time.
    pub wait: Option<Duration>,
}

/// An image, and the file of the package that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bring {
    pub image: String,
    pub file: String,
}

impl Course {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl From<Proposal> for Remedy {
    fn from(proposal: Proposal) -> Self {
        Self {
            proposal,
            course: Course::default(),
        }
    }
}

impl Remedy {
    /// Returns it as the contract shows it.
    pub(crate) fn view(&self) -> Fix {
        let mut fix = self.proposal.view();
        let images = self.course.images.iter().map(|bring| FixChange {
            place: "Docker".into(),
            now: None,
            after: Some(format!("{} ({})", bring.image, bring.file)),
        });
        fix.changes.extend(images);
        // What is only started again leaves nothing that could be taken back.
        fix.undoable &= !self.proposal.changes.is_empty();
        fix
    }
}
