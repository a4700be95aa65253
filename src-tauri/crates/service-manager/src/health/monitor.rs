//! Watching: one loop over a closed set of news, feeding the pure `reduce`, owning the newest snapshot.

use super::looks::Looks;
use super::observe::{look, unreachable};
use super::reduce::{Input, World, reduce};
use super::snapshot::snapshot;
use super::startup::{Expected, learned};
use crate::api::operation::OperationKind;
use crate::api::status::{ServiceState, StatusSnapshot, Verdict};
use crate::engine::{Endpoint, Engine, EngineError, EngineEvent};
use crate::operation::StartupRecords;
use futures_util::{Stream, StreamExt};
use jiff::Timestamp;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// While something is on its way, its age matters every second; otherwise sentences change by the minute.
const TICK_BUSY: Duration = Duration::from_secs(1);
const TICK_QUIET: Duration = Duration::from_secs(30);
/// A look at a healthy engine takes milliseconds; one that hangs is noticed after this.
const LOOK_LIMIT: Duration = Duration::from_secs(10);
/// Pauses between two tries to reach the engine.
const BACKOFF: [Duration; 3] = [
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
];
/// How often it is looked whether the engine's socket is a new one; that costs one call of the kernel.
const SOCKET_PACE: Duration = Duration::from_millis(200);

/// What the loop hears from outside.
#[derive(Debug)]
enum News {
    Input(Input),
    /// Look at everything again, unless a look has begun after this moment, and say when it is done.
    Refresh(Instant, oneshot::Sender<()>),
}

/// A running monitor; ends when dropped.
#[derive(Debug)]
pub(crate) struct Monitor {
    snapshots: watch::Receiver<Arc<StatusSnapshot>>,
    news: mpsc::Sender<News>,
    cancel: CancellationToken,
}

impl Drop for Monitor {
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}

impl Monitor {
    /// Begins to watch.
    pub(crate) fn start(
        world: World,
        endpoint: Endpoint,
        startups: StartupRecords,
        cancel: CancellationToken,
    ) -> Self {
        let (snapshot_sender, snapshots) =
            watch::channel(Arc::new(snapshot(&world, Timestamp::now())));
        let (news, inbox) = mpsc::channel(64);
        let task = Watch {
            world,
            endpoint,
            inbox,
            snapshots: snapshot_sender,
            asked: Vec::new(),
            startups,
            looked: None,
        };
        let token = cancel.clone();
        tokio::spawn(async move {
            token.run_until_cancelled(task.run()).await;
        });
        Self {
            snapshots,
            news,
            cancel,
        }
    }

    /// Returns a receiver of snapshots; equal ones are not sent.
    pub(crate) fn snapshots(&self) -> watch::Receiver<Arc<StatusSnapshot>> {
        self.snapshots.clone()
    }

    /// Says that an operation began or ended.
    pub(crate) async fn operation(&self, kind: Option<OperationKind>) {
        self.tell(Input::Operation(kind)).await;
    }

    /// Says that a container was stopped on purpose.
    pub(crate) async fn stopped(&self, id: String, at: Timestamp) {
        self.tell(Input::Stopped { id, at }).await;
    }

    /// Looks at everything again and returns when the snapshot shows it.
    pub(crate) async fn refresh(&self) {
        self.look_since(Instant::now()).await;
    }

    /// Returns when the snapshot shows a look that is not older than this; what happened since then came as events.
    pub(crate) async fn fresh(&self, age: Duration) {
        let now = Instant::now();
        self.look_since(now.checked_sub(age).unwrap_or(now)).await;
    }

    async fn look_since(&self, moment: Instant) {
        let (done, answer) = oneshot::channel();
        if self.news.send(News::Refresh(moment, done)).await.is_ok() {
            let _ = answer.await;
        }
    }

    /// Returns the newest snapshot.
    pub(crate) fn current(&self) -> Arc<StatusSnapshot> {
        self.snapshots.borrow().clone()
    }

    async fn tell(&self, input: Input) {
        // Fails only when the loop has ended, and then nobody is interested.
        let _ = self.news.send(News::Input(input)).await;
    }
}

/// The loop's own things.
struct Watch {
    world: World,
    endpoint: Endpoint,
    inbox: mpsc::Receiver<News>,
    snapshots: watch::Sender<Arc<StatusSnapshot>>,
    /// Who asked for a look while the engine was out of reach.
    asked: Vec<oneshot::Sender<()>>,
    startups: StartupRecords,
    /// When the last look began that the engine answered.
    looked: Option<Instant>,
}

type Events = Pin<Box<dyn Stream<Item = Result<EngineEvent, EngineError>> + Send>>;

impl Watch {
    async fn run(mut self) {
        let mut failures = 0;
        loop {
            let connected = self.connect().await;
            if let Err(error) = &connected {
                self.gone(error);
                // Whoever asked during this look has the answer: another one would only take as long again.
                while let Ok(news) = self.inbox.try_recv() {
                    match news {
                        News::Input(input) => self.take(input),
                        News::Refresh(_, done) => self.asked.push(done),
                    }
                }
            }
            for done in self.asked.drain(..) {
                let _ = done.send(());
            }
            if let Ok((engine, events)) = connected {
                failures = 0;
                let error = self.follow(&engine, events).await;
                // One more look at once: a stream may end although the engine is well.
                tracing::info!(%error, "the engine's event stream ended");
            } else {
                let pause = BACKOFF[failures.min(BACKOFF.len() - 1)];
                failures += 1;
                self.idle(pause).await;
            }
        }
    }

