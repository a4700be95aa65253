//! Whether Quayside installs Docker from files that lie beside a package: in a clean root of a release, without any
//! network, as an ordinary user whom the real polkit lets do it or not. A row of the matrix.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::apt::Apt;
use crate::engines::Generation;
use crate::setup::{Group, setup};
use crate::{apt, paths, run, system};

/// The row's name.
pub(crate) const NAME: &str = "engine_files::docker_is_installed_from_files_beside_the_package";
const FIX: &str = "engine.not_installed:packages";
const COMPOSE: &str = "services:\n  web:\n    image: shop/web:1\n";
pub(crate) const USER: &str = "anna";
/// polkit writes down what it was asked and lets it be done.
const RULE: &str = r#"polkit.addRule(function(action, subject) {
  if (action.id == "org.freedesktop.policykit.exec") {
    polkit.log("asked: " + subject.user + ": " + action.lookup("command_line"));
    return polkit.Result.YES;
  }
});
"#;
/// What follows runs with polkit, as the user, and everything ends with it. Not as the first process: pkexec refuses
/// whoever has that for a parent.
const SESSION: &str = "mkdir -p /run/dbus; rm -f /run/dbus/pid; dbus-daemon --system --fork; \
    /usr/lib/polkit-1/polkitd >/tmp/polkitd.log 2>&1 & sleep 1; user=$1; shift; \
    setpriv --reuid=$user --regid=$user --init-groups env HOME=/home/$user PATH=/usr/bin:/bin \"$@\"; exit $?";
const MOUNT: &str = "set -e; mount -t proc proc \"$1/proc\"; mount -t tmpfs tmpfs \"$1/dev/shm\"; \
    mkdir -p \"$1/dev/pts\"; mount -t devpts devpts \"$1/dev/pts\"; root=$1; shift; exec chroot \"$root\" \"$@\"";

/// Fails at the first thing that is not as it has to be.
pub(crate) fn verify(generation: Generation) -> Result<()> {
    let (release, packages): (_, &[&str]) = match generation {
        Generation::Old => ("bookworm", &["docker.io", "docker-compose"]),
        _ => ("trixie", &["docker.io", "docker-cli", "docker-compose"]),
    };
    ensure!(system::is_root(), "this needs root");
    setup(&[Group::CleanRoot])?;
    let root = Root::fresh(release)?;
    root.furnish(release, packages)?;
    root.refuses_an_incomplete_set()?;
    root.says_who_was_not_asked()?;
    root.installs()
}

struct Root(PathBuf);

impl Root {
    /// A copy of a root that is made once.
    fn fresh(release: &str) -> Result<Self> {
        let root = paths::target().join("clean/work");
        fresh_copy(&pristine(release)?, &root)?;
        Ok(Self(root))
    }

    /// The command line, a package, and beside it the files: all that this root lacks.
    fn furnish(&self, release: &str, packages: &[&str]) -> Result<()> {
        fs::create_dir_all(self.0.join("srv/shop"))?;
        fs::write(self.0.join("srv/shop/docker-compose.yml"), COMPOSE)?;
        fs::copy(
            paths::built("debug", "quayside-cli"),
            self.0.join("usr/bin/quayside-cli"),
        )?;
        bring(&self.0, release, packages, "srv/packages")
    }

    fn cli(&self, words: &[&str]) -> Result<Output> {
        let mut command = run::command("unshare");
        command.args([
            "--mount",
            "--propagation=private",
            "--net",
            "--pid",
            "--fork",
            "--kill-child",
        ]);
        command.args(["sh", "-c", MOUNT, "sh"]).arg(&self.0);
        command.args(["sh", "-c", SESSION, "sh", USER, "quayside-cli"]);
        command
            .args(["--package", "/srv/shop", "--json"])
            .args(words);
        command
            .env_clear()
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .env("LC_ALL", "C.UTF-8");
        command.output().context("cannot start unshare")
    }

