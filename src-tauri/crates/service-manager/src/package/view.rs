//! A package as the contract shows it; pure.

use super::Package;
use crate::api::package::{
    ArchiveView, BindMountView, DependsOnView, HealthcheckView, PackageView, PortView, ServiceView,
};
use crate::compose::project::{Healthcheck, Service};
use crate::images::archive::{Archive, ArchiveImage};
use crate::text::Language;

pub(super) fn package(package: &Package, language: Language) -> PackageView {
    let project = &package.project;
    PackageView {
        project: project.name.clone(),
        title: package.title(language),
        version: package.version().map(str::to_owned),
        icon: package.icon().map(Into::into),
        support: package.support().map(|it| it.view(language)),
        requirements: package.requirements().view(),
        settings: package
            .settings()
            .iter()
            .map(|it| it.view(language))
            .collect(),
        directory: package.directory.to_string(),
        compose_files: project.files.iter().map(ToString::to_string).collect(),
        services: project
            .services
            .iter()
            .map(|it| service(it, package, language))
            .collect(),
        archives: archives(&package.archives),
        findings: package.findings.clone(),
        audit: package.audit.clone(),
        preview: project.preview,
    }
}

/// The archives, with what their images have in common.
fn archives(archives: &[Archive]) -> Vec<ArchiveView> {
    let all: Vec<&ArchiveImage> = archives.iter().flat_map(|it| &it.images).collect();
    let mut views: Vec<ArchiveView> = archives.iter().map(Archive::view).collect();
    let images = views.iter_mut().flat_map(|archive| &mut archive.images);
    for (view, image) in images.zip(&all) {
        let mut deepest = 0;
        for other in all.iter().filter(|other| other.id != image.id) {
            let depth = common_layers(image, other);
            let name = other.refs.first().unwrap_or(&other.id);
            if depth > 0 && !view.shared_with.contains(name) {
                view.shared_with.push(name.clone());
            }
            deepest = deepest.max(depth);
        }
        view.shared_bytes = image.layers[..deepest].iter().map(|it| it.size).sum();
    }
    views
}

/// How many of the lowest layers two images have in common. Only those are stored once: an engine knows a layer by all
/// that is below it.
fn common_layers(one: &ArchiveImage, other: &ArchiveImage) -> usize {
    let pairs = one.layers.iter().zip(&other.layers);
    pairs.take_while(|(a, b)| a.diff_id == b.diff_id).count()
}

fn service(service: &Service, package: &Package, language: Language) -> ServiceView {
    let vendor = package.vendor_service(&service.name);
    ServiceView {
        name: service.name.clone(),
        title: package.service_title(&service.name, language),
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
        open: vendor.and_then(|it| it.open.clone()),
        startup_seconds: vendor.and_then(|it| it.startup).map(|it| it.as_secs_f64()),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::package::Compression;
    use crate::images::archive::Layer;

    /// Ten bytes a layer; a layer is what its letter says.
    fn image(name: &str, layers: &str) -> ArchiveImage {
        ArchiveImage {
            refs: vec![name.into()],
            id: format!("sha256:{name}"),
            layers: layers
                .chars()
                .map(|letter| Layer {
                    diff_id: letter.into(),
                    member: String::new(),
                    offset: 0,
                    stored: 0,
                    packing: Compression::None,
                    digest: letter.into(),
                    size: 10,
                    media_type: String::new(),
                })
                .collect(),
            ..ArchiveImage::default()
        }
    }

    fn shared(images: Vec<Vec<ArchiveImage>>) -> Vec<(u64, String)> {
        let files: Vec<Archive> = images
            .into_iter()
            .map(|images| Archive {
                images,
                ..Archive::default()
            })
            .collect();
        archives(&files)
            .into_iter()
            .flat_map(|archive| archive.images)
            .map(|image| (image.shared_bytes, image.shared_with.join(" ")))
            .collect()
    }

    #[test]
    fn what_images_share_is_told_across_archives() {
        let files = vec![
            vec![image("a", "123")],
            vec![image("b", "12x"), image("c", "1y"), image("d", "q23")],
        ];
        assert_eq!(
            shared(files),
            [
                (20, "b c".to_owned()),
                (20, "a c".to_owned()),
                (10, "a b".to_owned()),
                (0, String::new()),
            ],
            "the same layers on another ground are other layers to an engine"
        );
    }

    #[test]
    fn the_same_image_in_two_files_shares_with_nobody() {
        let files = vec![vec![image("a", "12")], vec![image("a", "12")]];
        assert_eq!(shared(files), [(0, String::new()), (0, String::new())]);
    }
}
