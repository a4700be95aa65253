//! What watching costs while nobody looks: fifty healthy services, the window closed into the tray.

use super::usage::{Process, family};
use super::{report, said};
use crate::desktop::Desktop;
use crate::world::package_of;
use crate::x11::Display;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tests::package::Package;

const SERVICES: usize = 50;
/// Long enough for the view to let go of what drawing needed.
const SETTLE: Duration = Duration::from_mins(1);
const SAMPLE: Duration = Duration::from_secs(5);

#[test]
#[ignore = "cargo xtask bench idle"]
fn fifty_healthy_services_and_nobody_looks() {
    let minutes: u64 = said("QUAYSIDE_BENCH_MINUTES").parse().expect("a number");
    let desktop = Desktop::start();
    let service = |number: usize| {
        format!(
            "
  s{number}:
    image: ${{IMAGE}}
    command: [\"sleep\", \"1000000\"]
    stop_signal: SIGKILL
    restart: unless-stopped
    healthcheck: {{ test: [\"CMD\", \"test\", \"-e\", \"/bin/sleep\"], interval: 30s, timeout: 20s }}
"
        )
    };
    let services: Vec<String> = (1..=SERVICES).map(service).collect();
    let package = package_of("idle", &services.concat());
    let deployed = program("QUAYSIDE_CLI_BIN", &package)
        .arg("deploy")
        .status()
        .expect("quayside-cli");
    assert!(deployed.success(), "{deployed}");

    let mut app = Running(
        program("QUAYSIDE_BIN", &package)
            .args(["--lang", "en", "--theme", "light"])
            .spawn()
            .expect("quayside"),
    );
    let display = Display::connect();
    let window = until("a window", || display.drawn("Quayside"));
    let menu = desktop.menu();
    menu.until_says("ready");
    sleep(Duration::from_secs(10));
    display.close(window);
    until("a closed window", || {
        display.drawn("Quayside").is_none().then_some(())
    });
    sleep(SETTLE);

    let pid = app.0.id();
    let begun = Instant::now();
    let mut samples: Vec<BTreeMap<u32, Process>> = vec![family(pid)];
    while begun.elapsed() < Duration::from_mins(minutes) {
        sleep(SAMPLE);
        let ended = app.0.try_wait().expect("a child");
        assert!(ended.is_none(), "closing the window ended it: {ended:?}");
        samples.push(family(pid));
    }
    let seconds = begun.elapsed().as_secs_f64();
    let desktop_said = desktop.said();
    assert!(
        display.drawn("Quayside").is_none(),
        "the window came back by itself"
    );
    menu.until_says("ready");
    report(&figures(&samples, seconds));
    // It was not asleep: it still tells what happens, and can be called back.
    assert!(desktop_said.len() <= 1, "{desktop_said:?}");
    menu.press("Open");
    until("the window again", || display.drawn("Quayside"));
    menu.press("Quit");
    until("the end", || app.0.try_wait().ok().flatten());
}

fn figures(samples: &[BTreeMap<u32, Process>], seconds: f64) -> Value {
    let (first, last) = (&samples[0], &samples[samples.len() - 1]);
    let pids: BTreeSet<u32> = samples.iter().flat_map(BTreeMap::keys).copied().collect();
    let new: Vec<u32> = pids
        .iter()
        .copied()
        .filter(|pid| !first.contains_key(pid))
        .collect();
    let processes: Vec<Value> = last
        .iter()
        .map(|(pid, process)| {
            let before = first.get(pid);
            let memory: Vec<u64> = samples
                .iter()
                .filter_map(|sample| Some(sample.get(pid)?.memory))
                .collect();
            let tenth = memory.len().div_ceil(10);
            json!({
                "name": process.name,
                "cpuSeconds": process.cpu - before.map_or(0.0, |it| it.cpu),
                "endedChildrenFaults":
                    process.faults_of_ended - before.map_or(0, |it| it.faults_of_ended),
                // Means of the first and the last tenth: a single moment says little.
                "memoryFirst": mean(&memory[..tenth]),
                "memoryLast": mean(&memory[memory.len() - tenth..]),
                "memoryPeak": memory.iter().max(),
            })
        })
        .collect();
    json!({ "seconds": seconds, "newProcesses": new.len(), "processes": processes })
}

#[allow(clippy::cast_precision_loss)]
fn mean(values: &[u64]) -> f64 {
    values.iter().sum::<u64>() as f64 / values.len() as f64
}

/// One of Quayside's two programs on a package.
#[allow(clippy::disallowed_methods)] // a test is no product
fn program(variable: &str, package: &Package) -> Command {
    let mut command = Command::new(said(variable));
    command
        .args(["--package", package.path.as_str()])
        .env("QUAYSIDE_HOME", package.around().join("state"))
        .stdin(Stdio::null());
    command
}

/// The window's program; ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(
            begun.elapsed() < Duration::from_mins(1),
            "it never came to: {what}"
        );
        sleep(Duration::from_millis(200));
    }
}
