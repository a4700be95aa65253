//! Where the package lies, and where its databases keep their data.

use crate::api::package::MountKind;
use crate::bring::default_target;
use crate::compose::project::Project;
use crate::host::file_system::{FileSystem, file_system};
use camino::{Utf8Path, Utf8PathBuf};

/// Where the package lies.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Location {
    pub folder: Utf8PathBuf,
    /// None where the system does not say.
    pub file_system: Option<FileSystem>,
    /// Where a copy on this computer would go.
    pub copy_to: Utf8PathBuf,
    pub stores: Vec<Store>,
}

/// A folder in which a database keeps its data.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Store {
    pub service: String,
    pub path: Utf8PathBuf,
    /// What the database is called.
    pub database: &'static str,
    pub file_system: FileSystem,
}

/// Databases, queues and stores that lock, map or sync files, by a part of their image's name.
const DATABASES: [&str; 20] = [
    "cassandra",
    "clickhouse",
    "elasticsearch",
    "etcd",
    "influxdb",
    "kafka",
    "mariadb",
    "milvus",
    "minio",
    "mongo",
    "mysql",
    "neo4j",
    "opensearch",
    "percona",
    "pgvector",
    "postgis",
    "postgres",
    "rabbitmq",
    "redis",
    "timescaledb",
];

/// Looks where the package and its databases' data lie.
pub(super) fn observe(project: &Project, whole: &Utf8Path, home: &Utf8Path) -> Location {
    let mut stores = Vec::new();
    for service in project.active_services() {
        let image = service.image.as_deref().unwrap_or_default();
        let Some(database) = database(image) else {
            continue;
        };
        let data = service.bind_mounts.iter().filter(|mount| {
            mount.kind == MountKind::Directory && !mount.read_only && is_data(&mount.target)
        });
        stores.extend(data.filter_map(|mount| {
            Some(Store {
                service: service.name.clone(),
                path: mount.source.clone(),
                database,
                file_system: file_system(&mount.source)?,
            })
        }));
    }
    Location {
        folder: whole.to_owned(),
        file_system: file_system(whole),
        copy_to: default_target(home, whole),
        stores,
    }
}

/// Returns which database an image is, by the last part of its name: `company/mysql:8.0` is one, `mysql/exporter` is not.
pub(crate) fn database(image: &str) -> Option<&'static str> {
    let name = image.rsplit('/').next()?.split([':', '@']).next()?;
    let is_helper = ["exporter", "admin", "backup", "proxy", "client", "insight"];
    if is_helper.iter().any(|word| name.contains(word)) {
        return None;
    }
    DATABASES.into_iter().find(|word| name.contains(word))
}

fn is_data(target: &str) -> bool {
    target.contains("data") || target.starts_with("/var/lib") || target.starts_with("/bitnami")
}
