//! Interpolation as Compose does it: `$V ${V} ${V:-d} ${V-d} ${V:?e} ${V?e} ${V:+x} ${V+x} $$`, nested; pure.

/// Why a text cannot be interpolated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum InterpolationError {
    /// `${V:?words}` without a V.
    #[error("required variable {name} is missing a value: {words}")]
    Required { name: String, words: String },
    /// `${V`, `${}` or the like.
    #[error("invalid interpolation format: {text}")]
    Format { text: String },
}

/// Deeper nesting is not written by people.
const DEPTH: u8 = 16;

/// Returns `text` with the variables replaced; a variable that is not set is empty, as in Compose.
pub(crate) fn interpolate(
    text: &str,
    lookup: &dyn Fn(&str) -> Option<String>,
) -> Result<String, InterpolationError> {
    expand(text, lookup, DEPTH)
}

fn expand(
    text: &str,
    lookup: &dyn Fn(&str) -> Option<String>,
    depth: u8,
) -> Result<String, InterpolationError> {
    let invalid = || InterpolationError::Format {
        text: text.to_owned(),
    };
    if depth == 0 {
        return Err(invalid());
    }
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(dollar) = rest.find('$') {
        result.push_str(&rest[..dollar]);
        rest = &rest[dollar + 1..];
        if let Some(after) = rest.strip_prefix('$') {
            result.push('$');
            rest = after;
        } else if let Some(after) = rest.strip_prefix('{') {
            let end = closing(after).ok_or_else(invalid)?;
            result.push_str(&substitute(&after[..end], lookup, depth, &invalid)?);
            rest = &after[end + 1..];
        } else {
            // What begins no name is no variable: `$1`, `$(date)`, a pattern's `$` at its end.
            let end = name_length(rest);
            if end == 0 {
                result.push('$');
            } else {
                result.push_str(&lookup(&rest[..end]).unwrap_or_default());
            }
            rest = &rest[end..];
        }
    }
    result.push_str(rest);
    Ok(result)
}

fn substitute(
    inside: &str,
    lookup: &dyn Fn(&str) -> Option<String>,
    depth: u8,
    invalid: &dyn Fn() -> InterpolationError,
) -> Result<String, InterpolationError> {
    let (name, operation) = inside.split_at(name_length(inside));
    if name.is_empty() {
        return Err(invalid());
    }
    let value = lookup(name);
    let filled = value.clone().filter(|value| !value.is_empty());
    let (value, operation) = match operation.strip_prefix(':') {
        Some(operation) => (filled, operation),
        None => (value, operation),
    };
    let mut chars = operation.chars();
    let operator = chars.next();
    let word = || expand(chars.as_str(), lookup, depth - 1);
    match operator {
        None if inside.ends_with(':') => Err(invalid()),
        None => Ok(value.unwrap_or_default()),
        Some('-') => value.map_or_else(word, Ok),
        Some('+') => value.map_or_else(|| Ok(String::new()), |_| word()),
        Some('?') => match value {
            Some(value) => Ok(value),
            None => Err(InterpolationError::Required {
                name: name.to_owned(),
                words: word()?,
            }),
        },
        Some(_) => Err(invalid()),
    }
}

/// Returns where the brace that is already open closes.
fn closing(text: &str) -> Option<usize> {
    let mut open = 1_u32;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'{' if at > 0 && bytes[at - 1] == b'$' => open += 1,
            b'}' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some(at);
        }
    }
    None
}

fn name_length(text: &str) -> usize {
    if text.starts_with(|char: char| char.is_ascii_digit()) {
        return 0;
    }
    text.find(|char: char| !char.is_ascii_alphanumeric() && char != '_')
        .unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_variables(text: &str) -> Result<String, InterpolationError> {
        interpolate(text, &|name| match name {
            "SET" => Some("value".into()),
            "EMPTY" => Some(String::new()),
            _ => None,
        })
    }

    #[test]
    fn every_form() {
        for (text, expected) in [
            ("plain", "plain"),
            ("$SET-${SET}", "value-value"),
            ("$UNSET.", "."),
            ("${UNSET:-d}", "d"),
            ("${EMPTY:-d}", "d"),
            ("${EMPTY-d}", ""),
            ("${UNSET-d}", "d"),
            ("${SET:+x}", "x"),
            ("${UNSET:+x}", ""),
            ("${EMPTY+x}", "x"),
            ("${SET:?no}", "value"),
            ("$$SET", "$SET"),
            ("${UNSET:-${SET:-z}}", "value"),
            ("${UNSET:-a${EMPTY:-b}c}", "abc"),
            ("${UNSET:-a:b}", "a:b"),
            ("${UNSET:-{\"a\"}", "{\"a\""),
            ("$1 $(date) ^a+$", "$1 $(date) ^a+$"),
            ("中文$SET文", "中文value文"),
        ] {
            assert_eq!(with_variables(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn errors_say_what_is_missing() {
        assert_eq!(
            with_variables("${UNSET:?set $SET}"),
            Err(InterpolationError::Required {
                name: "UNSET".into(),
                words: "set value".into()
            })
        );
        for text in ["${UNSET", "${}", "${1x}", "${A!b}", "${A:}"] {
            assert!(
                matches!(with_variables(text), Err(InterpolationError::Format { .. })),
                "{text}"
            );
        }
    }
}
