//! As much HTTP as asking an engine for `/_ping` needs.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::Value;

/// The answer's JSON, or null when it is text.
pub(crate) fn get(socket: &Path, path: &str) -> Result<Value> {
    let mut stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    // HTTP/1.0 has neither kept connections nor chunks.
    write!(stream, "GET {path} HTTP/1.0\r\nHost: engine\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    ensure!(
        head.contains(" 200 "),
        "{path}: {}",
        head.lines().next().unwrap_or("no answer")
    );
    Ok(serde_json::from_str(body).unwrap_or(Value::Null))
}
