//! One look with a time limit. A network drive or an engine that hangs costs one unknown, never the whole check.

use crate::text::{Text, format};
use std::time::Duration;

/// How long one look may take. Whatever answers at all answers within it; the check as a whole is to be done in 2 s.
pub(crate) const LIMIT: Duration = Duration::from_millis(1500);

/// What was seen, or why nothing was.
pub(crate) type Look<T> = Result<T, Blind>;

/// Why a look saw nothing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Blind {
    /// No answer within the limit.
    TimedOut(Duration),
    /// An answer that was an error, in its own words.
    Failed(String),
}

impl Blind {
    /// Returns why, in words.
    pub(crate) fn text(&self) -> Text {
        match self {
            Self::TimedOut(after) => {
                Text::new("blind-timed-out").with("after", format::duration(after.as_secs_f64()))
            }
            Self::Failed(reason) => Text::new("blind-failed").with("reason", reason),
        }
    }
}

/// Awaits an answer within the limit.
pub(crate) async fn within<T, E: std::error::Error + 'static>(
    answer: impl Future<Output = Result<T, E>>,
) -> Look<T> {
    no_longer_than(LIMIT, answer).await
}

/// Awaits an answer within a limit of its own.
pub(crate) async fn no_longer_than<T, E: std::error::Error + 'static>(
    limit: Duration,
    answer: impl Future<Output = Result<T, E>>,
) -> Look<T> {
    match tokio::time::timeout(limit, answer).await {
        Ok(answer) => answer.map_err(|error| Blind::Failed(crate::engine::chain(&error))),
        Err(_) => Err(Blind::TimedOut(limit)),
    }
}

/// Looks at a disk within the limit, on a thread of its own: one that hangs is left behind and stops nobody from leaving.
pub(crate) async fn on_disk<T: Send + 'static>(
    look: impl FnOnce() -> T + Send + 'static,
) -> Look<T> {
    on_disk_within(LIMIT, look).await
}

/// The same within a limit of its own.
pub(crate) async fn on_disk_within<T: Send + 'static>(
    limit: Duration,
    look: impl FnOnce() -> T + Send + 'static,
) -> Look<T> {
    let (answer, seen) = tokio::sync::oneshot::channel();
    let thread = std::thread::Builder::new()
        .name("look".into())
        .spawn(move || {
            let _ = answer.send(look());
        });
    if let Err(error) = thread {
        return Err(Blind::Failed(error.to_string()));
    }
    match tokio::time::timeout(limit, seen).await {
        Ok(Ok(seen)) => Ok(seen),
        Ok(Err(_)) => Err(Blind::Failed("the look ended without an answer".into())),
        Err(_) => Err(Blind::TimedOut(limit)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_hangs_becomes_an_unknown_with_its_reason() {
        let never = within(std::future::pending::<Result<(), std::fmt::Error>>()).await;
        assert_eq!(never, Err(Blind::TimedOut(LIMIT)));
        let failed = within(async { Err::<(), _>(std::fmt::Error) }).await;
        assert!(matches!(failed, Err(Blind::Failed(_))), "{failed:?}");
    }

    #[tokio::test]
    async fn a_disk_that_hangs_is_left_behind() {
        let (_keep, hang) = std::sync::mpsc::channel::<()>();
        let stuck = on_disk(move || hang.recv().is_ok()).await;
        assert_eq!(stuck, Err(Blind::TimedOut(LIMIT)));
        assert_eq!(on_disk(|| 7).await, Ok(7));
    }
}
