//! What lies around the package in the engine and on this computer: networks, routes, volumes.

use super::{Blind, Look, on_disk, within};
use crate::compose::project::{Project, Service};
use crate::compose::traits::{Network, Volume};
use crate::engine::{Engine, NetworkFacts, VolumeFacts};
use crate::host::routes::{self, Route};
use crate::images::archive::Archive;
use crate::images::reference::match_archive;
use crate::package::is_database;
use camino::Utf8Path;

/// Networks and volumes, wanted and there.
#[derive(Debug)]
pub(crate) struct Around {
    /// Networks that the active services use.
    pub networks: Vec<Network>,
    /// Every network of the engine.
    pub existing: Look<Vec<NetworkFacts>>,
    /// Where this computer sends packets; empty when the engine is elsewhere.
    pub routes: Vec<Route>,
    /// Named volumes that the active services use.
    pub volumes: Vec<VolumeObserved>,
    /// Why it is not known which of them the engine has.
    pub volumes_seen: Look<()>,
    /// Folders of databases that get no name: service and path.
    pub unnamed_data: Vec<(String, String)>,
    /// What services need besides images, and what would be fetched.
    pub fetched: Vec<Fetched>,
}

/// Something that a service gets from elsewhere in the place of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fetched {
    pub service: String,
    pub name: String,
    /// A language model; else a provider.
    pub is_model: bool,
}

/// A named volume.
#[derive(Debug)]
pub(crate) struct VolumeObserved {
    pub volume: Volume,
    /// The engine has one of this name.
    pub exists: bool,
    /// The folder it is to be, when that is not there.
    pub missing_folder: Option<String>,
}

impl Default for Around {
    fn default() -> Self {
        Self {
            networks: Vec::new(),
            existing: Ok(Vec::new()),
            routes: Vec::new(),
            volumes: Vec::new(),
            volumes_seen: Ok(()),
            unnamed_data: Vec::new(),
            fetched: Vec::new(),
        }
    }
}

/// Looks around.
pub(super) async fn observe(
    project: &Project,
    archives: &[Archive],
    architecture: &str,
    engine: Option<&Engine>,
    hung: Option<&Blind>,
    local: bool,
) -> Around {
    let (existing, there, routes) = if let Some(engine) = engine {
        let (networks, volumes) = tokio::join!(within(engine.networks()), within(engine.volumes()));
        let routes = if local { routes::routes() } else { Vec::new() };
        (networks, volumes, routes)
    } else {
        let nothing = hung.cloned().map_or(Ok(()), Err);
        (
            nothing.clone().map(|()| Vec::new()),
            nothing.map(|()| Vec::new()),
            Vec::new(),
        )
    };
    let uses = |network: &&Network| {
        project
            .active_services()
            .any(|service| service.traits.networks.contains(&network.key))
    };
    let used: Vec<Volume> = project
        .volumes
        .iter()
        .filter(|volume| {
            project
                .active_services()
                .any(|service| service.volumes.contains(&volume.key))
        })
        .cloned()
        .collect();
    let missing = if local {
        missing_folders(&used).await
    } else {
        Vec::new()
    };
    Around {
        networks: project.networks.iter().filter(uses).cloned().collect(),
        existing,
        routes,
        volumes_seen: there.as_ref().map(|_| ()).map_err(Blind::clone),
        volumes: used
            .into_iter()
            .map(|volume| VolumeObserved {
                exists: there
                    .iter()
                    .flatten()
                    .any(|known: &VolumeFacts| known.name == volume.name),
                missing_folder: device(&volume).filter(|device| missing.contains(device)),
                volume,
            })
            .collect(),
        unnamed_data: project
            .active_services()
            .flat_map(|service| unnamed(service, archives, architecture))
            .collect(),
        fetched: project.active_services().flat_map(fetched).collect(),
    }
}

fn fetched(service: &Service) -> Vec<Fetched> {
    let one = |name: &String, is_model| Fetched {
        service: service.name.clone(),
        name: name.clone(),
        is_model,
    };
    let models = service.traits.models.iter().map(|name| one(name, true));
    let provider = service.traits.provider.iter().map(|name| one(name, false));
    models.chain(provider).collect()
}

