//! What the system draws and no page sees: its own dialogs and windows, looked for and typed into as a person does.

use std::process::Command;
use std::time::{Duration, Instant};

#[allow(clippy::disallowed_methods)] // a test is no product
fn xdotool(words: &[&str]) -> Option<String> {
    let ran = Command::new("xdotool").args(words).output();
    let ran = ran.unwrap_or_else(|error| {
        panic!("xdotool: {error}; `cargo xtask setup --only tests` installs it")
    });
    let said = String::from_utf8_lossy(&ran.stdout).trim().to_owned();
    (ran.status.success() && !said.is_empty()).then_some(said)
}

/// The windows on the screen whose title is this, and only this.
pub(crate) fn shown(title: &str) -> Vec<String> {
    let name = format!("^{title}$");
    let found = xdotool(&["search", "--onlyvisible", "--name", &name]);
    found
        .map(|ids| ids.lines().map(str::to_owned).collect())
        .unwrap_or_default()
}

/// Waits until there is such a window, and returns it.
pub(crate) async fn wait_for(title: &str) -> String {
    let begun = Instant::now();
    loop {
        if let Some(window) = shown(title).pop() {
            return window;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "no window is called {title}"
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Types into a window, and presses Enter; nothing manages windows here, so the focus is given by hand.
pub(crate) async fn enter(window: &str, text: &str) {
    xdotool(&["windowfocus", "--sync", window]);
    tokio::time::sleep(Duration::from_millis(300)).await;
    xdotool(&["key", "--clearmodifiers", "ctrl+a"]);
    xdotool(&["type", "--clearmodifiers", "--delay", "8", text]);
    tokio::time::sleep(Duration::from_millis(300)).await;
    xdotool(&["key", "--clearmodifiers", "Return"]);
}

/// Presses Escape in a window.
pub(crate) fn escape(window: &str) {
    xdotool(&["windowfocus", "--sync", window]);
    xdotool(&["key", "--clearmodifiers", "Escape"]);
}
