//! The address under which others in the network reach this computer.

use std::net::{IpAddr, Ipv4Addr, UdpSocket};
use sysinfo::Networks;

/// Returns it; none where there is no network. Nothing is sent: a datagram socket that is "connected" only asks the
/// kernel which way it would go.
pub(crate) fn address() -> Option<Ipv4Addr> {
    let networks = Networks::new_with_refreshed_list().ok();
    let interfaces: Vec<(String, Ipv4Addr)> = networks
        .iter()
        .flat_map(|networks| networks.iter())
        .flat_map(|(name, network)| {
            let addresses = network.ip_networks().iter();
            addresses.filter_map(|network| match network.addr {
                IpAddr::V4(address) => Some((name.to_string_lossy().into_owned(), address)),
                IpAddr::V6(_) => None,
            })
        })
        .collect();
    choose(outgoing(), &interfaces)
}

/// The source of what would go to a network that exists nowhere (RFC 5737); none without a default route.
fn outgoing() -> Option<Ipv4Addr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    match socket.local_addr().ok()?.ip() {
        IpAddr::V4(address) if is_of_a_network(address) => Some(address),
        _ => None,
    }
}

fn is_of_a_network(address: Ipv4Addr) -> bool {
    !address.is_loopback() && !address.is_unspecified() && !address.is_link_local()
}

/// Bridges of containers and virtual machines lead nowhere outside of this computer.
fn is_inside(name: &str) -> bool {
    [
        "docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "cni", "flannel", "podman", "lo",
    ]
    .iter()
    .any(|beginning| name.starts_with(beginning))
}

/// The way out decides; without one, as on a site without internet, the first network card in order of its name.
fn choose(outgoing: Option<Ipv4Addr>, interfaces: &[(String, Ipv4Addr)]) -> Option<Ipv4Addr> {
    let inside = |address: &Ipv4Addr| {
        let mut owners = interfaces.iter().filter(|(_, other)| other == address);
        owners.any(|(name, _)| is_inside(name))
    };
    if let Some(address) = outgoing.filter(|address| !inside(address)) {
        return Some(address);
    }
    let mut cards: Vec<&(String, Ipv4Addr)> = interfaces
        .iter()
        .filter(|(name, address)| !is_inside(name) && is_of_a_network(*address))
        .collect();
    cards.sort();
    cards.first().map(|(_, address)| *address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cards(of: &[(&str, [u8; 4])]) -> Vec<(String, Ipv4Addr)> {
        let cards = of.iter();
        cards
            .map(|(name, address)| ((*name).to_owned(), Ipv4Addr::from(*address)))
            .collect()
    }

    #[test]
    fn the_way_out_decides_and_without_one_a_real_network_card() {
        let all = cards(&[
            ("lo", [127, 0, 0, 1]),
            ("docker0", [172, 17, 0, 1]),
            ("br-4f1e", [172, 20, 0, 1]),
            ("enp3s0", [192, 168, 10, 24]),
            ("wlan0", [10, 0, 0, 7]),
        ]);
        let way_out = Some(Ipv4Addr::new(10, 0, 0, 7));
        assert_eq!(choose(way_out, &all), way_out);
        let card = Some(Ipv4Addr::new(192, 168, 10, 24));
        assert_eq!(choose(None, &all), card);
        let through_a_bridge = Some(Ipv4Addr::new(172, 17, 0, 1));
        assert_eq!(choose(through_a_bridge, &all), card);
        assert_eq!(choose(None, &all[..3]), None, "no network at all");
        let lost = cards(&[("eth0", [169, 254, 3, 4])]);
        assert_eq!(choose(None, &lost), None, "an address nobody gave it");
    }
}
