//! What a run of the command line came to.

use super::text;
use serde_json::Value;
use std::time::Duration;

/// A run of the command line that has ended.
#[derive(Debug)]
pub struct Ended {
    /// The exit code; -1 after a signal.
    pub code: i32,
    /// The lines of standard output, and when they came.
    pub lines: Vec<(Duration, String)>,
    /// Standard error.
    pub err: String,
    /// How long it took.
    pub took: Duration,
}

impl Ended {
    /// Returns standard output.
    pub fn out(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|(_, line)| line.as_str()).collect();
        lines.join("\n")
    }

    /// Returns standard output as one JSON value.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out()).unwrap_or_else(|error| panic!("{error}: {self}"))
    }

    /// Returns the events of an operation, each with when it came.
    #[track_caller]
    pub fn events(&self) -> Vec<(Duration, Value)> {
        let parse = |(at, line): &(Duration, String)| {
            let event = serde_json::from_str(line);
            (*at, event.unwrap_or_else(|error| panic!("{error}: {line}")))
        };
        self.lines.iter().map(parse).collect()
    }

    /// Returns the last event.
    #[track_caller]
    pub fn finished(&self) -> Value {
        let (_, last) = self
            .events()
            .pop()
            .unwrap_or_else(|| panic!("no event: {self}"));
        assert_eq!(last["type"], "finished", "{self}");
        last
    }

    /// Returns how the steps ended, as `step=state`.
    #[track_caller]
    pub fn steps(&self) -> Vec<String> {
        let ends = self.events().into_iter().map(|(_, event)| event);
        ends.filter(|event| event["type"] == "step-finished")
            .map(|event| format!("{}={}", text(&event["step"]), text(&event["state"])))
            .collect()
    }

    /// Returns how long it took from an event of one step to the end of another.
    #[track_caller]
    pub fn from_to(&self, kind: &str, step: &str, end: &str) -> Duration {
        self.at("step-finished", end)
            .saturating_sub(self.at(kind, step))
    }

    #[track_caller]
    fn at(&self, kind: &str, step: &str) -> Duration {
        self.events()
            .into_iter()
            .find(|(_, event)| event["type"] == kind && event["step"] == step)
            .unwrap_or_else(|| panic!("no {kind} of {step}: {self}"))
            .0
    }
}

impl std::fmt::Display for Ended {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "exit code {} after {:.1} s\n{}\n{}",
            self.code,
            self.took.as_secs_f64(),
            self.out(),
            self.err
        )
    }
}
