//! Finding the project in a folder, as Compose would: file names, their order, COMPOSE_FILE, `.env`.

use super::{PackageError, yaml};
use crate::Environment;
use crate::compose::{Generation, env_file};
use crate::text::Text;
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeMap;

/// Compose v2's order; v1 prefers the long names.
const FILES: [&str; 4] = [
    "compose.yaml",
    "compose.yml",
    "docker-compose.yml",
    "docker-compose.yaml",
];
const FILES_V1: [&str; 4] = [
    "docker-compose.yml",
    "docker-compose.yaml",
    "compose.yml",
    "compose.yaml",
];
pub(crate) const OVERRIDES: [&str; 4] = [
    "compose.override.yml",
    "compose.override.yaml",
    "docker-compose.override.yml",
    "docker-compose.override.yaml",
];
const OVERRIDES_V1: [&str; 4] = [
    "docker-compose.override.yml",
    "docker-compose.override.yaml",
    "compose.override.yml",
    "compose.override.yaml",
];
/// A bound for the look around in a folder without a project.
const LOOK_LIMIT: usize = 2000;

/// Where a project is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    /// The folder Compose runs in, absolute, under the name it was given.
    pub(crate) directory: Utf8PathBuf,
    /// The folder its relative paths start from: that of the first file.
    pub(crate) project_directory: Utf8PathBuf,
    /// In merge order, absolute.
    pub(crate) files: Vec<Utf8PathBuf>,
    /// What `.env` says.
    pub(crate) env_file: BTreeMap<String, String>,
    /// COMPOSE_FILE is there and empty, or has an empty part, which Compose v2 takes for the folder.
    pub(crate) lists_nothing: bool,
}

impl Found {
    /// Returns a variable as Compose sees it: the environment before `.env`.
    pub(crate) fn variable(&self, env: &Environment, name: &str) -> Option<String> {
        env.variables
            .get(name)
            .or_else(|| self.env_file.get(name))
            .cloned()
    }
}

/// Finds the project in a folder or in `docker/` below it.
pub(crate) fn find(
    path: &Utf8Path,
    env: &Environment,
    generation: Generation,
) -> Result<Found, PackageError> {
    let path = absolute(path, env);
    let meta = fs_err::metadata(&path).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => PackageError::NotFound { path: path.clone() },
        _ => PackageError::Unreadable {
            path: path.clone(),
            source,
        },
    })?;
    if !meta.is_dir() {
        return Err(PackageError::IsFile { path });
    }
    for directory in [path.clone(), path.join("docker")] {
        if directory.is_dir()
            && let Some(found) = look_in(&directory, env, generation)?
        {
            return Ok(found);
        }
    }
    let near = nearby(&path);
    Err(PackageError::Empty {
        found: count_kinds(&path)?,
        path,
        nearby: near,
    })
}

fn absolute(path: &Utf8Path, env: &Environment) -> Utf8PathBuf {
    let logical = || -> Option<Utf8PathBuf> {
        // A shell that stands in a linked folder calls it by the link's name, and so does Compose.
        let shell = Utf8PathBuf::from(env.get("PWD")?);
        let here = std::env::current_dir().ok()?;
        (shell.is_absolute() && shell.canonicalize().ok()? == here.canonicalize().ok()?)
            .then(|| shell.join(path))
    };
    let path = if path.is_absolute() {
        path.to_owned()
    } else {
        logical()
            .or_else(|| camino::absolute_utf8(path).ok())
            .unwrap_or_else(|| path.to_owned())
    };
    crate::compose::volumes::normalise(&path)
}

