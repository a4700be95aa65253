//! Taking secrets out of texts that are handed on: text in, text and a report out. Pure.
//!
//! Two kinds of knowledge work together. [`Known`] values come from the package (`.env`, the environment of services,
//! files with secrets) and are found in every form tools write them in. Everything else is found by its own form or by
//! the name in front of it, and what was found that way in one text is known in all others: [`Redactor::learn`] reads
//! all texts before the first is changed. The same value gets the same token everywhere.
//!
//! [`scan`] is the other pair of eyes: it shares no code with the search, undoes encodings instead of making them, and
//! whatever it still finds keeps a bundle from being written.

mod encodings;
mod keys;
mod known;
mod named;
mod people;
pub(crate) mod scan;
mod shapes;
mod tokens;
mod values;

use crate::api::support::RedactionKind as Kind;
use keys::Promise;
use known::Known;
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Range;
use tokens::Tokens;

/// How often each kind was found.
pub(crate) type Counts = BTreeMap<Kind, u32>;

/// A place that is replaced.
#[derive(Clone, Debug, PartialEq)]
struct Span {
    range: Range<usize>,
    kind: Kind,
    /// The value it is a form of; none when it is written as it is.
    value: Option<String>,
}

impl Span {
    const fn new(range: Range<usize>, kind: Kind) -> Self {
        Self {
            range,
            kind,
            value: None,
        }
    }

    const fn of(range: Range<usize>, kind: Kind, value: String) -> Self {
        Self {
            range,
            kind,
            value: Some(value),
        }
    }
}

/// Replaces secrets by tokens. Knows more after every text it has learned from.
#[derive(Debug, Default)]
pub(crate) struct Redactor {
    known: Known,
    tokens: Tokens,
    /// Host names and addresses stay.
    keeps_hosts: bool,
}

impl Redactor {
    /// Makes a redactor that knows nothing but forms and names.
    pub(crate) fn new(keeps_hosts: bool) -> Self {
        Self {
            keeps_hosts,
            ..Self::default()
        }
    }

    /// Takes a word that stays readable: the name of a service, a part of an image's.
    pub(crate) fn keep(&mut self, word: &str) {
        self.known.keep(word);
    }

    /// Takes a variable of the package. What must not be seen of it is known from now on.
    pub(crate) fn variable(&mut self, name: &str, value: &str) {
        if let Some(kind) = self.kind_of(name, value) {
            self.known.add(value, kind);
            // One with several lines is quoted line by line.
            if value.lines().count() > 1 {
                for line in value.lines().filter(|line| line.trim().len() >= 16) {
                    self.known.add(line, kind);
                }
            }
        }
        self.learn(value);
    }

    /// Takes something that is a secret, whatever it looks like.
    pub(crate) fn secret(&mut self, value: &str) {
        self.known.add(value, Kind::KnownSecret);
    }

    /// Takes the name of the person whose computer this is.
    pub(crate) fn user(&mut self, name: &str) {
        self.known.add(name, Kind::UserName);
    }

    /// Takes the name of this computer.
    pub(crate) fn host(&mut self, name: &str) {
        if !self.keeps_hosts {
            self.known.add(name, Kind::HostName);
        }
    }

    /// Reads a text for what can be known from it in other texts: a password in an address stands elsewhere alone.
    pub(crate) fn learn(&mut self, text: &str) {
        let mut spans = Vec::new();
        self.unknown(text, &mut spans);
        for span in spans {
            let value = text[span.range.clone()].trim();
            let is_long = value.chars().count() >= 6;
            match span.kind {
                Kind::UserName | Kind::HostName => {
                    self.known.add(value, span.kind);
                }
                // Its lines stand alone where somebody kept only the last lines of a log.
                Kind::PrivateKey => {
                    for line in value.lines() {
                        let line = line.rsplit(' ').next().unwrap_or(line).trim();
                        if line.len() >= 24 && !line.starts_with('-') {
                            self.known.add(line, Kind::PrivateKey);
                        }
                    }
                }
                Kind::NamedSecret
                | Kind::UrlPassword
                | Kind::AuthHeader
                | Kind::ServiceKey
                | Kind::Jwt
                    if is_long && !value.contains('\n') && is_distinct(value) =>
                {
                    self.known.add(value, span.kind);
                }
                _ => {}
            }
        }
    }

