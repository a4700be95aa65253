//! The page's own affairs: its subscription, the package, settings, links.

use super::Result;
use crate::{dialog, forward, window};
use service_manager::api::app::{AppEvent, EngineRequest, OpenLinkRequest, OpenPackageRequest};
use service_manager::api::engines::EngineChoices;
use service_manager::api::handover::HandoverSaved;
use service_manager::api::package::PackageView;
use service_manager::api::settings::Settings;
use service_manager::{Error, ServiceManager};
use tauri::ipc::Channel;
use tauri::{AppHandle, State};
use tauri_plugin_opener::OpenerExt;

/// Begins the one stream of events; its first message is the whole state.
#[tauri::command]
pub(crate) async fn subscribe(
    app: AppHandle,
    manager: State<'_, ServiceManager>,
    channel: Channel<AppEvent>,
) -> Result<()> {
    forward::events(&manager, window::shown(&app), channel);
    Ok(())
}

/// Opens a package.
#[tauri::command]
pub(crate) async fn open_package(
    manager: State<'_, ServiceManager>,
    request: OpenPackageRequest,
) -> Result<PackageView> {
    Ok(manager.open_package(request).await?)
}

/// Lets the person choose a folder; none when they changed their mind.
#[tauri::command]
pub(crate) async fn choose_package(app: AppHandle) -> Result<Option<String>> {
    Ok(dialog::folder(&app).await)
}

/// Saves settings.
#[tauri::command]
pub(crate) async fn save_settings(
    manager: State<'_, ServiceManager>,
    request: Settings,
) -> Result<Settings> {
    Ok(manager.save_settings(request)?)
}

/// Chooses an engine.
#[tauri::command]
pub(crate) async fn choose_engine(
    manager: State<'_, ServiceManager>,
    request: EngineRequest,
) -> Result<EngineChoices> {
    Ok(manager.choose_engine(request).await?)
}

/// Saves the handover page where the person chooses; none when they changed their mind.
#[tauri::command]
pub(crate) async fn save_handover(
    app: AppHandle,
    manager: State<'_, ServiceManager>,
) -> Result<Option<HandoverSaved>> {
    let path = dialog::save_as(&app, "handover.html").await;
    Ok(manager.save_handover(path).await?)
}

/// Forgets that an operation was interrupted.
#[tauri::command]
pub(crate) async fn dismiss_interrupted(manager: State<'_, ServiceManager>) -> Result<()> {
    Ok(manager.dismiss_interrupted()?)
}

/// Opens a link of the snapshot in the person's browser.
#[tauri::command]
pub(crate) async fn open_link(
    app: AppHandle,
    manager: State<'_, ServiceManager>,
    request: OpenLinkRequest,
) -> Result<()> {
    let url = manager.link(&request)?;
    app.opener()
        .open_url(url, None::<&str>)
        .map_err(|error| Error::Unknown(error.to_string()).into())
}