fn look_in(
    directory: &Utf8Path,
    env: &Environment,
    generation: Generation,
) -> Result<Option<Found>, PackageError> {
    let env_file = read_env_file(&directory.join(".env"), env)?;
    let mut found = Found {
        directory: directory.to_owned(),
        project_directory: directory.to_owned(),
        files: Vec::new(),
        env_file,
        lists_nothing: false,
    };
    let listed = found.variable(env, "COMPOSE_FILE");
    found.lists_nothing = listed.as_deref() == Some("");
    if let Some(list) = listed.filter(|list| !list.is_empty()) {
        let separator = found
            .variable(env, "COMPOSE_PATH_SEPARATOR")
            .filter(|it| !it.is_empty());
        let separator =
            separator.unwrap_or_else(|| if cfg!(windows) { ";" } else { ":" }.to_owned());
        found.lists_nothing = list.split(&separator).any(str::is_empty);
        found.files = list
            .split(&separator)
            .filter(|it| !it.is_empty())
            .map(|it| directory.join(it))
            .collect();
        if let Some(missing) = found.files.iter().find(|file| !file.is_file()) {
            return Err(PackageError::FileListed {
                file: missing.clone(),
            });
        }
    } else {
        let first = |names: &[&str]| {
            names
                .iter()
                .map(|name| directory.join(name))
                .find(|file| file.is_file())
        };
        let (files, overrides) = match generation {
            Generation::V1 => (FILES_V1, OVERRIDES_V1),
            Generation::V2 => (FILES, OVERRIDES),
        };
        let Some(file) = first(&files) else {
            return Ok(None);
        };
        found.files = [Some(file), first(&overrides)]
            .into_iter()
            .flatten()
            .collect();
    }
    found.files = found
        .files
        .iter()
        .map(|file| crate::compose::volumes::normalise(file))
        .collect();
    if let Some(parent) = found.files.first().and_then(|file| file.parent()) {
        found.project_directory = parent.to_owned();
    }
    Ok(Some(found))
}

fn read_env_file(
    path: &Utf8Path,
    env: &Environment,
) -> Result<BTreeMap<String, String>, PackageError> {
    match yaml::read(path) {
        Ok(content) => Ok(env_file::parse(
            &String::from_utf8_lossy(&content),
            &env.variables,
        )),
        Err(_) if !path.is_file() => Ok(BTreeMap::new()),
        Err(source) => Err(PackageError::Unreadable {
            path: path.to_owned(),
            source,
        }),
    }
}

/// Says what a folder without a project holds: how many files of each ending, the most frequent first.
fn count_kinds(path: &Utf8Path) -> Result<Vec<(Kind, usize)>, PackageError> {
    let entries = path.read_dir_utf8();
    let entries = entries.map_err(|source| PackageError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    for entry in entries.take(LOOK_LIMIT).flatten() {
        let kind = match entry.file_type() {
            Ok(kind) if kind.is_dir() => Kind::Folder,
            _ => entry
                .path()
                .extension()
                .map_or(Kind::Other, |it| Kind::File(it.to_uppercase())),
        };
        *counts.entry(kind).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    Ok(counts)
}

/// What lies in a folder that holds no package, as people count it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Folder,
    /// By its extension in capitals: `PDF`.
    File(String),
    /// A file without an extension.
    Other,
}

impl Kind {
    /// Returns `3 PDF files`.
    pub(crate) fn count(&self, count: usize) -> Text {
        match self {
            Self::Folder => Text::new("found-folders").with("count", count),
            Self::File(kind) => Text::new("found-files")
                .with("count", count)
                .with("kind", kind),
            Self::Other => Text::new("found-others").with("count", count),
        }
    }
}

/// Looks one level up and one down for the folder that was probably meant.
fn nearby(path: &Utf8Path) -> Option<Utf8PathBuf> {
    let holds = |folder: &Utf8Path| FILES.iter().any(|name| folder.join(name).is_file());
    let up = path
        .parent()
        .into_iter()
        .flat_map(|parent| [parent.to_owned(), parent.join("docker")]);
    let down = path
        .read_dir_utf8()
        .into_iter()
        .flatten()
        .take(LOOK_LIMIT)
        .flatten()
        .map(|entry| entry.path().to_owned());
    let mut down: Vec<Utf8PathBuf> = down
        .filter(|it| it.is_dir())
        .flat_map(|it| [it.join("docker"), it])
        .collect();
    down.sort();
    down.into_iter().chain(up).find(|folder| holds(folder))
}
