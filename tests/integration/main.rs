//! The real library and the real command line against fakes at the real boundary: a socket and an executable.
//!
//! Plain `cargo test`: no engine, no network, nothing of this computer but its own programs.
#![cfg(unix)]
#![allow(missing_docs)]

mod answers;
mod cancel;
mod categories;
mod commands;
mod corpus;
mod defects;
mod deploy;
mod details;
mod engines;
mod exit_codes;
mod figures;
mod fixes;
mod glance;
mod handover;
mod health;
mod honest;
mod interrupted;
mod lock;
mod logs;
mod ordinary;
mod owners;
mod packed;
mod plan;
mod play;
mod reboot;
mod refusals;
mod secrets;
mod stop;
mod support;
mod v1;
mod values;
mod wire;
