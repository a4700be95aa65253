//! The system's own dialog for saving: what a person names there is written whole, and changing one's mind writes nothing.

use super::keyboard::{enter, escape, wait_for};
use crate::world::{CHANGED, DEPLOYED, WEB, launch, package_of};
use camino::Utf8Path;
use fs_err as fs;
use std::time::{Duration, Instant};
use tests::driver::in_window;

/// GTK's own word, in the language of the suite.
const DIALOG: &str = "Save File";

#[test]
fn what_is_saved_is_where_the_dialog_was_told() {
    let package = package_of("save", WEB);
    let around = package.around().to_owned();
    in_window(launch("save", &package), async |window| {
        window.click("@deploy").await;
        window
            .wait_for("@deploy-outcome[data-outcome=ready]", DEPLOYED)
            .await;
        let page = around.join("binder.html");
        window.click("@handover").await;
        enter(&wait_for(DIALOG).await, page.as_str()).await;
        let text = written(&page).await;
        assert!(
            text.starts_with("<!doctype html>") && text.contains("</html>"),
            "{text}"
        );

        window.click("@nav-logs").await;
        window.wait("@log-view .line").await;
        window.click("@log-save").await;
        escape(&wait_for(DIALOG).await);
        window.wait("@log-save:enabled").await;
        assert!(!window.has("@log-said").await, "nothing was saved");
        let log = around.join("kept.log");
        window.click("@log-save").await;
        enter(&wait_for(DIALOG).await, log.as_str()).await;
        window.wait_for("@log-said", CHANGED).await;
        assert!(window.text("@log-said").await.contains("kept.log"));
        assert!(written(&log).await.contains("web is here"));

        window.click("@nav-problems").await;
        window.click("@support-bundle").await;
        window
            .wait_for("@support-dialog[data-state=ready]", Duration::from_mins(1))
            .await;
        let bundle = around.join("for-the-vendor.zip");
        window.click("@support-save").await;
        enter(&wait_for(DIALOG).await, bundle.as_str()).await;
        let begun = Instant::now();
        while !fs::read(&bundle).is_ok_and(|bytes| bytes.starts_with(b"PK")) {
            assert!(begun.elapsed() < CHANGED, "{bundle} was never written");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        let left = fs::read_dir(&around).expect("a folder");
        let parts = left.filter(|it| {
            it.as_ref()
                .is_ok_and(|it| it.path().extension().is_some_and(|it| it == "part"))
        });
        assert_eq!(parts.count(), 0, "nothing half written is left");
    });
}

async fn written(path: &Utf8Path) -> String {
    let begun = Instant::now();
    loop {
        if let Ok(text) = fs::read_to_string(path) {
            return text;
        }
        assert!(begun.elapsed() < CHANGED, "{path} was never written");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
