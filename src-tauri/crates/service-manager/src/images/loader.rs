//! Brings images into the engine: what it lacks and nothing else, several streams at a time, each proved before it
//! gets its names.

use super::archive::{Archive, ArchiveImage, Document, digest, made_up};
use super::load::{Done, LoadError, send};
use super::parcel::Parcel;
use super::units::{Chain, Present, Unit, units};
use crate::engine::{Engine, EngineError, ImageFacts};
use futures_util::stream::{FuturesUnordered, StreamExt};
use serde_json::json;
use std::collections::{BTreeMap, HashSet};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// An image of the package that the engine is to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Item {
    /// Index into the archives.
    pub archive: usize,
    /// Index into the archive's images.
    pub image: usize,
}

/// What became of one image.
#[derive(Debug)]
pub(crate) struct Brought {
    pub item: Item,
    pub bytes_sent: u64,
    pub seconds: f64,
    pub result: Result<(), BringError>,
}

/// Why an image is not in the engine, or not under its names.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BringError {
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The engine said yes, and what it has is not what was sent.
    #[error("the image is not there afterwards")]
    NotThere,
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// Where the whole stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Standing {
    /// Bytes the engine has accepted and bytes it will be sent; equal only when the last image is proved.
    pub accepted: u64,
    pub total: u64,
    /// The archive being read; none while only the engine works.
    pub reading: Option<usize>,
    /// How long the engine has taken nothing.
    pub quiet: Duration,
}

/// Several streams keep several of the engine's processors busy; more than these only fill its disk with pieces.
const MOST_STREAMS: usize = 4;
const REPORT_EVERY: Duration = Duration::from_millis(200);
/// The repository of temporary names; an engine that was cut off keeps one until the next deployment of the package.
const TEMPORARY: &str = "quayside-loading";

/// Brings `items` into the engine. Returns none when cancelled.
pub(crate) async fn bring(
    engine: &Engine,
    archives: &Arc<Vec<Archive>>,
    items: &[Item],
    cancel: &CancellationToken,
    mut report: impl FnMut(&Standing) + Send,
) -> Result<Option<Vec<Brought>>, EngineError> {
    let Some(present) = cancel.run_until_cancelled(present(engine)).await else {
        return Ok(None);
    };
    let plan = Plan::make(archives, items, &present?);
    let mut meter = Meter::new(&plan);
    report(&meter.standing());
    let mut brought = Vec::new();
    let work = async {
        let mut waiting = 0..plan.units.len();
        let mut running = FuturesUnordered::new();
        let mut tick = tokio::time::interval(REPORT_EVERY);
        loop {
            while running.len() < streams()
                && let Some(at) = waiting.next()
            {
                running.push(plan.carry_out(engine, archives, at));
            }
            tokio::select! {
                finished = running.next() => match finished {
                    None => break,
                    Some((at, outcome)) => {
                        meter.finished[at] = true;
                        brought.extend(outcome);
                    }
                },
                _ = tick.tick() => {}
            }
            report(&meter.standing());
        }
    };
    if cancel.run_until_cancelled(work).await.is_none() {
        // What is through stays under its temporary name: the next run finds it there and goes on.
        return Ok(None);
    }
    brought.sort_by_key(|brought: &Brought| brought.item);
    Ok(Some(brought))
}

fn streams() -> usize {
    std::thread::available_parallelism()
        .map_or(2, NonZeroUsize::get)
        .clamp(2, MOST_STREAMS)
}

/// Asks the engine for the layers of everything it has.
async fn present(engine: &Engine) -> Result<Present, EngineError> {
    let images = engine.list_images().await?;
    let mut looks = futures_util::stream::iter(images)
        .map(|image| async move { engine.image(&image.id).await })
        .buffer_unordered(8);
    let mut chains = Vec::new();
    while let Some(facts) = looks.next().await {
        // One that vanishes meanwhile, or cannot be inspected, only means that more is sent.
        chains.extend(facts.ok().flatten().map(|facts| facts.layers));
    }
    Ok(Present::of(chains))
}

/// All units with their parcels.
struct Plan {
    units: Vec<Unit>,
    parcels: Vec<Arc<Parcel>>,
    items: Vec<Item>,
    accepted: Vec<Arc<AtomicU64>>,
    done: Vec<watch::Sender<Option<bool>>>,
}

