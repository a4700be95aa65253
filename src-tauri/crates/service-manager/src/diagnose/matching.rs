//! Which signs stand in which lines.
//!
//! The first needles of all signs are searched at once; only where one stands are the rest of its sign and its
//! expression looked at. Time grows with the text, not with the number of signs.

use super::benign;
use super::evidence::{Kind, Piece};
use super::lines::Line;
use super::rules;
use super::sign::{Sign, Weight, contains};
use crate::text::Params;
use aho_corasick::AhoCorasick;
use regex::Regex;
use std::collections::VecDeque;
use std::sync::LazyLock;

/// A sign in a line.
#[derive(Debug)]
pub(super) struct Clue {
    pub sign: &'static Sign,
    /// Which line.
    pub index: usize,
    pub params: Params,
}

struct Prepared {
    sign: &'static Sign,
    takes: Option<Regex>,
}

static SIGNS: LazyLock<Vec<Prepared>> = LazyLock::new(|| {
    rules::SIGNS
        .iter()
        .flat_map(|family| family.iter())
        .map(|sign| Prepared {
            sign,
            takes: sign.takes.and_then(|it| Regex::new(it).ok()),
        })
        .collect()
});

static NEEDLES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(SIGNS.iter().map(|it| it.sign.needles[0]))
        .ok()
});

/// Returns every sign in the lines, in their order.
pub(super) fn clues(piece: &Piece, lines: &[Line]) -> Vec<Clue> {
    let Some(needles) = NEEDLES.as_ref() else {
        return Vec::new();
    };
    let mut kept: Vec<Kept> = SIGNS.iter().map(|_| Kept::default()).collect();
    let mut seen = vec![usize::MAX; SIGNS.len()];
    for (index, line) in lines.iter().enumerate() {
        let benign = benign::is(&line.text);
        for found in needles.find_overlapping_iter(&line.text) {
            let number = found.pattern().as_usize();
            // A needle may stand in a line twice.
            if seen[number] == index {
                continue;
            }
            seen[number] = index;
            let prepared = &SIGNS[number];
            if benign && prepared.sign.weight != Weight::Warning {
                continue;
            }
            if let Some(params) = fits(prepared, &line.text, piece.kind) {
                kept[number].add(Clue {
                    sign: prepared.sign,
                    index,
                    params,
                });
            }
        }
    }
    let kept = kept.into_iter();
    let mut clues: Vec<Clue> = kept
        .flat_map(|it| it.first.into_iter().chain(it.last))
        .collect();
    clues.sort_by_key(|clue| clue.index);
    clues
}

/// A sign that stands in every line of a long log says no more than one in some of them: the first are kept and the last.
#[derive(Default)]
struct Kept {
    first: Vec<Clue>,
    last: VecDeque<Clue>,
}

impl Kept {
    const FIRST: usize = 2;
    const LAST: usize = 4;

    fn add(&mut self, clue: Clue) {
        if self.first.len() < Self::FIRST {
            self.first.push(clue);
            return;
        }
        if self.last.len() == Self::LAST {
            self.last.pop_front();
        }
        self.last.push_back(clue);
    }
}

/// The name of an error or of a signal, such as `ENOTFOUND`.
fn is_name(needle: &str) -> bool {
    let is_capital = |byte: u8| byte.is_ascii_uppercase() || byte == b'_';
    needle.len() > 2 && needle.bytes().all(is_capital)
}

/// Whether a needle stands in a line. A name is a word of its own there, or part of a longer name between underscores:
/// `ModuleNotFoundError` is no `ENOTFOUND`, and who is misconfigured has no `MISCONF`.
fn stands(text: &str, needle: &str) -> bool {
    if !is_name(needle) {
        return contains(text, needle);
    }
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    let is_edge = |byte: Option<&u8>| byte.is_none_or(|it| !it.is_ascii_alphanumeric());
    text.windows(needle.len()).enumerate().any(|(at, window)| {
        window.eq_ignore_ascii_case(needle)
            && is_edge(at.checked_sub(1).and_then(|before| text.get(before)))
            && is_edge(text.get(at + needle.len()))
    })
}

fn fits(prepared: &Prepared, text: &str, kind: Kind) -> Option<Params> {
    let sign = prepared.sign;
    let fits = (sign.kinds.is_empty() || sign.kinds.contains(&kind))
        && (!is_name(sign.needles[0]) || stands(text, sign.needles[0]))
        && sign.needles[1..].iter().all(|it| stands(text, it))
        && !sign.without.iter().any(|it| stands(text, it));
    if !fits {
        return None;
    }
    let mut params = Params::new();
    let Some(takes) = &prepared.takes else {
        return Some(params);
    };
    match takes.captures(text) {
        Some(groups) => {
            for name in takes.capture_names().flatten() {
                if let Some(value) = groups.name(name).filter(|it| !it.is_empty()) {
                    params.push(name.to_owned(), value.as_str());
                }
            }
            Some(params)
        }
        None if sign.must => None,
        None => Some(params),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::classes::{CLASSES, UNKNOWN, class};
    use std::collections::BTreeSet;

    #[test]
    fn every_sign_is_of_a_known_class_and_its_expression_is_one() {
        for prepared in SIGNS.iter() {
            let sign = prepared.sign;
            assert_ne!(class(sign.class).id, UNKNOWN.id, "{sign:?}");
            assert!(!sign.needles.is_empty(), "{sign:?}");
            assert_eq!(sign.takes.is_some(), prepared.takes.is_some(), "{sign:?}");
        }
        assert!(NEEDLES.is_some());
    }

    #[test]
    fn every_class_has_a_sign_or_a_rule_of_facts() {
        let signed: BTreeSet<&str> = SIGNS.iter().map(|it| it.sign.class).collect();
        let missing: Vec<&str> = CLASSES
            .iter()
            .map(|class| class.id)
            .filter(|id| !signed.contains(id) && !rules::DECIDED.contains(id))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
