//! Why a project is refused, with the file and the line: our own reading, before Compose is asked and where it is
//! not there, and Compose's no, which names neither more often than not.

use super::PackageError;
use super::find::Found;
use super::preview::{self, Preview, PreviewError, Unset};
use super::sense;
use super::yaml;
use crate::Environment;
use crate::compose::env_file;
use crate::compose::interpolate::InterpolationError;
use crate::compose::output::{self, Rejection};
use crate::compose::volumes::normalise;
use crate::compose::{Generation, Version};
use crate::text::Text;
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeSet;

/// What our own reading of the files comes to.
#[derive(Debug, Default)]
pub(super) struct Own {
    pub(super) preview: Preview,
    /// Why Compose v2 would refuse the project, as far as we can tell.
    pub(super) error: Option<PackageError>,
}

impl Own {
    /// Whether nothing stands in the way but values that somebody has to give.
    pub(super) fn lacks_only_values(&self) -> bool {
        let code = self.error.as_ref().map(PackageError::code);
        !self.preview.unset.is_empty() && code == Some(ENV_MISSING)
    }

    /// Whether nothing stands in the way but values and files of values: the check says which, and what can be done.
    pub(super) fn is_for_the_check(&self) -> bool {
        let code = self.error.as_ref().map(PackageError::code);
        self.lacks_only_values()
            || code == Some(ENV_MISSING)
                && !sense::missing_env_files(&self.preview.model).is_empty()
    }
}

const ENV_MISSING: &str = "compose.env_missing";

/// Whether Compose says no because a value is missing, or because of what a missing value makes of the rest.
pub(super) fn is_of_values(error: &PackageError, preview: &Preview, lacks_only: bool) -> bool {
    match error.code() {
        ENV_MISSING => !preview.unset.is_empty(),
        "compose.schema_invalid" => lacks_only,
        _ => false,
    }
}

/// Reads the files ourselves, with limits. An error means that Compose must not see them.
pub(super) fn own_reading(found: &Found, env: &Environment) -> Result<Own, PackageError> {
    let error = match with_values(found, env) {
        Ok(own) => return Ok(own),
        Err(error) => error,
    };
    let hostile = matches!(&error, PreviewError::Yaml { error, .. } if error.is_hostile());
    let is_remote = matches!(&error, PreviewError::Remote { .. });
    let error = of_preview(error);
    // Compose would fetch it.
    if hostile || is_remote {
        return Err(error);
    }
    let error = Some(error);
    let preview = Preview {
        files: found.files.clone(),
        ..Preview::default()
    };
    Ok(Own { preview, error })
}

/// Reads the files, and reads them again without what depends on values that are missing, until the rest can be judged.
fn with_values(found: &Found, env: &Environment) -> Result<Own, PreviewError> {
    let mut needed = BTreeSet::new();
    let mut first = None;
    loop {
        let preview = preview::read(found, env, &needed)?;
        let error = own_no(&preview, found, env);
        let names = error.as_ref().map(blank_names).unwrap_or_default();
        let is_known = |name: &String| preview.unset.iter().any(|it| it.name == *name);
        let known = needed.len();
        needed.extend(names.iter().filter(|name| !is_known(name)).cloned());
        if needed.len() > known {
            first = first.or(error);
            continue;
        }
        // What lacks a value that is asked for anyway is not judged any further.
        let error = error.filter(|_| names.is_empty());
        let error = error
            .or(first)
            .or_else(|| preview.unset.first().map(demanded));
        return Ok(Own { preview, error });
    }
}

/// The variables that an error is about.
fn blank_names(error: &PackageError) -> BTreeSet<String> {
    match error {
        PackageError::Rejected { rejection, .. } if rejection.code == ENV_MISSING => {
            let names = rejection.key.iter().flat_map(|names| names.split(", "));
            names.map(str::to_owned).collect()
        }
        _ => BTreeSet::new(),
    }
}

fn demanded(unset: &Unset) -> PackageError {
    let words = unset.words.as_ref().unwrap_or(&unset.name);
    let text = Text::verbatim(words.clone());
    let (name, file) = (Some(unset.name.clone()), unset.file.clone());
    at_line(file, ENV_MISSING, name, text, unset.line)
}

/// The rejection for a key of a file, whose line is looked up.
fn rejected(
    file: Utf8PathBuf,
    code: &'static str,
    key: Option<String>,
    text: Text,
) -> PackageError {
    let line = key.as_deref().and_then(|key| line_in(&file, key));
    at_line(file, code, key, text, line)
}

