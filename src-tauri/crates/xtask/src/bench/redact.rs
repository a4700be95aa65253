//! `cargo xtask bench redact`: how long secrets take to be taken out of a large log.
//!
//! It is a test of the library, built as users get it and run alone: no command does only this.

use anyhow::{Context, Result};
use clap::Args;
use serde_json::json;

use crate::run;

use super::keep;
use super::measure::median;

#[derive(Args)]
pub(crate) struct RedactChoice {
    /// How often it runs
    #[arg(long, default_value_t = 5)]
    runs: usize,
}

/// What the test's text is long.
const MEGABYTES: f64 = 20.0;
const TEST: &str = "redact::tests::twenty_megabytes_take_seconds";

pub(crate) fn redact(choice: &RedactChoice) -> Result<()> {
    let (mut learning, mut taking) = (Vec::new(), Vec::new());
    for _ in 0..choice.runs.max(1) {
        let said = run::quiet(
            run::command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
                .current_dir(crate::paths::root())
                .args(["test", "--release", "--package", "service-manager", "--lib"])
                .args(["--", "--ignored", "--exact", "--nocapture", TEST]),
        )?;
        let (learned, took) = seconds(&said).context("the test does not say how long it took")?;
        learning.push(learned);
        taking.push(took);
    }
    let all: Vec<f64> = learning.iter().zip(&taking).map(|(a, b)| a + b).collect();
    let lowest = all.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = all.iter().copied().fold(0.0, f64::max);
    let table = format!(
        "| text | names are learned | secrets are taken out | together | for each MB |\n|---|---|---|---|---|\n\
         | {MEGABYTES:.0} MB of a log | {:.2} s | {:.2} s | **{:.2} s** ({lowest:.2}–{highest:.2}) | {:.0} ms |\n",
        median(&learning),
        median(&taking),
        median(&all),
        median(&all) / MEGABYTES * 1000.0,
    );
    println!("{table}");
    let figures =
        json!({ "megabytes": MEGABYTES, "learnSeconds": learning, "takeOutSeconds": taking });
    keep("redact", &table, &figures)
}

/// Reads `1.23 s to learn, 4.56 s to take out`.
fn seconds(said: &str) -> Option<(f64, f64)> {
    let line = said.lines().find(|line| line.contains(" s to learn, "))?;
    let (first, second) = line.split_once(" s to learn, ")?;
    let first = first.rsplit(' ').next()?.parse().ok()?;
    let second = second.split(' ').next()?.parse().ok()?;
    Some((first, second))
}

#[test]
fn what_the_test_says_is_read() {
    // The harness begins the line without ending it.
    let said = "running 1 test\ntest redact::tests::x ... 1.23 s to learn, 4.56 s to take out\nok";
    let (first, second) = seconds(said).unwrap();
    assert!((first - 1.23).abs() < 1e-9 && (second - 4.56).abs() < 1e-9);
}
