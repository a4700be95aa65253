//! What services ask for, in the engine and in the package's archives.

use crate::compose::project::Service;
use crate::engine::{Engine, EngineError, ImageFacts, platform_arch};
use crate::images::archive::Archive;
use crate::images::loader;
use crate::images::reference::match_archive;
use futures_util::{StreamExt, TryStreamExt};
use std::collections::BTreeMap;

/// What is known about one image reference.
#[derive(Debug)]
pub(crate) struct ImageObserved {
    /// As Compose asks for it.
    pub wanted: String,
    pub services: Vec<String>,
    pub build: bool,
    pub pull_policy: Option<String>,
    /// What the engine has under this very name.
    pub present: Option<ImageFacts>,
    /// Where the package has it.
    pub source: Option<ImageSource>,
}

/// An image in an archive of the package.
#[derive(Clone, Debug)]
pub(crate) struct ImageSource {
    /// Index into the package's archives.
    pub archive: usize,
    /// The reference the archive gives it, or its id when it gives none.
    pub reference: String,
    /// The config digest: the id in a classic store.
    pub id: String,
    /// The manifest's digest: the id in the containerd store.
    pub manifest: String,
    pub platform: String,
    pub bytes: u64,
    /// The platform is the engine's.
    pub fits: bool,
    /// What the engine has under the archive's name or id.
    pub loaded: Option<ImageFacts>,
}

/// So many are asked for at a time.
const AT_A_TIME: usize = 8;

/// Looks up what services ask for, in the engine and in the package's archives. Without an engine only the latter. An
/// engine that does not answer for one image is an error: that it does not have the image is another thing.
pub(crate) async fn images<'a>(
    services: impl Iterator<Item = &'a Service>,
    archives: &[Archive],
    platform: &str,
    engine: Option<&Engine>,
) -> Result<Vec<ImageObserved>, EngineError> {
    let images = in_package(services, archives, platform);
    let Some(engine) = engine else {
        return Ok(images);
    };
    futures_util::stream::iter(images)
        .map(|image| in_engine(engine, image))
        .buffered(AT_A_TIME)
        .try_collect()
        .await
}

async fn in_engine(
    engine: &Engine,
    mut image: ImageObserved,
) -> Result<ImageObserved, EngineError> {
    image.present = engine.image(&image.wanted).await?;
    if let Some(source) = &mut image.source {
        source.loaded = loaded(engine, source).await?;
    }
    Ok(image)
}

/// Returns one entry per image reference, with where the package has it.
pub(super) fn in_package<'a>(
    services: impl Iterator<Item = &'a Service>,
    archives: &[Archive],
    platform: &str,
) -> Vec<ImageObserved> {
    let mut by_reference: BTreeMap<&str, ImageObserved> = BTreeMap::new();
    for service in services {
        let Some(wanted) = service.image.as_deref() else {
            continue;
        };
        let entry = by_reference.entry(wanted).or_insert_with(|| ImageObserved {
            wanted: wanted.to_owned(),
            services: Vec::new(),
            build: service.build,
            pull_policy: None,
            present: None,
            source: None,
        });
        entry.services.push(service.name.clone());
        entry.pull_policy = entry
            .pull_policy
            .take()
            .or_else(|| service.pull_policy.clone());
    }
    let arch = platform_arch(platform.split('/').nth(1).unwrap_or(platform));
    let mut images: Vec<ImageObserved> = by_reference.into_values().collect();
    for image in &mut images {
        image.source = source(&image.wanted, arch, archives);
    }
    images
}

fn source(wanted: &str, arch: &str, archives: &[Archive]) -> Option<ImageSource> {
    let found = match_archive(wanted, arch, archives)?;
    let archive = archives
        .iter()
        .position(|archive| archive.file == found.archive.file)?;
    Some(ImageSource {
        archive,
        reference: found.source,
        id: found.image.id.clone(),
        manifest: found.image.manifest.digest.clone(),
        platform: found.image.platform.clone(),
        bytes: found.image.bytes,
        fits: found.fits,
        loaded: None,
    })
}

pub(super) async fn bytes_to_send(
    engine: &Engine,
    archives: &[Archive],
    images: &[ImageObserved],
) -> Result<u64, EngineError> {
    let absent = images
        .iter()
        .filter_map(ImageObserved::to_load)
        .map(|source| (source.archive, source.id.as_str()));
    let items = loader::items(archives, absent);
    if items.is_empty() {
        return Ok(0);
    }
    loader::bytes_to_send(engine, archives, &items).await
}

/// Finds an archive's image in the engine by its name, then by its id; only the same content counts.
pub(crate) async fn loaded(
    engine: &Engine,
    source: &ImageSource,
) -> Result<Option<ImageFacts>, EngineError> {
    for name in [&source.reference, &source.id, &source.manifest] {
        match engine.image(name).await {
            Ok(Some(facts)) if source.is(&facts) => return Ok(Some(facts)),
            // A name an engine does not even understand is no image of it.
            Ok(_) | Err(EngineError::Response { status: 400, .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

impl ImageObserved {
    /// What has to be loaded for it; none when the engine has it, or when the package has nothing that fits.
    pub(crate) fn to_load(&self) -> Option<&ImageSource> {
        self.source
            .as_ref()
            .filter(|source| source.fits && source.loaded.is_none())
    }
}

impl ImageSource {
    /// Whether the engine's image is this one: a classic store names images by their config, the containerd store by
    /// their manifest. (What somebody loaded by hand into the latter has another manifest; then it is sent again,
    /// without its layers.)
    pub(crate) fn is(&self, facts: &ImageFacts) -> bool {
        facts.id == self.id || facts.id == self.manifest
    }

    /// Whether the engine has it under the archive's own name.
    pub(crate) fn is_named(&self) -> bool {
        self.reference == self.id
            || self
                .loaded
                .as_ref()
                .is_some_and(|facts| facts.refs.contains(&self.reference))
    }
}
