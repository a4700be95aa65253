//! The project from the YAML alone: for a computer without Compose, and for what Compose's answer no longer shows
//! (whether a source was written with a trailing slash). Compose's rules where they matter, best effort elsewhere.

use super::find::Found;
use super::merge::{merge_files, merge_service};
use super::yaml::{self, YamlError};
use crate::Environment;
use crate::compose::interpolate::{InterpolationError, interpolate};
use crate::compose::output::{EMPTY, NO_MAPPING};
use crate::compose::volumes::{Written, absolute, is_path};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

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
    /// Services extend each other.
    #[error("{file}: cycle")]
    Cycle { file: Utf8PathBuf },
}

/// Reads and merges the files of a project.
pub(crate) fn read(found: &Found, env: &Environment) -> Result<Preview, PreviewError> {
    let lookup = |name: &str| found.variable(env, name);
    let reader = Reader {
        lookup: &lookup,
        home: env.home.as_deref(),
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
        .and_then(|file| fs_err::read(file).ok())
        .unwrap_or_default();
    let shape = match yaml::parse(&first).unwrap_or_default().first() {
        None | Some(Value::Null) => Some(EMPTY),
        Some(Value::Object(_)) => None,
        Some(_) => Some(NO_MAPPING),
    };
    Ok(Preview {
        shape,
        slashes: slashes(&model),
        model,
    })
}

struct Reader<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    home: Option<&'a Utf8Path>,
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
            for (path, directory) in included(include, base) {
                merge_files(&mut model, self.file(&path, &directory, depth - 1)?);
            }
        }
        let mut own = own;
        if let Some(services) = own.get("services").and_then(Value::as_object).cloned() {
            let mut resolved = Map::new();
            for name in services.keys() {
                let service = self.service(&services, name, file, base, depth)?;
                resolved.insert(name.clone(), service);
            }
            own["services"] = Value::Object(resolved);
        }
        merge_files(&mut model, own);
        Ok(model)
    }

    fn parse(&self, file: &Utf8Path) -> Result<Value, PreviewError> {
        let io = |source| PreviewError::Io {
            file: file.to_owned(),
            source,
        };
        let content = fs_err::read(file).map_err(io)?;
        let documents = yaml::parse(&content).map_err(|error| PreviewError::Yaml {
            file: file.to_owned(),
            error,
        })?;
        let mut model = Value::Object(Map::new());
        for mut document in documents {
            let mut path = Vec::new();
            self.interpolate(&mut document, &mut path)
                .map_err(|source| PreviewError::Interpolation {
                    file: file.to_owned(),
                    key: path.join("."),
                    source,
                })?;
            merge_files(&mut model, document);
        }
        Ok(model)
    }

    fn interpolate(
        &self,
        value: &mut Value,
        path: &mut Vec<String>,
    ) -> Result<(), InterpolationError> {
        match value {
            Value::String(text) if text.contains('$') => *text = interpolate(text, self.lookup)?,
            Value::Array(items) => {
                for (at, item) in items.iter_mut().enumerate() {
                    path.push(at.to_string());
                    self.interpolate(item, path)?;
                    path.pop();
                }
            }
            Value::Object(map) => {
                for (key, item) in map {
                    path.push(key.clone());
                    self.interpolate(item, path)?;
                    path.pop();
                }
            }
            _ => {}
        }
        Ok(())
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
        let mut parent = match other {
            None => self.service(services, parent, file, base, depth - 1)?,
            Some(other) => {
                let other = absolute(other, base, self.home);
                let model = self.parse(&other)?;
                let folder = other.parent().unwrap_or(base).to_owned();
                let services = model
                    .get("services")
                    .and_then(Value::as_object)
                    .cloned()
                    .unwrap_or_default();
                self.service(&services, parent, &other, &folder, depth - 1)?
            }
        };
        merge_service(&mut parent, own);
        Ok(parent)
    }

    /// Makes bind sources absolute while it is known which file they come from.
    fn absolute_sources(&self, service: &mut Value, base: &Utf8Path) {
        let Some(volumes) = service.get_mut("volumes").and_then(Value::as_array_mut) else {
            return;
        };
        for volume in volumes {
            let full = |source: &str| {
                let slash = if source.ends_with('/') && source.len() > 1 {
                    "/"
                } else {
                    ""
                };
                format!("{}{slash}", absolute(source, base, self.home))
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

/// Returns the files of an `include` entry, each with the folder its paths start from.
fn included(include: &Value, base: &Utf8Path) -> Vec<(Utf8PathBuf, Utf8PathBuf)> {
    let (paths, directory): (Vec<&str>, Option<&str>) = match include {
        Value::String(path) => (vec![path.as_str()], None),
        long => {
            let paths = match long.get("path") {
                Some(Value::String(path)) => vec![path.as_str()],
                Some(Value::Array(paths)) => paths.iter().filter_map(Value::as_str).collect(),
                _ => Vec::new(),
            };
            (paths, long.get("project_directory").and_then(Value::as_str))
        }
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
    files
        .into_iter()
        .map(|file| (file, directory.clone()))
        .collect()
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
            if source.ends_with('/') || target.ends_with('/') {
                found.insert((name.clone(), target.trim_end_matches('/').to_owned()));
            }
        }
    }
    found
}
