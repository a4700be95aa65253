//! What rules read: files, with comments and strings told apart from code.

use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use std::fmt::{self, Write as _};

/// Returns the root of the checkout.
pub(crate) fn root() -> &'static Utf8Path {
    let Some(root) = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).parent() else {
        panic!("the package `tests` lies below the root")
    };
    root
}

/// One file as a rule sees it.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// Relative to the root, with forward slashes.
    pub path: String,
    /// Everything.
    pub text: String,
    /// The text with comments and what stands between quotes blanked out; lines stay where they are.
    pub code: String,
    /// Every string literal with its line.
    pub strings: Vec<(usize, String)>,
}

impl Source {
    /// Reads Rust source; modules under `#[cfg(test)]` are blanked out, because rules are about the product.
    pub(crate) fn rust(path: &str, text: &str) -> Self {
        let (code, mut strings) = blank(text, Dialect::Rust);
        let (code, tests) = without_tests(&code);
        strings.retain(|(line, _)| !tests.iter().any(|range| range.contains(line)));
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            code,
            strings,
        }
    }

    /// Reads JavaScript source.
    pub(crate) fn script(path: &str, text: &str) -> Self {
        let (code, strings) = blank(text, Dialect::JavaScript);
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            code,
            strings,
        }
    }

    /// Reads anything else; all of it counts as code.
    pub(crate) fn plain(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            code: text.to_owned(),
            strings: Vec::new(),
        }
    }

    /// Returns every place in the code where one of `words` stands as a whole word.
    pub(crate) fn findings(&self, words: &[&str]) -> Vec<Finding> {
        let lines = self.code.lines().enumerate();
        lines
            .filter_map(|(index, line)| {
                let word = words.iter().find(|word| has_word(line, word))?;
                Some(self.finding(index + 1, *word))
            })
            .collect()
    }

    /// Returns a finding in this file.
    pub(crate) fn finding(&self, line: usize, what: impl Into<String>) -> Finding {
        Finding {
            path: self.path.clone(),
            line,
            what: what.into(),
        }
    }
}

/// A place where a rule is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub path: String,
    pub line: usize,
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// Fails with the rule, why it is there, and every place that breaks it.
#[track_caller]
pub(crate) fn assert_none(rule: &str, why: &str, findings: &[Finding]) {
    if findings.is_empty() {
        return;
    }
    let mut message = format!("\nrule: {rule}\nwhy:  {why}\n");
    for finding in findings {
        let _ = writeln!(message, "  {finding}");
    }
    panic!("{message}");
}

/// Returns the Rust files below a folder of the checkout, test modules in files of their own left out.
pub(crate) fn rust_below(folder: &str) -> Vec<Source> {
    files_below(folder)
        .into_iter()
        .filter(|path| path.extension() == Some("rs") && path.file_name() != Some("tests.rs"))
        .map(|path| Source::rust(&relative(&path), &read(&path)))
        .collect()
}

/// Returns the library's files.
pub(crate) fn library() -> Vec<Source> {
    rust_below("src-tauri/crates/service-manager/src")
}

/// Returns the files of everything users run: the library, the command line, the window.
pub(crate) fn product() -> Vec<Source> {
    let mut files = library();
    files.extend(rust_below("src-tauri/crates/cli/src"));
    files.extend(rust_below("src-tauri/src"));
    files
}

/// Returns the page's own scripts, vendored ones left out.
pub(crate) fn page() -> Vec<Source> {
    files_below("ui/js")
        .into_iter()
        .filter(|path| path.extension() == Some("js"))
        .map(|path| Source::script(&relative(&path), &read(&path)))
        .collect()
}

/// Returns every file below a folder of the checkout, sorted; build output is not in it.
pub(crate) fn files_below(folder: &str) -> Vec<Utf8PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        let Ok(entries) = folder.read_dir_utf8() else {
            continue;
        };
        for entry in entries.flatten() {
            let path = entry.path().to_owned();
            let kind = entry.file_type();
            let skipped = matches!(
                entry.file_name(),
                "target" | "node_modules" | ".git" | "gen"
            );
            if kind.as_ref().is_ok_and(std::fs::FileType::is_dir) && !skipped {
                open.push(path);
            } else if kind.is_ok_and(|kind| kind.is_file()) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Returns a path relative to the root, with forward slashes.
pub(crate) fn relative(path: &Utf8Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .as_str()
        .replace('\\', "/")
}

/// Reads a file of the checkout.
pub(crate) fn read(path: &Utf8Path) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{error}"))
}

