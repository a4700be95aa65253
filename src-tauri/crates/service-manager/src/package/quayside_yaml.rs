//! `quayside.yaml`, optional: what a vendor may say about a package beyond its compose file. `docs/quayside-yaml.md` is
//! its description.
//!
//! Nothing in it can break a package: what is not as it should be is left out and becomes an [`Oddity`] with its line.

mod read;
mod units;

use super::yaml;
use crate::api::package::{OpenView, RequirementsView, SettingView, SupportView};
use crate::text::{Language, Text};
use camino::Utf8Path;
use std::collections::BTreeMap;
use std::time::Duration;

/// The name under which it is looked for, beside the compose file or one level up from `docker/`.
pub(crate) const FILE: &str = "quayside.yaml";

/// A text per language; written as one string it is meant for all.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Titles(BTreeMap<String, String>);

impl Titles {
    /// Returns the text for a language: its own, that of its main language, one for all, English, any.
    pub(crate) fn get(&self, language: Language) -> Option<&str> {
        let tag = language.tag().to_lowercase();
        let main = tag.split('-').next().unwrap_or_default();
        [tag.as_str(), main, "", "en"]
            .iter()
            .find_map(|tag| self.0.get(*tag))
            .or_else(|| self.0.values().next())
            .map(String::as_str)
    }
}

/// What the file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct QuaysideYaml {
    pub(crate) title: Titles,
    pub(crate) version: Option<String>,
    /// The Compose project name the vendor expects; Compose decides.
    pub(crate) project: Option<String>,
    /// A picture, as a path below the folder of the file.
    pub(crate) icon: Option<String>,
    pub(crate) support: Option<Support>,
    pub(crate) requirements: Requirements,
    /// By the name of the service in the compose file.
    pub(crate) services: BTreeMap<String, VendorService>,
    /// Values of `.env` that people are asked for.
    pub(crate) settings: Vec<Setting>,
    /// Digests, `sha256:` and lower-case hexadecimal, by the path of the file below the folder of `quayside.yaml`.
    pub(crate) checksums: BTreeMap<String, String>,
    pub(crate) oddities: Vec<Oddity>,
}

/// Whom to ask.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Support {
    pub(crate) name: Titles,
    pub(crate) phone: Option<String>,
    pub(crate) email: Option<String>,
    /// `http` or `https`.
    pub(crate) url: Option<String>,
}

/// What the computer has to have, as far as the vendor says it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Requirements {
    pub(crate) cpus: Option<f64>,
    /// Bytes.
    pub(crate) memory: Option<u64>,
    /// Bytes that have to be free for data, besides the images.
    pub(crate) disk: Option<u64>,
    /// The lowest version of Docker, `24.0`.
    pub(crate) engine: Option<String>,
    /// The lowest version of Compose, `2.20`.
    pub(crate) compose: Option<String>,
}

/// What is said about one service.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct VendorService {
    pub(crate) title: Titles,
    pub(crate) open: Option<OpenView>,
    /// How long it usually takes from its start until it is ready.
    pub(crate) startup: Option<Duration>,
}

/// A value of `.env` that people are asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Setting {
    /// The variable.
    pub(crate) key: String,
    pub(crate) title: Titles,
    pub(crate) help: Titles,
    /// Never shown.
    pub(crate) secret: bool,
    pub(crate) required: bool,
    /// A regular expression that the whole value matches.
    pub(crate) pattern: Option<String>,
    pub(crate) default: Option<String>,
}

/// Something in the file that has no effect, and why.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Oddity {
    /// `services.web.titel`
    pub(crate) key: String,
    pub(crate) line: Option<u32>,
    pub(crate) what: Odd,
}

/// Why something has no effect.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Odd {
    /// Nobody knows the key; perhaps this one is meant.
    Unknown { nearest: Option<&'static str> },
    /// It has to be something else.
    Type { expected: Text },
    /// Its value means nothing.
    Value { reason: Text },
}

/// Reads the file in a folder; none when there is none.
pub(crate) fn read(folder: &Utf8Path) -> Option<Result<QuaysideYaml, yaml::YamlError>> {
    let content = yaml::read(&folder.join(FILE)).ok()?;
    Some(yaml::parse(&content).map(|documents| {
        let text = yaml::decode(&content).unwrap_or_default();
        let value = documents.into_iter().next().unwrap_or_default();
        read::file(&value, &text, folder)
    }))
}

impl Support {
    pub(super) fn view(&self, language: Language) -> SupportView {
        SupportView {
            name: self.name.get(language).map(str::to_owned),
            phone: self.phone.clone(),
            email: self.email.clone(),
            url: self.url.clone(),
        }
    }
}

impl Requirements {
    pub(super) fn view(&self) -> RequirementsView {
        RequirementsView {
            cpus: self.cpus,
            memory: self.memory,
            disk: self.disk,
            engine: self.engine.clone(),
            compose: self.compose.clone(),
        }
    }
}

impl Setting {
    pub(super) fn view(&self, language: Language) -> SettingView {
        SettingView {
            key: self.key.clone(),
            title: self.title.get(language).unwrap_or(&self.key).to_owned(),
            help: self.help.get(language).map(str::to_owned),
            secret: self.secret,
            required: self.required,
            pattern: self.pattern.clone(),
            // What is secret is not shown, not even what the vendor proposes.
            default: self.default.clone().filter(|_| !self.secret),
        }
    }

    /// Whether a value may be saved: something where something is required, and what the pattern says.
    pub(crate) fn accepts(&self, value: &str) -> bool {
        if value.is_empty() {
            return !self.required;
        }
        let pattern = self.pattern.as_deref().and_then(read::pattern);
        pattern.is_none_or(|pattern| pattern.is_match(value))
    }
}

#[cfg(test)]
mod tests;
