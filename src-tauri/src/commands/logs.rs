//! Log streams: each has its own channel.

use super::Result;
use crate::dialog;
use crate::forward::{self, LogStreams};
use service_manager::ServiceManager;
use service_manager::api::app::{LogEvent, LogsRequest, SaveLogsRequest};
use service_manager::api::log::SavedLogs;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};

/// Begins a stream of log lines and returns its number.
#[tauri::command]
pub(crate) async fn follow_logs(
    manager: State<'_, ServiceManager>,
    streams: State<'_, LogStreams>,
    request: LogsRequest,
    channel: Channel<LogEvent>,
) -> Result<u32> {
    let lines = manager.logs(request).await?;
    Ok(forward::logs(&streams, lines, channel))
}

/// Ends a stream.
#[tauri::command]
pub(crate) async fn stop_logs(streams: State<'_, LogStreams>, request: u32) -> Result<()> {
    streams.stop(request);
    Ok(())
}

/// Saves log lines where the person chooses; none when they changed their mind.
#[tauri::command]
pub(crate) async fn save_logs(
    app: AppHandle,
    manager: State<'_, ServiceManager>,
    request: SaveLogsRequest,
) -> Result<Option<SavedLogs>> {
    let path = dialog::save_as(&app, "quayside.log").await;
    Ok(manager.save_logs(path, request).await?)
}
