//! Fixes of what has failed: from the failure through the fix to services that run, and back.

use crate::play::{made, shop};
use serde_json::{Value, json};
use tests::cli::{Ran, run};
use tests::fake_docker::Play;
use tests::fake_engine::FakeContainer;
use tests::sandbox::Sandbox;

const GONE: &str = "5f1e7d3b5f1e7d3b5f1e7d3b5f1e7d3b5f1e7d3b5f1e7d3b5f1e7d3b5f1e7d3b";

/// The diagnosis of a class, as the command line tells it.
fn diagnosis(sandbox: &Sandbox, id: &str) -> Value {
    let report = run(sandbox, &["diagnose", "--json"]).json();
    let rows = report["diagnoses"].as_array().expect("diagnoses").clone();
    let row = rows.iter().find(|row| row["id"] == id);
    row.unwrap_or_else(|| panic!("{id} is not among {rows:#?}"))
        .clone()
}

/// The id of the fix that begins so.
fn offered(diagnosis: &Value, beginning: &str) -> String {
    let fixes = diagnosis["fixes"].as_array().expect("fixes");
    let ids: Vec<&str> = fixes.iter().filter_map(|it| it["id"].as_str()).collect();
    let found = ids.iter().find(|id| id.starts_with(beginning));
    found
        .unwrap_or_else(|| panic!("{beginning} is not among {ids:?}: {diagnosis:#}"))
        .to_string()
}

/// Nobody waits for anybody, so Compose is not asked a second time.
fn apart() -> Value {
    let mut services = shop();
    services["web"]
        .as_object_mut()
        .map(|web| web.remove("depends_on"));
    services
}

/// Deploys services that Compose fails at with these words.
fn failed(
    words: &str,
    services: Value,
    effect: impl FnOnce(&Sandbox) -> Vec<FakeContainer>,
) -> Sandbox {
    let sandbox = Sandbox::new(services);
    assert_eq!(run(&sandbox, &["load-images", "--json"]).code, 0);
    assert_eq!(run(&sandbox, &["setup-tags", "--json"]).code, 0);
    let containers = effect(&sandbox);
    let play = Play::fails(words, |engine| {
        for container in containers {
            engine.add(container);
        }
    });
    sandbox.docker.next("up", play);
    let ran = run(&sandbox, &["deploy", "--json", "--wait-timeout", "2"]);
    assert!(matches!(ran.code, 1 | 4), "{ran:#?}");
    sandbox
}

fn finished(ran: &Ran) -> Value {
    ran.lines().pop().expect("a last line")
}

/// The steps that were walked, with how each ended.
fn walked(ran: &Ran) -> Vec<String> {
    let ended = ran
        .lines()
        .into_iter()
        .filter(|line| line["type"] == "step-finished");
    ended
        .map(|line| {
            let word = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
            format!("{} {}", word("step"), word("state"))
        })
        .collect()
}

fn assert_solved(ran: &Ran, id: &str) {
    assert_eq!(ran.code, 0, "{ran:#?}");
    let end = finished(ran);
    assert_eq!(end["outcome"], "ready", "{end:#}");
    assert_eq!(end["repair"]["before"]["id"], id);
    let after = end["repair"]["after"].as_array().expect("rows");
    assert!(after.iter().all(|row| row["state"] == "pass"), "{after:#?}");
}

#[test]
fn a_leftover_of_this_package_makes_way_and_everything_starts() {
    let words = "Error response from daemon: Conflict. The container name \"/shop-web-1\" is already in use by container \
                 \"00112233445566778899\". You have to remove (or rename) that container to be able to reuse that name.\n";
    let sandbox = failed(words, apart(), |sandbox| {
        let mut old = FakeContainer::running("shop", "web", sandbox.package.as_str());
        old.id = format!("001122334455{}", "0".repeat(52));
        old.service = "front".into();
        old.end(0);
        vec![made(sandbox, "db", |_| ()), old]
    });
    let found = diagnosis(&sandbox, "container.name_conflict");
    let id = offered(&found, "container.name_conflict:shop-web-1");
    assert_eq!(found["fixes"][0]["changes"][0]["now"], "shop-web-1");
    assert_eq!(found["fixes"][0]["undoable"], false);
    let ran = run(&sandbox, &["fix", &id, "--json"]);
    assert_solved(&ran, "container.name_conflict");
    assert_eq!(
        walked(&ran),
        ["fix done", "start done", "ready done", "recheck done"]
    );
    let deleted = sandbox.engine.requests();
    let deleted: Vec<_> = deleted
        .iter()
        .filter(|it| it.method == "DELETE" && it.path.starts_with("/containers"))
        .collect();
    assert_eq!(deleted.len(), 1, "{deleted:?}");
    assert_ne!(deleted[0].query.get("v").map(String::as_str), Some("true"));
    assert_ne!(
        deleted[0].query.get("force").map(String::as_str),
        Some("true")
    );
    let undo = run(&sandbox, &["undo", "--json"]);
    assert_ne!(undo.code, 0, "there is nothing to take back: {undo:#?}");
}

