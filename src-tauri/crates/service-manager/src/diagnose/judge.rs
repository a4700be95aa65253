//! What one text says: its clues, ordered by what explains most.
//!
//! - A harmless line is no clue, and neither is what a program overcame: what stands before "ready for connections",
//!   or what it only warns of while it works.
//! - A cause comes before a symptom, an exact wording before a general one, and a later line before an earlier one,
//!   except wordings that are known to bring others after them.
//! - A wording with several meanings is decided by facts; without them all meanings are given, the likeliest first.

use super::benign;
use super::classes::{Class, Nature, class};
use super::evidence::{Kind, Piece, tail};
use super::facts::Facts;
use super::lines::{Line, Said};
use super::matching::{Clue, clues};
use super::named;
use super::outcome;
use super::sign::{Candidate, Look, Verdict, Weight, likely};
use super::witness::may_speak;
use crate::text::Params;
use std::collections::HashMap;

/// A class that a text speaks for.
#[derive(Clone, Debug)]
pub(super) struct Suspect {
    pub class: &'static Class,
    pub variant: Option<&'static str>,
    pub confidence: f64,
    pub params: Params,
    /// The lines that say so, as they were written.
    pub proof: Vec<String>,
    /// Another class may be meant, and what would decide was not there.
    pub undecided: bool,
    /// Smaller explains more.
    pub rank: Rank,
}

/// What a program that works goes on suffering from: settings it does not follow.
const LASTING: &[&str] = &["db.conf_world_writable"];

/// What explains more comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    First,
    Exact,
    General,
    Symptom,
    Warning,
    Info,
    /// What the wording could also mean.
    Alternative,
}

impl Rank {
    const fn of(class: &Class, weight: Weight) -> Self {
        match (class.nature, weight) {
            (Nature::Info, _) => Self::Info,
            (_, Weight::Warning) => Self::Warning,
            (Nature::Symptom, _) => Self::Symptom,
            (Nature::Cause, Weight::General) => Self::General,
            (Nature::Cause, Weight::Exact) => Self::Exact,
            (Nature::Cause, Weight::First) => Self::First,
        }
    }
}

/// How sure a wording alone makes.
const fn confidence(weight: Weight) -> f64 {
    match weight {
        Weight::First => 0.95,
        Weight::Exact => 0.9,
        Weight::General => 0.6,
        Weight::Warning => 0.4,
    }
}

/// What a text says; the lines are for whoever shows its end.
pub(super) struct Judgement {
    pub suspects: Vec<Suspect>,
    pub said: Said,
}

/// Returns the classes a text speaks for, what explains most first, each once.
pub(super) fn judge(piece: &Piece, host: &Facts) -> Judgement {
    let said = Said::of(tail(&piece.text));
    let settled = settled(piece, &said.lines);
    let mut suspects = Vec::new();
    for clue in clues(piece, &said.lines) {
        let speaker = said.lines[clue.index].speaker.as_deref();
        let line = &said.lines[clue.index].text;
        let overcome = |at: &usize| *at > clue.index || benign::warning(line);
        let lasts = LASTING.contains(&clue.sign.class);
        if !lasts && settled.get(&speaker).is_some_and(overcome) {
            continue;
        }
        suspects.extend(meant(&clue, piece, host, &said).map(|suspect| (suspect, clue.index)));
    }
    suspects.extend(outcome::by_facts(piece, host).map(|suspect| (suspect, usize::MAX)));
    suspects.sort_by_key(|(suspect, index)| {
        let later_first = usize::MAX - index;
        let place = if suspect.rank == Rank::First {
            *index
        } else {
            later_first
        };
        (suspect.rank, place)
    });
    Judgement {
        suspects: each_once(suspects.into_iter().map(|(suspect, _)| suspect)),
        said,
    }
}

/// The last line of every speaker that says it works. One that ended with an error afterwards is not settled.
fn settled<'a>(piece: &Piece, lines: &'a [Line]) -> HashMap<Option<&'a str>, usize> {
    if piece.kind != Kind::ContainerLogs
        || piece
            .facts
            .number(named::EXIT_CODE)
            .is_some_and(|it| it > 0.0)
    {
        return HashMap::new();
    }
    lines
        .iter()
        .enumerate()
        .filter(|(_, line)| benign::settled(&line.text))
        .map(|(index, line)| (line.speaker.as_deref(), index))
        .collect()
}

fn meant<'a>(
    clue: &'a Clue,
    piece: &'a Piece,
    host: &'a Facts,
    said: &'a Said,
) -> impl Iterator<Item = Suspect> + use<'a> {
    let sign = clue.sign;
    let verdict = match sign.decide {
        Some(decide) => decide(&Look {
            line: &said.lines[clue.index].text,
            said,
            index: clue.index,
            piece,
            host,
        }),
        None => Verdict::sure(Candidate {
            variant: sign.variant,
            ..likely(sign.class, confidence(sign.weight))
        }),
    };
    let undecided = verdict.undecided;
    verdict
        .candidates
        .into_iter()
        .filter(|candidate| may_speak(piece, &said.lines[clue.index], candidate.class))
        .enumerate()
        .map(move |(place, candidate)| {
            let class = class(candidate.class);
            Suspect {
                class,
                variant: candidate.variant,
                confidence: candidate.confidence,
                params: clue.params.clone(),
                proof: proof(&said.lines, clue.index),
                undecided,
                rank: if place == 0 {
                    Rank::of(class, sign.weight)
                } else {
                    Rank::Alternative
                },
            }
        })
}

/// The line, and what PostgreSQL and others add to it.
fn proof(lines: &[Line], index: usize) -> Vec<String> {
    let mut proof = vec![lines[index].shown.clone()];
    let more = lines[index + 1..].iter().take(2).filter(|line| {
        let words = ["DETAIL:", "HINT:", "Caused by:"];
        words.iter().any(|it| line.text.contains(it))
    });
    proof.extend(more.map(|line| line.shown.clone()));
    proof.dedup();
    proof
}

/// Keeps the first of each class and gives it what the others know; nothing is surer than what stands before it.
fn each_once(suspects: impl Iterator<Item = Suspect>) -> Vec<Suspect> {
    let mut kept: Vec<Suspect> = Vec::new();
    for suspect in suspects {
        match kept.iter_mut().find(|it| it.class.id == suspect.class.id) {
            Some(known) => {
                known.params.add_missing(&suspect.params);
                let new = suspect
                    .proof
                    .into_iter()
                    .filter(|it| !known.proof.iter().any(|known| is_same(known, it)));
                let new: Vec<String> = new.take(3usize.saturating_sub(known.proof.len())).collect();
                known.proof.extend(new);
            }
            None => kept.push(suspect),
        }
    }
    for index in 1..kept.len() {
        let above = kept[index - 1].confidence;
        kept[index].confidence = kept[index].confidence.min((above - 0.05).max(0.05));
    }
    kept
}

/// Whether two lines say the same at different times.
fn is_same(a: &str, b: &str) -> bool {
    let words = |line: &str| -> String { line.chars().filter(|c| !c.is_ascii_digit()).collect() };
    words(a) == words(b)
}
