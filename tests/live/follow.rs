//! A log that is followed: over restarts, and of containers that are made anew. The engine itself ends it with each run.

use std::collections::BTreeSet;
use tests::live::{Live, text};
use tests::package::Package;

const COUNTER: &str = r#"
services:
  counter:
    image: ${IMAGE}
    restart: unless-stopped
    environment: { MARK: "${MARK:-first}" }
    command: ["sh", "-c", "n=0; trap 'exit 0' TERM; while :; do n=$$((n + 1)); echo $$MARK $$HOSTNAME $$n; sleep 0.1; done"]
"#;

#[test]
fn a_service_is_followed_over_a_restart_and_when_it_is_made_anew_and_no_line_comes_twice() {
    let live = Live::new(Package::with_image("follow", COUNTER));
    live.expect(0, &["deploy"]);
    let mut follows = live.start(&["logs", "--follow", "--json"]);
    follows.until("a first line", |line| {
        text(&line["line"]).starts_with("first")
    });

    live.step("restarted, it begins to count anew");
    live.expect(0, &["restart-container", "--container-name", "counter"]);
    let count = |line: &serde_json::Value| text(&line["line"]).split(' ').nth(2).map(str::to_owned);
    follows.until("the end of a run", |line| {
        count(line).as_deref() == Some("40")
    });

    live.step("made anew, it is another container");
    let settings = format!(
        "COMPOSE_PROJECT_NAME={}\nIMAGE={}\nMARK=second\n",
        live.package.project,
        live.package.image()
    );
    live.package.file(".env", &settings);
    live.expect(0, &["deploy"]);
    follows.until("the new container", |line| {
        text(&line["line"]).starts_with("second")
    });
    follows.signal("INT");
    let ended = follows.end();
    assert_eq!(ended.code, 0, "{}", ended.err);

    let lines: Vec<(String, String)> = ended
        .events()
        .iter()
        .map(|(_, line)| (text(&line["time"]), text(&line["line"])))
        .collect();
    let different: BTreeSet<&(String, String)> = lines.iter().collect();
    assert_eq!(different.len(), lines.len(), "lines came twice");
    let ones = lines.iter().filter(|(_, line)| line.ends_with(" 1"));
    let runs: Vec<&str> = ones
        .map(|(_, line)| line.split(' ').next().unwrap_or(""))
        .collect();
    assert!(
        runs.ends_with(&["first", "second"]),
        "each run from its first line on: {runs:?}"
    );
}
