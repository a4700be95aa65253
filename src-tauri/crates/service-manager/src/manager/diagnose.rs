//! What is wrong, of the open package or of a text that somebody has.

use super::{Result, ServiceManager};
use crate::api::app::{DiagnoseRequest, ExplainTextRequest};
use crate::api::diagnosis::{Diagnosis, DiagnosisGap, DiagnosisReport};
use crate::api::status::{ServiceState, StatusSnapshot};
use crate::deploy::Session;
use crate::deploy::explain::explain;
use crate::diagnose::evidence::Evidence;
use crate::diagnose::reading::{self, NoEvidence};
use crate::diagnose::system::System;
use crate::diagnose::weigh::weigh;
use crate::diagnose::words;
use crate::error::Error;
use fs_err::File;
use std::io::Read;
use std::time::{Duration, Instant};

/// How long a look at the services waits for what is wrong with them.
const NAMING: Duration = Duration::from_secs(3);

/// Fills in the ids of what is wrong with services that are not well; nobody else is asked anything.
pub(super) async fn name_diagnoses(session: &Session, snapshot: &mut StatusSnapshot) {
    let is_bad = |state| {
        matches!(
            state,
            ServiceState::Failed | ServiceState::CrashLooping | ServiceState::Unhealthy
        )
    };
    if !snapshot.services.iter().any(|it| is_bad(it.state)) {
        return;
    }
    let Ok(explained) = tokio::time::timeout(NAMING, explain(session)).await else {
        return;
    };
    let diagnoses = explained.diagnoses();
    for service in &mut snapshot.services {
        let of_it = diagnoses.iter().filter(|it| {
            it.service.as_ref() == Some(&service.name) || it.explains.contains(&service.name)
        });
        service.diagnoses = of_it.map(|it| it.id.clone()).collect();
    }
}

impl ServiceManager {
    /// Says what is wrong with the open package; changes nothing. A service: only what concerns it.
    pub async fn diagnose(&self, request: DiagnoseRequest) -> Result<DiagnosisReport> {
        let started = Instant::now();
        let services = self.known(request.service.into_iter().collect())?;
        let explained = explain(&self.session()?).await;
        let concerns = |diagnosis: &Diagnosis| {
            services.iter().all(|service| {
                diagnosis.service.is_none()
                    || diagnosis.service.as_ref() == Some(service)
                    || diagnosis.explains.contains(service)
            })
        };
        Ok(DiagnosisReport {
            diagnoses: explained.diagnoses().into_iter().filter(concerns).collect(),
            gaps: gaps(&explained.evidence),
            seconds: started.elapsed().as_secs_f64(),
        })
    }

    /// Says what a saved evidence or a copied text means; needs neither a package nor an engine.
    ///
    /// # Errors
    /// JSON that is no evidence.
    pub fn explain_text(&self, request: &ExplainTextRequest) -> Result<DiagnosisReport> {
        self.explain_from("-", request.text.as_bytes())
    }

    /// Says the same of a file.
    ///
    /// # Errors
    /// As [`Self::explain_from`].
    pub fn explain_file(&self, path: &str) -> Result<DiagnosisReport> {
        let file = File::open(path).map_err(|error| Error::file(path, &error))?;
        self.explain_from(path, file)
    }

    /// Says the same of what a reader gives, of which no more is held than is looked at. `name` is what it is called.
    ///
    /// # Errors
    /// What cannot be read, JSON that is no evidence or too large, and an archive.
    pub fn explain_from(&self, name: &str, source: impl Read) -> Result<DiagnosisReport> {
        let started = Instant::now();
        let evidence = reading::read(source).map_err(|why| match why {
            NoEvidence::Unreadable(error) => Error::file(name, &error),
            NoEvidence::Other(reason) => Error::Evidence { reason },
        })?;
        let system = System::of(&evidence.facts, std::env::consts::OS);
        Ok(DiagnosisReport {
            diagnoses: weigh(&evidence)
                .iter()
                .map(|finding| words::view(finding, None, &system))
                .collect(),
            gaps: gaps(&evidence),
            seconds: started.elapsed().as_secs_f64(),
        })
    }
}

/// What could not be looked at when the evidence was gathered.
fn gaps(evidence: &Evidence) -> Vec<DiagnosisGap> {
    let gaps = evidence.gaps.iter();
    gaps.map(|gap| DiagnosisGap {
        what: gap.what.clone(),
        why: gap.why.clone(),
    })
    .collect()
}
