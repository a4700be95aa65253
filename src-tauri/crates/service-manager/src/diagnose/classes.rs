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

/// One class of failure.
#[derive(Debug)]
pub(crate) struct Class {
    pub id: &'static str,
    /// 101 to 999, never given to another class.
    pub code: u16,
    pub nature: Nature,
}

/// What is said when nothing is recognised.
pub(crate) const UNKNOWN: Class = Class {
    id: "unknown",
    code: 0,
    nature: Nature::Cause,
};

macro_rules! classes {
    ($($code:literal $id:literal $nature:ident)*) => {
        /// The table.
        pub(crate) const CLASSES: &[Class] = &[
            $(Class { id: $id, code: $code, nature: Nature::$nature }),*
        ];
    };
}

classes! {
    // 1xx: engine and computer
    101 "engine.not_installed" Cause
    102 "engine.not_running" Cause
    103 "engine.socket_permission" Cause
    104 "engine.desktop_not_started" Cause
    105 "engine.wsl_unavailable" Cause
    106 "engine.daemon_config_invalid" Cause
    107 "engine.api_version_mismatch" Cause
    108 "engine.seccomp_incompatible" Cause
    109 "engine.cgroup_runtime" Cause
    110 "engine.storage_driver" Cause
    111 "engine.credential_helper" Cause
    121 "host.clock_skew" Cause
    122 "host.low_memory" Cause
    123 "host.vm_max_map_count" Cause
    124 "host.overcommit" Info
    125 "host.inotify_limit" Cause
    126 "limit.nofile" Cause
    127 "limit.threads" Cause
    128 "host.cpu_unsupported" Cause
    // 2xx: Compose and configuration
    201 "compose.missing" Cause
    202 "compose.version_unsupported" Cause
    203 "compose.schema_invalid" Cause
    204 "compose.yaml_syntax" Cause
    205 "compose.env_missing" Cause
    206 "compose.undefined_ref" Cause
    207 "compose.dependency_cycle" Cause
    208 "compose.external_missing" Cause
    209 "compose.dependency_unhealthy" Symptom
    210 "compose.dependency_failed" Symptom
    211 "compose.orphans" Info
    212 "compose.network_changed" Cause
    // 3xx: images
    301 "image.missing" Cause
    302 "image.registry_dns" Cause
    303 "image.registry_timeout" Cause
    304 "image.registry_rate_limit" Cause
    305 "image.registry_tls" Cause
    306 "image.registry_auth" Cause
    307 "image.manifest_unknown" Cause
    308 "image.arch_mismatch" Cause
    309 "image.archive_corrupt" Cause
    // 4xx: disks, volumes, mounts
    401 "disk.full" Cause
    402 "disk.inodes" Cause
    403 "disk.readonly_or_io" Cause
    404 "volume.in_use" Cause
    405 "mount.file_vs_dir" Cause
    406 "mount.source_missing" Cause
    407 "mount.source_uncreatable" Cause
    408 "mount.denied_desktop" Cause
    409 "mount.nfs_failed" Cause
    410 "storage.fs_unsupported" Cause
    411 "container.readonly_rootfs" Cause
    // 5xx: programs and permissions
    501 "perm.entrypoint_not_executable" Cause
    502 "script.crlf" Cause
    503 "script.missing_shebang" Cause
    504 "exec.command_not_found" Cause
    505 "perm.data_dir_owner" Cause
    506 "perm.selinux" Cause
    507 "perm.apparmor" Cause
    // 6xx: ports and networks
    601 "port.in_use" Cause
    602 "port.excluded_windows" Cause
    603 "port.privileged" Cause
    604 "net.bind_address_missing" Cause
    605 "net.pool_exhausted" Cause
    606 "net.subnet_overlap" Cause
    607 "net.iptables_broken" Cause
    608 "net.stale_network" Cause
    609 "net.dns_container" Symptom
    610 "app.upstream_unresolved" Symptom
    611 "net.proxy" Cause
    612 "container.name_conflict" Cause
    613 "container.busy" Cause
    // 7xx: how programs end
    701 "oom.killed" Cause
    702 "oom.host" Cause
    703 "exit.sigkill_unexplained" Symptom
    704 "crash.segfault" Symptom
    705 "health.probe_tool_missing" Cause
    706 "health.slow_start" Symptom
    // 8xx: databases and middleware
    801 "db.datadir_locked" Cause
    802 "db.stale_lock" Cause
    803 "db.init_incomplete" Cause
    804 "db.missing_password" Cause
    805 "db.password_mismatch" Cause
    806 "db.conf_world_writable" Cause
    807 "db.config_invalid" Cause
    811 "mysql.downgrade" Cause
    812 "mysql.upgrade_after_crash" Cause
    813 "mysql.lower_case_table_names" Cause
    814 "mysql.innodb_corrupt" Cause
    821 "postgres.version_mismatch" Cause
    822 "postgres.wal_corrupt" Cause
    831 "redis.persistence_corrupt" Cause
    832 "redis.rdb_newer_version" Cause
    833 "redis.misconf" Symptom
    841 "mongo.fcv_incompatible" Cause
    851 "kafka.cluster_id_mismatch" Cause
    861 "es.config" Cause
    862 "minio.backend" Cause
    863 "milvus.dep" Symptom
    864 "rabbitmq.node_name" Cause
    871 "tls.cert_expired" Cause
    // 9xx: graphics cards
    901 "gpu.toolkit_missing" Cause
    902 "gpu.driver_unavailable" Cause
    903 "gpu.requirement_unmet" Cause
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
