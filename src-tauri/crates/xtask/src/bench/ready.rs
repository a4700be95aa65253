//! `cargo xtask bench ready`: how long after `compose up` has returned a deployment is said to be ready.
//!
//! Both moments are those in which this program reads the line: the steps `start` and `ready` as `deploy --json` ends
//! them, on a project that is removed before every run.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::Args;
use serde_json::{Value, json};

use crate::engines::{Engine, Generation};
use crate::setup::{Group, setup};
use crate::{paths, run};

use super::measure::median;
use super::{keep, quayside_cli, stack};

#[derive(Args)]
pub(crate) struct ReadyChoice {
    /// How often each stack is deployed
    #[arg(long, default_value_t = 7)]
    runs: usize,
    /// Only these engines
    #[arg(long, value_delimiter = ',')]
    engines: Vec<Generation>,
}

/// A stack's name, the intervals of its services' health checks in seconds (none: no check), and the limit.
const STACKS: &[(&str, &[Option<u64>], f64)] = &[
    (
        "health checks every 1, 2, 3, 5, 5 s",
        &[Some(1), Some(2), Some(3), Some(5), Some(5)],
        1.0 + 5.0,
    ),
    ("no health checks", &[None; 5], 15.0),
    (
        "both, every 2 and 10 s",
        &[Some(2), Some(10), None, None],
        15.0,
    ),
];

pub(crate) fn ready(choice: &ReadyChoice) -> Result<()> {
    setup(&[Group::Tests])?;
    run::cargo(&["build", "--release", "--package", "quayside-cli"])?;
    let engines = if choice.engines.is_empty() {
        vec![Generation::Old, Generation::New]
    } else {
        choice.engines.clone()
    };
    let mut report = String::from(
        "| engine | stack | compose up | then ready after | limit |\n|---|---|---|---|---|\n",
    );
    let mut figures = Vec::new();
    for generation in engines {
        let engine = Engine::of(generation);
        engine.up(true)?;
        let answer = on(&engine, choice.runs);
        engine.down(true)?;
        for (row, figure) in answer? {
            println!("{row}");
            writeln!(report, "{row}")?;
            figures.push(figure);
        }
    }
    keep("ready", &report, &json!(figures))?;
    for figure in &figures {
        ensure!(
            figure["slowest"].as_f64() <= figure["limit"].as_f64(),
            "over the limit: {figure}"
        );
    }
    Ok(())
}

fn on(engine: &Engine, runs: usize) -> Result<Vec<(String, Value)>> {
    let _ = std::fs::remove_dir_all(paths::target().join("bench/state"));
    let mut rows = Vec::new();
    for (number, (name, checks, limit)) in STACKS.iter().enumerate() {
        let package = stack::make(&format!("ready{number}"), &services(checks)?)?;
        let (mut ups, mut waits) = (Vec::new(), Vec::new());
        // The first run loads the image.
        for run in 0..=runs {
            let (up, wait) = deploy(engine, &package)?;
            if run > 0 {
                ups.push(up);
                waits.push(wait);
            }
            run::quiet(&mut quayside_cli(engine, &package, &["down"])?)?;
        }
        let slowest = waits.iter().copied().fold(0.0, f64::max);
        let row = format!(
            "| {} | {name} | {:.1} s | **{:.1} s** (at most {slowest:.1}) | {limit:.0} s |",
            engine.name(),
            median(&ups),
            median(&waits),
        );
        let figure = json!({
            "engine": engine.name(), "stack": name, "upSeconds": ups, "readySeconds": waits,
            "slowest": slowest, "limit": limit,
        });
        rows.push((row, figure));
    }
    Ok(rows)
}

fn services(checks: &[Option<u64>]) -> Result<String> {
    let mut services = String::new();
    for (number, check) in checks.iter().enumerate() {
        write!(
            services,
            "  s{number}:\n    image: bench/tools:1.0\n    restart: unless-stopped\n"
        )?;
        if let Some(seconds) = check {
            write!(
                services,
                "    healthcheck:\n      test: [\"CMD\", \"true\"]\n      interval: {seconds}s\n"
            )?;
        }
    }
    Ok(services)
}

/// Deploys, and answers how long `compose up` took and how long it then took to the verdict.
fn deploy(engine: &Engine, package: &Path) -> Result<(f64, f64)> {
    let mut command = quayside_cli(engine, package, &["deploy", "--json"])?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let lines = BufReader::new(child.stdout.take().context("no output")?).lines();
    let (mut begun, mut returned, mut ready) = (None, None, None);
    let mut outcome = Value::Null;
    for line in lines {
        let event: Value = serde_json::from_str(&line?)?;
        let moment = Instant::now();
        match (event["type"].as_str(), event["step"].as_str()) {
            (Some("step-started"), Some("start")) => begun = Some(moment),
            (Some("step-finished"), Some("start")) => returned = Some(moment),
            (Some("step-finished"), Some("ready")) => ready = Some(moment),
            (Some("finished"), _) => outcome = event["outcome"].clone(),
            _ => {}
        }
    }
    let ended = child.wait()?;
    ensure!(
        ended.success() && outcome == "ready",
        "the deployment ended with {ended}: {outcome}"
    );
    let (Some(begun), Some(returned), Some(ready)) = (begun, returned, ready) else {
        anyhow::bail!("a step is missing");
    };
    Ok((
        (returned - begun).as_secs_f64(),
        (ready - returned).as_secs_f64(),
    ))
}
