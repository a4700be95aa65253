//! The window's program: thin commands, one emitter, no state, few rights.

use crate::source::{Finding, Source, assert_none, has_word, page, read, rust_below};
use serde_json::Value;
use std::collections::BTreeSet;

fn shell() -> Vec<Source> {
    rust_below("src-tauri/src")
}

/// A command function: its name, where it is, its body.
#[derive(Debug)]
struct Command<'a> {
    file: &'a Source,
    name: String,
    line: usize,
    body: String,
    is_annotated: bool,
}

/// Finds the functions of the commands' files.
fn commands(files: &[Source]) -> Vec<Command<'_>> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.path.contains("/commands/")) {
        for (at, _) in file.code.match_indices("fn ") {
            if file.code[..at]
                .chars()
                .next_back()
                .is_some_and(|c| !c.is_whitespace())
            {
                continue;
            }
            let rest = &file.code[at + 3..];
            let name: String = rest
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            let Some(open) = rest.find('{') else { continue };
            let mut depth = 0;
            let body: String = rest[open..]
                .chars()
                .take_while(|c| {
                    depth += i32::from(*c == '{') - i32::from(*c == '}');
                    depth > 0
                })
                .collect();
            let before = file.code[..at].rsplit("\n\n").next().unwrap_or("");
            found.push(Command {
                file,
                name,
                line: file.code[..at].matches('\n').count() + 1,
                body,
                is_annotated: before.contains("#[tauri::command]"),
            });
        }
    }
    found
}

