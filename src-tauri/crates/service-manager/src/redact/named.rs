//! Secrets that are known by the name in front of them: `password=…`, `"token": "…"`, `--password …`. Pure.

use super::keys::{Promise, promise, says_nothing};
use super::shapes::{ceil, floor};
use super::{Span, tokens};
use crate::api::support::RedactionKind as Kind;
use aho_corasick::AhoCorasick;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Longer names are none.
const LONGEST_NAME: usize = 96;
/// Longer values are cut: they are no passwords.
const LONGEST_VALUE: usize = 8 * 1024;

/// Finds every value with a name that promises a secret.
pub(super) fn find(text: &str, spans: &mut Vec<Span>) {
    assignments(text, spans);
    for window in windows(text) {
        phrases(text, &window, spans);
    }
    if let Some(form) = &*PASS_FILE {
        for found in form.captures_iter(text) {
            if let Some(value) = found.get(1).filter(|it| !says_nothing(it.as_str())) {
                spans.push(Span::new(value.range(), Kind::NamedSecret));
            }
        }
    }
}

/// Where phrases can be: lines with one of the words, and the line after each, for lists are written one word per line.
fn windows(text: &str) -> Vec<Range<usize>> {
    let mut windows: Vec<Range<usize>> = Vec::new();
    let Some(search) = &*TRIGGERS else {
        return windows;
    };
    let line_end = |from: usize| {
        text[from..]
            .find('\n')
            .map_or(text.len(), |at| from + at + 1)
    };
    for hit in search.find_iter(text) {
        let known = windows.last().map_or(0, |it| it.end);
        if hit.end() <= known {
            continue;
        }
        let line = text[known.min(hit.start())..hit.start()].rfind('\n');
        let begin = line.map_or(known.min(hit.start()), |at| known + at + 1);
        let end = line_end(line_end(hit.end()));
        match windows.last_mut() {
            Some(last) if last.end >= begin => last.end = end,
            _ => windows.push(begin..end),
        }
    }
    windows
}

/// Words without which no phrase is one.
static TRIGGERS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = [
        "pass",
        "pwd",
        "secret",
        "token",
        "key",
        "auth",
        "credential",
        "login",
        "identified",
        "bearer",
        "basic",
        "cookie",
        "bindpw",
        "rootpw",
        "jdbc:oracle",
        "sqlplus",
        "-u",
        "--user",
        "--proxy-user",
        " -p'",
        " -p\"",
        "salt",
        "dsn",
        "jwt",
        "mysql",
        "mariadb",
        "mongo",
        "redis-cli",
        "clickhouse",
        "cqlsh",
        "ldap",
        "rman",
        "impdp",
        "expdp",
        "pin",
        "otp",
    ];
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(words)
        .ok()
});

/// A line of a `.pgpass`: host, port, database, user, password.
static PASS_FILE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    regex(r"(?m)^[A-Za-z*][\w.*-]{0,200}:(?:[0-9]{2,5}|\*):[\w*-]{1,64}:[\w*-]{1,64}:(\S+)$")
});

fn assignments(text: &str, spans: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    // What is inside a value that was found is no name.
    let mut done = 0;
    while at < bytes.len() {
        let wide = bytes[at..].starts_with("：".as_bytes());
        if !(matches!(bytes[at], b'=' | b':') || wide) {
            at += 1;
            continue;
        }
        let sign = at;
        at += if wide { "：".len() } else { 1 };
        if sign < done {
            continue;
        }
        let Some(name) = name_before(text, sign) else {
            continue;
        };
        let promise = promise(&text[name.clone()]);
        if promise == Promise::Nothing {
            continue;
        }
        let Some(value) = value_after(text, name.start, sign, at) else {
            continue;
        };
        let words = &text[value.clone()];
        if is_meant(words, promise, bytes[sign] == b'=') {
            done = value.end;
            spans.push(Span::new(value, Kind::NamedSecret));
        }
    }
}

