//! `cargo xtask engine`: two private engines for tests, one per generation, each in namespaces of its own.
//!
//! They need nothing installed but a kernel, `iptables` and (for the old one) Compose v1, they do not see
//! or disturb the machine's own engine, and they have no way to the internet: what deploys here deploys
//! offline.

mod fetch;
pub(crate) mod http;
mod process;

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::process::{Command, ExitStatus};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use clap::{Subcommand, ValueEnum};
use serde_json::json;

use crate::{paths, run, system};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Generation {
    /// Docker 20.10 and Compose v1 (1.29)
    Old,
    /// Docker 26 and Compose v2 (2.26)
    New,
    /// The same with the containerd image store, which newer engines begin with
    Containerd,
}

#[derive(Subcommand)]
pub(crate) enum EngineChore {
    /// Starts an engine, fetching it when needed; also brings back one that was killed
    Up {
        generation: Generation,
        /// Begin with no images, containers and volumes
        #[arg(long)]
        fresh: bool,
    },
    /// Stops an engine and everything it runs
    Down {
        generation: Generation,
        /// Remove its images, containers and volumes too
        #[arg(long)]
        wipe: bool,
    },
    /// Kills the daemon alone, as a crash would; its containers live on
    Kill { generation: Generation },
    /// Holds the daemon still, so that it accepts connections and never answers
    Freeze { generation: Generation },
    /// Lets a frozen daemon go on
    Thaw { generation: Generation },
    /// Runs a command with the engine's clients first in PATH, in the engine's network
    Run {
        generation: Generation,
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
        command: Vec<String>,
    },
}

pub(crate) fn chore(chore: EngineChore) -> Result<Option<ExitStatus>> {
    match chore {
        EngineChore::Up { generation, fresh } => Engine::of(generation).up(fresh)?,
        EngineChore::Down { generation, wipe } => Engine::of(generation).down(wipe)?,
        EngineChore::Kill { generation } => Engine::of(generation).signal("KILL")?,
        EngineChore::Freeze { generation } => Engine::of(generation).signal("STOP")?,
        EngineChore::Thaw { generation } => Engine::of(generation).signal("CONT")?,
        EngineChore::Run {
            generation,
            command,
        } => {
            let (program, arguments) = command.split_first().context("no command given")?;
            let mut command = Engine::of(generation).command(program)?;
            return Ok(Some(
                command
                    .args(arguments)
                    .status()
                    .context("cannot start nsenter")?,
            ));
        }
    }
    Ok(None)
}

pub(crate) struct Engine {
    generation: Generation,
    folder: PathBuf,
}

impl Engine {
    pub(crate) fn of(generation: Generation) -> Self {
        let name = Self::name_of(generation);
        Self {
            generation,
            folder: paths::target().join("engines").join(name),
        }
    }

    fn name_of(generation: Generation) -> &'static str {
        match generation {
            Generation::Old => "old",
            Generation::New => "new",
            Generation::Containerd => "containerd",
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        Self::name_of(self.generation)
    }

    pub(crate) fn socket(&self) -> PathBuf {
        self.folder.join("docker.sock")
    }

    /// Where its images and containers are.
    pub(crate) fn data_folder(&self) -> PathBuf {
        self.folder.join("data")
    }

    pub(crate) fn up(&self, fresh: bool) -> Result<()> {
        let _lock = paths::lock(&self.folder)?;
        fetch::fetch(self.generation, &self.folder)?;
        if fresh {
            self.stop()?;
            self.wipe()?;
        }
        if http::get(&self.socket(), "/_ping").is_err() {
            self.start()?;
        }
        println!(
            "engine {}: {}, unix://{}",
            self.name(),
            self.describe()?,
            self.socket().display()
        );
        if http::get(&self.socket(), "/info")?["Driver"] == "vfs" {
            println!(
                "engine {}: overlay2 cannot be used here; vfs is slower",
                self.name()
            );
        }
        Ok(())
    }

