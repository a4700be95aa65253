//! The engine: not there, not running, not for this user, or broken itself.

use crate::diagnose::named;
use crate::diagnose::sign::{Look, Sign, Verdict, likely, sign};

pub(super) const SIGNS: &[Sign] = &[
    // docker/cli, shells
    sign("engine.not_installed", &["docker: command not found"]),
    sign("engine.not_installed", &["docker: not found"]).without(&["image"]),
    sign("engine.not_installed", &["'docker' is not recognized as an internal or external command"]),
    sign("engine.not_installed", &["The term 'docker' is not recognized"]),
    sign("engine.not_installed", &["Command 'docker' not found"]),
    sign("engine.not_installed", &["exec: \"docker\": executable file not found"]).without(&["container process", "OCI runtime"]),
    // zsh, and bash in other languages
    sign("engine.not_installed", &["command not found: docker"]).matches(r"command not found: docker(?:[^\w-]|$)"),
    sign("engine.not_installed", &["未找到命令"]).matches(r"(?:^|[\s:])docker(?:：|: ?)未找到命令"),
    sign("engine.not_installed", &["nicht gefunden"]).matches(r"(?:^|[\s:])docker: (?:Kommando|Befehl) nicht gefunden"),
    sign("engine.not_installed", &["Failed to start docker.service: Unit docker.service not found"]),
    sign("engine.not_installed", &["Unit docker.service could not be found"]),
    sign("engine.not_installed", &["'docker' could not be found in this WSL"]),
    // compose v1, compose/cli/errors.py
    sign("engine.not_installed", &["You might need to install Docker"]),
    // moby client/errors.go
    sign("engine.not_running", &["Cannot connect to the Docker daemon"])
        .takes(r"daemon at (?<address>\S+?)\.? (Is|ist)")
        .decided_by(unreachable),
    sign("engine.not_running", &["failed to connect to the docker API at"])
        .takes(r"API at (?<address>[^\s;]+)")
        .without(&["npipe", "pipe/docker"])
        .decided_by(unreachable),
    sign("engine.not_running", &["dial unix", "docker.sock", "connect: no such file or directory"])
        .decided_by(unreachable),
    sign("engine.not_running", &["dial unix", "docker.sock", "connect: connection refused"])
        .decided_by(unreachable),
    sign("engine.not_running", &["dial tcp", ":2375: connect: connection refused"]).decided_by(unreachable),
    sign("engine.not_running", &["dial tcp", ":2376: connect: connection refused"]).decided_by(unreachable),
    sign("engine.not_running", &["Couldn't connect to Docker daemon at"])
        .takes(r"daemon at (?<address>\S+)")
        .decided_by(v1_unreachable),
    sign("engine.not_running", &["Error while fetching server API version"])
        .general()
        .decided_by(v1_unreachable),
    sign("engine.not_running", &["error during connect"]).general().without(&["pipe"])
        .matches(r"(?i)error during connect: (?:this error|in the default|(?:get|post|put|head|delete) \x22?http)"),
    sign("engine.not_running", &["Failed to start docker.service"]).general().without(&["not found"]),
    sign("engine.not_running", &["Failed to start Docker Application Container Engine"]).general(),
    sign("engine.not_running", &["docker.service: Failed with result"]).general(),
    sign("engine.not_running", &["Job for docker.s", "failed"]).general(),
    sign("engine.not_running", &["Cannot connect to Podman"]),
    sign("engine.not_running", &["unable to connect to Podman socket"]),
    sign("engine.not_running", &["podman/podman.sock", "no such file or directory"]).general(),
    sign("engine.not_running", &["podman/podman.sock", "connection refused"]).general(),
    // moby client/request.go
    sign("engine.socket_permission", &["permission denied while trying to connect to the docker"])
        .takes(r"(?:socket|API) at (?<address>\S+?):?(?:\s|$)"),
    sign("engine.socket_permission", &["dial unix", "docker.sock", "connect: permission denied"]),
    sign("engine.socket_permission", &["PermissionError: [Errno 13]"]).decided_by(python_permission),
    sign("engine.socket_permission", &["PermissionError(13, 'Permission denied')"]),
    sign("engine.socket_permission", &["connect EACCES", "docker.sock"]),
    // moby client/request.go, on Windows
    sign("engine.desktop_not_started", &["pipe/docker"]).matches(r"(?i)pipe/docker\w*.*(cannot find the file|system cannot find)"),
    sign("engine.desktop_not_started", &["pipe\\docker"]).matches(r"(?i)pipe\\docker\w*.*cannot find the file"),
    sign("engine.desktop_not_started", &["dockerDesktopLinuxEngine"]).general(),
    sign("engine.desktop_not_started", &["pipe/docker_engine"]).general(),
    sign("engine.desktop_not_started", &["docker client must be run elevated"]).without(&["access is denied"]),
    sign("engine.desktop_not_started", &["You might need to start Docker for"]),
    sign("engine.desktop_not_started", &["docker desktop is not running"]),
    sign("engine.desktop_not_started", &["Docker Desktop is unable to start"]).general(),
    sign("engine.desktop_not_started", &["docker desktop is paused"]),
    sign("engine.desktop_not_started", &["dial unix", ".docker/run/docker.sock", "no such file or directory"]),
    // Windows and WSL
    sign("engine.wsl_unavailable", &["WSL2 is not supported with your current machine configuration"]),
    sign("engine.wsl_unavailable", &["Virtual Machine Platform"]).without(&["enabled: true", "[PASS]"]),
    sign("engine.wsl_unavailable", &["HCS_E_HYPERV_NOT_INSTALLED"]),
    sign("engine.wsl_unavailable", &["HCS_E_SERVICE_NOT_AVAILABLE"]),
    sign("engine.wsl_unavailable", &["WSL 2 installation is incomplete"]),
    sign("engine.wsl_unavailable", &["0x80370102"]),
    sign("engine.wsl_unavailable", &["0x80370114"]),
    sign("engine.wsl_unavailable", &["wsl --update"]).general(),
    sign("engine.wsl_unavailable", &["wsl.exe --update"]).general(),
    sign("engine.wsl_unavailable", &["WSL 2 requires an update to its kernel component"]),
    sign("engine.wsl_unavailable", &["hardware assisted virtualization", "enabled in the BIOS"]),
    sign("engine.wsl_unavailable", &["virtualization is enabled in the BIOS"]),
    sign("engine.wsl_unavailable", &["Virtualization support not detected"]),
    sign("engine.wsl_unavailable", &["WslRegisterDistribution failed"]),
    // moby daemon/config/config.go, cmd/dockerd
    sign("engine.daemon_config_invalid", &["unable to configure the Docker daemon with file"]).first()
        .takes(r"with file (?<file>[^:\s]+)"),
    sign("engine.daemon_config_invalid", &["following directives are specified both as a flag and in the configuration file"])
        .first()
        .takes(r"configuration file: (?<key>\S+?)[: ]"),
    sign("engine.daemon_config_invalid", &["following directives don't match any configuration option"]).first()
        .takes(r"configuration option: (?<key>.+?)$"),
    sign("engine.daemon_config_invalid", &["invalid character", "daemon.json"]),
    sign("engine.daemon_config_invalid", &["merged configuration validation from file and command line flags failed"]),
    // moby api/server/middleware/version.go
    sign("engine.api_version_mismatch", &["client version", "is too new", "Maximum supported API version"])
        .takes(r"client version (?<current>[\d.]+) is too new. Maximum supported API version is (?<limit>[\d.]+)"),
    sign("engine.api_version_mismatch", &["client version", "is too old", "Minimum supported API version"])
        .takes(r"client version (?<current>[\d.]+) is too old. Minimum supported API version is (?<minimum>[\d.]+)"),
    sign("engine.api_version_mismatch", &["client is newer than server"]),
    sign("engine.api_version_mismatch", &["Docker Engine version is less than the minimum required by Compose"]),
    sign("engine.api_version_mismatch", &["requires API version", "but the Docker daemon API version is"]),
    sign("engine.api_version_mismatch", &["requires API version", "but the Docker server is version"]),
    // libseccomp, runc; programs of newer images on old engines
    sign("engine.seccomp_incompatible", &["error adding seccomp filter rule for syscall"]),
    sign("engine.seccomp_incompatible", &["pthread_create failed: Operation not permitted"]),
    sign("engine.seccomp_incompatible", &["Can't create thread to handle bootstrap (errno: 1)"]).first(),
    sign("engine.seccomp_incompatible", &["Can't create a thread", "errno: 1"]),
    sign("engine.seccomp_incompatible", &["seccomp", "operation not permitted"]).general().without(&["adding seccomp filter"]),
    sign("engine.seccomp_incompatible", &["unable to init seccomp"]),
    sign("engine.seccomp_incompatible", &["clone3", "operation not permitted"]),
    sign("engine.seccomp_incompatible", &["OpenBLAS blas_thread_init: pthread_create failed", "Operation not permitted"]),
    sign("engine.seccomp_incompatible", &["failed to create thread: Operation not permitted"]),
    sign("engine.seccomp_incompatible", &["can't start new thread"]).general().decided_by(new_thread),
    sign("engine.seccomp_incompatible", &["uv_thread_create", "assertion"]).general(),
    sign("engine.seccomp_incompatible", &["At least one invalid signature was encountered"]).general(),
    sign("engine.seccomp_incompatible", &["sleep: cannot read realtime clock: Operation not permitted"]),
    sign("engine.seccomp_incompatible", &["[warn][os,thread]", "EPERM"]),
    // Java says next that its memory is short
    sign("engine.seccomp_incompatible", &["Failed to start thread", "pthread_create failed (EPERM)"]).first(),
    sign("engine.seccomp_incompatible", &["pthread_create failed (EPERM)"]).first(),
    // runc, containerd
    sign("engine.cgroup_runtime", &["mountpoint for cgroup not found"]),
    sign("engine.cgroup_runtime", &["mountpoint for devices not found"]),
    sign("engine.cgroup_runtime", &["cgroup mountpoint does not exist"]),
    sign("engine.cgroup_runtime", &["cannot find cgroup mount destination"]),
    sign("engine.cgroup_runtime", &["systemd cgroup flag passed, but systemd support for managing cgroups is not available"]),
    sign("engine.cgroup_runtime", &["unable to apply cgroup configuration"]),
    sign("engine.cgroup_runtime", &["applying cgroup configuration for process caused"]),
    sign("engine.cgroup_runtime", &["container's cgroup unexpectedly frozen"]),
    sign("engine.cgroup_runtime", &["unable to start unit", "scope"]),
    sign("engine.cgroup_runtime", &["memory.kmem"]),
    sign("engine.cgroup_runtime", &["failed to write to cgroup.procs"]).general(),
    sign("engine.cgroup_runtime", &["cgroup.subtree_control"]).general(),
    sign("engine.cgroup_runtime", &["cgroup2: unknown option"]),
    sign("engine.cgroup_runtime", &["Devices cgroup isn't mounted"]).first(),
    sign("engine.cgroup_runtime", &["bpf_prog_query(BPF_CGROUP_DEVICE) failed"]),
    sign("engine.cgroup_runtime", &["load program: invalid argument", "cgroup"]),
    sign("engine.cgroup_runtime", &["cgroups", "no cgroup mount found"]),
    sign("engine.cgroup_runtime", &["no cgroup mount found in mountinfo"]),
    sign("engine.cgroup_runtime", &["error setting cgroup config for procHooks process"]),
    sign("engine.cgroup_runtime", &["expected cgroupsPath to be of format \"slice:prefix:name\""]),
    sign("engine.cgroup_runtime", &["unsupported cgroup"]).general(),
    // crun, runc: systemd of the user does not answer
    sign("engine.cgroup_runtime", &["sd-bus call"]).first(),
    sign("engine.cgroup_runtime", &["cannot connect to the session bus"]).first(),
    sign("engine.cgroup_runtime", &["cgroup", "Interactive authentication required"]),
    sign("engine.cgroup_runtime", &["openat2", "/sys/fs/cgroup"]),
    // moby layer_store.go, graphdriver
    sign("engine.storage_driver", &["error initializing graphdriver"]).first()
        .takes(r"graphdriver: (?:.*: )?(?<driver>overlay2?|aufs|devicemapper|btrfs|zfs|vfs)?"),
    sign("engine.storage_driver", &["prior storage driver", "failed"]).first().takes(r"prior storage driver (?<driver>\S+) failed"),
    sign("engine.storage_driver", &["graphdriver: driver not supported"]),
    sign("engine.storage_driver", &["'overlay' not found as a supported filesystem"]),
    sign("engine.storage_driver", &["'overlay' is not supported over"]),
    sign("engine.storage_driver", &["without d_type support"]),
    sign("engine.storage_driver", &["driver \"overlay2\" failed to create image store"]).general(),
    sign("engine.storage_driver", &["contains several valid graphdrivers"]).first(),
    sign("engine.storage_driver", &["error creating overlay mount to"]).general().without(&["no space", "read-only"]),
    sign("engine.storage_driver", &["failed to mount overlay"]).general(),
    // docker-credential-helpers client.go
    sign("engine.credential_helper", &["error getting credentials"]).first(),
    sign("engine.credential_helper", &["docker-credential-"]).matches(r"(?i)docker-credential-(?<tool>[\w.-]+?)[\x22':]* .*(not found|not installed|no such file|resolves to executable)"),
    sign("engine.credential_helper", &["Credentials store docker-credential-"]),
    sign("engine.credential_helper", &["A specified logon session does not exist"]),
    sign("engine.credential_helper", &["error storing credentials"]),
    sign("engine.credential_helper", &["docker.credentials.errors"]),
    sign("engine.credential_helper", &["docker.errors.DockerException: Credentials store error"]),
];

