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
mod paths;
mod run;
mod system;
mod vendor;

use std::process::ExitCode;

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
}

fn main() -> ExitCode {
    let result = match Arguments::parse().chore {
        Chore::Vendor { check: true } => vendor::check(),
        Chore::Vendor { check: false } => vendor::refresh(),
        Chore::DemoPackage => demo_package::make().map(drop),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
