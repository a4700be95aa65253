//! What stands in the place of something: the same for the same, everywhere in a bundle. Pure.
//!
//! Numbers in the order of appearance; nothing of the value is in a token, so nothing has to be salted.

use crate::api::support::RedactionKind as Kind;
use std::collections::BTreeMap;

/// Which family of tokens a kind belongs to: a secret found in two ways is one secret.
pub(super) const fn family(kind: Kind) -> &'static str {
    match kind {
        Kind::Value => "value",
        Kind::Email => "email",
        Kind::UserName => "user",
        Kind::HostName => "host",
        Kind::IpAddress => "ip",
        Kind::CardNumber => "card",
        Kind::PrivateKey | Kind::SshKey => "key",
        _ => "secret",
    }
}

const FAMILIES: &[&str] = &[
    "value", "email", "user", "host", "ip", "card", "key", "secret",
];

/// Remembers which token stands for what.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    given: BTreeMap<(&'static str, String), usize>,
    counts: BTreeMap<&'static str, usize>,
}

impl Tokens {
    /// Returns the token of a value.
    pub(super) fn of(&mut self, kind: Kind, value: &str) -> String {
        let family = family(kind);
        let number = *self
            .given
            .entry((family, value.to_owned()))
            .or_insert_with(|| {
                let count = self.counts.entry(family).or_insert(0);
                *count += 1;
                *count
            });
        format!("<{family}-{number}>")
    }
}

/// Returns whether a text is a token of ours, and nothing else.
pub(super) fn is_token(text: &str) -> bool {
    let inner = text.strip_prefix('<').and_then(|it| it.strip_suffix('>'));
    inner
        .and_then(|it| it.rsplit_once('-'))
        .is_some_and(|(family, number)| {
            FAMILIES.contains(&family)
                && (1..=9).contains(&number.len())
                && number.bytes().all(|it| it.is_ascii_digit())
        })
}

/// Returns where tokens are.
pub(super) fn all_in(text: &str) -> Vec<std::ops::Range<usize>> {
    text.match_indices('<')
        .filter_map(|(at, _)| {
            let end = text.as_bytes()[at..]
                .iter()
                .take(24)
                .position(|it| *it == b'>')?;
            is_token(text.get(at..=at + end)?).then_some(at..at + end + 1)
        })
        .collect()
}
