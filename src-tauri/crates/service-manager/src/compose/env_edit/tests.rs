//! Whatever the file and whatever the value: only that value's bytes change, and it is read as it was meant.

use super::*;
use crate::compose::env_file::parse;
use std::collections::BTreeMap;

const BOTH: [Generation; 2] = [Generation::V1, Generation::V2];

fn edit(content: &str, key: &str, value: &str) -> Result<String, EnvEditError> {
    let edited = set(content.as_bytes(), key, value, Generation::V2)?;
    Ok(String::from_utf8(edited).expect("stays text"))
}

#[test]
fn only_the_value_changes() {
    for (before, after) in [
        ("PORT=8080\n", "PORT=9\n"),
        ("A=1\nPORT=8080", "A=1\nPORT=9"),
        ("\u{feff}PORT=8080\r\nB=2\r\n", "\u{feff}PORT=9\r\nB=2\r\n"),
        (
            "export PORT = 8080   # the web\n",
            "export PORT = 9   # the web\n",
        ),
        ("PORT: 8080\n", "PORT: 9\n"),
        ("PORT='8080' # c\n", "PORT='9' # c\n"),
        ("PORT=\"8080\"\nB=1\n", "PORT=\"9\"\nB=1\n"),
        ("PORT=\nB=1\n", "PORT=9\nB=1\n"),
        ("PORT=  # nothing\n", "PORT=9  # nothing\n"),
        ("PORT=# nothing\n", "PORT=9 # nothing\n"),
        (
            "PORT=1\n#PORT=2\nPORT=3\n# PORT=4\n",
            "PORT=1\n#PORT=2\nPORT=9\n# PORT=4\n",
        ),
        ("T='one\nPORT=1\n'\nPORT=2\n", "T='one\nPORT=1\n'\nPORT=9\n"),
        ("MY_PORT=1\nPORTS=2\nPORT=3", "MY_PORT=1\nPORTS=2\nPORT=9"),
        ("", "PORT=9\n"),
        ("A=1\n", "A=1\nPORT=9\n"),
        ("A=1", "A=1\nPORT=9"),
        ("A=1\r\nB=2\r\n", "A=1\r\nB=2\r\nPORT=9\r\n"),
        ("PORT\n", "PORT\nPORT=9\n"),
    ] {
        assert_eq!(
            edit(before, "PORT", "9").as_deref(),
            Ok(after),
            "{before:?}"
        );
    }
}

#[test]
fn a_file_with_comments_in_another_encoding_stays_as_it_is() {
    let mut before = b"# \xb6\xcb\xbf\xda\nPORT=8080 # \xb6\xcb\nB=1\n".to_vec();
    let edited = set(&before, "PORT", "9", Generation::V2).expect("bytes");
    let at = before
        .windows(4)
        .position(|it| it == b"8080")
        .expect("there");
    before.splice(at..at + 4, *b"9");
    assert_eq!(edited, before);
}

/// Compose v1 would take the quote for a part of the value, and everything up to the next quote of the file.
#[test]
fn no_closing_quote_stands_behind_a_backslash() {
    for generation in BOTH {
        let edited = set(b"A=\"old\"\nB=\"b\"\n", "A", "end\\", generation);
        assert_eq!(edited.as_deref(), Ok(&b"A=end\\\nB=\"b\"\n"[..]));
    }
}

#[test]
fn values_are_quoted_only_where_they_must_be() {
    for (value, v1, v2) in [
        ("plain", Some("plain"), Some("plain")),
        ("", Some(""), Some("")),
        ("a b", Some("a b"), Some("a b")),
        (r"C:\data\new", Some(r"C:\data\new"), Some(r"C:\data\new")),
        ("a#b", Some("a#b"), Some("a#b")),
        ("a #b", Some("'a #b'"), Some("'a #b'")),
        (" a", Some("' a'"), Some("' a'")),
        ("#a", Some("'#a'"), Some("'#a'")),
        ("pa$word", Some("'pa$word'"), Some("'pa$word'")),
        ("pa${word}", None, Some("'pa${word}'")),
        (r"it's # x\", None, Some(r#""it's # x\\""#)),
        ("it's #1", Some("\"it's #1\""), Some("\"it's #1\"")),
        (
            "it's #1 # x",
            Some("\"it's #1 # x\""),
            Some("\"it's #1 # x\""),
        ),
        ("'q'\"", Some("\"'q'\\\"\""), Some("\"'q'\\\"\"")),
        ("it's $5", Some("it's $5"), Some("\"it's \\$5\"")),
        ("'\\\\$", None, Some("\"'\\\\\\\\\\$\"")),
    ] {
        assert_eq!(
            form(value, None, Generation::V1).as_deref(),
            v1,
            "v1: {value}"
        );
        assert_eq!(
            form(value, None, Generation::V2).as_deref(),
            v2,
            "v2: {value}"
        );
    }
    assert_eq!(
        form("9", Some(b'\''), Generation::V2).as_deref(),
        Some("'9'")
    );
    assert_eq!(
        form("it's", Some(b'\''), Generation::V2).as_deref(),
        Some("it's")
    );
}

#[test]
fn what_cannot_be_written_is_refused() {
    assert_eq!(edit("", "A B", "1"), Err(EnvEditError::Name));
    assert_eq!(edit("", "1A", "1"), Err(EnvEditError::Name));
    assert_eq!(edit("", "A", "one\ntwo"), Err(EnvEditError::Control));
    assert_eq!(
        set(b"", "A", "'${B}\"", Generation::V1),
        Err(EnvEditError::Unwritable)
    );
}

/// A small generator: the same files on every computer.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    fn text(&mut self, parts: &[&str], most: usize) -> String {
        (0..self.below(most + 1)).map(|_| self.of(parts)).collect()
    }
}

