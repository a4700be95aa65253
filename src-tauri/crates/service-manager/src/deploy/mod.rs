//! From a package to running services: observe → check → plan → execute.
//!
//! [`observe`] gathers facts and changes nothing; [`checks`] and [`plan`] are pure; [`execute`] walks the plan and
//! decides nothing that could have been decided before.

pub(crate) mod checks;
pub(crate) mod directories;
pub(crate) mod execute;
pub(crate) mod explain;
pub(crate) mod fix;
pub(crate) mod foreign_disk;
pub(crate) mod images;
pub(crate) mod lifecycle;
pub(crate) mod observe;
pub(crate) mod offline;
pub(crate) mod plan;
pub(crate) mod port_change;
pub(crate) mod proxy_change;
mod ready;
pub(crate) mod save;
pub(crate) mod scripts;
pub(crate) mod service_change;
mod session;
pub(crate) mod settings;
mod start;
pub(crate) mod subnet_change;

pub(crate) use session::Session;
