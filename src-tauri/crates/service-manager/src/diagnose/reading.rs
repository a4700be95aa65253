//! Evidence from a file or a pipe of any size: no more of it is held than can be looked at.
//!
//! Of a text only the end matters ([`LIMIT`]), so only that is kept while the rest goes by. JSON has to be read as a
//! whole; what Quayside saves is never larger than [`LARGEST`], and a larger document is refused instead of held.

use super::evidence::{Evidence, LIMIT};
use crate::text::{Text, format};
use serde::de::IgnoredAny;
use std::io::{self, Read};

/// The largest document that is read as a whole. A support bundle holds 24 MiB at most, its evidence among them.
const LARGEST: usize = 32_000_000;
/// What is kept of a longer text: enough for [`LIMIT`] bytes also where every character takes two.
const KEPT: usize = 2 * LIMIT + 2;
const PORTION: usize = 64 << 10;

/// Why there is no evidence.
#[derive(Debug)]
pub(crate) enum NoEvidence {
    Unreadable(io::Error),
    /// What the source is instead.
    Other(Text),
}

/// Reads evidence.
///
/// # Errors
/// A source that cannot be read, JSON that is no evidence or too large, and an archive.
pub(crate) fn read(source: impl Read) -> Result<Evidence, NoEvidence> {
    let gathered = gather(source).map_err(NoEvidence::Unreadable)?;
    let refused = NoEvidence::Other;
    match gathered {
        Gathered::All(bytes) if bytes.starts_with(b"PK\x03\x04") => {
            Err(refused(Text::new("evidence-zip")))
        }
        Gathered::All(bytes) => Evidence::read(&decoded(bytes))
            .map_err(|error| refused(Text::verbatim(error.to_string()))),
        Gathered::End(bytes) => Ok(Evidence::pasted(&String::from_utf8_lossy(&bytes))),
        Gathered::TooLarge => Err(refused(
            Text::new("evidence-too-large").with("limit", format::bytes(LARGEST as u64)),
        )),
    }
}

enum Gathered {
    All(Vec<u8>),
    /// Of a text that is longer than what is looked at.
    End(Vec<u8>),
    /// One JSON document that is not held.
    TooLarge,
}

fn gather(mut source: impl Read) -> io::Result<Gathered> {
    let mut bytes = Vec::new();
    if !fill(&mut source, &mut bytes, PORTION)? {
        return Ok(Gathered::All(bytes));
    }
    // A document, or an archive, which is recognised by its beginning; both are needed as a whole.
    let is_whole_needed = begins_as_json(&bytes) || bytes.starts_with(b"PK\x03\x04");
    let room = if is_whole_needed { LARGEST } else { KEPT };
    if !fill(&mut source, &mut bytes, room)? {
        return Ok(Gathered::All(bytes));
    }
    if is_whole_needed {
        if bytes.starts_with(b"PK\x03\x04") {
            return Ok(Gathered::All(bytes));
        }
        if is_one_document(&bytes) {
            return Ok(Gathered::TooLarge);
        }
    }
    let wide = Wide::of(&bytes);
    loop {
        forget(&mut bytes);
        if !fill(&mut source, &mut bytes, 2 * KEPT)? {
            forget(&mut bytes);
            return Ok(Gathered::End(match wide {
                Some(wide) => wide.decoded(&bytes).into_bytes(),
                None => bytes,
            }));
        }
    }
}

/// Reads until `bytes` are `room` long. Returns whether there may be more.
fn fill(source: &mut impl Read, bytes: &mut Vec<u8>, room: usize) -> io::Result<bool> {
    let wanted = room.saturating_sub(bytes.len());
    let read = source.take(wanted as u64).read_to_end(bytes)?;
    Ok(read == wanted)
}

/// Forgets all but the end. Always an even number of bytes, so that characters of two stay together.
fn forget(bytes: &mut Vec<u8>) {
    let spare = bytes.len().saturating_sub(KEPT) & !1;
    bytes.drain(..spare);
    bytes.shrink_to(2 * KEPT);
}

