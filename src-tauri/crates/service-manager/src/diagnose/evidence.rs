//! What a diagnosis may look at: texts of tools and programs, and facts. It can be saved, and read again elsewhere.

use super::facts::Facts;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// How much of one text is looked at, in bytes: its end, where the reason stands.
pub(crate) const LIMIT: usize = 1 << 20;

/// Where a text comes from; the words of the contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// An answer of the engine, or why it could not start a container (`State.Error`).
    EngineError,
    /// What Compose wrote to standard error.
    ComposeStderr,
    /// What a container wrote.
    #[default]
    ContainerLogs,
    /// What a healthcheck answered (`State.Health.Log`).
    HealthLog,
}

/// One text with what is known about where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Piece {
    pub kind: Kind,
    #[serde(default)]
    pub service: Option<String>,
    #[serde(default)]
    pub image: Option<String>,
    #[serde(default, deserialize_with = "its_end")]
    pub text: String,
    #[serde(default, deserialize_with = "or_nothing")]
    pub facts: Facts,
}

/// Reads null as nothing: whoever writes evidence by hand has a key for everything, and a value for some.
fn or_nothing<'a, D: Deserializer<'a>, T: Default + Deserialize<'a>>(
    from: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

/// Reads a text, and keeps what is looked at.
fn its_end<'a, D: Deserializer<'a>>(from: D) -> Result<String, D::Error> {
    let text: String = or_nothing(from)?;
    Ok(match tail(&text) {
        end if end.len() < text.len() => end.to_owned(),
        _ => text,
    })
}

/// Something that could not be looked at, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Gap {
    pub what: String,
    pub why: String,
}

/// Everything there is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Evidence {
    pub pieces: Vec<Piece>,
    /// Facts about the computer and the engine; those of a piece come first.
    #[serde(default, deserialize_with = "or_nothing")]
    pub facts: Facts,
    /// Services that do not run, with what each of them waits for.
    #[serde(default)]
    pub waiting: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub gaps: Vec<Gap>,
}

impl Evidence {
    /// Reads a file: one piece as in the contract, a list of them, or what a support bundle holds. A text that is no
    /// JSON is taken as what somebody copied from somewhere.
    ///
    /// # Errors
    /// What is wrong with JSON that is no evidence, in the parser's words.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        let text = String::from_utf8_lossy(bytes);
        let trimmed = text.trim_start_matches('\u{feff}').trim_start();
        let several = |pieces| Self {
            pieces,
            ..Self::default()
        };
        // Nothing is made of it before it is known to be evidence: a line of a log may be JSON, too.
        if trimmed.starts_with('[') {
            let names: Vec<Names> = serde_json::from_str(trimmed).unwrap_or_default();
            if names.iter().any(Names::is_piece) {
                return serde_json::from_str(trimmed).map(several);
            }
        } else if let Ok(names) = serde_json::from_str::<Names>(trimmed) {
            if names.pieces.is_some() {
                return serde_json::from_str(trimmed);
            }
            if names.is_piece() {
                return serde_json::from_str(trimmed).map(|piece| several(vec![piece]));
            }
        }
        Ok(Self::pasted(&text))
    }

    /// Takes a text somebody copied. Where it comes from shows in the text itself.
    pub(crate) fn pasted(text: &str) -> Self {
        let text = tail(text);
        let has = |words: &[&str]| words.iter().any(|it| text.contains(it));
        let kind = if has(&["Error response from daemon", "OCI runtime"]) {
            Kind::EngineError
        } else if has(&[
            "ERROR: for ",
            "dependency failed to start",
            "docker compose",
            "docker-compose",
            " Container ",
        ]) {
            Kind::ComposeStderr
        } else {
            Kind::ContainerLogs
        };
        Self {
            pieces: vec![Piece {
                kind,
                text: text.to_owned(),
                ..Piece::default()
            }],
            ..Self::default()
        }
    }
}

/// The names by which a document says that it means to be evidence, and nothing of what stands there: even a large one
/// takes no room.
#[derive(Deserialize)]
struct Names {
    kind: Option<IgnoredAny>,
    text: Option<IgnoredAny>,
    pieces: Option<IgnoredAny>,
}

impl Names {
    fn is_piece(&self) -> bool {
        self.kind.is_some() && self.text.is_some()
    }
}

/// Returns the end of a text, at most [`LIMIT`] bytes, beginning with a whole line where there is one.
pub(crate) fn tail(text: &str) -> &str {
    if text.len() <= LIMIT {
        return text;
    }
    let mut from = text.len() - LIMIT;
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let end = &text[from..];
    end.split_once('\n')
        .filter(|(_, rest)| !rest.is_empty())
        .map_or(end, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_file_is_read() {
        let one = br#"{"kind":"engine_error","text":"x","facts":{"exitCode":137}}"#;
        let read = Evidence::read(one).unwrap();
        assert_eq!(read.pieces[0].kind, Kind::EngineError);
        assert_eq!(read.pieces[0].facts.number(&["exit code"]), Some(137.0));
        let several = br#"[{"kind":"compose_stderr","service":null,"text":"x"}]"#;
        assert_eq!(Evidence::read(several).unwrap().pieces.len(), 1);
        let saved = serde_json::to_vec(&read).unwrap();
        assert_eq!(Evidence::read(&saved).unwrap(), read);
        let empty =
            br#"{"kind":"container_logs","service":null,"image":null,"text":"x","facts":null}"#;
        assert_eq!(Evidence::read(empty).unwrap().pieces[0].text, "x");
    }

    #[test]
    fn what_is_no_json_was_copied_from_somewhere() {
        let read = Evidence::read(b"Error response from daemon: conflict").unwrap();
        assert_eq!(read.pieces[0].kind, Kind::EngineError);
        let unheard = br#"{"kind":"a_kind_nobody_knows","text":"x"}"#;
        assert!(Evidence::read(unheard).is_err());
        let line =
            br#"{"level":"error","msg":"Bind for 0.0.0.0:80 failed: port is already allocated"}"#;
        assert_eq!(Evidence::read(line).unwrap().pieces.len(), 1);
    }

    #[test]
    fn of_a_long_text_the_end_is_kept_in_whole_lines() {
        let text = "ä".repeat(LIMIT) + "\nlast line";
        assert!(tail(&text).ends_with("last line"));
        assert!(tail(&text).len() <= LIMIT);
    }
}
