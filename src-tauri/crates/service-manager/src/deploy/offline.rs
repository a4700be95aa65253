//! The offline proof: what each service would run from, and what would have to come over a network. Pure.

use super::observe::{ImageObserved, ObservedState};
use crate::api::check::{Integrity, OfflineProofRow, OfflineVerdict};
use crate::images::archive::Archive;
use crate::text::Text;

/// Whether a pull policy looks for the image on the internet although it is here.
pub(crate) fn fetches(policy: Option<&str>) -> bool {
    policy.is_some_and(|policy| {
        matches!(policy, "always" | "refresh" | "daily" | "weekly") || policy.starts_with("every_")
    })
}

/// The variant (`/v8`) does not matter between amd64 and arm64.
pub(crate) fn same_platform(a: &str, b: &str) -> bool {
    a.split('/').take(2).eq(b.split('/').take(2))
}

/// Returns a row per service, those of sleeping profiles last.
pub(crate) fn proof(state: &ObservedState, archives: &[Archive]) -> Vec<OfflineProofRow> {
    let active = rows(state, &state.images, archives, true);
    let fetched = state.around.fetched.iter().map(|fetched| OfflineProofRow {
        service: fetched.service.clone(),
        image: None,
        archive: None,
        bytes: None,
        platform: None,
        integrity: Integrity::Missing,
        loaded: false,
        active: true,
        build: false,
        digest: false,
        pull_policy: None,
        verdict: OfflineVerdict::Fetched,
        sentence: Text::new("offline-fetched").with("name", &fetched.name),
    });
    let asleep = rows(state, &state.asleep, archives, false);
    active.into_iter().chain(fetched).chain(asleep).collect()
}

fn rows(
    state: &ObservedState,
    images: &[ImageObserved],
    archives: &[Archive],
    active: bool,
) -> Vec<OfflineProofRow> {
    let engine = state
        .engine
        .as_ref()
        .map(|info| info.platform.as_str())
        .ok();
    images
        .iter()
        .flat_map(|image| image.services.iter().map(move |service| (service, image)))
        .map(|(service, image)| {
            let source = image.source.as_ref();
            let loaded = match (source, &image.present) {
                (Some(source), present) => {
                    source.loaded.is_some()
                        || present.as_ref().is_some_and(|present| source.is(present))
                }
                (None, present) => present.is_some(),
            };
            let present = || image.present.as_ref().map(|it| it.platform.clone());
            let verdict = verdict(image, engine, loaded);
            OfflineProofRow {
                service: service.clone(),
                image: Some(image.wanted.clone()),
                archive: source.map(|source| archives[source.archive].file.clone()),
                bytes: source.map(|source| archives[source.archive].bytes),
                platform: source
                    .map(|source| source.platform.clone())
                    .or_else(present),
                // An archive whose index could be read to its end is whole as far as can be seen without hashing it.
                integrity: match source {
                    Some(source) if archives[source.archive].problem.is_some() => {
                        Integrity::Damaged
                    }
                    None if !loaded => Integrity::Missing,
                    _ => Integrity::Intact,
                },
                loaded,
                active,
                build: image.build,
                digest: image.wanted.contains('@'),
                pull_policy: image.pull_policy.clone(),
                sentence: sentence(verdict, image, archives),
                verdict,
            }
        })
        .collect()
}

fn verdict(image: &ImageObserved, engine: Option<&str>, loaded: bool) -> OfflineVerdict {
    let fits = |platform: &str| engine.is_none_or(|engine| same_platform(platform, engine));
    let present = image.present.as_ref();
    let runs = present.is_some_and(|present| fits(&present.platform));
    match &image.source {
        _ if fetches(image.pull_policy.as_deref()) => OfflineVerdict::Pulled,
        Some(source) if !source.fits && !runs => OfflineVerdict::WrongPlatform,
        Some(source) if source.fits && !loaded => OfflineVerdict::InPackage,
        Some(_) => OfflineVerdict::Loaded,
        None if runs => OfflineVerdict::Loaded,
        None if present.is_some() => OfflineVerdict::WrongPlatform,
        None if image.build => OfflineVerdict::Built,
        None if image.wanted.contains('@') => OfflineVerdict::Digest,
        None => OfflineVerdict::Missing,
    }
}

fn sentence(verdict: OfflineVerdict, image: &ImageObserved, archives: &[Archive]) -> Text {
    let source = image.source.as_ref();
    let file = source.map_or("", |source| &archives[source.archive].file);
    let platform = source
        .map(|source| source.platform.as_str())
        .or_else(|| image.present.as_ref().map(|it| it.platform.as_str()));
    match verdict {
        OfflineVerdict::Loaded => Text::new("offline-loaded"),
        OfflineVerdict::InPackage => Text::new("offline-in-package").with("file", file),
        OfflineVerdict::WrongPlatform => {
            Text::new("offline-wrong-platform").with("platform", platform.unwrap_or("?"))
        }
        OfflineVerdict::Pulled => Text::new("offline-pulled")
            .with("policy", image.pull_policy.as_deref().unwrap_or_default()),
        OfflineVerdict::Built => Text::new("offline-built"),
        OfflineVerdict::Digest => Text::new("offline-digest"),
        OfflineVerdict::Fetched => Text::new("offline-fetched").with("name", &image.wanted),
        OfflineVerdict::Missing => Text::new("offline-missing"),
    }
}
