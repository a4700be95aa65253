//! `cargo xtask bench`: Quayside beside the tools it stands on, both sides in one run. Ratios count; seconds are this
//! machine's.

pub(crate) mod check;
pub(crate) mod diagnose;
mod disk;
pub(crate) mod load;
mod measure;
pub(crate) mod ready;
pub(crate) mod redact;
mod stack;
pub(crate) mod status;
pub(crate) mod window;
mod workload;

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::engines::Engine;
use crate::paths;
use measure::{Cost, median};

/// Writes the table and the figures behind it down: `target/bench/NAME.md` and `NAME.json`.
fn keep(name: &str, table: &str, figures: &serde_json::Value) -> Result<()> {
    let folder = paths::target().join("bench");
    fs::create_dir_all(&folder)?;
    let file = folder.join(name).with_extension("md");
    fs::write(&file, table)?;
    fs::write(
        file.with_extension("json"),
        serde_json::to_string_pretty(figures)?,
    )?;
    println!("bench: {}", file.display());
    Ok(())
}

/// The program that users get, on a package, with a folder of its own for what it remembers.
fn quayside_cli(engine: &Engine, package: &Path, arguments: &[&str]) -> Result<Command> {
    let mut command = engine.command("env")?;
    command
        .arg(format!(
            "QUAYSIDE_HOME={}",
            paths::target().join("bench/state").display()
        ))
        .arg(paths::built("release", "quayside-cli"))
        .arg("--package")
        .arg(package)
        .args(arguments);
    Ok(command)
}

/// The median of one figure.
fn middle(costs: &[Cost], value: fn(&Cost) -> f64) -> f64 {
    median(&costs.iter().map(value).collect::<Vec<_>>())
}

/// The median of the seconds, with the lowest and the highest.
fn spread(costs: &[Cost]) -> String {
    let walls: Vec<f64> = costs.iter().map(|cost| cost.wall).collect();
    let lowest = walls.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = walls.iter().copied().fold(0.0, f64::max);
    format!("{:.2} s ({lowest:.2}–{highest:.2})", median(&walls))
}

#[allow(clippy::cast_precision_loss, reason = "megabytes for a table")]
fn mega(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
