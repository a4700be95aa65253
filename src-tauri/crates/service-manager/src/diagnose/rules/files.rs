//! What is mounted into containers.

use crate::diagnose::evidence::Kind;
use crate::diagnose::sign::{Look, SAID_BY_DOCKER, Sign, Verdict, likely, sign};

pub(super) const SIGNS: &[Sign] = &[
    // moby daemon/errors.go
    sign("mount.file_vs_dir", &["Are you trying to mount a directory onto a file"]).first()
        .takes(r"mounting \x22(?<source>[^\x22]+)\x22 to rootfs (?:\x22[^\x22]+\x22 )?at \x22(?<target>[^\x22]+)"),
    sign("mount.file_vs_dir", &["error mounting", "not a directory"])
        .takes(r"mounting \x22(?<source>[^\x22]+)\x22 to rootfs (?:\x22[^\x22]+\x22 )?at \x22(?<target>[^\x22]+)"),
    sign("mount.file_vs_dir", &["rootfs_linux.go", "not a directory"])
        .takes(r"mounting \x22(?<source>[^\x22]+)\x22 to rootfs (?:\x22[^\x22]+\x22 )?at \x22(?<target>[^\x22]+)"),
    sign("mount.file_vs_dir", &["error mounting", "is a directory"]).general(),
    sign("mount.file_vs_dir", &["is a directory"]).takes(r"(?<path>/[^\s:'\x22]+)").decided_by(directory),
    sign("mount.file_vs_dir", &["Is a directory", "[Errno 21]"]).takes(r"'(?<path>/[^']+)'"),
    sign("mount.file_vs_dir", &["EISDIR"]).takes(r"'(?<path>/[^']+)'"),
    sign("mount.file_vs_dir", &["not a regular file"]).general()
        .matches(r"(?i)(?:couldn't edit|(?:cannot|could not|failed to|unable to) (?:read|open|load))\b.*not a regular file"),
    sign("mount.file_vs_dir", &["read error (21, Is a directory)"]),
    sign("mount.file_vs_dir", &["Unable to create directory", "File exists"]).general(),
    sign("mount.source_missing", &["bind source path does not exist"]).takes(r"does not exist: (?<source>[^\n\x22]+?)\s*$").first(),
    sign("mount.source_missing", &["invalid mount config for type"]).general().takes(r"path does not exist: (?<source>\S+)"),
    // Podman pkg/specgen/generate/storage.go
    sign("mount.source_missing", &["statfs /", "no such file or directory"]).takes(r"statfs (?<source>[^:]+): no such"),
    sign("mount.source_missing", &["error mounting", "no such file or directory"])
        .takes(r"mounting \x22(?<source>[^\x22]+)\x22").without(&["nfs", "create mount"]).decided_by(mount_absent),
    sign("mount.source_missing", &["CreateFile", "The system cannot find the path specified"]).general(),
    sign("mount.source_missing", &["path", "is not a shared or slave mount"]).general(),
    sign("mount.source_missing", &["invalid volume specification", "mount source must not be empty"]),
    sign("mount.source_missing", &["mount path must be absolute"]).general(),
    sign("mount.source_missing", &["failed to stat", "no such file or directory"]).general().only(SAID_BY_DOCKER),
    // moby volume/mounts/mounts.go
    sign("mount.source_uncreatable", &["error while creating mount source path"]).first()
        .takes(r"source path '(?<source>[^']+)'").decided_by(uncreatable),
    sign("mount.source_uncreatable", &["mkdir /run/desktop/mnt/host", "file exists"]).first(),
    sign("mount.source_uncreatable", &["error while creating mount source", "read-only"]).variant("readonly"),
    // Docker Desktop
    sign("mount.denied_desktop", &["Mounts denied"]).first(),
    sign("mount.denied_desktop", &["is not shared from OS X"]).first().takes(r"path (?<source>\S+)"),
    sign("mount.denied_desktop", &["is not shared from the host and is not known to Docker"]).first().takes(r"path (?<source>\S+)"),
    sign("mount.denied_desktop", &["Drive has not been shared"]).first(),
    sign("mount.denied_desktop", &["Filesharing has been cancelled"]).first(),
    sign("mount.denied_desktop", &["user declined directory sharing"]).first().takes(r"sharing (?<source>\S+)"),
    sign("mount.denied_desktop", &["File Sharing", "Settings", "Resources"]).general(),
    // The window that asks could not be shown
    sign("mount.denied_desktop", &["PromptShareDirectory"]).first(),
    sign("mount.denied_desktop", &["ApiServices.Mounting.FileSharing"]).first(),
    sign("mount.denied_desktop", &["A firewall is blocking file Sharing between Windows and the containers"]).first(),
    sign("mount.nfs_failed", &["failed to mount local volume"]).first().decided_by(local_volume),
    sign("mount.nfs_failed", &["error while mounting volume"]).first().takes(r"volume '(?<volume>[^']+)'"),
    sign("mount.nfs_failed", &["failed to populate volume"]).takes(r"volume: (?<volume>\S+)"),
    sign("mount.nfs_failed", &["mount.nfs:"]),
    sign("mount.nfs_failed", &["mount error(", "cifs"]),
    sign("mount.nfs_failed", &["access denied by server while mounting"]),
    sign("mount.nfs_failed", &["error resolving passed in network volume address"]),
    sign("mount.nfs_failed", &["Error response from daemon: VolumeDriver.Mount"]),
];

