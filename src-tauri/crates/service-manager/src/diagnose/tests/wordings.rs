//! For every class: how each family of wordings and each generation of a tool says it, and what looks alike and is not it.
//!
//! `E` is an answer of the engine, `K` what Compose wrote, `L` a container's log, `H` a health check. Texts are the formats
//! of moby 20.10, 26, 28 and 29, Compose 1.29 and 2.x, and the programs' own sources, filled in.

use super::classes;
use crate::diagnose::classes::CLASSES;
use crate::diagnose::evidence::Kind;
use std::collections::BTreeSet;

const E: Kind = Kind::EngineError;
const K: Kind = Kind::ComposeStderr;
const L: Kind = Kind::ContainerLogs;
const H: Kind = Kind::HealthLog;

/// Said: the class, where, and how.
const SAID: &[(&str, Kind, &str)] = &[
    ("engine.not_installed", K, "bash: docker: command not found"),
    (
        "engine.not_installed",
        K,
        "'docker' is not recognized as an internal or external command,\noperable program or batch file.",
    ),
    (
        "engine.not_running",
        K,
        "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
    ),
    (
        "engine.not_running",
        K,
        "failed to connect to the docker API at unix:///var/run/docker.sock; check if the path is correct and if the daemon is running",
    ),
    (
        "engine.not_running",
        K,
        "ERROR: Couldn't connect to Docker daemon at http+docker://localhost - is it running?",
    ),
    (
        "engine.socket_permission",
        K,
        "Got permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get \"http://%2Fvar%2Frun%2Fdocker.sock/v1.24/info\": dial unix /var/run/docker.sock: connect: permission denied",
    ),
    (
        "engine.socket_permission",
        K,
        "permission denied while trying to connect to the docker API at unix:///var/run/docker.sock",
    ),
    (
        "engine.socket_permission",
        K,
        "  File \"docker/transport/unixconn.py\", line 30, in connect\nPermissionError: [Errno 13] Permission denied",
    ),
    (
        "engine.desktop_not_started",
        K,
        "error during connect: this error may indicate that the docker daemon is not running: Get \"http://%2F%2F.%2Fpipe%2Fdocker_engine/v1.24/info\": open //./pipe/docker_engine: The system cannot find the file specified.",
    ),
    (
        "engine.desktop_not_started",
        K,
        "unable to get image 'a': error during connect: Get \"http://x\": open //./pipe/dockerDesktopLinuxEngine: The system cannot find the file specified.",
    ),
    (
        "engine.desktop_not_started",
        K,
        "ERROR: Couldn't connect to Docker daemon. You might need to start Docker for Windows.",
    ),
    (
        "engine.wsl_unavailable",
        E,
        "WSL2 is not supported with your current machine configuration.",
    ),
    (
        "engine.wsl_unavailable",
        E,
        "Please enable the Virtual Machine Platform Windows feature and ensure virtualization is enabled in the BIOS.",
    ),
    (
        "engine.daemon_config_invalid",
        E,
        "unable to configure the Docker daemon with file /etc/docker/daemon.json: invalid character '}' looking for beginning of object key string",
    ),
    (
        "engine.daemon_config_invalid",
        E,
        "unable to configure the Docker daemon with file /etc/docker/daemon.json: the following directives are specified both as a flag and in the configuration file: hosts: (from flag: [fd://], from file: [tcp://0.0.0.0:2375])",
    ),
    (
        "engine.api_version_mismatch",
        E,
        "Error response from daemon: client version 1.45 is too new. Maximum supported API version is 1.41",
    ),
    (
        "engine.api_version_mismatch",
        L,
        "Error response from daemon: client version 1.24 is too old. Minimum supported API version is 1.44, please upgrade your client to a newer version",
    ),
    (
        "engine.seccomp_incompatible",
        E,
        "OCI runtime create failed: error adding seccomp filter rule for syscall clone3: permission denied",
    ),
    (
        "engine.seccomp_incompatible",
        L,
        "runtime/cgo: pthread_create failed: Operation not permitted\nSIGABRT: abort",
    ),
    (
        "engine.cgroup_runtime",
        E,
        "failed to create task for container: cgroups: cgroup mountpoint does not exist: unknown",
    ),
    (
        "engine.cgroup_runtime",
        E,
        "OCI runtime create failed: container_linux.go:380: starting container process caused: process_linux.go:385: applying cgroup configuration for process caused: mountpoint for devices not found: unknown",
    ),
    (
        "engine.cgroup_runtime",
        E,
        "runc create failed: unable to start container process: unable to apply cgroup configuration: failed to write 4242: open /sys/fs/cgroup/cgroup.procs: no such file or directory",
    ),
    (
        "engine.storage_driver",
        E,
        "failed to start daemon: error initializing graphdriver: driver not supported: btrfs",
    ),
    (
        "engine.storage_driver",
        E,
        "prior storage driver aufs failed: driver not supported",
    ),
    (
        "engine.credential_helper",
        K,
        "error getting credentials - err: exec: \"docker-credential-desktop.exe\": executable file not found in $PATH, out: ``",
    ),
    (
        "engine.credential_helper",
        K,
        "error getting credentials - err: exit status 1, out: `A specified logon session does not exist. It may already have been terminated.`",
    ),
    (
        "host.clock_skew",
        E,
        "x509: certificate has expired or is not yet valid: current time 2019-01-01T00:00:12Z is before 2024-03-01T00:00:00Z",
    ),
    (
        "host.low_memory",
        L,
        "[ERROR] InnoDB: mmap(137363456 bytes) failed; errno 12\n[ERROR] InnoDB: Cannot allocate memory for the buffer pool\n[ERROR] Aborting",
    ),
    (
        "host.low_memory",
        L,
        "# There is insufficient memory for the Java Runtime Environment to continue.",
    ),
    (
        "host.vm_max_map_count",
        L,
        "bootstrap check failure [1] of [1]: max virtual memory areas vm.max_map_count [65530] is too low, increase to at least [262144]\nERROR: Elasticsearch did not exit normally",
    ),
    (
        "host.vm_max_map_count",
        L,
        "max virtual memory areas vm.max_map_count [65530] likely too low, increase to at least [262144]",
    ),
    (
        "host.inotify_limit",
        L,
        "Error: ENOSPC: System limit for number of file watchers reached, watch '/app/src'",
    ),
    (
        "host.inotify_limit",
        L,
        "failed to watch: User limit of inotify instances reached or too many open files",
    ),
    (
        "limit.nofile",
        L,
        "bootstrap check failure [1] of [1]: max file descriptors [4096] for elasticsearch process is too low, increase to at least [65535]",
    ),
    ("limit.nofile", L, "accept4(): Too many open files"),
    (
        "limit.nofile",
        E,
        "OCI runtime create failed: error setting rlimit type 7: operation not permitted: unknown",
    ),
    (
        "limit.threads",
        L,
        "java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory or process/resource limits reached",
    ),
    (
        "limit.threads",
        L,
        "runtime: failed to create new OS thread (have 9 already; errno=11)",
    ),
    (
        "host.cpu_unsupported",
        L,
        "Fatal glibc error: CPU does not support x86-64-v2",
    ),
    ("host.cpu_unsupported", K, "mongo-1 exited with code 132"),
    (
        "compose.missing",
        K,
        "docker: 'compose' is not a docker command.\nSee 'docker --help'",
    ),
    (
        "compose.missing",
        K,
        "docker: unknown command: docker compose\n\nRun 'docker --help' for more information",
    ),
    (
        "compose.missing",
        K,
        "unknown shorthand flag: 'f' in -f\nSee 'docker --help'.",
    ),
    (
        "compose.missing",
        K,
        "bash: docker-compose: command not found",
    ),
    (
        "compose.version_unsupported",
        K,
        "ERROR: The Compose file './docker-compose.yml' is invalid because:\nservices.web: Additional properties are not allowed ('develop' was unexpected)",
    ),
    (
        "compose.version_unsupported",
        K,
        "ERROR: Version in \"./docker-compose.yml\" is unsupported. You might be seeing this error because you're using the wrong Compose file version.",
    ),
    (
        "compose.version_unsupported",
        K,
        "validating /srv/compose.yaml: services.web Additional property develop is not allowed",
    ),
    (
        "compose.schema_invalid",
        K,
        "validating /srv/compose.yaml: services.web Additional property imagee is not allowed",
    ),
    (
        "compose.schema_invalid",
        K,
        "ERROR: The Compose file './docker-compose.yml' is invalid because:\nUnsupported config option for services.web: 'imagee'",
    ),
    (
        "compose.schema_invalid",
        K,
        "service \"web\" has neither an image nor a build context specified: invalid compose project",
    ),
    (
        "compose.schema_invalid",
        K,
        "services.web.ports must be a list",
    ),
    (
        "compose.yaml_syntax",
        K,
        "ERROR: yaml.scanner.ScannerError: mapping values are not allowed here\n  in \"./docker-compose.yml\", line 7, column 11",
    ),
    (
        "compose.yaml_syntax",
        K,
        "yaml: line 9: found character that cannot start any token",
    ),
    (
        "compose.yaml_syntax",
        K,
        "yaml: line 3: mapping key \"image\" already defined at line 2",
    ),
    (
        "compose.env_missing",
        K,
        "WARNING: The TAG variable is not set. Defaulting to a blank string.\nERROR: invalid reference format",
    ),
    (
        "compose.env_missing",
        K,
        "time=\"2024-05-01T10:00:00Z\" level=warning msg=\"The \\\"TAG\\\" variable is not set. Defaulting to a blank string.\"\nunable to get image 'shop:': Error response from daemon: invalid reference format",
    ),
    (
        "compose.env_missing",
        K,
        "error while interpolating services.db.environment.PW: required variable DB_PASSWORD is missing a value: set it",
    ),
    (
        "compose.env_missing",
        K,
        "env file /srv/app/.env not found: stat /srv/app/.env: no such file or directory",
    ),
    (
        "compose.env_missing",
        K,
        "ERROR: Couldn't find env file: /srv/app/web.env",
    ),
    (
        "compose.undefined_ref",
        K,
        "service \"web\" refers to undefined network backend: invalid compose project",
    ),
    (
        "compose.undefined_ref",
        K,
        "ERROR: Service \"web\" uses an undefined network \"backend\"",
    ),
    (
        "compose.undefined_ref",
        K,
        "service \"web\" depends on undefined service \"db\": invalid compose project",
    ),
    (
        "compose.undefined_ref",
        K,
        "no configuration file provided: not found",
    ),
    (
        "compose.dependency_cycle",
        K,
        "ERROR: Circular dependency between web and db",
    ),
    (
        "compose.dependency_cycle",
        K,
        "dependency cycle detected: db -> web -> db",
    ),
    (
        "compose.external_missing",
        K,
        "ERROR: Network backbone declared as external, but could not be found. Please create the network manually using `docker network create backbone` and try again.",
    ),
    (
        "compose.external_missing",
        K,
        "network backbone declared as external, but could not be found",
    ),
    (
        "compose.external_missing",
        K,
        "external volume \"dbdata\" not found",
    ),
    (
        "compose.dependency_unhealthy",
        K,
        "ERROR: for web  Container \"0a1b2c3d4e5f\" is unhealthy.",
    ),
    (
        "compose.dependency_unhealthy",
        K,
        "dependency failed to start: container shop-db-1 is unhealthy",
    ),
    (
        "compose.dependency_failed",
        K,
        "dependency failed to start: container shop-db-1 exited (1)",
    ),
    (
        "compose.dependency_failed",
        K,
        "service \"migrate\" didn't complete successfully: exit 1",
    ),
    (
        "compose.network_changed",
        K,
        "ERROR: Network \"shop_default\" needs to be recreated - option \"com.docker.network.driver.mtu\" has changed",
    ),
    (
        "compose.network_changed",
        K,
        "network shop_default was found but has incorrect label com.docker.compose.network set to \"\"",
    ),
    (
        "image.missing",
        E,
        "Error response from daemon: pull access denied for acme/web, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    ),
    (
        "image.missing",
        E,
        "Error response from daemon: No such image: acme/web:2.4",
    ),
    (
        "image.registry_dns",
        E,
        "Get \"https://registry.example.com/v2/\": dial tcp: lookup registry.example.com on 127.0.0.53:53: no such host",
    ),
    (
        "image.registry_dns",
        E,
        "failed to do request: Head \"https://registry.example.com/v2/a/manifests/1\": dial tcp: lookup registry.example.com: Temporary failure in name resolution",
    ),
    (
        "image.registry_timeout",
        E,
        "Get \"https://registry.example.com/v2/\": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)",
    ),
    (
        "image.registry_timeout",
        E,
        "Get \"https://registry.example.com/v2/\": net/http: TLS handshake timeout",
    ),
    (
        "image.registry_rate_limit",
        E,
        "toomanyrequests: You have reached your unauthenticated pull rate limit.",
    ),
    (
        "image.registry_tls",
        E,
        "Get \"https://10.0.0.5:5000/v2/\": http: server gave HTTP response to HTTPS client",
    ),
    (
        "image.registry_tls",
        E,
        "Get \"https://reg.site/v2/\": x509: certificate signed by unknown authority",
    ),
    (
        "image.registry_auth",
        E,
        "Get \"https://reg.site/v2/a/manifests/1\": unauthorized: authentication required",
    ),
    (
        "image.registry_auth",
        E,
        "Get \"https://reg.site/v2/a/manifests/1\": no basic auth credentials",
    ),
    (
        "image.manifest_unknown",
        E,
        "manifest for acme/web:9 not found: manifest unknown: manifest unknown",
    ),
    (
        "image.arch_mismatch",
        E,
        "no matching manifest for linux/arm64/v8 in the manifest list entries",
    ),
    (
        "image.arch_mismatch",
        E,
        "image with reference acme/web:1 was found but does not match the specified platform: wanted linux/arm64, actual: linux/amd64",
    ),
    (
        "image.arch_mismatch",
        E,
        "image with reference acme/web:1 was found but its platform (linux/amd64) does not match the specified platform (linux/arm64)",
    ),
    (
        "image.arch_mismatch",
        L,
        "standard_init_linux.go:228: exec user process caused: exec format error",
    ),
    (
        "image.archive_corrupt",
        E,
        "Error processing tar file(exit status 1): unexpected EOF",
    ),
    (
        "image.archive_corrupt",
        E,
        "open /var/lib/docker/tmp/docker-import-123/manifest.json: no such file or directory",
    ),
    ("image.archive_corrupt", E, "gzip: invalid checksum"),
    (
        "disk.full",
        E,
        "failed to register layer: write /usr/lib/x.so: no space left on device",
    ),
    (
        "disk.full",
        L,
        "PANIC:  could not write to file \"pg_wal/xlogtemp.42\": No space left on device",
    ),
    (
        "disk.full",
        L,
        "blocked by: [FORBIDDEN/12/index read-only / allow delete (api)];",
    ),
    (
        "disk.readonly_or_io",
        E,
        "mkdir /var/lib/docker/overlay2/abc: read-only file system",
    ),
    (
        "disk.readonly_or_io",
        L,
        "InnoDB: Operating system error number 5 in a file operation.",
    ),
    (
        "volume.in_use",
        E,
        "remove shop_data: volume is in use - [0a1b2c3d]",
    ),
    (
        "volume.in_use",
        E,
        "error while removing network: network shop_default id 0a1b has active endpoints",
    ),
    (
        "mount.file_vs_dir",
        E,
        "OCI runtime create failed: container_linux.go:380: starting container process caused: process_linux.go:545: container init caused: rootfs_linux.go:75: mounting \"/srv/nginx.conf\" to rootfs at \"/etc/nginx/nginx.conf\" caused: mount through procfd: not a directory: unknown: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type",
    ),
    (
        "mount.file_vs_dir",
        E,
        "runc create failed: unable to start container process: error mounting \"/srv/nginx.conf\" to rootfs at \"/etc/nginx/nginx.conf\": mount /srv/nginx.conf:/etc/nginx/nginx.conf (via /proc/self/fd/6), flags: 0x5000: not a directory",
    ),
    (
        "mount.source_missing",
        E,
        "Error response from daemon: invalid mount config for type \"bind\": bind source path does not exist: /srv/data",
    ),
    (
        "mount.source_uncreatable",
        E,
        "error while creating mount source path '/opt/data': mkdir /opt/data: read-only file system",
    ),
    (
        "mount.denied_desktop",
        E,
        "Mounts denied: \nThe path /srv/data is not shared from the host and is not known to Docker.",
    ),
    (
        "mount.nfs_failed",
        E,
        "error while mounting volume '/var/lib/docker/volumes/nfs/_data': failed to mount local volume: mount :/export:/var/lib/docker/volumes/nfs/_data, data: addr=10.0.0.9: connection refused",
    ),
    (
        "storage.fs_unsupported",
        L,
        "mariadbd: Can't lock aria control file '/var/lib/mysql/aria_log_control' for exclusive use, error: 37. Will retry for 30 seconds",
    ),
    (
        "storage.fs_unsupported",
        L,
        "could not fsync file \"pg_wal/x\": Invalid argument",
    ),
    (
        "container.readonly_rootfs",
        L,
        "nginx: [emerg] mkdir() \"/var/cache/nginx/client_temp\" failed (30: Read-only file system)",
    ),
    (
        "perm.entrypoint_not_executable",
        E,
        "OCI runtime create failed: container_linux.go:380: starting container process caused: exec: \"/entrypoint.sh\": permission denied: unknown",
    ),
    (
        "perm.entrypoint_not_executable",
        E,
        "failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: \"/entrypoint.sh\": permission denied: unknown",
    ),
    (
        "script.crlf",
        L,
        "standard_init_linux.go:228: exec user process caused: no such file or directory",
    ),
    (
        "script.crlf",
        L,
        "exec /entrypoint.sh: no such file or directory",
    ),
    (
        "script.crlf",
        L,
        "/entrypoint.sh: line 2: $'\\r': command not found",
    ),
    (
        "script.crlf",
        L,
        "env: 'bash\\r': No such file or directory",
    ),
    (
        "exec.command_not_found",
        E,
        "unable to start container process: exec: \"serve\": executable file not found in $PATH: unknown",
    ),
    (
        "exec.command_not_found",
        E,
        "OCI runtime create failed: starting container process caused: exec: \"/app/run\": stat /app/run: no such file or directory: unknown",
    ),
    (
        "perm.data_dir_owner",
        L,
        "mysqld: Can't create/write to file '/var/lib/mysql/is_writable' (Errcode: 13 - Permission denied)",
    ),
    (
        "perm.data_dir_owner",
        L,
        "FATAL:  data directory \"/var/lib/postgresql/data\" has wrong ownership\nHINT:  The server must be started by the user that owns the data directory.",
    ),
    (
        "perm.data_dir_owner",
        L,
        "Can't open or create append-only dir appendonlydir: Permission denied",
    ),
    (
        "perm.data_dir_owner",
        L,
        "GF_PATHS_DATA='/var/lib/grafana' is not writable.",
    ),
    (
        "perm.data_dir_owner",
        L,
        "Error: EACCES: permission denied, open '/data/state.json'",
    ),
    (
        "perm.selinux",
        L,
        "type=AVC msg=audit(1.2:3): avc:  denied  { write } for  pid=1 comm=\"mysqld\" path=\"/srv/db\" scontext=a tcontext=unconfined_u:object_r:user_home_t:s0",
    ),
    (
        "perm.apparmor",
        E,
        "cannot stop container: 0a1b: permission denied",
    ),
    (
        "perm.apparmor",
        E,
        "runc create failed: apparmor failed to apply profile: write /proc/self/attr/apparmor/exec: no such file or directory",
    ),
    (
        "port.in_use",
        E,
        "driver failed programming external connectivity on endpoint web (0a): Bind for 0.0.0.0:8080 failed: port is already allocated",
    ),
    (
        "port.in_use",
        E,
        "Error starting userland proxy: listen tcp4 0.0.0.0:80: bind: address already in use",
    ),
    (
        "port.in_use",
        E,
        "failed to set up container networking: driver failed programming external connectivity on endpoint web (0a): failed to bind host port for 0.0.0.0:80:172.18.0.2:80/tcp: address already in use",
    ),
    (
        "port.in_use",
        E,
        "failed to bind host port 0.0.0.0:80/tcp: address already in use",
    ),
    (
        "port.in_use",
        E,
        "Ports are not available: exposing port TCP 0.0.0.0:80 -> 0.0.0.0:0: listen tcp 0.0.0.0:80: bind: Only one usage of each socket address (protocol/network address/port) is normally permitted.",
    ),
    (
        "port.excluded_windows",
        E,
        "Ports are not available: exposing port TCP 0.0.0.0:5000 -> 0.0.0.0:0: listen tcp 0.0.0.0:5000: bind: An attempt was made to access a socket in a way forbidden by its access permissions.",
    ),
    (
        "port.privileged",
        E,
        "error while calling PortManager.AddPort(): cannot expose privileged port 80, you can add 'net.ipv4.ip_unprivileged_port_start=80' to /etc/sysctl.conf (currently 1024)",
    ),
    (
        "port.privileged",
        L,
        "nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)",
    ),
    (
        "net.bind_address_missing",
        E,
        "Error starting userland proxy: listen tcp4 10.9.8.7:80: bind: cannot assign requested address",
    ),
    (
        "net.pool_exhausted",
        E,
        "could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network",
    ),
    (
        "net.pool_exhausted",
        E,
        "Error response from daemon: all predefined address pools have been fully subnetted",
    ),
    (
        "net.subnet_overlap",
        E,
        "Pool overlaps with other one on this address space",
    ),
    (
        "net.subnet_overlap",
        E,
        "cannot create network 0a (br-0a): conflicts with network 1b (br-1b): networks have overlapping IPv4",
    ),
    (
        "net.iptables_broken",
        E,
        "driver failed programming external connectivity on endpoint web (0a):  (iptables failed: iptables --wait -t nat -A DOCKER -p tcp -d 0/0 --dport 80 -j DNAT: iptables: No chain/target/match by that name.\n (exit status 1))",
    ),
    (
        "net.stale_network",
        E,
        "network 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 not found",
    ),
    ("net.dns_container", L, "Error: getaddrinfo EAI_AGAIN cache"),
    (
        "net.dns_container",
        L,
        "psycopg2.OperationalError: could not translate host name \"db\" to address: Name or service not known",
    ),
    (
        "app.upstream_unresolved",
        L,
        "nginx: [emerg] host not found in upstream \"api:8000\" in /etc/nginx/conf.d/default.conf:3",
    ),
    (
        "net.proxy",
        E,
        "Get \"https://reg/v2/\": proxyconnect tcp: dial tcp 10.1.1.1:3128: connect: connection refused",
    ),
    (
        "container.name_conflict",
        E,
        "Conflict. The container name \"/shop-db\" is already in use by container \"0a1b2c3d4e5f\". You have to remove (or rename) that container to be able to reuse that name.",
    ),
    (
        "container.busy",
        E,
        "removal of container 0a1b is already in progress",
    ),
    (
        "container.busy",
        E,
        "container is marked for removal and cannot be started",
    ),
    (
        "oom.killed",
        E,
        "runc create failed: container init was OOM-killed (memory limit too low?)",
    ),
    (
        "oom.host",
        E,
        "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=docker-0a.scope,global_oom,task_memcg=/system.slice",
    ),
    ("exit.sigkill_unexplained", K, "web-1 exited with code 137"),
    ("crash.segfault", L, "Segmentation fault (core dumped)"),
    (
        "health.probe_tool_missing",
        H,
        "OCI runtime exec failed: exec failed: unable to start container process: exec: \"curl\": executable file not found in $PATH: unknown",
    ),
    ("health.probe_tool_missing", H, "/bin/sh: curl: not found"),
    (
        "health.slow_start",
        H,
        "Health check exceeded timeout (30s)",
    ),
    (
        "health.slow_start",
        L,
        "FATAL:  the database system is starting up",
    ),
    (
        "db.datadir_locked",
        L,
        "[ERROR] [MY-012574] [InnoDB] Unable to lock ./ibdata1 error: 11\n[ERROR] [MY-010119] [Server] Aborting",
    ),
    (
        "db.datadir_locked",
        L,
        "DBPathInUse: Unable to lock the lock file: /data/db/mongod.lock (Resource temporarily unavailable).",
    ),
    (
        "db.stale_lock",
        L,
        "FATAL:  lock file \"postmaster.pid\" already exists\nHINT:  Is another postmaster (PID 1) running in data directory \"/var/lib/postgresql/data\"?",
    ),
    (
        "db.init_incomplete",
        L,
        "[ERROR] [MY-010457] [Server] --initialize specified but the data directory has files in it. Aborting.",
    ),
    (
        "db.init_incomplete",
        L,
        "initdb: error: directory \"/var/lib/postgresql/data\" exists but is not empty",
    ),
    (
        "db.missing_password",
        L,
        "[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified",
    ),
    (
        "db.missing_password",
        L,
        "Error: Database is uninitialized and superuser password is not specified.",
    ),
    (
        "db.password_mismatch",
        L,
        "Access denied for user 'app'@'172.18.0.5' (using password: YES)",
    ),
    (
        "db.password_mismatch",
        L,
        "FATAL:  password authentication failed for user \"app\"\nDETAIL:  Password does not match for user \"app\".",
    ),
    (
        "db.password_mismatch",
        L,
        "redis.exceptions.AuthenticationError: WRONGPASS invalid username-password pair or user is disabled.",
    ),
    (
        "db.conf_world_writable",
        L,
        "mysql: [Warning] World-writable config file '/etc/mysql/conf.d/my.cnf' is ignored.",
    ),
    (
        "db.config_invalid",
        L,
        "[ERROR] [MY-000067] [Server] unknown variable 'default-authentication-plugin=mysql_native_password'.",
    ),
    (
        "db.config_invalid",
        L,
        "*** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***\nReading the configuration file, at line 3\n>>> 'maxmemori 1gb'\nBad directive or wrong number of arguments",
    ),
    (
        "mysql.downgrade",
        L,
        "[ERROR] [MY-014061] [Server] Invalid MySQL server downgrade: Cannot downgrade from 80400 to 80036. Downgrade is only permitted between patch releases.\n[ERROR] [MY-010334] [Server] Failed to initialize DD Storage Engine\n[ERROR] [MY-010020] [Server] Data Dictionary initialization failed.",
    ),
    (
        "mysql.upgrade_after_crash",
        L,
        "[ERROR] InnoDB: Upgrade after a crash is not supported. The redo log was created with MariaDB 10.4.8. You must start up and shut down MariaDB 10.7 or earlier.\n[ERROR] Aborting",
    ),
    (
        "mysql.lower_case_table_names",
        L,
        "[ERROR] [MY-011087] [Server] Different lower_case_table_names settings for server ('1') and data dictionary ('0').\n[ERROR] [MY-010020] [Server] Data Dictionary initialization failed.",
    ),
    (
        "mysql.innodb_corrupt",
        L,
        "[ERROR] InnoDB: Database page corruption on disk or a failed read of file './ibdata1' page [page id: space=0, page number=5]",
    ),
    (
        "postgres.version_mismatch",
        L,
        "FATAL:  database files are incompatible with server\nDETAIL:  The data directory was initialized by PostgreSQL version 12, which is not compatible with this version 16.2.",
    ),
    (
        "postgres.wal_corrupt",
        L,
        "LOG:  invalid primary checkpoint record\nPANIC:  could not locate a valid checkpoint record\nLOG:  startup process (PID 27) was terminated by signal 6: Aborted",
    ),
    (
        "redis.persistence_corrupt",
        L,
        "Bad file format reading the append only file appendonly.aof.1.incr.aof: make a backup of your AOF file, then use ./redis-check-aof --fix <filename.manifest>",
    ),
    (
        "redis.rdb_newer_version",
        L,
        "Can't handle RDB format version 12\nFatal error loading the DB, check server logs. Exiting.",
    ),
    (
        "redis.misconf",
        L,
        "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk.",
    ),
    ("mongo.fcv_incompatible", L, "Wrong mongod version"),
    (
        "mongo.fcv_incompatible",
        L,
        "UPGRADE PROBLEM: Found an invalid featureCompatibilityVersion document",
    ),
    (
        "kafka.cluster_id_mismatch",
        L,
        "kafka.common.InconsistentClusterIdException: The Cluster ID abc doesn't match stored clusterId Some(def) in meta.properties.",
    ),
    (
        "es.config",
        L,
        "bootstrap check failure [1] of [1]: the default discovery settings are unsuitable for production use; at least one of [discovery.seed_hosts] must be configured",
    ),
    (
        "minio.backend",
        L,
        "FATAL Unable to use the drive /data: found backend type fs, expected xl or xl-single",
    ),
    (
        "milvus.dep",
        L,
        "[WARN] [etcd] failed to connect to etcd: context deadline exceeded",
    ),
    (
        "rabbitmq.node_name",
        L,
        "inconsistent_database, running_partitioned_network",
    ),
    (
        "tls.cert_expired",
        L,
        "SSL routines: certificate has expired",
    ),
    (
        "gpu.toolkit_missing",
        E,
        "could not select device driver \"nvidia\" with capabilities: [[gpu]]",
    ),
    (
        "gpu.toolkit_missing",
        E,
        "unknown or invalid runtime name: nvidia",
    ),
    (
        "gpu.driver_unavailable",
        E,
        "nvidia-container-cli: initialization error: load library failed: libnvidia-ml.so.1: cannot open shared object file: no such file or directory: unknown",
    ),
    (
        "gpu.requirement_unmet",
        E,
        "nvidia-container-cli: requirement error: unsatisfied condition: cuda>=12.2, please update your driver to a newer version, or use an earlier cuda container: unknown",
    ),
];

/// What looks like a class and is not it.
const NOT: &[(&str, Kind, &str)] = &[
    (
        "engine.not_installed",
        K,
        "bash: docker-compose: command not found",
    ),
    (
        "engine.not_running",
        K,
        "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock",
    ),
    (
        "engine.socket_permission",
        L,
        "ERROR:  permission denied for table orders",
    ),
    (
        "engine.desktop_not_started",
        K,
        "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
    ),
    (
        "engine.seccomp_incompatible",
        L,
        "ping: permission denied (are you root?)",
    ),
    (
        "engine.api_version_mismatch",
        L,
        "client version 2 connected",
    ),
    (
        "host.clock_skew",
        E,
        "x509: certificate signed by unknown authority",
    ),
    (
        "host.low_memory",
        L,
        "WARNING Memory overcommit must be enabled! Without it, a background save or replication may fail",
    ),
    (
        "host.inotify_limit",
        E,
        "failed to register layer: write /a: no space left on device",
    ),
    (
        "host.overcommit",
        L,
        "WARNING overcommit_memory is set to 0! Background save may fail under low memory condition.",
    ),
    (
        "disk.full",
        L,
        "Error: ENOSPC: System limit for number of file watchers reached, watch '/app'",
    ),
    (
        "limit.nofile",
        L,
        "[Warning] Changed limits: max_open_files: 1024 (requested 8161)",
    ),
    (
        "limit.threads",
        L,
        "java.lang.OutOfMemoryError: Java heap space",
    ),
    (
        "host.cpu_unsupported",
        L,
        "This TensorFlow binary is optimized to use AVX2 in performance-critical operations",
    ),
    (
        "compose.env_missing",
        K,
        "WARN[0000] The \"OPTIONAL\" variable is not set. Defaulting to a blank string.\n ✔ Container shop-web-1  Started",
    ),
    (
        "compose.version_unsupported",
        K,
        "WARN[0000] /srv/compose.yaml: the attribute `version` is obsolete, it will be ignored",
    ),
    (
        "compose.schema_invalid",
        K,
        "yaml: line 9: did not find expected key",
    ),
    (
        "compose.yaml_syntax",
        K,
        "services.web.ports must be a list",
    ),
    (
        "compose.external_missing",
        E,
        "network 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 not found",
    ),
    (
        "compose.dependency_failed",
        K,
        "migrate-1 exited with code 0",
    ),
    (
        "compose.orphans",
        K,
        "time=\"2024-01-01T00:00:00Z\" level=warning msg=\"Found orphan containers ([shop-old-1]) for this project.\"\nBind for 0.0.0.0:80 failed: port is already allocated",
    ),
    (
        "image.registry_auth",
        E,
        "pull access denied for acme/web, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    ),
    (
        "image.missing",
        E,
        "manifest for acme/web:9 not found: manifest unknown: manifest unknown",
    ),
    ("image.registry_dns", L, "Error: getaddrinfo ENOTFOUND db"),
    (
        "image.arch_mismatch",
        K,
        " ! web The requested image's platform (linux/amd64) does not match the detected host platform (linux/arm64/v8) and no specific platform was requested\n ✔ Container shop-web-1  Started",
    ),
    (
        "image.archive_corrupt",
        E,
        "Error processing tar file(exit status 1): write /a: no space left on device",
    ),
    (
        "container.readonly_rootfs",
        L,
        "10-listen-on-ipv6-by-default.sh: info: can not modify /etc/nginx/conf.d/default.conf (read-only file system?)",
    ),
    (
        "mount.source_missing",
        E,
        "error while creating mount source path '/opt/data': mkdir /opt/data: permission denied",
    ),
    (
        "perm.entrypoint_not_executable",
        L,
        "mkdir: cannot create directory '/data/x': Permission denied",
    ),
    (
        "script.crlf",
        E,
        "OCI runtime create failed: exec: \"/app/run\": stat /app/run: no such file or directory: unknown",
    ),
    (
        "exec.command_not_found",
        E,
        "OCI runtime create failed: exec: \"/entrypoint.sh\": permission denied: unknown",
    ),
    (
        "perm.data_dir_owner",
        L,
        "psycopg2.errors.InsufficientPrivilege: permission denied for schema public",
    ),
    (
        "perm.selinux",
        L,
        "FATAL:  data directory \"/var/lib/postgresql/data\" has wrong ownership",
    ),
    (
        "port.in_use",
        E,
        "listen tcp 0.0.0.0:5000: bind: An attempt was made to access a socket in a way forbidden by its access permissions.",
    ),
    (
        "port.privileged",
        E,
        "Bind for 0.0.0.0:80 failed: port is already allocated",
    ),
    (
        "net.bind_address_missing",
        L,
        "connect: cannot assign requested address to 127.0.0.1:9",
    ),
    (
        "net.iptables_broken",
        E,
        "driver failed programming external connectivity on endpoint a (b): Bind for 0.0.0.0:1 failed: port is already allocated",
    ),
    (
        "net.stale_network",
        K,
        "network backbone declared as external, but could not be found",
    ),
    (
        "oom.killed",
        L,
        "java.lang.OutOfMemoryError: Java heap space",
    ),
    ("exit.sigkill_unexplained", K, "web-1 exited with code 143"),
    (
        "crash.segfault",
        L,
        "[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x1]",
    ),
    (
        "health.probe_tool_missing",
        E,
        "unable to start container process: exec: \"serve\": executable file not found in $PATH: unknown",
    ),
    (
        "db.datadir_locked",
        L,
        "[ERROR] [MY-012574] [InnoDB] Unable to lock ./ibdata1 error: 11\n[ERROR] unknown variable 'x=1'",
    ),
    (
        "db.password_mismatch",
        L,
        "[Note] Access denied for user 'root'@'localhost' (using password: NO)\nmysqld: ready for connections.",
    ),
    (
        "mysql.innodb_corrupt",
        L,
        "[Note] InnoDB: Starting crash recovery from checkpoint LSN=42\n[Note] mysqld: ready for connections.",
    ),
    (
        "postgres.wal_corrupt",
        L,
        "LOG:  database system was interrupted; last known up at 2024\nLOG:  invalid record length at 0/1: wanted 24, got 0\nLOG:  redo done at 0/1\nLOG:  database system is ready to accept connections",
    ),
    (
        "db.init_incomplete",
        L,
        "[ERROR] [MY-011087] [Server] Different lower_case_table_names settings for server ('1') and data dictionary ('0').\n[ERROR] [MY-010020] [Server] Data Dictionary initialization failed.",
    ),
    (
        "redis.persistence_corrupt",
        L,
        "Can't handle RDB format version 12\nFatal error loading the DB, check server logs. Exiting.",
    ),
    (
        "tls.cert_expired",
        E,
        "x509: certificate has expired or is not yet valid: current time 2019-01-01T00:00:12Z is before 2024-03-01T00:00:00Z",
    ),
    (
        "gpu.driver_unavailable",
        E,
        "nvidia-container-cli: requirement error: unsatisfied condition: cuda>=12.2",
    ),
    (
        "es.config",
        L,
        "max virtual memory areas vm.max_map_count [65530] is too low, increase to at least [262144]",
    ),
    (
        "minio.backend",
        L,
        "FATAL Unable to use the drive /data: file access denied",
    ),
];

/// Decided by facts, or only worth knowing: told apart in the corpus and below.
const OTHERWISE: &[&str] = &[
    "compose.orphans",
    "host.overcommit",
    "disk.inodes",
    "script.missing_shebang",
];

#[test]
fn every_wording_is_recognised_as_its_class_first() {
    for (class, kind, text) in SAID {
        let found = classes(*kind, text);
        assert_eq!(found.first(), Some(class), "{found:?} for {text}");
    }
    let said: BTreeSet<&str> = SAID.iter().map(|(class, ..)| *class).collect();
    let missing: Vec<&str> = CLASSES
        .iter()
        .map(|class| class.id)
        .filter(|id| !said.contains(id) && !OTHERWISE.contains(id))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn what_only_looks_like_a_class_is_not_it() {
    for (class, kind, text) in NOT {
        let found = classes(*kind, text);
        assert_ne!(found.first(), Some(class), "for {text}");
    }
}

#[test]
fn noise_around_a_wording_does_not_matter() {
    let around = [
        ("", ""),
        ("正在启动服务……\nLade Konfiguration … fertig\n", "\n停止\n"),
        (
            "\u{1b}[33mshop-web-1  | \u{1b}[0m2024-05-01T10:00:00.123Z ",
            "",
        ),
        ("{\"log\":\"", "\\n\",\"stream\":\"stderr\"}"),
    ];
    for (class, kind, text) in SAID {
        for (before, after) in around {
            if text.contains('\n') && !before.ends_with('\n') && !before.is_empty() {
                continue;
            }
            let text = format!("{before}{text}{after}");
            let found = classes(*kind, &text);
            assert_eq!(found.first(), Some(class), "{found:?} for {text}");
        }
    }
}
