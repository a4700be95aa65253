//! Running other programs: loud about what failed, quiet about what worked.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// A command that cannot ask anything: its standard input is closed, as it is on CI.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null());
    command
}

/// The command as a person would type it, for messages.
fn spelled(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs to the end with its output on ours; an error when it does not succeed.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let words = spelled(command);
    let status = command
        .status()
        .with_context(|| format!("cannot start: {words}"))?;
    if !status.success() {
        bail!("{words}\n  ended with {status}");
    }
    Ok(())
}

/// Runs to the end and keeps the output for itself unless something goes wrong.
pub(crate) fn quiet(command: &mut Command) -> Result<String> {
    let words = spelled(command);
    let output = command
        .output()
        .with_context(|| format!("cannot start: {words}"))?;
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        bail!(
            "{words}\n  ended with {}\n{stdout}{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(stdout)
}

/// Whether the command can be started and succeeds; its output is dropped.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|s| s.success())
}

/// Where administrators' programs are, such as `dockerd`; Debian leaves them out of an ordinary user's PATH.
const SBIN: [&str; 3] = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/// Whether a program of this name is in root's or this user's PATH.
pub(crate) fn in_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(SBIN.map(PathBuf::from))
        .any(|folder| folder.join(program).is_file())
}

/// Whether the engine that `docker` is set up for answers.
pub(crate) fn docker_answers() -> bool {
    succeeds(command("timeout").args([
        "15",
        "docker",
        "version",
        "--format",
        "{{.Server.Version}}",
    ]))
}

/// Runs one of cargo's commands at the root.
pub(crate) fn cargo(arguments: &[&str]) -> Result<()> {
    run(
        command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .current_dir(crate::paths::root())
            .args(arguments),
    )
}
