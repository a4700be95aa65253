//! The walls of ARCHITECTURE.md as tests: one file per subject, each rule proved able to fail.
//!
//! A rule is a function from files to findings; a finding names its file and line. What is read is the working tree,
//! so nothing here is compiled in and a broken wall shows at the next `cargo test`.

mod catalogue;
mod contract;
mod corpus;
mod fixtures;
mod library;
mod modules;
mod never;
mod page;
mod readme;
mod shell;
mod sizes;
mod source;
mod texts;
