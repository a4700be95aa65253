//! Files stay small enough to be read at one go.

use crate::source::{Finding, Source, assert_none, files_below, read, relative};

const LIMIT: usize = 600;

/// Files that may be longer, each with its reason. An entry that is no longer needed must go.
const LONGER: &[(&str, &str)] = &[(
    "src-tauri/crates/service-manager/src/compose/output.rs",
    "one table of what each Compose says, with the quoted lines of every generation beside it",
)];

fn too_long(files: &[Source], longer: &[(&str, &str)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        let lines = file.text.lines().count();
        let entry = longer.iter().find(|(path, _)| *path == file.path);
        match (lines > LIMIT, entry) {
            (true, None) => findings.push(file.finding(LIMIT + 1, format!("{lines} lines"))),
            (false, Some(_)) => findings.push(file.finding(
                1,
                "is short again: take its entry out of tests/tidy/sizes.rs",
            )),
            _ => {}
        }
    }
    for (path, _) in longer {
        if !files.iter().any(|file| file.path == *path) {
            findings.push(
                Source::plain(path, "")
                    .finding(1, "is gone: take its entry out of tests/tidy/sizes.rs"),
            );
        }
    }
    findings
}

#[test]
fn files_stay_small() {
    let files: Vec<Source> = ["src-tauri", "tests", "ui/js", "ui/css"]
        .iter()
        .flat_map(|folder| files_below(folder))
        .filter(|path| matches!(path.extension(), Some("rs" | "js" | "css")))
        .map(|path| Source::plain(&relative(&path), &read(&path)))
        .collect();
    assert!(files.len() > 100, "the checkout is not where it was");
    assert_none(
        "a source file has at most 600 lines, or an entry with a reason",
        "a long file is two subjects that have not been told apart yet",
        &too_long(&files, LONGER),
    );
    let long = Source::plain("long.rs", &"x\n".repeat(LIMIT + 1));
    assert!(!too_long(std::slice::from_ref(&long), &[]).is_empty());
    assert!(too_long(std::slice::from_ref(&long), &[("long.rs", "why")]).is_empty());
    assert!(!too_long(&[Source::plain("short.rs", "x")], &[("short.rs", "why")]).is_empty());
    assert!(!too_long(&[], &[("gone.rs", "why")]).is_empty());
}
