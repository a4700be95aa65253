//! Lines that look bad and are not: they must not become the diagnosis. A sign that is a warning may still use them.

use super::sign::contains;
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// Every word of one entry stands in the line.
const BENIGN: &[&[&str]] = &[
    // Compose
    &["the attribute `version` is obsolete"],
    &["found orphan containers"],
    &["already exists but was not created by docker compose"],
    &["variable is not set. defaulting to a blank string"],
    &[
        "requested image's platform",
        "does not match the detected host platform",
    ],
    // Docker
    &["no swap limit support"],
    &["your kernel does not support", "warning"],
    &["no logs are available with the 'none' log driver"],
    &["configured logging driver does not support reading"],
    &["bridge-nf-call-ip", "is disabled"],
    &["error loading config file", ".docker/config.json"],
    // Redis
    &["overcommit_memory is set to 0"],
    &["memory overcommit must be enabled"],
    &["transparent huge pages"],
    &["tcp backlog setting of"],
    &["no config file specified, using the default config"],
    // MySQL, MariaDB
    &["ca certificate ca.pem is self signed"],
    &["insecure configuration for --pid-file"],
    &["timestamp with implicit default"],
    &["skip-host-cache", "deprecated"],
    &["'proxies_priv' entry", "ignored"],
    &["'user' entry", "ignored in --skip-name-resolve"],
    &["changed limits"],
    &["io_uring", "falling back"],
    &["starting crash recovery"],
    &["starting an apply batch of log records"],
    &["ibdata file do not match", "ib_logfile"],
    &["root@localhost is created with an empty password"],
    &["default_authentication_plugin", "deprecated"],
    &["mbind: operation not permitted"],
    // PostgreSQL
    &["could not create ipv6 socket"],
    &["enabling \"trust\" authentication"],
    &["database system was interrupted"],
    &["database system was not properly shut down"],
    &["redo done at"],
    &["could not bind ipv6 address"],
    &["invalid record length at", "wanted 24"],
    // nginx
    &["can not modify /etc/nginx/conf.d/default.conf"],
    &["the \"user\" directive makes sense only if"],
    &["info: ", "is not a file or does not exist"],
    &["conflicting server name"],
    // A visitor's certificate
    &["client ssl certificate verify error"],
    // Java and others
    &["an illegal reflective access operation"],
    &["deprecation", "elasticsearch"],
    &["kibana server is not ready yet"],
    &["native-hadoop library"],
    // GNU tail, Ollama on a computer without a card
    &["inotify cannot be used", "reverting to polling"],
    &["unable to load cuda management library", "level=info"],
];

static FIRST_WORDS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| search(BENIGN.iter().map(|words| words[0])));
static SETTLED_WORDS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| search(SETTLED.iter().copied()));

fn search<'a>(words: impl Iterator<Item = &'a str>) -> Option<AhoCorasick> {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(words)
        .ok()
}

/// Returns whether a line is one of them.
pub(super) fn is(line: &str) -> bool {
    FIRST_WORDS.as_ref().is_some_and(|search| {
        search.find_overlapping_iter(line).any(|found| {
            let words = BENIGN[found.pattern().as_usize()];
            words[1..].iter().all(|it| contains(line, it))
        })
    })
}

/// What a program says when it works: what stood before it in its log was overcome.
const SETTLED: &[&str] = &[
    "ready for connections",
    "database system is ready to accept connections",
    "ready to accept connections",
    "server is ready to accept",
    "started application in",
    "server startup in",
    "\"msg\":\"waiting for connections\"",
    "waiting for connections on port",
    "start worker process",
    "resuming normal operations",
    "server startup complete",
    "cluster health status changed from",
    "http server is listening",
    "application startup complete",
];

/// Returns whether a line says that the program works.
pub(super) fn settled(line: &str) -> bool {
    SETTLED_WORDS
        .as_ref()
        .is_some_and(|search| search.is_match(line))
}

/// How programs mark a line that is no error: PostgreSQL, MySQL, Go, Java, MongoDB.
const WARNINGS: &[&str] = &[
    "warning: ",
    "[warning]",
    "[warn]",
    " warn ",
    "level=warn",
    "\"level\":\"warn",
    "\"s\":\"w\"",
];

/// Returns whether a program calls the line a warning.
pub(super) fn warning(line: &str) -> bool {
    WARNINGS.iter().any(|it| contains(line, it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_harmless_line_is_known_in_any_case_and_a_real_one_is_not() {
        assert!(is(
            "WARNING overcommit_memory is set to 0! Background save may fail"
        ));
        assert!(is(
            "[Warning] [MY-010068] [Server] CA certificate ca.pem is self signed."
        ));
        assert!(!is(
            "[ERROR] [MY-012574] [InnoDB] Unable to lock ./ibdata1 error: 11"
        ));
        assert!(settled("mysqld: ready for connections. Version: '8.0.36'"));
        assert!(warning(
            "[13485] WARNING:  database has a collation version mismatch"
        ));
        assert!(!warning("[1] FATAL:  data directory has wrong ownership"));
    }
}
