//! What containers wrote: followed, or saved as a file.

use super::{Result, ServiceManager};
use crate::api::app::{LogsRequest, SaveLogsRequest};
use crate::api::log::SavedLogs;
use crate::engine::LogsWanted;
use crate::error::Error;
use crate::export::Export;
use crate::log_lines::{self, Followed, LogLines, since};
use camino::Utf8Path;
use jiff::Timestamp;

/// Lines of the past, per container, where nobody says how many, ...
const SHOWN_LINES: u32 = 200;
/// ... and at most: a log without rotation can be larger than the disk people save it to.
const SAVED_LINES: u32 = 200_000;

impl ServiceManager {
    /// Returns log lines of services: those of the past, and, when they are followed, everything that comes until nobody
    /// wants it any more.
    pub async fn logs(&self, request: LogsRequest) -> Result<LogLines> {
        let session = self.session()?;
        let services = self.known(request.services)?;
        let past = if request.since.is_some() {
            SAVED_LINES
        } else {
            SHOWN_LINES
        };
        let wanted = LogsWanted {
            tail: request.tail.unwrap_or(past),
            since: request.since.map(moment).transpose()?,
            follow: request.follow,
        };
        let engine = session.engine()?;
        let containers = engine
            .project_containers(&session.package.project.name)
            .await?;
        if !wanted.follow {
            return Ok(LogLines::past(&engine, &containers, &services, wanted));
        }
        let followed = Followed {
            engine,
            project: session.package.project.name.clone(),
            services,
            wanted,
            clock: Timestamp::now,
        };
        Ok(LogLines::follow(followed, &containers))
    }

    /// Saves log lines as a file; none when the person chose no place for it.
    pub async fn save_logs(
        &self,
        path: Option<String>,
        request: SaveLogsRequest,
    ) -> Result<Option<SavedLogs>> {
        let Some(path) = path else { return Ok(None) };
        let package = self.session()?.package.directory.clone();
        let file = Export::begin(Utf8Path::new(&path), Some(&package))?;
        let request = LogsRequest {
            services: request.services,
            tail: Some(SAVED_LINES),
            since: request.since,
            follow: false,
        };
        let lines = self.logs(request).await?;
        Ok(Some(log_lines::save(lines, file).await?))
    }
}

/// Reads from when on.
fn moment(text: String) -> Result<Timestamp> {
    since(&text, Timestamp::now()).ok_or(Error::BadTime { text })
}
