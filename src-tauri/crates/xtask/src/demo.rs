//! `cargo xtask demo`: from a machine with nothing but Rust to a running demonstration.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::engines::http;
use crate::setup::{Group, setup};
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

/// Uses the engine that answers, or starts the machine's own.
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
    if http::get(Path::new(SOCKET), "/_ping").is_err() {
        start_engine()?;
    }
    if !run::docker_answers() {
        bail!(
            "an engine runs, but this user may not use it. As root: usermod -aG docker \"$USER\"; then log in again"
        );
    }
    Ok(())
}

const SOCKET: &str = "/var/run/docker.sock";

fn start_engine() -> Result<()> {
    if !system::can_be_root() {
        bail!(
            "no engine is running, and this user may not start one. As root: systemctl start docker"
        );
    }
    if system::has_systemd() {
        println!("demo: starting the engine (systemctl start docker)");
        run::quiet(system::as_root("systemctl").args(["start", "docker"]))?;
        return wait_for_engine(Path::new("journalctl --unit docker"));
    }
    fs::create_dir_all(paths::target())?;
    let log = paths::target().join("dockerd.log");
    let output = fs::File::create(&log)?;
    // No --group needed for root; others get the socket by their own group.
    system::as_root("setsid")
        .args(["dockerd", "--group"])
        .arg(system::group_id().to_string())
        .stdout(output.try_clone()?)
        .stderr(output)
        .spawn()
        .context("cannot start dockerd")?;
    println!(
        "demo: started an engine in the background; it keeps running (log: {})",
        log.display()
    );
    println!("demo: to stop it, as root: kill $(cat /var/run/docker.pid)");
    wait_for_engine(&log)
}

fn wait_for_engine(log: &Path) -> Result<()> {
    let begun = Instant::now();
    while http::get(Path::new(SOCKET), "/_ping").is_err() {
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
