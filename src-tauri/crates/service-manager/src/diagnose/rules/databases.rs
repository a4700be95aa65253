//! PostgreSQL, Redis and MongoDB, and what all databases share.

use crate::diagnose::evidence::Kind;
use crate::diagnose::sign::{Look, Sign, Verdict, likely, sign};

pub(super) const SIGNS: &[Sign] = &[
    // Two programs, one directory
    sign("db.datadir_locked", &["multiple nodes were started on the same data path"]).decided_by(elastic_lock),
    sign("db.datadir_locked", &["multiple nodes without increasing [node.max_local_storage_nodes]"]).decided_by(elastic_lock),
    sign("db.datadir_locked", &["LockObtainFailedException"]),
    sign("db.datadir_locked", &["DBPathInUse"]).first(),
    sign("db.datadir_locked", &["Unable to lock the lock file"]).takes(r"lock file: (?<path>\S+)"),
    sign("db.datadir_locked", &["Another mongod instance is already running on the"]).takes(r"on the (?<path>\S+) directory"),
    sign("db.datadir_locked", &["/LOCK", "Resource temporarily unavailable"]).matches(r"(?<path>/\S+/LOCK)(?:$|[^\w-])").first(),
    sign("db.datadir_locked", &["While lock file", "Resource temporarily unavailable"]).first(),
    sign("db.datadir_locked", &["cannot access the file because it is being used by another process"]).general(),
    sign("db.datadir_locked", &["lock DB directory: resource temporarily unavailable"]),
    sign("db.datadir_locked", &["opening storage failed: lock DB directory"]),
    sign("db.datadir_locked", &["timed out waiting for the lock"]).general().matches(r"(?<path>/[\w./-]+)"),
    sign("db.datadir_locked", &["cannot acquire directory lock"]),
    sign("db.datadir_locked", &["Cannot acquire directory lock"]),
    sign("db.datadir_locked", &["Another process is using this Badger database"]),
    sign("db.datadir_locked", &["Failed to acquire lock on file .lock in"]).takes(r"lock in (?<path>\S+?)\."),
    sign("db.datadir_locked", &["A Kafka instance in another process or thread is using this directory"]),
    sign("db.datadir_locked", &["Cannot lock file", "/status"]).general(),
    sign("db.datadir_locked", &["Another server instance in same directory is already running"]),
    sign("db.datadir_locked", &["Database already in use"]).general(),
    sign("db.datadir_locked", &["store_lock"]).general(),
    sign("db.datadir_locked", &["Store and its lock file has been locked by another process"]),
    // Locks that nobody holds any more
    sign("db.stale_lock", &["lock file \"postmaster.pid\" already exists"]),
    sign("db.stale_lock", &["PGSQL", "lock\" already exists"]),
    sign("db.stale_lock", &["Is another postmaster (PID"]),
    sign("db.stale_lock", &["bogus data in lock file"]),
    sign("db.stale_lock", &["lock file \"", "\" is empty"]),
    sign("db.stale_lock", &["pid file", "already exists"]).general().without(&["removing", "removed"]),
    sign("db.stale_lock", &["pidfile", "already exists"]).general().without(&["removing", "removed"]),
    sign("db.stale_lock", &["ERROR: Pidfile"]).general(),
    sign("db.stale_lock", &["A server is already running"]).takes(r"(?:Check|file:) (?<path>/[^\s)]+?)\.?(?:[ )]|$)"),
    sign("db.stale_lock", &["Already running on PID"]).takes(r"file: '?(?<path>[^\s')]+)").general(),
    sign("db.stale_lock", &["httpd (pid", "already running"]),
    sign("db.stale_lock", &["Another app is currently holding the xwatchdog lock"]).general(),
    sign("db.stale_lock", &["PID file found but either no matching process was found"]).general(),
    sign("db.stale_lock", &["Server is already active for display"]),
    sign("db.stale_lock", &["SingletonLock"]).general(),
    sign("db.stale_lock", &["appears to be in use by another", "process"]).general(),
    sign("db.stale_lock", &["Existing PID file found during start"]).general(),
    sign("db.stale_lock", &["pid file", "exists", "running"]).general(),
    sign("db.stale_lock", &["is already running with PID"]).general(),
    // PostgreSQL's first start
    sign("db.init_incomplete", &["initdb: error: directory", "exists but is not empty"]).takes(r"directory \x22(?<path>[^\x22]+)"),
    sign("db.init_incomplete", &["initdb: directory", "exists but is not empty"]).takes(r"directory \x22(?<path>[^\x22]+)"),
    sign("db.init_incomplete", &["is missing or empty", "data directory"]).general(),
    sign("db.init_incomplete", &["is not a valid data directory"]).general(),
    sign("db.init_incomplete", &["It contains a lost+found directory"]),
    sign("db.init_incomplete", &["Database directory appears to contain a database", "FATAL"]).general(),
    sign("db.missing_password", &["Database is uninitialized and superuser password is not specified"]).first(),
    sign("db.missing_password", &["You must specify POSTGRES_PASSWORD"]).first(),
    sign("db.missing_password", &["POSTGRESQL_PASSWORD environment variable is empty"]),
    sign("db.missing_password", &["error: missing 'MONGO_INITDB_ROOT_USERNAME' or 'MONGO_INITDB_ROOT_PASSWORD'"]),
    sign("db.missing_password", &["MONGO_INITDB_ROOT_USERNAME", "missing"]).general(),
    sign("db.missing_password", &["both must be specified for a user to be created"]),
    sign("db.missing_password", &["no password supplied"]).decided_by(supplied),
    // Passwords
    sign("db.password_mismatch", &["password authentication failed for user"]).takes(r"user \x22(?<user>[^\x22]+)"),
    sign("db.password_mismatch", &["Password does not match for user"]),
    // Whoever logs in meets FATAL; ERROR is an answer to a statement, as of a backup that is read
    sign("db.password_mismatch", &["Role \"", "does not exist"]).takes(r"(?i)role \x22(?<user>[^\x22]+)").general().without(&["ERROR:  role", "ERROR: role"]),
    sign("db.password_mismatch", &["SCRAM authentication", "failed"]).general(),
    sign("db.password_mismatch", &["no pg_hba.conf entry for host"]).general(),
    sign("db.password_mismatch", &["WRONGPASS"]).variant("redis"),
    sign("db.password_mismatch", &["NOAUTH Authentication required"]).variant("redis"),
    sign("db.password_mismatch", &["ERR invalid password"]).variant("redis"),
    sign("db.password_mismatch", &["ERR AUTH"]).variant("redis"),
    sign("db.password_mismatch", &["invalid username-password pair"]).variant("redis"),
    sign("db.password_mismatch", &["Client sent AUTH, but no password is set"]).variant("redis"),
    sign("db.password_mismatch", &["AuthenticationFailed"]).takes(r"user (?<user>\S+)").decided_by(mongo_auth),
    sign("db.password_mismatch", &["Authentication failed"]).general().decided_by(mongo_auth),
    sign("db.password_mismatch", &["ACCESS_REFUSED"]).general().without(&["access to"]),
    sign("db.password_mismatch", &["PLAIN login refused"]),
    sign("db.password_mismatch", &["The client is unauthorized due to authentication failure"]),
    // PostgreSQL
    // A statement may ask for one as well, as of a backup of a newer server; one with a dot is an application's
    sign("db.config_invalid", &["unrecognized configuration parameter"]).matches(r"parameter \x22(?<key>\w+)\x22").without(&["ERROR:  unrecognized", "ERROR: unrecognized"]),
    sign("db.config_invalid", &["invalid value for parameter"]).matches(r"parameter \x22(?<key>[^\x22]+)"),
    sign("db.config_invalid", &["configuration file", "contains errors"]).takes(r"file \x22(?<file>[^\x22]+)"),
    sign("db.config_invalid", &["could not load", "pg_hba.conf"]),
    sign("db.config_invalid", &["syntax error in file", ".conf"]).takes(r"file \x22(?<file>[^\x22]+)\x22 line (?<line>\d+)"),
    sign("db.config_invalid", &["is outside the valid range for parameter"]).takes(r"parameter \x22(?<key>[^\x22]+)"),
    sign("postgres.version_mismatch", &["database files are incompatible with server"]).first(),
    sign("postgres.version_mismatch", &["The data directory was initialized by PostgreSQL version"])
        .takes(r"PostgreSQL version (?<from>[\d.]+), which is not compatible with this version (?<to>[\d.]+)").first(),
    sign("postgres.version_mismatch", &["in 18+, these Docker images are configured to store database data"]).first(),
    sign("postgres.version_mismatch", &["This is usually the result of upgrading the Docker image without upgrading"]).first(),
    sign("postgres.version_mismatch", &["could not access file \"", "No such file or directory"]).general()
        .matches(r"could not access file \x22(?<name>[^\x22]+)\x22"),
    sign("postgres.version_mismatch", &["could not load library", "incompatible library"]).general(),
    sign("postgres.version_mismatch", &["collation version mismatch"]).general(),
    sign("postgres.version_mismatch", &["The database cluster was initialized with", "but the server was compiled with"]),
    sign("postgres.wal_corrupt", &["could not locate a valid checkpoint record"]).first(),
    sign("postgres.wal_corrupt", &["invalid primary checkpoint record"]).first(),
    sign("postgres.wal_corrupt", &["invalid checkpoint record"]).first(),
    sign("postgres.wal_corrupt", &["invalid resource manager ID in primary checkpoint record"]).first(),
    sign("postgres.wal_corrupt", &["invalid resource manager ID"]).general().decided_by(fatal_around),
    sign("postgres.wal_corrupt", &["could not read from file \"pg_"]),
    sign("postgres.wal_corrupt", &["could not read file \"pg_"]).general(),
    sign("postgres.wal_corrupt", &["could not access status of transaction"]),
    sign("postgres.wal_corrupt", &["invalid page in block"]),
    sign("postgres.wal_corrupt", &["invalid page header in block"]),
    sign("postgres.wal_corrupt", &["could not find redo location referenced by checkpoint record"]).first(),
    sign("postgres.wal_corrupt", &["invalid magic number", "in log segment"]).general().decided_by(fatal_around),
    sign("postgres.wal_corrupt", &["requested timeline", "is not a child of this server's history"]),
    sign("postgres.wal_corrupt", &["incorrect checksum in control file"]).first(),
    sign("postgres.wal_corrupt", &["PANIC:"]).general().only(&[Kind::ContainerLogs]).matches(r"\bPANIC: ").without(&["Lua API", "No space", "Permission denied", "Read-only"]),
    sign("postgres.wal_corrupt", &["could not open file \"global/pg_"]).general().without(&["Permission denied"]),
    // Folders that hold nothing while the server rests are lost when files are copied or synchronised
    sign("postgres.wal_corrupt", &["could not open directory \"pg_", "No such file or directory"]).general(),
    sign("postgres.wal_corrupt", &["missing chunk number"]),
    sign("postgres.wal_corrupt", &["WAL file is from different database system"]),
    // Redis src/aof.c, rdb.c
    sign("redis.persistence_corrupt", &["Bad file format reading the append only file"]).first().takes(r"file:? ?(?<file>[\w.-]+)?: make"),
    sign("redis.persistence_corrupt", &["Unexpected end of file reading the append only file"]).first(),
    sign("redis.persistence_corrupt", &["Wrong signature trying to load DB from file"]).first(),
    sign("redis.persistence_corrupt", &["Short read or OOM loading DB"]).first(),
    sign("redis.persistence_corrupt", &["Internal error in RDB"]).first(),
    sign("redis.persistence_corrupt", &["Invalid AOF manifest file format"]).first(),
    sign("redis.persistence_corrupt", &["AOF file is not valid"]).general(),
    sign("redis.persistence_corrupt", &["RDB CRC error"]).first(),
    sign("redis.persistence_corrupt", &["Wrong RDB checksum"]).first(),
    sign("redis.persistence_corrupt", &["The AOF file", "doesn't exist"]).first(),
    sign("redis.persistence_corrupt", &["redis-check-aof --fix"]).first(),
    sign("redis.persistence_corrupt", &["Unrecoverable error reading the append only file"]).first(),
    sign("redis.persistence_corrupt", &["Fatal error loading the DB"]).general().without(&["Permission denied", "Invalid argument"]),
    sign("redis.rdb_newer_version", &["Can't handle RDB format version"]).first().takes(r"version (?<version>\d+)"),
    sign("redis.misconf", &["MISCONF"]),
    sign("redis.misconf", &["Can't save in background: fork"]),
    sign("redis.misconf", &["Background saving error"]).general(),
    sign("db.config_invalid", &["FATAL CONFIG FILE ERROR"]).first(),
    sign("db.config_invalid", &["Bad directive or wrong number of arguments"]).first(),
    // MongoDB
    sign("mongo.fcv_incompatible", &["Wrong mongod version"]).first(),
    sign("mongo.fcv_incompatible", &["Found an invalid featureCompatibilityVersion document"]).first(),
    sign("mongo.fcv_incompatible", &["UPGRADE PROBLEM"]).first(),
    sign("mongo.fcv_incompatible", &["featureCompatibilityVersion", "Invalid"]).first(),
    sign("mongo.fcv_incompatible", &["Invalid feature compatibility version"]).first(),
    sign("mongo.fcv_incompatible", &["UnsupportedFormat"]).first().decided_by(mongo_format),
    sign("mongo.fcv_incompatible", &["unsupported WiredTiger file version"]).first(),
    sign("mongo.fcv_incompatible", &["version incompatibility detected"]).first(),
    sign("mongo.fcv_incompatible", &["data files are incompatible"]),
    sign("mongo.fcv_incompatible", &["Detected unclean shutdown", "incompatible"]).general(),
    sign("mongo.fcv_incompatible", &["This version of MongoDB is too recent to start up on the existing data files"]).first(),
    sign("mongo.fcv_incompatible", &["DBException in initAndListen", "IncompatibleServerVersion"]),
    sign("mongo.fcv_incompatible", &["Failed to start up WiredTiger under any compatibility version"]).general().decided_by(wired_tiger),
    // What others say of their configuration
    sign("db.config_invalid", &["[emerg] unknown directive"]).takes(r"directive \x22(?<key>[^\x22]+)\x22 in (?<file>[^:\s]+):(?<line>\d+)"),
    sign("db.config_invalid", &["[emerg]", "directive"]).general().takes(r"in (?<file>[^:\s]+):(?<line>\d+)").without(&["bind()"]),
    sign("db.config_invalid", &["[emerg]", "unexpected"]).general().takes(r"in (?<file>[^:\s]+):(?<line>\d+)"),
    sign("db.config_invalid", &["[emerg]", "invalid"]).general().takes(r"in (?<file>[^:\s]+):(?<line>\d+)"),
    sign("db.config_invalid", &["[emerg]", "duplicate"]).general().takes(r"in (?<file>[^:\s]+):(?<line>\d+)"),
    sign("db.config_invalid", &["[ALERT]", "parsing"]).takes(r"parsing \[(?<file>[^:\]]+):(?<line>\d+)\]").without(&["could not resolve"]),
    sign("db.config_invalid", &["[ALERT]", "Fatal errors found in configuration"]).general(),
    sign("db.config_invalid", &["Error loading config"]).general().takes(r"(?<file>/[\w./-]+)"),
    sign("db.config_invalid", &["error loading config"]).general().takes(r"(?<file>/[\w./-]+)"),
    sign("db.config_invalid", &["Unrecognized option:"]).general(),
    sign("db.config_invalid", &["Unable to parse config"]).general(),
    sign("db.config_invalid", &["AH00526: Syntax error on line"]).takes(r"line (?<line>\d+) of (?<file>\S+?):"),
    sign("db.config_invalid", &["AH00534"]).general(),
    sign("db.config_invalid", &["Unrecognized VM option"]),
    sign("db.config_invalid", &["failed to parse config"]).general(),
    sign("db.config_invalid", &["unknown setting ["]).takes(r"setting \[(?<key>[^\]]+)"),
    sign("db.config_invalid", &["field", "not found in type"]).general().takes(r"field (?<key>\S+) not found"),
    sign("db.config_invalid", &["Conf error:"]).general(),
];

