//! `cargo xtask bench status`: `quayside-cli status --json` beside `docker compose ps --format json`, twenty services.
//!
//! Compose v1 has no such format; there it is `docker-compose ps`. Both are whole processes, started in turn.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, ensure};
use clap::Args;
use serde_json::{Value, json};

use crate::engines::{Engine, Generation};
use crate::setup::{Group, setup};
use crate::{paths, run};

use super::measure::{Cost, measure};
use super::{keep, mega, middle, quayside_cli, spread, stack};

#[derive(Args)]
pub(crate) struct StatusChoice {
    /// How often each side runs
    #[arg(long, default_value_t = 30)]
    runs: usize,
    /// Only these engines
    #[arg(long, value_delimiter = ',')]
    engines: Vec<Generation>,
}

/// The limit for the ratio.
const LIMIT: f64 = 1.2;
const SERVICES: usize = 20;

pub(crate) fn status(choice: &StatusChoice) -> Result<()> {
    setup(&[Group::Tests, Group::Bench])?;
    run::cargo(&["build", "--release", "--package", "quayside-cli"])?;
    let mut services = String::new();
    for number in 1..=SERVICES {
        write!(
            services,
            "  s{number}:\n    image: bench/tools:1.0\n    restart: unless-stopped\n    ports: [\"{}:8080\"]\n    \
             healthcheck:\n      test: [\"CMD\", \"true\"]\n      interval: 30s\n",
            21000 + number
        )?;
    }
    let package = stack::make("status", &services)?;
    let engines = if choice.engines.is_empty() {
        vec![Generation::Old, Generation::New, Generation::Containerd]
    } else {
        choice.engines.clone()
    };
    let mut report = String::from(
        "| engine | compose ps | quayside-cli status | ratio | ours: CPU | ours: memory | Compose started |\n|---|---|---|---|---|---|---|\n",
    );
    let mut figures = Vec::new();
    for generation in engines {
        let engine = Engine::of(generation);
        engine.up(true)?;
        let answer = on(&engine, &package, choice.runs);
        engine.down(true)?;
        let (row, figure) = answer?;
        println!("{row}");
        writeln!(report, "{row}")?;
        figures.push(figure);
    }
    keep("status", &report, &json!(figures))?;
    for figure in &figures {
        let (ratio, starts) = (figure["ratio"].as_f64(), figure["composeStarts"].as_u64());
        ensure!(
            ratio.is_some_and(|it| it <= LIMIT) && starts.is_some_and(|it| it <= 1),
            "over the limit of {LIMIT}, or Compose was started more than once: {figure}"
        );
    }
    Ok(())
}

fn on(engine: &Engine, package: &Path, runs: usize) -> Result<(String, Value)> {
    let _ = fs::remove_dir_all(paths::target().join("bench/state"));
    run::quiet(&mut quayside_cli(engine, package, &["deploy"])?)?;
    let answer = paths::target().join("bench/status/answer.json");
    let (mut theirs, mut ours) = (Vec::<Cost>::new(), Vec::<Cost>::new());
    // The first run of each warms what a second one finds warm.
    for run in 0..=runs {
        let peer = measure(vec![by_hand(engine, package)?])?;
        let mut command = quayside_cli(engine, package, &["status", "--json"])?;
        command.stdout(fs::File::create(&answer)?);
        let own = measure(vec![command])?;
        let status: Value = serde_json::from_slice(&fs::read(&answer)?)?;
        ensure!(
            status["verdict"] == "ready" && status["running"] == SERVICES,
            "not what was deployed: {status}"
        );
        if run > 0 {
            theirs.push(peer);
            ours.push(own);
        }
    }
    let ratio = middle(&ours, |cost| cost.wall) / middle(&theirs, |cost| cost.wall);
    let starts = compose_starts(engine, package)?;
    let row = format!(
        "| {} | {} | {} | **{ratio:.2}** | {:.2} s | {:.0} MB | {} |",
        engine.name(),
        spread(&theirs),
        spread(&ours),
        middle(&ours, |cost| cost.cpu),
        middle(&ours, |cost| mega(cost.peak)),
        starts.len(),
    );
    let walls = |costs: &[Cost]| costs.iter().map(|cost| cost.wall).collect::<Vec<_>>();
    let figure = json!({
        "engine": engine.name(), "ratio": ratio, "composePsSeconds": walls(&theirs),
        "statusSeconds": walls(&ours), "composeStarts": starts.len(), "composeCalls": starts,
    });
    Ok((row, figure))
}

