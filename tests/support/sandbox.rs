//! One test's whole world: a package, a fake engine, a fake docker, a state folder, and nothing of this computer.

use crate::fake_docker::FakeDocker;
use crate::fake_engine::{FakeEngine, hex};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};
use service_manager::api::app::{OpenPackageRequest, Started};
use service_manager::api::operation::{Finished, OperationEvent};
use service_manager::{Environment, ServiceManager};
use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Longer than anything here takes; a test that hangs says so.
const LIMIT: Duration = Duration::from_mins(1);
/// For single things.
const PATIENCE: Duration = Duration::from_secs(20);

/// A world of its own; removed at the end, or kept after a failure when `KEEP_FAILED` is set.
#[derive(Debug)]
pub struct Sandbox {
    folder: Option<tempfile::TempDir>,
    /// The package's folder.
    pub package: Utf8PathBuf,
    /// Quayside's own folder.
    pub state: Utf8PathBuf,
    /// The engine.
    pub engine: Arc<FakeEngine>,
    /// The `docker` in PATH.
    pub docker: FakeDocker,
}

impl Sandbox {
    /// Makes a package of these services, as Compose resolves them, with an archive for each image.
    ///
    /// A service without `image` gets `shop/<name>:2.4`; its archive names it `shop/<name>:2.4-amd64`, as vendors do.
    pub fn new(services: Value) -> Self {
        let sandbox = Self::without_images(services);
        for (name, service) in sandbox.config()["services"]
            .as_object()
            .into_iter()
            .flatten()
        {
            let image = service["image"].as_str().unwrap_or_default();
            sandbox.archive(
                &format!("images/{name}-amd64.tar"),
                &[&format!("{image}-amd64")],
                "amd64",
            );
        }
        sandbox
    }

