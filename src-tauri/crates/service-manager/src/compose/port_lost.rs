//! What an engine says when a port was taken in the last moment.

use std::net::IpAddr;

/// Returns the address and the port that a line of the engine complains about; an address that stands for all is none.
///
/// The wordings, each from the sources of the version named: `Bind for 0.0.0.0:8080 failed: port is already allocated`
/// (libnetwork portallocator, all), `listen tcp4 0.0.0.0:8080: bind: address already in use` (20.10-27), `failed to bind
/// host port for 0.0.0.0:8080:172.18.0.2:80/tcp: address already in use` (28), `failed to bind host port
/// 0.0.0.0:8080/tcp: address already in use` (29), and Docker Desktop's `exposing port TCP 0.0.0.0:8080 -> ...`.
pub(crate) fn port_lost(line: &str) -> Option<(Option<IpAddr>, u16)> {
    const MARKS: [&str; 5] = [
        "Bind for ",
        "failed to bind host port for ",
        "failed to bind host port ",
        "listen ",
        "exposing port ",
    ];
    let lost = ["already allocated", "already in use", "not available"];
    if !lost.iter().any(|words| line.contains(words)) {
        return None;
    }
    let rest = MARKS.iter().find_map(|mark| line.split_once(mark))?.1;
    rest.split([' ', ',']).find_map(endpoint)
}

/// Reads `0.0.0.0:8080`, `[::]:8080/tcp`, `:::8080:`, `0.0.0.0:8080:172.18.0.2:80/tcp`.
fn endpoint(word: &str) -> Option<(Option<IpAddr>, u16)> {
    let word = word.trim_end_matches(':');
    let word = word.split('/').next().unwrap_or(word);
    let (address, port) = match word.strip_prefix('[') {
        Some(rest) => rest.split_once("]:")?,
        // What follows the port is the container's end.
        None if word.matches(':').count() == 3 && word.contains('.') => {
            let (address, rest) = word.split_once(':')?;
            (address, rest.split(':').next()?)
        }
        None => word.rsplit_once(':')?,
    };
    let address: IpAddr = address.parse().ok()?;
    let port = port.split(':').next()?.parse().ok()?;
    Some((Some(address).filter(|it| !it.is_unspecified()), port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_engines_words() {
        let local: Option<IpAddr> = Some([127, 0, 0, 1].into());
        for (line, expected) in [
            (
                "Error response from daemon: driver failed programming external connectivity on endpoint demo-web-1 (1f): Bind for 0.0.0.0:8080 failed: port is already allocated",
                Some((None, 8080)),
            ),
            (
                "Error starting userland proxy: listen tcp4 0.0.0.0:8080: bind: address already in use",
                Some((None, 8080)),
            ),
            (
                "error starting userland proxy: listen tcp 127.0.0.1:53: bind: address already in use",
                Some((local, 53)),
            ),
            (
                "listen udp6 [::]:53: bind: address already in use",
                Some((None, 53)),
            ),
            (
                "failed to set up container networking: driver failed programming external connectivity on endpoint x (y): failed to bind host port for 0.0.0.0:8080:172.18.0.2:80/tcp: address already in use",
                Some((None, 8080)),
            ),
            (
                "failed to bind host port 127.0.0.1:8080/tcp: address already in use",
                Some((local, 8080)),
            ),
            (
                "Ports are not available: exposing port TCP 0.0.0.0:8080 -> 0.0.0.0:0: listen tcp 0.0.0.0:8080: bind: address already in use",
                Some((None, 8080)),
            ),
            ("Container demo-web-1  Started", None),
            ("bind: cannot assign requested address", None),
        ] {
            assert_eq!(port_lost(line), expected, "{line}");
        }
    }
}
