//! Being asked to stop: Ctrl-C, and what `timeout` and a shutting-down system send.

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Hears every request from the moment it is made, also between two waits.
pub(crate) struct Stop {
    #[cfg(unix)]
    signals: [Option<Signal>; 2],
}

impl Stop {
    /// Begins to listen; from here on a signal does not end the process by itself any more.
    pub(crate) fn listen() -> Self {
        Self {
            #[cfg(unix)]
            signals: [SignalKind::interrupt(), SignalKind::terminate()].map(|it| signal(it).ok()),
        }
    }

    /// Waits for the next request.
    #[cfg(unix)]
    pub(crate) async fn asked(&mut self) {
        async fn next(signal: &mut Option<Signal>) {
            match signal {
                Some(signal) => _ = signal.recv().await,
                None => std::future::pending().await,
            }
        }
        let [interrupt, terminate] = &mut self.signals;
        tokio::select! {
            () = next(interrupt) => {}
            () = next(terminate) => {}
        }
    }

    /// Waits for the next request.
    #[cfg(not(unix))]
    pub(crate) async fn asked(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}