    /// Lists everything, and follows from the moment before the list: nothing in between is lost, and what is seen
    /// twice does no harm.
    async fn connect(&mut self) -> Result<(Engine, Events), EngineError> {
        let since = Timestamp::now();
        let engine = Engine::connect(&self.endpoint)?;
        let events: Events = Box::pin(engine.events(&self.world.project.name, since));
        self.look_again().await?;
        Ok((engine, events))
    }

    async fn look_again(&mut self) -> Result<(), EngineError> {
        let began = Instant::now();
        let project = self.world.project.name.clone();
        // The looks wait for those already.
        let silent = silent(&self.world);
        let look = look(&project, &self.endpoint, &silent, Timestamp::now());
        let look = tokio::time::timeout(LOOK_LIMIT, look).await;
        let inputs = look.unwrap_or_else(|_| {
            Err(EngineError::Hung {
                endpoint: self.endpoint.url.clone(),
            })
        })?;
        for input in inputs {
            self.world = reduce(self.world.clone(), input);
        }
        self.looked = Some(began);
        self.publish();
        Ok(())
    }

    /// Turns events into news until the stream ends; returns why.
    async fn follow(&mut self, engine: &Engine, mut events: Events) -> EngineError {
        let mut ticked = Instant::now();
        let mut looks = Looks::new(engine);
        loop {
            // Whoever the engine has not answered about is asked about until it has.
            for id in silent(&self.world) {
                looks.keep(&id);
            }
            // Counted from the last tick: two events per health probe come faster than that, and a timer that begins
            // anew with each of them would never end.
            let tick = tokio::time::sleep_until(ticked + self.tick());
            tokio::select! {
                event = events.next() => match event {
                    Some(Ok(event)) => self.on_event(event, &mut looks),
                    Some(Err(error)) => return error,
                    None => return engine.gone(),
                },
                (id, seen) = looks.next() => match seen {
                    Ok(facts) => self.take(Input::Container { id, facts: facts.map(Box::new) }),
                    Err(error) => return error,
                },
                Some(news) = self.inbox.recv() => {
                    if let Err(error) = self.hear(news).await {
                        return error;
                    }
                },
                () = tick => {
                    ticked = Instant::now();
                    self.take(Input::Tick);
                }
            }
        }
    }

    /// Waits for the next try, still hearing news. An engine that comes back makes its socket anew, and is tried at once.
    async fn idle(&mut self, pause: Duration) {
        let until = Instant::now() + pause;
        let socket = socket_time(&self.endpoint);
        loop {
            if socket_time(&self.endpoint) > socket {
                return;
            }
            let next = until.min(Instant::now() + SOCKET_PACE);
            tokio::select! {
                Some(news) = self.inbox.recv() => match news {
                    News::Input(input) => self.take(input),
                    News::Refresh(_, done) => {
                        self.asked.push(done);
                        return;
                    }
                },
                () = tokio::time::sleep_until(next) => if next >= until {
                    return;
                },
            }
        }
    }

    async fn hear(&mut self, news: News) -> Result<(), EngineError> {
        match news {
            News::Input(input) => self.take(input),
            News::Refresh(moment, done) if self.looked.is_some_and(|look| look >= moment) => {
                let _ = done.send(());
            }
            News::Refresh(_, done) => {
                let looked = self.look_again().await;
                if let Err(error) = &looked {
                    self.gone(error);
                }
                let _ = done.send(());
                looked?;
            }
        }
        Ok(())
    }

    fn on_event(&mut self, event: EngineEvent, looks: &mut Looks<'_>) {
        // Health probes are `exec_*` events, two per probe and container: they change nothing by themselves.
        if event.action.starts_with("exec_") {
            return;
        }
        if event.action == "stop" {
            self.world = reduce(
                self.world.clone(),
                Input::Stopped {
                    id: event.container.clone(),
                    at: Timestamp::now(),
                },
            );
        }
        looks.begin(&event.container);
    }

    fn gone(&mut self, error: &EngineError) {
        self.take(Input::EngineGone {
            reason: unreachable(error),
        });
    }

    fn take(&mut self, input: Input) {
        self.world = reduce(self.world.clone(), input);
        self.publish();
    }

    fn publish(&mut self) {
        let next = snapshot(&self.world, Timestamp::now());
        let learned = learned(&self.snapshots.borrow(), &next);
        if !learned.is_empty() {
            self.startups.remember(&learned);
            let learned = learned.into_iter();
            self.world
                .startups
                .extend(learned.map(|(service, seconds)| (service, Expected::LastTime(seconds))));
        }
        self.snapshots.send_if_modified(|current| {
            let same = StatusSnapshot {
                at: current.at,
                ..next.clone()
            } == **current;
            if !same {
                *current = Arc::new(next);
            }
            !same
        });
    }

    fn tick(&self) -> Duration {
        let current = self.snapshots.borrow();
        let busy = current.verdict == Verdict::Converging
            || current.services.iter().any(|service| {
                matches!(
                    service.state,
                    ServiceState::Starting | ServiceState::CrashLooping
                )
            });
        if busy { TICK_BUSY } else { TICK_QUIET }
    }
}

/// Returns the containers that the engine has not answered about.
fn silent(world: &World) -> Vec<String> {
    let containers = world.containers.values();
    let silent = containers.filter(|container| !container.answered);
    silent.map(|container| container.id.clone()).collect()
}

/// Returns when the engine's socket was made; none when it is not there or is none of the file system.
fn socket_time(endpoint: &Endpoint) -> Option<SystemTime> {
    let meta = fs_err::metadata(endpoint.socket()?).ok()?;
    meta.modified().ok()
}
