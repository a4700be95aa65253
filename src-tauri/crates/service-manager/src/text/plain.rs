//! Lines of programs, made fit to be shown and kept.

/// Returns a line without colours, cursor movements and control characters.
pub fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\u{1b}' => match chars.next() {
                // CSI: parameters, then one letter
                Some('[') => {
                    while chars
                        .next()
                        .is_some_and(|char| !('@'..='~').contains(&char))
                    {}
                }
                // OSC: to BEL or ESC \
                Some(']') => {
                    while let Some(char) = chars.next() {
                        if char == '\u{7}' {
                            break;
                        }
                        if char == '\u{1b}' {
                            chars.next();
                            break;
                        }
                    }
                }
                _ => {}
            },
            '\t' => text.push(' '),
            char if char.is_control() => {}
            char => text.push(char),
        }
    }
    text.truncate(text.trim_end().len());
    text
}
