//! Benches of the real window: `cargo xtask bench events` and `bench idle`. What happens in it is in `tests/e2e/bench`;
//! here it is started on an engine, and its figures are judged.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result, ensure};
use clap::Args;
use serde_json::{Value, json};

use crate::engines::{Engine, Generation};
use crate::setup::{Group, setup};
use crate::{paths, run, test};

use super::keep;

#[derive(Args)]
pub(crate) struct EventsChoice {
    /// Only these engines for the real services
    #[arg(long, value_delimiter = ',')]
    engines: Vec<Generation>,
}

#[derive(Args)]
pub(crate) struct IdleChoice {
    /// How long it is watched
    #[arg(long, default_value_t = 30)]
    minutes: u64,
}

/// The limits for 95 of 100 changes, in milliseconds.
const REAL_LIMIT: f64 = 300.0;
const MANY_LIMIT: f64 = 500.0;
/// The limit for the processor: percent of one core.
const CPU_LIMIT: f64 = 0.5;
/// What one page that was kept or given back more makes; memory that grows passes it within half an hour.
const GROWTH_LIMIT: f64 = 2e6;

pub(crate) fn events(choice: &EventsChoice) -> Result<()> {
    build()?;
    let engines = if choice.engines.is_empty() {
        vec![Generation::Old, Generation::New]
    } else {
        choice.engines.clone()
    };
    let mut report = String::from(
        "| engine | what | changes | median | p95 | slowest | limit of p95 |\n|---|---|---|---|---|---|---|\n",
    );
    let mut figures = Vec::new();
    let mut runs: Vec<(Generation, &str, f64)> = engines
        .iter()
        .map(|engine| (*engine, "ten_services_on_a_real_engine", REAL_LIMIT))
        .collect();
    // The second engine is a fake one; the real one beside it only lends its network.
    let last = *engines.last().context("no engine")?;
    let many = "a_hundred_and_fifty_containers_at_twenty_events_a_second";
    runs.push((last, many, MANY_LIMIT));
    for (generation, name, limit) in runs {
        let engine = Engine::of(generation);
        let figure = in_window(&engine, &format!("bench::events::{name}"), &[])?;
        let by = if name == many { "fake" } else { engine.name() };
        let (row, figure) = event_row(by, &figure, limit)?;
        println!("{row}");
        writeln!(report, "{row}")?;
        figures.push(figure);
    }
    keep("events", &report, &json!(figures))?;
    for figure in &figures {
        ensure!(
            figure["p95"].as_f64() <= figure["limit"].as_f64() && figure["neverShown"] == 0,
            "over the limit, or not shown at all: {figure}"
        );
    }
    Ok(())
}

fn event_row(engine: &str, figure: &Value, limit: f64) -> Result<(String, Value)> {
    let kinds = figure["milliseconds"].as_object().context("no figures")?;
    let all: Vec<&Value> = kinds
        .values()
        .filter_map(Value::as_array)
        .flatten()
        .collect();
    let took: Vec<f64> = all.iter().filter_map(|value| value.as_f64()).collect();
    let never = (all.len() - took.len()) as u64;
    let overtaken = figure["overtaken"].as_u64().unwrap_or(0);
    let [middle, p95, slowest] = [0.5, 0.95, 1.0].map(|part| percentile(&took, part));
    let row = format!(
        "| {engine} | {} | {}{}{} | {middle:.0} ms | **{p95:.0} ms** | {slowest:.0} ms | {limit:.0} ms |",
        figure["name"].as_str().unwrap_or("?"),
        all.len(),
        counted(overtaken, "overtaken"),
        counted(never, "never shown"),
    );
    let kinds: serde_json::Map<String, Value> = kinds
        .iter()
        .map(|(kind, values)| {
            let values = values.as_array().into_iter().flatten();
            let took: Vec<f64> = values.filter_map(Value::as_f64).collect();
            let three = [0.5, 0.95, 1.0].map(|part| percentile(&took, part));
            (kind.clone(), json!(three))
        })
        .collect();
    let figure = json!({
        "engine": engine, "what": figure["name"], "changes": all.len(), "neverShown": never, "overtaken": overtaken,
        "p50": middle, "p95": p95, "slowest": slowest, "limit": limit, "byEvent": kinds,
        "milliseconds": figure["milliseconds"],
    });
    Ok((row, figure))
}

fn counted(number: u64, what: &str) -> String {
    if number > 0 {
        format!(", {number} {what}")
    } else {
        String::new()
    }
}