fn at_line(
    file: Utf8PathBuf,
    code: &'static str,
    key: Option<String>,
    text: Text,
    line: Option<u32>,
) -> PackageError {
    let rejection = Rejection {
        code,
        line,
        key: key.filter(|key| !key.is_empty()),
        text: Some(text),
        ..Rejection::default()
    };
    PackageError::Rejected {
        file,
        rejection: Box::new(rejection),
        compose: None,
    }
}

fn of_preview(error: PreviewError) -> PackageError {
    match error {
        PreviewError::Yaml { file, error } => PackageError::Yaml {
            file,
            line: error.line,
            fault: error.fault,
        },
        PreviewError::Io { file, source } if source.kind() == std::io::ErrorKind::NotFound => {
            let words = Text::verbatim(source.to_string());
            rejected(file, "compose.undefined_ref", None, words)
        }
        PreviewError::Io { file, source } => PackageError::Unreadable { path: file, source },
        PreviewError::Interpolation { file, key, source } => match &source {
            InterpolationError::Required { name, words } => {
                let words = if words.is_empty() { &key } else { words };
                let line = line_in(&file, &key);
                let text = Text::verbatim(words.clone());
                at_line(file, "compose.env_missing", Some(name.clone()), text, line)
            }
            InterpolationError::Format { .. } => {
                let text = Text::verbatim(source.to_string());
                rejected(file, "compose.schema_invalid", Some(key), text)
            }
        },
        PreviewError::NoService { file, service } => {
            let text = Text::verbatim("extends");
            let line = mentioned(&file, &service);
            at_line(file, "compose.undefined_ref", Some(service), text, line)
        }
        PreviewError::Remote { file, key, place } => {
            rejected(file, "compose.remote", Some(key), Text::verbatim(place))
        }
        PreviewError::Cycle { file } => {
            let text = Text::verbatim("extends, include");
            rejected(file, "compose.dependency_cycle", None, text)
        }
    }
}

/// What Compose v2 would say no to in files that can be read.
fn own_no(preview: &Preview, found: &Found, env: &Environment) -> Option<PackageError> {
    let first = found.files.first().cloned().unwrap_or_default();
    if let Some(error) = broken_line(&found.directory.join(".env")) {
        return Some(error);
    }
    if found.lists_nothing {
        let (file, line) = of_variable(found, COMPOSE_FILE);
        let key = Some(COMPOSE_FILE.to_owned());
        let text = Text::new("compose-file-list");
        return Some(at_line(file, "compose.schema_invalid", key, text, line));
    }
    if let Some(shape) = preview.shape {
        let text = Text::new(shape);
        return Some(rejected(first, "compose.schema_invalid", None, text));
    }
    let lookup = |name: &str| found.variable(env, name);
    if let Some((file, misfit)) = &preview.misfit {
        let line = line_in(file, &misfit.key);
        let reason = misfit.reason.clone();
        return Some(of_place((file.clone(), line), &misfit.key, reason, &lookup));
    }
    if let Some(nonsense) = sense::nonsense(&preview.model) {
        let key = nonsense.key;
        let place = match nonsense.file {
            Some(file) => (file, None),
            None => located(&preview.files, &key).unwrap_or((first, None)),
        };
        return Some(if nonsense.code == sense::SCHEMA {
            of_place(place, &key, nonsense.reason, &lookup)
        } else {
            at_line(place.0, nonsense.code, Some(key), nonsense.reason, place.1)
        });
    }
    let env_files = sense::env_files_of(&preview.model);
    for file in &env_files {
        if let Err(source) = yaml::read(file)
            && source.kind() == std::io::ErrorKind::PermissionDenied
        {
            let path = file.clone();
            return Some(PackageError::Unreadable { path, source });
        }
        if let Some(error) = broken_line(file) {
            return Some(error);
        }
    }
    if is_nameless(preview, found, env) {
        let text = nameless(found);
        let key = Some(PROJECT_NAME.to_owned());
        return Some(at_line(first, "compose.schema_invalid", key, text, None));
    }
    let name = found.variable(env, PROJECT_NAME).unwrap_or_default();
    let sound = name.chars().enumerate().all(|(at, char)| {
        char.is_ascii_lowercase() || char.is_ascii_digit() || (at > 0 && matches!(char, '-' | '_'))
    });
    (!sound).then(|| {
        let (file, line) = of_variable(found, PROJECT_NAME);
        let text = Text::new("compose-project-name").with("name", name);
        let key = Some(PROJECT_NAME.to_owned());
        at_line(file, "compose.schema_invalid", key, text, line)
    })
}

/// The first line of an env file that Compose v2 takes for nothing.
fn broken_line(file: &Utf8Path) -> Option<PackageError> {
    let (line, reason) = env_file::first_fault(&text_of(file)?)?;
    Some(at_line(
        file.to_owned(),
        "env-file-invalid",
        None,
        Text::new(reason),
        Some(line),
    ))
}

