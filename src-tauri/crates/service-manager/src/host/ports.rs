//! Which ports of this computer are taken, and by whom.
//!
//! A trial bind is what the engine will do, so it decides; the lists of sockets only say who it is. Below 1024, where
//! an ordinary user may not try, the lists decide.

mod sockets;

use socket2::{Domain, Protocol, SockAddr, Socket, Type};
pub(crate) use sockets::Listening;
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

/// How a port stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Free,
    Held(Holder),
    /// The address is not one of this computer's.
    NoAddress,
    /// The system keeps it for itself although nobody listens (Windows' excluded ranges).
    Excluded,
}

/// Who listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Holder {
    /// The process; none when this user may not see it.
    pub process: Option<(String, u32)>,
    /// The number of the user it belongs to, where the system says it to everybody.
    pub user: Option<u32>,
}

impl Holder {
    fn is_known(&self) -> bool {
        self.process.is_some() || self.user.is_some()
    }
}

/// Returns how a port on an address stands; without an address it is for all of them, IPv4 and IPv6.
pub(crate) fn standing(
    listening: &Listening,
    address: Option<IpAddr>,
    port: u16,
    protocol: &str,
) -> Standing {
    let families = match address {
        Some(address) => vec![address],
        None => vec![Ipv4Addr::UNSPECIFIED.into(), Ipv6Addr::UNSPECIFIED.into()],
    };
    let mut answer = Standing::Free;
    for family in families {
        match trial(family, port, protocol) {
            Trial::Taken => {
                let holder = listening.holder(family, port, protocol);
                if holder.is_known() || !was_a_moment(family, port, protocol) {
                    return Standing::Held(holder);
                }
            }
            Trial::Denied if cfg!(windows) && port >= FIRST_ORDINARY => answer = Standing::Excluded,
            Trial::Denied | Trial::Unknown => {
                if let Some(listener) = listening.find(family, port, protocol) {
                    return Standing::Held(listener.holder());
                }
            }
            Trial::NoAddress if address.is_some() => answer = Standing::NoAddress,
            // Without an address it is fine that this computer has no IPv6.
            Trial::Free | Trial::NoAddress => {}
        }
    }
    answer
}

/// Whether a port that nobody is known to hold is free a moment later: somebody else looked at the same time.
fn was_a_moment(address: IpAddr, port: u16, protocol: &str) -> bool {
    std::thread::sleep(A_MOMENT);
    matches!(trial(address, port, protocol), Trial::Free)
}

/// A trial bind of another process is over by then.
const A_MOMENT: Duration = Duration::from_millis(20);

/// The first port that needs no privilege, unless the system says otherwise.
pub(crate) const FIRST_ORDINARY: u16 = 1024;

enum Trial {
    Free,
    Taken,
    /// Not allowed to try.
    Denied,
    NoAddress,
    Unknown,
}

fn trial(address: IpAddr, port: u16, protocol: &str) -> Trial {
    let (kind, wire) = match protocol {
        "tcp" => (Type::STREAM, Protocol::TCP),
        "udp" => (Type::DGRAM, Protocol::UDP),
        // SCTP cannot be tried without a kernel module; who listens is in a list.
        _ => return Trial::Unknown,
    };
    let bind = || {
        let socket = Socket::new(
            Domain::for_address(SocketAddr::new(address, port)),
            kind,
            Some(wire),
        )?;
        if address.is_ipv6() {
            socket.set_only_v6(true)?;
        }
        if cfg!(unix) && kind == Type::STREAM {
            // As every server does: connections that were closed a moment ago hold nothing.
            socket.set_reuse_address(true)?;
        }
        // Not listened on: two looks at one time, from a window and a terminal, must not be in each other's way.
        socket.bind(&SockAddr::from(SocketAddr::new(address, port)))
    };
    match bind() {
        Ok(()) => Trial::Free,
        Err(error) => match error.kind() {
            ErrorKind::AddrInUse => Trial::Taken,
            ErrorKind::PermissionDenied => Trial::Denied,
            ErrorKind::AddrNotAvailable => Trial::NoAddress,
            // A system without IPv6 has no such sockets.
            _ if address.is_ipv6() => Trial::NoAddress,
            _ => Trial::Unknown,
        },
    }
}

/// Returns the ports the system hands out by itself; a service there may lose its port to any program. First and last.
pub(crate) fn handed_out() -> (u16, u16) {
    let text = fs_err::read_to_string("/proc/sys/net/ipv4/ip_local_port_range").unwrap_or_default();
    let mut numbers = text.split_whitespace().filter_map(|it| it.parse().ok());
    // Linux' own default, which is inside everybody else's.
    (
        numbers.next().unwrap_or(32768),
        numbers.next().unwrap_or(60999),
    )
}

/// Returns the first port an ordinary user may listen on (Linux: `ip_unprivileged_port_start`).
pub(crate) fn first_unprivileged() -> u16 {
    let text = fs_err::read_to_string("/proc/sys/net/ipv4/ip_unprivileged_port_start");
    text.ok()
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(FIRST_ORDINARY)
}

/// Returns the id of the container a process runs in, if it does (Linux: the name of its control group).
pub(crate) fn container_of(pid: u32) -> Option<String> {
    let text = fs_err::read_to_string(format!("/proc/{pid}/cgroup")).ok()?;
    text.split(|char: char| !char.is_ascii_hexdigit())
        .find(|part| part.len() == ID_LENGTH)
        .map(str::to_owned)
}

/// Hexadecimal digits of a container's id.
const ID_LENGTH: usize = 64;

/// Returns a user's name as the system's own list has it.
pub(crate) fn user_name(number: u32) -> Option<String> {
    let text = fs_err::read_to_string("/etc/passwd").ok()?;
    text.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(number)).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests;
