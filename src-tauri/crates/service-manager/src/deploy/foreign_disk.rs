//! Advice about databases whose data lie on a disk that is not made for them. Pure; what a disk is, only the computer
//! that has it can say, so it is no matter of the package alone.

use super::observe::{ObservedState, Store};
use crate::api::package::{AuditEntry, Severity};
use crate::package::yaml;
use crate::text::{Params, Text};

/// Returns the advice for what was observed.
fn advice(state: &ObservedState) -> Vec<AuditEntry> {
    let stores = state.location.as_ref().map_or(&[][..], |it| &it.stores);
    stores
        .iter()
        .filter(|store| store.file_system.is_foreign() || store.file_system.is_network())
        .map(|store| entry(state, store))
        .collect()
}

/// Returns the package's own advice with that of [`advice`], what matters most first.
pub(crate) fn with_advice(audit: &[AuditEntry], state: &ObservedState) -> Vec<AuditEntry> {
    let mut all: Vec<AuditEntry> = audit.iter().cloned().chain(advice(state)).collect();
    all.sort_by_key(|entry| match entry.severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    });
    all
}

fn entry(state: &ObservedState, store: &Store) -> AuditEntry {
    let params = Params::new()
        .with("service", &store.service)
        .with("database", store.database)
        .with("path", store.path.as_str())
        .with("kind", &store.file_system.kind);
    let (file, line) = place(state, &store.service).unzip();
    AuditEntry {
        id: "audit.foreign_disk".into(),
        severity: Severity::Warning,
        file,
        line: line.flatten(),
        service: Some(store.service.clone()),
        message: Text::new("audit-foreign_disk").with_all(&params),
        why: Text::new("audit-foreign_disk.why").with_all(&params),
        advice: Text::new("audit-foreign_disk.advice").with_all(&params),
        params,
    }
}

/// Where the service's volumes are written.
fn place(state: &ObservedState, service: &str) -> Option<(String, Option<u32>)> {
    let sources = state.sources.as_ref().ok()?.as_ref()?;
    let files = sources.files.iter().rev();
    let mut files = files.filter(|file| {
        let service = file.service(service);
        service.is_some_and(|it| it.get("volumes").is_some())
    });
    let file = files.next()?;
    let path = file.path.strip_prefix(&state.directory);
    let line = yaml::line_of(&file.text, &format!("services.{service}.volumes"));
    Some((path.unwrap_or(&file.path).to_string(), line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deploy::checks::tests::well;
    use crate::deploy::observe::Location;
    use crate::host::file_system::FileSystem;
    use crate::package::sources::{SourceFile, Sources};

    #[test]
    fn only_a_database_on_a_disk_that_is_not_made_for_it_is_advised_about() {
        let store = |service: &str, kind: &str| Store {
            service: service.into(),
            path: "/demo/data".into(),
            database: "mysql",
            file_system: FileSystem {
                kind: kind.into(),
                mount: "/demo".into(),
                removable: false,
            },
        };
        let mut state = well();
        let text = "services:\n  db:\n    image: mysql\n    volumes: [\"./data:/var/lib/mysql\"]\n";
        state.sources = Ok(Some(Sources {
            files: SourceFile::new("/demo/compose.yaml".into(), text.into())
                .into_iter()
                .collect(),
            ..Sources::default()
        }));
        state.location = Ok(Location {
            stores: vec![store("a", "ext4"), store("db", "cifs"), store("c", "vfat")],
            ..Location::default()
        });
        let found = advice(&state);
        let places: Vec<_> = found
            .iter()
            .map(|it| (it.service.clone(), it.line))
            .collect();
        assert_eq!(
            places,
            [(Some("db".into()), Some(4)), (Some("c".into()), None)]
        );
        assert_eq!(found[0].file.as_deref(), Some("compose.yaml"));
        assert!(!found[0].why.to_string().starts_with("audit-"));
    }
}
