//! The main job, as a person does it: look, deploy, see it healthy, restart one, read its log, stop, start.

use crate::world::{CHANGED, DEPLOYED, Demo, on};
use fantoccini::key::Key;
use fs_err as fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};
use tests::driver::{Window, in_window};

pub(crate) const HANDLES: &[&str] = &[
    "package-title",
    "check-summary",
    "check-row",
    "check-again",
    "offline-proof",
    "plan",
    "deploy",
    "deploy-step",
    "deploy-progress",
    "cancel",
    "deploy-outcome",
    "verdict",
    "service-card",
    "restart-service",
    "open-link",
    "start-all",
    "stop-all",
    "restart-all",
    "log-view",
    "log-search",
    "nav-install",
    "nav-overview",
    "nav-problems",
    "nav-logs",
    "nav-settings",
];

const SERVICES: &[(&str, &str)] = &[
    ("frontend", "healthy"),
    ("backend", "healthy"),
    ("migrate", "completed"),
    ("worker", "running"),
    ("redis", "healthy"),
    ("mariadb", "healthy"),
];

#[test]
fn the_demonstration_is_deployed_and_managed() {
    let demo = Demo::new();
    let mut launch = on("demo", &demo.package(), &demo.state());
    let opened = demo.stub(&mut launch, "xdg-open");
    in_window(launch, async |window| {
        check(window).await;
        deploy(window).await;
        open(window, &opened).await;
        overview(window).await;
        keep_the_menu_in_sight(window).await;
        restart_one(window).await;
        restart_all(window).await;
        read_log(window).await;
        read_all_logs(window).await;
        stop_all(window).await;
        start_all(window).await;
        window.has_shown(HANDLES).await;
    });
}

/// The check begins by itself and shows what would happen.
async fn check(window: &Window) {
    window
        .wait("@check-summary[data-state=warnings], @check-summary[data-state=ready]")
        .await;
    assert!(window.text("@package-title").await.contains("Harbour"));
    assert_eq!(
        window.count("@offline-proof tbody tr").await,
        SERVICES.len()
    );
    assert_eq!(
        window.attribute("@offline-proof", "data-complete").await,
        "true"
    );
    window.wait("@plan li[data-step=images]").await;
    assert!(!window.has("@service-card").await);
    assert!(window.text("@deploy").await.contains("Deploy Harbour"));
}

/// Every step is planned before it runs; the images' bytes are counted; it ends ready.
async fn deploy(window: &Window) {
    window.click("@deploy").await;
    window.wait_for("@deploy-outcome", DEPLOYED).await;
    assert_eq!(
        window.attribute("@deploy-outcome", "data-outcome").await,
        "ready"
    );
    let images = window.states("deploy-step images").await;
    assert!(
        images.ends_with(&["running".into(), "done".into()]),
        "{images:?}"
    );
    // The steps before may be over when the page is drawn first, and the last with the result.
    for step in ["start", "ready"] {
        let states = window.states(&format!("deploy-step {step}")).await;
        assert!(
            states.starts_with(&["planned".into(), "running".into()]),
            "{step}: {states:?}"
        );
    }
    let parts: Vec<u32> = window
        .states("deploy-progress")
        .await
        .iter()
        .map(|part| part.parse().expect("a percentage"))
        .collect();
    assert!(parts.len() > 1, "the bar never moved: {parts:?}");
    assert!(parts.is_sorted(), "the bar went back: {parts:?}");
}

