//! Where running services are opened: from this computer, and from others in its network. Pure.

use crate::api::package::OpenView;
use crate::api::status::{ContainerState, Link, LinkScope};
use crate::engine::{ContainerFacts, PublishedPort};

/// Ports behind which no browser page is to be expected.
const NOT_WEB: [u16; 17] = [
    21, 22, 25, 53, 389, 636, 1433, 1521, 2181, 3306, 5432, 5672, 6379, 9092, 11211, 19530, 27017,
];

/// Under which names the engine's computer is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reach {
    /// The name of another computer, when the engine runs there.
    pub remote: Option<String>,
    /// The address of this one in its network.
    pub lan: Option<String>,
}

impl Reach {
    /// Hosts under which a port is opened that listens at `host_ip`.
    fn hosts(&self, host_ip: &str) -> Vec<(String, LinkScope)> {
        let lan = |host: &str| (host.to_owned(), LinkScope::Lan);
        let everywhere = matches!(host_ip, "" | "0.0.0.0");
        if let Some(remote) = &self.remote {
            let host = if everywhere { remote.as_str() } else { host_ip };
            return vec![lan(host)];
        }
        let here = |host: &str| (host.to_owned(), LinkScope::Local);
        if everywhere {
            let mut hosts = vec![here("localhost")];
            hosts.extend(self.lan.as_deref().map(lan));
            return hosts;
        }
        if host_ip.starts_with("127.") {
            let host = if host_ip == "127.0.0.1" {
                "localhost"
            } else {
                host_ip
            };
            return vec![here(host)];
        }
        vec![here(host_ip), lan(host_ip)]
    }
}

/// Where a service is opened: what the vendor says, else every published port that may be a web page.
pub(super) fn links(
    containers: &[&ContainerFacts],
    open: Option<&OpenView>,
    reach: &Reach,
) -> Vec<Link> {
    let is_page = |port: &PublishedPort| match open.and_then(|open| open.port) {
        Some(wanted) => port.container_port == wanted,
        None => !NOT_WEB.contains(&port.container_port),
    };
    let scheme = open.and_then(|open| open.scheme.as_deref());
    let path = open.map_or("/", |open| &open.path);
    let mut links: Vec<Link> = containers
        .iter()
        .filter(|_| open.is_none_or(|open| open.shown))
        .filter(|container| container.state == ContainerState::Running)
        .flat_map(|container| &container.ports)
        .filter(|port| port.protocol == "tcp" && !port.host_ip.contains(':') && is_page(port))
        .flat_map(|port| {
            let secure = scheme.map_or(matches!(port.container_port, 443 | 8443), |it| {
                it == "https"
            });
            let (scheme, default) = if secure { ("https", 443) } else { ("http", 80) };
            let behind = if port.host_port == default {
                String::new()
            } else {
                format!(":{}", port.host_port)
            };
            let hosts = reach.hosts(&port.host_ip).into_iter();
            hosts.map(move |(host, scope)| Link {
                url: format!("{scheme}://{host}{behind}{path}"),
                scope,
            })
        })
        .collect();
    links.sort_by(|a, b| (a.scope, &a.url).cmp(&(b.scope, &b.url)));
    links.dedup();
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::health::snapshot::tests::facts;

    fn shown(host_ip: &str, reach: &Reach) -> Vec<(String, LinkScope)> {
        let mut web = facts("web");
        web.ports = vec![PublishedPort {
            host_ip: host_ip.into(),
            host_port: 8080,
            container_port: 80,
            protocol: "tcp".into(),
        }];
        let links = links(&[&web], None, reach).into_iter();
        links.map(|link| (link.url, link.scope)).collect()
    }

    #[test]
    fn a_link_says_from_where_it_can_be_opened() {
        use LinkScope::{Lan, Local};
        let here = Reach {
            remote: None,
            lan: Some("192.168.10.24".into()),
        };
        let link = |url: &str, scope| (format!("http://{url}:8080/"), scope);
        let both = [link("localhost", Local), link("192.168.10.24", Lan)];
        assert_eq!(shown("0.0.0.0", &here), both);
        assert_eq!(
            shown("127.0.0.1", &here),
            both[..1],
            "nobody else gets there"
        );
        assert_eq!(shown("", &Reach::default()), both[..1], "no network");
        let card = [link("10.0.0.5", Local), link("10.0.0.5", Lan)];
        assert_eq!(shown("10.0.0.5", &here), card);
        let there = Reach {
            remote: Some("erp-server".into()),
            lan: None,
        };
        assert_eq!(shown("0.0.0.0", &there), [link("erp-server", Lan)]);
    }
}