    /// The row about the engine, with nothing installed by looking.
    fn check(&self) -> Result<Value> {
        let status = self.0.join("var/lib/dpkg/status");
        let before = fs::read(&status)?;
        let report: Value = serde_json::from_slice(&self.cli(&["check"])?.stdout)?;
        ensure!(
            fs::read(&status)? == before,
            "the check has changed what is installed"
        );
        let row = report["checks"][0].clone();
        ensure!(row["id"] == "engine.not_installed", "{row:#}");
        Ok(row)
    }

    fn fix(&self) -> Result<(Output, Value)> {
        let output = self.cli(&["fix", FIX, "--yes"])?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let last = text.lines().last().context("the fix said nothing")?;
        let finished = serde_json::from_str(last)?;
        Ok((output, finished))
    }

    /// A file that is needed is not there: it is named, and nothing is offered.
    fn refuses_an_incomplete_set(&self) -> Result<()> {
        let packages = self.0.join("srv/packages");
        let runc = fs::read_dir(&packages)?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .find(|path| {
                path.file_name()
                    .is_some_and(|it| it.to_string_lossy().starts_with("runc_"))
            })
            .context("no runc among the files")?;
        let away = self.0.join("srv/runc.deb");
        fs::rename(&runc, &away)?;
        let row = self.check()?;
        fs::rename(&away, &runc)?;
        let step = row["steps"][0].as_str().unwrap_or_default();
        ensure!(step.contains("runc ("), "runc is not named: {row:#}");
        ensure!(row["fixes"] == Value::Array(Vec::new()), "{row:#}");
        Ok(())
    }

    /// Nobody there to ask, and a question that was closed: two sentences, and nothing installed.
    fn says_who_was_not_asked(&self) -> Result<()> {
        ensure!(
            self.check()?["fixes"][0]["id"] == FIX,
            "the fix is not offered"
        );
        let failed = |code: &str| -> Result<()> {
            let (output, finished) = self.fix()?;
            ensure!(
                output.status.code() == Some(1),
                "ended with {}",
                output.status
            );
            ensure!(finished["failure"]["code"] == code, "{finished:#}");
            self.check().map(drop)
        };
        failed("admin-unasked")?;
        let (pkexec, real) = (self.0.join("usr/bin/pkexec"), self.0.join("srv/pkexec"));
        fs::rename(&pkexec, &real)?;
        fs::write(&pkexec, "#!/bin/sh\nexit 126\n")?;
        run::quiet(run::command("chmod").arg("755").arg(&pkexec))?;
        failed("admin-dismissed")?;
        fs::rename(&real, &pkexec)?;
        Ok(())
    }

