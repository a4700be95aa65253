//! The forms in which a known secret can be written. Pure.

use std::collections::BTreeSet;
use std::fmt::Write;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Returns every form of a value, the plain one included; all are UTF-8.
pub(super) fn forms(value: &str) -> BTreeSet<String> {
    let mut forms = BTreeSet::from([value.to_owned()]);
    let plain: Vec<String> = vec![
        json(value),
        value.replace('/', "\\/"),
        go_json(value),
        ascii_json(value),
        xml(value),
        // Single quotes of YAML and SQL, of a shell, double quotes of a shell, dollars of Compose.
        value.replace('\'', "''"),
        value.replace('\'', r"'\''"),
        value.replace('\'', r#"'"'"'"#),
        shell(value, "$`\"\\!"),
        shell(value, "$`\"\\!'&;|<>()*?[]#~= \t{}^@,%+:"),
        shell(value, " "),
        shell(value, ":@"),
        value.replace('\\', "\\\\"),
        value.replace('\'', "\\'"),
        value.replace('$', "$$"),
        value.replace('%', "%%"),
        value.replace('\n', "\\n"),
        percent(value, ""),
        percent(value, " ").replace(' ', "+"),
        percent(value, "!*'()"),
        percent(value, "!*'();/?:@&=+$,#"),
        percent(value, ":/?#[]@!$&'()*+,;="),
        percent(value, "").replace("%7E", "~"),
        hex(value.as_bytes()),
    ];
    for form in plain {
        forms.insert(form.replace('%', "%25"));
        // JSON within JSON, as journals and labels have it.
        forms.insert(json(&json(&form)));
        forms.insert(json(&form));
        forms.insert(form);
    }
    let every: String = hex(value.as_bytes());
    let every = every
        .as_bytes()
        .chunks(2)
        .fold(String::new(), |mut text, pair| {
            text.push('%');
            text.extend(pair.iter().map(|it| char::from(*it)));
            text
        });
    forms.insert(every.to_ascii_uppercase());
    forms.insert(every);
    forms.insert(lower_percent(&percent(value, "")));
    forms.insert(lower_percent(&percent(value, " ").replace(' ', "+")));
    forms.insert(lower_percent(&percent(value, "!*'()")));
    forms.insert(hex(value.as_bytes()).to_ascii_uppercase());
    if value.len() >= 4 {
        let wide: Vec<u8> = value.encode_utf16().flat_map(u16::to_le_bytes).collect();
        if let Ok(text) = String::from_utf8(wide.clone()) {
            forms.insert(text);
        }
        for bytes in [value.as_bytes(), &wide] {
            let alone = base64(bytes);
            forms.insert(format!("{alone}{}", "=".repeat((4 - alone.len() % 4) % 4)));
            forms.insert(alone);
            for (at, form) in base64_within(bytes).into_iter().enumerate() {
                // What is left of a short one could be any word.
                if form.len() >= 6 || at == 0 && form.len() >= 4 {
                    forms.insert(form.replace('+', "-").replace('/', "_"));
                    forms.insert(form.replace('/', "\\/"));
                    forms.insert(percent(&form, ""));
                    forms.insert(form);
                }
            }
        }
    }
    forms
}

/// The inside of a JSON string.
fn json(value: &str) -> String {
    let quoted = serde_json::to_string(value).unwrap_or_default();
    quoted
        .get(1..quoted.len().saturating_sub(1))
        .unwrap_or_default()
        .to_owned()
}

/// The same as Go's encoder writes it, which Docker and Compose use.
fn go_json(value: &str) -> String {
    let text = json(value);
    let text = text.replace('<', "\\u003c").replace('>', "\\u003e");
    text.replace('&', "\\u0026")
}

/// The same with everything beyond ASCII escaped, as Python does it.
fn ascii_json(value: &str) -> String {
    json(value).chars().fold(String::new(), |mut text, char| {
        if char.is_ascii() {
            text.push(char);
        } else {
            for unit in char.encode_utf16(&mut [0; 2]) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        }
        text
    })
}

fn xml(value: &str) -> String {
    let text = value.replace('&', "&amp;").replace('<', "&lt;");
    let text = text.replace('>', "&gt;").replace('"', "&quot;");
    text.replace('\'', "&#39;")
}

fn shell(value: &str, escaped: &str) -> String {
    value.chars().fold(String::new(), |mut text, char| {
        if escaped.contains(char) {
            text.push('\\');
        }
        text.push(char);
        text
    })
}

/// Percent-encodes all but letters, digits, `-._~` and what is given.
fn percent(value: &str, kept: &str) -> String {
    value.bytes().fold(String::new(), |mut text, byte| {
        let char = char::from(byte);
        if byte.is_ascii_alphanumeric()
            || b"-._~".contains(&byte)
            || byte.is_ascii() && kept.contains(char)
        {
            text.push(char);
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

fn lower_percent(text: &str) -> String {
    let mut out = String::new();
    let mut after = 0;
    for char in text.chars() {
        after = if char == '%' {
            3
        } else {
            i32::max(after - 1, 0)
        };
        out.push(if after > 0 {
            char.to_ascii_lowercase()
        } else {
            char
        });
    }
    out
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What base64 makes of bytes wherever they stand in something longer: at one of three places, without the letters that
/// their neighbours have a part in.
fn base64_within(bytes: &[u8]) -> [String; 3] {
    [0, 1, 2].map(|shift| {
        let mut all = vec![0; shift];
        all.extend_from_slice(bytes);
        let text = base64(&all);
        let begin = [0, 2, 3][shift];
        let end = all.len() * 8 / 6;
        text.get(begin..end.max(begin))
            .unwrap_or_default()
            .to_owned()
    })
}

/// Without padding.
pub(super) fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let mut group = [0; 3];
        group[..chunk.len()].copy_from_slice(chunk);
        let bits = u32::from(group[0]) << 16 | u32::from(group[1]) << 8 | u32::from(group[2]);
        for at in 0..=chunk.len() {
            let index = bits >> (18 - 6 * at) & 63;
            text.push(char::from(ALPHABET[index as usize]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_what_others_make_of_it() {
        assert_eq!(base64(b"user:pass"), "dXNlcjpwYXNz");
        assert_eq!(base64(b"ab"), "YWI");
        let forms = forms("s3cr3t-Value");
        for (before, after) in [("", ""), ("a", "b"), ("ab", ""), ("abc", "xyz")] {
            let all = base64(format!("{before}s3cr3t-Value{after}").as_bytes());
            assert!(
                forms
                    .iter()
                    .any(|form| form.len() > 8 && all.contains(form.as_str())),
                "{all}"
            );
        }
    }

    #[test]
    fn a_value_is_known_in_the_ways_tools_write_it() {
        let forms = forms("a'b\"c$d&e f/g");
        for form in [
            r#"a'b\"c$d&e f/g"#,
            r#"a'b\"c$d\u0026e f/g"#,
            "a%27b%22c%24d%26e%20f%2Fg",
            "a%27b%22c%24d%26e+f%2Fg",
            "a%27b%22c%24d%26e%20f%2fg",
            "a''b\"c$d&e f/g",
            r#"a'\''b"c$d&e f/g"#,
            "a'b\"c$$d&e f/g",
            "a&#39;b&quot;c$d&amp;e f/g",
            "6127622263246426652066 2f67".replace(' ', "").as_str(),
        ] {
            assert!(forms.contains(form), "{form}: {forms:#?}");
        }
    }
}
