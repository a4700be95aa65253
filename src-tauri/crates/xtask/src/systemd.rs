//! Whether Quayside starts an engine that is stopped: under a real systemd in a clean root, as an ordinary user whom the
//! real polkit lets do it or not, and up to a package that is ready. A row of the matrix.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::engine_files::{USER, bring, fresh_copy, install, pristine as base};
use crate::setup::{Group, setup};
use crate::{demo_package, paths, run, system};

/// The row's name.
pub(crate) const NAME: &str = "systemd::a_stopped_docker_is_started_and_the_package_becomes_ready";
/// The release whose systemd still runs on control groups of either version; later ones want the second (systemd 256).
const RELEASE: &str = "bookworm";
const FIX: &str = "engine.not_running:docker.service";
const AUTOSTART: &str = "engine.autostart:docker.service";
const BOOT: &str = include_str!("systemd.sh");
const COMPOSE: &str = "version: '3.7'\nservices:\n  cache:\n    image: harbour/redis:latest\n    restart: unless-stopped\n";
/// polkit writes down what it was asked and lets it be done.
const RULE: &str = r#"polkit.addRule(function(action, subject) {
  if (action.id == "org.freedesktop.policykit.exec") {
    polkit.spawn(["/usr/bin/logger", "--tag", "asked", subject.user + ": " + action.lookup("command_line")]);
    return polkit.Result.YES;
  }
});
"#;
/// systemd starts within seconds; a busy machine takes its time.
const PATIENCE: Duration = Duration::from_secs(120);

/// Fails at the first thing that is not as it has to be.
pub(crate) fn verify() -> Result<()> {
    ensure!(system::is_root(), "this needs root");
    setup(&[Group::CleanRoot])?;
    let machine = Machine::boot(&root()?)?;
    machine.stops_docker()?;
    machine.says_so_and_asks()?;
    machine.starts_docker()?;
    machine.deploys()?;
    machine.starts_with_the_computer()
}

/// A copy of a root with systemd and Docker, the command line and a package.
fn root() -> Result<PathBuf> {
    let pristine = paths::target()
        .join("clean")
        .join(format!("{RELEASE}-systemd"));
    if !pristine.join("ready").exists() {
        fresh_copy(&base(RELEASE)?, &pristine)?;
        fs::remove_file(pristine.join("ready"))?;
        let packages = [
            "systemd-sysv",
            "libpam-systemd",
            "docker.io",
            "docker-compose",
            "iptables",
        ];
        bring(&pristine, RELEASE, &packages, "srv/systemd")?;
        install(
            &pristine,
            "srv/systemd",
            "usermod --append --groups docker \"$2\"; systemctl enable docker.service docker.socket",
        )?;
        fs::write(pristine.join("ready"), "")?;
    }
    let root = paths::target().join("clean/systemd");
    fresh_copy(&pristine, &root)?;
    let shop = root.join("srv/shop");
    fs::create_dir_all(shop.join("images"))?;
    fs::write(shop.join("docker-compose.yml"), COMPOSE)?;
    let archive = format!("images/redis-{}.tar", crate::apt::architecture()?);
    fs::copy(
        demo_package::pristine()?.join(&archive),
        shop.join(&archive),
    )?;
    fs::copy(
        paths::built("debug", "quayside-cli"),
        root.join("usr/bin/quayside-cli"),
    )?;
    Ok(root)
}

/// A running system; it ends when this is dropped.
struct Machine {
    supervisor: Child,
    /// systemd's process, as it is seen from outside.
    first: u32,
    groups: String,
    root: PathBuf,
}

impl Machine {
    fn boot(root: &Path) -> Result<Self> {
        let groups = format!("quayside-matrix-{}", std::process::id());
        let mut boot = run::command("sh");
        boot.args(["-c", BOOT, "sh"]).arg(root).arg(&groups);
        let supervisor = boot
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .context("cannot start sh")?;
        let mut machine = Self {
            supervisor,
            first: 0,
            groups,
            root: root.to_owned(),
        };
        machine.until("a running system", |machine| {
            machine.first = machine.child()?;
            let state = machine.says(&["systemctl", "is-system-running"])?;
            (state == "running").then_some(())
        })?;
        Ok(machine)
    }