/// The engine does not answer: it is stopped, unless somebody points elsewhere.
fn unreachable(look: &Look<'_>) -> Verdict {
    if look.near(3, &["permission denied"]) {
        return Verdict::sure(likely("engine.socket_permission", 0.95));
    }
    if look.has(&["pipe/docker", "npipe:"])
        || look.anywhere(&["docker_engine: The system cannot find"])
    {
        return Verdict::sure(likely("engine.desktop_not_started", 0.92));
    }
    if look.has(&["tcp://", "ssh://", "http://"]) || look.flag(&["dockerHostSet"]) == Some(true) {
        return Verdict::sure(likely("engine.not_running", 0.9).variant("elsewhere"));
    }
    if look.has(&[".docker/run/docker.sock", ".docker/desktop/docker.sock"]) {
        return Verdict::sure(likely("engine.desktop_not_started", 0.85));
    }
    Verdict::sure(likely("engine.not_running", 0.92))
}

/// Compose v1 says the same for a socket that this user may not open.
fn v1_unreachable(look: &Look<'_>) -> Verdict {
    if look.anywhere(&["PermissionError", "Errno 13", "Permission denied"]) {
        return Verdict::sure(likely("engine.socket_permission", 0.95));
    }
    if look.anywhere(&["CreateFile", "npipe", "pywintypes"]) {
        return Verdict::sure(likely("engine.desktop_not_started", 0.9));
    }
    if look.anywhere(&["http+docker"]) && look.anywhere(&["Not supported URL scheme"]) {
        return Verdict::sure(likely("compose.version_unsupported", 0.7));
    }
    if look.anywhere(&[
        "FileNotFoundError",
        "ConnectionRefusedError",
        "Errno 2",
        "Errno 111",
    ]) {
        return Verdict::sure(likely("engine.not_running", 0.92));
    }
    Verdict::open(vec![
        likely("engine.not_running", 0.7),
        likely("engine.socket_permission", 0.3),
    ])
}

/// Python says so about every file; about the socket it says so while it connects.
fn python_permission(look: &Look<'_>) -> Verdict {
    if look.anywhere(&[
        "unixconn.py",
        "docker.sock",
        "docker/transport",
        "fetching server API version",
        "docker/api",
    ]) {
        return Verdict::sure(likely("engine.socket_permission", 0.95));
    }
    if look.has(&["'/"])
        && look.has(&[
            "data", "/var/", "/srv/", "/app/", "log", "upload", "config", "home",
        ])
    {
        return Verdict::open(vec![
            likely("perm.data_dir_owner", 0.7),
            likely("perm.selinux", 0.2),
        ]);
    }
    Verdict::nothing()
}

/// Threads are refused by old engines, and by a limit.
fn new_thread(look: &Look<'_>) -> Verdict {
    if look.number(named::PIDS_LIMIT).is_some_and(|it| it > 0.0)
        || look.anywhere(&["Resource temporarily unavailable"])
    {
        return Verdict::sure(likely("limit.threads", 0.85));
    }
    Verdict::open(vec![
        likely("engine.seccomp_incompatible", 0.65),
        likely("limit.threads", 0.35),
    ])
}
