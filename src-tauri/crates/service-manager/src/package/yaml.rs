//! Parsing YAML with limits of our own, before Compose is asked: Compose 2.26 spends minutes of CPU on an alias bomb.

use crate::images::archive::is_web_page;
use camino::Utf8Path;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::io::{self, Read};

/// Real compose files are under 1 MiB.
const SIZE_LIMIT: usize = 8 << 20;

/// The keys under which the tags `!reset` and `!override` travel in a JSON value.
pub(crate) const RESET: &str = "\0reset";
pub(crate) const OVERRIDE: &str = "\0override";

/// What is wrong with a YAML file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A saved web page.
    WebPage,
    /// A tab where only spaces may be.
    Tab,
    /// The same key twice.
    DuplicateKey { key: String },
    /// Aliases that expand without end, or nesting beyond any use: Compose must not see it.
    Hostile,
    /// More bytes than a compose file has.
    TooLarge,
    /// Neither UTF-8 nor UTF-16.
    Encoding,
    /// Anything else, in the parser's words.
    Syntax { reason: String },
}

/// A YAML file that cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct YamlError {
    pub(crate) fault: Fault,
    pub(crate) line: Option<u32>,
}

impl YamlError {
    /// Returns whether Compose must not be given the file to decide.
    pub(crate) const fn is_hostile(&self) -> bool {
        matches!(
            self.fault,
            Fault::Hostile | Fault::TooLarge | Fault::WebPage
        )
    }
}

/// Reads a file of text that is named by a package. Only regular files, because a pipe waits for a writer and a device
/// has no end; and never more than [`parse`] takes.
pub(crate) fn read(path: &Utf8Path) -> io::Result<Vec<u8>> {
    if !fs_err::metadata(path)?.is_file() {
        return Err(io::Error::from(io::ErrorKind::InvalidInput));
    }
    let mut content = Vec::new();
    let file = fs_err::File::open(path)?;
    file.take(SIZE_LIMIT as u64 + 1).read_to_end(&mut content)?;
    Ok(content)
}

/// Parses every document of a file, merge keys applied.
pub(crate) fn parse(content: &[u8]) -> Result<Vec<Value>, YamlError> {
    let at = |fault, line| YamlError { fault, line };
    if content.len() > SIZE_LIMIT {
        return Err(at(Fault::TooLarge, None));
    }
    if is_web_page(content) {
        return Err(at(Fault::WebPage, Some(1)));
    }
    let text = decode(content).ok_or_else(|| at(Fault::Encoding, first_bad_line(content)))?;
    let mut documents = Vec::new();
    for document in serde_yaml::Deserializer::from_str(&text) {
        let parsed = serde_yaml::Value::deserialize(document);
        let value = to_json(parsed.map_err(|error| classify(&text, &error))?);
        documents.push(value.map_err(|odd| match odd {
            Odd::Merge => {
                let reason = "map merge requires map or sequence of maps as the value".to_owned();
                at(Fault::Syntax { reason }, None)
            }
            Odd::Key => {
                // `{{ name }}`: a template that nobody filled in.
                let line = text.lines().position(|line| line.contains("{{"));
                let line = line.and_then(|line| u32::try_from(line + 1).ok());
                let reason = "invalid map key".to_owned();
                at(Fault::Syntax { reason }, line)
            }
        })?);
    }
    Ok(documents)
}

/// What the parser takes and Compose does not.
enum Odd {
    /// `<<: 5`
    Merge,
    /// `{a: b}: c`
    Key,
}

/// Returns the text of a file, whatever its byte order.
pub(crate) fn decode(content: &[u8]) -> Option<String> {
    let wide = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes
            .chunks_exact(2)
            .map(|pair| read([pair[0], pair[1]]))
            .collect();
        String::from_utf16(&units).ok()
    };
    match content {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => String::from_utf8(content.to_vec()).ok(),
    }
}

fn first_bad_line(content: &[u8]) -> Option<u32> {
    let good = std::str::from_utf8(content).err()?.valid_up_to();
    let lines = String::from_utf8_lossy(&content[..good])
        .matches('\n')
        .count();
    u32::try_from(lines + 1).ok()
}

