//! A registry that answers everything with the same refusal, in clear text.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};

/// Listens at an address until the test program ends, and answers each request with a status, a header and a body.
/// `/v2/` itself is answered well unless `from_the_start`.
pub(crate) fn refusing(
    address: &str,
    from_the_start: bool,
    status: &'static str,
    header: &'static str,
    body: &'static str,
) -> SocketAddr {
    let listener = TcpListener::bind((address, 0)).unwrap();
    let at = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut asked = String::new();
            let _ = reader.read_line(&mut asked);
            // A greeting of TLS has no lines.
            let mut line = String::new();
            while asked.starts_with(|it: char| it.is_ascii_uppercase())
                && reader.read_line(&mut line).is_ok_and(|read| read > 2)
            {
                line.clear();
            }
            let ping = asked.contains(" /v2/ ") && !from_the_start;
            let (status, header, body) = if ping {
                ("200 OK", "", "{}")
            } else {
                (status, header, body)
            };
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n{header}\r\n{body}",
                body.len()
            );
        }
    });
    at
}
