//! Ports and addresses that cannot be listened on.

use crate::diagnose::evidence::Kind;
use crate::diagnose::sign::{Look, SAID_BY_DOCKER, Sign, Verdict, likely, sign};

pub(super) const SIGNS: &[Sign] = &[
    // moby portallocator.go, libnetwork; 20.10 to 29
    sign("port.in_use", &["port is already allocated"]).variant("container").first()
        .takes(r"Bind for (?<address>\S+?):(?<port>\d+) failed"),
    sign("port.in_use", &["address already in use"]).takes(
        r"(?:listen (?:tcp|udp)[46]? \S*?:|failed to bind (?:host )?port (?:for )?(?:\S*?:)?|bind\(\) to \S*?:|bind: |exposing port \w+ \S*?:|EADDRINUSE\D+|0\.0\.0\.0:|\[::\]:|localhost:|127\.0\.0\.1:)(?<port>\d{2,5})",
    ).decided_by(in_use),
    sign("port.in_use", &["EADDRINUSE"]).takes(r"EADDRINUSE.*?:(?<port>\d{2,5})").decided_by(in_use),
    sign("port.in_use", &["Address in use"]).general().decided_by(in_use)
        .matches(r"(?i)(?:bind|listen|port|socket|errno 98)(?:.*?:(?<port>\d{2,5})\b)?.*address in use"),
    sign("port.in_use", &["Only one usage of each socket address"]).takes(r":(?<port>\d{2,5})"),
    sign("port.in_use", &["Ports are not available"]).takes(r"(?:0\.0\.0\.0|127\.0\.0\.1|\[?::\]?|[\d.]+):(?<port>\d{1,5})")
        .without(&["forbidden by its access permissions"]).decided_by(not_available),
    sign("port.in_use", &["Specified port is already in use"]),
    sign("port.in_use", &["port is already in use"]).takes(r"[Pp]ort (?<port>\d+)"),
    sign("port.in_use", &["Port ", "is already in use"]).takes(r"[Pp]ort (?<port>\d+)"),
    sign("port.in_use", &["Port ", "was already in use"]).takes(r"[Pp]ort (?<port>\d+)").variant("inside"),
    sign("port.in_use", &["Do you already have another mysqld server running on port"]).takes(r"port: (?<port>\d+)").variant("inside"),
    sign("port.in_use", &["could not bind IPv4 address"]).without(&["Cannot assign", "Permission denied"]).takes(r"port (?<port>\d+)").variant("inside"),
    sign("port.in_use", &["Failed to bind to", "in use"]).general(),
    sign("port.in_use", &["BindException: Address already in use"]).variant("inside"),
    // Podman's slirp4netns says no more than that
    sign("port.in_use", &["slirp4netns", "add_hostfwd"]),
    sign("port.in_use", &["Creating Server TCP listening socket", "Address already in use"]).variant("inside").takes(r":(?<port>\d+): bind"),
    sign("port.in_use", &["failed to bind host port"]).general().takes(r"(?:\S*?:|port )(?<port>\d{2,5})").without(&["cannot assign", "permission", "forbidden"]),
    sign("port.in_use", &["driver failed programming external connectivity"]).general()
        .without(&["iptables", "cannot assign", "forbidden", "permission denied", "privileged", "nftables"]),
    sign("port.excluded_windows", &["forbidden by its access permissions"]).first().takes(r":(?<port>\d{2,5})"),
    sign("port.excluded_windows", &["access a socket in a way forbidden"]).first().takes(r":(?<port>\d{2,5})"),
    sign("port.excluded_windows", &["/forwards/expose returned unexpected status: 500"]).general().takes(r":(?<port>\d{2,5})").decided_by(expose),
    // rootlesskit, kernel
    sign("port.privileged", &["cannot expose privileged port"]).first().takes(r"privileged port (?<port>\d+)"),
    sign("port.privileged", &["net.ipv4.ip_unprivileged_port_start", "privileged port"]).first().takes(r"port (?<port>\d+)"),
    sign("port.privileged", &["bind: permission denied"]).takes(r":(?<port>\d+): bind"),
    sign("port.privileged", &["bind()", "13: Permission denied"]).takes(r"bind\(\) to \S*?:(?<port>\d+)"),
    sign("port.privileged", &["Insufficient permissions to use specified port"]),
    // passt: pasta of Podman
    sign("port.privileged", &["Failed to bind port", "Permission denied"]).takes(r"bind port (?<port>\d+)").first(),
    sign("port.privileged", &["make_sock: could not bind", "(13)Permission denied"]).takes(r":(?<port>\d+)"),
    sign("port.privileged", &["(13)Permission denied", "make_sock"]).takes(r":(?<port>\d+)"),
    sign("port.privileged", &["listen EACCES"]).takes(r":(?<port>\d+)"),
    sign("port.privileged", &["BindException: Permission denied"]),
    sign("port.privileged", &["SocketException: Permission denied"]).general().without(&["connect failed", "denied: connect"]),
    sign("port.privileged", &["could not bind", "Permission denied"]).general().takes(r"port (?<port>\d+)"),
    sign("port.privileged", &["cannot bind socket (Permission denied)"]),
    sign("port.privileged", &["bind:", "permission denied"]).general().takes(r":(?<port>\d+)").only(SAID_BY_DOCKER),
    sign("net.bind_address_missing", &["cannot assign requested address"]).decided_by(assign)
        .takes(r"(?:listen (?:tcp|udp)[46]? |bind host port for |Bind for |bind\(\) to |port )?(?<address>\d+\.\d+\.\d+\.\d+):(?<port>\d+)"),
    sign("net.bind_address_missing", &["Cannot assign requested address"]).decided_by(assign)
        .takes(r"(?<address>\d+\.\d+\.\d+\.\d+):(?<port>\d+)"),
    sign("net.bind_address_missing", &["EADDRNOTAVAIL"]).decided_by(assign).takes(r"(?<address>\d+\.\d+\.\d+\.\d+):(?<port>\d+)"),
];

