//! The tray icon: the verdict as a shape, its sentence, and what can be done without the window.

use crate::{notify, window};
use notify_rust::Urgency;
use service_manager::ServiceManager;
use service_manager::api::app::{AppEvent, Ask};
use service_manager::api::status::{StatusSnapshot, Verdict};
use service_manager::text::Text;
use std::panic::catch_unwind;
use tauri::image::Image;
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{TrayIcon, TrayIconBuilder};
use tauri::{AppHandle, Manager, Theme, Wry};

/// A tray that is shown, and the parts of it that change.
struct Tray {
    icon: TrayIcon,
    sentence: MenuItem<Wry>,
    items: Vec<(&'static str, MenuItem<Wry>)>,
}

/// The catalogue keys of the menu's items, which are also their ids.
const OPEN: &str = "tray-open";
const RESTART: &str = "tray-restart";
const STOP: &str = "tray-stop";
const QUIT: &str = "tray-quit";

const ICON: &str = "quayside";

/// Puts the icon into the tray and keeps it true. Where there is no tray, there is none.
pub(crate) fn start(app: &AppHandle, manager: &ServiceManager) {
    if !has_place() {
        tracing::info!("this desktop has no tray");
        return;
    }
    // The library that draws it is looked for at run time, and its absence is a panic in there.
    let built = catch_unwind(std::panic::AssertUnwindSafe(|| build(app)));
    let tray = match built {
        Ok(Ok(tray)) => tray,
        Ok(Err(error)) => return tracing::warn!(%error, "no tray icon"),
        Err(_) => return tracing::warn!("no tray icon: the library for it is not installed"),
    };
    let (app, manager) = (app.clone(), manager.clone());
    tauri::async_runtime::spawn(async move {
        let mut events = manager.subscribe();
        loop {
            let status = match events.next().await {
                AppEvent::State { state } => {
                    tray.relabel();
                    state.status
                }
                AppEvent::Status { status } => Some(*status),
                AppEvent::Operation { .. } | AppEvent::Asked { .. } => continue,
            };
            tray.show(&app, status.as_ref());
        }
    });
}

/// Whether closing the window leaves Quayside running: there is a tray icon, something to watch, and the person wants it.
/// The first time it is said.
pub(crate) fn keeps_running(app: &AppHandle, manager: &ServiceManager) -> bool {
    let mut settings = manager.settings();
    // Without an icon a closed window could not be found again.
    let keeps = app.tray_by_id(ICON).is_some() && settings.close_to_tray && manager.is_watching();
    if keeps && !settings.tray_explained {
        notify::tell(
            &Text::new("tray-explained"),
            &Text::new("tray-explained-body"),
            Urgency::Normal,
        );
        settings.tray_explained = true;
        if let Err(error) = manager.save_settings(settings) {
            tracing::warn!(%error, "it will be explained again");
        }
    }
    keeps
}

fn build(app: &AppHandle) -> tauri::Result<Tray> {
    let item = |key: &'static str, enabled: bool| {
        MenuItem::with_id(app, key, Text::new(key).to_string(), enabled, None::<&str>)
    };
    let sentence = MenuItem::with_id(app, "tray-sentence", "Quayside", false, None::<&str>)?;
    let [open, restart, stop, quit] = [OPEN, RESTART, STOP, QUIT].map(|key| item(key, true));
    let (open, restart, stop, quit) = (open?, restart?, stop?, quit?);
    let (first, second) = (
        PredefinedMenuItem::separator(app)?,
        PredefinedMenuItem::separator(app)?,
    );
    let menu = Menu::with_items(
        app,
        &[&sentence, &first, &open, &restart, &stop, &second, &quit],
    )?;
    let icon = TrayIconBuilder::with_id(ICON)
        .icon(picture(app, None)?)
        .icon_as_template(cfg!(target_os = "macos"))
        .menu(&menu)
        .on_menu_event(|app, event| chosen(app, event.id().as_ref()))
        .build(app)?;
    Ok(Tray {
        icon,
        sentence,
        items: vec![(OPEN, open), (RESTART, restart), (STOP, stop), (QUIT, quit)],
    })
}

