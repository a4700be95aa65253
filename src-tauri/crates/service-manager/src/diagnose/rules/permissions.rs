//! Files that a program may not write, and security modules.

use crate::diagnose::evidence::Kind;
use crate::diagnose::named;
use crate::diagnose::sign::{Look, Sign, Verdict, likely, sign};

pub(super) const SIGNS: &[Sign] = &[
    // MySQL, MariaDB
    sign("perm.data_dir_owner", &["Can't create/write to file", "Errcode: 13"]).takes(r"to file '(?<path>[^']+)'").decided_by(data),
    sign("perm.data_dir_owner", &["Can't create/write to file"]).takes(r"to file '(?<path>[^']+)'").without(&["Errcode: 28", "errno: 28", "Errcode: 30", "Errcode: 2 "]).decided_by(data),
    sign("perm.data_dir_owner", &["Can't create test file"]).takes(r"test file '?(?<path>[^\s']+)").general(),
    sign("perm.data_dir_owner", &["--initialize specified but the data directory is not writable"]).first(),
    sign("perm.data_dir_owner", &["The data directory", "unusable"]).general().without(&["has files in it"]),
    sign("perm.data_dir_owner", &["OS errno 13 - Permission denied"]).takes(r"'(?<path>/[^']+)'").decided_by(data),
    sign("perm.data_dir_owner", &["Can't change dir to", "Errcode: 13"]).takes(r"dir to '(?<path>[^']+)'").decided_by(data),
    sign("perm.data_dir_owner", &["Can't change dir to", "Permission denied"]).takes(r"dir to '(?<path>[^']+)'").decided_by(data),
    sign("perm.data_dir_owner", &["innodb_system data file 'ibdata1' must be writable"]).first(),
    sign("perm.data_dir_owner", &["Operating system error number 13"]).decided_by(data),
    sign("perm.data_dir_owner", &["The error means mysqld does not have the access rights"]).decided_by(data),
    sign("perm.data_dir_owner", &["Could not open", "/mysql", "Permission denied"]).general(),
    sign("perm.data_dir_owner", &["mkdir: cannot create directory", "Permission denied"]).takes(r"directory '(?<path>[^']+)'").decided_by(data),
    sign("perm.data_dir_owner", &["mkdir: can't create directory", "Permission denied"]).takes(r"directory '(?<path>[^']+)'").decided_by(data),
    sign("perm.data_dir_owner", &["touch: cannot touch", "Permission denied"]).takes(r"touch '(?<path>[^']+)'").decided_by(data),
    sign("perm.data_dir_owner", &["cannot create regular file", "Permission denied"]).takes(r"file '(?<path>[^']+)'").decided_by(data),
    sign("perm.data_dir_owner", &["cannot create", "Permission denied"]).takes(r"(?:create|create:?) '?(?<path>/[^\s':]+)").decided_by(data),
    sign("perm.data_dir_owner", &["tee:", "Permission denied"]).takes(r"tee: (?<path>[^\s:]+)").decided_by(data),
    // PostgreSQL
    sign("perm.data_dir_owner", &["data directory", "has wrong ownership"]).takes(r"directory \x22(?<path>[^\x22]+)\x22").first().decided_by(foreign_owner),
    sign("perm.data_dir_owner", &["data directory", "has invalid permissions"]).takes(r"directory \x22(?<path>[^\x22]+)\x22").first().decided_by(foreign_owner),
    sign("perm.data_dir_owner", &["data directory", "has group or world access"]).takes(r"directory \x22(?<path>[^\x22]+)\x22"),
    sign("perm.data_dir_owner", &["could not open", "Permission denied"]).takes(r"(?:file|directory) \x22(?<path>[^\x22]+)\x22").decided_by(data),
    sign("perm.data_dir_owner", &["could not create", "Permission denied"]).takes(r"\x22(?<path>[^\x22]+)\x22").decided_by(data),
    sign("perm.data_dir_owner", &["could not access directory", "Permission denied"]).takes(r"\x22(?<path>[^\x22]+)\x22").decided_by(data),
    sign("perm.data_dir_owner", &["could not access", "Permission denied"]).general().decided_by(data),
    // Java: Elasticsearch, OpenSearch, SonarQube, Kafka, Zookeeper
    sign("perm.data_dir_owner", &["AccessDeniedException"]).takes(r"AccessDeniedException(?:: |\[)(?<path>/[^\s\]]+)").decided_by(java_access),
    sign("perm.data_dir_owner", &["failed to obtain node locks", "writable"]).takes(r"\[?(?<path>/[^\s\]]+)\]?").decided_by(node_locks),
    sign("perm.data_dir_owner", &["(Permission denied)"]).general().takes(r"(?<path>/[^\s:]+) \(Permission denied\)").decided_by(data),
    sign("perm.data_dir_owner", &["Unable to create data directory"]).takes(r"directory (?<path>/\S+)"),
    sign("perm.data_dir_owner", &["is not writable"]).general().without(&["InnoDB"])
        .matches(r"'?(?<path>/[^\s':]+)['\x22)\]]? is not writable|(?i:director|folder|path|file|volume)[^:]{0,60} is not writable"),
    sign("perm.data_dir_owner", &["not writable"]).general().matches(r"(?<path>/[\w./-]+).{0,40}not writable").without(&["node locks"]),
    sign("perm.data_dir_owner", &["GF_PATHS_DATA="]).takes(r"GF_PATHS_DATA='(?<path>[^']+)'").first(),
    sign("perm.data_dir_owner", &["You may have issues with file permissions"]),
    // Redis
    sign("perm.data_dir_owner", &["Can't open or create append-only dir", "Permission denied"]).takes(r"dir (?<path>\S+):").decided_by(data),
    sign("perm.data_dir_owner", &["Can't open the append-only file", "Permission denied"]).decided_by(data),
    sign("perm.data_dir_owner", &["Failed opening the temp RDB file", "Permission denied"]).decided_by(data),
    sign("perm.data_dir_owner", &["Failed opening the RDB file", "Permission denied"]).decided_by(data),
    sign("perm.data_dir_owner", &["Fatal error loading the DB", "Permission denied"]).decided_by(data),
    sign("perm.data_dir_owner", &["Can't open the log file", "Permission denied"]).decided_by(data),
    sign("perm.data_dir_owner", &["Error moving temp DB file", "Permission denied"]).decided_by(data),
    sign("perm.data_dir_owner", &["Can't chdir to", "Permission denied"]).decided_by(data),
    // MinIO, RabbitMQ, MongoDB, Prometheus, Node, Python, PHP, Go
    sign("perm.data_dir_owner", &["Unable to write to the backend"]).general(),
    sign("perm.data_dir_owner", &["file access denied"]).matches(r"(?i)(?<path>/[\w./-]+)|backend|drive|minio|: file access denied"),
    sign("perm.data_dir_owner", &[".erlang.cookie", "EACCES"]).takes(r"(?<path>/\S+\.erlang\.cookie)"),
    sign("perm.data_dir_owner", &["EACCES"]).general().takes(r"(?<path>/[\w./-]+)").decided_by(data).only(&[Kind::ContainerLogs]),
    sign("perm.data_dir_owner", &["opening storage failed", "permission denied"]).takes(r"open (?<path>/\S+):").decided_by(data),
    sign("perm.data_dir_owner", &["EACCES: permission denied"]).takes(r"(?:open|mkdir|scandir|unlink|rename|access|stat|copyfile|rmdir|lstat) '(?<path>[^']+)'").decided_by(data),
    sign("perm.data_dir_owner", &["queries.active", "permission denied"]).decided_by(data),
    sign("perm.data_dir_owner", &["Unable to create mmap-ed active query log"]),
    sign("perm.data_dir_owner", &["PermissionError: [Errno 13] Permission denied: '"]).takes(r"denied: '(?<path>[^']+)'").decided_by(python),
    sign("perm.data_dir_owner", &["[Errno 13] Permission denied: '"]).takes(r"denied: '(?<path>[^']+)'").decided_by(python),
    sign("perm.data_dir_owner", &["Failed to open stream: Permission denied"]).takes(r"\((?<path>/[^)]+)\)"),
    sign("perm.data_dir_owner", &["could not be opened in append mode"]).takes(r"file \x22(?<path>[^\x22]+)\x22"),
    sign("perm.data_dir_owner", &["directory must be present and writable"]).takes(r"The (?<path>\S+) directory"),
    sign("perm.data_dir_owner", &["UnauthorizedAccessException"]).takes(r"path '(?<path>[^']+)'"),
    sign("perm.data_dir_owner", &["Permission denied @"]).takes(r"- (?<path>/\S+)"),
    sign("perm.data_dir_owner", &["open /", "permission denied"]).takes(r"open (?<path>/[^\s:]+):").decided_by(data),
    sign("perm.data_dir_owner", &["mkdir /", "permission denied"]).takes(r"mkdir (?<path>/[^\s:]+):").decided_by(data).only(&[Kind::ContainerLogs]),
    sign("perm.data_dir_owner", &["stat /", "permission denied"]).general().takes(r"stat (?<path>/[^\s:]+):").decided_by(data).only(&[Kind::ContainerLogs]),
    sign("perm.data_dir_owner", &["unlink", "Permission denied"]).general().decided_by(data).only(&[Kind::ContainerLogs]),
    sign("perm.data_dir_owner", &["Attempted to create a lock file on a read-only directory"]).first(),
    sign("perm.data_dir_owner", &["Permission denied", "/data/db"]).decided_by(data),
    sign("perm.data_dir_owner", &["Error creating journal directory", "Permission denied"]),
    sign("perm.data_dir_owner", &["unable to open database file"]).general(),
    sign("perm.data_dir_owner", &["attempt to write a readonly database"]),
    sign("perm.data_dir_owner", &["SQLITE_CANTOPEN"]).general(),
    sign("perm.data_dir_owner", &["SQLITE_READONLY"]).general(),
    sign("perm.data_dir_owner", &["nginx:", "[emerg]", "Permission denied"]).takes(r"\x22(?<path>/[^\x22]+)\x22").without(&["bind()"]).decided_by(data),
    sign("perm.data_dir_owner", &["[crit]", "13: Permission denied"]).takes(r"\x22(?<path>/[^\x22]+)\x22").decided_by(data),
    sign("perm.data_dir_owner", &["Can't open file", "Permission denied"]).general().decided_by(data),
    sign("perm.data_dir_owner", &["cannot open", "Permission denied"]).general().takes(r"(?<path>/[\w./-]+)").decided_by(data).only(&[Kind::ContainerLogs]),
    sign("perm.data_dir_owner", &["cannot access", "Permission denied"]).general().decided_by(data).only(&[Kind::ContainerLogs]),
    sign("perm.data_dir_owner", &["Failed to create", "permission denied"]).general().takes(r"(?<path>/[\w./-]+)").decided_by(data).only(&[Kind::ContainerLogs]),
    sign("perm.data_dir_owner", &["chown:", "Permission denied"]).takes(r"(?<path>/[\w./-]+)").decided_by(data),
    sign("perm.data_dir_owner", &["chmod:", "Permission denied"]).takes(r"(?<path>/[\w./-]+)").decided_by(data),
    sign("perm.data_dir_owner", &["find: '", "Permission denied"]).takes(r"find: '(?<path>[^']+)'").decided_by(data),
    sign("perm.data_dir_owner", &["ls: cannot open directory", "Permission denied"]).takes(r"directory '(?<path>[^']+)'").decided_by(data),
    sign("perm.data_dir_owner", &["rm: cannot remove", "Permission denied"]).decided_by(data),
    sign("perm.data_dir_owner", &["Directory is not writable"]).general(),
    sign("perm.data_dir_owner", &["is not writeable"]).general().matches(r"(?<path>/[\w./-]+)|(?i:director|folder|path|file|volume)"),
    sign("perm.data_dir_owner", &["Failed to open log file"]).general(),
    sign("perm.data_dir_owner", &["Unable to lock", "error: 13"]),
    sign("perm.data_dir_owner", &["Permission denied", "aria"]).decided_by(data),
    // MySQL 5.5 to 5.7 give the number only
    sign("perm.data_dir_owner", &["(error 13)"]).general().decided_by(data),
    sign("perm.data_dir_owner", &["Bind on unix socket: Permission denied"]).general(),
    // Confluent's images look before they start
    sign("perm.data_dir_owner", &["/dub path", "writable", "FAILED"]).takes(r"path (?<path>/\S+)").first(),
    // Whatever else a program wanted to do with a file of its own
    sign("perm.data_dir_owner", &["Permission denied"]).general().only(&[Kind::ContainerLogs]).decided_by(file)
        .matches(r"(?i)\b(?:open(?:ing)?|creat(?:e|ing)|mkdir|mkstemp|writ(?:e|ing)|read(?:ing)?|load(?:ing)?|rewrit(?:e|ing)|\w*rewrite\w*\(\)|append(?:ing)?|renam(?:e|ing)|remov(?:e|ing)|lock(?:ing)?|sav(?:e|ing)|stor(?:e|ing)|chdir|rmdir|lstat|truncat(?:e|ing))\b[^:]{0,80}(?::[^:]{0,160})?[:(] ?permission denied"),
    // SELinux
    // A permissive system only writes down what it would have refused
    sign("perm.selinux", &["avc:", "denied"]).without(&["permissive=1"]).first().takes(r"path=\x22(?<path>[^\x22]+)"),
    sign("perm.selinux", &["SELinux is preventing"]).first(),
    sign("perm.selinux", &["lsetxattr", "operation not permitted"]).takes(r"lsetxattr (?<path>\S+)"),
    sign("perm.selinux", &["lsetxattr", "operation not supported"]).takes(r"lsetxattr (?<path>\S+)"),
    sign("perm.selinux", &["SELinux relabeling of"]).takes(r"relabeling of (?<path>\S+)"),
    sign("perm.selinux", &["relabel failed"]).general(),
    sign("perm.selinux", &["tcontext="]).without(&["permissive=1"]).first(),
    sign("perm.selinux", &["relocation error", "cannot apply additional memory protection after relocation"]),
    sign("perm.selinux", &["cannot apply additional memory protection after relocation: Permission denied"]),
    // AppArmor
    sign("perm.apparmor", &["apparmor failed to apply profile"]),
    sign("perm.apparmor", &["unable to apply apparmor profile"]),
    sign("perm.apparmor", &["AppArmor enabled on system but the", "profile could not be loaded"]),
    sign("perm.apparmor", &["signaling init process caused", "permission denied"]),
    sign("perm.apparmor", &["cannot stop container", "permission denied"]).first(),
    sign("perm.apparmor", &["cannot kill container", "permission denied"]).first(),
    sign("perm.apparmor", &["Cannot restart container", "permission denied"]),
    sign("perm.apparmor", &["cannot remove container", "could not kill", "permission denied"]),
    sign("perm.apparmor", &["apparmor=\"DENIED\""]).first(),
    sign("perm.apparmor", &["apparmor_parser"]).general().without(&["apparmor=\"STATUS\""]),
    sign("perm.apparmor", &["unable to signal init: permission denied"]).first(),
    sign("perm.apparmor", &["write /proc/self/attr/apparmor/exec"]),
    sign("perm.apparmor", &["write /proc/thread-self/attr/apparmor/exec"]),
    sign("perm.apparmor", &["failed to kill container", "permission denied"]),
];

