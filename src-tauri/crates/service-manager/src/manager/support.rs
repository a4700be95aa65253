//! What is handed to whoever helps, of the open package or of one that cannot be opened.

use super::{Result, ServiceManager};
use crate::api::app::OpenPackageRequest;
use crate::api::status::StatusSnapshot;
use crate::api::support::{
    BundleContent, BundleFileRequest, SupportBundle, SupportRequest, SupportSummary,
};
use crate::deploy::Session;
use crate::deploy::explain::explain;
use crate::error::Error;
use crate::export::checked;
use crate::operation::{history, interrupted, write_atomically};
use crate::redact::Redactor;
use crate::support_bundle::collect::{self, Collected, within};
use crate::support_bundle::summary::{Facts, summary};
use crate::support_bundle::{Prepared, prepare, secrets};
use crate::{host, logging};
use camino::Utf8Path;
use serde_json::Value;
use std::sync::{Arc, PoisonError};

impl ServiceManager {
    /// Collects a support bundle and takes the secrets out; writes nothing. Works without an engine, without Compose and
    /// with a package that cannot be read: what could not be had is in `gaps`.
    pub async fn prepare_support(&self, request: SupportRequest) -> Result<SupportBundle> {
        let (session, refused) = self.subject(&request).await;
        let mut collected = Collected::default();
        let session = session.as_ref();
        let environment = &self.inner.environment;
        let compose = session.and_then(|it| it.compose.as_deref());
        collect::versions(&mut collected, &self.endpoint(), compose).await;
        if let Some(error) = refused {
            collected.gap("package", error.message().to_string());
            for line in error.output_tail() {
                collected.gap("package", line);
            }
        }
        if let Some(session) = session {
            let project = &session.package.project.name;
            collect::package(&mut collected, &session.package);
            let (check, plan, status, explained) = tokio::join!(
                within(Box::pin(self.check())),
                within(Box::pin(self.plan())),
                within(Box::pin(self.status())),
                within(Box::pin(async { Ok::<_, Error>(explain(session).await) }))
            );
            collected.answer("check.json", check);
            match explained {
                Ok(explained) => {
                    // As `diagnose --evidence` reads it: what is looked at again is what was looked at.
                    collected.answer("evidence.json", Ok::<_, String>(&explained.evidence));
                    collected.answer("diagnoses.json", Ok::<_, String>(explained.diagnoses()));
                }
                Err(why) => collected.gap("evidence.json", why),
            }
            collected.answer("plan.json", plan);
            let status =
                status.unwrap_or_else(|_| StatusSnapshot::clone(&session.monitor.current()));
            collected.answer("status.json", Ok::<_, String>(&status));
            let operations = history(&environment.state, project);
            for (name, operation) in &operations {
                collected.json(&format!("operations/{name}"), operation.clone());
            }
            if let Some(left) = interrupted(&environment.state, project) {
                collected.answer("operations/interrupted.json", Ok::<_, String>(left));
            }
            collect::containers(&mut collected, &self.endpoint(), project).await;
        }
        collect::own_log(&mut collected, environment);
        let redactor = self.redactor(session, &request);
        let hides_hosts = !request.include_host_names;
        // Megabytes are read several times: no work for the threads that serve the window.
        let work = tokio::task::spawn_blocking(move || prepare(collected, redactor, hides_hosts));
        let prepared = work
            .await
            .map_err(|error| Error::Unknown(error.to_string()))??;
        let view = prepared.view();
        *self.bundle() = Some(Arc::new(prepared));
        Ok(view)
    }

    /// Returns one file of the bundle that was prepared last, exactly as it would be written.
    pub fn support_content(&self, request: &BundleFileRequest) -> Result<BundleContent> {
        let prepared = self.prepared()?;
        let file = prepared.files.iter().find(|file| file.name == request.name);
        file.map(|file| BundleContent {
            name: file.name.clone(),
            text: file.text.clone(),
        })
        .ok_or_else(|| Error::Unknown(request.name.clone()))
    }

