//! Whether the engine comes back when this computer starts, and who may use it. Files only; no program is asked.

use camino::Utf8Path;
use fs_err as fs;

/// Where systemd keeps what starts by itself (systemd.unit(5)).
const UNITS: &str = "/etc/systemd/system";

/// Returns whether a unit starts with the computer; none where systemd does not run or does not know the unit.
pub(crate) fn starts_by_itself(unit: &str) -> Option<bool> {
    let is_known = ["/lib/systemd/system", "/usr/lib/systemd/system", UNITS]
        .iter()
        .any(|folder| Utf8Path::new(folder).join(unit).exists());
    (super::engine_start::has_systemd() && is_known).then(|| is_wanted(Utf8Path::new(UNITS), unit))
}

/// Returns whether a user's own engine starts with the computer: its unit is enabled and the user lingers, which means
/// that the user's units start without a login (loginctl(1)). None where the user has no such unit.
pub(crate) fn starts_for_user(home: &Utf8Path, user: &str) -> Option<bool> {
    let units = home.join(".config/systemd/user");
    let is_known = units.join("docker.service").exists();
    let lingers = Utf8Path::new("/var/lib/systemd/linger").join(user).exists();
    is_known.then(|| is_wanted(&units, "docker.service") && lingers)
}

/// A unit that is enabled is linked into a folder `*.wants` or `*.requires`.
fn is_wanted(units: &Utf8Path, unit: &str) -> bool {
    let folders = units.read_dir_utf8().into_iter().flatten().flatten();
    folders
        .filter(|folder| {
            let name = folder.file_name();
            let ends = |end: &str| name.strip_suffix(end).is_some();
            ends(".wants") || ends(".requires")
        })
        .any(|folder| folder.path().join(unit).is_symlink())
}

/// This user and the group that may use a socket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Access {
    /// The name of the group the socket belongs to, with its members.
    pub group: Option<(String, Vec<String>)>,
    /// The user, where the system names it.
    pub user: Option<String>,
    /// The group's list has the user, but this session was begun before.
    pub waits_for_login: bool,
}

/// Looks who may use a socket.
#[cfg(unix)]
pub(crate) fn access(socket: &Utf8Path) -> Access {
    use std::os::unix::fs::MetadataExt;
    let Ok(gid) = fs::metadata(socket).map(|meta| meta.gid()) else {
        return Access::default();
    };
    let uid = rustix::process::getuid().as_raw();
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let groups = fs::read_to_string("/etc/group").unwrap_or_default();
    let mine = rustix::process::getgroups().unwrap_or_default();
    let is_mine = mine.iter().any(|group| group.as_raw() == gid);
    named(&users, &groups, uid, gid, is_mine)
}

/// A named pipe on Windows has no group.
#[cfg(not(unix))]
pub(crate) fn access(_: &Utf8Path) -> Access {
    Access::default()
}

/// Reads passwd(5) and group(5).
#[cfg(unix)]
fn named(users: &str, groups: &str, uid: u32, gid: u32, is_mine: bool) -> Access {
    let row = |text: &str, id: u32| {
        text.lines()
            .map(|line| line.split(':').map(str::to_owned).collect::<Vec<_>>())
            .find(|row| row.get(2).is_some_and(|it| *it == id.to_string()))
    };
    let user = row(users, uid).and_then(|row| row.into_iter().next());
    let group = row(groups, gid).map(|row| {
        let members = row.get(3).map(String::as_str).unwrap_or_default();
        let members = members.split(',').filter(|name| !name.is_empty());
        (
            row[0].clone(),
            members.map(str::to_owned).collect::<Vec<_>>(),
        )
    });
    let is_listed = group
        .iter()
        .any(|(_, members)| user.iter().any(|user| members.contains(user)));
    Access {
        group,
        user,
        waits_for_login: is_listed && !is_mine,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_member_since_today_has_to_log_in_again() {
        let users = "root:x:0:0::/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\n";
        let groups = "root:x:0:\ndocker:x:998:ann,ben\n";
        let ann = named(users, groups, 1000, 998, false);
        assert_eq!(ann.user.as_deref(), Some("ann"));
        assert_eq!(ann.group.as_ref().map(|it| it.0.as_str()), Some("docker"));
        assert!(ann.waits_for_login);
        assert!(!named(users, groups, 1000, 998, true).waits_for_login);
        assert!(!named(users, "docker:x:998:ben\n", 1000, 998, false).waits_for_login);
        assert_eq!(named(users, groups, 7, 7, false), Access::default());
    }

    #[test]
    fn an_enabled_unit_is_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let units = Utf8Path::from_path(folder.path()).unwrap();
        assert!(!is_wanted(units, "docker.service"));
        let wants = units.join("multi-user.target.wants");
        fs::create_dir(&wants).unwrap();
        std::os::unix::fs::symlink("/lib/x", wants.join("docker.service")).unwrap();
        assert!(is_wanted(units, "docker.service"));
        assert!(!is_wanted(units, "docker.socket"));
    }
}