/// What people may do in a program is refused in the same words: a file is called one, has a folder, or an ending.
fn file(look: &Look<'_>) -> Verdict {
    let named = look.line.split([' ', '\'', '"', '(', ')']).any(|word| {
        let ending = word.trim_end_matches([':', ',', '.']).rsplit_once('.');
        word.contains('/')
            || ending.is_some_and(|(_, it)| it.starts_with(|c: char| c.is_ascii_alphabetic()))
    });
    if named || look.has(&["file", "folder", "director", "disk"]) {
        data(look)
    } else {
        Verdict::nothing()
    }
}

/// Who may not write a folder: the wrong owner, unless a security module or a share says otherwise.
fn data(look: &Look<'_>) -> Verdict {
    // A database speaks of its own tables, a registry of its images, and an engine of its socket.
    if look.has(&[
        "permission denied for ",
        "docker.sock",
        "bind()",
        "ping:",
        "socket: ",
        "/dev/dri",
        "/dev/kvm",
        "authorized_keys",
        "publickey",
        "relation ",
        "schema ",
        "table ",
        "remote:",
        "connect() to unix:",
    ]) {
        return Verdict::nothing();
    }
    let device = look.has(&[" /dev/", "'/dev/", "\"/dev/"]) && !look.has(&["/dev/shm"]);
    if device || look.has(&["/proc/", "/sys/"]) {
        return Verdict::nothing();
    }
    foreign_owner(look)
}