fn decisions(files: &[Source]) -> Vec<Finding> {
    const WORDS: &[&str] = &[
        "if", "match", "for", "while", "loop", "fs", "Command", "bollard", "Text", "emit",
    ];
    commands(files)
        .iter()
        .flat_map(|command| {
            WORDS
                .iter()
                .filter(|word| has_word(&command.body, word))
                .map(|word| {
                    command
                        .file
                        .finding(command.line, format!("`{}` has `{word}`", command.name))
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn a_command_is_a_signature_and_one_call() {
    let files = shell();
    assert!(
        commands(&files).len() > 20,
        "the commands are not where they were"
    );
    assert_none(
        "a command has no if, match, loop, file, text or event",
        "what a command decides can be reached neither by the command line nor by a test",
        &decisions(&files),
    );
    let bad = "#[tauri::command]\npub(crate) async fn a() -> Result<()> {\n    if x { y() }\n    Ok(())\n}\n";
    assert!(!decisions(&[Source::rust("src-tauri/src/commands/a.rs", bad)]).is_empty());
}

/// Names of the one list: `module::name(Request) -> Answer;`.
fn listed(file: &Source) -> BTreeSet<String> {
    file.code
        .lines()
        .filter(|line| {
            line.contains("::") && line.contains(") -> ") && line.trim_end().ends_with(';')
        })
        .filter_map(|line| {
            line.split_once("::")?
                .1
                .split_once('(')
                .map(|(name, _)| name.to_owned())
        })
        .collect()
}

/// These commands take a channel or a dialog: they are named in the handler and in `api/ts.rs`.
const SHELLS_OWN: [&str; 7] = [
    "subscribe",
    "choose_package",
    "follow_logs",
    "stop_logs",
    "save_logs",
    "save_handover",
    "save_support",
];

fn uncalled(names: &BTreeSet<String>, callers: &[Source]) -> Vec<String> {
    names
        .iter()
        .filter(|name| {
            !callers
                .iter()
                .any(|file| file.strings.iter().any(|(_, words)| words == *name))
        })
        .cloned()
        .collect()
}

#[test]
fn commands_are_listed_annotated_and_called() {
    let list_path = "src-tauri/crates/service-manager/src/api/commands.rs";
    let mut listed = listed(&Source::rust(list_path, &read(list_path.into())));
    assert!(
        listed.len() > 15,
        "the list of commands cannot be read any more: {listed:?}"
    );
    listed.extend(SHELLS_OWN.map(str::to_owned));
    let files = shell();
    let annotated: BTreeSet<String> = commands(&files)
        .iter()
        .filter(|command| command.is_annotated)
        .map(|command| command.name.clone())
        .collect();
    assert_eq!(
        annotated, listed,
        "#[tauri::command] functions (left) and with_commands! (right) must be the same"
    );
    let mut callers = page();
    callers.extend(rust_below("tests/e2e"));
    assert_eq!(
        uncalled(&listed, &callers),
        Vec::<String>::new(),
        "these commands are called by nobody in ui/js or tests/e2e: a person cannot reach them"
    );
    let one: BTreeSet<String> = ["erase".to_owned()].into();
    assert_eq!(
        uncalled(&one, &[Source::script("a.js", "call('deploy')")]),
        ["erase"]
    );
}

fn state(files: &[Source]) -> Vec<Finding> {
    const HOLDERS: &[&str] = &[
        "Mutex",
        "RwLock",
        "static",
        "OnceLock",
        "LazyLock",
        "OnceCell",
        "RefCell",
        "AtomicU32",
    ];
    files
        .iter()
        // Numbers of running log streams are a window's thing: the page that opened one is gone after a reload.
        .filter(|file| !file.path.ends_with("/forward.rs"))
        .flat_map(|file| file.findings(HOLDERS))
        // `&'static str` is a type.
        .filter(|finding| {
            finding.what != "static" || {
                let text = files
                    .iter()
                    .find(|file| file.path == finding.path)
                    .map_or("", |file| &file.code);
                text.lines().nth(finding.line - 1).is_some_and(|line| {
                    line.trim_start()
                        .trim_start_matches("pub ")
                        .starts_with("static ")
                })
            }
        })
        .collect()
}

#[test]
fn the_shell_keeps_no_state() {
    let files = shell();
    assert_none(
        "the shell holds no state but the ServiceManager and window things",
        "two places that know something sooner or later know different things",
        &state(&files),
    );
    let managed: Vec<String> = files
        .iter()
        .flat_map(|file| file.code.lines())
        .filter_map(|line| Some(line.split_once(".manage(")?.1.trim().to_owned()))
        .collect();
    let kept = [
        "manager)",
        "forward::LogStreams::default())",
        "Shown(watch::Sender::new(!hidden)));",
    ];
    assert_eq!(managed, kept);
    assert!(
        !state(&[Source::rust(
            "src-tauri/src/lib.rs",
            "static LAST: Mutex<u8> = x;"
        )])
        .is_empty()
    );
}

#[test]
fn only_forward_sends_events() {
    let senders = |files: &[Source]| -> Vec<Finding> {
        files
            .iter()
            .filter(|file| !file.path.ends_with("/forward.rs"))
            .flat_map(|file| file.findings(&["emit", "emit_to", "channel.send", "Emitter"]))
            .collect()
    };
    assert_none(
        "only forward.rs sends events to the page",
        "one emitter keeps the order, and one pace",
        &senders(&shell()),
    );
    assert!(
        !senders(&[Source::rust(
            "src-tauri/src/lib.rs",
            "fn f() { app.emit(\"x\", 1); }"
        )])
        .is_empty()
    );
}

/// What a content security policy allows beyond the page's own files and the bridge to Rust.
fn loose(policy: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for directive in policy.split(';') {
        let mut words = directive.split_whitespace();
        let Some(name) = words.next() else { continue };
        seen.insert(name);
        for source in words {
            let bridge = name == "connect-src" && matches!(source, "ipc:" | "http://ipc.localhost");
            // A picture of the vendor's comes as an address that holds it; nothing is fetched for it.
            let picture = name == "img-src" && source == "data:";
            if !bridge && !picture && !matches!(source, "'self'" | "'none'") {
                wrong.push(format!("{name} {source}"));
            }
        }
    }
    for needed in [
        "default-src",
        "object-src",
        "base-uri",
        "form-action",
        "frame-ancestors",
    ] {
        if !seen.contains(needed) {
            wrong.push(format!("{needed} is not there"));
        }
    }
    wrong
}

#[test]
fn the_page_may_load_only_itself() {
    let config: Value =
        serde_json::from_str(&read("src-tauri/tauri.conf.json".into())).expect("JSON");
    let policy = config
        .pointer("/app/security/csp")
        .and_then(Value::as_str)
        .unwrap_or("");
    assert_eq!(
        loose(policy),
        Vec::<String>::new(),
        "tauri.conf.json: names, log lines and errors on the page are untrusted"
    );
    let fine = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    assert!(loose(fine).is_empty());
    for bad in [
        "; script-src 'unsafe-inline'",
        "; img-src https:",
        "; script-src data:",
        "; connect-src *",
        "; style-src 'unsafe-inline'",
    ] {
        assert!(!loose(&format!("{fine}{bad}")).is_empty(), "{bad}");
    }
    assert!(!loose("").is_empty());
}

/// Rights beyond hearing window events; our own commands need none.
fn too_much(capability: &Value) -> Vec<String> {
    let permissions = capability["permissions"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    permissions
        .iter()
        .map(|permission| {
            permission
                .as_str()
                .unwrap_or("a scoped permission")
                .to_owned()
        })
        .filter(|permission| {
            !matches!(
                permission.as_str(),
                "core:event:allow-listen" | "core:event:allow-unlisten"
            )
        })
        .chain(capability.get("remote").map(|_| "remote".to_owned()))
        .collect()
}

#[test]
fn the_window_has_no_rights_it_does_not_use() {
    for path in crate::source::files_below("src-tauri/capabilities") {
        let capability: Value = serde_json::from_str(&read(&path)).expect("JSON");
        assert_eq!(
            too_much(&capability),
            Vec::<String>::new(),
            "{path}: the page gets no file, shell or network access, and no default set of rights"
        );
    }
    let default = serde_json::json!({ "permissions": ["core:default", "shell:allow-open", { "identifier": "fs:allow-read" }] });
    assert_eq!(too_much(&default).len(), 3);
    let manifest = read("src-tauri/Cargo.toml".into());
    for plugin in [
        "tauri-plugin-fs",
        "tauri-plugin-shell",
        "tauri-plugin-http",
        "tauri-plugin-process",
        "tauri-plugin-updater",
    ] {
        assert!(
            !manifest.contains(plugin),
            "src-tauri/Cargo.toml: {plugin} gives the page what it must not have"
        );
    }
}
