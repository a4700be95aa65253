//! What takes minutes, and what disturbs the engine: `cargo xtask matrix`. The quick one reads the reference stack.

use crate::verdicts::{Watch, never};
use camino::Utf8Path;
use serde_json::Value;
use std::time::Duration;
use tests::live::{Live, engine_chore, eventually, service, states, text};
use tests::package::Package;

/// A service that becomes healthy 150 s after its start, and one that waits for it.
fn late(start_period: &str) -> String {
    format!(
        r#"
services:
  slow:
    image: ${{IMAGE}}
    restart: unless-stopped
    command: ["sh", "-c", "sleep 150; touch /tmp/up; exec forever"]
    healthcheck:
      test: ["CMD", "test", "-e", "/tmp/up"]
      interval: 2s
      retries: 3
      start_period: {start_period}
  app:
    image: ${{IMAGE}}
    restart: unless-stopped
    depends_on:
      slow:
        condition: service_healthy
"#
    )
}

#[test]
#[ignore = "takes three minutes; cargo xtask matrix"]
fn a_service_that_needs_150_seconds_within_its_start_period_is_never_called_failed() {
    let live = Live::new(Package::with_image("late-covered", &late("200s")));
    let watch = Watch::on(&live);
    let ended = live.expect(0, &["deploy", "--json"]);
    assert_eq!(ended.finished()["outcome"], "ready", "{ended}");
    assert!(ended.took > Duration::from_secs(150), "{ended}");
    let snapshots = watch.end();
    never(&snapshots, "will-not-recover");
    let bad = |status: &&Value| {
        states(status)
            .iter()
            .any(|state| state.ends_with("=failed") || state.ends_with("=unhealthy"))
    };
    assert!(!snapshots.iter().any(|status| bad(&status)));
}

#[test]
#[ignore = "takes three minutes; cargo xtask matrix"]
fn without_a_covering_start_period_it_is_shown_unhealthy_and_still_ends_ready() {
    let live = Live::new(Package::with_image("late-uncovered", &late("5s")));
    let watch = Watch::on(&live);
    let ended = live.expect(0, &["deploy", "--json"]);
    assert_eq!(ended.finished()["outcome"], "ready", "{ended}");
    assert_eq!(
        states(&ended.finished()["status"]),
        ["app=running", "slow=healthy"]
    );
    let snapshots = watch.end();
    assert!(
        snapshots
            .iter()
            .any(|status| service(status, "slow")["state"] == "unhealthy"),
        "it was shown as what it was"
    );
    never(&snapshots, "will-not-recover");
    let ready_early = snapshots.iter().any(|status| {
        status["verdict"] == "ready" && service(status, "slow")["state"] != "healthy"
    });
    assert!(!ready_early);
}

#[test]
#[ignore = "takes a minute; cargo xtask matrix"]
fn a_crash_loop_that_runs_8_seconds_each_time_is_recognised_at_its_third_restart() {
    let live = Live::new(Package::with_image(
        "slow-loop",
        r#"
services:
  app:
    image: ${IMAGE}
    restart: always
    command: ["sh", "-c", "sleep 8; echo lost the database >&2; exit 1"]
"#,
    ));
    let watch = Watch::on(&live);
    let ended = live.expect(1, &["deploy", "--json"]);
    let finished = ended.finished();
    let app = service(&finished["status"], "app");
    assert_eq!(app["state"], "crash-looping", "{ended}");
    assert_eq!(app["containers"][0]["restartCount"], 3, "{ended}");
    assert_eq!(finished["failure"]["outputTail"][0], "lost the database");
    let snapshots = watch.end();
    never(&snapshots, "ready");
    let early = snapshots.iter().any(|status| {
        status["verdict"] == "will-not-recover"
            && service(status, "app")["containers"][0]["restartCount"].as_u64() < Some(3)
    });
    assert!(!early, "two restarts are not a loop yet");
}

#[test]
fn the_reference_stack_reads_correctly() {
    let stack = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/projects/reference-stack");
    let live = Live::new(Package::copy_of(&stack, "package", "none"));
    let view = live.expect(0, &["inspect", "--json"]).json();
    assert_eq!(view["preview"], false, "Compose was asked: {view}");
    let services = view["services"].as_array().unwrap();
    assert_eq!(services.len(), 11, "{view}");
    let jobs: Vec<String> = services
        .iter()
        .filter(|service| service["oneShot"] == true)
        .map(|service| text(&service["name"]))
        .collect();
    assert_eq!(jobs.len(), 2, "{jobs:?}");
    assert!(services.iter().all(|service| service["active"] == true));
}

const SLOW: &str = r#"
services:
  slow:
    image: ${IMAGE}
    restart: always
    command: ["sh", "-c", "rm -f /tmp/up; sleep 20; touch /tmp/up; exec forever"]
    healthcheck:
      test: ["CMD", "test", "-e", "/tmp/up"]
      interval: 1s
      retries: 3
      start_period: 120s
  app:
    image: ${IMAGE}
    restart: always
    depends_on:
      slow:
        condition: service_healthy
"#;

#[test]
#[ignore = "kills the engine; cargo xtask matrix"]
fn an_engine_killed_while_we_wait_for_ready_comes_back_and_so_does_the_deployment() {
    let live = Live::alone(Package::with_image("engine-killed", SLOW));
    live.step("the engine dies while we wait, and is started again");
    let mut running = live.start(&["deploy", "--json"]);
    running.until_step("start");
    // Killed before that, Docker may lose track of the container: `fixes::a_container_that_docker_lost_track_of…`.
    eventually("a container that runs", Duration::from_secs(30), || {
        let container = live.ids("container").pop()?;
        let running = live.docker(&["inspect", "--format", "{{.State.Running}}", &container]);
        (running.trim() == "true").then_some(())
    });
    engine_chore("kill");
    std::thread::sleep(Duration::from_secs(2));
    engine_chore("up");
    let ended = running.end();
    let status = live.status();
    if ended.code == 0 {
        assert_eq!(status["verdict"], "ready", "it said so: {ended}");
    } else {
        assert!(ended.finished()["failure"].is_object(), "{ended}");
    }

    live.step("deployed again, it is ready");
    let again = live.expect(0, &["deploy", "--json"]);
    assert_eq!(again.finished()["outcome"], "ready", "{again}");
}

#[test]
#[ignore = "holds the engine still; cargo xtask matrix"]
fn an_engine_that_does_not_answer_for_20_seconds_is_told_and_is_well_again_after() {
    struct Thaw;
    impl Drop for Thaw {
        fn drop(&mut self) {
            engine_chore("thaw");
        }
    }
    let live = Live::alone(Package::with_image(
        "engine-frozen",
        "services:\n  app:\n    image: ${IMAGE}\n    restart: always\n",
    ));
    live.expect(0, &["deploy"]);
    engine_chore("freeze");
    let thaw = Thaw;
    let ended = live.cli(&["status", "--json"]);
    assert_eq!(ended.code, 5, "{ended}");
    let status = ended.json();
    assert_eq!(status["verdict"], "engine-unreachable", "{ended}");
    assert!(
        text(&status["engine"]["reason"]).contains("does not answer"),
        "{ended}"
    );
    assert!(ended.took < Duration::from_secs(25), "{ended}");
    drop(thaw);
    let status = eventually("an answer", Duration::from_secs(10), || {
        let ended = live.cli(&["status", "--json"]);
        (ended.code == 0).then(|| ended.json())
    });
    assert_eq!(status["verdict"], "ready", "{status}");
}
