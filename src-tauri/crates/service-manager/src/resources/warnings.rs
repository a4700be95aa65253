//! What will not go well for much longer. Pure.

use crate::api::resources::{
    ContainerFigures, DiskFigures, DiskRole, FolderFigures, Pressure, ResourceWarning,
};
use crate::text::{Text, format};

/// Parts of a disk: from the first on it is time to look, from the second on databases stop.
const DISK_LOOK: u64 = 85;
const DISK_BROKEN: u64 = 95;
/// Part of its memory limit beyond which a container will soon be ended by the kernel.
const MEMORY_LOOK: u64 = 90;
/// A log without rotation that is larger than this will fill the disk one day.
const LOG_LOOK: u64 = 500_000_000;

/// Returns what to warn of, the worst first.
pub(super) fn warnings(
    containers: &[ContainerFigures],
    disks: &[DiskFigures],
    folders: &[FolderFigures],
) -> Vec<ResourceWarning> {
    let mut found: Vec<ResourceWarning> = disks
        .iter()
        .enumerate()
        // Both on one disk are one warning.
        .filter(|(at, disk)| {
            let same = |other: &DiskFigures| (other.used, other.total) == (disk.used, disk.total);
            !disks[..*at].iter().any(same)
        })
        .filter_map(|(_, disk)| of_disk(disk, folders))
        .collect();
    found.extend(containers.iter().filter_map(of_memory));
    found.extend(containers.iter().filter_map(of_log));
    found.sort_by_key(|warning| warning.pressure != Pressure::Broken);
    found
}

/// Whole hundredths, rounded down.
fn percent(part: u64, whole: u64) -> u64 {
    u64::try_from(u128::from(part) * 100 / u128::from(whole.max(1))).unwrap_or(u64::MAX)
}

fn of_disk(disk: &DiskFigures, folders: &[FolderFigures]) -> Option<ResourceWarning> {
    let used = percent(disk.used, disk.total);
    let pressure = match used {
        DISK_BROKEN.. => Pressure::Broken,
        DISK_LOOK.. => Pressure::Look,
        _ => return None,
    };
    let largest = folders.iter().max_by_key(|folder| folder.bytes);
    // Only of the package's own disk is known what is on it.
    let largest = largest.filter(|_| disk.role == DiskRole::Package);
    let largest = largest.and_then(|folder| Some((folder.path.as_str(), folder.bytes?)));
    let key = match (disk.role, pressure, largest) {
        (DiskRole::EngineData, Pressure::Look, _) => "resource-disk-engine-look",
        (DiskRole::EngineData, Pressure::Broken, _) => "resource-disk-engine-broken",
        (DiskRole::Package, Pressure::Look, None) => "resource-disk-package-look",
        (DiskRole::Package, Pressure::Broken, None) => "resource-disk-package-broken",
        (DiskRole::Package, Pressure::Look, Some(_)) => "resource-disk-folder-look",
        (DiskRole::Package, Pressure::Broken, Some(_)) => "resource-disk-folder-broken",
    };
    let (folder, bytes) = largest.unwrap_or_default();
    let message = Text::new(key)
        .with("percent", used)
        .with("free", format::bytes(disk.total.saturating_sub(disk.used)))
        .with("folder", folder)
        .with("bytes", format::bytes(bytes));
    Some(ResourceWarning {
        id: "disk".into(),
        pressure,
        subject: disk.path.clone(),
        message,
    })
}

fn of_memory(container: &ContainerFigures) -> Option<ResourceWarning> {
    let (used, limit) = (container.memory?, container.memory_limit?);
    (percent(used, limit) >= MEMORY_LOOK).then(|| ResourceWarning {
        id: "memory".into(),
        pressure: Pressure::Look,
        subject: container.service.clone(),
        message: Text::new("resource-memory")
            .with("service", container.service.as_str())
            .with("used", format::bytes(used))
            .with("limit", format::bytes(limit)),
    })
}

fn of_log(container: &ContainerFigures) -> Option<ResourceWarning> {
    let bytes = container.log_bytes?;
    (container.log_unbounded && bytes >= LOG_LOOK).then(|| ResourceWarning {
        id: "log".into(),
        pressure: Pressure::Look,
        subject: container.service.clone(),
        message: Text::new("resource-log")
            .with("service", container.service.as_str())
            .with("bytes", format::bytes(bytes)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn container(memory: Option<u64>, limit: Option<u64>, log: Option<u64>) -> ContainerFigures {
        ContainerFigures {
            service: "db".into(),
            container: "shop-db-1".into(),
            cpu_percent: None,
            memory,
            memory_limit: limit,
            received: None,
            sent: None,
            read: None,
            written: None,
            log_bytes: log,
            log_unbounded: true,
        }
    }

    fn disk(role: DiskRole, used: u64) -> DiskFigures {
        DiskFigures {
            role,
            path: "/data".into(),
            used: used * 10_000_000,
            total: 1_000_000_000,
        }
    }

    fn found(containers: &[ContainerFigures], disks: &[DiskFigures]) -> Vec<(String, Pressure)> {
        warnings(containers, disks, &[])
            .into_iter()
            .map(|warning| (warning.id, warning.pressure))
            .collect()
    }

    #[test]
    fn thresholds_are_where_they_are_said_to_be() {
        for (used, expected) in [
            (84, None),
            (85, Some(Pressure::Look)),
            (94, Some(Pressure::Look)),
            (95, Some(Pressure::Broken)),
            (100, Some(Pressure::Broken)),
        ] {
            let warned = found(&[], &[disk(DiskRole::Package, used)]);
            assert_eq!(warned.first().map(|it| it.1), expected, "{used} %");
        }
        let memory = |used, limit| found(&[container(Some(used), limit, None)], &[]).len();
        assert_eq!(memory(89, Some(100)), 0);
        assert_eq!(memory(90, Some(100)), 1);
        assert_eq!(memory(90, None), 0, "no limit, no warning");
        let log = |bytes| found(&[container(None, None, Some(bytes))], &[]).len();
        assert_eq!((log(LOG_LOOK - 1), log(LOG_LOOK)), (0, 1));
        let mut bounded = container(None, None, Some(LOG_LOOK));
        bounded.log_unbounded = false;
        assert!(found(&[bounded], &[]).is_empty());
    }

    #[test]
    fn the_worst_comes_first_and_one_disk_is_warned_of_once() {
        let both = [disk(DiskRole::EngineData, 96), disk(DiskRole::Package, 96)];
        let warned = found(&[container(Some(95), Some(100), None)], &both);
        let expected = [
            ("disk".to_owned(), Pressure::Broken),
            ("memory".to_owned(), Pressure::Look),
        ];
        assert_eq!(warned, expected);
    }

    #[test]
    fn a_full_disk_names_the_largest_folder() {
        let folder = FolderFigures {
            path: "/data/mariadb".into(),
            services: vec!["db".into()],
            bytes: Some(7_000_000),
        };
        let warned = warnings(&[], &[disk(DiskRole::Package, 90)], &[folder]);
        let said = warned[0].message.to_string();
        assert!(
            said.contains("/data/mariadb") && said.contains("90"),
            "{said}"
        );
    }
}
