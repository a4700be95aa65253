//! The only emitter: streams of the library go to channels of the page.

use service_manager::api::app::{AppEvent, LogEvent};
use service_manager::{LogLines, ServiceManager};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tauri::async_runtime::spawn;
use tauri::ipc::Channel;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Between two batches of log lines, at the least: the page draws what it got.
const LOG_PACE: Duration = Duration::from_millis(50);
/// For each line: a page takes ten thousand in a second. What comes faster is left out and counted.
const LINE_PACE: Duration = Duration::from_micros(100);

/// Sends everything that happens to a page, until that page is gone. While its window is put away nothing but the first
/// state is sent: what waits is the newest status and the steps of operations, and it comes as soon as somebody looks again.
pub(crate) fn events(
    manager: &ServiceManager,
    mut shown: watch::Receiver<bool>,
    channel: Channel<AppEvent>,
) {
    let mut events = manager.subscribe();
    spawn(async move {
        while channel.send(events.next().await).is_ok()
            && shown.wait_for(|shown| *shown).await.is_ok()
        {}
    });
}

/// Running log streams by number.
#[derive(Debug, Default)]
pub(crate) struct LogStreams {
    last: AtomicU32,
    running: Mutex<HashMap<u32, CancellationToken>>,
}

impl LogStreams {
    /// Ends a stream; one that has ended by itself is no error.
    pub(crate) fn stop(&self, number: u32) {
        if let Some(cancel) = self.lock().remove(&number) {
            cancel.cancel();
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<u32, CancellationToken>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sends log lines until the stream ends, is stopped, or its page is gone.
pub(crate) fn logs(streams: &LogStreams, mut lines: LogLines, channel: Channel<LogEvent>) -> u32 {
    let number = streams.last.fetch_add(1, Ordering::Relaxed) + 1;
    let cancel = CancellationToken::new();
    streams.lock().insert(number, cancel.clone());
    spawn(cancel.run_until_cancelled_owned(async move {
        let mut pace = LOG_PACE;
        loop {
            let batch = lines.newest(pace).await;
            let ended = batch.ended;
            pace = LOG_PACE.max(LINE_PACE * u32::try_from(batch.lines.len()).unwrap_or(0));
            if channel.send(LogEvent::Lines { batch }).is_err() || ended {
                break;
            }
        }
    }));
    number
}
