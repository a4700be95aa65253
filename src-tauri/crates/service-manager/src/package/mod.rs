//! The vendor's folder: finding the project in it, reading it, and what is odd about it.
//!
//! [`Package::read`] is the whole of it. With a [`Compose`] the project is what Compose says; without, it is read
//! from the YAML and marked as a preview. [`Package::view`] is the answer of `inspect`. Every [`PackageError`] means
//! that the package is not valid (exit code 6), except [`PackageError::Compose`].

mod archives;
mod audit;
mod error;
mod find;
mod findings;
mod icon;
mod merge;
mod mounts;
mod name;
mod preview;
mod quayside_yaml;
mod refusal;
mod sense;
pub(crate) mod sources;
mod view;
pub(crate) mod yaml;

pub(crate) use error::PackageError;

use crate::Environment;
use crate::api::package::{AuditEntry, Finding, OpenView, PackageView};
use crate::compose::project::Project;
use crate::compose::{Compose, ComposeError, Generation, read};
use crate::images::archive::Archive;
use crate::images::index_cache::IndexCache;
use crate::process::ProcessError;
use crate::text::{self, Language};
pub(crate) use audit::{is_data_path, is_database};
use camino::{Utf8Path, Utf8PathBuf};
use find::Found;
use preview::Preview;
pub(crate) use preview::{Unset, variable_line};
use quayside_yaml::{QuaysideYaml, VendorService};
pub(crate) use quayside_yaml::{Requirements, Setting, Support};
use refusal::Own;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;
use tokio_util::sync::CancellationToken;

