//! `cargo xtask demo`: from a machine with nothing but Rust to a running demonstration.

use std::fs;
use std::io::{self, ErrorKind::PermissionDenied};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::engines::http;
use crate::setup::{Group, install, setup};
use crate::{demo_package, paths, run, system};

pub(crate) fn demo(headless: bool) -> Result<ExitStatus> {
    if !headless
        && std::env::var_os("DISPLAY")
            .or(std::env::var_os("WAYLAND_DISPLAY"))
            .is_none()
    {
        bail!(
            "no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so there is nowhere to open a window.\n\
             The same demonstration in a terminal: cargo xtask demo --headless"
        );
    }
    setup(if headless {
        &[Group::Engine]
    } else {
        &[Group::Engine, Group::Window]
    })?;
    ensure_engine()?;
    let (package, program) = if headless {
        ("quayside-cli", "quayside-cli")
    } else {
        ("quayside", "quayside")
    };
    println!("demo: building {package}");
    run::cargo(&["build", "--package", package])?;
    let demo = demo_package::make()?;
    let quayside = |arguments: &[&str]| -> Result<ExitStatus> {
        Command::new(paths::built("debug", program))
            .arg("--package")
            .arg(&demo)
            .args(arguments)
            .status()
            .with_context(|| format!("cannot start {program}"))
    };
    if !headless {
        println!("demo: opening the window");
        return quayside(&[]);
    }
    println!("demo: quayside-cli --package {} deploy", demo.display());
    let deployed = quayside(&["deploy"])?;
    println!("demo: quayside-cli --package {} status", demo.display());
    let status = quayside(&["status"])?;
    Ok(if deployed.success() { status } else { deployed })
}

/// Uses the engine that answers, or starts the machine's own and lets this user in.
fn ensure_engine() -> Result<()> {
    if run::docker_answers() {
        return Ok(());
    }
    if let Some(host) = std::env::var_os("DOCKER_HOST") {
        bail!(
            "DOCKER_HOST is {}, and no engine answers there",
            host.to_string_lossy()
        );
    }
    if door() == Door::Nobody {
        start_engine()?;
    }
    if door() == Door::Closed {
        let_in()?;
    }
    if !run::docker_answers() {
        bail!(
            "an engine answers at {SOCKET}, but the command docker does not reach it: docker version"
        );
    }
    Ok(())
}

const SOCKET: &str = "/var/run/docker.sock";

/// How the machine's own engine meets this user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    Open,
    /// It is there, for others
    Closed,
    Nobody,
}

fn door() -> Door {
    door_of(&http::get(Path::new(SOCKET), "/_ping").map(drop))
}

fn door_of(answer: &Result<()>) -> Door {
    match answer {
        Ok(()) => Door::Open,
        Err(error) if error.downcast_ref().map(io::Error::kind) == Some(PermissionDenied) => {
            Door::Closed
        }
        Err(_) => Door::Nobody,
    }
}

/// Opens the engine's socket to this user until the machine starts anew. Being put into its group would last, and count
/// only after the next login.
fn let_in() -> Result<()> {
    let user = run::quiet(run::command("id").arg("-un"))?;
    let user = user.trim();
    if !system::can_be_root() {
        bail!(
            "an engine runs, but {user} may not use it. As root: usermod -aG docker {user}; then log in again"
        );
    }
    install(&["acl"])?;
    println!("demo: letting {user} use the engine until this machine starts anew (setfacl)");
    run::quiet(
        system::as_root("setfacl")
            .arg("--modify")
            .arg(format!("user:{}:rw", system::user_id()))
            .arg(SOCKET),
    )
    .map(drop)
}

fn start_engine() -> Result<()> {
    let systemd = system::has_systemd();
    if !system::can_be_root() {
        bail!(
            "no engine is running, and this user may not start one. As root: {}",
            if systemd {
                "systemctl start docker"
            } else {
                "setsid --fork dockerd"
            }
        );
    }
    if systemd {
        println!("demo: starting the engine (systemctl start docker)");
        run::quiet(system::as_root("systemctl").args(["start", "docker"]))?;
        return wait_for_engine(Path::new("journalctl --unit docker"));
    }
    fs::create_dir_all(paths::target())?;
    let log = paths::target().join("dockerd.log");
    let output = fs::File::create(&log)?;
    // A sudo that waited for it would take it along when the terminal is closed.
    let status = system::as_root("setsid")
        .args(["--fork", "dockerd"])
        .stdin(Stdio::null())
        .stdout(output.try_clone()?)
        .stderr(output)
        .status()
        .context("cannot start dockerd")?;
    ensure!(
        status.success(),
        "cannot start dockerd; see {}",
        log.display()
    );
    println!(
        "demo: started an engine in the background; it keeps running (log: {})",
        log.display()
    );
    println!("demo: to stop it, as root: kill $(cat /var/run/docker.pid)");
    wait_for_engine(&log)
}

fn wait_for_engine(log: &Path) -> Result<()> {
    let begun = Instant::now();
    while door() == Door::Nobody {
        if begun.elapsed() > Duration::from_secs(60) {
            let text = fs::read_to_string(log).unwrap_or_default();
            let last = text.lines().next_back().unwrap_or_default();
            bail!(
                "the engine does not answer after 60 s; see {}\n{last}",
                log.display()
            );
        }
        sleep(Duration::from_millis(200));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engine_for_others_is_not_taken_for_none() {
        let refused = |kind: io::ErrorKind| door_of(&Err(io::Error::from(kind).into()));
        assert_eq!(refused(PermissionDenied), Door::Closed);
        assert_eq!(refused(io::ErrorKind::NotFound), Door::Nobody);
        assert_eq!(refused(io::ErrorKind::ConnectionRefused), Door::Nobody);
        assert_eq!(door_of(&Err(anyhow::anyhow!("/_ping: 500"))), Door::Nobody);
    }
}
