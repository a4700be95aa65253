//! The entry with which a Linux desktop starts Quayside with the session (freedesktop.org, Desktop Entry and Autostart
//! Specification 1.5 and 0.5). Pure.

/// Returns what the file of the entry has to say, or nothing when what it says is as it should be. A person may have
/// changed the entry, or switched it off with the desktop's own tool: only the program is ours to keep right.
pub fn entry(now: Option<&str>, program: &str) -> Option<String> {
    let exec = format!("Exec={} --hidden", quoted(program));
    let Some(now) = now.filter(|text| text.contains("[Desktop Entry]")) else {
        return Some(format!(
            "[Desktop Entry]\nType=Application\nVersion=1.5\nName=Quayside\nIcon=quayside\n{exec}\nTerminal=false\nStartupNotify=false\n"
        ));
    };
    if now.lines().any(|line| line == exec) {
        return None;
    }
    let lines = now.lines().filter(|line| !line.starts_with("Exec="));
    let mut text = String::new();
    for line in lines {
        text.extend([line, "\n"]);
        if line == "[Desktop Entry]" {
            text.extend([&exec, "\n"]);
        }
    }
    Some(text)
}

/// A path as one argument of `Exec`: in quotes when it has to be, its special letters escaped for the quotes and once more
/// for the file, a percent sign doubled.
fn quoted(program: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+,:@=".contains(c);
    if program.chars().all(is_plain) {
        return program.to_owned();
    }
    let mut quoted = String::from("\"");
    for letter in program.chars() {
        match letter {
            '"' | '`' | '$' => quoted.push_str("\\\\"),
            '\\' => quoted.push_str("\\\\\\"),
            '%' => quoted.push('%'),
            _ => {}
        }
        quoted.push(letter);
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exec(program: &str) -> String {
        let text = entry(None, program).expect("is written");
        let line = text.lines().find_map(|line| line.strip_prefix("Exec="));
        line.expect("a program").to_owned()
    }

    #[test]
    fn a_program_is_one_argument_whatever_its_folder_is_called() {
        assert_eq!(exec("/usr/bin/quayside"), "/usr/bin/quayside --hidden");
        assert_eq!(
            exec("/home/anna maria/q"),
            "\"/home/anna maria/q\" --hidden"
        );
        assert_eq!(exec("/opt/100%/q"), "\"/opt/100%%/q\" --hidden");
        assert_eq!(exec("/opt/$x`y/q"), r#""/opt/\\$x\\`y/q" --hidden"#);
        assert_eq!(exec(r"/opt/a\b"), r#""/opt/a\\\\b" --hidden"#);
        assert_eq!(exec("/home/安装/q"), "/home/安装/q --hidden");
    }

    #[test]
    fn what_is_right_is_left_alone_and_a_program_that_moved_is_followed() {
        let first = entry(None, "/opt/a/quayside").expect("is written");
        assert_eq!(entry(Some(&first), "/opt/a/quayside"), None);
        let off = first.replace("Terminal", "Hidden=true\nTerminal");
        assert_eq!(
            entry(Some(&off), "/opt/a/quayside"),
            None,
            "switched off elsewhere"
        );
        let moved = entry(Some(&off), "/opt/b/quayside").expect("is written");
        assert!(moved.contains("Exec=/opt/b/quayside --hidden\n"), "{moved}");
        assert!(
            !moved.contains("/opt/a") && moved.contains("Hidden=true\n"),
            "{moved}"
        );
        assert!(entry(Some("nothing of use"), "/q").is_some());
    }
}
