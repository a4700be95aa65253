//! The real command line, built once per test run and started in a sandbox.

use crate::sandbox::Sandbox;
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::SystemTime;

/// Returns the program. Cargo hands a package no binaries of another one, so it is asked to build it; when it is built
/// already, that is a look at some dates.
pub fn program() -> &'static Utf8Path {
    // A failure is kept as well: every test would try again, one after the other.
    static PROGRAM: OnceLock<Result<Utf8PathBuf, String>> = OnceLock::new();
    match PROGRAM.get_or_init(build) {
        Ok(program) => program,
        Err(words) => panic!("quayside-cli cannot be built: {words}"),
    }
}

fn build() -> Result<Utf8PathBuf, String> {
    let here = std::env::current_exe()
        .ok()
        .and_then(|path| Utf8PathBuf::from_path_buf(path).ok());
    // target/debug/deps/integration-1a2b
    let profile = here
        .as_deref()
        .and_then(Utf8Path::parent)
        .and_then(Utf8Path::parent);
    let target = profile.and_then(Utf8Path::parent);
    let (Some(profile), Some(target)) = (profile, target) else {
        return Err("a test program lies in target/<profile>/deps".into());
    };
    let program = profile.join(format!("quayside-cli{}", std::env::consts::EXE_SUFFIX));
    let root = Utf8Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let sources = [
        "Cargo.lock",
        "src-tauri/crates/cli",
        "src-tauri/crates/service-manager",
        "ui/locales",
    ];
    // Cargo would have the same answer, but only when nobody else builds in this folder at the moment.
    if changed(&program) > sources.iter().map(|path| newest(&root.join(path))).max() {
        return Ok(program);
    }
    let mut cargo = command(env!("CARGO"));
    cargo.args(["build", "--quiet", "--offline"]);
    // Together with this package, so that its features and everything compiled with them are used again.
    cargo.args(["--package", "quayside-cli", "--package", "tests"]);
    cargo.args(["--bin", "quayside-cli"]);
    cargo.arg("--target-dir").arg(target);
    if profile.file_name() == Some("release") {
        cargo.arg("--release");
    }
    cargo.current_dir(root);
    let built = cargo.output().map_err(|error| error.to_string())?;
    if !built.status.success() {
        return Err(String::from_utf8_lossy(&built.stderr).into_owned());
    }
    Ok(program)
}

fn changed(path: &Utf8Path) -> Option<SystemTime> {
    path.metadata().and_then(|meta| meta.modified()).ok()
}

/// Returns when anything in a folder was last changed.
fn newest(path: &Utf8Path) -> SystemTime {
    let below = path.read_dir_utf8().into_iter().flatten().flatten();
    below
        .map(|entry| newest(entry.path()))
        .chain(changed(path))
        .max()
        .unwrap_or(SystemTime::UNIX_EPOCH)
}

#[allow(clippy::disallowed_methods)] // a test is no product: the process it starts is the product
fn command(program: &str) -> Command {
    Command::new(program)
}

/// What a run of the command line came to.
#[derive(Debug)]
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    /// Returns standard output as one JSON value.
    pub fn json(&self) -> Value {
        serde_json::from_str(self.out.trim()).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// Returns standard output as JSON values, one per line.
    pub fn lines(&self) -> Vec<Value> {
        let lines = self.out.lines();
        lines
            .map(|line| {
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
            })
            .collect()
    }
}

/// Prepares a run in a sandbox, on its engine and its package, with its environment and no other.
pub fn prepare(sandbox: &Sandbox, args: &[&str]) -> Command {
    prepare_at(sandbox, sandbox.package.as_str(), args)
}

fn prepare_at(sandbox: &Sandbox, package: &str, args: &[&str]) -> Command {
    let mut run = command(program().as_str());
    run.env_clear().envs(sandbox.environment().variables);
    run.args(["--package", package, "--docker-host", &sandbox.engine.url()]);
    run.args(args).current_dir(&sandbox.package);
    run.stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    run
}

/// Runs the command line in a sandbox to its end.
pub fn run(sandbox: &Sandbox, args: &[&str]) -> Ran {
    ran(&prepare(sandbox, args)
        .output()
        .unwrap_or_else(|error| panic!("{error}")))
}

/// The same on another package than the sandbox's.
pub fn run_at(sandbox: &Sandbox, package: &str, args: &[&str]) -> Ran {
    ran(&prepare_at(sandbox, package, args)
        .output()
        .unwrap_or_else(|error| panic!("{error}")))
}

/// Reads what a finished run left.
pub fn ran(output: &Output) -> Ran {
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Starts the command line in a sandbox.
pub fn start(sandbox: &Sandbox, args: &[&str]) -> Child {
    prepare(sandbox, args)
        .spawn()
        .unwrap_or_else(|error| panic!("{error}"))
}

/// Waits for the end of what was started.
pub fn end(child: Child) -> Ran {
    ran(&child
        .wait_with_output()
        .unwrap_or_else(|error| panic!("{error}")))
}

/// Sends a signal: `INT` is what Ctrl-C does.
pub fn signal(child: &Child, name: &str) {
    let killed = command("/bin/sh")
        .args(["-c", &format!("kill -{name} {}", child.id())])
        .status();
    assert!(killed.is_ok_and(|status| status.success()));
}

/// Returns whether a process runs; one that ended and only waits to be collected does not.
pub fn runs(pid: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    !stat.is_empty() && !stat.contains(") Z ")
}
