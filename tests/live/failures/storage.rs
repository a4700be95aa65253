//! Disks, volumes and mounts.

use super::second_engine::SecondEngine;
use super::{
    after_compose, deployed, docker_fails, explained, first, is_old, load, looked_at, means, tools,
};
use serde_json::json;

/// A volume of this size or kind, which the engine mounts itself, and a program that writes there.
fn with_volume(
    name: &str,
    kind: &str,
    options: &str,
    device: &str,
    command: &str,
) -> tests::live::Live {
    tools(
        name,
        &format!(
            r#"
version: "3.7"
services:
  app:
    image: ${{IMAGE}}
    command: ["sh", "-c", "{command}"]
    volumes: ["data:/data"]
volumes:
  data:
    driver_opts:
      type: {kind}
      device: "{device}"
      o: "{options}"
"#
        ),
    )
}

#[test]
fn disk_full() {
    let live = with_volume(
        "full",
        "tmpfs",
        "size=64k",
        "tmpfs",
        "cat /bin/busybox > /data/a",
    );
    let (diagnoses, _) = after_compose(&live);
    first(
        &diagnoses,
        "disk.full",
        Some("app"),
        "No space left on device",
    );
}

#[test]
fn disk_full_where_the_engine_keeps_its_images() {
    let live = tools("full-engine", super::NOTHING);
    let engine = SecondEngine::start(live.package.around(), Some("size=24m"), "{}", &[]);
    live.package.heavy_archive(30 << 20);
    let archive = live.package.path.join("images/tools-amd64.tar");
    let (content, said) = engine.docker(&["load", "--input", archive.as_str()]);
    assert!(!content, "{said}");
    means(&live, &said, "disk.full", "no space left on device");
}

#[test]
fn disk_inodes() {
    let mut live = tools("inodes", super::NOTHING);
    let engine = SecondEngine::start(
        live.package.around(),
        Some("size=200m,nr_inodes=700"),
        "{}",
        &[],
    );
    // A data folder that many small files have filled.
    let data = live.package.around().join("e2/data");
    for number in 0.. {
        if fs_err::write(data.join(format!("small-{number}")), "").is_err() {
            break;
        }
    }
    let archive = live.package.path.join("images/tools-amd64.tar");
    let (content, said) = engine.docker(&["load", "--input", archive.as_str()]);
    assert!(!content, "{said}");
    live.through(engine.host());
    first(&looked_at(&live), "disk.inodes", None, "room for 0 files");
    let piece = json!({ "kind": "engine_error", "text": said, "facts": { "inodesFree": 0, "dockerRootFree": 150 << 20 } });
    first(
        &explained(&live, &piece.to_string()),
        "disk.inodes",
        None,
        "no space left on device",
    );
}

#[test]
fn disk_readonly_or_io() {
    let live = with_volume(
        "read-only-disk",
        "tmpfs",
        "ro,size=1m",
        "tmpfs",
        "echo x > /data/a",
    );
    let (diagnoses, _) = after_compose(&live);
    first(
        &diagnoses,
        "disk.readonly_or_io",
        Some("app"),
        "Read-only file system",
    );
}

#[test]
fn container_readonly_rootfs() {
    let live = tools(
        "read-only-root",
        r#"
version: "3.7"
services:
  app:
    image: ${IMAGE}
    read_only: true
    command: ["sh", "-c", "echo $$$$ > /run.pid"]
"#,
    );
    let (diagnoses, _) = after_compose(&live);
    first(
        &diagnoses,
        "container.readonly_rootfs",
        Some("app"),
        "Read-only file system",
    );
}

#[test]
fn volume_in_use() {
    let live = tools(
        "used",
        "version: '3.7'\nservices:\n  app:\n    image: ${IMAGE}\n    volumes: [\"data:/data\"]\nvolumes:\n  data:\n",
    );
    load(&live);
    super::compose(&live, &["up", "-d"]);
    let name = format!("{}_data", live.package.project);
    let said = docker_fails(&["volume", "rm", &name]);
    means(&live, &said, "volume.in_use", "volume is in use");
    let network = format!("{}_default", live.package.project);
    let said = docker_fails(&["network", "rm", &network]);
    means(&live, &said, "volume.in_use", "active endpoints");
}

#[test]
fn mount_file_vs_dir() {
    let live = tools(
        "folder-for-file",
        "version: '3.7'\nservices:\n  app:\n    image: ${IMAGE}\n    volumes: [\"./config/app.conf:/bin/forever\"]\n",
    );
    // The engine makes a folder of a file that is not there.
    let (diagnoses, said) = after_compose(&live);
    first(
        &diagnoses,
        "mount.file_vs_dir",
        Some("app"),
        "not a directory",
    );
    means(&live, &said, "mount.file_vs_dir", "not a directory");
}

#[test]
fn mount_source_missing() {
    let live = tools(
        "no-source",
        "version: '3.7'\nservices:\n  app:\n    image: ${IMAGE}\n    volumes:\n      - {type: bind, source: ./nowhere, target: /data, bind: {propagation: rprivate}}\n",
    );
    load(&live);
    if is_old() {
        let said = super::compose_fails(&live, &["up", "-d"]);
        means(
            &live,
            &said,
            "mount.source_missing",
            "bind source path does not exist",
        );
    }
    let source = format!(
        "type=bind,source={}/nowhere,target=/data",
        live.package.path
    );
    let said = docker_fails(&["run", "--rm", "--mount", &source, &live.package.image()]);
    means(
        &live,
        &said,
        "mount.source_missing",
        "bind source path does not exist",
    );
}

#[test]
fn mount_source_uncreatable() {
    let live = tools(
        "no-place",
        "version: '3.7'\nservices:\n  app:\n    image: ${IMAGE}\n    volumes: [\"/proc/nowhere/data:/data\"]\n",
    );
    let (diagnoses, said) = after_compose(&live);
    means(
        &live,
        &said,
        "mount.source_uncreatable",
        "error while creating mount source path",
    );
    assert_eq!(
        diagnoses[0]["id"], "mount.source_uncreatable",
        "{diagnoses:#}"
    );
}

#[test]
fn mount_nfs_failed() {
    let live = with_volume(
        "nfs",
        "nfs",
        "addr=127.0.0.1,rw,nfsvers=3,nolock,timeo=5,retrans=1",
        ":/export",
        "true",
    );
    let (diagnoses, said) = after_compose(&live);
    means(
        &live,
        &said,
        "mount.nfs_failed",
        "failed to mount local volume",
    );
    assert_eq!(diagnoses[0]["id"], "mount.nfs_failed", "{diagnoses:#}");
}

#[test]
#[ignore = "a whole deployment; cargo xtask matrix"]
fn disk_full_after_a_deployment() {
    let live = with_volume(
        "full-deployed",
        "tmpfs",
        "size=64k",
        "tmpfs",
        "cat /bin/busybox > /data/a",
    );
    first(
        &deployed(&live),
        "disk.full",
        Some("app"),
        "No space left on device",
    );
}
