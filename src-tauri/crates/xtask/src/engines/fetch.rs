//! Where the engines' programs come from: Debian's packages, unpacked below `target/`, never installed.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use super::Generation;
use crate::apt::{self, Apt};
use crate::{run, system};

const PROGRAMS: &[&str] = &[
    "containerd",
    "containerd-shim",
    "containerd-shim-runc-v1",
    "containerd-shim-runc-v2",
    "ctr",
    "docker",
    "docker-init",
    "docker-proxy",
    "dockerd",
    "runc",
    "tini-static",
];

/// Makes `bin/`, `docker-config/` and `host/` in the engine's folder.
pub(super) fn fetch(generation: Generation, folder: &Path) -> Result<()> {
    ensure!(
        system::has_apt(),
        "the test engines come from Debian's packages; this is {}",
        system::pretty_name()
    );
    let bin = folder.join("bin");
    if !bin.join("dockerd").exists() {
        let (release, packages) = packages(generation)?;
        let apt = Apt::release(release)?;
        println!("engine: fetching {}", packages.join(", "));
        let root = folder.join("root");
        let _ = fs::remove_dir_all(&root);
        for file in apt.download(packages.iter().copied())? {
            apt::unpack(&file, &root)?;
        }
        let mut roots = vec![root];
        // runc of Debian 13 needs a newer C library than Debian 12 has; Debian 12's runs everywhere.
        if generation != Generation::Old && release.is_some() {
            let runc = folder.join("runc");
            for file in Apt::release(Some(OLD_RELEASE))?.download(["runc"])? {
                apt::unpack(&file, &runc)?;
            }
            roots.insert(0, runc);
        }
        link_programs(&roots, &bin)?;
    }
    clients(generation, folder)?;
    host_programs(&folder.join("host"))
}

const OLD_RELEASE: &str = "bookworm";
const NEW_RELEASE: &str = "trixie";

/// The release to take the engine from (`None`: the machine's own) and its packages.
pub(super) fn packages(
    generation: Generation,
) -> Result<(Option<&'static str>, Vec<&'static str>)> {
    match generation {
        Generation::Old if system::is_ubuntu() => {
            bail!(
                "Docker 20.10 with Compose v1 is Debian 12's; {} has neither",
                system::pretty_name()
            )
        }
        Generation::Old => Ok((
            Some(OLD_RELEASE),
            vec!["docker.io", "containerd", "runc", "tini"],
        )),
        Generation::New | Generation::Containerd if system::is_ubuntu() => Ok((
            None,
            vec!["docker.io", "containerd", "runc", "docker-compose-v2"],
        )),
        Generation::New | Generation::Containerd => Ok((
            Some(NEW_RELEASE),
            vec![
                "docker.io",
                "docker-cli",
                "containerd",
                "docker-compose",
                "tini",
            ],
        )),
    }
}

fn link_programs(roots: &[PathBuf], bin: &Path) -> Result<()> {
    let _ = fs::remove_dir_all(bin);
    fs::create_dir_all(bin)?;
    for program in PROGRAMS {
        let found = roots
            .iter()
            .flat_map(|root| ["usr/sbin", "usr/bin"].map(|place| root.join(place).join(program)))
            .find(|path| path.symlink_metadata().is_ok());
        if let Some(found) = found {
            symlink(found, bin.join(program))?;
        }
    }
    Ok(())
}

/// What a person of that time has: the old client beside Compose v1, the new one with the plugin.
fn clients(generation: Generation, folder: &Path) -> Result<()> {
    let plugins = folder.join("docker-config/cli-plugins");
    fs::create_dir_all(&plugins)?;
    match generation {
        Generation::Old => {
            let version = run::quiet(run::command(COMPOSE_V1).args(["version", "--short"]))
                .context("the old engine needs Compose v1, Debian 12's package docker-compose")?;
            ensure!(
                version.starts_with("1."),
                "{COMPOSE_V1} is {}; the old engine needs Compose v1, which Debian 12 has",
                version.trim()
            );
            relink(Path::new(COMPOSE_V1), &folder.join("bin/docker-compose"))
        }
        Generation::New | Generation::Containerd => relink(
            &folder.join("root/usr/libexec/docker/cli-plugins/docker-compose"),
            &plugins.join("docker-compose"),
        ),
    }
}

const COMPOSE_V1: &str = "/usr/bin/docker-compose";

fn relink(to: &Path, link: &Path) -> Result<()> {
    ensure!(to.exists(), "missing: {}", to.display());
    let _ = fs::remove_file(link);
    symlink(to, link).with_context(|| link.display().to_string())
}

/// Links to every program of PATH but engines and their clients, so that only the intended ones are found.
fn host_programs(folder: &Path) -> Result<()> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    // A test brings its engine back: there PATH is this folder, and links to itself would be of no use.
    if std::env::split_paths(&path).any(|place| place == folder) {
        return Ok(());
    }
    let unfinished = folder.with_extension("unfinished");
    let _ = fs::remove_dir_all(&unfinished);
    fs::create_dir_all(&unfinished)?;
    let mut seen = BTreeSet::new();
    let system = [
        "/usr/local/sbin",
        "/usr/local/bin",
        "/usr/sbin",
        "/usr/bin",
        "/sbin",
        "/bin",
    ];
    for place in std::env::split_paths(&path).chain(system.map(PathBuf::from)) {
        let Ok(entries) = fs::read_dir(&place) else {
            continue;
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            let text = name.to_string_lossy().into_owned();
            let foreign = ["docker", "containerd", "podman", "nerdctl"]
                .iter()
                .any(|prefix| text.starts_with(prefix));
            if !foreign && seen.insert(text) {
                symlink(entry.path(), unfinished.join(name))?;
            }
        }
    }
    let _ = fs::remove_dir_all(folder);
    fs::rename(&unfinished, folder)?;
    Ok(())
}

/// The folders where any Docker client looks for plugins, as far as this machine has them.
pub(super) fn system_plugin_folders() -> Vec<&'static str> {
    [
        "/usr/local/lib/docker/cli-plugins",
        "/usr/local/libexec/docker/cli-plugins",
        "/usr/lib/docker/cli-plugins",
        "/usr/libexec/docker/cli-plugins",
    ]
    .into_iter()
    .filter(|folder| Path::new(folder).is_dir())
    .collect()
}
