//! The one window.

use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder};
use tokio::sync::watch;

const LABEL: &str = "main";

/// Whether the window is shown or put away; every showing and hiding goes through this file.
struct Shown(watch::Sender<bool>);

/// Opens the window; hidden, it waits to be asked for.
pub(crate) fn open(app: &tauri::App, hidden: bool) -> tauri::Result<()> {
    app.manage(Shown(watch::Sender::new(!hidden)));
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title("Quayside")
        .inner_size(1100.0, 760.0)
        .min_inner_size(550.0, 380.0)
        .visible(!hidden)
        // The page leads nowhere: links are opened by the person's browser, through a command that knows them.
        .on_navigation(|url| {
            matches!(url.scheme(), "tauri") || url.host_str() == Some("tauri.localhost")
        })
        .build()?;
    Ok(())
}

/// Returns whether the window is shown, and lets wait for it.
pub(crate) fn shown(app: &AppHandle) -> watch::Receiver<bool> {
    app.state::<Shown>().0.subscribe()
}

/// Brings the window to the front.
pub(crate) fn show(app: &AppHandle) {
    app.state::<Shown>().0.send_replace(true);
    if let Some(window) = app.get_webview_window(LABEL) {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// Puts the window away; [`show`] brings it back as it was.
pub(crate) fn hide(app: &AppHandle) {
    app.state::<Shown>().0.send_replace(false);
    if let Some(window) = app.get_webview_window(LABEL) {
        let _ = window.hide();
    }
}
