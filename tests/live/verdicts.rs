//! What is said of a deployment, and when: ready, partly ready, failed, will not recover.

use serde_json::Value;
use std::time::Duration;
use tests::live::{Live, Running, service, states, text};
use tests::package::Package;

/// Follows the verdicts of a package from now on, as a window that stands open would.
pub(crate) struct Watch(Running);

impl Watch {
    pub(crate) fn on(live: &Live) -> Self {
        let mut running = live.start(&["status", "--watch", "--json"]);
        running.until("a first snapshot", |status| status["verdict"].is_string());
        Self(running)
    }

    /// Returns every snapshot that was shown.
    pub(crate) fn end(self) -> Vec<Value> {
        self.0.signal("INT");
        let ended = self.0.end();
        assert_eq!(ended.code, 0, "{ended}");
        ended
            .events()
            .into_iter()
            .map(|(_, status)| status)
            .collect()
    }
}

/// Fails if any snapshot has this verdict.
#[track_caller]
pub(crate) fn never(snapshots: &[Value], verdict: &str) {
    let found = snapshots.iter().find(|status| status["verdict"] == verdict);
    assert!(found.is_none(), "{}", found.unwrap_or(&Value::Null));
}

#[test]
fn one_failing_service_of_two_is_partial_success_with_its_name_and_last_words() {
    let live = Live::new(Package::with_image(
        "one-of-two",
        r#"
services:
  good:
    image: ${IMAGE}
    restart: unless-stopped
  bad:
    image: ${IMAGE}
    command: ["sh", "-c", "echo cannot read /etc/bad.conf >&2; exit 3"]
"#,
    ));
    live.step("for programs");
    let ended = live.expect(4, &["deploy", "--json"]);
    let finished = ended.finished();
    assert_eq!(finished["outcome"], "partly-ready", "{ended}");
    assert_eq!(finished["failure"]["service"], "bad");
    assert_eq!(
        finished["failure"]["outputTail"],
        serde_json::json!(["cannot read /etc/bad.conf"])
    );
    assert_eq!(finished["status"]["verdict"], "will-not-recover");
    assert_eq!(states(&finished["status"]), ["bad=failed", "good=running"]);
    live.step("for people");
    let told = live.expect(4, &["deploy"]).out();
    assert!(told.contains("bad does not start"), "{told}");
    assert!(told.contains("cannot read /etc/bad.conf"), "{told}");
}

#[test]
fn when_the_only_service_fails_the_deployment_has_failed() {
    let live = Live::new(Package::with_image(
        "only-one",
        r#"
services:
  bad:
    image: ${IMAGE}
    command: ["sh", "-c", "echo no licence >&2; exit 3"]
    ports: ["8099"]
"#,
    ));
    let finished = live.expect(1, &["deploy", "--json"]).finished();
    assert_eq!(finished["outcome"], "failed", "{finished}");
    assert_eq!(finished["failure"]["service"], "bad");
    assert_eq!(finished["failure"]["outputTail"][0], "no licence");
}

#[test]
fn a_job_that_exits_7_fails_the_deployment_and_holds_back_what_waits_for_it() {
    let live = Live::new(Package::with_image(
        "job",
        r#"
services:
  migrate:
    image: ${IMAGE}
    restart: "no"
    command: ["sh", "-c", "echo migration 12 failed >&2; exit 7"]
  app:
    image: ${IMAGE}
    restart: unless-stopped
    depends_on:
      migrate:
        condition: service_completed_successfully
"#,
    ));
    let ended = live.expect(1, &["deploy", "--json"]);
    let finished = ended.finished();
    assert_eq!(finished["failure"]["service"], "migrate", "{ended}");
    assert_eq!(finished["failure"]["outputTail"][0], "migration 12 failed");
    let status = &finished["status"];
    assert_eq!(service(status, "migrate")["state"], "failed");
    assert_eq!(service(status, "migrate")["containers"][0]["exitCode"], 7);
    assert_eq!(service(status, "app")["state"], "not-created");
    assert_eq!(service(status, "app")["blockedBy"], "migrate");
    assert!(ended.took < Duration::from_secs(45), "{ended}");
}

#[test]
fn without_any_healthcheck_it_is_running_with_health_unknown_within_15_seconds() {
    let live = Live::new(Package::with_image(
        "no-health",
        r#"
services:
  web:
    image: ${IMAGE}
    restart: unless-stopped
  worker:
    image: ${IMAGE}
    restart: unless-stopped
    depends_on: [web]
"#,
    ));
    let ended = live.expect(0, &["deploy", "--json"]);
    let finished = ended.finished();
    assert_eq!(finished["outcome"], "ready", "{ended}");
    assert_eq!(
        states(&finished["status"]),
        ["web=running", "worker=running"]
    );
    let web = service(&finished["status"], "web");
    assert_eq!(web["containers"][0]["health"], "none");
    assert!(text(&web["sentence"]).contains("no health check"), "{web}");
    let waited = ended.from_to("step-finished", "start", "ready");
    assert!(waited < Duration::from_secs(15), "{waited:?}: {ended}");
    assert!(waited > Duration::from_secs(5), "too soon to know: {ended}");
}

