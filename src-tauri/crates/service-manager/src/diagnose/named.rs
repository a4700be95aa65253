//! Under which names facts are looked for: ours first, then what others call them. `a+b!c` means that both
//! stand in it and the last does not.

/// Names of one fact.
pub(super) type Names = &'static [&'static str];

pub(super) const EXIT_CODE: Names = &["exitCode", "exit+code", "exit+status"];
pub(super) const OOM_KILLED: Names = &["oomKilled", "oom+killed", "oom"];
pub(super) const HOST_OOM: Names = &["globalOom", "hostOom", "global+oom", "host+oom"];
pub(super) const STOPPED_BY_US: Names = &[
    "stopTimedOut",
    "recentStop",
    "stop+time",
    "recent+stop",
    "recent+restart",
    "stop+request",
    "user+stop",
];
pub(super) const IMAGE_ARCH: Names = &[
    "imageArchitecture",
    "image+arch",
    "image+platform",
    "entrypoint+arch",
];
pub(super) const HOST_ARCH: Names = &[
    "hostArchitecture",
    "host+arch",
    "engineArchitecture",
    "engine+arch",
    "host+platform",
    "engine+platform",
    "daemon+arch",
    "node+arch",
];
pub(super) const FIRST_BYTES: Names = &[
    "entrypointFirstBytes",
    "first+byte",
    "entrypoint+head",
    "first+line",
    "shebang",
    "magic",
];
pub(super) const FILE_SIZE: Names = &[
    "entrypointSize",
    "entrypoint+size",
    "file+size",
    "entrypoint+bytes",
];
pub(super) const FILE_EXISTS: Names = &[
    "fileExists",
    "file+exist",
    "entrypoint+exist",
    "file+present",
    "entrypoint+present",
    "binary+present",
    "exists+image",
    "present+image",
];
pub(super) const EXECUTABLE: Names = &[
    "executable",
    "file+executable",
    "entrypoint+executable",
    "execute+bit",
    "exec+bit",
    "x+bit",
];
pub(super) const MODE: Names = &["mode", "file+mode", "entrypoint+mode"];
pub(super) const CRLF: Names = &["crlf", "has+crlf", "carriage"];
pub(super) const NOEXEC: Names = &["noexec", "mount+noexec"];
pub(super) const FILE_SYSTEM: Names = &[
    "fileSystem",
    "fsType",
    "fs+type",
    "filesystem+type",
    "source+filesystem",
    "filesystem",
    "mount+type",
];
pub(super) const SELINUX: Names = &["selinux", "getenforce", "selinux+mode", "selinux+state"];
pub(super) const AVC: Names = &["avc", "avc+denied", "selinux+denied", "audit+denied"];
pub(super) const USER: Names = &["user", "configuredUser", "compose+user", "service+user"];
pub(super) const OWNER: Names = &[
    "sourceUid",
    "source+uid",
    "owner+uid",
    "dir+uid",
    "host+uid",
    "source+owner",
    "data+owner",
];
pub(super) const WANTED_OWNER: Names = &[
    "expectedUid",
    "expected+uid",
    "container+uid",
    "process+uid",
    "image+uid",
    "wanted+uid",
];
pub(super) const OWNER_FITS: Names = &["ownerFits", "owner+match", "uid+match"];
pub(super) const DISK_PERCENT: Names = &[
    "diskUsedPercent",
    "df+percent!inode",
    "disk+percent!inode",
    "used+percent!inode",
    "disk+use!inode",
    "df+use!inode",
    "root+percent!inode",
];
pub(super) const DISK_FREE: Names = &[
    "dockerRootFree",
    "disk+free!inode",
    "df+free!inode",
    "df+avail!inode",
    "free+bytes!inode",
    "disk+avail!inode",
];
pub(super) const INODE_PERCENT: Names = &[
    "inodesUsedPercent",
    "inode+percent",
    "inode+use",
    "dfi",
    "iuse",
];
pub(super) const INODES_FREE: Names = &["inodesFree", "inode+free", "inode+avail"];
pub(super) const READ_ONLY: Names = &[
    "readOnlyRootfs",
    "readonly+root",
    "service+read+only",
    "read_only",
    "readOnly",
];
pub(super) const CLOCK_OFFSET: Names = &[
    "clockOffsetSeconds",
    "clock+offset",
    "clock+skew",
    "clock+drift",
    "time+offset",
    "clock+behind",
    "clock+ahead",
];
pub(super) const CLOCK_RIGHT: Names = &[
    "clockRight",
    "clock+correct",
    "clock+ok",
    "clock+sync",
    "ntp+sync",
];
pub(super) const NETWORKS: Names = &["networks", "network+count", "docker+networks"];
pub(super) const VPN: Names = &["vpn", "vpn+route", "routes+private", "vpn+active"];
pub(super) const PIDS_LIMIT: Names = &["pidsLimit", "pids+limit"];
