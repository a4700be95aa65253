//! Beginning with the session: the setting writes the desktop's own entry, and what the entry starts shows no window but
//! watches.

use super::keyboard::{shown, wait_for};
use crate::desktop::Desktop;
use crate::world::{CHANGED, DEPLOYED, WEB, launch, package_of};
use camino::Utf8Path;
use fs_err as fs;
use std::time::{Duration, Instant};
use tests::driver::in_window;

#[test]
fn the_setting_writes_the_sessions_entry_and_its_program_begins_in_the_tray() {
    let package = package_of("autostart", WEB);
    let config = package.around().join("config of mine");
    let entry = config.join("autostart/Quayside.desktop");
    let mut first = launch("autostart", &package);
    first
        .variables
        .push(("XDG_CONFIG_HOME".to_owned(), config.to_string()));
    let mut words = Vec::new();
    in_window(first.clone(), async |window| {
        window.click("@deploy").await;
        window
            .wait_for("@deploy-outcome[data-outcome=ready]", DEPLOYED)
            .await;
        assert!(!entry.exists(), "only who asks for it gets it");
        window.click("@nav-settings").await;
        window.click("@switch-autostart").await;
        words = exec(&entry).await;
        window.click("@switch-autostart").await;
        gone(&entry).await;
        window.click("@switch-autostart").await;
        assert_eq!(exec(&entry).await, words);
    });
    let [program, arguments @ ..] = words.as_slice() else {
        panic!("the entry starts nothing");
    };
    assert!(Utf8Path::new(program).is_file(), "{program} is not there");
    assert_eq!(arguments, ["--hidden"]);

    let desktop = Desktop::start();
    let mut hidden = first;
    hidden.arguments = arguments.to_vec();
    in_window(hidden, async |window| {
        let menu = desktop.menu();
        // What was watched last is watched.
        menu.until_says("ready");
        assert!(shown("Quayside").is_empty(), "a window is shown");
        menu.press("Open");
        wait_for("Quayside").await;
        window
            .wait_for("@service-card[data-state=healthy]", CHANGED)
            .await;
    });
}

/// The words of the entry's command.
async fn exec(entry: &Utf8Path) -> Vec<String> {
    let begun = Instant::now();
    loop {
        let text = fs::read_to_string(entry).unwrap_or_default();
        if let Some(line) = text.lines().find_map(|line| line.strip_prefix("Exec=")) {
            assert!(
                text.starts_with("[Desktop Entry]\nType=Application\n"),
                "{text}"
            );
            return line.split(' ').map(str::to_owned).collect();
        }
        assert!(begun.elapsed() < CHANGED, "{entry} was never written");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn gone(entry: &Utf8Path) {
    let begun = Instant::now();
    while entry.exists() {
        assert!(begun.elapsed() < CHANGED, "{entry} stays");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
