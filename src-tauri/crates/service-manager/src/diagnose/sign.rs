//! What a class of failure looks like in a line, and how much that proves.

use super::evidence::{Kind, Piece};
use super::facts::Facts;
use super::lines::{Line, Said};

/// How much a wording proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// A warning: it explains something only while nothing else does.
    Warning,
    /// Said for several reasons; anything more exact is preferred.
    General,
    /// Says what is wrong.
    Exact,
    /// Says what is wrong, and what follows it in the log follows from it.
    First,
}

/// Docker and Compose themselves: no log of a program that may use the same words.
pub(crate) const SAID_BY_DOCKER: &[Kind] = &[Kind::EngineError, Kind::ComposeStderr];

/// A class that one wording may stand for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub class: &'static str,
    /// Which words are used for it, when not the usual ones.
    pub variant: Option<&'static str>,
    /// From 0 to 1.
    pub confidence: f64,
}

/// What a decision between look-alikes may use.
pub(crate) struct Look<'a> {
    pub line: &'a str,
    /// The text it stands in.
    pub said: &'a Said,
    /// Which of them it is.
    pub index: usize,
    pub piece: &'a Piece,
    /// Of the computer and the engine.
    pub host: &'a Facts,
}

/// Decides which classes a wording stands for here, the likeliest first; none when it means nothing here.
pub(crate) type Decide = fn(&Look<'_>) -> Verdict;

/// What a decision says.
pub(crate) struct Verdict {
    pub candidates: Vec<Candidate>,
    /// A fact would decide, and it is not there.
    pub undecided: bool,
}

/// One wording of one class.
#[derive(Debug)]
pub(crate) struct Sign {
    pub class: &'static str,
    /// All of them stand in the line, in any case; the first should be the rarest.
    pub needles: &'static [&'static str],
    /// None of them does.
    pub without: &'static [&'static str],
    pub weight: Weight,
    /// A regular expression whose named groups become parameters.
    pub takes: Option<&'static str>,
    /// Without `takes` it is not this one.
    pub must: bool,
    pub kinds: &'static [Kind],
    pub variant: Option<&'static str>,
    pub decide: Option<Decide>,
}

/// Returns a wording that says what is wrong.
pub(crate) const fn sign(class: &'static str, needles: &'static [&'static str]) -> Sign {
    Sign {
        class,
        needles,
        without: &[],
        weight: Weight::Exact,
        takes: None,
        must: false,
        kinds: &[],
        variant: None,
        decide: None,
    }
}

impl Sign {
    pub(crate) const fn without(mut self, words: &'static [&'static str]) -> Self {
        self.without = words;
        self
    }

    pub(crate) const fn general(mut self) -> Self {
        self.weight = Weight::General;
        self
    }

    pub(crate) const fn warning(mut self) -> Self {
        self.weight = Weight::Warning;
        self
    }

    pub(crate) const fn first(mut self) -> Self {
        self.weight = Weight::First;
        self
    }

    /// Takes parameters where the expression fits.
    pub(crate) const fn takes(mut self, expression: &'static str) -> Self {
        self.takes = Some(expression);
        self
    }

    /// It is this one only where the expression fits.
    pub(crate) const fn matches(mut self, expression: &'static str) -> Self {
        self.takes = Some(expression);
        self.must = true;
        self
    }

    /// It means this only in such texts.
    pub(crate) const fn only(mut self, kinds: &'static [Kind]) -> Self {
        self.kinds = kinds;
        self
    }

    pub(crate) const fn variant(mut self, variant: &'static str) -> Self {
        self.variant = Some(variant);
        self
    }

    /// Lets facts and the lines around it decide.
    pub(crate) const fn decided_by(mut self, decide: Decide) -> Self {
        self.decide = Some(decide);
        self
    }
}

/// Returns a candidate.
pub(crate) const fn likely(class: &'static str, confidence: f64) -> Candidate {
    Candidate {
        class,
        variant: None,
        confidence,
    }
}

impl Candidate {
    pub(crate) const fn variant(mut self, variant: &'static str) -> Self {
        self.variant = Some(variant);
        self
    }
}

impl Verdict {
    /// The facts leave one.
    pub(crate) fn sure(candidate: Candidate) -> Self {
        Self {
            candidates: vec![candidate],
            undecided: false,
        }
    }

    /// Several are possible, the likeliest first.
    pub(crate) fn open(candidates: Vec<Candidate>) -> Self {
        Self {
            candidates,
            undecided: true,
        }
    }

    /// It means nothing here.
    pub(crate) const fn nothing() -> Self {
        Self {
            candidates: Vec::new(),
            undecided: false,
        }
    }
}

impl Look<'_> {
    /// Returns whether any line of the text has one of these words, in any case.
    pub(crate) fn anywhere(&self, words: &[&str]) -> bool {
        words.iter().any(|it| self.said.has(it))
    }

    /// Returns whether a line near this one has one of these words.
    pub(crate) fn near(&self, distance: usize, words: &[&str]) -> bool {
        let from = self.index.saturating_sub(distance);
        let to = (self.index + distance + 1).min(self.said.lines.len());
        self.said.lines[from..to]
            .iter()
            .any(|line| words.iter().any(|it| contains(&line.text, it)))
    }

    /// Returns the lines after this one.
    pub(crate) fn after(&self) -> &[Line] {
        &self.said.lines[self.index + 1..]
    }

    /// Returns whether this line has one of these words.
    pub(crate) fn has(&self, words: &[&str]) -> bool {
        words.iter().any(|it| contains(self.line, it))
    }

    /// Returns whether the image or the service is called like this, or who says the line.
    pub(crate) fn is_program(&self, names: &[&str]) -> bool {
        let speaker = &self.said.lines[self.index].speaker;
        [&self.piece.image, &self.piece.service, speaker]
            .into_iter()
            .flatten()
            .any(|name| names.iter().any(|it| contains(name, it)))
    }

    pub(crate) fn number(&self, names: &[&str]) -> Option<f64> {
        self.piece
            .facts
            .number(names)
            .or_else(|| self.host.number(names))
    }

    pub(crate) fn flag(&self, names: &[&str]) -> Option<bool> {
        self.piece
            .facts
            .flag(names)
            .or_else(|| self.host.flag(names))
    }

    pub(crate) fn words(&self, names: &[&str]) -> Option<String> {
        self.piece
            .facts
            .words(names)
            .or_else(|| self.host.words(names))
    }
}

/// Returns whether `text` has `words`, in any case of ASCII letters.
pub(crate) fn contains(text: &str, words: &str) -> bool {
    let (text, words) = (text.as_bytes(), words.as_bytes());
    words.is_empty()
        || text
            .windows(words.len())
            .any(|window| window.eq_ignore_ascii_case(words))
}
