//! What is handed to whoever helps.

use super::Result;
use crate::dialog;
use service_manager::ServiceManager;
use service_manager::api::support::{
    BundleContent, BundleFileRequest, SupportBundle, SupportRequest, SupportSummary,
};
use tauri::{AppHandle, State};

/// Collects a support bundle; writes nothing.
#[tauri::command]
pub(crate) async fn prepare_support(
    manager: State<'_, ServiceManager>,
    request: SupportRequest,
) -> Result<SupportBundle> {
    Ok(Box::pin(manager.prepare_support(request)).await?)
}

/// One file of it, as it would be written.
#[tauri::command]
pub(crate) async fn support_content(
    manager: State<'_, ServiceManager>,
    request: BundleFileRequest,
) -> Result<BundleContent> {
    Ok(manager.support_content(&request)?)
}

/// A summary for the telephone.
#[tauri::command]
pub(crate) async fn support_summary(
    manager: State<'_, ServiceManager>,
    request: SupportRequest,
) -> Result<SupportSummary> {
    Ok(Box::pin(manager.support_summary(request)).await?)
}

/// Writes the bundle where the person chooses; none when they changed their mind.
#[tauri::command]
pub(crate) async fn save_support(
    app: AppHandle,
    manager: State<'_, ServiceManager>,
) -> Result<Option<SupportBundle>> {
    let path = dialog::save_as(&app, "quayside-support.zip").await;
    Ok(manager.save_support(path, true).await?)
}
