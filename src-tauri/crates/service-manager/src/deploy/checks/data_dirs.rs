//! Owners of data folders, and configuration that everybody may write.

use super::{Judged, ObservedState, Row};
use crate::api::check::{CheckState, Risk};
use crate::deploy::observe::{DataDir, OpenConfig, Owners, Seen};
use crate::repair::{Change, Proposal, Through};
use crate::text::Text;

const OWNER: &str = "perm.data_dir_owner";
const OPEN: &str = "db.conf_world_writable";

pub(super) fn check(state: &ObservedState) -> Vec<Judged> {
    let owners = match &state.owners {
        Ok(owners) => owners,
        Err(blind) => return vec![Row::new(OWNER, CheckState::Unknown).blind(blind)],
    };
    let folders = owners
        .folders
        .iter()
        .map(|folder| foreign(folder, owners, state));
    let configs = owners.configs.iter().map(open);
    folders.chain(configs).collect()
}

fn foreign(folder: &DataDir, owners: &Owners, state: &ObservedState) -> Judged {
    let verdict = if folder.declared {
        CheckState::Block
    } else {
        CheckState::Warn
    };
    let through = through(folder, owners, state).filter(|through| match folder.seen {
        Seen::Whole => true,
        Seen::Partly => matches!(through, Through::Container { .. }),
        Seen::TooMuch => false,
    });
    Row::new(OWNER, verdict)
        .subject(folder.path.as_str())
        .with("path", folder.path.as_str())
        .with("service", folder.service.as_str())
        .with("user", folder.user.name.as_str())
        .with("uid", folder.user.uid.to_string())
        .with("gid", folder.user.gid.to_string())
        .with("owner", format!("{}:{}", folder.owner.0, folder.owner.1))
        .with("how", through.as_ref().map_or("admin", |_| "fix"))
        .offer(through.map(|through| give(folder, through)))
        .judged()
}

/// By whose hand it can be done: our own when we are root, else that of a container of an image that is there.
fn through(folder: &DataDir, owners: &Owners, state: &ObservedState) -> Option<Through> {
    if owners.may_chown {
        return Some(Through::Here);
    }
    let is_its = |services: &[String]| services.contains(&folder.service);
    let mut present: Vec<_> = state
        .images
        .iter()
        .filter(|image| image.present.is_some())
        .collect();
    present.sort_by_key(|image| !is_its(&image.services));
    let image = present
        .first()
        .filter(|_| owners.same_users && state.engine.is_ok())?;
    Some(Through::Container {
        image: image.wanted.clone(),
    })
}

fn give(folder: &DataDir, through: Through) -> Proposal {
    let (count, uid) = (folder.wrong.len(), folder.user.uid.to_string());
    let unseen = folder.seen == Seen::Partly;
    let effect = match &through {
        Through::Here => Text::new("fix-give-folder")
            .with("path", folder.path.as_str())
            .with("count", count)
            .with("user", folder.user.name.as_str())
            .with("uid", uid),
        Through::Container { image } if unseen => Text::new("fix-give-folder-unseen")
            .with("path", folder.path.as_str())
            .with("user", folder.user.name.as_str())
            .with("uid", uid)
            .with("image", image),
        Through::Container { image } => Text::new("fix-give-folder-container")
            .with("path", folder.path.as_str())
            .with("count", count)
            .with("user", folder.user.name.as_str())
            .with("uid", uid)
            .with("image", image),
    };
    Proposal {
        id: format!("{OWNER}:{}", folder.path),
        risk: Risk::Confirm,
        effect,
        changes: vec![Change::Owner {
            root: folder.path.clone(),
            before: folder.wrong.clone(),
            uid: folder.user.uid,
            gid: folder.user.gid,
            through,
            unseen,
        }],
    }
}

