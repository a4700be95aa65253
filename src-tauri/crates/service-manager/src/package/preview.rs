//! The project from the YAML alone: for a computer without Compose, and for what Compose's answer no longer shows
//! (whether a source was written with a trailing slash). Compose's rules where they matter, best effort elsewhere.

mod values;

pub(crate) use values::{Unset, variable_line};

use super::find::Found;
use super::merge::{is_tagged, merge_files, merge_service, without_tags};
use super::name::project_name;
use super::yaml::{self, OVERRIDE, YamlError};
use crate::Environment;
use crate::compose::interpolate::{InterpolationError, interpolate};
use crate::compose::output::{EMPTY, NO_MAPPING};
use crate::compose::read::traits::is_remote;
use crate::compose::schema::{self, Misfit};
use crate::compose::volumes::{Written, absolute, is_path};
use crate::compose::{Generation, env_file};
use crate::text::Text;
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use values::Origin;

/// A chain of `extends` or `include` that is longer goes in circles.
const DEPTH: u8 = 12;

/// The merged project, paths absolute, variables replaced.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Preview {
    pub(crate) model: Value,
    /// Mounts of which a side was written with a trailing slash: service and target.
    pub(crate) slashes: BTreeSet<(String, String)>,
    /// What is wrong with the first file as a whole, as a key of the catalogues.
    pub(crate) shape: Option<&'static str>,
    /// The first place that is not as Compose wants it, and its file.
    pub(crate) misfit: Option<(Utf8PathBuf, Misfit)>,
    /// Every file that was read: also those that others include or extend.
    pub(crate) files: Vec<Utf8PathBuf>,
    /// Variables that have to have a value and have none; what depends on them is not in the model.
    pub(crate) unset: Vec<Unset>,
}

/// Why a preview cannot be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PreviewError {
    #[error("{file}")]
    Io {
        file: Utf8PathBuf,
        source: std::io::Error,
    },
    #[error("{file}: {error:?}")]
    Yaml { file: Utf8PathBuf, error: YamlError },
    #[error("{file}: {key}: {source}")]
    Interpolation {
        file: Utf8PathBuf,
        key: String,
        source: InterpolationError,
    },
    /// `extends` names a service that is not there.
    #[error("{file}: no service {service}")]
    NoService { file: Utf8PathBuf, service: String },
    /// It would be fetched from elsewhere.
    #[error("{file}: {place}")]
    Remote {
        file: Utf8PathBuf,
        key: String,
        place: String,
    },
    /// Services extend each other.
    #[error("{file}: cycle")]
    Cycle { file: Utf8PathBuf },
}

/// Reads and merges the files of a project. What refers to a variable that has to have a value and has none is left out:
/// `${V:?}` says so itself, and `needed` names the others.
pub(crate) fn read(
    found: &Found,
    env: &Environment,
    needed: &BTreeSet<String>,
) -> Result<Preview, PreviewError> {
    let variables = |name: &str| found.variable(env, name);
    let name = name_of(found, &variables);
    let lookup = |variable: &str| match variable {
        "COMPOSE_PROJECT_NAME" => variables(variable).or_else(|| Some(name.clone())),
        _ => variables(variable),
    };
    let seen = Seen::default();
    let reader = Reader {
        lookup: &lookup,
        home: env.home.as_deref(),
        seen: &seen,
        needed,
    };
    let mut model = Value::Object(Map::new());
    for file in &found.files {
        merge_files(
            &mut model,
            reader.file(file, &found.project_directory, DEPTH)?,
        );
    }
    let first = found
        .files
        .first()
        .and_then(|file| yaml::read(file).ok())
        .unwrap_or_default();
    let shape = match yaml::parse(&first).unwrap_or_default().first() {
        None | Some(Value::Null) => Some(EMPTY),
        Some(Value::Object(_)) => None,
        Some(_) => Some(NO_MAPPING),
    };
    let model = without_tags(model);
    Ok(Preview {
        shape,
        slashes: slashes(&model),
        model,
        misfit: seen.misfit.into_inner(),
        files: seen.files.into_inner(),
        unset: seen.unset.into_inner(),
    })
}