/// The rejection of one place: its reason says which. A value that is not as it has to be because a variable in it
/// has no value is that variable's fault.
fn of_place(
    (file, line): (Utf8PathBuf, Option<u32>),
    key: &str,
    reason: Text,
    lookup: &dyn Fn(&str) -> Option<String>,
) -> PackageError {
    let text = text_of(&file).unwrap_or_default();
    let suspect = match reason.key() {
        "compose-no-image" => yaml::line_of_whole(&text, &format!("{key}.image")),
        "compose-type" | "compose-one-of" | "compose-bad-value" | "compose-bad-port"
        | "compose-bad-volume" => line,
        _ => None,
    };
    let blank = suspect.map_or_else(Vec::new, |line| blanks(&text, line, lookup));
    let reason = Text::new("compose-at")
        .with("key", key)
        .with("reason", reason);
    if blank.is_empty() {
        at_line(
            file,
            "compose.schema_invalid",
            Some(key.to_owned()),
            reason,
            line,
        )
    } else {
        let names = Some(blank.join(", "));
        at_line(file, "compose.env_missing", names, reason, suspect)
    }
}

/// The variables without a value, and without a default, in a line and in what belongs to it.
fn blanks(text: &str, line: u32, lookup: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let from = usize::try_from(line).map_or(0, |line| line.saturating_sub(1));
    let indent = |line: &str| line.len() - line.trim_start().len();
    let level = text.lines().nth(from).map_or(0, indent);
    let belongs = |line: &&str| {
        let item = line.trim_start().starts_with("- ") && indent(line) == level;
        line.trim().is_empty() || indent(line) > level || item
    };
    let first = text.lines().skip(from).take(1);
    let block = first.chain(text.lines().skip(from + 1).take_while(belongs));
    let mut found = Vec::new();
    for line in block {
        for rest in line.split('$').skip(1) {
            let rest = rest.strip_prefix('{').unwrap_or(rest);
            let name = rest
                .split(|char: char| !char.is_ascii_alphanumeric() && char != '_')
                .next()
                .unwrap_or_default();
            let default = rest[name.len()..].trim_start_matches(':').starts_with('-');
            let blank = || lookup(name).unwrap_or_default().is_empty();
            if !name.is_empty() && !default && blank() && !found.iter().any(|it| it == name) {
                found.push(name.to_owned());
            }
        }
    }
    found
}

const PROJECT_NAME: &str = "COMPOSE_PROJECT_NAME";
const COMPOSE_FILE: &str = "COMPOSE_FILE";

/// Compose makes the name of Latin letters and digits; a folder called 系统 has none.
fn is_nameless(preview: &Preview, found: &Found, env: &Environment) -> bool {
    let given = found.variable(env, PROJECT_NAME).unwrap_or_default();
    let written = preview
        .model
        .get("name")
        .and_then(serde_json::Value::as_str);
    let folder = found.project_directory.file_name().unwrap_or_default();
    given.is_empty()
        && written.is_none_or(str::is_empty)
        && !folder.chars().any(|char| char.is_ascii_alphanumeric())
}

fn nameless(found: &Found) -> Text {
    let folder = found.project_directory.file_name().unwrap_or_default();
    Text::new("compose-folder-name").with("folder", folder)
}

