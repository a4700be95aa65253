//! `cargo xtask dist --verify`: the package on a system that has never seen a developer.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::engines::{Engine, Generation};
use crate::{demo_package, paths, run, setup, system};

/// Installs the package into a fresh root of this system's release, starts both programs there and
/// deploys the demonstration.
pub(crate) fn verify(package: &Path) -> Result<()> {
    ensure!(system::can_be_root(), "this needs root, or sudo");
    let root = paths::target().join("dist/root");
    fresh(&root)?;
    let name = package.file_name().context("a package has a name")?;
    run::quiet(system::as_root("cp").arg(package).arg(root.join("tmp")))?;
    println!(
        "dist: installing the package in a clean {}",
        system::pretty_name()
    );
    install(&root, &[&format!("/tmp/{}", name.to_string_lossy())])?;
    println!(
        "dist: {}",
        run::quiet(inside(&root).args(["quayside-cli", "--version"]))?.trim()
    );
    for completion in [
        "bash-completion/completions/quayside-cli",
        "zsh/vendor-completions/_quayside-cli",
    ] {
        ensure!(
            root.join("usr/share").join(completion).exists(),
            "no {completion}"
        );
    }
    window(&root)?;
    deploy(&root)
}

fn window(root: &Path) -> Result<()> {
    // A display is nothing that the package could depend on.
    install(root, &["xvfb", "xauth", "dbus"])?;
    let output = inside(root)
        .args(["dbus-run-session", "--", "xvfb-run", "--auto-servernum"])
        .args([
            "timeout",
            "--preserve-status",
            "--signal=KILL",
            "10",
            "quayside",
        ])
        .output()?;
    // Still there after ten seconds: killed by `timeout`, not ended by itself.
    ensure!(
        output.status.code() == Some(137),
        "the window ended with {}:\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    println!("dist: the window starts and stays");
    Ok(())
}

/// Deploys the demonstration on a private engine, with the client and Compose of the clean root.
fn deploy(root: &Path) -> Result<()> {
    install(root, &["docker.io", setup::compose_package()])?;
    let generation = if system::is_ubuntu() {
        Generation::New
    } else {
        Generation::Old
    };
    let engine = Engine::of(generation);
    engine.up(true)?;
    // Seen at the same path inside and outside, since the engine mounts from outside.
    let shared = paths::target();
    run::quiet(
        system::as_root("mkdir")
            .arg("-p")
            .arg(root.join(shared.strip_prefix("/")?)),
    )?;
    let demo = shared.join("dist/demo");
    run::quiet(system::as_root("rm").arg("-rf").arg(&demo))?;
    run::quiet(
        run::command("cp")
            .arg("-r")
            .arg(demo_package::pristine()?)
            .arg(&demo),
    )?;
    let status = engine.command_as_root("env").and_then(|mut command| {
        command.args(clean_root(root, Some(&shared)));
        command
            .args(["quayside-cli", "--package"])
            .arg(&demo)
            .arg("deploy");
        Ok(command.status()?)
    });
    engine.down(true)?;
    ensure!(
        status?.success(),
        "the installed quayside-cli could not deploy the demonstration"
    );
    println!("dist: the installed quayside-cli deploys the demonstration");
    Ok(())
}

fn fresh(root: &Path) -> Result<()> {
    if !root.join("ready").exists() {
        run::quiet(
            system::as_root("rm")
                .args(["-rf", "--one-file-system"])
                .arg(root),
        )?;
        println!("dist: making a clean root with debootstrap");
        run::quiet(
            system::as_root("debootstrap")
                .arg("--variant=minbase")
                .arg(system::codename()?)
                .arg(root)
                .arg(crate::apt::mirror()?),
        )?;
        for source in [
            "/etc/apt/sources.list",
            "/etc/apt/sources.list.d/debian.sources",
        ] {
            if Path::new(source).exists() {
                run::quiet(
                    system::as_root("cp")
                        .arg(source)
                        .arg(root.join(&source[1..])),
                )?;
            }
        }
        // No service is started in it: 101 means "not allowed".
        let policy = paths::target().join("dist/policy-rc.d");
        std::fs::write(&policy, "#!/bin/sh\nexit 101\n")?;
        run::quiet(
            system::as_root("install")
                .arg(policy)
                .arg(root.join("usr/sbin")),
        )?;
        run::quiet(system::as_root("touch").arg(root.join("ready")))?;
    }
    run::quiet(
        system::as_root("cp")
            .arg("/etc/resolv.conf")
            .arg(root.join("etc/resolv.conf")),
    )?;
    run::quiet(inside(root).args(["apt-get", "update", "-qq"])).map(drop)
}

fn install(root: &Path, packages: &[&str]) -> Result<()> {
    let words = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"];
    run::quiet(inside(root).args(words).args(packages)).map(drop)
}

fn inside(root: &Path) -> Command {
    let mut command = system::as_root("env");
    command.args(clean_root(root, None));
    command
}

/// Arguments of `env` that run what follows in the clean root, with a folder of this machine at its own
/// path. The mounts are in a namespace of their own, so none can be left over.
fn clean_root(root: &Path, shared: Option<&Path>) -> Vec<String> {
    const MOUNT: &str = "set -e; mount -t proc proc \"$1/proc\"; mount -t sysfs sysfs \"$1/sys\"; \
        mount -t devtmpfs devtmpfs \"$1/dev\"; mount -t tmpfs tmpfs \"$1/dev/shm\"; \
        [ -z \"$2\" ] || mount --bind \"$2\" \"$1$2\"; root=$1; shift 2; exec chroot \"$root\" \"$@\"";
    let mut words: Vec<String> = ["-u", "DOCKER_CONFIG"].map(str::to_owned).into();
    words.extend(
        [
            "DEBIAN_FRONTEND=noninteractive",
            "LC_ALL=C.UTF-8",
            "HOME=/root",
            "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
            "unshare",
            "--mount",
            "--propagation",
            "private",
            "sh",
            "-c",
            MOUNT,
            "sh",
        ]
        .map(str::to_owned),
    );
    words.push(root.display().to_string());
    words.push(
        shared
            .map(|folder| folder.display().to_string())
            .unwrap_or_default(),
    );
    words
}
