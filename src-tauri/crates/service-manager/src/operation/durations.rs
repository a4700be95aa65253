//! How long the steps of a project took the last time on this computer, so that a plan can say what to expect.

use super::write_atomically;
use crate::api::operation::StepId;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The times of one project.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Durations {
    /// By the word of the step.
    steps: BTreeMap<String, Took>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Took {
    seconds: f64,
    /// What was sent, for steps that send something: their time grows with it.
    bytes: Option<u64>,
}

impl Durations {
    /// Reads what is known; nothing the first time.
    pub(crate) fn of(state: &Utf8Path, project: &str) -> Self {
        let text = fs::read(file(state, project)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// Returns how long a step will take, in seconds, when it sends so many bytes.
    pub(crate) fn expected(&self, step: StepId, bytes: Option<u64>) -> Option<f64> {
        let took = self.steps.get(step.word())?;
        match (took.bytes, bytes) {
            (Some(then), Some(now)) if then > 0 => {
                #[allow(clippy::cast_precision_loss, reason = "an estimate")]
                let share = now as f64 / then as f64;
                Some(took.seconds * share)
            }
            (Some(_), _) => None,
            (None, _) => Some(took.seconds),
        }
    }

    /// Remembers the steps that did something; those that had nothing to do say nothing about the next time.
    pub(crate) fn remember(
        mut self,
        state: &Utf8Path,
        project: &str,
        steps: Vec<(StepId, f64, Option<u64>)>,
    ) {
        for (step, seconds, bytes) in steps {
            let took = Took { seconds, bytes };
            self.steps.insert(step.word().to_owned(), took);
        }
        let json = serde_json::to_vec(&self).unwrap_or_default();
        // Without it the next plan says one thing less.
        if let Err(error) = write_atomically(&file(state, project), &json) {
            tracing::warn!(%error, "how long the steps took could not be kept");
        }
    }
}

fn file(state: &Utf8Path, project: &str) -> Utf8PathBuf {
    state.join("durations").join(format!("{project}.json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_time_is_what_is_expected_and_grows_with_what_is_sent() {
        let folder = tempfile::tempdir().expect("a folder");
        let state = Utf8Path::from_path(folder.path()).expect("UTF-8");
        let known = Durations::of(state, "shop");
        assert_eq!(known.expected(StepId::Ready, None), None);
        let took = vec![
            (StepId::Ready, 12.0, None),
            (StepId::Images, 10.0, Some(100)),
        ];
        known.remember(state, "shop", took);
        let known = Durations::of(state, "shop");
        assert_eq!(known.expected(StepId::Ready, None), Some(12.0));
        assert_eq!(known.expected(StepId::Images, Some(50)), Some(5.0));
        assert_eq!(
            Durations::of(state, "other").expected(StepId::Ready, None),
            None
        );
        known.remember(state, "shop", vec![(StepId::Ready, 3.0, None)]);
        let known = Durations::of(state, "shop");
        assert_eq!(known.expected(StepId::Ready, None), Some(3.0));
        assert_eq!(
            known.expected(StepId::Images, Some(100)),
            Some(10.0),
            "it stays"
        );
    }
}