fn elastic_lock(look: &Look<'_>) -> Verdict {
    if look.anywhere(&["AccessDeniedException", "not writable", "Permission denied"])
        && !look.anywhere(&["Lock held by", "LockObtainFailed"])
    {
        return Verdict::sure(likely("perm.data_dir_owner", 0.85));
    }
    Verdict::sure(likely("db.datadir_locked", 0.85))
}

/// The first start asks for one, a later one is asked.
fn supplied(look: &Look<'_>) -> Verdict {
    if look.has(&[
        "fe_sendauth",
        "PG::ConnectionBad",
        "could not connect",
        "connection to server",
    ]) {
        return Verdict::sure(likely("db.password_mismatch", 0.75));
    }
    Verdict::open(vec![
        likely("db.missing_password", 0.5),
        likely("db.password_mismatch", 0.5),
    ])
}

/// Programs of all kinds say so; MongoDB's is meant.
fn mongo_auth(look: &Look<'_>) -> Verdict {
    let mongo = look.is_program(&["mongo"])
        || look.anywhere(&[
            "mongo",
            "SCRAM-SHA",
            "MongoServerError",
            "UserNotFound",
            "\"c\":\"ACCESS\"",
        ]);
    if mongo {
        Verdict::sure(likely("db.password_mismatch", 0.88))
    } else {
        Verdict::nothing()
    }
}

/// Whoever reads pictures says so too.
fn mongo_format(look: &Look<'_>) -> Verdict {
    let mongo = look.is_program(&["mongo"])
        || look.anywhere(&["mongo", "WiredTiger", "initAndListen", "DBException"]);
    if mongo {
        Verdict::sure(likely("mongo.fcv_incompatible", 0.92))
    } else {
        Verdict::nothing()
    }
}

/// PostgreSQL says so at the end of every good recovery, too.
fn fatal_around(look: &Look<'_>) -> Verdict {
    if look.near(6, &["PANIC", "FATAL"]) {
        Verdict::sure(likely("postgres.wal_corrupt", 0.85))
    } else {
        Verdict::nothing()
    }
}

/// WiredTiger tries one format after the other whatever it was that refused; the reason stands before.
fn wired_tiger(look: &Look<'_>) -> Verdict {
    if look.anywhere(&[
        "Operation not permitted",
        "Permission denied",
        "No space left",
        "Read-only file system",
    ]) {
        return Verdict::nothing();
    }
    Verdict::sure(likely("mongo.fcv_incompatible", 0.85))
}