    /// Everything is installed at once, by what polkit was asked for; what is left is that nobody has started it.
    fn installs(&self) -> Result<()> {
        fs::write(self.0.join("etc/polkit-1/rules.d/10-asked.rules"), RULE)?;
        let (output, finished) = self.fix()?;
        ensure!(
            output.status.success(),
            "the fix ended with {}: {finished:#}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
        let rows = finished["repair"]["after"]
            .as_array()
            .context("no second look")?;
        let state = |id: &str| {
            rows.iter()
                .find(|row| row["id"] == id)
                .map(|row| row["state"].clone())
        };
        ensure!(state("engine.not_installed").is_none(), "{rows:#?}");
        ensure!(
            state("engine.not_running") == Some("block".into()),
            "{rows:#?}"
        );
        ensure!(state("compose.missing") == Some("pass".into()), "{rows:#?}");
        ensure!(self.0.join("usr/sbin/dockerd").exists(), "no dockerd");
        let audit = run::quiet(
            run::command("dpkg")
                .arg("--root")
                .arg(&self.0)
                .arg("--audit"),
        )?;
        ensure!(audit.trim().is_empty(), "half installed: {audit}");
        asked(&self.0.join("tmp/polkitd.log"))
    }
}

/// A root of a release with polkit, its bus and a user, which nobody changes.
pub(crate) fn pristine(release: &str) -> Result<PathBuf> {
    let pristine = paths::target().join("clean").join(release);
    if pristine.join("ready").exists() {
        return Ok(pristine);
    }
    fs::create_dir_all(paths::target().join("clean"))?;
    println!("matrix: making a clean root of {release} with debootstrap");
    remove(&pristine)?;
    let mut make = run::command("debootstrap");
    make.args(["--variant=minbase", release]).arg(&pristine);
    run::quiet(make.arg(apt::mirror()?))?;
    // No service is started in it: 101 means "not allowed".
    let policy = pristine.join("usr/sbin/policy-rc.d");
    fs::write(&policy, "#!/bin/sh\nexit 101\n")?;
    run::quiet(run::command("chmod").arg("755").arg(&policy))?;
    // polkit and its bus, from files as well: debootstrap sets them up in an order that fails.
    bring(
        &pristine,
        release,
        &["dbus", "pkexec", "polkitd"],
        "srv/base",
    )?;
    install(&pristine, "srv/base", "useradd --create-home \"$2\"")?;
    fs::write(pristine.join("ready"), "")?;
    Ok(pristine)
}

/// Installs the packages of a folder of a root, and runs a line in it that has the user's name as `$2`.
pub(crate) fn install(root: &Path, folder: &str, then: &str) -> Result<()> {
    let line = format!(
        "export DEBIAN_FRONTEND=noninteractive; apt-get install -qq -y \"/$1\"/*.deb; {then}"
    );
    let mut inside = run::command("unshare");
    inside.args(["--mount", "--propagation=private", "sh", "-c", MOUNT, "sh"]);
    inside
        .arg(root)
        .args(["sh", "-ec", &line, "sh", folder, USER]);
    inside.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    run::quiet(&mut inside).map(drop)
}

/// Copies a root over what an earlier run left.
pub(crate) fn fresh_copy(from: &Path, to: &Path) -> Result<()> {
    remove(to)?;
    run::quiet(run::command("cp").arg("-a").arg(from).arg(to)).map(drop)
}

fn remove(root: &Path) -> Result<()> {
    let mut remove = run::command("rm");
    run::quiet(remove.args(["-rf", "--one-file-system"]).arg(root)).map(drop)
}

/// Puts the files of packages into a folder of a root, and of all they need that it lacks.
pub(crate) fn bring(root: &Path, release: &str, packages: &[&str], folder: &str) -> Result<()> {
    let folder = root.join(folder);
    fs::create_dir_all(&folder)?;
    let apt = Apt::release(Some(release))?;
    let names = apt.closure_beside(&root.join("var/lib/dpkg/status"), packages)?;
    for file in apt.download(names.iter().map(String::as_str))? {
        let name = file.file_name().context("a file has a name")?;
        fs::copy(&file, folder.join(name))?;
    }
    Ok(())
}

/// Exactly one question, and exactly what it was.
fn asked(log: &Path) -> Result<()> {
    let log = fs::read_to_string(log)?;
    let asked: Vec<&str> = log
        .lines()
        .filter_map(|line| line.split_once("asked: "))
        .map(|it| it.1)
        .collect();
    let [line] = asked.as_slice() else {
        anyhow::bail!("polkit was asked {} times: {log}", asked.len());
    };
    let begins = format!(
        "{USER}: /usr/bin/env DEBIAN_FRONTEND=noninteractive /usr/bin/apt-get install --yes "
    );
    ensure!(line.starts_with(&begins), "polkit was asked for: {line}");
    let files = line.split_once(" -- ").context("no files")?.1;
    ensure!(
        files
            .split(' ')
            .all(|file| Path::new(file).starts_with("/srv/packages")),
        "polkit was asked for: {line}"
    );
    Ok(())
}
