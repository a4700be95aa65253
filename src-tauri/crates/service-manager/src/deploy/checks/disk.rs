//! Room for what will be loaded, on the disk where the engine keeps its data, and room on the package's own disk.

use super::{Judged, ObservedState, Row};
use crate::api::check::CheckState;
use crate::deploy::observe::disk::{Disk, DiskPlace, EngineDisk, Room};
use crate::text::format;

/// What should be left on a disk: containers write logs and data from their first second. The smaller of both counts,
/// so that a small disk is not called tight for being small.
const TIGHT_BYTES: u64 = 1 << 30;
const TIGHT_SHARE: u64 = 20;
/// An image of a Linux distribution has some thousand files; with fewer left than this none can be unpacked.
const FEW_FILES: u64 = 1000;
/// A vendor's round number is not missed by less than this.
const LEEWAY: f64 = 0.9;
/// A few images need this many.
const MANY_FILES: u64 = 20_000;

pub(super) fn check(state: &ObservedState) -> Vec<Judged> {
    let mut checks = Vec::new();
    let room = state.room;
    match &state.disks.engine {
        EngineDisk::Here(Ok(disk)) => checks.extend(judge(disk, room, DiskPlace::EngineData, true)),
        EngineDisk::Here(Err(blind)) => {
            checks.push(Row::new("disk.full", CheckState::Unknown).blind(blind));
        }
        EngineDisk::Elsewhere(place) if room.peak > 0 => checks.push(
            Row::new("disk.full", CheckState::Unknown)
                .variant("unknown-elsewhere")
                .with("place", place.as_str())
                .with("needed", format::bytes(room.peak))
                .judged(),
        ),
        EngineDisk::Elsewhere(_) | EngineDisk::Unknown => {}
    }
    match &state.disks.package {
        Ok(disk) => {
            let is_written = state.disks.package_is_written;
            let found = judge(disk, Room::default(), DiskPlace::Package, is_written);
            // That the package's disk is well too is not worth a line.
            checks.extend(
                found
                    .into_iter()
                    .filter(|it| it.check.state != CheckState::Pass),
            );
        }
        Err(blind) => checks.push(
            Row::new("disk.readonly_or_io", CheckState::Unknown)
                .subject(state.project.as_str())
                .blind(blind),
        ),
    }
    checks.extend(data(state));
    checks
}

/// What the vendor wants to be free for data. Where the package's folder is written to, that is where data goes.
#[allow(clippy::cast_precision_loss, reason = "compares sizes")]
fn data(state: &ObservedState) -> Option<Judged> {
    let wanted = state.requirements.disk?;
    let engine = match &state.disks.engine {
        EngineDisk::Here(Ok(disk)) => Some(disk),
        _ => None,
    };
    let package = state.disks.package.as_ref().ok();
    let disk = package
        .filter(|_| state.disks.package_is_written)
        .or(engine)?;
    let loads_here = engine.is_some_and(|engine| engine.space.device == disk.space.device);
    let peak = if loads_here { state.room.peak } else { 0 };
    // What is missing for images is said already.
    if peak > disk.space.free {
        return None;
    }
    let left = disk.space.free - peak;
    ((left as f64) < LEEWAY * wanted as f64).then(|| {
        Row::new("disk.full", CheckState::Block)
            .variant("block-data")
            .subject(disk.path.as_str())
            .with("path", disk.path.as_str())
            .with("free", format::bytes(left))
            .with("needed", format::bytes(wanted))
            .with("missing", format::bytes(wanted - left))
            .judged()
    })
}

fn judge(disk: &Disk, room: Room, place: DiskPlace, is_written: bool) -> Vec<Judged> {
    let is_engine = place == DiskPlace::EngineData;
    let row = |id, state| {
        Row::new(id, state)
            .subject(disk.path.as_str())
            .with("path", disk.path.as_str())
            .with("needed", format::bytes(room.peak))
            .with("free", format::bytes(disk.space.free))
            .with(
                "missing",
                format::bytes(room.peak.saturating_sub(disk.space.free)),
            )
    };
    if disk.space.read_only {
        // Nothing else can be said of a disk that takes nothing; what only reads can live with it.
        return (is_engine || is_written)
            .then(|| {
                let variant = if is_engine { "block" } else { "block-package" };
                row("disk.readonly_or_io", CheckState::Block)
                    .variant(variant)
                    .judged()
            })
            .into_iter()
            .collect();
    }
    let left = disk.space.free.saturating_sub(room.peak);
    let tight = TIGHT_BYTES.min(disk.space.total / TIGHT_SHARE);
    // Who may make no file gets no room either: that is no quota.
    let no_files = disk
        .space
        .inodes_free
        .is_some_and(|files| files < FEW_FILES);
    let refuses = disk.gives == Some(false) && !no_files;
    let full = if room.peak > disk.space.free {
        row("disk.full", CheckState::Block).judged()
    } else if refuses && is_engine {
        row("disk.full", CheckState::Block)
            .variant("block-quota")
            .judged()
    } else if refuses {
        row("disk.full", CheckState::Warn)
            .variant("warn-quota")
            .judged()
    } else if left < tight && (room.peak > 0 || is_written) {
        row("disk.full", CheckState::Warn)
            .variant(if is_engine { "warn" } else { "warn-package" })
            .with("left", format::bytes(left))
            .with("tight", format::bytes(tight))
            .judged()
    } else {
        row("disk.full", CheckState::Pass).judged()
    };
    let mut checks = vec![full];
    if let Some(files) = disk.space.inodes_free
        && is_engine
        && room.peak > 0
        && files < MANY_FILES
    {
        let state = if files < FEW_FILES {
            CheckState::Block
        } else {
            CheckState::Warn
        };
        checks.push(
            row("disk.inodes", state)
                .with("files", files)
                .with(
                    "wanted",
                    if files < FEW_FILES {
                        FEW_FILES
                    } else {
                        MANY_FILES
                    },
                )
                .judged(),
        );
    }
    checks
}
