//! What vendors write where a person is to write something else.

/// Parts that no real value has.
const PARTS: [&str; 12] = [
    "change_me",
    "changeme",
    "change-me",
    "change_this",
    "changethis",
    "change-this",
    "replace_me",
    "replaceme",
    "replace-me",
    "replace_with",
    "请修改",
    "请填写",
];
/// Beginnings: `your_password`, `your-domain.example`.
const BEGINNINGS: [&str; 4] = ["your_", "your-", "your ", "<your"];
/// Whole values.
const WHOLE: [&str; 9] = [
    "todo",
    "tbd",
    "fixme",
    "placeholder",
    "insert_here",
    "fill_me_in",
    "待填写",
    "待定",
    "***",
];

/// Whether a value is one that a person is to replace. Only what is certain: a false alarm on every start is worse than
/// one placeholder that is not seen.
pub(super) fn is_one(value: &str) -> bool {
    let value = value.trim().to_lowercase();
    let crossed = value.len() >= 3 && value.chars().all(|it| it == 'x');
    let angled = value.starts_with('<') && value.ends_with('>') && value.len() > 2;
    crossed
        || angled
        || WHOLE.contains(&value.as_str())
        || PARTS.iter().any(|part| value.contains(part))
        || BEGINNINGS
            .iter()
            .any(|beginning| value.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_told_from_values() {
        for value in [
            "CHANGE_ME",
            "changeme",
            "please-change-me!",
            "<password>",
            "<YOUR DOMAIN>",
            "xxx",
            "XXXXXXXX",
            "your_password_here",
            "YOUR-KEY",
            "TODO",
            "tbd",
            "请修改密码",
            "待填写",
            "***",
            "replace_with_token",
        ] {
            assert!(is_one(value), "{value}");
        }
        for value in [
            "",
            "x",
            "xx",
            "secret",
            "s3cr3t!",
            "a<b>c",
            "<",
            "todo-service",
            "exchange",
            "postgres",
            "yourshop.example",
            "https://example.com",
            "123456",
            "XxX1",
            "admin",
            "mexxxico",
            "mytodo",
        ] {
            assert!(!is_one(value), "{value}");
        }
    }
}
