//! What containers and this computer use at the moment, for whoever looks.

use super::{wire, words};
use crate::text::Text;
use jiff::Timestamp;

words! {
    /// Which disk.
    pub enum DiskRole { EngineData = "engine", Package = "package" }

    /// How much a warning asks for: soon, or now.
    pub enum Pressure { Look = "look", Broken = "broken" }
}

wire! {
    /// Figures of one moment. Rates are per second since the look before; null the first time.
    pub struct ResourceFigures {
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        pub at: Timestamp,
        pub containers: Vec<ContainerFigures>,
        pub host: HostFigures,
        pub folders: Vec<FolderFigures>,
        pub warnings: Vec<ResourceWarning>,
    }

    /// One running container.
    pub struct ContainerFigures {
        pub service: String,
        pub container: String,
        /// 100 is one processor, fully used.
        pub cpu_percent: Option<f64>,
        /// Without what the kernel can give back at once.
        pub memory: Option<u64>,
        /// Null where it may use all there is.
        pub memory_limit: Option<u64>,
        pub received: Option<u64>,
        pub sent: Option<u64>,
        pub read: Option<u64>,
        pub written: Option<u64>,
        /// Bytes of its log files; null where this user may not look.
        pub log_bytes: Option<u64>,
        /// Its log grows until the disk is full.
        pub log_unbounded: bool,
    }

    /// This computer.
    pub struct HostFigures {
        /// 0 to 1, over all processors; null the first time.
        pub cpu: Option<f64>,
        pub cpus: u32,
        pub memory_used: u64,
        pub memory_total: u64,
        /// The engine's comes first; not there where it is another computer's or a virtual machine's.
        pub disks: Vec<DiskFigures>,
    }

    /// A disk.
    pub struct DiskFigures {
        pub role: DiskRole,
        pub path: String,
        pub used: u64,
        pub total: u64,
    }

    /// A folder of the package that containers write to.
    pub struct FolderFigures {
        pub path: String,
        pub services: Vec<String>,
        /// Null where this user may not look, or it would take too long.
        pub bytes: Option<u64>,
    }

    /// Something that will not go well for much longer.
    pub struct ResourceWarning {
        /// `disk` `memory` `log`
        pub id: String,
        pub pressure: Pressure,
        /// The service or the folder it is about.
        pub subject: String,
        pub message: Text,
    }
}
