//! What containers wrote.

use super::{Engine, EngineError};
use crate::api::log::LogStream;
use bollard::container::LogOutput;
use bollard::query_parameters::LogsOptionsBuilder;
use futures_util::{Stream, StreamExt};
use jiff::Timestamp;

/// One line of one container.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ContainerLine {
    pub stream: LogStream,
    pub time: Option<Timestamp>,
    pub line: String,
}

/// Which lines of a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LogsWanted {
    /// How many of the past.
    pub tail: u32,
    /// None older than this.
    pub since: Option<Timestamp>,
    /// What comes as well.
    pub follow: bool,
}

impl Engine {
    /// Streams the lines of a container.
    pub(crate) fn logs(
        &self,
        container: &str,
        wanted: LogsWanted,
    ) -> impl Stream<Item = Result<ContainerLine, EngineError>> + Send + 'static {
        let engine = self.clone();
        let options = LogsOptionsBuilder::new()
            .stdout(true)
            .stderr(true)
            .timestamps(true)
            .follow(wanted.follow)
            .tail(&wanted.tail.to_string())
            // The client knows whole seconds only; the rest is left out below.
            .since(wanted.since.map_or(0, |since| {
                i32::try_from(since.as_second()).unwrap_or(i32::MAX)
            }))
            .build();
        let is_wanted = move |line: &ContainerLine| {
            wanted
                .since
                .is_none_or(|since| line.time.is_none_or(|time| time >= since))
        };
        self.patient()
            .logs(container, Some(options))
            .map(move |output| output.map_err(|error| engine.error(error)))
            .flat_map(move |output| {
                futures_util::stream::iter(match output {
                    Ok(output) => lines(output)
                        .into_iter()
                        .filter(&is_wanted)
                        .map(Ok)
                        .collect(),
                    Err(error) => vec![Err(error)],
                })
            })
    }

    /// Returns the last lines of a container, oldest first; none when they cannot be had (a log driver without reading).
    pub(crate) async fn last_lines(&self, container: &str, count: u32) -> Vec<String> {
        let lines = self
            .logs(
                container,
                LogsWanted {
                    tail: count,
                    since: None,
                    follow: false,
                },
            )
            .filter_map(|line| async move { line.ok() });
        let limited = tokio::time::timeout(super::CALL_LIMIT, lines.collect::<Vec<_>>());
        let mut lines = limited.await.unwrap_or_default();
        // The two streams come one after the other; people want to read what happened in order.
        lines.sort_by_key(|line| line.time);
        lines.into_iter().map(|line| line.line).collect()
    }
}

/// The engine sends frames, not lines: a frame may hold several, each with its own time in front.
fn lines(output: LogOutput) -> Vec<ContainerLine> {
    let stream = match &output {
        LogOutput::StdErr { .. } => LogStream::Stderr,
        _ => LogStream::Stdout,
    };
    String::from_utf8_lossy(output.as_ref())
        .lines()
        .map(|line| {
            let stamped = line
                .split_once(' ')
                .and_then(|(time, rest)| Some((time.parse().ok()?, rest)));
            match stamped {
                Some((time, rest)) => ContainerLine {
                    stream,
                    time: Some(time),
                    line: rest.to_owned(),
                },
                None => ContainerLine {
                    stream,
                    time: None,
                    line: line.to_owned(),
                },
            }
        })
        .collect()
}
