//! Kafka, Elasticsearch, MinIO, Milvus, RabbitMQ, certificates.

use crate::diagnose::evidence::Kind;
use crate::diagnose::sign::{Look, Sign, Verdict, likely, sign};

pub(super) const SIGNS: &[Sign] = &[
    sign(
        "kafka.cluster_id_mismatch",
        &["InconsistentClusterIdException"],
    )
    .first(),
    sign(
        "kafka.cluster_id_mismatch",
        &["doesn't match stored clusterId"],
    )
    .first()
    .takes(r"Cluster ID (?<current>\S+) doesn't match stored clusterId Some\((?<name>[^)]+)\)"),
    sign("kafka.cluster_id_mismatch", &["Invalid cluster.id in"])
        .first()
        .takes(r"Expected (?<current>[^,\s]+), but read (?<name>\S+)"),
    sign("kafka.cluster_id_mismatch", &["Invalid cluster.id"]).first(),
    sign(
        "kafka.cluster_id_mismatch",
        &["Stored node id", "doesn't match previous node id"],
    ),
    sign(
        "kafka.cluster_id_mismatch",
        &["InconsistentBrokerIdException"],
    )
    .general(),
    sign(
        "es.config",
        &["the default discovery settings are unsuitable for production use"],
    )
    .first(),
    sign(
        "es.config",
        &["memory locking requested for elasticsearch process but memory is not locked"],
    )
    .first(),
    sign("es.config", &["memory locking requested", "not locked"]).first(),
    sign("es.config", &["initial heap size", "not equal to maximum"]).first(),
    sign("es.config", &["cannot upgrade a node from version"]).first(),
    sign("es.config", &["cannot downgrade a node from version"]).first(),
    sign(
        "es.config",
        &["which is incompatible with a minimum compatible version"],
    )
    .general(),
    sign("es.config", &["bootstrap check failure"]).general(),
    sign("es.config", &["bootstrap checks failed"]).general(),
    sign(
        "es.config",
        &["master not discovered yet, this node has not previously joined a bootstrapped"],
    ),
    sign(
        "es.config",
        &["setting [cluster.initial_master_nodes]", "single-node"],
    ),
    sign(
        "es.config",
        &["The index", "was created", "before", "should be reindexed"],
    )
    .general(),
    sign("es.config", &["Transport SSL must be enabled"]),
    sign("es.config", &["node validation exception"]).general(),
    sign("es.config", &["This version of OpenSearch", "incompatible"]).general(),
    sign("minio.backend", &["Unable to use the drive"])
        .takes(r"drive (?<path>[^\s:]+)")
        .decided_by(drive),
    sign("minio.backend", &["found backend type fs, expected xl"]).first(),
    sign("minio.backend", &["Unable to initialize backend"])
        .general()
        .decided_by(drive),
    sign("minio.backend", &["Invalid credentials"]).decided_by(minio),
    sign(
        "minio.backend",
        &["Missing credential environment variable"],
    ),
    sign(
        "minio.backend",
        &["Unable to validate credentials inherited"],
    ),
    sign(
        "minio.backend",
        &["MINIO_ROOT_USER", "length should be at least"],
    ),
    sign("minio.backend", &["access key length should be at least 3"]).first(),
    sign("minio.backend", &["secret key length at least 8"]).first(),
    sign("minio.backend", &["Unable to initialize config system"]).general(),
    sign("minio.backend", &["Unable to decrypt", "credentials"]).general(),
    sign(
        "minio.backend",
        &["Drive", "is part of root drive, will not be used"],
    )
    .first(),
    sign(
        "minio.backend",
        &["drive is part of root drive, will not be used"],
    )
    .first(),
    sign(
        "minio.backend",
        &["Waiting for a minimum of", "drives to come online"],
    ),
    sign(
        "minio.backend",
        &["Read failed. Insufficient number of drives online"],
    ),
    sign("minio.backend", &["Unable to read 'format.json'"]),
    sign("minio.backend", &["format.json", "corrupted"]).general(),
    sign("minio.backend", &["Unknown xl meta version"]),
    sign("milvus.dep", &["etcdserver: no leader"]),
    sign("milvus.dep", &["failed to connect to etcd"]),
    sign("milvus.dep", &["etcdserver: request timed out"]).general(),
    sign("milvus.dep", &["connect etcd failed"]),
    sign("milvus.dep", &["failed to create etcd client"]),
    sign("milvus.dep", &["create etcd client failed"]),
    sign(
        "milvus.dep",
        &["grpc: the client connection is closing", "etcd"],
    )
    .general(),
    sign("milvus.dep", &["MinIO", "connection refused"])
        .general()
        .decided_by(milvus),
    sign("milvus.dep", &["find no available rootcoord"]).general(),
    sign("milvus.dep", &["find no available datacoord"]).general(),
    sign(
        "milvus.dep",
        &["Failed to initialize client manager", "minio"],
    )
    .general(),
    sign("milvus.dep", &["milvus", "connection refused"])
        .general()
        .only(&[Kind::ContainerLogs]),
    sign("milvus.dep", &["retry func failed", "etcd"]).general(),
    sign("milvus.dep", &["context deadline exceeded", "etcd"]).general(),
    sign("milvus.dep", &["check bucket exists failed"]).general(),
    sign("rabbitmq.node_name", &["Bad characters in cookie"]),
    sign("rabbitmq.node_name", &["inconsistent_database"]),
    // rabbit_mnesia.erl
    sign("rabbitmq.node_name", &["inconsistent_cluster"]),
    sign(
        "rabbitmq.node_name",
        &["thinks it's clustered with node", "disagrees"],
    ),
    sign(
        "rabbitmq.node_name",
        &["epmd reports node", "already running"],
    )
    .general(),
    sign("rabbitmq.node_name", &["Mnesia", "inconsistent"]),
    sign("rabbitmq.node_name", &["unable to connect to epmd"]).general(),
    sign("rabbitmq.node_name", &["Invalid challenge reply"]),
    sign(
        "rabbitmq.node_name",
        &["Connection attempt from node", "rejected"],
    )
    .general(),
    sign("rabbitmq.node_name", &["ERROR: epmd error for host"]).takes(r"host (?<host>[^\s:]+)"),
    sign(
        "rabbitmq.node_name",
        &["Mnesia could not connect to any nodes"],
    )
    .general(),
    sign(
        "rabbitmq.node_name",
        &["Waiting for Mnesia tables", "retries left"],
    )
    .general(),
    sign("rabbitmq.node_name", &["incompatible_feature_flags"]).general(),
    sign("rabbitmq.node_name", &["timeout_waiting_for_tables"]),
    sign("rabbitmq.node_name", &["failed to auth", "cookie"]).general(),
    sign("tls.cert_expired", &["certificate has expired"]).without(&["or is not yet valid"]),
    sign("tls.cert_expired", &["CERT_HAS_EXPIRED"]),
    sign("tls.cert_expired", &["certificate expired"]),
    sign("tls.cert_expired", &["CertificateExpiredException"]),
    sign("tls.cert_expired", &["x509: certificate", "expired"])
        .general()
        .without(&["or is not yet valid"]),
    sign("tls.cert_expired", &["key values mismatch"]),
    // A file that holds no certificate; OpenSSL's reason is the same in every program
    sign("tls.cert_expired", &["PEM routines", "no start line"]),
    sign("tls.cert_expired", &["PEM_read_bio", "failed"]).general(),
    sign("tls.cert_expired", &["SSL_CTX_use_PrivateKey"]).general(),
    sign("tls.cert_expired", &["cannot load certificate"])
        .takes(r"certificate \x22(?<file>[^\x22]+)"),
    sign("tls.cert_expired", &["cannot load certificate key"]).takes(r"key \x22(?<file>[^\x22]+)"),
    sign("tls.cert_expired", &["private key does not match"])
        .matches(r"(?i)certificate|public key|\b(?:ssl|tls)\b"),
    sign("tls.cert_expired", &["unable to load SSL private key"]).general(),
    sign(
        "tls.cert_expired",
        &["could not load server certificate file"],
    )
    .takes(r"file \x22(?<file>[^\x22]+)"),
    sign(
        "tls.cert_expired",
        &["private key file", "has group or world access"],
    )
    .takes(r"file \x22(?<file>[^\x22]+)"),
    sign(
        "tls.cert_expired",
        &["tls: private key does not match public key"],
    ),
    sign("tls.cert_expired", &["tls: failed to find any PEM data"]),
    sign("tls.cert_expired", &["SSL certificate", "expired"]).general(),
    sign("tls.cert_expired", &["keystore password was incorrect"]).general(),
    sign("tls.cert_expired", &["SSL_CTX_use_certificate"]).general(),
];

fn drive(look: &Look<'_>) -> Verdict {
    if look.anywhere(&[
        "file access denied",
        "Unable to write to the backend",
        "permission denied",
    ]) {
        return Verdict::sure(likely("perm.data_dir_owner", 0.88));
    }
    if look.anywhere(&["no space left", "free drive threshold", "drive path full"]) {
        return Verdict::sure(likely("disk.full", 0.88));
    }
    if look.anywhere(&["O_DIRECT"]) {
        return Verdict::sure(likely("storage.fs_unsupported", 0.9));
    }
    Verdict::sure(likely("minio.backend", 0.85))
}

/// Others keep files in MinIO as well.
fn milvus(look: &Look<'_>) -> Verdict {
    if look.is_program(&["milvus"]) || look.anywhere(&["milvus"]) {
        Verdict::sure(likely("milvus.dep", 0.6))
    } else {
        Verdict::nothing()
    }
}

fn minio(look: &Look<'_>) -> Verdict {
    if look.is_program(&["minio"]) || look.anywhere(&["MinIO", "MINIO_"]) {
        Verdict::sure(likely("minio.backend", 0.88))
    } else {
        Verdict::nothing()
    }
}
