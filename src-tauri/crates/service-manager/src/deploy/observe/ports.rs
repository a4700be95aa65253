//! Published ports, who holds them, and which are free instead.

use crate::compose::project::{Port, Project, Service};
use crate::engine::ContainerSummary;
use crate::host::ports::{self, Holder, Listening, Standing};
use std::collections::BTreeSet;
use std::net::IpAddr;

/// One published port.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PortObserved {
    pub service: String,
    pub port: Port,
    /// As people write it: `8080`, `127.0.0.1:53/udp`.
    pub label: String,
    /// None: it can be published.
    pub trouble: Option<PortTrouble>,
    /// Ports that could be published instead, the nearest first; only for one that is in trouble.
    pub free: Vec<u16>,
}

impl PortObserved {
    /// Whether nothing is published: the service is on the host's own network.
    pub(crate) const fn on_the_host(&self) -> bool {
        matches!(self.trouble, Some(PortTrouble::HostNetwork(_)))
    }

    /// Whether it is the one an engine means by this number; an address is only known when it is a single one.
    pub(crate) fn is(&self, at: Option<IpAddr>, number: u16) -> bool {
        let own = address(&self.port).filter(|it| !it.is_unspecified());
        range(self.port.published.as_deref().unwrap_or_default()).contains(&number)
            && (at.is_none() || at == own)
    }

    /// Returns who holds it, when that is the trouble.
    pub(crate) fn holder(&self) -> Option<&PortHolder> {
        match &self.trouble {
            Some(PortTrouble::Held(holder)) => Some(holder),
            Some(PortTrouble::AllHeld(held)) => held.first().map(|(_, holder)| holder),
            _ => None,
        }
    }
}

/// Why a port cannot be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PortTrouble {
    Held(PortHolder),
    /// All of a range is held: each number with its holder.
    AllHeld(Vec<(u16, PortHolder)>),
    /// So many containers of the service want one number.
    Replicas(u32),
    /// The address is not one of this computer's.
    NoAddress(String),
    /// A rootless engine may not publish it.
    Privileged,
    /// Windows keeps the number for itself.
    Excluded,
    /// A service on the host's network may listen there, and somebody else does.
    HostNetwork(PortHolder),
}

/// Who holds a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PortHolder {
    /// Another service of this package wants it too.
    Service(String),
    /// A container of this project, of another service than the one that wants it.
    Own(String),
    /// A container: its name and its project.
    Container(String, Option<String>),
    /// A process: its name and pid.
    Process(String, u32),
    /// The helper of an engine that is not ours: its name and pid.
    OtherEngine(String, u32),
    /// Somebody this user may not see, of a user with this name if the system says so.
    Hidden(Option<String>),
}

/// What ports are judged against.
#[derive(Clone, Debug, Default)]
pub(crate) struct PortWorld {
    pub containers: Vec<ContainerSummary>,
    /// None when the engine's ports are not this computer's.
    pub listening: Option<Listening>,
    /// The engine is one without privileges.
    pub rootless: bool,
}

/// So many free ports are offered.
const OFFERED: usize = 3;

/// Looks at every published port of the active services. Opens sockets, so it belongs on a thread of its own.
pub(in crate::deploy) fn observe(project: &Project, world: &PortWorld) -> Vec<PortObserved> {
    let wanted = wanted(project);
    let mut seen: Vec<(&str, &Port)> = Vec::new();
    let mut offered: BTreeSet<(String, u16)> = BTreeSet::new();
    let mut observed = Vec::new();
    for service in project.active_services() {
        for port in &service.ports {
            if port.published.is_none() && !service.host_network {
                continue; // the engine chooses
            }
            let rival = seen.iter().find(|(_, other)| collide(other, port));
            let trouble = match rival {
                _ if service.host_network => on_the_host(project, service, port, world),
                Some((rival, _)) if *rival != service.name => {
                    Some(PortTrouble::Held(PortHolder::Service((*rival).to_owned())))
                }
                _ => trouble(project, service, port, world),
            };
            if service.host_network {
                if trouble.is_none() {
                    continue; // nothing is published
                }
            } else {
                seen.push((&service.name, port));
            }
            let movable = !matches!(
                trouble,
                None | Some(PortTrouble::HostNetwork(_) | PortTrouble::Replicas(_))
            );
            let free = if movable {
                free_ports(port, world, &wanted, &mut offered)
            } else {
                Vec::new()
            };
            observed.push(PortObserved {
                service: service.name.clone(),
                label: label(port),
                port: port.clone(),
                trouble,
                free,
            });
        }
    }
    observed
}

