//! `ui/types/ipc.d.ts` is what the Rust contract says.

use crate::source::{read, root};
use fs_err as fs;

/// Rewrites a stale generated file and fails once, so that the next run is green and the change is seen in the diff.
/// On a build server it only fails.
#[track_caller]
pub(crate) fn ensure_fresh(path: &str, wanted: &str, is_server: bool) {
    let file = root().join(path);
    let found = fs::read_to_string(&file).unwrap_or_default();
    if found == wanted {
        return;
    }
    assert!(
        !is_server,
        "{path} is stale: run `cargo test --package tests --test tidy` and commit what it writes"
    );
    fs::write(&file, wanted).unwrap_or_else(|error| panic!("{error}"));
    panic!("{path} was stale and has been written anew: look at the change and commit it");
}

#[test]
fn the_types_of_the_page_are_those_of_the_library() {
    #[allow(clippy::disallowed_methods)] // asks where it runs, not what to do
    let is_server = std::env::var_os("CI").is_some();
    ensure_fresh(
        "ui/types/ipc.d.ts",
        &service_manager::api::ts::declarations(),
        is_server,
    );
}

#[test]
fn a_stale_file_is_noticed() {
    let path = "ui/types/ipc.d.ts";
    let before = read(path.into());
    let result = std::panic::catch_unwind(|| ensure_fresh(path, "something else", true));
    assert!(result.is_err());
    assert_eq!(read(path.into()), before, "a server changes nothing");
}

/// Every type of the contract is declared; one that is forgotten would be `any` on the page.
#[test]
fn every_contract_type_is_declared() {
    let declared = service_manager::api::ts::declarations();
    for file in crate::source::rust_below("src-tauri/crates/service-manager/src/api") {
        for line in file.code.lines() {
            let line = line.trim();
            let name = line
                .strip_prefix("pub struct ")
                .or_else(|| line.strip_prefix("pub enum "))
                .map(|rest| {
                    rest.split(|c: char| !c.is_alphanumeric())
                        .next()
                        .unwrap_or("")
                })
                .filter(|name| !name.is_empty());
            let Some(name) = name else { continue };
            assert!(
                declared.contains(&format!("type {name} "))
                    || declared.contains(&format!("interface {name} ")),
                "{}: `{name}` is in the contract and not in api/ts.rs",
                file.path
            );
        }
    }
}