/// A program that finds a folder where its file should be: Docker made it, because the file was not there.
fn directory(look: &Look<'_>) -> Verdict {
    if look.has(&[
        "cp:",
        "grep:",
        "cp -r",
        "omitting",
        "rm:",
        "fatal: destination",
        "cat: .",
    ]) {
        return Verdict::nothing();
    }
    let exec = look.has(&["exec: \"", "exec /", "permission denied"])
        && look.piece.kind != Kind::ContainerLogs;
    if exec {
        return Verdict::open(vec![
            likely("mount.file_vs_dir", 0.5),
            likely("perm.entrypoint_not_executable", 0.4),
        ]);
    }
    let file = [
        ".conf",
        ".yml",
        ".yaml",
        ".json",
        ".ini",
        ".cnf",
        ".env",
        ".toml",
        ".xml",
        ".properties",
        ".sh",
        ".sql",
        ".pem",
        ".crt",
        ".key",
        ".cfg",
        ".js",
        ".php",
        ".txt",
        "config",
        "pread()",
        "read()",
    ];
    if look.has(&file) {
        Verdict::sure(likely("mount.file_vs_dir", 0.88))
    } else {
        Verdict::sure(likely("mount.file_vs_dir", 0.6))
    }
}

/// A volume of the `local` driver may be a folder of this computer (`o: bind`, which moby prints as `flags: 0x1000`,
/// MS_BIND) as well as a share.
fn local_volume(look: &Look<'_>) -> Verdict {
    if look.has(&["flags: 0x1000"])
        && look.has(&["no such file or directory"])
        && !look.has(&["addr="])
    {
        return Verdict::open(vec![
            likely("mount.source_missing", 0.8),
            likely("mount.nfs_failed", 0.2),
        ]);
    }
    Verdict::sure(likely("mount.nfs_failed", 0.95))
}

fn mount_absent(look: &Look<'_>) -> Verdict {
    if look.has(&["not a directory"]) {
        return Verdict::nothing();
    }
    if look.has(&["no such device", ":/"]) && look.has(&["nfs", "addr="]) {
        return Verdict::sure(likely("mount.nfs_failed", 0.85));
    }
    Verdict::sure(likely("mount.source_missing", 0.8))
}

fn uncreatable(look: &Look<'_>) -> Verdict {
    if look.has(&["not a directory"]) {
        return Verdict::open(vec![
            likely("mount.source_uncreatable", 0.8),
            likely("mount.file_vs_dir", 0.2),
        ]);
    }
    let found = likely("mount.source_uncreatable", 0.95);
    Verdict::sure(if look.has(&["read-only"]) {
        found.variant("readonly")
    } else {
        found
    })
}
