//! Several streams of lines as one, in order of time, holding one line of each and no more.

use super::Lines;
use crate::api::log::LogLine;
use futures_util::stream::{BoxStream, FuturesUnordered};
use futures_util::{FutureExt, StreamExt, future::BoxFuture};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Who follows and has said nothing for so long has told its past: from then on nobody waits for it.
const PAST_IS_OVER: Duration = Duration::from_millis(250);

/// What comes next, and what is left of where it came from.
enum Arrival {
    /// The next line of a stream; none at its end.
    Line(usize, Option<LogLine>, Lines),
    /// Another stream.
    Stream(Option<Lines>, BoxStream<'static, Lines>),
}

/// The streams. Each of them tells its own lines in order of time, as an engine reads a log.
pub(super) struct Merge {
    arriving: FuturesUnordered<BoxFuture<'static, Arrival>>,
    /// The next line of a stream, with the stream to ask when it is taken.
    heads: BTreeMap<(Option<Timestamp>, usize), (LogLine, Lines)>,
    /// Streams that still tell their past.
    past: BTreeSet<usize>,
    /// Those of them whose next line may be older than every head.
    awaited: BTreeSet<usize>,
    /// How many streams there have been.
    count: usize,
    follow: bool,
}

impl Merge {
    /// Who follows says where streams come from that are not there yet.
    pub(super) fn new(
        streams: impl Iterator<Item = Lines>,
        others: Option<BoxStream<'static, Lines>>,
    ) -> Self {
        let mut merge = Self {
            arriving: FuturesUnordered::new(),
            heads: BTreeMap::new(),
            past: BTreeSet::new(),
            awaited: BTreeSet::new(),
            count: 0,
            follow: others.is_some(),
        };
        for lines in streams {
            merge.add(lines);
        }
        merge.arriving.extend(others.map(another));
        merge
    }

    fn add(&mut self, lines: Lines) {
        let at = self.count;
        self.count += 1;
        self.past.insert(at);
        self.awaited.insert(at);
        self.arriving.push(arrival(at, lines));
    }

    /// Returns how many streams have not ended.
    pub(super) fn streams(&self) -> usize {
        self.arriving.len() + self.heads.len()
    }

    /// Returns the oldest line; none when every stream has ended. Nothing is lost when this is dropped half way.
    pub(super) async fn next(&mut self) -> Option<LogLine> {
        loop {
            // What is there already is looked at before anything is decided.
            while let Some(Some(arrived)) = self.arriving.next().now_or_never() {
                self.take(arrived);
            }
            if self.awaited.is_empty() {
                if let Some((key, (line, rest))) = self.heads.pop_first() {
                    if self.past.contains(&key.1) {
                        self.awaited.insert(key.1);
                    }
                    self.arriving.push(arrival(key.1, rest));
                    return Some(line);
                }
                let arrived = self.arriving.next().await?;
                self.take(arrived);
                continue;
            }
            let next = self.arriving.next();
            let arrived = if self.follow {
                let Ok(arrived) = tokio::time::timeout(PAST_IS_OVER, next).await else {
                    for silent in std::mem::take(&mut self.awaited) {
                        self.past.remove(&silent);
                    }
                    continue;
                };
                arrived
            } else {
                next.await
            };
            if let Some(arrived) = arrived {
                self.take(arrived);
            }
        }
    }

    fn take(&mut self, arrived: Arrival) {
        match arrived {
            Arrival::Line(at, line, rest) => {
                self.awaited.remove(&at);
                if let Some(line) = line {
                    self.heads.insert((line.time, at), (line, rest));
                }
            }
            Arrival::Stream(lines, others) => {
                if let Some(lines) = lines {
                    self.add(lines);
                    self.arriving.push(another(others));
                }
            }
        }
    }
}

fn arrival(at: usize, lines: Lines) -> BoxFuture<'static, Arrival> {
    lines
        .into_future()
        .map(move |(line, rest)| Arrival::Line(at, line, rest))
        .boxed()
}

fn another(others: BoxStream<'static, Lines>) -> BoxFuture<'static, Arrival> {
    others
        .into_future()
        .map(|(lines, others)| Arrival::Stream(lines, others))
        .boxed()
}
