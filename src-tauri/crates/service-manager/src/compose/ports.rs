//! The short notation of ports; pure. Compose v2 never prints it, v1 does, and compose files are written in it.

use super::project::Port;

/// Reads `[[IP:]HOST:]CONTAINER[/PROTOCOL]` with ranges: `8080:80`, `127.0.0.1:9000-9001:80-81/udp`, `[::1]:53:53`,
/// `3000-3001`. A range of container ports is one port each; a range of host ports for one container port stays.
pub(crate) fn parse_short(text: &str) -> Option<Vec<Port>> {
    let text = text.trim();
    // Compose looks at nothing behind the protocol, nor behind the second number of a range.
    let mut parts = text.split('/');
    let addresses = parts.next().unwrap_or_default();
    let protocol = parts.next().filter(|it| !it.is_empty()).unwrap_or("tcp");
    let protocol = protocol.to_ascii_lowercase();
    let (front, container) = addresses
        .rsplit_once(':')
        .map_or((None, addresses), |(front, it)| (Some(front), it));
    let (host_ip, host) = match front {
        None => (None, ""),
        Some(front) => match front.rsplit_once(':') {
            Some((ip, host)) if !front.ends_with(']') => (Some(ip), host),
            _ => (None, front),
        },
    };
    let host_ip = host_ip.map(|ip| ip.trim_start_matches('[').trim_end_matches(']'));
    let host_ip = host_ip.filter(|ip| !ip.is_empty()).map(str::to_owned);
    let (first, last) = range(container)?;
    let published: Vec<Option<String>> = if host.is_empty() {
        vec![None; usize::from(last - first) + 1]
    } else {
        let (host_first, host_last) = range(host)?;
        if first == last {
            // The engine chooses for 0 as it does for nothing.
            let one = (host_first != 0).then(|| host_first.to_string());
            vec![if host_first == host_last {
                one
            } else {
                Some(host.to_owned())
            }]
        } else if host_last - host_first == last - first {
            (host_first..=host_last)
                .map(|port| Some(port.to_string()))
                .collect()
        } else {
            return None;
        }
    };
    Some(
        (first..=last)
            .zip(published)
            .map(|(target, published)| Port {
                host_ip: host_ip.clone(),
                published,
                target,
                protocol: protocol.clone(),
            })
            .collect(),
    )
}

fn range(text: &str) -> Option<(u16, u16)> {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let last = parts.next().unwrap_or(first);
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (first <= last).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form() {
        let shown = |text: &str| {
            parse_short(text).map(|ports| {
                ports
                    .iter()
                    .map(|port| {
                        let ip = port.host_ip.as_deref().unwrap_or("*");
                        let published = port.published.as_deref().unwrap_or("-");
                        format!("{ip} {published} {}/{}", port.target, port.protocol)
                    })
                    .collect::<Vec<_>>()
                    .join(", ")
            })
        };
        for (text, expected) in [
            ("80", Some("* - 80/tcp")),
            ("8080:80", Some("* 8080 80/tcp")),
            ("8080:80/tcp", Some("* 8080 80/tcp")),
            ("53:53/UDP", Some("* 53 53/udp")),
            ("127.0.0.1:8080:80", Some("127.0.0.1 8080 80/tcp")),
            ("127.0.0.1::80", Some("127.0.0.1 - 80/tcp")),
            ("[::1]:8080:80", Some("::1 8080 80/tcp")),
            ("::1:8080:80", Some("::1 8080 80/tcp")),
            (":80", Some("* - 80/tcp")),
            ("3000-3001", Some("* - 3000/tcp, * - 3001/tcp")),
            ("9000-9001:80-81", Some("* 9000 80/tcp, * 9001 81/tcp")),
            ("7000-7010:7000", Some("* 7000-7010 7000/tcp")),
            ("0:80", Some("* - 80/tcp")),
            ("0080:0081", Some("* 80 81/tcp")),
            ("1:1/tcp/udp", Some("* 1 1/tcp")),
            ("8000-8001:80-81-82", Some("* 8000 80/tcp, * 8001 81/tcp")),
            ("8000-8002:80-81", None),
            ("abc:80", None),
            ("80:99999", None),
            ("", None),
        ] {
            assert_eq!(shown(text).as_deref(), expected, "{text}");
        }
    }
}
