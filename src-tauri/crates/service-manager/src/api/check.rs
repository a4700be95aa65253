//! What is looked at before anything changes: the answer of `check`.

use super::package::AuditEntry;
use super::{wire, words};
use crate::text::{Params, Text};
use jiff::Timestamp;

words! {
    /// What a check found. `Unknown` is never shown as passed.
    pub enum CheckState { Pass = "pass", Warn = "warn", Block = "block", Unknown = "unknown" }

    /// The sum of all checks.
    pub enum CheckVerdict { Ready = "ready", Warnings = "warnings", Blocked = "blocked" }

    /// How much consent a fix needs.
    pub enum Risk { Safe = "safe", Confirm = "confirm", Destructive = "destructive" }

    /// Whether the file was seen to be whole.
    pub enum Integrity { Intact = "intact", Damaged = "damaged", Missing = "missing" }

    /// Where the image of a service would come from.
    pub enum OfflineVerdict {
        /// Docker has it.
        Loaded = "loaded",
        /// The package has it.
        InPackage = "in-package",
        /// What there is, is made for another kind of processor.
        WrongPlatform = "wrong-platform",
        /// `pull_policy` asks the internet for it every time.
        Pulled = "pulled",
        /// It would have to be built.
        Built = "built",
        /// It is named by a digest, which no image from a file has.
        Digest = "digest",
        /// No image: a provider or a model that is fetched.
        Fetched = "fetched",
        /// Nobody has it.
        Missing = "missing",
    }
}

wire! {
    /// The answer of `check`: nothing was changed to get it.
    pub struct CheckReport {
        pub verdict: CheckVerdict,
        /// Blockers first, then warnings, unknowns, passes.
        pub checks: Vec<Check>,
        /// Every service with what it would run from; those of sleeping profiles last.
        pub offline_proof: Vec<OfflineProofRow>,
        /// Advice for the vendor; it is no part of the verdict.
        pub audit: Vec<AuditEntry>,
        /// The values of `.env` that people are asked for, those that are open first.
        pub settings: Vec<SettingsField>,
        /// How long looking took, in seconds.
        pub seconds: f64,
    }

    /// One value of `.env` that a person may fill in.
    pub struct SettingsField {
        /// The variable.
        pub key: String,
        pub title: String,
        pub help: Option<String>,
        /// As it is now, else as the vendor proposes it; a secret is never sent.
        pub value: Option<String>,
        pub secret: bool,
        pub required: bool,
        /// A regular expression that the whole value has to match.
        pub pattern: Option<String>,
        /// It waits for an answer: it is missing, empty, or still the vendor's placeholder.
        pub open: bool,
        /// File and line, `/srv/shop/.env:3`.
        pub place: String,
    }

    /// One check; `id` is that of the failure catalogue (`port.in_use`), which is also its catalogue key.
    pub struct Check {
        pub id: String,
        pub state: CheckState,
        /// What it is about: a service, a path, a port; null when it is about the whole.
        pub subject: Option<String>,
        pub params: Params,
        pub found: Option<Text>,
        pub required: Option<Text>,
        /// The finding in one sentence.
        pub message: Text,
        /// What it means for the person, when it did not pass.
        pub why: Option<Text>,
        /// What to do on this computer, in order.
        pub steps: Vec<Text>,
        pub fixes: Vec<Fix>,
    }

    /// Something Quayside can do about a finding.
    pub struct Fix {
        pub id: String,
        pub risk: Risk,
        pub effect: Text,
        pub changes: Vec<FixChange>,
        pub undoable: bool,
    }

    /// One exact change of a fix.
    pub struct FixChange {
        #[serde(rename = "where")]
        pub place: String,
        pub now: Option<String>,
        pub after: Option<String>,
    }

    /// What can be taken back, the newest first; `undo` takes back the first.
    pub struct UndoList {
        pub entries: Vec<UndoEntry>,
    }

    /// One fix, or the preparations of one deployment.
    pub struct UndoEntry {
        /// The id of the fix, or `deploy`.
        pub id: String,
        pub effect: Text,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        pub at: Timestamp,
    }

    /// Where the image of a service comes from.
    pub struct OfflineProofRow {
        pub service: String,
        pub image: Option<String>,
        /// The archive that holds it, relative to the package; null when none does.
        pub archive: Option<String>,
        pub bytes: Option<u64>,
        pub platform: Option<String>,
        pub integrity: Integrity,
        pub loaded: bool,
        /// False: it belongs to a profile that is not switched on, and stops nothing.
        pub active: bool,
        /// It has a `build:` section.
        pub build: bool,
        /// It is named by a digest.
        pub digest: bool,
        pub pull_policy: Option<String>,
        pub verdict: OfflineVerdict,
        /// The verdict in words.
        pub sentence: Text,
    }
}

impl OfflineVerdict {
    /// Whether the service is certain to start without any network.
    pub fn is_proven(self) -> bool {
        matches!(self, Self::Loaded | Self::InPackage)
    }
}

impl Check {
    /// Whether nothing needs to be done about it.
    pub fn is_fine(&self) -> bool {
        self.state == CheckState::Pass
    }
}
