//! Which ports of this computer are taken, and by whom.

use listeners::Protocol;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, UdpSocket};

/// Somebody listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Holder {
    /// The process; none when this user may not see it.
    pub process: Option<(String, u32)>,
}

/// Returns who holds a port on an address (none means all addresses), or none when it is free.
///
/// Listening sockets are asked first because they have a name; a trial bind finds what this user may not see.
pub(crate) fn holder(address: Option<IpAddr>, port: u16, protocol: &str) -> Option<Holder> {
    let wanted = match protocol {
        "tcp" => Protocol::TCP,
        "udp" => Protocol::UDP,
        // SCTP can be neither listed nor tried without a kernel module; the engine will say.
        _ => return None,
    };
    let listed = listeners::get_all()
        .unwrap_or_default()
        .into_iter()
        .find(|listener| {
            listener.protocol == wanted
                && listener.socket.port() == port
                && overlaps(address, listener.socket.ip())
        });
    if let Some(listener) = listed {
        return Some(Holder {
            process: Some((listener.process.name, listener.process.pid)),
        });
    }
    is_taken(address, port, wanted).then_some(Holder { process: None })
}

/// Two binds collide when one of them is for all addresses or both name the same one. An IPv6 wildcard counts as all:
/// it usually takes IPv4 along.
fn overlaps(wanted: Option<IpAddr>, held: IpAddr) -> bool {
    wanted.is_none_or(|wanted| wanted.is_unspecified() || held.is_unspecified() || wanted == held)
}

fn is_taken(address: Option<IpAddr>, port: u16, protocol: Protocol) -> bool {
    let addresses = match address {
        Some(address) => vec![address],
        None => vec![
            IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            IpAddr::V6(Ipv6Addr::UNSPECIFIED),
        ],
    };
    addresses.into_iter().any(|address| {
        let socket = SocketAddr::new(address, port);
        let bound = match protocol {
            Protocol::TCP => TcpListener::bind(socket).map(drop),
            Protocol::UDP => UdpSocket::bind(socket).map(drop),
        };
        // No right to try (below 1024) and no such address are other findings, not "taken".
        matches!(bound, Err(error) if error.kind() == std::io::ErrorKind::AddrInUse)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listener_is_found_with_its_process_and_a_free_port_is_free() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let found = holder(None, port, "tcp").expect("held");
        assert_eq!(found.process.map(|(_, pid)| pid), Some(std::process::id()));
        assert_eq!(
            holder(Some("127.0.0.2".parse().unwrap()), port, "tcp"),
            None,
            "another address is free"
        );
        assert_eq!(holder(None, port, "udp"), None, "another protocol is free");
        drop(listener);
        assert_eq!(holder(None, port, "tcp"), None);
    }
}
