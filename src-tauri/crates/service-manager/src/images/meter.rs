//! Where a load stands, from what each stream counts: true bytes, never the end before everything is proved.

use crate::api::operation::PartState;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What one stream counts while it is sent.
#[derive(Debug, Default)]
pub(crate) struct Gauge {
    accepted: AtomicU64,
    unpacked: Mutex<Option<Unpacked>>,
}

/// What a classic store says while it unpacks one layer after the other.
#[derive(Clone, Copy, Debug, Default)]
struct Unpacked {
    /// Bytes of the layers before this one.
    before: u64,
    current: u64,
    total: u64,
}

impl Gauge {
    /// Counts bytes that the engine has taken over.
    pub(crate) fn accept(&self, bytes: u64) {
        self.accepted.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(crate) fn accepted(&self) -> u64 {
        self.accepted.load(Ordering::Relaxed)
    }

    /// Notes how far the engine is with a layer. Layers come one after the other, and a new one begins lower than the
    /// last one ended.
    pub(crate) fn unpacking(&self, current: u64, total: u64) {
        let Ok(mut unpacked) = self.unpacked.lock() else {
            return;
        };
        let last = unpacked.unwrap_or_default();
        let is_next = total != last.total || current < last.current;
        let before = last.before + if is_next { last.total } else { 0 };
        *unpacked = Some(Unpacked {
            before,
            current,
            total,
        });
    }

    /// Returns the bytes the engine has unpacked; none when it says nothing about it.
    fn unpacked(&self) -> Option<u64> {
        let unpacked = (*self.unpacked.lock().ok()?)?;
        Some(unpacked.before + unpacked.current)
    }
}

/// One stream: the archive it comes from, and its bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stream {
    pub archive: usize,
    pub total: u64,
}

/// Where the whole stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Standing {
    /// Bytes the engine has accepted and bytes it will be sent; equal only when the last image is proved.
    pub accepted: u64,
    pub total: u64,
    /// The archive being read; none while only the engine works.
    pub reading: Option<usize>,
    /// How long the engine has taken and said nothing.
    pub quiet: Duration,
    /// Every archive of which something is sent, in the order in which they begin.
    pub parts: Vec<Part>,
}

/// Where one archive stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    pub archive: usize,
    pub accepted: u64,
    pub total: u64,
    pub state: PartState,
    /// How long it has been in this state.
    pub since: Duration,
    pub unpacked: Option<u64>,
}

/// Adds up where all streams stand.
#[derive(Debug)]
pub(crate) struct Meter {
    streams: Vec<Stream>,
    /// Whether a stream has ended, and well.
    ended: Vec<Option<bool>>,
    /// The state of each archive and its beginning.
    states: BTreeMap<usize, (PartState, Instant)>,
    /// The last change of anything, and what it changed to.
    moved: ((u64, u64), Instant),
}

impl Meter {
    pub(crate) fn new(streams: Vec<Stream>, now: Instant) -> Self {
        Self {
            ended: vec![None; streams.len()],
            streams,
            states: BTreeMap::new(),
            moved: ((0, 0), now),
        }
    }

    pub(crate) fn end(&mut self, stream: usize, well: bool) {
        self.ended[stream] = Some(well);
    }

