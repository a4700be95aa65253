//! Room on the two disks a deployment fills: the engine's, and the package's own.

use super::images::ImageObserved;
use super::look::{Blind, Look, on_disk};
use crate::compose::project::Project;
use crate::engine::EngineInfo;
use crate::host::disk::{self, Space};
use crate::images::loader::MOST_STREAMS;
use camino::{Utf8Path, Utf8PathBuf};

/// Where containerd of the system keeps what it has (containerd's `config.toml`, `root`).
const CONTAINERD: &str = "/var/lib/containerd";
const SYSTEM_CONTAINERD: &str = "/run/containerd/containerd.sock";

/// The disks a deployment fills.
#[derive(Debug)]
pub(crate) struct Disks {
    pub engine: EngineDisk,
    pub package: Look<Disk>,
    /// Containers write into the package's folder, or folders are made there.
    pub package_is_written: bool,
}

/// The disk where the engine keeps its images.
#[derive(Debug)]
pub(crate) enum EngineDisk {
    /// On this computer.
    Here(Look<Disk>),
    /// In a virtual machine, or on another computer: the address or the name of it.
    Elsewhere(String),
    /// No engine, or it does not say.
    Unknown,
}

/// One place and the room around it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Disk {
    pub path: Utf8PathBuf,
    pub space: Space,
    /// It was asked for the room and said no: a quota. None: not asked.
    pub gives: Option<bool>,
}

/// Which disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DiskPlace {
    EngineData,
    Package,
}

/// What loading takes of the engine's disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Room {
    pub stays: u64,
    pub peak: u64,
}

/// The most that loading occupies at one moment, which is more than what stays. A classic store spools what is uploaded
/// into its folder for temporary files and unpacks it from there, stream by stream; the containerd store keeps what was
/// uploaded and unpacks it beside it (20.10, 26.1).
pub(crate) fn room(
    images: &[ImageObserved],
    bytes_to_send: Option<u64>,
    engine: Option<&EngineInfo>,
) -> Room {
    let mut sizes: Vec<u64> = images
        .iter()
        .filter_map(ImageObserved::to_load)
        .map(|source| source.bytes)
        .collect();
    let stays = bytes_to_send.unwrap_or_else(|| sizes.iter().sum());
    if engine.is_some_and(|engine| engine.details.is_containerd_store) {
        let stays = 2 * stays;
        return Room { stays, peak: stays };
    }
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    let spooled: u64 = sizes.iter().take(MOST_STREAMS).sum();
    // What images share travels once, so that together they cannot spool more than is sent.
    let peak = stays + spooled.min(stays);
    Room { stays, peak }
}

/// Looks at both disks. `is_local`: the engine's address is of this computer.
pub(super) async fn observe(
    engine: Option<&EngineInfo>,
    is_local: bool,
    address: &str,
    project: &Project,
    room: Room,
) -> Disks {
    let here = project.directory.clone();
    // A package writes little beside its data; a mebibyte shows whether a quota is used up.
    let package = on_disk(move || look(here, 1 << 20));
    let (engine, package) = tokio::join!(engine_disk(engine, is_local, address, room), package);
    Disks {
        engine,
        package: package.and_then(|seen| seen),
        package_is_written: project
            .active_services()
            .flat_map(|service| &service.bind_mounts)
            .any(|mount| !mount.read_only && mount.source.starts_with(&project.directory)),
    }
}

async fn engine_disk(
    engine: Option<&EngineInfo>,
    is_local: bool,
    address: &str,
    room: Room,
) -> EngineDisk {
    let Some(engine) = engine else {
        return EngineDisk::Unknown;
    };
    if !is_local {
        return EngineDisk::Elsewhere(address.to_owned());
    }
    if is_machine(engine) {
        let name = engine.details.operating_system.clone();
        return EngineDisk::Elsewhere(name.unwrap_or_else(|| address.to_owned()));
    }
    let Some(root) = engine.root.clone().map(Utf8PathBuf::from) else {
        return EngineDisk::Unknown;
    };
    let places = places(engine, &root);
    let seen = on_disk(move || {
        let looks: Result<Vec<Disk>, Blind> = places
            .into_iter()
            .map(|place| look(place, room.peak))
            .collect();
        let disks = looks?.into_iter();
        let tightest = disks.min_by_key(|disk| disk.space.free);
        tightest.ok_or_else(|| Blind::Failed(root.into_string()))
    })
    .await;
    EngineDisk::Here(seen.and_then(|seen| seen))
}

fn is_machine(engine: &EngineInfo) -> bool {
    engine.details.flavour.is_machine() || cfg!(any(target_os = "windows", target_os = "macos"))
}

/// Returns where the engine keeps its images, as far as that is a disk of this computer.
pub(crate) fn places_here(engine: &EngineInfo, is_local: bool) -> Vec<Utf8PathBuf> {
    match &engine.root {
        Some(root) if is_local && !is_machine(engine) => places(engine, Utf8Path::new(root)),
        _ => Vec::new(),
    }
}

/// Where images are kept: with the containerd store in containerd's own folder, which may be another disk. Older engines
/// do not say which containerd they use; then both places have to have room.
fn places(engine: &EngineInfo, root: &Utf8Path) -> Vec<Utf8PathBuf> {
    let system = Utf8PathBuf::from(CONTAINERD);
    match engine.details.containerd_address.as_deref() {
        _ if !engine.details.is_containerd_store => vec![root.to_owned()],
        Some(SYSTEM_CONTAINERD) => vec![system],
        None if Utf8Path::new(SYSTEM_CONTAINERD).exists() => vec![root.to_owned(), system],
        _ => vec![root.to_owned()],
    }
}

fn look(path: Utf8PathBuf, bytes: u64) -> Look<Disk> {
    let failed = |error: std::io::Error| Blind::Failed(error.to_string());
    let space = disk::space(&path).map_err(failed)?;
    let gives = (bytes > 0 && !space.read_only)
        .then(|| disk::would_give(&path, bytes))
        .flatten();
    Ok(Disk { path, space, gives })
}
