//! Log lines of several containers, some at a time, never faster than the reader takes them.

use crate::api::log::{LogBatch, LogLine};
use crate::engine::{ContainerFacts, Engine};
use futures_util::stream::{BoxStream, SelectAll, select_all};
use futures_util::{FutureExt, StreamExt};
use std::fmt;

/// Lines in one batch; the engine waits while the reader is busy, so nothing is lost and nothing piles up.
const BATCH: usize = 1000;

/// A stream of batches.
pub struct LogLines {
    lines: SelectAll<BoxStream<'static, LogLine>>,
    follow: bool,
}

impl fmt::Debug for LogLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogLines")
            .field("streams", &self.lines.len())
            .field("follow", &self.follow)
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
        Self {
            lines: select_all(streams),
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
}
