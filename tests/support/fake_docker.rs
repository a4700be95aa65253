//! A `docker` for tests: a small script first in PATH that hands each call to the test and does what it is told.
//!
//! The script writes its arguments into a folder and waits; a thread here answers with output, an effect on the fake
//! engine, and an exit code. So a call can be slow, can hang until it is interrupted, and can change containers.

mod overlay;
mod play;
mod verbs;

pub use play::{Call, Effect, Play};
pub use verbs::container;

use crate::fake_engine::FakeEngine;
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;
use std::collections::VecDeque;
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

const SCRIPT: &str = r#"#!/bin/sh
# Hands the call to the test that made this file, and does what it says.
PATH=/usr/bin:/bin
me="CALLS/$$"
trap ': > "$me.interrupted"; exit 130' INT TERM
if [ -e CALLS/children ]; then
    sleep 600 > /dev/null 2>&1 &
    echo $! > "$me.child"
fi
for word in PROGRAM "$DOCKER_HOST" "$@"; do printf '%s\n' "$word"; done > "$me.part"
mv "$me.part" "$me.call"
# Without the test nobody would ever answer.
while [ ! -e "$me.exit" ]; do [ -e CALLS/open ] || exit 1; sleep 0.02; done
cat "$me.out"
cat "$me.err" >&2
exit "$(cat "$me.exit")"
"#;

#[derive(Debug)]
struct Stage {
    version: String,
    config: Value,
    folder: String,
    plays: VecDeque<(String, Play)>,
    calls: Vec<Call>,
}

/// The stub and its thread.
#[derive(Debug)]
pub struct FakeDocker {
    bin: Utf8PathBuf,
    calls: Utf8PathBuf,
    stage: Arc<Mutex<Stage>>,
    ended: Arc<AtomicBool>,
}

impl FakeDocker {
    /// Puts the stub into `folder/bin`. `config` is what Compose resolves; `package` where it runs.
    pub fn start(
        folder: &Utf8Path,
        package: &Utf8Path,
        engine: &Arc<FakeEngine>,
        config: Value,
    ) -> Self {
        let docker = Self {
            bin: folder.join("bin"),
            calls: folder.join("calls"),
            stage: Arc::new(Mutex::new(Stage {
                version: "2.26.1".into(),
                config,
                folder: package.to_string(),
                plays: VecDeque::new(),
                calls: Vec::new(),
            })),
            ended: Arc::default(),
        };
        for folder in [&docker.bin, &docker.calls] {
            fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
        }
        write(&docker.calls.join("open"), "");
        docker.install("docker");
        let (calls, stage) = (docker.calls.clone(), Arc::clone(&docker.stage));
        let (ended, engine) = (Arc::clone(&docker.ended), Arc::downgrade(engine));
        std::thread::spawn(move || {
            while !ended.load(Ordering::Relaxed) {
                let Some(engine) = engine.upgrade() else {
                    break;
                };
                for call in waiting(&calls) {
                    let (stage, engine) = (Arc::clone(&stage), Arc::clone(&engine));
                    std::thread::spawn(move || answer(&call, &stage, &engine));
                }
                drop(engine);
                std::thread::sleep(Duration::from_millis(10));
            }
        });
        docker
    }

    /// Returns the folder to put first in PATH.
    pub fn bin(&self) -> &Utf8Path {
        &self.bin
    }

    /// Lets the next call of a verb (`up`, `stop`, `config`, ...) go like this; later ones are ordinary again.
    pub fn next(&self, verb: &str, play: Play) {
        self.stage().plays.push_back((verb.to_owned(), play));
    }

    /// Takes the plugin away and puts the Python program of the old generation beside it.
    pub fn use_v1(&self) {
        {
            let mut stage = self.stage();
            "1.29.2".clone_into(&mut stage.version);
            // It knows no `name:`; a project is called after its folder.
            let folder = Utf8Path::new(&stage.folder).file_name().map(str::to_owned);
            stage.config["name"] = folder.into();
        }
        self.install("docker-compose");
    }

    /// Takes every program away.
    pub fn remove(&self) {
        for program in ["docker", "docker-compose"] {
            let _ = fs::remove_file(self.bin.join(program));
        }
    }

    /// Lets every call from now on start a child of its own.
    pub fn breed(&self) {
        write(&self.calls.join("children"), "");
    }

    /// Returns the process id of the child of a call.
    pub fn child_of(&self, call: &Call) -> String {
        let text = fs::read_to_string(self.calls.join(format!("{}.child", call.pid)));
        text.unwrap_or_default().trim().to_owned()
    }

    /// Sets what Compose resolves.
    pub fn set_config(&self, config: Value) {
        self.stage().config = config;
    }

    /// Returns every call so far.
    pub fn calls(&self) -> Vec<Call> {
        self.stage().calls.clone()
    }

    /// Returns the calls of a verb.
    pub fn calls_of(&self, verb: &str) -> Vec<Call> {
        let mut calls = self.calls();
        calls.retain(|call| call.verb() == Some(verb));
        calls
    }

    /// Returns how many calls were interrupted.
    pub fn interrupted(&self) -> usize {
        let entries = self.calls.read_dir_utf8().into_iter().flatten().flatten();
        entries
            .filter(|entry| entry.path().extension() == Some("interrupted"))
            .count()
    }

