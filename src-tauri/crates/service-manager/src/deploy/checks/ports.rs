//! Published ports: what cannot be published blocks, says why, and offers ports that are free.

use super::{Judged, ObservedState, Row};
use crate::api::check::{CheckState, Risk};
use crate::compose::project::Port;
use crate::deploy::observe::{PortHolder, PortObserved, PortTrouble};
use crate::deploy::port_change::{Move, NoWay, Place, Way, way};
use crate::package::sources::Sources;
use crate::repair::Proposal;
use crate::text::{Text, format};

pub(super) fn check(state: &ObservedState) -> Vec<Judged> {
    let ports = match &state.ports {
        Ok(ports) => ports,
        Err(blind) => return vec![Row::new("port.in_use", CheckState::Unknown).blind(blind)],
    };
    let mut checks: Vec<Judged> = ports
        .iter()
        .filter_map(|port| judge(state, port, port.trouble.as_ref()?))
        .collect();
    if checks
        .iter()
        .all(|judged| judged.check.state != CheckState::Block)
    {
        let labels: Vec<&str> = ports
            .iter()
            .filter(|port| !port.on_the_host())
            .map(|port| port.label.as_str())
            .collect();
        checks.push(
            Row::new("port.in_use", CheckState::Pass)
                .with("count", labels.len())
                .with("ports", labels.join(", "))
                .judged(),
        );
    }
    checks
}

/// Returns the ports that can be taken instead of those an engine without privileges may not have.
pub(super) fn instead_of_low(state: &ObservedState) -> Vec<Proposal> {
    let low = |port: &&PortObserved| port.trouble == Some(PortTrouble::Privileged);
    let ports = state.ports.iter().flatten().filter(low);
    ports
        .flat_map(|port| proposals(state, "port.privileged", port, &PortTrouble::Privileged).0)
        .collect()
}

fn judge(state: &ObservedState, port: &PortObserved, trouble: &PortTrouble) -> Option<Judged> {
    let (id, level, variant) = match trouble {
        PortTrouble::Held(holder) => ("port.in_use", CheckState::Block, held(holder)),
        PortTrouble::AllHeld(_) => ("port.in_use", CheckState::Block, "block-range"),
        PortTrouble::Replicas(_) => ("port.in_use", CheckState::Block, "block-replicas"),
        PortTrouble::HostNetwork(_) => ("port.in_use", CheckState::Warn, "warn"),
        PortTrouble::NoAddress(_) => ("net.bind_address_missing", CheckState::Block, "block"),
        // The engine's own row says it.
        PortTrouble::Privileged => return None,
        PortTrouble::Excluded => ("port.excluded_windows", CheckState::Block, "block"),
    };
    let row = Row::new(id, level)
        .variant(variant)
        .subject(port.label.as_str())
        .with("port", port.label.as_str())
        .with("service", port.service.as_str());
    let row = match trouble {
        PortTrouble::Held(holder) | PortTrouble::HostNetwork(holder) => {
            row.with("holder", holder.text())
        }
        PortTrouble::AllHeld(held) => row.with("holders", all(held)),
        PortTrouble::Replicas(count) => row.with("count", i64::from(*count)),
        PortTrouble::NoAddress(address) => row.with("address", address.as_str()),
        PortTrouble::Privileged | PortTrouble::Excluded => row,
    };
    let (proposals, other) = proposals(state, id, port, trouble);
    Some(row.with("other", other).offer(proposals).judged())
}

/// Who can do what about it depends on who it is.
const fn held(holder: &PortHolder) -> &'static str {
    match holder {
        PortHolder::Service(_) => "block-twice",
        PortHolder::Own(_) => "block-own",
        PortHolder::Hidden(_) => "block-hidden",
        PortHolder::Container(..) | PortHolder::Process(..) | PortHolder::OtherEngine(..) => {
            "block"
        }
    }
}

fn all(held: &[(u16, PortHolder)]) -> Text {
    let one = |(number, holder): &(u16, PortHolder)| format!("{number}: {}", holder.text());
    format::list(&held.iter().map(one).collect::<Vec<_>>())
}

