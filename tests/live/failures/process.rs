//! How programs end, and healthchecks.

use super::{after_compose, deployed, first, load, looked_at, tools};
use std::time::Duration;
use tests::live::{Live, eventually};

fn running(name: &str, rest: &str, command: &str) -> Live {
    tools(
        name,
        &format!(
            "version: '2.4'\nservices:\n  app:\n    image: ${{IMAGE}}\n{rest}    command: [\"sh\", \"-c\", \"{command}\"]\n"
        ),
    )
}

#[test]
fn oom_killed() {
    let live = running(
        "oom",
        "    mem_limit: 12m\n",
        "x=aaaaaaaa; while :; do x=$$x$$x; done",
    );
    let (diagnoses, _) = after_compose(&live);
    first(&diagnoses, "oom.killed", Some("app"), "137");
}

#[test]
fn exit_sigkill_unexplained() {
    // The only one of a package that ends like this was stopped with everything else.
    let beside = "  other:\n    image: ${IMAGE}\n    stop_signal: SIGKILL\n  app:\n";
    let live = running("sigkill", "", "sh -c 'kill -KILL $$$$'; exit $$?");
    let file = live.package.path.join("docker-compose.yml");
    let content = fs_err::read_to_string(&file).unwrap();
    fs_err::write(&file, content.replace("  app:\n", beside)).unwrap();
    let (diagnoses, _) = after_compose(&live);
    first(&diagnoses, "exit.sigkill_unexplained", Some("app"), "137");
}

#[test]
fn crash_segfault() {
    let live = running("segfault", "", "sh -c 'kill -SEGV $$$$'; exit $$?");
    let (diagnoses, _) = after_compose(&live);
    first(&diagnoses, "crash.segfault", Some("app"), "139");
}

#[test]
fn health_probe_tool_missing() {
    let live = running(
        "probe",
        "    healthcheck: {test: [CMD, curl, -f, http://127.0.0.1/], interval: 1s, retries: 2}\n",
        "exec forever",
    );
    load(&live);
    super::compose(&live, &["up", "-d"]);
    let container = live.ids("container").remove(0);
    eventually("an unhealthy container", Duration::from_secs(20), || {
        let health = live.docker(&[
            "inspect",
            "--format",
            "{{.State.Health.Status}}",
            &container,
        ]);
        (health.trim() == "unhealthy").then_some(())
    });
    first(
        &looked_at(&live),
        "health.probe_tool_missing",
        Some("app"),
        "curl",
    );
}

#[test]
#[ignore = "a whole deployment; cargo xtask matrix"]
fn health_probe_tool_missing_in_the_shell() {
    let live = running(
        "probe-shell",
        "    healthcheck: {test: [CMD-SHELL, 'curl -f http://127.0.0.1/'], interval: 1s, retries: 2}\n",
        "exec forever",
    );
    first(
        &deployed(&live),
        "health.probe_tool_missing",
        Some("app"),
        "curl",
    );
}

#[test]
#[ignore = "a whole deployment; cargo xtask matrix"]
fn health_slow_start() {
    let live = running(
        "slow",
        "    healthcheck: {test: [CMD, sleep, '9'], interval: 1s, timeout: 1s, retries: 2}\n",
        "exec forever",
    );
    first(
        &deployed(&live),
        "health.slow_start",
        Some("app"),
        "exceeded timeout",
    );
}
