//! What only the real window can show, measured: `cargo xtask bench events` and `bench idle` run these and judge the figures.

mod events;
mod idle;
pub(crate) mod usage;

use fs_err as fs;
use serde_json::Value;

/// Hands figures over to who asked for them.
fn report(figures: &Value) {
    fs::write(said("QUAYSIDE_BENCH_REPORT"), figures.to_string()).expect("the report");
}

#[allow(clippy::disallowed_methods)] // said by whoever runs the bench
fn said(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| {
        panic!("{name} is not set: run this through `cargo xtask bench events` or `bench idle`")
    })
}
