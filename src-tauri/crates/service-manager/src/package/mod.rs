//! The vendor's folder: finding the project in it, reading it, and what is odd about it.
//!
//! [`Package::read`] is the whole of it. With a [`Compose`] the project is what Compose says; without, it is read
//! from the YAML and marked as a preview. [`Package::view`] is the answer of `inspect`. Every [`PackageError`] means
//! that the package is not valid (exit code 6), except [`PackageError::Compose`].

mod archives;
mod error;
mod find;
mod findings;
mod merge;
mod mounts;
mod name;
mod preview;
mod quayside_yaml;
mod view;
pub(crate) mod yaml;

pub(crate) use error::PackageError;

use crate::Environment;
use crate::api::package::{Finding, PackageView};
use crate::compose::output::{self, Rejection};
use crate::compose::project::Project;
use crate::compose::{Compose, ComposeError, Generation, interpolate::InterpolationError, read};
use crate::images::archive::Archive;
use crate::process::ProcessError;
use crate::text::{self, Language};
use camino::{Utf8Path, Utf8PathBuf};
use find::Found;
use preview::{Preview, PreviewError};
use quayside_yaml::QuaysideYaml;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use tokio_util::sync::CancellationToken;

/// A package that was read.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    /// The folder that holds the compose file; Compose runs here.
    pub(crate) directory: Utf8PathBuf,
    pub(crate) project: Project,
    /// Sorted by file.
    pub(crate) archives: Vec<Archive>,
    findings: Vec<Finding>,
    vendor: QuaysideYaml,
}

impl Package {
    /// Reads the package in a folder (or in `docker/` below it). Changes nothing.
    pub(crate) async fn read(
        path: &Utf8Path,
        compose: Option<&Compose>,
        env: &Environment,
        cancel: &CancellationToken,
    ) -> Result<Self, PackageError> {
        let generation = compose.map_or(Generation::V2, |compose| compose.version().generation());
        let found = find::find(path, env, generation)?;
        let preview = own_reading(&found, env, compose.is_some())?;
        let (mut project, warnings) = match compose {
            Some(compose) => ask(compose, &found, env, cancel).await?,
            None => (from_preview(&preview, &found, env), Vec::new()),
        };

        let architecture = std::env::consts::ARCH;
        let architecture = if architecture == "aarch64" {
            "arm64"
        } else {
            "amd64"
        };
        let directory = found.directory.clone();
        let stop = cancel.clone();
        // Disk and decompression are no work for the threads that serve the window.
        let reading = tokio::task::spawn_blocking(move || {
            let archives = archives::index_all(&directory, &stop);
            mounts::resolve(&mut project, &preview.slashes, &archives, architecture);
            (project, archives)
        });
        let (project, archives) = reading.await.map_err(|error| PackageError::Answer {
            reason: error.to_string(),
        })?;
        if cancel.is_cancelled() {
            return Err(ComposeError::Process(ProcessError::Cancelled).into());
        }

        let vendor = quayside_yaml::read(&found.directory).or_else(|| {
            quayside_yaml::read(found.directory.parent()?)
                .filter(|_| below_docker(&found.directory))
        });
        let mut findings = findings::of_warnings(&warnings);
        findings.extend(findings::of_project(&project));
        findings.extend(findings::of_archives(&archives));
        findings.extend(
            vendor
                .iter()
                .flat_map(|vendor| findings::of_quayside_yaml(vendor, &project)),
        );
        let vendor = vendor.and_then(Result::ok).unwrap_or_default();
        Ok(Self {
            directory: found.directory,
            project,
            archives,
            findings,
            vendor,
        })
    }

    /// Returns the title: the vendor's, else the folder's name.
    pub(crate) fn title(&self, language: Language) -> String {
        let folder = if below_docker(&self.directory) {
            self.directory.parent()
        } else {
            None
        };
        let folder = folder
            .unwrap_or(&self.directory)
            .file_name()
            .unwrap_or(&self.project.name);
        self.vendor.title.get(language).unwrap_or(folder).to_owned()
    }

    /// Returns a service's title: the vendor's, else its name.
    pub(crate) fn service_title(&self, service: &str, language: Language) -> String {
        let title = self
            .vendor
            .services
            .get(service)
            .and_then(|titles| titles.get(language));
        title.unwrap_or(service).to_owned()
    }

    /// Returns the titles of all services that have one.
    pub(crate) fn service_titles(&self) -> BTreeMap<String, String> {
        let language = text::language();
        let titles = self.vendor.services.iter();
        titles
            .filter_map(|(name, titles)| Some((name.clone(), titles.get(language)?.to_owned())))
            .collect()
    }

