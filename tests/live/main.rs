//! The real command line on a real engine with real containers: `cargo xtask test --only live-old`, `live-new` and
//! `live-containerd`.
//!
//! What takes minutes is ignored here and run by `cargo xtask matrix`.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used)] // a test's answer to everything unexpected is a panic

mod demo;
mod failures;
mod fixes;
mod follow;
mod images;
mod interruptions;
mod media;
mod mounts;
mod networks;
mod offline;
mod owners;
mod patience;
mod ports;
mod refusals;
mod settings;
mod tap;
mod unchanged;
mod verdicts;
