//! `cargo xtask matrix`: the long live suite on every engine and what takes long in the window, with the results kept in
//! the tree.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;

use crate::engines::{Engine, Generation};
use crate::{engine_files, makers, paths, programs, run, system, systemd, test};

/// The columns. What the containerd store changes is how images are kept, so only that is tried there.
const ENGINES: [(Generation, &[&str]); 3] = [
    (Generation::Old, &[]),
    (Generation::New, &[]),
    (Generation::Containerd, &[test::IMAGES]),
];

#[derive(Args)]
pub(crate) struct Choice {
    /// Run only tests whose names hold one of these words; their results say when, beside those of the last whole run
    only: Vec<String>,
    /// Only these engines; the others' columns stay as they are
    #[arg(long, value_delimiter = ',')]
    engines: Vec<Generation>,
}

pub(crate) fn matrix(choice: &Choice) -> Result<()> {
    let wanted = choice.only.as_slice();
    // What is tested is what is there now, however long it takes.
    let commit = run::quiet(
        run::command("git")
            .current_dir(paths::root())
            .args(["describe", "--always", "--dirty"]),
    )?;
    let date = run::quiet(run::command("date").args(["--utc", "+%F"]))?;
    let when = format!("{} at {}", date.trim(), commit.trim());
    run::cargo(&[
        "build",
        "--package",
        "quayside",
        "--package",
        "quayside-cli",
    ])?;
    let needs_engines = !matches!(wanted, [word] if ROOTS.iter().any(|row| row.0.contains(word)));
    if needs_engines {
        prepare()?;
    }
    let file = paths::root().join("tests/matrix/RESULTS.md");
    let mut table = Table::read(&fs::read_to_string(&file).unwrap_or_default());
    let mut failed = 0;
    for (column, (generation, only)) in ENGINES.into_iter().enumerate() {
        if !choice.engines.is_empty() && !choice.engines.contains(&generation) {
            continue;
        }
        let mut results = roots(wanted, generation);
        let mut title = when.clone();
        if needs_engines {
            let engine = Engine::of(generation);
            engine.up(true)?;
            title = format!(
                "{}, Compose {}, {when}",
                engine.describe()?,
                compose(&engine)?
            );
            let outcome = long_suites(&engine, only, wanted);
            engine.down(true)?;
            results.extend(outcome?);
        }
        failed += results.iter().filter(|(_, it)| it == "FAILED").count();
        if wanted.is_empty() {
            table.fill(column, title, results);
        } else {
            table.amend(column, &when, results);
        }
        // A run takes an hour or two: what one engine said is kept before the next one is asked.
        fs::create_dir_all(file.parent().context("a file has a folder")?)?;
        fs::write(&file, table.text())?;
    }
    println!("matrix: {}", file.display());
    ensure!(failed == 0, "{failed} failed");
    Ok(())
}

/// Builds the suites, the archives of every maker and the images of real programs.
fn prepare() -> Result<()> {
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
    Ok(())
}

/// A row's name, the engines whose columns it fills, and what is to be so.
type Row = (
    &'static str,
    &'static [Generation],
    fn(Generation) -> Result<()>,
);

/// The rows that have a clean root of a release each, not an engine. The releases are Debian's.
const ROOTS: [Row; 2] = [
    (
        engine_files::NAME,
        &[Generation::Old, Generation::New],
        engine_files::verify,
    ),
    (systemd::NAME, &[Generation::Old], |_| systemd::verify()),
];

fn roots(wanted: &[String], generation: Generation) -> Vec<(String, String)> {
    let mut results = Vec::new();
    for (name, generations, verify) in ROOTS {
        let is_wanted = wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str()));
        if !is_wanted || !generations.contains(&generation) || system::is_ubuntu() {
            continue;
        }
        let result = match verify(generation) {
            Ok(()) => "ok",
            Err(error) => {
                println!("{name}: {error:?}");
                "FAILED"
            }
        };
        println!("test {name} ... {result}");
        results.push((name.to_owned(), result.to_owned()));
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
    let mut running = None;
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        results.extend(result_of(&line, &mut running));
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

