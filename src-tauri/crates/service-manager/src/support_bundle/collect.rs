//! Asks everybody for a bundle, each within a limit; what could not be had is noted and stops nothing.

use crate::api::log::LogStream;
use crate::api::support::BundleGap;
use crate::compose::Compose;
use crate::engine::{ContainerFacts, Endpoint, Engine, EngineError, EngineInfo, LogsWanted};
use crate::environment::Environment;
use crate::host;
use crate::package::Package;
use camino::Utf8Path;
use futures_util::{StreamExt, stream};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::time::Duration;

/// Longer than this nobody is waited for.
pub(crate) const LIMIT: Duration = Duration::from_secs(20);
/// Of each container's log so many lines ...
const LINES: u32 = 5_000;
/// ... and not more bytes than this, ...
const BYTES: usize = 1 << 20;
/// ... nor of all together.
const ALL_BYTES: usize = 24 << 20;
/// What is reckoned for the time in front of a line.
const STAMP: usize = 40;
/// Of Quayside's own log, per file.
const OWN_BYTES: u64 = 1 << 20;
/// Files of it, the newest.
const OWN_FILES: usize = 4;

/// What a file of the bundle is made of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    Text(String),
    Json(Value),
    /// An env file: every value is judged by its name.
    Variables(String),
}

/// What was collected, still with everything in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Collected {
    pub files: Vec<(String, Content)>,
    pub gaps: Vec<BundleGap>,
}

impl Collected {
    pub(crate) fn text(&mut self, name: &str, text: String) {
        self.files.push((name.to_owned(), Content::Text(text)));
    }

    pub(crate) fn json(&mut self, name: &str, value: Value) {
        self.files.push((name.to_owned(), Content::Json(value)));
    }

    /// Adds an answer, or what kept it from coming.
    pub(crate) fn answer<T: Serialize, E: ToString>(&mut self, name: &str, answer: Result<T, E>) {
        match answer {
            Ok(value) => self.json(name, serde_json::to_value(value).unwrap_or_default()),
            Err(error) => self.gap(name, error.to_string()),
        }
    }

    /// Notes what could not be had.
    pub(crate) fn gap(&mut self, what: &str, why: String) {
        let what = what.to_owned();
        self.gaps.push(BundleGap { what, why });
    }
}

