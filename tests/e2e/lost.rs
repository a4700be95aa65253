//! The engine goes away and comes back: what was known stays, marked as old, and the window recovers by itself.

use crate::engine;
use crate::world::{CHANGED, DEPLOYED, WEB, launch, package_of};
use std::time::Duration;
use tests::driver::in_window;

pub(crate) const HANDLES: &[&str] = &["engine-banner", "service-card", "verdict"];

#[test]
fn a_killed_engine_is_said_within_seconds_and_recovered_from() {
    let package = package_of("lost", WEB);
    in_window(launch("lost", &package), async |window| {
        window.click("@deploy").await;
        window
            .wait_for("@deploy-outcome[data-outcome=ready]", DEPLOYED)
            .await;
        window.click("@nav-overview").await;
        window
            .wait("@service-card[data-state=healthy]:not([data-display])")
            .await;

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
        assert!(
            window
                .text("@service-card")
                .await
                .contains("Was healthy at")
        );
        assert!(
            !window
                .wait("@stop-all")
                .await
                .is_enabled()
                .await
                .expect("a button")
        );

        engine::revive();
        window.wait_gone("@engine-banner", CHANGED).await;
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
    });
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
