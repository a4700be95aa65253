//! What is known to be secret, and where it stands in a text, in whatever form. Pure.

use super::{Span, encodings};
use crate::api::support::RedactionKind as Kind;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::{BTreeMap, BTreeSet};

/// Shorter ones are replaced only where a name says what they are.
const SHORTEST: usize = 4;
/// Digits that short are ports, sizes, years.
const SHORTEST_NUMBER: usize = 6;
/// A shorter one must not have letters around it: it could be a part of any word.
const SHORT: usize = 8;
/// Only longer ones are looked for over the ends of lines.
pub(super) const WRAPPABLE: usize = 12;

/// Words that stand in every log. As passwords they protect nothing, and without them nobody could read anything.
const ORDINARY: &[&str] = &[
    "root",
    "admin",
    "administrator",
    "test",
    "testing",
    "password",
    "passwd",
    "secret",
    "token",
    "guest",
    "default",
    "user",
    "username",
    "example",
    "docker",
    "minio",
    "minioadmin",
    "localhost",
    "postgres",
    "postgresql",
    "mysql",
    "mariadb",
    "redis",
    "mongo",
    "mongodb",
    "rabbitmq",
    "nginx",
    "elastic",
    "kibana",
    "kafka",
    "zookeeper",
    "nacos",
    "grafana",
    "prometheus",
    "server",
    "client",
    "service",
    "database",
    "master",
    "slave",
    "public",
    "private",
    "system",
    "production",
    "development",
    "staging",
    "debug",
    "info",
    "warn",
    "warning",
    "error",
    "true",
    "false",
    "null",
    "none",
    "disabled",
    "enabled",
    "always",
    "never",
    "main",
    "home",
    "data",
    "config",
    "value",
    "version",
    "container",
    "image",
    "network",
    "volume",
    "linux",
    "windows",
    "amd64",
    "arm64",
    "latest",
    "http",
    "https",
    "host",
    "node",
    "java",
    "python",
    "demo",
    "local",
    "prod",
    "dev",
    "web",
    "api",
    "app",
    "backend",
    "frontend",
    "worker",
    "unknown",
    "utf8mb4",
    "status",
    "running",
    "healthy",
    "unhealthy",
    "starting",
    "stopped",
    "failed",
    "ready",
    "start",
    "stop",
    "restart",
    "file",
    "name",
    "shop",
    "quayside",
];

/// Values that must not appear, and the words that must stay.
#[derive(Debug, Default)]
pub(super) struct Known {
    values: BTreeMap<String, Kind>,
    /// Too short or too ordinary to be replaced everywhere.
    weak: BTreeSet<String>,
    kept: BTreeSet<String>,
    machine: Option<Machine>,
}

/// All forms of all values, ready to be looked for at once.
#[derive(Debug)]
struct Machine {
    search: AhoCorasick,
    /// For each form the value it is of, its kind, and whether it may stand inside a word.
    meant: Vec<(String, Kind, bool)>,
}

impl Known {
    /// Takes words that stay whatever they are the value of: names of services and images.
    pub(super) fn keep(&mut self, word: &str) {
        if word.len() >= 2 {
            self.kept.insert(word.to_ascii_lowercase());
        }
    }

    /// Returns whether a word is one of those that stay.
    pub(super) fn keeps(&self, word: &str) -> bool {
        let small = word.to_ascii_lowercase();
        self.kept.contains(&small) || ORDINARY.contains(&small.as_str())
    }

    /// Takes a value that must not appear; returns whether it is replaced everywhere.
    pub(super) fn add(&mut self, value: &str, kind: Kind) -> bool {
        let value = value.trim();
        let digits = value.bytes().all(|it| it.is_ascii_digit());
        let shortest = match kind {
            Kind::UserName => 3,
            _ if digits => SHORTEST_NUMBER,
            _ => SHORTEST,
        };
        if value.is_empty() || super::keys::says_nothing(value) {
            return false;
        }
        if value.chars().count() < shortest || self.keeps(value) {
            if kind != Kind::UserName && kind != Kind::HostName {
                self.weak.insert(value.to_owned());
            }
            return false;
        }
        if !self.values.contains_key(value) {
            self.values.insert(value.to_owned(), kind);
            self.machine = None;
        }
        true
    }

    /// Returns how many secrets are replaced only where they are named.
    pub(super) fn weak(&self) -> usize {
        self.weak.len()
    }

    /// Returns the values that must not appear anywhere.
    pub(super) fn values(&self) -> impl Iterator<Item = (&str, Kind)> {
        self.values
            .iter()
            .map(|(value, kind)| (value.as_str(), *kind))
    }

