//! One service, as far as a technician wants to know it. Values of variables never leave the engine.

use super::{wire, words};
use crate::api::status::ServiceState;
use jiff::Timestamp;

words! {
    /// What kind of place a container keeps something in.
    pub enum PlaceKind { Bind = "bind", Volume = "volume", Memory = "memory" }

    /// What became of a container.
    pub enum HistoryKind { Started = "started", Ended = "ended", OutOfMemory = "out-of-memory", Restarted = "restarted", Unhealthy = "unhealthy", Healthy = "healthy" }
}

wire! {
    /// One service in detail.
    pub struct ServiceDetails {
        pub service: String,
        /// As the compose file names it.
        pub image: String,
        pub containers: Vec<ContainerDetails>,
        /// What it needs directly, with the state of each.
        pub needs: Vec<NeedDetails>,
        /// What cannot start, or loses what it needs, when this one is down; near ones first.
        pub needed_by: Vec<String>,
        /// Places it keeps something in.
        pub places: Vec<PlaceDetails>,
        /// What its containers went through, the newest first, as far as the engine remembers.
        pub history: Vec<HistoryEntry>,
    }

    /// A service that another one depends on.
    pub struct NeedDetails {
        pub service: String,
        /// `service_started`, `service_healthy`, `service_completed_successfully`
        pub condition: String,
        pub state: Option<ServiceState>,
    }

    /// One container.
    pub struct ContainerDetails {
        pub name: String,
        /// The short form of its id.
        pub id: String,
        pub image_id: String,
        /// `linux/amd64`; null when the image is gone.
        pub platform: Option<String>,
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        pub created_at: Option<Timestamp>,
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        pub started_at: Option<Timestamp>,
        pub restart_count: u32,
        /// `no`, `always`, `unless-stopped`, `on-failure`
        pub restart_policy: String,
        /// Names of its environment variables.
        pub variables: Vec<String>,
        pub networks: Vec<NetworkDetails>,
        /// The last health checks, the newest first; the engine remembers five.
        pub probes: Vec<ProbeDetails>,
    }

    /// A network a container is in.
    pub struct NetworkDetails {
        pub name: String,
        pub address: Option<String>,
    }

    /// One health check.
    pub struct ProbeDetails {
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        pub at: Option<Timestamp>,
        pub seconds: Option<f64>,
        pub passed: bool,
        pub exit_code: i64,
        /// What it printed, without colours and cut.
        pub output: String,
    }

    /// A place a container keeps something in.
    pub struct PlaceDetails {
        pub kind: PlaceKind,
        /// A path of this computer, or the name of a volume.
        pub source: String,
        pub target: String,
        pub read_only: bool,
        /// Null where this user may not look, or nobody asked.
        pub bytes: Option<u64>,
    }

    /// Something that happened to a container.
    pub struct HistoryEntry {
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        pub at: Timestamp,
        pub container: String,
        pub what: HistoryKind,
        pub exit_code: Option<i64>,
    }
}
