//! The wordings of every class, one file per area of the failure catalogue. A wording is quoted as the tool prints it, with
//! the source it was read in; `%s` parts are left out.
//!
//! Decisions between look-alikes stand beside the wordings they are about: a function over the line, what is around it,
//! and the facts. It says what would be true for most people when the deciding fact is missing, and that it is missing.

mod compose;
mod databases;
mod engine;
mod files;
mod gpu;
mod host;
mod images;
mod middleware;
mod mysql;
mod network;
mod permissions;
mod ports;
mod process;
mod programs;
mod storage;

use super::sign::Sign;

/// Every wording.
pub(super) const SIGNS: &[&[Sign]] = &[
    engine::SIGNS,
    host::SIGNS,
    compose::SIGNS,
    images::SIGNS,
    storage::SIGNS,
    files::SIGNS,
    programs::SIGNS,
    permissions::SIGNS,
    ports::SIGNS,
    network::SIGNS,
    process::SIGNS,
    databases::SIGNS,
    mysql::SIGNS,
    middleware::SIGNS,
    gpu::SIGNS,
];

/// Classes that no wording speaks for by itself: a decision or a fact does.
#[cfg(test)]
pub(super) const DECIDED: &[&str] = &["container.readonly_rootfs"];
