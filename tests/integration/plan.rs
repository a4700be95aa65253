//! What is planned is what is done, and the proof that nothing has to be fetched covers every service.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::cli::run;
use tests::sandbox::Sandbox;

fn shop() -> Sandbox {
    let sandbox = Sandbox::new(json!({
        "web": { "restart": "always", "depends_on": { "db": { "condition": "service_started" } } },
        "db": { "restart": "always", "volumes": [{ "type": "bind", "source": "PACKAGE/data", "target": "/data" }] },
    }));
    let text = sandbox.config()["services"].to_string();
    let services = text.replace("PACKAGE", sandbox.package.as_str());
    sandbox.set_services(serde_json::from_str(&services).expect("JSON"));
    sandbox
}

fn steps(plan: &Value) -> BTreeMap<String, Value> {
    let steps = plan["steps"].as_array().cloned().unwrap_or_default();
    let named = |step: Value| (step["id"].as_str().unwrap_or_default().to_owned(), step);
    steps.into_iter().map(named).collect()
}

fn plan(sandbox: &Sandbox) -> BTreeMap<String, Value> {
    let ran = run(sandbox, &["plan", "--json"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    steps(&ran.json())
}

fn changes(step: &Value) -> Vec<String> {
    let list = step["changes"].as_array().cloned().unwrap_or_default();
    list.iter()
        .filter_map(|it| it.as_str().map(str::to_owned))
        .collect()
}

#[test]
fn what_is_planned_is_what_is_done_and_then_there_is_nothing_left() {
    let sandbox = shop();
    let planned = plan(&sandbox);
    assert_eq!(
        changes(&planned["directories"]),
        [format!("Create {}/data", sandbox.package)]
    );
    let starts = changes(&planned["start"]);
    assert_eq!(
        starts,
        [
            "Start db in a new container",
            "Start web in a new container"
        ],
        "in order"
    );
    assert_eq!(
        planned["ready"]["expectedSeconds"],
        Value::Null,
        "nothing is known yet"
    );
    let loads = changes(&planned["images"]).len();

    let ran = run(&sandbox, &["deploy", "--json"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let events: Vec<Value> = ran
        .out
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let finished = events.last().expect("an end");
    let made: Vec<&Value> = finished["directories"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|it| it["state"] == "created")
        .collect();
    assert_eq!(made.len(), 1);
    assert_eq!(made[0]["source"], format!("{}/data", sandbox.package));
    let loaded = finished["images"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|it| it["result"] == "loaded")
        .count();
    assert_eq!(loaded, loads, "{finished:#}");
    let tagged = finished["tags"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|it| it["result"] == "tagged")
        .count();
    assert_eq!(tagged, changes(&planned["tags"]).len(), "{finished:#}");

    let again = plan(&sandbox);
    for step in ["directories", "images", "tags"] {
        assert_eq!(again[step]["changes"], json!([]), "{step}");
        assert_eq!(again[step]["expectedSeconds"], Value::Null, "{step}");
    }
    assert_eq!(
        changes(&again["start"]),
        ["db runs already", "web runs already"]
    );
    assert_eq!(again["images"]["bytes"], 0);
    assert!(
        again["environment"]["expectedSeconds"].is_number(),
        "{again:#?}"
    );
}

#[test]
fn the_proof_covers_sleeping_services_and_they_stop_nothing() {
    let sandbox = shop();
    let mut services = sandbox.config()["services"].clone();
    services["debug"] = json!({ "image": "debug:1", "profiles": ["debug"] });
    services["fresh"] =
        json!({ "image": "fresh:1", "pull_policy": "daily", "profiles": ["debug"] });
    sandbox.set_services(services);
    let ran = run(&sandbox, &["check", "--json"]);
    let report = ran.json();
    assert_ne!(report["verdict"], "blocked", "{report:#}");
    let rows: BTreeMap<String, (bool, String)> = report["offlineProof"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| {
            let word = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            assert!(!word("sentence").is_empty());
            (word("service"), (row["active"] == true, word("verdict")))
        })
        .collect();
    let row = |active, verdict: &str| (active, verdict.to_owned());
    assert_eq!(rows["web"], row(true, "in-package"));
    assert_eq!(rows["debug"], row(false, "missing"));
    assert_eq!(rows["fresh"], row(false, "pulled"));
}

#[test]
fn whatever_would_be_fetched_refuses_the_deployment_before_anything_changes() {
    for (more, verdict) in [
        (json!({ "pull_policy": "every_12h" }), "pulled"),
        (json!({ "provider": { "type": "cloud" } }), "fetched"),
        (json!({ "models": { "llm": null } }), "fetched"),
        (json!({ "image": "nobody/has:1" }), "missing"),
    ] {
        let sandbox = shop();
        let mut services = sandbox.config()["services"].clone();
        for (key, value) in more.as_object().into_iter().flatten() {
            services["web"][key] = value.clone();
        }
        sandbox.set_services(services);
        let report = run(&sandbox, &["check", "--json"]).json();
        let proof = report["offlineProof"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let has = proof
            .iter()
            .any(|row| row["service"] == "web" && row["verdict"] == verdict);
        assert!(has, "{more}: {proof:#?}");
        let ran = run(&sandbox, &["deploy", "--json"]);
        assert_eq!(ran.code, 3, "{more}: {ran:#?}");
        assert!(
            !sandbox.package.join("data").exists(),
            "{more}: something was changed"
        );
    }
}

#[test]
fn a_compose_file_that_names_another_on_the_internet_is_refused_before_compose_sees_it() {
    for line in [
        "include: ['oci://registry.example/shop:1']",
        "include: [{path: 'https://example.org/shop.git'}]",
    ] {
        let sandbox = shop();
        sandbox.file(
            "compose.yaml",
            &format!("{line}\nservices: {{web: {{image: a}}}}\n"),
        );
        let ran = run(&sandbox, &["check", "--json"]);
        assert_eq!(ran.code, 6, "{ran:#?}");
        let error = &ran.json()["error"];
        assert_eq!(error["code"], "compose.remote", "{error:#}");
        assert_eq!(error["params"]["line"], 1, "{error:#}");
        assert!(
            sandbox.docker.calls_of("config").is_empty(),
            "Compose would have fetched it"
        );
    }
}