#[test]
fn a_crash_loop_is_told_within_30_seconds_and_never_called_ready() {
    let live = Live::new(Package::with_image(
        "crash-loop",
        r#"
services:
  app:
    image: ${IMAGE}
    restart: always
    command: ["sh", "-c", "echo cannot open the database >&2; exit 1"]
  other:
    image: ${IMAGE}
    restart: always
"#,
    ));
    let watch = Watch::on(&live);
    let ended = live.expect(4, &["deploy", "--json"]);
    let finished = ended.finished();
    assert_eq!(finished["status"]["verdict"], "will-not-recover", "{ended}");
    assert_eq!(
        states(&finished["status"]),
        ["app=crash-looping", "other=running"]
    );
    assert_eq!(finished["failure"]["service"], "app");
    assert_eq!(
        finished["failure"]["outputTail"][0],
        "cannot open the database"
    );
    let told = ended.from_to("step-started", "start", "ready");
    assert!(told < Duration::from_secs(30), "{told:?}: {ended}");

    live.step("the engine says running or restarting in turns; the verdict stays");
    for _ in 0..5 {
        assert_eq!(live.status()["verdict"], "will-not-recover");
        std::thread::sleep(Duration::from_millis(300));
    }
    let snapshots = watch.end();
    never(&snapshots, "ready");
    assert!(
        snapshots
            .iter()
            .any(|status| status["verdict"] == "will-not-recover"),
        "whoever watched has seen it too"
    );
}

/// A container's shim that does nothing until this is dropped.
struct Silent<'l>(&'l Live, String);

impl<'l> Silent<'l> {
    fn new(live: &'l Live, container: &str) -> Self {
        let this = Self(live, format!("containerd-shim.*{container}"));
        this.signal("-STOP").expect("a shim");
        this
    }

    fn signal(&self, name: &str) -> Result<String, String> {
        self.0.try_program("pkill", &[name, "-f", &self.1])
    }
}

impl Drop for Silent<'_> {
    fn drop(&mut self) {
        let _ = self.signal("-CONT");
    }
}

#[test]
fn one_container_the_engine_says_nothing_of_is_named_and_the_others_are_known() {
    let live = Live::new(Package::with_image(
        "silent",
        r#"
services:
  app:
    image: ${IMAGE}
    restart: unless-stopped
  other:
    image: ${IMAGE}
    restart: unless-stopped
    healthcheck: { test: ["CMD", "true"], interval: 1s }
"#,
    ));
    live.expect(0, &["deploy"]);
    let of_project = format!("label=com.docker.compose.project={}", live.package.project);
    let of_service = "label=com.docker.compose.service=app";
    let filters = ["--filter", &of_project, "--filter", of_service];
    let app = live.docker(&[&["ps", "--no-trunc", "--quiet"], &filters[..]].concat());
    let mut watch = live.start(&["status", "--watch", "--json"]);
    watch.until("a first snapshot", |status| status["verdict"] == "ready");

    live.step("a pause waits for the container's shim, and with it whoever asks for the container");
    let shim = Silent::new(&live, app.trim());
    let mut pause = tests::live::command("docker");
    let mut pause = pause.args(["pause", app.trim()]).spawn().expect("docker");
    std::thread::sleep(Duration::from_secs(1));
    let ended = live.expect(0, &["status", "--json"]);
    assert!(ended.took < Duration::from_secs(9), "{ended}");
    let status = ended.json();
    assert_eq!(states(&status), ["app=running", "other=healthy"]);
    assert_eq!(status["verdict"], "degraded", "nobody can say more");
    let app_says = text(&service(&status, "app")["sentence"]);
    assert!(
        app_says.contains("does not answer about it; last known: running"),
        "{app_says}"
    );

    live.step("and is paused once the shim answers again");
    drop(shim);
    assert!(pause.wait().expect("docker").success());
    watch.until("what the container does now", |status| {
        states(status) == ["app=paused", "other=healthy"]
    });
    watch.signal("INT");
    assert_eq!(watch.end().code, 0);
    let now = text(&service(&live.status(), "app")["sentence"]);
    assert!(now.contains("Paused"), "{now}");
    live.docker(&["unpause", app.trim()]);
}
