//! The computer: its clock, memory, kernel limits and processor.

use crate::diagnose::evidence::Kind;
use crate::diagnose::named;
use crate::diagnose::sign::{Look, Sign, Verdict, likely, sign};

pub(super) const SIGNS: &[Sign] = &[
    // Go's x509
    sign(
        "host.clock_skew",
        &["certificate has expired or is not yet valid"],
    )
    .decided_by(validity),
    sign("host.clock_skew", &["certificate is not yet valid"]),
    sign("host.clock_skew", &["not valid yet"])
        .matches(r"(?i)\bcert")
        .general()
        .without(&["token"]),
    sign("host.clock_skew", &["issued in the future"]),
    sign("host.clock_skew", &["token used before issued"]),
    sign("host.clock_skew", &["token is not valid yet"]).general(),
    sign(
        "host.clock_skew",
        &["difference between the request time and the"],
    ),
    sign("host.clock_skew", &["RequestTimeTooSkewed"]),
    // jjwt says with an old token how far clocks may differ
    sign("host.clock_skew", &["clock skew"])
        .general()
        .without(&["JWT expired"]),
    sign("host.clock_skew", &["clock difference"]).general(),
    sign("host.clock_skew", &["Release file", "is not valid yet"]),
    sign("host.clock_skew", &["clocks are not synchronized"]),
    sign("host.clock_skew", &["the local system clock"]).general(),
    // MySQL, JVM, Go, kernel
    sign(
        "host.low_memory",
        &["Cannot allocate memory for the buffer pool"],
    )
    .first(),
    sign("host.low_memory", &["mmap(", "bytes) failed; errno 12"]).first(),
    // MariaDB 10.11.19
    sign(
        "host.low_memory",
        &["Cannot map innodb_buffer_pool_size_max"],
    ),
    sign("host.low_memory", &["InnoDB: Cannot allocate memory"]),
    sign(
        "host.low_memory",
        &["insufficient memory for the Java Runtime Environment"],
    )
    .first(),
    sign(
        "host.low_memory",
        &["Native memory allocation (mmap) failed"],
    )
    .first(),
    sign(
        "host.low_memory",
        &["Native memory allocation (malloc) failed"],
    )
    .first(),
    sign("host.low_memory", &["os::commit_memory", "errno=12"]).first(),
    sign("host.low_memory", &["fork: Cannot allocate memory"])
        .without(&["Can't save in background"]),
    sign("host.low_memory", &["fork/exec", "cannot allocate memory"]),
    sign(
        "host.low_memory",
        &["could not fork", "Cannot allocate memory"],
    ),
    sign(
        "host.low_memory",
        &["could not map anonymous shared memory: Cannot allocate memory"],
    ),
    sign("host.low_memory", &["Failed to allocate memory"]).general(),
    sign("host.low_memory", &["runtime: out of memory"]),
    sign("host.low_memory", &["runtime: cannot allocate memory"]),
    sign("host.low_memory", &["Cannot reserve enough memory"]).general(),
    sign(
        "host.low_memory",
        &["Could not reserve enough space for object heap"],
    ),
    sign("host.low_memory", &["std::bad_alloc"]).general(),
    sign("host.low_memory", &["Out of memory (Needed"]),
    sign(
        "host.low_memory",
        &["failed to start shim", "cannot allocate memory"],
    ),
    // The loader has no place left for a library's variables
    sign("host.low_memory", &["cannot allocate memory"])
        .general()
        .without(&["save in background", "static TLS block"]),
    // Elasticsearch, OpenSearch
    sign("host.vm_max_map_count", &["vm.max_map_count ["])
        .first()
        .takes(r"vm\.max_map_count \[(?<current>\d+)\].*\[(?<minimum>\d+)\]"),
    sign(
        "host.vm_max_map_count",
        &["max virtual memory areas vm.max_map_count"],
    )
    .first()
    .takes(r"vm\.max_map_count \[(?<current>\d+)\].*\[(?<minimum>\d+)\]"),
    // MongoDB mentions it whenever it starts
    sign("host.vm_max_map_count", &["vm.max_map_count", "too low"])
        .general()
        .without(&["startupWarnings"]),
    sign("host.vm_max_map_count", &["vm.max_map_count", "at least"]).general(),
    // redis src/syscheck.c
    sign("host.overcommit", &["Memory overcommit must be enabled"]).warning(),
    sign("host.overcommit", &["overcommit_memory is set to 0"]).warning(),
    // Node, chokidar, inotify-tools, Go fsnotify, systemd
    sign(
        "host.inotify_limit",
        &["System limit for number of file watchers reached"],
    )
    .first(),
    sign("host.inotify_limit", &["ENOSPC", "watch"]).first(),
    sign(
        "host.inotify_limit",
        &["no space left on device", "inotify"],
    )
    .first(),
    sign("host.inotify_limit", &["inotify watches"]).first(),
    sign("host.inotify_limit", &["limit on inotify"]).first(),
    sign("host.inotify_limit", &["inotify_add_watch"]).first(),
    sign("host.inotify_limit", &["inotify instances"]).first(),
    sign(
        "host.inotify_limit",
        &["inotify_init", "too many open files"],
    )
    .first(),
    sign("host.inotify_limit", &["failed to create fsnotify watcher"]).first(),
    sign("host.inotify_limit", &["inotify", "too many open files"]).first(),
    sign("host.inotify_limit", &["NewWatcher", "too many open files"]).first(),
    sign("host.inotify_limit", &["fsnotify", "too many open files"]).first(),
    sign(
        "host.inotify_limit",
        &["The configured user limit", "inotify"],
    )
    .first(),
    sign(
        "host.inotify_limit",
        &["failed to watch", "no space left on device"],
    )
    .first(),
    // Open files
    sign("limit.nofile", &["max file descriptors [", "is too low"])
        .first()
        .takes(r"max file descriptors \[(?<current>\d+)\].*\[(?<minimum>\d+)\]"),
    sign("limit.nofile", &["too many open files"])
        .without(&["inotify", "fsnotify", "watcher"])
        .decided_by(open_files),
    sign("limit.nofile", &["error setting rlimit type 7"]).first(),
    sign("limit.nofile", &["error setting rlimits for ready process"]).general(),
    sign("limit.nofile", &["You requested maxclients of"]).general(),
    // nginx names the error as the C library at hand does; musl has another sentence
    sign("limit.nofile", &["failed (24: "]),
    sign("limit.nofile", &["No file descriptors available"]).general(),
    sign("limit.nofile", &["EMFILE"]).without(&["inotify", "watch"]),
    sign(
        "limit.nofile",
        &["worker_connections exceed open file resource limit"],
    )
    .general(),
    sign("limit.nofile", &["could not raise ulimit"]).general(),
    sign("limit.nofile", &["ulimit: open files: cannot modify limit"]),
    sign("limit.nofile", &["insufficient file descriptors"]),
    sign("limit.nofile", &["file descriptor limit"])
        .general()
        .matches(r"(?i)\b(?:increase|raise|reach|exceed|exhaust|too low|hit)"),
    // Threads and processes
    sign("limit.threads", &["unable to create native thread"]).first(),
    sign("limit.threads", &["unable to create new native thread"]).first(),
    sign("limit.threads", &["can't create thread", "EAGAIN"]),
    sign("limit.threads", &["pthread_create failed (EAGAIN)"]).first(),
    sign(
        "limit.threads",
        &["pthread_create failed: Resource temporarily unavailable"],
    ),
    sign(
        "limit.threads",
        &["pthread_create", "Resource temporarily unavailable"],
    ),
    sign(
        "limit.threads",
        &["fork: retry: Resource temporarily unavailable"],
    ),
    sign("limit.threads", &["fork: Resource temporarily unavailable"]),
    sign(
        "limit.threads",
        &["can't fork", "Resource temporarily unavailable"],
    ),
    sign(
        "limit.threads",
        &["could not fork", "Resource temporarily unavailable"],
    ),
    sign(
        "limit.threads",
        &["failed to create new OS thread", "errno=11"],
    ),
    sign("limit.threads", &["newosproc"]).general(),
    sign("limit.threads", &["max number of threads", "is too low"]),
    sign("limit.threads", &["fork rejected by pids controller"]),
    sign(
        "limit.threads",
        &["Can't create thread to handle new connection", "errno 11"],
    ),
    sign("limit.threads", &["Can't create a new thread (errno 11"]),
    // glibc, MongoDB, numpy
    sign("host.cpu_unsupported", &["CPU does not support x86-64-v"])
        .first()
        .takes(r"support (?<minimum>x86-64-v\d)"),
    sign(
        "host.cpu_unsupported",
        &["CPU ISA level is lower than required"],
    )
    .first(),
    sign("host.cpu_unsupported", &["requires a CPU with AVX support"])
        .warning()
        .decided_by(avx),
    sign("host.cpu_unsupported", &["requires ARMv8.2-A"])
        .warning()
        .decided_by(avx),
    sign("host.cpu_unsupported", &["MongoDB 5.0+ requires"])
        .warning()
        .decided_by(avx),
    // A shell, a database or a library says no more of it than that
    sign("host.cpu_unsupported", &["Illegal instruction"])
        .matches(r"(?i)illegal instruction(?:\s*$|\s*\(core|\s{2,}|: 4|[.;,)\x22'-])")
        .without(&["arch"]),
    sign("host.cpu_unsupported", &["SIGILL"]),
    sign("host.cpu_unsupported", &["exited with code 132"]),
    sign("host.cpu_unsupported", &["exit code 132"]),
    sign("host.cpu_unsupported", &["exited (132)"]),
    sign("host.cpu_unsupported", &["was compiled to use", "AVX"]).without(&["is optimized"]),
    sign(
        "host.cpu_unsupported",
        &["baseline optimizations", "your machine doesn't support"],
    ),
    sign("host.cpu_unsupported", &["NumPy was built with baseline"]),
    sign("host.cpu_unsupported", &["CPU does not support AVX"]),
    sign("host.cpu_unsupported", &["AVX instruction set"])
        .general()
        .matches(r"(?i)\b(?:not?|without|lacks?|missing|must|needs?|requires?|unsupported)\b")
        .only(&[Kind::ContainerLogs]),
    sign("host.cpu_unsupported", &["x86-64-v2"])
        .general()
        .matches(r"(?i)\b(?:not?|without|lacks?|missing|must|needs?|requires?|unsupported)\b"),
    sign("host.cpu_unsupported", &["requires SSE4"]).general(),
    sign(
        "host.cpu_unsupported",
        &["SSE 4.2 instruction set is not supported"],
    ),
    sign("host.cpu_unsupported", &["missing CPU features"]).general(),
];

