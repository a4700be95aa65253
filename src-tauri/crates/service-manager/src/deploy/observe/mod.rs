//! One look at everything a deployment depends on. Changes nothing.

mod around;
pub(crate) mod bundle;
mod data_dirs;
pub(crate) mod disk;
pub(crate) mod host;
mod image_user;
mod images;
mod listed;
mod location;
mod look;
pub(super) mod mounts;
mod names;
mod ports;
pub(crate) mod reboot;
mod script_texts;
pub(crate) mod services;

pub(crate) use around::Around;
pub(crate) use data_dirs::{DataDir, OpenConfig, Owners, Seen};
pub(crate) use image_user::ImageUser;
pub(crate) use images::{ImageObserved, ImageSource, images, loaded};
pub(crate) use listed::Listed;
pub(crate) use location::{Location, Store};
pub(crate) use look::{Blind, Look, no_longer_than, on_disk, on_disk_within, within};
#[cfg(test)]
pub(crate) use mounts::Stray;
pub(crate) use mounts::{MountObserved, Place};
pub(crate) use names::{Names, OtherFolder, TakenName};
pub(crate) use ports::{PortHolder, PortObserved, PortTrouble};
pub(super) use ports::{PortWorld, observe as observe_ports};
pub(crate) use script_texts::{BOM, ScriptText};

use super::port_change::Reader;
use super::session::Session;
use super::{directories, scripts};
use crate::compose::{Compose, ComposeError, Version};
use crate::engine::{
    ContainerSummary, EngineError, EngineInfo, Flavour, HELLO_LIMIT, platform_arch, plugin_folder,
};
use crate::host::ports::Listening;
use crate::host::system::Packages;
use crate::package::sources::Sources;
use crate::package::{Requirements, Setting, Unset};
use crate::repair::packages;
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// How long trying to install the engine's packages may take: dozens of files, perhaps on a stick.
const TRYING: Duration = Duration::from_secs(20);

/// The facts of one moment.
#[derive(Debug)]
pub(crate) struct ObservedState {
    pub engine: Result<EngineInfo, EngineError>,
    /// An engine program is on this computer, running or not.
    pub engine_installed: bool,
    /// `v2 2.26.1`, `v1 1.29.2`; none when there is no Compose.
    pub compose: Option<String>,
    pub compose_version: Option<Version>,
    /// Compose is there and does not run: what it said.
    pub compose_broken: Option<String>,
    /// This computer.
    pub host: host::HostObserved,
    /// What is beside the package for a computer without Docker; looked for only where something is missing.
    pub bundle: bundle::Bundle,
    /// What the active services ask of the computer.
    pub services: Vec<services::ServiceObserved>,
    /// What the vendor says a computer has to have.
    pub requirements: Requirements,
    /// The package's folder.
    pub directory: Utf8PathBuf,
    pub project: String,
    /// One entry per image reference of the active services.
    pub images: Vec<ImageObserved>,
    /// Why it is not known what of them the engine has.
    pub images_seen: Look<()>,
    /// The same of services whose profiles are not switched on.
    pub asleep: Vec<ImageObserved>,
    pub mounts: Look<Vec<MountObserved>>,
    /// Scripts that are mounted or executed and lack the executable bit.
    pub scripts: Look<Vec<ScriptObserved>>,
    /// Scripts whose text keeps them from running.
    pub script_texts: Look<Vec<ScriptText>>,
    pub location: Look<Location>,
    /// Folders that their service cannot write to, and configuration that everybody may write.
    pub owners: Look<Owners>,
    /// The files whose checksum the vendor gives.
    pub listed: Look<Listed>,
    pub ports: Look<Vec<PortObserved>>,
    /// The files that say which ports and values there are; none when they cannot be followed.
    pub sources: Look<Option<Sources>>,
    /// What the vendor asks people for.
    pub settings: Vec<Setting>,
    /// Values without which Compose does not read the package.
    pub unset: Vec<Unset>,
    pub missing_env_files: Vec<MissingFile>,
    /// What Compose here reads changes of them.
    pub reader: Reader,
    pub names: Names,
    /// What a power cut leaves.
    pub reboot: Look<reboot::Reboot>,
    pub around: Around,
    pub disks: disk::Disks,
    /// What loading takes of the engine's disk.
    pub room: disk::Room,
    /// What loading would send: bytes the engine has, and bytes that images share, are taken off. None when the engine
    /// could not be asked.
    pub bytes_to_send: Option<u64>,
}

/// A script without its executable bit.
#[derive(Debug)]
pub(crate) struct ScriptObserved {
    pub path: Utf8PathBuf,
    /// This user may change it.
    pub ours: bool,
}

/// Looks at everything before something is changed: a busy engine is given time to answer.
pub(crate) async fn observe(session: &Session) -> ObservedState {
    // On the heap: it is large, and awaited in many places.
    Box::pin(everything(session, HELLO_LIMIT)).await
}

/// Looks at everything for somebody who waits for the answer and nothing else: an engine that hangs costs little.
pub(crate) async fn glance(session: &Session) -> ObservedState {
    Box::pin(everything(session, look::LIMIT)).await
}