/// The name under which the project's files know it: that of the last file that says one, else the folder's.
fn name_of(found: &Found, variables: &dyn Fn(&str) -> Option<String>) -> String {
    let written = |file: &Utf8PathBuf| {
        let documents = yaml::parse(&yaml::read(file).ok()?).ok()?;
        let name = documents
            .iter()
            .rev()
            .find_map(|it| it.get("name")?.as_str());
        interpolate(name?, variables).ok()
    };
    let written = found.files.iter().rev().find_map(written);
    project_name(
        Generation::V2,
        None,
        written.as_deref(),
        &found.project_directory,
    )
}

/// What is noted while files are read.
#[derive(Default)]
struct Seen {
    files: RefCell<Vec<Utf8PathBuf>>,
    misfit: RefCell<Option<(Utf8PathBuf, Misfit)>>,
    unset: RefCell<Vec<Unset>>,
}

impl Seen {
    fn file(&self, file: &Utf8Path) {
        let mut files = self.files.borrow_mut();
        if !files.iter().any(|known| known == file) {
            files.push(file.to_owned());
        }
    }

    fn unset(&self, unset: Unset) {
        let mut all = self.unset.borrow_mut();
        if !all.iter().any(|known| known.name == unset.name) {
            all.push(unset);
        }
    }

    fn misfit(&self, file: &Utf8Path, misfit: Option<Misfit>) {
        let mut first = self.misfit.borrow_mut();
        if first.is_none() {
            *first = misfit.map(|misfit| (file.to_owned(), misfit));
        }
    }
}

struct Reader<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    home: Option<&'a Utf8Path>,
    seen: &'a Seen,
    /// Variables that have to have a value, although no file says so.
    needed: &'a BTreeSet<String>,
}

