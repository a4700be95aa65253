//! `cargo xtask setup`: the system packages a chore needs, on a machine that has nothing but Rust.
//!
//! Only what is missing is installed, and only on Debian, Ubuntu and their kin; elsewhere the list is
//! printed, because guessing at somebody's package manager does more harm than good.

use std::fmt::Write as _;
use std::fs;
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::{paths, run, system};

/// What a chore needs from the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Group {
    /// An engine and Compose on this machine
    Engine,
    /// Building the window
    Window,
    /// The private test engines, a display without a screen, a WebDriver, fonts
    Tests,
    /// Node.js, for the page's tests and types
    Node,
    /// Making a clean root, to try the users' package in
    CleanRoot,
    /// Compressing and tracing what is measured
    Bench,
}

pub(crate) const ALL: &[Group] = &[Group::Engine, Group::Window, Group::Tests, Group::Node];

pub(crate) fn setup(groups: &[Group]) -> Result<()> {
    if !system::has_apt() {
        bail!("{}", elsewhere(groups));
    }
    let mut wanted: Vec<&str> = groups.iter().flat_map(|group| packages(*group)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    install(&wanted)?;
    if groups.contains(&Group::Node) && !node_is_new_enough() {
        bail!(
            "the Node.js of {} is too old for the page's tests. Please install Node.js {NODE} or newer, with npm;\n\
             everything but those: cargo xtask test --skip setup,ui",
            system::pretty_name()
        );
    }
    Ok(())
}

/// Installs those of the packages that are missing, or says how somebody else can.
pub(crate) fn install(wanted: &[&str]) -> Result<()> {
    let missing = missing(wanted)?;
    if missing.is_empty() {
        println!("setup: nothing to install");
        return Ok(());
    }
    if !system::can_be_root() {
        bail!(
            "missing packages, and this user may not install them. As root:\n  apt-get update && apt-get install --no-install-recommends {}",
            missing.join(" ")
        );
    }
    println!(
        "setup: installing {} packages, and what they need: {}",
        missing.len(),
        missing.join(" ")
    );
    fetch(&missing)
}

fn packages(group: Group) -> Vec<&'static str> {
    match group {
        Group::Engine => {
            let mut packages = vec!["iptables", "iproute2"];
            // Another engine, such as docker-ce, would be thrown out by Debian's.
            if !run::in_path("dockerd") && !run::docker_answers() {
                packages.push("docker.io");
                if system::codename().is_ok_and(|name| has_client_apart(&name)) {
                    packages.push("docker-cli");
                }
            }
            if !run::succeeds(run::command("docker").args(["compose", "version"]))
                && !run::in_path("docker-compose")
            {
                packages.push(compose_package());
            }
            packages
        }
        Group::Window => vec![
            "build-essential",
            "libayatana-appindicator3-dev",
            "libgtk-3-dev",
            "librsvg2-dev",
            "libwebkit2gtk-4.1-dev",
            "pkg-config",
        ],
        Group::Tests => {
            let mut packages = vec![
                "busybox-static",
                "dbus",
                "dbus-x11",
                "exfat-fuse",
                "exfatprogs",
                "fonts-inter",
                "fonts-noto-cjk",
                "iproute2",
                "iptables",
                "libdevmapper1.02.1",
                "libseccomp2",
                "ntfs-3g",
                "procps",
                "webkit2gtk-driver",
                "xauth",
                "xdotool",
                "xvfb",
            ];
            // The old engine's client. Debian 13 and Ubuntu no longer have it.
            if system::codename().is_ok_and(|name| name == "bookworm") {
                packages.push("docker-compose");
            }
            packages
        }
        Group::CleanRoot => vec!["debootstrap"],
        Group::Bench => vec!["gzip", "strace", "tar", "zstd"],
        Group::Node if node_is_new_enough() => Vec::new(),
        Group::Node => vec!["nodejs", "npm"],
    }
}

/// Ubuntu's name for Compose v2 where there is one; Debian's `docker-compose` is v1 in 12 and v2 from 13.
pub(crate) fn compose_package() -> &'static str {
    let policy = run::quiet(run::command("apt-cache").args(["policy", "docker-compose-v2"]));
    let offered =
        policy.is_ok_and(|text| text.contains("Candidate:") && !text.contains("Candidate: (none)"));
    if offered || system::is_ubuntu() {
        "docker-compose-v2"
    } else {
        "docker-compose"
    }
}

/// Debian 13's `docker.io` (26.1.5) has its client in a package that it only recommends; Debian 12's and Ubuntu's hold it.
fn has_client_apart(codename: &str) -> bool {
    !system::is_ubuntu() && !["bullseye", "bookworm"].contains(&codename)
}

/// The first with a runner of tests.
const NODE: u32 = 18;

fn node_is_new_enough() -> bool {
    let version = run::quiet(run::command("node").arg("--version")).unwrap_or_default();
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|n| n.parse().ok());
    major.is_some_and(|major: u32| major >= NODE) && run::in_path("npm")
}

