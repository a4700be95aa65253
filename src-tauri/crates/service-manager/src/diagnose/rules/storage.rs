//! Disks and file systems.

use crate::diagnose::evidence::Kind;
use crate::diagnose::named;
use crate::diagnose::sign::{Look, Sign, Verdict, likely, sign};

pub(super) const SIGNS: &[Sign] = &[
    sign("disk.full", &["no space left on device"])
        .takes(r"(?:write|mkdir|open|copy_file_range|create|symlink) \x22?(?<path>/[^\s:\x22]+)")
        .decided_by(full),
    sign("disk.full", &["No space left"]).general().decided_by(full),
    sign("disk.full", &["ENOSPC"]).without(&["watch", "inotify"]).decided_by(full),
    sign("disk.full", &["not enough space on the disk"]),
    sign("disk.full", &["Disk is full writing"]).first(),
    sign("disk.full", &["Error writing file", "errno: 28"]).first(),
    sign("disk.full", &["errno: 28"]),
    sign("disk.full", &["OS error: 28"]),
    sign("disk.full", &["Operating system error number 28"]),
    sign("disk.full", &["is full (errno:"]),
    sign("disk.full", &["The table '", "is full"]),
    sign("disk.full", &["flood stage disk watermark"]).first(),
    sign("disk.full", &["FORBIDDEN/12/index read-only"]).first(),
    sign("disk.full", &["disk usage exceeded flood-stage watermark"]).first(),
    sign("disk.full", &["high disk watermark"]).general(),
    // The kernel keeps keys of users in a store of its own
    sign("disk.full", &["disk quota exceeded"]).without(&["session key", "keyring"]),
    sign("disk.full", &["There is not enough space"]),
    // MySQL names the file; others begin with it or end with it
    sign("disk.full", &["disk full"]).general().matches(r"(?i)disk full \(|(?:^|[:\]\x22]\s*)disk full\b|\bdisk full[.!\x22']*$"),
    sign("disk.full", &["insufficient disk space"]),
    sign("disk.full", &["not enough disk space"]),
    sign("disk.full", &["Insufficient free disk space"]),
    sign("disk.full", &["Free disk space", "insufficient"]),
    sign("disk.full", &["disk_free_limit"]).general(),
    sign("disk.full", &["free disk space", "is low"]).general(),
    sign("disk.full", &["Storage backend has reached its minimum free drive threshold"]),
    sign("disk.inodes", &["no space left", "inode"]),
    sign("disk.inodes", &["out of inodes"]),
    sign("disk.inodes", &["IUse% 100%"]),
    sign("disk.readonly_or_io", &["read-only file system"])
        .takes(r"(?:mkdir|open|create|chown|touch:?|write|remove|unlink)\s*\x22?(?<path>/[^\s:'\x22]+)")
        .decided_by(read_only),
    sign("disk.readonly_or_io", &["EROFS"]).decided_by(read_only),
    sign("disk.readonly_or_io", &["input/output error"]).variant("io").decided_by(input_output),
    sign("disk.readonly_or_io", &["EXT4-fs error"]).variant("io").first(),
    sign("disk.readonly_or_io", &["Structure needs cleaning"]).variant("io").first(),
    sign("disk.readonly_or_io", &["I/O error, dev"]).variant("io").first(),
    sign("disk.readonly_or_io", &["blk_update_request"]).variant("io").first(),
    sign("disk.readonly_or_io", &["Buffer I/O error on dev"]).variant("io").first(),
    sign("disk.readonly_or_io", &["XFS", "Corruption"]).variant("io").first(),
    sign("disk.readonly_or_io", &["Remounting filesystem read-only"]).first(),
    sign("disk.readonly_or_io", &["Operating system error number 5 "]).variant("io"),
    sign("disk.readonly_or_io", &["OS errno 5 "]).variant("io"),
    sign("disk.readonly_or_io", &["stale NFS file handle"]).decided_by(stale),
    sign("disk.readonly_or_io", &["Stale file handle"]).decided_by(stale),
    // moby volume/service/errors.go, libnetwork
    sign("volume.in_use", &["volume is in use"]).takes(r"remove (?<volume>[\w.-]+): volume"),
    sign("volume.in_use", &["has active endpoints"]).takes(r"network (?<network>[\w.-]+)"),
    sign("volume.in_use", &["error while removing network"]).general(),
    sign("volume.in_use", &["Resource is still in use"]).general(),
    sign("volume.in_use", &["unable to remove volume", "in use"]),
    // Databases on foreign file systems
    sign("storage.fs_unsupported", &["Can't lock aria control file", "error: 37"]).first(),
    sign("storage.fs_unsupported", &["Unable to lock", "error: 37"]).first(),
    sign("storage.fs_unsupported", &["No locks available"]),
    sign("storage.fs_unsupported", &["'aio write' returned OS error"]),
    sign("storage.fs_unsupported", &["Operating system error number 22"]),
    sign("storage.fs_unsupported", &["OS error", "Invalid argument", "InnoDB"]).general(),
    sign("storage.fs_unsupported", &["could not fsync file", "Invalid argument"]),
    sign("storage.fs_unsupported", &["O_DIRECT"]).first().matches(r"(?i)supports? O_DIRECT"),
    sign("storage.fs_unsupported", &["chown:", "Operation not permitted"]).takes(r"chown: (?:changing ownership of )?'?(?<path>/[^\s':]+)").decided_by(chown),
    sign("storage.fs_unsupported", &["chmod:", "Operation not permitted"]).takes(r"'?(?<path>/[^\s':]+)").decided_by(chown),
    sign("storage.fs_unsupported", &["could not change permissions of directory"]).takes(r"directory \x22(?<path>[^\x22]+)").decided_by(chown),
    sign("storage.fs_unsupported", &["changing ownership of", "Operation not permitted"]).takes(r"ownership of '?(?<path>/[^\s':]+)").decided_by(chown),
    sign("storage.fs_unsupported", &["failed to chown"]).general().decided_by(chown),
    sign("storage.fs_unsupported", &["lchown", "operation not permitted"]).takes(r"lchown (?<path>/\S+):").decided_by(chown),
    sign("storage.fs_unsupported", &["database is locked"]).general(),
    sign("storage.fs_unsupported", &["Cookie file", "must be accessible by owner only"]),
    sign("storage.fs_unsupported", &["locking protocol"]).general().only(&[Kind::ContainerLogs]),
    sign("storage.fs_unsupported", &["SQLITE_IOERR"]).general(),
    sign("storage.fs_unsupported", &["Function not implemented", "flock"]),
    sign("storage.fs_unsupported", &["could not open shared memory segment"]).general(),
    sign("storage.fs_unsupported", &["mmap", "Invalid argument"]).general().only(&[Kind::ContainerLogs]),
    sign("storage.fs_unsupported", &["could not link file", "Operation not permitted"]),
    sign("storage.fs_unsupported", &["File system", "does not support"]).general(),
    sign("storage.fs_unsupported", &["filename too long", "ecryptfs"]),
    sign("storage.fs_unsupported", &["does not support O_TMPFILE"]).general(),
    sign("storage.fs_unsupported", &["storage type NFS"]).general(),
    sign("storage.fs_unsupported", &["WiredTiger", "Operation not permitted"]),
    sign("storage.fs_unsupported", &["__posix_open_file", "Operation not permitted"]),
];

