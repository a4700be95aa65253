//! What a check offers to put right, in the window: nothing happens before its exact effect was shown; afterwards the
//! same check passes, the package deploys, and everything can be put back.

use crate::world::{DEPLOYED, WEB, launch, package_of};
use fs_err as fs;
use serde_json::Value;
use std::net::TcpListener;
use std::process::Command;
use tests::cli::program;
use tests::driver::{Window, in_window};
use tests::package::Package;

pub(crate) const HANDLES: &[&str] = &["apply-fix", "fix-preview"];
const VALUE_HANDLES: &[&str] = &["check-row", "check-summary"];

const PUBLISHED: &str = "    ports: [\"${WEB_PORT:-18499}:80\"]\n";

#[test]
fn a_held_port_is_moved_after_its_line_was_shown_and_the_package_deploys() {
    let package = package_of("port", &format!("{WEB}{PUBLISHED}"));
    let held = TcpListener::bind("0.0.0.0:0").expect("a port");
    let port = held.local_addr().expect("a port").port();
    let env = package.path.join(".env");
    let written = fs::read_to_string(&env).expect("made with the package");
    let written = format!("{written}# where people open it\nWEB_PORT={port} # change it here\n");
    fs::write(&env, &written).expect("is ours");

    in_window(launch("port", &package), async |window| {
        let row = "@check-row[data-check=\"port.in_use\"][data-state=block]";
        window.wait(row).await;
        let deploy = window.wait("@deploy").await;
        assert!(!deploy.is_enabled().await.expect("a button"));
        let why = window.text("#why-off").await;
        assert!(why.contains(&port.to_string()), "{why}");

        window.click("@apply-fix").await;
        window.wait("@fix-preview").await;
        let shown = window.text("@fix-preview").await;
        assert!(
            shown.contains(&format!("WEB_PORT={port} # change it here")),
            "{shown}"
        );
        assert_eq!(
            fs::read_to_string(&env).expect("there"),
            written,
            "only shown so far"
        );
        window.click("@dialog-confirm").await;

        window
            .wait("@operation-outcome[data-kind=fix][data-outcome=done]")
            .await;
        window
            .wait("@check-summary[data-state=ready], @check-summary[data-state=warnings]")
            .await;
        assert!(!window.has(row).await);
        let now = fs::read_to_string(&env).expect("there");
        assert_eq!(
            now.lines().count(),
            written.lines().count(),
            "one value changed, and no line: {now}"
        );
        assert!(
            now.contains(" # change it here") && !now.contains(&port.to_string()),
            "{now}"
        );
        same_as_the_command_line(window, &package).await;

        window.click("@deploy").await;
        window
            .wait_for("@deploy-outcome[data-outcome=ready]", DEPLOYED)
            .await;
        window.has_shown(HANDLES).await;
    });
    drop(held);
}

/// The bytes of `.env` of a package.
fn env_of(package: &Package) -> Vec<u8> {
    fs::read(package.path.join(".env")).expect("made with the package")
}

#[test]
fn a_value_that_is_demanded_is_filled_in_saved_and_put_back_to_the_last_byte() {
    let services =
        format!("{WEB}    environment: {{ REGION: \"${{REGION:?the region of the shop}}\" }}\n");
    let package = package_of("value", &services);
    let written = env_of(&package);
    in_window(launch("value", &package), async |window| {
        let row = "@check-row[data-check=\"compose.env_missing\"][data-state=block]";
        window.wait(row).await;
        assert!(
            !window
                .wait("@deploy")
                .await
                .is_enabled()
                .await
                .expect("a button")
        );
        let form = window.content("@settings-form").await;
        assert!(form.contains("the region of the shop"), "{form}");
        let field = window.wait("@value[data-key=REGION]").await;
        field.send_keys("north sea").await.expect("typed");
        window.click("@save-values").await;
        window
            .wait("@operation-outcome[data-kind=fix][data-outcome=done]")
            .await;
        window
            .wait("@check-summary[data-state=ready], @check-summary[data-state=warnings]")
            .await;
        assert!(!window.has(row).await);
        let now = String::from_utf8(env_of(&package)).expect("text");
        assert!(
            now.contains("REGION=") && now.contains("north sea"),
            "{now}"
        );
        assert!(
            now.as_bytes().starts_with(&written),
            "what was there stays: {now}"
        );

        window.click("@undo").await;
        window.click("@dialog-confirm").await;
        window
            .wait("@operation-outcome[data-kind=undo][data-outcome=done]")
            .await;
        window.wait(row).await;
        assert_eq!(env_of(&package), written, "to the last byte");
        window.has_shown(VALUE_HANDLES).await;
    });
}

/// The offline proof and the plan in the window are what `check --json` and `plan --json` say.
async fn same_as_the_command_line(window: &Window, package: &Package) {
    let plan = asked(package, "plan");
    window.wait("@plan").await;
    let shown = window.content("@plan").await;
    for step in plan["steps"].as_array().expect("steps") {
        let sentence = step["sentence"].as_str().expect("a sentence");
        assert!(shown.contains(sentence), "{sentence} is not in {shown}");
    }
    let proof = asked(package, "check");
    for row in proof["offlineProof"].as_array().expect("rows") {
        let service = row["service"].as_str().expect("a service");
        let line = format!("@offline-proof tr[data-service={service}]");
        assert_eq!(
            window.attribute(&line, "data-integrity").await,
            row["integrity"]
        );
        assert_eq!(
            window.attribute(&line, "data-loaded").await,
            row["loaded"].to_string()
        );
        let said = window.content(&line).await;
        for key in ["image", "archive"] {
            let value = row[key].as_str().unwrap_or_default();
            assert!(said.contains(value), "{value} is not in {said}");
        }
    }
}

#[allow(clippy::disallowed_methods)] // a test is no product
fn asked(package: &Package, what: &str) -> Value {
    let ran = Command::new(program())
        .args([
            "--package",
            package.path.as_str(),
            "--json",
            "--lang",
            "en",
            what,
        ])
        .env("QUAYSIDE_HOME", package.around().join("state"))
        .output()
        .expect("the program runs");
    serde_json::from_slice(&ran.stdout).expect("one object")
}