fn classify(text: &str, error: &serde_yaml::Error) -> YamlError {
    let words = error.to_string();
    let mut line = error
        .location()
        .and_then(|place| u32::try_from(place.line()).ok());
    let fault = if words.contains("repetition limit") || words.contains("recursion limit") {
        Fault::Hostile
    } else if let Some(key) = words
        .split("duplicate entry with key \"")
        .nth(1)
        .and_then(|it| it.split('"').next())
    {
        line = second_occurrence(text, key, line).or(line);
        Fault::DuplicateKey {
            key: key.to_owned(),
        }
    } else if let Some(tab) = tab_line(text) {
        line = Some(tab);
        Fault::Tab
    } else {
        // The parser gives a line or, for bytes that may not be there at all, only a position.
        if let Some((_, position)) = words.split_once(" at position ") {
            let position = position.split(|char: char| !char.is_ascii_digit()).next();
            let before = position.and_then(|it| text.get(..it.parse().ok()?));
            line = before.and_then(|it| u32::try_from(it.matches('\n').count() + 1).ok());
        }
        let reason = words.split(" at line ").next().unwrap_or(&words);
        let reason = reason.split(" at position ").next().unwrap_or(reason);
        let reason = reason
            .rsplit_once("]: ")
            .map_or(reason, |(_, reason)| reason);
        Fault::Syntax {
            reason: reason.to_owned(),
        }
    };
    YamlError { fault, line }
}

/// Returns the first line indented by a tab.
fn tab_line(text: &str) -> Option<u32> {
    let at = text.lines().position(|line| {
        line.trim_start_matches(' ').starts_with('\t') && !line.trim().is_empty()
    })?;
    u32::try_from(at + 1).ok()
}

/// The parser says where the mapping begins; people want the line that repeats the key.
fn second_occurrence(text: &str, key: &str, from: Option<u32>) -> Option<u32> {
    let from = from.unwrap_or(1).saturating_sub(1) as usize;
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut seen: Vec<usize> = Vec::new();
    for (at, line) in text.lines().enumerate().skip(from) {
        if key_of(line) == Some(key) {
            if seen.contains(&indent(line)) {
                return u32::try_from(at + 1).ok();
            }
            seen.push(indent(line));
        } else if !line.trim().is_empty() {
            // Leaving a mapping forgets the keys of deeper ones.
            seen.retain(|known| *known <= indent(line));
        }
    }
    None
}

fn key_of(line: &str) -> Option<&str> {
    let line = line.trim_start().trim_start_matches("- ");
    let (key, rest) = line.split_once(':')?;
    (rest.is_empty() || rest.starts_with(' ')).then(|| key.trim().trim_matches(['"', '\'']))
}

/// Returns the line of a key such as `services.web.ports`, as far down as it can be followed.
pub(crate) fn line_of(text: &str, path: &str) -> Option<u32> {
    follow(text, path).0
}

/// Returns the line of a key if it is there as a whole.
pub(crate) fn line_of_whole(text: &str, path: &str) -> Option<u32> {
    let (line, rest) = follow(text, path);
    line.filter(|_| rest.is_empty())
}

/// Follows a path of keys, which may have dots in them, and returns what is left of it.
fn follow<'a>(text: &str, path: &'a str) -> (Option<u32>, &'a str) {
    let mut found = None;
    let mut from = 0;
    let mut parent: Option<usize> = None;
    let lines: Vec<&str> = text.lines().collect();
    let mut rest = without_numbers(path);
    while !rest.is_empty() {
        let mut child: Option<usize> = None;
        let block = lines
            .iter()
            .enumerate()
            .skip(from)
            .filter_map(|(at, line)| {
                let content = line.trim_start();
                let says_nothing = content.is_empty() || content.starts_with('#');
                (!says_nothing).then(|| (at, line.len() - content.len(), *line))
            });
        let hits = block
            .take_while(|(_, indent, _)| parent.is_none_or(|parent| *indent > parent))
            .filter_map(|(at, indent, line)| {
                let level = *child.get_or_insert(indent);
                let key = key_of(line).filter(|key| indent == level && !key.is_empty())?;
                let after = rest.strip_prefix(key)?;
                let ends = after.is_empty() || after.starts_with('.');
                ends.then_some((at, indent, after))
            });
        // The longest: `wazuh.manager` is not the key manager of wazuh. Of two the first.
        let Some((at, indent, after)) = hits.min_by_key(|(at, _, after)| (after.len(), *at)) else {
            break;
        };
        found = u32::try_from(at + 1).ok();
        from = at + 1;
        parent = Some(indent);
        rest = without_numbers(after);
    }
    (found, rest)
}

