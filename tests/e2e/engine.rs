//! The private engine the suite runs on: what is there, emptying it, killing it, bringing it back.

use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::process::Command;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

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

/// Waits until the engine answers, and returns when it did.
pub(crate) async fn answers() -> u64 {
    let socket = folder().join("docker.sock");
    let begun = Instant::now();
    while !says_hello(&socket) {
        assert!(
            begun.elapsed() < Duration::from_mins(1),
            "it never comes back"
        );
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    now()
}

/// The clock that pages have too, in milliseconds.
#[allow(clippy::disallowed_methods)] // a test is no product
pub(crate) fn now() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    u64::try_from(now.unwrap_or_default().as_millis()).unwrap_or_default()
}

fn says_hello(socket: &Utf8Path) -> bool {
    let hello = || -> std::io::Result<String> {
        let mut stream = UnixStream::connect(socket)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        stream.write_all(b"GET /_ping HTTP/1.0\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    hello().is_ok_and(|answer| answer.contains(" 200 "))
}

#[allow(clippy::disallowed_methods)] // said by whoever runs the suite
fn folder() -> Utf8PathBuf {
    let folder = std::env::var("QUAYSIDE_TEST_ENGINE_DIR").ok();
    folder.map(Utf8PathBuf::from).expect(
        "no private engine: run this through `cargo xtask test --only e2e-new` (or e2e-old)",
    )
}