/// The name that ends before a sign, without quotes.
fn name_before(text: &str, sign: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut end = sign;
    let blanks = bytes[..end]
        .iter()
        .rev()
        .take(8)
        .take_while(|it| **it == b' ')
        .count();
    end -= blanks;
    let quotes = bytes[..end]
        .iter()
        .rev()
        .take(8)
        .take_while(|it| matches!(it, b'"' | b'\'' | b'\\' | b']' | b'`'))
        .count();
    end -= quotes;
    let window = ceil(text, end.saturating_sub(LONGEST_NAME));
    let part = text.get(window..end)?;
    let length: usize = part
        .chars()
        .rev()
        .take_while(|it| it.is_alphanumeric() || matches!(it, '_' | '-' | '.'))
        .map(char::len_utf8)
        .sum();
    (length > 0).then(|| end - length..end)
}

/// The value behind a sign: what is in quotes, a whole line where the line is nothing else, or a word.
fn value_after(text: &str, name: usize, sign: usize, after: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = after;
    while at < bytes.len()
        && at - after < 8
        && matches!(bytes[at], b'=' | b'>' | b'-' | b'?' | b'+')
        && bytes[sign] != b'-'
    {
        // `=>`, `:=`, `${NAME:-default}`
        if matches!(bytes[at], b'-' | b'?' | b'+') && !in_braces(bytes, name) {
            break;
        }
        at += 1;
    }
    while at < bytes.len() && at - after < 24 && matches!(bytes[at], b' ' | b'\t') {
        at += 1;
    }
    let limit = floor(text, (at + LONGEST_VALUE).min(bytes.len()));
    let rest = text.get(at..limit)?;
    let slashes = rest.bytes().take_while(|it| *it == b'\\').count().min(7);
    if let Some(quote) = rest
        .as_bytes()
        .get(slashes)
        .filter(|it| matches!(it, b'"' | b'\'' | b'`'))
    {
        let begin = slashes + 1;
        let end = closing(&rest[begin..], *quote, slashes);
        return Some(at + begin..at + begin + end);
    }
    if let Some(block) = block(text, name, at) {
        return Some(block);
    }
    let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
    let whole = is_line_start(text, name) && !rest[..line].contains(" <");
    let few = rest[..line].split_whitespace().count() <= if bytes[sign] == b'=' { 8 } else { 3 };
    // `Server=db;Password=p w;Database=x`
    let listed = name > 0 && bytes[name - 1] == b';' && bytes[sign] == b'=';
    let end = if listed {
        rest.find([';', '"', '\'', '\n', '\r', '\\'])
            .unwrap_or(rest.len())
    } else if whole && few {
        rest[..line].trim_end().len()
    } else {
        let word = |it: char| it.is_whitespace() || "\"'`,;&)]}|<>".contains(it);
        let mut end = rest.find(word).unwrap_or(rest.len());
        // The end of a line in a string of JSON.
        for sign in ["\\n", "\\r", "\\t", "\\\""] {
            end = rest[..end].find(sign).unwrap_or(end);
        }
        if rest[end..].starts_with('<') && rest.starts_with('<') {
            end = rest.find('>').map_or(end, |close| close + 1);
        }
        end
    };
    Some(at..at + end)
}

fn in_braces(bytes: &[u8], name: usize) -> bool {
    name >= 2 && bytes[name - 1] == b'{' && bytes[name - 2] == b'$'
}

/// Where a quoted value ends; one that is never closed ends with its line.
fn closing(rest: &str, quote: u8, slashes: usize) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if slashes > 0 {
            // `\"...\"`: closed by the same number of strokes.
            let strokes = bytes[at..].iter().take_while(|it| **it == b'\\').count();
            if bytes.get(at + strokes) == Some(&quote) && strokes <= slashes {
                return at;
            }
            if strokes > 0 {
                at += strokes + 1;
                continue;
            }
        } else if bytes[at] == b'\\' && quote != b'\'' {
            at += 2;
            continue;
        } else if bytes[at] == quote {
            return at;
        }
        if bytes[at] == b'\n' {
            return at;
        }
        at += 1;
    }
    rest.len()
}

/// Whether a name is the first thing of its line, as in an env file or in YAML.
fn is_line_start(text: &str, name: usize) -> bool {
    let head = ceil(text, name.saturating_sub(64));
    let before = &text[head..name];
    let line = before.rfind('\n').map_or(before, |at| &before[at + 1..]);
    if head > 0 && !before.contains('\n') {
        return false;
    }
    let line = line
        .trim_start()
        .trim_start_matches(['-', '#', '"', '\'', ' ']);
    matches!(
        line.trim(),
        "" | "export" | "set" | "setx" | "ENV" | "declare -x"
    )
}

