//! What a power cut leaves: services that nobody starts again, and data on disks that come later than the engine.

use super::look::{Look, on_disk};
use crate::compose::project::Project;
use crate::host::file_system::{FileSystem, file_system};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeMap;

/// What was seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reboot {
    /// Services that are meant to go on and that the engine does not start again.
    pub left_down: Vec<String>,
    pub late: Vec<LateDisk>,
}

/// A disk that may not be there yet when the engine starts. The engine does not wait: it makes an empty folder in the
/// disk's place, and services begin with no data.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LateDisk {
    pub mount: Utf8PathBuf,
    pub services: Vec<String>,
    pub why: Late,
}

/// Why it may be late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Late {
    /// It is on another computer.
    Network,
    /// It can be pulled out.
    Removable,
    /// Somebody, or a desktop session, connects it.
    ByHand,
    /// The system starts without it when it is slow (`nofail`).
    MayBeMissing,
}

/// Looks at the file systems that services mount from.
pub(super) async fn observe(project: &Project) -> Look<Reboot> {
    let mut sources: Vec<(String, Utf8PathBuf)> = Vec::new();
    for service in project.active_services() {
        let mounts = service.bind_mounts.iter();
        sources.extend(mounts.map(|it| (service.name.clone(), it.source.clone())));
    }
    let left_down = left_down(project);
    on_disk(move || {
        let fstab = fs_err::read_to_string("/etc/fstab").unwrap_or_default();
        let seen = sources
            .into_iter()
            .filter_map(|(service, source)| Some((service, file_system(&source)?)));
        Reboot {
            left_down,
            late: late(seen, &fstab),
        }
    })
    .await
}

fn left_down(project: &Project) -> Vec<String> {
    project
        .active_services()
        .filter(|service| !service.one_shot && service.replicas > 0)
        .filter(|service| {
            !matches!(
                service.restart.as_deref(),
                Some("always" | "unless-stopped")
            )
        })
        .map(|service| service.name.clone())
        .collect()
}

fn late(seen: impl Iterator<Item = (String, FileSystem)>, fstab: &str) -> Vec<LateDisk> {
    let mut found: BTreeMap<Utf8PathBuf, LateDisk> = BTreeMap::new();
    for (service, disk) in seen {
        let Some(why) = why(&disk, fstab) else {
            continue;
        };
        let entry = found.entry(disk.mount.clone()).or_insert_with(|| LateDisk {
            mount: disk.mount,
            services: Vec::new(),
            why,
        });
        if !entry.services.contains(&service) {
            entry.services.push(service);
        }
    }
    found.into_values().collect()
}

/// What is in `fstab` without `noauto` and `nofail` is there before any service (systemd's `local-fs.target`).
fn why(disk: &FileSystem, fstab: &str) -> Option<Late> {
    if disk.mount == "/" {
        return None;
    }
    if disk.is_network() {
        return Some(Late::Network);
    }
    if disk.removable {
        return Some(Late::Removable);
    }
    let mut lines = fstab
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with('#'));
    let entry = lines.find_map(|line| {
        let mut fields = line.split_whitespace().skip(1);
        let place = fields.next()?.replace("\\040", " ");
        (Utf8Path::new(&place) == disk.mount).then(|| fields.nth(1).unwrap_or_default().to_owned())
    });
    let Some(options) = entry else {
        let by_hand = ["/media", "/mnt", "/run/media", "/Volumes"];
        return by_hand
            .iter()
            .any(|place| disk.mount.starts_with(place))
            .then_some(Late::ByHand);
    };
    let has = |option: &str| options.split(',').any(|it| it == option);
    if has("noauto") {
        Some(Late::ByHand)
    } else if has("nofail") {
        Some(Late::MayBeMissing)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::project::Service;

    fn disk(mount: &str, kind: &str, removable: bool) -> FileSystem {
        FileSystem {
            kind: kind.into(),
            mount: mount.into(),
            removable,
        }
    }

    #[test]
    fn a_disk_is_late_when_nobody_waits_for_it() {
        let fstab = "# a comment\nUUID=1 / ext4 defaults 0 1\nUUID=2 /data ext4 defaults 0 2\n\
            UUID=3 /srv/slow ext4 defaults,nofail 0 2\nUUID=4 /mnt/tape xfs noauto 0 0\n\
            UUID=5 /mnt/my\\040disk ext4 rw 0 2\n";
        for (mount, kind, removable, expected) in [
            ("/", "ext4", false, None),
            ("/data", "ext4", false, None),
            ("/home", "btrfs", false, None),
            ("/mnt/my disk", "ext4", false, None),
            ("/srv/slow", "ext4", false, Some(Late::MayBeMissing)),
            ("/mnt/tape", "xfs", false, Some(Late::ByHand)),
            ("/run/media/ops/usb", "ext4", false, Some(Late::ByHand)),
            ("/data", "nfs4", false, Some(Late::Network)),
            ("/stick", "ext4", true, Some(Late::Removable)),
        ] {
            assert_eq!(
                why(&disk(mount, kind, removable), fstab),
                expected,
                "{mount}"
            );
        }
    }

    #[test]
    fn a_disk_is_told_once_with_everybody_on_it() {
        let seen = ["db", "web", "db"].map(|name| (name.to_owned(), disk("/data", "nfs", false)));
        let found = late(seen.into_iter(), "");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].services, ["db", "web"]);
    }

    #[test]
    fn jobs_need_no_restart_and_on_failure_is_none() {
        let service = |name: &str, restart: Option<&str>, one_shot| Service {
            name: name.into(),
            active: true,
            replicas: 1,
            restart: restart.map(str::to_owned),
            one_shot,
            ..Service::default()
        };
        let project = Project {
            services: vec![
                service("web", Some("always"), false),
                service("db", Some("unless-stopped"), false),
                service("worker", Some("on-failure"), false),
                service("cache", None, false),
                service("migrate", Some("no"), true),
            ],
            ..Project::default()
        };
        assert_eq!(left_down(&project), ["worker", "cache"]);
    }
}
