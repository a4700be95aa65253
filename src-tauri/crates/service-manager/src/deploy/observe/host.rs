//! This computer: what its kernel and processor can do, and what else stands between a package and running services.
//! Looked at only where somebody asks for it.

use super::look::{LIMIT, Look, on_disk};
use crate::deploy::session::Session;
use crate::engine::{EngineError, EngineInfo, Flavour, Proxies, proxies};
use crate::host::cpu::{self, Processor};
use crate::host::gpu::{self, Gpu};
use crate::host::kernel::{self, Kernel};
use crate::host::service::{self, Access};
use crate::host::system::{self, System};
use crate::host::time_sync;
use crate::images::history::History;
use crate::operation::OperationContext;
use crate::repair::label::{Labelled, unlabelled};
use camino::{Utf8Path, Utf8PathBuf};
use jiff::Timestamp;

/// The engine's own socket, whichever way it is written.
const SOCKETS: &[&str] = &["/var/run/docker.sock", "/run/docker.sock"];

/// What is known of this computer.
#[derive(Debug)]
pub(crate) struct HostObserved {
    pub system: System,
    /// The kernel and the processor under the containers; none where they run in another computer or machine.
    pub under: Option<Under>,
    /// Looked at only when a service asks for a graphics card.
    pub gpu: Option<Gpu>,
    /// Looked at only when the engine refuses this user.
    pub access: Access,
    /// The unit of systemd that is the engine, when the engine does not run.
    pub unit: Option<String>,
    /// Whether the engine comes back after a restart of the computer; none where nobody can say.
    pub comes_back: Option<ComesBack>,
    pub proxies: Option<Proxies>,
    pub clock: Clock,
    /// The files of the package that SELinux keeps from containers; none where it is off, or where nobody can say.
    pub unlabelled: Option<Vec<Labelled>>,
    /// The program that labels files.
    pub chcon: Option<Utf8PathBuf>,
    /// The docker of a package and the one of a snap are both here.
    pub two_engines: bool,
    /// Images were loaded into another store of this engine before.
    pub other_store: bool,
    /// The file that keeps this package's settings of the kernel, and what is in it.
    pub sysctl_file: (Utf8PathBuf, Option<Vec<u8>>),
}

/// The kernel and the processor that containers run on.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Under {
    pub kernel: Kernel,
    pub processor: Option<Processor>,
}

/// How the engine starts with the computer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ComesBack {
    pub by: StartedBy,
    pub does: bool,
}

/// Who starts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StartedBy {
    /// A unit of systemd.
    Unit(String),
    /// A unit of the user, who has to linger.
    User(String),
    /// Docker Desktop, when somebody logs in.
    Desktop,
}

/// The time of day against what is known to be in the past.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Clock {
    pub now: Timestamp,
    /// The newest file of the package.
    pub newest: Look<Option<Timestamp>>,
    /// Others set it; none where nobody can say.
    pub synchronised: Option<bool>,
}

/// Looks.
pub(super) async fn observe(
    session: &Session,
    engine: &Result<EngineInfo, EngineError>,
    wants_gpu: bool,
) -> HostObserved {
    let info = engine.as_ref().ok();
    let is_local = session.endpoint.is_local();
    let socket = session.endpoint.socket().map(Utf8Path::to_owned);
    let is_under = is_local
        && cfg!(target_os = "linux")
        && info.is_some_and(|info| info.details.flavour.is_here());
    let gpu = async {
        if !wants_gpu || !is_under {
            return None;
        }
        let look = gpu::look(&session.environment);
        tokio::time::timeout(LIMIT, look).await.ok()
    };
    let package = session.package.clone();
    let newest = on_disk(move || newest(&package));
    let synchronised = time_sync::is_synchronised(&session.environment);
    let kernel = kernel::read();
    let folder = session.package.project.directory.clone();
    let chcon = ["/usr/bin/chcon", "/bin/chcon"].map(Utf8Path::new);
    let chcon = chcon.into_iter().find(|path| path.exists());
    let is_on = is_under && kernel.selinux_enforcing;
    let labels = async {
        if !is_on {
            return None;
        }
        on_disk(move || unlabelled(&folder)).await.ok()?
    };
    let (gpu, newest, synchronised, labels) = tokio::join!(gpu, newest, synchronised, labels);
    let sysctl_file = Utf8PathBuf::from(format!(
        "/etc/sysctl.d/99-quayside-{}.conf",
        session.package.project.name
    ));
    let is_down = is_local && matches!(engine, Err(EngineError::NotRunning { .. }));
    let unit = socket.as_deref().filter(|_| is_down).and_then(unit);
    let is_refused = matches!(engine, Err(EngineError::Permission { .. }));
    HostObserved {
        system: system::look(),
        under: is_under.then(|| Under {
            kernel,
            processor: cpu::processor(),
        }),
        gpu,
        unit,
        access: socket
            .as_deref()
            .filter(|_| is_refused)
            .map(service::access)
            .unwrap_or_default(),
        comes_back: info
            .filter(|_| is_local)
            .and_then(|info| comes_back(session, info, socket.as_deref())),
        proxies: proxies(&session.environment, &session.endpoint),
        clock: Clock {
            now: OperationContext::now(),
            newest,
            synchronised,
        },
        unlabelled: labels,
        chcon: chcon.map(Utf8Path::to_owned),
        two_engines: Utf8Path::new("/snap/bin/docker").exists()
            && Utf8Path::new("/usr/bin/dockerd").exists(),
        other_store: info.is_some_and(|info| {
            let driver = info.storage_driver.as_deref();
            History::of(&session.environment.state, driver).is_of_another_store()
        }),
        sysctl_file: {
            let content = fs_err::read(&sysctl_file).ok();
            (sysctl_file, content)
        },
    }
}