impl Plan {
    fn make(archives: &[Archive], items: &[Item], present: &Present) -> Self {
        let images: Vec<&ArchiveImage> = items.iter().map(|item| image(archives, *item)).collect();
        let chains: Vec<Vec<(String, u64)>> = images.iter().map(|image| chain(image)).collect();
        let chains: Vec<Chain<'_>> = chains.iter().map(|layers| Chain { layers }).collect();
        let units = units(&chains, present);
        let parcels = units
            .iter()
            .map(|unit| Arc::new(parcel(archives, items, unit, unit.from)))
            .collect();
        Self {
            parcels,
            items: items.to_vec(),
            accepted: units.iter().map(|_| Arc::default()).collect(),
            done: units.iter().map(|_| watch::Sender::new(None)).collect(),
            units,
        }
    }

    /// Sends one unit and, when it is an image, proves and names it.
    async fn carry_out(
        &self,
        engine: &Engine,
        archives: &Arc<Vec<Archive>>,
        at: usize,
    ) -> (usize, Option<Brought>) {
        let started = Instant::now();
        let unit = &self.units[at];
        let sent = self.send(engine, archives, at).await;
        // Said before the image is proved: others only need its layers.
        self.done[at].send_replace(Some(sent.is_ok()));
        if unit.shared {
            if let Err(error) = sent {
                tracing::info!(%error, "shared layers could not be sent by themselves; each image brings them");
            }
            return (at, None);
        }
        let item = self.items[unit.image];
        let image = image(archives, item);
        let result = match sent {
            Ok(()) => settle(engine, image).await,
            Err(error) => Err(error.into()),
        };
        let brought = Brought {
            item,
            bytes_sent: self.accepted[at].load(Ordering::Relaxed),
            seconds: started.elapsed().as_secs_f64(),
            result,
        };
        (at, Some(brought))
    }

    /// Sends a unit, and sends the image whole when the engine turns out to lack what was left out.
    async fn send(
        &self,
        engine: &Engine,
        archives: &Arc<Vec<Archive>>,
        at: usize,
    ) -> Result<(), LoadError> {
        let unit = &self.units[at];
        let needs: Option<Done> = unit.needs.map(|needs| self.done[needs].subscribe());
        let accepted = Arc::clone(&self.accepted[at]);
        let thin = Arc::clone(&self.parcels[at]);
        match send(engine, thin, Arc::clone(archives), needs, accepted).await {
            Err(error) if unit.from > 0 && error.is_layer_missing() => {
                tracing::info!(%error, "the engine lacks a layer it seemed to have; sending the image whole");
                let whole = Arc::new(parcel(archives, &self.items, unit, 0));
                let accepted = Arc::clone(&self.accepted[at]);
                send(engine, whole, Arc::clone(archives), None, accepted).await
            }
            outcome => outcome,
        }
    }
}

/// Proves that the engine has exactly this image, gives it its names, and takes the temporary one away.
async fn settle(engine: &Engine, image: &ArchiveImage) -> Result<(), BringError> {
    let facts = find(engine, image).await?.ok_or(BringError::NotThere)?;
    if facts.layers != image.diff_ids() {
        return Err(BringError::NotThere);
    }
    for reference in &image.refs {
        engine.tag(&facts.id, reference).await?;
    }
    if !image.refs.is_empty() {
        engine.untag(&temporary(image)).await?;
    }
    Ok(())
}

/// Finds this very image in the engine, whatever it is called: a classic store names images by their config, the
/// containerd store by their manifest.
async fn find(engine: &Engine, image: &ArchiveImage) -> Result<Option<ImageFacts>, EngineError> {
    for id in [&image.id, &image.manifest.digest] {
        if let Some(facts) = engine.image(id).await?.filter(|facts| facts.id == *id) {
            return Ok(Some(facts));
        }
    }
    Ok(None)
}

/// Takes every temporary name away that this package may have left, also in an earlier run. An image whose only name
/// that is goes with it, so what is to stay must have its own names by then.
pub(crate) async fn untag_temporary(engine: &Engine, archives: &[Archive]) {
    let Ok(there) = engine.list_images().await else {
        return;
    };
    let there: HashSet<String> = there
        .into_iter()
        .flat_map(|image| image.refs)
        .filter(|name| name.starts_with(TEMPORARY))
        .collect();
    if there.is_empty() {
        return;
    }
    let all: Vec<&ArchiveImage> = archives
        .iter()
        .flat_map(|archive| &archive.images)
        .collect();
    let mut ours: HashSet<String> = all.iter().map(|image| temporary(image)).collect();
    for image in &all {
        for depth in 1..=image.layers.len() {
            ours.insert(shared_document(image, depth).0);
        }
    }
    for name in there.intersection(&ours) {
        if let Err(error) = engine.untag(name).await {
            tracing::warn!(%error, name, "a temporary name stays");
        }
    }
}

