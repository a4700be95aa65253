//! What can be done about problems that no check sees beforehand: from what was found and how things are to exact
//! changes; pure. A file per family.
//!
//! Nothing is offered that was not looked at: a container is removed because it is this package's and has ended, an image
//! is loaded because a file of the package has it. Nothing here touches a folder or a volume with data.

mod containers;
mod databases;
mod gpu;
mod health;
mod images;
mod limits;
mod networks;

use super::remedy::Remedy;
use crate::api::check::Risk;
use crate::api::status::StatusSnapshot;
use crate::compose::project::{Project, Service};
use crate::deploy::observe::ObservedState;
use crate::deploy::port_change::Place;
use crate::deploy::service_change::{Wish, way};
use crate::diagnose::classes::{Level, class};
use crate::diagnose::weigh::Finding;
use crate::images::archive::Archive;
use crate::repair::Proposal;
use crate::text::{Param, Params, Text};

/// What is known when somebody asks for help.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scene<'a> {
    pub state: &'a ObservedState,
    pub project: &'a Project,
    pub archives: &'a [Archive],
    pub snapshot: &'a StatusSnapshot,
}

/// What is wrong.
#[derive(Clone, Debug)]
pub(in crate::deploy) struct Asked<'a> {
    pub id: &'a str,
    pub variant: Option<&'a str>,
    pub service: Option<&'a str>,
    pub image: Option<&'a str>,
    pub params: &'a Params,
    /// The lines that say so.
    pub proof: Vec<&'a str>,
}

impl<'a> Asked<'a> {
    pub(super) fn of(finding: &'a Finding) -> Self {
        Self {
            id: finding.class.id,
            variant: finding.variant,
            service: finding.service.as_deref(),
            image: finding.image.as_deref(),
            params: &finding.params,
            proof: finding.proof.iter().map(|it| it.line.as_str()).collect(),
        }
    }

    /// Returns what a rule or a check read from a text.
    fn param(&self, name: &str) -> Option<&'a str> {
        match self.params.get(name) {
            Some(Param::Words(words)) => Some(words.as_str()),
            _ => None,
        }
    }

    fn service(&self, scene: &Scene<'a>) -> Option<&'a Service> {
        scene.project.service(self.service?)
    }

    fn says(&self, words: &str) -> bool {
        let has = |line: &&str| line.to_lowercase().contains(words);
        self.proof.iter().any(has)
    }
}

/// Returns what can be done.
pub(super) fn remedies(asked: &Asked<'_>, scene: &Scene<'_>) -> Vec<Remedy> {
    if class(asked.id).level == Level::Guide {
        return Vec::new();
    }
    match asked.id {
        "container.name_conflict" => containers::name_conflict(asked, scene),
        "container.busy" if asked.variant == Some("lost") => containers::anew(asked, scene),
        "container.busy" => containers::again(asked, scene),
        "port.in_use" => containers::port_is_free(asked, scene),
        "app.upstream_unresolved" => containers::upstream(asked, scene),
        "net.stale_network" => networks::stale(asked, scene),
        "compose.network_changed" => networks::changed(asked, scene),
        "image.missing"
        | "image.manifest_unknown"
        | "image.arch_mismatch"
        | "image.registry_dns"
        | "image.registry_timeout"
        | "image.registry_rate_limit"
        | "image.registry_tls"
        | "image.registry_auth" => images::load(asked, scene),
        "oom.killed" => limits::memory(asked, scene),
        "limit.nofile" => limits::open_files(asked, scene),
        "host.vm_max_map_count" => limits::map_count(asked, scene),
        "host.inotify_limit" => limits::inotify(asked, scene),
        "health.slow_start" => health::slow_start(asked, scene),
        "mysql.lower_case_table_names" => databases::table_names(asked, scene),
        "gpu.toolkit_missing" | "gpu.driver_unavailable" => gpu::without(asked, scene),
        _ => Vec::new(),
    }
}

/// Offers another setting of a service; `effect` is told how it is written.
fn setting(
    scene: &Scene<'_>,
    wish: &Wish<'_>,
    (id, risk): (String, Risk),
    effect: impl FnOnce(Text) -> Text,
) -> Option<Remedy> {
    let Ok(Some(sources)) = &scene.state.sources else {
        return None;
    };
    let (place, changes) = way(sources, scene.state.reader, wish).ok()?;
    let (key, place) = match &place {
        Place::Variable(name) => ("fix-by-variable", name.as_str()),
        Place::Override(path) | Place::Copy(path) => ("fix-by-override", path.as_str()),
    };
    let place = place
        .strip_prefix(sources.directory.as_str())
        .map_or(place, |it| it.trim_start_matches('/'));
    let proposal = Proposal {
        id,
        risk,
        effect: effect(Text::new(key).with("place", place)),
        changes,
    };
    Some(proposal.into())
}

#[cfg(test)]
pub(in crate::deploy) mod tests;
