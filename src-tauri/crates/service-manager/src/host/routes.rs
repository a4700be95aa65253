//! Where this computer sends packets: the networks that a network of containers must not hide.

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::net::{Ipv4Addr, Ipv6Addr};

/// A network this computer reaches, and through what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    pub net: IpNet,
    /// `eth0`, `tun0`
    pub interface: String,
}

/// Returns the routes of this computer that lead to a network: no default route, no single computer, nothing of this
/// computer itself. Linux only; empty elsewhere, where engines run in virtual machines with routes of their own.
pub(crate) fn routes() -> Vec<Route> {
    let read = |path: &str| fs_err::read_to_string(path).unwrap_or_default();
    let mut found = ipv4(&read("/proc/net/route"));
    found.extend(ipv6(&read("/proc/net/ipv6_route")));
    found
}

/// `/proc/net/route`: interface, destination, gateway, flags, ..., mask; hexadecimal, in the order of the machine.
fn ipv4(text: &str) -> Vec<Route> {
    let route = |line: &str| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let &[interface, destination, _, _, _, _, _, mask, ..] = fields.as_slice() else {
            return None;
        };
        let of = |hex: &str| {
            let number = u32::from_str_radix(hex, 16).ok()?;
            Some(Ipv4Addr::from(number.to_ne_bytes()))
        };
        let net = Ipv4Net::with_netmask(of(destination)?, of(mask)?).ok()?;
        let says_something = (1..32).contains(&net.prefix_len());
        says_something.then(|| Route {
            net: net.trunc().into(),
            interface: interface.to_owned(),
        })
    };
    text.lines().skip(1).filter_map(route).collect()
}

/// `/proc/net/ipv6_route`: destination, prefix length, source, its prefix length, next hop, metric, ..., interface.
fn ipv6(text: &str) -> Vec<Route> {
    let route = |line: &str| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let (&[destination, prefix, ..], Some(interface)) = (fields.as_slice(), fields.last())
        else {
            return None;
        };
        let address = Ipv6Addr::from(u128::from_str_radix(destination, 16).ok()?);
        let prefix = u8::from_str_radix(prefix, 16).ok()?;
        let is_own =
            *interface == "lo" || address.is_multicast() || address.is_unicast_link_local();
        let net = Ipv6Net::new(address, prefix).ok()?;
        let says_something = (1..128).contains(&prefix) && !is_own;
        says_something.then(|| Route {
            net: net.trunc().into(),
            interface: (*interface).to_owned(),
        })
    };
    text.lines().filter_map(route).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(routes: &[Route]) -> Vec<String> {
        let shown = routes.iter();
        shown
            .map(|route| format!("{} {}", route.net, route.interface))
            .collect()
    }

    #[test]
    fn networks_are_read_and_the_way_to_everywhere_is_none() {
        // A laptop with Docker and a VPN; Linux 6.1, little endian.
        let text = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n\
            eth0\t00000000\t0102A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n\
            tun0\t00000AAC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n\
            docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n\
            eth0\t0002A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n\
            tun0\t0100000A\t00000000\t0005\t0\t0\t0\tFFFFFFFF\t0\t0\t0\n";
        assert_eq!(
            shown(&ipv4(text)),
            [
                "172.10.0.0/16 tun0",
                "172.17.0.0/16 docker0",
                "192.168.2.0/24 eth0"
            ]
        );
        assert_eq!(ipv4("nonsense\nmore"), []);
    }

    #[test]
    fn ipv6_too() {
        let zero = "00000000000000000000000000000000";
        let line = |destination: &str, prefix: &str, interface: &str| {
            format!(
                "{destination} {prefix} {zero} 00 {zero} 00000100 00000001 00000000 00000001 {interface}\n"
            )
        };
        let text = line("fd001234000000000000000000000000", "40", "tun0")
            + &line("fe800000000000000000000000000000", "40", "eth0")
            + &line(zero, "00", "eth0")
            + &line("ff000000000000000000000000000000", "08", "eth0");
        assert_eq!(shown(&ipv6(&text)), ["fd00:1234::/64 tun0"]);
    }
}
