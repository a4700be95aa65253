//! Operations: each starts one and returns its id.

use super::Result;
use service_manager::ServiceManager;
use service_manager::api::app::{
    CancelRequest, CopyRequest, DeployRequest, FixRequest, RestartContainerRequest,
    SaveValuesRequest, ServicesRequest, Started,
};
use tauri::State;

/// Deploys the package.
#[tauri::command]
pub(crate) async fn deploy(
    manager: State<'_, ServiceManager>,
    request: DeployRequest,
) -> Result<Started> {
    Ok(manager.deploy(request).await?)
}

/// Starts services that were deployed before.
#[tauri::command]
pub(crate) async fn start(
    manager: State<'_, ServiceManager>,
    request: ServicesRequest,
) -> Result<Started> {
    Ok(manager.start(request).await?)
}

/// Stops services.
#[tauri::command]
pub(crate) async fn stop(
    manager: State<'_, ServiceManager>,
    request: ServicesRequest,
) -> Result<Started> {
    Ok(manager.stop(request).await?)
}

/// Stops and starts services.
#[tauri::command]
pub(crate) async fn restart(
    manager: State<'_, ServiceManager>,
    request: ServicesRequest,
) -> Result<Started> {
    Ok(manager.restart(request).await?)
}

/// Restarts one container.
#[tauri::command]
pub(crate) async fn restart_container(
    manager: State<'_, ServiceManager>,
    request: RestartContainerRequest,
) -> Result<Started> {
    Ok(manager.restart_container(request).await?)
}

/// Removes containers and networks; volumes and data stay.
#[tauri::command]
pub(crate) async fn remove(manager: State<'_, ServiceManager>) -> Result<Started> {
    Ok(manager.remove().await?)
}

/// Loads the package's images.
#[tauri::command]
pub(crate) async fn load_images(manager: State<'_, ServiceManager>) -> Result<Started> {
    Ok(manager.load_images().await?)
}

/// Gives loaded images the names Compose asks for.
#[tauri::command]
pub(crate) async fn setup_tags(manager: State<'_, ServiceManager>) -> Result<Started> {
    Ok(manager.setup_tags().await?)
}

/// Creates missing mount directories.
#[tauri::command]
pub(crate) async fn check_mount_dirs(manager: State<'_, ServiceManager>) -> Result<Started> {
    Ok(manager.check_mount_dirs().await?)
}

/// Copies a package to this computer, or unpacks one.
#[tauri::command]
pub(crate) async fn copy_package(
    manager: State<'_, ServiceManager>,
    request: CopyRequest,
) -> Result<Started> {
    Ok(manager.copy_package(request).await?)
}

/// Saves values in the package's `.env`.
#[tauri::command]
pub(crate) async fn save_values(
    manager: State<'_, ServiceManager>,
    request: SaveValuesRequest,
) -> Result<Started> {
    Ok(manager.save_values(request).await?)
}

/// Applies a fix that a check offers.
#[tauri::command]
pub(crate) async fn fix(
    manager: State<'_, ServiceManager>,
    request: FixRequest,
) -> Result<Started> {
    Ok(manager.fix(request).await?)
}

/// Takes the newest fix back.
#[tauri::command]
pub(crate) async fn undo(manager: State<'_, ServiceManager>) -> Result<Started> {
    Ok(manager.undo().await?)
}

/// Asks an operation to stop.
#[tauri::command]
pub(crate) async fn cancel(
    manager: State<'_, ServiceManager>,
    request: CancelRequest,
) -> Result<()> {
    manager.cancel(&request);
    Ok(())
}
