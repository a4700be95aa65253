//! Networks: whether those of the package and of Docker hide a network of this computer, whether there are addresses
//! left, and whether one that exists is still what the compose file says.

use super::{Judged, ObservedState, Row};
use crate::api::check::{CheckState, Risk};
use crate::compose::traits::Network;
use crate::deploy::port_change::{NoWay, Place};
use crate::deploy::subnet_change::{Move, give, way};
use crate::engine::NetworkFacts;
use crate::host::routes::Route;
use crate::repair::{Change, Proposal};
use crate::text::{Text, format};
use ipnet::IpNet;

/// What Docker takes subnets from when nobody says otherwise (moby, 20.10 to 29): base and size.
const USUAL_POOLS: &[(&str, u8)] = &[
    ("172.17.0.0/16", 16),
    ("172.18.0.0/16", 16),
    ("172.19.0.0/16", 16),
    ("172.20.0.0/14", 16),
    ("172.24.0.0/14", 16),
    ("172.28.0.0/14", 16),
    ("192.168.0.0/16", 20),
];
/// Where a free subnet is looked for.
const CANDIDATES: &[&str] = &["172.16.0.0/12", "10.0.0.0/8", "192.168.0.0/16"];
/// 254 addresses are enough for the services of one package.
const USUAL_SIZE: &str = "192.168.0.0/24";
/// What the catalogues choose another sentence by.
const NONE: &str = "none";
/// More is not tried: somebody who has used that many has other sorrows.
const MOST_TRIES: usize = 4096;

pub(super) fn check(state: &ObservedState) -> Vec<Judged> {
    let around = &state.around;
    let existing = match &around.existing {
        Ok(existing) => existing,
        Err(blind) => {
            return vec![Row::new("net.subnet_overlap", CheckState::Unknown).blind(blind)];
        }
    };
    let own: Vec<&Network> = around.networks.iter().filter(|it| !it.external).collect();
    let mut checks: Vec<Judged> = own
        .iter()
        .flat_map(|network| of_network(state, network, existing))
        .collect();
    checks.extend(of_docker(state, existing));
    checks.extend(exhausted(state, &own, existing));
    if checks.is_empty() {
        checks.push(
            Row::new("net.subnet_overlap", CheckState::Pass)
                .with("count", own.len())
                .judged(),
        );
    }
    checks
}

/// A network of the package.
fn of_network(state: &ObservedState, network: &Network, existing: &[NetworkFacts]) -> Vec<Judged> {
    let row = |id, state| {
        Row::new(id, state)
            .subject(network.name.as_str())
            .with("network", network.name.as_str())
    };
    let subnets = parsed(&network.subnets);
    if let Some(there) = existing.iter().find(|it| it.name == network.name) {
        return changed(state, network, there, &subnets)
            .into_iter()
            .collect();
    }
    let mut found = Vec::new();
    for subnet in subnets {
        let (wanted, free) = (subnet.to_string(), free(state, existing, subnet));
        let (fix, other) = elsewhere(state, network, subnet, &free);
        let of_other = existing
            .iter()
            .find(|it| overlaps(&parsed(&it.subnets), subnet));
        if let Some(of) = of_other {
            // The engine refuses two networks on the same addresses.
            found.push(
                row("net.subnet_overlap", CheckState::Block)
                    .variant("block")
                    .with("subnet", wanted)
                    .with("other", of.name.as_str())
                    .with("free", free)
                    .with("how", other)
                    .offer(fix)
                    .judged(),
            );
        } else if let Some(route) = hidden(state, existing, subnet) {
            found.push(
                row("net.subnet_overlap", CheckState::Warn)
                    .with("subnet", wanted)
                    .with("route", route.net.to_string())
                    .with("interface", route.interface.as_str())
                    .with("free", free)
                    .with("how", other)
                    .offer(fix)
                    .judged(),
            );
        }
    }
    found
}

/// Offers to put a network of the package elsewhere, and says who can do it.
fn elsewhere(
    state: &ObservedState,
    network: &Network,
    from: IpNet,
    free: &str,
) -> (Option<Proposal>, Text) {
    let by_hand = Text::new("subnet-by-hand").with("free", free);
    let (IpNet::V4(from), Ok(to), Ok(Some(sources))) = (from, free.parse(), &state.sources) else {
        return (None, by_hand);
    };
    let wish = Move {
        network: &network.key,
        from,
        to,
    };
    let (place, changes) = match way(sources, state.reader, wish) {
        Ok(way) => way,
        Err(NoWay::Outside(name)) => {
            return (None, Text::new("port-other-outside").with("name", name));
        }
        Err(NoWay::File(_) | NoWay::Foreign | NoWay::Unclear) => return (None, by_hand),
    };
    let (key, place) = match &place {
        Place::Variable(name) => ("fix-subnet-variable", name.as_str()),
        Place::Override(path) => ("fix-subnet-override", path.as_str()),
        Place::Copy(path) => ("fix-subnet-copy", path.as_str()),
    };
    let place = place
        .strip_prefix(sources.directory.as_str())
        .map_or(place, |it| it.trim_start_matches('/'));
    let effect = Text::new(key)
        .with("network", network.name.as_str())
        .with("old", from.to_string())
        .with("new", free)
        .with("place", place);
    let proposal = Proposal {
        id: format!("net.subnet_overlap:{}:{free}", network.name),
        risk: Risk::Confirm,
        effect,
        changes,
    };
    (Some(proposal), Text::new("subnet-offered"))
}

