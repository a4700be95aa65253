//! The lists of listening sockets: those of processes this user may see, and on Linux those of everybody.

use super::Holder;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// One listening socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listener {
    /// `tcp`, `udp`, `sctp`
    pub protocol: &'static str,
    pub address: IpAddr,
    pub port: u16,
    /// Name and number, when this user may see it.
    pub process: Option<(String, u32)>,
    /// The number of the user it belongs to.
    pub user: Option<u32>,
}

impl Listener {
    pub(super) fn holder(&self) -> Holder {
        Holder {
            process: self.process.clone(),
            user: self.user,
        }
    }
}

/// Everybody who listens, at one moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Listening(Vec<Listener>);

impl Listening {
    /// Reads the lists. Takes some ten milliseconds with a thousand processes.
    pub(crate) fn now() -> Self {
        let mut found: Vec<Listener> = listeners::get_all()
            .unwrap_or_default()
            .into_iter()
            .map(|listener| Listener {
                protocol: match listener.protocol {
                    listeners::Protocol::TCP => "tcp",
                    listeners::Protocol::UDP => "udp",
                },
                address: listener.socket.ip(),
                port: listener.socket.port(),
                process: Some((listener.process.name, listener.process.pid)),
                user: None,
            })
            .collect();
        for (protocol, path) in LISTS {
            let text = fs_err::read_to_string(path).unwrap_or_default();
            found.extend(read(protocol, &text));
        }
        Self(found)
    }

    /// Returns the listener that is in the way of a bind; of several one with a process.
    pub(super) fn find(&self, wanted: IpAddr, port: u16, protocol: &str) -> Option<&Listener> {
        let in_the_way = |it: &&Listener| {
            it.port == port && it.protocol == protocol && overlaps(wanted, it.address)
        };
        let found = self.0.iter().filter(in_the_way);
        found.max_by_key(|it| {
            (
                it.process.is_some(),
                it.address.is_ipv4() == wanted.is_ipv4(),
            )
        })
    }

    /// Returns who holds a port that is known to be held. Somebody who is in no list stays unknown.
    pub(super) fn holder(&self, wanted: IpAddr, port: u16, protocol: &str) -> Holder {
        let unknown = Holder {
            process: None,
            user: None,
        };
        self.find(wanted, port, protocol)
            .map_or(unknown, Listener::holder)
    }
}

/// Two binds collide when both are of one family and one is for all addresses or both name the same; an IPv6 socket for
/// all addresses may take IPv4 along.
fn overlaps(wanted: IpAddr, held: IpAddr) -> bool {
    if wanted.is_ipv4() != held.is_ipv4() {
        return held == IpAddr::V6(Ipv6Addr::UNSPECIFIED) || mapped(held) == Some(wanted);
    }
    wanted.is_unspecified() || held.is_unspecified() || wanted == held
}

fn mapped(address: IpAddr) -> Option<IpAddr> {
    match address {
        IpAddr::V6(address) => address.to_ipv4_mapped().map(IpAddr::V4),
        IpAddr::V4(_) => None,
    }
}

/// Where Linux lists sockets; elsewhere there are no such files.
const LISTS: [(&str, &str); 5] = [
    ("tcp", "/proc/net/tcp"),
    ("tcp", "/proc/net/tcp6"),
    ("udp", "/proc/net/udp"),
    ("udp", "/proc/net/udp6"),
    ("sctp", "/proc/net/sctp/eps"),
];

/// Reads a list. A TCP socket that listens is in the state `0A`, a UDP one that is connected to nobody in `07`
/// (include/net/tcp_states.h of the kernel).
fn read(protocol: &'static str, text: &str) -> Vec<Listener> {
    if protocol == "sctp" {
        return text.lines().skip(1).filter_map(endpoint).collect();
    }
    let listening = if protocol == "tcp" { "0A" } else { "07" };
    text.lines()
        .skip(1)
        .filter_map(|line| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let (address, port) = fields.get(1)?.split_once(':')?;
            let user = fields.get(7)?.parse().ok();
            (*fields.get(3)? == listening).then_some(())?;
            Some(Listener {
                protocol,
                address: hexadecimal(address)?,
                port: u16::from_str_radix(port, 16).ok()?,
                process: None,
                user,
            })
        })
        .collect()
}

/// `ENDPT SOCK STY SST HBKT LPORT UID INODE LADDRS` (net/sctp/proc.c)
fn endpoint(line: &str) -> Option<Listener> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    Some(Listener {
        protocol: "sctp",
        address: fields.get(8)?.parse().ok()?,
        port: fields.get(5)?.parse().ok()?,
        process: None,
        user: fields.get(6)?.parse().ok(),
    })
}

/// The kernel prints addresses as words of 32 bits in the processor's own order.
fn hexadecimal(text: &str) -> Option<IpAddr> {
    let word = |at: usize| {
        let word = u32::from_str_radix(text.get(at..at + 8)?, 16).ok()?;
        Some(word.to_ne_bytes())
    };
    match text.len() {
        8 => Some(Ipv4Addr::from(word(0)?).into()),
        32 => {
            let words = [word(0)?, word(8)?, word(16)?, word(24)?].concat();
            let bytes: [u8; 16] = words.try_into().ok()?;
            Some(Ipv6Addr::from(bytes).into())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_lists_are_read() {
        let tcp = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n   \
                   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 12345 1 0 100\n   \
                   1: 0100007F:1F91 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 12346 1 0 20\n";
        let found = read("tcp", tcp);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].address, IpAddr::from([127, 0, 0, 1]));
        assert_eq!((found[0].port, found[0].user), (8080, Some(1000)));
        let sctp = " ENDPT     SOCK   STY SST HBKT LPORT   UID INODE LADDRS\nffff8800 ffff8801 2   10  29   3868  0 4711 0.0.0.0\n";
        assert_eq!(read("sctp", sctp)[0].port, 3868);
        assert_eq!(
            hexadecimal("00000000000000000000000001000000"),
            Some(Ipv6Addr::LOCALHOST.into())
        );
    }
}
