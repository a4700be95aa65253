//! Rates from two looks at counters. Pure.

use crate::engine::Usage;
use std::time::Instant;

/// Counters and when they were read.
#[derive(Clone, Debug)]
pub(super) struct Before {
    pub at: Instant,
    pub usage: Usage,
}

/// Per second; processor time in hundredths of one processor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rates {
    pub cpu_percent: f64,
    pub received: u64,
    pub sent: u64,
    pub read: u64,
    pub written: u64,
}

impl Before {
    /// Returns the rates between this look and a later one; none when a counter went back (the container was restarted)
    /// or no time went by.
    pub(super) fn rates(&self, later: &Self) -> Option<Rates> {
        let seconds = later.at.checked_duration_since(self.at)?.as_secs_f64();
        if seconds < 0.05 {
            return None;
        }
        let (old, new) = (&self.usage, &later.usage);
        #[allow(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a rate people read"
        )]
        let rate = |old: u64, new: u64| Some((new.checked_sub(old)? as f64 / seconds) as u64);
        #[allow(clippy::cast_precision_loss, reason = "the same")]
        let cpu = new.cpu.checked_sub(old.cpu)? as f64 / 1e9;
        Some(Rates {
            cpu_percent: (cpu / seconds * 1000.0).round() / 10.0,
            received: rate(old.received, new.received)?,
            sent: rate(old.sent, new.sent)?,
            read: rate(old.read, new.read)?,
            written: rate(old.written, new.written)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn look(at: Instant, cpu: u64, sent: u64) -> Before {
        let usage = Usage {
            cpu,
            sent,
            ..Usage::default()
        };
        Before { at, usage }
    }

    #[test]
    fn half_a_processor_for_two_seconds_is_fifty_percent() {
        let start = Instant::now();
        let first = look(start, 4_000_000_000, 1000);
        let then = look(start + Duration::from_secs(2), 5_000_000_000, 5000);
        let rates = first.rates(&then).unwrap();
        assert!((rates.cpu_percent - 50.0).abs() < 0.01, "{rates:?}");
        assert_eq!((rates.sent, rates.received), (2000, 0));
    }

    #[test]
    fn a_restart_or_no_time_gives_no_rate() {
        let start = Instant::now();
        let first = look(start, 4_000_000_000, 0);
        let restarted = look(start + Duration::from_secs(2), 1_000_000, 0);
        assert_eq!(first.rates(&restarted), None);
        assert_eq!(first.rates(&first.clone()), None);
    }
}
