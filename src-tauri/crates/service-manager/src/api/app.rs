//! What the window and the library say to each other: requests, the event channel, and the one list of commands.

use super::error::CommandError;
use super::log::LogBatch;
use super::operation::{Interrupted, OperationEvent, OperationKind, OperationView};
use super::package::PackageView;
use super::settings::Settings;
use super::status::StatusSnapshot;
use super::{wire, words};
use serde::Deserialize;

words! {
    /// What the tray asks the page for.
    pub enum Ask { StopAll = "stop-all", RestartAll = "restart-all" }
}

wire! {
    /// Everything a page needs to draw itself; the first message of the channel.
    pub struct AppState {
        /// The open package; null before one is chosen.
        pub package: Option<PackageView>,
        pub status: Option<StatusSnapshot>,
        /// Running operations and the last finished one of this session, with their events.
        pub operations: Vec<OperationView>,
        /// Why the package named on the command line could not be opened.
        pub launch_error: Option<CommandError>,
        /// An operation that an earlier run left unfinished.
        pub interrupted: Option<Interrupted>,
        pub settings: Settings,
        /// The language in force, `en` or `zh-CN`.
        pub language: String,
        pub app: AppInfo,
    }

    /// About this program.
    pub struct AppInfo {
        pub version: String,
        /// Where Quayside keeps its own files.
        pub state_directory: String,
        /// `linux`, `windows`, `macos`
        pub os: String,
    }

    /// The id of a started operation.
    pub struct Started {
        pub operation_id: String,
    }
}

/// The one stream to the page. A new subscription begins with `State`, so nothing can be missed in between.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(
    tag = "type",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum AppEvent {
    /// Everything, at the start and after a change of language or package.
    State {
        /// The whole state.
        state: Box<AppState>,
    },
    /// A new snapshot of the services.
    Status {
        /// The whole snapshot; there are no deltas to get wrong.
        status: Box<StatusSnapshot>,
    },
    /// Something happened in an operation.
    Operation {
        /// Which one.
        operation_id: String,
        /// What was asked for.
        kind: OperationKind,
        /// What happened.
        event: Box<OperationEvent>,
    },
    /// Somebody asked for something outside the page that has to be agreed to in it.
    Asked {
        /// What.
        what: Ask,
    },
}

/// The stream of one log view.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(
    tag = "type",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum LogEvent {
    /// More lines.
    Lines {
        /// The lines, oldest first.
        batch: LogBatch,
    },
}

/// Requests: plain data, named after the command.
macro_rules! requests {
    ($($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* })*) => {
        $($(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        pub struct $name { $($body)* })*
    };
}

requests! {
    /// Opens a package: a folder, or the folder above `docker/`.
    pub struct OpenPackageRequest {
        /// Path as the person gave it.
        pub path: String,
    }

    /// Which services; empty means all.
    pub struct ServicesRequest {
        /// Names as in the compose file.
        #[serde(default)]
        pub services: Vec<String>,
        /// Bound of the wait for readiness, in seconds; null takes the contract's rule.
        #[serde(default)]
        pub wait_timeout: Option<u64>,
    }

    /// A deployment.
    pub struct DeployRequest {
        /// Bound of the wait for readiness, in seconds; null takes the contract's rule.
        #[serde(default)]
        pub wait_timeout: Option<u64>,
    }

    /// One container, by container or service name.
    pub struct RestartContainerRequest {
        /// The name.
        pub container_name: String,
    }

    /// Applies a fix that a check offers now.
    pub struct FixRequest {
        /// As `fixes[].id`.
        pub id: String,
        /// The person saw the effect and agreed; needed for everything that is not `safe`.
        #[serde(default)]
        pub agreed: bool,
    }

    /// Copies a package to this computer, or unpacks one, and opens it there.
    pub struct CopyRequest {
        /// A folder or a packed package; null is the package that is open.
        #[serde(default)]
        pub from: Option<String>,
        /// A folder that does not exist or is empty; null is one below the person's own.
        #[serde(default)]
        pub to: Option<String>,
    }

    /// Saves values in the package's `.env`, all of them or none.
    pub struct SaveValuesRequest {
        pub values: Vec<SettingValue>,
    }

    /// One value.
    pub struct SettingValue {
        /// The variable.
        pub key: String,
        pub value: String,
    }

    /// Stops an operation.
    pub struct CancelRequest {
        /// As `Started` gave it.
        pub operation_id: String,
    }

    /// Which log lines.
    pub struct LogsRequest {
        /// Names as in the compose file; empty means all.
        #[serde(default)]
        pub services: Vec<String>,
        /// How many lines of the past, per container; null is 200, or all of them where `since` is given.
        #[serde(default)]
        pub tail: Option<u32>,
        /// From when on: a moment (RFC 3339) or how long ago (`90s`, `10m`, `2h30m`, `1d`).
        #[serde(default)]
        pub since: Option<String>,
        /// Go on with what comes.
        #[serde(default)]
        pub follow: bool,
    }

    /// Chooses an engine.
    pub struct EngineRequest {
        /// Its address; null finds it as the docker program does.
        #[serde(default)]
        pub url: Option<String>,
    }

    /// One service.
    pub struct ServiceRequest {
        /// Its name as in the compose file.
        pub service: String,
    }

    /// Which log lines to save as a file.
    pub struct SaveLogsRequest {
        /// Names as in the compose file; empty means all.
        #[serde(default)]
        pub services: Vec<String>,
        /// As in `LogsRequest`; null is everything the engine still has, up to a limit per container.
        #[serde(default)]
        pub since: Option<String>,
    }

    /// What is to be explained.
    pub struct DiagnoseRequest {
        /// Only what concerns this service; null means all.
        #[serde(default)]
        pub service: Option<String>,
    }

    /// A text somebody has: an error message, a log, a saved evidence.
    pub struct ExplainTextRequest {
        pub text: String,
    }

    /// Opens an address of the current snapshot in the person's browser; any other is refused.
    pub struct OpenLinkRequest {
        /// Exactly as in `links[].url`.
        pub url: String,
    }
}
