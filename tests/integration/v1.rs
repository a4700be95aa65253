//! The old generation of Compose, where it is all there is.

use crate::play::{made, puts, shop};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tests::cli::run;
use tests::fake_docker::Play;
use tests::sandbox::Sandbox;

#[test]
fn the_same_deployment_and_every_image_is_there_before_it_is_asked_for() {
    let sandbox = Sandbox::new(shop());
    let containers: Vec<_> = ["db", "web"]
        .iter()
        .map(|name| {
            made(&sandbox, name, |container| {
                // It calls the project after the folder.
                container.project = "package".into();
            })
        })
        .collect();
    sandbox.use_v1();
    // It has no `--pull never`: an image that is not there would be fetched.
    let complete = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&complete);
    sandbox.docker.next(
        "up",
        Play::effect(move |engine| {
            let has = |name: &str| {
                engine.world(|world| {
                    world
                        .images
                        .iter()
                        .any(|it| it.refs.iter().any(|it| it == name))
                })
            };
            seen.store(has("shop/db:2.4") && has("shop/web:2.4"), Ordering::SeqCst);
            puts(containers)(engine);
        }),
    );
    let ran = run(&sandbox, &["deploy"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(complete.load(Ordering::SeqCst), "an image was missing");
    let ups = sandbox.docker.calls_of("up");
    assert_eq!(ups.len(), 1);
    assert_eq!(
        (ups[0].program.as_str(), ups[0].line().as_str()),
        ("docker-compose", "up -d --no-build")
    );
    let again = run(&sandbox, &["deploy", "--json"]);
    assert_eq!(again.code, 0, "{again:#?}");
    let stop = run(&sandbox, &["stop"]);
    assert_eq!(stop.code, 0, "{stop:#?}");
    assert_eq!(sandbox.docker.calls_of("stop")[0].line(), "stop");
    let check = run(&sandbox, &["check", "--json"]).json();
    let compose = check["checks"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|it| it["id"] == "compose.missing")
        .expect("a check of Compose");
    assert!(
        compose["params"]["version"]
            .as_str()
            .is_some_and(|it| it.contains("1.29.2"))
    );
}

#[test]
fn a_missing_image_is_refused_before_it_could_be_fetched() {
    let sandbox = Sandbox::new(shop());
    std::fs::remove_file(sandbox.package.join("images/db-amd64.tar")).expect("was there");
    sandbox.use_v1();
    let ran = run(&sandbox, &["deploy", "--json"]);
    assert_eq!(ran.code, 3, "{ran:#?}");
    let lines = ran.lines();
    let last = lines.last().expect("an end");
    assert_eq!(last["checks"][0]["id"], json!("image.missing"));
    assert!(sandbox.docker.calls_of("up").is_empty());
    assert_eq!(sandbox.engine.asked("POST"), 0);
}

/// Half a second of Python, each time.
#[test]
fn its_version_is_asked_for_once_while_the_program_is_the_same() {
    let sandbox = Sandbox::new(shop());
    sandbox.use_v1();
    let asked = || {
        let mut calls = sandbox.docker.calls_of("version");
        calls.retain(|call| call.program == "docker-compose");
        calls.len()
    };
    let checks = || {
        let before = sandbox.docker.calls_of("config").len();
        let ran = run(&sandbox, &["check", "--json"]);
        let calls = sandbox.docker.calls_of("config").len() - before;
        assert_eq!(calls, 1, "the one start that is left");
        let text = ran.json().to_string();
        assert!(text.contains("1.29.2"), "{ran:#?}");
    };
    checks();
    checks();
    assert_eq!(asked(), 1);
    let program = sandbox.docker.bin().join("docker-compose");
    let text = std::fs::read_to_string(&program).expect("is there");
    std::fs::write(&program, text + "# another release\n").expect("written");
    checks();
    checks();
    assert_eq!(asked(), 2, "another file is another program");
    sandbox
        .docker
        .next("config", Play::fails("ImportError: compose\n", |_| ()));
    let _ = run(&sandbox, &["check", "--json"]);
    checks();
    assert_eq!(asked(), 3, "what fails is asked again who it is");
}
