//! One look at everything a deployment depends on. Changes nothing.

use super::session::Session;
use super::{directories, scripts};
use crate::api::package::MountKind;
use crate::compose::project::{Port, Project, Service};
use crate::engine::{ContainerSummary, Engine, EngineError, EngineInfo, ImageFacts, platform_arch};
use crate::host::{disk, ports};
use crate::images::archive::Archive;
use crate::images::loader;
use crate::images::reference::match_archive;
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeMap;
use std::net::IpAddr;

/// The facts of one moment.
#[derive(Debug)]
pub(crate) struct ObservedState {
    pub engine: Result<EngineInfo, EngineError>,
    /// An engine program is on this computer, running or not.
    pub engine_installed: bool,
    /// `v2 2.26.1`, `v1 1.29.2`; none when there is no Compose.
    pub compose: Option<String>,
    pub project: String,
    /// One entry per image reference of the active services.
    pub images: Vec<ImageObserved>,
    pub mounts: Vec<MountObserved>,
    /// Scripts that are mounted or executed and lack the executable bit.
    pub scripts: Vec<ScriptObserved>,
    pub ports: Vec<PortObserved>,
    /// Containers of the same project name, created from another folder: container and folder.
    pub other_folder: Vec<(String, String)>,
    /// Names this package gives its containers that somebody else's containers have: name and its project.
    pub taken_names: Vec<(String, String)>,
    /// External networks and volumes that do not exist.
    pub missing_external: Vec<(&'static str, String)>,
    /// The engine's data root and its free bytes, when it is on this computer.
    pub engine_disk: Option<(String, u64)>,
    /// What loading would send: bytes the engine has, and bytes that images share, are taken off. None when the engine
    /// could not be asked.
    pub bytes_to_send: Option<u64>,
}

/// What is known about one image reference.
#[derive(Debug)]
pub(crate) struct ImageObserved {
    /// As Compose asks for it.
    pub wanted: String,
    pub services: Vec<String>,
    pub build: bool,
    pub pull_policy: Option<String>,
    /// What the engine has under this very name.
    pub present: Option<ImageFacts>,
    /// Where the package has it.
    pub source: Option<ImageSource>,
}

/// An image in an archive of the package.
#[derive(Clone, Debug)]
pub(crate) struct ImageSource {
    /// Index into the package's archives.
    pub archive: usize,
    /// The reference the archive gives it, or its id when it gives none.
    pub reference: String,
    /// The config digest: the id in a classic store.
    pub id: String,
    /// The manifest's digest: the id in the containerd store.
    pub manifest: String,
    pub platform: String,
    pub bytes: u64,
    /// The platform is the engine's.
    pub fits: bool,
    /// What the engine has under the archive's name or id.
    pub loaded: Option<ImageFacts>,
}

/// One bind source.
#[derive(Debug)]
pub(crate) struct MountObserved {
    pub source: Utf8PathBuf,
    pub services: Vec<String>,
    pub kind: MountKind,
    pub exists: bool,
    pub inside: bool,
}

/// A script without its executable bit.
#[derive(Debug)]
pub(crate) struct ScriptObserved {
    pub path: Utf8PathBuf,
    /// This user may change it.
    pub ours: bool,
}

/// One published port.
#[derive(Debug)]
pub(crate) struct PortObserved {
    pub service: String,
    /// As people write it: `8080`, `127.0.0.1:53/udp`.
    pub label: String,
    /// None: it is free.
    pub holder: Option<PortHolder>,
}

/// Who holds a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PortHolder {
    /// Another service of this package wants it too.
    Service(String),
    /// A container: its name and its project.
    Container(String, Option<String>),
    /// A process: its name and pid.
    Process(String, u32),
    /// Somebody this user may not see.
    Hidden,
}

/// Looks at everything.
pub(crate) async fn observe(session: &Session) -> ObservedState {
    let project = &session.package.project;
    let engine = session.engine();
    let info = match &engine {
        Ok(engine) => engine.info().await,
        Err(_) => Err(EngineError::NotRunning {
            endpoint: session.endpoint.url.clone(),
        }),
    };
    let reachable = engine.ok().filter(|_| info.is_ok());
    let containers = match &reachable {
        Some(engine) => engine.list_all().await.unwrap_or_default(),
        None => Vec::new(),
    };
    let arch = info
        .as_ref()
        .map_or_else(|_| crate::host::platform(), |info| info.platform.clone());
    let images = images(
        project.active_services(),
        &session.package.archives,
        &arch,
        reachable.as_ref(),
    )
    .await;
    let local = session.endpoint.is_local();
    let bytes_to_send = match &reachable {
        Some(engine) => bytes_to_send(engine, &session.package.archives, &images).await,
        None => None,
    };
    ObservedState {
        bytes_to_send,
        engine_installed: session.environment.find_program("dockerd").is_some()
            || session.environment.find_program("docker").is_some()
            || session.endpoint.socket().is_some_and(Utf8Path::exists),
        compose: session
            .compose
            .as_ref()
            .map(|compose| compose.version().to_string()),
        project: project.name.clone(),
        images,
        mounts: directories::observe(project),
        scripts: scripts::observe(project),
        ports: observe_ports(project, &containers, local && reachable.is_some()),
        other_folder: other_folder(project, &containers),
        taken_names: taken_names(project, &containers),
        missing_external: match &reachable {
            Some(engine) => missing_external(project, engine).await,
            None => Vec::new(),
        },
        engine_disk: info
            .as_ref()
            .ok()
            .filter(|_| local)
            .and_then(|info| info.root.clone())
            .and_then(|root| Some((root.clone(), disk::free_bytes(Utf8Path::new(&root))?))),
        engine: info,
    }
}

