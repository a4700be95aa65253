//! Quayside's service manager: turns a vendor's offline Docker Compose package into a running, understood system.
//!
//! It knows no window and no terminal. Two thin shells use it: the desktop program and `quayside-cli`.
//!
//! # Map
//! - [`ServiceManager`]: the façade both shells talk to.
//! - [`api`]: the contract, plain data that travels; [`text`]: sentences by key and parameters.
//! - `package` the vendor's folder, `images` the archives in it, `compose` the Compose tool and the resolved project.
//! - `engine` the Docker Engine, the only module that names bollard; `host` this computer; `process` starts processes.
//! - `bring` copies and unpacks packages to this computer.
//! - `repair` exact changes: shown, made, taken back.
//! - `redact` texts without secrets; `support_bundle` what is handed to whoever helps.
//! - `deploy` observe → plan → execute; `operation` running, cancelling and recording a user's action.
//! - `resources` what is used at the moment, while somebody looks.
//! - `health` monitoring: one loop, one pure `reduce`.
//!
//! # House rules
//! Decisions are pure and executions are dumb: `plan`, `reduce` and the checks do no I/O. Nothing is printed, no
//! environment is read, no wall clock is read outside `manager`, `health::monitor` and `operation`. Words for people
//! live in the catalogues.
//!
//! # Terms
//! *Engine*: the daemon. *Project*, *service*, *container*, *image*, *platform*, *volume*, *bind mount*, *published
//! port*: as Docker and Compose use them. Ours: *package* (the vendor's folder), *archive* (a file with images in
//! it), *operation* (one user action running), *step*, *plan*, *snapshot*, *check*, *fix*.

mod alert_events;
pub mod api;
mod app_events;
mod bring;
mod compose;
mod deploy;
mod desktop_entry;
mod diagnose;
mod engine;
mod environment;
mod error;
mod export;
mod handover;
mod health;
mod host;
mod images;
mod log_lines;
pub mod logging;
mod manager;
mod operation;
mod package;
mod process;
mod redact;
mod repair;
mod resources;
mod settings_store;
mod support_bundle;
pub mod text;

pub use alert_events::AlertEvents;
pub use app_events::{AppEvents, OperationEvents};
pub use desktop_entry::entry as desktop_entry;
pub use environment::Environment;
pub use error::{Error, ErrorKind};
pub use health::Alert;
pub use log_lines::{LogLines, is_time};
pub use manager::{Result, ServiceManager};