impl Tray {
    /// The words in the language of now.
    fn relabel(&self) {
        for (key, item) in &self.items {
            let _ = item.set_text(Text::new(*key).to_string());
        }
    }

    fn show(&self, app: &AppHandle, status: Option<&StatusSnapshot>) {
        let sentence = status.map_or_else(
            || Text::new("tray-no-package").to_string(),
            |status| status.sentence.to_string(),
        );
        let _ = self.sentence.set_text(&sentence);
        let _ = self.icon.set_tooltip(Some(&sentence));
        for (key, item) in &self.items {
            if matches!(*key, RESTART | STOP) {
                let _ = item.set_enabled(status.is_some_and(|status| is_up(status.verdict)));
            }
        }
        match picture(app, status.map(|status| status.verdict)) {
            Ok(picture) => {
                let _ = self.icon.set_icon(Some(picture));
                let _ = self.icon.set_icon_as_template(cfg!(target_os = "macos"));
            }
            Err(error) => tracing::warn!(%error, "the tray keeps its old picture"),
        }
    }
}

/// Stopping and restarting are asked about in the window, as everywhere.
fn chosen(app: &AppHandle, id: &str) {
    let manager = app.state::<ServiceManager>();
    match id {
        RESTART => manager.ask(Ask::RestartAll),
        STOP => manager.ask(Ask::StopAll),
        QUIT => return app.exit(0),
        _ => {}
    }
    window::show(app);
}

const fn is_up(verdict: Verdict) -> bool {
    matches!(
        verdict,
        Verdict::WillNotRecover | Verdict::Converging | Verdict::Degraded | Verdict::Ready
    )
}

macro_rules! pictures {
    ($($panel:literal: $($shape:literal),*;)*) => {
        &[$($((
            $shape,
            $panel,
            include_bytes!(concat!("../../icons/tray/", $shape, "-", $panel, ".png")),
        )),*),*]
    };
}

/// Drawn from `icons/tray/*.svg` at twice the usual size.
const PICTURES: &[(&str, &str, &[u8])] = pictures! {
    "light": "ready", "starting", "degraded", "broken", "stopped", "lost";
    "dark": "ready", "starting", "degraded", "broken", "stopped", "lost";
    "template": "ready", "starting", "degraded", "broken", "stopped", "lost";
};

fn picture(app: &AppHandle, verdict: Option<Verdict>) -> tauri::Result<Image<'static>> {
    let shape = match verdict {
        Some(Verdict::Ready) => "ready",
        Some(Verdict::Converging) => "starting",
        Some(Verdict::Degraded) => "degraded",
        Some(Verdict::WillNotRecover) => "broken",
        Some(Verdict::Stopped | Verdict::NotDeployed) | None => "stopped",
        Some(Verdict::EngineUnreachable) => "lost",
    };
    let is_dark = app
        .webview_windows()
        .values()
        .any(|window| window.theme().is_ok_and(|theme| theme == Theme::Dark));
    // The panel of Linux desktops is dark far more often than their windows are.
    let panel = match () {
        () if cfg!(target_os = "macos") => "template",
        () if is_dark || cfg!(target_os = "linux") => "dark",
        () => "light",
    };
    let found = PICTURES
        .iter()
        .find(|(name, on, _)| *name == shape && *on == panel);
    Image::from_bytes(found.map_or(&[], |(_, _, bytes)| *bytes))
}

/// On Linux a tray is a service of the desktop that may not be there (freedesktop.org, StatusNotifierWatcher).
#[cfg(target_os = "linux")]
fn has_place() -> bool {
    let asked = || -> zbus::Result<bool> {
        let bus = zbus::blocking::Connection::session()?;
        let names = zbus::blocking::fdo::DBusProxy::new(&bus)?;
        Ok(names.name_has_owner("org.kde.StatusNotifierWatcher".try_into()?)?)
    };
    asked().unwrap_or(false)
}

#[cfg(not(target_os = "linux"))]
const fn has_place() -> bool {
    true
}