    /// Says what runs: `Docker 26.1.5+dfsg1, overlay2`.
    pub(crate) fn describe(&self) -> Result<String> {
        let version = http::get(&self.socket(), "/version")?;
        let info = http::get(&self.socket(), "/info")?;
        let word = |value: &serde_json::Value| value.as_str().unwrap_or("?").to_owned();
        Ok(format!(
            "Docker {}, {}",
            word(&version["Version"]),
            word(&info["Driver"])
        ))
    }

    /// Whether this generation can be had on this system; the error says why not.
    pub(crate) fn available(&self) -> Result<()> {
        fetch::packages(self.generation).map(drop)
    }

    pub(crate) fn down(&self, wipe: bool) -> Result<()> {
        let _lock = paths::lock(&self.folder)?;
        self.stop()?;
        if wipe {
            self.wipe()?;
        }
        println!("engine {}: down", self.name());
        Ok(())
    }

    fn signal(&self, name: &str) -> Result<()> {
        let daemon = process::daemon(&self.folder).context("the daemon is not running")?;
        process::signal(name, daemon)
    }

    /// A command with this engine's environment, inside its network, as this user.
    pub(crate) fn command(&self, program: &str) -> Result<Command> {
        self.command_as(system::user_id(), program)
    }

    /// The same as root, for what takes other users' places and mounts file systems: the suites, a clean root.
    pub(crate) fn command_as_root(&self, program: &str) -> Result<Command> {
        self.command_as(0, program)
    }

    fn command_as(&self, user: u32, program: &str) -> Result<Command> {
        let supervisor = process::supervisor(&self.folder).with_context(|| {
            format!(
                "engine {0} is not up: cargo xtask engine up {0}",
                self.name()
            )
        })?;
        let mut command = system::as_root("nsenter");
        command.arg(format!("--net=/proc/{supervisor}/ns/net"));
        let hidden = fetch::system_plugin_folders();
        if !hidden.is_empty() {
            // The client would find the machine's own Compose there, whatever DOCKER_CONFIG says.
            command.args(["unshare", "--mount", "--propagation", "slave", "sh", "-c"]);
            command.arg(
                "while [ \"$1\" != -- ]; do mount -t tmpfs -o ro tmpfs \"$1\" || exit; shift; done; shift; exec \"$@\"",
            );
            command.arg("sh").args(hidden).arg("--");
        }
        if !system::is_root() {
            // The group stays in any case: the engine's socket belongs to it.
            command.arg("setpriv").arg(format!("--reuid={user}"));
            command
                .arg(format!("--regid={}", system::group_id()))
                .arg("--init-groups");
        }
        command.arg("env");
        for name in FOREIGN {
            command.args(["-u", name]);
        }
        // Root's own files are not to lie in somebody's home.
        let home = (user == system::user_id()).then_some(&"HOME");
        for name in OURS.iter().chain(home) {
            if let Ok(value) = std::env::var(name) {
                command.arg(format!("{name}={value}"));
            }
        }
        command
            .arg(format!("PATH={0}/bin:{0}/host", self.folder.display()))
            .arg(format!("DOCKER_HOST=unix://{}", self.socket().display()))
            .arg(format!(
                "DOCKER_CONFIG={}/docker-config",
                self.folder.display()
            ))
            .arg(format!("QUAYSIDE_TEST_ENGINE={}", self.name()))
            .arg(format!(
                "QUAYSIDE_TEST_ENGINE_DIR={}",
                self.folder.display()
            ))
            .arg(program);
        Ok(command)
    }

