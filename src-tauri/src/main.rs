//! The window's program: see `lib.rs`.
#![cfg_attr(all(not(debug_assertions), windows), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    quayside::run()
}
