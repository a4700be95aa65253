//! An engine for tests: HTTP on a Unix socket, so that the real client talks to it.
//!
//! What it holds is a plain [`World`] that tests change; what is asked is written down; rules make single answers
//! slow, wrong or missing. It knows no images of its own: what it loads is read from the archive that was sent.

mod container;
mod helper;
mod http;
mod rules;
mod truth;

pub use container::FakeContainer;
pub use helper::Helper;
pub use rules::Answer;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::UnixListener;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// A running engine; gone when dropped.
#[derive(Debug)]
pub struct FakeEngine {
    socket: Utf8PathBuf,
    shared: Arc<Shared>,
    running: Mutex<CancellationToken>,
}

#[derive(Debug)]
struct Shared {
    world: Mutex<World>,
    requests: Mutex<Vec<Request>>,
    rules: Mutex<Vec<rules::Rule>>,
    /// Counts events, to wake streams.
    news: watch::Sender<usize>,
}

/// What the engine holds.
#[derive(Clone, Debug)]
pub struct World {
    /// Containers, running or not.
    pub containers: Vec<FakeContainer>,
    /// Containers that did one thing to one folder, the removed ones included.
    pub helpers: Vec<Helper>,
    /// Loaded images.
    pub images: Vec<FakeImage>,
    /// Names of networks.
    pub networks: Vec<String>,
    /// Names of volumes.
    pub volumes: Vec<String>,
    /// Networks of which more than the name matters, as `GET /networks` lists them.
    pub network_facts: Vec<Value>,
    /// `amd64`
    pub arch: String,
    /// What `GET /version` says beside the usual.
    pub version: Value,
    /// What `GET /info` says beside the usual.
    pub info: Value,
    events: Vec<Value>,
}

/// An image.
#[derive(Clone, Debug, Default)]
pub struct FakeImage {
    /// `sha256:` and the digest of its config.
    pub id: String,
    /// References.
    pub refs: Vec<String>,
    /// `amd64`
    pub arch: String,
    /// Digests of its layers.
    pub layers: Vec<String>,
}

/// What was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `POST`, ...
    pub method: String,
    /// Without version and query.
    pub path: String,
    /// Decoded.
    pub query: BTreeMap<String, String>,
}

impl Request {
    fn line(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// Returns the SHA-256 of some bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl FakeEngine {
    /// Starts an engine that listens in `folder`.
    pub fn start(folder: &Utf8Path) -> Arc<Self> {
        let engine = Arc::new(Self {
            socket: folder.join("engine.sock"),
            shared: Arc::new(Shared {
                world: Mutex::new(World {
                    containers: Vec::new(),
                    helpers: Vec::new(),
                    images: Vec::new(),
                    networks: Vec::new(),
                    volumes: Vec::new(),
                    network_facts: Vec::new(),
                    arch: "amd64".into(),
                    version: json!({}),
                    info: json!({}),
                    events: Vec::new(),
                }),
                requests: Mutex::default(),
                rules: Mutex::default(),
                news: watch::Sender::new(0),
            }),
            running: Mutex::default(),
        });
        engine.start_again();
        engine
    }

    /// Listens again after [`Self::die`].
    pub fn start_again(&self) {
        let _ = std::fs::remove_file(&self.socket);
        let listener = std::os::unix::net::UnixListener::bind(&self.socket)
            .unwrap_or_else(|error| panic!("{}: {error}", self.socket));
        listener
            .set_nonblocking(true)
            .unwrap_or_else(|error| panic!("{error}"));
        let token = CancellationToken::new();
        *lock(&self.running) = token.clone();
        let shared = Arc::clone(&self.shared);
        // A thread of its own, so that blocking tests and other runtimes can talk to it.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap_or_else(|error| panic!("{error}"));
            runtime.block_on(token.run_until_cancelled(async move {
                let Ok(listener) = UnixListener::from_std(listener) else {
                    return;
                };
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(http::serve(stream, Arc::clone(&shared)));
                }
            }));
        });
    }

    /// Dies as after `kill -9`: every connection ends, the socket's file stays and refuses.
    pub fn die(&self) {
        lock(&self.running).cancel();
    }

    /// Returns the address in `DOCKER_HOST` form.
    pub fn url(&self) -> String {
        format!("unix://{}", self.socket)
    }

    /// Returns the path of the socket.
    pub fn socket(&self) -> &Utf8Path {
        &self.socket
    }

    /// Reads or changes what the engine holds; no event is sent.
    pub fn world<R>(&self, change: impl FnOnce(&mut World) -> R) -> R {
        change(&mut lock(&self.shared.world))
    }

    /// Adds a container and says so.
    pub fn add(&self, container: FakeContainer) {
        let id = container.id.clone();
        self.world(|world| {
            world.containers.retain(|other| other.id != id);
            world.containers.push(container);
        });
        self.tell(&id, "start");
    }

    /// Changes the container of a service and says `action`.
    pub fn change(&self, service: &str, action: &str, change: impl FnOnce(&mut FakeContainer)) {
        let id = self.world(|world| {
            let container = world
                .containers
                .iter_mut()
                .find(|container| container.service == service || container.name == service)
                .unwrap_or_else(|| panic!("no container of {service}"));
            change(container);
            container.id.clone()
        });
        self.tell(&id, action);
    }

    /// Sends an event about a container.
    pub fn tell(&self, id: &str, action: &str) {
        let now = jiff::Timestamp::now();
        self.world(|world| {
            let labels = world
                .containers
                .iter()
                .find(|container| container.id == id)
                .map_or_else(|| json!({}), FakeContainer::labels);
            world.events.push(json!({
                "Type": "container", "Action": action, "Actor": { "ID": id, "Attributes": labels },
                "scope": "local", "time": now.as_second(),
                "timeNano": i64::try_from(now.as_nanosecond()).unwrap_or(0),
            }));
        });
        self.shared.news.send_modify(|count| *count += 1);
    }

    /// Returns everything that was asked.
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.shared.requests).clone()
    }

    /// Returns how often something that begins so was asked.
    pub fn asked(&self, beginning: &str) -> usize {
        self.requests()
            .iter()
            .filter(|request| request.line().starts_with(beginning))
            .count()
    }
}

impl Drop for FakeEngine {
    fn drop(&mut self) {
        self.die();
    }
}