    fn start(&self) -> Result<()> {
        let socket = self.socket();
        ensure!(
            socket.as_os_str().len() < 100,
            "the path of this checkout is too long for a socket: {}",
            socket.display()
        );
        if process::supervisor(&self.folder).is_some() {
            fs::write(self.folder.join("start"), "")?;
        } else {
            self.start_supervisor()?;
        }
        let begun = Instant::now();
        while http::get(&socket, "/_ping").is_err() {
            if begun.elapsed() > Duration::from_secs(60) {
                bail!(
                    "engine {} does not answer after 60 s:\n{}",
                    self.name(),
                    self.log_tail()
                );
            }
            ensure!(
                process::supervisor(&self.folder).is_some(),
                "engine {} ended at once:\n{}",
                self.name(),
                self.log_tail()
            );
            sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    fn start_supervisor(&self) -> Result<()> {
        ensure!(
            system::can_be_root(),
            "an engine needs root: run this as root, or allow sudo without a password"
        );
        let _ = fs::remove_file(self.socket());
        let owner = fs::metadata(&self.folder)?.gid();
        let settings = json!({
            "data-root": self.data_folder(),
            "exec-root": "/run/docker",
            "pidfile": "/run/docker/dockerd.pid",
            "hosts": [format!("unix://{}", self.socket().display())],
            "group": owner.to_string(),
            "features": { "containerd-snapshotter": self.generation == Generation::Containerd },
        });
        fs::write(self.folder.join("daemon.json"), settings.to_string())?;
        let log = fs::File::create(self.folder.join("log"))?;
        // The engine outlives this command, and must not keep a lock open that somebody holds around it.
        let mut child = system::as_root("sh")
            .args([
                "-c",
                "exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; exec setsid \"$@\"",
                "sh",
                "unshare",
                "--net",
                "--pid",
                "--mount",
                "--fork",
                "--kill-child",
            ])
            .args(["--mount-proc", "--propagation", "slave"])
            .arg("env")
            .arg(format!(
                "PATH={}/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                self.folder.display()
            ))
            .args([
                format!("HTTP_PROXY={WAY_OUT}"),
                format!("HTTPS_PROXY={WAY_OUT}"),
            ])
            .args(["sh", "-c", include_str!("supervise.sh"), process::MARK])
            .arg(&self.folder)
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("cannot start unshare")?;
        // It answers to its command line only once setsid and sudo have become it.
        while process::supervisor(&self.folder).is_none() {
            let ended = child.try_wait()?.is_some();
            ensure!(
                !ended,
                "engine {} cannot start:\n{}",
                self.name(),
                self.log_tail()
            );
            sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Lets the engine stop its containers, then ends its namespaces.
    fn stop(&self) -> Result<()> {
        if let Some(daemon) = process::daemon(&self.folder) {
            process::signal("TERM", daemon)?;
            process::wait(Duration::from_secs(30), || {
                process::daemon(&self.folder).is_none()
            });
        }
        if let Some(supervisor) = process::supervisor(&self.folder) {
            process::signal("KILL", supervisor)?;
        }
        let gone = process::wait(Duration::from_secs(10), || {
            process::all(&self.folder).is_empty()
        });
        ensure!(gone, "engine {}: some processes do not end", self.name());
        let _ = fs::remove_file(self.socket());
        Ok(())
    }

    fn wipe(&self) -> Result<()> {
        run::quiet(system::as_root("rm").arg("-rf").arg(self.data_folder())).map(drop)
    }

    fn log_tail(&self) -> String {
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }
}

/// The engine's only way to other registries: a proxy at which nobody is, unless a test listens who asks.
const WAY_OUT: &str = "http://127.0.0.1:3128";

/// What sudo drops or replaces, and a suite needs: without it rustup looks for a toolchain where there is none.
const OURS: &[&str] = &[
    "CARGO_HOME",
    "CARGO_TARGET_DIR",
    "CI",
    "RUSTUP_HOME",
    "RUSTUP_TOOLCHAIN",
    "RUST_BACKTRACE",
];

/// Settings of the person at the keyboard that would point the clients somewhere else.
const FOREIGN: &[&str] = &[
    "COMPOSE_FILE",
    "COMPOSE_PROFILES",
    "COMPOSE_PROJECT_NAME",
    "DOCKER_API_VERSION",
    "DOCKER_CERT_PATH",
    "DOCKER_CONTEXT",
    "DOCKER_DEFAULT_PLATFORM",
    "DOCKER_TLS",
    "DOCKER_TLS_VERIFY",
];
