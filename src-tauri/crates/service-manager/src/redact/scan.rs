//! The other pair of eyes: looks through finished files for what must not be there, and has the last word. Pure.
//!
//! It shares nothing with the search it watches over. Where that one makes every form of a secret, this one takes the
//! forms off the text (percent signs, escapes, base64, hexadecimal digits, ends of lines) and looks for the secret itself;
//! forms of keys are told by their first letters, without a regular expression.

use aho_corasick::AhoCorasick;
use std::collections::BTreeSet;

/// Shorter ones count only as words of their own.
const SHORT: usize = 8;
/// Shorter ones are not looked for in what has lost its ends of lines, where any words meet.
const LONG: usize = 12;

/// Looks for known secrets and for what certainly is one.
#[derive(Debug)]
pub(crate) struct Scanner {
    secrets: Vec<String>,
    search: Option<AhoCorasick>,
}

impl Scanner {
    /// Makes a scanner for these secrets.
    pub(crate) fn new(secrets: Vec<String>) -> Self {
        let secrets: Vec<String> = secrets
            .into_iter()
            .filter(|it| it.trim().len() >= 3)
            .collect();
        Self {
            search: AhoCorasick::new(&secrets).ok(),
            secrets,
        }
    }

    /// Returns how many different things were found; nothing must be.
    pub(crate) fn findings(&self, content: &[u8]) -> usize {
        // Without its machine it can vouch for nothing.
        let Some(search) = &self.search else {
            return 1;
        };
        let mut found = BTreeSet::new();
        let mut look = |bytes: &[u8], least: usize| {
            for hit in search.find_overlapping_iter(bytes) {
                let secret = &self.secrets[hit.pattern().as_usize()];
                let inside = secret.chars().count() >= SHORT && !is_name(secret);
                if secret.len() >= least && (inside || stands_alone(bytes, hit.start(), hit.end()))
                {
                    found.insert(hit.pattern().as_usize());
                }
            }
        };
        look(content, 0);
        if content.contains(&b'%') {
            let once = percent_off(content);
            look(&percent_off(&once), 6);
            look(&once, 6);
        }
        if content.contains(&b'\\') || content.contains(&b'&') {
            let once = escapes_off(content);
            look(&escapes_off(&once), 6);
            look(&once, 6);
        }
        if content.contains(&0) {
            let narrow: Vec<u8> = content.iter().copied().filter(|it| *it != 0).collect();
            look(&narrow, 6);
        }
        let joined: Vec<u8> = content
            .iter()
            .copied()
            .filter(|it| !it.is_ascii_whitespace() && *it != b'\\')
            .collect();
        look(&joined, LONG);
        for decoded in base64_off(content) {
            look(&decoded, 5);
        }
        for decoded in hexadecimal_off(content) {
            look(&decoded, 6);
        }
        found.len() + certain(content)
    }
}

/// A word that a host or a person could be called.
fn is_name(secret: &str) -> bool {
    secret.bytes().all(|it| it.is_ascii_lowercase())
}

fn stands_alone(bytes: &[u8], start: usize, end: usize) -> bool {
    let part = |it: Option<&u8>| it.is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'_');
    !part(start.checked_sub(1).and_then(|at| bytes.get(at))) && !part(bytes.get(end))
}

fn nibble(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|it| u8::try_from(it).ok())
}

