//! MySQL and MariaDB.

use crate::diagnose::sign::{Look, Sign, Verdict, likely, sign};

pub(super) const SIGNS: &[Sign] = &[
    // Locks; MySQL tries for about 100 seconds before it gives up
    sign("db.datadir_locked", &["Unable to lock", "error: 11"]).takes(r"lock (?<path>\S+) error"),
    sign(
        "db.datadir_locked",
        &["Check that you do not already have another mysqld process"],
    ),
    sign(
        "db.datadir_locked",
        &["Check you do not already have another mariadbd process"],
    ),
    sign(
        "db.datadir_locked",
        &["Check that you do not already have another mariadbd"],
    ),
    sign("db.datadir_locked", &["Can't lock aria control file"])
        .takes(r"file '(?<path>[^']+)'")
        .without(&["error: 37"]),
    sign(
        "db.datadir_locked",
        &["Could not get an exclusive lock; file is probably in use by another process"],
    ),
    sign(
        "db.datadir_locked",
        &["Another process with pid", "is using unix socket file"],
    )
    .general(),
    sign("db.datadir_locked", &["unable to lock ./#innodb"]).general(),
    // First start
    sign(
        "db.init_incomplete",
        &["--initialize specified but the data directory has files in it"],
    )
    .first(),
    sign(
        "db.init_incomplete",
        &["The designated data directory", "is unusable"],
    )
    .takes(r"directory (?<path>\S+) is"),
    sign(
        "db.init_incomplete",
        &["No data dictionary version number found"],
    ),
    sign("db.init_incomplete", &["is of a different size 0 pages"]),
    sign("db.init_incomplete", &["Table 'mysql.user' doesn't exist"]),
    sign("db.init_incomplete", &["Table 'mysql.db' doesn't exist"]),
    sign(
        "db.init_incomplete",
        &["Can't open and lock privilege tables"],
    ),
    sign(
        "db.init_incomplete",
        &["Could not open the mysql.plugin table"],
    )
    .general(),
    sign("db.init_incomplete", &["Cannot find the file: ./mysql/"]).general(),
    sign(
        "db.init_incomplete",
        &["The innodb_system data file", "must be"],
    )
    .general()
    .without(&["writable"]),
    // docker-library entrypoints
    sign(
        "db.missing_password",
        &["Database is uninitialized and password option is not specified"],
    )
    .first(),
    sign(
        "db.missing_password",
        &["You need to specify one of", "MYSQL_ROOT_PASSWORD"],
    ),
    sign(
        "db.missing_password",
        &["You need to specify one of", "MARIADB_ROOT_PASSWORD"],
    ),
    sign("db.missing_password", &["MYSQL_USER=\"root\""]).general(),
    sign(
        "db.missing_password",
        &["environment variable is empty or not set", "PASSWORD"],
    ),
    sign(
        "db.missing_password",
        &["ALLOW_EMPTY_PASSWORD=yes to allow"],
    ),
    // Passwords
    sign(
        "db.password_mismatch",
        &["Access denied for user '", "(using password: YES)"],
    )
    .takes(r"user '(?<user>[^']*)'@'(?<host>[^']*)'"),
    sign("db.password_mismatch", &["Access denied for user '"])
        .takes(r"user '(?<user>[^']*)'@'(?<host>[^']*)'")
        .decided_by(no_password),
    sign(
        "db.password_mismatch",
        &["Host '", "is not allowed to connect to this"],
    )
    .general(),
    // Configuration
    sign("db.conf_world_writable", &["World-writable config file"])
        .takes(r"file '(?<file>[^']+)'")
        .warning(),
    sign("db.config_invalid", &["unknown variable '"])
        .takes(r"unknown variable '(?<key>[^'=]+)")
        // An option that begins with `loose-` may be unknown
        .without(&["[Warning]"])
        .first(),
    sign(
        "db.config_invalid",
        &["mysqld failed while attempting to check config"],
    )
    .general(),
    sign(
        "db.config_invalid",
        &["mariadbd failed while attempting to check config"],
    )
    .general(),
    sign("db.config_invalid", &["unknown option '"]).takes(r"unknown option '(?<key>[^']+)'"),
    sign(
        "db.config_invalid",
        &["Found option without preceding group in config file"],
    )
    .takes(r"file:? '?(?<file>[^\s']+)"),
    sign("db.config_invalid", &["ambiguous option"]).general(),
    sign(
        "db.config_invalid",
        &["Unknown suffix", "used for variable"],
    ),
    sign("db.config_invalid", &["Error while setting value", "to '"]).takes(r"to '(?<key>[^']+)'"),
    sign("db.config_invalid", &["Plugin '", "is not loaded"])
        .general()
        .without(&["X plugin"]),
    sign("db.config_invalid", &["Wrong or unknown character set"]).general(),
    sign("db.config_invalid", &["Fatal error in defaults handling"]).general(),
    // Versions
    sign("mysql.downgrade", &["Invalid MySQL server downgrade"])
        .first()
        .takes(r"from (?<from>\d+) to (?<to>\d+)"),
    sign(
        "mysql.downgrade",
        &["boot server version", "Downgrade is not supported"],
    )
    .first()
    .takes(r"server version (?<to>\d+) on data directory built by version (?<from>\d+)"),
    sign("mysql.downgrade", &["Unsupported redo log format"]).first(),
    sign(
        "mysql.downgrade",
        &["Downgrade after a crash is not supported"],
    )
    .first(),
    sign("mysql.downgrade", &["Unsupported undo"]).general(),
    sign(
        "mysql.downgrade",
        &[
            "Table flags are",
            "in the data dictionary but the flags in file",
        ],
    )
    .first(),
    sign("mysql.downgrade", &["MY-014061"]).first(),
    sign("mysql.downgrade", &["MY-013171"]).first(),
    sign("mysql.downgrade", &["Cannot downgrade from"])
        .first()
        .matches(r"from (?<from>\d{5,}) to (?<to>\d{5,})"),
    sign("mysql.downgrade", &["is created with a newer version"]).general(),
    sign("mysql.downgrade", &["invalid flags 0x", "ibdata1"]).general(),
    sign(
        "mysql.upgrade_after_crash",
        &["Upgrade after a crash is not supported"],
    )
    .first()
    .takes(r"created with (?<from>[\w. -]+?)[.,]? "),
    sign(
        "mysql.upgrade_after_crash",
        &["Upgrade is not supported after a crash or shutdown with innodb_fast_shutdown = 2"],
    )
    .first(),
    sign(
        "mysql.upgrade_after_crash",
        &["Invalid MySQL server upgrade"],
    )
    .first()
    .takes(r"from (?<from>\d+) to (?<to>\d+)"),
    sign("mysql.upgrade_after_crash", &["Cannot upgrade from"])
        .first()
        .matches(r"from (?<from>\d{5,}) to (?<to>\d{5,})"),
    sign("mysql.upgrade_after_crash", &["MY-012526"]).first(),
    sign("mysql.upgrade_after_crash", &["MY-013090"]).general(),
    sign(
        "mysql.lower_case_table_names",
        &["Different lower_case_table_names settings"],
    )
    .first()
    .takes(r"server \('(?<current>\d)'\) and data dictionary \('(?<limit>\d)'\)"),
    sign(
        "mysql.lower_case_table_names",
        &["lower_case_table_names was set to 2, even though"],
    )
    .general(),
    sign("mysql.lower_case_table_names", &["MY-011087"]).first(),
    sign(
        "mysql.lower_case_table_names",
        &["The server option 'lower_case_table_names' is configured to use case sensitive"],
    )
    .first(),
    // Damage
    sign(
        "mysql.innodb_corrupt",
        &["Database page corruption on disk or a failed"],
    )
    .first(),
    // MariaDB 10.11.19 of a page that was overwritten.
    sign(
        "mysql.innodb_corrupt",
        &["Page read from tablespace is corrupted"],
    ),
    sign(
        "mysql.innodb_corrupt",
        &["Space id and page no stored in the page", "should be"],
    ),
    sign("mysql.innodb_corrupt", &["Corrupted page [page id"]).first(),
    sign("mysql.innodb_corrupt", &["corrupted page", "InnoDB"]).general(),
    sign("mysql.innodb_corrupt", &["InnoDB: Assertion failure"]).takes(r"in file (?<file>\S+)"),
    sign("mysql.innodb_corrupt", &["got signal 6"])
        .general()
        .matches(r"(?:mysqld|mariadbd)\S* got signal 6"),
    sign(
        "mysql.innodb_corrupt",
        &["corruption in the InnoDB tablespace"],
    )
    .first(),
    sign(
        "mysql.innodb_corrupt",
        &["log sequence number", "is in the future"],
    ),
    sign("mysql.innodb_corrupt", &["missing MLOG_CHECKPOINT"]).first(),
    sign("mysql.innodb_corrupt", &["Missing MLOG_CHECKPOINT"]).first(),
    sign("mysql.innodb_corrupt", &["Missing FILE_CHECKPOINT"]).first(),
    sign(
        "mysql.innodb_corrupt",
        &["We intentionally generate a memory trap"],
    ),
    sign("mysql.innodb_corrupt", &["Invalid log header checksum"]).first(),
    sign("mysql.innodb_corrupt", &["Log block", "checksum"]).general(),
    sign(
        "mysql.innodb_corrupt",
        &["Plugin initialization aborted", "Data structure corruption"],
    ),
    sign(
        "mysql.innodb_corrupt",
        &["Data structure corruption", "InnoDB"],
    ),
    sign(
        "mysql.innodb_corrupt",
        &["Tablespace is missing for a table"],
    )
    .general(),
    sign("mysql.innodb_corrupt", &["Index for table", "is corrupt"]),
    sign(
        "mysql.innodb_corrupt",
        &["Header page consists of zero bytes in datafile"],
    )
    .first(),
    sign("mysql.innodb_corrupt", &["Bad magic header in tc log"]),
    sign("mysql.innodb_corrupt", &["Can't init tc log"]).general(),
    sign(
        "mysql.innodb_corrupt",
        &["ib_logfile", "is of different size"],
    )
    .general(),
    sign(
        "mysql.innodb_corrupt",
        &["Unable to read page", "into the buffer pool"],
    ),
    sign("mysql.innodb_corrupt", &["Aria recovery failed"]),
    sign("mysql.innodb_corrupt", &["aria_log", "corrupt"]).general(),
    sign(
        "mysql.innodb_corrupt",
        &["is marked as crashed and should be repaired"],
    ),
];

/// Whoever asks without any password is mostly a healthcheck.
fn no_password(look: &Look<'_>) -> Verdict {
    if look.has(&["using password: YES", "to database"]) {
        return Verdict::sure(likely("db.password_mismatch", 0.9));
    }
    if look.has(&["[Note]", "[Warning]", "using password: NO"])
        && look.anywhere(&["ready for connections"])
    {
        return Verdict::nothing();
    }
    Verdict::sure(likely("db.password_mismatch", 0.7))
}
