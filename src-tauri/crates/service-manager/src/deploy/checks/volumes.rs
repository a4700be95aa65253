//! Named volumes: data that is there from before, folders that are to be volumes, and data that gets no name.

use super::{Judged, ObservedState, Row};
use crate::api::check::CheckState;
use crate::text::format;

pub(super) fn check(state: &ObservedState) -> Vec<Judged> {
    let around = &state.around;
    let mut checks: Vec<Judged> = around
        .volumes
        .iter()
        .filter_map(|it| {
            let folder = it.missing_folder.as_deref()?;
            Some(
                Row::new("mount.nfs_failed", CheckState::Block)
                    .subject(it.volume.name.as_str())
                    .with("volume", it.volume.name.as_str())
                    .with("folder", folder)
                    .judged(),
            )
        })
        .collect();
    checks.extend(around.unnamed_data.iter().map(|(service, path)| {
        Row::new("volume.anonymous", CheckState::Warn)
            .subject(service.as_str())
            .with("service", service.as_str())
            .with("path", path.as_str())
            .judged()
    }));
    let kept: Vec<&str> = around
        .volumes
        .iter()
        .filter(|it| it.exists && !it.volume.external)
        .map(|it| it.volume.name.as_str())
        .collect();
    // While its containers are there, that its data is there too is no news.
    if !kept.is_empty() && !state.names.is_deployed {
        checks.push(
            Row::new("volume.kept", CheckState::Pass)
                .with("count", kept.len())
                .with("volumes", format::list(&kept))
                .judged(),
        );
    }
    checks
}