/// Leaves out the numbers of list items, which no line has.
fn without_numbers(path: &str) -> &str {
    let path = path.trim_start_matches('.');
    let part = path.split('.').next().unwrap_or_default();
    let item = part.trim_start_matches('[').trim_end_matches(']');
    if !part.is_empty() && item.chars().all(|char| char.is_ascii_digit()) {
        without_numbers(&path[part.len()..])
    } else {
        path
    }
}

/// Converts a value, merge keys applied: also those inside what is merged, which the parser's own merging leaves out.
fn to_json(value: serde_yaml::Value) -> Result<Value, Odd> {
    use serde_yaml::Value as Yaml;
    Ok(match value {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => Value::Bool(value),
        Yaml::Number(number) => number_to_json(&number),
        Yaml::String(text) => Value::String(text),
        Yaml::Sequence(items) => {
            Value::Array(items.into_iter().map(to_json).collect::<Result<_, _>>()?)
        }
        Yaml::Mapping(map) => {
            let mut own = Map::new();
            let mut merged = Map::new();
            for (key, value) in map {
                let key = key_to_string(key)?;
                let value = to_json(value)?;
                if key == "<<" {
                    merge_under(&mut merged, value)?;
                } else {
                    own.insert(key, value);
                }
            }
            for (key, value) in merged {
                own.entry(key).or_insert(value);
            }
            own.into()
        }
        Yaml::Tagged(tagged) => {
            let value = to_json(tagged.value)?;
            match tagged.tag.to_string().as_str() {
                "!reset" => Value::Object([(RESET.to_owned(), value)].into_iter().collect()),
                "!override" => Value::Object([(OVERRIDE.to_owned(), value)].into_iter().collect()),
                _ => value,
            }
        }
    })
}

/// Adds what a merge key names; of several mappings the first that has a key wins.
fn merge_under(merged: &mut Map<String, Value>, value: Value) -> Result<(), Odd> {
    let maps = match value {
        Value::Array(items) => items,
        one => vec![one],
    };
    for map in maps {
        let Value::Object(map) = map else {
            return Err(Odd::Merge);
        };
        for (key, value) in map {
            merged.entry(key).or_insert(value);
        }
    }
    Ok(())
}

fn number_to_json(number: &serde_yaml::Number) -> Value {
    number
        .as_u64()
        .map(Value::from)
        .or_else(|| number.as_i64().map(Value::from))
        .or_else(|| number.as_f64().map(Value::from))
        .unwrap_or(Value::Null)
}

