//! What a running step gets: a way to say where it is, and a way to hear that it should stop.

use super::journal::Journal;
use super::record::Record;
use crate::api::operation::{
    OperationEvent, PlannedStep, ProgressPart, StepEvent, StepId, StepState,
};
use crate::error::Error;
use crate::text::Text;
use jiff::Timestamp;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use tokio_util::sync::CancellationToken;

/// The context of one operation. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct OperationContext {
    pub id: String,
    pub cancel: CancellationToken,
    journal: Arc<Journal>,
    record: Arc<Mutex<Record>>,
    started: Instant,
    /// Steps that were done, and how long each took in seconds.
    took: Arc<Mutex<Vec<(StepId, f64)>>>,
}

impl OperationContext {
    /// Makes the context of an operation that begins now.
    pub(super) fn new(
        id: String,
        cancel: CancellationToken,
        journal: Arc<Journal>,
        record: Record,
    ) -> Self {
        Self {
            id,
            cancel,
            journal,
            record: Arc::new(Mutex::new(record)),
            started: Instant::now(),
            took: Arc::default(),
        }
    }

    /// Returns the steps that were done so far, and how long each took in seconds.
    pub(crate) fn took(&self) -> Vec<(StepId, f64)> {
        let took = self.took.lock().unwrap_or_else(PoisonError::into_inner);
        took.clone()
    }

    /// Says which steps will be walked; the first event of every operation.
    pub(crate) fn planned(&self, steps: &[StepId]) {
        let steps = steps
            .iter()
            .map(|step| PlannedStep {
                id: *step,
                title: Text::new(format!("step-{step}")),
            })
            .collect();
        self.journal.write(OperationEvent::Planned {
            operation_id: self.id.clone(),
            steps,
        });
    }

    /// Begins a step whose work began earlier: what was looked at before the plan could be made.
    pub(crate) fn begin_since(&self, step: StepId, started: Instant) -> Result<StepGuard, Error> {
        let mut guard = self.begin(step)?;
        guard.started = started;
        Ok(guard)
    }

    /// Returns the time of day, for records that outlive the process.
    pub(crate) fn now() -> Timestamp {
        Timestamp::now()
    }

    /// Returns when the operation began.
    pub(crate) const fn started(&self) -> Instant {
        self.started
    }

    /// Begins a step; an operation that was cancelled in between does not begin another.
    pub(crate) fn begin(&self, step: StepId) -> Result<StepGuard, Error> {
        if self.cancel.is_cancelled() {
            return Err(Error::Cancelled);
        }
        if let Ok(mut record) = self.record.lock() {
            record.reached(step);
        }
        let guard = StepGuard {
            context: self.clone(),
            step,
            started: Instant::now(),
        };
        self.journal.write(OperationEvent::StepStarted(guard.event(
            StepState::Running,
            None,
            None,
        )));
        Ok(guard)
    }

    /// Awaits some work that has no ear for a cancel of its own; a cancel abandons it.
    pub(crate) async fn or_cancelled<T>(&self, work: impl Future<Output = T>) -> Result<T, Error> {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(Error::Cancelled),
            done = work => Ok(done),
        }
    }

    /// Returns how long the operation has been running, in seconds.
    pub(crate) fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }
}

/// A step that runs. It must be ended by [`StepGuard::finish`] or [`StepGuard::fail`].
#[derive(Debug)]
#[must_use = "a step that is begun must be ended"]
pub(crate) struct StepGuard {
    context: OperationContext,
    step: StepId,
    started: Instant,
}

/// How far a step is: done, of how many, of what, and in which parts; most steps have none.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Progress {
    pub current: u64,
    pub total: u64,
    pub unit: &'static str,
    pub parts: Vec<ProgressPart>,
}

impl StepGuard {
    /// Says how far the step is. May be overwritten by the next word.
    pub(crate) fn progress(&self, progress: Option<Progress>, message: Option<Text>) {
        let event = self.event(StepState::Running, progress, message);
        self.context
            .journal
            .write(OperationEvent::StepProgress(event));
    }

    /// Ends the step; `state` is done, skipped or warning.
    pub(crate) fn finish(self, state: StepState, message: Text) {
        if state == StepState::Done
            && let Ok(mut took) = self.context.took.lock()
        {
            took.push((self.step, self.started.elapsed().as_secs_f64()));
        }
        let event = self.event(state, None, Some(message));
        self.context
            .journal
            .write(OperationEvent::StepFinished(event));
    }

    /// Ends the step with an error and hands the error on.
    pub(crate) fn fail(self, error: Error) -> StepFailure {
        let state = if matches!(error, Error::Cancelled) {
            StepState::Cancelled
        } else {
            StepState::Failed
        };
        let event = self.event(state, None, Some(error.message()));
        self.context
            .journal
            .write(OperationEvent::StepFinished(event));
        StepFailure {
            step: Some(self.step),
            error,
        }
    }

    /// Ends the step because it was cancelled, and says what that leaves.
    pub(crate) fn cancel(self, left: Text) -> StepFailure {
        let event = self.event(StepState::Cancelled, None, Some(left));
        self.context
            .journal
            .write(OperationEvent::StepFinished(event));
        StepFailure {
            step: Some(self.step),
            error: Error::Cancelled,
        }
    }

    fn event(
        &self,
        state: StepState,
        progress: Option<Progress>,
        message: Option<Text>,
    ) -> StepEvent {
        StepEvent {
            step: self.step,
            state,
            current: progress.as_ref().map(|progress| progress.current),
            total: progress.as_ref().map(|progress| progress.total),
            unit: progress.as_ref().map(|progress| progress.unit.to_owned()),
            parts: progress.map(|progress| progress.parts).unwrap_or_default(),
            message,
            seconds: self.started.elapsed().as_secs_f64(),
        }
    }
}

/// An error and the step it ended.
#[derive(Debug)]
pub(crate) struct StepFailure {
    pub step: Option<StepId>,
    pub error: Error,
}

impl From<Error> for StepFailure {
    fn from(error: Error) -> Self {
        Self { step: None, error }
    }
}
