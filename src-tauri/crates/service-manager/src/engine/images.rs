//! Images of the engine: list, inspect, load, tag.

use super::{Engine, EngineError, platform_arch};
use bollard::query_parameters::{
    ImportImageOptionsBuilder, ListImagesOptionsBuilder, RemoveImageOptionsBuilder,
    TagImageOptionsBuilder,
};
use futures_util::{Stream, StreamExt};
use std::time::Duration;
use tokio_util::bytes::Bytes;

/// One image as the engine lists it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EngineImage {
    /// Classic store: the config digest. Containerd store: the manifest digest.
    pub id: String,
    /// All references, dangling ones left out.
    pub refs: Vec<String>,
    /// Bytes on disk, shared layers counted in full.
    pub bytes: u64,
}

/// One image as `inspect` tells it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ImageFacts {
    pub id: String,
    pub refs: Vec<String>,
    /// `sha256:` digests the image can be named by.
    pub digests: Vec<String>,
    /// `linux/amd64`, `linux/arm64/v8`
    pub platform: String,
    /// diff ids of the layers, the same on every store.
    pub layers: Vec<String>,
    pub has_healthcheck: bool,
}

/// What the engine says while it loads.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum LoadMessage {
    /// Classic stores unpack layer by layer and say so; the containerd store (26.1) is silent.
    Unpacking {
        /// Bytes of this layer unpacked.
        current: u64,
        /// Bytes of this layer.
        total: u64,
    },
    /// `Loaded image: shop/web:2.4` or `Loaded image ID: sha256:...`
    Loaded(String),
}

const LIST_TRIES: u32 = 10;
const LIST_PAUSE: Duration = Duration::from_millis(100);

impl Engine {
    /// Lists every image.
    pub(crate) async fn list_images(&self) -> Result<Vec<EngineImage>, EngineError> {
        let mut tries = 0;
        let list = loop {
            let options = ListImagesOptionsBuilder::new().build();
            let listed = self.docker.list_images(Some(options)).await;
            match listed.map_err(|error| self.error(error)) {
                Ok(list) => break list,
                // The containerd store (26.1) opens every image for the list, and fails when one is removed meanwhile.
                Err(EngineError::Response { message, .. })
                    if message.contains("not found") && tries < LIST_TRIES =>
                {
                    tries += 1;
                    tokio::time::sleep(LIST_PAUSE).await;
                }
                Err(error) => return Err(error),
            }
        };
        Ok(list
            .into_iter()
            .map(|image| EngineImage {
                id: image.id,
                refs: image
                    .repo_tags
                    .into_iter()
                    .filter(|tag| tag != "<none>:<none>")
                    .collect(),
                bytes: u64::try_from(image.size).unwrap_or(0),
            })
            .collect())
    }

    /// Inspects an image by reference or id; none when the engine does not have it.
    pub(crate) async fn image(&self, reference: &str) -> Result<Option<ImageFacts>, EngineError> {
        match self
            .docker
            .inspect_image(reference)
            .await
            .map_err(|error| self.error(error))
        {
            Ok(image) => {
                let variant = image.variant.filter(|variant| !variant.is_empty());
                Ok(Some(ImageFacts {
                    id: image.id.unwrap_or_default(),
                    refs: image.repo_tags.unwrap_or_default(),
                    digests: image.repo_digests.unwrap_or_default(),
                    platform: [image.os.unwrap_or_default()]
                        .into_iter()
                        .chain(
                            image
                                .architecture
                                .map(|arch| platform_arch(&arch).to_owned()),
                        )
                        .chain(variant)
                        .collect::<Vec<_>>()
                        .join("/"),
                    layers: image.root_fs.and_then(|fs| fs.layers).unwrap_or_default(),
                    has_healthcheck: image
                        .config
                        .and_then(|config| config.healthcheck)
                        .and_then(|healthcheck| healthcheck.test)
                        .is_some_and(|test| test.first().is_some_and(|word| word != "NONE")),
                }))
            }
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Sends an archive. Errors of the engine arrive inside a successful answer and come out as `Err` items here.
    pub(crate) fn load<S>(
        &self,
        archive: S,
    ) -> impl Stream<Item = Result<LoadMessage, EngineError>> + Send
    where
        S: Stream<Item = Result<Bytes, std::io::Error>> + Send + 'static,
    {
        let engine = self.clone();
        let options = ImportImageOptionsBuilder::new().quiet(false).build();
        // The client's time limit would cover the whole upload; a stall is noticed by whoever feeds the stream.
        let answers = self.patient().import_image_stream(options, archive, None);
        let answers: std::pin::Pin<Box<dyn Stream<Item = _> + Send>> = Box::pin(answers);
        answers.filter_map(move |answer| {
            let item = match answer {
                Ok(info) => {
                    let count =
                        |value: Option<i64>| value.and_then(|value| u64::try_from(value).ok());
                    let loaded = info
                        .stream
                        .as_deref()
                        .and_then(loaded_reference)
                        .map(LoadMessage::Loaded);
                    let unpacking = info.progress_detail.and_then(|detail| {
                        Some(LoadMessage::Unpacking {
                            current: count(detail.current)?,
                            total: count(detail.total)?,
                        })
                    });
                    loaded.or(unpacking).map(Ok)
                }
                Err(error) => Some(Err(engine.error(error))),
            };
            async move { item }
        })
    }

    /// Gives an image another name; `target` has a tag.
    pub(crate) async fn tag(&self, source: &str, target: &str) -> Result<(), EngineError> {
        let (repository, tag) = split_tag(target);
        let options = TagImageOptionsBuilder::new()
            .repo(repository)
            .tag(tag.unwrap_or("latest"))
            .build();
        self.docker
            .tag_image(source, Some(options))
            .await
            .map_err(|error| self.error(error))
    }

    /// Takes a name from an image; one that is not there is fine. The image goes with its last name, its layers with
    /// the last image that has them. Only for names that Quayside gave.
    pub(crate) async fn untag(&self, name: &str) -> Result<(), EngineError> {
        let options = RemoveImageOptionsBuilder::new().build();
        match self
            .docker
            .remove_image(name, Some(options), None)
            .await
            .map_err(|error| self.error(error))
        {
            Err(error) if !error.is_not_found() => Err(error),
            _ => Ok(()),
        }
    }
}

/// Splits `host:5000/shop/web:2.4` into repository and tag; a colon before the last slash belongs to the host.
fn split_tag(reference: &str) -> (&str, Option<&str>) {
    match reference.rsplit_once(':') {
        Some((repository, tag)) if !tag.contains('/') => (repository, Some(tag)),
        _ => (reference, None),
    }
}

/// Reads `Loaded image: shop/web:2.4` and `Loaded image ID: sha256:5c41...` (docker 20.10 to 29).
fn loaded_reference(line: &str) -> Option<String> {
    let line = line.trim();
    line.strip_prefix("Loaded image ID: ")
        .or_else(|| line.strip_prefix("Loaded image: "))
        .map(str::to_owned)
}
