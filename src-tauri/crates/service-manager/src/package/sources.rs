//! The compose files and `.env` as they are written, in memory: what a change of them would come to is worked out here
//! before anything is written.
//!
//! Read anew for each look. What is worked out is only what a change makes of what we read ourselves; Compose has the
//! last word when the package is read again.

use super::find::{self, Found, OVERRIDES};
use super::merge::{merge_files, without_tags};
use super::{preview, yaml};
use crate::Environment;
use crate::compose::interpolate::{InterpolationError, interpolate, references};
use crate::compose::project::Port;
use crate::compose::{Generation, env_file, read};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What is larger is no file that Quayside would change.
const LARGEST_ENV: usize = 1 << 20;

/// The files of a project that can be changed, and what decides what they mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sources {
    /// The folder Compose runs in and `.env` lies in.
    pub directory: Utf8PathBuf,
    /// In merge order.
    pub files: Vec<SourceFile>,
    /// The bytes of `.env`; none when there is none.
    pub env: Option<Vec<u8>>,
    /// `.env` is a link that leads out of the package, or cannot be read: it is not ours to change.
    pub env_foreign: bool,
    /// The person's own variables, which win over `.env`.
    pub outer: BTreeMap<String, String>,
    /// The names of files that lie in the folder.
    pub beside: BTreeSet<String>,
    /// The project with everything that its files include and extend; none when that could not be followed.
    pub whole: Option<Value>,
    /// The files that are included or extended.
    pub others: Vec<SourceFile>,
}

/// One compose file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SourceFile {
    pub path: Utf8PathBuf,
    pub text: String,
    /// As it is written: variables and tags stand in it.
    pub model: Value,
}

impl SourceFile {
    /// Reads a text as a compose file; none when it is none.
    pub(crate) fn new(path: Utf8PathBuf, text: String) -> Option<Self> {
        let documents = yaml::parse(text.as_bytes()).ok()?;
        let model = documents.into_iter().find(Value::is_object)?;
        Some(Self { path, text, model })
    }

    /// Returns a service as this file has it.
    pub(crate) fn service(&self, name: &str) -> Option<&Value> {
        self.model.get("services")?.get(name)
    }
}

impl Sources {
    /// Reads the files of the package in a folder; none when one of them cannot be understood.
    pub(crate) fn read(
        directory: &Utf8Path,
        env: &Environment,
        generation: Generation,
    ) -> Option<Self> {
        let found = find::find(directory, env, generation).ok()?;
        let files = found.files.iter().map(|path| {
            let text = String::from_utf8(yaml::read(path).ok()?).ok()?;
            SourceFile::new(path.clone(), text)
        });
        let files = files.collect::<Option<Vec<_>>>()?;
        let whole = preview::read(&found, env, &BTreeSet::new()).ok();
        let whole = whole.filter(|it| it.unset.is_empty());
        let others = whole.iter().flat_map(|it| &it.files);
        let others = others.filter(|path| !found.files.contains(path));
        let others = others.filter_map(|path| {
            let text = String::from_utf8(yaml::read(path).ok()?).ok()?;
            SourceFile::new(path.clone(), text)
        });
        let env_path = found.directory.join(".env");
        let content = yaml::read(&env_path).ok();
        Some(Self {
            env_foreign: match &content {
                Some(content) => content.len() > LARGEST_ENV || leads_away(&env_path, &found),
                None => env_path.symlink_metadata().is_ok(),
            },
            env: content,
            files,
            outer: env.variables.clone(),
            beside: names_in(&found.directory),
            others: others.collect(),
            whole: whole.map(|it| it.model),
            directory: found.directory,
        })
    }

    /// Returns the path of `.env`, whether or not it is there.
    pub(crate) fn env_path(&self) -> Utf8PathBuf {
        self.directory.join(".env")
    }

    /// Returns the variables of `.env`.
    pub(crate) fn env_variables(&self) -> BTreeMap<String, String> {
        let text = String::from_utf8_lossy(self.env.as_deref().unwrap_or_default());
        env_file::parse(&text, &self.outer)
    }

    /// Returns a variable as Compose sees it: the environment before `.env`.
    pub(crate) fn variable(&self, name: &str) -> Option<String> {
        let outer = self.outer.get(name).cloned();
        outer.or_else(|| self.env_variables().remove(name))
    }

    /// Returns the merged project as Compose would make it of these files, where `changed` is another value of a
    /// variable. Files that others include or extend are not in it.
    pub(crate) fn resolved(&self, changed: Option<(&str, &str)>) -> Option<Value> {
        let variables = self.env_variables();
        let lookup = |name: &str| match changed {
            Some((changed, value)) if changed == name => Some(value.to_owned()),
            _ => self
                .outer
                .get(name)
                .or_else(|| variables.get(name))
                .cloned(),
        };
        let mut merged = Value::Object(Map::new());
        for file in &self.files {
            let mut model = file.model.clone();
            fill_in(&mut model, &lookup).ok()?;
            merge_files(&mut merged, model);
        }
        Some(without_tags(merged))
    }

