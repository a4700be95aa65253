//! Changing one value of an env file and nothing else of it; pure.
//!
//! The two generations of Compose read the same line differently (python-dotenv in v1, a Go port of dotenv in v2), so a
//! value is written in a form that both read as exactly that value, and the result is read back before it is handed out.

use super::Generation;
use super::env_file::{Assignment, assignments};

/// Why a value cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EnvEditError {
    /// Not a name that Compose takes.
    #[error("not a name of a variable")]
    Name,
    /// A line break, or another character that no line can hold.
    #[error("a character that does not fit into a line")]
    Control,
    /// No way of quoting makes this Compose read exactly this value.
    #[error("this Compose cannot read that value")]
    Unwritable,
    /// The file reads differently afterwards: it is not as it seems.
    #[error("the file cannot be understood")]
    Unclear,
}

impl EnvEditError {
    /// Returns the key of its sentence in the catalogues.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Name => "env-value-name",
            Self::Control => "env-value-control",
            Self::Unwritable => "env-value-unwritable",
            Self::Unclear => "env-value-unclear",
        }
    }
}

/// Returns the file with one value changed: of the last assignment of `key`, which is the one that counts. Everything
/// else stays byte by byte. A key that is not there is added in a line at the end.
pub(crate) fn set(
    content: &[u8],
    key: &str,
    value: &str,
    generation: Generation,
) -> Result<Vec<u8>, EnvEditError> {
    if !is_name(key) {
        return Err(EnvEditError::Name);
    }
    if value.chars().any(char::is_control) {
        return Err(EnvEditError::Control);
    }
    let last = assignments(content).into_iter().rfind(|it| it.key == key);
    let written = form(value, last.as_ref().and_then(|it| it.quote), generation)
        .ok_or(EnvEditError::Unwritable)?;
    let edited = match last {
        Some(assignment) => replaced(content, &assignment, &written),
        None => appended(content, key, &written),
    };
    // Read back: what was written is what stands there now, and it is the last one.
    let back = assignments(&edited).into_iter().rfind(|it| it.key == key);
    if back.is_some_and(|it| edited[it.value] == *written.as_bytes()) {
        Ok(edited)
    } else {
        Err(EnvEditError::Unclear)
    }
}

/// Returns the file with parts of values replaced: ranges of bytes that do not overlap, in any order.
pub(crate) fn splice(content: &[u8], mut parts: Vec<(std::ops::Range<usize>, String)>) -> Vec<u8> {
    parts.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut edited = content.to_owned();
    for (range, text) in parts {
        edited.splice(range, text.into_bytes());
    }
    edited
}

/// Whether both generations take it as the name of a variable that a compose file can refer to.
pub(crate) fn is_name(key: &str) -> bool {
    let first = |char: char| char.is_ascii_alphabetic() || char == '_';
    key.starts_with(first) && key.chars().all(|it| first(it) || it.is_ascii_digit())
}

fn replaced(content: &[u8], at: &Assignment, written: &str) -> Vec<u8> {
    let range = at.value.clone();
    let mut text = written.to_owned();
    // What stood for nothing before a comment was the comment's own blank.
    if at.commented && !text.is_empty() && content.get(range.end) == Some(&b'#') {
        text.push(' ');
    }
    splice(content, vec![(range, text)])
}

fn appended(content: &[u8], key: &str, written: &str) -> Vec<u8> {
    let newline = if content.windows(2).any(|it| it == b"\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let line = format!("{key}={written}");
    let mut edited = content.to_owned();
    if content.is_empty() || content.ends_with(b"\n") {
        edited.extend(line.bytes().chain(newline.bytes()));
    } else {
        // A file that ends without a line break goes on doing so.
        edited.extend(newline.bytes().chain(line.bytes()));
    }
    edited
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Bare,
    Single,
    Double,
}

/// Returns the value as it is written: in the quotes that were there if they can hold it, in a form that both
/// generations read if there is one, else in one that the generation that is here reads.
fn form(value: &str, quote: Option<u8>, generation: Generation) -> Option<String> {
    let kept = match quote {
        None => Form::Bare,
        Some(b'\'') => Form::Single,
        Some(_) => Form::Double,
    };
    let forms = [kept, Form::Bare, Form::Single, Form::Double];
    let both = |form: &Form| form.read_by_v1(value) && form.read_by_v2(value);
    let here = |form: &Form| match generation {
        Generation::V1 => form.read_by_v1(value),
        Generation::V2 => form.read_by_v2(value),
    };
    let form = forms
        .iter()
        .find(|it| both(it))
        .or_else(|| forms.iter().find(|it| here(it)))?;
    Some(form.write(value))
}

impl Form {
    fn write(self, value: &str) -> String {
        match self {
            Self::Bare => value.to_owned(),
            Self::Single => format!("'{value}'"),
            Self::Double => {
                let escaped = value.replace('\\', r"\\").replace('"', "\\\"");
                format!("\"{}\"", escaped.replace('$', r"\$"))
            }
        }
    }

    /// v2 replaces `$` in all but single quotes; a backslash before a dollar keeps it within double quotes.
    fn read_by_v2(self, value: &str) -> bool {
        match self {
            Self::Bare => fits_bare(value) && !value.contains('$'),
            Self::Single => fits_single(value),
            Self::Double => true,
        }
    }

    /// v1 replaces `${` everywhere and a lone `$` nowhere, and knows no escape for either. A backslash before the closing
    /// quote escapes that for it, whatever is before: it reads on to the next quote of the file (python-dotenv 0.21).
    fn read_by_v1(self, value: &str) -> bool {
        !value.contains("${")
            && match self {
                Self::Bare => fits_bare(value),
                Self::Single => fits_single(value),
                Self::Double => !value.contains('$') && !value.ends_with('\\'),
            }
    }
}

fn fits_bare(value: &str) -> bool {
    let edges = value.trim() == value && !value.starts_with(['"', '\'', '#']);
    let mut before = ' ';
    let commented = value.chars().any(|char| {
        let begins = char == '#' && before.is_whitespace();
        before = char;
        begins
    });
    edges && !commented
}

/// A backslash means something in single quotes only before another one and before a quote, and v1 and v2 disagree what.
fn fits_single(value: &str) -> bool {
    !value.contains('\'') && !value.contains(r"\\") && !value.ends_with('\\')
}

#[cfg(test)]
mod tests;
