//! The evidence of a failure as files that `diagnose --evidence` reads: what is looked at again is what was looked at. Pure.

use super::collect::{Collected, Container};
use super::summary::finished;
use crate::api::status::{ServiceState, StatusSnapshot};
use serde_json::{Value, json};

/// Lines of a container's log in one piece of evidence.
const LINES: usize = 400;

/// Adds one file per container that is in trouble, one per error of the engine, and one of what Compose said last.
pub(super) fn add(
    collected: &mut Collected,
    status: &StatusSnapshot,
    containers: &[Container],
    last: Option<&Value>,
) {
    for container in containers {
        let facts = &container.facts;
        let service = status.services.iter().find(|it| it.name == facts.service);
        let is_fine = service.is_some_and(|it| {
            matches!(
                it.state,
                ServiceState::Running
                    | ServiceState::Healthy
                    | ServiceState::Completed
                    | ServiceState::Starting
            )
        });
        let known = json!({
            "containerState": facts.state, "health": facts.health, "healthOutput": facts.health_output,
            "exitCode": facts.exit_code, "oomKilled": facts.oom_killed, "restartCount": facts.restart_count,
            "stateError": facts.error,
        });
        let mut add = |kind: &str, text: &str| {
            let evidence = json!({
                "kind": kind, "service": facts.service, "image": container.image(), "text": text, "facts": known,
            });
            collected.json(&format!("evidence/{kind}-{}.json", facts.name), evidence);
        };
        if !facts.error.is_empty() {
            add("engine_error", &facts.error);
        }
        let lines = &container.lines;
        if !is_fine && !lines.is_empty() {
            let newest = &lines[lines.len().saturating_sub(LINES)..];
            add("container_logs", &newest.join("\n"));
        }
    }
    // Of other failures the tail is a container's, which is there already.
    let failure = last.map(|last| &finished(last)["failure"]);
    let failure = failure.filter(|failure| failure["code"] == "compose-command");
    let tail = failure.and_then(|failure| failure["outputTail"].as_array());
    let said: Vec<&str> = tail
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if !said.is_empty() {
        let evidence = json!({
            "kind": "compose_stderr", "service": failure.map(|it| &it["service"]), "image": null,
            "text": said.join("\n"), "facts": {},
        });
        collected.json("evidence/compose_stderr.json", evidence);
    }
}