    /// Returns what is odd about the package.
    pub(crate) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Returns the vendor's version of the package.
    pub(crate) fn version(&self) -> Option<&str> {
        self.vendor.version.as_deref()
    }

    /// Returns it as the contract shows it, in the language of this process.
    pub(crate) fn view(&self) -> PackageView {
        view::package(self, text::language())
    }
}

fn below_docker(directory: &Utf8Path) -> bool {
    directory.file_name() == Some("docker")
}

/// Reads the YAML ourselves: with limits, before Compose sees it. What is merely wrong is for Compose to say, if it
/// is there; then this reading is only good for hints.
fn own_reading(found: &Found, env: &Environment, compose: bool) -> Result<Preview, PackageError> {
    let error = match preview::read(found, env) {
        Ok(preview) => {
            if !compose {
                check_shape(&preview, found)?;
            }
            return Ok(preview);
        }
        Err(error) => error,
    };
    let rejected = |file: Utf8PathBuf, code: &'static str, key: Option<String>, reason: String| {
        let line = key.as_deref().and_then(|key| line_in(&file, key));
        let rejection = Rejection {
            code,
            line,
            key,
            reason,
            ..Rejection::default()
        };
        Err(PackageError::Rejected {
            file,
            rejection: Box::new(rejection),
            compose: None,
        })
    };
    match error {
        PreviewError::Yaml { file, error } if error.is_hostile() || !compose => {
            Err(PackageError::Yaml {
                file,
                line: error.line,
                fault: error.fault,
            })
        }
        _ if compose => Ok(Preview::default()),
        PreviewError::Yaml { file, error } => Err(PackageError::Yaml {
            file,
            line: error.line,
            fault: error.fault,
        }),
        PreviewError::Io { file, source } if source.kind() == std::io::ErrorKind::NotFound => {
            rejected(file, "compose.undefined_ref", None, source.to_string())
        }
        PreviewError::Io { file, source } => Err(PackageError::Unreadable { path: file, source }),
        PreviewError::Interpolation { file, key, source } => {
            let reason = match &source {
                InterpolationError::Required { words, .. } if !words.is_empty() => words.clone(),
                other => other.to_string(),
            };
            match source {
                InterpolationError::Required { name, .. } => {
                    let line = line_in(&file, &key);
                    let code = "compose.env_missing";
                    let rejection = Rejection {
                        code,
                        key: Some(name),
                        reason,
                        line,
                        ..Rejection::default()
                    };
                    Err(PackageError::Rejected {
                        file,
                        rejection: Box::new(rejection),
                        compose: None,
                    })
                }
                InterpolationError::Format { .. } => {
                    rejected(file, "compose.schema_invalid", Some(key), reason)
                }
            }
        }
        PreviewError::NoService { file, service } => rejected(
            file,
            "compose.undefined_ref",
            Some(service),
            "extends".into(),
        ),
        PreviewError::Cycle { file } => rejected(
            file,
            "compose.dependency_cycle",
            None,
            "extends, include".into(),
        ),
    }
}

/// The least that Compose would insist on, for a preview.
fn check_shape(preview: &Preview, found: &Found) -> Result<(), PackageError> {
    let file = found.files.first().cloned().unwrap_or_default();
    let mut rejection = Rejection {
        code: "compose.schema_invalid",
        ..Rejection::default()
    };
    let known = |key: &str| key.starts_with("x-") || output::ROOT_KEYS.contains(&key);
    let stranger = preview
        .model
        .as_object()
        .into_iter()
        .flat_map(|map| map.keys())
        .find(|key| !known(key));
    if let Some(shape) = preview.shape {
        rejection.reason = shape.into();
    } else if let Some(key) = stranger {
        rejection.reason = format!("Additional property {key} is not allowed");
        rejection.line = line_in(&file, key);
        rejection.key = Some(key.clone());
    } else {
        return Ok(());
    }
    Err(PackageError::Rejected {
        file,
        rejection: Box::new(rejection),
        compose: None,
    })
}