/// A package that was read.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    /// The folder that holds the compose file; Compose runs here.
    pub(crate) directory: Utf8PathBuf,
    pub(crate) project: Project,
    /// Sorted by file.
    pub(crate) archives: Arc<Vec<Archive>>,
    findings: Vec<Finding>,
    audit: Vec<AuditEntry>,
    vendor: QuaysideYaml,
    /// Where `quayside.yaml` lies; the folder of the compose file when there is none.
    pub(crate) root: Utf8PathBuf,
    /// Variables without which Compose does not read it. While there are any, this is what our own reading says, and
    /// what depends on them is left out.
    pub(crate) unset: Vec<Unset>,
    /// Env files without which Compose does not read it either, and the services that name them.
    pub(crate) missing_env_files: Vec<(Utf8PathBuf, Vec<String>)>,
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
        let own = refusal::own_reading(&found, env)?;
        let read_files = own.preview.files.clone();
        let slashes = own.preview.slashes.clone();
        let missing_env_files = sense::missing_env_files(&own.preview.model);
        let (mut project, warnings, unset) = if let Some(compose) = compose {
            ask(compose, &found, own, env, cancel).await?
        } else {
            let is_for_the_check = own.is_for_the_check();
            if let Some(error) = own.error.filter(|_| !is_for_the_check) {
                return Err(error);
            }
            let project = from_preview(&own.preview, &found, env, generation);
            (project, Vec::new(), own.preview.unset)
        };

        let architecture = std::env::consts::ARCH;
        let architecture = if architecture == "aarch64" {
            "arm64"
        } else {
            "amd64"
        };
        let directory = found.directory.clone();
        let stop = cancel.clone();
        let cache = IndexCache::new(&env.state);
        // Disk and decompression are no work for the threads that serve the window.
        let reading = tokio::task::spawn_blocking(move || {
            let begun = Instant::now();
            let archives = archives::index_all(&directory, &cache, &stop);
            let seconds = begun.elapsed().as_secs_f64();
            tracing::debug!(seconds, "what is in the archives is known");
            mounts::resolve(&mut project, &slashes, &archives, architecture);
            (project, archives)
        });
        let (project, mut archives) = reading.await.map_err(|error| PackageError::Answer {
            reason: error.to_string(),
        })?;
        if cancel.is_cancelled() {
            return Err(ComposeError::Process(ProcessError::Cancelled).into());
        }

        let parent = found.directory.parent();
        let places = [
            Some(&*found.directory),
            parent.filter(|_| below_docker(&found.directory)),
        ];
        let vendor = places
            .into_iter()
            .flatten()
            .find_map(|folder| Some((folder, quayside_yaml::read(folder)?)));
        if let Some((folder, Ok(vendor))) = &vendor {
            for archive in &mut archives {
                let path = archive.path.strip_prefix(folder).ok();
                archive.checksum =
                    path.and_then(|path| vendor.checksums.get(path.as_str()).cloned());
            }
        }
        let root = vendor
            .as_ref()
            .map_or(&*found.directory, |(folder, _)| *folder)
            .to_owned();
        let vendor = vendor.map(|(_, vendor)| vendor);
        let mut findings = findings::of_warnings(&warnings);
        findings.extend(findings::of_unset(&unset));
        findings.extend(findings::of_project(&project));
        findings.extend(findings::of_archives(&archives));
        findings.extend(
            vendor
                .iter()
                .flat_map(|vendor| findings::of_quayside_yaml(vendor, &project)),
        );
        let sources = audit::sources::read(&root, &found.directory, &read_files);
        let audit = audit::audit(&project, &archives, architecture, &sources);
        let vendor = vendor.and_then(Result::ok).unwrap_or_default();
        Ok(Self {
            directory: found.directory,
            project,
            archives: Arc::new(archives),
            findings,
            audit,
            vendor,
            root,
            unset,
            missing_env_files,
        })
    }

    /// Returns what the project's `.env` says, as far as it can be read: what is secret in it must be known before
    /// anything is said about the package.
    pub(crate) fn variables(path: &Utf8Path, env: &Environment) -> BTreeMap<String, String> {
        find::find(path, env, Generation::V2)
            .map(|found| found.env_file)
            .unwrap_or_default()
    }

    /// Returns the files whose checksum the vendor gives, by their path below [`Package::root`].
    pub(crate) fn listed(&self) -> Vec<(String, String)> {
        let sums = self.vendor.checksums.iter();
        sums.map(|(file, sum)| (file.clone(), sum.clone()))
            .collect()
    }

    /// Returns the folder that has to be copied so that nothing is missing: the one above `docker/` where images or
    /// `quayside.yaml` lie there.
    pub(crate) fn whole_folder(&self) -> &Utf8Path {
        let above = self
            .directory
            .parent()
            .filter(|_| below_docker(&self.directory));
        let is_part = |above: &&Utf8Path| {
            let is_there = |archive: &Archive| {
                archive.path.starts_with(above) && !archive.path.starts_with(&self.directory)
            };
            self.root == *above || self.archives.iter().any(is_there)
        };
        above.filter(is_part).unwrap_or(&self.directory)
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
            .vendor_service(service)
            .and_then(|it| it.title.get(language));
        title.unwrap_or(service).to_owned()
    }

    /// Returns the titles of all services that have one.
    pub(crate) fn service_titles(&self) -> BTreeMap<String, String> {
        let language = text::language();
        let services = self.vendor.services.iter();
        services
            .filter_map(|(name, it)| Some((name.clone(), it.title.get(language)?.to_owned())))
            .collect()
    }

    /// Returns how many seconds services take to start, as far as the vendor says it.
    pub(crate) fn startups(&self) -> BTreeMap<String, f64> {
        let services = self.vendor.services.iter();
        services
            .filter_map(|(name, it)| Some((name.clone(), it.startup?.as_secs_f64())))
            .collect()
    }

    /// Returns where services are opened, as far as the vendor says it.
    pub(crate) fn service_links(&self) -> BTreeMap<String, OpenView> {
        let services = self.vendor.services.iter();
        services
            .filter_map(|(name, it)| Some((name.clone(), it.open.clone()?)))
            .collect()
    }

    pub(crate) fn vendor_service(&self, name: &str) -> Option<&VendorService> {
        self.vendor.services.get(name)
    }

    /// Returns what the vendor wants the computer to have.
    pub(crate) const fn requirements(&self) -> &Requirements {
        &self.vendor.requirements
    }

    /// Returns the values of `.env` that people are asked for.
    pub(crate) fn settings(&self) -> &[Setting] {
        &self.vendor.settings
    }

    /// Returns a name under which the value of a variable is guarded as the vendor wants it to be.
    pub(crate) fn guarded<'a>(&self, key: &'a str) -> &'a str {
        let settings = &self.vendor.settings;
        if settings.iter().any(|it| it.key == key && it.secret) {
            "SECRET"
        } else {
            key
        }
    }

    /// Returns whom to ask.
    pub(crate) const fn support(&self) -> Option<&Support> {
        self.vendor.support.as_ref()
    }

    /// Returns the vendor's picture, absolute.
    pub(crate) fn icon(&self) -> Option<Utf8PathBuf> {
        self.vendor.icon.as_ref().map(|icon| self.root.join(icon))
    }

    /// Returns the vendor's picture as an address that holds it; none when there is none that can be shown.
    pub(crate) fn icon_url(&self) -> Option<String> {
        icon::data_url(&self.icon()?)
    }

    /// Returns what is odd about the package.
    pub(crate) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Returns advice for the vendor.
    pub(crate) fn audit(&self) -> &[AuditEntry] {
        &self.audit
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

/// Returns what the `quayside.yaml` of another package folder calls its version.
pub(crate) fn version_in(directory: &Utf8Path) -> Option<String> {
    let parent = directory.parent().filter(|_| below_docker(directory));
    let read = |folder| quayside_yaml::read(folder)?.ok()?.version;
    [Some(directory), parent]
        .into_iter()
        .flatten()
        .find_map(read)
}

fn below_docker(directory: &Utf8Path) -> bool {
    directory.file_name() == Some("docker")
}

async fn ask(
    compose: &Compose,
    found: &Found,
    own: Own,
    env: &Environment,
    cancel: &CancellationToken,
) -> Result<(Project, Vec<String>, Vec<Unset>), PackageError> {
    let generation = compose.version().generation();
    let resolved = match compose.config(&found.directory, cancel).await {
        Ok(resolved) => resolved,
        Err(ComposeError::Failed { words, .. }) => {
            let preview = own.preview.clone();
            let lacks = own.lacks_only_values();
            let is_for_the_check = own.is_for_the_check();
            let error = refusal::refused(&words, compose.version(), found, own);
            let of_env_file = is_for_the_check && error.code() == "compose.env_missing";
            if !of_env_file && !refusal::is_of_values(&error, &preview, lacks) {
                return Err(error);
            }
            let project = from_preview(&preview, found, env, generation);
            return Ok((project, Vec::new(), preview.unset));
        }
        Err(error) => return Err(error.into()),
    };
    let unreadable = |reason: String| PackageError::Answer { reason };
    let answer: Value = match generation {
        Generation::V2 => {
            serde_json::from_str(&resolved.text).map_err(|error| unreadable(error.to_string()))?
        }
        Generation::V1 => {
            let documents = yaml::parse(resolved.text.as_bytes());
            let documents = documents.map_err(|error| unreadable(format!("{:?}", error.fault)))?;
            documents.into_iter().next().unwrap_or(Value::Null)
        }
    };
    let project = project(answer, found, env, generation, None);
    Ok((project, resolved.warnings, Vec::new()))
}

fn from_preview(
    preview: &Preview,
    found: &Found,
    env: &Environment,
    generation: Generation,
) -> Project {
    let model = preview.model.clone();
    project(model, found, env, generation, Some(preview))
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
