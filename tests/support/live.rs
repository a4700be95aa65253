//! A test on a real engine: a package, the real command line, the engine's own client, and nothing left behind.
//!
//! The engine is one of `cargo xtask engine`, never the machine's own: some tests kill it.
#![allow(clippy::print_stderr)] // what a failed test tells about itself

mod ended;

pub use ended::Ended;

use crate::package::Package;
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError,
};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long a run of the command line may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_mins(10);

/// Who disturbs the engine must be alone with it.
static ENGINE: RwLock<()> = RwLock::new(());

/// The engine's generation under test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generation {
    /// Docker 20.10 and Compose v1.
    Old,
    /// Docker 26 and Compose v2.
    New,
    /// The same with the containerd image store.
    Containerd,
}

/// Returns which engine this suite runs on; fails when it was not started by `cargo xtask`.
pub fn generation() -> Generation {
    match variable("QUAYSIDE_TEST_ENGINE").as_deref() {
        Some("old") => Generation::Old,
        Some("new") => Generation::New,
        Some("containerd") => Generation::Containerd,
        other => panic!(
            "QUAYSIDE_TEST_ENGINE is {other:?}: these tests want an engine of their own.\n\
             cargo xtask engine up old; cargo xtask engine run old cargo live"
        ),
    }
}

/// Returns a variable that `cargo xtask` set.
pub fn variable(name: &str) -> Option<String> {
    std::env::var_os(name)?.into_string().ok()
}

/// Returns the demonstration package as it was made, for copying.
pub fn demo_package() -> Utf8PathBuf {
    variable("QUAYSIDE_DEMO_PACKAGE").map_or_else(
        || target().join("demo-package-work/package"),
        Utf8PathBuf::from,
    )
}

/// Lets only this test use the engine, or lets others use it too.
#[derive(Debug)]
enum Turn {
    Shared {
        _guard: RwLockReadGuard<'static, ()>,
    },
    Alone {
        _guard: RwLockWriteGuard<'static, ()>,
    },
    /// Another package of the same test holds the turn.
    Lent,
}

/// One test's package on the engine. What it made there is removed at the end; after a failure it is described in
/// `target/live/` first.
#[derive(Debug)]
pub struct Live {
    /// The package.
    pub package: Package,
    /// Quayside's own folder.
    pub home: Utf8PathBuf,
    /// The socket everything goes through.
    host: String,
    /// Who the command line runs as; none is whoever runs the test.
    user: Option<u32>,
    /// What else its environment holds.
    variables: Vec<(&'static str, String)>,
    /// What was run and what came of it.
    transcript: Arc<Mutex<String>>,
    begun: Instant,
    _turn: Turn,
}

impl Live {
    /// Takes a package to the engine, which others may use meanwhile.
    pub fn new(package: Package) -> Self {
        let guard = ENGINE.read().unwrap_or_else(PoisonError::into_inner);
        Self::with_turn(package, Turn::Shared { _guard: guard })
    }

    /// Takes a package to an engine that nobody else uses until this is dropped.
    pub fn alone(package: Package) -> Self {
        // Asked again and again: a lock that waits in line would keep everybody else out meanwhile.
        let guard = loop {
            match ENGINE.try_write() {
                Ok(guard) => break guard,
                Err(TryLockError::Poisoned(guard)) => break guard.into_inner(),
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(100)),
            }
        };
        Self::with_turn(package, Turn::Alone { _guard: guard })
    }

    /// Takes a second package of a test to the engine. A second turn would wait for whoever waits for the first.
    #[must_use]
    pub fn beside(&self, package: Package) -> Self {
        Self::with_turn(package, Turn::Lent)
    }

    fn with_turn(package: Package, turn: Turn) -> Self {
        generation();
        let live = Self {
            home: package.around().join("state"),
            host: variable("DOCKER_HOST").unwrap_or_default(),
            user: None,
            variables: Vec::new(),
            package,
            transcript: Arc::default(),
            begun: Instant::now(),
            _turn: turn,
        };
        // A run that was killed leaves its things on the engine; with the same process id they would be in the way.
        live.clean();
        live
    }

