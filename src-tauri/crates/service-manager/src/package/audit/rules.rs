//! What is advised about a service. Pure.

use super::Subject;
use crate::api::package::Severity;
use crate::compose::project::{BindMount, Service};
use crate::text::Params;

/// Programs whose data must survive, by the last part of their image's name.
const DATABASES: &[&str] = &[
    "cassandra",
    "clickhouse",
    "clickhouse-server",
    "cockroach",
    "couchdb",
    "db2",
    "elasticsearch",
    "etcd",
    "influxdb",
    "mariadb",
    "milvus",
    "minio",
    "mongo",
    "mongodb",
    "mssql",
    "mysql",
    "neo4j",
    "opensearch",
    "oracle",
    "percona",
    "postgis",
    "postgres",
    "postgresql",
    "rabbitmq",
    "redis",
    "timescaledb",
    "valkey",
];

/// Ports on which databases answer whoever asks.
const DATABASE_PORTS: &[u16] = &[
    1433, 1521, 2379, 3306, 5432, 5984, 6379, 7474, 7687, 9042, 9200, 11211, 19530, 27017,
];

/// Where databases keep their data.
const DATA_PATHS: &[&str] = &[
    "/bitnami",
    "/data",
    "/data/db",
    "/var/lib/clickhouse",
    "/var/lib/mongodb",
    "/var/lib/mysql",
    "/var/lib/neo4j",
    "/var/lib/postgresql",
    "/var/lib/rabbitmq",
    "/usr/share/elasticsearch/data",
    "/usr/share/opensearch/data",
    "/var/opt/mssql",
];

/// Folders of the system that no service should be able to change.
const SYSTEM: &[&str] = &["/", "/bin", "/boot", "/etc", "/lib", "/sbin", "/usr"];

/// Whether an image is that of a database.
pub(crate) fn is_database(image: &str) -> bool {
    let name = image.split('@').next().unwrap_or_default();
    let last = name.rsplit('/').next().unwrap_or_default();
    let last = last.split(':').next().unwrap_or_default();
    DATABASES.contains(&last)
}

/// Whether a path in a container is where a database keeps its data.
pub(crate) fn is_data_path(target: &str) -> bool {
    DATA_PATHS.iter().any(|path| {
        target == *path
            || target
                .strip_prefix(path)
                .is_some_and(|it| it.starts_with('/'))
    })
}

pub(super) fn of_service(subject: &mut Subject<'_>, service: &Service) {
    power(subject, service);
    network(subject, service);
    image(subject, service);
    care(subject, service);
}

/// What gives a service power over the computer.
fn power(subject: &mut Subject<'_>, service: &Service) {
    let traits = &service.traits;
    if traits.privileged {
        subject.service(
            "audit.privileged",
            Severity::Error,
            service,
            "privileged",
            Params::new(),
        );
    }
    if traits.host_pid {
        subject.service(
            "audit.host_pid",
            Severity::Error,
            service,
            "pid",
            Params::new(),
        );
    }
    let mighty = |name: &&String| {
        matches!(
            name.as_str(),
            "SYS_ADMIN" | "ALL" | "SYS_MODULE" | "SYS_PTRACE"
        )
    };
    if let Some(name) = traits.cap_add.iter().find(mighty) {
        let params = Params::new().with("capability", name);
        subject.service(
            "audit.capability",
            Severity::Error,
            service,
            "cap_add",
            params,
        );
    }
    let is_socket = |mount: &&BindMount| {
        matches!(
            mount.source.as_str(),
            "/var/run/docker.sock" | "/run/docker.sock"
        )
    };
    if service.bind_mounts.iter().any(|mount| is_socket(&mount)) {
        subject.service(
            "audit.docker_socket",
            Severity::Error,
            service,
            "volumes",
            Params::new(),
        );
    }
    let is_system =
        |mount: &&BindMount| !mount.read_only && SYSTEM.contains(&mount.source.as_str());
    if let Some(mount) = service.bind_mounts.iter().find(is_system) {
        let params = Params::new().with("path", mount.source.as_str());
        subject.service(
            "audit.system_mount",
            Severity::Error,
            service,
            "volumes",
            params,
        );
    }
    let user = traits
        .user
        .as_deref()
        .or_else(|| subject.image(service).map(|image| image.user.as_str()));
    let is_root = user.map(|user| user.split(':').next().unwrap_or_default());
    if is_root.is_some_and(|user| matches!(user, "" | "0" | "root")) {
        subject.service(
            "audit.root_user",
            Severity::Info,
            service,
            "user",
            Params::new(),
        );
    }
}

/// Who can reach a service.
fn network(subject: &mut Subject<'_>, service: &Service) {
    if service.host_network {
        subject.service(
            "audit.host_network",
            Severity::Warning,
            service,
            "network_mode",
            Params::new(),
        );
    }
    let is_everywhere = |ip: &Option<String>| {
        ip.as_deref()
            .is_none_or(|ip| matches!(ip, "" | "0.0.0.0" | "::"))
    };
    let is_open = service
        .ports
        .iter()
        .find(|port| is_everywhere(&port.host_ip) && DATABASE_PORTS.contains(&port.target));
    if let Some(port) = is_open {
        let published = port
            .published
            .clone()
            .unwrap_or_else(|| port.target.to_string());
        let params = Params::new().with("port", published);
        subject.service(
            "audit.database_port",
            Severity::Warning,
            service,
            "ports",
            params,
        );
    }
}

/// What runs.
fn image(subject: &mut Subject<'_>, service: &Service) {
    let Some(image) = service.image.as_deref().filter(|_| !service.build) else {
        return;
    };
    let last = image.rsplit('/').next().unwrap_or_default();
    let is_floating = !image.contains('@')
        && last
            .split_once(':')
            .is_none_or(|(_, tag)| tag == "latest" || tag.starts_with("latest-"));
    if is_floating {
        let params = Params::new().with("image", image);
        subject.service("audit.no_tag", Severity::Warning, service, "image", params);
    }
}

/// How a service is looked after.
fn care(subject: &mut Subject<'_>, service: &Service) {
    let runs_on = !service.one_shot;
    let built_in = subject
        .image(service)
        .map(|image| image.healthcheck.is_some());
    if runs_on && service.healthcheck.is_none() && built_in != Some(true) {
        subject.service(
            "audit.no_healthcheck",
            Severity::Warning,
            service,
            "healthcheck",
            Params::new(),
        );
    }
    let never_again = matches!(service.restart.as_deref(), None | Some("no"));
    if runs_on && never_again {
        subject.service(
            "audit.no_restart",
            Severity::Warning,
            service,
            "restart",
            Params::new(),
        );
    }
    if runs_on && !service.traits.limits_memory {
        subject.service(
            "audit.no_memory_limit",
            Severity::Info,
            service,
            "mem_limit",
            Params::new(),
        );
    }
    if runs_on && service.traits.rotates_logs != Some(true) {
        subject.service(
            "audit.no_log_rotation",
            Severity::Info,
            service,
            "logging",
            Params::new(),
        );
    }
    let image = service.image.as_deref().unwrap_or_default();
    if is_database(image) {
        let on_disk = service
            .bind_mounts
            .iter()
            .find(|mount| is_data_path(&mount.target));
        if let Some(mount) = on_disk {
            let params = Params::new().with("path", &mount.target);
            subject.service(
                "audit.database_folder",
                Severity::Info,
                service,
                "volumes",
                params,
            );
        }
    }
}
