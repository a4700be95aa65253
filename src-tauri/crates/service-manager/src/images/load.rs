//! Sends an archive to the engine: one stream, constant memory, true bytes.

use super::archive::open_for_load;
use crate::engine::{Engine, EngineError, LoadMessage};
use camino::Utf8Path;
use futures_util::StreamExt;
use std::io::Read;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_util::bytes::Bytes;
use tokio_util::sync::CancellationToken;

/// Large enough that the engine's socket is never starved, small enough that memory stays at a few of them.
const CHUNK: usize = 1 << 20;
const CHUNKS_AHEAD: usize = 4;
const REPORT_EVERY: Duration = Duration::from_millis(200);

/// Where a load stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LoadProgress {
    /// Bytes of the file handed over so far.
    Sending(u64),
    /// All bytes are handed over; the engine unpacks. No figure exists that would be true for the whole.
    Unpacking,
}

/// Why a load failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoadError {
    /// The file could not be read, or is damaged.
    #[error(transparent)]
    Read(#[from] std::io::Error),
    /// The engine refused.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The person cancelled. What the engine has accepted stays for the next try.
    #[error("cancelled")]
    Cancelled,
}

/// Loads a file; returns the references (or ids) the engine says it loaded.
pub(crate) async fn load(
    engine: &Engine,
    path: &Utf8Path,
    cancel: &CancellationToken,
    mut on_progress: impl FnMut(LoadProgress) + Send,
) -> Result<Vec<String>, LoadError> {
    let (mut reader, _) = open_for_load(path)?;
    let (read, total) = (
        std::sync::Arc::clone(&reader.source_read),
        reader.source_total,
    );
    let (sender, mut receiver) = mpsc::channel::<Result<Bytes, std::io::Error>>(CHUNKS_AHEAD);
    // Decompression is work for a thread of its own; it ends when the receiver is dropped.
    let feeder = tokio::task::spawn_blocking(move || {
        let mut chunk = vec![0; CHUNK];
        loop {
            let item = match fill(&mut reader, &mut chunk) {
                Ok(0) => return None,
                Ok(count) => Ok(Bytes::copy_from_slice(&chunk[..count])),
                // Said here, because the engine would only see a stream that breaks off.
                Err(error) => Err(error),
            };
            let failed = item
                .as_ref()
                .err()
                .map(|error| std::io::Error::new(error.kind(), error.to_string()));
            if sender.blocking_send(item).is_err() || failed.is_some() {
                return failed;
            }
        }
    });
    let stream = futures_util::stream::poll_fn(move |context| receiver.poll_recv(context));
    let mut answers = std::pin::pin!(engine.load(stream));
    let mut loaded = Vec::new();
    let mut report = tokio::time::interval(REPORT_EVERY);
    let outcome = loop {
        tokio::select! {
            () = cancel.cancelled() => return Err(LoadError::Cancelled),
            _ = report.tick() => {
                let sent = read.load(Ordering::Relaxed);
                on_progress(if sent < total { LoadProgress::Sending(sent) } else { LoadProgress::Unpacking });
            }
            answer = answers.next() => match answer {
                Some(Ok(LoadMessage::Loaded(reference))) => loaded.push(reference),
                Some(Ok(LoadMessage::Unpacking { .. })) => on_progress(LoadProgress::Unpacking),
                Some(Err(error)) => break Err(error),
                None => break Ok(()),
            },
        }
    };
    match outcome {
        Ok(()) => Ok(loaded),
        Err(error) => match feeder.await {
            Ok(Some(broken)) => Err(LoadError::Read(broken)),
            _ => Err(LoadError::Engine(error)),
        },
    }
}

/// Fills the buffer as far as there are bytes, so that chunks are large whatever the decoder hands out.
fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