fn open(config: &OpenConfig) -> Judged {
    let fix = Proposal {
        id: format!("{OPEN}:{}", config.path),
        risk: Risk::Safe,
        effect: Text::new("fix-close-config").with("path", config.path.as_str()),
        changes: vec![Change::Mode {
            path: config.path.clone(),
            before: config.mode,
            after: config.closed(),
        }],
    };
    Row::new(OPEN, CheckState::Warn)
        .subject(config.path.as_str())
        .with("path", config.path.as_str())
        .with("service", config.service.as_str())
        .with("mode", crate::repair::mode_text(config.mode))
        .with("ours", if config.ours { "yes" } else { "no" })
        .offer(config.ours.then_some(fix))
        .judged()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deploy::checks::tests::well;
    use crate::deploy::observe::ImageUser;
    use crate::repair::Owned;

    fn folder() -> DataDir {
        DataDir {
            service: "web".into(),
            path: "/demo/data".into(),
            user: ImageUser {
                name: "grafana".into(),
                uid: 472,
                gid: 0,
            },
            owner: (0, 0),
            declared: true,
            wrong: vec![Owned {
                path: "".into(),
                uid: 0,
                gid: 0,
            }],
            seen: Seen::Whole,
        }
    }

    fn judged(change: impl FnOnce(&mut Owners)) -> (String, CheckState, Vec<Change>) {
        let mut state = well();
        let mut owners = Owners {
            same_users: true,
            ..Owners::default()
        };
        change(&mut owners);
        state.owners = Ok(owners);
        let row = check(&state).remove(0);
        assert!(!row.check.message.to_string().starts_with("check-"));
        assert!(row.check.why.is_some() && !row.check.steps.is_empty());
        let changes = row
            .proposals
            .into_iter()
            .flat_map(|it| it.changes)
            .collect();
        (row.check.id, row.check.state, changes)
    }

    fn hand(changes: &[Change]) -> Option<&Through> {
        match changes {
            [Change::Owner { through, .. }] => Some(through),
            _ => None,
        }
    }

    #[test]
    fn the_hand_that_can_do_it_is_named() {
        let (id, state, changes) = judged(|owners| {
            owners.folders = vec![folder()];
            owners.may_chown = true;
        });
        assert_eq!((id.as_str(), state), (OWNER, CheckState::Block));
        assert_eq!(hand(&changes), Some(&Through::Here));
        let (_, _, changes) = judged(|owners| owners.folders = vec![folder()]);
        let image = "shop/web:1".to_owned();
        assert_eq!(hand(&changes), Some(&Through::Container { image }));
    }

    #[test]
    fn what_could_not_be_seen_is_listed_through_the_engine_or_left_to_an_administrator() {
        let with = |seen, may_chown| {
            judged(|owners| {
                owners.may_chown = may_chown;
                owners.folders = vec![DataDir {
                    seen,
                    declared: false,
                    ..folder()
                }];
            })
        };
        let (_, state, changes) = with(Seen::Partly, false);
        assert_eq!(state, CheckState::Warn);
        assert!(
            matches!(changes[..], [Change::Owner { unseen: true, .. }]),
            "{changes:?}"
        );
        for (seen, may_chown) in [
            (Seen::Partly, true),
            (Seen::TooMuch, true),
            (Seen::TooMuch, false),
        ] {
            assert_eq!(with(seen, may_chown).2, [], "{seen:?} {may_chown}");
        }
    }

    #[test]
    fn a_configuration_that_everybody_may_write_is_closed_and_nothing_else_of_its_mode_changes() {
        let (id, state, changes) = judged(|owners| {
            owners.configs = vec![OpenConfig {
                service: "db".into(),
                path: "/demo/my.cnf".into(),
                mode: 0o646,
                ours: true,
            }];
        });
        assert_eq!((id.as_str(), state), (OPEN, CheckState::Warn));
        let expected = Change::Mode {
            path: "/demo/my.cnf".into(),
            before: 0o646,
            after: 0o644,
        };
        assert_eq!(changes, [expected]);
    }
}
