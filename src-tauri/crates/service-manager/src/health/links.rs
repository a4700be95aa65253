//! Where running services are opened. Pure.

use crate::api::package::OpenView;
use crate::api::status::{ContainerState, Link, LinkScope};
use crate::engine::{ContainerFacts, PublishedPort};

/// Ports behind which no browser page is to be expected.
const NOT_WEB: [u16; 17] = [
    21, 22, 25, 53, 389, 636, 1433, 1521, 2181, 3306, 5432, 5672, 6379, 9092, 11211, 19530, 27017,
];

/// Where a service is opened: what the vendor says, else every published port that may be a web page.
pub(super) fn links(containers: &[&ContainerFacts], open: Option<&OpenView>) -> Vec<Link> {
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
        .map(|port| {
            let secure = scheme.map_or(matches!(port.container_port, 443 | 8443), |it| {
                it == "https"
            });
            let host = match port.host_ip.as_str() {
                "" | "0.0.0.0" | "127.0.0.1" => "localhost",
                ip => ip,
            };
            let (scheme, default) = if secure { ("https", 443) } else { ("http", 80) };
            let port = if port.host_port == default {
                String::new()
            } else {
                format!(":{}", port.host_port)
            };
            Link {
                url: format!("{scheme}://{host}{port}{path}"),
                scope: LinkScope::Local,
            }
        })
        .collect();
    links.sort_by(|a, b| a.url.cmp(&b.url));
    links.dedup();
    links
}
