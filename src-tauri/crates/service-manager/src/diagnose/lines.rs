//! Lines as people and tools hand them on, brought into one form: colours, prefixes and wrappings are taken off.

use crate::text::plain;
use regex::Regex;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// What is searched.
    pub text: String,
    /// What is shown: as it was written, without colours.
    pub shown: String,
    /// Which container `docker compose logs` put before it: `db-1`.
    pub speaker: Option<String>,
}

/// A text in lines, of which is asked more than once whether it has some words anywhere.
#[derive(Debug)]
pub(crate) struct Said {
    pub lines: Vec<Line>,
    whole: String,
    known: RefCell<HashMap<String, bool>>,
}

impl Said {
    /// Takes a text apart.
    pub(crate) fn of(text: &str) -> Self {
        let lines: Vec<Line> = text.split(['\n', '\r']).flat_map(line).collect();
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        Self {
            whole: texts.join("\n").to_ascii_lowercase(),
            lines,
            known: RefCell::default(),
        }
    }

    /// Returns whether any line has these words, in any case. Each is searched once.
    pub(crate) fn has(&self, words: &str) -> bool {
        if let Some(known) = self.known.borrow().get(words) {
            return *known;
        }
        let has = self.whole.contains(&words.to_ascii_lowercase());
        self.known.borrow_mut().insert(words.to_owned(), has);
        has
    }
}

/// Longer lines are cut: no message is, a dump may be.
const LONGEST: usize = 16 << 10;

/// `db-1  | …`, `db_1 | …`, `shop-db-1 | …` of `docker compose logs`.
static SPEAKER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^([A-Za-z0-9][A-Za-z0-9_.-]{0,100}?)\s*\| ?(.*)$").ok());

fn line(raw: &str) -> Vec<Line> {
    let shown = plain(cut(raw));
    if shown.is_empty() {
        return Vec::new();
    }
    let (speaker, said) = match SPEAKER.as_ref().and_then(|it| it.captures(&shown)) {
        Some(found) => (Some(found[1].to_owned()), found[2].to_owned()),
        None => (None, shown.clone()),
    };
    unwrapped(&said)
        .split('\n')
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(|text| Line {
            text: text.to_owned(),
            shown: shown.clone(),
            speaker: speaker.clone(),
        })
        .collect()
}

fn cut(raw: &str) -> &str {
    let mut end = raw.len().min(LONGEST);
    while !raw.is_char_boundary(end) {
        end -= 1;
    }
    &raw[..end]
}

/// Takes off what JSON, Go and Python put around quotes and line ends, as often as it was put there.
fn unwrapped(text: &str) -> String {
    let mut text = text
        .replace(['\u{2018}', '\u{2019}'], "'")
        .replace(['\u{201c}', '\u{201d}'], "\"");
    for _ in 0..4 {
        if !text.contains('\\') {
            break;
        }
        text = text
            .replace("\\r\\n", "\n")
            .replace("\\n", "\n")
            .replace("\\t", " ")
            .replace("\\u003c", "<")
            .replace("\\u003e", ">")
            .replace("\\u0026", "&")
            .replace("\\\"", "\"")
            .replace("\\'", "'")
            .replace("\\\\\"", "\"");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        Said::of(text)
            .lines
            .into_iter()
            .map(|line| line.text)
            .collect()
    }

    #[test]
    fn prefixes_colours_and_wrappings_are_taken_off() {
        let read = Said::of("\u{1b}[36mdb-1  | \u{1b}[0m2024 [ERROR] Aborting");
        assert_eq!(read.lines[0].text, "2024 [ERROR] Aborting");
        assert_eq!(read.lines[0].speaker.as_deref(), Some("db-1"));
        assert_eq!(
            texts(r#"{"message":"exec: \"/run.sh\": permission denied\n"}"#)[0],
            r#"{"message":"exec: "/run.sh": permission denied"#
        );
        assert_eq!(
            texts(r#"b'exec: \\\"/run.sh\\\": denied'"#),
            [r#"b'exec: "/run.sh": denied'"#]
        );
    }

    #[test]
    fn a_windows_path_is_not_torn() {
        assert_eq!(
            texts(r"open //./pipe/docker_engine: x"),
            ["open //./pipe/docker_engine: x"]
        );
    }

    #[test]
    fn every_line_is_kept_in_order_and_a_long_one_is_cut() {
        assert_eq!(texts("a\r\nb\n\n c "), ["a", "b", "c"]);
        assert!(Said::of(&"x".repeat(1 << 20)).lines[0].text.len() <= LONGEST);
    }
}
