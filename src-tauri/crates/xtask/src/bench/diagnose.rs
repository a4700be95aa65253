//! `cargo xtask bench diagnose`: how long a log takes to be explained, beside searching it for the same wordings with grep.
//!
//! The other side is what somebody does who has the list of wordings in a file: `grep -i -F -f wordings log`. Both are
//! whole processes, started in turn.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Args;

use super::measure::{Cost, measure};
use super::{mega, middle, spread};
use crate::setup::{Group, setup};
use crate::{paths, run};

#[derive(Args)]
pub(crate) struct DiagnoseChoice {
    /// How often each side runs
    #[arg(long, default_value_t = 15)]
    runs: usize,
}

/// The part of a text that is looked at, in bytes.
const MIB: usize = 1 << 20;

pub(crate) fn diagnose(choice: &DiagnoseChoice) -> Result<()> {
    setup(&[Group::Tests])?;
    run::cargo(&["build", "--release", "--package", "quayside-cli"])?;
    let folder = paths::target().join("bench/diagnose");
    fs::create_dir_all(&folder)?;
    let wordings = folder.join("wordings");
    fs::write(&wordings, wordings_of_rules()?)?;
    let mut report = String::from(
        "| text | grep | quayside | ratio | ours: CPU | ours: memory |\n|---|---|---|---|---|---|\n",
    );
    for (name, text, class) in texts() {
        let log = folder.join(name.replace(' ', "-"));
        fs::write(&log, text)?;
        let row = compare(name, &log, &wordings, class, choice.runs)?;
        println!("{row}");
        writeln!(report, "{row}")?;
    }
    let file = paths::target().join("bench/diagnose.md");
    fs::write(&file, report)?;
    println!("bench: {}", file.display());
    Ok(())
}

/// What is explained, and what has to come first.
fn texts() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let quiet =
        "2026-05-01T10:00:00.123Z INFO  request 4711 GET /orders/42 answered 200 in 12 ms\n";
    let fatal = "FATAL:  lock file \"postmaster.pid\" already exists\n";
    let denied = "mkdir: cannot create directory '/data/cache': Permission denied\n";
    let end = |mut text: Vec<u8>, line: &str| {
        text.extend(line.bytes());
        text
    };
    let fill = |line: &str, bytes: usize| line.bytes().cycle().take(bytes).collect::<Vec<u8>>();
    vec![
        ("one line", fatal.into(), "db.stale_lock"),
        (
            "1 MiB of an ordinary log",
            end(fill(quiet, MIB - 100), &format!("\n{fatal}")),
            "db.stale_lock",
        ),
        (
            "1 MiB of one error",
            fill(denied, MIB),
            "perm.data_dir_owner",
        ),
        (
            "1 MiB in one line",
            end(vec![b'x'; MIB - 100], &format!("\n{fatal}")),
            "db.stale_lock",
        ),
        (
            "100 MiB of an ordinary log",
            end(fill(quiet, 100 * MIB), &format!("\n{fatal}")),
            "db.stale_lock",
        ),
    ]
}

/// The first wording of every rule, one a line.
fn wordings_of_rules() -> Result<String> {
    let rules = paths::root().join("src-tauri/crates/service-manager/src/diagnose/rules");
    let mut words = String::new();
    for entry in fs::read_dir(rules)? {
        let source = fs::read_to_string(entry?.path())?;
        for (at, _) in source.match_indices("&[\"") {
            let word = literal(&source[at + 3..]);
            if word.len() > 5 {
                writeln!(words, "{word}")?;
            }
        }
    }
    ensure!(
        words.lines().count() > 300,
        "the wordings are not found any more"
    );
    Ok(words)
}

/// Reads what a string literal of the source holds, which begins behind its first quote.
fn literal(source: &str) -> String {
    let mut letters = source.chars();
    let next = |letters: &mut std::str::Chars<'_>| match letters.next()? {
        '"' => None,
        '\\' => letters.next(),
        letter => Some(letter),
    };
    std::iter::from_fn(|| next(&mut letters)).collect()
}

fn compare(name: &str, log: &Path, wordings: &Path, class: &str, runs: usize) -> Result<String> {
    let answer: PathBuf = log.with_extension("json");
    let (mut theirs, mut ours) = (Vec::<Cost>::new(), Vec::<Cost>::new());
    for run in 0..=runs {
        let mut grep = run::command("grep");
        grep.args(["-a", "-c", "-i", "-F", "-f"])
            .arg(wordings)
            .arg(log);
        grep.env("LC_ALL", "C")
            .stdout(fs::File::create(log.with_extension("count"))?);
        let peer = measure(vec![grep])?;
        let mut cli = run::command(paths::target().join("release/quayside-cli"));
        cli.args(["diagnose", "--json", "--evidence"]).arg(log);
        cli.env("QUAYSIDE_HOME", log.with_extension("home"));
        cli.stdout(fs::File::create(&answer)?);
        let own = measure(vec![cli])?;
        let report: serde_json::Value = serde_json::from_slice(&fs::read(&answer)?)?;
        let first = report["diagnoses"][0]["id"]
            .as_str()
            .context("no diagnosis")?;
        ensure!(first == class, "{name}: {first} instead of {class}");
        if run > 0 {
            theirs.push(peer);
            ours.push(own);
        }
    }
    let ratio = middle(&ours, |cost| cost.wall) / middle(&theirs, |cost| cost.wall);
    Ok(format!(
        "| {name} | {} | {} | **{ratio:.2}** | {:.2} s | {:.0} MB |",
        spread(&theirs),
        spread(&ours),
        middle(&ours, |cost| cost.cpu),
        middle(&ours, |cost| mega(cost.peak)),
    ))
}