/// `password: |` and the lines below it that are further in.
fn block(text: &str, name: usize, at: usize) -> Option<Range<usize>> {
    let rest = &text[at..floor(text, (at + LONGEST_VALUE).min(text.len()))];
    let (head, below) = rest.split_once('\n')?;
    if !matches!(head.trim(), "|" | ">" | "|-" | ">-" | "|+" | ">+") {
        return None;
    }
    let start = text[..name].rfind('\n').map_or(0, |at| at + 1);
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let own = indent(&text[start..name]);
    let length: usize = below
        .split_inclusive('\n')
        .take_while(|line| line.trim().is_empty() || indent(line) > own)
        .map(str::len)
        .sum();
    let begin = at + head.len() + 1;
    let text = text[begin..begin + length].trim_end();
    let blanks = text.len() - text.trim_start().len();
    (!text.trim().is_empty()).then(|| begin + blanks..begin + text.len())
}

/// Whether a value is more than a word of prose.
fn is_meant(value: &str, promise: Promise, assigned: bool) -> bool {
    let value = value.trim();
    if says_nothing(value)
        || tokens::all_in(value)
            .first()
            .is_some_and(|it| it.len() == value.len())
    {
        return false;
    }
    let length = value.chars().count();
    let digits = value.bytes().all(|it| it.is_ascii_digit());
    let letters = value.chars().all(|it| it.is_ascii_lowercase());
    match promise {
        Promise::Sure => !value.starts_with("//") || assigned,
        Promise::Likely if digits => length >= 6,
        Promise::Likely if letters && !assigned => length > 12,
        _ => length >= 3,
    }
}