    /// The same for the strings of a JSON value and what their keys say of them.
    pub(crate) fn learn_json(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.learn(text),
            Value::Array(items) => {
                // Lines of one text.
                let lines: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
                if let Some(lines) = lines.filter(|lines| lines.len() > 1) {
                    self.learn(&lines.join("\n"));
                }
                let mut option = None;
                for item in items {
                    let words = item.as_str();
                    match (words.and_then(assignment), option, words) {
                        (Some((name, value)), _, _) => self.variable(name, value),
                        (None, Some(option), Some(value)) => self.variable(option, value),
                        _ => self.learn_json(item),
                    }
                    option = words.filter(|it| is_option(it));
                }
            }
            Value::Object(map) => {
                for (key, value) in map {
                    match value.as_str() {
                        Some(text) if keys::promise(key) == Promise::Sure && is_distinct(text) => {
                            self.variable(key, text);
                        }
                        _ => self.learn_json(value),
                    }
                }
            }
            _ => {}
        }
    }

    /// Returns a text without secrets, and what was in it.
    pub(crate) fn text(&mut self, text: &str) -> (String, Counts) {
        let mut counts = Counts::new();
        let mut text = self.once(text, &mut counts);
        // A replacement can put two things next to each other that are something together.
        for _ in 0..3 {
            let mut more = Counts::new();
            let next = self.once(&text, &mut more);
            if more.is_empty() {
                break;
            }
            add(&mut counts, &more);
            text = next;
        }
        (text, counts)
    }

    fn once(&mut self, text: &str, counts: &mut Counts) -> String {
        self.known.prepare();
        let mut spans = Vec::new();
        self.known.find(text, &mut spans);
        self.known.find_wrapped(text, &mut spans);
        self.unknown(text, &mut spans);
        let spans = merged(spans, &tokens::all_in(text));
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for span in spans {
            out.push_str(&text[from..span.range.start]);
            let value = span.value.as_deref().unwrap_or(&text[span.range.clone()]);
            out.push_str(&self.tokens.of(span.kind, value.trim()));
            from = span.range.end;
            *counts.entry(span.kind).or_insert(0) += 1;
        }
        out.push_str(&text[from..]);
        out
    }

    /// Takes the secrets out of a JSON value: keys say what a value is, and no quote can be torn.
    pub(crate) fn json(&mut self, value: &mut Value) -> Counts {
        let mut counts = Counts::new();
        self.walk(value, None, &mut counts);
        counts
    }

    fn walk(&mut self, value: &mut Value, key: Option<&str>, counts: &mut Counts) {
        let promised = key.map_or(Promise::Nothing, keys::promise);
        match value {
            Value::String(text) => {
                let is_secret =
                    promised == Promise::Sure || promised == Promise::Likely && is_distinct(text);
                *text = if is_secret && !keys::says_nothing(text) {
                    self.token(Kind::NamedSecret, text, counts)
                } else {
                    self.counted(text, counts)
                };
            }
            Value::Number(number) if promised == Promise::Sure => {
                let text = self.token(Kind::NamedSecret, &number.to_string(), counts);
                *value = Value::String(text);
            }
            // Lines of one text: something may go on from one into the next.
            Value::Array(items)
                if matches!(key, Some("outputTail" | "causes"))
                    && items.iter().all(Value::is_string) =>
            {
                let lines: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                let text = self.counted(&lines.join("\n"), counts);
                *items = text.lines().map(Value::from).collect();
            }
            Value::Array(items) => {
                let is_env = key.is_some_and(|key| matches!(key, "Env" | "env" | "environment"));
                let mut option: Option<String> = None;
                for item in items {
                    let next = item.as_str().filter(|it| is_option(it)).map(str::to_owned);
                    match (item.as_str().and_then(assignment), option) {
                        (Some((name, text)), _) if is_env => {
                            let shown = self.variable_shown(name, text, counts);
                            *item = Value::String(format!("{name}={shown}"));
                        }
                        (_, Some(option)) if next.is_none() => {
                            self.walk(item, Some(&option), counts);
                        }
                        _ => self.walk(item, key, counts),
                    }
                    option = next;
                }
            }
            Value::Object(map) => {
                let pair = ["name", "key", "Name", "Key"]
                    .iter()
                    .find_map(|it| map.get(*it)?.as_str().map(str::to_owned));
                let old = std::mem::take(map);
                for (key, mut value) in old {
                    let is_value = key.eq_ignore_ascii_case("value");
                    let meant = pair
                        .as_deref()
                        .filter(|_| is_value)
                        .unwrap_or(&key)
                        .to_owned();
                    self.walk(&mut value, Some(&meant), counts);
                    let key = self.counted(&key, counts);
                    map.insert(key, value);
                }
            }
            _ => {}
        }
    }

    /// Returns the value of a variable as it may be shown behind its name.
    pub(crate) fn variable_shown(
        &mut self,
        name: &str,
        value: &str,
        counts: &mut Counts,
    ) -> String {
        match self.kind_of(name, value) {
            Some(kind) => self.token(kind, value, counts),
            None => self.counted(value, counts),
        }
    }

    fn counted(&mut self, text: &str, counts: &mut Counts) -> String {
        let (text, more) = self.text(text);
        add(counts, &more);
        text
    }

    fn token(&mut self, kind: Kind, value: &str, counts: &mut Counts) -> String {
        *counts.entry(kind).or_insert(0) += 1;
        self.tokens.of(kind, value.trim())
    }

    /// What a variable is: a secret, a value nobody needs to see, or something harmless.
    fn kind_of(&self, name: &str, value: &str) -> Option<Kind> {
        if keys::says_nothing(value) {
            return None;
        }
        match keys::promise(name) {
            Promise::Nothing if values::is_harmless(value, |word| self.known.keeps(word)) => None,
            Promise::Nothing => Some(Kind::Value),
            _ if values::is_flag(value) => None,
            _ => Some(Kind::KnownSecret),
        }
    }

    /// Finds what is secret although nobody said so.
    fn unknown(&self, text: &str, spans: &mut Vec<Span>) {
        if values::is_plain(text) {
            return;
        }
        shapes::find(text, spans);
        named::find(text, spans);
        people::addresses(text, spans);
        people::emails(text, spans);
        people::users(text, spans);
        people::cards(text, spans);
        if !self.keeps_hosts {
            people::hosts(text, spans);
        }
        // A service's name in the place of a host or a password is one everybody knows.
        spans.retain(|span| {
            !(matches!(span.kind, Kind::HostName | Kind::UserName)
                && self.known.keeps(&text[span.range.clone()]))
        });
    }

    /// Returns what must not be in any file, for [`scan`].
    pub(crate) fn must_not_appear(&self) -> Vec<String> {
        let secrets = self
            .known
            .values()
            .filter(|(_, kind)| *kind != Kind::HostName);
        secrets.map(|(value, _)| value.to_owned()).collect()
    }

    /// Returns how many secrets are too short or too ordinary to be replaced everywhere.
    pub(crate) fn weak(&self) -> usize {
        self.known.weak()
    }
}

