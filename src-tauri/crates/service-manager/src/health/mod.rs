//! How the project is: facts in, states and one verdict out.
//!
//! [`state`] and [`snapshot`] are pure: the contract's rules and nothing else. [`monitor`] feeds them from the
//! engine's event stream; [`observe`] is one look.

mod alerts;
mod cause;
mod links;
mod looks;
mod monitor;
mod observe;
mod reboot;
mod reduce;
mod sentence;
mod snapshot;
mod startup;
mod state;

pub use alerts::Alert;
pub(crate) use alerts::Alerts;
pub(crate) use monitor::Monitor;
pub(crate) use observe::unreachable;
pub(crate) use reboot::{AfterReboot, is_in_use};
pub(crate) use reduce::World;
pub(crate) use snapshot::{any_up, depends_on_hope};
pub(crate) use startup::Expected;
pub(crate) use state::{LOOPING_RESTARTS, LOOPING_RUN_SECONDS, is_up};
