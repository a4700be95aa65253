//! From an event of the engine to the card in the window. Both ends are stamped by the same clock: the engine writes the
//! moment into its event, and an observer in the page writes one down when a card's state changes in the document.

use super::report;
use crate::engine::docker;
use crate::world::{DEPLOYED, launch, on, package_of};
use fs_err as fs;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tests::driver::{Window, in_window};
use tests::fake_engine::FakeContainer;
use tests::sandbox::Sandbox;

/// Something that happened to a service, and which states its card may show for it.
struct Change {
    what: String,
    service: String,
    /// Milliseconds since 1970.
    at: f64,
    states: &'static [&'static str],
}

/// What each event makes of a healthy service that is kept up.
const MEANINGS: &[(&str, &[&str])] = &[
    ("pause", &["paused"]),
    ("unpause", &["healthy", "unhealthy"]),
    ("die", &["stopped"]),
    ("start", &["starting"]),
    ("health_status: healthy", &["healthy"]),
    ("health_status: unhealthy", &["unhealthy"]),
];

const ROUNDS: usize = 4;
const BETWEEN: Duration = Duration::from_millis(300);

#[test]
#[ignore = "cargo xtask bench events"]
fn ten_services_on_a_real_engine() {
    let names: Vec<String> = (1..=10).map(|number| format!("s{number}")).collect();
    let service = |name: &String| {
        format!(
            "
  {name}:
    image: ${{IMAGE}}
    command: [\"sh\", \"-c\", \"touch /well; exec forever\"]
    restart: unless-stopped
    healthcheck: {{ test: [\"CMD\", \"test\", \"-e\", \"/well\"], interval: 1s, retries: 2 }}
"
        )
    };
    let services: Vec<String> = names.iter().map(service).collect();
    let package = package_of("events", &services.concat());
    in_window(launch("bench-events", &package), async |window| {
        window.click("@deploy").await;
        window
            .wait_for("@deploy-outcome[data-outcome=ready]", DEPLOYED)
            .await;
        window.click("@nav-overview").await;
        window.wait("@service-card[data-state=healthy]").await;
        let said = package.around().join("events.json");
        let mut listener = listen(&said);
        tokio::time::sleep(Duration::from_secs(1)).await;
        // Compose v1 joins the parts of a name otherwise than v2.
        let project = format!("label=com.docker.compose.project={}", package.project);
        let list = docker(&["ps", "--filter", &project, "--format", "{{.Names}}"]);
        let containers: Vec<String> = list.lines().map(str::to_owned).collect();
        for round in 0..ROUNDS {
            change_all(&containers, round).await;
        }
        tokio::time::sleep(Duration::from_secs(3)).await;
        let _ = listener.kill();
        let _ = listener.wait();
        let happened = fs::read_to_string(&said).expect("what the engine said");
        let changes: Vec<Change> = happened.lines().filter_map(change).collect();
        assert!(changes.len() > 100, "only {} changes", changes.len());
        conclude("10 services", &changes, window).await;
    });
}

/// Everything that happens to containers in the course of their lives.
async fn change_all(containers: &[String], round: usize) {
    for container in containers {
        ask(&["pause", container]);
        tokio::time::sleep(BETWEEN).await;
        ask(&["unpause", container]);
        tokio::time::sleep(BETWEEN).await;
    }
    for (file, until_seen) in [("rm", 5), ("touch", 4)] {
        for container in containers {
            ask(&["exec", container, file, "/well"]);
            tokio::time::sleep(BETWEEN).await;
        }
        tokio::time::sleep(Duration::from_secs(until_seen)).await;
    }
    for container in containers.iter().skip(round).step_by(ROUNDS) {
        ask(&["stop", container]);
        tokio::time::sleep(BETWEEN).await;
        ask(&["start", container]);
        tokio::time::sleep(BETWEEN * 6).await;
    }
}

/// Asks the engine for a change. What it refuses (a container that is just being probed cannot always be paused) is not
/// heard as an event either.
#[allow(clippy::disallowed_methods)] // a test is no product
fn ask(words: &[&str]) {
    let asked = Command::new("docker").args(words).output();
    asked.expect("docker");
}

/// Writes down what the engine says of containers. Afterwards it could not be asked: it remembers its last 256 events,
/// and every probe of a health check is three of them.
#[allow(clippy::disallowed_methods)] // a test is no product
fn listen(to: &camino::Utf8Path) -> std::process::Child {
    let file = fs::File::create(to).expect("a file").into_parts().0;
    let mut command = Command::new("docker");
    command.args(["events", "--format", "{{json .}}"]);
    for (event, _) in MEANINGS {
        let name = event.split(':').next().unwrap_or(event);
        command.args(["--filter", &format!("event={name}")]);
    }
    command.stdin(Stdio::null()).stdout(file);
    command.spawn().expect("docker events")
}

/// Reads one event of the engine.
fn change(line: &str) -> Option<Change> {
    let event: Value = serde_json::from_str(line).ok()?;
    let what = event["Action"].as_str()?;
    let (_, states) = MEANINGS.iter().find(|(name, _)| *name == what)?;
    let service = event["Actor"]["Attributes"]["com.docker.compose.service"].as_str()?;
    #[allow(clippy::cast_precision_loss)] // a moment to a microsecond is enough
    let at = event["timeNano"].as_i64()? as f64 / 1e6;
    Some(Change {
        what: what.to_owned(),
        service: service.to_owned(),
        at,
        states,
    })
}

const CONTAINERS: usize = 150;
const IN_A_SECOND: u32 = 20;
const SECONDS: usize = 60;

#[test]
#[ignore = "cargo xtask bench events"]
fn a_hundred_and_fifty_containers_at_twenty_events_a_second() {
    let names: Vec<String> = (1..=CONTAINERS)
        .map(|number| format!("s{number:03}"))
        .collect();
    let services: serde_json::Map<String, Value> = names
        .iter()
        .map(|name| {
            let check = json!({ "test": ["CMD", "true"], "interval": "30s" });
            (
                name.clone(),
                json!({ "restart": "always", "healthcheck": check }),
            )
        })
        .collect();
    let sandbox = Sandbox::without_images(services.into());
    sandbox.engine.world(|world| {
        world.containers.extend(names.iter().map(|name| {
            let mut container = FakeContainer::running("shop", name, sandbox.package.as_str());
            container.health = "healthy".into();
            container.restart_policy = "always".into();
            container
        }));
    });
    let mut launch = on("bench-many", &sandbox.package, &sandbox.state);
    launch
        .arguments
        .extend(["--docker-host".to_owned(), sandbox.engine.url()]);
    #[allow(clippy::disallowed_methods)] // the suite's own PATH
    let path = std::env::var("PATH").unwrap_or_default();
    launch.variables.push((
        "PATH".to_owned(),
        format!("{}:{path}", sandbox.docker.bin()),
    ));
    in_window(launch, async |window| {
        window
            .wait("@service-card[data-service=s150][data-state=healthy]")
            .await;
        // The first drawing of a hundred and fifty rows is not what is measured.
        tokio::time::sleep(Duration::from_secs(3)).await;
        let mut changes = Vec::new();
        let mut pace = tokio::time::interval(Duration::from_secs(1) / IN_A_SECOND);
        // Half of the events: a service falls ill; the other half: the one before ten others is well again.
        for turn in 0..SECONDS * IN_A_SECOND as usize / 2 {
            let ill = Some((turn, "unhealthy"));
            let well = turn.checked_sub(10).map(|turn| (turn, "healthy"));
            for (turn, health) in [ill, well].into_iter().flatten() {
                pace.tick().await;
                let service = &names[turn % CONTAINERS];
                let what = format!("health_status: {health}");
                let at = now();
                sandbox.engine.change(service, &what, |container| {
                    health.clone_into(&mut container.health);
                });
                let meaning = MEANINGS.iter().find(|(name, _)| *name == what);
                changes.push(Change {
                    what,
                    service: service.clone(),
                    at,
                    states: meaning.expect("a known event").1,
                });
            }
        }
        tokio::time::sleep(Duration::from_secs(3)).await;
        conclude("150 containers, 20 events/s", &changes, window).await;
    });
}

#[allow(clippy::disallowed_methods)] // the engine's clock, which is played here
fn now() -> f64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.expect("a clock").as_secs_f64() * 1e3
}

/// A change that another one follows sooner need not be shown: its card goes to the newer state at once.
const OVERTAKEN: f64 = 300.0;

/// Compares what happened with what the page wrote down, and reports how long each change took; null for one that was
/// never shown although it lasted.
async fn conclude(name: &str, changes: &[Change], window: &Window) {
    let shown = window.script("return window.recorded.states").await;
    let shown: Vec<(String, String, f64)> = shown
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let service = entry[0].as_str()?.strip_prefix("service-card ")?;
            let state = entry[1].as_str()?;
            Some((service.to_owned(), state.to_owned(), entry[2].as_f64()?))
        })
        .collect();
    assert!(!changes.is_empty() && !shown.is_empty(), "nothing happened");
    let mut took: BTreeMap<&str, Vec<Option<f64>>> = BTreeMap::new();
    let mut overtaken = 0;
    for (number, change) in changes.iter().enumerate() {
        let mut later = changes.iter().skip(number + 1);
        let next = later.find(|it| it.service == change.service);
        let ends = next.map_or(f64::INFINITY, |next| next.at);
        // The page's clock has whole milliseconds, rounded down.
        let is_it = |(service, state, at): &&(String, String, f64)| {
            *service == change.service
                && change.states.contains(&state.as_str())
                && *at >= change.at.floor()
                && *at < ends.max(change.at + OVERTAKEN)
        };
        let seen = shown.iter().find(is_it).map(|(_, _, at)| at - change.at);
        if seen.is_none() && ends < change.at + OVERTAKEN {
            overtaken += 1;
            continue;
        }
        took.entry(&change.what).or_default().push(seen);
    }
    report(&json!({ "name": name, "milliseconds": took, "overtaken": overtaken }));
}
