//! `cargo xtask`: the project's chores. Two of them set up a fresh machine: `demo` and `test`.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for developers: it starts programs, reads the environment and talks to a terminal"
)]

mod apt;
mod demo_package;
mod digest;
mod engines;
mod paths;
mod run;
mod system;
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
    /// Fetches the page's libraries into ui/vendor/, or checks them
    Vendor {
        /// Only compare the files with ui/vendor/README.md
        #[arg(long)]
        check: bool,
    },
    /// Makes the demonstration package in target/demo-package/
    DemoPackage,
    /// Runs the private engines that the tests use
    #[command(subcommand)]
    Engine(engines::EngineChore),
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
        Chore::Vendor { check: true } => vendor::check()?,
        Chore::Vendor { check: false } => vendor::refresh()?,
        Chore::DemoPackage => drop(demo_package::make()?),
        Chore::Engine(chore) => {
            if let Some(status) = engines::chore(chore)? {
                return Ok(exit_code(status));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Passes the exit code of a command on, as scripts expect.
fn exit_code(status: ExitStatus) -> ExitCode {
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    code.map_or(ExitCode::FAILURE, ExitCode::from)
}
