//! At most thirty lines that can be read out on the telephone or pasted into a mail. Pure.

use crate::api::check::{Check, CheckState};
use crate::api::diagnosis::Diagnosis;
use crate::api::package::PackageView;
use crate::api::status::{EngineState, ServiceState, StatusSnapshot};
use crate::diagnose::classes::UNKNOWN;
use crate::text::{Param, Text};
use serde_json::Value;

/// More nobody listens to.
pub(crate) const MOST_LINES: usize = 30;
/// Longer lines are cut.
const LONGEST_LINE: usize = 200;
/// Problems and earlier operations, before the rest is counted.
const MOST_PROBLEMS: usize = 14;
const MOST_TRIED: usize = 6;

/// What the summary is made of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts<'a> {
    pub package: Option<&'a PackageView>,
    /// Why the package cannot be read.
    pub refused: Option<String>,
    pub status: Option<&'a StatusSnapshot>,
    /// `Debian GNU/Linux 12 (bookworm)`
    pub system: String,
    pub arch: String,
    pub compose: Option<String>,
    /// What the check said.
    pub checks: &'a [Check],
    /// Oldest first, as they were written down.
    pub operations: &'a [Value],
    /// What is wrong, what blocks included; none when it could not be found out.
    pub diagnoses: &'a [Diagnosis],
}

/// Returns the lines.
pub(crate) fn summary(facts: &Facts<'_>) -> Vec<String> {
    let mut texts = about(facts);
    let problems = problems(facts);
    if !problems.is_empty() {
        texts.push(Text::new("support-summary-problems").with("count", problems.len()));
    }
    let more = problems.len().saturating_sub(MOST_PROBLEMS);
    texts.extend(problems.into_iter().take(MOST_PROBLEMS));
    if more > 0 {
        texts.push(Text::new("support-summary-more").with("count", more));
    }
    texts.extend(operations(facts.operations));
    let lines = texts.iter().map(|text| cut(&text.to_string()));
    lines.take(MOST_LINES).collect()
}

/// What is here, and how it is.
fn about(facts: &Facts<'_>) -> Vec<Text> {
    let or = |text: Option<&String>, other: &str| text.map_or(other, String::as_str).to_owned();
    let engine = facts.status.and_then(|it| it.engine.version.as_ref());
    let mut texts = vec![
        Text::new("support-summary-versions")
            .with("quayside", env!("CARGO_PKG_VERSION"))
            .with("system", &facts.system)
            .with("arch", &facts.arch),
        Text::new("support-summary-engine")
            .with("engine", or(engine, "?"))
            .with("compose", or(facts.compose.as_ref(), "?")),
    ];
    if let Some(package) = facts.package {
        let text = Text::new("support-summary-package")
            .with("title", &package.title)
            .with("version", or(package.version.as_ref(), "-"))
            .with("project", &package.project)
            .with("services", package.services.len());
        texts.push(text);
    }
    let refused = |reason: Text| Text::new("support-summary-refused").with("reason", reason);
    if let Some(reason) = &facts.refused {
        texts.push(Text::new("support-summary-refused").with("reason", reason));
    }
    if let Some(status) = facts.status {
        let text = Text::new("support-summary-verdict")
            .with("verdict", status.verdict.word())
            .with("sentence", status.sentence.clone());
        texts.push(text);
        if status.engine.state == EngineState::Unreachable {
            texts.extend(status.engine.reason.clone().map(refused));
        }
    }
    texts
}

/// Causes before symptoms: diagnoses with their number, services in trouble that none of them explains, what the check warns
/// of. Without diagnoses, what the check blocks.
fn problems(facts: &Facts<'_>) -> Vec<Text> {
    let diagnoses = facts.diagnoses.iter().map(|it| {
        let code = format!("{} {}", it.code, it.id);
        match &it.service {
            Some(service) => problem(&code, of(service, it.title.clone())),
            None => problem(&code, it.title.clone()),
        }
    });
    let explained = |name: &String| {
        let mut diagnoses = facts.diagnoses.iter();
        diagnoses.any(|it| {
            let is_about = it.service.as_ref() == Some(name) || it.explains.contains(name);
            is_about && it.id != UNKNOWN.id
        })
    };
    let wrong = |state: CheckState| {
        let checks = facts
            .checks
            .iter()
            .filter(move |check| check.state == state);
        checks.map(move |check| problem(&check.id, check.message.clone()))
    };
    let services = facts.status.into_iter().flat_map(|it| &it.services);
    let services = services.filter(|it| {
        matches!(
            it.state,
            ServiceState::Failed
                | ServiceState::CrashLooping
                | ServiceState::Unhealthy
                | ServiceState::Paused
        ) && !explained(&it.name)
    });
    let services = services.map(|it| {
        let sentence = of(&it.name, it.sentence.clone());
        problem(it.state.word(), sentence)
    });
    diagnoses
        .chain(wrong(CheckState::Block).filter(|_| facts.diagnoses.is_empty()))
        .chain(services)
        .chain(wrong(CheckState::Warn))
        .collect()
}