    fn install(&self, name: &str) {
        let script = SCRIPT
            .replace("CALLS", self.calls.as_str())
            .replace("PROGRAM", name);
        let program = self.bin.join(name);
        write(&program, &script);
        make_executable(&program);
    }

    fn stage(&self) -> MutexGuard<'_, Stage> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for FakeDocker {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        let _ = fs::remove_file(self.calls.join("open"));
    }
}

fn write(path: &Utf8Path, content: &str) {
    fs::write(path, content).unwrap_or_else(|error| panic!("{path}: {error}"));
}

fn make_executable(path: &Utf8Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
        .unwrap_or_else(|error| panic!("{path}: {error}"));
}

/// Takes the calls that nobody answers yet.
fn waiting(folder: &Utf8Path) -> Vec<Utf8PathBuf> {
    let entries = folder.read_dir_utf8().into_iter().flatten().flatten();
    entries
        .map(|entry| entry.path().to_owned())
        .filter(|path| path.extension() == Some("call"))
        .filter(|path| fs::rename(path, path.with_extension("taken")).is_ok())
        .collect()
}

/// JSON is YAML too, which is what the old generation prints.
fn resolved(config: &Value, version: &str) -> String {
    let mut config = config.clone();
    if version.starts_with("1.") {
        config.as_object_mut().map(|config| config.remove("name"));
        config["version"] = "3.8".into();
    }
    config.to_string()
}

/// Puts the values of the package's `.env` where the compose file names them: `${NAME}`, `${NAME:-default}`,
/// `${NAME:?words}`. Only plain lines; more is for the real Compose. An error is what Compose says of a value that has
/// to be there.
fn interpolated(text: &str, folder: &str, version: &str) -> Result<String, String> {
    let env = fs::read_to_string(Utf8Path::new(folder).join(".env")).unwrap_or_default();
    let value = |name: &str| {
        let mut lines = env.lines().filter_map(|line| line.split_once('='));
        let found = lines.find(|(key, _)| *key == name);
        found.map(|(_, value)| value.trim_matches('"').to_owned())
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (inner, tail) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        if let Some((name, words)) = inner.split_once(":?") {
            let value = value(name).filter(|value| !value.is_empty());
            let missing = || said(version, name, words);
            out.push_str(&value.ok_or_else(missing)?);
        } else {
            let (name, default) = inner.split_once(":-").unwrap_or((inner, ""));
            out.push_str(&value(name).unwrap_or_else(|| default.to_owned()));
        }
        rest = tail;
    }
    Ok(out + rest)
}

/// How either generation says that a value has to be there (2.26.1, 1.29.2).
fn said(version: &str, name: &str, words: &str) -> String {
    if version.starts_with("1.") {
        format!(
            "Missing mandatory value for \"X\" option interpolating ${{{name}:?{words}}} in service \"web\": {words}"
        )
    } else {
        format!("required variable {name} is missing a value: {words}")
    }
}

fn answer(call: &Utf8Path, stage: &Mutex<Stage>, engine: &FakeEngine) {
    let text = fs::read_to_string(call.with_extension("taken")).unwrap_or_default();
    let mut words = text.lines().map(str::to_owned);
    let made = Call {
        pid: call.file_stem().unwrap_or_default().to_owned(),
        program: words.next().unwrap_or_default(),
        engine: words.next().unwrap_or_default(),
        words: words.collect(),
    };
    let words = made.words.clone();
    let verb = made.verb().unwrap_or("").to_owned();
    let (play, version, config, folder) = {
        let mut stage = stage.lock().unwrap_or_else(PoisonError::into_inner);
        let at = stage.plays.iter().position(|(wanted, _)| *wanted == verb);
        let mut play = at
            .and_then(|at| stage.plays.remove(at))
            .map(|(_, play)| play);
        if made.program == "docker" && stage.version.starts_with("1.") {
            // docker without the plugin
            play = Some(Play::fails(
                "docker: 'compose' is not a docker command.\n",
                |_| (),
            ));
        }
        stage.calls.push(made);
        (
            play,
            stage.version.clone(),
            stage.config.clone(),
            stage.folder.clone(),
        )
    };
    let mut play = play.unwrap_or_default();
    if play.hangs {
        return;
    }
    std::thread::sleep(play.delay);
    match (play.effect.take(), verb.as_str()) {
        (Some(effect), _) => effect(engine),
        (None, "version") => play.stdout = format!("{version}\n"),
        (None, "config") if play.exit == 0 => {
            let config = overlay::over(config, &folder);
            match interpolated(&resolved(&config, &version), &folder, &version) {
                Ok(answer) => play.stdout = answer,
                Err(words) => (play.stderr, play.exit) = (format!("{words}\n"), 1),
            }
        }
        (None, "up") if play.exit == 0 => verbs::up(engine, &config, &folder, &words),
        (None, "stop") if play.exit == 0 => verbs::stop(engine, &words),
        (None, "down") if play.exit == 0 => verbs::down(engine, &config),
        (None, _) => {}
    }
    write(&call.with_extension("out"), &play.stdout);
    write(&call.with_extension("err"), &play.stderr);
    // Written under another name first: the script looks for a file that is whole.
    write(&call.with_extension("exit.part"), &play.exit.to_string());
    let _ = fs::rename(
        call.with_extension("exit.part"),
        call.with_extension("exit"),
    );
}
