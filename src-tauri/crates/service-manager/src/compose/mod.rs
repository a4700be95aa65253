//! Docker Compose.
pub(crate) mod project;