    /// Sends everything from now on through another socket, which leads to the same engine.
    pub fn through(&mut self, host: String) {
        self.host = host;
    }

    /// Runs the command line from now on as another user, who may use the engine.
    pub fn as_user(&mut self, user: u32) {
        self.user = Some(user);
    }

    /// Gives the command line one more variable from now on.
    pub fn set(&mut self, name: &'static str, value: String) {
        self.variables.push((name, value));
    }

    /// Writes what is tried next into the transcript, in words.
    pub fn step(&self, words: &str) {
        eprintln!("{:>6.1} s  {words}", self.begun.elapsed().as_secs_f64());
        self.note(&format!("\n# {words}\n"));
    }

    /// Runs the command line on the package to its end.
    pub fn cli(&self, args: &[&str]) -> Ended {
        self.start(args).end()
    }

    /// Runs the command line and expects an exit code.
    #[track_caller]
    pub fn expect(&self, code: i32, args: &[&str]) -> Ended {
        let ended = self.cli(args);
        assert_eq!(ended.code, code, "{}: {ended}", args.join(" "));
        ended
    }

    /// Starts the command line on the package.
    pub fn start(&self, args: &[&str]) -> Running {
        self.start_on(&self.package.path, args)
    }

    /// Starts the command line on a folder.
    pub fn start_on(&self, folder: &Utf8Path, args: &[&str]) -> Running {
        let program = variable("QUAYSIDE_CLI_BIN")
            .map_or_else(|| crate::cli::program().to_owned(), Utf8PathBuf::from);
        let mut run = match self.user {
            None => command(program.as_str()),
            // The group stays, because the engine's socket belongs to it.
            Some(user) => {
                let mut run = command("setpriv");
                run.arg(format!("--reuid={user}")).arg(program.as_str());
                run
            }
        };
        run.arg("--package").arg(folder).args(args);
        run.env("QUAYSIDE_HOME", &self.home)
            .env("DOCKER_HOST", &self.host)
            .envs(self.variables.iter().map(|(name, value)| (name, value)));
        run.current_dir(self.package.around());
        self.note(&format!("$ quayside-cli {}\n", args.join(" ")));
        Running::new(run, Arc::clone(&self.transcript), args.join(" "))
    }

    /// Returns `status --json`.
    pub fn status(&self) -> Value {
        self.expect(0, &["status", "--json"]).json()
    }

    /// Runs the engine's own client and returns what it printed.
    #[track_caller]
    pub fn docker(&self, args: &[&str]) -> String {
        let ran = self.try_docker(args);
        ran.unwrap_or_else(|error| panic!("docker {}: {error}", args.join(" ")))
    }

    /// Runs the engine's own client and returns what it printed, or what it complained about.
    pub fn try_docker(&self, args: &[&str]) -> Result<String, String> {
        self.try_program("docker", args)
    }

    /// The same with another program.
    pub fn try_program(&self, program: &str, args: &[&str]) -> Result<String, String> {
        let output = command(program)
            .args(args)
            .output()
            .unwrap_or_else(|error| panic!("{program}: {error}"));
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (said, complained) = (text(&output.stdout), text(&output.stderr));
        output.status.success().then_some(said).ok_or(complained)
    }

    /// Returns the ids of the containers, networks or volumes of the project.
    pub fn ids(&self, kind: &str) -> Vec<String> {
        let label = format!("label=com.docker.compose.project={}", self.package.project);
        let args = match kind {
            "container" => vec!["ps", "--all", "--quiet", "--filter", &label],
            _ => vec![kind, "ls", "--quiet", "--filter", &label],
        };
        words(&self.docker(&args))
    }

    fn note(&self, text: &str) {
        lock(&self.transcript).push_str(text);
    }

