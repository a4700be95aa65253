//! After a restart of the computer somebody is told once whether everything came back.

use crate::play::{deploy, shop};
use std::time::Duration;
use tests::sandbox::{Sandbox, eventually};

#[tokio::test]
async fn the_first_look_after_a_restart_tells_that_everything_came_back() {
    let sandbox = Sandbox::new(shop());
    deploy(&sandbox.open().await).await;
    let record = sandbox.environment().state.join("seen/shop.json");
    let write = |text: &str| {
        std::fs::create_dir_all(record.parent().expect("a folder")).expect("a folder");
        std::fs::write(&record, text).expect("written");
    };
    write(r#"{"boot":"an earlier one","in_use":true}"#);
    let manager = sandbox.open().await;
    let mut alerts = manager.alerts();
    let alert = tokio::time::timeout(Duration::from_secs(20), alerts.next());
    let alert = alert.await.expect("somebody is told");
    assert!(!alert.is_trouble, "{alert:?}");
    assert!(alert.title.to_string().contains("came back"), "{alert:?}");

    // What is seen now is what the next restart is compared with, and nobody is told twice.
    let told = tokio::spawn(async move { alerts.next().await });
    eventually("this run of the computer is kept", || {
        let kept = std::fs::read_to_string(&record).unwrap_or_default();
        kept.contains("\"in_use\":true") && !kept.contains("an earlier one")
    })
    .await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert!(!told.is_finished(), "told twice");
    told.abort();
}

#[tokio::test]
async fn what_was_stopped_before_the_restart_is_not_missed() {
    let sandbox = Sandbox::new(shop());
    deploy(&sandbox.open().await).await;
    let record = sandbox.environment().state.join("seen/shop.json");
    std::fs::create_dir_all(record.parent().expect("a folder")).expect("a folder");
    std::fs::write(&record, r#"{"boot":"an earlier one","in_use":false}"#).expect("written");
    let manager = sandbox.open().await;
    let mut alerts = manager.alerts();
    let alert = tokio::time::timeout(Duration::from_secs(3), alerts.next()).await;
    assert!(alert.is_err(), "{alert:?}");
}