/// A disk without room, a file system without names, a watcher without places: one sentence for all.
fn full(look: &Look<'_>) -> Verdict {
    if look.has(&["watch", "inotify", "fsnotify"]) {
        return Verdict::sure(likely("host.inotify_limit", 0.9));
    }
    // PostgreSQL and Apache have no semaphore left, runc no place in a group: none of it is on a disk
    if look.has(&["semaphore", "semget", "mutex"]) {
        return Verdict::nothing();
    }
    if look.has(&["/sys/fs/cgroup", "cgroup.procs"]) {
        return Verdict::sure(likely("engine.cgroup_runtime", 0.85));
    }
    if look.has(&["/dev/shm", "shared memory"]) {
        return Verdict::sure(likely("disk.full", 0.85).variant("shm"));
    }
    let full = |it: f64| it >= 99.0;
    let space = look.number(named::DISK_PERCENT);
    let inodes = look.number(named::INODE_PERCENT);
    let free = look.number(named::DISK_FREE);
    let free_inodes = look.number(named::INODES_FREE);
    if look.anywhere(&["IUse%"]) && look.said.lines.iter().any(|line| no_inodes(&line.text)) {
        return Verdict::sure(likely("disk.inodes", 0.92));
    }
    let room = space.is_some_and(|it| it < 95.0) || free.is_some_and(|it| it > 200e6);
    if free_inodes == Some(0.0) || inodes.is_some_and(full) && (room || space.is_none()) {
        return Verdict::sure(likely("disk.inodes", 0.95));
    }
    let variant = if look.has(&[
        "/var/lib/docker",
        "overlay2",
        "containerd",
        "failed to register layer",
        "docker-import",
    ]) {
        Some("docker")
    } else {
        None
    };
    let found = likely("disk.full", 0.9);
    let found = match variant {
        Some(variant) => found.variant(variant),
        None => found,
    };
    if space.is_some() || free.is_some() || inodes.is_some() {
        return Verdict::sure(found);
    }
    Verdict::open(vec![found, likely("disk.inodes", 0.15)])
}