    fn clean(&self) {
        let remove = |what: &[&str], ids: Vec<String>| {
            if !ids.is_empty() {
                let _ = command("docker").args(what).args(ids).output();
            }
        };
        remove(&["rm", "--force"], self.ids("container"));
        remove(&["network", "rm"], self.ids("network"));
        remove(&["volume", "rm"], self.ids("volume"));
        let (names, form) = (
            format!("reference={}/*", self.package.namespace),
            "{{.Repository}}:{{.Tag}}",
        );
        // The containerd store (26.1) cannot list images while another test removes one.
        let images = eventually("a list of images", Duration::from_secs(10), || {
            self.try_docker(&["images", "--filter", &names, "--format", form])
                .ok()
        });
        remove(&["rmi", "--force"], words(&images));
    }

    /// Writes down what there was when the test failed.
    fn keep(&self) {
        let folder = target().join("live").join(&self.package.project);
        let _ = fs::remove_dir_all(&folder);
        let mut text = lock(&self.transcript).clone();
        for id in self.ids("container") {
            for args in [
                vec!["ps", "--all", "--filter", &format!("id={id}")],
                vec!["inspect", "--format", "{{json .State}}", &id],
                vec!["logs", "--tail", "40", "--timestamps", &id],
            ] {
                let output = command("docker").args(&args).output();
                let Ok(output) = output else { continue };
                let _ = writeln!(text, "\n$ docker {}", args.join(" "));
                text.push_str(&String::from_utf8_lossy(&output.stdout));
                text.push_str(&String::from_utf8_lossy(&output.stderr));
            }
        }
        crate::package::copy(&self.home, &folder.join("state"));
        let _ = fs::write(folder.join("transcript.txt"), text);
        eprintln!("what there was: {folder}");
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        // An engine that does not answer any more must not turn a failure into an abort.
        if std::thread::panicking() {
            let kept = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                self.keep();
                self.clean();
            }));
            if kept.is_err() {
                eprintln!("the engine could not be asked or cleaned any more");
            }
        } else {
            self.clean();
        }
    }
}

/// A run of the command line that has not ended.
#[derive(Debug)]
pub struct Running {
    child: Child,
    begun: Instant,
    what: String,
    out: Arc<Mutex<Vec<(Duration, String)>>>,
    err: Arc<Mutex<String>>,
    readers: Vec<JoinHandle<()>>,
    transcript: Arc<Mutex<String>>,
}

