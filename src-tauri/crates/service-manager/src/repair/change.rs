//! One exact change: how it is shown, made, and taken back.

use super::admin::AdminChange;
use super::owner::{self, Owned, Through};
use super::program::Program;
use super::{files, secrets};
use crate::api::check::FixChange;
use crate::engine::{Endpoint, Engine};
use crate::error::Error;
use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};

/// Stands for owners that are not known yet.
const UNSEEN: &str = "…";

/// What changes are made with.
#[derive(Clone, Debug)]
pub(crate) struct Hands {
    /// Where the engine is, for what is changed in it or through it.
    pub endpoint: Endpoint,
}

impl Hands {
    pub(super) fn engine(&self) -> Result<Engine, Error> {
        Ok(Engine::connect(&self.endpoint)?)
    }
}

/// One change, with what was found before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Change {
    /// A file's content. None before: the file is new. The mode stays.
    Write {
        path: Utf8PathBuf,
        before: Option<Vec<u8>>,
        after: Vec<u8>,
    },
    /// A new file beside another one, with its permissions: a backup, or a copy in which something differs.
    Duplicate {
        of: Utf8PathBuf,
        path: Utf8PathBuf,
        original: Vec<u8>,
        content: Vec<u8>,
    },
    /// Permission bits, as in `chmod` (Unix).
    Mode {
        path: Utf8PathBuf,
        before: u32,
        after: u32,
    },
    /// A folder, its parents included; taken back only while it is empty.
    MakeDirectory {
        path: Utf8PathBuf,
        /// Whom it is given to, user and group, if it is made (Unix, by root); one that is there stays as it is.
        #[serde(default)]
        owner: Option<(u32, u32)>,
    },
    /// A folder that is empty; never one that is not.
    RemoveEmptyDirectory {
        path: Utf8PathBuf,
        mode: u32,
        /// User and group (Unix); only root can give it back to another.
        #[serde(default)]
        owner: Option<(u32, u32)>,
    },
    /// Everything in `before` is given to one user and group: nothing but what was looked at, no link followed.
    Owner {
        root: Utf8PathBuf,
        before: Vec<Owned>,
        uid: u32,
        gid: u32,
        through: Through,
        /// There is more below that this user may not see: [`Change::completed`] lists it.
        #[serde(default)]
        unseen: bool,
    },
    /// A network of the engine; taken back only while nothing uses it.
    MakeNetwork { name: String },
    /// A container that does not run goes; its volumes stay. What was in it alone cannot be brought back.
    RemoveStoppedContainer { id: String, name: String },
    /// A network goes that no container that runs is in: the engine refuses any other.
    RemoveNetwork { id: String, name: String },
    /// A program is put where it is found.
    CopyProgram { program: Program },
    /// What only an administrator may change.
    Admin { change: AdminChange },
}

impl Change {
    /// Returns what it changes, for people; a new file is one entry, a changed one an entry per line that differs.
    pub(super) fn view(&self) -> Vec<FixChange> {
        let one = |place: &Utf8PathBuf, now: Option<String>, after: Option<String>| {
            vec![FixChange {
                place: place.to_string(),
                now,
                after,
            }]
        };
        match self {
            Self::Write {
                path,
                before,
                after,
            } => secrets::differences(path, before.as_deref(), after),
            Self::Duplicate {
                of,
                path,
                original,
                content,
            } => {
                let mut changes = one(path, None, Some(format!("= {of}")));
                changes.extend(secrets::differences(path, Some(original), content));
                changes
            }
            Self::Mode {
                path,
                before,
                after,
            } => one(path, Some(mode(*before)), Some(mode(*after))),
            Self::MakeDirectory { path, owner: None } => one(path, None, Some(format!("{path}/"))),
            Self::MakeDirectory {
                path,
                owner: Some((uid, gid)),
            } => one(path, None, Some(format!("{path}/ ({uid}:{gid})"))),
            Self::RemoveEmptyDirectory { path, .. } => one(path, Some(format!("{path}/")), None),
            Self::Owner {
                root,
                before,
                uid,
                gid,
                unseen,
                ..
            } => owner::counts(before)
                .into_iter()
                .chain(unseen.then(|| UNSEEN.to_owned()))
                .map(|now| FixChange {
                    place: root.to_string(),
                    now: Some(now),
                    after: Some(format!("{uid}:{gid}")),
                })
                .collect(),
            Self::MakeNetwork { name } => vec![FixChange {
                place: "Docker".into(),
                now: None,
                after: Some(name.clone()),
            }],
            Self::RemoveStoppedContainer { name, .. } | Self::RemoveNetwork { name, .. } => {
                vec![FixChange {
                    place: "Docker".into(),
                    now: Some(name.clone()),
                    after: None,
                }]
            }
            Self::CopyProgram { program } => one(&program.to, None, Some(program.from.to_string())),
            Self::Admin { change } => change.view(),
        }
    }

