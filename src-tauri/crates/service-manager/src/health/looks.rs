//! Looks at single containers: at several at once, at each of them one after the other.

use crate::engine::{ContainerFacts, Engine, EngineError};
use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use std::collections::BTreeMap;

/// What a look at a container gave; no facts when it is gone.
type Seen = (String, Result<Option<ContainerFacts>, EngineError>);

/// The looks under way. An engine may let one container wait: Docker 20.10 holds its lock for half a minute when a pause
/// meets a health probe. That is no reason for news of the others to wait.
pub(super) struct Looks<'e> {
    engine: &'e Engine,
    running: FuturesUnordered<BoxFuture<'e, Seen>>,
    /// The containers that are looked at, and whether something happened to one since its look began.
    again: BTreeMap<String, bool>,
}

impl<'e> Looks<'e> {
    pub(super) fn new(engine: &'e Engine) -> Self {
        Self {
            engine,
            running: FuturesUnordered::new(),
            again: BTreeMap::new(),
        }
    }

    /// Begins a look, or another one once the one under way has ended: that one may have been answered before.
    pub(super) fn begin(&mut self, id: String) {
        if let Some(again) = self.again.get_mut(&id) {
            *again = true;
            return;
        }
        self.again.insert(id.clone(), false);
        let engine = self.engine;
        self.running.push(Box::pin(async move {
            let seen = engine.container(&id).await;
            (id, seen)
        }));
    }

    /// Waits for the next look to end, for ever if there is none. May be dropped and called again.
    pub(super) async fn next(&mut self) -> Seen {
        let Some((id, seen)) = self.running.next().await else {
            return std::future::pending().await;
        };
        if self.again.remove(&id) == Some(true) {
            self.begin(id.clone());
        }
        (id, seen)
    }
}
