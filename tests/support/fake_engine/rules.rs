//! Rules: single answers that are slow, wrong or missing.

use super::{FakeEngine, Shared, lock};
use std::time::Duration;

/// What a rule answers instead of the truth.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Nothing, for as long as the client waits; what it sends is not read either.
    Hang,
    /// The truth, once [`FakeEngine::release`] is called.
    Hold,
    /// The truth, later.
    Slow(Duration),
    /// An error of the engine.
    Error(u16, &'static str),
    /// This body, as a success; what was sent is read and forgotten.
    Body(String),
    /// The connection ends without an answer.
    Cut,
}

#[derive(Debug)]
pub(super) struct Rule {
    beginning: String,
    /// How many requests still go the ordinary way.
    spared: usize,
    answer: Answer,
}

impl FakeEngine {
    /// Answers requests that begin so (`POST /images/load`) otherwise from now on; the newest rule wins.
    pub fn rule(&self, beginning: &str, answer: Answer) {
        self.rule_after(0, beginning, answer);
    }

    /// The same, but the next `spared` ones still go the ordinary way.
    pub fn rule_after(&self, spared: usize, beginning: &str, answer: Answer) {
        lock(&self.shared.rules).push(Rule {
            beginning: beginning.to_owned(),
            spared,
            answer,
        });
    }

    /// Forgets the rules that were made for this beginning, and answers whoever is held by them.
    pub fn release(&self, beginning: &str) {
        lock(&self.shared.rules).retain(|rule| rule.beginning != beginning);
    }

    /// Forgets all rules.
    pub fn no_rules(&self) {
        lock(&self.shared.rules).clear();
    }
}

impl Shared {
    /// Returns what a request gets instead of the truth.
    pub(super) fn answer(&self, line: &str) -> Option<Answer> {
        let mut rules = lock(&self.rules);
        for rule in rules.iter_mut().rev() {
            if !line.starts_with(&rule.beginning) {
                continue;
            }
            if rule.spared == 0 {
                return Some(rule.answer.clone());
            }
            rule.spared -= 1;
        }
        None
    }

    pub(super) fn is_held(&self, line: &str) -> bool {
        let rules = lock(&self.rules);
        let mut held = rules
            .iter()
            .filter(|rule| matches!(rule.answer, Answer::Hold));
        held.any(|rule| line.starts_with(&rule.beginning))
    }
}
