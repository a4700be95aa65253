//! After a restart of the computer: did everything that was up come back? Pure.

use super::alerts::Alert;
use crate::api::status::{StatusSnapshot, Verdict};
use crate::text::Text;
use std::time::Duration;

/// So long a system may take to come up before it is said that it did not.
const PATIENCE: Duration = Duration::from_mins(5);
/// What nobody starts is seen sooner: nothing is on its way.
const AT_REST: Duration = Duration::from_mins(1);

/// Waits for the answer, and tells it once.
#[derive(Debug)]
pub(crate) struct AfterReboot {
    begun: Duration,
}

impl AfterReboot {
    /// Begins to wait; `now` is the time since any fixed moment.
    pub(crate) const fn begin(now: Duration) -> Self {
        Self { begun: now }
    }

    /// Returns the answer, as soon as there is one.
    pub(crate) fn hear(&self, snapshot: &StatusSnapshot, now: Duration) -> Option<Alert> {
        let waited = now.saturating_sub(self.begun);
        let patience = match snapshot.verdict {
            Verdict::Ready => Duration::ZERO,
            Verdict::Stopped | Verdict::NotDeployed => AT_REST,
            _ => PATIENCE,
        };
        if waited < patience {
            return None;
        }
        let is_trouble = snapshot.verdict != Verdict::Ready;
        let key = if is_trouble {
            "alert-reboot-trouble"
        } else {
            "alert-reboot-well"
        };
        Some(Alert {
            is_trouble,
            title: Text::new(key),
            body: snapshot.sentence.clone(),
        })
    }
}

/// Whether a system in this state is one that people count on after a restart; none while nobody can say.
pub(crate) const fn is_in_use(verdict: Verdict) -> Option<bool> {
    match verdict {
        Verdict::EngineUnreachable => None,
        Verdict::NotDeployed | Verdict::Stopped => Some(false),
        Verdict::WillNotRecover | Verdict::Converging | Verdict::Degraded | Verdict::Ready => {
            Some(true)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::status::{EngineState, EngineStatus};

    fn at(verdict: Verdict, seconds: u64) -> Option<bool> {
        let snapshot = StatusSnapshot {
            verdict,
            sentence: Text::verbatim("said"),
            engine: EngineStatus {
                state: EngineState::Connected,
                version: None,
                api_version: None,
                platform: None,
                reason: None,
            },
            services: Vec::new(),
            running: 0,
            total: 0,
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        let waiting = AfterReboot::begin(Duration::from_secs(100));
        let answer = waiting.hear(&snapshot, Duration::from_secs(100 + seconds));
        answer.map(|alert| alert.is_trouble)
    }

    #[test]
    fn what_is_ready_is_told_at_once_and_what_is_not_after_patience() {
        assert_eq!(at(Verdict::Ready, 0), Some(false));
        assert_eq!(at(Verdict::Converging, 299), None);
        assert_eq!(at(Verdict::Converging, 300), Some(true));
        assert_eq!(at(Verdict::EngineUnreachable, 299), None);
        assert_eq!(at(Verdict::EngineUnreachable, 300), Some(true));
        assert_eq!(at(Verdict::Stopped, 59), None);
        assert_eq!(at(Verdict::Stopped, 60), Some(true), "nobody starts it");
    }
}
