//! Image archives of every maker, layout and compression, sound and bad ones, on the engine's real store.

mod bad;
mod checksum;
mod graphs;
mod layouts;
mod makers;
mod trial;
