//! What a service asks of the computer beyond its image, and the networks and volumes of a project: our own types.

use std::collections::BTreeMap;

/// What a service asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Traits {
    /// `user:` as written.
    pub user: Option<String>,
    pub privileged: bool,
    pub host_pid: bool,
    /// As written, in capitals, without `CAP_`.
    pub cap_add: Vec<String>,
    /// A limit of memory is set, in any of the ways there are.
    pub limits_memory: bool,
    /// Containers write without end: the driver keeps files, and nothing says how many.
    pub rotates_logs: Option<bool>,
    /// Keys of the networks it is in.
    pub networks: Vec<String>,
    /// Paths in the container that are volumes without a name.
    pub anonymous_volumes: Vec<String>,
    /// Paths in the container where something is mounted: volumes with names, folders, memory.
    pub mounted: Vec<String>,
    /// What Compose would fetch to build the image: addresses.
    pub remote_build: Vec<String>,
    /// A program that is to provide the service in the place of a container.
    pub provider: Option<String>,
    /// Language models it asks Docker to fetch.
    pub models: Vec<String>,
}

/// A network of the project that a service uses.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Network {
    /// Its key in the compose file.
    pub key: String,
    /// Its name in the engine.
    pub name: String,
    pub external: bool,
    /// None means the engine's usual one.
    pub driver: Option<String>,
    /// As written: `172.28.0.0/16`.
    pub subnets: Vec<String>,
}

/// A named volume of the project that a service uses.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Volume {
    pub key: String,
    /// Its name in the engine.
    pub name: String,
    pub external: bool,
    pub driver: Option<String>,
    /// `type`, `o`, `device` of the local driver.
    pub options: BTreeMap<String, String>,
}
