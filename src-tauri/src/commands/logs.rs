//! Log streams: each has its own channel.

use super::Result;
use crate::forward::{self, LogStreams};
use service_manager::ServiceManager;
use service_manager::api::app::{LogEvent, LogsRequest};
use tauri::State;
use tauri::ipc::Channel;

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
