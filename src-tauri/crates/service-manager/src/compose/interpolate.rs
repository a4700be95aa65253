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

/// A variable that a text refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    pub name: String,
    /// What the text says for when there is no value.
    pub fallback: Fallback,
}

/// What happens where a variable has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fallback {
    /// It is empty, and Compose warns.
    Empty,
    /// `${V:-d}`, `${V-d}`, `${V:+d}`, `${V+d}`: the text provides.
    Given,
    /// `${V:?}`, `${V?}`: Compose refuses.
    Required,
}

/// Returns the variables a text refers to, in order, those inside of defaults too. A text that is none has none.
pub(crate) fn references(text: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    refer(text, DEPTH, &mut found);
    found
}

fn refer(text: &str, depth: u8, found: &mut Vec<Reference>) {
    let mut rest = text;
    while let Some(dollar) = rest.find('$').filter(|_| depth > 0) {
        rest = &rest[dollar + 1..];
        if let Some(after) = rest.strip_prefix('$') {
            rest = after;
        } else if let Some(after) = rest.strip_prefix('{') {
            let Some(end) = closing(after) else { return };
            let (name, operation) = after[..end].split_at(name_length(&after[..end]));
            let operation = operation.strip_prefix(':').unwrap_or(operation);
            let fallback = match operation.chars().next() {
                Some('?') => Fallback::Required,
                Some(_) => Fallback::Given,
                None => Fallback::Empty,
            };
            push(found, name, fallback);
            refer(operation, depth - 1, found);
            rest = &after[end + 1..];
        } else {
            let end = name_length(rest);
            push(found, &rest[..end], Fallback::Empty);
            rest = &rest[end..];
        }
    }
}

fn push(found: &mut Vec<Reference>, name: &str, fallback: Fallback) {
    if !name.is_empty() {
        let name = name.to_owned();
        found.push(Reference { name, fallback });
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
    fn references_are_found_with_what_stands_in_for_them() {
        let found: Vec<(String, Fallback)> =
            references("$A-${B}:${C:-${D:?no}}${E?x}$$F ${G:+$H} $(i) ${J")
                .into_iter()
                .map(|it| (it.name, it.fallback))
                .collect();
        let expected = [
            ("A", Fallback::Empty),
            ("B", Fallback::Empty),
            ("C", Fallback::Given),
            ("D", Fallback::Required),
            ("E", Fallback::Required),
            ("G", Fallback::Given),
            ("H", Fallback::Empty),
        ]
        .map(|(name, fallback)| (name.to_owned(), fallback));
        assert_eq!(found, expected);
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
