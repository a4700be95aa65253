//! The engine goes away and comes back: what was known stays, marked as old, and the window recovers by itself.

use crate::engine;
use crate::world::{CHANGED, DEPLOYED, WEB, launch, package_of};
use std::time::{Duration, Instant};
use tests::driver::{Window, in_window};

pub(crate) const HANDLES: &[&str] = &["engine-banner", "service-card", "verdict"];

/// Something that writes all the time, beside what stays healthy.
const BOTH: &str = "
  counter:
    image: ${IMAGE}
    command: [\"sh\", \"-c\", \"n=0; while :; do n=$$((n + 1)); echo $$HOSTNAME counts $$n; sleep 0.2; done\"]
    restart: unless-stopped
";

/// Writes down when the page turned grey and when it was itself again, by the page's own clock.
const WATCH: &str = "
const seen = { grey: 0, back: 0 };
const look = () => {
  const card = document.querySelector('[data-testid=service-card]');
  const grey = card?.dataset.display === 'out-of-reach' && !!document.querySelector('.stale [data-testid=service-card]');
  if (grey && !seen.grey && document.querySelector('[data-testid=engine-banner] p')) seen.grey = Date.now();
  if (!grey && seen.grey && !seen.back && !document.querySelector('[data-testid=engine-banner]')) seen.back = Date.now();
};
new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
window.seen = seen;
";

/// The acceptance: grey this soon after the engine died, ...
const GREY: u64 = 2000;
/// ... and back this soon after it answers again.
const BACK: u64 = 3000;

#[test]
fn a_killed_engine_is_said_within_seconds_and_recovered_from() {
    let package = package_of("lost", &format!("{WEB}{BOTH}"));
    in_window(launch("lost", &package), async |window| {
        window.click("@deploy").await;
        window
            .wait_for("@deploy-outcome[data-outcome=ready]", DEPLOYED)
            .await;
        window.click("@nav-overview").await;
        window
            .wait("@service-card[data-state=healthy]:not([data-display])")
            .await;
        let cards = cards(window).await;
        window.script(WATCH).await;

        let killed = engine::now();
        engine::kill();
        window
            .wait_for("@engine-banner", Duration::from_secs(5))
            .await;
        window
            .wait(".stale @service-card[data-display=out-of-reach]")
            .await;
        assert_eq!(
            window.attribute("@verdict", "data-verdict").await,
            "engine-unreachable"
        );
        let card = "@service-card[data-service=web]";
        assert!(window.text(card).await.contains("Was healthy at"));
        let banner = window.text("@engine-banner").await;
        assert!(
            banner.contains("dockerd") || banner.contains("systemctl"),
            "{banner}"
        );
        assert!(
            !window
                .wait("@stop-all")
                .await
                .is_enabled()
                .await
                .expect("a button")
        );
        assert_eq!(self::cards(window).await, cards, "every card stays, once");

        engine::revive();
        let answers = engine::answers().await;
        window.wait_gone("@engine-banner", CHANGED).await;
        let grey = seen(window, "grey").await.saturating_sub(killed);
        let back = seen(window, "back").await.saturating_sub(answers);
        #[allow(clippy::print_stderr)] // figures, for whoever looks at the run
        {
            eprintln!("lost: grey after {grey} ms, back after {back} ms");
        }
        assert!(grey <= GREY, "grey after {grey} ms");
        assert!(back <= BACK, "back {back} ms after the engine answers");
        assert_eq!(self::cards(window).await, cards, "none twice, none lost");
        // The new engine starts the container again by its restart policy; the old one leaves it as it found it.
        window
            .wait_for(
                "@service-card[data-state=healthy]:not([data-display]), @start-all:enabled",
                CHANGED,
            )
            .await;
        if window.has("@start-all:enabled").await {
            window.click("@start-all").await;
        }
        window
            .wait_for(
                "@service-card[data-state=healthy]:not([data-display])",
                CHANGED,
            )
            .await;
        window
            .wait_for("@verdict[data-verdict=ready]", CHANGED)
            .await;
        window.has_shown(HANDLES).await;
        logs_go_on(window).await;
    });
}

/// Whoever reads a log while the engine dies reads on when it is back: what was written meanwhile too, and nothing twice.
async fn logs_go_on(window: &Window) {
    window.click("@nav-logs").await;
    window.click("@log-service[data-service=counter]").await;
    window.wait("@log-view .line").await;
    engine::kill();
    window
        .wait_for("@engine-banner", Duration::from_secs(5))
        .await;
    let before = window.count("@log-view .line").await;
    engine::revive();
    window.wait_gone("@engine-banner", CHANGED).await;
    if engine::docker(&["ps", "--quiet"]).lines().count() < 2 {
        window.click("@nav-overview").await;
        window.click("@start-all").await;
        window.wait_gone("@operation", CHANGED).await;
        window.click("@nav-logs").await;
    }
    let begun = Instant::now();
    while window.count("@log-view .line").await <= before + 3 {
        assert!(begun.elapsed() < CHANGED, "the log does not go on");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let twice = window.script(
        "const rows = [...document.querySelectorAll('log-view .line')].map((row) => row.textContent);
         return rows.length - new Set(rows).size",
    );
    assert_eq!(twice.await, 0, "lines came twice");
}

/// The services of the cards, in their order.
async fn cards(window: &Window) -> Vec<String> {
    let names = window.script(
        "return [...document.querySelectorAll('[data-testid=service-card]')].map((card) => card.dataset.service)",
    );
    let names = names.await;
    let names = names.as_array().cloned().unwrap_or_default();
    let names = names.iter().filter_map(|name| name.as_str());
    names.map(str::to_owned).collect()
}

async fn seen(window: &Window, what: &str) -> u64 {
    let seen = window.script(&format!("return window.seen.{what}")).await;
    seen.as_u64().unwrap_or_default()
}

#[test]
fn an_engine_that_was_never_there_is_said_with_its_remedy() {
    let package = package_of("nobody", WEB);
    let mut launch = launch("nobody", &package);
    launch.arguments.extend([
        "--docker-host".to_owned(),
        format!("unix://{}/nobody.sock", package.around()),
    ]);
    in_window(launch, async |window| {
        window.wait("@check-summary[data-state=blocked]").await;
        window
            .wait("@check-row[data-check^=\"engine.\"][data-state=block]")
            .await;
        assert!(
            !window
                .wait("@deploy")
                .await
                .is_enabled()
                .await
                .expect("a button")
        );
        window.click("@nav-overview").await;
        window
            .wait_for("@engine-banner", Duration::from_secs(5))
            .await;
        assert!(window.text("@engine-banner").await.contains("dockerd"));
    });
}