impl Reader<'_> {
    /// Reads a file with everything it includes and extends; its relative paths start from `base`.
    fn file(&self, file: &Utf8Path, base: &Utf8Path, depth: u8) -> Result<Value, PreviewError> {
        if depth == 0 {
            return Err(PreviewError::Cycle {
                file: file.to_owned(),
            });
        }
        let own = self.parse(file)?;
        let mut model = Value::Object(Map::new());
        for include in own
            .get("include")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            if let Some(place) = remote_include(include) {
                return Err(PreviewError::Remote {
                    file: file.to_owned(),
                    key: "include".to_owned(),
                    place,
                });
            }
            let (paths, directory, env_files) = included(include, base);
            // What is set outside wins over the settings that come with what is included.
            let mut inner = BTreeMap::new();
            for env_file in env_files {
                let missing = !env_file.is_file() && include.get("env_file").is_some();
                self.seen.misfit(
                    file,
                    missing.then(|| Misfit {
                        key: "include".to_owned(),
                        reason: Text::new("compose-no-file").with("file", env_file.as_str()),
                    }),
                );
                let content = yaml::read(&env_file).unwrap_or_default();
                let read = env_file::parse(&String::from_utf8_lossy(&content), &BTreeMap::new());
                inner.extend(read);
            }
            let lookup = |name: &str| (self.lookup)(name).or_else(|| inner.get(name).cloned());
            let reader = Reader {
                lookup: &lookup,
                ..*self
            };
            for path in paths {
                let mut other = reader.file(&path, &directory, depth - 1)?;
                if let Some(other) = other.as_object_mut() {
                    other.remove("name"); // only the project's own files name it
                }
                merge_files(&mut model, other);
            }
        }
        let mut own = own;
        if let Some(services) = own.get("services").and_then(Value::as_object).cloned() {
            let mut resolved = Map::new();
            for name in services.keys() {
                let service = self.service(&services, name, file, base, depth)?;
                resolved.insert(name.clone(), service);
            }
            self.seen.misfit(file, conflict(&model, &resolved));
            own["services"] = Value::Object(resolved);
        }
        if model.as_object().is_some_and(Map::is_empty) {
            return Ok(own); // with its tags, for the files before it
        }
        merge_files(&mut model, own);
        Ok(model)
    }

    fn parse(&self, file: &Utf8Path) -> Result<Value, PreviewError> {
        let io = |source| PreviewError::Io {
            file: file.to_owned(),
            source,
        };
        let content = yaml::read(file).map_err(io)?;
        let documents = yaml::parse(&content).map_err(|error| PreviewError::Yaml {
            file: file.to_owned(),
            error,
        })?;
        self.seen.file(file);
        let mut model: Option<Value> = None;
        for mut document in documents {
            let mut path = Vec::new();
            let origin = Origin {
                file,
                content: &content,
            };
            self.interpolate(&mut document, &mut path, &origin)
                .map_err(|source| PreviewError::Interpolation {
                    file: file.to_owned(),
                    key: path.join("."),
                    source,
                })?;
            if document.is_object() {
                self.seen
                    .misfit(file, schema::misfit(&document, &is_tagged));
            }
            match &mut model {
                Some(model) => merge_files(model, document),
                None => model = document.is_object().then_some(document),
            }
        }
        Ok(model.unwrap_or_else(|| Value::Object(Map::new())))
    }

    fn service(
        &self,
        services: &Map<String, Value>,
        name: &str,
        file: &Utf8Path,
        base: &Utf8Path,
        depth: u8,
    ) -> Result<Value, PreviewError> {
        if depth == 0 {
            return Err(PreviewError::Cycle {
                file: file.to_owned(),
            });
        }
        let no_service = || PreviewError::NoService {
            file: file.to_owned(),
            service: name.to_owned(),
        };
        let mut own = services.get(name).ok_or_else(no_service)?.clone();
        self.absolute_sources(&mut own, base);
        let Some(extends) = own.as_object_mut().and_then(|map| map.remove("extends")) else {
            return Ok(own);
        };
        let (parent, other) = match &extends {
            Value::String(parent) => (parent.as_str(), None),
            long => (
                long.get("service")
                    .and_then(Value::as_str)
                    .unwrap_or_default(),
                long.get("file").and_then(Value::as_str),
            ),
        };
        if parent.is_empty() {
            return Ok(own); // which is a misfit, and noted as such
        }
        // The one to correct is the file that extends, not the one in which there is nothing of that name.
        let blame = |error| match error {
            PreviewError::NoService { service, .. } if service == parent => {
                let file = file.to_owned();
                PreviewError::NoService { file, service }
            }
            other => other,
        };
        let mut parent = match other {
            None => self
                .service(services, parent, file, base, depth - 1)
                .map_err(blame)?,
            Some(place) if is_remote(place) => {
                return Err(PreviewError::Remote {
                    file: file.to_owned(),
                    key: format!("services.{name}.extends"),
                    place: place.to_owned(),
                });
            }
            Some(other) => {
                let other = absolute(other, base, self.home);
                let model = self.parse(&other)?;
                let folder = other.parent().unwrap_or(base).to_owned();
                let services = model
                    .get("services")
                    .and_then(Value::as_object)
                    .cloned()
                    .unwrap_or_default();
                self.service(&services, parent, &other, &folder, depth - 1)
                    .map_err(blame)?
            }
        };
        merge_service(&mut parent, own);
        Ok(parent)
    }

    /// Makes bind sources absolute while it is known which file they come from.
    fn absolute_sources(&self, service: &mut Value, base: &Utf8Path) {
        let path = |text: &mut String| *text = absolute(text, base, self.home).into_string();
        match service.get_mut("env_file") {
            Some(Value::String(file)) => path(file),
            Some(Value::Array(files)) => {
                for file in files {
                    match file {
                        Value::String(file) => path(file),
                        long => {
                            if let Some(Value::String(file)) = long.get_mut("path") {
                                path(file);
                            }
                        }
                    }
                }
            }
            _ => {}
        }
        let volumes = match service.get_mut("volumes") {
            Some(Value::Object(tagged)) => tagged.get_mut(OVERRIDE),
            volumes => volumes,
        };
        let Some(volumes) = volumes.and_then(Value::as_array_mut) else {
            return;
        };
        for volume in volumes {
            let full = |source: &str| {
                // What is absolute keeps its slash; of the rest a dot keeps in mind that there was one.
                let path = absolute(source, base, self.home);
                let dot = source.ends_with('/') && !path.as_str().ends_with('/');
                if dot { path.join(".") } else { path }.into_string()
            };
            if let Value::String(text) = volume {
                if let Some(source) = Written::parse(text)
                    .filter(Written::is_bind)
                    .and_then(|it| it.source)
                {
                    *text = format!("{}{}", full(source), &text[source.len()..]);
                }
            } else if volume.get("type").and_then(Value::as_str) == Some("bind")
                && let Some(Value::String(source)) = volume.get_mut("source")
            {
                *source = full(source);
            }
        }
    }
}

