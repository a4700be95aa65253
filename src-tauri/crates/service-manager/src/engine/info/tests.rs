//! Answers of engines, cut to what is read. Those marked so were given by engines here; the others are as their makers
//! document them.

use super::*;
use serde_json::{Value, json};

fn read(version: Value, info: Value) -> EngineInfo {
    let version = serde_json::from_value(version).expect("a version");
    sorted(
        version,
        Some(serde_json::from_value(info).expect("an info")),
    )
}

#[test]
fn flavours_are_told_apart() {
    let plain = json!({"Version": "26.1.5", "ApiVersion": "1.45", "Os": "linux", "Arch": "amd64"});
    let of = |info: Value| read(plain.clone(), info).details.flavour;
    assert_eq!(
        of(json!({"OperatingSystem": "Debian GNU/Linux 12 (bookworm)"})),
        Flavour::Native
    );
    // As documented by Docker: "Operating System: Docker Desktop".
    assert_eq!(
        of(json!({"OperatingSystem": "Docker Desktop", "Name": "docker-desktop"})),
        Flavour::Desktop
    );
    // docs.docker.com/engine/security/rootless: "Security Options: seccomp, rootless, cgroupns".
    assert_eq!(
        of(
            json!({"SecurityOptions": ["name=seccomp,profile=builtin", "name=rootless", "name=cgroupns"]})
        ),
        Flavour::Rootless
    );
    // snapcraft.io/docker: the data is below /var/snap/docker/common.
    assert_eq!(
        of(json!({"DockerRootDir": "/var/snap/docker/common/var-lib-docker"})),
        Flavour::Snap
    );
    assert_eq!(of(json!({"Name": "colima"})), Flavour::Machine);
    assert_eq!(of(json!({"OperatingSystem": "OrbStack"})), Flavour::Machine);
    assert_eq!(
        of(json!({"OperatingSystem": "Rancher Desktop WSL Distribution"})),
        Flavour::Machine
    );
    // podman system service, pkg/api/handlers/compat/version.go: the component is called "Podman Engine".
    let podman = json!({"Version": "4.3.1", "ApiVersion": "1.41", "Os": "linux", "Arch": "amd64",
        "Components": [{"Name": "Podman Engine", "Version": "4.3.1"}, {"Name": "Conmon", "Version": "2"}]});
    assert_eq!(read(podman, json!({})).details.flavour, Flavour::Podman);
}

#[test]
fn versions_are_compared_as_numbers() {
    for (version, major, minor, expected) in [
        ("20.10.24+dfsg1", 20, 10, true),
        ("19.03.15", 20, 10, false),
        ("26.1.5", 20, 10, true),
        ("1.44", 1, 41, true),
        ("1.9", 1, 41, false),
        ("dev", 1, 0, false),
    ] {
        assert_eq!(at_least(version, major, minor), expected, "{version}");
    }
}

#[test]
fn an_engine_that_answers_only_the_version_has_no_details() {
    let version =
        json!({"Version": "26.1.5", "ApiVersion": "1.45", "Os": "linux", "Arch": "x86_64"});
    let info = sorted(serde_json::from_value(version).expect("a version"), None);
    assert_eq!(info.platform, "linux/amd64");
    assert_eq!(info.memory, None);
    assert_eq!(info.details.flavour, Flavour::Native);
}

#[test]
fn engines_here_answered_so() {
    // Docker 20.10.24+dfsg1 of Debian 12.
    let old = read(
        json!({"Platform": {"Name": ""}, "Version": "20.10.24+dfsg1", "ApiVersion": "1.41", "MinAPIVersion": "1.12",
            "Os": "linux", "Arch": "amd64"}),
        json!({"Driver": "overlay2", "DriverStatus": [["Backing Filesystem", "extfs"], ["Supports d_type", "true"],
            ["Native Overlay Diff", "true"], ["userxattr", "false"]], "DockerRootDir": "/var/lib/docker", "NCPU": 2,
            "MemTotal": 25_276_514_304_i64, "MemoryLimit": true, "CpuCfsQuota": true, "CgroupDriver": "cgroupfs",
            "CgroupVersion": "1", "SecurityOptions": ["name=seccomp,profile=default"], "LiveRestoreEnabled": false,
            "OperatingSystem": "Debian GNU/Linux 12 (bookworm)", "Warnings": null,
            "Runtimes": {"io.containerd.runc.v2": {"path": "runc"}, "runc": {"path": "runc"}}}),
    );
    assert_eq!(old.details.has_d_type, Some(true));
    assert_eq!(old.details.min_api_version.as_deref(), Some("1.12"));
    assert_eq!(old.details.security, ["seccomp"]);
    assert_eq!(old.details.runtimes, ["io.containerd.runc.v2", "runc"]);
    assert!(!old.details.is_containerd_store);
    // Docker 26.1.5+dfsg1 of Debian 13 with the containerd store.
    let new = read(
        json!({"Version": "26.1.5+dfsg1", "ApiVersion": "1.45", "MinAPIVersion": "1.24", "Os": "linux", "Arch": "amd64"}),
        json!({"Driver": "overlayfs", "DriverStatus": [["driver-type", "io.containerd.snapshotter.v1"]],
            "CgroupVersion": "1", "CDISpecDirs": []}),
    );
    assert!(new.details.is_containerd_store);
    assert_eq!(new.details.has_d_type, None);
    assert_eq!(new.details.flavour, Flavour::Native);
}
