//! Every class of failure this program knows: one table, in the order of the failure catalogue.
//!
//! The id is what travels (`port.in_use`), what the catalogues are keyed by (`diagnosis-port-in_use`), and, where a check
//! can see the same thing beforehand, the id of that check. The code is for the telephone: digits are understood in every
//! language, and the hundreds say what the matter is about.

/// What a class is to others that are found with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nature {
    /// It explains itself and others.
    Cause,
    /// It follows from something else, and yields to it.
    Symptom,
    /// Worth knowing, and no reason for anything by itself.
    Info,
}

/// How far Quayside may go by itself: the least consent that the failure catalogue asks for. A fix may ask for more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// One click, reversible, no data is touched (A).
    Safe,
    /// One click and an agreement to a stated effect (B).
    Confirm,
    /// Only words (C).
    Guide,
}

/// One class of failure.
#[derive(Debug)]
pub(crate) struct Class {
    pub id: &'static str,
    /// 101 to 999, never given to another class.
    pub code: u16,
    pub nature: Nature,
    pub level: Level,
}

/// What is said when nothing is recognised.
pub(crate) const UNKNOWN: Class = Class {
    id: "unknown",
    code: 0,
    nature: Nature::Cause,
    level: Level::Guide,
};

macro_rules! classes {
    ($($code:literal $id:literal $nature:ident $level:ident)*) => {
        /// The table.
        pub(crate) const CLASSES: &[Class] = &[
            $(Class { id: $id, code: $code, nature: Nature::$nature, level: Level::$level }),*
        ];
    };
}