    /// Says where everything stands; there is a gauge for each stream.
    pub(crate) fn standing<'a>(
        &mut self,
        gauges: impl IntoIterator<Item = &'a Gauge>,
        now: Instant,
    ) -> Standing {
        let gauges: Vec<&Gauge> = gauges.into_iter().collect();
        let mut order: Vec<usize> = Vec::new();
        for stream in self.streams.iter().filter(|stream| stream.total > 0) {
            if !order.contains(&stream.archive) {
                order.push(stream.archive);
            }
        }
        let parts: Vec<Part> = order
            .into_iter()
            .map(|archive| self.part(archive, &gauges, now))
            .collect();
        let accepted = parts.iter().map(|part| part.accepted).sum();
        let unpacked = parts.iter().filter_map(|part| part.unpacked).sum();
        if (accepted, unpacked) != self.moved.0 {
            self.moved = ((accepted, unpacked), now);
        }
        let sending = parts.iter().find(|part| part.state == PartState::Sending);
        Standing {
            accepted,
            total: parts.iter().map(|part| part.total).sum(),
            // Before the first byte nothing can be unpacked: the first file is about to be read.
            reading: sending
                .or_else(|| parts.first().filter(|_| accepted == 0))
                .map(|part| part.archive),
            quiet: now.duration_since(self.moved.1),
            parts,
        }
    }

    fn part(&mut self, archive: usize, gauges: &[&Gauge], now: Instant) -> Part {
        let mut part = Part {
            archive,
            accepted: 0,
            total: 0,
            state: PartState::Waiting,
            since: Duration::ZERO,
            unpacked: None,
        };
        let (mut open, mut sending, mut failed) = (false, false, false);
        for (at, stream) in self.streams.iter().enumerate() {
            if stream.archive != archive {
                continue;
            }
            let taken = gauges[at].accepted();
            part.total += stream.total;
            if let Some(well) = self.ended[at] {
                part.accepted += stream.total;
                failed |= !well;
            } else {
                open = true;
                sending |= taken > 0 && taken < stream.total;
                // Headers count as accepted and not in the total; and accepted is not proved: the last byte is counted
                // when the image is there.
                part.accepted += taken.min(stream.total.saturating_sub(1));
            }
            if let Some(unpacked) = gauges[at].unpacked() {
                let unpacked = unpacked.min(stream.total);
                part.unpacked = Some(part.unpacked.unwrap_or(0) + unpacked);
            }
        }
        part.state = if failed {
            PartState::Failed
        } else if !open {
            PartState::Done
        } else if sending {
            PartState::Sending
        } else if part.accepted > 0 {
            PartState::Unpacking
        } else {
            PartState::Waiting
        };
        let (state, begun) = self.states.entry(archive).or_insert((part.state, now));
        if *state != part.state {
            (*state, *begun) = (part.state, now);
        }
        part.since = now.duration_since(*begun);
        part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// A shared stream of archive 0, its own one, and one of archive 1.
    fn meter(now: Instant) -> (Meter, [Gauge; 3]) {
        let stream = |archive, total| Stream { archive, total };
        let streams = vec![stream(0, 100), stream(0, 50), stream(1, 80)];
        (Meter::new(streams, now), Default::default())
    }

    #[test]
    fn an_archive_waits_is_sent_is_unpacked_and_is_done() {
        let start = Instant::now();
        let (mut meter, gauges) = meter(start);
        let first = meter.standing(&gauges, start);
        assert_eq!((first.accepted, first.total), (0, 230));
        assert_eq!(first.reading, Some(0), "it is about to be read");
        assert_eq!(first.parts[0].state, PartState::Waiting);

        gauges[0].accept(60);
        let sent = meter.standing(&gauges, start + SECOND);
        assert_eq!(sent.parts[0].state, PartState::Sending);
        assert_eq!(sent.parts[1].state, PartState::Waiting);

        gauges[0].accept(540);
        gauges[1].accept(60);
        let unpacking = meter.standing(&gauges, start + 3 * SECOND);
        assert_eq!(unpacking.parts[0].state, PartState::Unpacking);
        assert_eq!(unpacking.parts[0].accepted, 148, "nothing is proved yet");
        assert_eq!(unpacking.reading, None);

        meter.end(0, true);
        meter.end(1, true);
        gauges[2].accept(1);
        let done = meter.standing(&gauges, start + 9 * SECOND);
        assert_eq!(done.parts[0].state, PartState::Done);
        assert_eq!((done.parts[0].accepted, done.accepted), (150, 151));
        assert_eq!(done.reading, Some(1));
        meter.end(2, false);
        let failed = meter.standing(&gauges, start + 10 * SECOND);
        assert_eq!(failed.parts[1].state, PartState::Failed);
    }

    #[test]
    fn what_the_engine_says_of_layers_adds_up_and_is_no_silence() {
        let start = Instant::now();
        let (mut meter, gauges) = meter(start);
        gauges[0].accept(100);
        assert_eq!(meter.standing(&gauges, start).parts[0].unpacked, None);
        for (current, total) in [(20, 60), (60, 60), (5, 40)] {
            gauges[0].unpacking(current, total);
        }
        let standing = meter.standing(&gauges, start + 5 * SECOND);
        assert_eq!(standing.parts[0].unpacked, Some(65));
        assert_eq!(standing.quiet, Duration::ZERO);
        let later = meter.standing(&gauges, start + 9 * SECOND);
        assert_eq!(later.quiet, 4 * SECOND);
        assert_eq!(later.parts[0].since, 9 * SECOND);
    }

    #[test]
    fn layers_that_are_there_already_cost_no_berth() {
        let start = Instant::now();
        let mut meter = Meter::new(
            vec![Stream {
                archive: 0,
                total: 0,
            }],
            start,
        );
        let standing = meter.standing(&[Gauge::default()], start);
        assert_eq!((standing.total, standing.parts.len()), (0, 0));
    }
}
