//! What could not be done, as programs get it.

use crate::answers::{CHECK, IMAGE, STATUS, each, finished, has};
use crate::play::shop;
use serde_json::{Value, json};
use tests::cli::run;
use tests::sandbox::Sandbox;

#[test]
fn a_refused_deployment_hands_out_the_blocking_checks() {
    let sandbox = Sandbox::without_images(shop());
    let ran = run(&sandbox, &["deploy", "--json"]);
    assert_eq!(ran.code, 3);
    let last = finished(&ran, &[]);
    assert_eq!(last["outcome"], "blocked");
    each(&last["checks"], CHECK);
    assert_eq!(last["checks"][0]["id"], "image.missing");
    has(
        &last["failure"],
        "step code category params message service causes outputTail",
    );
    let check = run(&sandbox, &["check", "--json"]);
    assert_eq!(
        (check.code, &check.json()["verdict"]),
        (3, &json!("blocked"))
    );
}

#[test]
fn a_failed_image_is_named_and_fails_the_command() {
    let sandbox = Sandbox::new(shop());
    sandbox.engine.rule(
        "POST /images/load",
        tests::fake_engine::Answer::Error(500, "archive/tar: invalid tar header"),
    );
    let ran = run(&sandbox, &["load-images", "--json"]);
    assert_eq!(ran.code, 1);
    let last = finished(&ran, &["images"]);
    each(&last["images"], IMAGE);
    assert_eq!(last["images"][0]["result"], "failed");
    assert_eq!(last["failure"]["category"], "image-loading");
    let ran = run(&sandbox, &["setup-tags", "--json"]);
    assert_eq!(ran.code, 1, "what is not loaded cannot be named: {ran:#?}");
    assert_eq!(finished(&ran, &["tags"])["tags"][0]["result"], "failed");
}

#[test]
fn a_failed_query_is_an_object_too() {
    let sandbox = Sandbox::new(shop());
    let error = |args: &[&str], code: i32, word: &str, category: &str| {
        let ran = run(&sandbox, args);
        assert_eq!(ran.code, code, "{ran:#?}");
        let answer = ran.json();
        has(&answer["error"], "code category params message");
        assert_eq!(answer["error"]["code"], word, "{answer:#}");
        assert_eq!(answer["error"]["category"], category, "{answer:#}");
    };
    error(
        &["logs", "webb", "--json"],
        2,
        "no-such-service",
        "service-management",
    );
    error(
        &["stop", "webb", "--json"],
        2,
        "no-such-service",
        "service-management",
    );
    let nowhere = "--package=/nowhere/at/all";
    for verb in ["inspect", "check", "plan", "status", "deploy", "down"] {
        error(
            &[verb, nowhere, "--json"],
            6,
            "package-not-found",
            "file-system",
        );
    }
    sandbox.engine.die();
    error(
        &["list-images", "--json"],
        5,
        "engine.not_running",
        "environment-check",
    );
    error(
        &["logs", "--json"],
        5,
        "engine.not_running",
        "environment-check",
    );
    let status = run(&sandbox, &["status", "--json"]);
    assert_eq!(status.code, 5);
    has(&status.json(), STATUS);
    assert_eq!(status.json()["verdict"], "engine-unreachable");
    let arch = run(&sandbox, &["arch-info", "--json"]);
    assert_eq!((arch.code, &arch.json()["engine"]), (0, &Value::Null));
    sandbox.docker.remove();
    let inspect = run(&sandbox, &["inspect", "--json"]);
    assert_eq!(
        (inspect.code, &inspect.json()["preview"]),
        (0, &json!(true))
    );
}
