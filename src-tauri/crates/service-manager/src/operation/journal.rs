//! What happened in an operation: steps are kept, progress is overwritten by the next progress.

use crate::api::operation::OperationEvent;
use std::sync::Mutex;
use tokio::sync::watch;

/// The journal of one operation. Readers ask for what came after the last event they saw.
#[derive(Debug)]
pub(crate) struct Journal {
    entries: Mutex<Vec<(u64, OperationEvent)>>,
    newest: watch::Sender<u64>,
    /// Shared by all journals of a process: something, somewhere, was written.
    any: watch::Sender<u64>,
}

impl Journal {
    /// Makes an empty journal that also wakes the readers of `any`.
    pub(super) fn new(any: watch::Sender<u64>) -> Self {
        Self {
            entries: Mutex::default(),
            newest: watch::Sender::new(0),
            any,
        }
    }

    /// Writes an event down and wakes readers. Progress replaces the progress right before it.
    pub(crate) fn write(&self, event: OperationEvent) {
        let number = *self.newest.borrow() + 1;
        {
            let mut entries = self.lock();
            let is_progress =
                |event: &OperationEvent| matches!(event, OperationEvent::StepProgress(_));
            if is_progress(&event) && entries.last().is_some_and(|(_, last)| is_progress(last)) {
                entries.pop();
            }
            entries.push((number, event));
        }
        self.newest.send_replace(number);
        self.any.send_modify(|count| *count += 1);
    }

    /// Returns the events after `seen`, oldest first, and the number of the newest.
    pub(crate) fn events_since(&self, seen: u64) -> (Vec<OperationEvent>, u64) {
        let entries = self.lock();
        let events = entries
            .iter()
            .filter(|(number, _)| *number > seen)
            .map(|(_, event)| event.clone())
            .collect();
        (events, entries.last().map_or(seen, |(number, _)| *number))
    }

    /// Returns a receiver that changes whenever something is written.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.newest.subscribe()
    }

    /// Returns whether the last event is the end.
    pub(crate) fn is_finished(&self) -> bool {
        self.lock()
            .last()
            .is_some_and(|(_, event)| matches!(event, OperationEvent::Finished(_)))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(u64, OperationEvent)>> {
        // A panic while writing cannot leave half an entry behind, so a poisoned lock is still good.
        self.entries
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::operation::{StepEvent, StepId, StepState};

    fn event(current: u64) -> StepEvent {
        StepEvent {
            step: StepId::Images,
            state: StepState::Running,
            current: Some(current),
            total: Some(9),
            unit: None,
            message: None,
            parts: Vec::new(),
            seconds: 0.0,
        }
    }

    #[test]
    fn progress_is_overwritten_and_steps_are_kept() {
        let journal = Journal::new(watch::Sender::new(0));
        journal.write(OperationEvent::StepStarted(event(0)));
        for current in 1..=5 {
            journal.write(OperationEvent::StepProgress(event(current)));
        }
        let (events, newest) = journal.events_since(0);
        assert_eq!(
            events,
            [
                OperationEvent::StepStarted(event(0)),
                OperationEvent::StepProgress(event(5))
            ]
        );
        journal.write(OperationEvent::StepFinished(event(9)));
        assert_eq!(
            journal.events_since(newest).0,
            [OperationEvent::StepFinished(event(9))]
        );
    }
}