    /// Returns the merged project with what files include and extend, where that could be followed.
    pub(crate) fn model(&self) -> Option<Value> {
        self.whole.clone().or_else(|| self.resolved(None))
    }

    /// Returns [`Sources::model`] with another file over everything, or in the place of the one of that number.
    pub(crate) fn with_overlay(&self, at: Option<usize>, file: SourceFile) -> Option<Value> {
        let Some(mut whole) = self.whole.clone() else {
            let mut sources = self.clone();
            match at {
                Some(at) => *sources.files.get_mut(at)? = file,
                None => sources.files.push(file),
            }
            return sources.resolved(None);
        };
        let mut model = file.model;
        fill_in(&mut model, &|name| self.variable(name)).ok()?;
        merge_files(&mut whole, model);
        Some(without_tags(whole))
    }

    /// Returns the included or extended file that has ports of a service, or of one that it extends.
    pub(crate) fn other_file_with_ports(&self, service: &str) -> Option<Utf8PathBuf> {
        let extended = self.files.iter().find_map(|file| {
            let extends = file.service(service)?.get("extends")?;
            extends.get("service")?.as_str()
        });
        let has_ports = |file: &&SourceFile| {
            let mut names = [Some(service), extended].into_iter().flatten();
            names.any(|name| {
                file.service(name)
                    .is_some_and(|it| it.get("ports").is_some())
            })
        };
        self.others.iter().find(has_ports).map(|it| it.path.clone())
    }

    /// Returns the same sources with another text in the place of one file's; none when it is no compose file.
    pub(crate) fn with_file(&self, at: usize, text: String) -> Option<Self> {
        let mut sources = self.clone();
        let path = sources.files.get(at)?.path.clone();
        sources.files[at] = SourceFile::new(path, text)?;
        Some(sources)
    }

    /// Returns the names of the variables that a service's `ports:` refer to.
    pub(crate) fn port_variables(&self, service: &str) -> Vec<String> {
        let mut names = Vec::new();
        for file in &self.files {
            let ports = file.service(service).and_then(|it| it.get("ports"));
            each_text(ports.unwrap_or(&Value::Null), &mut |text| {
                names.extend(references(text).into_iter().map(|it| it.name));
            });
        }
        names.dedup();
        names
    }

    /// Whether Compose would take an override file by its name alone.
    pub(crate) fn has_override(&self) -> bool {
        OVERRIDES.iter().any(|name| self.beside.contains(*name))
    }

    /// Returns a name that no file in the folder has: the wished one, else with a number before its ending.
    pub(crate) fn free_name(&self, wished: &str) -> String {
        let yaml = |it: &(&str, &str)| matches!(it.1, "yml" | "yaml");
        let numbered = |number: u32| match wished.rsplit_once('.').filter(yaml) {
            Some((stem, ending)) => format!("{stem}-{number}.{ending}"),
            None => format!("{wished}-{number}"),
        };
        std::iter::once(wished.to_owned())
            .chain((2..=u32::MAX).map(numbered))
            .find(|name| !self.beside.contains(name))
            .unwrap_or_default()
    }
}

/// Returns every service's ports in a merged project.
pub(crate) fn ports_of(model: &Value) -> Vec<(String, Vec<Port>)> {
    let services = model.get("services").and_then(Value::as_object);
    services
        .into_iter()
        .flatten()
        .map(|(name, service)| (name.clone(), read::all_ports(service.get("ports"))))
        .collect()
}

/// Calls with every text in a value.
pub(crate) fn each_text<'a>(value: &'a Value, call: &mut dyn FnMut(&'a str)) {
    match value {
        Value::String(text) => call(text),
        Value::Array(items) => items.iter().for_each(|item| each_text(item, call)),
        Value::Object(map) => map.values().for_each(|item| each_text(item, call)),
        _ => {}
    }
}

fn fill_in(
    value: &mut Value,
    lookup: &dyn Fn(&str) -> Option<String>,
) -> Result<(), InterpolationError> {
    match value {
        Value::String(text) if text.contains('$') => *text = interpolate(text, lookup)?,
        Value::Array(items) => {
            for item in items {
                fill_in(item, lookup)?;
            }
        }
        Value::Object(map) => {
            for item in map.values_mut() {
                fill_in(item, lookup)?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn leads_away(path: &Utf8Path, found: &Found) -> bool {
    let real = path.canonicalize_utf8();
    let folder = found.directory.canonicalize_utf8();
    !matches!((real, folder), (Ok(real), Ok(folder)) if real.starts_with(&folder))
}

fn names_in(folder: &Utf8Path) -> BTreeSet<String> {
    let entries = folder.read_dir_utf8().into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().to_owned()).collect()
}
