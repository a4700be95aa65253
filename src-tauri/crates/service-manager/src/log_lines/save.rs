//! Log lines as a text file that any editor opens.

use super::LogLines;
use crate::api::log::{LogLine, LogStream, SavedLogs};
use crate::error::Error;
use crate::export::Export;
use crate::text::plain;

/// Writes every line until the stream ends; a batch at a time is in memory.
pub(crate) async fn save(mut lines: LogLines, mut file: Export) -> Result<SavedLogs, Error> {
    let mut count = 0;
    loop {
        let batch = lines.next().await;
        for line in &batch.lines {
            file.write(&written(line))?;
            count += 1;
        }
        if batch.ended {
            break;
        }
    }
    let (path, bytes) = file.finish()?;
    Ok(SavedLogs {
        path: path.to_string(),
        lines: count,
        bytes,
    })
}

/// Time, container, which stream, and the text without colours: what a person or a search reads.
fn written(line: &LogLine) -> String {
    let time = line.time.map(|time| time.to_string()).unwrap_or_default();
    let stream = match line.stream {
        LogStream::Stdout => "out",
        LogStream::Stderr => "err",
    };
    format!("{time} {} {stream} {}\n", line.container, plain(&line.line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_line_holds_no_colour_and_no_line_of_its_own() {
        let line = LogLine {
            service: "api".into(),
            container: "demo-api-1".into(),
            stream: LogStream::Stderr,
            time: "2026-11-23T14:00:00.5Z".parse().ok(),
            line: "\u{1b}[31mfailed\u{1b}[0m\rover\nnext".into(),
        };
        let expected = "2026-11-23T14:00:00.5Z demo-api-1 err failedovernext\n";
        assert_eq!(written(&line), expected);
    }
}