/// A network of that name that is there already.
fn changed(
    state: &ObservedState,
    network: &Network,
    there: &NetworkFacts,
    subnets: &[IpNet],
) -> Option<Judged> {
    let is_v1 = state
        .compose
        .as_deref()
        .is_some_and(|it| it.starts_with("v1"));
    let row = |state| {
        Row::new("compose.network_changed", state)
            .subject(network.name.as_str())
            .with("network", network.name.as_str())
    };
    // Compose v2 wants its own label on it (compose 2.0 to 5); v1 takes any.
    if !is_v1 && there.key.as_deref() != Some(&network.key) {
        return Some(row(CheckState::Block).variant("block-foreign").judged());
    }
    let driver = network
        .driver
        .as_deref()
        .filter(|driver| *driver != there.driver);
    let has: Vec<IpNet> = parsed(&there.subnets);
    let subnet = subnets.iter().find(|subnet| !has.contains(subnet));
    let (now, wanted) = match (driver, subnet) {
        (Some(driver), _) => (there.driver.clone(), driver.to_owned()),
        (None, Some(subnet)) => (there.subnets.join(", "), subnet.to_string()),
        (None, None) => return None,
    };
    // v1 stops with an error; v2 keeps the old network or makes it anew by itself, depending on its version.
    let verdict = if is_v1 {
        CheckState::Block
    } else {
        CheckState::Warn
    };
    Some(
        row(verdict)
            .with("now", now)
            .with("wanted", wanted)
            .judged(),
    )
}

/// Docker's own bridge, and networks this project has already: a VPN may have come after them.
fn of_docker(state: &ObservedState, existing: &[NetworkFacts]) -> Vec<Judged> {
    let is_ours = |network: &&NetworkFacts| {
        network.name == "bridge" || network.project.as_deref() == Some(&state.project)
    };
    let judge = |network: &NetworkFacts| {
        let (subnet, route) = parsed(&network.subnets)
            .into_iter()
            .find_map(|subnet| Some((subnet, hidden(state, existing, subnet)?)))?;
        Some(
            Row::new("net.subnet_overlap", CheckState::Warn)
                .variant("warn-docker")
                .subject(network.name.as_str())
                .with("network", network.name.as_str())
                .with("subnet", subnet.to_string())
                .with("route", route.net.to_string())
                .with("interface", route.interface.as_str())
                .with("free", free(state, existing, subnet))
                .judged(),
        )
    };
    existing.iter().filter(is_ours).filter_map(judge).collect()
}

/// Docker gives each network a subnet of its own and has only so many.
fn exhausted(state: &ObservedState, own: &[&Network], existing: &[NetworkFacts]) -> Option<Judged> {
    let takes_one = |network: &&&Network| {
        let driver = network.driver.as_deref();
        network.subnets.is_empty()
            && driver.is_none_or(|driver| driver == "bridge")
            && !existing.iter().any(|it| it.name == network.name)
    };
    let needed = own.iter().filter(takes_one).count();
    let pools = pools(state);
    let left = pools
        .iter()
        .filter_map(|(base, size)| Some(base.subnets(*size).ok()?.take(MOST_TRIES)))
        .flatten()
        .filter(|subnet| !is_taken(state, existing, *subnet))
        .take(needed)
        .count();
    (left < needed).then(|| {
        let networks = existing.iter().filter(|it| !it.subnets.is_empty()).count();
        let routed = if state.around.routes.is_empty() {
            "no"
        } else {
            "yes"
        };
        Row::new("net.pool_exhausted", CheckState::Block)
            .with("needed", needed)
            .with("left", left)
            .with("networks", networks)
            .with("routed", routed)
            .offer(unused(state, existing))
            .offer(given(state, own.iter().filter(takes_one), existing))
            .judged()
    })
}

