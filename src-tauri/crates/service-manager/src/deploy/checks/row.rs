//! How a check gets its words: `check-<id>` in the catalogues, one attribute per part.
//!
//! `.pass` `.warn` `.block` `.unknown` (or a named variant such as `.block-build`) is the sentence; `.why`, `.found`,
//! `.required` and `.step-1` ... belong to a check that did not pass. A part that no catalogue has is left out.

use crate::api::check::{Check, CheckState};
use crate::deploy::observe::Blind;
use crate::repair::Proposal;
use crate::text::{self, Param, Params, Text};

/// A check in the making.
pub(super) struct Row {
    id: &'static str,
    state: CheckState,
    variant: &'static str,
    subject: Option<String>,
    params: Params,
    proposals: Vec<Proposal>,
}

/// A check with what can be done about it.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub check: Check,
    pub proposals: Vec<Proposal>,
}

impl Row {
    pub(super) const fn new(id: &'static str, state: CheckState) -> Self {
        let variant = match state {
            CheckState::Pass => "pass",
            CheckState::Warn => "warn",
            CheckState::Block => "block",
            CheckState::Unknown => "unknown",
        };
        Self {
            id,
            state,
            variant,
            subject: None,
            params: Params::new(),
            proposals: Vec::new(),
        }
    }

    /// Another sentence than the state's usual one.
    pub(super) const fn variant(mut self, variant: &'static str) -> Self {
        self.variant = variant;
        self
    }

    /// What it is about.
    pub(super) fn subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<Param>) -> Self {
        self.params = self.params.with(name, value);
        self
    }

    /// Offers to do something about it.
    pub(super) fn offer(mut self, proposals: impl IntoIterator<Item = Proposal>) -> Self {
        self.proposals.extend(proposals);
        self
    }

    /// It could not be looked at: what was to be seen is the check's `.unknown`, and why it was not is the same for all.
    pub(super) fn blind(self, blind: &Blind) -> Judged {
        self.with("reason", blind.text()).judged()
    }

    pub(super) fn judged(self) -> Judged {
        let message = format!("check-{}", self.id.replace('.', "-"));
        let part = |attribute: &str| {
            let key = format!("{message}.{attribute}");
            text::exists(&key).then(|| Text::new(key).with_all(&self.params))
        };
        // A variant may bring its own explanation: `.block-build-why`, `.block-build-step-1`.
        let special = |attribute: &str| {
            part(&format!("{}-{attribute}", self.variant)).or_else(|| part(attribute))
        };
        let explained = self.state != CheckState::Pass;
        let check = Check {
            id: self.id.to_owned(),
            state: self.state,
            subject: self.subject.clone(),
            found: special("found").filter(|_| explained),
            required: special("required").filter(|_| explained),
            message: part(self.variant)
                .unwrap_or_else(|| Text::new(format!("{message}.{}", self.variant))),
            why: special("why").filter(|_| explained),
            steps: (1..=9)
                .map_while(|n| special(&format!("step-{n}")))
                .filter(|_| explained)
                .collect(),
            fixes: self.proposals.iter().map(Proposal::view).collect(),
            params: self.params,
        };
        Judged {
            check,
            proposals: self.proposals,
        }
    }
}
