//! Values that a package needs and that nobody has given yet: it opens, says which, takes them, and deploys.

use crate::play::shop;
use serde_json::json;
use tests::cli::run;
use tests::sandbox::Sandbox;

/// A shop that wants to be told its region and a password.
fn demanding() -> Sandbox {
    let mut services = shop();
    services["web"]["environment"] =
        json!({ "REGION": "${REGION:?the region of the shop}", "DB_PASSWORD": "${DB_PASSWORD:?}" });
    services["web"]["image"] = "shop/${NAME:?}:2.4".into();
    let sandbox = Sandbox::new(shop());
    sandbox.set_services(services);
    sandbox
}

#[test]
fn a_package_that_lacks_values_opens_and_asks_for_them() {
    let sandbox = demanding();
    let ran = run(&sandbox, &["inspect", "--json"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let view = ran.json();
    assert_eq!(view["preview"], true);
    assert_eq!(view["services"].as_array().map(Vec::len), Some(2));

    let ran = run(&sandbox, &["check", "--json"]);
    assert_eq!(ran.code, 3, "{ran:#?}");
    let report = ran.json();
    let open: Vec<_> = report["settings"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    let keys: Vec<_> = open.iter().map(|it| it["key"].as_str()).collect();
    assert_eq!(keys, [Some("DB_PASSWORD"), Some("NAME"), Some("REGION")]);
    assert_eq!(open[0]["secret"], true);
    assert_eq!(open[2]["help"], "the region of the shop");
    let blocks = report["checks"].as_array().into_iter().flatten();
    let blocks: Vec<_> = blocks.filter(|row| row["state"] == "block").collect();
    assert!(
        blocks.len() == 3 && blocks.iter().all(|row| row["id"] == "compose.env_missing"),
        "{blocks:#?}"
    );
    assert_eq!(run(&sandbox, &["deploy"]).code, 3);
    assert!(!sandbox.package.join(".env").exists());
}

#[test]
fn values_that_are_set_one_by_one_make_it_deploy_and_can_be_taken_back() {
    let sandbox = demanding();
    let first = run(&sandbox, &["set", "REGION=north", "--json"]);
    assert_eq!(first.code, 0, "{first:#?}");
    let ran = run(&sandbox, &["check", "--json"]);
    assert_eq!(ran.code, 3, "two are still missing");
    let ran = run(&sandbox, &["set", "DB_PASSWORD=s e c", "NAME=web"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let view = run(&sandbox, &["inspect", "--json"]).json();
    assert_eq!(view["preview"], false, "Compose reads it now");
    let ran = run(&sandbox, &["deploy"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    for _ in 0..2 {
        assert_eq!(run(&sandbox, &["undo"]).code, 0);
    }
    assert!(!sandbox.package.join(".env").exists());
    assert_eq!(run(&sandbox, &["check"]).code, 3);
}

#[test]
fn the_old_compose_says_it_in_its_own_words_and_it_opens_all_the_same() {
    let sandbox = demanding();
    sandbox.use_v1();
    let ran = run(&sandbox, &["check", "--json"]);
    assert_eq!(ran.code, 3, "{ran:#?}");
    let ran = run(&sandbox, &["set", "REGION=n", "DB_PASSWORD=p", "NAME=web"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert_eq!(run(&sandbox, &["deploy"]).code, 0);
}
