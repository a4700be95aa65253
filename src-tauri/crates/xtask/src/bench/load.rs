//! `cargo xtask bench load`: Quayside's loader beside `docker load`, in one run, on each kind of store.
//!
//! Both sides do the same work on an engine that has just been wiped, in turn. Ratios count; seconds are this machine's.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::engines::{Engine, Generation, http};
use crate::setup::{Group, setup};
use crate::{paths, run};

use super::disk::Disk;
use super::measure::{Cost, measure, median};
use super::workload::{self, Packing, package};
use super::{mega, middle, quayside_cli, spread};

#[derive(Args)]
pub(crate) struct LoadChoice {
    /// How often each side runs
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Only these stores
    #[arg(long, value_delimiter = ',')]
    stores: Vec<Generation>,
    /// Only these cases
    #[arg(long, value_delimiter = ',')]
    cases: Vec<String>,
}

/// One thing that is compared.
struct Case {
    name: &'static str,
    /// What the engine has before the clock starts.
    before: &'static [&'static str],
    images: &'static [&'static str],
    packing: Packing,
    /// What the other side loads: engines that refuse zstd are given the raw archives.
    peer: Packing,
    /// Whether Quayside has seen the files before.
    seen: bool,
}

const CASES: &[Case] = &[
    Case {
        name: "first-raw",
        before: &[],
        images: &["a", "b", "c"],
        packing: Packing::Raw,
        peer: Packing::Raw,
        seen: false,
    },
    Case {
        name: "first-gzip",
        before: &[],
        images: &["a", "b", "c"],
        packing: Packing::Gzip,
        peer: Packing::Gzip,
        seen: false,
    },
    Case {
        name: "first-zstd",
        before: &[],
        images: &["a", "b", "c"],
        packing: Packing::Zstd,
        peer: Packing::Raw,
        seen: false,
    },
    Case {
        name: "single-raw",
        before: &[],
        images: &["a"],
        packing: Packing::Raw,
        peer: Packing::Raw,
        seen: false,
    },
    Case {
        name: "again-raw",
        before: &["a", "b", "c"],
        images: &["a", "b", "c"],
        packing: Packing::Raw,
        peer: Packing::Raw,
        seen: false,
    },
    Case {
        name: "again-raw-seen",
        before: &["a", "b", "c"],
        images: &["a", "b", "c"],
        packing: Packing::Raw,
        peer: Packing::Raw,
        seen: true,
    },
    Case {
        name: "again-gzip-seen",
        before: &["a", "b", "c"],
        images: &["a", "b", "c"],
        packing: Packing::Gzip,
        peer: Packing::Gzip,
        seen: true,
    },
    Case {
        name: "upgrade-raw",
        before: &["a"],
        images: &["a2"],
        packing: Packing::Raw,
        peer: Packing::Raw,
        seen: false,
    },
];

pub(crate) fn load(choice: &LoadChoice) -> Result<()> {
    setup(&[Group::Tests, Group::Bench])?;
    run::cargo(&["build", "--release", "--package", "quayside-cli"])?;
    workload::make()?;
    let stores = if choice.stores.is_empty() {
        vec![Generation::Old, Generation::New, Generation::Containerd]
    } else {
        choice.stores.clone()
    };
    let mut report = String::from(
        "| store | case | docker load | quayside | ratio | with sync | loader alone | ours: CPU | ours: memory | written, ours / theirs |\n|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for generation in stores {
        let engine = Engine::of(generation);
        let disk = Disk::of(&engine)?;
        for case in CASES {
            if choice.cases.is_empty() || choice.cases.iter().any(|name| name == case.name) {
                let row = compare(&engine, &disk, case, choice.runs)?;
                println!("{row}");
                writeln!(report, "{row}")?;
            }
        }
    }
    let file = paths::target().join("bench/report.md");
    fs::write(&file, report)?;
    println!("bench: {}", file.display());
    Ok(())
}

/// Runs both sides in turn and answers one line of the table.
fn compare(engine: &Engine, disk: &Disk<'_>, case: &Case, runs: usize) -> Result<String> {
    let (ours, _) = package(case.images, case.packing)?;
    let (_, theirs) = package(case.images, case.peer)?;
    // Made last, so that a case whose sides use the same package finds it whole.
    let (ours, theirs) = if case.packing == case.peer {
        package(case.images, case.peer)?
    } else {
        (ours, theirs)
    };
    let mut peer: Vec<Cost> = Vec::new();
    let mut quayside: Vec<Cost> = Vec::new();
    let mut alone = Vec::new();
    // What changes nothing can be done again on the same store; else both sides take turns on new ones.
    let stays = case.before == case.images;
    let turns: Vec<Side> = if stays {
        [vec![Side::Peer; runs], vec![Side::Ours; runs]].concat()
    } else {
        [Side::Peer, Side::Ours].repeat(runs)
    };
    for side in turns {
        let done = match side {
            Side::Peer => peer.len(),
            Side::Ours => quayside.len(),
        };
        if !stays || done == 0 {
            prepare(engine, disk, case, side)?;
        }
        let what = || format!("{side:?}, {}", case.name);
        let cost = match side {
            Side::Peer => measure(docker_load(engine, &theirs)?).with_context(what)?,
            Side::Ours => {
                // A folder of our own that has never seen the archives, or has.
                let _ = fs::remove_dir_all(paths::target().join("bench/state"));
                if case.seen {
                    run::quiet(&mut quayside_cli(engine, &ours, &["inspect"])?)?;
                }
                measure(our_load(engine, &ours)?).with_context(what)?
            }
        };
        check(engine, case)?;
        println!(
            "  {} {} {side:?}: {:.2} s",
            engine.name(),
            case.name,
            cost.wall
        );
        match side {
            Side::Peer => peer.push(cost),
            Side::Ours => {
                quayside.push(cost);
                alone.push(loader_seconds()?);
            }
        }
    }
    Ok(format!(
        "| {} | {} | {} | {} | **{:.3}** | {:.3} | {:.2} s, {:.4} | {:.2} s | {:.0} MB | {:.2} / {:.2} GB |",
        engine.name(),
        case.name,
        spread(&peer),
        spread(&quayside),
        middle(&quayside, |cost| cost.wall) / middle(&peer, |cost| cost.wall),
        middle(&quayside, |cost| cost.with_sync) / middle(&peer, |cost| cost.with_sync),
        median(&alone),
        median(&alone) / middle(&peer, |cost| cost.wall),
        middle(&quayside, |cost| cost.cpu),
        middle(&quayside, |cost| mega(cost.peak)),
        middle(&quayside, |cost| mega(cost.written)) / 1000.0,
        middle(&peer, |cost| mega(cost.written)) / 1000.0,
    ))
}

