//! A changed file as people see it: only the lines that differ, and no secret in them.

use crate::api::check::FixChange;
use crate::logging;
use camino::Utf8Path;

/// More lines than this say no more.
const MOST_LINES: usize = 40;

/// Returns one entry per line that differs; a file that is new, or goes away, is one entry.
pub(super) fn differences(path: &Utf8Path, before: Option<&[u8]>, after: &[u8]) -> Vec<FixChange> {
    let Some(before) = before else {
        return vec![FixChange {
            place: path.to_string(),
            now: None,
            after: Some(shown(after)),
        }];
    };
    let (old, new) = (lines(before), lines(after));
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - head;
    let (old_end, new_end) = (old.iter().rev(), new.iter().rev());
    let tail = old_end
        .zip(new_end)
        .take(rest)
        .take_while(|(a, b)| a == b)
        .count();
    let (old, new) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let mut changes: Vec<FixChange> = (0..old.len().max(new.len()))
        .filter(|at| old.get(*at) != new.get(*at))
        .map(|at| FixChange {
            place: format!("{path}:{}", head + at + 1),
            now: old.get(at).map(|line| shown(line)),
            after: new.get(at).map(|line| shown(line)),
        })
        .collect();
    changes.truncate(MOST_LINES);
    changes
}

fn lines(content: &[u8]) -> Vec<&[u8]> {
    content.split_inclusive(|byte| *byte == b'\n').collect()
}

/// What cannot be seen otherwise is written out: `\r`, a byte order mark.
fn shown(line: &[u8]) -> String {
    let text = String::from_utf8_lossy(line);
    let text = text.strip_suffix('\n').unwrap_or(&text);
    logging::redact(&text.replace('\r', "␍").replace('\u{feff}', "␀BOM"))
}
