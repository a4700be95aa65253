//! The steps `images` and `tags`: what the engine does not have is sent, proved, and only then named.

use super::observe::{ImageObserved, ImageSource, loaded};
use crate::api::images::{ImageResult, LoadResult, TagResult, TagState};
use crate::engine::{Engine, platform_arch};
use crate::error::Error;
use crate::host::disk;
use crate::images::archive::Archive;
use crate::images::load::LoadError;
use crate::images::loader::{BringError, Brought, Standing, bring, items, untag_temporary};
use crate::operation::{OperationContext, Progress, StepGuard};
use crate::text::{Text, format};
use camino::Utf8Path;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// An engine that has taken nothing for so long is unpacking something very large, or stuck; no limit ends it.
const STALL: Duration = Duration::from_mins(2);

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
                    manifest: image.manifest.digest.clone(),
                    platform: image.platform.clone(),
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

/// Brings every image the engine does not have, and gives those it has the archive's names.
///
/// An image that fails does not stop the others: the next try has less to do.
pub(crate) async fn send(
    context: &OperationContext,
    step: &StepGuard,
    engine: &Engine,
    archives: &Arc<Vec<Archive>>,
    sources: &[ImageSource],
) -> Result<Loaded, Error> {
    // First of all, because an image of an earlier, interrupted run may have no name but the one it was sent under.
    let mut retagged: BTreeMap<&str, Result<(), String>> = BTreeMap::new();
    for source in sources.iter().filter(|source| !source.is_named()) {
        if let Some(facts) = &source.loaded {
            let tagged = context
                .or_cancelled(engine.tag(&facts.id, &source.reference))
                .await?;
            let tagged = tagged.map_err(|error| crate::engine::chain(&error));
            retagged.insert(&source.reference, tagged);
        }
    }
    let absent = sources.iter().filter(|source| source.loaded.is_none());
    let items = items(
        archives,
        absent.map(|source| (source.archive, source.id.as_str())),
    );
    let mut brought = Vec::new();
    if !items.is_empty() {
        let report = |standing: &Standing| {
            let progress = Progress {
                current: standing.accepted,
                total: standing.total,
                unit: "bytes",
                parts: Vec::new(),
            };
            step.progress(Some(progress), Some(words(standing, archives)));
        };
        brought = bring(engine, archives, &items, &context.cancel, report)
            .await?
            .ok_or(Error::Cancelled)?;
    }
    let mut outcome = Loaded::default();
    for source in sources {
        let archive = &archives[source.archive];
        let mut entry = result(source, archive, LoadResult::AlreadyPresent);
        let failure = match brought
            .iter()
            .find(|brought| is_of(source, brought, archives))
        {
            Some(brought) => {
                entry.result = LoadResult::Loaded;
                entry.bytes_sent = brought.bytes_sent;
                entry.seconds = brought.seconds;
                match &brought.result {
                    Err(error) if is_unreachable(error) => return Err(engine.gone().into()),
                    result => result.as_ref().err().map(why),
                }
            }
            None => match retagged.get(source.reference.as_str()) {
                Some(tagged) => {
                    entry.result = LoadResult::Retagged;
                    tagged.clone().err()
                }
                None => None,
            },
        };
        if let Some(reason) = failure {
            let error = explain(engine, archive, reason).await;
            entry.result = LoadResult::Failed;
            entry.error = Some(error.message());
            outcome.error.get_or_insert(error);
        }
        outcome.results.push(entry);
    }
    untag_temporary(engine, archives).await;
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

/// Says what is going on: which file is handed over, or that the engine unpacks, or that nothing moves.
fn words(standing: &Standing, archives: &[Archive]) -> Text {
    match standing.reading {
        _ if standing.quiet >= STALL => Text::new("load-stalled")
            .with("seconds", format::duration(standing.quiet.as_secs_f64())),
        Some(archive) => Text::new("load-sending").with("file", archives[archive].file.as_str()),
        None => Text::new("load-unpacking")
            .with("seconds", format::duration(standing.quiet.as_secs_f64())),
    }
}

fn is_of(source: &ImageSource, brought: &Brought, archives: &[Archive]) -> bool {
    archives[brought.item.archive].images[brought.item.image].id == source.id
}

fn why(error: &BringError) -> String {
    match error {
        BringError::NotThere => Text::new("load-not-found").to_string(),
        other => crate::engine::chain(other),
    }
}

fn is_unreachable(error: &BringError) -> bool {
    match error {
        BringError::Engine(error) | BringError::Load(LoadError::Engine(error)) => {
            error.is_unreachable()
        }
        _ => false,
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
