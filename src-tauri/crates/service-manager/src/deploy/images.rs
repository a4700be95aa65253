//! The steps `images` and `tags`: what the engine does not have is sent, proved, and only then named.

use super::observe::{ImageObserved, ImageSource, loaded};
use super::session::Session;
use crate::api::images::{ImageResult, LoadResult, PackageImage, TagResult, TagState};
use crate::api::operation::{Finished, ProgressPart, StepState};
use crate::engine::{Engine, EngineError, platform_arch};
use crate::error::Error;
use crate::host::disk;
use crate::images::archive::Archive;
use crate::images::checksum::ChecksumError;
use crate::images::history::History;
use crate::images::load::LoadError;
use crate::images::loader::{BringError, Bringing, Brought, Item, bring, items, untag_temporary};
use crate::images::meter::{Part, Standing};
use crate::operation::{OperationContext, Progress, StepFailure, StepGuard};
use crate::text::{Text, format};
use camino::Utf8Path;
use futures_util::StreamExt;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

/// An engine that has taken nothing for so long is unpacking something very large, or stuck; no limit ends it.
const STALL: Duration = Duration::from_mins(2);

/// Questions the engine is asked at a time.
const QUESTIONS: usize = 8;

/// What loading came to.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub results: Vec<ImageResult>,
    /// The first thing that went wrong.
    pub error: Option<Error>,
    /// Set when it was cancelled: what that leaves in the engine.
    pub cancelled: Option<Text>,
}

/// Returns the engine's platform, and what `ask` answers for it. The likely platform is asked about meanwhile: an engine
/// may take longer to say what it is than to say what it has.
pub(super) async fn on_platform<T, F: Future<Output = T>>(
    engine: &Engine,
    ask: impl Fn(String) -> F,
) -> Result<(String, T), EngineError> {
    let likely = crate::host::platform();
    let (platform, answer) = tokio::join!(engine.platform(), ask(likely.clone()));
    let platform = platform?;
    let answer = if platform == likely {
        answer
    } else {
        ask(platform.clone()).await
    };
    Ok((platform, answer))
}

/// Every image of the package that fits the engine, with what the engine has of it.
pub(crate) async fn all_sources(
    engine: &Engine,
    archives: &[Archive],
) -> Result<(String, Vec<ImageSource>), EngineError> {
    on_platform(engine, |platform| sources_for(engine, archives, platform)).await
}

async fn sources_for(engine: &Engine, archives: &[Archive], platform: String) -> Vec<ImageSource> {
    let arch = platform_arch(platform.split('/').nth(1).unwrap_or(&platform));
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
                sources.push(ImageSource {
                    archive: index,
                    reference: name.clone(),
                    id: image.id.clone(),
                    manifest: image.manifest.digest.clone(),
                    platform: image.platform.clone(),
                    bytes: image.bytes,
                    fits: true,
                    loaded: None,
                });
            }
        }
    }
    futures_util::stream::iter(sources)
        .map(|mut source| async move {
            // What cannot be asked is sent again, which is safe.
            source.loaded = loaded(engine, &source).await.ok().flatten();
            source
        })
        .buffered(QUESTIONS)
        .collect()
        .await
}