/// Whether a text may be a JSON document by its first character.
fn begins_as_json(bytes: &[u8]) -> bool {
    // The marks of an encoding come before it, in either encoding.
    let is_mark = |byte: &u8| matches!(byte, 0xef | 0xbb | 0xbf | 0xff | 0xfe | 0);
    let mut rest = bytes.iter().filter(|byte| !is_mark(byte));
    let first = rest.find(|byte| !byte.is_ascii_whitespace());
    first.is_some_and(|byte| matches!(byte, b'{' | b'['))
}

/// Whether the beginning of a text is that of one JSON document, and not a log whose lines are JSON.
fn is_one_document(beginning: &[u8]) -> bool {
    let beginning = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
    let mut values = serde_json::Deserializer::from_slice(beginning).into_iter::<IgnoredAny>();
    matches!(values.next(), Some(Err(error)) if error.is_eof())
}

/// Characters of two bytes: PowerShell 5 redirects in UTF-16, everything else in UTF-8.
#[derive(Clone, Copy)]
struct Wide(fn([u8; 2]) -> u16);

impl Wide {
    /// As the mark at the beginning says.
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xfe, ..] => Some(Self(u16::from_le_bytes)),
            [0xfe, 0xff, ..] => Some(Self(u16::from_be_bytes)),
            _ => None,
        }
    }

    fn decoded(self, bytes: &[u8]) -> String {
        let pairs = bytes.chunks_exact(2).map(|pair| self.0([pair[0], pair[1]]));
        char::decode_utf16(pairs)
            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    }
}

fn decoded(bytes: Vec<u8>) -> Vec<u8> {
    match Wide::of(&bytes) {
        Some(wide) => wide.decoded(&bytes[2..]).into_bytes(),
        None => bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::repeat;

    const SAID: &str = "\nError response from daemon: Conflict. The container name \"/a\" is already in use by container \"0\"";

    fn text(source: impl Read) -> String {
        let evidence = read(source).unwrap();
        evidence.pieces.into_iter().next().unwrap().text
    }

    fn reason(source: impl Read) -> String {
        match read(source).unwrap_err() {
            NoEvidence::Other(reason) => reason.key().to_owned(),
            NoEvidence::Unreadable(error) => panic!("{error}"),
        }
    }

    #[test]
    fn of_a_long_text_the_end_is_kept() {
        for long in [KEPT as u64 - 7, 5 << 20, 100 << 20] {
            let kept = text(repeat(b'x').take(long).chain(SAID.as_bytes()));
            assert!(kept.ends_with(&SAID[1..]), "{long}");
            assert!(kept.len() <= LIMIT, "{long}: {}", kept.len());
        }
        // A log whose lines are JSON is a text.
        let lines = "{\"level\":\"info\"}\n".repeat(3 << 20);
        assert!(text(lines.as_bytes().chain(SAID.as_bytes())).ends_with(&SAID[1..]));
    }

    #[test]
    fn characters_of_two_bytes_stay_together_also_in_a_long_text() {
        for long in [10, 5 << 20] {
            let words = "ü".repeat(long) + SAID;
            let units = words.encode_utf16().flat_map(u16::to_le_bytes);
            let bytes: Vec<u8> = [0xff, 0xfe].into_iter().chain(units).collect();
            let kept = text(&*bytes);
            assert!(kept.ends_with(&SAID[1..]), "{long}");
            assert!(!kept.contains(char::REPLACEMENT_CHARACTER), "{long}");
        }
    }

    #[test]
    fn a_document_is_read_as_a_whole_or_refused() {
        let document = |bytes: usize| {
            let text = "x".repeat(bytes);
            format!(r#"{{"kind":"container_logs","text":"{text}\nlast line"}}"#)
        };
        let kept = text(document(5 << 20).as_bytes());
        assert!(kept.ends_with("last line"));
        assert!(kept.len() <= LIMIT);
        assert_eq!(reason(document(LARGEST).as_bytes()), "evidence-too-large");
    }

    #[test]
    fn an_archive_is_named_as_one() {
        let archive = || b"PK\x03\x04".chain(repeat(0));
        assert_eq!(reason(archive().take(100)), "evidence-zip");
        assert_eq!(reason(archive().take(100 << 20)), "evidence-zip");
    }
}
