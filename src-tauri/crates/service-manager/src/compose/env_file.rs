//! Reading `.env` as Compose does: names and values, quotes, comments, references to earlier names.
//!
//! Only for finding files and for the preview; what services get is what Compose resolves. A line that makes no
//! sense is left out and never stops anything.

use super::interpolate;
use std::collections::BTreeMap;
use std::ops::Range;

/// One assignment of an env file, by the bytes it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assignment {
    pub key: String,
    /// The line it begins in, from 1.
    pub line: u32,
    /// What stands for the value: quotes included, without the spaces around it and without a comment.
    pub value: Range<usize>,
    /// The quote around it, if any; it is closed.
    pub quote: Option<u8>,
    /// A comment follows, or would follow if the value were longer.
    pub commented: bool,
}

/// Returns every assignment of an env file. Works on bytes: comments may be in any encoding.
pub(crate) fn assignments(content: &[u8]) -> Vec<Assignment> {
    let mut found = Vec::new();
    let mut at = if content.starts_with(BOM) {
        BOM.len()
    } else {
        0
    };
    let mut line = 0;
    while at < content.len() {
        line += 1;
        let end = end_of_line(content, at);
        let Some((key, sign)) = key_of(content, at, end) else {
            at = next_line(content, end);
            continue;
        };
        let start = skip_blanks(content, sign..end);
        let mut assignment = Assignment {
            key,
            line,
            value: start..end,
            quote: None,
            commented: false,
        };
        let quote = content.get(start).filter(|it| matches!(it, b'"' | b'\''));
        if let Some(quote) = quote.filter(|_| start < end)
            && let Some(close) = closing_byte(&content[start + 1..], *quote)
        {
            // A quoted value may go over several lines.
            let close = start + 1 + close;
            assignment.value = start..close + 1;
            assignment.quote = Some(*quote);
            line += count_lines(&content[start..close]);
            at = next_line(content, end_of_line(content, close));
        } else {
            let comment = comment_in(content, start..end);
            assignment.commented = comment.is_some();
            assignment.value = if comment == Some(start) {
                sign..sign // the blanks are the comment's
            } else {
                trimmed(content, start..comment.unwrap_or(end))
            };
            at = next_line(content, end);
        }
        found.push(assignment);
    }
    found
}

/// Reads the text of an env file. `outer` are variables that are set outside, which win in references as in Compose.
pub(crate) fn parse(text: &str, outer: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for assignment in assignments(text.as_bytes()) {
        let written = text.get(assignment.value.clone()).unwrap_or_default();
        let value = match assignment.quote {
            Some(b'\'') => inner(written).replace("\r\n", "\n"),
            Some(_) => expand(
                &unescape(&inner(written).replace("\r\n", "\n")),
                &found,
                outer,
            ),
            // One that never closes is what the line says.
            None if written.starts_with(['"', '\'']) => written[1..].to_owned(),
            None => expand(written, &found, outer),
        };
        found.insert(assignment.key, value);
    }
    found
}

fn inner(quoted: &str) -> &str {
    quoted.get(1..quoted.len() - 1).unwrap_or_default()
}

/// Returns the key of a line and where its sign ends. Compose also takes `NAME: value`; without either sign the
/// value comes from outside.
fn key_of(content: &[u8], from: usize, to: usize) -> Option<(String, usize)> {
    let start = skip_blanks(content, from..to);
    let line = &content[start..to];
    let key_at = match line.strip_prefix(b"export") {
        Some(rest) if rest.first().is_some_and(|it| is_blank(*it)) => {
            skip_blanks(content, start + "export".len()..to)
        }
        _ => start,
    };
    if content.get(key_at) == Some(&b'#') {
        return None;
    }
    let sign = content[key_at..to]
        .iter()
        .position(|byte| matches!(byte, b'=' | b':'))?;
    let key = std::str::from_utf8(&content[key_at..key_at + sign])
        .ok()?
        .trim();
    let sound = !key.is_empty() && !key.contains(char::is_whitespace);
    sound.then(|| (key.to_owned(), key_at + sign + 1))
}

const BOM: &[u8] = "\u{feff}".as_bytes();

const fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte.is_ascii_whitespace() && byte != b'\n'
}

fn skip_blanks(content: &[u8], range: Range<usize>) -> usize {
    let blanks = content[range.clone()]
        .iter()
        .take_while(|it| is_blank(**it));
    range.start + blanks.count()
}

fn trimmed(content: &[u8], range: Range<usize>) -> Range<usize> {
    let written = &content[range.clone()];
    let blanks = written.iter().rev().take_while(|it| is_blank(**it)).count();
    range.start..range.end - blanks
}

/// Where the comment of a bare value begins: a sharp behind a blank, or at the very beginning.
fn comment_in(content: &[u8], range: Range<usize>) -> Option<usize> {
    let written = &content[range.clone()];
    if written.first() == Some(&b'#') {
        return Some(range.start);
    }
    let pair = written
        .windows(2)
        .position(|it| is_blank(it[0]) && it[1] == b'#')?;
    Some(range.start + pair)
}

fn end_of_line(content: &[u8], from: usize) -> usize {
    let rest = &content[from..];
    from + rest
        .iter()
        .position(|byte| *byte == b'\n')
        .unwrap_or(rest.len())
}

fn next_line(content: &[u8], end: usize) -> usize {
    (end + 1).min(content.len())
}

fn count_lines(content: &[u8]) -> u32 {
    let lines = content.split(|byte| *byte == b'\n').count() - 1;
    u32::try_from(lines).unwrap_or(u32::MAX)
}

fn closing_byte(body: &[u8], quote: u8) -> Option<usize> {
    let mut escaped = false;
    body.iter().position(|byte| {
        let closes = *byte == quote && !escaped;
        escaped = *byte == b'\\' && !escaped;
        closes
    })
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
