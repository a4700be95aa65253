//! Log lines of containers.

use super::{wire, words};
use jiff::Timestamp;

words! {
    /// Which of the two streams a line came from.
    pub enum LogStream { Stdout = "stdout", Stderr = "stderr" }
}

wire! {
    /// One line a container wrote.
    pub struct LogLine {
        pub service: String,
        pub container: String,
        pub stream: LogStream,
        /// When the engine received it.
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        pub time: Option<Timestamp>,
        pub line: String,
    }

    /// A log that was saved as a file.
    pub struct SavedLogs {
        pub path: String,
        pub lines: u64,
        pub bytes: u64,
    }

    /// Lines for the window, some at a time; `dropped` counts lines left out because they came too fast.
    pub struct LogBatch {
        pub lines: Vec<LogLine>,
        pub dropped: u64,
        /// Nothing more comes: what was asked for is told. A log that is followed does not end.
        pub ended: bool,
    }
}
