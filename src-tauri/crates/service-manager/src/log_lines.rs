//! Log lines of several containers, in order of time, some at a time.

mod follow;
mod merge;
mod save;
mod since;

pub(crate) use follow::Followed;
pub(crate) use save::save;
pub use since::is_time;
pub(crate) use since::since;

use crate::api::log::{LogBatch, LogLine};
use crate::engine::{ContainerFacts, Engine, LogsWanted};
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt};
use merge::Merge;
use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;
use tokio::time::Instant;

/// Lines in one batch; the engine waits while the reader is busy, so nothing is lost and nothing piles up.
const BATCH: usize = 1000;

/// A reader of the newest lines never gets more than these at once, whatever has come, ...
const NEWEST: usize = 5000;
/// ... and no more bytes than these.
const NEWEST_BYTES: usize = 4 * 1024 * 1024;

/// The lines of one container, in order of time.
type Lines = BoxStream<'static, LogLine>;

/// A stream of batches.
pub struct LogLines {
    lines: Merge,
}

impl fmt::Debug for LogLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let streams = self.lines.streams();
        f.debug_struct("LogLines")
            .field("streams", &streams)
            .finish()
    }
}

impl LogLines {
    /// Tells what is there, and ends.
    pub(crate) fn past(
        engine: &Engine,
        containers: &[ContainerFacts],
        services: &[String],
        wanted: LogsWanted,
    ) -> Self {
        let streams = containers
            .iter()
            .filter(|container| services.is_empty() || services.contains(&container.service))
            .map(|it| lines_of(engine, &it.id, &it.service, &it.name, wanted));
        Self {
            lines: Merge::new(streams, None),
        }
    }

    /// Tells what is there and what comes; it never ends by itself.
    pub(crate) fn follow(followed: Followed, containers: &[ContainerFacts]) -> Self {
        let (streams, others) = follow::follow(followed, containers);
        Self {
            lines: Merge::new(streams.into_iter(), Some(others)),
        }
    }

    /// Returns the next lines, every one of them; `ended` is set in the last batch.
    pub async fn next(&mut self) -> LogBatch {
        let mut lines = Vec::new();
        let mut next = self.lines.next().await;
        while let Some(line) = next {
            lines.push(line);
            if lines.len() >= BATCH {
                return batch(lines, 0, false);
            }
            match self.lines.next().now_or_never() {
                Some(following) => next = following,
                None => return batch(lines, 0, false),
            }
        }
        batch(lines, 0, true)
    }

    /// Reads for a while from the next line on and returns the newest of what came, for a reader that is slower than
    /// containers can write: what is left out is counted in `dropped`, so that lines and dropped together are what was
    /// written. Nothing piles up in the engine meanwhile, and nobody sees lines of long ago.
    pub async fn newest(&mut self, time: Duration) -> LogBatch {
        let mut lines = VecDeque::new();
        let (mut bytes, mut dropped) = (0, 0);
        let mut next = self.lines.next().await;
        let until = Instant::now() + time;
        while let Some(line) = next {
            bytes += line.line.len();
            lines.push_back(line);
            while lines.len() > NEWEST || (bytes > NEWEST_BYTES && lines.len() > 1) {
                bytes -= lines.pop_front().map_or(0, |oldest| oldest.line.len());
                dropped += 1;
            }
            if Instant::now() >= until {
                return batch(lines.into(), dropped, false);
            }
            match tokio::time::timeout_at(until, self.lines.next()).await {
                Ok(following) => next = following,
                Err(_) => return batch(lines.into(), dropped, false),
            }
        }
        batch(lines.into(), dropped, true)
    }
}

/// The lines of a container, to the end of its log or of its run.
fn lines_of(
    engine: &Engine,
    id: &str,
    service: &str,
    container: &str,
    wanted: LogsWanted,
) -> Lines {
    let (service, container) = (service.to_owned(), container.to_owned());
    engine
        .logs(id, wanted)
        .filter_map(|line| async move { line.ok() })
        .map(move |line| LogLine {
            service: service.clone(),
            container: container.clone(),
            stream: line.stream,
            time: line.time,
            line: line.line,
        })
        .boxed()
}