/// The link leads to the page that nginx serves, and a press opens it in the person's browser.
async fn open(window: &Window, opened: &camino::Utf8Path) {
    let url = window
        .attribute("@deploy-outcome @open-link", "data-url")
        .await;
    let host = url
        .strip_prefix("http://")
        .expect("a page")
        .trim_end_matches('/')
        .to_owned();
    let mut page = String::new();
    let mut connection = TcpStream::connect(&host).unwrap_or_else(|error| panic!("{url}: {error}"));
    write!(connection, "GET / HTTP/1.0\r\nHost: {host}\r\n\r\n").expect("a question");
    connection.read_to_string(&mut page).expect("an answer");
    assert!(page.contains("200 OK"), "{url}: {page}");

    window.click("@deploy-outcome @open-link").await;
    let begun = Instant::now();
    while !fs::read_to_string(opened).is_ok_and(|said| said.contains(&url)) {
        assert!(
            begun.elapsed() < Duration::from_secs(10),
            "{url} was not opened"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn overview(window: &Window) {
    window.click("@nav-overview").await;
    window.wait("@verdict[data-verdict=ready]").await;
    all_up(window).await;
}

async fn all_up(window: &Window) {
    for (service, state) in SERVICES {
        let card = format!("@service-card[data-service={service}][data-state={state}]");
        window.wait_for(&card, CHANGED).await;
    }
}

async fn restart_one(window: &Window) {
    window.click("[data-service=redis] @service-menu").await;
    window.click("@restart-service").await;
    window.until_state("operation", "restart-container").await;
    window.wait_gone("@operation", CHANGED).await;
    window
        .wait_for(
            "@service-card[data-service=redis][data-state=healthy]",
            CHANGED,
        )
        .await;
    let states = window.states("service-card redis").await;
    let after = states
        .iter()
        .skip_while(|state| *state != "healthy")
        .skip(1);
    assert!(
        after.count() > 1,
        "the card did not show the restart: {states:?}"
    );
    assert!(!window.has("@operation-outcome").await);
}

async fn read_log(window: &Window) {
    window.click("[data-service=redis] @service-menu").await;
    window.click("@logs-service").await;
    window.wait("@log-view .line").await;
    let shown = window.content("@log-view").await;
    assert!(shown.contains("Redis"), "{shown}");
    let others = window.script(
        "return [...document.querySelectorAll('log-view .who')].filter((who) => who.textContent !== 'redis').length",
    );
    assert_eq!(others.await, 0);
}

/// What every service wrote before the page was opened stands in order of time.
async fn read_all_logs(window: &Window) {
    window.click(".chip.all").await;
    let names = "return new Set([...document.querySelectorAll('log-view .who')].map((who) => who.textContent)).size";
    let begun = Instant::now();
    while window.script(names).await.as_u64() < Some(4) {
        assert!(begun.elapsed() < CHANGED, "not every service is heard");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let back = window.script(
        "const times = [...document.querySelectorAll('log-view .line time')].map((time) => time.textContent);
         return times.filter((time, at) => at > 0 && time < times[at - 1]).length",
    );
    assert_eq!(back.await, 0, "lines stand before older ones");
}

/// A menu that is open when the window becomes as small as it may be is still there as a whole.
async fn keep_the_menu_in_sight(window: &Window) {
    window.click("[data-service=redis] @service-menu").await;
    window.wait("pop-menu:not(.up)").await;
    window.resize(800, 560).await;
    // There the card is in the last row, with no room below it.
    window.wait("pop-menu.up").await;
    let hidden = "const covers = (item) => { const box = item.getBoundingClientRect();
             return item.contains(document.elementFromPoint(box.x + box.width / 2, box.y + 2)) && item.contains(document.elementFromPoint(box.x + box.width / 2, box.bottom - 2)); };
         return window.innerHeight > 600 ? -1 : [...document.querySelectorAll('pop-menu [role=menuitem]')].filter((item) => !covers(item)).length";
    let begun = Instant::now();
    while window.script(hidden).await != 0 {
        assert!(begun.elapsed() < CHANGED, "the menu is cut off");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    window.press(Key::Escape).await;
    window.wait_gone("pop-menu", CHANGED).await;
    window.resize(1100, 760).await;
}

/// Asks first; then every service goes down and comes back.
async fn restart_all(window: &Window) {
    let started = window.states("service-card redis").await.len();
    window.click("@restart-all").await;
    window.wait("@dialog").await;
    assert_eq!(window.focused().await, "dialog-keep");
    window.click("@dialog-confirm").await;
    window.until_state("operation", "restart").await;
    window.wait_gone("@operation", DEPLOYED).await;
    window
        .wait_for("@verdict[data-verdict=ready]", CHANGED)
        .await;
    all_up(window).await;
    let states = window.states("service-card redis").await;
    assert!(
        states.len() > started + 1,
        "the card did not show the restart: {states:?}"
    );
    assert!(!window.has("@operation-outcome").await);
}

/// The question's first answer changes nothing; the second stops everything.
async fn stop_all(window: &Window) {
    window.click("@nav-overview").await;
    window.click("@stop-all").await;
    window.wait("@dialog").await;
    assert_eq!(window.focused().await, "dialog-keep");
    window.click("@dialog-keep").await;
    window.wait_gone("@dialog", CHANGED).await;
    assert_eq!(window.attribute("@verdict", "data-verdict").await, "ready");
    window.click("@stop-all").await;
    window.click("@dialog-confirm").await;
    window
        .wait_for("@verdict[data-verdict=stopped]", CHANGED)
        .await;
    window.wait_gone("@operation", CHANGED).await;
    assert!(!window.has("@service-card[data-state=healthy]").await);
}

async fn start_all(window: &Window) {
    window.click("@start-all").await;
    window.until_state("operation", "start").await;
    window.wait_gone("@operation", DEPLOYED).await;
    window
        .wait_for("@verdict[data-verdict=ready]", CHANGED)
        .await;
    all_up(window).await;
    assert!(!window.has("@operation-outcome").await);
}
