//! Values of variables that tell nothing and are needed to understand anything: numbers, sizes, names of services. Pure.

/// Returns whether a value is a switch or a small number, so that no secret can be in it.
pub(super) fn is_flag(value: &str) -> bool {
    let value = value.trim();
    let digits = value.bytes().all(|it| it.is_ascii_digit());
    digits && value.len() <= 2
}

/// Returns whether nothing that has to be found could be in a text: short, or the digits and letters of an id.
pub(super) fn is_plain(text: &str) -> bool {
    text.len() < 5
        || text.len() == 64 && text.bytes().all(|it| it.is_ascii_hexdigit())
        || text.len() == 71 && text.starts_with("sha256:")
}

/// Returns whether a value of a variable without a secret's name may be read by anybody.
pub(super) fn is_harmless(value: &str, is_kept: impl Fn(&str) -> bool) -> bool {
    let value = value.trim();
    if value.chars().count() < 4 || is_kept(value) {
        return true;
    }
    if !value.is_ascii() {
        return false;
    }
    is_measure(value)
        || is_word(value)
        || is_place(value, &is_kept)
        || is_name_of_time_or_tongue(value)
        || is_parts(value, &is_kept)
}

/// `80`, `512m`, `30s`, `1.2.3`, `0.0.0.0:80`, `8080:80/tcp`, `2025-01-01`
fn is_measure(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    let short = value.len() <= 24
        && letters <= 3
        && !value.contains(['@', '!', '#', '$', '%', '&', '*', '=']);
    let only_digits = digits == value.len();
    // Long numbers are those of people, cards and accounts.
    digits > 0
        && short
        && !(only_digits && value.len() > 10)
        && (letters == 0 || digits + letters < 9)
}

/// `production`, `INFO`: one word of letters.
fn is_word(value: &str) -> bool {
    let lower = value.bytes().all(|it| it.is_ascii_lowercase());
    let upper = value.bytes().all(|it| it.is_ascii_uppercase());
    let title = value.as_bytes()[0].is_ascii_uppercase()
        && value.bytes().skip(1).all(|it| it.is_ascii_lowercase());
    (lower || upper || title) && value.len() <= 14
}

/// Paths inside containers, addresses of services: every part is a plain word.
fn is_place(value: &str, is_kept: &impl Fn(&str) -> bool) -> bool {
    let (scheme, rest) = value.split_once("://").unwrap_or(("", value));
    let is_scheme = scheme.len() <= 12
        && scheme
            .bytes()
            .all(|it| it.is_ascii_lowercase() || it == b'+' || it == b':');
    let is_path = rest.starts_with(['/', '.']) || !scheme.is_empty();
    let fine = |part: &str| {
        part.len() <= 24
            && part.split(['.', '-', '_', ':', '+']).all(|word| {
                word.bytes().all(|it| it.is_ascii_digit()) && word.len() <= 5
                    || word.bytes().all(|it| it.is_ascii_alphabetic()) && word.len() <= 14
                    || is_kept(word)
                    || is_versioned(word)
            })
    };
    is_path
        && is_scheme
        && !value.contains(['@', '?', '&', '=', '#'])
        && !scheme.is_empty() | value.starts_with(['/', '.'])
        && rest.split(['/', ',', ':', ';']).all(fine)
        && !["/home/", "/Users/"].iter().any(|it| value.contains(it))
}

/// `jdk17`, `v2`, `x86`
fn is_versioned(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = word.len() - letters;
    letters <= 10 && digits <= 3 && word.bytes().skip(letters).all(|it| it.is_ascii_digit())
}

/// `Asia/Shanghai`, `en_US.UTF-8`, `utf8mb4_unicode_ci`
fn is_name_of_time_or_tongue(value: &str) -> bool {
    let zone = [
        "Africa/",
        "America/",
        "Antarctica/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
        "Etc/",
    ];
    let letters = |text: &str| {
        text.bytes()
            .all(|it| it.is_ascii_alphabetic() || matches!(it, b'_' | b'/' | b'-'))
    };
    if let Some(rest) = zone.iter().find_map(|it| value.strip_prefix(it)) {
        return rest.len() <= 32
            && letters(rest.trim_end_matches(|it: char| it.is_ascii_digit() || it == '+'));
    }
    let small = value.to_ascii_lowercase();
    let coding = small.rsplit('.').next().unwrap_or_default();
    matches!(coding, "utf-8" | "utf8") && value.len() <= 16
        || small.starts_with("utf8mb") && value.len() <= 28
}

/// `shop/web:2.4`, `db,cache`, `my-app`: made of words that stay, and numbers.
fn is_parts(value: &str, is_kept: &impl Fn(&str) -> bool) -> bool {
    value.len() <= 200
        && value
            .split(['/', ':', ',', '-', '_', '.', ' '])
            .all(|part| {
                part.is_empty()
                    || part.len() <= 5 && part.bytes().all(|it| it.is_ascii_digit())
                    || is_kept(part)
            })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_may_read_and_what_not() {
        let kept = |word: &str| matches!(word, "web" | "db" | "shop" | "redis" | "http");
        for value in [
            "true",
            "8080",
            "512m",
            "30s",
            "1.2.3",
            "0.0.0.0:80",
            "production",
            "INFO",
            "/usr/local/bin:/usr/bin:/bin",
            "http://web:8080/v1",
            "Asia/Shanghai",
            "en_US.UTF-8",
            "utf8mb4_unicode_ci",
            "shop/web:2.4",
            "db",
            "2025-01-01",
            "/opt/jdk17/bin",
            "redis://redis:6379/0",
            "3306",
            "tcp://db:3306",
        ] {
            assert!(is_harmless(value, kept), "{value}");
        }
        for value in [
            "hunter22",
            "correct-horse",
            "mysql://app:pw@db/shop",
            "ACME Ltd, Springfield",
            "Tr0ub4dor&3",
            "a1b2c3d4e5",
            "4111111111111111",
            "13800138000",
            "/home/alice/x",
            "qwertyuiopasdfghjkl",
            "https://h/x?k=abc",
            "张伟公司",
        ] {
            assert!(!is_harmless(value, kept), "{value}");
        }
    }
}