    /// Writes the bundle that was prepared last where a person wants it, if they do; what is written was looked through
    /// before. `replace`: they agreed that a file that is there goes.
    pub async fn save_support(
        &self,
        path: Option<String>,
        replace: bool,
    ) -> Result<Option<SupportBundle>> {
        let prepared = self.prepared()?;
        let Some(path) = path else {
            return Ok(None);
        };
        if !replace && Utf8Path::new(&path).symlink_metadata().is_ok() {
            return Err(Error::FileExists { path });
        }
        let session = self.session().ok();
        let work = tokio::task::spawn_blocking(move || {
            let package = session.as_ref().map(|it| it.package.directory.as_path());
            // Where files may be replaced, the package's own must not be.
            let path = if replace {
                checked(Utf8Path::new(&path), package)?
            } else {
                path.into()
            };
            let packed = prepared.packed()?;
            write_atomically(&path, &packed).map_err(|error| Error::file(path.as_str(), &error))?;
            Ok(Some(SupportBundle {
                file: Some(path.into_string()),
                bytes: packed.len() as u64,
                ..prepared.view()
            }))
        });
        work.await
            .map_err(|error| Error::Unknown(error.to_string()))?
    }

    /// Returns a summary that fits a telephone call.
    pub async fn support_summary(&self, request: SupportRequest) -> Result<SupportSummary> {
        let (session, refused) = self.subject(&request).await;
        let session = session.as_ref();
        let (check, status, explained) = if let Some(session) = session {
            tokio::join!(
                within(Box::pin(self.check())),
                within(Box::pin(self.status())),
                within(Box::pin(async {
                    Ok::<_, Error>(explain(session).await.diagnoses())
                }))
            )
        } else {
            (Err(String::new()), Err(String::new()), Ok(Vec::new()))
        };
        let diagnoses = explained.unwrap_or_default();
        let checks = check.map(|report| report.checks).unwrap_or_default();
        let view = session.map(|it| it.package.view());
        let state = &self.inner.environment.state;
        let mut redactor = self.redactor(session, &request);
        let operations: Vec<Value> = session
            .map(|it| history(state, &it.package.project.name))
            .into_iter()
            .flatten()
            .map(|(_, operation)| without_secrets(operation, &mut redactor))
            .collect();
        let system = host::system::look();
        let facts = Facts {
            package: view.as_ref(),
            refused: refused.map(|error| error.message().to_string()),
            status: status.as_ref().ok(),
            system: system.title,
            arch: system.arch,
            compose: session.and_then(|it| Some(it.compose.as_ref()?.version().to_string())),
            checks: &checks,
            operations: &operations,
            diagnoses: &diagnoses,
        };
        let lines = summary(&facts);
        for line in &lines {
            redactor.learn(line);
        }
        let lines: Vec<String> = lines
            .iter()
            .map(|line| redactor.text(&logging::redact(line)).0)
            .collect();
        Ok(SupportSummary {
            text: lines.join("\n"),
        })
    }

    /// The package it is about: the one that is asked for, else the open one; or why it cannot be read.
    async fn subject(&self, request: &SupportRequest) -> (Option<Session>, Option<Error>) {
        if let Some(path) = &request.package {
            let opened = self
                .open_package(OpenPackageRequest { path: path.clone() })
                .await;
            if let Err(error) = opened {
                return (None, Some(error));
            }
        }
        (self.session().ok(), None)
    }

    fn redactor(&self, session: Option<&Session>, request: &SupportRequest) -> Redactor {
        let mut redactor = Redactor::new(request.include_host_names);
        secrets::of_environment(&self.inner.environment, &mut redactor);
        match (session, &request.package) {
            (Some(session), _) => secrets::of_package(&session.package, &mut redactor),
            // One that cannot be read has secrets all the same.
            (None, Some(path)) => secrets::of_folder(Utf8Path::new(path), &mut redactor),
            (None, None) => {}
        }
        redactor
    }

    fn prepared(&self) -> Result<Arc<Prepared>> {
        self.bundle()
            .clone()
            .ok_or_else(|| Error::Unknown("support-bundle".into()))
    }

    fn bundle(&self) -> std::sync::MutexGuard<'_, Option<Arc<Prepared>>> {
        self.inner
            .bundle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes the secrets out of lines that belong together, before some of them are left out: half a secret is none that anybody
/// could recognise.
fn without_secrets(value: Value, redactor: &mut Redactor) -> Value {
    match value {
        Value::Array(items) if items.len() > 1 && items.iter().all(Value::is_string) => {
            let lines: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            let (text, _) = redactor.text(&lines.join("\n"));
            text.lines().map(Value::from).collect()
        }
        Value::Array(items) => {
            let items = items.into_iter();
            items.map(|item| without_secrets(item, redactor)).collect()
        }
        Value::Object(map) => {
            let entries = map.into_iter();
            entries
                .map(|(key, item)| (key, without_secrets(item, redactor)))
                .collect()
        }
        other => other,
    }
}
