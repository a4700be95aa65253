//! `cargo xtask matrix`: the long live suite on every engine and what takes long in the window, with the results kept in
//! the tree.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use anyhow::{Context, Result, bail, ensure};

use crate::engines::{Engine, Generation};
use crate::{engine_files, makers, paths, programs, run, system, systemd, test};

/// The columns. What the containerd store changes is how images are kept, so only that is tried there.
const ENGINES: [(Generation, &[&str]); 3] = [
    (Generation::Old, &[]),
    (Generation::New, &[]),
    (Generation::Containerd, &[test::IMAGES]),
];

pub(crate) fn matrix(wanted: &[String]) -> Result<()> {
    // What is tested is what is there now, however long it takes.
    let commit = run::quiet(
        run::command("git")
            .current_dir(paths::root())
            .args(["describe", "--always", "--dirty"]),
    )?;
    run::cargo(&[
        "build",
        "--package",
        "quayside",
        "--package",
        "quayside-cli",
    ])?;
    let mut results = roots(wanted);
    if wanted.len() == 1 && !results.is_empty() {
        let failed = results.values().flatten().any(|it| *it == "FAILED");
        ensure!(!failed, "1 failed");
        return Ok(());
    }
    for suite in ["live", "e2e"] {
        run::cargo(&["test", "--package", "tests", "--test", suite, "--no-run"])?;
    }
    makers::make()?;
    programs::make()?;
    // Every engine's archives are tried on all of them.
    for (generation, _) in ENGINES {
        let engine = Engine::of(generation);
        engine.up(true)?;
        let saved = makers::save_with(&engine);
        engine.down(true)?;
        saved?;
    }
    let mut engines = Vec::new();
    for (column, (generation, only)) in ENGINES.into_iter().enumerate() {
        let engine = Engine::of(generation);
        engine.up(true)?;
        engines.push(format!(
            "{}, Compose {}",
            engine.describe()?,
            compose(&engine)?
        ));
        let outcome = long_suites(&engine, only, wanted);
        engine.down(true)?;
        for (name, result) in outcome? {
            results.entry(name).or_default()[column] = result;
        }
    }
    let report = report(commit.trim(), &engines, &results)?;
    if wanted.is_empty() {
        let file = paths::root().join("tests/matrix/RESULTS.md");
        fs::create_dir_all(file.parent().context("a file has a folder")?)?;
        fs::write(&file, report)?;
        println!("matrix: {}", file.display());
    } else {
        println!("{report}");
    }
    let failed = results
        .values()
        .flatten()
        .filter(|result| *result == "FAILED")
        .count();
    if failed > 0 {
        bail!("{failed} failed");
    }
    Ok(())
}

/// A row's name, the engines whose columns it fills, and what is to be so.
type Row = (
    &'static str,
    &'static [Generation],
    fn(Generation) -> Result<()>,
);

/// The rows that have a clean root of a release each, not an engine. The releases are Debian's.
fn roots(wanted: &[String]) -> BTreeMap<String, [String; 3]> {
    let rows: [Row; 2] = [
        (
            engine_files::NAME,
            &[Generation::Old, Generation::New],
            engine_files::verify,
        ),
        (systemd::NAME, &[Generation::Old], |_| systemd::verify()),
    ];
    let mut results = BTreeMap::new();
    for (name, generations, verify) in rows {
        let is_wanted = wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str()));
        if !is_wanted || system::is_ubuntu() {
            continue;
        }
        let mut row: [String; 3] = Default::default();
        for (column, generation) in generations.iter().enumerate() {
            row[column] = match verify(*generation) {
                Ok(()) => "ok".to_owned(),
                Err(error) => {
                    println!("{name}: {error:?}");
                    "FAILED".to_owned()
                }
            };
            println!("test {name} ... {}", row[column]);
        }
        results.insert(name.to_owned(), row);
    }
    results
}

/// Runs every live test, the long ones too, and on the new engine what takes long in the window and has nothing to do
/// with the engine's version; answers each one's result.
fn long_suites(engine: &Engine, only: &[&str], wanted: &[String]) -> Result<Vec<(String, String)>> {
    let (window, live): (Vec<&str>, Vec<&str>) = wanted
        .iter()
        .map(String::as_str)
        .partition(|word| word.starts_with(test::ONCE));
    let mut results = Vec::new();
    if wanted.is_empty() || !live.is_empty() {
        let filters = if wanted.is_empty() { only } else { &live };
        results = suite("live", engine, &[&["--include-ignored"], filters].concat())?;
    }
    let is_new = engine.name() == Engine::of(Generation::New).name();
    if is_new && (wanted.is_empty() || !window.is_empty()) {
        let filters = if wanted.is_empty() {
            &[test::ONCE][..]
        } else {
            &window
        };
        results.extend(suite("e2e", engine, &[&["--ignored"], filters].concat())?);
    }
    Ok(results)
}

fn suite(name: &str, engine: &Engine, arguments: &[&str]) -> Result<Vec<(String, String)>> {
    let mut command = test::suite_command(name, engine, arguments)?;
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start the {name} suite"))?;
    let output = child.stdout.take().context("no output")?;
    let mut results = Vec::new();
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        results.extend(result_of(&line));
    }
    child.wait()?;
    if results.is_empty() {
        bail!("the {name} suite ran no test on engine {}", engine.name());
    }
    Ok(results)
}

/// The version of the Compose that comes with an engine: the plugin of the new one, the program of the old one.
fn compose(engine: &Engine) -> Result<String> {
    let plugin = run::quiet(
        engine
            .command("docker")?
            .args(["compose", "version", "--short"]),
    );
    let version = match plugin {
        Ok(version) => version,
        Err(_) => run::quiet(
            engine
                .command("docker-compose")?
                .args(["version", "--short"]),
        )?,
    };
    Ok(version.trim().to_owned())
}

/// `test deploy::cancel ... ok`
fn result_of(line: &str) -> Option<(String, String)> {
    let (name, result) = line.strip_prefix("test ")?.split_once(" ... ")?;
    // A word about a test that takes long is no result.
    let result = result.split(',').next().unwrap_or(result);
    let is_result = matches!(result, "ok" | "FAILED" | "ignored");
    is_result.then(|| (name.to_owned(), result.to_owned()))
}

fn report(
    commit: &str,
    engines: &[String],
    results: &BTreeMap<String, [String; 3]>,
) -> Result<String> {
    let date = run::quiet(run::command("date").args(["--utc", "+%F"]))?;
    let mut text = format!(
        "# Matrix\n\nThe long live suite on every engine, and what takes long in the window: `cargo xtask matrix`.\n\n\
         {}, commit {}.\n\n| test | {} |\n|---|---|---|---|\n",
        date.trim(),
        commit,
        engines.join(" | ")
    );
    for (name, [old, new, containerd]) in results {
        writeln!(text, "| {name} | {old} | {new} | {containerd} |")?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::result_of;

    #[test]
    fn reads_the_lines_of_the_test_runner() {
        let read = |line| result_of(line).map(|(name, result)| format!("{name}={result}"));
        assert_eq!(read("test a::b ... ok").as_deref(), Some("a::b=ok"));
        assert_eq!(read("test a ... FAILED").as_deref(), Some("a=FAILED"));
        assert_eq!(read("test result: ok. 3 passed"), None);
    }
}