const PARTS: &[&str] = &[
    "a", "8080", " ", "#", " #", "'", "\"", "\\", "$", "${", "}", "=", ":", "é", "端口", "%", "\t",
    "!", "x",
];

fn line(chance: &mut Chance) -> String {
    let key = chance.of(&[
        "A",
        "B",
        "PORT",
        "DB_PASSWORD",
        "export A",
        "export  PORT",
        "  B",
        "# A",
        "#PORT",
    ]);
    let sign = chance.of(&["=", "=", "=", " = ", ": ", "=  "]);
    let value = match chance.below(4) {
        0 => format!(
            "'{}'",
            chance.text(&["a", "1", " ", "#", "\n", "\\x", "$"], 6)
        ),
        1 => format!(
            "\"{}\"",
            chance.text(&["a", "1", " ", "#", "\n", "\\\"", "\\n"], 6)
        ),
        _ => chance.text(&["a", "1", "#", "-", "b c", "\\", "/"], 5),
    };
    let comment = chance.of(&["", "", " # why", "\t# A=1", "   "]);
    chance
        .of(&["", "# only words", "   ", "NOVALUE"])
        .to_owned()
        + chance.of(&["\n"])
        + &format!("{key}{sign}{value}{comment}")
}

#[test]
fn only_that_values_bytes_change_whatever_the_file_and_the_value() {
    let mut chance = Chance(4);
    let mut written = 0;
    for round in 0..20_000 {
        let lines: Vec<String> = (0..chance.below(7)).map(|_| line(&mut chance)).collect();
        let newline = chance.of(&["\n", "\r\n"]);
        let mut content = chance.of(&["", "\u{feff}"]).to_owned() + &lines.join("\n");
        content += chance.of(&["", "\n"]);
        let content = content.replace('\n', newline);
        let key = chance.of(&["A", "B", "PORT", "DB_PASSWORD", "NEW"]);
        let value = chance.text(PARTS, 6);
        let generation = BOTH[chance.below(2)];
        let edited = match set(content.as_bytes(), key, &value, generation) {
            Ok(edited) => String::from_utf8(edited).expect("stays text"),
            Err(EnvEditError::Control | EnvEditError::Unwritable) => continue,
            Err(error) => panic!("round {round}: {error} for {content:?} {key}={value:?}"),
        };
        written += 1;
        let about = format!("round {round}: {content:?} -> {edited:?} ({key}={value:?})");
        let read = parse(&edited, &BTreeMap::new());
        let for_v1 = value.contains('$') && generation == Generation::V1;
        assert!(for_v1 || read.get(key) == Some(&value), "{about}");
        let (old, new) = (
            assignments(content.as_bytes()),
            assignments(edited.as_bytes()),
        );
        let Some(last) = old.iter().rposition(|it| it.key == key) else {
            assert!(edited.starts_with(&content), "{about}");
            assert_eq!(new.len(), old.len() + 1, "{about}");
            continue;
        };
        let was = &old[last].value;
        assert_eq!(old.len(), new.len(), "{about}");
        let (head, tail) = (&content[..was.start], &content[was.end..]);
        assert!(
            edited.starts_with(head) && edited.ends_with(tail),
            "{about}"
        );
        assert!(edited.len() >= head.len() + tail.len(), "{about}");
        assert_eq!(
            set(edited.as_bytes(), key, &value, generation).as_deref(),
            Ok(edited.as_bytes()),
            "{about}"
        );
    }
    assert!(written > 10_000, "{written}");
}
