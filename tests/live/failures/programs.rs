//! Programs that cannot be started, and permissions.

use super::{after_compose, docker_fails, first, load, looked_at, means, tools};
use std::os::unix::fs::PermissionsExt;
use tests::live::Live;

/// A package whose program is a script of the package.
fn with_script(name: &str, script: &str, mode: u32) -> Live {
    let live = tools(
        name,
        r#"
services:
  app:
    image: ${IMAGE}
    entrypoint: ["/script/run.sh"]
    volumes: ["./script/run.sh:/script/run.sh:ro"]
"#,
    );
    let file = live.package.file("script/run.sh", script);
    fs_err::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
    live
}

#[test]
fn perm_entrypoint_not_executable() {
    let live = with_script("no-bit", "#!/bin/sh\nexec forever\n", 0o644);
    let (diagnoses, said) = after_compose(&live);
    first(
        &diagnoses,
        "perm.entrypoint_not_executable",
        Some("app"),
        "permission denied",
    );
    means(
        &live,
        &said,
        "perm.entrypoint_not_executable",
        "permission denied",
    );
}

#[test]
fn script_crlf() {
    let live = with_script("crlf", "#!/bin/sh\r\nexec forever\r\n", 0o755);
    let (diagnoses, _) = after_compose(&live);
    first(
        &diagnoses,
        "script.crlf",
        Some("app"),
        "no such file or directory",
    );
}

#[test]
fn script_missing_shebang() {
    let live = with_script("no-shebang", "exec forever\n", 0o755);
    let (diagnoses, _) = after_compose(&live);
    first(
        &diagnoses,
        "script.missing_shebang",
        Some("app"),
        "exec format error",
    );
}

#[test]
fn exec_command_not_found() {
    let live = tools(
        "no-command",
        "services:\n  app:\n    image: ${IMAGE}\n    command: [\"java\", \"-jar\", \"app.jar\"]\n",
    );
    let (diagnoses, said) = after_compose(&live);
    first(
        &diagnoses,
        "exec.command_not_found",
        Some("app"),
        "executable file not found",
    );
    means(
        &live,
        &said,
        "exec.command_not_found",
        "executable file not found",
    );
}

#[test]
fn exec_command_not_found_by_its_path() {
    let live = tools(
        "no-path",
        "services:\n  app:\n    image: ${IMAGE}\n    entrypoint: [\"/opt/app/start\"]\n",
    );
    let (diagnoses, _) = after_compose(&live);
    first(
        &diagnoses,
        "exec.command_not_found",
        Some("app"),
        "no such file or directory",
    );
}

#[test]
fn gpu_toolkit_missing() {
    let live = tools("gpu", super::NOTHING);
    load(&live);
    let said = docker_fails(&["run", "--rm", "--gpus", "all", &live.package.image()]);
    means(
        &live,
        &said,
        "gpu.toolkit_missing",
        "could not select device driver",
    );
    let said = docker_fails(&["run", "--rm", "--runtime", "nvidia", &live.package.image()]);
    means(&live, &said, "gpu.toolkit_missing", "nvidia");
    // Compose v1 knows no devices before the format 3.8 of 1.28.
    live.package.file(
        "docker-compose.yml",
        "services:\n  app:\n    image: ${IMAGE}\n    deploy:\n      resources:\n        reservations:\n          devices: [{driver: nvidia, count: 1, capabilities: [gpu]}]\n",
    );
    let said = super::compose_fails(&live, &["up", "-d"]);
    means(
        &live,
        &said,
        "gpu.toolkit_missing",
        "could not select device driver",
    );
    first(
        &looked_at(&live),
        "gpu.toolkit_missing",
        Some("app"),
        "could not select device driver",
    );
}
