//! A package as the contract shows it; pure.

use super::Package;
use crate::api::package::{
    BindMountView, DependsOnView, HealthcheckView, PackageView, PortView, ServiceView,
};
use crate::compose::project::{Healthcheck, Service};
use crate::images::archive::Archive;
use crate::text::Language;

pub(super) fn package(package: &Package, language: Language) -> PackageView {
    let project = &package.project;
    PackageView {
        project: project.name.clone(),
        title: package.title(language),
        version: package.version().map(str::to_owned),
        directory: package.directory.to_string(),
        compose_files: project.files.iter().map(ToString::to_string).collect(),
        services: project
            .services
            .iter()
            .map(|it| service(it, package.service_title(&it.name, language)))
            .collect(),
        archives: package.archives.iter().map(Archive::view).collect(),
        findings: package.findings.clone(),
        preview: project.preview,
    }
}

fn service(service: &Service, title: String) -> ServiceView {
    ServiceView {
        name: service.name.clone(),
        title,
        image: service.image.clone(),
        ports: service
            .ports
            .iter()
            .map(|port| PortView {
                host_ip: port.host_ip.clone(),
                published: port.published.clone(),
                target: port.target,
                protocol: port.protocol.clone(),
            })
            .collect(),
        bind_mounts: service
            .bind_mounts
            .iter()
            .map(|mount| BindMountView {
                source: mount.source.to_string(),
                target: mount.target.clone(),
                read_only: mount.read_only,
                kind: mount.kind,
                exists: mount.exists,
            })
            .collect(),
        volumes: service.volumes.clone(),
        depends_on: service
            .depends_on
            .iter()
            .map(|it| DependsOnView {
                service: it.service.clone(),
                condition: it.condition.word().to_owned(),
            })
            .collect(),
        restart: service.restart.clone(),
        healthcheck: service.healthcheck.as_ref().map(healthcheck),
        one_shot: service.one_shot,
        profiles: service.profiles.clone(),
        active: service.active,
    }
}

fn healthcheck(check: &Healthcheck) -> HealthcheckView {
    let seconds = |time: Option<std::time::Duration>| time.map(|time| time.as_secs_f64());
    HealthcheckView {
        test: check.test.clone(),
        interval: seconds(check.interval),
        timeout: seconds(check.timeout),
        retries: check.retries,
        start_period: seconds(check.start_period),
    }
}
