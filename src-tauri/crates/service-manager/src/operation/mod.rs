//! Running things: one mutating operation per project, with a journal, a lock and a way to cancel.

mod context;
mod durations;
mod history;
mod journal;
mod lock;
mod record;
mod registry;
mod seen;
mod startups;
mod stops;

pub(crate) use context::{OperationContext, Progress, StepFailure, StepGuard};
pub(crate) use durations::Durations;
pub(crate) use history::history;
pub(crate) use journal::Journal;
pub(crate) use lock::running_operation;
pub(crate) use record::{forget, interrupted, write_atomically};
pub(crate) use registry::{Registry, Request};
pub(crate) use seen::{Seen, SeenRecord};
pub(crate) use startups::StartupRecords;
pub(crate) use stops::StopRecords;
