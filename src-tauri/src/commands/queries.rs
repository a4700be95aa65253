//! Questions: nothing is changed by any of them.

use super::Result;
use service_manager::ServiceManager;
use service_manager::api::app::{DiagnoseRequest, ExplainTextRequest, ServiceRequest};
use service_manager::api::check::{CheckReport, UndoList};
use service_manager::api::details::ServiceDetails;
use service_manager::api::diagnosis::DiagnosisReport;
use service_manager::api::engines::EngineChoices;
use service_manager::api::images::{ArchInfo, ImageList, MountDirectories};
use service_manager::api::package::PackageIcon;
use service_manager::api::plan::PlanView;
use service_manager::api::resources::ResourceFigures;
use service_manager::api::status::StatusSnapshot;
use tauri::State;

/// Everything that could stop a deployment.
#[tauri::command]
pub(crate) async fn check(manager: State<'_, ServiceManager>) -> Result<CheckReport> {
    Ok(manager.check().await?)
}

/// What deploy would do.
#[tauri::command]
pub(crate) async fn plan(manager: State<'_, ServiceManager>) -> Result<PlanView> {
    Ok(manager.plan().await?)
}

/// How the services are, after a fresh look.
#[tauri::command]
pub(crate) async fn status(manager: State<'_, ServiceManager>) -> Result<StatusSnapshot> {
    Ok(manager.status().await?)
}

/// What is used at the moment.
#[tauri::command]
pub(crate) async fn resource_figures(
    manager: State<'_, ServiceManager>,
) -> Result<ResourceFigures> {
    Ok(manager.resource_figures().await?)
}

/// The engine in use, and the others there are.
#[tauri::command]
pub(crate) async fn engines(manager: State<'_, ServiceManager>) -> Result<EngineChoices> {
    Ok(manager.engines().await)
}

/// Whether the open package is being changed right now, by this process or another one.
#[tauri::command]
pub(crate) async fn is_busy(manager: State<'_, ServiceManager>) -> Result<bool> {
    Ok(manager.is_busy())
}

/// One service in detail.
#[tauri::command]
pub(crate) async fn service_details(
    manager: State<'_, ServiceManager>,
    request: ServiceRequest,
) -> Result<ServiceDetails> {
    Ok(manager.service_details(request).await?)
}

/// Every image of the engine.
#[tauri::command]
pub(crate) async fn list_images(manager: State<'_, ServiceManager>) -> Result<ImageList> {
    Ok(manager.list_images().await?)
}

/// The architectures in play.
#[tauri::command]
pub(crate) async fn arch_info(manager: State<'_, ServiceManager>) -> Result<ArchInfo> {
    Ok(manager.arch_info().await)
}

/// How every mount directory stands.
#[tauri::command]
pub(crate) async fn mount_directories(
    manager: State<'_, ServiceManager>,
) -> Result<MountDirectories> {
    Ok(manager.mount_directories()?)
}

/// The vendor's picture.
#[tauri::command]
pub(crate) async fn package_icon(manager: State<'_, ServiceManager>) -> Result<PackageIcon> {
    Ok(manager.package_icon().await?)
}

/// What can be taken back.
#[tauri::command]
pub(crate) async fn undo_list(manager: State<'_, ServiceManager>) -> Result<UndoList> {
    Ok(manager.undo_list()?)
}

/// What is wrong, and what helps.
#[tauri::command]
pub(crate) async fn diagnose(
    manager: State<'_, ServiceManager>,
    request: DiagnoseRequest,
) -> Result<DiagnosisReport> {
    Ok(manager.diagnose(request).await?)
}

/// What a text that somebody has means.
#[tauri::command]
pub(crate) async fn explain_text(
    manager: State<'_, ServiceManager>,
    request: ExplainTextRequest,
) -> Result<DiagnosisReport> {
    Ok(manager.explain_text(&request)?)
}
