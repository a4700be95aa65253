//! What can go wrong with the engine, told apart by status code and io kind, never by English words where a code exists.

use bollard::errors::Error as Bollard;
use std::io::ErrorKind;

/// A failed call to the engine.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// Nothing listens at the endpoint: not installed, not started, crashed.
    #[error("no engine answers at {endpoint}")]
    NotRunning {
        /// In `DOCKER_HOST` form.
        endpoint: String,
    },
    /// The socket is there but this user may not use it.
    #[error("no permission to use the engine at {endpoint}")]
    Permission {
        /// In `DOCKER_HOST` form.
        endpoint: String,
    },
    /// The engine accepted the connection and then said nothing.
    #[error("the engine at {endpoint} does not answer")]
    Hung {
        /// In `DOCKER_HOST` form.
        endpoint: String,
    },
    /// The address is of a kind Quayside cannot speak to (`ssh://`, TLS).
    #[error("the address {endpoint} is not supported")]
    Unsupported {
        /// In `DOCKER_HOST` form.
        endpoint: String,
    },
    /// The engine answered with an error.
    #[error("{message}")]
    Response {
        /// The HTTP status; 0 when the error came inside a stream of a successful answer.
        status: u16,
        /// The engine's own words.
        message: String,
    },
    /// Anything else: a broken stream, an answer that is not JSON.
    #[error("the engine's answer could not be used: {0}")]
    Protocol(String),
}

impl EngineError {
    /// Returns whether the engine itself is out of reach, as opposed to one call having failed.
    pub(crate) const fn is_unreachable(&self) -> bool {
        matches!(
            self,
            Self::NotRunning { .. }
                | Self::Permission { .. }
                | Self::Hung { .. }
                | Self::Unsupported { .. }
        )
    }

    /// Returns whether the thing asked for does not exist.
    pub(crate) const fn is_not_found(&self) -> bool {
        matches!(self, Self::Response { status: 404, .. })
    }

    /// Sorts an error of the client library; `endpoint` is named in what people are told.
    pub(super) fn from_bollard(error: Bollard, endpoint: &str) -> Self {
        let endpoint = endpoint.to_owned();
        match error {
            Bollard::DockerResponseServerError {
                status_code,
                message,
            } => Self::Response {
                status: status_code,
                message: plain_message(&message),
            },
            Bollard::DockerStreamError { error } => Self::Response {
                status: 0,
                message: error,
            },
            Bollard::RequestTimeoutError => Self::Hung { endpoint },
            Bollard::UnsupportedURISchemeError { .. } => Self::Unsupported { endpoint },
            // The connector of a Unix socket says so by its own variant when the file is not there.
            Bollard::SocketNotFoundError(_) => Self::NotRunning { endpoint },
            other => match io_kind(&other) {
                Some(ErrorKind::PermissionDenied) => Self::Permission { endpoint },
                Some(
                    ErrorKind::NotFound
                    | ErrorKind::ConnectionRefused
                    | ErrorKind::ConnectionReset
                    | ErrorKind::BrokenPipe
                    | ErrorKind::UnexpectedEof
                    | ErrorKind::AddrNotAvailable
                    | ErrorKind::HostUnreachable
                    | ErrorKind::NetworkUnreachable,
                ) => Self::NotRunning { endpoint },
                Some(ErrorKind::TimedOut) => Self::Hung { endpoint },
                _ if is_connect_or_closed(&other) => Self::NotRunning { endpoint },
                _ => Self::Protocol(chain(&other)),
            },
        }
    }
}

/// Some engines wrap the message once more: `{"message":"No such container: x"}`.
fn plain_message(message: &str) -> String {
    serde_json::from_str::<serde_json::Value>(message)
        .ok()
        .and_then(|value| value.get("message")?.as_str().map(str::to_owned))
        .unwrap_or_else(|| message.trim().to_owned())
}

/// Returns the kind of the innermost io error of a chain.
fn io_kind(error: &(dyn std::error::Error + 'static)) -> Option<ErrorKind> {
    let mut current = Some(error);
    let mut kind = None;
    while let Some(error) = current {
        if let Some(io) = error.downcast_ref::<std::io::Error>() {
            kind = Some(io.kind());
        }
        current = error.source();
    }
    kind
}

/// hyper names a closed connection only in words.
fn is_connect_or_closed(error: &(dyn std::error::Error + 'static)) -> bool {
    let text = chain(error);
    [
        "connection closed",
        "connection error",
        "client error (Connect)",
    ]
    .iter()
    .any(|words| text.contains(words))
}

/// Returns an error with its causes, outermost first.
pub(crate) fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut current = error.source();
    while let Some(cause) = current {
        let words = cause.to_string();
        if !text.contains(&words) {
            text.push_str(": ");
            text.push_str(&words);
        }
        current = cause.source();
    }
    text
}
