//! Log lines of several containers, some at a time, never faster than the reader takes them.

use crate::api::log::{LogBatch, LogLine};
use crate::engine::{ContainerFacts, Engine};
use futures_util::stream::{BoxStream, SelectAll, select_all};
use futures_util::{FutureExt, StreamExt};
use std::fmt;
use std::time::Duration;
use tokio::time::Instant;

/// Lines in one batch; the engine waits while the reader is busy, so nothing is lost and nothing piles up.
const BATCH: usize = 1000;

/// The past of several containers comes interleaved as the engine happens to read it. It is over when nothing has come
/// for so long, ...
const PAST_IS_OVER: Duration = Duration::from_millis(250);
/// ... and at the latest then: a container that never stops writing leaves no pause.
const PAST_AT_MOST: Duration = Duration::from_secs(2);

/// A stream of batches.
pub struct LogLines {
    lines: SelectAll<BoxStream<'static, LogLine>>,
    follow: bool,
    /// How many lines the past can have at most; none once it was told.
    past: Option<usize>,
}

impl fmt::Debug for LogLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogLines")
            .field("streams", &self.lines.len())
            .field("follow", &self.follow)
            .field("past", &self.past)
            .finish()
    }
}

impl LogLines {
    pub(crate) fn new(
        engine: &Engine,
        containers: &[ContainerFacts],
        services: &[String],
        tail: u32,
        follow: bool,
    ) -> Self {
        let streams = containers
            .iter()
            .filter(|container| services.is_empty() || services.contains(&container.service))
            .map(|container| {
                let (service, name) = (container.service.clone(), container.name.clone());
                engine
                    .logs(&container.id, tail, follow)
                    .filter_map(|line| async move { line.ok() })
                    .map(move |line| LogLine {
                        service: service.clone(),
                        container: name.clone(),
                        stream: line.stream,
                        time: line.time,
                        line: line.line,
                    })
                    .boxed()
            });
        Self::of(streams, tail, follow)
    }

    fn of(
        streams: impl Iterator<Item = BoxStream<'static, LogLine>>,
        tail: u32,
        follow: bool,
    ) -> Self {
        let lines = select_all(streams);
        let most = lines.len() * tail as usize;
        Self {
            past: follow.then_some(most),
            lines,
            follow,
        }
    }

    /// Returns the next lines; `ended` is set in the last batch.
    pub async fn next(&mut self) -> LogBatch {
        let mut batch = LogBatch {
            lines: Vec::new(),
            dropped: 0,
            ended: false,
        };
        match self.lines.next().await {
            Some(line) => batch.lines.push(line),
            None => batch.ended = true,
        }
        if let Some(most) = self.past.take() {
            self.read_past(&mut batch, most).await;
        }
        // Without following, everything is asked for at once so that it can be put in order of time.
        while !batch.ended && (batch.lines.len() < BATCH || !self.follow) {
            let next = if self.follow {
                self.lines.next().now_or_never()
            } else {
                Some(self.lines.next().await)
            };
            match next {
                Some(Some(line)) => batch.lines.push(line),
                Some(None) => batch.ended = true,
                None => break,
            }
        }
        batch.lines.sort_by_key(|line| line.time);
        batch
    }

    /// Waits until the past of every container is there, so that it can be put in order of time.
    async fn read_past(&mut self, batch: &mut LogBatch, most: usize) {
        let until = Instant::now() + PAST_AT_MOST;
        while !batch.ended && batch.lines.len() < most && Instant::now() < until {
            match tokio::time::timeout(PAST_IS_OVER, self.lines.next()).await {
                Ok(Some(line)) => batch.lines.push(line),
                Ok(None) => batch.ended = true,
                Err(_) => break,
            }
        }
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

    /// A container that has written these lines and goes on running; the engine takes its time to read them.
    fn running(service: &'static str, seconds: &[i64], late: u64) -> BoxStream<'static, LogLine> {
        let past: Vec<LogLine> = seconds.iter().map(|at| line(service, *at)).collect();
        stream::once(tokio::time::sleep(Duration::from_millis(late)))
            .flat_map(move |()| stream::iter(past.clone()))
            .chain(stream::pending())
            .boxed()
    }

    fn said(batch: &LogBatch) -> Vec<&str> {
        batch.lines.iter().map(|line| line.line.as_str()).collect()
    }

    #[tokio::test]
    async fn the_past_of_several_containers_is_told_in_order_of_time_while_following() {
        let streams = [
            running("api", &[1, 4, 5], 0),
            running("web", &[2, 3, 6], 80),
        ];
        let mut lines = LogLines::of(streams.into_iter(), 200, true);
        let batch = lines.next().await;
        assert_eq!(said(&batch), ["1", "2", "3", "4", "5", "6"]);
        assert!(!batch.ended);
    }

    #[tokio::test]
    async fn a_container_that_never_pauses_does_not_hold_the_past_back() {
        let chatter = stream::unfold(1, |second| async move {
            tokio::task::yield_now().await;
            Some((line("api", second), second + 1))
        });
        let mut lines = LogLines::of([chatter.boxed()].into_iter(), 50, true);
        let batch = lines.next().await;
        assert!(
            (50..=BATCH).contains(&batch.lines.len()),
            "{} lines",
            batch.lines.len()
        );
    }
}