async fn ask(
    compose: &Compose,
    found: &Found,
    env: &Environment,
    cancel: &CancellationToken,
) -> Result<(Project, Vec<String>), PackageError> {
    let resolved = match compose.config(&found.directory, cancel).await {
        Ok(resolved) => resolved,
        Err(ComposeError::Failed { words, .. }) => return Err(refused(&words, compose, found)),
        Err(error) => return Err(error.into()),
    };
    let unreadable = |reason: String| PackageError::Answer { reason };
    let answer: Value = match compose.version().generation() {
        Generation::V2 => {
            serde_json::from_str(&resolved.text).map_err(|error| unreadable(error.to_string()))?
        }
        Generation::V1 => {
            let documents = yaml::parse(resolved.text.as_bytes());
            let documents = documents.map_err(|error| unreadable(format!("{:?}", error.fault)))?;
            documents.into_iter().next().unwrap_or(Value::Null)
        }
    };
    let project = project(answer, found, env, compose.version().generation(), None);
    Ok((project, resolved.warnings))
}

/// Compose's no, with the file and the line where it does not name them itself.
fn refused(words: &str, compose: &Compose, found: &Found) -> PackageError {
    let mut rejection = output::rejection(words);
    let mut file = found.files.first().cloned().unwrap_or_default();
    // A path relative to the folder Compose ran in.
    if let Some(named) = rejection.file.take() {
        file = crate::compose::volumes::normalise(&found.directory.join(named));
    }
    if rejection.code == "compose.yaml_syntax" {
        // Compose names no file, and its line is sometimes off by a few; our parser knows both.
        for candidate in &found.files {
            let parsed = fs_err::read(candidate).map(|content| yaml::parse(&content));
            if let Ok(Err(error)) = parsed {
                return PackageError::Yaml {
                    file: candidate.clone(),
                    line: error.line.or(rejection.line),
                    fault: error.fault,
                };
            }
        }
    }
    if rejection.line.is_none() {
        let key = rejection.key.clone().unwrap_or_default();
        let place = found
            .files
            .iter()
            .find_map(|candidate| Some((candidate, line_of_any(candidate, &key, words)?)));
        if let Some((candidate, line)) = place {
            rejection.line = Some(line);
            if rejection.code != "compose.undefined_ref" || !words.contains("no such file") {
                file.clone_from(candidate);
            }
        }
    }
    PackageError::Rejected {
        file,
        rejection: Box::new(rejection),
        compose: Some(compose.version().to_string()),
    }
}

/// The line of a key path; for a bare name, the first line that mentions it as a value or a variable.
fn line_of_any(file: &Utf8Path, key: &str, words: &str) -> Option<u32> {
    if key.is_empty() {
        return None;
    }
    if key.contains('.') || words.contains(&format!("(root) Additional property {key}")) {
        return line_in(file, key);
    }
    let content = fs_err::read(file).ok()?;
    let content = String::from_utf8_lossy(&content).into_owned();
    let name = key.split([',', ' ']).next()?;
    let mentions = |line: &str| {
        let line = line.split(" #").next().unwrap_or(line);
        line.match_indices(name).any(|(at, _)| {
            let edge = |char: Option<char>| {
                char.is_none_or(|char| !char.is_alphanumeric() && !"_-.".contains(char))
            };
            edge(line[..at].chars().next_back()) && edge(line[at + name.len()..].chars().next())
        })
    };
    let at = content
        .lines()
        .position(|line| !line.trim_start().starts_with('#') && mentions(line))?;
    u32::try_from(at + 1).ok()
}

fn line_in(file: &Utf8Path, key: &str) -> Option<u32> {
    let content = fs_err::read(file).ok()?;
    yaml::line_of(&String::from_utf8_lossy(&content), key)
}

fn from_preview(preview: &Preview, found: &Found, env: &Environment) -> Project {
    project(
        preview.model.clone(),
        found,
        env,
        Generation::V2,
        Some(preview),
    )
}

/// `preview` is where the answer comes from when Compose was not asked.
fn project(
    answer: Value,
    found: &Found,
    env: &Environment,
    generation: Generation,
    preview: Option<&Preview>,
) -> Project {
    let variable = found.variable(env, "COMPOSE_PROJECT_NAME");
    let written = preview
        .and_then(|preview| preview.model.get("name"))
        .and_then(Value::as_str);
    let name = name::project_name(
        generation,
        variable.as_deref(),
        written,
        &found.project_directory,
    );
    let profiles = found.variable(env, "COMPOSE_PROFILES").unwrap_or_default();
    let active_profiles: BTreeSet<String> = profiles
        .split(',')
        .map(|it| it.trim().to_owned())
        .filter(|it| !it.is_empty())
        .collect();
    let origin = read::Origin {
        directory: &found.project_directory,
        files: &found.files,
        home: env.home.as_deref(),
        active_profiles: &active_profiles,
        name: &name,
        generation,
        preview: preview.is_some(),
    };
    let mut project = read::project(answer, &origin);
    project.directory.clone_from(&found.directory);
    project
}
