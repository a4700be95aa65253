//! What the engine says about itself: `/version` and `/info`, sorted into our own words.

use super::platform_of;
use bollard::models::{SystemInfo, SystemVersion};
use std::fmt;

/// What the engine says about itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct EngineInfo {
    /// `26.1.5`
    pub version: String,
    /// `1.45`
    pub api_version: String,
    /// `linux/amd64`
    pub platform: String,
    /// Where the engine keeps its data, on the engine's computer.
    pub root: Option<String>,
    /// Bytes of memory the engine can use.
    pub memory: Option<u64>,
    /// Processors the engine can use.
    pub cpus: Option<u64>,
    /// `overlay2`, `overlayfs` (the containerd store), ...
    pub storage_driver: Option<String>,
    /// The rest, which only the checks ask for.
    pub details: Box<Details>,
}

/// What only the checks ask for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Details {
    /// How it is installed.
    pub flavour: Flavour,
    /// The oldest API it still speaks: `1.24`; 29 begins at `1.44`.
    pub min_api_version: Option<String>,
    /// Images are kept by containerd, not by the engine's own store.
    pub is_containerd_store: bool,
    /// The file system below the storage driver (`extfs`, `xfs`), where it says so.
    pub backing_filesystem: Option<String>,
    /// False: the file system cannot tell what kind an entry of a folder is (xfs with ftype=0).
    pub has_d_type: Option<bool>,
    /// containerd's address, since 27: tells whose data root images are in.
    pub containerd_address: Option<String>,
    /// `1` or `2`
    pub cgroup_version: Option<String>,
    /// `systemd`, `cgroupfs`, `none`
    pub cgroup_driver: Option<String>,
    /// Limits of memory are kept; false where the kernel cannot.
    pub can_limit_memory: Option<bool>,
    /// Limits of processors are kept.
    pub can_limit_cpus: Option<bool>,
    /// Names of security options: `apparmor`, `seccomp`, `selinux`, `rootless`, `userns`, `cgroupns`.
    pub security: Vec<String>,
    /// Names of runtimes: `runc`, `nvidia`.
    pub runtimes: Vec<String>,
    /// Containers live on while the engine restarts.
    pub live_restore: bool,
    /// `Docker Desktop`, `Debian GNU/Linux 12 (bookworm)`: of the engine's computer or virtual machine.
    pub operating_system: Option<String>,
    /// What it complains about itself.
    pub warnings: Vec<String>,
    /// Networks it may take subnets from, as written: base and size of each. Empty: the engine's own choice.
    pub address_pools: Vec<(String, u8)>,
    /// Folders with descriptions of devices (CDI), since 25.
    pub cdi_folders: Vec<String>,
}

/// How an engine is installed, which decides what can be done about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Flavour {
    /// `dockerd` of a package, as root, on the computer itself.
    #[default]
    Native,
    /// `dockerd` of an ordinary user.
    Rootless,
    /// The snap package: it sees little but home folders.
    Snap,
    /// Docker Desktop: a virtual machine.
    Desktop,
    /// Another virtual machine: Colima, Rancher Desktop, OrbStack.
    Machine,
    /// Podman behind the Docker API.
    Podman,
}

impl Flavour {
    /// Whether it runs in a virtual machine, so that its disk and memory are not this computer's.
    pub(crate) const fn is_machine(self) -> bool {
        matches!(self, Self::Desktop | Self::Machine)
    }

    /// Whether it runs on the computer itself, so that kernel, processor and disk are this computer's.
    pub(crate) const fn is_here(self) -> bool {
        !self.is_machine()
    }
}

impl fmt::Display for Flavour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Native => "native",
            Self::Rootless => "rootless",
            Self::Snap => "snap",
            Self::Desktop => "desktop",
            Self::Machine => "machine",
            Self::Podman => "podman",
        })
    }
}

impl EngineInfo {
    /// Whether a security option is on: `selinux`, `apparmor`.
    pub(crate) fn secures_with(&self, name: &str) -> bool {
        self.details.security.iter().any(|option| option == name)
    }
}