/// Adds counts to counts.
pub(crate) fn add(counts: &mut Counts, more: &Counts) {
    for (kind, count) in more {
        *counts.entry(*kind).or_insert(0) += count;
    }
}

/// `NAME=value`
fn assignment(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once('=')?;
    let is_name = !name.is_empty()
        && name.len() <= 128
        && name
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | '.' | '-'))
        && !name.starts_with('-');
    is_name.then_some((name, value))
}

/// `--password`: the next word of a list is its value.
fn is_option(word: &str) -> bool {
    word.starts_with('-')
        && !word.contains(['=', ' '])
        && word.len() < 64
        && keys::promise(word) == Promise::Sure
        || word == "--token"
        || word == "--requirepass"
        || word == "--auth"
}

/// Whether a value is more than a word that could stand anywhere.
fn is_distinct(value: &str) -> bool {
    let letters = value.chars().all(|it| it.is_ascii_lowercase());
    let is_word = letters && value.len() < 10;
    !is_word && !keys::says_nothing(value)
}

/// Puts spans in order and makes one of those that touch each other; tokens stay as they are.
fn merged(mut spans: Vec<Span>, kept: &[Range<usize>]) -> Vec<Span> {
    // The longer one knows more; of equals the first found, which is the known one.
    spans.sort_by(|a, b| (a.range.start, b.range.end).cmp(&(b.range.start, a.range.end)));
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    let mut next = 0;
    for span in spans {
        if span.range.is_empty() {
            continue;
        }
        while next < kept.len() && kept[next].end <= span.range.start {
            next += 1;
        }
        let mut inside = kept[next..]
            .iter()
            .take_while(|it| it.start < span.range.end);
        if inside.any(|it| it.start <= span.range.start && span.range.end <= it.end) {
            continue;
        }
        match out.last_mut() {
            Some(last) if span.range.start < last.range.end => {
                if span.range.end > last.range.end {
                    last.range.end = span.range.end;
                    last.value = None;
                }
            }
            _ => out.push(span),
        }
    }
    out
}

#[cfg(test)]
mod tests;