    /// The same without archives.
    pub fn without_images(services: Value) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("quayside-")
            .tempdir()
            .unwrap_or_else(|error| panic!("{error}"));
        let root = Utf8Path::from_path(folder.path())
            .and_then(|path| path.canonicalize_utf8().ok())
            .unwrap_or_else(|| panic!("a temporary folder with a readable name"));
        let package = root.join("package");
        let state = root.join("state");
        for folder in [&package.join("images"), &state] {
            fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{error}"));
        }
        let config = resolved(services);
        let text = serde_json::to_string_pretty(&config).unwrap_or_default();
        // JSON is YAML: the file says the same as Compose's answer.
        write(&package.join("compose.yaml"), text.as_bytes());
        let engine = FakeEngine::start(&root);
        let docker = FakeDocker::start(&root, &package, &engine, config);
        Self {
            folder: Some(folder),
            package,
            state,
            engine,
            docker,
        }
    }

    /// Returns the project as the compose file has it.
    pub fn config(&self) -> Value {
        let text = fs::read(self.package.join("compose.yaml")).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// Changes the compose file and Compose's answer alike.
    pub fn set_services(&self, services: Value) {
        let config = resolved(services);
        write(
            &self.package.join("compose.yaml"),
            config.to_string().as_bytes(),
        );
        self.docker.set_config(config);
    }

    /// Writes a file of the package.
    pub fn file(&self, path: &str, content: &str) -> Utf8PathBuf {
        let path = self.package.join(path);
        write(&path, content.as_bytes());
        path
    }

    /// Writes an archive with one image, as `docker save` does.
    pub fn archive(&self, path: &str, refs: &[&str], arch: &str) {
        self.archive_of(path, refs, arch, 0);
    }

    /// The same with that many more bytes in it, so that sending it takes a while.
    pub fn archive_of(&self, path: &str, refs: &[&str], arch: &str, bytes: usize) {
        let content = format!("the content of {}", refs.join(" "));
        let layer = tar_of(&[("file", content.as_bytes()), ("ballast", &vec![0; bytes])]);
        let digest = format!("sha256:{}", hex(&layer));
        let config = json!({
            "architecture": arch, "os": "linux", "config": {},
            "rootfs": { "type": "layers", "diff_ids": [digest] },
        })
        .to_string();
        let name = format!("{}.json", hex(config.as_bytes()));
        let manifest =
            json!([{ "Config": name, "RepoTags": refs, "Layers": ["layer.tar"] }]).to_string();
        let archive = tar_of(&[
            ("layer.tar", &layer),
            (&name, config.as_bytes()),
            ("manifest.json", manifest.as_bytes()),
        ]);
        write(&self.package.join(path), &archive);
    }

    /// Puts Compose 1.29 in the place of Compose 2, and a file it knows in the place of one it does not.
    pub fn use_v1(&self) {
        let mut config = self.config();
        config.as_object_mut().map(|config| config.remove("name"));
        config["version"] = "3.8".into();
        self.file("docker-compose.yml", &config.to_string());
        fs::remove_file(self.package.join("compose.yaml"))
            .unwrap_or_else(|error| panic!("{error}"));
        self.docker.use_v1();
    }

    /// Returns the environment of a process in this world: no program but the stub is in PATH.
    pub fn environment(&self) -> Environment {
        let variables = [
            ("PATH", self.docker.bin().to_string()),
            ("HOME", self.state.join("home").to_string()),
            ("QUAYSIDE_HOME", self.state.to_string()),
        ];
        Environment::from_variables(
            variables
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }

    /// Makes a manager on the fake engine.
    pub fn manager(&self) -> ServiceManager {
        ServiceManager::new(self.environment(), Some(&self.engine.url()))
    }

    /// Makes a manager and opens the package.
    pub async fn open(&self) -> ServiceManager {
        let manager = self.manager();
        manager
            .open_package(self.request())
            .await
            .unwrap_or_else(|error| panic!("the package cannot be opened: {error}"));
        manager
    }

    /// Returns the request that opens the package.
    pub fn request(&self) -> OpenPackageRequest {
        OpenPackageRequest {
            path: self.package.to_string(),
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        #[allow(clippy::disallowed_methods)] // a wish of the person who runs the tests
        let keeps = std::env::var_os("KEEP_FAILED").is_some();
        if let Some(folder) = self
            .folder
            .take()
            .filter(|_| keeps && std::thread::panicking())
        {
            let _ = folder.keep();
        }
    }
}

/// Fills in what every service of these tests has.
fn resolved(mut services: Value) -> Value {
    for (name, service) in services.as_object_mut().into_iter().flatten() {
        if service.get("image").is_none() {
            service["image"] = json!(format!("shop/{name}:2.4"));
        }
    }
    json!({ "name": "shop", "services": services })
}

fn write(path: &Utf8Path, content: &[u8]) {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    }
    fs::write(path, content).unwrap_or_else(|error| panic!("{path}: {error}"));
}

fn tar_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        builder
            .append_data(&mut header, name, *content)
            .unwrap_or_else(|error| panic!("{error}"));
    }
    builder
        .into_inner()
        .unwrap_or_else(|error| panic!("{error}"))
}

/// Collects an operation's events to its last one.
pub async fn events_of(manager: &ServiceManager, started: &Started) -> Vec<OperationEvent> {
    let mut stream = manager
        .follow(&started.operation_id)
        .unwrap_or_else(|error| panic!("{error}"));
    let all = async {
        let mut events = Vec::new();
        while let Some(event) = stream.next().await {
            events.push(event);
        }
        events
    };
    tokio::time::timeout(LIMIT, all)
        .await
        .unwrap_or_else(|_| panic!("the operation did not end within {LIMIT:?}"))
}

/// Returns the end of an operation.
pub fn end_of(events: &[OperationEvent]) -> &Finished {
    match events.last() {
        Some(OperationEvent::Finished(finished)) => finished,
        other => panic!("the last event is {other:?}"),
    }
}

/// The same as [`eventually`] for tests without a runtime.
pub fn eventually_blocking(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < PATIENCE, "it never came to: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Waits until something is so; says what was waited for when it never is.
pub async fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < PATIENCE, "it never came to: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
