//! Every subcommand, for people and for programs: what it prints, where, and with which exit code.

use crate::play::shop;
use serde_json::{Value, json};
use tests::cli::{Ran, run};
use tests::fake_docker::Play;
use tests::sandbox::Sandbox;

/// Asserts that an object has all of these keys; none may be left out, whatever it says.
fn has(value: &Value, keys: &str) {
    let object = value
        .as_object()
        .unwrap_or_else(|| panic!("no object: {value}"));
    for key in keys.split_whitespace() {
        assert!(object.contains_key(key), "no `{key}` in {value:#}");
    }
}

fn each(list: &Value, keys: &str) {
    let list = list.as_array().unwrap_or_else(|| panic!("no list: {list}"));
    assert!(!list.is_empty(), "an empty list proves nothing: {keys}");
    list.iter().for_each(|item| has(item, keys));
}

const STATUS: &str = "verdict sentence engine services running total at";
const FINISHED: &str =
    "type outcome checks status failure diagnoses images tags directories seconds";
const CHECK: &str = "id state subject params found required message why steps fixes";
const IMAGE: &str = "ref archive result bytesSent seconds error";

/// Reads the events of an operation and returns the last one.
fn finished(ran: &Ran, steps: &[&str]) -> Value {
    let lines = ran.lines();
    has(&lines[0], "type operationId steps");
    assert_eq!(lines[0]["type"], "planned", "{ran:#?}");
    let planned: Vec<&str> = lines[0]["steps"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|step| step["id"].as_str())
        .collect();
    assert_eq!(planned, steps);
    if !steps.is_empty() {
        each(&lines[0]["steps"], "id title");
    }
    for line in &lines[1..lines.len() - 1] {
        has(line, "type step state current total unit message seconds");
    }
    let last = lines.last().expect("a last line").clone();
    has(&last, FINISHED);
    assert_eq!(last["type"], "finished");
    last
}

/// A shop with a port, a folder and a job, so that no list of the answers is empty.
fn full() -> Sandbox {
    let sandbox = Sandbox::new(shop());
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|free| free.local_addr())
        .expect("a free port")
        .port();
    let mut services = shop();
    services["web"]["ports"] = json!([{
        "mode": "ingress", "target": 80, "published": port.to_string(), "protocol": "tcp",
    }]);
    services["web"]["volumes"] = json!([
        { "type": "bind", "source": sandbox.package.join("data/web"), "target": "/data" },
        { "type": "volume", "source": "cache", "target": "/cache" },
    ]);
    services["db"]["image"] = json!("shop/db:2.4");
    sandbox.set_services(services);
    sandbox
}

#[test]
fn looking_at_a_package_changes_nothing_and_answers_in_full() {
    let sandbox = full();
    let answer = |args: &[&str]| {
        let ran = run(&sandbox, args);
        assert_eq!(ran.code, 0, "{ran:#?}");
        assert_eq!(ran.err, "", "{args:?}");
        ran.json()
    };
    let inspect = answer(&["inspect", "--json"]);
    has(
        &inspect,
        "project title version composeFiles services archives findings preview",
    );
    assert_eq!(inspect["project"], "shop");
    assert_eq!(inspect["preview"], false);
    each(
        &inspect["services"],
        "name image ports bindMounts volumes dependsOn restart healthcheck oneShot profiles active",
    );
    let web = &inspect["services"][1];
    each(&web["ports"], "hostIp published target protocol");
    each(&web["bindMounts"], "source target readOnly kind exists");
    each(&web["dependsOn"], "service condition");
    assert_eq!(web["volumes"], json!(["cache"]));
    each(&inspect["archives"], "file format compression bytes images");
    each(&inspect["archives"][0]["images"], "refs id platform bytes");

    let check = answer(&["check", "--json"]);
    has(&check, "verdict checks");
    assert_eq!(check["verdict"], "ready");
    each(&check["checks"], CHECK);

    let plan = answer(&["plan", "--json"]);
    each(&plan["steps"], "id sentence changes bytes expectedSeconds");
    let all = plan.to_string();
    assert!(
        all.contains("data/web") && all.contains("web-amd64.tar"),
        "{plan:#}"
    );

    let status = answer(&["status", "--json"]);
    has(&status, STATUS);
    assert_eq!(status["verdict"], "not-deployed");
    has(
        &status["engine"],
        "state version apiVersion platform reason",
    );

    let arch = answer(&["arch-info", "--json"]);
    has(&arch, "host engine imageSuffix emulation mismatch");
    assert_eq!(arch["engine"], "linux/amd64");
    assert_eq!(arch["imageSuffix"], "amd64");

    assert_eq!(answer(&["list-images", "--json"]), json!({ "images": [] }));
    assert_eq!(sandbox.engine.asked("POST"), 0);
    assert!(!sandbox.package.join("data").exists());
    assert!(sandbox.docker.calls_of("up").is_empty());
}