/// Other ways of saying it. The first group that took part is the value; `name`, where there is one, must promise a secret.
const PHRASES: &[(Kind, &str)] = &[
    // Options with the value in the next word, in a shell and in a list of JSON or YAML.
    (
        Kind::NamedSecret,
        r#"(?:^|[\s"'\[(,])--?(?P<name>[A-Za-z][A-Za-z0-9_.-]{1,60})(?:\\{0,3}["']\s*,\s*\\{0,3}["']|[ \t]+)(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"',\]\\]+))"#,
    ),
    (
        Kind::NamedSecret,
        r#"\s-p(?:'([^'\n]+)'|"([^"\n]+)"|\\"([^"\\\n]+)\\")"#,
    ),
    (
        Kind::NamedSecret,
        r#"(?i)(?:mysql[a-z_]*|mariadb[a-z-]*|sshpass|mongo[a-z]*|clickhouse-client)\b[^\n|;&]{0,200}?["'\s]-p([^\s"',\\]{2,})"#,
    ),
    (
        Kind::NamedSecret,
        r#"(?i)(?:sshpass|docker login|mongo[a-z]*|cqlsh|ldap[a-z]+|redis-cli|htpasswd)\b[^\n|;&]{0,200}?["'\s]-{1,2}(?:p|a|w|pass)(?:["'],\s*["']|[ \t]+)["']?([^\s"',\\-][^\s"',\\]*)"#,
    ),
    (
        Kind::NamedSecret,
        r#"(?i)["'\s](?:-u|--user|--proxy-user)(?:["'],\s*["']|[ \t=]+)["']?[^\s:"',]{1,64}:([^\s"',\\]+)"#,
    ),
    // SQL
    (
        Kind::NamedSecret,
        r#"(?i)\b(?:IDENTIFIED\s+(?:WITH\s+\S+\s+)?(?:BY|AS)(?:\s+PASSWORD)?|PASSWORD\s*\(|(?:ENCRYPTED\s+)?PASSWORD|SET\s+PASSWORD[^=\n]{0,80}=)\s*(?:'((?:[^'\\\n]|''|\\.)+)'|"((?:[^"\\\n]|\\.)+)")"#,
    ),
    // Configuration files and protocols
    (
        Kind::NamedSecret,
        r#"(?im)^[ \t]*(?:requirepass|masterauth|auth-pass|auth_pass|bindpw|rootpw|rootbinddn_pw|sentinel auth-pass \S+)[ \t]+"?([^\s"]+)"#,
    ),
    (
        Kind::NamedSecret,
        r#"(?i)\blogin\s+\S{1,64}\s+password\s+(\S+)"#,
    ),
    (
        Kind::NamedSecret,
        r#"(?i)"auth"\s+(?:"[^"\n]{1,64}"\s+)?"([^"\n]+)""#,
    ),
    (
        Kind::NamedSecret,
        r#"(?i)<(?P<name>[\w:.-]{2,60})>([^<\n]+)<"#,
    ),
    (
        Kind::NamedSecret,
        r#"(?i)(?:name|key)\\{0,3}["']?\s*[:=]\s*\\{0,3}["']?(?P<name>[\w.-]{2,80})\\{0,3}["']?\s*[,\n]?\s*\\{0,3}["']?value\\{0,3}["']?\s*[:=]\s*\\{0,3}["']?([^\s"',}\\]+)"#,
    ),
    // Sentences
    (
        Kind::NamedSecret,
        r#"(?i)\btemporary password\b[^\n]{0,60}:\s*(\S+)"#,
    ),
    (
        Kind::NamedSecret,
        r#"(?i)\b(?:password|passphrase|secret|token|api key)\s+(?:is|was|to|set to|changed to)(?:\s+set\s+to)?:?\s+(?:"([^"\n]+)"|'([^'\n]+)'|`([^`\n]+)`)"#,
    ),
    (
        Kind::NamedSecret,
        r#"\b(?P<name>[A-Z][A-Z0-9_]{2,60})\s+(?:is|was|to)\s+(\S+)"#,
    ),
    // Headers
    (
        Kind::AuthHeader,
        r#"(?i)\bauthorization\\{0,3}["']?\s*[:=]\s*\\{0,3}["']?(?:(?:bearer|basic|digest|token|negotiate|apikey|hmac|aws4-hmac-sha256|ntlm)\s+)?([^\s"'\\,][^"'\\\n\r]*)"#,
    ),
    (Kind::AuthHeader, r"(?i)\bbearer\s+([A-Za-z0-9+/=_.~-]{8,})"),
    (Kind::AuthHeader, r"(?i)\bbasic\s+([A-Za-z0-9+/]{8,}={0,2})"),
    (
        Kind::Cookie,
        r#"(?i)\b(?:set-)?cookie\\{0,3}["']?\s*:\s*\\{0,3}["']?([^\n\r"]+)"#,
    ),
    // Addresses that no parser of addresses would take
    (
        Kind::UrlPassword,
        r"(?i)\bjdbc:oracle:thin:[^/\s:@]{1,64}/([^@\s]+)@",
    ),
    (
        Kind::UrlPassword,
        r"(?i)\b(?:sqlplus|rman|expdp|impdp)\s+[^/\s]{1,64}/([^@\s]+)@",
    ),
];

static EACH: LazyLock<Vec<(Kind, Regex)>> = LazyLock::new(|| {
    let all = PHRASES.iter();
    all.filter_map(|(kind, form)| Some((*kind, regex(form)?)))
        .collect()
});

/// Words and blanks of ASCII only: everything else would cost ten times as much and find the same.
fn regex(form: &str) -> Option<Regex> {
    let form = form
        .replace(r"\w", "[A-Za-z0-9_]")
        .replace(r"\s", r"[ \t\r\n]");
    let form = form
        .replace(r"\S", r"[^ \t\r\n]")
        .replace(r"\b", r"(?-u:\b)");
    Regex::new(&form).ok()
}

