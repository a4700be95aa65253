//! Images that Docker looked for elsewhere although the package has them.

use super::{Asked, Scene, containers};
use crate::api::check::Risk;
use crate::deploy::explain::remedy::{Bring, Course, Remedy};
use crate::deploy::observe::ImageObserved;
use crate::repair::Proposal;
use crate::text::{Text, format};

/// Brings everything that is missing from the package's files: what failed at one image would fail at the next.
pub(super) fn load(asked: &Asked<'_>, scene: &Scene<'_>) -> Vec<Remedy> {
    let images = &scene.state.images;
    let named = asked.param("image").or(asked.image);
    let is_meant = |image: &&ImageObserved| {
        let of_service = asked
            .service
            .is_some_and(|service| image.services.iter().any(|it| it == service));
        let of_name = named.is_some_and(|name| {
            image.wanted == name || image.wanted.rsplit_once(':').is_some_and(|it| it.0 == name)
        });
        of_service || of_name
    };
    // Without a name or a service every image may be meant.
    let is_known = images.iter().any(|it| is_meant(&it));
    let mut meant = images.iter().filter(|it| !is_known || is_meant(it));
    let missing: Vec<&ImageObserved> = images.iter().filter(|it| is_in_package(it)).collect();
    let Some(first) = meant.clone().find(|it| is_in_package(it)) else {
        // It has been loaded since.
        let all_there = scene.state.images_seen.is_ok()
            && is_known
            && meant.all(|it| it.present.is_some() && it.source.as_ref().is_none_or(|it| it.fits));
        let helps = all_there && asked.id != "image.arch_mismatch";
        return if helps {
            containers::again(asked, scene)
        } else {
            Vec::new()
        };
    };
    let file = |image: &ImageObserved| {
        let archive = scene.archives.get(image.source.as_ref()?.archive)?;
        Some(archive.file.clone())
    };
    let brings: Vec<Bring> = missing
        .iter()
        .filter_map(|image| {
            Some(Bring {
                image: image.wanted.clone(),
                file: file(image)?,
            })
        })
        .collect();
    let names: Vec<&str> = brings.iter().map(|it| it.image.as_str()).collect();
    let proposal = Proposal {
        id: format!("{}:{}", asked.id, first.wanted),
        risk: Risk::Safe,
        effect: Text::new("fix-load-images")
            .with("count", names.len())
            .with("images", format::list(&names)),
        changes: Vec::new(),
    };
    vec![Remedy {
        proposal,
        course: Course {
            images: brings,
            ..Course::default()
        },
    }]
}

/// The package has it for this engine, and the engine does not have it under its name.
fn is_in_package(image: &ImageObserved) -> bool {
    image.source.as_ref().is_some_and(|source| {
        source.fits && !image.present.as_ref().is_some_and(|there| source.is(there))
    })
}