/// Compose's no, with the file and the line where it does not name them itself.
pub(super) fn refused(words: &str, version: &Version, found: &Found, own: Own) -> PackageError {
    let mut rejection = output::rejection(words);
    let of_v1 = version.generation() == Generation::V1;
    // v1 ended in 2021; what would not disturb any later Compose is not the vendor's fault.
    if of_v1 && own.error.is_none() {
        rejection = output::only_v1(words);
    }
    let crashed = words.contains("goroutine ") || words.contains("Traceback (most recent");
    match own.error {
        // Compose names no file, and its line is sometimes off by a few; our parser knows both.
        Some(error @ PackageError::Yaml { .. }) if rejection.code == "compose.yaml_syntax" => {
            return error;
        }
        Some(error @ PackageError::Unreadable { .. }) => return error,
        Some(error) if crashed => return error,
        // What no Compose would take is no matter of versions.
        Some(error) if of_v1 && rejection.code == "compose.version_unsupported" => return error,
        Some(PackageError::Rejected {
            file,
            rejection: own,
            ..
        }) if rejection.line.is_none()
            && (rejection.key.is_none()
                || rejection.key == own.key
                || rejection.code == "compose.env_missing")
            && rejection.file.is_none()
            && rejection.code == own.code =>
        {
            // The place is ours, the words are Compose's.
            let rejection = Rejection {
                line: own.line,
                key: own.key,
                ..rejection
            };
            return PackageError::Rejected {
                file,
                rejection: Box::new(rejection),
                compose: Some(version.to_string()),
            };
        }
        _ => {}
    }
    let mut file = found.files.first().cloned().unwrap_or_default();
    let named = rejection.file.take();
    let is_named = named.is_some();
    if let Some(named) = named {
        // A path relative to the folder Compose ran in.
        file = normalise(&found.directory.join(named));
    }
    let key = rejection.key.clone().unwrap_or_default();
    if key == PROJECT_NAME && words.contains("must not be empty") {
        rejection.text = Some(nameless(found));
    } else if key == PROJECT_NAME {
        (file, rejection.line) = of_variable(found, PROJECT_NAME);
    } else if words.contains("UnicodeDecodeError") && is_no_text(&found.directory.join(".env")) {
        file = found.directory.join(".env");
    } else if words.contains(&format!("read {}: is a directory", found.directory))
        || words.contains("Is a directory: './'")
    {
        // Compose has taken the folder itself for a file, and its words help nobody.
        (file, rejection.line) = of_variable(found, COMPOSE_FILE);
        rejection.key = Some(COMPOSE_FILE.into());
        rejection.text = Some(Text::new("compose-file-list"));
    } else if rejection.code == "env-file-invalid" && !is_named {
        let files = sense::env_files_of(&own.preview.model);
        if let Some(bad) = env_file_with_bad_line(&files, rejection.line) {
            file = bad;
        }
    } else if rejection.line.is_none() {
        let missing = rejection.code == "compose.undefined_ref" && words.contains("no such file");
        if is_named {
            rejection.line = line_in_or_mentioned(&file, &key);
        } else if let Some((place, line)) = located(&own.preview.files, &key).filter(|_| !missing) {
            (file, rejection.line) = (place, line);
        }
    }
    PackageError::Rejected {
        file,
        rejection: Box::new(rejection),
        compose: Some(version.to_string()),
    }
}

/// Where a variable of Compose's own is set: `.env`, else outside of any file.
fn of_variable(found: &Found, name: &str) -> (Utf8PathBuf, Option<u32>) {
    let env_file = found.directory.join(".env");
    if !found.env_file.contains_key(name) {
        return (found.files.first().cloned().unwrap_or_default(), None);
    }
    let line = mentioned(&env_file, name);
    (env_file, line)
}

/// Compose gives only the number of the line: the env file that has such a line, the first that looks broken there.
fn env_file_with_bad_line(files: &[Utf8PathBuf], line: Option<u32>) -> Option<Utf8PathBuf> {
    let at = usize::try_from(line?).ok()?.checked_sub(1)?;
    let broken = |file: &&Utf8PathBuf| {
        let content = yaml::read(file).unwrap_or_default();
        let content = String::from_utf8_lossy(&content).into_owned();
        let line = content.lines().nth(at).unwrap_or_default();
        let name = line.split(['=', ':']).next().unwrap_or_default().trim();
        let name = name.strip_prefix("export ").unwrap_or(name);
        let quotes = |quote| content.matches(quote).count() % 2 == 1;
        name.contains(char::is_whitespace) || quotes('"') || quotes('\'')
    };
    files.iter().find(broken).or_else(|| files.first()).cloned()
}

/// The file and the line of a key path or, for a bare name, of the first mention of it.
fn located(files: &[Utf8PathBuf], key: &str) -> Option<(Utf8PathBuf, Option<u32>)> {
    let whole = |file: &Utf8PathBuf| {
        let line = yaml::line_of_whole(&text_of(file)?, key)?;
        Some((file.clone(), Some(line)))
    };
    let some = |file: &Utf8PathBuf| Some((file.clone(), Some(line_in_or_mentioned(file, key)?)));
    files
        .iter()
        .find_map(whole)
        .or_else(|| files.iter().find_map(some))
}

fn line_in_or_mentioned(file: &Utf8Path, key: &str) -> Option<u32> {
    if key.contains('.') {
        line_in(file, key)
    } else {
        yaml::line_of_whole(&text_of(file)?, key).or_else(|| mentioned(file, key))
    }
}

/// The first line that has the name as a value or a variable.
fn mentioned(file: &Utf8Path, key: &str) -> Option<u32> {
    let content = text_of(file)?;
    let name = key
        .split([',', ' '])
        .next()
        .filter(|name| !name.is_empty())?;
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
    yaml::line_of(&text_of(file)?, key)
}

fn is_no_text(file: &Utf8Path) -> bool {
    yaml::read(file).is_ok_and(|content| std::str::from_utf8(&content).is_err())
}

fn text_of(file: &Utf8Path) -> Option<String> {
    let content = yaml::read(file).ok()?;
    Some(String::from_utf8_lossy(&content).into_owned())
}

#[cfg(test)]
mod tests;
