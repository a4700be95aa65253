//! Variables filled in, and what is left out where one that has to have a value has none.

use super::Reader;
use crate::compose::interpolate::{InterpolationError, interpolate, references};
use crate::package::yaml;
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Map, Value};

/// A variable without a value, where there has to be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unset {
    pub name: String,
    /// What the file says for this case, `${NAME:?words}`; none when it says nothing.
    pub words: Option<String>,
    pub file: Utf8PathBuf,
    /// From 1; none when the place is not clear.
    pub line: Option<u32>,
}

/// The file a text comes from.
pub(super) struct Origin<'a> {
    pub(super) file: &'a Utf8Path,
    pub(super) content: &'a [u8],
}

/// Returns the first line that refers to a variable, comments left out.
pub(crate) fn variable_line(text: &str, name: &str) -> Option<u32> {
    let refers = |line: &str| {
        line.match_indices(name).any(|(at, _)| {
            let before = line[..at].trim_end_matches('{').ends_with('$');
            let after = line[at + name.len()..].chars().next();
            before && !after.is_some_and(|it| it.is_ascii_alphanumeric() || it == '_')
        })
    };
    let mut lines = text.lines().enumerate();
    let (at, _) = lines.find(|(_, line)| !line.trim_start().starts_with('#') && refers(line))?;
    Some(u32::try_from(at + 1).unwrap_or(u32::MAX))
}

impl Reader<'_> {
    /// Fills the variables in, and answers whether the value stays: what refers to a value nobody gave goes, and with it
    /// the entry of a list that it is a part of.
    pub(super) fn interpolate(
        &self,
        value: &mut Value,
        path: &mut Vec<String>,
        origin: &Origin<'_>,
    ) -> Result<bool, InterpolationError> {
        match value {
            Value::String(text) if text.contains('$') => {
                let missing = self.missing(text, path, origin)?;
                if missing.is_empty() {
                    *text = interpolate(text, self.lookup)?;
                }
                for unset in &missing {
                    self.seen.unset(unset.clone());
                }
                return Ok(missing.is_empty());
            }
            Value::Array(items) => {
                let mut kept = Vec::with_capacity(items.len());
                for (at, mut item) in std::mem::take(items).into_iter().enumerate() {
                    path.push(at.to_string());
                    let size = item.as_object().map(Map::len);
                    let stays = self.interpolate(&mut item, path, origin)?;
                    if stays && item.as_object().map(Map::len) == size {
                        kept.push(item);
                    }
                    path.pop();
                }
                *items = kept;
            }
            Value::Object(map) => {
                let mut gone = Vec::new();
                for (key, item) in map.iter_mut() {
                    path.push(key.clone());
                    if !self.interpolate(item, path, origin)? {
                        gone.push(key.clone());
                    }
                    path.pop();
                }
                for key in gone {
                    map.remove(&key);
                }
            }
            _ => {}
        }
        Ok(true)
    }

    /// The variables of a text that have to have a value and have none.
    fn missing(
        &self,
        text: &str,
        path: &[String],
        origin: &Origin<'_>,
    ) -> Result<Vec<Unset>, InterpolationError> {
        let unset = |name: String, words: Option<String>| {
            let source = String::from_utf8_lossy(origin.content);
            Unset {
                line: variable_line(&source, &name)
                    .or_else(|| yaml::line_of(&source, &path.join("."))),
                file: origin.file.to_owned(),
                words: words.filter(|words| !words.is_empty()),
                name,
            }
        };
        let mut missing: Vec<Unset> = Vec::new();
        loop {
            // One that was found counts as set, so that the next one is found too.
            let lookup = |name: &str| {
                let found = missing.iter().any(|it| it.name == name);
                (self.lookup)(name).or_else(|| found.then(|| "-".to_owned()))
            };
            match interpolate(text, &lookup) {
                Err(InterpolationError::Required { name, words })
                    if !missing.iter().any(|it| it.name == name) =>
                {
                    missing.push(unset(name, Some(words)));
                }
                Err(InterpolationError::Required { .. }) | Ok(_) => break,
                Err(error) => return Err(error),
            }
        }
        let blank = |name: &str| (self.lookup)(name).unwrap_or_default().is_empty();
        for name in self.needed {
            let refers = || references(text).iter().any(|it| it.name == *name);
            if blank(name) && refers() && !missing.iter().any(|it| it.name == *name) {
                missing.push(unset(name.clone(), None));
            }
        }
        Ok(missing)
    }
}
