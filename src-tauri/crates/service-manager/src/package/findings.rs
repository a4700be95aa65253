//! What is odd about a package; pure.

use super::preview::Unset;
use super::quayside_yaml::{FILE, Odd, QuaysideYaml};
use super::yaml::YamlError;
use crate::api::package::{Finding, MountKind, Severity};
use crate::compose::output::unset_variable;
use crate::compose::project::Project;
use crate::compose::volumes::kind_by_name;
use crate::images::archive::{Archive, Problem};
use crate::images::reference::{Reference, claimed_platform};
use crate::text::{Params, Text};

/// A finding; its text has the key `finding-ID` with the dots of the id as dashes.
fn finding(id: &str, severity: Severity, file: Option<&str>, params: Params) -> Finding {
    let message = Text::new(format!("finding-{}", id.replace('.', "-"))).with_all(&params);
    Finding {
        id: id.to_owned(),
        severity,
        file: file.map(str::to_owned),
        line: None,
        params,
        message,
    }
}

/// Warnings of Compose that a person should know: variables without a value.
pub(crate) fn of_warnings(warnings: &[String]) -> Vec<Finding> {
    warnings
        .iter()
        .filter_map(|line| unset_variable(line))
        .map(|name| {
            finding(
                "compose.env_missing",
                Severity::Warning,
                None,
                Params::new().with("name", name),
            )
        })
        .collect()
}

/// Variables that have to have a value and have none.
pub(crate) fn of_unset(unset: &[Unset]) -> Vec<Finding> {
    let one = |unset: &Unset| {
        let params = Params::new().with("name", &unset.name);
        let file = Some(unset.file.as_str());
        Finding {
            id: "compose.env_missing".to_owned(),
            line: unset.line,
            ..finding("value-needed", Severity::Error, file, params)
        }
    };
    unset.iter().map(one).collect()
}

/// Missing files that are mounted, and folders in the place of files (which Docker makes of missing files).
pub(crate) fn of_project(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    if project.active_services().next().is_none() {
        // Compose accepts such a file and then has nothing to start.
        let file = project.files.first().map_or("", |file| file.as_str());
        findings.push(finding(
            "package-no-services",
            Severity::Error,
            Some(file),
            Params::new().with("file", file),
        ));
    }
    for service in project.active_services() {
        // Compose resolves it with every profile on, but does not start it so.
        let asleep = service
            .depends_on
            .iter()
            .filter(|it| !service.optional.contains(&it.service))
            .filter(|it| project.service(&it.service).is_some_and(|it| !it.active));
        for dependency in asleep {
            let params = Params::new()
                .with("service", &service.name)
                .with("missing", &dependency.service);
            let file = project.files.first().map(|file| file.as_str());
            findings.push(finding(
                "compose.undefined_ref",
                Severity::Error,
                file,
                params,
            ));
        }
        for mount in &service.bind_mounts {
            let by_name = kind_by_name(&mount.source, &mount.target);
            let id = match (mount.exists, mount.kind) {
                (false, MountKind::File) => "mount.source_missing",
                (true, MountKind::Directory) if by_name == MountKind::File => "mount.file_vs_dir",
                _ => continue,
            };
            let params = Params::new()
                .with("file", mount.source.as_str())
                .with("service", &service.name)
                .with("target", &mount.target);
            findings.push(finding(
                id,
                Severity::Warning,
                Some(mount.source.as_str()),
                params,
            ));
        }
    }
    findings
}

/// Files that are no sound archives, and names that contradict the images in them.
pub(crate) fn of_archives(archives: &[Archive]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for archive in archives {
        let file = Params::new().with("file", &archive.file);
        if let Some(problem) = &archive.problem {
            let (id, severity, reason) = describe(problem);
            findings.push(finding(
                id,
                severity,
                Some(&archive.file),
                file.clone().with("reason", reason),
            ));
        }
        let name = archive.file.rsplit('/').next().unwrap_or_default();
        for image in &archive.images {
            let shown = image.refs.first().map_or(image.id.as_str(), String::as_str);
            let of_ref = |text: &String| {
                Reference::parse(text)?
                    .without_platform()
                    .map(|(_, arch)| arch)
            };
            // With images of several platforms in it, a file's name claims nothing.
            let of_file = claimed_platform(name).filter(|_| archive.images.len() == 1);
            let claimed = image.refs.iter().find_map(of_ref).or(of_file);
            if let Some(claimed) = claimed.filter(|claimed| *claimed != image.architecture()) {
                let params = file
                    .clone()
                    .with("image", shown)
                    .with("claimed", claimed)
                    .with("platform", &image.platform);
                findings.push(finding(
                    "image.platform_name",
                    Severity::Warning,
                    Some(&archive.file),
                    params,
                ));
            }
        }
    }
    findings
}

