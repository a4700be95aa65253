//! What no code path and no sentence may ever say: deleting data, opening files to everybody.

use crate::source::{Finding, Source, assert_none, files_below, product, read, relative};

const NEVER: &[(&str, &str)] = &[
    ("down -v", "deletes volumes"),
    ("--volumes", "deletes volumes"),
    ("volume rm", "deletes a volume"),
    ("volume prune", "deletes volumes"),
    ("prune", "deletes what somebody may need"),
    ("chmod 777", "opens files to everybody"),
    ("chmod 666", "opens files to everybody"),
    ("chmod -R", "changes what is not ours"),
    ("0o777", "opens files to everybody"),
    ("0o666", "opens files to everybody"),
    ("a+rwx", "opens files to everybody"),
    ("rm -rf", "deletes without looking"),
    ("remove_dir_all", "deletes without looking"),
    ("remove_volume", "deletes a volume"),
    (
        "remove_container",
        "containers are removed by Compose, which keeps volumes",
    ),
    ("create_image", "fetches an image from the network"),
    ("--pull always", "fetches images from the network"),
    ("compose pull", "fetches images from the network"),
];

/// Who may, and why.
const ALLOWED: &[(&str, &str)] = &[
    // Removes only the container it made itself a moment ago, by its id, and no volume.
    (
        "src-tauri/crates/service-manager/src/engine/helper.rs",
        "remove_container",
    ),
    // Only one that does not run (never by force), whose volumes stay, and that a fix has found to be this package's.
    (
        "src-tauri/crates/service-manager/src/engine/containers.rs",
        "remove_container",
    ),
];

/// Looks at code and at what stands in strings, not at comments.
fn said(file: &Source) -> Vec<Finding> {
    let mut lines: Vec<(usize, &str)> = file
        .code
        .lines()
        .enumerate()
        .map(|(n, line)| (n + 1, line))
        .collect();
    lines.extend(
        file.strings
            .iter()
            .map(|(line, words)| (*line, words.as_str())),
    );
    lines
        .into_iter()
        .filter_map(|(line, words)| {
            let (word, why) = NEVER
                .iter()
                .filter(|(word, _)| !ALLOWED.contains(&(file.path.as_str(), *word)))
                .find(|(word, _)| words.contains(word))?;
            Some(file.finding(line, format!("`{word}` {why}")))
        })
        .collect()
}

#[test]
fn nothing_can_delete_data_or_open_files_to_everybody() {
    let mut files = product();
    files.extend(crate::source::page());
    files.extend(
        files_below("ui/locales")
            .into_iter()
            .map(|path| Source::plain(&relative(&path), &read(&path))),
    );
    let findings: Vec<Finding> = files.iter().flat_map(said).collect();
    assert_none(
        "no code path and no text deletes volumes, prunes, pulls, or makes files writable by everybody",
        "promise 1 and 5: nothing a person owns is lost, and nothing is fetched from anywhere",
        &findings,
    );
    for bad in [
        "let a = [\"down\", \"--volumes\"];",
        "fn f() { perms.set_mode(0o777); }",
        "let text = \"docker system prune\";",
    ] {
        assert!(!said(&Source::rust("a.rs", bad)).is_empty(), "{bad}");
    }
    assert!(said(&Source::rust("a.rs", "// never `down -v`\nfn f() {}")).is_empty());
    assert!(!said(&Source::plain("en/x.ftl", "fix = Run chmod 777 on it")).is_empty());
}

/// Compose arguments are words of a list: `-v` beside `down` must not be among them either.
#[test]
fn the_arguments_of_compose_have_no_flag_that_removes_volumes() {
    let path = "src-tauri/crates/service-manager/src/compose/command.rs";
    let file = Source::rust(path, &read(path.into()));
    let flags = |file: &Source| -> Vec<Finding> {
        file.strings
            .iter()
            .filter(|(_, word)| {
                matches!(
                    word.as_str(),
                    "-v" | "--rmi" | "--remove-orphans" | "-V" | "--renew-anon-volumes" | "rm"
                )
            })
            .map(|(line, word)| file.finding(*line, word.as_str()))
            .collect()
    };
    assert_none(
        "Compose is never asked to remove volumes, images or strangers' containers",
        "see promise 1",
        &flags(&file),
    );
    assert!(
        !flags(&Source::rust(
            "a.rs",
            "fn f() { words(&[\"down\", \"-v\"]) }"
        ))
        .is_empty()
    );
}
