//! Bind sources: what is missing is created where that is plain, else named; what lies outside the package is never
//! created unasked; an empty folder in the place of a file is Docker's own mistake, and can be taken away.

use super::{Judged, ObservedState, Row};
use crate::api::check::{CheckState, Risk};
use crate::api::package::MountKind;
use crate::deploy::observe::{MountObserved, Place};
use crate::repair::{Change, Proposal};
use crate::text::{Text, format};
use camino::Utf8Path;

const MISSING: &str = "mount.source_missing";
const KIND: &str = "mount.file_vs_dir";
const OUTSIDE: &str = "mount.outside_package";

/// What every computer has; mounting it says nothing about where the package keeps its data.
const SYSTEM: [&str; 12] = [
    "/boot",
    "/dev",
    "/etc",
    "/lib",
    "/proc",
    "/run",
    "/sys",
    "/tmp/.X11-unix",
    "/usr",
    "/var/lib/docker",
    "/var/log",
    "/var/run",
];

pub(super) fn check(state: &ObservedState) -> Vec<Judged> {
    let mounts = match &state.mounts {
        Ok(mounts) => mounts,
        Err(blind) => return vec![Row::new(MISSING, CheckState::Unknown).blind(blind)],
    };
    let mut checks: Vec<Judged> = mounts.iter().filter_map(missing).collect();
    if checks.is_empty() {
        let create = mounts
            .iter()
            .filter(|mount| mount.is_to_be_created())
            .count();
        checks.push(
            Row::new(MISSING, CheckState::Pass)
                .with("count", mounts.len())
                .with("create", create)
                .judged(),
        );
    }
    checks.extend(mounts.iter().filter_map(wrong_kind));
    checks.extend(mounts.iter().filter_map(outside));
    checks
}

fn row(id: &'static str, state: CheckState, mount: &MountObserved) -> Row {
    let near: Vec<&str> = mount.near.iter().map(|path| path.as_str()).collect();
    let link = mount.link.as_ref();
    Row::new(id, state)
        .subject(mount.source.as_str())
        .with("path", mount.source.as_str())
        .with("services", mount.services.join(", "))
        .with(
            "where",
            mount
                .place
                .as_ref()
                .map_or_else(|| Text::verbatim(""), words_of),
        )
        .with(
            "written",
            mount.place.as_ref().map_or("", |place| &place.written),
        )
        .with("near", format::list(&near))
        .with("count", near.len())
        .with("link", link.map_or("", |(link, _)| link.as_str()))
        .with("to", link.map_or("", |(_, to)| to.as_str()))
}

fn words_of(place: &Place) -> Text {
    Text::new("place-in-file")
        .with("file", place.file.as_str())
        .with("line", place.line)
}

fn missing(mount: &MountObserved) -> Option<Judged> {
    if mount.hidden {
        return Some(
            row(MISSING, CheckState::Unknown, mount)
                .variant("unknown-hidden")
                .judged(),
        );
    }
    if mount.exists || mount.is_to_be_created() {
        return None;
    }
    let row = row(MISSING, CheckState::Block, mount);
    let judged = match (mount.kind, unset_variable(mount)) {
        (_, Some(name)) => row.variant("block-variable").with("name", name).judged(),
        // The link itself stands where a folder would have to be made.
        _ if mount
            .link
            .as_ref()
            .is_some_and(|(link, _)| *link == mount.source) =>
        {
            row.variant("block-link").judged()
        }
        (MountKind::File, None) if mount.inside && !mount.near.is_empty() => row
            .variant("block-file-near")
            .offer(bring_file(mount))
            .judged(),
        (MountKind::File, None) => row.variant("block-file").judged(),
        (MountKind::Directory, None) => {
            row.variant("block-outside").offer([create(mount)]).judged()
        }
    };
    Some(judged)
}

