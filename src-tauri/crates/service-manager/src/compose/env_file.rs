//! Reading `.env` as Compose does: names and values, quotes, comments, references to earlier names.
//!
//! Only for finding files and for the preview; what services get is what Compose resolves. A line that makes no
//! sense is left out and never stops anything.

use super::interpolate;
use std::collections::BTreeMap;

/// Reads the text of an env file. `outer` are variables that are set outside, which win in references as in Compose.
pub(crate) fn parse(text: &str, outer: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    while let Some(line) = lines.next() {
        let line = line.trim_start();
        let line = line.strip_prefix("export ").unwrap_or(line).trim_start();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        // Compose also takes `NAME: value`. Without either the value comes from outside.
        let Some((name, rest)) = line.split_once(['=', ':']) else {
            continue;
        };
        let name = name.trim();
        if name.is_empty() || name.contains(char::is_whitespace) {
            continue;
        }
        let value = value(rest.trim_start(), &mut lines, &found, outer);
        found.insert(name.to_owned(), value);
    }
    found
}

/// Returns the first line that Compose v2 refuses, and why, as a key of the catalogues.
pub(crate) fn first_fault(text: &str) -> Option<(u32, &'static str)> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    while let Some((at, line)) = lines.next() {
        let fault = |reason| Some((u32::try_from(at + 1).unwrap_or(u32::MAX), reason));
        let line = line.trim_start();
        let line = line.strip_prefix("export ").unwrap_or(line).trim_start();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, rest) = line.split_once(['=', ':']).unwrap_or((line, ""));
        let name = name.trim_end();
        if name.contains(char::is_whitespace) {
            return fault("env-file-space");
        }
        if !name
            .chars()
            .all(|char| char.is_alphanumeric() || "_.-[]".contains(char))
        {
            return fault("env-file-character");
        }
        let rest = rest.trim_start();
        let quote = rest
            .chars()
            .next()
            .filter(|char| matches!(char, '"' | '\''));
        let Some(quote) = quote else { continue };
        let mut body = rest[1..].to_owned();
        while closing(&body, quote).is_none() {
            let Some((_, next)) = lines.next() else {
                return fault("env-file-quote");
            };
            body.push('\n');
            body.push_str(next);
        }
    }
    None
}

fn value(
    rest: &str,
    lines: &mut std::str::Lines<'_>,
    found: &BTreeMap<String, String>,
    outer: &BTreeMap<String, String>,
) -> String {
    let quote = rest
        .chars()
        .next()
        .filter(|char| matches!(char, '"' | '\''));
    let Some(quote) = quote else {
        let end = rest
            .find(" #")
            .or_else(|| rest.find("\t#"))
            .unwrap_or(rest.len());
        let bare = if rest.starts_with('#') {
            ""
        } else {
            rest[..end].trim_end()
        };
        return expand(bare, found, outer);
    };
    // A quoted value may go over several lines; one that never closes is what the line says.
    let mut body = rest[1..].to_owned();
    let mut ahead = lines.clone();
    let closed = loop {
        if let Some(end) = closing(&body, quote) {
            body.truncate(end);
            break true;
        }
        match ahead.next() {
            Some(next) => {
                body.push('\n');
                body.push_str(next);
            }
            None => break false,
        }
    };
    if !closed {
        return rest[1..].trim_end().to_owned();
    }
    *lines = ahead;
    if quote == '\'' {
        body
    } else {
        expand(&unescape(&body), found, outer)
    }
}

fn closing(body: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    body.char_indices().find_map(|(at, char)| {
        let closes = char == quote && !escaped;
        escaped = char == '\\' && !escaped;
        closes.then_some(at)
    })
}

fn unescape(body: &str) -> String {
    let mut text = String::with_capacity(body.len());
    let mut chars = body.chars();
    while let Some(char) = chars.next() {
        match (char, char == '\\') {
            (_, false) => text.push(char),
            _ => match chars.next() {
                Some('n') => text.push('\n'),
                Some('r') => text.push('\r'),
                Some('t') => text.push('\t'),
                Some('$') => text.push_str("$$"),
                Some(other @ ('"' | '\'' | '\\')) => text.push(other),
                Some(other) => text.extend(['\\', other]),
                None => text.push('\\'),
            },
        }
    }
    text
}

fn expand(
    value: &str,
    found: &BTreeMap<String, String>,
    outer: &BTreeMap<String, String>,
) -> String {
    let lookup = |name: &str| outer.get(name).or_else(|| found.get(name)).cloned();
    interpolate::interpolate(value, &lookup).unwrap_or_else(|_| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_as_compose_reads_them() {
        let text = concat!(
            "\u{feff}# comment\r\n",
            "PLAIN=value\r\n",
            "  SPACED = out \n",
            "export EXPORTED=1\n",
            "COMMENT=a # b\n",
            "HASH=a#b\n",
            "EMPTY=\n",
            "ONLYCOMMENT=# nothing\n",
            "SINGLE='a $PLAIN # b'\n",
            "DOUBLE=\"a ${PLAIN} \\\"q\\\" \\n\" # c\n",
            "DEFAULT=${UNSET:-d}-$PLAIN\n",
            "OUTER=$HOST\n",
            "LINES=\"one\ntwo\"\n",
            "NOVALUE\n",
            "=nothing\n",
            "WITH SPACE=x\n",
            "JSON={\"a\": 1}\n",
            "URL=jdbc:mysql://h/d?a=b&c=d\n",
            "YAML: 3\n",
            "BAD=\"\n",
        );
        let outer = [("HOST".to_owned(), "h1".to_owned())].into();
        let read = parse(text, &outer);
        for (name, value) in [
            ("PLAIN", "value"),
            ("SPACED", "out"),
            ("EXPORTED", "1"),
            ("COMMENT", "a"),
            ("HASH", "a#b"),
            ("EMPTY", ""),
            ("ONLYCOMMENT", ""),
            ("SINGLE", "a $PLAIN # b"),
            ("DOUBLE", "a value \"q\" \n"),
            ("DEFAULT", "d-value"),
            ("OUTER", "h1"),
            ("LINES", "one\ntwo"),
            ("JSON", "{\"a\": 1}"),
            ("URL", "jdbc:mysql://h/d?a=b&c=d"),
            ("YAML", "3"),
            ("BAD", ""),
        ] {
            assert_eq!(read.get(name).map(String::as_str), Some(value), "{name}");
        }
        assert_eq!(read.len(), 16, "{read:?}");
    }

    #[test]
    fn lines_that_compose_refuses() {
        for (text, fault) in [
            (
                "A=1\n# c\n\nexport B='x y'\nC\nD: 2\nE=\"a\nb\"\nF=a b\n",
                None,
            ),
            ("A=1\nthis is not one\n", Some((2, "env-file-space"))),
            ("A b=1\n", Some((1, "env-file-space"))),
            ("A=\"open\nB=1\n", Some((1, "env-file-quote"))),
            ("A$=1\n", Some((1, "env-file-character"))),
        ] {
            assert_eq!(first_fault(text), fault, "{text}");
        }
    }
}
