//! Where the package and its data lie: a medium that is pulled out, or a file system that keeps neither owners nor
//! permissions, is no place to run from.

use super::{Judged, ObservedState, Row};
use crate::api::check::CheckState;
use crate::deploy::observe::{Listed, Location, Store};
use crate::text::format;

const PLACE: &str = "package.location";
const STORE: &str = "storage.fs_unsupported";

/// What Compose and Docker can take; the system's own limit is 4096.
const LONGEST: usize = 1000;

pub(super) fn check(state: &ObservedState) -> Vec<Judged> {
    let location = match &state.location {
        Ok(location) => location,
        Err(blind) => return vec![Row::new(PLACE, CheckState::Unknown).blind(blind)],
    };
    let place = place(location);
    let is_blocked = place.check.state == CheckState::Block;
    let mut checks = vec![place];
    // On the same medium the data moves with the package.
    let elsewhere = |store: &&Store| {
        let here = location.file_system.as_ref().map(|it| &it.mount);
        !is_blocked || here != Some(&store.file_system.mount)
    };
    checks.extend(
        location
            .stores
            .iter()
            .filter(elsewhere)
            .filter_map(unsuitable),
    );
    checks
}

fn place(location: &Location) -> Judged {
    let system = location.file_system.clone().unwrap_or_default();
    let row = |state| {
        Row::new(PLACE, state)
            .subject(location.folder.as_str())
            .with("path", location.folder.as_str())
            .with("system", system.kind.as_str())
            .with("to", location.copy_to.as_str())
    };
    let path = location.folder.as_str();
    // A colon separates the parts of a mount, a line break those of everything.
    if path.contains(':') && !cfg!(windows) || path.contains(['\n', '\r']) {
        row(CheckState::Block).variant("block-name").judged()
    } else if system.is_foreign() {
        row(CheckState::Block).judged()
    } else if system.removable {
        row(CheckState::Block).variant("block-removable").judged()
    } else if system.is_network() {
        row(CheckState::Warn).judged()
    } else if path.len() > LONGEST {
        row(CheckState::Warn)
            .variant("warn-long")
            .with("length", path.len())
            .judged()
    } else {
        row(CheckState::Pass).judged()
    }
}

fn unsuitable(store: &Store) -> Option<Judged> {
    let system = &store.file_system;
    if !system.is_foreign() && !system.is_network() {
        return None;
    }
    // These need owners and permissions, which the others can do without.
    let needs_owners = [
        "mysql",
        "mariadb",
        "percona",
        "postgres",
        "postgis",
        "pgvector",
        "timescaledb",
    ];
    let state = if system.is_foreign() && needs_owners.contains(&store.database) {
        CheckState::Block
    } else {
        CheckState::Warn
    };
    let row = Row::new(STORE, state)
        .subject(store.path.as_str())
        .with("path", store.path.as_str())
        .with("service", store.service.as_str())
        .with("system", system.kind.as_str());
    Some(row.judged())
}

/// The vendor's list of files.
pub(super) fn listed(state: &ObservedState) -> Vec<Judged> {
    let listed = match &state.listed {
        Ok(listed) => listed,
        Err(blind) => {
            return vec![Row::new("package.file_missing", CheckState::Unknown).blind(blind)];
        }
    };
    let Listed {
        total,
        missing,
        changed,
        unread,
    } = listed;
    let row = |id, files: &[String]| {
        let names: Vec<&str> = files.iter().map(String::as_str).take(10).collect();
        (!files.is_empty()).then(|| {
            Row::new(id, CheckState::Warn)
                .with("count", files.len())
                .with("total", *total)
                .with("files", format::list(&names))
                .judged()
        })
    };
    if *total > 0 && missing.is_empty() && changed.is_empty() {
        let row = Row::new("package.file_changed", CheckState::Pass).with("total", *total);
        let row = if *unread > 0 {
            row.variant("pass-some").with("unread", *unread)
        } else {
            row
        };
        return vec![row.judged()];
    }
    [
        row("package.file_missing", missing),
        row("package.file_changed", changed),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deploy::checks::tests::well;
    use crate::host::file_system::FileSystem;

    fn system(kind: &str, removable: bool) -> FileSystem {
        FileSystem {
            kind: kind.into(),
            mount: "/media/x".into(),
            removable,
        }
    }

    fn judged(location: Location) -> Vec<(String, CheckState)> {
        let mut state = well();
        state.location = Ok(location);
        check(&state)
            .into_iter()
            .filter(|row| row.check.state != CheckState::Pass)
            .map(|row| {
                let text = row.check.message.to_string();
                assert!(
                    !text.starts_with("check-") && row.check.why.is_some(),
                    "{text}"
                );
                assert!(!row.check.steps.is_empty(), "{text}");
                (row.check.id, row.check.state)
            })
            .collect()
    }

    fn at(folder: &str, kind: &str, removable: bool) -> Location {
        Location {
            folder: folder.into(),
            file_system: Some(system(kind, removable)),
            copy_to: "/home/me/quayside/shop".into(),
            stores: Vec::new(),
        }
    }

    #[test]
    fn media_and_names_that_cannot_be_used_block() {
        let block = [(PLACE.to_owned(), CheckState::Block)];
        let warn = [(PLACE.to_owned(), CheckState::Warn)];
        assert!(judged(at("/srv/shop", "ext4", false)).is_empty());
        for kind in ["vfat", "exfat", "ntfs3", "iso9660"] {
            assert_eq!(judged(at("/media/x/shop", kind, true)), block, "{kind}");
        }
        assert_eq!(judged(at("/media/x/shop", "ext4", true)), block);
        assert_eq!(judged(at("/mnt/shop", "nfs4", false)), warn);
        assert_eq!(judged(at("/srv/a:b", "ext4", false)), block);
        assert_eq!(judged(at("/srv/a\nb", "ext4", false)), block);
        assert_eq!(
            judged(at(&format!("/{}", "x".repeat(1200)), "ext4", false)),
            warn
        );
    }

    #[test]
    fn a_database_on_a_foreign_disk_is_told_unless_the_package_is_there_too() {
        let store = |database, kind: &str| Store {
            service: "db".into(),
            path: "/media/x/data".into(),
            database,
            file_system: system(kind, false),
        };
        let mut location = at("/srv/shop", "ext4", false);
        location.file_system = Some(FileSystem {
            mount: "/".into(),
            ..system("ext4", false)
        });
        for (database, kind, state) in [
            ("mysql", "exfat", CheckState::Block),
            ("redis", "exfat", CheckState::Warn),
            ("mysql", "nfs4", CheckState::Warn),
        ] {
            location.stores = vec![store(database, kind)];
            assert_eq!(
                judged(location.clone()),
                [(STORE.to_owned(), state)],
                "{database} {kind}"
            );
        }
        location.stores = vec![store("mysql", "xfs")];
        assert!(judged(location).is_empty());
        let mut stick = at("/media/x/shop", "exfat", true);
        stick.stores = vec![store("mysql", "exfat")];
        assert_eq!(judged(stick), [(PLACE.to_owned(), CheckState::Block)]);
    }
}
