//! Looks at single containers: at several at once, at each of them one after the other.

use crate::engine::{ContainerFacts, Engine, EngineError};
use futures_util::StreamExt;
use futures_util::future::{BoxFuture, FutureExt};
use futures_util::stream::{self, BoxStream, SelectAll};
use std::collections::BTreeMap;
use std::time::Duration;

/// What was seen of a container; no facts when it is gone.
pub(super) type Facts = Result<Option<ContainerFacts>, EngineError>;

/// After so long without an answer about a container, the engine's list is asked, which says less and says it always ...
const SILENT_AFTER: Duration = Duration::from_secs(2);
/// ... and then again and again. The question itself is not asked anew: the engine would keep the former one too.
const LIST_PACE: Duration = Duration::from_secs(5);

/// The looks under way. An engine may let one container wait: Docker 20.10 holds its lock for half a minute when a pause
/// meets a health probe. That is no reason for news of the others to wait.
pub(super) struct Looks<'e> {
    engine: &'e Engine,
    running: SelectAll<BoxStream<'e, Seen>>,
    /// The containers that are looked at, and whether something happened to one since its look began.
    again: BTreeMap<String, bool>,
}

struct Seen {
    id: String,
    facts: Facts,
    /// Nothing more comes of this look.
    is_last: bool,
}

impl<'e> Looks<'e> {
    pub(super) fn new(engine: &'e Engine) -> Self {
        Self {
            engine,
            running: SelectAll::new(),
            again: BTreeMap::new(),
        }
    }

    /// Begins a look, or another one once the one under way has ended: that one may have been answered before.
    pub(super) fn begin(&mut self, id: &str) {
        if let Some(again) = self.again.get_mut(id) {
            *again = true;
        } else {
            self.keep(id);
        }
    }

    /// Begins a look unless one is under way.
    pub(super) fn keep(&mut self, id: &str) {
        if !self.again.contains_key(id) {
            self.again.insert(id.to_owned(), false);
            self.running.push(look(self.engine, id.to_owned()));
        }
    }

    /// Waits for something that is seen, for ever if no look is under way. May be dropped and called again.
    pub(super) async fn next(&mut self) -> (String, Facts) {
        let Some(seen) = self.running.next().await else {
            return std::future::pending().await;
        };
        if seen.is_last && self.again.remove(&seen.id) == Some(true) {
            self.keep(&seen.id);
        }
        (seen.id, seen.facts)
    }
}

/// Where a look stands.
enum Stage<'e> {
    /// Asked, and the list is asked after this time.
    Asked(BoxFuture<'e, Facts>, Duration),
    Ended,
}

fn look(engine: &Engine, id: String) -> BoxStream<'_, Seen> {
    let asked = {
        let (patient, id) = (engine.patiently(), id.clone());
        async move { patient.container(&id).await }.boxed()
    };
    stream::unfold(Stage::Asked(asked, SILENT_AFTER), move |stage| {
        let id = id.clone();
        async move {
            let Stage::Asked(mut asked, limit) = stage else {
                return None;
            };
            let (facts, next) = match tokio::time::timeout(limit, &mut asked).await {
                Ok(facts) => (facts, Stage::Ended),
                Err(_) => (engine.listed(&id).await, Stage::Asked(asked, LIST_PACE)),
            };
            let is_last = matches!(next, Stage::Ended);
            Some((Seen { id, facts, is_last }, next))
        }
    })
    .boxed()
}