const fn batch(lines: Vec<LogLine>, dropped: u64, ended: bool) -> LogBatch {
    LogBatch {
        lines,
        dropped,
        ended,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::log::LogStream;
    use futures_util::stream;

    fn line(service: &str, second: i64) -> LogLine {
        LogLine {
            service: service.into(),
            container: format!("{service}-1"),
            stream: LogStream::Stdout,
            time: jiff::Timestamp::from_second(second).ok(),
            line: second.to_string(),
        }
    }

    /// A container that has written these lines and goes on running; the engine takes its time to read them, and hands
    /// them over one by one.
    fn running(service: &'static str, seconds: &[i64], late: u64) -> BoxStream<'static, LogLine> {
        ended(service, seconds, late)
            .chain(stream::pending())
            .boxed()
    }

    fn ended(service: &'static str, seconds: &[i64], late: u64) -> BoxStream<'static, LogLine> {
        let past: Vec<LogLine> = seconds.iter().map(|at| line(service, *at)).collect();
        stream::iter(past)
            .then(move |line| async move {
                tokio::time::sleep(Duration::from_millis(late)).await;
                line
            })
            .boxed()
    }

    fn of(streams: impl IntoIterator<Item = Lines>, follow: bool) -> LogLines {
        let others = follow.then(|| stream::pending().boxed());
        LogLines {
            lines: Merge::new(streams.into_iter(), others),
        }
    }

    async fn said(lines: &mut LogLines, count: usize) -> Vec<String> {
        let mut said = Vec::new();
        while said.len() < count {
            let batch = lines.next().await;
            said.extend(batch.lines.into_iter().map(|line| line.line));
            if batch.ended {
                break;
            }
        }
        said
    }

    #[tokio::test]
    async fn the_past_of_several_containers_is_told_in_order_of_time_while_following() {
        let streams = [
            running("api", &[1, 4, 5], 0),
            running("web", &[2, 3, 6], 80),
        ];
        let mut lines = of(streams, true);
        assert_eq!(said(&mut lines, 6).await, ["1", "2", "3", "4", "5", "6"]);
    }

    #[tokio::test]
    async fn without_following_the_order_holds_however_slowly_an_engine_reads() {
        let streams = [
            ended("api", &[1, 4], 0),
            ended("web", &[2, 3, 6], 300),
            ended("db", &[5], 20),
        ];
        let mut lines = of(streams, false);
        assert_eq!(said(&mut lines, 9).await, ["1", "2", "3", "4", "5", "6"]);
    }

    #[tokio::test]
    async fn a_container_that_never_pauses_does_not_hold_others_back_nor_a_silent_one_it() {
        let chatter = stream::unfold(1, |second| async move {
            tokio::time::sleep(Duration::from_millis(1)).await;
            Some((line("api", second), second + 1))
        });
        let streams = [chatter.boxed(), running("web", &[], 0)];
        let mut lines = of(streams, true);
        let started = Instant::now();
        assert_eq!(said(&mut lines, 50).await[0], "1");
        assert!(started.elapsed() < Duration::from_secs(2), "held back");
    }

    #[tokio::test]
    async fn of_too_many_lines_the_newest_are_told_and_the_others_counted() {
        const WRITTEN: i64 = 40_000;
        let flood = stream::iter((1..=WRITTEN).map(|second| line("api", second)));
        let mut lines = of([flood.boxed()], true);
        let (mut told, mut dropped, mut last) = (0, 0, String::new());
        loop {
            let batch = lines.newest(Duration::from_secs(5)).await;
            assert!(batch.lines.len() <= NEWEST);
            told += batch.lines.len() as u64;
            dropped += batch.dropped;
            last = batch.lines.last().map_or(last, |line| line.line.clone());
            if told + dropped >= WRITTEN as u64 {
                break;
            }
        }
        assert_eq!(told + dropped, WRITTEN as u64);
        assert_eq!(last, WRITTEN.to_string());
        assert!(dropped > 0, "a flood is more than a reader gets");
    }
}