fn percent_off(content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len());
    let mut at = 0;
    while at < content.len() {
        let pair = content
            .get(at + 1)
            .and_then(|a| nibble(*a))
            .zip(content.get(at + 2).and_then(|b| nibble(*b)));
        match (content[at], pair) {
            (b'%', Some((high, low))) => {
                out.push(high * 16 + low);
                at += 3;
            }
            (b'+', _) => {
                out.push(b' ');
                at += 1;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

/// JSON's escapes, a shell's and XML's.
fn escapes_off(content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len());
    let mut at = 0;
    while at < content.len() {
        let rest = &content[at..];
        if rest[0] == b'\\' && rest.len() > 1 {
            let unit = rest
                .get(2..6)
                .filter(|_| rest[1] == b'u')
                .and_then(|it| std::str::from_utf8(it).ok());
            if let Some(char) = unit
                .and_then(|it| u32::from_str_radix(it, 16).ok())
                .and_then(char::from_u32)
            {
                out.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
                at += 6;
                continue;
            }
            match rest[1] {
                b'n' => out.push(b'\n'),
                b't' => out.push(b'\t'),
                b'r' => out.push(b'\r'),
                other => out.push(other),
            }
            at += 2;
            continue;
        }
        let entities: [(&[u8], u8); 6] = [
            (b"&amp;", b'&'),
            (b"&lt;", b'<'),
            (b"&gt;", b'>'),
            (b"&quot;", b'"'),
            (b"&#39;", b'\''),
            (b"&apos;", b'\''),
        ];
        let entity = entities.iter().find(|(it, _)| rest.starts_with(it));
        let (length, byte) = entity.map_or((1, rest[0]), |(it, byte)| (it.len(), *byte));
        out.push(byte);
        at += length;
    }
    out
}

/// What every run of letters and digits would be, begun at each of four places.
fn base64_off(content: &[u8]) -> Vec<Vec<u8>> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let mut decoded: Vec<Vec<u8>> = vec![Vec::new(); 4];
    for run in content
        .split(|byte| value(*byte).is_none())
        .filter(|run| run.len() >= 8)
    {
        for (begin, out) in decoded.iter_mut().enumerate() {
            let (mut bits, mut count) = (0u32, 0);
            for byte in &run[begin..] {
                bits = bits << 6 | u32::from(value(*byte).unwrap_or(0));
                count += 6;
                if count >= 8 {
                    count -= 8;
                    out.push(u8::try_from(bits >> count & 255).unwrap_or(0));
                    bits &= (1 << count) - 1;
                }
            }
            out.push(b'\n');
        }
    }
    // UTF-16, as PowerShell encodes its commands.
    let narrow: Vec<Vec<u8>> = decoded
        .iter()
        .map(|it| it.iter().copied().filter(|byte| *byte != 0).collect())
        .collect();
    decoded.into_iter().chain(narrow).collect()
}

fn hexadecimal_off(content: &[u8]) -> Vec<Vec<u8>> {
    let mut decoded: Vec<Vec<u8>> = vec![Vec::new(); 2];
    for run in content
        .split(|byte| !byte.is_ascii_hexdigit())
        .filter(|run| run.len() >= 12)
    {
        for (begin, out) in decoded.iter_mut().enumerate() {
            let pairs = run[begin..].chunks_exact(2);
            out.extend(
                pairs.map(|pair| nibble(pair[0]).unwrap_or(0) * 16 + nibble(pair[1]).unwrap_or(0)),
            );
            out.push(b'\n');
        }
    }
    decoded
}

/// First letters of keys, and how many letters, digits, `_` and `-` must follow at least.
const BEGINNINGS: &[(&str, usize)] = &[
    ("AKIA", 16),
    ("ASIA", 16),
    ("AIza", 30),
    ("ghp_", 30),
    ("gho_", 30),
    ("ghs_", 30),
    ("ghu_", 30),
    ("ghr_", 30),
    ("github_pat_", 30),
    ("glpat-", 18),
    ("xoxb-", 12),
    ("xoxp-", 12),
    ("sk_live_", 12),
    ("rk_live_", 12),
    ("npm_", 34),
    ("dckr_pat_", 20),
    ("hvs.", 24),
    ("AGE-SECRET-KEY-1", 40),
];

/// Counts what certainly is a secret.
fn certain(content: &[u8]) -> usize {
    let follows = |at: usize| {
        content[at..]
            .iter()
            .take_while(|it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-'))
            .count()
    };
    let mut count = 0;
    for (begin, least) in BEGINNINGS {
        for at in memchr_all(content, begin.as_bytes()) {
            let before = at.checked_sub(1).map(|it| content[it]);
            let is_start = !before.is_some_and(|it| it.is_ascii_alphanumeric());
            count += usize::from(is_start && follows(at + begin.len()) >= *least);
        }
    }
    for at in memchr_all(content, b"PRIVATE KEY-----") {
        // Its body is what matters: the words alone are in many messages.
        let rest = &content[at + "PRIVATE KEY-----".len()..];
        let body = rest
            .iter()
            .take(4096)
            .filter(|it| !matches!(it, b'\\' | b'n' | b'\n' | b'\r' | b' '))
            .take_while(|it| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'/' | b'='));
        count += usize::from(body.count() >= 40);
    }
    for at in memchr_all(content, b"eyJ") {
        let header = follows(at);
        let is_start = at == 0 || !content[at - 1].is_ascii_alphanumeric();
        let dot = content.get(at + header) == Some(&b'.');
        count += usize::from(is_start && header >= 12 && dot && follows(at + header + 1) >= 12);
    }
    count
}

fn memchr_all<'a>(content: &'a [u8], what: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    aho_corasick::AhoCorasick::new([what])
        .ok()
        .into_iter()
        .flat_map(move |search| {
            search
                .find_iter(content)
                .map(|hit| hit.start())
                .collect::<Vec<_>>()
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::encodings::base64;

    #[test]
    fn a_secret_is_seen_through_what_is_put_around_it() {
        let secret = "Tr0ub4dor&3 \"x\"/é";
        let scanner = Scanner::new(vec![secret.to_owned()]);
        let inner = serde_json::to_string(secret).unwrap();
        let hex = secret
            .bytes()
            .fold(String::new(), |text, it| format!("{text}{it:02x}"));
        for text in [
            secret.to_owned(),
            inner.clone(),
            serde_json::to_string(&inner).unwrap(),
            "Tr0ub4dor%263%20%22x%22%2F%C3%A9".to_owned(),
            "Tr0ub4dor%263+%22x%22%2f%c3%a9".to_owned(),
            "Tr0ub4dor&amp;3 &quot;x&quot;/é".to_owned(),
            base64(format!("user:{secret}").as_bytes()),
            base64(format!("us:{secret}!").as_bytes()),
            hex,
        ] {
            assert_eq!(
                scanner.findings(format!("before {text} after").as_bytes()),
                1,
                "{text}"
            );
        }
        assert_eq!(scanner.findings(b"nothing of it here: Tr0ub4dor"), 0);
    }

    #[test]
    fn a_long_secret_is_seen_over_the_ends_of_lines() {
        let scanner = Scanner::new(vec![
            "hunter2-is-a-long-one".to_owned(),
            "short1".to_owned(),
        ]);
        assert_eq!(scanner.findings(b"hunter2-is\n   -a-long-one"), 1);
        assert_eq!(scanner.findings(b"sho\nrt1 xshort1x"), 0);
        assert_eq!(scanner.findings(b"(short1)"), 1);
    }

    #[test]
    fn what_certainly_is_a_secret_needs_no_name() {
        let scanner = Scanner::new(Vec::new());
        for text in [
            format!("key AKIA{}", "ABCDEFGHIJKLMNOP"),
            format!("ghp_{}", "a".repeat(36)),
            format!("-----BEGIN RSA PRIVATE KEY-----\n{}", "M".repeat(64)),
            format!("eyJ{}.eyJ{}.x", "a".repeat(20), "b".repeat(20)),
        ] {
            assert!(scanner.findings(text.as_bytes()) >= 1, "{text}");
        }
        assert_eq!(
            scanner.findings(b"-----BEGIN PRIVATE KEY----- was expected"),
            0
        );
    }
}