/// A variable without a value at the beginning leaves the rest of the path, at the root of the disk.
fn unset_variable(mount: &MountObserved) -> Option<&str> {
    let Place { written, .. } = mount.place.as_ref()?;
    let rest = written.strip_prefix('$')?;
    let (name, rest) = match rest.strip_prefix('{') {
        Some(braced) => braced.split_once('}')?,
        None => rest.split_at(rest.find('/')?),
    };
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (is_name && rest.trim_end_matches('/') == mount.source.as_str().trim_end_matches('/'))
        .then_some(name)
}

fn folders(mount: &MountObserved, whole: bool) -> Vec<Change> {
    let kept = mount.folders.len().saturating_sub(usize::from(!whole));
    let folders = mount.folders.iter().take(kept).cloned();
    folders
        .map(|path| Change::MakeDirectory { path, owner: None })
        .collect()
}

fn create(mount: &MountObserved) -> Proposal {
    Proposal {
        id: format!("{MISSING}:{}", mount.source),
        risk: Risk::Confirm,
        effect: Text::new("fix-make-folder").with("path", mount.source.as_str()),
        changes: folders(mount, true),
    }
}

/// The file from beside it; the person sees which, and that it may have to be filled in.
fn bring_file(mount: &MountObserved) -> Option<Proposal> {
    let from = mount.near.first()?;
    let mut changes = folders(mount, false);
    changes.push(write(mount)?);
    Some(Proposal {
        id: format!("{MISSING}:{}", mount.source),
        risk: Risk::Confirm,
        effect: Text::new("fix-copy-file")
            .with("from", from.as_str())
            .with("path", mount.source.as_str()),
        changes,
    })
}

fn write(mount: &MountObserved) -> Option<Change> {
    Some(Change::Write {
        path: mount.source.clone(),
        before: None,
        after: mount.content.clone()?,
    })
}

fn wrong_kind(mount: &MountObserved) -> Option<Judged> {
    let (needed, certain) = mount.needs?;
    if needed == MountKind::Directory {
        return Some(
            row(KIND, CheckState::Block, mount)
                .variant("block-file")
                .with("target", mount.target.as_str())
                .judged(),
        );
    }
    let with_target = |state| row(KIND, state, mount).with("target", mount.target.as_str());
    // By the name alone it is a guess, and a guess does not stop anybody; an empty folder is none.
    let Some(stray) = mount.stray.filter(|_| mount.inside) else {
        let (state, variant) = if certain {
            (CheckState::Block, "block-full")
        } else {
            (CheckState::Warn, "warn-full")
        };
        return Some(with_target(state).variant(variant).judged());
    };
    let remove = Change::RemoveEmptyDirectory {
        path: mount.source.clone(),
        mode: stray.mode,
        owner: stray.owner,
    };
    let (variant, effect, changes) = match write(mount) {
        Some(write) => (
            "block-near",
            Text::new("fix-stray-folder-file")
                .with("path", mount.source.as_str())
                .with("from", mount.near.first().map_or("", |path| path.as_str())),
            vec![remove, write],
        ),
        None => (
            "block",
            Text::new("fix-stray-folder").with("path", mount.source.as_str()),
            vec![remove],
        ),
    };
    let proposal = Proposal {
        id: format!("{KIND}:{}", mount.source),
        risk: Risk::Confirm,
        effect,
        changes,
    };
    Some(
        with_target(CheckState::Block)
            .variant(variant)
            .offer([proposal])
            .judged(),
    )
}

/// Data that lies elsewhere is not in the package's folder when somebody copies or backs up that.
fn outside(mount: &MountObserved) -> Option<Judged> {
    let is_system = SYSTEM.iter().any(|folder| mount.source.starts_with(folder));
    let is_data = mount.kind == MountKind::Directory
        && !mount.read_only
        && mount.source != Utf8Path::new("/");
    if mount.inside || !mount.exists || !is_data || is_system {
        return None;
    }
    let variant = if mount.link.is_some() {
        "warn-link"
    } else {
        "warn"
    };
    Some(
        row(OUTSIDE, CheckState::Warn, mount)
            .variant(variant)
            .judged(),
    )
}

#[cfg(test)]
pub(super) mod tests;
