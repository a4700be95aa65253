//! `check` and `plan` only look: nothing changes, and what hangs is not waited for.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::time::{Duration, Instant};
use tests::cli::run;
use tests::fake_engine::Answer;
use tests::sandbox::Sandbox;

fn shop() -> Sandbox {
    let sandbox = Sandbox::new(json!({ "web": {}, "db": {} }));
    let absent = sandbox.package.join("data").to_string();
    sandbox.set_services(json!({
        "web": { "restart": "always", "volumes": [{ "type": "bind", "source": absent, "target": "/data" }] },
        "db": { "restart": "always" },
    }));
    sandbox
}

/// Every path below the package with its mode, its time and what is in it.
fn tree(sandbox: &Sandbox) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![sandbox.package.clone()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir_utf8().expect("a folder").flatten() {
            let facts = fs::symlink_metadata(entry.path()).expect("is there");
            let content = if facts.is_file() {
                Sha256::digest(fs::read(entry.path()).expect("is ours")).to_vec()
            } else {
                Vec::new()
            };
            let line = format!("{:o} {} {content:x?}", facts.mode(), facts.mtime_nsec());
            found.insert(entry.path().to_string(), line);
            if facts.is_dir() {
                folders.push(entry.path().to_owned());
            }
        }
    }
    found
}

#[test]
fn looking_changes_neither_the_package_nor_the_engine() {
    for sandbox in [
        shop(),
        Sandbox::without_images(json!({ "web": {}, "db": {} })),
    ] {
        let before = tree(&sandbox);
        for args in [&["check"][..], &["check", "--json"], &["plan", "--json"]] {
            run(&sandbox, args);
        }
        assert_eq!(tree(&sandbox), before);
        let changing: Vec<_> = sandbox
            .engine
            .requests()
            .into_iter()
            .filter(|it| it.method != "GET" && it.method != "HEAD")
            .collect();
        assert_eq!(changing, [], "the engine was only asked");
    }
}

#[test]
fn an_engine_that_hangs_costs_one_row_and_little_time() {
    let sandbox = shop();
    for beginning in ["GET ", "HEAD "] {
        sandbox.engine.rule(beginning, Answer::Hang);
    }
    let begun = Instant::now();
    let ran = run(&sandbox, &["check", "--json"]);
    let took = begun.elapsed();
    let report = ran.json();
    let said: Vec<&Value> = report["checks"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|it| {
            it["id"]
                .as_str()
                .is_some_and(|id| id.starts_with("engine."))
        })
        .collect();
    assert_eq!(said.len(), 1, "{report:#}");
    assert_eq!(said[0]["id"], "engine.not_running");
    assert_eq!(ran.code, 5, "{ran:#?}");
    assert!(took < Duration::from_secs(4), "{took:?}: {report:#}");
    assert!(
        report["seconds"].as_f64().expect("a number") < 2.0,
        "{report:#}"
    );
}

#[test]
fn an_engine_that_hangs_after_its_first_words_becomes_unknown_rows_and_costs_little_time() {
    for question in [
        "GET /containers",
        "GET /images",
        "GET /networks",
        "GET /info",
    ] {
        let sandbox = shop();
        sandbox.engine.rule(question, Answer::Hang);
        for verb in ["check", "plan"] {
            let begun = Instant::now();
            let ran = run(&sandbox, &[verb, "--json"]);
            let took = begun.elapsed();
            assert!(took < Duration::from_secs(5), "{verb} {question}: {took:?}");
            assert_eq!(ran.code, 0, "{verb} {question}: {ran:#?}");
            if verb == "plan" || question == "GET /info" {
                continue;
            }
            let report = ran.json();
            let rows = report["checks"].as_array().expect("a list");
            let unknown = rows.iter().filter(|row| row["state"] == "unknown");
            let unknown: Vec<&Value> = unknown.collect();
            assert!(!unknown.is_empty(), "{question}: {report:#}");
            assert!(
                unknown.iter().all(|row| row["why"].is_string()),
                "{question}: {unknown:#?}"
            );
            assert!(rows.iter().all(|row| row["state"] != "block"), "{report:#}");
        }
    }
}

#[test]
fn an_error_for_one_image_is_not_taken_for_its_absence() {
    let sandbox = Sandbox::without_images(json!({ "web": {} }));
    let words = "the store is busy";
    sandbox
        .engine
        .rule("GET /images/", Answer::Error(500, words));
    let report = run(&sandbox, &["check", "--json"]).json();
    let rows = report["checks"].as_array().expect("a list");
    let row = rows.iter().find(|row| row["id"] == "image.missing");
    let row = row.unwrap_or_else(|| panic!("{report:#}"));
    assert_eq!(row["state"], "unknown", "{row:#}");
    assert!(row["why"].as_str().is_some_and(|why| why.contains(words)));
}

#[test]
fn people_read_in_one_line_whether_anything_has_to_be_fetched() {
    let ran = run(&shop(), &["check"]);
    assert!(ran.out.contains("nothing has to be fetched"), "{ran:#?}");
    let missing = Sandbox::without_images(json!({ "web": {}, "db": {} }));
    let ran = run(&missing, &["check"]);
    let line = ran.out.lines().find(|line| line.starts_with("Offline: "));
    let line = line.unwrap_or_else(|| panic!("{ran:#?}"));
    assert!(line.contains("web") && line.contains("db"), "{line}");
}

#[test]
fn a_plan_does_not_say_that_docker_has_what_nobody_has() {
    let ran = run(
        &Sandbox::without_images(json!({ "web": {}, "db": {} })),
        &["plan"],
    );
    assert!(!ran.out.contains("has them all"), "{ran:#?}");
    assert!(ran.out.contains("Not found in the package"), "{ran:#?}");
}