/// Compares the first two numbers of a version: `1.44`, `20.10.24+dfsg1`.
pub(crate) fn at_least(version: &str, major: u32, minor: u32) -> bool {
    let mut numbers = version.split(['.', '-', '+']).map(str::parse::<u32>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(first)), Some(Ok(second))) => (first, second) >= (major, minor),
        _ => false,
    }
}

/// Sorts both answers; `info` may be missing on a half-broken engine that still answers `version`.
pub(super) fn sorted(version: SystemVersion, info: Option<SystemInfo>) -> EngineInfo {
    let platform = platform_of(&version);
    let info = info.unwrap_or_default();
    let positive = |value: Option<i64>| {
        value
            .and_then(|value| u64::try_from(value).ok())
            .filter(|value| *value > 0)
    };
    let status = |name: &str| {
        info.driver_status
            .iter()
            .flatten()
            .find(|pair| pair.first().is_some_and(|it| it == name))
            .and_then(|pair| pair.get(1).cloned())
    };
    let security: Vec<String> = info
        .security_options
        .iter()
        .flatten()
        .filter_map(|option| security_name(option))
        .collect();
    let flavour = flavour(&version, &info, &security);
    let driver_type = status("driver-type");
    let details = Details {
        min_api_version: version.min_api_version,
        flavour,
        is_containerd_store: driver_type
            .map_or(info.driver.as_deref() == Some("overlayfs"), |kind| {
                kind.starts_with("io.containerd.snapshotter")
            }),
        backing_filesystem: status("Backing Filesystem"),
        has_d_type: status("Supports d_type").map(|answer| answer == "true"),
        containerd_address: info.containerd.and_then(|it| it.address),
        cgroup_version: info.cgroup_version.map(|it| it.to_string()),
        cgroup_driver: info.cgroup_driver.map(|it| it.to_string()),
        can_limit_memory: info.memory_limit,
        can_limit_cpus: info.cpu_cfs_quota,
        runtimes: info.runtimes.map_or_else(Vec::new, |runtimes| {
            let mut names: Vec<String> = runtimes.into_keys().collect();
            names.sort();
            names
        }),
        live_restore: info.live_restore_enabled.unwrap_or(false),
        address_pools: info
            .default_address_pools
            .into_iter()
            .flatten()
            .filter_map(|pool| Some((pool.base?, u8::try_from(pool.size?).ok()?)))
            .collect(),
        operating_system: info.operating_system,
        warnings: info.warnings.unwrap_or_default(),
        cdi_folders: info.cdi_spec_dirs.unwrap_or_default(),
        security,
    };
    EngineInfo {
        platform,
        version: version.version.unwrap_or_default(),
        api_version: version.api_version.unwrap_or_default(),
        memory: positive(info.mem_total),
        cpus: positive(info.ncpu),
        root: info.docker_root_dir,
        storage_driver: info.driver,
        details: Box::new(details),
    }
}

/// `name=seccomp,profile=builtin` -> `seccomp`
fn security_name(option: &str) -> Option<String> {
    let name = option
        .split(',')
        .find_map(|part| part.trim().strip_prefix("name="))
        .unwrap_or(option);
    (!name.is_empty()).then(|| name.to_owned())
}

fn flavour(version: &SystemVersion, info: &SystemInfo, security: &[String]) -> Flavour {
    let system = info.operating_system.as_deref().unwrap_or_default();
    let name = info.name.as_deref().unwrap_or_default();
    let product = version.platform.as_ref().map_or("", |it| it.name.as_str());
    let is_podman = version
        .components
        .iter()
        .flatten()
        .any(|component| component.name.starts_with("Podman"));
    if is_podman {
        Flavour::Podman
    } else if system == "Docker Desktop" || product.starts_with("Docker Desktop") {
        Flavour::Desktop
    } else if system.starts_with("Rancher Desktop")
        || system.starts_with("OrbStack")
        || name == "orbstack"
        || name.starts_with("colima")
        || name.starts_with("lima-")
    {
        Flavour::Machine
    } else if info
        .docker_root_dir
        .as_deref()
        .is_some_and(|root| root.starts_with("/var/snap/"))
    {
        Flavour::Snap
    } else if security.iter().any(|name| name == "rootless") {
        Flavour::Rootless
    } else {
        Flavour::Native
    }
}

#[cfg(test)]
mod tests;