/// `limit` is what the engine is given for one answer.
async fn everything(session: &Session, limit: Duration) -> ObservedState {
    let project = &session.package.project;
    let engine = session.engine();
    let info = match &engine {
        Ok(engine) => engine.info_within(limit).await,
        Err(_) => Err(EngineError::NotRunning {
            endpoint: session.endpoint.url.clone(),
        }),
    };
    let services = services::observe(project);
    let wants_gpu = services.iter().any(|service| service.wishes.gpu);
    let host = host::observe(session, &info, wants_gpu).await;
    let engine_installed = session.environment.find_admin_program("dockerd").is_some()
        || session.environment.find_program("docker").is_some()
        || session.endpoint.socket().is_some_and(Utf8Path::exists);
    let bundle = bundle_of(session, &host, engine_installed).await;
    let compose_broken = match &session.compose {
        Some(_) => None,
        None => compose_broken(session).await,
    };
    let files = || Arc::clone(&session.package);
    let (one, two, three, four, five) = (files(), files(), files(), files(), files());
    let environment = &session.environment;
    let home = environment
        .home
        .clone()
        .unwrap_or_else(|| environment.state.clone());
    let (mounts, scripts, script_texts, location, listed) = tokio::join!(
        on_disk(move || directories::observe(&one.project)),
        on_disk(move || scripts::observe(&two.project)),
        on_disk(move || script_texts::observe(&three.project)),
        on_disk(move || location::observe(&four.project, four.whole_folder(), &home)),
        // Reading stops a little before nobody listens any more.
        on_disk_within(limit, move || {
            let archives: Vec<_> = five.archives.iter().map(|it| it.path.clone()).collect();
            listed::observe(&five.root, &five.listed(), &archives, limit.mul_f64(0.7))
        }),
    );
    let mut reachable = engine.ok().filter(|_| info.is_ok());
    let containers = match &reachable {
        Some(engine) => no_longer_than(limit, engine.list_all()).await,
        None => Ok(Vec::new()),
    };
    // One that has hung once is not asked anything else: every question would cost its time.
    let mut hung = hung_at(&containers);
    reachable = reachable.filter(|_| hung.is_none());
    let arch = info
        .as_ref()
        .map_or_else(|_| crate::host::platform(), |info| info.platform.clone());
    let archives = &session.package.archives;
    let awake = || project.active_services();
    let sleeping = || project.services.iter().filter(|service| !service.active);
    let seen = match &reachable {
        Some(engine) => {
            let looks = async {
                tokio::try_join!(
                    images::images(awake(), archives, &arch, Some(engine)),
                    images::images(sleeping(), archives, &arch, Some(engine)),
                )
            };
            no_longer_than(limit, looks).await.map(Some)
        }
        None => hung.clone().map_or(Ok(None), Err),
    };
    hung = hung.or_else(|| hung_at(&seen));
    reachable = reachable.filter(|_| hung.is_none());
    let images_seen = seen.as_ref().map(|_| ()).map_err(Blind::clone);
    let (images, asleep) = seen.ok().flatten().unwrap_or_else(|| {
        (
            images::in_package(awake(), archives, &arch),
            images::in_package(sleeping(), archives, &arch),
        )
    });
    let local = session.endpoint.is_local();
    let owners = owners(session, &arch, info.as_ref().ok()).await;
    let (ports, sources) = tokio::join!(
        look_at_ports(
            session,
            containers.clone().unwrap_or_default(),
            info.as_ref().ok()
        ),
        sources(session)
    );
    // Without the containers nobody can say whose a port is.
    let ports = containers.as_ref().map_err(Blind::clone).and(ports);
    let bytes_to_send = match &reachable {
        Some(engine) => {
            let look = images::bytes_to_send(engine, archives, &images);
            no_longer_than(limit, look).await.ok()
        }
        None => None,
    };
    let known = info.as_ref().ok();
    let room = disk::room(&images, bytes_to_send, known);
    let disks = disk::observe(known, local, &session.endpoint.url, project, room).await;
    let around = around::observe(
        project,
        archives,
        platform_arch(arch.split('/').nth(1).unwrap_or(&arch)),
        reachable.as_ref(),
        hung.as_ref(),
        local,
    )
    .await;
    let reboot = reboot::observe(project).await;
    let version = session.package.version();
    let names = names::observe(project, version, containers, &around, local).await;
    ObservedState {
        bytes_to_send,
        engine_installed,
        compose_version: session.compose.as_ref().map(|it| it.version().clone()),
        compose_broken,
        bundle,
        services,
        host,
        requirements: session.package.requirements().clone(),
        directory: project.directory.clone(),
        compose: session
            .compose
            .as_ref()
            .map(|compose| compose.version().to_string()),
        project: project.name.clone(),
        images,
        images_seen,
        asleep,
        mounts,
        scripts,
        script_texts,
        location,
        listed,
        owners,
        ports,
        sources,
        settings: session.package.settings().to_vec(),
        unset: session.package.unset.clone(),
        missing_env_files: missing_env_files(session).await,
        reader: Reader::of(session.compose.as_deref()),
        names,
        reboot,
        around,
        disks,
        room,
        engine: info,
    }
}

