//! Ten thousand lines a second, and somebody looks at them: the window stays usable, holds only so much, and every line
//! is kept or counted.

use crate::bench::usage::family;
use crate::world::{CHANGED, DEPLOYED, launch, package_of};
use std::time::{Duration, Instant};
use tests::driver::{Window, in_window};

/// What is written in a tenth of a second.
const PORTION: usize = 1000;
/// How many portions a second are written, or a few less where the processors are busy.
const A_SECOND: u64 = 10;

/// Nobody waits longer for a window before they think it hangs.
const RESPONSIVE: Duration = Duration::from_secs(1);
/// What a bounded view may need more during a flood: the web view lets what is gone lie about for a while. Over 150 s of it
/// and 1.5 million lines (WebKitGTK 2.50, 2026-11-27) it went up and down between 190 and 360 MiB more, and did not climb.
const ROOM: u64 = 400 << 20;

const TALKER: &str = "
  talker:
    image: ${IMAGE}
    command: [\"sh\", \"-c\", \"until [ -e /data/go ]; do sleep 0.1; done; n=0; while [ $$n -lt PORTIONS ]; do cat /data/portion; sleep 0.07; n=$$((n + 1)); done; echo that is all; exec forever\"]
    volumes: [\"./data:/data\"]
    restart: unless-stopped
";

#[test]
fn a_flood_of_lines_leaves_the_window_usable_and_every_line_is_kept_or_counted() {
    flood("flood", 10);
}

#[test]
#[ignore = "takes two minutes; cargo xtask matrix"]
fn a_minute_of_the_flood_is_no_worse_than_its_beginning() {
    flood("flood-minute", 60);
}

fn flood(name: &'static str, seconds: u64) {
    let portions = seconds * A_SECOND;
    let written = portions * PORTION as u64;
    let package = package_of(name, &TALKER.replace("PORTIONS", &portions.to_string()));
    let line = "2026-11-27 12:00:00 INFO a request was answered in 12 ms: GET /orders/4711 200\n";
    package.file("data/portion", &line.repeat(PORTION));
    in_window(launch(name, &package), async |window| {
        window.click("@deploy").await;
        window
            .wait_for("@deploy-outcome[data-outcome=ready]", DEPLOYED)
            .await;
        window.click("@nav-logs").await;
        window.wait("@log-counts").await;
        let before = memory();
        window.script(PULSE).await;
        // A click draws every line anew, which the short run leaves out.
        let is_clicked = seconds >= 60;
        if is_clicked {
            window.script("window.clicking()").await;
        }

        package.file("data/go", "");
        let begun = Instant::now();
        let (mut slowest, mut largest) = (Duration::ZERO, before);
        let limit = 4 * CHANGED + Duration::from_secs(2 * seconds);
        while count(window, "sent").await < written {
            assert!(begun.elapsed() < limit, "the flood never ends");
            // Somebody goes on using it meanwhile.
            let asked = Instant::now();
            let held = window.script("return document.querySelectorAll('log-view .line').length");
            let held = held.await.as_u64().unwrap_or_default();
            slowest = slowest.max(asked.elapsed());
            assert!(held <= 5200, "{held} lines are drawn");
            largest = largest.max(memory());
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let took = begun.elapsed();
        let pause = window
            .script("return Math.round(window.pulse.longest)")
            .await;
        let pause = Duration::from_millis(pause.as_u64().unwrap_or(u64::MAX));
        let answers = window
            .script("return window.pulse.answers.map(Math.round).sort((one, other) => one - other)")
            .await;
        let answers: Vec<u64> = serde_json::from_value(answers).expect("milliseconds");
        assert!(
            !is_clicked || answers.len() > 10,
            "{} clicks",
            answers.len()
        );
        let click = Duration::from_millis(*answers.get(answers.len() * 95 / 100).unwrap_or(&0));
        let grown = largest.saturating_sub(before) >> 20;
        let [before_mib, largest_mib, end_mib] = [before, largest, memory()].map(|it| it >> 20);
        #[allow(clippy::print_stderr)] // figures, for whoever looks at the run
        {
            eprintln!(
                "{name}: {written} lines in {took:?}; {} clicks, 95 % answered within {click:?}; \
                 slowest script {slowest:?}, longest pause {pause:?}; memory {before_mib} MiB before, {largest_mib} MiB at most, {end_mib} MiB after",
                answers.len()
            );
        }
        assert!(slowest < RESPONSIVE, "an answer took {slowest:?}");
        assert!(click < RESPONSIVE, "a click was answered after {click:?}");
        assert!(pause < RESPONSIVE, "the page stood still for {pause:?}");
        assert!(largest < before + ROOM, "{grown} MiB more");

        until_said(window, "that is all").await;
        let [sent, kept, dropped, held] = counts(window).await;
        #[allow(clippy::print_stderr)] // the same
        {
            eprintln!("{name}: {sent} sent, {kept} kept, {dropped} dropped, {held} held");
        }
        assert_eq!(sent, written + 1, "what was written");
        assert_eq!(kept + dropped + held, sent, "kept or counted");
        assert!(
            kept <= 5100 && dropped > 0,
            "kept {kept}, dropped {dropped}"
        );
        let footer = window.text("@log-counts").await;
        assert!(footer.contains("dropped"), "and it is said: {footer}");

        // And the search finds what is kept.
        let search = window.wait("@log-search").await;
        search.send_keys("that is all").await.expect("typed");
        window
            .wait_for("@log-matches[data-count='1']", CHANGED)
            .await;
    });
}

/// Measures how long the page's own clock stands still, and how long after the moment a click was due the page shows what
/// it does: the column of times comes or goes.
const PULSE: &str = "
const pulse = { last: performance.now(), longest: 0, answers: [] };
const times = () => document.querySelector('[data-testid=log-times]');
let due = 0;
const click = () => {
  const before = times().ariaPressed;
  times().click();
  const look = () => {
    const now = performance.now();
    if (times().ariaPressed === before && now - due < 10000) return requestAnimationFrame(look);
    pulse.answers.push(now - due);
    due = Math.max(due + 2000, now);
    setTimeout(click, due - now);
  };
  requestAnimationFrame(look);
};
window.clicking = () => {
  due = performance.now() + 250;
  setTimeout(click, 250);
};
setInterval(() => {
  const now = performance.now();
  pulse.longest = Math.max(pulse.longest, now - pulse.last);
  pulse.last = now;
}, 20);
window.pulse = pulse;
";

async fn count(window: &Window, what: &str) -> u64 {
    let said = window
        .attribute("@log-counts", &format!("data-{what}"))
        .await;
    said.parse().unwrap_or_else(|_| panic!("{what} is {said}"))
}

async fn counts(window: &Window) -> [u64; 4] {
    let mut all = [0; 4];
    for (at, what) in ["sent", "kept", "dropped", "held"].iter().enumerate() {
        all[at] = count(window, what).await;
    }
    all
}

async fn until_said(window: &Window, words: &str) {
    let begun = Instant::now();
    while !window.content("@log-view").await.contains(words) {
        assert!(begun.elapsed() < CHANGED, "never said: {words}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    // The counts are told a few times a second.
    tokio::time::sleep(Duration::from_millis(500)).await;
}

/// Memory of the window and of its web view's processes, and of nobody else's.
fn memory() -> u64 {
    let ours = family(std::process::id());
    let window = ours.values().filter(|process| {
        let name = process.name.as_str();
        matches!(name, "quayside" | "WebKitWebProces" | "WebKitNetworkPr")
    });
    let used = window.map(|process| process.memory).sum();
    assert!(used > 0, "the window is nobody's child here");
    used
}
