//! How the project is: facts in, states and one verdict out.
//!
//! [`state`] and [`snapshot`] are pure: the contract's rules and nothing else. [`monitor`] feeds them from the engine's
//! event stream; [`observe`] asks once, for the command line.

pub(crate) mod monitor;
mod observe;
mod reduce;
mod sentence;
mod snapshot;
mod state;

pub(crate) use observe::{observe, unreachable};
pub(crate) use reduce::{Input, World, reduce};
pub(crate) use snapshot::{any_up, depends_on_hope, snapshot};