/// An env file that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MissingFile {
    pub path: Utf8PathBuf,
    /// The services that read it.
    pub services: Vec<String>,
    /// Files that may be meant, nearest first.
    pub near: Vec<Utf8PathBuf>,
    /// What is in the nearest, where it can be taken instead.
    pub content: Option<Vec<u8>>,
}

async fn missing_env_files(session: &Session) -> Vec<MissingFile> {
    let package = Arc::clone(&session.package);
    let look = on_disk(move || {
        let files = package.missing_env_files.iter();
        let missing = files.map(|(path, services)| {
            let (near, content) = mounts::instead(path, &package.project.directory);
            MissingFile {
                path: path.clone(),
                services: services.clone(),
                near,
                content,
            }
        });
        missing.collect()
    });
    look.await.unwrap_or_default()
}

/// The look that an engine did not answer in time; one it answered with an error does not count.
fn hung_at<T>(look: &Look<T>) -> Option<Blind> {
    let blind = look.as_ref().err();
    blind
        .filter(|blind| matches!(blind, Blind::TimedOut(_)))
        .cloned()
}

/// Looked for only where it would help: a folder beside a package is not ours to read otherwise.
async fn bundle_of(
    session: &Session,
    host: &host::HostObserved,
    engine_installed: bool,
) -> bundle::Bundle {
    if engine_installed && session.compose.is_some() {
        return bundle::Bundle::default();
    }
    let directory = session.package.directory.clone();
    let system = host.system.clone();
    // A plugin without a docker would be found by nobody.
    let docker = session.environment.find_program("docker");
    let plugins = docker.and_then(|_| plugin_folder(&session.environment));
    let tool = host.system.packages.clone();
    let found = on_disk(move || bundle::look(&directory, &system, plugins.as_deref())).await;
    let mut bundle = found.unwrap_or_default();
    if !engine_installed
        && !bundle.packages.is_empty()
        && let Some(Packages::Deb(program) | Packages::Rpm(program)) = tool
    {
        bundle.trial = Some(packages::try_out(&program, &bundle.packages, TRYING).await);
    }
    bundle
}

/// What a Compose says that is there and does not run.
async fn compose_broken(session: &Session) -> Option<String> {
    let cancel = tokio_util::sync::CancellationToken::new();
    let asked = Compose::detect(&session.environment, None, &cancel);
    match tokio::time::timeout(look::LIMIT, asked).await {
        Ok(Err(ComposeError::Process(error))) => Some(crate::engine::chain(&error)),
        _ => None,
    }
}

/// Looks as whom the services write to their folders, in the package only.
pub(super) async fn owners(
    session: &Session,
    platform: &str,
    engine: Option<&EngineInfo>,
) -> Look<Owners> {
    let remaps = engine.is_some_and(|engine| engine.secures_with("userns"));
    let rootless = is_rootless(&session.endpoint.url);
    let local = session.endpoint.is_local() && cfg!(target_os = "linux");
    let same_users = local && !rootless && !remaps;
    let (package, platform) = (Arc::clone(&session.package), platform.to_owned());
    let state = session.environment.state.clone();
    on_disk(move || {
        let archives = &package.archives;
        data_dirs::observe(&package.project, archives, &platform, same_users, &state)
    })
    .await
}

/// As whom the services will write to the folders that are made, where this process can give them away.
pub(super) async fn new_owners(session: &Session) -> BTreeMap<Utf8PathBuf, ImageUser> {
    let info = match session.engine() {
        Ok(engine) => engine.info_within(look::LIMIT).await.ok(),
        Err(_) => None,
    };
    let platform = info
        .as_ref()
        .map_or_else(crate::host::platform, |it| it.platform.clone());
    let seen = owners(session, &platform, info.as_ref()).await.ok();
    let seen = seen.filter(|owners| owners.may_chown);
    seen.map(|owners| owners.fresh).unwrap_or_default()
}

/// An engine of an ordinary user numbers its users otherwise; its socket is in that user's own folder.
fn is_rootless(url: &str) -> bool {
    url.contains("/run/user/") || url.contains("/.docker/")
}

/// Looks at the ports and who holds them, on a thread of its own.
pub(super) async fn look_at_ports(
    session: &Session,
    containers: Vec<ContainerSummary>,
    engine: Option<&EngineInfo>,
) -> Look<Vec<PortObserved>> {
    let files = Arc::clone(&session.package);
    let local = session.endpoint.is_local() && engine.is_some();
    let rootless = engine.is_some_and(|engine| engine.details.flavour == Flavour::Rootless);
    on_disk(move || {
        let world = PortWorld {
            containers,
            listening: local.then(Listening::now),
            rootless,
        };
        observe_ports(&files.project, &world)
    })
    .await
}

async fn sources(session: &Session) -> Look<Option<Sources>> {
    let directory = session.package.directory.clone();
    let environment = Arc::clone(&session.environment);
    let generation = Reader::of(session.compose.as_deref()).generation;
    on_disk(move || Sources::read(&directory, &environment, generation)).await
}
