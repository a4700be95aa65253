//! Containers in each other's way, and what only has to be tried again.

use super::{Asked, Scene};
use crate::api::check::Risk;
use crate::deploy::checks::leftover;
use crate::deploy::explain::remedy::{Course, Remedy};
use crate::diagnose::classes::{Level, class};
use crate::engine::ContainerSummary;
use crate::health::is_up;
use crate::repair::Proposal;
use crate::text::{Text, format};

/// A container of this package that has ended and has a name that another one needs.
pub(super) fn name_conflict(asked: &Asked<'_>, scene: &Scene<'_>) -> Vec<Remedy> {
    let names = [asked.param("container"), asked.param("name")];
    let holder = asked.param("holder");
    let everybody = scene.state.names.everybody.iter();
    everybody
        .filter(|it| {
            names.iter().flatten().any(|name| it.name == **name)
                || holder.is_some_and(|id| it.id.starts_with(id))
        })
        .filter_map(|it| leftover(scene.state, it))
        .map(Remedy::from)
        .collect()
}

/// What passes by itself.
pub(super) fn again(asked: &Asked<'_>, _: &Scene<'_>) -> Vec<Remedy> {
    let subject = asked.service.unwrap_or("all");
    let proposal = Proposal {
        id: format!("{}:{subject}:again", asked.id),
        // Not less than the catalogue asks for, although nothing is changed.
        risk: match class(asked.id).level {
            Level::Safe => Risk::Safe,
            Level::Confirm | Level::Guide => Risk::Confirm,
        },
        effect: Text::new("fix-start-again"),
        changes: Vec::new(),
    };
    vec![proposal.into()]
}

/// A container that Docker lost track of in the middle of a start, and that nothing starts any more.
pub(super) fn anew(asked: &Asked<'_>, scene: &Scene<'_>) -> Vec<Remedy> {
    remade(asked, scene, |it| {
        !it.running && asked.param("container") == Some(&it.id)
    })
}

/// The port was taken at that moment, and nobody has it any more.
pub(super) fn port_is_free(asked: &Asked<'_>, scene: &Scene<'_>) -> Vec<Remedy> {
    let Ok(ports) = &scene.state.ports else {
        return Vec::new();
    };
    let is_it = |label: &str| asked.param("port").is_none_or(|port| label.ends_with(port));
    let mut concerned = ports.iter().filter(|it| is_it(&it.label)).peekable();
    if concerned.peek().is_some() && concerned.all(|it| it.holder().is_none()) {
        again(asked, scene)
    } else {
        Vec::new()
    }
}

/// A proxy that ended because what it leads to was not there yet, and now is.
pub(super) fn upstream(asked: &Asked<'_>, scene: &Scene<'_>) -> Vec<Remedy> {
    let (Some(service), Some(host)) = (asked.service, asked.param("host")) else {
        return Vec::new();
    };
    let mut services = scene.snapshot.services.iter();
    let other = services.find(|it| it.name == host && it.name != service);
    if !other.is_some_and(|it| is_up(it.state)) {
        return Vec::new();
    }
    let proposal = Proposal {
        id: format!("{}:{service}:restart", asked.id),
        risk: Risk::Safe,
        effect: Text::new("fix-restart")
            .with("service", service)
            .with("host", host),
        changes: Vec::new(),
    };
    vec![Remedy {
        proposal,
        course: Course {
            stop: vec![service.to_owned()],
            ..Course::default()
        },
    }]
}

/// New containers for the services with one that is so; for the service that was asked about when none is seen.
pub(super) fn remade(
    asked: &Asked<'_>,
    scene: &Scene<'_>,
    is_so: impl Fn(&ContainerSummary) -> bool,
) -> Vec<Remedy> {
    let mut services = own(scene, is_so);
    if services.is_empty() {
        services.extend(asked.service.map(str::to_owned));
    }
    services.retain(|name| scene.project.service(name).is_some_and(|it| it.active));
    if services.is_empty() {
        return Vec::new();
    }
    let proposal = Proposal {
        id: format!("{}:{}", asked.id, services.join(",")),
        risk: Risk::Safe,
        effect: Text::new("fix-remake").with("services", format::list(&services)),
        changes: Vec::new(),
    };
    vec![Remedy {
        proposal,
        course: Course {
            remake: services,
            ..Course::default()
        },
    }]
}

/// The services of this project with a container that is so, each once.
pub(super) fn own(scene: &Scene<'_>, is_so: impl Fn(&ContainerSummary) -> bool) -> Vec<String> {
    let names = &scene.state.names;
    let ours = names.everybody.iter().filter(|it| {
        it.project.as_deref() == Some(&scene.state.project) && names.other_folder.is_none()
    });
    let mut services: Vec<String> = ours
        .filter(|it| is_so(it))
        .filter_map(|it| it.service.clone())
        .collect();
    services.sort();
    services.dedup();
    services
}
