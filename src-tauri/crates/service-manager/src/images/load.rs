//! Sends one stream to the engine: constant memory, true bytes, and the engine's errors, which come inside a success.

use super::archive::Archive;
use super::meter::Gauge;
use super::parcel::{NotReady, Parcel};
use crate::engine::{Engine, EngineError, LoadMessage};
use futures_util::StreamExt;
use std::io;
use std::sync::Arc;
use tokio::sync::{mpsc, watch};
use tokio_util::bytes::Bytes;

const CHUNKS_AHEAD: usize = 4;

/// Why a load failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoadError {
    /// An archive could not be read, or is damaged.
    #[error(transparent)]
    Read(#[from] io::Error),
    /// The engine refused.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

impl LoadError {
    /// Whether the engine lacks a layer that was left out because it seemed to be there.
    pub(crate) fn is_layer_missing(&self) -> bool {
        match self {
            Self::Read(error) => error
                .get_ref()
                .is_some_and(<dyn std::error::Error + Send + Sync>::is::<NotReady>),
            // Classic: "open /var/lib/docker/tmp/docker-import-1/blobs/...: no such file or directory"; containerd:
            // "content digest sha256:...: not found" (20.10, 26.1).
            Self::Engine(EngineError::Response { message, .. }) => {
                message.contains("no such file or directory") || message.contains("not found")
            }
            Self::Engine(_) => false,
        }
    }
}

/// Whether a unit is in the engine: none while it is not decided.
pub(crate) type Done = watch::Receiver<Option<bool>>;

/// Sends a parcel and waits until the engine has unpacked it. `gauge` counts what the engine takes over
/// and says.
/// Dropping the future ends the stream; a classic engine that has begun to unpack goes on by itself.
pub(crate) async fn send(
    engine: &Engine,
    parcel: Arc<Parcel>,
    archives: Arc<Vec<Archive>>,
    needs: Option<Done>,
    gauge: Arc<Gauge>,
) -> Result<(), LoadError> {
    let (sender, mut receiver) = mpsc::channel::<Result<Bytes, io::Error>>(CHUNKS_AHEAD);
    let runtime = tokio::runtime::Handle::current();
    // Reading, decompressing and hashing are work for a thread of their own; it ends when the receiver is dropped.
    let feeder = tokio::task::spawn_blocking(move || {
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        let out = |bytes| sender.blocking_send(Ok(bytes)).map_err(|_| gone());
        let ready = || needs.is_none_or(|needs| runtime.block_on(is_done(needs, &sender)));
        let result = parcel.write(&archives, out, ready);
        if let Err(error) = &result {
            // Said here, because the engine would only see a stream that breaks off.
            let copy = io::Error::new(error.kind(), error.to_string());
            let _ = sender.blocking_send(Err(copy));
        }
        result
    });
    let counted = Arc::clone(&gauge);
    let stream = futures_util::stream::poll_fn(move |context| {
        let polled = receiver.poll_recv(context);
        if let std::task::Poll::Ready(Some(Ok(bytes))) = &polled {
            counted.accept(bytes.len() as u64);
        }
        polled
    });
    let mut outcome = Ok(());
    {
        let mut answers = std::pin::pin!(engine.load(stream));
        while let Some(answer) = answers.next().await {
            match answer {
                Ok(LoadMessage::Unpacking { current, total }) => gauge.unpacking(current, total),
                Ok(LoadMessage::Loaded(_)) => {}
                Err(error) => outcome = outcome.and(Err(error)),
            }
        }
        // With the stream goes the receiver: a feeder that nobody listens to must not wait for ever.
    }
    match (feeder.await, outcome) {
        // What broke the stream, not what the engine thinks of a broken stream; unless the engine hung up first.
        (Ok(Err(error)), Ok(())) => Err(LoadError::Read(error)),
        (Ok(Err(error)), Err(_)) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(LoadError::Read(error))
        }
        (_, Err(error)) => Err(LoadError::Engine(error)),
        (Ok(Ok(())), Ok(())) => Ok(()),
        (Err(error), Ok(())) => Err(LoadError::Read(io::Error::other(error))),
    }
}

/// Waits for what the parcel builds on, or until nobody reads the stream any more.
async fn is_done(mut needs: Done, sender: &mpsc::Sender<Result<Bytes, io::Error>>) -> bool {
    tokio::select! {
        done = needs.wait_for(Option::is_some) => done.is_ok_and(|done| *done == Some(true)),
        () = sender.closed() => false,
    }
}