    /// The first process of the new namespace.
    fn child(&self) -> Option<u32> {
        let id = self.supervisor.id();
        let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).ok()?;
        children.trim().parse().ok()
    }

    fn until<T>(&mut self, what: &str, mut ask: impl FnMut(&mut Self) -> Option<T>) -> Result<T> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(answer) = ask(self) {
                return Ok(answer);
            }
            if let Some(status) = self.supervisor.try_wait()? {
                bail!("systemd ended with {status} before there was {what}");
            }
            sleep(Duration::from_millis(300));
        }
        let failed = self.says(&["systemctl", "--failed", "--no-legend"]);
        bail!("no {what} after {PATIENCE:?}: {failed:?}")
    }

    /// A command inside, as root.
    fn command(&self, words: &[&str]) -> Command {
        let mut command = run::command("nsenter");
        command.arg("--target").arg(self.first.to_string());
        command.args([
            "--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--root", "--wd=/",
        ]);
        command.args([
            "env",
            "-i",
            "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
            "LC_ALL=C.UTF-8",
        ]);
        command.args(words);
        command
    }

    fn output(&self, words: &[&str]) -> Result<Output> {
        self.command(words).output().context("cannot start nsenter")
    }

    /// What a command says, whatever it ends with.
    fn says(&self, words: &[&str]) -> Option<String> {
        let output = self.output(words).ok()?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    fn unit_is(&self, question: &str, answer: &str) -> Result<()> {
        let said = self
            .says(&["systemctl", question, "docker.service"])
            .unwrap_or_default();
        ensure!(said == answer, "docker.service: {question}: {said}");
        Ok(())
    }

    /// The command line, as the user.
    fn cli(&self, words: &[&str]) -> Result<(Option<i32>, Value)> {
        let user = format!("--reuid={USER}");
        let group = format!("--regid={USER}");
        let home = format!("HOME=/home/{USER}");
        let first = [
            "setpriv",
            &user,
            &group,
            "--init-groups",
            "env",
            &home,
            "quayside-cli",
            "--package",
            "/srv/shop",
            "--json",
        ];
        let output = self.output(&[&first, words].concat())?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let last = text.lines().last().with_context(|| {
            format!(
                "{words:?} said nothing: {}",
                String::from_utf8_lossy(&output.stderr)
            )
        })?;
        Ok((output.status.code(), serde_json::from_str(last)?))
    }

    /// Its socket too, which would start it again for whoever asks.
    fn stops_docker(&self) -> Result<()> {
        run::quiet(&mut self.command(&["systemctl", "stop", "docker.socket", "docker.service"]))?;
        self.unit_is("is-active", "inactive")
    }

    /// The check and the diagnosis say it, and nothing is started without an agreement or an administrator.
    fn says_so_and_asks(&self) -> Result<()> {
        let (code, report) = self.cli(&["check"])?;
        let row = &report["checks"][0];
        ensure!(code == Some(5), "the check ended with {code:?}: {report:#}");
        ensure!(
            row["id"] == "engine.not_running" && row["state"] == "block",
            "{row:#}"
        );
        ensure!(row["fixes"][0]["id"] == FIX, "{row:#}");
        let (_, report) = self.cli(&["diagnose"])?;
        ensure!(
            report["diagnoses"][0]["id"] == "engine.not_running",
            "{report:#}"
        );
        let failed = |words: &[&str], code: &str| -> Result<()> {
            let (_, finished) = self.cli(words)?;
            ensure!(finished["failure"]["code"] == code, "{finished:#}");
            self.unit_is("is-active", "inactive")
        };
        failed(&["fix", FIX], "not-agreed")?;
        failed(&["fix", FIX, "--yes"], "admin-unasked")
    }

    fn starts_docker(&self) -> Result<()> {
        fs::write(self.root.join("etc/polkit-1/rules.d/10-asked.rules"), RULE)?;
        run::quiet(&mut self.command(&["systemctl", "restart", "polkit.service"]))?;
        let (code, finished) = self.cli(&["fix", FIX, "--yes"])?;
        ensure!(code == Some(0), "the fix ended with {code:?}: {finished:#}");
        let after = &finished["repair"]["after"][0];
        ensure!(
            after["id"] == "engine.not_running" && after["state"] == "pass",
            "{finished:#}"
        );
        self.unit_is("is-active", "active")?;
        self.was_asked(&["/usr/bin/systemctl start -- docker.service"])
    }

    fn was_asked(&self, commands: &[&str]) -> Result<()> {
        let said = self
            .says(&["journalctl", "--identifier=asked", "--output=cat"])
            .unwrap_or_default();
        let wanted: Vec<String> = commands.iter().map(|it| format!("{USER}: {it}")).collect();
        let asked: Vec<&str> = said.lines().filter(|it| it.starts_with(USER)).collect();
        ensure!(asked == wanted, "polkit was asked: {said}");
        Ok(())
    }

    fn deploys(&self) -> Result<()> {
        let (code, finished) = self.cli(&["deploy"])?;
        ensure!(
            code == Some(0) && finished["outcome"] == "ready",
            "{finished:#}"
        );
        let (_, status) = self.cli(&["status"])?;
        ensure!(status["services"][0]["state"] == "running", "{status:#}");
        Ok(())
    }

    /// What does not start with the computer is said, is made to, and is left as it was after the way back.
    fn starts_with_the_computer(&self) -> Result<()> {
        run::quiet(&mut self.command(&[
            "systemctl",
            "disable",
            "docker.socket",
            "docker.service",
        ]))?;
        self.unit_is("is-enabled", "disabled")?;
        let (code, finished) = self.cli(&["fix", AUTOSTART, "--yes"])?;
        ensure!(code == Some(0), "the fix ended with {code:?}: {finished:#}");
        self.unit_is("is-enabled", "enabled")?;
        let (code, finished) = self.cli(&["undo"])?;
        ensure!(code == Some(0), "undo ended with {code:?}: {finished:#}");
        self.unit_is("is-enabled", "disabled")
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        let _ = self.supervisor.kill();
        let _ = self.supervisor.wait();
        // Only what is empty goes, the innermost first; the last processes take a moment to end.
        let remove = "for turn in 1 2 3 4 5 6 7 8 9; do \
            find /sys/fs/cgroup -depth -type d -path \"*/$1*\" -exec rmdir {} + 2>/dev/null && break; sleep 0.3; done";
        let _ = run::quiet(run::command("sh").args(["-c", remove, "sh", &self.groups]));
    }
}
