//! The project as Compose resolves it: our own types, filled from `config`.

use super::traits::{Network, Traits, Volume};
use super::wishes::Wishes;
use crate::api::package::MountKind;
use camino::Utf8PathBuf;
use std::collections::BTreeMap;
use std::time::Duration;

/// A resolved Compose project: interpolated, merged, with absolute paths, services of all profiles.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Project {
    /// The project name, as Compose derives it.
    pub name: String,
    /// The folder Compose runs in; relative sources are relative to it.
    pub directory: Utf8PathBuf,
    /// Compose files in merge order, absolute.
    pub files: Vec<Utf8PathBuf>,
    /// In the order Compose prints them.
    pub services: Vec<Service>,
    /// External networks by real name, which must exist before `up`.
    pub external_networks: Vec<String>,
    /// External volumes by real name, which must exist before `up`.
    pub external_volumes: Vec<String>,
    /// Every network in use, external ones too.
    pub networks: Vec<Network>,
    /// Every named volume in use, external ones too.
    pub volumes: Vec<Volume>,
    /// True when this was read from the YAML without asking Compose.
    pub preview: bool,
}

impl Project {
    /// Returns the services that are expected to run: those of no profile or of an active one.
    pub(crate) fn active_services(&self) -> impl Iterator<Item = &Service> {
        self.services.iter().filter(|service| service.active)
    }

    /// Returns a service by name.
    pub(crate) fn service(&self, name: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.name == name)
    }
}

/// One service.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Service {
    /// The key in the compose file.
    pub name: String,
    /// Interpolated reference; for a `build:` without `image:` the name Compose gives the built image.
    pub image: Option<String>,
    /// Has a `build:` section, which cannot be used offline.
    pub build: bool,
    /// `always`, `missing`, `never`, ...
    pub pull_policy: Option<String>,
    /// `platform:` as written.
    pub platform: Option<String>,
    /// `user:` as written: a name or a number, with or without a group.
    pub user: Option<String>,
    /// `container_name:` as written.
    pub container_name: Option<String>,
    /// How many containers are expected (`scale`, `deploy.replicas`), at least 0.
    pub replicas: u32,
    /// Published ports.
    pub ports: Vec<Port>,
    /// Bind mounts.
    pub bind_mounts: Vec<BindMount>,
    /// Named volumes by their key in the compose file.
    pub volumes: Vec<String>,
    /// In the order Compose prints them.
    pub depends_on: Vec<Dependency>,
    /// Those of them it starts without (`required: false`).
    pub optional: Vec<String>,
    /// The restart policy as written; none when the key is absent.
    pub restart: Option<String>,
    /// None when there is none in the compose file or it is disabled.
    pub healthcheck: Option<Healthcheck>,
    /// Profiles of the service.
    pub profiles: Vec<String>,
    /// No profiles, or one of COMPOSE_PROFILES.
    pub active: bool,
    /// A job that runs to its end, by the contract's rule.
    pub one_shot: bool,
    /// The entrypoint as Compose resolved it, split into words.
    pub entrypoint: Vec<String>,
    /// The command as Compose resolved it, split into words.
    pub command: Vec<String>,
    /// Uses the host's network, so its ports are the host's own.
    pub host_network: bool,
    /// Names of environment variables; values stay with Compose.
    pub environment: BTreeMap<String, Option<String>>,
    /// What it asks of the computer.
    pub traits: Traits,
    /// What it wants there to be enough of.
    pub wishes: Wishes,
}

/// A published port.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Port {
    /// None means all addresses.
    pub host_ip: Option<String>,
    /// A port, a range, or none (the engine chooses).
    pub published: Option<String>,
    /// The container's port.
    pub target: u16,
    /// `tcp`, `udp`, `sctp`
    pub protocol: String,
}

/// A bind mount.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BindMount {
    /// Absolute path on this computer.
    pub source: Utf8PathBuf,
    /// Path in the container.
    pub target: String,
    /// `:ro`
    pub read_only: bool,
    /// File or directory, by the contract's rule.
    pub kind: MountKind,
    /// Whether the source exists now.
    pub exists: bool,
    /// What the image has at the target, where that was looked up: it decides whether what exists can be mounted.
    pub image_has: Option<MountKind>,
}

/// A dependency on another service.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Dependency {
    /// The other service.
    pub service: String,
    /// When it counts as met.
    pub condition: Condition,
}

/// When a dependency counts as met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    /// Its container was started.
    Started,
    /// Its healthcheck passes.
    Healthy,
    /// It ended with exit code 0.
    CompletedSuccessfully,
}

impl Condition {
    /// Returns the word Compose uses.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Started => "service_started",
            Self::Healthy => "service_healthy",
            Self::CompletedSuccessfully => "service_completed_successfully",
        }
    }

    /// Reads the word Compose uses; anything unknown counts as started, as in Compose v1.
    pub(crate) fn from_word(word: &str) -> Self {
        match word {
            "service_healthy" => Self::Healthy,
            "service_completed_successfully" => Self::CompletedSuccessfully,
            _ => Self::Started,
        }
    }
}

/// A healthcheck of the compose file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Healthcheck {
    /// `["CMD", ...]`, `["CMD-SHELL", ...]`, or empty when only times are overridden.
    pub test: Vec<String>,
    /// Time between two probes; the engine's default is 30 s.
    pub interval: Option<Duration>,
    /// Time limit of a probe; the engine's default is 30 s.
    pub timeout: Option<Duration>,
    /// Failed probes in a row until unhealthy; the engine's default is 3.
    pub retries: Option<u32>,
    /// Time in which failed probes do not count; the engine's default is 0.
    pub start_period: Option<Duration>,
}
