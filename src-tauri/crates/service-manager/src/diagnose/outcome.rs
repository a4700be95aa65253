//! What an exit code and the out-of-memory flag say, where the log says nothing.

use super::classes::class;
use super::evidence::Piece;
use super::facts::Facts;
use super::judge::{Rank, Suspect};
use super::named;
use crate::text::Params;

/// Returns what the facts of a text speak for.
pub(super) fn by_facts(piece: &Piece, host: &Facts) -> impl Iterator<Item = Suspect> {
    let facts = &piece.facts;
    let exit = facts.number(named::EXIT_CODE);
    let is = |code: f64| exit == Some(code);
    let oom = facts.flag(named::OOM_KILLED) == Some(true);
    let called = |names: &[&str]| {
        let image = piece.image.iter().chain(&piece.service);
        image
            .into_iter()
            .any(|it| names.iter().any(|name| it.to_lowercase().contains(name)))
    };
    let stopped = facts.flag(named::STOPPED_BY_US) == Some(true);
    let found: Option<(&str, Rank, f64, Option<&'static str>)> =
        if oom && (is(137.0) || exit.is_none()) {
            Some(("oom.killed", Rank::First, 0.97, None))
        } else if facts
            .flag(named::HOST_OOM)
            .or_else(|| host.flag(named::HOST_OOM))
            == Some(true)
            && is(137.0)
        {
            Some(("oom.host", Rank::First, 0.9, None))
        } else if is(137.0) && stopped {
            Some((
                "exit.sigkill_unexplained",
                Rank::Symptom,
                0.7,
                Some("stopped"),
            ))
        } else if is(137.0) {
            Some(("exit.sigkill_unexplained", Rank::Symptom, 0.5, None))
        } else if is(132.0) {
            Some(("host.cpu_unsupported", Rank::Exact, 0.85, None))
        } else if is(139.0) {
            Some(("crash.segfault", Rank::Symptom, 0.7, None))
        } else if is(62.0) && called(&["mongo"]) {
            Some(("mongo.fcv_incompatible", Rank::Exact, 0.85, None))
        } else if is(78.0) && called(&["elastic", "opensearch", "sonar"]) {
            Some(("host.vm_max_map_count", Rank::General, 0.6, None))
        } else {
            None
        };
    found
        .into_iter()
        .map(move |(id, rank, confidence, variant)| {
            let code = exit.map(|it| format!("exit code {it}"));
            let killed = oom.then(|| "OOMKilled true".to_owned());
            let said: Vec<String> = code.into_iter().chain(killed).collect();
            let mut params = Params::new();
            if let Some(exit) = exit {
                params.push("exit_code", exit.to_string());
            }
            Suspect {
                class: class(id),
                variant,
                confidence,
                params,
                proof: vec![said.join(", ")],
                undecided: false,
                rank,
            }
        })
}
