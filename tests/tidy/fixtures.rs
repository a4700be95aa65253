//! Every fixture is used by a test; one that nobody reads any more only misleads.

use crate::source::{Finding, Source, assert_none, files_below, read, relative};

/// A fixture has an owner when its path, its name or one of its folders below `fixtures/` is named in a source.
fn orphans(fixtures: &[String], sources: &str) -> Vec<Finding> {
    fixtures
        .iter()
        .filter(|path| {
            let inside = path
                .split_once("fixtures/")
                .map_or(path.as_str(), |(_, inside)| inside);
            let mut folder = inside;
            let mut named = sources.contains(inside);
            while let Some((parent, _)) = folder.rsplit_once('/') {
                // `wire` alone is a word like any other; `projects/odd` is not.
                let whole = if parent.contains('/') {
                    parent.to_owned()
                } else {
                    format!("fixtures/{parent}\"")
                };
                named |= sources.contains(&whole);
                folder = parent;
            }
            // What Compose was asked about belongs to its captured answer, `compose/<name>.v2.26.1.json`.
            let project = inside
                .strip_prefix("projects/")
                .and_then(|rest| rest.split('/').next());
            named |= project.is_some_and(|name| sources.contains(&format!("compose/{name}.v")));
            !named
        })
        .map(|path| Source::plain(path, "").finding(1, "no test names it"))
        .collect()
}

#[test]
fn every_fixture_has_an_owner() {
    let sources: String = ["tests", "src-tauri"]
        .iter()
        .flat_map(|folder| files_below(folder))
        .filter(|path| {
            matches!(path.extension(), Some("rs" | "js"))
                && !path.as_str().ends_with("tidy/fixtures.rs")
        })
        .map(|path| read(&path))
        .collect();
    let fixtures: Vec<String> = files_below("tests/fixtures")
        .iter()
        .filter(|path| path.file_name() != Some("README.md"))
        .map(|path| relative(path))
        .collect();
    assert_none(
        "every file in tests/fixtures is named by a test",
        "a fixture without an owner is never updated and never missed",
        &orphans(&fixtures, &sources),
    );
    let left = ["tests/fixtures/engine/old.json".to_owned()];
    assert_eq!(orphans(&left, "").len(), 1);
    assert!(orphans(&left, "include_str!(\"../fixtures/engine/old.json\")").is_empty());
    assert!(orphans(&left, "let dir = \"tests/fixtures/engine\";").is_empty());
}