/// Go says both in one sentence, and then which of them: "current time … is before …".
fn validity(look: &Look<'_>) -> Verdict {
    if look.near(1, &["is before"]) {
        return Verdict::sure(likely("host.clock_skew", 0.92));
    }
    let right = look.flag(named::CLOCK_RIGHT).map(|right| !right);
    let wrong = right.or_else(|| Some(look.number(named::CLOCK_OFFSET)?.abs() > 60.0));
    match wrong {
        Some(true) => Verdict::sure(likely("host.clock_skew", 0.95)),
        Some(false) => Verdict::sure(likely("tls.cert_expired", 0.92)),
        None if look.near(1, &["is after"]) => Verdict::open(vec![
            likely("tls.cert_expired", 0.75),
            likely("host.clock_skew", 0.25),
        ]),
        None => Verdict::open(vec![
            likely("host.clock_skew", 0.6),
            likely("tls.cert_expired", 0.4),
        ]),
    }
}

/// The watchers of files use the same words.
fn open_files(look: &Look<'_>) -> Verdict {
    if look.near(2, &["inotify", "fsnotify", "watcher"]) {
        return Verdict::sure(likely("host.inotify_limit", 0.85));
    }
    Verdict::sure(likely("limit.nofile", 0.88))
}

/// A warning, and the reason when the program then died of it.
fn avx(look: &Look<'_>) -> Verdict {
    match look.number(named::EXIT_CODE) {
        Some(132.0) => Verdict::sure(likely("host.cpu_unsupported", 0.97)),
        Some(0.0) => Verdict::nothing(),
        _ => Verdict::sure(likely("host.cpu_unsupported", 0.8)),
    }
}
