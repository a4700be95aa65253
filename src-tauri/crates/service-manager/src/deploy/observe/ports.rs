//! Published ports and who holds them.

use crate::compose::project::{Port, Project};
use crate::engine::ContainerSummary;
use crate::host::ports;
use std::net::IpAddr;

/// One published port.
#[derive(Debug)]
pub(crate) struct PortObserved {
    pub service: String,
    /// As people write it: `8080`, `127.0.0.1:53/udp`.
    pub label: String,
    /// None: it is free.
    pub holder: Option<PortHolder>,
}

/// Who holds a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PortHolder {
    /// Another service of this package wants it too.
    Service(String),
    /// A container: its name and its project.
    Container(String, Option<String>),
    /// A process: its name and pid.
    Process(String, u32),
    /// Somebody this user may not see.
    Hidden,
}

pub(super) fn observe(
    project: &Project,
    containers: &[ContainerSummary],
    local: bool,
) -> Vec<PortObserved> {
    let mut seen: Vec<(&str, &Port)> = Vec::new();
    let mut observed = Vec::new();
    for service in project
        .active_services()
        .filter(|service| !service.host_network)
    {
        for port in service.ports.iter().filter(|port| port.published.is_some()) {
            let rival = seen
                .iter()
                .find(|(_, other)| *other == port)
                .map(|(name, _)| (*name).to_owned());
            let holder = match rival {
                Some(rival) if rival != service.name => Some(PortHolder::Service(rival)),
                _ => holder(project, &service.name, port, containers, local),
            };
            seen.push((&service.name, port));
            observed.push(PortObserved {
                service: service.name.clone(),
                label: label(port),
                holder,
            });
        }
    }
    observed
}

/// Who holds a port, own containers of the same service left out. A range is held only when all of it is: the engine
/// takes any free one.
pub(in crate::deploy) fn holder(
    project: &Project,
    service: &str,
    port: &Port,
    containers: &[ContainerSummary],
    local: bool,
) -> Option<PortHolder> {
    let address: Option<IpAddr> = port.host_ip.as_deref().and_then(|ip| ip.parse().ok());
    let mut last = None;
    for number in range(port.published.as_deref()?) {
        let container = containers
            .iter()
            .filter(|container| container.running)
            .find(|container| {
                container.ports.iter().any(|held| {
                    held.host_port == number
                        && held.protocol == port.protocol
                        && same_address(address, &held.host_ip)
                })
            });
        let own = container.is_some_and(|container| {
            container.project.as_deref() == Some(&project.name)
                && container.service.as_deref() == Some(service)
        });
        if own {
            return None;
        }
        last = match container {
            Some(container) => Some(PortHolder::Container(
                container.name.clone(),
                container.project.clone(),
            )),
            None if local => {
                ports::holder(address, number, &port.protocol).map(|holder| match holder.process {
                    Some((name, pid)) => PortHolder::Process(name, pid),
                    None => PortHolder::Hidden,
                })
            }
            None => None,
        };
        last.as_ref()?;
    }
    last
}

fn same_address(wanted: Option<IpAddr>, held: &str) -> bool {
    let held: Option<IpAddr> = held.parse().ok();
    match (wanted, held) {
        (Some(wanted), Some(held)) => {
            wanted.is_unspecified() || held.is_unspecified() || wanted == held
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
    let host = port
        .host_ip
        .as_deref()
        .filter(|ip| *ip != "0.0.0.0")
        .map(|ip| format!("{ip}:"))
        .unwrap_or_default();
    let protocol = if port.protocol == "tcp" {
        String::new()
    } else {
        format!("/{}", port.protocol)
    };
    format!(
        "{host}{}{protocol}",
        port.published.as_deref().unwrap_or("?")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_labels() {
        assert_eq!(range("8080"), [8080]);
        assert_eq!(range("8000-8002"), [8000, 8001, 8002]);
        assert!(range("0").is_empty(), "zero lets the engine choose");
        assert!(range("x").is_empty());
        let port = |host_ip: Option<&str>, protocol: &str| Port {
            host_ip: host_ip.map(str::to_owned),
            published: Some("53".into()),
            target: 53,
            protocol: protocol.into(),
        };
        assert_eq!(label(&port(None, "tcp")), "53");
        assert_eq!(label(&port(Some("127.0.0.1"), "udp")), "127.0.0.1:53/udp");
    }
}
