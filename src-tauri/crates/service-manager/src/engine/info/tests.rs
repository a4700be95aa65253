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
