//! What this machine is, and how to act on it as root.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::run;

/// A field of /etc/os-release, such as `ID` or `VERSION_CODENAME`.
fn os_release(field: &str) -> Option<String> {
    let text = fs::read_to_string("/etc/os-release").ok()?;
    text.lines().find_map(|line| {
        let (key, value) = line.split_once('=')?;
        (key == field).then(|| value.trim_matches('"').to_owned())
    })
}

/// The release's code name: `bookworm`, `noble`.
pub(crate) fn codename() -> Result<String> {
    os_release("VERSION_CODENAME")
        .context("no VERSION_CODENAME in /etc/os-release: not Debian or Ubuntu")
}

/// What people call this system.
pub(crate) fn pretty_name() -> String {
    os_release("PRETTY_NAME").unwrap_or_else(|| std::env::consts::OS.to_owned())
}

pub(crate) fn is_ubuntu() -> bool {
    os_release("ID").is_some_and(|id| id == "ubuntu")
}

/// Debian, Ubuntu and what is made from them; only these get packages installed for them.
pub(crate) fn has_apt() -> bool {
    cfg!(target_os = "linux") && run::in_path("apt-get") && run::in_path("dpkg")
}

/// The real user id, from the kernel, since the standard library does not tell.
pub(crate) fn user_id() -> u32 {
    own_process().0
}

pub(crate) fn group_id() -> u32 {
    own_process().1
}

#[cfg(unix)]
fn own_process() -> (u32, u32) {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").map_or((u32::MAX, u32::MAX), |own| (own.uid(), own.gid()))
}

#[cfg(not(unix))]
fn own_process() -> (u32, u32) {
    (u32::MAX, u32::MAX)
}

pub(crate) fn is_root() -> bool {
    user_id() == 0
}

/// Whether commands can be run as root here, asking for a password at most at the terminal.
pub(crate) fn can_be_root() -> bool {
    use std::io::IsTerminal;
    is_root()
        || run::in_path("sudo")
            && (run::succeeds(run::command("sudo").args(["-n", "true"]))
                || std::io::stdin().is_terminal())
}

/// A command that runs as root: by itself, or through sudo (which asks at the terminal when it must).
pub(crate) fn as_root(program: &str) -> Command {
    if is_root() {
        return run::command(program);
    }
    let mut command = Command::new("sudo");
    command.arg(program);
    command
}

/// Whether systemd is what runs this machine.
pub(crate) fn has_systemd() -> bool {
    fs::exists("/run/systemd/system").unwrap_or(false)
}