#[derive(Clone, Copy, Debug)]
enum Side {
    Peer,
    Ours,
}

/// An engine that has exactly what the case begins with, brought by the same side.
fn prepare(engine: &Engine, disk: &Disk<'_>, case: &Case, side: Side) -> Result<()> {
    disk.fresh()?;
    ensure!(images(engine)?.is_empty(), "the store is not empty");
    for name in case.before {
        let (folder, archives) = package(&[name], Packing::Raw)?;
        measure(match side {
            Side::Peer => docker_load(engine, &archives)?,
            Side::Ours => our_load(engine, &folder)?,
        })?;
    }
    // The same files for both sides, warm for both.
    for name in case.images {
        for packing in [case.packing, case.peer] {
            let (_, archives) = package(&[name], packing)?;
            for archive in archives {
                run::quiet(run::command("cat").arg(archive).stdout(Stdio::null()))?;
            }
        }
    }
    Ok(())
}

fn docker_load(engine: &Engine, archives: &[PathBuf]) -> Result<Vec<Command>> {
    let mut commands = Vec::new();
    for archive in archives {
        let mut load = engine.command("docker")?;
        load.args(["load", "--quiet", "--input"])
            .arg(archive)
            .stdout(Stdio::null());
        commands.push(load);
        let service = archive
            .file_name()
            .and_then(|name| name.to_str())
            .and_then(|name| name.split('-').next());
        let service = service.context("an archive has a name")?;
        let mut tag = engine.command("docker")?;
        tag.args([
            "tag",
            &format!("bench/{service}:latest-amd64"),
            &format!("bench/{service}:latest"),
        ]);
        commands.push(tag);
    }
    Ok(commands)
}

/// Everything a person waits for: the program's start, Compose, the archives' index, loading, naming.
fn our_load(engine: &Engine, package: &Path) -> Result<Vec<Command>> {
    ["load-images", "setup-tags"]
        .into_iter()
        .map(|action| {
            let mut command = quayside_cli(engine, package, &["-vv", "--json", action])?;
            command
                .stdout(fs::File::create(output(action, "out"))?)
                .stderr(fs::File::create(output(action, "err"))?);
            Ok(command)
        })
        .collect()
}

fn output(action: &str, end: &str) -> PathBuf {
    paths::target().join(format!("bench/{action}.{end}"))
}

/// What the last measurement spent on images alone, the Compose model already read: the archives' index and both steps,
/// as Quayside says them.
fn loader_seconds() -> Result<f64> {
    let mut seconds = 0.0;
    for action in ["load-images", "setup-tags"] {
        let log = fs::read_to_string(output(action, "err"))?;
        let index = log
            .lines()
            .find(|line| line.contains("what is in the archives is known"))
            .and_then(|line| line.split("seconds=").nth(1)?.split_whitespace().next())
            .context("the log does not say how long the index took")?;
        seconds += index.parse::<f64>()?;
        for line in fs::read_to_string(output(action, "out"))?.lines() {
            let event: serde_json::Value = serde_json::from_str(line)?;
            if event["type"] == "step-finished" {
                seconds += event["seconds"].as_f64().unwrap_or(0.0);
            }
        }
    }
    Ok(seconds)
}

/// Every image has to be there under its name, whoever loaded it.
fn check(engine: &Engine, case: &Case) -> Result<()> {
    let there = images(engine)?;
    for name in case.images {
        let wanted = format!("bench/{}:latest", name.trim_end_matches('2'));
        ensure!(
            there.contains(&wanted),
            "{wanted} is not there, only {there:?}"
        );
    }
    ensure!(
        !there.iter().any(|name| name.contains("loading")),
        "left behind: {there:?}"
    );
    Ok(())
}

fn images(engine: &Engine) -> Result<Vec<String>> {
    let list = http::get(&engine.socket(), "/images/json")?;
    Ok(list
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|image| image["RepoTags"].as_array())
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect())
}
