//! Ten thousand lines a second, and somebody looks at them: the window stays usable, holds only so much, and every line
//! is kept or counted.

use crate::world::{CHANGED, DEPLOYED, launch, package_of};
use fs_err as fs;
use std::time::{Duration, Instant};
use tests::driver::{Window, in_window};

/// What is written in a tenth of a second.
const PORTION: usize = 1000;
/// Ten seconds of it.
const WRITTEN: u64 = 100_000;

/// Nobody waits longer for a window before they think it hangs.
const RESPONSIVE: Duration = Duration::from_secs(1);
/// What a bounded view may need more during a flood; 100 000 lines as elements of a page would be several times that.
const ROOM: u64 = 250 << 20;

const TALKER: &str = "
  talker:
    image: ${IMAGE}
    command: [\"sh\", \"-c\", \"until [ -e /data/go ]; do sleep 0.1; done; n=0; while [ $$n -lt 100 ]; do cat /data/portion; sleep 0.07; n=$$((n + 1)); done; echo that is all; exec forever\"]
    volumes: [\"./data:/data\"]
    restart: unless-stopped
";

#[test]
fn a_flood_of_lines_leaves_the_window_usable_and_every_line_is_kept_or_counted() {
    let package = package_of("flood", TALKER);
    let line = "2026-11-27 12:00:00 INFO a request was answered in 12 ms: GET /orders/4711 200\n";
    package.file("data/portion", &line.repeat(PORTION));
    in_window(launch("flood", &package), async |window| {
        window.click("@deploy").await;
        window
            .wait_for("@deploy-outcome[data-outcome=ready]", DEPLOYED)
            .await;
        window.click("@nav-logs").await;
        window.wait("@log-counts").await;
        let before = memory();
        window.script(PULSE).await;

        package.file("data/go", "");
        let begun = Instant::now();
        let (mut slowest, mut largest) = (Duration::ZERO, before);
        while count(window, "sent").await < WRITTEN {
            assert!(begun.elapsed() < 4 * CHANGED, "the flood never ends");
            let asked = Instant::now();
            // Somebody goes on using it meanwhile.
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
        let grown = largest.saturating_sub(before) >> 20;
        #[allow(clippy::print_stderr)] // figures, for whoever looks at the run
        {
            eprintln!(
                "flood: {took:?}, slowest answer {slowest:?}, longest pause {pause:?}, {grown} MiB more"
            );
        }
        assert!(slowest < RESPONSIVE, "an answer took {slowest:?}");
        assert!(pause < RESPONSIVE, "the page stood still for {pause:?}");
        assert!(largest < before + ROOM, "{grown} MiB more");

        until_said(window, "that is all").await;
        let [sent, kept, dropped, held] = counts(window).await;
        assert_eq!(sent, WRITTEN + 1, "what was written");
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

/// Measures how long the page's own clock stands still.
const PULSE: &str = "
const pulse = { last: performance.now(), longest: 0 };
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

/// Resident memory of the window and of the web view's processes.
fn memory() -> u64 {
    let processes = fs::read_dir("/proc").expect("/proc");
    let processes = processes.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    processes
        .filter(|pid| {
            let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
            matches!(
                name.trim(),
                "quayside" | "WebKitWebProces" | "WebKitNetworkPr"
            )
        })
        .filter_map(|pid| fs::read_to_string(format!("/proc/{pid}/statm")).ok())
        .filter_map(|figures| figures.split(' ').nth(1)?.parse::<u64>().ok())
        .sum::<u64>()
        * 4096
}