/// Waits for something no longer than the limit.
pub(crate) async fn within<T, E: ToString>(
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, String> {
    match tokio::time::timeout(LIMIT, work).await {
        Ok(answer) => answer.map_err(|error| error.to_string()),
        Err(_) => Err(too_late()),
    }
}

fn too_late() -> String {
    format!("no answer within {} s", LIMIT.as_secs())
}

/// Adds which versions of everything are here.
pub(crate) async fn versions(
    collected: &mut Collected,
    endpoint: &Endpoint,
    compose: Option<&Compose>,
) {
    let engine = within(async { Engine::connect(endpoint)?.info().await }).await;
    let system = host::system::look();
    let versions = json!({
        "quayside": env!("CARGO_PKG_VERSION"),
        "os": std::env::consts::OS, "system": system.title, "systemId": system.id, "arch": system.arch,
        "kernel": sysinfo::System::kernel_version().ok(), "platform": host::platform(),
        "compose": compose.map(|it| it.version().to_string()),
        "endpoint": endpoint.url, "engine": engine.as_ref().ok().map(about),
    });
    collected.json("versions.json", versions);
    if compose.is_none() {
        collected.gap("compose", "no Compose was found".into());
    }
    if let Err(why) = engine {
        collected.gap("engine", why);
    }
}

fn about(info: &EngineInfo) -> Value {
    let details = &info.details;
    json!({
        "version": info.version, "apiVersion": info.api_version, "platform": info.platform, "root": info.root,
        "memory": info.memory, "cpus": info.cpus, "storageDriver": info.storage_driver,
        "flavour": details.flavour.to_string(), "operatingSystem": details.operating_system,
        "minApiVersion": details.min_api_version, "containerdStore": details.is_containerd_store,
        "backingFilesystem": details.backing_filesystem, "cgroupVersion": details.cgroup_version,
        "cgroupDriver": details.cgroup_driver, "security": details.security, "runtimes": details.runtimes,
        "liveRestore": details.live_restore, "warnings": details.warnings,
    })
}

/// Adds what the package is.
pub(crate) fn package(collected: &mut Collected, package: &Package) {
    collected.answer("package/inspect.json", Ok::<_, String>(package.view()));
    let name = "package/env.txt";
    match fs_err::read(package.directory.join(".env")) {
        Ok(content) => {
            let text = String::from_utf8_lossy(&content).into_owned();
            collected
                .files
                .push((name.into(), Content::Variables(text)));
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => collected.gap(name, error.to_string()),
    }
}

/// Adds what the engine knows of every container of the project and what each wrote.
pub(crate) async fn containers(collected: &mut Collected, endpoint: &Endpoint, project: &str) {
    let listed = within(async {
        let engine = Engine::connect(endpoint)?;
        let list = engine.project_containers(project).await?;
        Ok::<_, EngineError>((engine, list))
    });
    let found = match listed.await {
        Ok((engine, list)) => {
            let most = BYTES.min(ALL_BYTES / list.len().max(1));
            let looks = list.into_iter().map(|facts| look(&engine, facts, most));
            stream::iter(looks).buffered(4).collect::<Vec<_>>().await
        }
        Err(why) => {
            collected.gap("containers", why);
            Vec::new()
        }
    };
    for (facts, inspect, logs) in found {
        let name = format!("containers/{}.inspect.json", facts.name);
        match inspect {
            Ok(Some(inspect)) => collected.json(&name, inspect),
            // It went away meanwhile.
            Ok(None) => {}
            Err(why) => collected.gap(&name, why),
        }
        let name = format!("containers/{}.log", facts.name);
        match logs {
            Ok(text) => collected.text(&name, text),
            Err(why) => collected.gap(&name, why),
        }
    }
}

type Looked = (
    ContainerFacts,
    Result<Option<Value>, String>,
    Result<String, String>,
);

async fn look(engine: &Engine, facts: ContainerFacts, most: usize) -> Looked {
    let inspect = within(engine.inspect(&facts.id)).await;
    let logs = within(logs(engine, &facts.id, most)).await;
    (facts, inspect, logs)
}

/// The last lines of a container with their time and where they were written.
async fn logs(engine: &Engine, container: &str, most: usize) -> Result<String, EngineError> {
    let wanted = LogsWanted {
        tail: LINES,
        since: None,
        follow: false,
    };
    let mut lines = VecDeque::new();
    let mut bytes = 0;
    let mut stream = std::pin::pin!(engine.logs(container, wanted));
    while let Some(line) = stream.next().await {
        let mut line = line?;
        line.line.truncate(line.line.floor_char_boundary(most));
        bytes += line.line.len() + STAMP;
        lines.push_back(line);
        while bytes > most + STAMP
            && let Some(old) = lines.pop_front()
        {
            bytes -= old.line.len() + STAMP;
        }
    }
    let mut lines = Vec::from(lines);
    lines.sort_by_key(|line| line.time);
    let mut text = String::with_capacity(bytes);
    for line in &lines {
        if let Some(time) = line.time {
            text.push_str(&time.to_string());
            text.push(' ');
        }
        text.push_str(match line.stream {
            LogStream::Stdout => "out ",
            LogStream::Stderr => "err ",
        });
        text.push_str(&line.line);
        text.push('\n');
    }
    Ok(text)
}

/// Adds what Quayside itself wrote down, the newest files.
pub(crate) fn own_log(collected: &mut Collected, environment: &Environment) {
    let folder = environment.state.join("logs");
    let entries = folder.read_dir_utf8().into_iter().flatten().flatten();
    let mut files: Vec<_> = entries
        .filter_map(|entry| {
            let changed = entry.metadata().ok()?.modified().ok()?;
            Some((changed, entry.path().to_owned()))
        })
        .collect();
    files.sort();
    for (_, path) in files.iter().rev().take(OWN_FILES) {
        let name = format!("quayside/{}", path.file_name().unwrap_or_default());
        match last_bytes(path, OWN_BYTES) {
            Ok(text) => collected.text(&name, text),
            Err(error) => collected.gap(&name, error.to_string()),
        }
    }
}

fn last_bytes(path: &Utf8Path, most: u64) -> std::io::Result<String> {
    use std::io::{Read, Seek, SeekFrom};
    let mut file = fs_err::File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(most)))?;
    let mut content = Vec::new();
    file.take(most).read_to_end(&mut content)?;
    let mut text = String::from_utf8_lossy(&content).into_owned();
    // The first line is a part of one.
    if length > most
        && let Some(end) = text.find('\n')
    {
        text.drain(..=end);
    }
    Ok(text)
}
