//! What has nothing to do with the engine's version: run on the new engine alone (`xtask/src/test.rs`).

mod autostart;
mod flood;
mod keyboard;
mod save;
mod silent;
mod together;