/// `test deploy::cancel ... ok`, or the result on a line of its own, where what the test started wrote behind its name.
fn result_of(line: &str, running: &mut Option<String>) -> Option<(String, String)> {
    let is_result = |word: &str| matches!(word, "ok" | "FAILED" | "ignored");
    if is_result(line) {
        return Some((running.take()?, line.to_owned()));
    }
    let (name, result) = line.strip_prefix("test ")?.split_once(" ... ")?;
    // A word about a test that takes long is no result.
    let result = result.split(',').next().unwrap_or(result);
    if is_result(result) {
        return Some((name.to_owned(), result.to_owned()));
    }
    *running = Some(name.to_owned());
    None
}

/// The results: a column for each of [`ENGINES`], with what was tested when.
#[derive(Debug, Default, PartialEq)]
struct Table {
    titles: [String; 3],
    rows: BTreeMap<String, [String; 3]>,
}

impl Table {
    /// Reads what [`Table::text`] wrote; nothing from anything else.
    fn read(text: &str) -> Self {
        let mut lines = text.lines().filter_map(cells);
        let Some((_, titles)) = lines.next() else {
            return Self::default();
        };
        // The line below the titles only draws.
        let rows = lines.skip(1).collect();
        Self { titles, rows }
    }

    /// Puts one column in the place of what it held before.
    fn fill(&mut self, column: usize, title: String, results: Vec<(String, String)>) {
        self.titles[column] = title;
        for row in self.rows.values_mut() {
            row[column].clear();
        }
        for (name, result) in results {
            self.rows.entry(name).or_default()[column] = result;
        }
        self.rows
            .retain(|_, row| row.iter().any(|it| !it.is_empty()));
    }

    /// Puts single results beside those of the last whole run.
    fn amend(&mut self, column: usize, when: &str, results: Vec<(String, String)>) {
        for (name, result) in results {
            self.rows.entry(name).or_default()[column] = format!("{result}, {when}");
        }
    }

    fn text(&self) -> String {
        let mut text = format!(
            "# Matrix\n\nThe long live suite on every engine, and what takes long in the window: `cargo xtask matrix`. \
             With each engine, when it was asked and which commit it was.\n\n| test | {} |\n|---|---|---|---|\n",
            self.titles.join(" | ")
        );
        for (name, row) in &self.rows {
            let _ = writeln!(text, "| {name} | {} |", row.join(" | "));
        }
        text
    }
}

/// `| test | one | two | three |`
fn cells(line: &str) -> Option<(String, [String; 3])> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    let mut cells = inner.split('|').map(|cell| cell.trim().to_owned());
    let name = cells.next()?;
    let row: Vec<String> = cells.collect();
    Some((name, row.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{Table, result_of};

    #[test]
    fn reads_the_lines_of_the_test_runner() {
        let mut running = None;
        let mut read =
            |line| result_of(line, &mut running).map(|(name, result)| format!("{name}={result}"));
        assert_eq!(read("test a::b ... ok").as_deref(), Some("a::b=ok"));
        assert_eq!(read("test a ... FAILED").as_deref(), Some("a=FAILED"));
        assert_eq!(read("test result: ok. 3 passed"), None);
        assert_eq!(read("test c ... a daemon says hello"), None);
        assert_eq!(read("and more"), None);
        assert_eq!(read("ok").as_deref(), Some("c=ok"));
        assert_eq!(read("ok"), None);
    }

    #[test]
    fn an_engine_that_is_asked_again_leaves_the_others_columns_alone() {
        let ok = |name: &str| (name.to_owned(), "ok".to_owned());
        let mut table = Table::default();
        table.fill(0, "old, monday".to_owned(), vec![ok("a"), ok("gone")]);
        table.fill(1, "new, monday".to_owned(), vec![ok("a"), ok("b")]);
        let mut read = Table::read(&table.text());
        assert_eq!(read, table);
        read.fill(0, "old, friday".to_owned(), vec![ok("a"), ok("c")]);
        let rows: Vec<&str> = read.rows.keys().map(String::as_str).collect();
        assert_eq!(rows, ["a", "b", "c"]);
        assert_eq!(read.titles[..2], ["old, friday", "new, monday"]);
        assert_eq!(Table::read("no table"), Table::default());

        read.amend(1, "sunday", vec![ok("b")]);
        assert_eq!(read.rows["b"], ["", "ok, sunday", ""]);
        assert_eq!(read.titles[1], "new, monday");
    }
}
