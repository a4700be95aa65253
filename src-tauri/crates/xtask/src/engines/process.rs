//! Finding an engine's processes by their command lines: no pid file that could be stale or reused.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::{run, system};

/// Stands in the supervisor's command line before the engine's folder.
pub(super) const MARK: &str = "quayside-engine";

/// The `unshare` that holds the engine's namespaces.
pub(super) fn supervisor(folder: &Path) -> Option<u32> {
    all(folder)
        .into_iter()
        .find(|(_, words)| is(words, "unshare"))
        .map(|(pid, _)| pid)
}

/// The daemon, by its pid as seen from outside its namespace.
pub(super) fn daemon(folder: &Path) -> Option<u32> {
    all(folder)
        .into_iter()
        .find(|(_, words)| is(words, "dockerd"))
        .map(|(pid, _)| pid)
}

/// Every process of this engine that carries its folder in the command line.
pub(super) fn all(folder: &Path) -> Vec<(u32, Vec<String>)> {
    let folder = folder.to_string_lossy();
    let settings = format!("--config-file={folder}/daemon.json");
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| {
            let pid: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
            // A process that has ended but was not waited for has an empty command line.
            let line = fs::read_to_string(format!("/proc/{pid}/cmdline")).ok()?;
            let words: Vec<String> = line.split('\0').map(str::to_owned).collect();
            let marked = words
                .windows(2)
                .any(|pair| pair[0] == MARK && pair[1] == folder);
            (marked || words.contains(&settings)).then_some((pid, words))
        })
        .collect()
}

fn is(words: &[String], program: &str) -> bool {
    words
        .first()
        .is_some_and(|word| word.rsplit('/').next() == Some(program))
}

pub(super) fn signal(name: &str, pid: u32) -> Result<()> {
    run::quiet(
        system::as_root("kill")
            .arg(format!("-{name}"))
            .arg(pid.to_string()),
    )
    .map(drop)
}

/// Waits for a condition; answers whether it came true in time.
pub(super) fn wait(limit: Duration, condition: impl Fn() -> bool) -> bool {
    let begun = Instant::now();
    while !condition() {
        if begun.elapsed() > limit {
            return false;
        }
        sleep(Duration::from_millis(50));
    }
    true
}