fn problem(code: &str, sentence: impl Into<Param>) -> Text {
    Text::new("support-summary-problem")
        .with("code", code)
        .with("sentence", sentence)
}

fn of(service: &str, sentence: impl Into<Param>) -> Text {
    Text::new("support-summary-of")
        .with("service", service)
        .with("sentence", sentence)
}

/// A time as it is read out: of the journal's RFC 3339 in UTC, without its seconds.
fn minute(time: &str) -> String {
    let parsed: Result<jiff::Timestamp, _> = time.parse();
    parsed.map_or_else(
        |_| time.to_owned(),
        |it| it.strftime("%Y-%m-%d %H:%M UTC").to_string(),
    )
}

/// How the last operation ended, and what was tried before.
fn operations(all: &[Value]) -> Vec<Text> {
    let Some((last, before)) = all.split_last() else {
        return Vec::new();
    };
    let word = |value: &Value| value.as_str().unwrap_or("?").to_owned();
    let end = finished(last);
    let mut texts = vec![
        Text::new("support-summary-last")
            .with("kind", word(&last["kind"]))
            .with("outcome", word(&end["outcome"]))
            .with("time", minute(&word(&last["startedAt"]))),
    ];
    let failure = &end["failure"];
    if let Some(code) = failure["code"].as_str() {
        texts.push(problem(code, word(&failure["message"])));
    }
    let tail = failure["outputTail"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let said = tail[tail.len().saturating_sub(3)..]
        .iter()
        .filter_map(Value::as_str);
    texts.extend(said.map(|line| Text::new("support-summary-said").with("line", line)));
    if !before.is_empty() {
        let tried = before.iter().rev().take(MOST_TRIED);
        let tried =
            tried.map(|it| format!("{} {}", word(&it["kind"]), word(&finished(it)["outcome"])));
        let tried: Vec<String> = tried.collect();
        texts.push(Text::new("support-summary-tried").with("tried", tried.join(", ")));
    }
    texts
}

/// The last event of an operation as it was written down.
pub(super) fn finished(operation: &Value) -> &Value {
    let events = operation["events"].as_array();
    let mut newest = events.into_iter().flatten().rev();
    newest
        .find(|event| event["type"] == "finished")
        .unwrap_or(&Value::Null)
}

fn cut(line: &str) -> String {
    let line = line.replace(['\n', '\r'], " ");
    if line.chars().count() <= LONGEST_LINE {
        return line;
    }
    let mut short: String = line.chars().take(LONGEST_LINE - 1).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn diagnosis(number: u32) -> Diagnosis {
        Diagnosis {
            id: format!("port.in_use_{number}"),
            code: "601".into(),
            confidence: 1.0,
            service: Some("web".into()),
            params: crate::text::Params::new(),
            title: Text::verbatim("word ".repeat(200)),
            why: Text::verbatim(""),
            proof: Vec::new(),
            steps: Vec::new(),
            undecided: None,
            fixes: Vec::new(),
            explains: Vec::new(),
        }
    }

    #[test]
    fn however_much_is_wrong_it_can_be_read_out() {
        let diagnoses: Vec<Diagnosis> = (0..80).map(diagnosis).collect();
        let operation = json!({ "kind": "deploy", "startedAt": "2026-01-01T00:00:00Z", "events": [{
            "type": "finished", "outcome": "failed",
            "failure": { "code": "service-failed", "message": "db ended", "outputTail": ["a", "b", "c", "d"] },
        }] });
        let operations = vec![operation; 9];
        let facts = Facts {
            diagnoses: &diagnoses,
            operations: &operations,
            ..Facts::default()
        };
        let lines = summary(&facts);
        assert!(lines.len() <= MOST_LINES, "{lines:#?}");
        assert!(
            lines
                .iter()
                .all(|line| line.chars().count() <= LONGEST_LINE)
        );
        let all = lines.join("\n");
        for part in [
            "601 port.in_use_0",
            "service-failed",
            "deploy",
            "2026-01-01",
        ] {
            assert!(all.contains(part), "{part}: {all}");
        }
    }
}
