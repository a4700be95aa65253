//! What this machine is, and how to act on it as root.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::run;

/// What /etc/os-release says; nothing where there is none.
struct Release(String);

impl Release {
    fn of_this_machine() -> Self {
        Self(fs::read_to_string("/etc/os-release").unwrap_or_default())
    }

    /// A field, such as `ID` or `VERSION_CODENAME`.
    fn field(&self, field: &str) -> Option<&str> {
        self.0.lines().find_map(|line| {
            let (key, value) = line.split_once('=')?;
            (key == field).then(|| value.trim_matches('"'))
        })
    }

    /// Whether this is one of the systems, or made from one.
    fn is(&self, names: &[&str]) -> bool {
        ["ID", "ID_LIKE"]
            .iter()
            .filter_map(|field| self.field(field))
            .flat_map(|words| words.split(' '))
            .any(|word| names.contains(&word))
    }

    /// That of the archives: Linux Mint's own release is called otherwise than the Ubuntu it is made from.
    fn codename(&self) -> Option<&str> {
        self.field("UBUNTU_CODENAME")
            .or_else(|| self.field("VERSION_CODENAME"))
    }

    /// The family of systems that are told the same packages.
    fn family(&self, kernel: &str) -> Option<&'static str> {
        match kernel {
            "macos" => Some("macOS"),
            "windows" => Some("Windows"),
            _ if self.is(&["fedora", "rhel", "centos"]) => Some("Fedora"),
            _ if self.is(&["arch"]) => Some("Arch"),
            _ => None,
        }
    }
}

/// The release's code name: `bookworm`, `noble`.
pub(crate) fn codename() -> Result<String> {
    Release::of_this_machine()
        .codename()
        .map(str::to_owned)
        .context("no VERSION_CODENAME in /etc/os-release: not a release of Debian or Ubuntu")
}

/// What people call this system.
pub(crate) fn pretty_name() -> String {
    Release::of_this_machine()
        .field("PRETTY_NAME")
        .unwrap_or(std::env::consts::OS)
        .to_owned()
}

/// The family this system is from, as far as we know what to install there.
pub(crate) fn family() -> Option<&'static str> {
    Release::of_this_machine().family(std::env::consts::OS)
}

pub(crate) fn is_ubuntu() -> bool {
    Release::of_this_machine().is(&["ubuntu"])
}

/// Debian, Ubuntu and what is made from them; only these get packages installed for them.
pub(crate) fn has_apt() -> bool {
    cfg!(target_os = "linux")
        && Release::of_this_machine().is(&["debian", "ubuntu"])
        && run::in_path("apt-get")
        && run::in_path("dpkg")
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

/// Whether commands can be run as root here. sudo asks for the password now, at the terminal: having sudo is not being allowed
/// to use it.
pub(crate) fn can_be_root() -> bool {
    use std::io::IsTerminal;
    is_root()
        || run::in_path("sudo")
            && (run::succeeds(run::command("sudo").args(["-n", "true"]))
                || std::io::stdin().is_terminal()
                    && Command::new("sudo")
                        .arg("--validate")
                        .status()
                        .is_ok_and(|status| status.success()))
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

#[cfg(test)]
mod tests {
    use super::Release;

    const MINT: &str =
        "ID=linuxmint\nID_LIKE=\"ubuntu debian\"\nVERSION_CODENAME=wilma\nUBUNTU_CODENAME=noble\n";

    fn family(text: &str) -> Option<&'static str> {
        Release(text.to_owned()).family("linux")
    }

    #[test]
    fn a_derived_system_is_of_its_parents_family() {
        assert_eq!(
            family("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"),
            Some("Fedora")
        );
        assert_eq!(family("ID=endeavouros\nID_LIKE=arch\n"), Some("Arch"));
        assert_eq!(family("ID=alpine\n"), None);
        assert_eq!(Release(String::new()).family("macos"), Some("macOS"));
    }

    #[test]
    fn what_is_made_from_ubuntu_uses_the_archives_of_its_release() {
        let mint = Release(MINT.to_owned());
        assert!(mint.is(&["ubuntu"]));
        assert_eq!(mint.codename(), Some("noble"));
        let debian = Release("ID=debian\nVERSION_CODENAME=bookworm\n".to_owned());
        assert!(debian.is(&["debian"]) && !debian.is(&["ubuntu"]));
        assert_eq!(debian.codename(), Some("bookworm"));
    }
}
