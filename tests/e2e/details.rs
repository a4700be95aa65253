//! Package details: what the requirements' subcommands do, done from the window.

use crate::engine::docker;
use crate::world::{CHANGED, WEB, launch, package_of};
use std::time::{Duration, Instant};
use tests::driver::{Window, in_window};

pub(crate) const HANDLES: &[&str] = &[
    "package-title",
    "package-details",
    "images-table",
    "load-images",
    "setup-tags",
    "check-mount-dirs",
    "arch-info",
];

#[test]
fn images_tags_folders_and_the_computer_are_looked_after_in_the_details() {
    let folder = "
    volumes: [\"./data/web:/data\"]
";
    let package = package_of("details", &format!("{}{folder}", WEB.trim_end()));
    in_window(launch("details", &package), async |window| {
        window.wait("@deploy:enabled").await;
        window.click("@package-title").await;
        window.wait("@arch-info").await;
        assert!(window.text("@arch-info").await.contains("linux/"));
        assert_eq!(window.count("@images-table tbody tr").await, 1);

        run(window, "load-images", || {
            !docker(&["images", "--quiet"]).is_empty()
        })
        .await;
        window.wait("@engine-images tr[data-in-package=true]").await;

        let named = || docker(&["images", "--format", "{{.Repository}}:{{.Tag}}"]);
        run(window, "setup-tags", || named().contains(&package.image())).await;

        assert!(!package.path.join("data").exists());
        run(window, "check-mount-dirs", || {
            package.path.join("data/web").is_dir()
        })
        .await;
        window
            .wait("@directories-table tr[data-state=exists]")
            .await;
        assert_eq!(
            docker(&["ps", "--all", "--quiet"]),
            "",
            "nothing was started"
        );
        window.has_shown(HANDLES).await;
    });
}

/// Presses the button and waits until what it is for is so. The page may be drawn only when it is over.
async fn run(window: &Window, handle: &str, is_so: impl Fn() -> bool) {
    window.click(&format!("@{handle}")).await;
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < CHANGED, "{handle} changed nothing");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    window.wait_gone("@operation", CHANGED).await;
    window.wait(&format!("@{handle}:enabled")).await;
    assert!(
        !window.has("@operation-outcome, @notice").await,
        "{handle} did not end well"
    );
}