fn foreign_owner(look: &Look<'_>) -> Verdict {
    let kind = look.words(named::FILE_SYSTEM).unwrap_or_default();
    if [
        "nfs", "cifs", "smb", "9p", "drvfs", "fuse", "osxfs", "vfat", "exfat", "ntfs",
    ]
    .iter()
    .any(|it| kind.contains(it))
    {
        return Verdict::sure(likely("storage.fs_unsupported", 0.92));
    }
    if look.has(&["/mnt/c/", "/host_mnt/", "/run/desktop/"]) {
        return Verdict::sure(likely("storage.fs_unsupported", 0.85));
    }
    let denied =
        look.flag(named::AVC) == Some(true) || look.anywhere(&["avc:  denied", "avc: denied"]);
    let enforcing = look
        .words(named::SELINUX)
        .map(|it| it == "enforcing" || it == "true");
    if denied {
        return Verdict::sure(likely("perm.selinux", 0.95));
    }
    let owner = likely("perm.data_dir_owner", 0.9);
    let ordinary = look
        .words(named::USER)
        .is_some_and(|it| !it.is_empty() && it != "0" && it != "root");
    let owner = if ordinary {
        owner.variant("user")
    } else {
        owner
    };
    let fits = look.flag(named::OWNER_FITS) == Some(true)
        || look
            .number(named::OWNER)
            .zip(look.number(named::WANTED_OWNER))
            .is_some_and(|(is, wanted)| same(is, wanted));
    match enforcing {
        Some(true) if fits => Verdict::sure(likely("perm.selinux", 0.85)),
        Some(true) if look.number(named::OWNER).is_none() => {
            Verdict::open(vec![likely("perm.selinux", 0.6), owner])
        }
        Some(_) => Verdict::sure(owner),
        None => Verdict::open(vec![owner, likely("perm.selinux", 0.15)]),
    }
}

const fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.5
}

/// Java says so about data, and about itself.
fn java_access(look: &Look<'_>) -> Verdict {
    if look.has(&[
        "AccessDeniedException: Access",
        "Access is denied",
        "org.springframework",
        "AWS",
        "s3",
        "User:",
        "software.amazon",
    ]) {
        return Verdict::nothing();
    }
    data(look)
}

fn node_locks(look: &Look<'_>) -> Verdict {
    if look.has(&["maybe these locations are not writable or multiple nodes"]) {
        if look.anywhere(&["AccessDeniedException", "Permission denied"]) {
            return foreign_owner(look);
        }
        if look.anywhere(&["LockObtainFailedException", "Lock held by"]) {
            return Verdict::sure(likely("db.datadir_locked", 0.88));
        }
        return Verdict::open(vec![
            likely("perm.data_dir_owner", 0.6),
            likely("db.datadir_locked", 0.4),
        ]);
    }
    foreign_owner(look)
}

/// Python says so about the engine's socket while it connects.
fn python(look: &Look<'_>) -> Verdict {
    if look.anywhere(&["unixconn.py", "docker.sock", "docker/transport"]) {
        return Verdict::nothing();
    }
    data(look)
}
