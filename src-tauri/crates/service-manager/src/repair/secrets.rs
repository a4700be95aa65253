//! A changed file as people see it: only the lines that differ, and no secret in them.

use crate::api::check::FixChange;
use crate::logging;
use camino::Utf8Path;

/// Whether what is written under a name is never shown.
pub(crate) fn hides(name: &str) -> bool {
    logging::is_secret(name)
}

/// More lines than this say no more.
const MOST_LINES: usize = 40;
/// Lines of which only the end differs are all alike.
const MOST_ENDS: usize = 2;

/// Returns one entry per line that differs, the last one for all that are left when there are many; a file that is new,
/// or goes away, is one entry.
pub(super) fn differences(path: &Utf8Path, before: Option<&[u8]>, after: &[u8]) -> Vec<FixChange> {
    let Some(before) = before else {
        return vec![FixChange {
            place: path.to_string(),
            now: None,
            after: Some(shown(path, after)),
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
    let changed: Vec<usize> = (0..old.len().max(new.len()))
        .filter(|at| old.get(*at) != new.get(*at))
        .collect();
    let only_ends = changed.iter().all(|at| {
        matches!((old.get(*at), new.get(*at)), (Some(old), Some(new)) if old.trim_ascii_end() == new.trim_ascii_end())
    });
    let most = if only_ends { MOST_ENDS } else { MOST_LINES };
    let mut changes: Vec<FixChange> = changed
        .iter()
        .take(most)
        .map(|at| FixChange {
            place: format!("{path}:{}", head + at + 1),
            now: old.get(*at).map(|line| shown(path, line)),
            after: new.get(*at).map(|line| shown(path, line)),
        })
        .collect();
    let left = changed.get(most..).unwrap_or_default();
    if let (Some(first), Some(last)) = (left.first(), left.last()) {
        let line = |at: &usize| head + at + 1;
        changes.push(FixChange {
            place: format!("{path}:{}–{}", line(first), line(last)),
            now: Some(if only_ends { "…␍" } else { "…" }.into()),
            after: Some("…".into()),
        });
    }
    changes
}

fn lines(content: &[u8]) -> Vec<&[u8]> {
    content.split_inclusive(|byte| *byte == b'\n').collect()
}

/// What cannot be seen otherwise is written out: `\r`, a byte order mark.
fn shown(path: &Utf8Path, lines: &[u8]) -> String {
    let text = String::from_utf8_lossy(lines);
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let text = text.replace('\r', "␍").replace('\u{feff}', "␀BOM");
    if !path
        .file_name()
        .is_some_and(|name| name.starts_with(".env"))
    {
        return logging::redact(&text);
    }
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| logging::redact(&masked(line)))
        .collect();
    lines.join("\n")
}

/// In an env file a short secret is one too, and one with spaces in it is one to its end.
fn masked(line: &str) -> String {
    match line.split_once('=') {
        Some((name, value)) if hides(name) && !name.contains('#') && !value.trim().is_empty() => {
            format!("{name}=***")
        }
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_many_lines_have_in_common_is_said_once() {
        let places = |before: &str, after: &str| {
            let changes = differences("a.sh".into(), Some(before.as_bytes()), after.as_bytes());
            changes.into_iter().map(|it| it.place).collect::<Vec<_>>()
        };
        let (windows, linux) = ("echo\r\n".repeat(9), "echo\n".repeat(9));
        assert_eq!(places(&windows, &linux), ["a.sh:1", "a.sh:2", "a.sh:3–9"]);
        let (old, new) = ("a\n".repeat(50), "b\n".repeat(50));
        let found = places(&old, &new);
        assert_eq!((found.len(), found[40].as_str()), (41, "a.sh:41–50"));
    }

    #[test]
    fn an_env_file_shows_no_secret_however_short() {
        let show = |before: &str, after: &str| {
            let changes = differences(".env".into(), Some(before.as_bytes()), after.as_bytes());
            changes
                .into_iter()
                .map(|it| (it.now, it.after))
                .collect::<Vec<_>>()
        };
        let line = |text: &str| Some(text.to_owned());
        let found = show("A=1\nDB_PASSWORD=x\n", "A=2\nDB_PASSWORD='a b c'\n");
        let hidden = (line("DB_PASSWORD=***"), line("DB_PASSWORD=***"));
        assert_eq!(found, [(line("A=1"), line("A=2")), hidden]);
        let added = show("A=1\n", "A=1\nexport API_TOKEN=\"q\"\n");
        assert_eq!(added, [(None, line("export API_TOKEN=***"))]);
    }
}
