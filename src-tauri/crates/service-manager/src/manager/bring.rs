//! Bringing a package to this computer, and opening it there.

use super::{Result, ServiceManager};
use crate::api::app::{CopyRequest, OpenPackageRequest, Started};
use crate::api::operation::{Finished, OperationKind, Outcome};
use crate::bring::{Bring, bring_operation, default_target, recognise, remember, unpacked_before};
use crate::deploy::execute::{blank, failure};
use crate::error::Error;
use crate::operation::{OperationContext, Request};
use camino::{Utf8Path, Utf8PathBuf};

impl ServiceManager {
    /// Copies a folder to this computer, or unpacks a packed package, and opens what came out. Nothing is written over.
    pub async fn copy_package(&self, request: CopyRequest) -> Result<Started> {
        let from = match request.from {
            Some(from) => absolute(&from)?,
            None => self.session()?.package.whole_folder().to_owned(),
        };
        let path = from.clone();
        // A medium may take its time to answer.
        let seen = tokio::task::spawn_blocking(move || (recognise(&path), path.is_dir())).await;
        let (packing, is_folder) = seen.map_err(|error| Error::Unknown(error.to_string()))?;
        if packing.is_none() && !is_folder {
            return Err(crate::package::PackageError::IsFile { path: from }.into());
        }
        let to = match request.to {
            Some(to) => absolute(&to)?,
            None => self.target(&from),
        };
        // A folder that is copied into itself has no end.
        if packing.is_none() && to.starts_with(&from) {
            return Err(Error::TargetExists {
                path: to.into_string(),
            });
        }
        let environment = &self.inner.environment;
        let asked = Request {
            // There is no project yet; two copies to one place exclude each other.
            project: format!("copy-{}", to.file_name().unwrap_or_default()),
            kind: OperationKind::Copy,
            services: Vec::new(),
        };
        let manager = self.clone();
        let state = environment.state.clone();
        let operation_id = self
            .inner
            .registry
            .start(&asked, &self.inner.cancel, |context| {
                let bring = Bring { from, to, packing };
                manager.bring(context, bring, state)
            })?;
        Ok(Started { operation_id })
    }

    /// Whether a path is a packed package.
    pub fn is_packed(&self, path: &str) -> bool {
        recognise(Utf8Path::new(path)).is_some()
    }

    /// Returns where this very file was unpacked to, if that is still there.
    pub fn unpacked(&self, path: &str) -> Option<String> {
        let path = absolute(path).ok()?;
        unpacked_before(&self.inner.environment.state, &path).map(Utf8PathBuf::into_string)
    }

    fn target(&self, from: &Utf8Path) -> Utf8PathBuf {
        let environment = &self.inner.environment;
        default_target(
            environment.home.as_ref().unwrap_or(&environment.state),
            from,
        )
    }

    async fn bring(self, context: OperationContext, bring: Bring, state: Utf8PathBuf) -> Finished {
        let (from, packed) = (bring.from.clone(), bring.packing.is_some());
        let opened = async |to: Utf8PathBuf| {
            if packed {
                remember(&state, &from, &to);
            }
            let path = to.into_string();
            self.open_package(OpenPackageRequest { path })
                .await
                .map(drop)
        };
        match bring_operation(context.clone(), bring, blank(), opened).await {
            Ok(finished) => finished,
            Err(ended) => {
                let mut finished = blank();
                finished.outcome = match ended.error {
                    Error::Cancelled => Outcome::Cancelled,
                    _ => Outcome::Failed,
                };
                finished.failure = Some(failure(ended.step, &ended.error));
                finished.seconds = context.seconds();
                finished
            }
        }
    }
}

fn absolute(path: &str) -> Result<Utf8PathBuf> {
    let path = Utf8Path::new(path);
    let made = camino::absolute_utf8(path).map_err(|error| Error::file(path.as_str(), &error))?;
    Ok(crate::compose::volumes::normalise(&made))
}