    /// Whether [`Change::take_back`] brings back what was there.
    pub(super) const fn is_undoable(&self) -> bool {
        match self {
            Self::Admin { change } => change.is_undoable(),
            Self::RemoveStoppedContainer { .. } | Self::RemoveNetwork { .. } => false,
            _ => true,
        }
    }

    /// Looks where only making it may look, so that the record says exactly what there was; changes nothing.
    pub(super) async fn completed(self, hands: &Hands) -> Result<Self, Error> {
        match self {
            Self::Owner {
                root,
                uid,
                gid,
                through: Through::Container { image },
                unseen: true,
                ..
            } => Ok(Self::Owner {
                before: owner::list(&root, &image, uid, hands).await?,
                root,
                uid,
                gid,
                through: Through::Container { image },
                unseen: false,
            }),
            other => Ok(other),
        }
    }

    /// Makes it, unless what is there is not what was found.
    pub(super) async fn make(&self, hands: &Hands) -> Result<(), Error> {
        match self {
            Self::Write {
                path,
                before,
                after,
            } => files::replace(path, before.as_deref(), Some(after)),
            Self::Duplicate {
                of, path, content, ..
            } => files::duplicate(of, path, content),
            Self::Mode {
                path,
                before,
                after,
            } => files::set_mode(path, *before, *after),
            Self::MakeDirectory { path, owner } => owner::make_directory(path, *owner),
            Self::RemoveEmptyDirectory { path, .. } => files::remove_empty(path),
            Self::Owner {
                root,
                before,
                uid,
                gid,
                through,
                ..
            } => owner::give(root, before, through, was, |_| (*uid, *gid), hands).await,
            Self::MakeNetwork { name } => Ok(hands.engine()?.make_network(name).await?),
            Self::RemoveStoppedContainer { id, .. } => {
                Ok(hands.engine()?.remove_stopped(id).await?)
            }
            Self::RemoveNetwork { id, .. } => Ok(hands.engine()?.remove_network(id).await?),
            Self::CopyProgram { program } => program.make(),
            Self::Admin { change } => change.make().await,
        }
    }

    /// Takes it back, unless what is there is not what was left. One that was never made is none to take back.
    pub(super) async fn take_back(&self, hands: &Hands) -> Result<(), Error> {
        match self {
            Self::Write {
                path,
                before,
                after,
            } => files::replace(path, Some(after), before.as_deref()),
            Self::Duplicate { path, content, .. } => files::replace(path, Some(content), None),
            Self::Mode {
                path,
                before,
                after,
            } => files::set_mode(path, *after, *before),
            Self::MakeDirectory { path, .. } => files::remove_empty(path),
            Self::RemoveEmptyDirectory { path, mode, owner } => {
                files::make_directory(path)?;
                files::give_back(path, *owner);
                files::set_mode(path, files::mode(path)?, *mode)
            }
            Self::Owner {
                root,
                before,
                uid,
                gid,
                through,
                ..
            } => owner::give(root, before, through, |_| (*uid, *gid), was, hands).await,
            Self::MakeNetwork { name } => Ok(hands.engine()?.remove_network(name).await?),
            // Not undoable, so in no record.
            Self::RemoveStoppedContainer { .. } | Self::RemoveNetwork { .. } => Ok(()),
            Self::CopyProgram { program } => program.take_back(),
            Self::Admin { change } => change.take_back().await,
        }
    }
}

const fn was(entry: &Owned) -> (u32, u32) {
    (entry.uid, entry.gid)
}

/// Writes permission bits as people see them: `rwxr-x---`.
pub(crate) fn mode(bits: u32) -> String {
    (0..9)
        .rev()
        .zip("rwxrwxrwx".chars())
        .map(|(bit, letter)| if bits >> bit & 1 == 1 { letter } else { '-' })
        .collect()
}
