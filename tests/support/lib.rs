//! The test kit. Fakes stand at the real boundary (the socket, the executable), not inside the library.
#![allow(clippy::missing_errors_doc, clippy::missing_panics_doc)] // a test kit's answer to everything unexpected is a panic

#[cfg(unix)]
pub mod cli;
#[cfg(target_os = "linux")]
pub mod driver;
#[cfg(unix)]
pub mod fake_docker;
#[cfg(unix)]
pub mod fake_engine;
#[cfg(unix)]
pub mod image_archives;
#[cfg(unix)]
pub mod live;
#[cfg(unix)]
pub mod loading;
#[cfg(unix)]
pub mod package;
#[cfg(unix)]
pub mod sandbox;
#[cfg(unix)]
pub mod tree;
