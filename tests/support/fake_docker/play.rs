//! How a call goes, and what it was.

use crate::fake_engine::FakeEngine;
use std::time::Duration;

/// The effect of a call on the engine.
pub type Effect = Box<dyn FnOnce(&FakeEngine) + Send>;

/// How one call goes.
#[derive(Default)]
pub struct Play {
    /// What it writes to standard output.
    pub stdout: String,
    /// What it writes to standard error.
    pub stderr: String,
    /// Its exit code.
    pub exit: i32,
    /// How long it takes before it has any effect.
    pub delay: Duration,
    /// It never ends by itself.
    pub hangs: bool,
    /// What it does; none leaves the usual effect of the verb.
    pub effect: Option<Effect>,
}

impl std::fmt::Debug for Play {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "exit {} after {:?}", self.exit, self.delay)
    }
}

impl Play {
    /// A call that never ends.
    pub fn hang() -> Self {
        Self {
            hangs: true,
            ..Self::default()
        }
    }

    /// A call that does something else than usual and ends well.
    pub fn effect(effect: impl FnOnce(&FakeEngine) + Send + 'static) -> Self {
        Self {
            effect: Some(Box::new(effect)),
            ..Self::default()
        }
    }

    /// A call that does this and then fails with these words.
    pub fn fails(words: &str, effect: impl FnOnce(&FakeEngine) + Send + 'static) -> Self {
        Self {
            stderr: words.into(),
            exit: 1,
            ..Self::effect(effect)
        }
    }
}

/// One call of the stub.
#[derive(Clone, Debug)]
pub struct Call {
    /// The process.
    pub pid: String,
    /// `docker` or `docker-compose`.
    pub program: String,
    /// `DOCKER_HOST` of its environment.
    pub engine: String,
    /// Its arguments.
    pub words: Vec<String>,
}

impl Call {
    /// Returns the arguments as one line.
    pub fn line(&self) -> String {
        self.words.join(" ")
    }

    /// The word of `compose [--profile *] up -d` that says what is asked.
    pub(super) fn verb(&self) -> Option<&str> {
        let mut rest = self
            .words
            .iter()
            .map(String::as_str)
            .skip_while(|word| *word == "compose");
        loop {
            match rest.next()? {
                "--profile" => {
                    rest.next();
                }
                word => return Some(word),
            }
        }
    }
}
