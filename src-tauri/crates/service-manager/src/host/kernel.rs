//! What this computer's kernel allows: settings of sysctl(8), and the security module. Linux only; elsewhere nothing is
//! known.

use std::collections::BTreeMap;

/// Settings that images are known to depend on.
const SETTINGS: &[&str] = &[
    INSTANCES, WATCHES, OPEN_FILES, PORT_START, MAP_COUNT, OVERCOMMIT,
];
/// Watchers of files that one user may have (inotify(7)).
pub(crate) const INSTANCES: &str = "fs.inotify.max_user_instances";
/// Files that one user may watch (inotify(7)).
pub(crate) const WATCHES: &str = "fs.inotify.max_user_watches";
/// Files that one process may open, whatever it is allowed (proc_sys_fs(5)).
pub(crate) const OPEN_FILES: &str = "fs.nr_open";
/// The first port that needs no administrator.
pub(crate) const PORT_START: &str = "net.ipv4.ip_unprivileged_port_start";
/// Pieces of memory that one process may map (proc_sys_vm(5)).
pub(crate) const MAP_COUNT: &str = "vm.max_map_count";
/// Whether memory may be promised that is not there (proc_sys_vm(5)).
pub(crate) const OVERCOMMIT: &str = "vm.overcommit_memory";

/// What the kernel says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kernel {
    settings: BTreeMap<String, u64>,
    /// SELinux is on and refuses, not only warns.
    pub selinux_enforcing: bool,
    /// Bytes that programs could still take without anything being moved to disk (proc_meminfo(5), `MemAvailable`).
    pub available_memory: Option<u64>,
}

impl Kernel {
    /// Returns a setting; none where this kernel has no such setting.
    pub(crate) fn setting(&self, name: &str) -> Option<u64> {
        self.settings.get(name).copied()
    }

    #[cfg(test)]
    pub(crate) fn with(mut self, name: &str, value: u64) -> Self {
        self.settings.insert(name.to_owned(), value);
        self
    }
}

/// Returns where the kernel shows a setting: `/proc/sys/vm/max_map_count`.
pub(crate) fn place(setting: &str) -> String {
    format!("/proc/sys/{}", setting.replace('.', "/"))
}

/// Reads everything.
pub(crate) fn read() -> Kernel {
    let number = |name: &&str| {
        let text = fs_err::read_to_string(place(name)).ok()?;
        Some(((*name).to_owned(), text.trim().parse().ok()?))
    };
    let enforce = fs_err::read_to_string("/sys/fs/selinux/enforce").unwrap_or_default();
    Kernel {
        settings: SETTINGS.iter().filter_map(number).collect(),
        selinux_enforcing: enforce.trim() == "1",
        available_memory: fs_err::read_to_string("/proc/meminfo")
            .ok()
            .and_then(|text| available(&text)),
    }
}

/// `MemAvailable:    3926356 kB`
fn available(text: &str) -> Option<u64> {
    let line = text
        .lines()
        .find_map(|it| it.strip_prefix("MemAvailable:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib << 10)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #[test]
    fn settings_are_numbers() {
        let kernel = super::read();
        assert!(
            kernel
                .setting("vm.max_map_count")
                .is_some_and(|it| it > 1000)
        );
        assert_eq!(kernel.setting("vm.nothing"), None);
        assert!(kernel.available_memory.is_some_and(|it| it > 1 << 20));
        assert_eq!(
            super::place("vm.max_map_count"),
            "/proc/sys/vm/max_map_count"
        );
    }
}
