//! The steps `images` and `tags`: what the engine does not have is sent, proved, and only then named.

use super::observe::{ImageObserved, ImageSource, loaded};
use crate::api::images::{ImageResult, LoadResult, TagResult, TagState};
use crate::engine::{Engine, platform_arch};
use crate::error::Error;
use crate::host::disk;
use crate::images::archive::Archive;
use crate::images::load::{LoadError, LoadProgress, load};
use crate::operation::{OperationContext, Progress, StepGuard};
use crate::text::{Text, format};
use camino::Utf8Path;
use std::collections::BTreeMap;
use std::time::Instant;

/// What loading came to.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub results: Vec<ImageResult>,
    /// The first thing that went wrong.
    pub error: Option<Error>,
}

/// Every image of the package that fits the engine, with what the engine has of it.
pub(crate) async fn all_sources(
    engine: &Engine,
    archives: &[Archive],
    platform: &str,
) -> Vec<ImageSource> {
    let arch = platform_arch(platform.split('/').nth(1).unwrap_or(platform));
    let mut sources = Vec::new();
    for (index, archive) in archives.iter().enumerate() {
        for image in archive
            .images
            .iter()
            .filter(|image| image.architecture() == arch)
        {
            let names = if image.refs.is_empty() {
                std::slice::from_ref(&image.id)
            } else {
                &image.refs
            };
            for name in names {
                let mut source = ImageSource {
                    archive: index,
                    reference: name.clone(),
                    id: image.id.clone(),
                    manifest: image.manifest_digest.clone(),
                    platform: image.platform.clone(),
                    layers: image.diff_ids.clone(),
                    bytes: image.bytes,
                    fits: true,
                    loaded: None,
                };
                source.loaded = loaded(engine, &source).await;
                sources.push(source);
            }
        }
    }
    sources
}

/// Sends the archives of every source the engine does not have, one after the other.
///
/// An archive that fails does not stop the others: the next try has less to do.
pub(crate) async fn send(
    context: &OperationContext,
    step: &StepGuard,
    engine: &Engine,
    archives: &[Archive],
    sources: &[ImageSource],
) -> Result<Loaded, Error> {
    let mut by_archive: BTreeMap<usize, Vec<&ImageSource>> = BTreeMap::new();
    for source in sources {
        by_archive.entry(source.archive).or_default().push(source);
    }
    let is_needed = |sources: &[&ImageSource]| sources.iter().any(|source| source.loaded.is_none());
    let total: u64 = by_archive
        .iter()
        .filter(|(_, sources)| is_needed(sources))
        .map(|(index, _)| archives[*index].bytes)
        .sum();
    let mut outcome = Loaded::default();
    let mut before = 0;
    for (index, sources) in by_archive {
        let archive = &archives[index];
        if !is_needed(&sources) {
            outcome.results.extend(
                sources
                    .iter()
                    .map(|source| result(source, archive, LoadResult::AlreadyPresent)),
            );
            continue;
        }
        let started = Instant::now();
        let report = |progress| {
            let (sent, message) = match progress {
                LoadProgress::Sending(sent) => (sent, Text::new("load-sending")),
                LoadProgress::Unpacking => (archive.bytes, Text::new("load-unpacking")),
            };
            let message = message
                .with("file", archive.file.as_str())
                .with("seconds", format::duration(started.elapsed().as_secs_f64()));
            step.progress(
                Some(Progress {
                    current: before + sent.min(archive.bytes),
                    total,
                    unit: "bytes",
                }),
                Some(message),
            );
        };
        report(LoadProgress::Sending(0));
        let answer = load(engine, &archive.path, &context.cancel, report).await;
        let seconds = started.elapsed().as_secs_f64();
        before += archive.bytes;
        let failure = match answer {
            Ok(_) => None,
            Err(LoadError::Cancelled) => return Err(Error::Cancelled),
            Err(LoadError::Engine(error)) if error.is_unreachable() => return Err(error.into()),
            Err(error) => Some(crate::engine::chain(&error)),
        };
        for source in sources {
            // The engine's word is not enough: only the same layers under the same name count as loaded.
            let found = context.or_cancelled(loaded(engine, source)).await?;
            let reason = match (&failure, found) {
                (None, Some(_)) => None,
                (None, None) => Some(Text::new("load-not-found").to_string()),
                (Some(reason), _) => Some(reason.clone()),
            };
            let mut entry = result(source, archive, LoadResult::Loaded);
            entry.seconds = seconds;
            entry.bytes_sent = archive.bytes;
            if let Some(reason) = reason {
                let error = explain(engine, archive, reason).await;
                entry.result = LoadResult::Failed;
                entry.error = Some(error.message());
                outcome.error.get_or_insert(error);
            }
            outcome.results.push(entry);
        }
    }
    Ok(outcome)
}

/// Says what a failed load means. The engine has no code for a full disk: it hands on the system's words for ENOSPC.
async fn explain(engine: &Engine, archive: &Archive, reason: String) -> Error {
    let is_full = reason.contains("no space left on device");
    if is_full
        && engine.endpoint().is_local()
        && let Some(root) = engine.info().await.ok().and_then(|info| info.root)
        && let Some(free) = disk::free_bytes(Utf8Path::new(&root))
    {
        return Error::Disk {
            path: root,
            needed: archive.bytes,
            free,
        };
    }
    Error::ImageLoading {
        archive: archive.file.clone(),
        reason,
    }
}

fn result(source: &ImageSource, archive: &Archive, result: LoadResult) -> ImageResult {
    ImageResult {
        reference: source.reference.clone(),
        archive: archive.file.clone(),
        result,
        bytes_sent: 0,
        seconds: 0.0,
        error: None,
    }
}

/// Gives every image the name Compose asks for.
pub(crate) async fn tag(
    engine: &Engine,
    images: &[ImageObserved],
) -> (Vec<TagResult>, Option<Error>) {
    let mut results = Vec::new();
    let mut first_error = None;
    for image in images {
        let Some(source) = image.source.as_ref().filter(|source| source.fits) else {
            continue;
        };
        let present = engine.image(&image.wanted).await.ok().flatten();
        let state = if present.is_some_and(|present| source.is(&present)) {
            TagState::AlreadyPresent
        } else {
            match name(engine, source, &image.wanted).await {
                Ok(()) => TagState::Tagged,
                Err(reason) => {
                    first_error.get_or_insert(Error::ImageLoading {
                        archive: source.reference.clone(),
                        reason,
                    });
                    TagState::Failed
                }
            }
        };
        results.push(TagResult {
            source: source.reference.clone(),
            target: image.wanted.clone(),
            result: state,
        });
    }
    (results, first_error)
}

async fn name(engine: &Engine, source: &ImageSource, target: &str) -> Result<(), String> {
    let Some(facts) = loaded(engine, source).await else {
        return Err(Text::new("tag-not-loaded").to_string());
    };
    engine
        .tag(&facts.id, target)
        .await
        .map_err(|error| error.to_string())
}
