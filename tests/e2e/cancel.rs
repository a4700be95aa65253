//! By keyboard alone: deploy, cancel in the middle, read what that leaves, and continue.

use crate::engine::docker;
use crate::world::{CHANGED, DEPLOYED, launch, package_of};
use fantoccini::key::Key;
use tests::driver::{Window, in_window};

pub(crate) const HANDLES: &[&str] = &["deploy", "cancel", "deploy-step", "deploy-outcome"];

/// Comes up only when somebody puts a file into its folder.
const PATIENT: &str = "
  patient:
    image: ${IMAGE}
    command: [\"forever\"]
    volumes: [\"./data:/data\"]
    healthcheck: { test: [\"CMD\", \"test\", \"-e\", \"/data/go\"], interval: 1s, start_period: 200s }
";

#[test]
fn the_keyboard_alone_deploys_cancels_and_continues() {
    let package = package_of("cancel", PATIENT);
    in_window(launch("cancel", &package), async |window| {
        window.wait("@deploy:enabled").await;
        tab_to(window, "deploy").await;
        window.press(Key::Enter).await;
        window
            .wait_for(
                "@deploy-step[data-step=ready][data-state=running]",
                DEPLOYED,
            )
            .await;

        // Escape is the safe answer, and so is the one that has the focus.
        tab_to(window, "cancel").await;
        window.press(Key::Enter).await;
        window.wait("@dialog").await;
        assert!(window.text("@dialog").await.contains("keep running"));
        window.press(Key::Escape).await;
        window.wait_gone("@dialog", CHANGED).await;
        assert!(!window.has("@deploy-outcome").await);
        assert_eq!(window.focused().await, "cancel", "the focus comes back");

        window.press(Key::Enter).await;
        window.wait("@dialog").await;
        assert_eq!(window.focused().await, "dialog-keep");
        window.press(Key::Tab).await;
        assert_eq!(window.focused().await, "dialog-confirm");
        window.press(Key::Enter).await;
        window
            .wait_for("@deploy-outcome[data-outcome=cancelled]", CHANGED)
            .await;
        assert_eq!(
            docker(&["ps", "--quiet"]).lines().count(),
            1,
            "what was started runs on"
        );

        package.file("data/go", "");
        tab_to(window, "deploy-again").await;
        window.press(Key::Enter).await;
        window
            .wait_for("@deploy-outcome[data-outcome=ready]", DEPLOYED)
            .await;
        let images = window.states("deploy-step images").await;
        assert_eq!(
            images.last().map(String::as_str),
            Some("skipped"),
            "{images:?}"
        );
        window.has_shown(HANDLES).await;
    });
}

/// Presses Tab until the focus is there, as somebody without a mouse does.
async fn tab_to(window: &Window, handle: &str) {
    window.wait(&format!("@{handle}:enabled")).await;
    let mut passed = Vec::new();
    for _ in 0..60 {
        window.press(Key::Tab).await;
        let focused = window.focused().await;
        if focused == handle {
            return;
        }
        passed.push(focused);
    }
    panic!("Tab never reaches {handle}; it passes {passed:?}");
}
