//! Every subcommand, for people and for programs: what it prints, where, and with which exit code.

use crate::answers::{CHECK, IMAGE, STATUS, each, finished, has};
use crate::play::shop;
use serde_json::{Value, json};
use tests::cli::run;
use tests::fake_docker::Play;
use tests::sandbox::Sandbox;

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
    each(
        &inspect["archives"][0]["images"],
        "refs id platform bytes sharedBytes sharedWith",
    );

    let check = answer(&["check", "--json"]);
    has(&check, "verdict checks");
    let rows = check["checks"].as_array().cloned().unwrap_or_default();
    // The disk the test runs on may be nearly full: that is said, and stops nothing.
    let warned = rows.iter().any(|row| row["state"] == "warn");
    let verdict = if warned { "warnings" } else { "ready" };
    assert_eq!(check["verdict"], verdict);
    for row in &rows {
        let disk = row["id"] == "disk.full" && row["state"] == "warn";
        assert!(disk || row["state"] == "pass", "{row:#}");
    }
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

    let list = answer(&["list-images", "--json"]);
    has(&list, "images package");
    assert_eq!(list["images"], json!([]));
    each(&list["package"], "archive id loaded");
    assert_eq!(list["package"][0]["loaded"], false);
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
    let package = list["package"].as_array().cloned().unwrap_or_default();
    assert!(!package.is_empty(), "{list:#}");
    assert!(
        package.iter().all(|image| image["loaded"] == true),
        "{list:#}"
    );

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
    let rows: Vec<&str> = list.out.lines().collect();
    assert!(rows[0].starts_with("  Image "), "{list:#?}");
    assert!(
        rows.iter().any(|row| row.starts_with("* shop/db:2.4")),
        "{list:#?}"
    );
    assert!(list.out.contains("images for this platform"), "{list:#?}");
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

#[test]
fn a_collector_reads_a_status_even_of_an_engine_that_is_gone() {
    let sandbox = Sandbox::new(shop());
    assert_eq!(run(&sandbox, &["deploy"]).code, 0);
    let ran = run(&sandbox, &["status", "--format", "prometheus"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    for line in [
        "# TYPE quayside_service_state gauge",
        "quayside_engine_up 1",
        "quayside_verdict{verdict=\"ready\"} 1",
        "quayside_services 2",
        "quayside_service_state{service=\"db\",state=\"healthy\"} 1",
        "quayside_service_state{service=\"db\",state=\"failed\"} 0",
    ] {
        assert!(ran.out.lines().any(|it| it == line), "{line}: {}", ran.out);
    }
    sandbox.engine.die();
    let ran = run(&sandbox, &["status", "--format", "prometheus"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(ran.out.contains("quayside_engine_up 0"), "{}", ran.out);
}