/// Looks up what services ask for, in the engine and in the package's archives.
pub(crate) async fn images<'a>(
    services: impl Iterator<Item = &'a Service>,
    archives: &[Archive],
    platform: &str,
    engine: Option<&Engine>,
) -> Vec<ImageObserved> {
    let mut by_reference: BTreeMap<&str, ImageObserved> = BTreeMap::new();
    for service in services {
        let Some(wanted) = service.image.as_deref() else {
            continue;
        };
        let entry = by_reference.entry(wanted).or_insert_with(|| ImageObserved {
            wanted: wanted.to_owned(),
            services: Vec::new(),
            build: service.build,
            pull_policy: None,
            present: None,
            source: None,
        });
        entry.services.push(service.name.clone());
        entry.pull_policy = entry
            .pull_policy
            .take()
            .or_else(|| service.pull_policy.clone());
    }
    let arch = platform_arch(platform.split('/').nth(1).unwrap_or(platform));
    let mut images: Vec<ImageObserved> = by_reference.into_values().collect();
    for image in &mut images {
        if let Some(engine) = engine {
            image.present = engine.image(&image.wanted).await.ok().flatten();
        }
        let Some(found) = match_archive(&image.wanted, arch, archives) else {
            continue;
        };
        let Some(archive) = archives
            .iter()
            .position(|archive| archive.file == found.archive.file)
        else {
            continue;
        };
        let mut source = ImageSource {
            archive,
            reference: found.source,
            id: found.image.id.clone(),
            manifest: found.image.manifest.digest.clone(),
            platform: found.image.platform.clone(),
            bytes: found.image.bytes,
            fits: found.fits,
            loaded: None,
        };
        if let Some(engine) = engine {
            source.loaded = loaded(engine, &source).await;
        }
        image.source = Some(source);
    }
    images
}

async fn bytes_to_send(
    engine: &Engine,
    archives: &[Archive],
    images: &[ImageObserved],
) -> Option<u64> {
    let absent = images
        .iter()
        .filter_map(ImageObserved::to_load)
        .map(|source| (source.archive, source.id.as_str()));
    let items = loader::items(archives, absent);
    if items.is_empty() {
        return Some(0);
    }
    loader::bytes_to_send(engine, archives, &items).await.ok()
}

/// Finds an archive's image in the engine by its name, then by its id; only the same content counts.
pub(crate) async fn loaded(engine: &Engine, source: &ImageSource) -> Option<ImageFacts> {
    for name in [&source.reference, &source.id, &source.manifest] {
        if let Ok(Some(facts)) = engine.image(name).await
            && source.is(&facts)
        {
            return Some(facts);
        }
    }
    None
}

impl ImageObserved {
    /// What has to be loaded for it; none when the engine has it, or when the package has nothing that fits.
    pub(crate) fn to_load(&self) -> Option<&ImageSource> {
        self.source
            .as_ref()
            .filter(|source| source.fits && source.loaded.is_none())
    }
}

impl ImageSource {
    /// Whether the engine's image is this one: a classic store names images by their config, the containerd store by
    /// their manifest. (What somebody loaded by hand into the latter has another manifest; then it is sent again,
    /// without its layers.)
    pub(crate) fn is(&self, facts: &ImageFacts) -> bool {
        facts.id == self.id || facts.id == self.manifest
    }

    /// Whether the engine has it under the archive's own name.
    pub(crate) fn is_named(&self) -> bool {
        self.reference == self.id
            || self
                .loaded
                .as_ref()
                .is_some_and(|facts| facts.refs.contains(&self.reference))
    }
}

fn observe_ports(
    project: &Project,
    containers: &[ContainerSummary],
    local: bool,
) -> Vec<PortObserved> {
    let mut seen: Vec<(&str, &Port)> = Vec::new();
    let mut observed = Vec::new();
    for service in project
        .active_services()
        .filter(|service| !service.host_network)
    {
        for port in service.ports.iter().filter(|port| port.published.is_some()) {
            let rival = seen
                .iter()
                .find(|(_, other)| *other == port)
                .map(|(name, _)| (*name).to_owned());
            let holder = match rival {
                Some(rival) if rival != service.name => Some(PortHolder::Service(rival)),
                _ => holder(project, &service.name, port, containers, local),
            };
            seen.push((&service.name, port));
            observed.push(PortObserved {
                service: service.name.clone(),
                label: label(port),
                holder,
            });
        }
    }
    observed
}