fn describe(problem: &Problem) -> (&'static str, Severity, Text) {
    match problem {
        Problem::Empty => (
            "image.archive_empty",
            Severity::Error,
            Text::new("archive-empty"),
        ),
        Problem::Unreadable {
            kind: std::io::ErrorKind::PermissionDenied,
            reason,
        } => (
            "image.archive_permission",
            Severity::Error,
            Text::verbatim(reason),
        ),
        Problem::Unreadable { reason, .. } => (
            "image.archive_unreadable",
            Severity::Error,
            Text::verbatim(reason),
        ),
        Problem::WebPage => (
            "image.archive_foreign",
            Severity::Error,
            Text::new("archive-web-page"),
        ),
        Problem::NotAnArchive { kind: Some(kind) } => (
            "image.archive_foreign",
            Severity::Error,
            Text::new("archive-kind").with("kind", *kind),
        ),
        Problem::NotAnArchive { kind: None } => (
            "image.archive_foreign",
            Severity::Error,
            Text::new("archive-unknown-kind"),
        ),
        Problem::Truncated => (
            "image.archive_corrupt",
            Severity::Error,
            Text::new("archive-truncated"),
        ),
        Problem::Damaged { reason } => (
            "image.archive_corrupt",
            Severity::Error,
            Text::new("archive-damaged").with("detail", reason),
        ),
        Problem::NoManifest => (
            "image.archive_corrupt",
            Severity::Error,
            Text::new("archive-no-manifest"),
        ),
        Problem::LargeWindow => (
            "image.archive_window",
            Severity::Error,
            Text::new("archive-large-window"),
        ),
        Problem::NoImages => (
            "image.archive_foreign",
            Severity::Warning,
            Text::new("archive-no-images"),
        ),
    }
}

/// A `quayside.yaml` that cannot be read, or says what we do not know.
pub(crate) fn of_quayside_yaml(
    file: &Result<QuaysideYaml, YamlError>,
    project: &Project,
) -> Vec<Finding> {
    match file {
        Ok(file) => {
            let strangers = file
                .services
                .keys()
                .filter(|name| project.service(name).is_none());
            let strangers = strangers.map(|name| {
                let params = Params::new().with("file", FILE).with("service", name);
                ("quayside-unknown-service", None, params)
            });
            let odd = file.oddities.iter().map(|odd| {
                let place = Params::new()
                    .with("file", FILE)
                    .with("line", odd.line.unwrap_or(0))
                    .with("key", &odd.key);
                let (id, params) = match &odd.what {
                    Odd::Unknown { nearest } => (
                        "quayside-unknown-key",
                        place.with("nearest", nearest.unwrap_or("none")),
                    ),
                    Odd::Type { expected } => (
                        "quayside-wrong-type",
                        place.with("expected", expected.clone()),
                    ),
                    Odd::Value { reason } => {
                        ("quayside-bad-value", place.with("reason", reason.clone()))
                    }
                };
                (id, odd.line, params)
            });
            let other_name = file.project.iter().filter(|name| **name != project.name);
            let other_name = other_name.map(|name| {
                let params = Params::new()
                    .with("file", FILE)
                    .with("name", name)
                    .with("project", &project.name);
                ("quayside-other-project", None, params)
            });
            odd.chain(strangers)
                .chain(other_name)
                .map(|(id, line, params)| {
                    let mut found = finding(id, Severity::Warning, Some(FILE), params);
                    found.line = line;
                    found
                })
                .collect()
        }
        Err(error) => {
            let params = Params::new()
                .with("file", FILE)
                .with("line", error.line.unwrap_or(0))
                .with("reason", super::error::fault_text(&error.fault));
            let mut found = finding("quayside-invalid", Severity::Warning, Some(FILE), params);
            found.line = error.line;
            vec![found]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::project::{Condition, Dependency, Service};

    #[test]
    fn a_service_that_waits_for_one_of_a_sleeping_profile_is_found() {
        let needs = |service: &str| Dependency {
            service: service.into(),
            condition: Condition::Started,
        };
        let web = Service {
            name: "web".into(),
            active: true,
            depends_on: vec![needs("debug"), needs("extra"), needs("db")],
            optional: vec!["extra".into()],
            ..Service::default()
        };
        let other = |name: &str, active| Service {
            name: name.into(),
            active,
            ..Service::default()
        };
        let services = vec![
            web,
            other("debug", false),
            other("extra", false),
            other("db", true),
        ];
        let project = Project {
            name: "p".into(),
            directory: "/p".into(),
            files: vec!["/p/compose.yaml".into()],
            services,
            external_networks: Vec::new(),
            external_volumes: Vec::new(),
            preview: false,
            ..Project::default()
        };
        let found = of_project(&project);
        let ids: Vec<_> = found.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids, ["compose.undefined_ref"]);
        assert!(found[0].message.to_string().contains("debug"));
    }
}