/// Those of the packages that are not installed, which a package that provides the name counts for too.
fn missing<'a>(wanted: &[&'a str]) -> Result<Vec<&'a str>> {
    let output = run::command("dpkg-query")
        .args([
            "--show",
            "--showformat",
            "${db:Status-Status} ${Package} ${Provides}\n",
        ])
        .stderr(Stdio::null())
        .output()
        .context("cannot start dpkg-query")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let installed: std::collections::HashSet<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("installed "))
        .flat_map(|line| line.split([' ', ',']))
        .collect();
    Ok(wanted
        .iter()
        .copied()
        .filter(|name| !installed.contains(name))
        .collect())
}

/// Installs with the lists as they are, and once more after an update when that fails.
fn fetch(packages: &[&str]) -> Result<()> {
    fs::create_dir_all(paths::target())?;
    let log = paths::target().join("setup.log");
    let attempt = |arguments: &[&str]| -> Result<bool> {
        let file = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&log)?;
        let status = system::as_root("env")
            .args([
                "DEBIAN_FRONTEND=noninteractive",
                "LC_ALL=C",
                "apt-get",
                "-y",
                "-qq",
            ])
            .args(["-o", "Dpkg::Use-Pty=0", "-o", "Acquire::Retries=3"])
            .args(["-o", "DPkg::Lock::Timeout=300"])
            .args(arguments)
            .stdout(file.try_clone()?)
            .stderr(file)
            .status()
            .context("cannot start apt-get")?;
        Ok(status.success())
    };
    let arguments: Vec<&str> = ["install", "--no-install-recommends"]
        .iter()
        .chain(packages)
        .copied()
        .collect();
    if attempt(&arguments)? {
        return Ok(());
    }
    println!("setup: reading the package lists anew");
    if attempt(&["update"])? && attempt(&arguments)? {
        return Ok(());
    }
    let text = fs::read_to_string(&log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    bail!(
        "apt-get failed; the end of {}:\n{}",
        log.display(),
        lines[lines.len().saturating_sub(15)..].join("\n")
    )
}

/// What to install by hand, for systems whose packages we do not install.
pub(crate) fn elsewhere(groups: &[Group]) -> String {
    by_hand_on(&system::pretty_name(), system::family(), groups)
}

/// Only what concerns the system's family; everything where that is not known, because names of packages are alike.
fn by_hand_on(name: &str, family: Option<&str>, groups: &[Group]) -> String {
    let mut text =
        format!("{name} is not Debian or Ubuntu, so nothing was installed. Please install:\n");
    for group in groups {
        for (system, what) in by_hand(*group) {
            if *system == "all" || family.is_none_or(|family| family == *system) {
                let _ = writeln!(text, "  {system:<8} {what}");
            }
        }
    }
    text.push_str(
        "The demo package and the test engines are made of Debian's packages: for those, use Debian 12,\n\
         in a virtual machine or a privileged container. Plain `cargo test` needs nothing of this.",
    );
    text
}

fn by_hand(group: Group) -> &'static [(&'static str, &'static str)] {
    match group {
        Group::Engine => &[
            ("Fedora", "moby-engine docker-compose iptables iproute"),
            ("Arch", "docker docker-compose iptables iproute2"),
            (
                "macOS",
                "Docker Desktop, or colima with docker and docker-compose",
            ),
            ("Windows", "Docker Desktop"),
        ],
        Group::Window => &[
            (
                "Fedora",
                "@development-tools webkit2gtk4.1-devel gtk3-devel librsvg2-devel libayatana-appindicator-gtk3-devel",
            ),
            (
                "Arch",
                "base-devel webkit2gtk-4.1 gtk3 librsvg libayatana-appindicator",
            ),
            ("macOS", "the command line tools: xcode-select --install"),
            (
                "Windows",
                "Visual Studio Build Tools with C++, and WebView2",
            ),
        ],
        Group::Tests => &[
            (
                "Fedora",
                "busybox webkitgtk6.0 xorg-x11-server-Xvfb xdotool dbus-x11 google-noto-sans-cjk-fonts",
            ),
            (
                "Arch",
                "busybox webkit2gtk-4.1 xorg-server-xvfb xdotool dbus noto-fonts-cjk",
            ),
        ],
        Group::CleanRoot => &[("Fedora", "debootstrap"), ("Arch", "debootstrap")],
        Group::Bench => &[("all", "gzip, strace, tar and zstd")],
        Group::Node => &[("all", "Node.js 18 or newer, with npm")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_system_is_told_its_own_packages_only() {
        let text = by_hand_on("Rocky Linux 9", Some("Fedora"), ALL);
        assert!(text.starts_with("Rocky Linux 9 is not Debian or Ubuntu"));
        assert!(text.contains("moby-engine") && text.contains("Node.js 18"));
        assert!(!text.contains("base-devel") && !text.contains("xcode-select"));
    }

    #[test]
    fn an_unknown_system_is_told_everything() {
        let text = by_hand_on("Alpine Linux", None, ALL);
        assert!(
            ["Fedora", "Arch", "macOS", "Windows"]
                .iter()
                .all(|it| text.contains(it))
        );
    }
}