/// Every number the package wants, with its protocol; those of sleeping profiles too.
fn wanted(project: &Project) -> BTreeSet<(String, u16)> {
    let ports = project.services.iter().flat_map(|service| &service.ports);
    ports
        .flat_map(|port| {
            let numbers = range(port.published.as_deref().unwrap_or_default());
            numbers
                .into_iter()
                .map(|number| (port.protocol.clone(), number))
        })
        .collect()
}

/// Two single numbers collide on one address; of a range the engine takes what is left.
fn collide(one: &Port, other: &Port) -> bool {
    let single = |port: &Port| match range(port.published.as_deref().unwrap_or_default())[..] {
        [number] => Some(number),
        _ => None,
    };
    one.protocol == other.protocol
        && single(one).is_some()
        && single(one) == single(other)
        && meet(address(one), other.host_ip.as_deref().unwrap_or_default())
}

/// Why a port of a service cannot be published; containers of the same service are no reason. A range is held only when
/// all of it is: the engine takes any free one.
fn trouble(
    project: &Project,
    service: &Service,
    port: &Port,
    world: &PortWorld,
) -> Option<PortTrouble> {
    let numbers = range(port.published.as_deref()?);
    let count = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    // Several containers of one name are the other trouble, and that one says it.
    let several = service.replicas > 1 && service.container_name.is_none();
    if several && count < service.replicas {
        return Some(PortTrouble::Replicas(service.replicas));
    }
    let limit = ports::first_unprivileged();
    if world.rootless && world.listening.is_some() && numbers.iter().all(|it| *it < limit) {
        return Some(PortTrouble::Privileged).filter(|_| !numbers.is_empty());
    }
    let mut held = Vec::new();
    for number in numbers {
        match one(project, service, port, number, world) {
            One::Free => return None,
            One::Trouble(trouble) => return Some(trouble),
            One::Held(holder) => held.push((number, holder)),
        }
    }
    match held.len() {
        0 => None,
        1 => held.pop().map(|(_, holder)| PortTrouble::Held(holder)),
        _ => Some(PortTrouble::AllHeld(held)),
    }
}

enum One {
    Free,
    Held(PortHolder),
    Trouble(PortTrouble),
}

fn one(project: &Project, service: &Service, port: &Port, number: u16, world: &PortWorld) -> One {
    let address = address(port);
    if let Some(container) = publisher(&world.containers, address, number, &port.protocol) {
        return match of_container(project, container) {
            PortHolder::Own(_) if container.service.as_deref() == Some(&service.name) => One::Free,
            holder => One::Held(holder),
        };
    }
    let Some(listening) = &world.listening else {
        return One::Free;
    };
    match ports::standing(listening, address, number, &port.protocol) {
        Standing::Free => One::Free,
        Standing::Held(holder) => One::Held(name(project, holder, &world.containers)),
        Standing::NoAddress => One::Trouble(PortTrouble::NoAddress(
            port.host_ip.clone().unwrap_or_default(),
        )),
        Standing::Excluded => One::Trouble(PortTrouble::Excluded),
    }
}

/// A service on the host's network listens where its image says; of that only what the compose file repeats is known.
fn on_the_host(
    project: &Project,
    service: &Service,
    port: &Port,
    world: &PortWorld,
) -> Option<PortTrouble> {
    let runs = world.containers.iter().any(|container| {
        container.running
            && container.project.as_deref() == Some(&project.name)
            && container.service.as_deref() == Some(&service.name)
    });
    let listening = world.listening.as_ref().filter(|_| !runs)?;
    match ports::standing(listening, None, port.target, &port.protocol) {
        Standing::Held(holder) => {
            let holder = name(project, holder, &world.containers);
            Some(PortTrouble::HostNetwork(holder))
        }
        _ => None,
    }
}

fn publisher<'a>(
    containers: &'a [ContainerSummary],
    address: Option<IpAddr>,
    number: u16,
    protocol: &str,
) -> Option<&'a ContainerSummary> {
    containers.iter().find(|container| {
        container.running
            && container.ports.iter().any(|held| {
                held.host_port == number
                    && held.protocol == protocol
                    && meet(address, &held.host_ip)
            })
    })
}

fn of_container(project: &Project, container: &ContainerSummary) -> PortHolder {
    if container.project.as_deref() == Some(&project.name) {
        PortHolder::Own(container.name.clone())
    } else {
        PortHolder::Container(container.name.clone(), container.project.clone())
    }
}