/// Says of every image whether the engine has it; an image has a source for every name.
pub(crate) fn package_images(sources: &[ImageSource], archives: &[Archive]) -> Vec<PackageImage> {
    let mut images: Vec<PackageImage> = Vec::new();
    for source in sources {
        let archive = &archives[source.archive].file;
        let known = images
            .iter_mut()
            .find(|image| image.id == source.id && image.archive == *archive);
        match known {
            Some(image) => image.loaded |= source.loaded.is_some(),
            None => images.push(PackageImage {
                archive: archive.clone(),
                id: source.id.clone(),
                loaded: source.loaded.is_some(),
            }),
        }
    }
    images
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
    state: &Utf8Path,
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
    let brought = match hand_over(context, step, engine, archives, &items, state).await? {
        Bringing::Done(brought) => brought,
        Bringing::Cancelled { unpacking } => {
            return Ok(Loaded {
                cancelled: Some(left_behind(&unpacking, archives)),
                ..Loaded::default()
            });
        }
    };
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

/// Sends what is absent, and says how far it is.
async fn hand_over(
    context: &OperationContext,
    step: &StepGuard,
    engine: &Engine,
    archives: &Arc<Vec<Archive>>,
    items: &[Item],
    state: &Utf8Path,
) -> Result<Bringing, Error> {
    if items.is_empty() {
        return Ok(Bringing::Done(Vec::new()));
    }
    let info = context.or_cancelled(engine.info()).await??;
    let history = History::of(state, info.storage_driver.as_deref());
    let mut last = None;
    let report = |standing: &Standing| {
        let progress = Progress {
            current: standing.accepted,
            total: standing.total,
            unit: "bytes",
            parts: standing
                .parts
                .iter()
                .map(|part| berth(part, archives))
                .collect(),
        };
        let expected = history.expected(standing.total);
        step.progress(Some(progress), Some(words(standing, archives, expected)));
        // Before the end, because after it nothing is silent any more.
        if standing.accepted < standing.total {
            last = Some((standing.total, standing.quiet));
        }
    };
    let bringing = bring(engine, archives, items, &context.cancel, report).await?;
    if let (Bringing::Done(brought), Some((bytes, silent))) = (&bringing, last)
        && brought.iter().all(|brought| brought.result.is_ok())
    {
        history.remember(bytes, silent);
    }
    Ok(bringing)
}

/// What the engine keeps of a cancelled load. 20.10 and 26.1 unpack to the end what they have been given whole; what
/// they were given in part a classic store forgets at once and the containerd store within a day.
fn left_behind(unpacking: &[usize], archives: &[Archive]) -> Text {
    let files: Vec<&str> = unpacking
        .iter()
        .map(|at| archives[*at].file.as_str())
        .collect();
    if files.is_empty() {
        return Text::new("load-cancelled");
    }
    Text::new("load-cancelled-unpacking")
        .with("files", files.join(", "))
        .with("count", files.len())
}

fn berth(part: &Part, archives: &[Archive]) -> ProgressPart {
    ProgressPart {
        file: archives[part.archive].file.clone(),
        current: part.accepted,
        total: part.total,
        state: part.state,
        seconds: part.since.as_secs_f64(),
        unpacked: part.unpacked,
    }
}

/// Says what a failed load means. The engine has no code for a full disk: it hands on the system's words for ENOSPC.
async fn explain(engine: &Engine, archive: &Archive, reason: String) -> Error {
    let is_full = reason.contains("no space left on device");
    if is_full
        && engine.endpoint().is_local()
        && let Some(root) = engine.info().await.ok().and_then(|info| info.root)
        && let Ok(free) = disk::space(Utf8Path::new(&root)).map(|space| space.free)
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
fn words(standing: &Standing, archives: &[Archive], expected: Option<Duration>) -> Text {
    let quiet = format::duration(standing.quiet.as_secs_f64());
    let unpacked = standing.parts.iter().filter_map(|part| part.unpacked);
    let unpacked: u64 = unpacked.sum();
    match (standing.reading, expected) {
        _ if standing.quiet >= STALL.max(2 * expected.unwrap_or_default()) => {
            Text::new("load-stalled").with("seconds", quiet)
        }
        (Some(archive), _) => {
            Text::new("load-sending").with("file", archives[archive].file.as_str())
        }
        (None, _) if unpacked > 0 => Text::new("load-unpacking-bytes")
            .with("done", format::bytes(unpacked))
            .with("total", format::bytes(standing.total)),
        (None, Some(expected)) if expected > Duration::from_secs(3) => {
            Text::new("load-unpacking-expected")
                .with("seconds", quiet)
                .with("expected", format::duration(expected.as_secs_f64()))
        }
        (None, _) => Text::new("load-unpacking").with("seconds", quiet),
    }
}

fn is_of(source: &ImageSource, brought: &Brought, archives: &[Archive]) -> bool {
    archives[brought.item.archive].images[brought.item.image].id == source.id
}

fn why(error: &BringError) -> String {
    match error {
        BringError::NotThere => Text::new("load-not-found").to_string(),
        BringError::Checksum(ChecksumError::Different { .. }) => {
            Text::new("load-checksum").to_string()
        }
        // A checksum that does not hold, of a layer or of what compresses it, or an end that comes too early.
        BringError::Load(LoadError::Read(error))
            if matches!(
                error.kind(),
                ErrorKind::InvalidData | ErrorKind::UnexpectedEof
            ) =>
        {
            tracing::warn!(%error, "an archive is damaged");
            Text::new("load-damaged").to_string()
        }
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

/// Gives images their names and ends the step.
pub(super) async fn name_images(
    context: &OperationContext,
    session: &Session,
    images: &[ImageObserved],
    finished: &mut Finished,
    step: StepGuard,
) -> Result<(), StepFailure> {
    let engine = match session.engine() {
        Ok(engine) => engine,
        Err(error) => return Err(step.fail(error.into())),
    };
    let (results, error) = match context.or_cancelled(tag(&engine, images)).await {
        Ok(tagged) => tagged,
        Err(error) => return Err(step.fail(error)),
    };
    let tagged = results
        .iter()
        .filter(|tag| tag.result == TagState::Tagged)
        .count();
    finished.tags = Some(results);
    if let Some(error) = error {
        return Err(step.fail(error));
    }
    let state = if tagged == 0 {
        StepState::Skipped
    } else {
        StepState::Done
    };
    step.finish(state, Text::new("tags-done").with("count", tagged));
    Ok(())
}

async fn name(engine: &Engine, source: &ImageSource, target: &str) -> Result<(), String> {
    let found = loaded(engine, source).await;
    let Some(facts) = found.map_err(|error| error.to_string())? else {
        return Err(Text::new("tag-not-loaded").to_string());
    };
    engine
        .tag(&facts.id, target)
        .await
        .map_err(|error| error.to_string())
}
