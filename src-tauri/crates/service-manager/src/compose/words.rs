//! Small notations of compose files: command lines and durations; pure.

use std::time::Duration;

/// Splits a command line as a shell would, without expanding anything. An open quote ends with the text, as Compose
/// has already accepted it.
pub(crate) fn split_command(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = line.chars();
    while let Some(char) = chars.next() {
        match char {
            '\'' => word
                .get_or_insert_default()
                .extend(chars.by_ref().take_while(|char| *char != '\'')),
            '"' => {
                let word = word.get_or_insert_default();
                while let Some(char) = chars.next() {
                    match char {
                        '"' => break,
                        // Inside double quotes a backslash protects only these.
                        '\\' => match chars.next() {
                            Some(escaped @ ('"' | '\\' | '$' | '`')) => word.push(escaped),
                            Some('\n') | None => {}
                            Some(other) => word.extend(['\\', other]),
                        },
                        char => word.push(char),
                    }
                }
            }
            '\\' => word.get_or_insert_default().extend(chars.next()),
            char if char.is_whitespace() => words.extend(word.take()),
            char => word.get_or_insert_default().push(char),
        }
    }
    words.extend(word);
    words
}

/// Reads `1m30s`, `1.5s`, `500ms`, `2h`, `1d`; a bare number counts nanoseconds, as Compose prints them when it
/// prints numbers at all.
pub(crate) fn duration(text: &str) -> Option<Duration> {
    let text = text.trim();
    if let Ok(nanoseconds) = text.parse::<u64>() {
        return Some(Duration::from_nanos(nanoseconds));
    }
    let mut seconds = 0.0;
    let mut rest = text;
    while !rest.is_empty() {
        let number = rest.find(|char: char| !char.is_ascii_digit() && char != '.')?;
        let unit = rest[number..]
            .find(|char: char| char.is_ascii_digit())
            .map_or(rest.len(), |at| number + at);
        let value: f64 = rest[..number].parse().ok()?;
        let factor = match &rest[number..unit] {
            "ns" => 1e-9,
            "us" | "µs" | "μs" => 1e-6,
            "ms" => 1e-3,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            "d" => 86_400.0,
            "w" => 604_800.0,
            _ => return None,
        };
        seconds += value * factor;
        rest = &rest[unit..];
    }
    Duration::try_from_secs_f64(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_split_like_a_shell_does() {
        for (line, words) in [
            ("", &[][..]),
            ("a  b\tc\n", &["a", "b", "c"]),
            (r#"echo "a b" 'c d' e\ f"#, &["echo", "a b", "c d", "e f"]),
            (
                r#"sh -c "echo \"x\" \$HOME \n""#,
                &["sh", "-c", r#"echo "x" $HOME \n"#],
            ),
            (r#"'' """#, &["", ""]),
            (r#"a"b"'c'd"#, &["abcd"]),
            ("'open", &["open"]),
            ("sh -c \"\nset -e\n\"", &["sh", "-c", "\nset -e\n"]),
        ] {
            assert_eq!(split_command(line), words, "{line}");
        }
    }

    #[test]
    fn durations() {
        for (text, milliseconds) in [
            ("30s", Some(30_000)),
            ("1m30s", Some(90_000)),
            ("1.5s", Some(1500)),
            ("500ms", Some(500)),
            ("2h", Some(7_200_000)),
            ("30000000000", Some(30_000)),
            ("0s", Some(0)),
            ("", Some(0)),
            ("10x", None),
            ("s", None),
            ("-1s", None),
        ] {
            let read = duration(text).map(|it| it.as_millis());
            assert_eq!(read, milliseconds, "{text}");
        }
    }
}