/// Programs that hold ports for containers.
const ENGINE_HELPERS: [&str; 5] = [
    "docker-proxy",
    "rootlesskit",
    "rootlessport",
    "slirp4netns",
    "conmon",
];

fn name(project: &Project, holder: Holder, containers: &[ContainerSummary]) -> PortHolder {
    let Some((program, pid)) = holder.process else {
        return PortHolder::Hidden(holder.user.and_then(ports::user_name));
    };
    let container = ports::container_of(pid)
        .and_then(|id| containers.iter().find(|container| container.id == id));
    match container {
        Some(container) => of_container(project, container),
        None if ENGINE_HELPERS.contains(&program.as_str()) => PortHolder::OtherEngine(program, pid),
        None => PortHolder::Process(program, pid),
    }
}

/// Returns free ports near the wished one: nobody holds them, no service of the package wants them, and they are not
/// offered for another port already.
fn free_ports(
    port: &Port,
    world: &PortWorld,
    wanted: &BTreeSet<(String, u16)>,
    offered: &mut BTreeSet<(String, u16)>,
) -> Vec<u16> {
    let Some(old) = range(port.published.as_deref().unwrap_or_default()).pop() else {
        return Vec::new();
    };
    let address = address(port).filter(|_| !matches!(port.host_ip.as_deref(), Some("")));
    let is_free = |number: &u16| {
        let known = (port.protocol.clone(), *number);
        !wanted.contains(&known)
            && !offered.contains(&known)
            && publisher(&world.containers, address, *number, &port.protocol).is_none()
            && world.listening.as_ref().is_none_or(|listening| {
                // On an address that is not there nothing can be tried; then all addresses are.
                match ports::standing(listening, address, *number, &port.protocol) {
                    Standing::NoAddress => {
                        ports::standing(listening, None, *number, &port.protocol) == Standing::Free
                    }
                    standing => standing == Standing::Free,
                }
            })
    };
    let found: Vec<u16> = near(old, ports::handed_out())
        .filter(is_free)
        .take(OFFERED)
        .collect();
    offered.extend(found.iter().map(|number| (port.protocol.clone(), *number)));
    found
}

/// Returns numbers in the order in which they are good: upwards from the old one, first those that the system does not
/// hand out by itself. 80 becomes 8080, as people expect.
fn near(old: u16, (first, last): (u16, u16)) -> impl Iterator<Item = u16> {
    const ORDINARY: u16 = ports::FIRST_ORDINARY;
    let handed_out = move |number: &u16| (first..=last).contains(number);
    let start = if old < ORDINARY {
        old + 8000
    } else {
        old.checked_add(1).unwrap_or(ORDINARY)
    };
    let upwards = move || (start..=u16::MAX).chain(ORDINARY..start);
    upwards()
        .filter(move |it| !handed_out(it))
        .chain(upwards().filter(handed_out))
        .filter(move |it| *it != old)
}

fn address(port: &Port) -> Option<IpAddr> {
    port.host_ip.as_deref().and_then(|ip| ip.parse().ok())
}

/// Whether a bind on an address, none being all, meets one of a container's. Containers are listed once per family.
fn meet(wanted: Option<IpAddr>, held: &str) -> bool {
    let held: Option<IpAddr> = held.parse().ok();
    match (wanted, held) {
        (Some(wanted), Some(held)) => {
            wanted == held
                || wanted.is_ipv4() == held.is_ipv4()
                    && (wanted.is_unspecified() || held.is_unspecified())
        }
        _ => true,
    }
}

/// Returns the single ports of `8080` or `8000-8010`.
pub(in crate::deploy) fn range(published: &str) -> Vec<u16> {
    let parse = |text: &str| text.trim().parse::<u16>().ok();
    match published.split_once('-') {
        Some((first, last)) => match (parse(first), parse(last)) {
            (Some(first), Some(last)) if first <= last => (first..=last).collect(),
            _ => Vec::new(),
        },
        None => parse(published)
            .filter(|port| *port != 0)
            .into_iter()
            .collect(),
    }
}

/// Returns a port as people write it.
pub(in crate::deploy) fn label(port: &Port) -> String {
    let host = match port.host_ip.as_deref() {
        None | Some("0.0.0.0") => String::new(),
        Some(ip) if ip.contains(':') => format!("[{ip}]:"),
        Some(ip) => format!("{ip}:"),
    };
    let protocol = if port.protocol == "tcp" {
        String::new()
    } else {
        format!("/{}", port.protocol)
    };
    let number = port.published.clone();
    let number = number.unwrap_or_else(|| port.target.to_string());
    format!("{host}{number}{protocol}")
}

#[cfg(test)]
mod tests;
