//! Cancelled, killed: the next run says what happened and continues, and finished work is not done again.

use crate::tap::Tap;
use std::time::{Duration, Instant};
use tests::live::{Live, text};
use tests::package::Package;

/// What the archive weighs, and how much of it goes through a second: about six seconds to send.
const WEIGHT: usize = 12 << 20;
const PACE: usize = 2 << 20;

/// Ready eight seconds after it was started.
const SLOW: &str = r#"
services:
  slow:
    image: ${IMAGE}
    restart: unless-stopped
    command: ["sh", "-c", "sleep 8; touch /tmp/up; exec forever"]
    healthcheck:
      test: ["CMD", "test", "-e", "/tmp/up"]
      interval: 1s
      retries: 3
      start_period: 60s
"#;

/// The same, and something that waits for it.
fn slow_with_dependent() -> String {
    format!(
        "{SLOW}  app:\n    image: ${{IMAGE}}\n    restart: unless-stopped\n    depends_on:\n      slow:\n        condition: service_healthy\n"
    )
}

/// A package whose image takes a while to hand over, and the tap it goes through.
fn heavy(name: &str) -> (Live, Tap) {
    let package = Package::new(name, SLOW);
    package.heavy_archive(WEIGHT);
    let mut live = Live::new(package);
    let tap = Tap::between(&mut live);
    tap.slow_down(PACE);
    (live, tap)
}

/// Some of the archive is with the engine and most is not.
fn is_sending(event: &serde_json::Value) -> bool {
    event["type"] == "step-progress"
        && event["step"] == "images"
        && event["current"].as_u64() > Some(0)
}

#[test]
fn cancelled_while_loading_images_it_stops_and_the_next_deployment_continues() {
    let (live, tap) = heavy("cancel-images");
    let mut running = live.start(&["deploy", "--json"]);
    running.until("bytes on their way", is_sending);
    let asked = Instant::now();
    running.signal("INT");
    let ended = running.end();
    let took = asked.elapsed();
    assert!(took < Duration::from_secs(1), "cancelling took {took:?}");
    assert_eq!(ended.code, 130, "{ended}");
    assert_eq!(ended.finished()["outcome"], "cancelled", "{ended}");
    assert!(
        ended.steps().contains(&"images=cancelled".into()),
        "{ended}"
    );
    assert!(live.ids("container").is_empty());
    let left = ended
        .events()
        .into_iter()
        .find(|(_, event)| event["type"] == "step-finished" && event["step"] == "images")
        .map(|(_, event)| text(&event["message"]))
        .unwrap();
    assert!(left.contains("the next run sends it again"), "{left}");

    tap.slow_down(0);
    let again = live.expect(0, &["deploy", "--json"]);
    assert_eq!(again.finished()["outcome"], "ready", "{again}");
    assert!(
        !again.err.contains("interrupted"),
        "cancelling is no accident: {again}"
    );
}

#[test]
fn cancelled_while_waiting_for_a_dependency_or_for_ready_it_stops_at_once_and_continues_later() {
    let live = Live::new(Package::with_image("cancel-start", &slow_with_dependent()));
    live.step("Compose waits for the dependency");
    let mut running = live.start(&["deploy", "--json"]);
    running.until("the dependency runs", |event| {
        event["step"] == "start" && !live.ids("container").is_empty()
    });
    running.signal("INT");
    let asked = running.elapsed();
    let ended = running.end();
    assert_eq!(ended.code, 130, "{ended}");
    assert!(ended.steps().contains(&"start=cancelled".into()), "{ended}");
    assert!(
        ended.took.saturating_sub(asked) < Duration::from_secs(12),
        "{ended}"
    );

    live.step("a second deployment continues, and is cancelled while it waits for ready");
    live.expect(0, &["stop"]);
    let mut running = live.start(&["start", "slow", "--json"]);
    running.until_step("ready");
    running.signal("INT");
    let asked = running.elapsed();
    let ended = running.end();
    assert_eq!(ended.code, 130, "{ended}");
    assert!(ended.steps().contains(&"ready=cancelled".into()), "{ended}");
    assert!(
        ended.took.saturating_sub(asked) < Duration::from_secs(3),
        "{ended}"
    );
    assert!(!live.ids("container").is_empty(), "nothing was taken down");

    live.step("the third ends ready");
    let last = live.expect(0, &["deploy", "--json"]);
    assert!(last.steps().contains(&"images=skipped".into()), "{last}");
    assert_eq!(last.finished()["outcome"], "ready", "{last}");
}

#[test]
fn killed_while_loading_images_the_next_run_says_so_and_ends_ready() {
    let (live, tap) = heavy("kill-images");
    let mut running = live.start(&["deploy", "--json"]);
    running.until("bytes on their way", is_sending);
    running.signal("KILL");
    running.end();

    live.step("a query says it too, and does not forget it");
    let status = live.expect(0, &["status", "--json"]);
    assert!(
        status.err.contains("interrupted at: Load images"),
        "{status}"
    );
    tap.slow_down(0);
    let again = live.expect(0, &["deploy", "--json"]);
    assert!(again.err.contains("interrupted at: Load images"), "{again}");
    assert_eq!(again.finished()["outcome"], "ready", "{again}");
    let after = live.expect(0, &["status", "--json"]);
    assert!(!after.err.contains("interrupted"), "{after}");
}

#[test]
fn killed_while_waiting_for_ready_the_next_run_says_so_and_ends_ready() {
    let live = Live::new(Package::with_image("kill-ready", SLOW));
    let mut running = live.start(&["deploy", "--json"]);
    running.until_step("ready");
    running.signal("KILL");
    running.end();

    let again = live.expect(0, &["deploy", "--json"]);
    assert!(
        again.err.contains("interrupted at: Wait until ready"),
        "{again}"
    );
    assert_eq!(again.finished()["outcome"], "ready", "{again}");
    assert!(again.steps().contains(&"images=skipped".into()), "{again}");
}

#[test]
fn while_one_deployment_runs_a_second_one_hears_who_is_at_it() {
    let never = SLOW.replace("sleep 8", "sleep 600");
    let live = Live::new(Package::with_image("two-at-once", &never));
    let mut running = live.start(&["deploy", "--json"]);
    running.until_step("ready");
    let second = live.expect(1, &["deploy", "--json"]).json();
    assert_eq!(second["error"]["code"], "operation-in-progress", "{second}");
    running.signal("INT");
    let first = running.end();
    assert_eq!(first.code, 130, "the first was not disturbed: {first}");
}
