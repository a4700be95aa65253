//! Fixes of the open package: applied, listed, taken back.

use super::{Result, ServiceManager};
use crate::api::app::{FixRequest, SaveValuesRequest, Started};
use crate::api::check::{UndoEntry, UndoList};
use crate::api::operation::OperationKind;
use crate::deploy::Session;
use crate::deploy::fix::{fix_operation, undo_operation};
use crate::deploy::save::save_operation;
use crate::logging;
use crate::repair::undo;

impl ServiceManager {
    /// Applies a fix that a check offers now, and looks at that check again.
    pub async fn fix(&self, request: FixRequest) -> Result<Started> {
        let manager = self.clone();
        self.start_operation(OperationKind::Fix, Vec::new(), |context, session| {
            fix_operation(context, session, request, async move || {
                manager.reread().await
            })
        })
        .await
    }

    /// Saves values in the package's `.env`, and looks at its settings again.
    pub async fn save_values(&self, request: SaveValuesRequest) -> Result<Started> {
        let session = self.session()?;
        let values = request.values.iter();
        logging::protect(values.map(|it| (session.package.guarded(&it.key), &it.value)));
        let manager = self.clone();
        self.start_operation(OperationKind::Fix, Vec::new(), |context, session| {
            save_operation(context, session, request, async move || {
                manager.reread().await
            })
        })
        .await
    }

    /// Takes the newest fix back, or the newest preparations of a deployment.
    pub async fn undo(&self) -> Result<Started> {
        let manager = self.clone();
        self.start_operation(OperationKind::Undo, Vec::new(), |context, session| {
            undo_operation(context, session, async move || manager.reread().await)
        })
        .await
    }

    /// Returns what can be taken back, the newest first.
    pub fn undo_list(&self) -> Result<UndoList> {
        let project = &self.session()?.package.project.name;
        let mut entries: Vec<UndoEntry> = undo::all(&self.inner.environment.state, project)
            .iter()
            .map(|record| UndoEntry {
                id: record.id().to_owned(),
                effect: record.effect(),
                at: record.at(),
            })
            .collect();
        entries.reverse();
        Ok(UndoList { entries })
    }

    /// Reads the open package anew, for everybody: its files were changed.
    async fn reread(&self) -> Result<Session> {
        let directory = self.session()?.package.directory.clone();
        let session = self.read(directory.as_str()).await?;
        *self.session_lock() = Some(session.clone());
        self.redraw();
        Ok(session)
    }
}
