//! The offline proof: every image of every active service is in the engine or in the package, for the right platform.
//! Anything that would have to come from the internet blocks.

use super::{Judged, ObservedState, Row};
use crate::api::check::CheckState;
use crate::deploy::observe::ImageObserved;
use crate::deploy::offline::{fetches, same_platform};
use crate::images::archive::Archive;
use crate::text::format;

pub(super) fn check(state: &ObservedState, archives: &[Archive]) -> Vec<Judged> {
    let Ok(engine) = &state.engine else {
        return Vec::new();
    };
    if let Err(blind) = &state.images_seen {
        return vec![Row::new("image.missing", CheckState::Unknown).blind(blind)];
    }
    let mut checks: Vec<Judged> = state
        .images
        .iter()
        .filter_map(|image| judge(image, &engine.platform, archives))
        .collect();
    checks.extend(state.around.fetched.iter().map(|fetched| {
        let variant = if fetched.is_model {
            "block-model"
        } else {
            "block-provider"
        };
        Row::new("image.missing", CheckState::Block)
            .variant(variant)
            .subject(fetched.service.as_str())
            .with("image", fetched.name.as_str())
            .with("services", fetched.service.as_str())
            .judged()
    }));
    if checks.is_empty() {
        checks.push(
            Row::new("image.missing", CheckState::Pass)
                .with("images", state.images.len())
                .with("archives", archives.len())
                .judged(),
        );
    }
    checks
}

/// What only a deployment would load blocks a start: Compose v1 would look for it on the internet. A service of a
/// sleeping profile wakes when it is named, and is looked at only then.
pub(super) fn not_loaded(
    state: &ObservedState,
    archives: &[Archive],
    services: &[String],
) -> Vec<Judged> {
    let Ok(engine) = &state.engine else {
        return Vec::new();
    };
    let is_meant =
        |image: &&ImageObserved| image.services.iter().any(|name| services.contains(name));
    let woken = state.asleep.iter().filter(is_meant);
    let unusable = woken.filter_map(|image| judge(image, &engine.platform, archives));
    let meant = state.images.iter().chain(&state.asleep).filter(is_meant);
    let unloaded = meant
        .filter(|image| image.present.is_none() && image.source.as_ref().is_some_and(|it| it.fits))
        .map(|image| {
            Row::new("image.missing", CheckState::Block)
                .variant("block-not-loaded")
                .subject(image.services.join(", "))
                .with("image", image.wanted.as_str())
                .with("services", image.services.join(", "))
                .judged()
        });
    unusable.chain(unloaded).collect()
}

/// Returns what is wrong with an image; none when nothing is.
fn judge(image: &ImageObserved, engine: &str, archives: &[Archive]) -> Option<Judged> {
    let row = |id, state| {
        Row::new(id, state)
            .subject(image.services.join(", "))
            .with("image", image.wanted.as_str())
            .with("services", image.services.join(", "))
    };
    if fetches(image.pull_policy.as_deref()) {
        return Some(
            row("image.missing", CheckState::Block)
                .variant("block-pull-policy")
                .with("policy", image.pull_policy.as_deref().unwrap_or_default())
                .judged(),
        );
    }
    let fits = |platform: &str| same_platform(platform, engine);
    if let Some(source) = &image.source
        && !source.fits
        && image
            .present
            .as_ref()
            .is_none_or(|present| !fits(&present.platform))
    {
        return Some(
            row("image.arch_mismatch", CheckState::Block)
                .with("platform", source.platform.as_str())
                .with("engine", engine)
                .with("archive", archives[source.archive].file.as_str())
                .judged(),
        );
    }
    match (&image.present, &image.source) {
        (_, Some(_)) => None,
        (Some(present), None) if fits(&present.platform) => None,
        (Some(present), None) => Some(
            row("image.arch_mismatch", CheckState::Block)
                .variant("block-loaded")
                .with("platform", present.platform.as_str())
                .with("engine", engine)
                .judged(),
        ),
        (None, None) if image.build => Some(
            row("image.missing", CheckState::Block)
                .variant("block-build")
                .judged(),
        ),
        (None, None) if image.wanted.contains('@') => Some(
            row("image.missing", CheckState::Block)
                .variant("block-digest")
                .judged(),
        ),
        (None, None) => Some(missing(row("image.missing", CheckState::Block), archives)),
    }
}

/// It may be in a file that cannot be used; then that file is what there is to mend.
fn missing(row: Row, archives: &[Archive]) -> Judged {
    let unusable: Vec<&str> = archives
        .iter()
        .filter(|archive| archive.problem.is_some())
        .map(|archive| archive.file.as_str())
        .collect();
    if unusable.is_empty() {
        return row.judged();
    }
    row.variant("block-unusable")
        .with("count", unusable.len())
        .with("files", format::list(&unusable))
        .judged()
}
