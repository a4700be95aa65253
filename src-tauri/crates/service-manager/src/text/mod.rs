//! Sentences for people: a key and parameters here, the words in `ui/locales/*/*.ftl`.
//!
//! Code never holds a sentence. It makes a [`Text`], which becomes words when it is shown or serialised. A process
//! speaks one language at a time, set by the shell or the command line with [`set_language`]: the same value is
//! rendered anew after a change of language, so nothing that waits in a journal is stuck in the old one.

mod catalogue;
pub mod format;
mod plain;

pub use catalogue::Language;
pub use plain::plain;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::sync::atomic::{AtomicU8, Ordering};

static LANGUAGE: AtomicU8 = AtomicU8::new(0);

/// Sets the language in which this process speaks from now on.
pub fn set_language(language: Language) {
    LANGUAGE.store(language as u8, Ordering::Relaxed);
}

/// Returns the language in which this process speaks.
pub fn language() -> Language {
    if LANGUAGE.load(Ordering::Relaxed) == Language::ZhCn as u8 {
        Language::ZhCn
    } else {
        Language::En
    }
}

/// Returns whether the catalogues have words for a key; for parts that not every message has.
pub(crate) fn exists(key: &str) -> bool {
    catalogue::has(Language::En, key)
}

/// Returns a sentence if the catalogues have it and everything it mentions is given.
pub(crate) fn whole(key: String, params: &Params) -> Option<Text> {
    catalogue::is_whole(&key, params).then(|| Text::new(key).with_all(params))
}

/// A sentence: a key of the catalogues and its parameters. Serialises as the words in the language of the process.
#[derive(Clone, PartialEq)]
pub struct Text {
    key: Cow<'static, str>,
    params: Params,
}

impl Text {
    /// Makes a sentence without parameters. `key` is `message` or `message.attribute`.
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Self {
            key: key.into(),
            params: Params::new(),
        }
    }

    /// Makes a sentence of words that come from elsewhere and are shown as they are: a name, a path, a tool's line.
    pub fn verbatim(words: impl Into<String>) -> Self {
        Self::new("verbatim").with("words", words.into())
    }

    /// Adds a parameter.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Param>) -> Self {
        self.params.0.push((Cow::Borrowed(name), value.into()));
        self
    }

    /// Adds parameters that were collected elsewhere.
    #[must_use]
    pub fn with_all(mut self, params: &Params) -> Self {
        self.params.0.extend(params.0.iter().cloned());
        self
    }

    /// Returns the key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns the parameters.
    pub fn params(&self) -> &Params {
        &self.params
    }

    /// Returns the words in `language`.
    pub fn render(&self, language: Language) -> String {
        catalogue::render(language, &self.key, &self.params)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(language()))
    }
}

/// Shows the English words and the key, which is what a log wants.
impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} ({})", self.render(Language::En), self.key)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "ts")]
impl ts_rs::TS for Text {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &ts_rs::Config) -> String {
        "string".into()
    }
    fn inline(_: &ts_rs::Config) -> String {
        "string".into()
    }
}

/// One parameter of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Param {
    /// Shown as it is.
    Words(String),
    /// For plural forms and counts.
    Number(i64),
    /// A sentence inside the sentence: a duration, a state word.
    Text(Box<Text>),
}

impl From<&str> for Param {
    fn from(value: &str) -> Self {
        Self::Words(value.to_owned())
    }
}

impl From<String> for Param {
    fn from(value: String) -> Self {
        Self::Words(value)
    }
}

impl From<&String> for Param {
    fn from(value: &String) -> Self {
        Self::Words(value.clone())
    }
}

impl From<Text> for Param {
    fn from(value: Text) -> Self {
        Self::Text(Box::new(value))
    }
}

macro_rules! from_number {
    ($($t:ty),*) => {$(
        impl From<$t> for Param {
            fn from(value: $t) -> Self {
                Self::Number(i64::try_from(value).unwrap_or(i64::MAX))
            }
        }
    )*};
}
from_number!(i32, i64, u16, u32, u64, usize);

/// Named parameters in the order they were given. Serialises as an object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Params(Vec<(Cow<'static, str>, Param)>);

impl Params {
    /// Returns no parameters.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a parameter.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Param>) -> Self {
        self.0.push((Cow::Borrowed(name), value.into()));
        self
    }

    /// Adds a parameter whose name is not known beforehand.
    pub(crate) fn push(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Param>) {
        self.0.push((name.into(), value.into()));
    }

    /// Adds those of `others` that are not there yet.
    pub(crate) fn add_missing(&mut self, others: &Self) {
        for (name, value) in &others.0 {
            if self.get(name).is_none() {
                self.0.push((name.clone(), value.clone()));
            }
        }
    }

    /// Returns a parameter.
    pub fn get(&self, name: &str) -> Option<&Param> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &Param)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value))
    }
}

impl Serialize for Params {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in self.iter() {
            match value {
                Param::Words(words) => map.serialize_entry(name, words)?,
                Param::Number(number) => map.serialize_entry(name, number)?,
                Param::Text(text) => map.serialize_entry(name, text)?,
            }
        }
        map.end()
    }
}

#[cfg(feature = "ts")]
impl ts_rs::TS for Params {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &ts_rs::Config) -> String {
        "Record<string, string | number>".into()
    }
    fn inline(_: &ts_rs::Config) -> String {
        "Record<string, string | number>".into()
    }
}
