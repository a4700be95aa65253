//! The whole app: the real window, driven through WebDriver, on a real engine.
//!
//! Run through `cargo xtask test --only e2e-new` (or `e2e-old`), which brings the engine, a display and the window's
//! program. A failure leaves a picture, the page and the program's words in `target/e2e/`.
#![cfg(target_os = "linux")]

mod bench;
mod cancel;
mod demo;
mod desktop;
mod details;
mod engine;
mod fix;
mod handles;
mod lost;
mod once;
mod partly;
mod problems;
mod refuse;
mod screens;
mod settings;
mod support;
mod tray;
mod untrusted;
mod world;
mod x11;
