//! Without a graphics card: only where the vendor has prepared for it.

use super::{Asked, Scene};
use crate::api::check::Risk;
use crate::compose::project::Service;
use crate::deploy::explain::remedy::Remedy;
use crate::deploy::port_change::{env_changes, env_with};
use crate::repair::Proposal;
use crate::text::{Text, format};

const PROFILES: &str = "COMPOSE_PROFILES";
/// What vendors call the profile that does without.
const WITHOUT: &str = "cpu";

/// Changes from the profiles that want a card to the one that does not, when every service that wants one is in such a
/// profile.
pub(super) fn without(asked: &Asked<'_>, scene: &Scene<'_>) -> Vec<Remedy> {
    change(asked, scene).into_iter().collect()
}

fn change(asked: &Asked<'_>, scene: &Scene<'_>) -> Option<Remedy> {
    let Ok(Some(sources)) = &scene.state.sources else {
        return None;
    };
    let wants = |service: &&Service| {
        service.wishes.gpu || service.wishes.runtime.as_deref() == Some("nvidia")
    };
    let services = &scene.project.services;
    let lost: Vec<&Service> = scene.project.active_services().filter(wants).collect();
    let instead: Vec<&str> = services
        .iter()
        .filter(|it| !it.active && !wants(it) && it.profiles.iter().any(|it| it == WITHOUT))
        .map(|it| it.name.as_str())
        .collect();
    let now = sources.variable(PROFILES).unwrap_or_default();
    let now: Vec<&str> = now
        .split(',')
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .collect();
    let is_switched =
        |service: &&Service| service.profiles.iter().any(|it| now.contains(&it.as_str()));
    if lost.is_empty()
        || instead.is_empty()
        || sources.outer.contains_key(PROFILES)
        || !lost.iter().all(is_switched)
    {
        return None;
    }
    let is_theirs = |profile: &str| {
        lost.iter()
            .any(|it| it.profiles.iter().any(|it| it == profile))
    };
    let mut after: Vec<&str> = now.iter().copied().filter(|it| !is_theirs(it)).collect();
    after.push(WITHOUT);
    let env = env_with(
        sources,
        scene.state.reader.generation,
        PROFILES,
        &after.join(","),
    )
    .ok()?;
    let names: Vec<&str> = lost.iter().map(|it| it.name.as_str()).collect();
    let proposal = Proposal {
        id: format!("{}:{WITHOUT}", asked.id),
        risk: Risk::Confirm,
        effect: Text::new("fix-without-gpu")
            .with("lost", format::list(&names))
            .with("services", format::list(&instead))
            .with("place", PROFILES),
        changes: env_changes(sources, env),
    };
    Some(proposal.into())
}