/// A row of `df -i`: all are used, none is free.
fn no_inodes(row: &str) -> bool {
    let cells: Vec<&str> = row.split_whitespace().collect();
    matches!(cells[..], [_, all, used, "0", "100%", place] if all == used && all != "0" && place.starts_with('/'))
}

/// The engine's own disk, a folder of a system that is never written, or a container that is to be like that.
fn read_only(look: &Look<'_>) -> Verdict {
    if look.flag(named::READ_ONLY) == Some(true) && look.piece.kind == Kind::ContainerLogs {
        return Verdict::sure(likely("container.readonly_rootfs", 0.92));
    }
    if look.has(&[
        "error while creating mount source path",
        "creating mount source",
    ]) {
        return Verdict::sure(likely("mount.source_uncreatable", 0.95).variant("readonly"));
    }
    if look.has(&[
        "mountpoint",
        "rootfs",
        "error mounting",
        "starting container process",
    ]) && look.piece.kind != Kind::ContainerLogs
    {
        if look.has(&["/var/lib/docker"])
            && !look.has(&[
                "to rootfs",
                "mkdirat",
                "create mount destination",
                "make mountpoint",
            ])
        {
            return Verdict::sure(likely("disk.readonly_or_io", 0.85));
        }
        return Verdict::open(vec![
            likely("container.readonly_rootfs", 0.55),
            likely("disk.readonly_or_io", 0.35),
        ]);
    }
    if look.piece.kind != Kind::ContainerLogs {
        return Verdict::sure(likely("disk.readonly_or_io", 0.85));
    }
    let data = [
        "/var/lib/",
        "/data",
        "/bitnami",
        "pgdata",
        "PANIC",
        "could not write",
        "could not open file",
        "InnoDB",
        "mysql",
        "WAL",
        "wal",
    ];
    if look.has(&data) && !look.has(&["/var/lib/nginx", "/var/lib/haproxy", "/var/lib/php"]) {
        return Verdict::open(vec![
            likely("disk.readonly_or_io", 0.6),
            likely("container.readonly_rootfs", 0.4),
        ]);
    }
    if look.has(&[
        "/var/cache",
        "/var/run",
        "/run/",
        "/tmp",
        "/var/log",
        "/var/tmp",
        "/root/",
        "/home/",
        "/app",
        "/usr/",
        "/opt/",
        "/etc/",
        "[Errno 30]",
        "30: Read-only",
    ]) {
        return Verdict::open(vec![
            likely("container.readonly_rootfs", 0.75),
            likely("disk.readonly_or_io", 0.25),
        ]);
    }
    Verdict::open(vec![
        likely("container.readonly_rootfs", 0.5),
        likely("disk.readonly_or_io", 0.5),
    ])
}

/// Terminals, shares and cameras say it too.
fn input_output(look: &Look<'_>) -> Verdict {
    let stream = look.has(&["://"]) && !look.has(&["file://"]);
    if stream || look.has(&["tty", "ttyname", "/dev/console"]) {
        return Verdict::nothing();
    }
    let kind = look.words(named::FILE_SYSTEM).unwrap_or_default();
    if ["nfs", "cifs", "9p", "drvfs", "fuse"]
        .iter()
        .any(|it| kind.contains(it))
    {
        return Verdict::sure(likely("storage.fs_unsupported", 0.75));
    }
    Verdict::sure(likely("disk.readonly_or_io", 0.88).variant("io"))
}

fn stale(look: &Look<'_>) -> Verdict {
    if look.piece.kind == Kind::ContainerLogs {
        Verdict::sure(likely("storage.fs_unsupported", 0.7))
    } else {
        Verdict::sure(likely("mount.nfs_failed", 0.8))
    }
}

/// Who may not even as root give a file away stands on a share, or is not root.
fn chown(look: &Look<'_>) -> Verdict {
    let kind = look.words(named::FILE_SYSTEM).unwrap_or_default();
    if [
        "nfs", "cifs", "smb", "9p", "drvfs", "fuse", "osxfs", "virtiofs", "vfat", "exfat", "ntfs",
    ]
    .iter()
    .any(|it| kind.contains(it))
    {
        return Verdict::sure(likely("storage.fs_unsupported", 0.95));
    }
    let ordinary = look
        .words(named::USER)
        .is_some_and(|it| it != "0" && it != "root" && !it.is_empty());
    let local = ["ext4", "xfs", "btrfs", "overlay", "zfs"]
        .iter()
        .any(|it| kind.contains(it));
    if ordinary || local {
        return Verdict::sure(likely("perm.data_dir_owner", 0.85).variant("user"));
    }
    if look
        .words(named::SELINUX)
        .is_some_and(|it| it == "enforcing")
    {
        return Verdict::sure(likely("perm.selinux", 0.75));
    }
    Verdict::open(vec![
        likely("storage.fs_unsupported", 0.65),
        likely("perm.data_dir_owner", 0.3),
    ])
}
