//! The engine itself, and the computer.

use super::second_engine::SecondEngine;
use super::{
    after_compose, compose_words, deployed, explained, first, is_old, looked_at, means, nothing,
    run, tools,
};
use tests::live::variable;

#[test]
fn engine_not_running() {
    let mut live = nothing("no-engine");
    let gone = format!("unix://{}/gone.sock", live.package.around());
    let host = [("DOCKER_HOST", gone.as_str())];
    let (_, said) = run("/".into(), &host, &["docker", "ps"]);
    means(
        &live,
        &said,
        "engine.not_running",
        "Cannot connect to the Docker daemon",
    );
    let mut up = compose_words();
    up.extend(["up", "-d"]);
    let (_, said) = run(&live.package.path, &host, &up);
    let proof = if is_old() {
        "docker"
    } else {
        "Cannot connect to the Docker daemon"
    };
    means(&live, &said, "engine.not_running", proof);
    live.through(gone);
    first(
        &looked_at(&live),
        "engine.not_running",
        None,
        "no engine answers",
    );
}

#[test]
fn engine_socket_permission() {
    let live = nothing("no-right");
    let nobody = [
        "setpriv",
        "--reuid=65534",
        "--regid=65534",
        "--clear-groups",
    ];
    let (_, said) = run("/".into(), &[], &[&nobody[..], &["docker", "ps"]].concat());
    means(&live, &said, "engine.socket_permission", "ermission denied");
    let home = [("HOME", "/tmp")];
    let up = [&nobody[..], &compose_words(), &["-f", "/dev/stdin", "ps"]].concat();
    let (_, said) = run("/".into(), &home, &up);
    if said.contains("ermission denied") {
        means(&live, &said, "engine.socket_permission", "ermission denied");
    }
}

#[test]
fn engine_api_version_mismatch() {
    let live = nothing("api-version");
    let newer = [("DOCKER_API_VERSION", "1.99")];
    let (_, said) = run("/".into(), &newer, &["docker", "ps"]);
    means(
        &live,
        &said,
        "engine.api_version_mismatch",
        "1.99 is too new",
    );
}

#[test]
fn engine_credential_helper() {
    let live = nothing("credentials");
    live.package.file(
        "docker-compose.yml",
        "version: '3.7'\nservices:\n  app:\n    image: 127.0.0.1:9/app:1\n",
    );
    let config = live
        .package
        .file("config/config.json", r#"{"credsStore":"desktop"}"#);
    let folder = config.parent().unwrap();
    if let Some(usual) = variable("DOCKER_CONFIG") {
        let _ =
            std::os::unix::fs::symlink(format!("{usual}/cli-plugins"), folder.join("cli-plugins"));
    }
    let mut pull = compose_words();
    pull.push("pull");
    let (_, said) = run(
        &live.package.path,
        &[("DOCKER_CONFIG", folder.as_str())],
        &pull,
    );
    means(
        &live,
        &said,
        "engine.credential_helper",
        "docker-credential-desktop",
    );
}

#[test]
fn engine_daemon_config_invalid() {
    let live = nothing("daemon-json");
    for (content, flags, proof) in [
        (
            "{\"debug\": true,}",
            &[][..],
            "unable to configure the Docker daemon",
        ),
        (
            "{\"no-such-directive\": 1}",
            &[],
            "don't match any configuration option",
        ),
        (
            "{\"hosts\": [\"unix:///a.sock\"]}",
            &["--host", "unix:///b.sock"],
            "both as a flag and in the configuration file",
        ),
    ] {
        let file = live.package.file("daemon.json", content);
        let said = SecondEngine::fails(
            live.package.around(),
            &[&["--config-file", file.as_str()], flags].concat(),
        );
        means(&live, &said, "engine.daemon_config_invalid", proof);
    }
}

#[test]
fn engine_storage_driver() {
    let live = nothing("driver");
    let said = SecondEngine::fails(live.package.around(), &["--storage-driver", "btrfs"]);
    means(&live, &said, "engine.storage_driver", "driver");
}

#[test]
fn compose_missing() {
    let live = nothing("no-compose");
    let empty = live.package.file("config/config.json", "{}");
    let variables = [
        ("DOCKER_CONFIG", empty.parent().unwrap().as_str()),
        ("HOME", "/nonexistent"),
    ];
    for (words, proof) in [
        (&["docker", "compose", "up"][..], "is not a docker command"),
        (
            &["docker", "compose", "-f", "docker-compose.yml", "up"],
            "unknown shorthand flag",
        ),
    ] {
        let (_, said) = run(&live.package.path, &variables, words);
        means(&live, &said, "compose.missing", proof);
    }
}

#[test]
fn limit_nofile() {
    let live = tools(
        "nofile",
        r#"
services:
  app:
    image: ${IMAGE}
    ulimits:
      nofile: 2000000000
"#,
    );
    let (diagnoses, said) = after_compose(&live);
    first(
        &diagnoses,
        "limit.nofile",
        Some("app"),
        "error setting rlimit",
    );
    means(&live, &said, "limit.nofile", "error setting rlimit");
}

#[test]
#[ignore = "a whole deployment; cargo xtask matrix"]
fn limit_threads() {
    let live = tools(
        "threads",
        r#"
version: "2.4"
services:
  app:
    image: ${IMAGE}
    pids_limit: 5
    command: ["sh", "-c", "for i in 1 2 3 4 5 6 7 8; do sleep 60 & done; wait"]
"#,
    );
    first(&deployed(&live), "limit.threads", Some("app"), "fork");
}

#[test]
#[ignore = "a whole deployment; cargo xtask matrix"]
fn host_cpu_unsupported() {
    let live = tools(
        "cpu",
        r#"
services:
  app:
    image: ${IMAGE}
    command: ["sh", "-c", "sh -c 'kill -ILL $$$$'; exit $$?"]
"#,
    );
    first(&deployed(&live), "host.cpu_unsupported", Some("app"), "132");
}

#[test]
fn nothing_is_made_of_a_text_that_says_nothing() {
    let live = nothing("says-nothing");
    let (_, said) = run("/".into(), &[], &["docker", "version"]);
    let diagnoses = explained(&live, &said);
    assert_eq!(diagnoses[0]["id"], "unknown", "{diagnoses:#}");
}