fn image(archives: &[Archive], item: Item) -> &ArchiveImage {
    &archives[item.archive].images[item.image]
}

fn chain(image: &ArchiveImage) -> Vec<(String, u64)> {
    image
        .layers
        .iter()
        .map(|layer| (layer.diff_id.clone(), layer.size))
        .collect()
}

fn parcel(archives: &[Archive], items: &[Item], unit: &Unit, from: usize) -> Parcel {
    let item = items[unit.image];
    let image = image(archives, item);
    let layers = image.layers[..unit.to].to_vec();
    let mut seen = HashSet::new();
    let sent = layers[from..]
        .iter()
        // The same layer may stand twice in one image.
        .filter(|layer| seen.insert(layer.digest.clone()))
        .map(|layer| (item.archive, layer.clone()))
        .collect();
    let (name, config, manifest) = if unit.shared {
        let (name, config) = shared_document(image, unit.to);
        let manifest = made_up(&config.digest, config.text.len(), &layers);
        (Some(name), config, manifest)
    } else {
        let config = Document {
            digest: image.id.clone(),
            text: image.config_text.clone(),
        };
        let name = (!image.refs.is_empty()).then(|| temporary(image));
        (name, config, image.manifest.clone())
    };
    Parcel {
        name,
        config,
        manifest,
        layers,
        sent,
    }
}

/// An image of the lowest layers, and its name.
fn shared_document(image: &ArchiveImage, depth: usize) -> (String, Document) {
    let mut platform = image.platform.split('/');
    let ids: Vec<&str> = image.layers[..depth]
        .iter()
        .map(|layer| layer.diff_id.as_str())
        .collect();
    let text = json!({
        "os": platform.next().unwrap_or("linux"),
        "architecture": platform.next().unwrap_or("unknown"),
        "config": {},
        "rootfs": { "type": "layers", "diff_ids": ids },
    })
    .to_string();
    let digest = digest(text.as_bytes());
    (temporary_name(&digest), Document { digest, text })
}

fn temporary(image: &ArchiveImage) -> String {
    temporary_name(&image.id)
}

fn temporary_name(digest: &str) -> String {
    let hex = digest.rsplit(':').next().unwrap_or_default();
    format!("{TEMPORARY}:{}", &hex[..hex.len().min(16)])
}

/// Adds up where all units stand.
struct Meter {
    totals: Vec<u64>,
    accepted: Vec<Arc<AtomicU64>>,
    archives: Vec<Option<usize>>,
    finished: Vec<bool>,
    last: (u64, Instant),
}

impl Meter {
    fn new(plan: &Plan) -> Self {
        Self {
            totals: plan.parcels.iter().map(|parcel| parcel.bytes()).collect(),
            accepted: plan.accepted.clone(),
            archives: plan
                .parcels
                .iter()
                .map(|parcel| parcel.sent.first().map(|(archive, _)| *archive))
                .collect(),
            finished: vec![false; plan.units.len()],
            last: (0, Instant::now()),
        }
    }

    fn standing(&mut self) -> Standing {
        let mut standing = Standing {
            accepted: 0,
            total: self.totals.iter().sum(),
            reading: None,
            quiet: Duration::ZERO,
        };
        for (at, total) in self.totals.iter().enumerate() {
            // Headers and padding are not counted in the total.
            let accepted = self.accepted[at].load(Ordering::Relaxed);
            standing.accepted += if self.finished[at] {
                *total
            } else {
                // Accepted is not proved: the last byte is counted when the image is there.
                accepted.min(total.saturating_sub(1))
            };
            if !self.finished[at] && accepted > 0 && accepted < *total {
                standing.reading = standing.reading.or(self.archives[at]);
            }
        }
        if standing.accepted == 0 {
            // Nothing is handed over yet, so nothing can be unpacked either: the first file is about to be read.
            standing.reading = self.archives.iter().find_map(|archive| *archive);
        }
        if standing.accepted != self.last.0 {
            self.last = (standing.accepted, Instant::now());
        }
        standing.quiet = self.last.1.elapsed();
        standing
    }
}

/// Groups what is wanted by image: names of the same image are one item.
pub(crate) fn items<'a>(
    archives: &[Archive],
    wanted: impl IntoIterator<Item = (usize, &'a str)>,
) -> Vec<Item> {
    let mut by_id: BTreeMap<&str, Item> = BTreeMap::new();
    for (archive, id) in wanted {
        if let Some(image) = archives[archive]
            .images
            .iter()
            .position(|image| image.id == id)
        {
            by_id.entry(id).or_insert(Item { archive, image });
        }
    }
    let mut items: Vec<Item> = by_id.into_values().collect();
    items.sort();
    items
}
