//! The package audit: what a vendor should write differently, with file, line and why. Advice; it stops nobody.
//!
//! [`sources::read`] looks at the files; everything else here is pure.

mod rules;
mod secrets;
pub(super) mod sources;

pub(crate) use rules::{is_data_path, is_database};

use crate::api::package::{AuditEntry, Severity};
use crate::compose::project::{Project, Service};
use crate::images::archive::{Archive, ImageConfig};
use crate::images::reference::match_archive;
use crate::text::{Params, Text};
use sources::{Source, Sources};

/// What the rules look at.
struct Subject<'a> {
    project: &'a Project,
    archives: &'a [Archive],
    architecture: &'a str,
    sources: &'a Sources,
    found: Vec<AuditEntry>,
}

/// Returns the advice for a package, what matters most first.
pub(super) fn audit(
    project: &Project,
    archives: &[Archive],
    architecture: &str,
    sources: &Sources,
) -> Vec<AuditEntry> {
    let mut subject = Subject {
        project,
        archives,
        architecture,
        sources,
        found: Vec::new(),
    };
    for service in &project.services {
        rules::of_service(&mut subject, service);
    }
    secrets::of_files(&mut subject);
    let mut found = subject.found;
    // Stable: within one rule the order of the services stays.
    found.sort_by(|a, b| (rank(a.severity), &a.id).cmp(&(rank(b.severity), &b.id)));
    found
}

const fn rank(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    }
}

impl Subject<'_> {
    /// Notes advice about a service; `key` is what it is about below the service, for the line.
    fn service(
        &mut self,
        id: &str,
        severity: Severity,
        service: &Service,
        key: &str,
        params: Params,
    ) {
        let path = format!("services.{}", service.name);
        let place = self.sources.place(&path, key);
        let params = params.with("service", &service.name);
        self.note(id, severity, Some(service), place, params);
    }

    fn note(
        &mut self,
        id: &str,
        severity: Severity,
        service: Option<&Service>,
        (file, line): (Option<String>, Option<u32>),
        params: Params,
    ) {
        let key = id.replace('.', "-");
        let text = |part: &str| Text::new(format!("{key}{part}")).with_all(&params);
        self.found.push(AuditEntry {
            id: id.to_owned(),
            severity,
            file,
            line,
            service: service.map(|service| service.name.clone()),
            message: text(""),
            why: text(".why"),
            advice: text(".advice"),
            params,
        });
    }

    /// What the image of a service says about running it, when the package has it.
    fn image(&self, service: &Service) -> Option<&ImageConfig> {
        let wanted = service.image.as_deref()?;
        let found = match_archive(wanted, self.architecture, self.archives)?;
        Some(&found.image.config)
    }

    fn files(&self) -> &[Source] {
        &self.sources.compose
    }
}

#[cfg(test)]
mod tests;