#[test]
fn somebody_elses_container_is_left_alone() {
    let words = "Error response from daemon: Conflict. The container name \"/shop-web-1\" is already in use by container \
                 \"00112233445566778899\". You have to remove (or rename) that container to be able to reuse that name.\n";
    let sandbox = failed(words, apart(), |sandbox| {
        let mut other = FakeContainer::running("", "web", "");
        other.name = "shop-web-1".into();
        other.end(0);
        vec![made(sandbox, "db", |_| ()), other]
    });
    let found = diagnosis(&sandbox, "container.name_conflict");
    assert_eq!(found["fixes"], json!([]));
    let ran = run(
        &sandbox,
        &["fix", "container.name_conflict:shop-web-1", "--json"],
    );
    assert_eq!(ran.code, 2, "{ran:#?}");
    assert_eq!(sandbox.engine.asked("DELETE /containers"), 0);
}

/// A service whose network somebody removed.
fn without_its_network() -> Sandbox {
    failed(
        &format!("Error response from daemon: network {GONE} not found\n"),
        apart(),
        |sandbox| {
            let stale = made(sandbox, "web", |it| {
                it.end(0);
                it.state = "created".into();
                it.networks = vec![GONE.into()];
                it.error = format!("network {GONE} not found");
            });
            vec![made(sandbox, "db", |_| ()), stale]
        },
    )
}

#[test]
fn containers_of_a_network_that_is_gone_are_made_anew() {
    let sandbox = without_its_network();
    let id = offered(
        &diagnosis(&sandbox, "net.stale_network"),
        "net.stale_network:web",
    );
    let ran = run(&sandbox, &["fix", &id, "--json"]);
    assert_solved(&ran, "net.stale_network");
    let ups: Vec<String> = sandbox
        .docker
        .calls_of("up")
        .iter()
        .map(tests::fake_docker::Call::line)
        .collect();
    assert!(
        ups[1].ends_with("--no-deps --force-recreate web"),
        "{ups:?}"
    );
    assert!(!ups[2].contains("recreate"), "{ups:?}");
}

#[test]
fn an_image_that_went_away_is_loaded_again_and_named() {
    let words = "Error response from daemon: pull access denied for shop/web, repository does not exist or may require \
                 'docker login'\n";
    let sandbox = failed(words, apart(), |sandbox| vec![made(sandbox, "db", |_| ())]);
    sandbox
        .engine
        .world(|world| world.images.retain(|it| !it.refs[0].contains("web")));
    let found = diagnosis(&sandbox, "image.missing");
    let id = offered(&found, "image.missing:shop/web:2.4");
    let shown = found["fixes"][0]["changes"][0]["after"]
        .as_str()
        .unwrap_or_default();
    assert!(shown.contains("images/web-amd64.tar"), "{shown}");
    let ran = run(&sandbox, &["fix", &id, "--json"]);
    assert_solved(&ran, "image.missing");
    let steps = [
        "images done",
        "tags done",
        "start done",
        "ready done",
        "recheck done",
    ];
    assert_eq!(walked(&ran), steps);
}

#[test]
fn a_service_that_needs_longer_gets_longer_and_that_is_taken_back() {
    let words = "dependency failed to start: container shop-db-1 is unhealthy\n";
    let sandbox = failed(words, shop(), |sandbox| {
        let slow = made(sandbox, "db", |it| {
            it.health = "unhealthy".into();
            it.probes =
                vec![json!({ "ExitCode": -1, "Output": "Health check exceeded timeout (5s)" })];
        });
        vec![slow]
    });
    let found = diagnosis(&sandbox, "health.slow_start");
    offered(&found, "health.slow_start:db:wait");
    let id = offered(&found, "health.slow_start:db:300");
    let ran = run(&sandbox, &["fix", &id, "--json"]);
    assert_solved(&ran, "health.slow_start");
    let file = sandbox.package.join("compose.override.yaml");
    let text = std::fs::read_to_string(&file).expect("written");
    assert!(text.contains("{\"start_period\":\"300s\"}"), "{text}");
    let ran = run(&sandbox, &["undo", "--json"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(!file.exists());
}

#[test]
fn waiting_longer_changes_nothing_and_starts_what_waited() {
    let words = "dependency failed to start: container shop-db-1 is unhealthy\n";
    let sandbox = failed(words, shop(), |sandbox| {
        let slow = made(sandbox, "db", |it| {
            it.health = "unhealthy".into();
            it.probes =
                vec![json!({ "ExitCode": -1, "Output": "Health check exceeded timeout (5s)" })];
        });
        vec![slow]
    });
    let engine = std::sync::Arc::clone(&sandbox.engine);
    let comes = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_secs(3));
        engine.change("db", "health_status: healthy", |it| {
            it.health = "healthy".into();
            it.probes.clear();
        });
    });
    let ran = run(&sandbox, &["fix", "health.slow_start:db:wait", "--json"]);
    comes.join().expect("ends");
    assert_solved(&ran, "health.slow_start");
    assert_eq!(walked(&ran), ["ready done", "recheck done"]);
    assert!(!sandbox.package.join("compose.override.yaml").exists());
}

