//! What the page may call. The rule: a command is a signature and one call.
//!
//! No `if`, no loop, no `match`, no file, no engine, no text here. Long work answers an id at once; the rest arrives
//! as events, which only `forward.rs` sends. The list is `service_manager::with_commands!`.

pub(crate) mod app;
pub(crate) mod logs;
pub(crate) mod operations;
pub(crate) mod queries;
pub(crate) mod support;

use service_manager::api::error::CommandError;

/// The answer of a command; the error is a code, parameters and a sentence.
pub(crate) type Result<T> = std::result::Result<T, CommandError>;