/// Who holds a port, own containers of the same service left out. A range is held only when all of it is: the engine
/// takes any free one.
pub(super) fn holder(
    project: &Project,
    service: &str,
    port: &Port,
    containers: &[ContainerSummary],
    local: bool,
) -> Option<PortHolder> {
    let address: Option<IpAddr> = port.host_ip.as_deref().and_then(|ip| ip.parse().ok());
    let mut last = None;
    for number in range(port.published.as_deref()?) {
        let container = containers
            .iter()
            .filter(|container| container.running)
            .find(|container| {
                container.ports.iter().any(|held| {
                    held.host_port == number
                        && held.protocol == port.protocol
                        && same_address(address, &held.host_ip)
                })
            });
        let own = container.is_some_and(|container| {
            container.project.as_deref() == Some(&project.name)
                && container.service.as_deref() == Some(service)
        });
        if own {
            return None;
        }
        last = match container {
            Some(container) => Some(PortHolder::Container(
                container.name.clone(),
                container.project.clone(),
            )),
            None if local => {
                ports::holder(address, number, &port.protocol).map(|holder| match holder.process {
                    Some((name, pid)) => PortHolder::Process(name, pid),
                    None => PortHolder::Hidden,
                })
            }
            None => None,
        };
        last.as_ref()?;
    }
    last
}

fn same_address(wanted: Option<IpAddr>, held: &str) -> bool {
    let held: Option<IpAddr> = held.parse().ok();
    match (wanted, held) {
        (Some(wanted), Some(held)) => {
            wanted.is_unspecified() || held.is_unspecified() || wanted == held
        }
        _ => true,
    }
}

/// Returns the single ports of `8080` or `8000-8010`.
pub(super) fn range(published: &str) -> Vec<u16> {
    let parse = |text: &str| text.trim().parse::<u16>().ok();
    match published.split_once('-') {
        Some((first, last)) => match (parse(first), parse(last)) {
            (Some(first), Some(last)) if first <= last => (first..=last).collect(),
            _ => Vec::new(),
        },
        None => parse(published)
            .filter(|port| *port != 0)
            .into_iter()
            .collect(),
    }
}

/// Returns a port as people write it.
pub(super) fn label(port: &Port) -> String {
    let host = port
        .host_ip
        .as_deref()
        .filter(|ip| *ip != "0.0.0.0")
        .map(|ip| format!("{ip}:"))
        .unwrap_or_default();
    let protocol = if port.protocol == "tcp" {
        String::new()
    } else {
        format!("/{}", port.protocol)
    };
    format!(
        "{host}{}{protocol}",
        port.published.as_deref().unwrap_or("?")
    )
}

fn other_folder(project: &Project, containers: &[ContainerSummary]) -> Vec<(String, String)> {
    // Compose writes the folder as it was given; a link and its target are the same folder.
    let real = |path: &str| {
        Utf8Path::new(path)
            .canonicalize_utf8()
            .unwrap_or_else(|_| path.into())
    };
    let own = real(project.directory.as_str());
    containers
        .iter()
        .filter(|container| container.project.as_deref() == Some(&project.name))
        .filter_map(|container| Some((container.name.clone(), container.working_dir.clone()?)))
        .filter(|(_, folder)| real(folder) != own)
        .collect()
}

fn taken_names(project: &Project, containers: &[ContainerSummary]) -> Vec<(String, String)> {
    project
        .active_services()
        .filter_map(|service| service.container_name.as_deref())
        .filter_map(|name| containers.iter().find(|container| container.name == name))
        .filter(|container| container.project.as_deref() != Some(&project.name))
        .map(|container| {
            (
                container.name.clone(),
                container.project.clone().unwrap_or_default(),
            )
        })
        .collect()
}

async fn missing_external(project: &Project, engine: &Engine) -> Vec<(&'static str, String)> {
    let mut missing = Vec::new();
    for network in &project.external_networks {
        if matches!(engine.has_network(network).await, Ok(false)) {
            missing.push(("network", network.clone()));
        }
    }
    for volume in &project.external_volumes {
        if matches!(engine.has_volume(volume).await, Ok(false)) {
            missing.push(("volume", volume.clone()));
        }
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_labels() {
        assert_eq!(range("8080"), [8080]);
        assert_eq!(range("8000-8002"), [8000, 8001, 8002]);
        assert!(range("0").is_empty(), "zero lets the engine choose");
        assert!(range("x").is_empty());
        let port = |host_ip: Option<&str>, protocol: &str| Port {
            host_ip: host_ip.map(str::to_owned),
            published: Some("53".into()),
            target: 53,
            protocol: protocol.into(),
        };
        assert_eq!(label(&port(None, "tcp")), "53");
        assert_eq!(label(&port(Some("127.0.0.1"), "udp")), "127.0.0.1:53/udp");
    }
}