#[test]
fn every_operation_tells_its_events_and_its_end() {
    let sandbox = full();
    let ends = |args: &[&str], steps: &[&str], outcome: &str| {
        let ran = run(&sandbox, args);
        assert_eq!(ran.code, 0, "{ran:#?}");
        let last = finished(&ran, steps);
        assert_eq!(last["outcome"], outcome, "{last:#}");
        assert_eq!(last["failure"], Value::Null, "{last:#}");
        last
    };
    let ran = run(&sandbox, &["check-mount-dirs", "--json"]);
    let directories = ran.json();
    assert_eq!(ran.code, 0, "{ran:#?}");
    each(&directories["directories"], "source services state message");
    assert_eq!(directories["directories"][0]["state"], "created");
    assert!(sandbox.package.join("data/web").is_dir());

    let loaded = ends(&["load-images", "--json"], &["images"], "done");
    each(&loaded["images"], IMAGE);
    assert_eq!(loaded["images"][0]["result"], "loaded");
    let again = ends(&["load-images", "--json"], &["images"], "done");
    assert_eq!(again["images"][0]["result"], "already-present");

    let tagged = ends(&["setup-tags", "--json"], &["tags"], "done");
    each(&tagged["tags"], "source target result");
    assert_eq!(tagged["tags"][0]["target"], "shop/db:2.4");
    assert_eq!(tagged["tags"][0]["source"], "shop/db:2.4-amd64");

    let list = run(&sandbox, &["list-images", "--json"]).json();
    each(&list["images"], "id refs platform bytes inPackage");
    assert_eq!(list["images"][0]["inPackage"], true);

    let deploy = [
        "environment",
        "directories",
        "scripts",
        "images",
        "tags",
        "ports",
        "start",
        "ready",
        "report",
    ];
    let deployed = ends(&["deploy", "--json"], &deploy, "ready");
    each(&deployed["images"], IMAGE);
    has(&deployed["status"], STATUS);
    each(
        &deployed["status"]["services"],
        "name title state sentence blockedBy containers ports links diagnoses",
    );
    let web = &deployed["status"]["services"][1];
    each(
        &web["containers"],
        "name id state health exitCode restartCount oomKilled startedAt finishedAt",
    );
    each(&web["links"], "url scope");
    each(&web["ports"], "hostIp published target protocol");

    let lines = run(&sandbox, &["logs", "--json"]).lines();
    each(&json!(lines), "service container stream time line");
    let only = run(&sandbox, &["logs", "web", "--json"]).lines();
    assert!(only.iter().all(|line| line["service"] == "web") && !only.is_empty());

    let start = [
        "environment",
        "scripts",
        "ports",
        "start",
        "ready",
        "report",
    ];
    let restart = ["environment", "stop", "start", "ready", "report"];
    ends(&["stop", "--json"], &["stop"], "done");
    let stopped = run(&sandbox, &["status", "--json"]).json();
    assert_eq!(stopped["verdict"], "stopped", "{stopped:#}");
    ends(&["start", "--json"], &start, "ready");
    ends(&["restart", "--json"], &restart, "ready");
    ends(&["restart", "db", "--json"], &restart, "ready");
    for name in ["web", "shop-web-1"] {
        let args = ["restart-container", "--container-name", name, "--json"];
        ends(&args, &["start", "ready"], "ready");
    }
    ends(&["down", "--json"], &["remove"], "done");
    let gone = run(&sandbox, &["status", "--json"]).json();
    assert_eq!(gone["verdict"], "not-deployed");
    for call in sandbox.docker.calls() {
        let line = call.line();
        assert!(
            !line.contains(" -v") && !line.contains("--volumes"),
            "{line}"
        );
    }
}

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

#[test]
fn people_get_sentences_in_their_language_and_programs_the_same_keys() {
    let sandbox = full();
    let is_chinese = |text: &str| {
        text.chars()
            .any(|char| ('\u{4e00}'..'\u{9fff}').contains(&char))
    };
    for args in [
        &["inspect"][..],
        &["check"],
        &["plan"],
        &["arch-info"],
        &["check-mount-dirs"],
        &["load-images"],
        &["setup-tags"],
        &["deploy"],
        &["status"],
        &["stop"],
        &["start"],
        &["restart"],
        &["restart-container", "--container-name", "web"],
        &["down"],
        &["logs", "webb"],
    ] {
        let english = run(&sandbox, args);
        let all = format!("{}{}", english.out, english.err);
        assert!(!is_chinese(&all), "{args:?} {english:#?}");
        let chinese = run(&sandbox, &[args, &["--lang", "zh-CN"]].concat());
        assert_eq!(chinese.code, english.code, "{args:?}");
        // What is nothing but names has no language.
        if args != ["inspect"] {
            let all = format!("{}{}", chinese.out, chinese.err);
            assert!(is_chinese(&all), "{args:?} {chinese:#?}");
        }
    }
    let json = run(&sandbox, &["status", "--json", "--lang", "zh-CN"]).json();
    has(&json, STATUS);
    assert!(
        json["sentence"].as_str().is_some_and(is_chinese),
        "{json:#}"
    );
    let list = run(&sandbox, &["list-images"]);
    assert!(list.out.contains("* shop/db:2.4"), "{list:#?}");
}

#[test]
fn chatter_goes_to_standard_error_only() {
    let sandbox = Sandbox::new(shop());
    sandbox.docker.next("up", Play::default());
    for args in [
        &["status", "--json", "-vv"][..],
        &["check", "--json", "-vv"],
        &["inspect", "--json", "-vv"],
    ] {
        let ran = run(&sandbox, args);
        assert!(ran.err.contains("Compose found"), "{ran:#?}");
        assert!(ran.json().is_object());
    }
    let ran = run(&sandbox, &["deploy", "--json", "-vv"]);
    assert!(ran.lines().iter().all(Value::is_object));
}
