//! The window and the command line at one package: one of them is at work, and the other says who that is.

use crate::world::{CHANGED, DEPLOYED, launch, package_of};
use camino::Utf8Path;
use fs_err as fs;
use serde_json::Value;
use std::process::{Child, Command, Stdio};
use tests::driver::{Window, in_window};
use tests::live::variable;
use tests::package::Package;

/// Comes up only when somebody puts a file into its folder.
const PATIENT: &str = "
  patient:
    image: ${IMAGE}
    command: [\"forever\"]
    volumes: [\"./data:/data\"]
    healthcheck: { test: [\"CMD\", \"test\", \"-e\", \"/data/go\"], interval: 1s, start_period: 200s }
";

const WAITING: &str = "@deploy-step[data-step=ready][data-state=running]";

#[test]
fn who_comes_second_hears_who_is_at_it() {
    let package = package_of("together", PATIENT);
    let launch = launch("together", &package);
    in_window(launch, async |window| {
        window.click("@deploy").await;
        window.wait_for(WAITING, DEPLOYED).await;
        let refused = start(&package, "deploy").wait_with_output();
        let refused = refused.expect("it ends");
        assert_eq!(refused.status.code(), Some(1), "{refused:?}");
        let answer: Value = serde_json::from_slice(&refused.stdout).expect("an answer");
        let error = &answer["error"];
        assert_eq!(error["code"], "operation-in-progress", "{error:#}");
        let owner = error["params"]["owner"].as_str().expect("an owner");
        let program = fs::read_link(format!("/proc/{owner}/exe")).expect("it runs");
        assert!(program.ends_with("quayside"), "{owner} is {program:?}");
        assert!(window.has(WAITING).await, "the window goes on");
        package.file("data/go", "");
        window
            .wait_for("@deploy-outcome[data-outcome=ready]", DEPLOYED)
            .await;

        // The other way around.
        fs::remove_file(package.path.join("data/go")).expect("was there");
        window.click("@nav-overview").await;
        stop_all(window).await;
        let mut deploys = start(&package, "deploy");
        // The cards follow what the other one does.
        window
            .wait_for("@service-card[data-state=starting]", CHANGED)
            .await;
        window.click("@nav-install").await;
        window.click("@to-check").await;
        window.click("@deploy").await;
        window
            .wait_for("@notice[data-code=operation-in-progress]", CHANGED)
            .await;
        let said = window.text("@notice").await;
        assert!(said.contains(&deploys.id().to_string()), "{said}");
        assert!(deploys.try_wait().expect("a child").is_none(), "it goes on");
        package.file("data/go", "");
        let ended = deploys.wait().expect("it ends");
        assert_eq!(ended.code(), Some(0));
        window.click("@nav-overview").await;
        window
            .wait_for("@service-card[data-state=healthy]", CHANGED)
            .await;
        assert_eq!(window.count("@service-card").await, 1);
    });
}

async fn stop_all(window: &Window) {
    window.click("@stop-all").await;
    window.click("@dialog-confirm").await;
    window
        .wait_for("@verdict[data-verdict=stopped]", CHANGED)
        .await;
    window.wait_gone("@operation", CHANGED).await;
}

/// Starts the command line on the window's package, with the window's own folder.
#[allow(clippy::disallowed_methods)] // a test is no product
fn start(package: &Package, verb: &str) -> Child {
    let program = variable("QUAYSIDE_CLI_BIN").expect("said by whoever runs the suite");
    let started = Command::new(program)
        .args(["--package", package.path.as_str(), "--json", verb])
        .env("QUAYSIDE_HOME", state(package))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    started.unwrap_or_else(|error| panic!("quayside-cli: {error}"))
}

fn state(package: &Package) -> std::path::PathBuf {
    Utf8Path::join(package.around(), "state").into()
}
