//! Real sockets: the right answer and the right name each time.

use super::*;
use std::net::{TcpListener, UdpSocket};

fn ask(address: Option<&str>, port: u16, protocol: &str) -> Standing {
    let address = address.map(|it| it.parse().expect("an address"));
    standing(&Listening::now(), address, port, protocol)
}

fn pid(standing: Standing) -> Option<u32> {
    match standing {
        Standing::Held(holder) => holder.process.map(|(_, pid)| pid),
        _ => None,
    }
}

#[test]
fn a_listener_is_found_with_its_process_and_a_free_port_is_free() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    assert_eq!(pid(ask(None, port, "tcp")), Some(std::process::id()));
    assert_eq!(
        ask(Some("127.0.0.2"), port, "tcp"),
        Standing::Free,
        "another address"
    );
    assert_eq!(ask(None, port, "udp"), Standing::Free, "another protocol");
    drop(listener);
    assert_eq!(ask(None, port, "tcp"), Standing::Free);
}

#[test]
fn udp_is_found_too() {
    let socket = UdpSocket::bind("0.0.0.0:0").unwrap();
    let port = socket.local_addr().unwrap().port();
    assert_eq!(
        pid(ask(Some("127.0.0.1"), port, "udp")),
        Some(std::process::id())
    );
    assert_eq!(ask(None, port, "tcp"), Standing::Free);
}

#[test]
fn a_listener_for_ipv6_alone_leaves_ipv4_free() {
    let Ok(socket) = Socket::new(Domain::IPV6, Type::STREAM, None) else {
        return; // no IPv6 here
    };
    socket.set_only_v6(true).unwrap();
    let any: SocketAddr = "[::]:0".parse().unwrap();
    if socket.bind(&any.into()).is_err() {
        return;
    }
    socket.listen(1).unwrap();
    let port = socket.local_addr().unwrap().as_socket().unwrap().port();
    assert_eq!(ask(Some("0.0.0.0"), port, "tcp"), Standing::Free);
    assert_eq!(pid(ask(Some("::"), port, "tcp")), Some(std::process::id()));
    assert_eq!(
        pid(ask(None, port, "tcp")),
        Some(std::process::id()),
        "without an address it is both"
    );
}

#[test]
fn a_listener_for_both_families_holds_ipv4() {
    let Ok(listener) = TcpListener::bind("[::]:0") else {
        return;
    };
    let port = listener.local_addr().unwrap().port();
    assert_eq!(
        pid(ask(Some("0.0.0.0"), port, "tcp")),
        Some(std::process::id())
    );
    assert_eq!(
        pid(ask(Some("127.0.0.1"), port, "tcp")),
        Some(std::process::id())
    );
}

#[test]
fn an_address_of_another_computer_is_said() {
    // TEST-NET-1: nobody has it (RFC 5737).
    assert_eq!(ask(Some("192.0.2.1"), 18_099, "tcp"), Standing::NoAddress);
}

#[test]
fn what_is_in_no_list_is_held_by_somebody_unknown() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let unknown = Holder {
        process: None,
        user: None,
    };
    let nobody = Listening::default();
    assert_eq!(
        standing(&nobody, None, port, "tcp"),
        Standing::Held(unknown)
    );
}