    /// Makes the search for everything known by now.
    pub(super) fn prepare(&mut self) {
        if self.machine.is_some() || self.values.is_empty() {
            return;
        }
        let mut forms: BTreeMap<String, (String, Kind, bool)> = BTreeMap::new();
        for (value, kind) in &self.values {
            let is_plain = matches!(
                kind,
                Kind::UserName | Kind::HostName | Kind::Email | Kind::IpAddress
            );
            let all = if is_plain {
                BTreeSet::from([value.clone()])
            } else {
                encodings::forms(value)
            };
            for form in all {
                let is_word = form.chars().count() < SHORT || is_plain;
                let is_own = form == *value;
                // The plain form of one value wins over another form of another.
                if is_own || !forms.contains_key(&form) {
                    forms.insert(form, (value.clone(), *kind, !is_word));
                }
            }
        }
        let (patterns, meant): (Vec<_>, Vec<_>) = forms.into_iter().unzip();
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&patterns);
        self.machine = search.ok().map(|search| Machine { search, meant });
    }

    /// Finds every known value in any form; the search must have been prepared.
    pub(super) fn find(&self, text: &str, spans: &mut Vec<Span>) {
        let Some(machine) = &self.machine else {
            return;
        };
        let bytes = text.as_bytes();
        let mut from = 0;
        while let Some(found) = machine
            .search
            .find(aho_corasick::Input::new(bytes).span(from..bytes.len()))
        {
            let (value, kind, inside) = &machine.meant[found.pattern().as_usize()];
            let range = found.start()..found.end();
            if (*inside || is_word(bytes, &range)) && is_whole(text, &range) {
                from = range.end;
                spans.push(Span::of(range, *kind, value.clone()));
            } else {
                // Something shorter may begin a letter later.
                from = range.start + 1;
            }
        }
    }

    /// Finds long values that were broken over lines.
    pub(super) fn find_wrapped(&self, text: &str, spans: &mut Vec<Span>) {
        let Some(machine) = &self.machine else {
            return;
        };
        if !text.contains('\n') || self.values.keys().all(|value| value.len() < WRAPPABLE) {
            return;
        }
        let unwrapped = Unwrapped::new(text);
        for found in machine.search.find_iter(&unwrapped.text) {
            let (value, kind, _) = &machine.meant[found.pattern().as_usize()];
            if found.len() < WRAPPABLE {
                continue;
            }
            let range = unwrapped.original(found.start())..unwrapped.original(found.end() - 1) + 1;
            if range.len() > found.len() && is_whole(text, &range) {
                spans.push(Span::of(range, *kind, value.clone()));
            }
        }
    }
}

fn is_word(bytes: &[u8], range: &std::ops::Range<usize>) -> bool {
    let part = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'_')
    };
    !part(range.start.checked_sub(1)) && !part(Some(range.end))
}

fn is_whole(text: &str, range: &std::ops::Range<usize>) -> bool {
    text.is_char_boundary(range.start) && text.is_char_boundary(range.end)
}

/// A text without the ends of its lines, without what stands in front of each, and the way back.
struct Unwrapped {
    text: Vec<u8>,
    /// From which place on how much is missing.
    gaps: Vec<(usize, usize)>,
}

impl Unwrapped {
    fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut out, mut gaps) = (Vec::with_capacity(bytes.len()), Vec::new());
        let mut missing = 0;
        for (number, line) in bytes.split_inclusive(|it| *it == b'\n').enumerate() {
            let head = if number == 0 { 0 } else { head_of(line) };
            if head > 0 {
                missing += head;
                gaps.push((out.len(), missing));
            }
            let body = &line[head..];
            let tail = body
                .iter()
                .rev()
                .take_while(|it| matches!(it, b'\n' | b'\r' | b' ' | b'\t' | b'\\'))
                .count();
            out.extend_from_slice(&body[..body.len() - tail]);
            if tail > 0 {
                missing += tail;
                gaps.push((out.len(), missing));
            }
        }
        Self { text: out, gaps }
    }

    fn original(&self, at: usize) -> usize {
        let before = self.gaps.partition_point(|(from, _)| *from <= at);
        at + before.checked_sub(1).map_or(0, |index| self.gaps[index].1)
    }
}

/// How long the blanks and the time in front of a line are.
pub(super) fn head_of(line: &[u8]) -> usize {
    let blanks = |from: usize| {
        let rest = &line[from.min(line.len())..];
        rest.iter()
            .take_while(|it| matches!(it, b' ' | b'\t'))
            .count()
    };
    let stamped = line.len() > 20
        && line[..4].iter().all(u8::is_ascii_digit)
        && line[4] == b'-'
        && line[10] == b'T';
    if !stamped {
        return blanks(0);
    }
    let Some(time) = line.iter().take(40).position(|it| *it == b' ') else {
        return blanks(0);
    };
    let mut at = time + 1;
    for stream in [&b"out "[..], b"err "] {
        if line[at..].starts_with(stream) {
            at += stream.len();
            break;
        }
    }
    at + blanks(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(known: &mut Known, text: &str) -> Vec<String> {
        known.prepare();
        let mut spans = Vec::new();
        known.find(text, &mut spans);
        known.find_wrapped(text, &mut spans);
        spans
            .into_iter()
            .map(|span| text[span.range].to_owned())
            .collect()
    }

    #[test]
    fn short_values_are_words_of_their_own_and_ordinary_ones_stay() {
        let mut known = Known::default();
        known.keep("billing");
        assert!(known.add("abc12", Kind::KnownSecret));
        assert!(!known.add("root", Kind::KnownSecret));
        assert!(!known.add("billing", Kind::KnownSecret));
        assert!(!known.add("8080", Kind::KnownSecret));
        assert!(!known.add("ab", Kind::KnownSecret));
        assert_eq!(known.weak(), 4);
        assert_eq!(
            found(&mut known, "abc12 xabc12 (abc12) abc123"),
            ["abc12", "abc12"]
        );
    }

    #[test]
    fn a_value_that_was_broken_over_lines_is_found() {
        let mut known = Known::default();
        known.add("hunter2-is-a-long-one", Kind::KnownSecret);
        let text = "a hunter2-is\n    -a-long-one b";
        assert_eq!(found(&mut known, text), ["hunter2-is\n    -a-long-one"]);
        let text = "2026-01-01T00:00:00Z out hunter2-is-a\n2026-01-01T00:00:00Z err -long-one";
        assert_eq!(found(&mut known, text).len(), 1);
    }
}
