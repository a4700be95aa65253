//! Networks between containers, and containers in each other's way.

use crate::diagnose::evidence::Kind;
use crate::diagnose::named;
use crate::diagnose::sign::{Look, SAID_BY_DOCKER, Sign, Verdict, likely, sign};

pub(super) const SIGNS: &[Sign] = &[
    // libnetwork ipam/allocator.go to 26, ipamapi/contract.go from 27
    sign("net.pool_exhausted", &["could not find an available, non-overlapping IPv"]).first().decided_by(pool),
    sign("net.pool_exhausted", &["all predefined address pools have been fully subnetted"]).first().decided_by(pool),
    sign("net.pool_exhausted", &["no available IPv4 pool"]).decided_by(pool),
    sign("net.pool_exhausted", &["no available network"]).general().only(SAID_BY_DOCKER).decided_by(pool),
    sign("net.pool_exhausted", &["no available IPv4 addresses on this network's address pools"]).general(),
    sign("net.subnet_overlap", &["Pool overlaps with other one on this address space"]).first(),
    sign("net.subnet_overlap", &["networks have overlapping IPv4"]).first(),
    sign("net.subnet_overlap", &["networks have overlapping IPv6"]).first(),
    sign("net.subnet_overlap", &["cannot create network", "conflicts with network"]).takes(r"cannot create network (?<network>\S+)").first(),
    sign("net.subnet_overlap", &["invalid pool request", "overlap"]),
    sign("net.subnet_overlap", &["Requested address", "is out of range"]).general(),
    sign("net.subnet_overlap", &["requested address", "overlap"]).general(),
    sign("net.iptables_broken", &["No chain/target/match by that name"]),
    sign("net.iptables_broken", &["Chain 'DOCKER", "does not exist"]),
    sign("net.iptables_broken", &["Failed to Setup IP tables"]),
    sign("net.iptables_broken", &["Unable to enable", "DNAT rule"]),
    sign("net.iptables_broken", &["Unable to enable DROP"]),
    sign("net.iptables_broken", &["failed to create NAT chain"]),
    sign("net.iptables_broken", &["iptables failed"]).general(),
    sign("net.iptables_broken", &["xtables contention"]),
    sign("net.iptables_broken", &["xtables lock"]).general(),
    sign("net.iptables_broken", &["Couldn't load match"]),
    sign("net.iptables_broken", &["Couldn't load target"]),
    sign("net.iptables_broken", &["can't initialize iptables table"]),
    sign("net.iptables_broken", &["can't initialize ip6tables table"]),
    sign("net.iptables_broken", &["programming", "nftables"]).general(),
    sign("net.iptables_broken", &["iptables", "Table does not exist"]),
    sign("net.iptables_broken", &["failed to add jump rules"]),
    sign("net.iptables_broken", &["failed to register", "bridge", "driver", "iptables"]),
    sign("net.iptables_broken", &["Failed to program FILTER chain"]),
    sign("net.iptables_broken", &["unable to insert jump to DOCKER"]).general(),
    sign("net.iptables_broken", &["COMMAND_FAILED", "iptables"]),
    sign("net.iptables_broken", &["INVALID_ZONE"]).general(),
    sign("net.iptables_broken", &["bridge-nf-call-iptables"]).general(),
    sign("net.stale_network", &["network ", " not found"])
        .matches(r"network (?<network>[0-9a-f]{64}) not found").first(),
    sign("net.stale_network", &["could not find a network matching network mode"]).general(),
    sign("net.stale_network", &["cannot join network of a non running container"]).general(),
    sign("net.stale_network", &["No such container:"]).general().matches(r"joining network namespace of container: No such container: (?<container>\w+)"),
    sign("net.stale_network", &["failed to set up container networking: network", "not found"]).general(),
    // Names
    sign("net.dns_container", &["Temporary failure in name resolution"]).takes(NAMED).decided_by(name),
    sign("net.dns_container", &["Temporary failure resolving"]).takes(r"resolving '(?<host>[^']+)'"),
    sign("net.dns_container", &["EAI_AGAIN"]).takes(r"EAI_AGAIN,? (?<host>[\w.-]+)"),
    sign("net.dns_container", &["ENOTFOUND"]).takes(r"ENOTFOUND (?<host>[\w.-]+)"),
    sign("net.dns_container", &["could not translate host name"]).takes(r"host name \x22(?<host>[^\x22]+)"),
    sign("net.dns_container", &["Name or service not known"]).takes(NAMED).decided_by(name),
    sign("net.dns_container", &["Name does not resolve"]).takes(NAMED),
    sign("net.dns_container", &["bad address"]).matches(r"bad address '?(?<host>\w[\w.-]*)").general(),
    sign("net.dns_container", &["UnknownHostException"]).takes(r"UnknownHostException: (?<host>[\w.-]+)"),
    sign("net.dns_container", &["Unknown MySQL server host"]).takes(r"host '(?<host>[^']+)'"),
    sign("net.dns_container", &["getaddrinfo failed"]).takes(NAMED),
    sign("net.dns_container", &["getaddrinfo for"]).takes(r"for (?<host>\S+?)[: ]").general(),
    sign("net.dns_container", &["no such host"]).takes(r"lookup (?<host>[\w.-]+)").only(&[Kind::ContainerLogs]).general(),
    sign("net.dns_container", &["server misbehaving"]).takes(r"lookup (?<host>[\w.-]+)").only(&[Kind::ContainerLogs]).general(),
    sign("net.dns_container", &["Could not resolve host"]).takes(r"host: (?<host>[\w.-]+)"),
    sign("net.dns_container", &["nodename nor servname provided"]),
    sign("net.dns_container", &["gaierror"]).general(),
    sign("net.dns_container", &["unknown host"]).general().without(&["host key"]).takes(r"unknown host:? '?(?<host>[\w.-]+)"),
    sign("net.dns_container", &["failed to resolve", "host"]).general().only(&[Kind::ContainerLogs]),
    sign("net.dns_container", &["Connection timed out", "resolv"]).general(),
    sign("net.dns_container", &["nxdomain"]).general().only(&[Kind::ContainerLogs]).matches(r"(?i)\b(?:connect|resol|lookup|epmd|error|fail)"),
    sign("net.dns_container", &["No address associated with hostname"]),
    sign("net.dns_container", &["connection timed out; no servers could be reached"]),
    // nginx, HAProxy, Traefik, Caddy, Apache
    sign("app.upstream_unresolved", &["host not found in upstream"]).takes(r"upstream \x22(?<host>[^\x22:]+)"),
    sign("app.upstream_unresolved", &["[emerg]", "host not found in"]).takes(r"\x22(?<host>[^\x22:]+)"),
    sign("app.upstream_unresolved", &["could not resolve address", "server"]).takes(r"address '(?<host>[^':]+)"),
    sign("app.upstream_unresolved", &["could not be resolved", "while sending to client"]).takes(r"\] .*?(?<host>[\w.-]+) could not be resolved"),
    sign("app.upstream_unresolved", &["could not be resolved (3: Host not found)"]).takes(r"(?<host>[\w.-]+) could not be resolved"),
    sign("app.upstream_unresolved", &["no live upstreams while connecting to upstream"]),
    sign("app.upstream_unresolved", &["DNS lookup failure for"]).takes(r"failure for: (?<host>\S+)"),
    sign("app.upstream_unresolved", &["has no server available"]),
    sign("app.upstream_unresolved", &["connect() failed (111: Connection refused) while connecting to upstream"]).takes(r"upstream: \x22\w+://(?<host>[^/\x22]+)"),
    sign("app.upstream_unresolved", &["connect() failed (113"]).general(),
    // Proxies of the site
    sign("net.proxy", &["proxyconnect tcp"]).first().takes(r"proxyconnect tcp: (?:dial tcp:? (?:lookup )?(?<host>[\w.:-]+))?"),
    sign("net.proxy", &["407 Proxy Authentication Required"]).first(),
    sign("net.proxy", &["Proxy Authentication Required"]).first(),
    sign("net.proxy", &["ProxyError"]),
    sign("net.proxy", &["Cannot connect to proxy"]),
    sign("net.proxy", &["Tunnel connection failed"]),
    sign("net.proxy", &["Received HTTP code", "from proxy after CONNECT"]),
    sign("net.proxy", &["via proxy"]).general().matches(r"(?i)\b(?:fail|error|cannot|could not|unable|refused|timed? ?out|50\d|407)"),
    sign("net.proxy", &["proxy server is refusing connections"]),
    sign("net.proxy", &["Could not resolve proxy"]),
    sign("net.proxy", &["tunneling socket could not be established"]),
    sign("net.proxy", &["invalid proxy"]).general(),
    sign("net.proxy", &["no_proxy"]).general().without(&["no_proxy="]),
    sign("net.proxy", &["X-Squid-Error"]),
    // How Squid signs its pages
    sign("net.proxy", &["(squid"]).general().only(&[Kind::ContainerLogs, Kind::HealthLog]).matches(r"\(squid(?:/[\d.]+)?\)"),
    // Containers
    sign("container.name_conflict", &["Conflict.", "is already in use by container"]).first()
        .takes(r"name \x22/?(?<container>[^\x22]+)\x22 is already in use by container \x22?(?<holder>\w{12})?"),
    sign("container.name_conflict", &["is already in use by container"])
        .takes(r"name \x22/?(?<container>[^\x22]+)\x22"),
    sign("container.name_conflict", &["is already in use by container", "The name"]).takes(r"name \x22/?(?<container>[^\x22]+)\x22"),
    sign("container.name_conflict", &["You have to remove (or rename) that container"]),
    sign("container.name_conflict", &["the container name", "is already in use"]).general(),
    sign("container.busy", &["removal of container", "is already in progress"]).takes(r"container (?<container>\S+) is"),
    sign("container.busy", &["container is marked for removal"]),
    sign("container.busy", &["failed to remove root filesystem", "busy"]),
    sign("container.busy", &["device or resource busy"]).without(&["/dev/nvidia", "rename", "mv:"]).only(SAID_BY_DOCKER),
    sign("container.busy", &["is restarting, wait until the container is running"]).takes(r"[Cc]ontainer (?<container>\w+) is"),
    sign("container.busy", &["endpoint with name", "already exists in network"]).takes(r"name (?<container>\S+) already exists in network (?<network>\S+)"),
    sign("container.busy", &["did not receive an exit event"]),
    sign("container.busy", &["tried to kill container, but did not receive"]),
    sign("container.busy", &["You cannot remove a running container"]).general(),
    sign("container.busy", &["cannot remove a running container"]).general(),
    sign("container.busy", &["container is paused. Unpause the container"]).general(),
    sign("container.busy", &["another command is already running"]).general().only(SAID_BY_DOCKER),
    // Docker was ended while it started a container: containerd, its shim or runc remember it, and Docker does not
    // (seen on 20.10, which says so at every further start). The words of containerd's errdefs, its shim and runc.
    sign("container.busy", &["already exists"]).variant("lost").only(SAID_BY_DOCKER)
        .matches(r"\b(?:task|container) \x22?(?<container>[0-9a-f]{64})\x22?:? already exists"),
    sign("container.busy", &["failed to start shim", "file exists"]).variant("lost").only(SAID_BY_DOCKER)
        .takes(r"/(?<container>[0-9a-f]{64})\b"),
    sign("container.busy", &["container with id exists"]).variant("lost").only(SAID_BY_DOCKER)
        .takes(r"exists: (?<container>[0-9a-f]{64})\b"),
    sign("container.busy", &["container with given ID already exists"]).variant("lost"),
    sign("container.busy", &["task already exists"]).general().variant("lost").only(SAID_BY_DOCKER),
    sign("container.busy", &["dead or marked for removal"]),
];

/// The name that could not be found, as the common programs write it.
const NAMED: &str = r"(?:host(?:name)?:? '?\x22?|to |resolve |://|server at \x22?|connect to |connecting to |lookup |for )(?<host>[A-Za-z][\w.-]*)";

/// Thirty networks, or a VPN that has taken every address.
fn pool(look: &Look<'_>) -> Verdict {
    let found = likely("net.pool_exhausted", 0.93);
    let networks = look.number(named::NETWORKS);
    let vpn = look.flag(named::VPN) == Some(true);
    if vpn || networks.is_some_and(|it| it < 25.0) {
        return Verdict::sure(found.variant("vpn"));
    }
    Verdict::sure(found)
}

/// The engine looks registries up, programs look services up.
fn name(look: &Look<'_>) -> Verdict {
    if look.piece.kind != Kind::ContainerLogs && look.has(&["/v2/", "registry", "dial tcp: lookup"])
    {
        return Verdict::sure(likely("image.registry_dns", 0.9));
    }
    Verdict::sure(likely("net.dns_container", 0.85))
}
