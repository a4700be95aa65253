//! Free space where it counts.

use camino::Utf8Path;
use sysinfo::{DiskRefreshKind, Disks};

/// Returns the free bytes of the file system that holds `path` or, when it does not exist, its nearest parent.
pub(crate) fn free_bytes(path: &Utf8Path) -> Option<u64> {
    let existing = path.ancestors().find(|ancestor| ancestor.exists())?;
    let real = existing.canonicalize_utf8().ok()?;
    let disks =
        Disks::new_with_refreshed_list_specifics(DiskRefreshKind::nothing().with_storage()).ok()?;
    disks
        .iter()
        .filter(|disk| real.as_std_path().starts_with(disk.mount_point()))
        .max_by_key(|disk| disk.mount_point().as_os_str().len())
        .map(sysinfo::Disk::available_space)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_path_that_does_not_exist_yet_is_on_its_parents_disk() {
        let free = super::free_bytes("/tmp/not/there/yet".into());
        assert!(free.is_some_and(|free| free > 0), "{free:?}");
    }
}
