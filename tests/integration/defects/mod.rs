//! The matrix of defects: one thing wrong with a sound package or its computer, and exactly the checks that say so.
//! Nothing else may stop or warn. What a check offers to fix is fixed, proved, and taken back to the last byte.

mod around;
mod computer;
mod files;
mod names;
mod ports;
mod table;

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use tests::cli::run;
use tests::sandbox::Sandbox;
use tests::tree::tree;

/// One defect.
#[derive(Clone, Copy)]
pub(crate) struct Defect {
    pub name: &'static str,
    /// Does it to a sound world.
    pub plant: fn(&Sandbox),
    /// What the check says of it: id and state. A set: several rows of one kind are one entry.
    pub says: &'static [(&'static str, &'static str)],
    /// How the id of a fix begins that makes it go away; empty when none is offered.
    pub fix: &'static str,
}

/// A package nothing is wrong with: a front page with a port from `.env`, a script, a folder and a file that are
/// mounted, and a database.
pub(crate) fn sound() -> Sandbox {
    let sandbox = Sandbox::new(services());
    sandbox.set_services(at_home(&sandbox, services()));
    sandbox.file(".env", "# The shop\nWEB_PORT=18471\n");
    sandbox.file("config/web.conf", "greeting = hello\n");
    let script = sandbox.file("script/entry.sh", "#!/bin/sh\nexec sleep 1\n");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("is ours");
    fs::create_dir_all(sandbox.package.join("data/db")).expect("is ours");
    sandbox
}

/// The services of [`sound`]; `PACKAGE` is its folder.
pub(crate) fn services() -> Value {
    json!({
        "web": {
            "restart": "always", "depends_on": { "db": { "condition": "service_healthy" } },
            "entrypoint": ["/entry.sh"],
            "ports": [{ "mode": "ingress", "target": 80, "published": "${WEB_PORT:-18471}", "protocol": "tcp" }],
            "volumes": [
                { "type": "bind", "source": "PACKAGE/script/entry.sh", "target": "/entry.sh", "read_only": true },
                { "type": "bind", "source": "PACKAGE/config/web.conf", "target": "/etc/web.conf", "read_only": true },
            ],
        },
        "db": {
            "restart": "always", "healthcheck": { "test": ["CMD", "ping"], "interval": "1s", "retries": 2 },
            "volumes": [{ "type": "bind", "source": "PACKAGE/data/db", "target": "/var/lib/db" }],
        },
    })
}

/// Puts the package's folder in.
pub(crate) fn at_home(sandbox: &Sandbox, services: Value) -> Value {
    let text = services
        .to_string()
        .replace("PACKAGE", sandbox.package.as_str());
    serde_json::from_str(&text).unwrap_or_default()
}

/// Changes the compose file and Compose's answer alike.
pub(crate) fn change(sandbox: &Sandbox, change: impl FnOnce(&mut Value)) {
    let mut config = sandbox.config();
    change(&mut config);
    sandbox.file("compose.yaml", &config.to_string());
    sandbox.docker.set_config(config);
}

/// Whether the warning is about the disk the test itself runs on, which may be nearly full without anything being wrong
/// with a package. No defect here fills a disk; the rules for it have tests of their own (`deploy/checks/tests.rs`).
fn is_of_this_computer(row: &Value) -> bool {
    row["id"] == "disk.full" && row["state"] == "warn"
}

/// Everything the check does not pass, as id and state.
fn said(sandbox: &Sandbox) -> BTreeSet<(String, String)> {
    let ran = run(sandbox, &["check", "--json"]);
    let report = ran.json();
    let rows = report["checks"].as_array().cloned().unwrap_or_default();
    assert!(!rows.is_empty(), "{ran:#?}");
    let word = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    rows.iter()
        .filter(|row| row["state"] != "pass")
        .filter(|row| !is_of_this_computer(row))
        .map(|row| {
            if row["state"] == "block" {
                assert!(!row["why"].is_null(), "does not say why: {row:#}");
                assert_ne!(row["steps"], json!([]), "names no next step: {row:#}");
            }
            (word(row, "id"), word(row, "state"))
        })
        .collect()
}

fn expected(says: &[(&str, &str)]) -> BTreeSet<(String, String)> {
    let owned = |(id, state): &(&str, &str)| ((*id).to_owned(), (*state).to_owned());
    says.iter().map(owned).collect()
}

/// Asks for the fix whose id begins so, and answers its id.
fn offered(sandbox: &Sandbox, beginning: &str) -> String {
    let report = run(sandbox, &["check", "--json"]).json();
    let rows = report["checks"].as_array().cloned().unwrap_or_default();
    let fixes: Vec<Value> = rows
        .iter()
        .flat_map(|row| row["fixes"].as_array().cloned().unwrap_or_default())
        .collect();
    let ids = fixes.iter().filter_map(|fix| fix["id"].as_str());
    let found = ids.clone().find(|id| id.starts_with(beginning));
    match found {
        Some(id) => id.to_owned(),
        None => panic!("no fix {beginning} among {:?}", ids.collect::<Vec<_>>()),
    }
}

#[test]
fn nothing_is_wrong_with_a_sound_package() {
    let sandbox = sound();
    let before = tree(&sandbox.package);
    let said = said(&sandbox);
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(tree(&sandbox.package), before, "a check changes nothing");
}

#[test]
fn each_defect_says_exactly_its_own_checks() {
    let mut wrong = Vec::new();
    for defect in table::all() {
        let sandbox = sound();
        (defect.plant)(&sandbox);
        let (found, wanted) = (said(&sandbox), expected(defect.says));
        if found != wanted {
            wrong.push(format!(
                "{}:\n  found  {found:?}\n  wanted {wanted:?}",
                defect.name
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn two_defects_say_both() {
    let all = table::all();
    let find = |name: &str| {
        let found = all.iter().find(|defect| defect.name == name);
        found.unwrap_or_else(|| panic!("no defect is called {name}"))
    };
    for (first, second) in table::PAIRS {
        let sandbox = sound();
        let both = [find(first), find(second)];
        for defect in both {
            (defect.plant)(&sandbox);
        }
        let wanted: BTreeSet<_> = both
            .iter()
            .flat_map(|defect| expected(defect.says))
            .collect();
        assert_eq!(said(&sandbox), wanted, "{first} and {second}");
    }
}

#[test]
fn each_fix_makes_its_defect_go_away_and_can_be_taken_back() {
    for defect in table::all().iter().filter(|defect| !defect.fix.is_empty()) {
        let sandbox = sound();
        (defect.plant)(&sandbox);
        let before = tree(&sandbox.package);
        let id = offered(&sandbox, defect.fix);
        let ran = run(&sandbox, &["fix", &id, "--yes", "--json"]);
        assert_eq!(ran.code, 0, "{}: {ran:#?}", defect.name);
        let of_it = id.split(':').next().unwrap_or_default().to_owned();
        let left = said(&sandbox);
        assert!(
            left.iter().all(|(id, _)| *id != of_it),
            "{}: {left:?}",
            defect.name
        );
        let ran = run(&sandbox, &["undo", "--json"]);
        assert_eq!(ran.code, 0, "{}: {ran:#?}", defect.name);
        assert_eq!(
            tree(&sandbox.package),
            before,
            "{}: taken back to the last byte",
            defect.name
        );
        assert_eq!(
            said(&sandbox),
            expected(defect.says),
            "{}: and it is wrong again",
            defect.name
        );
    }
}
