//! `cargo xtask test`: everything, stage by stage, in the order in which a mistake shows fastest.

use std::fs;
use std::iter;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::{Args, ValueEnum};

use crate::engines::{Engine, Generation};
use crate::setup::{Group, setup};
use crate::{demo_package, paths, run, vendor};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Stage {
    Setup,
    Fmt,
    Vendor,
    Clippy,
    Unit,
    Ui,
    Deny,
    Build,
    DemoPackage,
    LiveOld,
    E2eOld,
    LiveNew,
    E2eNew,
    LiveContainerd,
}

#[derive(Args)]
pub(crate) struct Choice {
    /// Run only these stages
    #[arg(long, value_delimiter = ',')]
    only: Vec<Stage>,
    /// Leave these stages out
    #[arg(long, value_delimiter = ',')]
    skip: Vec<Stage>,
}

enum Outcome {
    Passed,
    Skipped(&'static str),
}

/// Runs the chosen stages and stops at the first that fails.
pub(crate) fn test(choice: &Choice) -> Result<()> {
    let begun = Instant::now();
    let stages: Vec<Stage> = Stage::value_variants()
        .iter()
        .copied()
        .filter(|stage| choice.only.is_empty() || choice.only.contains(stage))
        .filter(|stage| !choice.skip.contains(stage))
        .collect();
    let mut skipped = 0;
    for (done, stage) in stages.iter().enumerate() {
        let name = stage
            .to_possible_value()
            .context("a stage has a name")?
            .get_name()
            .to_owned();
        println!("\n=== {name} ({} of {})", done + 1, stages.len());
        let stage_begun = Instant::now();
        let outcome = run_stage(*stage);
        let seconds = stage_begun.elapsed().as_secs();
        match outcome {
            Ok(Outcome::Passed) => println!("=== {name}: passed in {seconds} s"),
            Ok(Outcome::Skipped(why)) => {
                skipped += 1;
                println!("=== {name}: skipped: {why}");
            }
            Err(error) => {
                println!("=== {name}: FAILED after {seconds} s");
                println!("once more, alone: cargo xtask test --only {name}");
                println!(
                    "stages: {} passed, 1 failed, {skipped} skipped",
                    done - skipped
                );
                return Err(error.context(format!("stage {name}")));
            }
        }
    }
    println!(
        "\nall stages in {} min {} s",
        begun.elapsed().as_secs() / 60,
        begun.elapsed().as_secs() % 60
    );
    println!(
        "stages: {} passed, 0 failed, {skipped} skipped",
        stages.len() - skipped
    );
    Ok(())
}

fn run_stage(stage: Stage) -> Result<Outcome> {
    match stage {
        Stage::Setup => setup(&[Group::Window, Group::Tests, Group::Node])?,
        Stage::Fmt => run::cargo(&["fmt", "--all", "--check"])?,
        Stage::Vendor => vendor::check()?,
        Stage::Clippy => {
            run::cargo(&[
                "clippy",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ])?;
            // `--all-targets` leaves out what plain `cargo test` leaves out.
            run::cargo(&[
                "clippy",
                "--package",
                "tests",
                "--test",
                "live",
                "--test",
                "e2e",
                "--",
                "-D",
                "warnings",
            ])?;
        }
        Stage::Unit => {
            run::cargo(&["test"])?;
            run::cargo(&["test", "--package", "xtask"])?;
        }
        Stage::Ui => ui()?,
        Stage::Deny => return deny(),
        Stage::Build => run::cargo(&[
            "build",
            "--package",
            "quayside",
            "--package",
            "quayside-cli",
        ])?,
        Stage::DemoPackage => drop(demo_package::pristine()?),
        Stage::LiveOld => {
            let shared = ["--skip", ALONE, "--skip", DATABASES];
            return suite_in_passes("live", Generation::Old, &[&shared, &[ALONE]]);
        }
        Stage::E2eOld => {
            let skipped: Vec<&str> = iter::once(&ONCE)
                .chain(ONCE_TOO)
                .flat_map(|it| ["--skip", it])
                .collect();
            return suite_with("e2e", Generation::Old, &skipped);
        }
        Stage::LiveNew => {
            let shared = ["--skip", ALONE];
            return suite_in_passes("live", Generation::New, &[&shared, &[ALONE]]);
        }
        Stage::E2eNew => return suite("e2e", Generation::New),
        Stage::LiveContainerd => return suite_with("live", Generation::Containerd, &[IMAGES]),
    }
    Ok(Outcome::Passed)
}

/// The version of TypeScript that checks the page's JSDoc types.
const TYPESCRIPT: &str = "typescript@7.0.2";

fn ui() -> Result<()> {
    // Debian 12's Node.js takes a module for one only when told so; newer ones see it and lack the flag.
    const MODULES: &str = "--experimental-default-type=module";
    let mut tests = run::command("node");
    if run::succeeds(run::command("node").args([MODULES, "--eval", "0"])) {
        tests.arg(MODULES);
    }
    tests
        .args(["--test", "--test-reporter=spec"])
        .args(page_tests()?);
    run::run(tests.current_dir(paths::root()))?;

    let node = paths::target().join("node");
    let stamp = node.join("installed");
    if !fs::read_to_string(&stamp).is_ok_and(|installed| installed == TYPESCRIPT) {
        fs::create_dir_all(&node)?;
        run::quiet(
            run::command("npm")
                .args([
                    "install",
                    "--silent",
                    "--no-save",
                    "--no-audit",
                    "--no-fund",
                    "--prefix",
                ])
                .arg(&node)
                .arg(TYPESCRIPT),
        )?;
        fs::write(&stamp, TYPESCRIPT)?;
    }
    run::run(
        run::command(node.join("node_modules/.bin/tsc"))
            .current_dir(paths::root())
            .args(["-p", "jsconfig.json"]),
    )?;
    println!("tsc: no complaints");
    Ok(())
}

fn page_tests() -> Result<Vec<PathBuf>> {
    let folder = paths::root().join("tests/ui");
    let mut tests: Vec<PathBuf> = fs::read_dir(&folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.js"))
        .collect();
    tests.sort();
    ensure!(!tests.is_empty(), "no tests in {}", folder.display());
    Ok(tests)
}

/// Licences, bans and sources; advisories need a database from the network, which the public workflow has.
fn deny() -> Result<Outcome> {
    if !run::succeeds(run::command("cargo").args(["deny", "--version"])) {
        return Ok(Outcome::Skipped(
            "cargo-deny is not installed (cargo install --locked cargo-deny); the public workflow runs it",
        ));
    }
    // Crates of other systems are looked at too, and a build here does not fetch them. Where they cannot be had, it says so.
    let _ = run::succeeds(run::command("cargo").args(["fetch", "--locked"]));
    run::cargo(&["deny", "--offline", "check", "licenses", "bans", "sources"])?;
    Ok(Outcome::Passed)
}

/// The live tests about images: what another kind of store changes.
pub(crate) const IMAGES: &str = "images::";

/// The live tests about servers of databases, which say the same on every engine: one engine is enough here, and
/// `cargo xtask matrix` asks them on each.
const DATABASES: &str = "failures::databases::";

/// The live tests that have the engine to themselves. Among the others each would wait for all of them to pause, and keep
/// a thread meanwhile.
const ALONE: &str = "alone::";

/// The tests of the window that have nothing to do with the engine's version.
pub(crate) const ONCE: &str = "once::";

/// More of them, among tests whose others depend on it: no engine changes a language, a setting or a notification.
const ONCE_TOO: &[&str] = &[
    "problems::the_same_in_chinese",
    "settings::",
    "support::",
    "tray::",
    "untrusted::",
];

/// Runs a suite against one engine, which is fetched, started afresh and stopped again.
fn suite(name: &str, generation: Generation) -> Result<Outcome> {
    suite_with(name, generation, &[])
}

/// Pictures of every screen of the real window, in target/e2e/screens/: for looking at, and for the README.
pub(crate) fn screens() -> Result<()> {
    setup(&[Group::Window, Group::Tests])?;
    run_stage(Stage::Build)?;
    suite_with("e2e", Generation::New, &["--ignored", "screens"])?;
    println!("{}", paths::target().join("e2e/screens").display());
    Ok(())
}

fn suite_with(name: &str, generation: Generation, arguments: &[&str]) -> Result<Outcome> {
    suite_in_passes(name, generation, &[arguments])
}

/// The same, one pass after the other with arguments of its own, until one fails.
fn suite_in_passes(name: &str, generation: Generation, passes: &[&[&str]]) -> Result<Outcome> {
    let engine = Engine::of(generation);
    if let Err(why) = engine.available() {
        println!("{why:#}");
        return Ok(Outcome::Skipped(
            "this generation cannot be had on this system",
        ));
    }
    // Inside the engine's network there is no internet: everything is built before.
    run::cargo(&["test", "--package", "tests", "--test", name, "--no-run"])?;
    engine.up(true)?;
    let all = || -> Result<bool> {
        for arguments in passes {
            let mut command = suite_command(name, &engine, arguments)?;
            if !command.status().context("cannot start nsenter")?.success() {
                return Ok(false);
            }
        }
        Ok(true)
    };
    let passed = all();
    let down = engine.down(true);
    ensure!(
        passed?,
        "the {name} suite failed on the {} engine",
        engine.name()
    );
    down?;
    Ok(Outcome::Passed)
}

/// The suite's command in the engine's network, as root, with a display and a message bus of its own for the window.
pub(crate) fn suite_command(name: &str, engine: &Engine, arguments: &[&str]) -> Result<Command> {
    suite_of("debug", &[], name, engine, arguments)
}

/// The same with the programs of a profile, and with variables.
pub(crate) fn suite_of(
    profile: &str,
    variables: &[(&str, String)],
    name: &str,
    engine: &Engine,
    arguments: &[&str],
) -> Result<Command> {
    let mut command = engine.command_as_root("env")?;
    command
        .current_dir(paths::root())
        .args(
            variables
                .iter()
                .map(|(name, value)| format!("{name}={value}")),
        )
        .arg(format!(
            "QUAYSIDE_DEMO_PACKAGE={}",
            demo_package::pristine()?.display()
        ))
        .arg(format!(
            "QUAYSIDE_BIN={}",
            paths::built(profile, "quayside").display()
        ))
        .arg(format!(
            "QUAYSIDE_CLI_BIN={}",
            paths::built(profile, "quayside-cli").display()
        ))
        .arg(format!(
            "QUAYSIDE_XTASK_BIN={}",
            paths::built("debug", "xtask").display()
        ))
        .args(["CARGO_NET_OFFLINE=true", "LC_ALL=C.UTF-8"]);
    if name == "live" {
        // These tests wait for containers, not for processors.
        command.arg("RUST_TEST_THREADS=4");
        command.arg(format!(
            "QUAYSIDE_MADE_ARCHIVES={}",
            crate::makers::folder().display()
        ));
        command.arg(format!(
            "QUAYSIDE_PROGRAMS={}",
            crate::programs::folder().display()
        ));
    }
    if name == "e2e" {
        // One window at a time in any case, and a test that begins empties the engine: not while another one uses it.
        command.arg("RUST_TEST_THREADS=1");
        // Software rendering; the accessibility bus would only be waited for. WebKit's own renderer stays on: without
        // it a picture of the page never comes.
        command.args([
            "LIBGL_ALWAYS_SOFTWARE=1",
            "GDK_BACKEND=x11",
            "NO_AT_BRIDGE=1",
        ]);
        command.args(["dbus-run-session", "--"]);
        command.args([
            "xvfb-run",
            "--auto-servernum",
            "--server-args=-screen 0 1440x1000x24",
        ]);
    }
    command
        .args(["cargo", "test", "--package", "tests", "--test", name, "--"])
        .args(arguments);
    Ok(command)
}