classes! {
    // 1xx: engine and computer
    101 "engine.not_installed" Cause Confirm
    102 "engine.not_running" Cause Confirm
    103 "engine.socket_permission" Cause Confirm
    104 "engine.desktop_not_started" Cause Safe
    105 "engine.wsl_unavailable" Cause Confirm
    106 "engine.daemon_config_invalid" Cause Confirm
    107 "engine.api_version_mismatch" Cause Confirm
    108 "engine.seccomp_incompatible" Cause Guide
    109 "engine.cgroup_runtime" Cause Guide
    110 "engine.storage_driver" Cause Guide
    111 "engine.credential_helper" Cause Safe
    121 "host.clock_skew" Cause Confirm
    122 "host.low_memory" Cause Confirm
    123 "host.vm_max_map_count" Cause Confirm
    124 "host.overcommit" Info Confirm
    125 "host.inotify_limit" Cause Confirm
    126 "limit.nofile" Cause Confirm
    127 "limit.threads" Cause Guide
    128 "host.cpu_unsupported" Cause Guide
    // 2xx: Compose and configuration
    201 "compose.missing" Cause Safe
    202 "compose.version_unsupported" Cause Safe
    203 "compose.schema_invalid" Cause Guide
    204 "compose.yaml_syntax" Cause Confirm
    205 "compose.env_missing" Cause Safe
    206 "compose.undefined_ref" Cause Guide
    207 "compose.dependency_cycle" Cause Guide
    208 "compose.external_missing" Cause Safe
    209 "compose.dependency_unhealthy" Symptom Guide
    210 "compose.dependency_failed" Symptom Guide
    211 "compose.orphans" Info Confirm
    212 "compose.network_changed" Cause Confirm
    // 3xx: images
    301 "image.missing" Cause Safe
    302 "image.registry_dns" Cause Safe
    303 "image.registry_timeout" Cause Safe
    304 "image.registry_rate_limit" Cause Safe
    305 "image.registry_tls" Cause Safe
    306 "image.registry_auth" Cause Safe
    307 "image.manifest_unknown" Cause Safe
    308 "image.arch_mismatch" Cause Safe
    309 "image.archive_corrupt" Cause Safe
    // 4xx: disks, volumes, mounts
    401 "disk.full" Cause Confirm
    402 "disk.inodes" Cause Confirm
    403 "disk.readonly_or_io" Cause Guide
    404 "volume.in_use" Cause Safe
    405 "mount.file_vs_dir" Cause Safe
    406 "mount.source_missing" Cause Safe
    407 "mount.source_uncreatable" Cause Confirm
    408 "mount.denied_desktop" Cause Guide
    409 "mount.nfs_failed" Cause Guide
    410 "storage.fs_unsupported" Cause Confirm
    411 "container.readonly_rootfs" Cause Guide
    // 5xx: programs and permissions
    501 "perm.entrypoint_not_executable" Cause Safe
    502 "script.crlf" Cause Safe
    503 "script.missing_shebang" Cause Guide
    504 "exec.command_not_found" Cause Guide
    505 "perm.data_dir_owner" Cause Confirm
    506 "perm.selinux" Cause Confirm
    507 "perm.apparmor" Cause Confirm
    // 6xx: ports and networks
    601 "port.in_use" Cause Confirm
    602 "port.excluded_windows" Cause Safe
    603 "port.privileged" Cause Safe
    604 "net.bind_address_missing" Cause Safe
    605 "net.pool_exhausted" Cause Safe
    606 "net.subnet_overlap" Cause Confirm
    607 "net.iptables_broken" Cause Confirm
    608 "net.stale_network" Cause Safe
    609 "net.dns_container" Symptom Guide
    610 "app.upstream_unresolved" Symptom Safe
    611 "net.proxy" Cause Confirm
    612 "container.name_conflict" Cause Safe
    613 "container.busy" Cause Safe
    // 7xx: how programs end
    701 "oom.killed" Cause Confirm
    702 "oom.host" Cause Confirm
    703 "exit.sigkill_unexplained" Symptom Guide
    704 "crash.segfault" Symptom Guide
    705 "health.probe_tool_missing" Cause Confirm
    706 "health.slow_start" Symptom Safe
    // 8xx: databases and middleware
    801 "db.datadir_locked" Cause Confirm
    802 "db.stale_lock" Cause Confirm
    803 "db.init_incomplete" Cause Confirm
    804 "db.missing_password" Cause Confirm
    805 "db.password_mismatch" Cause Confirm
    806 "db.conf_world_writable" Cause Safe
    807 "db.config_invalid" Cause Confirm
    811 "mysql.downgrade" Cause Safe
    812 "mysql.upgrade_after_crash" Cause Confirm
    813 "mysql.lower_case_table_names" Cause Confirm
    814 "mysql.innodb_corrupt" Cause Guide
    821 "postgres.version_mismatch" Cause Safe
    822 "postgres.wal_corrupt" Cause Guide
    831 "redis.persistence_corrupt" Cause Confirm
    832 "redis.rdb_newer_version" Cause Safe
    833 "redis.misconf" Symptom Guide
    841 "mongo.fcv_incompatible" Cause Safe
    851 "kafka.cluster_id_mismatch" Cause Guide
    861 "es.config" Cause Guide
    862 "minio.backend" Cause Guide
    863 "milvus.dep" Symptom Guide
    864 "rabbitmq.node_name" Cause Guide
    871 "tls.cert_expired" Cause Confirm
    // 9xx: graphics cards
    901 "gpu.toolkit_missing" Cause Safe
    902 "gpu.driver_unavailable" Cause Safe
    903 "gpu.requirement_unmet" Cause Guide
}

/// Returns the class with this id; what nobody knows is [`UNKNOWN`].
pub(crate) fn class(id: &str) -> &'static Class {
    CLASSES
        .iter()
        .find(|class| class.id == id)
        .unwrap_or(&UNKNOWN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_id_and_every_code_is_given_once() {
        let ids: BTreeSet<&str> = CLASSES.iter().map(|class| class.id).collect();
        let codes: BTreeSet<u16> = CLASSES.iter().map(|class| class.code).collect();
        assert_eq!(ids.len(), CLASSES.len());
        assert_eq!(codes.len(), CLASSES.len());
        assert_eq!(CLASSES.len(), 103, "as many as the failure catalogue has");
    }
}
