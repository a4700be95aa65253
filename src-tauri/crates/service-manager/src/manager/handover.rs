//! The handover page of the open package, as a file.

use super::{Result, ServiceManager};
use crate::api::handover::HandoverSaved;
use crate::compose::project::Project;
use crate::export::Export;
use crate::handover::{Handover, Place, page};
use crate::resources;
use crate::text::Text;
use camino::{Utf8Path, Utf8PathBuf};
use jiff::Timestamp;
use std::collections::BTreeMap;

impl ServiceManager {
    /// Saves the handover page; none when the person chose no place for it.
    pub async fn save_handover(&self, path: Option<String>) -> Result<Option<HandoverSaved>> {
        let Some(path) = path else { return Ok(None) };
        let session = self.session()?;
        let mut file = Export::begin(Utf8Path::new(&path), Some(&session.package.directory))?;
        let status = self.status().await?;
        let report = self.check().await?;
        let mut versions = vec![(
            Text::verbatim("Quayside"),
            env!("CARGO_PKG_VERSION").to_owned(),
        )];
        if let Some(version) = &session.package.view().version {
            versions.push((Text::new("handover-package"), version.clone()));
        }
        let engine = [&status.engine.version, &status.engine.platform];
        let engine: Vec<&str> = engine.into_iter().filter_map(|it| it.as_deref()).collect();
        versions.push((Text::verbatim("Docker"), engine.join(", ")));
        if let Some(compose) = &session.compose {
            versions.push((Text::verbatim("Compose"), compose.version().to_string()));
        }
        let system = sysinfo::System::long_os_version().unwrap_or_default();
        versions.push((Text::new("handover-system"), system));
        let facts = Handover {
            package: &session.package.view(),
            status: &status,
            checks: &report.checks,
            places: &places(&session.package.project).await,
            versions: &versions,
            made_at: Timestamp::now().strftime("%Y-%m-%d %H:%M UTC").to_string(),
        };
        file.write(&page(&facts))?;
        let (path, bytes) = file.finish()?;
        Ok(Some(HandoverSaved {
            path: path.into_string(),
            bytes,
        }))
    }
}

/// Folders that services write to, and volumes with a name.
async fn places(project: &Project) -> Vec<Place> {
    let mut folders: BTreeMap<Utf8PathBuf, Vec<String>> = BTreeMap::new();
    let mut volumes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for service in project.active_services() {
        for mount in service.bind_mounts.iter().filter(|mount| !mount.read_only) {
            let services = folders.entry(mount.source.clone()).or_default();
            services.push(service.name.clone());
        }
        for volume in &service.volumes {
            let services = volumes.entry(volume.clone()).or_default();
            services.push(service.name.clone());
        }
    }
    let mut places = Vec::new();
    for (folder, services) in folders {
        places.push(Place {
            bytes: resources::bytes_of(folder.clone()).await,
            what: folder.into_string(),
            is_volume: false,
            services,
        });
    }
    places.extend(volumes.into_iter().map(|(what, services)| Place {
        what,
        is_volume: true,
        services,
        bytes: None,
    }));
    places
}
