//! A user's action while it runs: steps that are never lost, progress that may be.

use super::check::{Check, Fix};
use super::diagnosis::Diagnosis;
use super::images::{ImageResult, TagResult};
use super::status::StatusSnapshot;
use super::{wire, words};
use crate::api::error::{Category, ErrorCode};
use crate::text::{Params, Text};
use jiff::Timestamp;

words! {
    /// What the person asked for.
    pub enum OperationKind {
        Deploy = "deploy",
        Start = "start",
        Stop = "stop",
        Restart = "restart",
        RestartContainer = "restart-container",
        Remove = "remove",
        LoadImages = "load-images",
        SetupTags = "setup-tags",
        CheckMountDirs = "check-mount-dirs",
        Fix = "fix",
        Undo = "undo",
        Copy = "copy",
    }

    /// The steps of all operations; the first nine are deploy's, in this order.
    pub enum StepId {
        Environment = "environment",
        Directories = "directories",
        Scripts = "scripts",
        Images = "images",
        Tags = "tags",
        Ports = "ports",
        Start = "start",
        Ready = "ready",
        Report = "report",
        Stop = "stop",
        Remove = "remove",
        Fix = "fix",
        Undo = "undo",
        Recheck = "recheck",
        Copy = "copy",
    }

    /// How a step stands or ended.
    pub enum StepState {
        Planned = "planned",
        Running = "running",
        Done = "done",
        Skipped = "skipped",
        Warning = "warning",
        Failed = "failed",
        Cancelled = "cancelled",
    }

    /// How one archive stands while images are brought.
    pub enum PartState {
        /// Nothing of it was handed over yet.
        Waiting = "waiting",
        Sending = "sending",
        /// All of it is handed over; the engine works on it.
        Unpacking = "unpacking",
        /// The engine was asked and has it.
        Done = "done",
        Failed = "failed",
    }

    /// How an operation ended. `Done` is for operations that make no claim about readiness (stop, load-images).
    pub enum Outcome {
        Ready = "ready",
        PartlyReady = "partly-ready",
        Failed = "failed",
        Cancelled = "cancelled",
        Blocked = "blocked",
        Done = "done",
    }
}

/// What happens during an operation. `Planned` is always the first, `Finished` always the last.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(
    tag = "type",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum OperationEvent {
    /// The steps that will be walked; empty when the operation was refused.
    Planned {
        /// Unique on this computer.
        operation_id: String,
        /// In order.
        steps: Vec<PlannedStep>,
    },
    /// A step began.
    StepStarted(StepEvent),
    /// A step goes on. May be dropped or overwritten by the next one.
    StepProgress(StepEvent),
    /// A step ended; `state` says how.
    StepFinished(StepEvent),
    /// The operation ended, with everything that is known about its end.
    Finished(Box<Finished>),
}

wire! {
    /// A step before it starts.
    pub struct PlannedStep {
        pub id: StepId,
        pub title: Text,
    }

    /// Where a step stands. `current`, `total` and `unit` go together (`bytes`, `services`, `files`).
    pub struct StepEvent {
        pub step: StepId,
        pub state: StepState,
        pub current: Option<u64>,
        pub total: Option<u64>,
        pub unit: Option<String>,
        pub message: Option<Text>,
        /// What the whole is made of, in the order in which it is taken on; absent when the step has no parts.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "ts", ts(as = "Option<Vec<ProgressPart>>", optional))]
        pub parts: Vec<ProgressPart>,
        /// Since the step started, in seconds.
        pub seconds: f64,
    }

    /// One archive while images are brought: a berth of the cargo bar.
    pub struct ProgressPart {
        pub file: String,
        /// Bytes handed over to the engine, and bytes that will be; what the engine has already is in neither.
        pub current: u64,
        pub total: u64,
        pub state: PartState,
        /// Since it has been in this state, in seconds.
        pub seconds: f64,
        /// Bytes the engine says it has unpacked; null from engines that say nothing while they unpack.
        pub unpacked: Option<u64>,
    }

    /// The last event of an operation. Lists that the operation has no business with are null.
    pub struct Finished {
        pub outcome: Outcome,
        /// The blocking checks when the operation was refused.
        pub checks: Vec<Check>,
        /// How the services are now; null when the operation never got to ask.
        pub status: Option<StatusSnapshot>,
        pub failure: Option<Failure>,
        /// What is wrong, causes first, when not everything is as it should be.
        pub diagnoses: Vec<Diagnosis>,
        pub images: Option<Vec<ImageResult>>,
        pub tags: Option<Vec<TagResult>>,
        pub directories: Option<Vec<super::images::MountDirectory>>,
        /// What a fix (or taking one back) did, with the same check before and after.
        pub repair: Option<RepairReport>,
        /// Where a package was copied or unpacked to.
        pub folder: Option<String>,
        /// Duration of the whole operation.
        pub seconds: f64,
    }

    /// What a fix did. Of one that was taken back, `fix` is what it had done.
    pub struct RepairReport {
        pub fix: Fix,
        /// The check that offered it; null when the last fix was taken back.
        pub before: Option<Check>,
        /// The same checks now: those of the same id.
        pub after: Vec<Check>,
    }

    /// Why an operation failed.
    pub struct Failure {
        pub step: Option<StepId>,
        pub code: ErrorCode,
        pub category: Category,
        pub params: Params,
        pub message: Text,
        /// The service it is about, when it is about one.
        pub service: Option<String>,
        /// The chain of technical causes, outermost first; in English, as the tools said it.
        pub causes: Vec<String>,
        /// The last lines of the tool or container concerned, verbatim.
        pub output_tail: Vec<String>,
    }

    /// An operation with everything that happened so far, for a page that was just (re)loaded.
    pub struct OperationView {
        pub operation_id: String,
        pub kind: OperationKind,
        /// Services it was asked for; empty means all.
        pub services: Vec<String>,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        pub started_at: Timestamp,
        pub events: Vec<OperationEvent>,
    }

    /// What the last run of Quayside left unfinished.
    pub struct Interrupted {
        pub operation_id: String,
        pub kind: OperationKind,
        pub step: Option<StepId>,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        pub started_at: Timestamp,
    }
}