/// The folder that a local volume is, when it is one.
fn device(volume: &Volume) -> Option<String> {
    let is_local = volume
        .driver
        .as_deref()
        .is_none_or(|driver| driver == "local");
    let option = |name: &str| volume.options.get(name).map_or("", String::as_str);
    let is_bind = option("o")
        .split(',')
        .any(|word| matches!(word, "bind" | "rbind"));
    let device = option("device");
    (is_local && is_bind && device.starts_with('/')).then(|| device.to_owned())
}

/// Which of the folders are certainly not there; one that hangs is not.
async fn missing_folders(volumes: &[Volume]) -> Vec<String> {
    let folders: Vec<String> = volumes.iter().filter_map(device).collect();
    if folders.is_empty() {
        return Vec::new();
    }
    let look = on_disk(move || {
        let gone = |folder: &String| matches!(Utf8Path::new(folder).try_exists(), Ok(false));
        folders.into_iter().filter(gone).collect()
    });
    look.await.unwrap_or_else(|_: Blind| Vec::new())
}

/// Folders of a database's image that become volumes without a name, because nothing is mounted there.
fn unnamed(service: &Service, archives: &[Archive], architecture: &str) -> Vec<(String, String)> {
    let image = service.image.as_deref().unwrap_or_default();
    if !is_database(image) || service.one_shot {
        return Vec::new();
    }
    let declared = match_archive(image, architecture, archives)
        .map(|found| found.image.config.volumes.clone())
        .unwrap_or_default();
    let is_mounted = |path: &String| {
        let path = path.trim_end_matches('/');
        service.traits.mounted.iter().any(|target| {
            let target = target.trim_end_matches('/');
            path == target
                || path
                    .strip_prefix(target)
                    .is_some_and(|rest| rest.starts_with('/'))
                || target
                    .strip_prefix(path)
                    .is_some_and(|rest| rest.starts_with('/'))
        })
    };
    let nameless = service.traits.anonymous_volumes.iter().cloned();
    let mut found: Vec<String> = declared
        .into_iter()
        .filter(|path| !is_mounted(path))
        .collect();
    found.extend(nameless.filter(|path| crate::package::is_data_path(path)));
    found.dedup();
    let name = |path| (service.name.clone(), path);
    found.into_iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::traits::Traits;
    use crate::images::archive::{ArchiveImage, ImageConfig};

    #[test]
    fn only_data_that_nothing_is_mounted_over_has_no_name() {
        let archives = [Archive {
            images: vec![ArchiveImage {
                refs: vec!["mysql:8".into()],
                platform: "linux/amd64".into(),
                config: ImageConfig {
                    volumes: vec!["/var/lib/mysql".into()],
                    ..ImageConfig::default()
                },
                ..ArchiveImage::default()
            }],
            ..Archive::default()
        }];
        let of = |image: &str, mounted: &[&str], anonymous: &[&str]| {
            let words = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect();
            let service = Service {
                name: "db".into(),
                image: Some(image.into()),
                traits: Traits {
                    mounted: words(mounted),
                    anonymous_volumes: words(anonymous),
                    ..Traits::default()
                },
                ..Service::default()
            };
            unnamed(&service, &archives, "amd64").len()
        };
        assert_eq!(of("mysql:8", &[], &[]), 1);
        assert_eq!(of("mysql:8", &["/var/lib/mysql/"], &[]), 0);
        assert_eq!(of("mysql:8", &["/var/lib"], &[]), 0);
        assert_eq!(of("mysql:8", &["/etc/mysql"], &[]), 1);
        assert_eq!(of("mysql:8", &["/var/lib/mysql"], &["/cache"]), 0);
        assert_eq!(
            of("postgres:16", &[], &["/var/lib/postgresql/data"]),
            1,
            "not in the package"
        );
        assert_eq!(of("shop/web:1", &[], &["/data"]), 0, "no database");
    }

    #[test]
    fn a_volume_that_is_a_folder_is_recognised() {
        let volume = |options: &[(&str, &str)]| Volume {
            options: options
                .iter()
                .map(|(k, v)| ((*k).into(), (*v).into()))
                .collect(),
            ..Volume::default()
        };
        let bind = volume(&[("type", "none"), ("o", "bind"), ("device", "/srv/data")]);
        assert_eq!(device(&bind).as_deref(), Some("/srv/data"));
        let nfs = volume(&[("type", "nfs"), ("o", "addr=10.0.0.1"), ("device", ":/x")]);
        assert_eq!(device(&nfs), None);
    }
}
