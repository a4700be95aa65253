//! How a deployed package is: states, verdict and the evidence for them.

use super::{wire, words};
use crate::api::package::PortView;
use crate::text::Text;
use jiff::Timestamp;

words! {
    /// The overall verdict; the first that applies wins.
    pub enum Verdict {
        EngineUnreachable = "engine-unreachable",
        NotDeployed = "not-deployed",
        Stopped = "stopped",
        WillNotRecover = "will-not-recover",
        Converging = "converging",
        Degraded = "degraded",
        Ready = "ready",
    }

    /// The state of a service: that of its worst container.
    pub enum ServiceState {
        NotCreated = "not-created",
        Starting = "starting",
        Running = "running",
        Healthy = "healthy",
        Unhealthy = "unhealthy",
        CrashLooping = "crash-looping",
        Completed = "completed",
        Failed = "failed",
        Stopped = "stopped",
        Paused = "paused",
    }

    /// Whether the engine answers.
    pub enum EngineState { Connected = "connected", Unreachable = "unreachable" }

    /// Where a link can be opened from.
    pub enum LinkScope { Local = "local", Lan = "lan" }

    /// A container's state, spelled as the engine spells it.
    pub enum ContainerState {
        Created = "created",
        Running = "running",
        Paused = "paused",
        Restarting = "restarting",
        Removing = "removing",
        Exited = "exited",
        Dead = "dead",
    }

    /// A container's health, spelled as the engine spells it.
    pub enum Health { None = "none", Starting = "starting", Healthy = "healthy", Unhealthy = "unhealthy" }
}

wire! {
    /// Everything known about the project at one moment.
    pub struct StatusSnapshot {
        pub verdict: Verdict,
        pub sentence: Text,
        pub engine: EngineStatus,
        /// Expected services (those of inactive profiles are not here), in Compose's order.
        pub services: Vec<ServiceStatus>,
        /// Services that are up or have done their job.
        pub running: u32,
        pub total: u32,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        pub at: Timestamp,
    }

    /// The engine as last seen.
    pub struct EngineStatus {
        pub state: EngineState,
        pub version: Option<String>,
        pub api_version: Option<String>,
        /// `linux/amd64`
        pub platform: Option<String>,
        /// Why it cannot be reached, and what to do about it on this system.
        pub reason: Option<Text>,
    }

    /// One expected service.
    pub struct ServiceStatus {
        pub name: String,
        pub title: String,
        pub state: ServiceState,
        pub sentence: Text,
        /// The service whose state keeps this one from starting.
        pub blocked_by: Option<String>,
        pub containers: Vec<ContainerStatus>,
        pub ports: Vec<PortView>,
        pub links: Vec<Link>,
        /// Ids of diagnoses that concern this service.
        pub diagnoses: Vec<String>,
    }

    /// One container of a service.
    pub struct ContainerStatus {
        pub name: String,
        pub id: String,
        /// Docker answered about it; if not, this is what was known before, and what Docker's list says.
        pub answered: bool,
        pub state: ContainerState,
        pub health: Health,
        /// Null while it runs or has never run.
        pub exit_code: Option<i64>,
        pub restart_count: u32,
        pub oom_killed: bool,
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        pub started_at: Option<Timestamp>,
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        pub finished_at: Option<Timestamp>,
    }

    /// An address people can open.
    #[derive(Eq)]
    pub struct Link {
        pub url: String,
        pub scope: LinkScope,
    }
}