fn by_hand(engine: &Engine, package: &Path) -> Result<Command> {
    let ps = if run::succeeds(engine.command("docker")?.args(["compose", "version"])) {
        "docker compose ps --format json"
    } else {
        "docker-compose ps"
    };
    let mut command = engine.command("sh")?;
    command
        .args(["-ec", &format!("cd \"$1\"; exec {ps}"), "sh"])
        .arg(package)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    Ok(command)
}

/// How Compose is called in one `status`: what the kernel is asked to run, without the calls that `docker` makes by itself.
fn compose_starts(engine: &Engine, package: &Path) -> Result<Vec<String>> {
    let trace = paths::target().join("bench/status/trace");
    let status = quayside_cli(engine, package, &["status", "--json"])?;
    let mut traced = run::command("strace");
    traced
        .args(["-f", "-qq", "-e", "trace=execve", "-s", "4096", "-v"])
        .args(["-e", "signal=none", "-o"])
        .arg(&trace)
        .arg(status.get_program())
        .args(status.get_args());
    run::quiet(&mut traced)?;
    let text = fs::read_to_string(&trace)?;
    Ok(text.lines().filter_map(compose_call).collect())
}

/// The words of a line in which Compose was started: `docker compose ...`, or `docker-compose ...` by itself.
fn compose_call(line: &str) -> Option<String> {
    let (_, call) = line.split_once("execve(\"")?;
    let (words, rest) = call.split_once(", [")?.1.split_once(']')?;
    // With `-v` the environment follows; the result is behind it, or on a line of its own.
    if rest.contains(" = -1 ") {
        return None;
    }
    let words: Vec<&str> = words
        .split(", ")
        .map(|word| word.trim_matches('"'))
        .collect();
    let name = words.iter().rev().find_map(|word| {
        let name = word.rsplit('/').next()?;
        matches!(name, "docker" | "docker-compose").then_some(name)
    })?;
    let has = |wanted: &str| words.contains(&wanted);
    let is_call = match name {
        "docker" => has("compose"),
        // The plugin, started by `docker`.
        _ => !has("compose") && !has("docker-cli-plugin-metadata"),
    };
    is_call.then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_read_as_strace_writes_them() {
        // strace 6.1
        for (line, expected) in [
            (
                r#"12 execve("/e/bin/docker", ["/e/bin/docker", "compose", "config"], ["PATH=/e/bin"]) = 0"#,
                Some("/e/bin/docker compose config"),
            ),
            (
                r#"13 execve("/p/docker-compose", ["/p/docker-compose", "docker-cli-plugin-metadata"], []) = 0"#,
                None,
            ),
            (
                r#"13 execve("/p/docker-compose", ["/p/docker-compose", "compose", "config"], []) = 0"#,
                None,
            ),
            (
                r#"14 execve("/usr/bin/python3", ["python3", "/usr/bin/docker-compose", "config"], []) = 0"#,
                Some("python3 /usr/bin/docker-compose config"),
            ),
            (
                r#"15 execve("/x/docker", ["docker", "compose"], []) = -1 ENOENT (No such file or directory)"#,
                None,
            ),
            (
                r#"16 execve("/e/quayside-cli", ["/e/quayside-cli", "status"], []) = 0"#,
                None,
            ),
        ] {
            assert_eq!(compose_call(line).as_deref(), expected, "{line}");
        }
    }
}
