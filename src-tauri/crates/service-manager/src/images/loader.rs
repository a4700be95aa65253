//! Brings images into the engine: what it lacks and nothing else, several streams at a time, each proved before it
//! gets its names.

use super::archive::{Archive, ArchiveImage, Document, Layer, digest, made_up};
use super::checksum::{ChecksumError, Checksums};
use super::load::{Done, LoadError, send};
use super::meter::{Gauge, Meter, Standing, Stream};
use super::parcel::Parcel;
use super::units::{Chain, Present, Unit, units};
use crate::api::operation::PartState;
use crate::api::package::Compression;
use crate::engine::{Engine, EngineError, ImageFacts};
use futures_util::stream::{FuturesUnordered, StreamExt};
use serde_json::json;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::num::NonZeroUsize;
use std::sync::Arc;
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
    Checksum(#[from] ChecksumError),
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// Several streams keep several of the engine's processors busy; more than these only fill its disk with pieces.
pub(crate) const MOST_STREAMS: usize = 4;
const REPORT_EVERY: Duration = Duration::from_millis(200);
/// The repository of temporary names; an engine that was cut off keeps one until the next deployment of the package.
const TEMPORARY: &str = "quayside-loading";

/// What bringing came to.
#[derive(Debug)]
pub(crate) enum Bringing {
    Done(Vec<Brought>),
    /// What is through stays under its temporary name: the next run finds it there and goes on.
    Cancelled {
        /// Archives that were handed over whole and that the engine was unpacking; a classic store finishes them.
        unpacking: Vec<usize>,
    },
}

/// Brings `items` into the engine.
pub(crate) async fn bring(
    engine: &Engine,
    archives: &Arc<Vec<Archive>>,
    items: &[Item],
    cancel: &CancellationToken,
    mut report: impl FnMut(&Standing) + Send,
) -> Result<Bringing, EngineError> {
    let Some(present) = cancel.run_until_cancelled(present(engine)).await else {
        let unpacking = Vec::new();
        return Ok(Bringing::Cancelled { unpacking });
    };
    let plan = Plan::make(archives, items, &present?);
    let wanted = items.iter().map(|item| item.archive).collect();
    let checksums = Checksums::begin(archives, &wanted);
    let mut meter = Meter::new(plan.streams(), Instant::now());
    report(&meter.standing(plan.gauges(), Instant::now()));
    let mut brought = Vec::new();
    let work = async {
        let mut waiting = 0..plan.units.len();
        let mut running = FuturesUnordered::new();
        let mut tick = tokio::time::interval(REPORT_EVERY);
        loop {
            while running.len() < streams()
                && let Some(at) = waiting.next()
            {
                running.push(plan.carry_out(engine, archives, &checksums, at));
            }
            tokio::select! {
                finished = running.next() => match finished {
                    None => break,
                    Some((at, outcome)) => {
                        meter.end(at, outcome.as_ref().is_none_or(|it| it.result.is_ok()));
                        brought.extend(outcome);
                    }
                },
                _ = tick.tick() => {}
            }
            report(&meter.standing(plan.gauges(), Instant::now()));
        }
    };
    if cancel.run_until_cancelled(work).await.is_none() {
        let standing = meter.standing(plan.gauges(), Instant::now());
        let parts = standing.parts.iter();
        let unpacking = parts
            .filter(|part| part.state == PartState::Unpacking)
            .map(|part| part.archive)
            .collect();
        return Ok(Bringing::Cancelled { unpacking });
    }
    brought.sort_by_key(|brought: &Brought| brought.item);
    Ok(Bringing::Done(brought))
}

/// Returns how many bytes [`bring`] will send: what the engine has, and what images share, is taken off.
pub(crate) async fn bytes_to_send(
    engine: &Engine,
    archives: &[Archive],
    items: &[Item],
) -> Result<u64, EngineError> {
    let plan = Plan::make(archives, items, &present(engine).await?);
    Ok(plan.parcels.iter().map(|parcel| parcel.bytes()).sum())
}

fn streams() -> usize {
    std::thread::available_parallelism()
        .map_or(2, |cores| NonZeroUsize::get(cores) + 1)
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
    sources: Sources,
    gauges: Vec<Arc<Gauge>>,
    done: Vec<watch::Sender<Option<bool>>>,
}

impl Plan {
    fn make(archives: &[Archive], items: &[Item], present: &Present) -> Self {
        let images: Vec<&ArchiveImage> = items.iter().map(|item| image(archives, *item)).collect();
        let chains: Vec<Vec<(String, u64)>> = images.iter().map(|image| chain(image)).collect();
        let chains: Vec<Chain<'_>> = chains.iter().map(|layers| Chain { layers }).collect();
        let units = units(&chains, present);
        let sources = sources(archives, items);
        let parcels = units
            .iter()
            .map(|unit| {
                let image = image(archives, items[unit.image]);
                Arc::new(parcel(image, &sources, unit, unit.from))
            })
            .collect();
        Self {
            parcels,
            sources,
            items: items.to_vec(),
            gauges: units.iter().map(|_| Arc::default()).collect(),
            done: units.iter().map(|_| watch::Sender::new(None)).collect(),
            units,
        }
    }

    fn streams(&self) -> Vec<Stream> {
        let streams = self.units.iter().zip(&self.parcels);
        streams
            .map(|(unit, parcel)| Stream {
                // Most of a stream is read there; a layer that lies elsewhere too may come from elsewhere.
                archive: self.items[unit.image].archive,
                total: parcel.bytes(),
            })
            .collect()
    }

    fn gauges(&self) -> impl Iterator<Item = &Gauge> {
        self.gauges.iter().map(Arc::as_ref)
    }

    /// Sends one unit and, when it is an image, proves and names it.
    async fn carry_out(
        &self,
        engine: &Engine,
        archives: &Arc<Vec<Archive>>,
        checksums: &Checksums,
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
        let result = async {
            sent?;
            checksums.hold(item.archive).await?;
            settle(engine, image).await
        };
        let result = result.await;
        let brought = Brought {
            item,
            bytes_sent: self.gauges[at].accepted(),
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
        let gauge = Arc::clone(&self.gauges[at]);
        let thin = Arc::clone(&self.parcels[at]);
        match send(engine, thin, Arc::clone(archives), needs, gauge).await {
            Err(error) if unit.from > 0 && error.is_layer_missing() => {
                tracing::info!(%error, "the engine lacks a layer it seemed to have; sending the image whole");
                let image = image(archives, self.items[unit.image]);
                let whole = Arc::new(parcel(image, &self.sources, unit, 0));
                let gauge = Arc::clone(&self.gauges[at]);
                send(engine, whole, Arc::clone(archives), None, gauge).await
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

/// Where each blob is read from, by its digest.
type Sources = HashMap<String, (usize, Layer)>;

/// Finds every blob once: what lies in several archives is read where it costs least.
fn sources(archives: &[Archive], items: &[Item]) -> Sources {
    let mut sources = Sources::new();
    for item in items {
        for layer in &image(archives, *item).layers {
            let cost = |archive: usize, layer: &Layer| {
                let is_packed = archives[archive].compression != Compression::None;
                (is_packed, layer.is_unpacked_on_the_way())
            };
            let known = sources.get(&layer.digest);
            if known.is_none_or(|(at, known)| cost(item.archive, layer) < cost(*at, known)) {
                sources.insert(layer.digest.clone(), (item.archive, layer.clone()));
            }
        }
    }
    sources
}

fn parcel(image: &ArchiveImage, sources: &Sources, unit: &Unit, from: usize) -> Parcel {
    let layers = image.layers[..unit.to].to_vec();
    let mut seen = HashSet::new();
    let sent = layers[from..]
        .iter()
        // The same layer may stand twice in one image.
        .filter(|layer| seen.insert(layer.digest.clone()))
        .filter_map(|layer| sources.get(&layer.digest).cloned())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(compression: Compression, layers: &[&str]) -> Archive {
        let layer = |id: &&str| Layer {
            diff_id: (*id).into(),
            member: String::new(),
            offset: 0,
            stored: 1,
            packing: Compression::None,
            digest: (*id).into(),
            size: 8 << 20,
            media_type: String::new(),
        };
        let image = ArchiveImage {
            id: layers.concat(),
            layers: layers.iter().map(layer).collect(),
            ..ArchiveImage::default()
        };
        Archive {
            compression,
            images: vec![image],
            ..Archive::default()
        }
    }

    #[test]
    fn a_layer_of_several_archives_is_sent_once_and_read_where_nothing_is_decompressed() {
        let archives = [
            archive(Compression::Gzip, &["base", "left"]),
            archive(Compression::None, &["base", "right"]),
        ];
        let items = [0, 1].map(|archive| Item { archive, image: 0 });
        let plan = Plan::make(&archives, &items, &Present::default());
        let mut sent: Vec<(&str, usize)> = plan
            .parcels
            .iter()
            .flat_map(|parcel| &parcel.sent)
            .map(|(archive, layer)| (layer.digest.as_str(), *archive))
            .collect();
        sent.sort_unstable();
        assert_eq!(sent, [("base", 1), ("left", 0), ("right", 1)]);

        let present = Present::of([vec!["base".to_owned(), "left".to_owned()]]);
        let plan = Plan::make(&archives, &items, &present);
        let bytes: u64 = plan.parcels.iter().map(|parcel| parcel.bytes()).sum();
        assert_eq!(bytes, 8 << 20, "only what the engine lacks");
    }
}