fn key_to_string(key: serde_yaml::Value) -> Result<String, Odd> {
    Ok(match to_json(key)? {
        Value::String(text) => text,
        Value::Object(_) | Value::Array(_) => return Err(Odd::Key),
        other => other.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    fn fault(text: &str) -> (Fault, Option<u32>) {
        let error = parse(text.as_bytes()).expect_err(text);
        (error.fault, error.line)
    }

    #[test]
    fn faults_are_named_with_their_line() {
        let duplicate = |key: &str| Fault::DuplicateKey { key: key.into() };
        assert_eq!(
            fault("services:\n\tweb:\n    image: x\n"),
            (Fault::Tab, Some(2))
        );
        assert_eq!(
            fault("s:\n  web:\n    image: a\n    image: b\n"),
            (duplicate("image"), Some(4))
        );
        assert_eq!(
            fault("s:\n  web:\n    image: a\n  web:\n    image: b\n"),
            (duplicate("web"), Some(4))
        );
        assert_eq!(fault("<!DOCTYPE html>\n<html>"), (Fault::WebPage, Some(1)));
        assert!(matches!(
            fault("a: b: c\n"),
            (Fault::Syntax { .. }, Some(1))
        ));
        let error = parse(b"a: 1\nb: \xff\n").expect_err("not UTF-8");
        assert_eq!(
            error,
            YamlError {
                fault: Fault::Encoding,
                line: Some(2)
            }
        );
    }

    #[test]
    fn an_alias_bomb_is_refused_at_once() {
        let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
        for level in 1..12 {
            let parts = vec![format!("*a{}", level - 1); 9].join(",");
            let _ = writeln!(bomb, "a{level}: &a{level} [{parts}]");
        }
        assert_eq!(fault(&bomb).0, Fault::Hostile);
        assert_eq!(fault(&"[".repeat(5000)).0, Fault::Hostile);
        assert_eq!(
            parse(&vec![b' '; SIZE_LIMIT + 1])
                .expect_err("too large")
                .fault,
            Fault::TooLarge
        );
    }

    #[test]
    fn merge_keys_tags_documents_and_byte_order_marks() {
        let text = "\u{feff}x: &x {a: 1, b: 2}\r\ny:\r\n  <<: *x\r\n  b: 3\r\n---\r\nz: !reset null\r\n7: seven\r\n";
        let documents = parse(text.as_bytes()).expect("sound");
        assert_eq!(documents[0]["y"]["a"], 1);
        assert_eq!(documents[0]["y"]["b"], 3);
        assert_eq!(documents[1]["z"], serde_json::json!({RESET: null}));
        assert_eq!(documents[1]["7"], "seven");
        let wide: Vec<u8> = "\u{feff}a: 1\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(parse(&wide).expect("UTF-16")[0]["a"], 1);
        assert_eq!(parse(b"").expect("empty"), [Value::Null]);
    }

    #[test]
    fn what_is_merged_may_merge_in_turn() {
        let text = "a: &a {one: 1, two: 1}\nb: &b {<<: *a, two: 2}\nc: &c\n  <<: [*b, {two: 3, three: 3}]\nd: {<<: *c, one: 4}\n";
        let document = &parse(text.as_bytes()).expect("sound")[0];
        assert_eq!(
            document["c"],
            serde_json::json!({"one": 1, "two": 2, "three": 3})
        );
        assert_eq!(
            document["d"],
            serde_json::json!({"one": 4, "two": 2, "three": 3})
        );
        assert!(matches!(
            fault("a: 1\nb: {{ name }}\n"),
            (Fault::Syntax { .. }, Some(2))
        ));
        assert!(matches!(
            fault("a: &a [x]\nb: {<<: *a}\n").0,
            Fault::Syntax { .. }
        ));
        assert!(matches!(
            fault("a: x\nb: y \u{7}\n"),
            (Fault::Syntax { .. }, Some(2))
        ));
    }

    #[test]
    fn keys_are_found_by_their_path() {
        let text = "# c\nname: x\nservices:\n  db:\n    image: a\n  web:\n    # ports: none\n    ports: '80'\n    image: b\nvolumes:\n  web:\n";
        for (path, line) in [
            ("services", Some(3)),
            ("services.web", Some(6)),
            ("services.web.ports", Some(8)),
            ("services.web.ports.0", Some(8)),
            ("services.web.nothing", Some(6)),
            ("volumes.web", Some(11)),
            ("services.web.ports.[]", Some(8)),
            ("nothing", None),
        ] {
            assert_eq!(line_of(text, path), line, "{path}");
        }
        assert_eq!(line_of_whole(text, "services.web.ports.0"), Some(8));
        assert_eq!(line_of_whole(text, "services.web.nothing"), None);
        let dotted =
            "services:\n  wazuh:\n    image: a\n  wazuh.manager:\n    image: b\n    ports: []\n";
        assert_eq!(
            line_of_whole(dotted, "services.wazuh.manager.ports"),
            Some(6)
        );
    }
}