/// Returns what is offered, and the sentence about taking another port.
fn proposals(
    state: &ObservedState,
    id: &str,
    port: &PortObserved,
    trouble: &PortTrouble,
) -> (Vec<Proposal>, Text) {
    let address = matches!(trouble, PortTrouble::NoAddress(_));
    let by_hand = if address {
        "address-other-by-hand"
    } else {
        "port-other-by-hand"
    };
    let by_hand = Text::new(by_hand).with("service", &port.service);
    let Ok(Some(sources)) = &state.sources else {
        return (Vec::new(), by_hand);
    };
    let mut targets: Vec<Port> = port
        .free
        .iter()
        .map(|number| Port {
            published: Some(number.to_string()),
            ..port.port.clone()
        })
        .collect();
    if address {
        targets = vec![everywhere(&port.port)];
    }
    let mut offered = Vec::new();
    let mut place = None;
    for to in targets {
        let wish = Move {
            service: &port.service,
            from: &port.port,
            to,
        };
        match way(sources, state.reader, &wish) {
            Ok(way) => {
                offered.extend(proposal(id, port, &wish.to, &way, sources));
                place = Some(way.place);
            }
            Err(NoWay::Outside(name)) => {
                return (
                    Vec::new(),
                    Text::new("port-other-outside").with("name", name),
                );
            }
            Err(NoWay::Foreign) => return (Vec::new(), Text::new("port-other-foreign")),
            Err(NoWay::File(file)) => {
                let text = Text::new("port-other-in-file").with("file", file.as_str());
                return (Vec::new(), text);
            }
            Err(NoWay::Unclear) => return (Vec::new(), by_hand),
        }
    }
    let other = match place {
        Some(_) if address => Text::new("address-other-offered").with("service", &port.service),
        Some(Place::Variable(name)) => Text::new("port-other-variable").with("name", name),
        Some(Place::Override(_) | Place::Copy(_)) => Text::new("port-other-file"),
        None => by_hand,
    };
    (offered, other)
}

/// All addresses of the same family.
fn everywhere(port: &Port) -> Port {
    let six = port.host_ip.as_deref().is_some_and(|ip| ip.contains(':'));
    Port {
        host_ip: Some(if six { "::" } else { "0.0.0.0" }.to_owned()),
        ..port.clone()
    }
}

fn proposal(
    id: &str,
    port: &PortObserved,
    to: &Port,
    way: &Way,
    sources: &Sources,
) -> Vec<Proposal> {
    let from = port.port.published.as_deref().unwrap_or_default();
    // One number may be published on several addresses.
    let from = match port.port.host_ip.as_deref() {
        Some(ip) if ip != "0.0.0.0" => format!("{ip}:{from}"),
        _ => from.to_owned(),
    };
    let address = to.host_ip != port.port.host_ip;
    let new = if address { &to.host_ip } else { &to.published };
    let new = new.as_deref().unwrap_or_default();
    let id = format!("{id}:{}:{from}/{}:{new}", port.service, to.protocol);
    let key = match (address, &way.place) {
        (false, Place::Variable(_)) => "fix-port-variable",
        (false, Place::Override(_)) => "fix-port-override",
        (false, Place::Copy(_)) => "fix-port-copy",
        (true, Place::Variable(_)) => "fix-address-variable",
        (true, Place::Override(_)) => "fix-address-override",
        (true, Place::Copy(_)) => "fix-address-copy",
    };
    let place = match &way.place {
        Place::Variable(name) => name.clone(),
        Place::Override(path) | Place::Copy(path) => path
            .strip_prefix(&sources.directory)
            .unwrap_or(path)
            .to_string(),
    };
    let effect = Text::new(key)
        .with("service", &port.service)
        .with("old", port.label.as_str())
        .with("new", new)
        .with("place", place);
    let plain = Proposal {
        id: id.clone(),
        risk: Risk::Confirm,
        effect: effect.clone(),
        changes: way.changes.clone(),
    };
    let with_urls = way.with_urls.as_ref().map(|(keys, changes)| Proposal {
        id: format!("{id}+urls"),
        risk: Risk::Confirm,
        effect: Text::new("fix-port-urls")
            .with("effect", effect)
            .with("keys", format::list(keys)),
        changes: changes.clone(),
    });
    std::iter::once(plain).chain(with_urls).collect()
}

impl PortHolder {
    /// Returns the holder in words.
    pub(crate) fn text(&self) -> Text {
        let program = |key, name: &str, pid: u32| {
            Text::new(key)
                .with("name", name)
                .with("pid", pid.to_string())
        };
        match self {
            Self::Service(name) => Text::new("holder-service").with("name", name),
            Self::Own(name) => Text::new("holder-own").with("name", name),
            Self::Container(name, Some(project)) => Text::new("holder-container-project")
                .with("name", name)
                .with("project", project),
            Self::Container(name, None) => Text::new("holder-container").with("name", name),
            Self::Process(name, pid) => program("holder-process", name, *pid),
            Self::OtherEngine(name, pid) => program("holder-other-engine", name, *pid),
            Self::Hidden(Some(user)) => Text::new("holder-hidden-user").with("user", user),
            Self::Hidden(None) => Text::new("holder-hidden"),
        }
    }
}