/// Offers to remove what this package made earlier and nobody uses: each has addresses that are needed.
fn unused(state: &ObservedState, existing: &[NetworkFacts]) -> Option<Proposal> {
    let names = &state.names;
    if names.unseen.is_some() || names.other_folder.is_some() {
        return None;
    }
    let is_wanted = |it: &NetworkFacts| state.around.networks.iter().any(|own| own.name == it.name);
    let is_used = |it: &NetworkFacts| {
        names
            .everybody
            .iter()
            .any(|one| one.networks.contains(&it.id))
    };
    let ours = existing.iter().filter(|it| {
        it.project.as_deref() == Some(&state.project) && !is_wanted(it) && !is_used(it)
    });
    let ours: Vec<&NetworkFacts> = ours.collect();
    let list: Vec<&str> = ours.iter().map(|it| it.name.as_str()).collect();
    (!ours.is_empty()).then(|| Proposal {
        id: "net.pool_exhausted:unused".into(),
        risk: Risk::Safe,
        effect: Text::new("fix-unused-networks")
            .with("count", list.len())
            .with("networks", format::list(&list)),
        changes: ours
            .iter()
            .map(|it| Change::RemoveNetwork {
                id: it.id.clone(),
                name: it.name.clone(),
            })
            .collect(),
    })
}

/// Offers to name addresses for the one network that needs them: what is named is not taken from the pools.
fn given<'a>(
    state: &ObservedState,
    mut needing: impl Iterator<Item = &'a &'a Network>,
    existing: &[NetworkFacts],
) -> Option<Proposal> {
    let (network, None) = (needing.next()?, needing.next()) else {
        return None;
    };
    let Ok(Some(sources)) = &state.sources else {
        return None;
    };
    let free = free(state, existing, USUAL_SIZE.parse().ok()?);
    let (path, changes) = give(sources, state.reader, &network.key, free.parse().ok()?).ok()?;
    let place = path.strip_prefix(&sources.directory).unwrap_or(&path);
    Some(Proposal {
        id: format!("net.pool_exhausted:{}:{free}", network.name),
        risk: Risk::Confirm,
        effect: Text::new("fix-give-subnet")
            .with("network", network.name.as_str())
            .with("subnet", free.as_str())
            .with("place", place.as_str()),
        changes,
    })
}

fn pools(state: &ObservedState) -> Vec<(IpNet, u8)> {
    let own = state
        .engine
        .as_ref()
        .map(|info| &info.details.address_pools);
    let read = |(base, size): (&str, u8)| Some((base.parse::<IpNet>().ok()?, size));
    let said: Vec<(IpNet, u8)> = own
        .into_iter()
        .flatten()
        .filter_map(|(base, size)| read((base, *size)))
        .filter(|(base, _)| matches!(base, IpNet::V4(_)))
        .collect();
    if said.is_empty() {
        USUAL_POOLS.iter().filter_map(|pool| read(*pool)).collect()
    } else {
        said
    }
}

/// The network of this computer that a network of containers would hide; Docker's own interfaces are none.
fn hidden<'a>(
    state: &'a ObservedState,
    existing: &[NetworkFacts],
    subnet: IpNet,
) -> Option<&'a Route> {
    let is_docker = |route: &Route| {
        let name = route.interface.as_str();
        let bridge = name.strip_prefix("br-");
        name == "docker0"
            || name.starts_with("docker_gwbridge")
            || bridge
                .is_some_and(|id| id.len() == 12 && id.chars().all(|char| char.is_ascii_hexdigit()))
            || existing.iter().any(|network| network.interface == name)
    };
    let routes = state.around.routes.iter();
    routes
        .filter(|route| !is_docker(route))
        .find(|route| touch(route.net, subnet))
}

fn is_taken(state: &ObservedState, existing: &[NetworkFacts], subnet: IpNet) -> bool {
    let of_other = existing
        .iter()
        .any(|it| overlaps(&parsed(&it.subnets), subnet));
    of_other
        || state
            .around
            .routes
            .iter()
            .any(|route| touch(route.net, subnet))
}

/// A subnet of the same size that nobody has; the word of the catalogues for none when none was found.
fn free(state: &ObservedState, existing: &[NetworkFacts], like: IpNet) -> String {
    let IpNet::V4(like) = like else {
        return NONE.to_owned();
    };
    let wanted: Vec<IpNet> = state
        .around
        .networks
        .iter()
        .flat_map(|network| parsed(&network.subnets))
        .collect();
    CANDIDATES
        .iter()
        .filter_map(|base| base.parse::<IpNet>().ok())
        .filter_map(|base| Some(base.subnets(like.prefix_len()).ok()?.take(MOST_TRIES)))
        .flatten()
        .find(|subnet| !is_taken(state, existing, *subnet) && !overlaps(&wanted, *subnet))
        .map_or_else(|| NONE.to_owned(), |subnet| subnet.to_string())
}

fn parsed(subnets: &[String]) -> Vec<IpNet> {
    let nets = subnets.iter().filter_map(|it| it.parse::<IpNet>().ok());
    nets.map(|net| net.trunc()).collect()
}

fn overlaps(nets: &[IpNet], subnet: IpNet) -> bool {
    nets.iter().any(|net| touch(*net, subnet))
}

fn touch(a: IpNet, b: IpNet) -> bool {
    a.contains(&b) || b.contains(&a)
}

#[cfg(test)]
mod tests;