/// A service that is included and written anew, with other words, is two services of one name.
fn conflict(included: &Value, own: &Map<String, Value>) -> Option<Misfit> {
    let included = included.get("services").and_then(Value::as_object)?;
    let name = own
        .iter()
        .find(|(name, service)| included.get(*name).is_some_and(|other| other != *service))?
        .0;
    Some(Misfit {
        key: format!("services.{name}"),
        reason: Text::new("compose-included-twice").with("name", name),
    })
}

/// The address of an `include` entry that is none of the package's files.
fn remote_include(include: &Value) -> Option<String> {
    let paths = match include {
        Value::Object(long) => long.get("path")?,
        short => short,
    };
    let paths = paths
        .as_array()
        .map_or(std::slice::from_ref(paths), Vec::as_slice);
    let mut places = paths.iter().filter_map(Value::as_str);
    places.find(|place| is_remote(place)).map(str::to_owned)
}

/// Returns the files of an `include` entry, the folder their paths start from, and their env files.
fn included(include: &Value, base: &Utf8Path) -> (Vec<Utf8PathBuf>, Utf8PathBuf, Vec<Utf8PathBuf>) {
    fn listed(value: Option<&Value>) -> Vec<&str> {
        match value {
            Some(Value::String(path)) => vec![path.as_str()],
            Some(Value::Array(paths)) => paths.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }
    let (paths, directory) = match include {
        Value::String(path) => (vec![path.as_str()], None),
        long => (
            listed(long.get("path")),
            long.get("project_directory").and_then(Value::as_str),
        ),
    };
    let files: Vec<Utf8PathBuf> = paths
        .iter()
        .map(|path| absolute(path, base, None))
        .collect();
    let own = files
        .first()
        .and_then(|file| file.parent())
        .unwrap_or(base)
        .to_owned();
    let directory = directory.map_or(own, |directory| absolute(directory, base, None));
    let env_files = match listed(include.get("env_file")) {
        none if none.is_empty() => vec![directory.join(".env")],
        some => some.iter().map(|it| absolute(it, base, None)).collect(),
    };
    (files, directory, env_files)
}

fn slashes(model: &Value) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for (name, service) in model
        .get("services")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        for volume in service
            .get("volumes")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let (source, target) = match volume {
                Value::String(text) => match Written::parse(text) {
                    Some(Written {
                        source: Some(source),
                        target,
                        ..
                    }) if is_path(source) => (source, target),
                    _ => continue,
                },
                long => {
                    let field =
                        |key: &str| long.get(key).and_then(Value::as_str).unwrap_or_default();
                    (field("source"), field("target"))
                }
            };
            if source.ends_with(['/', '\\']) || source.ends_with("/.") || target.ends_with('/') {
                found.insert((name.clone(), target.trim_end_matches('/').to_owned()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
