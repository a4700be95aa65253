//! `cargo xtask`: the project's chores. Two of them set up a fresh machine: `demo` and `test`.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for developers: it starts programs, reads the environment and talks to a terminal"
)]
// Elsewhere only the vendored files and the list of what to install are of use.
#![cfg_attr(not(unix), allow(dead_code))]

#[cfg(unix)]
mod apt;
#[cfg(unix)]
mod bench;
#[cfg(unix)]
mod demo;
#[cfg(unix)]
mod demo_package;
mod digest;
#[cfg(unix)]
mod dist;
#[cfg(unix)]
mod dist_verify;
#[cfg(unix)]
mod engine_files;
#[cfg(unix)]
mod engines;
#[cfg(unix)]
mod makers;
#[cfg(unix)]
mod matrix;
mod paths;
#[cfg(unix)]
mod programs;
mod run;
mod setup;
mod system;
#[cfg(unix)]
mod systemd;
#[cfg(unix)]
mod test;
mod vendor;

use std::process::{ExitCode, ExitStatus};

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Quayside's chores")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Installs the system packages that building and testing need (Debian, Ubuntu)
    Setup {
        /// Only for these purposes
        #[arg(long, value_delimiter = ',')]
        only: Vec<setup::Group>,
    },
    /// Sets this machine up and shows the demonstration in the window
    Demo {
        /// Deploy it in the terminal, without a window
        #[arg(long)]
        headless: bool,
    },
    /// Sets this machine up and runs every test, as CI does
    #[cfg(unix)]
    Test(test::Choice),
    /// Says what to install for running the tests
    #[cfg(not(unix))]
    Test,
    /// Takes a picture of every screen of the real window, in both languages and looks
    #[cfg(unix)]
    Screens,
    /// Runs the long live suite on every engine and writes tests/matrix/RESULTS.md
    Matrix(matrix::Choice),
    /// Fetches the page's libraries into ui/vendor/, or checks them
    Vendor {
        /// Only compare the files with ui/vendor/README.md
        #[arg(long)]
        check: bool,
    },
    /// Makes the package for users: target/dist/quayside_VERSION_ARCH.deb
    Dist {
        /// Also install it in a clean root and start both programs there
        #[arg(long)]
        verify: bool,
    },
    /// Makes the demonstration package in target/demo-package/
    DemoPackage,
    /// Makes the images of real servers for the matrix in target/programs/
    #[cfg(unix)]
    Programs,
    /// Measures Quayside beside the tools it stands on
    #[cfg(unix)]
    #[command(subcommand)]
    Bench(BenchChore),
    /// Runs the private engines that the tests use
    #[cfg(unix)]
    #[command(subcommand)]
    Engine(engines::EngineChore),
}

#[cfg(unix)]
#[derive(Subcommand)]
enum BenchChore {
    /// Loading images, beside `docker load`
    Load(bench::load::LoadChoice),
    /// Checking a package of twenty services, beside what one would type
    Check(bench::check::CheckChoice),
    /// Explains logs, beside grep with the same wordings
    Diagnose(bench::diagnose::DiagnoseChoice),
    /// From an event of the engine to the card in the window
    Events(bench::window::EventsChoice),
    /// What watching fifty services costs while the window is closed
    Idle(bench::window::IdleChoice),
    /// The status of twenty services, beside `docker compose ps`
    Status(bench::status::StatusChoice),
    /// From the return of `compose up` to the verdict
    Ready(bench::ready::ReadyChoice),
    /// Takes secrets out of a large log
    Redact(bench::redact::RedactChoice),
}

fn main() -> ExitCode {
    match carry_out(Arguments::parse().chore) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(chore: Chore) -> Result<ExitCode> {
    match chore {
        Chore::Setup { only } if only.is_empty() => setup::setup(setup::ALL)?,
        Chore::Setup { only } => setup::setup(&only)?,
        #[cfg(unix)]
        Chore::Demo { headless } => return Ok(exit_code(demo::demo(headless)?)),
        #[cfg(unix)]
        Chore::Test(choice) => test::test(&choice)?,
        #[cfg(unix)]
        Chore::Screens => test::screens()?,
        #[cfg(unix)]
        Chore::Matrix(choice) => matrix::matrix(&choice)?,
        Chore::Vendor { check: true } => vendor::check()?,
        Chore::Vendor { check: false } => vendor::refresh()?,
        #[cfg(unix)]
        Chore::Dist { verify } => {
            let package = dist::dist()?;
            if verify {
                setup::setup(&[setup::Group::CleanRoot])?;
                dist_verify::verify(&package)?;
            }
        }
        #[cfg(unix)]
        Chore::DemoPackage => drop(demo_package::make()?),
        #[cfg(unix)]
        Chore::Programs => programs::make()?,
        #[cfg(unix)]
        Chore::Bench(BenchChore::Load(choice)) => bench::load::load(&choice)?,
        #[cfg(unix)]
        Chore::Bench(BenchChore::Check(choice)) => bench::check::check(&choice)?,
        #[cfg(unix)]
        Chore::Bench(BenchChore::Diagnose(choice)) => bench::diagnose::diagnose(&choice)?,
        #[cfg(unix)]
        Chore::Bench(BenchChore::Events(choice)) => bench::window::events(&choice)?,
        #[cfg(unix)]
        Chore::Bench(BenchChore::Idle(choice)) => bench::window::idle(&choice)?,
        #[cfg(unix)]
        Chore::Bench(BenchChore::Status(choice)) => bench::status::status(&choice)?,
        #[cfg(unix)]
        Chore::Bench(BenchChore::Ready(choice)) => bench::ready::ready(&choice)?,
        #[cfg(unix)]
        Chore::Bench(BenchChore::Redact(choice)) => bench::redact::redact(&choice)?,
        #[cfg(unix)]
        Chore::Engine(chore) => {
            if let Some(status) = engines::chore(chore)? {
                return Ok(exit_code(status));
            }
        }
        #[cfg(not(unix))]
        _ => anyhow::bail!("{}", setup::elsewhere(setup::ALL)),
    }
    Ok(ExitCode::SUCCESS)
}

/// Passes the exit code of a command on, as scripts expect.
fn exit_code(status: ExitStatus) -> ExitCode {
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    code.map_or(ExitCode::FAILURE, ExitCode::from)
}