fn phrases(whole: &str, window: &Range<usize>, spans: &mut Vec<Span>) {
    let text = &whole[window.clone()];
    for (kind, form) in EACH.iter() {
        let mut from = 0;
        while let Some(found) = form.captures_at(text, from) {
            let whole = found.get(0).map_or(from..from + 1, |it| it.range());
            let name = found.name("name");
            let value = found
                .iter()
                .skip(1)
                .flatten()
                .find(|it| Some(it.range()) != name.map(|it| it.range()));
            let Some(value) = value else {
                from = ceil(text, whole.end.max(from + 1));
                continue;
            };
            from = value.end().max(from + 1);
            if from > text.len() {
                break;
            }
            let promised = name.map_or(Promise::Sure, |it| promise(it.as_str()));
            let words = value.as_str().trim_end();
            let is_token = name.is_some_and(|it| {
                text[..it.start()].ends_with('<') && tokens::is_token(&format!("<{}>", it.as_str()))
            });
            if promised == Promise::Nothing || is_token {
                // The value may be a name itself: `--verbose --password x`.
                from = ceil(text, value.start().saturating_sub(1).max(whole.start + 1));
                continue;
            }
            if says_nothing(words)
                || name.is_some() && words.starts_with('-')
                || !is_credential(*kind, form, words)
            {
                continue;
            }
            let begin = window.start + value.start();
            let range = begin..begin + words.len();
            spans.push(Span::new(range, *kind));
        }
    }
}

/// `bearer authentication` and `basic usage` are words.
fn is_credential(kind: Kind, form: &Regex, words: &str) -> bool {
    let is_word = words
        .chars()
        .all(|it| it.is_ascii_lowercase() || matches!(it, '.' | '-' | '/'));
    let bare = form.as_str().starts_with(r"(?i)(?-u:\b)b");
    !(kind == Kind::AuthHeader && bare && is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let mut spans = Vec::new();
        find(text, &mut spans);
        let mut ranges: Vec<_> = spans.into_iter().map(|span| span.range).collect();
        ranges.sort_by_key(|range| range.start);
        ranges.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn every_phrase_is_a_regular_expression() {
        assert_eq!(EACH.len(), PHRASES.len());
        assert!(PASS_FILE.is_some() && TRIGGERS.is_some());
    }

    #[test]
    fn values_behind_names_are_found_whole() {
        for (text, secret) in [
            ("DB_PASSWORD=hunter 22 x", "hunter 22 x"),
            ("a=1 password=hunter22, b=2", "hunter22"),
            (r#"{"apiKey": "a\"b c", "n": 1}"#, r#"a\"b c"#),
            (r#"{\"token\": \"abc def\"}"#, "abc def"),
            ("  password: hunter22\n", "hunter22"),
            ("'secret' => 'x y z',", "x y z"),
            ("Server=db;Password=p w;Database=x", "p w"),
            ("${DB_PASSWORD:-hunter22}", "hunter22"),
            ("密码：一二三四", "一二三四"),
            ("mysqladmin ping --password hunter22 -u root", "hunter22"),
            (r#"["redis-server","--requirepass","hunter22"]"#, "hunter22"),
            ("mysql -uroot -phunter22 shop", "hunter22"),
            ("curl -u app:hunter22 http://web", "hunter22"),
            ("ALTER USER x IDENTIFIED BY 'it''s'", "it''s"),
            ("requirepass hunter22", "hunter22"),
            ("machine h login u password hunter22", "hunter22"),
            ("Authorization: Bearer abc.def", "abc.def"),
            ("<password>hunter22</password>", "hunter22"),
            (r#"{"name":"DB_PASSWORD","value":"hunter22"}"#, "hunter22"),
            (
                "password: |\n  line one\n  line two\nnext: 1",
                "line one\n  line two",
            ),
            ("db:5432:shop:app:hunter22", "hunter22"),
            (
                "A temporary password is generated for root@localhost: a;b(c",
                "a;b(c",
            ),
            ("env: DB_PASSWORD is hunter22", "hunter22"),
            ("--verbose --password hunter22", "hunter22"),
        ] {
            assert!(found(text).contains(&secret), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn prose_stays_prose() {
        for text in [
            "Access denied for user 'app'@'172.18.0.3' (using password: YES)",
            "FATAL:  password authentication failed for user \"app\"",
            "Duplicate entry '5' for key 'orders.PRIMARY'",
            "unexpected token: name",
            "exit code: 137, time=2026-01-01T00:00:00Z",
            "max_tokens=4096 primary_key=id",
            "PASSWORD_FILE=/run/secrets/db",
            "docker run -p 8080:80 --name web nginx",
            "using basic authentication over bearer authentication",
            "MYSQL_PASSWORD=$$MYSQL_PASSWORD",
            "mkdir -p /var/lib/mysql",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
