//! The private engine the suite runs on: what is there, emptying it, killing it, bringing it back.

use camino::Utf8PathBuf;
use fs_err as fs;
use std::process::Command;

/// Runs the engine's own client and answers what it prints.
#[allow(clippy::disallowed_methods)] // a test is no product
pub(crate) fn docker(words: &[&str]) -> String {
    let ran = Command::new("docker").args(words).output();
    let ran = ran.unwrap_or_else(|error| panic!("docker: {error}"));
    assert!(
        ran.status.success(),
        "docker {words:?}: {}",
        String::from_utf8_lossy(&ran.stderr)
    );
    String::from_utf8_lossy(&ran.stdout).trim().to_owned()
}

/// Takes everything away that tests before this one left.
pub(crate) fn clear() {
    // Never on an engine somebody else might use.
    let _ = folder();
    for (list, remove) in [
        (
            &["ps", "--all", "--quiet"][..],
            &["rm", "--force", "--volumes"][..],
        ),
        (&["volume", "ls", "--quiet"], &["volume", "rm"]),
        (
            &["network", "ls", "--quiet", "--filter", "type=custom"],
            &["network", "rm"],
        ),
        (&["images", "--quiet", "--no-trunc"], &["rmi", "--force"]),
    ] {
        let found = docker(list);
        let mut found: Vec<&str> = found.lines().collect();
        found.sort_unstable();
        found.dedup();
        if !found.is_empty() {
            docker(&[remove, &found].concat());
        }
    }
}

/// Kills the daemon as a crash would.
#[allow(clippy::disallowed_methods)] // a test is no product
pub(crate) fn kill() {
    let settings = format!("--config-file={}/daemon.json", folder());
    let processes = fs::read_dir("/proc").expect("/proc");
    let daemon = processes
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .find(|pid| {
            let line = fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            let mut words = line.split('\0');
            words
                .next()
                .is_some_and(|program| program.ends_with("dockerd"))
                && words.any(|word| word == settings)
        });
    let daemon = daemon.expect("the engine runs");
    let killed = Command::new("kill").args(["-KILL", &daemon]).status();
    assert!(killed.is_ok_and(|status| status.success()), "{daemon}");
}

/// Lets the supervisor of the engine start the daemon again.
pub(crate) fn revive() {
    fs::write(folder().join("start"), "").expect("the supervisor watches its folder");
}

#[allow(clippy::disallowed_methods)] // said by whoever runs the suite
fn folder() -> Utf8PathBuf {
    let folder = std::env::var("QUAYSIDE_TEST_ENGINE_DIR").ok();
    folder.map(Utf8PathBuf::from).expect(
        "no private engine: run this through `cargo xtask test --only e2e-new` (or e2e-old)",
    )
}