#[test]
fn more_memory_is_given_after_an_agreement_and_taken_back() {
    let sandbox = Sandbox::new(shop());
    let mut services = sandbox.config()["services"].clone();
    services["db"]["mem_limit"] = "64m".into();
    sandbox.set_services(services);
    let killed = made(&sandbox, "db", |it| {
        it.end(137);
        it.oom_killed = true;
    });
    let play = Play::fails("container shop-db-1 exited (137)\n", |engine| {
        engine.add(killed);
    });
    sandbox.docker.next("up", play);
    assert_ne!(run(&sandbox, &["deploy", "--json"]).code, 0);
    let id = offered(&diagnosis(&sandbox, "oom.killed"), "oom.killed:db:128m");
    assert_eq!(
        run(&sandbox, &["fix", &id, "--json"]).code,
        2,
        "nobody agreed"
    );
    let ran = run(&sandbox, &["fix", &id, "--yes", "--json"]);
    assert_solved(&ran, "oom.killed");
    let file = sandbox.package.join("compose.override.yaml");
    let text = std::fs::read_to_string(&file).expect("written");
    assert!(text.contains("mem_limit: \"128m\""), "{text}");
    assert_eq!(run(&sandbox, &["undo", "--json"]).code, 0);
    assert!(!file.exists());
}

#[test]
fn what_else_is_in_the_way_is_told_and_nothing_is_started() {
    let sandbox = without_its_network();
    let id = offered(
        &diagnosis(&sandbox, "net.stale_network"),
        "net.stale_network:web",
    );
    let mut services = sandbox.config()["services"].clone();
    services["web"]["volumes"] = json!([{ "type": "bind", "source": sandbox.package.join("conf/web.conf"), "target": "/web.conf" }]);
    sandbox.set_services(services);
    let ran = run(&sandbox, &["fix", &id, "--json"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let end = finished(&ran);
    assert_eq!(end["outcome"], "done", "{end:#}");
    assert_eq!(end["checks"][0]["id"], "mount.source_missing");
    assert_eq!(walked(&ran)[0], "start warning");
    assert_eq!(
        sandbox.docker.calls_of("up").len(),
        1,
        "only the one that failed"
    );
}

#[test]
fn a_network_that_compose_wants_anew_goes_when_only_this_package_is_in_it() {
    let words = "network shop_default was found but has incorrect label com.docker.compose.network set to \"\"\n";
    let network = json!({
        "Id": "n1", "Name": "shop_default", "Driver": "bridge", "Scope": "local",
        "Labels": { "com.docker.compose.project": "shop", "com.docker.compose.network": "default" },
    });
    let sandbox = failed(words, apart(), |sandbox| {
        sandbox
            .engine
            .world(|world| world.network_facts.push(network));
        vec![made(sandbox, "db", |it| it.networks = vec!["n1".into()])]
    });
    let found = diagnosis(&sandbox, "compose.network_changed");
    let id = offered(&found, "compose.network_changed:shop_default");
    let ran = run(&sandbox, &["fix", &id, "--yes", "--json"]);
    assert_solved(&ran, "compose.network_changed");
    assert_eq!(
        walked(&ran),
        [
            "stop done",
            "fix done",
            "start done",
            "ready done",
            "recheck done"
        ]
    );
    assert_eq!(sandbox.engine.asked("DELETE /networks/n1"), 1);
}

#[test]
fn networks_that_this_package_left_behind_give_their_addresses_back() {
    let sandbox = Sandbox::new(shop());
    let network = |id: usize, labels: Value| {
        json!({
            "Id": format!("n{id}"), "Name": format!("net{id}"), "Driver": "bridge", "Scope": "local", "Labels": labels,
            "IPAM": { "Config": [{ "Subnet": format!("10.90.{id}.0/24") }] },
        })
    };
    sandbox.engine.world(|world| {
        world.info = json!({ "DefaultAddressPools": [{ "Base": "10.90.0.0/23", "Size": 24 }] });
        let ours =
            json!({ "com.docker.compose.project": "shop", "com.docker.compose.network": "old" });
        world.network_facts = vec![network(0, ours), network(1, json!({}))];
    });
    let check = run(&sandbox, &["check", "--json"]).json();
    let rows = check["checks"].as_array().expect("rows");
    let row = rows
        .iter()
        .find(|row| row["id"] == "net.pool_exhausted")
        .expect("is told");
    assert_eq!(row["fixes"][0]["id"], "net.pool_exhausted:unused");
    assert_eq!(row["fixes"][0]["changes"].as_array().map(Vec::len), Some(1));
    let ran = run(&sandbox, &["fix", "net.pool_exhausted:unused", "--json"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert_eq!(
        walked(&ran),
        ["fix done", "recheck done"],
        "nothing had been started"
    );
    assert_eq!(sandbox.engine.asked("DELETE /networks/n0"), 1);
    assert_eq!(sandbox.engine.asked("DELETE /networks/n1"), 0);
}
