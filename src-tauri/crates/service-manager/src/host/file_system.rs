//! Which file system holds a path, and on what kind of medium.

use camino::{Utf8Path, Utf8PathBuf};

/// The file system of a path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FileSystem {
    /// As the system names it, in lower case: `ext4`, `exfat`, `nfs4`, `fuse.sshfs`.
    pub kind: String,
    pub mount: Utf8PathBuf,
    /// A stick, a card, a disk on a cable.
    pub removable: bool,
}

/// Knows neither owners nor permission bits, or cannot be written.
const FOREIGN: [&str; 14] = [
    "apfs", "exfat", "fat", "fat32", "fuseblk", "hfs", "hfsplus", "iso9660", "msdos", "ntfs",
    "ntfs3", "udf", "ufsd", "vfat",
];
/// Is on another computer.
const NETWORK: [&str; 13] = [
    "9p",
    "afs",
    "ceph",
    "cifs",
    "drvfs",
    "fuse.glusterfs",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.sshfs",
    "nfs",
    "nfs4",
    "smb3",
    "smbfs",
];

impl FileSystem {
    pub(crate) fn is_foreign(&self) -> bool {
        // Where Windows and macOS keep everything, it is no stranger.
        FOREIGN.contains(&self.kind.as_str()) && (self.removable || cfg!(target_os = "linux"))
    }

    pub(crate) fn is_network(&self) -> bool {
        NETWORK.contains(&self.kind.as_str())
    }
}

/// Returns the file system that holds a path or, when it does not exist, its nearest parent.
#[cfg(target_os = "linux")]
pub(crate) fn file_system(path: &Utf8Path) -> Option<FileSystem> {
    let real = path
        .ancestors()
        .find_map(|it| it.canonicalize_utf8().ok())?;
    let table = fs_err::read_to_string("/proc/self/mountinfo").ok()?;
    let (mut found, device) = find(&table, &real)?;
    found.removable = is_removable(&found.mount, &device);
    Some(found)
}

/// Finds the mount that a path is on (proc_pid_mountinfo(5)); of several on one place the last lies on top.
#[cfg(target_os = "linux")]
fn find(table: &str, path: &Utf8Path) -> Option<(FileSystem, String)> {
    let lines = table.lines().filter_map(|line| {
        let (before, after) = line.split_once(" - ")?;
        let mut fields = before.split(' ').skip(2);
        let (device, mount) = (fields.next()?, fields.nth(1)?);
        let mount = Utf8PathBuf::from(unescape(mount));
        path.starts_with(&mount).then(|| {
            let kind = after.split(' ').next().unwrap_or_default().to_lowercase();
            let removable = false;
            (
                FileSystem {
                    kind,
                    mount,
                    removable,
                },
                device.to_owned(),
            )
        })
    });
    lines.max_by_key(|(found, _)| found.mount.as_str().len())
}

/// Blanks and the like are written as three octal digits.
#[cfg(target_os = "linux")]
fn unescape(text: &str) -> String {
    [
        ("\\040", " "),
        ("\\011", "\t"),
        ("\\012", "\n"),
        ("\\134", "\\"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (code, c)| text.replace(code, c))
}

#[cfg(target_os = "linux")]
fn is_removable(mount: &Utf8Path, device: &str) -> bool {
    // A computer that starts from a stick has no other disk.
    let is_own = ["/", "/home", "/opt", "/srv", "/var"].contains(&mount.as_str());
    let Ok(disk) = Utf8Path::new("/sys/dev/block")
        .join(device)
        .canonicalize_utf8()
    else {
        return false;
    };
    // A partition is below its disk.
    let flags = [disk.join("removable"), disk.join("../removable")];
    let says =
        |path: &Utf8PathBuf| fs_err::read_to_string(path).is_ok_and(|text| text.trim() == "1");
    !is_own && (flags.iter().any(says) || disk.as_str().contains("/usb"))
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn file_system(path: &Utf8Path) -> Option<FileSystem> {
    use sysinfo::{DiskRefreshKind, Disks};
    let real = path
        .ancestors()
        .find_map(|it| it.canonicalize_utf8().ok())?;
    let text = real.as_str().trim_start_matches(r"\\?\").to_owned();
    let disks = Disks::new_with_refreshed_list_specifics(DiskRefreshKind::everything()).ok()?;
    disks
        .iter()
        .filter(|disk| std::path::Path::new(&text).starts_with(disk.mount_point()))
        .max_by_key(|disk| disk.mount_point().as_os_str().len())
        .and_then(|disk| {
            Some(FileSystem {
                kind: disk.file_system().to_string_lossy().to_lowercase(),
                mount: Utf8PathBuf::from_path_buf(disk.mount_point().to_owned()).ok()?,
                removable: disk.is_removable(),
            })
        })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    const TABLE: &str = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n\
        30 22 8:17 / /media/a\\040b rw,nosuid shared:9 - vfat /dev/sdb1 rw,uid=1000\n\
        31 22 0:50 / /mnt/x rw - autofs systemd-1 rw\n\
        32 31 0:51 / /mnt/x rw - NFS4 srv:/x rw\n";

    #[test]
    fn the_mount_on_top_of_the_longest_place_counts() {
        let kind = |path: &str| find(TABLE, path.into()).expect("found").0.kind;
        assert_eq!(kind("/srv/shop"), "ext4");
        assert_eq!(kind("/media/a b/shop"), "vfat");
        assert_eq!(kind("/mnt/x/shop"), "nfs4");
        assert_eq!(kind("/media/a"), "ext4");
        let stick = find(TABLE, "/media/a b".into()).expect("found").0;
        assert!(stick.is_foreign() && !stick.is_network());
        assert!(file_system("/proc/self".into()).is_some_and(|it| it.kind == "proc"));
    }
}
