//! `cargo xtask dist --verify`: the package on a system that has never seen a developer.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::{paths, run, system};

/// Installs the package into a fresh root of this system's release and starts both programs there.
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
    let file = format!("/tmp/{}", name.to_string_lossy());
    inside(
        &root,
        &[
            "apt-get",
            "install",
            "-y",
            "-qq",
            "--no-install-recommends",
            &file,
        ],
    )?;
    println!(
        "dist: quayside-cli {}",
        inside(&root, &["quayside-cli", "--version"])?.trim()
    );
    for completion in [
        "bash-completion/completions/quayside-cli",
        "fish/vendor_completions.d/quayside-cli.fish",
    ] {
        ensure!(
            root.join("usr/share").join(completion).exists(),
            "no {completion}"
        );
    }

    // The window needs a display, which the package does not depend on.
    inside(
        &root,
        &[
            "apt-get",
            "install",
            "-y",
            "-qq",
            "--no-install-recommends",
            "xvfb",
            "xauth",
            "dbus",
        ],
    )?;
    let output = enter(&root)
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
        run::quiet(system::as_root("touch").arg(root.join("ready")))?;
    }
    run::quiet(
        system::as_root("cp")
            .arg("/etc/resolv.conf")
            .arg(root.join("etc/resolv.conf")),
    )?;
    inside(root, &["apt-get", "update", "-qq"]).map(drop)
}

/// A command in the clean root. Its mounts are in a namespace of their own, so none can be left over.
fn enter(root: &Path) -> Command {
    const MOUNT: &str = "mount -t proc proc \"$1/proc\" && mount -t sysfs sysfs \"$1/sys\" && \
        mount -t devtmpfs devtmpfs \"$1/dev\" && mount -t tmpfs tmpfs \"$1/dev/shm\" && exec chroot \"$@\"";
    let mut command = system::as_root("env");
    command.args([
        "--ignore-environment",
        "DEBIAN_FRONTEND=noninteractive",
        "LC_ALL=C.UTF-8",
    ]);
    command.args(["HOME=/root", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"]);
    command.args([
        "unshare",
        "--mount",
        "--propagation",
        "private",
        "sh",
        "-c",
        MOUNT,
        "sh",
    ]);
    command.arg(root);
    command
}

fn inside(root: &Path, words: &[&str]) -> Result<String> {
    run::quiet(enter(root).args(words))
}
