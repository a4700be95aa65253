//! Engines and computers that are not as a package needs them.

use super::{Defect, change};
use serde_json::{Value, json};
use std::fs;
use tests::fake_engine::Answer;
use tests::sandbox::Sandbox;

/// Lets the engine say something else about itself.
fn says(sandbox: &Sandbox, path: &str, differently: Value) {
    let mut answer = if path == "version" {
        json!({ "Version": "26.1.5", "ApiVersion": "1.45", "MinAPIVersion": "1.24", "Os": "linux", "Arch": "amd64" })
    } else {
        json!({ "MemTotal": 8_000_000_000_i64, "NCPU": 4, "DockerRootDir": "/", "Driver": "overlay2" })
    };
    if let (Some(all), Some(other)) = (answer.as_object_mut(), differently.as_object()) {
        all.extend(other.clone());
    }
    let body = Answer::Body(answer.to_string());
    sandbox.engine.rule(&format!("GET /{path}"), body);
}

/// Changes the service `web`.
fn web(sandbox: &Sandbox, key: &str, value: Value) {
    change(sandbox, |config| config["services"]["web"][key] = value);
}

fn vendor(sandbox: &Sandbox, requirements: &str) {
    sandbox.file(
        "quayside.yaml",
        &format!("requirements: {{ {requirements} }}\n"),
    );
}

macro_rules! defect {
    ($name:literal, $plant:expr, $id:literal, $state:literal) => {
        defect!($name, $plant, $id, $state, "")
    };
    ($name:literal, $plant:expr, $id:literal, $state:literal, $fix:literal) => {
        Defect {
            name: $name,
            plant: $plant,
            says: &[($id, $state)],
            fix: $fix,
        }
    };
}

pub(crate) const DEFECTS: &[Defect] = &[
    defect!(
        "the engine is too old",
        |it| says(it, "version", json!({ "Version": "19.03.15" })),
        "engine.api_version_mismatch",
        "block"
    ),
    defect!(
        "the vendor wants a newer engine",
        |it| vendor(it, "engine: '27.0'"),
        "engine.api_version_mismatch",
        "block"
    ),
    defect!(
        "the vendor wants a newer Compose",
        |it| vendor(it, "compose: '2.30'"),
        "compose.version_unsupported",
        "block"
    ),
    defect!(
        "the vendor wants more memory",
        |it| vendor(it, "memory: 64GiB"),
        "host.low_memory",
        "block"
    ),
    defect!(
        "the vendor wants more processors",
        |it| vendor(it, "cpus: 16"),
        "host.low_cpu",
        "block"
    ),
    defect!(
        "the vendor wants more room",
        |it| vendor(it, "disk: 900TB"),
        "disk.full",
        "block"
    ),
    defect!(
        "a limit is higher than the memory",
        |it| web(it, "mem_limit", json!("68719476736")),
        "host.low_memory",
        "warn"
    ),
    defect!(
        "a limit is higher than the processors",
        |it| {
            web(
                it,
                "deploy",
                json!({ "resources": { "limits": { "cpus": 8 } } }),
            );
        },
        "host.low_cpu",
        "block"
    ),
    defect!(
        "a limit is not kept",
        |it| {
            web(it, "mem_limit", json!("1048576"));
            says(it, "info", json!({ "MemoryLimit": false }));
        },
        "engine.cgroup_runtime",
        "warn"
    ),
    defect!(
        "the storage driver is slow",
        |it| says(it, "info", json!({ "Driver": "vfs" })),
        "engine.storage_driver",
        "warn"
    ),
    defect!(
        "the disk cannot tell kinds of entries",
        |it| {
            says(
                it,
                "info",
                json!({ "DriverStatus": [["Backing Filesystem", "xfs"], ["Supports d_type", "false"]] }),
            );
        },
        "engine.storage_driver",
        "warn"
    ),
    defect!(
        "the engine has another store now",
        |it| {
            fs::write(it.state.join("unpacking.json"), r#"{"overlayfs":2.5}"#).expect("is ours");
        },
        "engine.storage_driver",
        "warn"
    ),
    defect!(
        "Podman answers",
        |it| {
            says(
                it,
                "version",
                json!({ "Version": "4.3.1", "Components": [{ "Name": "Podman Engine", "Version": "4.3.1" }] }),
            );
        },
        "engine.podman",
        "warn"
    ),
    defect!(
        "the engine is in a virtual machine",
        |it| {
            says(it, "info", json!({ "Name": "colima" }));
        },
        "disk.full",
        "unknown"
    ),
    defect!(
        "the engine of a snap cannot see the package",
        |it| {
            says(
                it,
                "info",
                json!({ "DockerRootDir": "/var/snap/docker/common/var-lib-docker" }),
            );
        },
        "mount.source_uncreatable",
        "block"
    ),
    defect!(
        "the engine's disk has no room",
        |it| says(it, "info", json!({ "DockerRootDir": "/proc" })),
        "disk.full",
        "block"
    ),
    defect!(
        "a runtime is not there",
        |it| {
            web(it, "runtime", json!("nvidia"));
            says(
                it,
                "info",
                json!({ "Runtimes": { "runc": { "path": "runc" } } }),
            );
        },
        "gpu.toolkit_missing",
        "block"
    ),
    defect!(
        "a proxy stands between services",
        |it| {
            web(
                it,
                "environment",
                json!({ "HTTP_PROXY": "http://proxy:3128", "NO_PROXY": "localhost" }),
            );
        },
        "net.proxy",
        "warn",
        "net.proxy:web"
    ),
    defect!(
        "more open files than there may be",
        |it| {
            web(
                it,
                "ulimits",
                json!({ "nofile": { "soft": 1024, "hard": 4_000_000_000_u64 } }),
            );
        },
        "limit.nofile",
        "block"
    ),
    defect!(
        "the package is from the future",
        |it| {
            let file = fs::OpenOptions::new()
                .write(true)
                .open(it.package.join("compose.yaml"));
            let file = file.expect("is ours");
            let later = std::time::UNIX_EPOCH + std::time::Duration::from_hours(24 * 365 * 100);
            file.set_modified(later).expect("is ours");
        },
        "host.clock_skew",
        "warn"
    ),
];