impl Running {
    fn new(mut run: Command, transcript: Arc<Mutex<String>>, what: String) -> Self {
        let begun = Instant::now();
        let mut child = run
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{error}: {run:?}"));
        let (out, err) = (Arc::default(), Arc::default());
        let mut readers = Vec::new();
        if let Some(stream) = child.stdout.take() {
            let (out, transcript) = (Arc::clone(&out), Arc::clone(&transcript));
            readers.push(std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let at = begun.elapsed();
                    let _ = writeln!(lock(&transcript), "{:7.3} {line}", at.as_secs_f64());
                    lock::<Vec<(Duration, String)>>(&out).push((at, line));
                }
            }));
        }
        if let Some(mut stream) = child.stderr.take() {
            let (err, transcript) = (Arc::clone(&err), Arc::clone(&transcript));
            readers.push(std::thread::spawn(move || {
                let mut bytes = Vec::new();
                let _ = stream.read_to_end(&mut bytes);
                let text = String::from_utf8_lossy(&bytes);
                lock(&transcript).push_str(&text);
                lock::<String>(&err).push_str(&text);
            }));
        }
        Self {
            child,
            begun,
            what,
            out,
            err,
            readers,
            transcript,
        }
    }

    /// Waits until it has printed a JSON line that is like this.
    #[track_caller]
    pub fn until(&mut self, what: &str, is_it: impl Fn(&Value) -> bool) {
        let mut seen = 0;
        loop {
            let fresh: Vec<String> = lock(&self.out)[seen..]
                .iter()
                .map(|(_, line)| line.clone())
                .collect();
            seen += fresh.len();
            if fresh
                .iter()
                .filter_map(|line| serde_json::from_str(line).ok())
                .any(|line| is_it(&line))
            {
                return;
            }
            let ended = self.child.try_wait().ok().flatten().is_some();
            assert!(
                !ended && self.begun.elapsed() < PATIENCE,
                "{}: it never came to: {what}\n{}",
                self.what,
                self.transcript()
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until a step of the operation has begun.
    #[track_caller]
    pub fn until_step(&mut self, step: &str) {
        self.until(&format!("step {step}"), |event| {
            event["type"] == "step-started" && event["step"] == step
        });
    }

    /// Sends it a signal, `INT` as Ctrl-C does.
    pub fn signal(&self, name: &str) {
        let _ = writeln!(lock(&self.transcript), "# {name} to {}", self.what);
        let sent = command("kill")
            .arg(format!("-{name}"))
            .arg(self.child.id().to_string())
            .status();
        assert!(sent.is_ok_and(|status| status.success()), "kill -{name}");
    }

    /// Returns how long it has been running.
    pub fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }

    /// Waits for its end.
    pub fn end(mut self) -> Ended {
        let status = loop {
            if let Ok(Some(status)) = self.child.try_wait() {
                break status;
            }
            if self.begun.elapsed() > PATIENCE {
                let _ = self.child.kill();
                panic!("{} does not end\n{}", self.what, self.transcript());
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        let took = self.begun.elapsed();
        for reader in std::mem::take(&mut self.readers) {
            let _ = reader.join();
        }
        let lines = lock(&self.out).clone();
        let err = lock(&self.err).clone();
        let _ = writeln!(lock(&self.transcript), "# ended: {status}");
        Ended {
            code: status.code().unwrap_or(-1),
            lines,
            err,
            took,
        }
    }

    fn transcript(&self) -> String {
        lock(&self.transcript).clone()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Only a test that failed leaves one running.
        let _ = self.child.kill();
    }
}

/// Returns the states of all services of a status, as `name=state`, sorted: the order is Compose's, and differs.
pub fn states(status: &Value) -> Vec<String> {
    let services = status["services"].as_array().into_iter().flatten();
    let mut states: Vec<String> = services
        .map(|service| format!("{}={}", text(&service["name"]), text(&service["state"])))
        .collect();
    states.sort();
    states
}

/// Returns a service of a status.
#[track_caller]
pub fn service<'a>(status: &'a Value, name: &str) -> &'a Value {
    let mut services = status["services"].as_array().into_iter().flatten();
    services
        .find(|service| service["name"] == name)
        .unwrap_or_else(|| panic!("no service {name}: {status}"))
}

/// Returns a string, or what is there instead.
pub fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Waits until something is there; says what was waited for when it never is.
#[track_caller]
pub fn eventually<T>(what: &str, limit: Duration, mut look: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begun.elapsed() < limit, "it never came to: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Runs a chore of `cargo xtask engine` on the engine under test.
#[track_caller]
pub fn engine_chore(chore: &str) {
    let program = variable("QUAYSIDE_XTASK_BIN")
        .map_or_else(|| target().join("debug/xtask"), Utf8PathBuf::from);
    let name = match generation() {
        Generation::Old => "old",
        Generation::New => "new",
        Generation::Containerd => "containerd",
    };
    let output = command(program.as_str())
        .args(["engine", chore, name])
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(
        output.status.success(),
        "engine {chore} {name}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Where cargo builds to: this program lies in `target/<profile>/deps`.
fn target() -> Utf8PathBuf {
    let here = std::env::current_exe().ok();
    here.and_then(|path| Utf8PathBuf::from_path_buf(path).ok())
        .and_then(|path| path.ancestors().nth(3).map(Utf8Path::to_owned))
        .unwrap_or_else(|| panic!("a test program lies in target/<profile>/deps"))
}

/// Returns a program of this computer to run, for what a test needs beside the product.
#[allow(clippy::disallowed_methods)] // a test is no product: what it starts is the product, and the engine's own client
pub fn command(program: &str) -> Command {
    Command::new(program)
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn lock<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}
