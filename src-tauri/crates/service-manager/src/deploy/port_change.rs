//! Which exact changes publish a service's port under another number or address; pure.
//!
//! Three ways, the first that is possible: the variable in `.env` that carries the number; an override file that says
//! `ports: !override` (Compose 2.24.4 and later); a copy of the vendor's file in which only that port differs, for
//! everything older, whose lists of ports can only grow. The vendor's file itself is never edited. Each way is worked
//! out in memory first: it is offered only if exactly this port changes.

mod env;
mod overlay;
mod override_file;

pub(crate) use env::{changes as env_changes, with as env_with};
pub(crate) use overlay::{laid_changes, lay, unmarked};
pub(crate) use override_file::{Found, copied};

use crate::compose::project::Port;
use crate::compose::version::Capability;
use crate::compose::{Compose, Generation, Version};
use crate::package::sources::{SourceFile, Sources, ports_of};
use crate::repair::Change;
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

/// What Compose reads our changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reader {
    pub generation: Generation,
    /// It knows `!override`.
    pub overrides: bool,
}

impl Reader {
    /// Returns what a Compose reads; without one it will be a new one.
    pub(crate) fn of(compose: Option<&Compose>) -> Self {
        let version = compose.map(Compose::version);
        Self {
            generation: version.map_or(Generation::V2, Version::generation),
            overrides: version.is_none_or(|version| version.can(Capability::OverrideTag)),
        }
    }
}

/// A port of a service, and what it is to become.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Move<'a> {
    pub service: &'a str,
    pub from: &'a Port,
    pub to: Port,
}

/// Where the number of a port is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A variable of `.env`.
    Variable(String),
    /// A file that Compose reads over the vendor's.
    Override(Utf8PathBuf),
    /// A copy of the vendor's file that Compose reads in its place.
    Copy(Utf8PathBuf),
}

/// How a port is changed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Way {
    pub place: Place,
    pub changes: Vec<Change>,
    /// Other variables of `.env` that mention the old port, and the changes that follow suit; none when none does.
    pub with_urls: Option<(Vec<String>, Vec<Change>)>,
}

/// Why it is not changed by Quayside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoWay {
    /// The person's own environment says this variable, and it wins over `.env`.
    Outside(String),
    /// `.env` leads out of the package.
    Foreign,
    /// It is written in a file that others include or extend.
    File(Utf8PathBuf),
    /// It is written in a way that cannot be followed with certainty.
    Unclear,
}

/// Returns the changes that move a port.
pub(crate) fn way(sources: &Sources, reader: Reader, wish: &Move<'_>) -> Result<Way, NoWay> {
    let before = sources.model().ok_or(NoWay::Unclear)?;
    let all = moved(ports_of(&before), wish).ok_or(NoWay::Unclear)?;
    let own = ports_of(&sources.resolved(None).ok_or(NoWay::Unclear)?);
    let (place, mut changes, env) = match moved(own.clone(), wish) {
        Some(expected) if has_all(&own, &ports_of(&before), wish.service) => {
            here(sources, reader, wish, &before, (&expected, &all))?
        }
        // Some of the service's ports are written in a file that another one includes or extends.
        _ if reader.overrides => override_file::by_tag(sources, reader, wish, &before, &all)?,
        _ => {
            let file = sources.other_file_with_ports(wish.service);
            return Err(file.map_or(NoWay::Unclear, NoWay::File));
        }
    };
    let urls = env::mentions(sources, env.as_deref(), wish);
    let with_urls = (!urls.keys.is_empty() && !sources.env_foreign).then(|| {
        let mut changes = changes.clone();
        changes.extend(env::changes(sources, urls.content));
        (urls.keys, changes)
    });
    if let Some(env) = env {
        changes.extend(env::changes(sources, env));
    }
    Ok(Way {
        place,
        changes,
        with_urls,
    })
}

/// The ways for a port that is written in the project's own files; what is expected of those, and of all.
fn here(
    sources: &Sources,
    reader: Reader,
    wish: &Move<'_>,
    before: &Value,
    (own, all): (&Ports, &Ports),
) -> Result<override_file::Found, NoWay> {
    match carrier(sources, wish, own) {
        Some(name) if sources.outer.contains_key(&name) => Err(NoWay::Outside(name)),
        Some(name) => {
            let env = env::with(sources, reader.generation, &name, &wanted(wish))?;
            Ok((Place::Variable(name), Vec::new(), Some(env)))
        }
        None if reader.overrides => override_file::by_tag(sources, reader, wish, before, all),
        None => override_file::by_copy(sources, reader, wish, own),
    }
}

/// Every service's ports.
type Ports = [(String, Vec<Port>)];

/// Whether a service has all of its ports from the project's own files.
fn has_all(own: &Ports, all: &Ports, service: &str) -> bool {
    let of = |ports: &Ports| {
        let found = ports.iter().find(|(name, _)| name == service);
        found.map(|(_, ports)| ports.clone())
    };
    of(own) == of(all)
}

/// Returns the variable that carries what is to change, if exactly this port changes with it. Of several the one that
/// `.env` has, else the first that is written.
fn carrier(sources: &Sources, wish: &Move<'_>, expected: &[(String, Vec<Port>)]) -> Option<String> {
    let value = wanted(wish);
    let carries = |name: &String| {
        let model = sources.resolved(Some((name, &value)));
        model.is_some_and(|model| ports_of(&model) == expected)
    };
    let mut names = sources.port_variables(wish.service);
    names.retain(carries);
    let set = sources.env_variables();
    let known = names.iter().position(|name| set.contains_key(name));
    (!names.is_empty()).then(|| names.swap_remove(known.unwrap_or(0)))
}

/// What differs, as it is written: the number, else the address.
fn wanted(wish: &Move<'_>) -> String {
    token(&wish.to, wish)
}

fn token(port: &Port, wish: &Move<'_>) -> String {
    let part = if wish.from.published == wish.to.published {
        &port.host_ip
    } else {
        &port.published
    };
    part.clone().unwrap_or_default()
}

/// Returns all ports after the move; none when there is no such port.
fn moved(mut ports: Vec<(String, Vec<Port>)>, wish: &Move<'_>) -> Option<Vec<(String, Vec<Port>)>> {
    let (_, own) = ports.iter_mut().find(|(name, _)| name == wish.service)?;
    let port = own.iter_mut().find(|port| *port == wish.from)?;
    *port = wish.to.clone();
    Some(ports)
}

/// Returns a merged project without the ports of one service.
fn without_ports(mut model: Value, service: &str) -> Value {
    if let Some(service) = model.pointer_mut(&format!("/services/{}", escaped(service)))
        && let Some(service) = service.as_object_mut()
    {
        service.remove("ports");
    }
    model
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// How Compose is to be told of a file by name: relative to its folder where possible.
fn listed(sources: &Sources, path: &Utf8Path) -> String {
    let path = path.strip_prefix(&sources.directory).unwrap_or(path);
    path.to_string()
}

/// Whether a file of a name is one of those Quayside makes.
fn is_ours(file: &SourceFile) -> bool {
    file.path
        .file_name()
        .is_some_and(|name| name.starts_with(OWN_STEM))
        || file.model.get(MARK).is_some()
}

/// What the names of Quayside's own compose files begin with.
const OWN_STEM: &str = "docker-compose.quayside";
const OWN: &str = "docker-compose.quayside.yml";
/// Stands in an override file that Quayside wrote, under a name that Compose leaves alone.
const MARK: &str = "x-quayside";

#[cfg(test)]
mod tests;