/// Of the computer, or of a second program inside the container. A socket that is a file has no port.
fn in_use(look: &Look<'_>) -> Verdict {
    if look.has(&["listen unix", "unix socket", "unix:/"]) {
        return Verdict::nothing();
    }
    if look.has(&[
        "network",
        "Error response from daemon: user specified IP",
        "Address already in use",
    ]) && look.piece.kind != Kind::ContainerLogs
        && look.has(&[
            "endpoint with name",
            "user specified",
            "could not find an available",
            "Address already in use\"",
        ])
        && !look.has(&["listen", "bind", "port"])
    {
        return Verdict::sure(likely("net.subnet_overlap", 0.45));
    }
    let found = likely("port.in_use", 0.93);
    Verdict::sure(
        if look.piece.kind == Kind::ContainerLogs && !look.has(&["daemon", "userland proxy"]) {
            found.variant("inside")
        } else {
            found
        },
    )
}

/// Docker Desktop names no reason when Windows keeps a port.
fn not_available(look: &Look<'_>) -> Verdict {
    if look.anywhere(&["forbidden by its access permissions"]) {
        return Verdict::sure(likely("port.excluded_windows", 0.95));
    }
    if look.has(&["permission denied"]) && !look.has(&["in use"]) {
        return Verdict::sure(likely("port.privileged", 0.75));
    }
    if look.has(&[
        "cannot assign requested address",
        "can't assign requested address",
    ]) {
        return Verdict::sure(likely("net.bind_address_missing", 0.85));
    }
    Verdict::sure(likely("port.in_use", 0.9))
}

fn expose(look: &Look<'_>) -> Verdict {
    if look.has(&["forbidden"]) {
        Verdict::sure(likely("port.excluded_windows", 0.95))
    } else if look.has(&["in use", "Only one usage"]) {
        Verdict::sure(likely("port.in_use", 0.92))
    } else {
        Verdict::open(vec![
            likely("port.in_use", 0.6),
            likely("port.excluded_windows", 0.4),
        ])
    }
}

/// To listen on, not to speak to.
fn assign(look: &Look<'_>) -> Verdict {
    if look.has(&["dial tcp"]) && !look.has(&["bind", "listen"]) {
        return if look.has(&["/v2/", "registry"]) {
            Verdict::sure(likely("image.registry_timeout", 0.85))
        } else {
            Verdict::nothing()
        };
    }
    if look.piece.kind == Kind::ContainerLogs
        && look.has(&["connect", "dial", "localhost", "127.0.0.1"])
        && !look.has(&["bind", "listen"])
    {
        return Verdict::nothing();
    }
    if look.has(&["[::", "IPv6", "::1"]) && look.piece.kind == Kind::ContainerLogs {
        return Verdict::nothing();
    }
    Verdict::sure(likely("net.bind_address_missing", 0.9))
}