/// The smallest value that this part of the values does not exceed.
fn percentile(values: &[f64], part: f64) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a rank"
    )]
    let rank = (values.len() as f64 * part).ceil() as usize;
    values.get(rank.max(1) - 1).copied().unwrap_or(f64::NAN)
}

pub(crate) fn idle(choice: &IdleChoice) -> Result<()> {
    build()?;
    let engine = Engine::of(Generation::New);
    let minutes = ("QUAYSIDE_BENCH_MINUTES", choice.minutes.to_string());
    let test = "bench::idle::fifty_healthy_services_and_nobody_looks";
    let figure = in_window(&engine, test, &[minutes])?;
    let seconds = figure["seconds"].as_f64().context("no figures")?;
    let mut report = String::from(
        "| process | CPU of one core | memory, beginning | memory, end |\n|---|---|---|---|\n",
    );
    let (mut cpu, mut before, mut after, mut faults) = (0.0, 0.0, 0.0, 0);
    let number = |value: &Value| value.as_f64().unwrap_or(0.0);
    for process in figure["processes"].as_array().into_iter().flatten() {
        let percent = number(&process["cpuSeconds"]) / seconds * 100.0;
        let (first, last) = (
            number(&process["memoryFirst"]),
            number(&process["memoryLast"]),
        );
        writeln!(
            report,
            "| {} | {percent:.3} % | {:.1} MB | {:.1} MB |",
            process["name"].as_str().unwrap_or("?"),
            first / 1e6,
            last / 1e6
        )?;
        cpu += percent;
        before += first;
        after += last;
        faults += process["endedChildrenFaults"].as_u64().unwrap_or(0);
    }
    writeln!(
        report,
        "| all | **{cpu:.3} %** | {:.1} MB | {:.1} MB |",
        before / 1e6,
        after / 1e6
    )?;
    println!("{report}");
    let spawned = figure["newProcesses"].as_u64().unwrap_or(u64::MAX);
    println!(
        "bench: {seconds:.0} s; {spawned} new processes, {faults} page faults of children that ended"
    );
    keep("idle", &report, &figure)?;
    ensure!(cpu < CPU_LIMIT, "{cpu:.3} %; the limit is {CPU_LIMIT} %");
    ensure!(spawned == 0 && faults == 0, "processes were started");
    ensure!(
        after - before < GROWTH_LIMIT,
        "memory grew by {:.1} MB",
        (after - before) / 1e6
    );
    Ok(())
}

fn build() -> Result<()> {
    setup(&[Group::Window, Group::Tests])?;
    run::cargo(&[
        "build",
        "--release",
        "--package",
        "quayside",
        "--package",
        "quayside-cli",
    ])?;
    run::cargo(&["test", "--package", "tests", "--test", "e2e", "--no-run"])
}

/// Runs one of the window's benches on an engine with nothing on it, and answers its figures.
fn in_window(engine: &Engine, name: &str, variables: &[(&str, String)]) -> Result<Value> {
    let answer = paths::target().join("bench/window.json");
    fs::create_dir_all(answer.parent().context("a file has a folder")?)?;
    let _ = fs::remove_file(&answer);
    let mut variables = variables.to_vec();
    variables.push(("QUAYSIDE_BENCH_REPORT", answer.display().to_string()));
    engine.up(true)?;
    let ran = test::suite_of(
        "release",
        &variables,
        "e2e",
        engine,
        &["--ignored", "--exact", name],
    )
    .and_then(|mut command| run::run(&mut command));
    engine.down(true)?;
    ran?;
    Ok(serde_json::from_slice(&fs::read(&answer)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles() {
        let values: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert!((percentile(&values, 0.5) - 50.0).abs() < 1e-9);
        assert!((percentile(&values, 0.95) - 95.0).abs() < 1e-9);
        assert!((percentile(&values, 1.0) - 100.0).abs() < 1e-9);
        assert!((percentile(&[7.0], 0.95) - 7.0).abs() < 1e-9);
        assert!(percentile(&[], 0.5).is_nan());
    }

    #[test]
    fn a_change_that_was_never_shown_counts() {
        let figure = json!({ "name": "x", "milliseconds": { "pause": [10.0, null, 30.0] } });
        let (row, figure) = event_row("new", &figure, 300.0).unwrap();
        assert_eq!(figure["neverShown"], 1);
        assert!(row.contains("3, 1 never shown"), "{row}");
    }
}
