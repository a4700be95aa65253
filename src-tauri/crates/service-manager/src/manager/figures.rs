//! What is used at the moment. Nobody asks while nobody looks.

use super::{Result, ServiceManager};
use crate::api::resources::ResourceFigures;
use crate::deploy::observe::disk::places_here;
use crate::resources::Subject;
use jiff::Timestamp;

impl ServiceManager {
    /// Returns what containers and this computer use; rates are since the call before.
    pub async fn resource_figures(&self) -> Result<ResourceFigures> {
        let session = self.session()?;
        let status = session.monitor.current();
        let engine = session.engine().ok();
        let info = match &engine {
            Some(engine) => session.figures.info(engine).await,
            None => None,
        };
        let is_local = session.endpoint.is_local();
        let subject = Subject {
            project: &session.package.project,
            status: &status,
            engine_disks: info
                .as_ref()
                .map(|info| places_here(info, is_local))
                .unwrap_or_default(),
            engine,
            info,
        };
        Ok(session.figures.look(subject, Timestamp::now()).await)
    }
}