/// Whether `word` stands in `line` and no letter, digit or underscore touches it.
pub(crate) fn has_word(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    let edge = |c: Option<char>, own: Option<char>| !(c.is_some_and(part) && own.is_some_and(part));
    line.match_indices(word).any(|(at, _)| {
        edge(line[..at].chars().next_back(), word.chars().next())
            && edge(
                line[at + word.len()..].chars().next(),
                word.chars().next_back(),
            )
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Dialect {
    Rust,
    JavaScript,
}

/// Blanks comments and the inside of strings, and collects the strings.
fn blank(text: &str, dialect: Dialect) -> (String, Vec<(usize, String)>) {
    let chars: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut strings = Vec::new();
    let mut line = 1;
    let mut at = 0;
    // Blanks one character, keeping line ends.
    let hide = |code: &mut String, line: &mut usize, c: char| {
        if c == '\n' {
            *line += 1;
            code.push('\n');
        } else {
            code.push(' ');
        }
    };
    while at < chars.len() {
        let rest = |offset: usize| chars.get(at + offset).copied();
        match chars[at] {
            '/' if rest(1) == Some('/') => {
                while at < chars.len() && chars[at] != '\n' {
                    code.push(' ');
                    at += 1;
                }
            }
            '/' if rest(1) == Some('*') => {
                let mut depth = 0;
                while at < chars.len() {
                    let pair = (chars[at], chars.get(at + 1).copied());
                    let step = match pair {
                        ('/', Some('*')) if depth == 0 || dialect == Dialect::Rust => {
                            depth += 1;
                            2
                        }
                        ('*', Some('/')) => {
                            depth -= 1;
                            2
                        }
                        _ => 1,
                    };
                    for _ in 0..step {
                        hide(&mut code, &mut line, chars[at]);
                        at += 1;
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
            'r' if dialect == Dialect::Rust && raw_string(&chars, at).is_some() => {
                let hashes = raw_string(&chars, at).unwrap_or(0);
                let start = at + 2 + hashes;
                let ends = |end: usize| {
                    chars[end] == '"' && (1..=hashes).all(|n| chars.get(end + n) == Some(&'#'))
                };
                let end = (start..chars.len())
                    .find(|end| ends(*end))
                    .unwrap_or(chars.len());
                strings.push((line, chars[start..end].iter().collect()));
                let last = (end + 1 + hashes).min(chars.len());
                code.push('"');
                for c in &chars[at + 1..last.max(at + 2) - 1] {
                    hide(&mut code, &mut line, *c);
                }
                code.push('"');
                at = last;
            }
            quote @ ('"' | '\'' | '`') if is_string(&chars, at, quote, dialect) => {
                let started = line;
                let mut content = String::new();
                code.push(quote);
                at += 1;
                while at < chars.len() && chars[at] != quote {
                    if chars[at] == '\\' && at + 1 < chars.len() {
                        content.push(chars[at]);
                        hide(&mut code, &mut line, chars[at]);
                        at += 1;
                    }
                    content.push(chars[at]);
                    hide(&mut code, &mut line, chars[at]);
                    at += 1;
                }
                code.push(quote);
                at += 1;
                if !(dialect == Dialect::Rust && quote == '\'') {
                    strings.push((started, content));
                }
            }
            c => {
                if c == '\n' {
                    line += 1;
                }
                code.push(c);
                at += 1;
            }
        }
    }
    (code, strings)
}

/// Returns the number of hashes when a raw string begins here.
fn raw_string(chars: &[char], at: usize) -> Option<usize> {
    let before = at.checked_sub(1).and_then(|before| chars.get(before));
    if before.is_some_and(|c| c.is_alphanumeric() || *c == '_') {
        return None;
    }
    let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
    (chars.get(at + 1 + hashes) == Some(&'"')).then_some(hashes)
}

/// In Rust a single quote may begin a lifetime, and a backtick means nothing; in JavaScript all three make strings.
fn is_string(chars: &[char], at: usize, quote: char, dialect: Dialect) -> bool {
    match (dialect, quote) {
        (_, '"') | (Dialect::JavaScript, _) => true,
        (Dialect::Rust, '\'') => {
            chars.get(at + 1) == Some(&'\\') || chars.get(at + 2) == Some(&'\'')
        }
        (Dialect::Rust, _) => false,
    }
}

/// Blanks items under `#[cfg(test)]` and returns their lines.
fn without_tests(code: &str) -> (String, Vec<std::ops::Range<usize>>) {
    let mut out = code.to_owned();
    let mut ranges = Vec::new();
    let mut from = 0;
    while let Some(found) = ["#[cfg(test)]", "#[cfg(all(test"]
        .iter()
        .filter_map(|attribute| out[from..].find(attribute))
        .min()
    {
        let start = from + found;
        let end = end_of_item(&out, start);
        let first = out[..start].matches('\n').count() + 1;
        let last = out[..end].matches('\n').count() + 1;
        ranges.push(first..last + 1);
        let blanked: String = out[start..end]
            .chars()
            .map(|c| if c == '\n' { '\n' } else { ' ' })
            .collect();
        out.replace_range(start..end, &blanked);
        from = start + blanked.len();
    }
    (out, ranges)
}

/// Returns where the item that begins at `start` ends: its semicolon, or its matching brace.
fn end_of_item(code: &str, start: usize) -> usize {
    let mut depth = 0;
    for (at, c) in code[start..].char_indices() {
        match c {
            ';' if depth == 0 => return start + at + 1,
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return start + at + 1;
                }
            }
            _ => {}
        }
    }
    code.len()
}

#[test]
fn comments_strings_and_tests_are_no_code() {
    let source = Source::rust(
        "a.rs",
        "let a = \"bollard \\\" //\"; // bollard\n/* bollard\n/* bollard */ */ let b = 'x'; fn f<'a>(x: &'a str) {}\n\
         let r = r#\"bollard \"quoted\"\"#;\n#[cfg(test)]\nmod tests {\n    fn t() { bollard() }\n}\nfn last() {}\n",
    );
    assert!(!source.code.contains("bollard"), "{}", source.code);
    assert!(source.code.contains("fn f<'a>(x: &'a str)"));
    assert!(source.code.contains("fn last"));
    assert_eq!(source.code.lines().count(), source.text.lines().count());
    assert_eq!(
        source.strings,
        [
            (1, "bollard \\\" //".to_owned()),
            (4, "bollard \"quoted\"".to_owned())
        ]
    );
    let script = Source::script(
        "a.js",
        "const t = 'document'; // document\nconst u = `document`;\n",
    );
    assert!(script.findings(&["document"]).is_empty());
}

#[test]
fn a_word_is_a_whole_word() {
    assert!(has_word("use bollard::Docker;", "bollard"));
    assert!(!has_word("fn from_bollard()", "bollard"));
    assert!(has_word("std::env::var(name)", "env::var"));
    assert!(!has_word("std::env::vars_os()", "env::var"));
}