/// The unit that listens at the usual place; a package's docker before a snap's.
fn unit(socket: &Utf8Path) -> Option<String> {
    let units = ["docker.service", "snap.docker.dockerd.service"];
    let is_known = |unit: &&str| service::starts_by_itself(unit).is_some();
    let unit = units.into_iter().find(is_known)?;
    SOCKETS.contains(&socket.as_str()).then(|| unit.to_owned())
}

fn comes_back(
    session: &Session,
    info: &EngineInfo,
    socket: Option<&Utf8Path>,
) -> Option<ComesBack> {
    let unit = |name: &str| {
        Some(ComesBack {
            does: service::starts_by_itself(name)?,
            by: StartedBy::Unit(name.to_owned()),
        })
    };
    let is_usual = socket.is_some_and(|socket| SOCKETS.contains(&socket.as_str()));
    let environment = &session.environment;
    let home = environment.home.as_deref()?;
    match info.details.flavour {
        Flavour::Native if is_usual => unit("docker.service"),
        Flavour::Snap => unit("snap.docker.dockerd.service"),
        Flavour::Rootless => {
            let user = environment.get("USER")?;
            let does = service::starts_for_user(home, user)?;
            let by = StartedBy::User(user.to_owned());
            Some(ComesBack { by, does })
        }
        Flavour::Desktop => Some(ComesBack {
            by: StartedBy::Desktop,
            does: desktop_starts(home, environment.get("APPDATA"))?,
        }),
        _ => None,
    }
}

/// Docker Desktop keeps its settings as JSON; the file has had two names.
fn desktop_starts(home: &Utf8Path, app_data: Option<&str>) -> Option<bool> {
    let folders = [
        Some(home.join(".docker/desktop")),
        Some(home.join("Library/Group Containers/group.com.docker")),
        app_data.map(|folder| Utf8Path::new(folder).join("Docker")),
    ];
    folders.into_iter().flatten().find_map(|folder| {
        let read = |name: &str| {
            let text = fs_err::read(folder.join(name)).ok()?;
            serde_json::from_slice::<serde_json::Value>(&text).ok()
        };
        let settings = read("settings-store.json").or_else(|| read("settings.json"))?;
        let answer = settings.get("AutoStart").or(settings.get("autoStart"))?;
        answer.as_bool()
    })
}

/// The newest of the files that say what the package is, and of its archives.
fn newest(package: &crate::package::Package) -> Option<Timestamp> {
    let archives = package.archives.iter().map(|archive| &archive.path);
    package
        .project
        .files
        .iter()
        .chain(archives)
        .filter_map(|path| fs_err::metadata(path).ok()?.modified().ok())
        .filter_map(|time| Timestamp::try_from(time).ok())
        .max()
}

impl HostObserved {
    /// A computer of which nothing is known, at a time when nothing is odd.
    #[cfg(test)]
    pub(crate) fn plain() -> Self {
        let now: Timestamp = "2030-01-01T00:00:00Z".parse().expect("a time");
        Self {
            system: System::default(),
            under: Some(Under::default()),
            gpu: None,
            access: Access::default(),
            unit: None,
            comes_back: None,
            proxies: None,
            clock: Clock {
                now,
                newest: Ok(None),
                synchronised: None,
            },
            unlabelled: None,
            chcon: None,
            two_engines: false,
            other_store: false,
            sysctl_file: ("/etc/sysctl.d/99-quayside-demo.conf".into(), None),
        }
    }
}
