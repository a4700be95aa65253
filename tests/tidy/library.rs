//! The library knows no window, prints nothing, and is told its environment.

use crate::source::{Finding, Source, assert_none, library, read};

const PRINTING: &[&str] = &[
    "println!",
    "print!",
    "eprintln!",
    "eprint!",
    "dbg!",
    "io::stdout",
];

/// Everything that would look at the process's own surroundings instead of `Environment`.
const SURROUNDINGS: &[&str] = &[
    "env::var",
    "env::vars",
    "env::var_os",
    "env::vars_os",
    "env::home_dir",
    "env::args",
    "env::set_var",
    "env::temp_dir",
    "home_dir",
    "dirs",
    "directories_next",
];

fn printing(files: &[Source]) -> Vec<Finding> {
    files
        .iter()
        .flat_map(|file| file.findings(PRINTING))
        .collect()
}

fn surroundings(files: &[Source]) -> Vec<Finding> {
    files
        .iter()
        .flat_map(|file| file.findings(SURROUNDINGS))
        .collect()
}

/// Dependencies of a `Cargo.toml` whose names begin like a window's or a terminal's library.
fn shells(manifest: &Source) -> Vec<Finding> {
    let lines = manifest.text.lines().enumerate();
    lines
        .filter(|(_, line)| {
            ["tauri", "wry", "tao", "clap", "gtk", "webkit"]
                .iter()
                .any(|name| line.starts_with(name))
        })
        .map(|(index, line)| manifest.finding(index + 1, line))
        .collect()
}

#[test]
fn the_library_prints_nothing() {
    assert_none(
        "service-manager prints nothing",
        "standard output belongs to whoever asked; the library answers with values and logs through tracing",
        &printing(&library()),
    );
    assert!(!printing(&[Source::rust("a.rs", "fn f() { println!(\"x\"); }")]).is_empty());
}

#[test]
fn the_library_is_told_its_environment() {
    assert_none(
        "service-manager reads no environment variable and no home folder",
        "the shell captures them once as `Environment`; what tests and support want to change must be one value",
        &surroundings(&library()),
    );
    for bad in [
        "std::env::var(\"HOME\")",
        "env::vars_os()",
        "dirs::home_dir()",
    ] {
        let snippet = format!("fn f() {{ let _ = {bad}; }}");
        assert!(
            !surroundings(&[Source::rust("a.rs", &snippet)]).is_empty(),
            "{bad}"
        );
    }
    let fine = "fn f() { std::env::consts::OS; std::env::split_paths(path); env!(\"CARGO_PKG_VERSION\"); }";
    assert!(surroundings(&[Source::rust("a.rs", fine)]).is_empty());
}

#[test]
fn the_library_knows_no_window() {
    let path = "src-tauri/crates/service-manager/Cargo.toml";
    assert_none(
        "service-manager depends on no window and no terminal library",
        "window and command line are two thin shells over the same library, and it is tested without either",
        &shells(&Source::plain(path, &read(path.into()))),
    );
    let named: Vec<Finding> = library()
        .iter()
        .flat_map(|file| file.findings(&["tauri", "clap"]))
        .collect();
    assert_none(
        "service-manager names neither Tauri nor clap",
        "see above",
        &named,
    );
    assert!(
        !shells(&Source::plain(
            "Cargo.toml",
            "[dependencies]\ntauri = \"2\"\n"
        ))
        .is_empty()
    );
}
