//! The command line's exit codes, each from the situation the contract names.

use crate::play::{looping, made, puts, shop};
use serde_json::json;
use tests::cli::run;
use tests::fake_docker::Play;
use tests::sandbox::Sandbox;

#[test]
fn zero_when_everything_is_ready() {
    let sandbox = Sandbox::new(shop());
    let ran = run(&sandbox, &["deploy"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(
        ran.out.contains("web") && ran.out.contains("db"),
        "{ran:#?}"
    );
    let again = run(&sandbox, &["deploy"]);
    assert_eq!(again.code, 0, "{again:#?}");
    assert_eq!(sandbox.engine.asked("POST /images/load"), 2);
}

#[test]
fn one_when_nothing_came_up() {
    let sandbox = Sandbox::new(json!({ "web": {} }));
    let web = made(&sandbox, "web", |web| {
        web.end(1);
        web.logs = vec!["no such table: orders".into()];
    });
    sandbox.docker.next("up", Play::effect(puts(vec![web])));
    let ran = run(&sandbox, &["deploy"]);
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert!(
        ran.out.contains("web") && ran.out.contains("no such table: orders"),
        "{ran:#?}"
    );
}

#[test]
fn one_when_compose_itself_fails_with_its_words() {
    let sandbox = Sandbox::new(shop());
    let words = "Error response from daemon: driver failed programming external connectivity\n";
    sandbox.docker.next("up", Play::fails(words, |_| ()));
    let ran = run(&sandbox, &["deploy"]);
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert_eq!(
        sandbox.docker.calls_of("up").len(),
        1,
        "nothing came late, so trying again would only fail again"
    );
    assert!(ran.out.contains(words.trim()), "{ran:#?}");
}

#[test]
fn two_for_a_wrong_word_and_for_a_service_that_is_not_there() {
    let sandbox = Sandbox::new(shop());
    for args in [
        &["dploy"][..],
        &["deploy", "--no-such-option"],
        &["restart-container"],
        &[],
        &["stop", "webb"],
        &["logs", "webb"],
        &["restart-container", "--container-name", "webb", "--json"],
    ] {
        let ran = run(&sandbox, args);
        assert_eq!(ran.code, 2, "{args:?} {ran:#?}");
        assert!(ran.err.is_empty() != ran.out.is_empty(), "{ran:#?}");
    }
    let ran = run(&sandbox, &["stop", "webb"]);
    assert!(
        ran.err.contains("webb") && ran.err.contains("db, web"),
        "{ran:#?}"
    );
}

#[test]
fn three_when_an_image_is_missing_and_then_nothing_was_changed() {
    let sandbox = Sandbox::new(shop());
    std::fs::remove_file(sandbox.package.join("images/db-amd64.tar")).expect("was there");
    let mut services = shop();
    let folder = sandbox.package.join("data/web");
    services["web"]["volumes"] = json!([{ "type": "bind", "source": folder, "target": "/data" }]);
    sandbox.set_services(services);
    for verb in ["check", "deploy", "start"] {
        let ran = run(&sandbox, &[verb]);
        assert_eq!(ran.code, 3, "{ran:#?}");
        assert!(ran.out.contains("[image.missing]"), "{ran:#?}");
        assert!(ran.out.contains("shop/db:2.4"), "{ran:#?}");
    }
    assert_eq!(sandbox.engine.asked("POST"), 0);
    assert_eq!(sandbox.engine.asked("DELETE"), 0);
    assert!(sandbox.docker.calls_of("up").is_empty());
    assert!(!folder.exists());
}

#[test]
fn four_when_only_a_part_is_up_and_the_rest_is_named_with_its_last_words() {
    let sandbox =
        Sandbox::new(json!({ "web": { "restart": "always" }, "db": { "restart": "always" } }));
    let web = made(&sandbox, "web", |_| ());
    let db = made(&sandbox, "db", |db| {
        looping(db);
        db.logs = vec!["cannot open /data/ibdata1".into()];
    });
    sandbox.docker.next("up", Play::effect(puts(vec![web, db])));
    let ran = run(&sandbox, &["deploy"]);
    assert_eq!(ran.code, 4, "{ran:#?}");
    assert!(
        ran.out.contains("db") && ran.out.contains("cannot open /data/ibdata1"),
        "{ran:#?}"
    );
}

#[test]
fn four_when_the_time_is_over_while_compose_still_waits() {
    let sandbox = Sandbox::new(json!({ "web": { "restart": "always" }, "db": {} }));
    let web = made(&sandbox, "web", |_| ());
    puts(vec![web])(&sandbox.engine);
    sandbox.docker.next("up", Play::hang());
    let ran = run(&sandbox, &["deploy", "--json", "--wait-timeout", "3"]);
    assert_eq!(ran.code, 4, "{ran:#?}");
    let finished = ran.lines().pop().unwrap_or_default();
    assert_eq!(finished["failure"]["category"], "timeout", "{finished:#}");
    let said = finished["failure"]["message"].as_str().unwrap_or_default();
    assert!(said.contains('3') && said.contains("db"), "{said}");
}

#[test]
fn five_without_an_engine_and_with_the_way_out() {
    let sandbox = Sandbox::new(shop());
    sandbox.engine.die();
    for verb in [
        "deploy",
        "start",
        "check",
        "status",
        "list-images",
        "load-images",
        "stop",
        "logs",
    ] {
        let ran = run(&sandbox, &[verb]);
        assert_eq!(ran.code, 5, "{verb} {ran:#?}");
        let told = format!("{}{}", ran.out, ran.err);
        assert!(
            told.contains("systemctl start docker") || told.contains("dockerd"),
            "{verb} names no remedy: {ran:#?}"
        );
    }
    assert!(sandbox.docker.calls_of("up").is_empty());
}

#[test]
fn six_for_a_folder_that_is_no_package_and_says_what_was_looked_for() {
    let sandbox = Sandbox::new(shop());
    std::fs::remove_file(sandbox.package.join("compose.yaml")).expect("was there");
    for verb in [
        "deploy",
        "check",
        "plan",
        "inspect",
        "status",
        "check-mount-dirs",
    ] {
        let ran = run(&sandbox, &[verb]);
        assert_eq!(ran.code, 6, "{ran:#?}");
        assert!(ran.err.contains("docker-compose.yml"), "{ran:#?}");
        assert_eq!(ran.out, "", "{verb}");
    }
}

#[test]
fn six_for_a_file_that_compose_refuses_with_the_place() {
    let sandbox = Sandbox::new(shop());
    sandbox.file(
        "compose.yaml",
        "services:\n  web:\n    image: x\n    prots: [80]\n",
    );
    let words = "validating compose.yaml: services.web Additional property prots is not allowed\n";
    for _ in 0..2 {
        sandbox.docker.next("config", Play::fails(words, |_| ()));
    }
    let ran = run(&sandbox, &["inspect"]);
    assert_eq!(ran.code, 6, "{ran:#?}");
    assert!(
        ran.err.contains("prots") && ran.err.contains("compose.yaml"),
        "{ran:#?}"
    );
    let error = &run(&sandbox, &["inspect", "--json"]).json()["error"];
    assert_eq!(error["category"], "configuration");
    assert_eq!(error["params"]["line"], 4);
}
