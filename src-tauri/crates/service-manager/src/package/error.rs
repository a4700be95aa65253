//! Why a package cannot be read.

use super::find::Kind;
use super::yaml::Fault;
use crate::api::error::Category;
use crate::compose::ComposeError;
use crate::compose::output::{EMPTY, NO_MAPPING, Rejection};
use crate::compose::since::since;
use crate::text::{Params, Text};
use camino::Utf8PathBuf;

/// How a parameter says that there is nothing: the word by which the texts choose.
const NONE: &str = "none";

/// Why a package cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    #[error("{path} does not exist")]
    NotFound { path: Utf8PathBuf },
    /// A file was given, maybe a packed package.
    #[error("{path} is a file")]
    IsFile { path: Utf8PathBuf },
    /// A folder without a compose file; what is in it by ending, and where there is one nearby.
    #[error("no compose file in {path}")]
    Empty {
        path: Utf8PathBuf,
        found: Vec<(Kind, usize)>,
        nearby: Option<Utf8PathBuf>,
    },
    /// COMPOSE_FILE names a file that is not there.
    #[error("COMPOSE_FILE names {file}, which is not there")]
    FileListed { file: Utf8PathBuf },
    #[error("{path} cannot be read")]
    Unreadable {
        path: Utf8PathBuf,
        source: std::io::Error,
    },
    /// Our own parser refuses a file.
    #[error("{file}: {fault:?}")]
    Yaml {
        file: Utf8PathBuf,
        line: Option<u32>,
        fault: Fault,
    },
    /// Compose (or, without it, the preview) refuses the project.
    #[error("{}: {}", .file, .rejection.reason)]
    Rejected {
        file: Utf8PathBuf,
        rejection: Box<Rejection>,
        compose: Option<String>,
    },
    /// Compose did not answer.
    #[error(transparent)]
    Compose(#[from] ComposeError),
    /// Compose answered with something else than a project.
    #[error("Compose's answer cannot be read: {reason}")]
    Answer { reason: String },
}

impl PackageError {
    /// Returns the stable code.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "package-not-found",
            Self::IsFile { path } if is_packed(path) => "package-packed",
            Self::IsFile { .. } => "package-is-file",
            Self::Empty { .. } => "package-empty",
            Self::FileListed { .. } => "compose.undefined_ref",
            Self::Unreadable { .. } => "package-unreadable",
            Self::Yaml { .. } => "compose.yaml_syntax",
            Self::Rejected { rejection, .. } => rejection.code,
            Self::Compose(error) => error.code(),
            Self::Answer { .. } => "compose-failed",
        }
    }

    /// Returns the requirements' category.
    pub(crate) fn category(&self) -> Category {
        match self {
            Self::NotFound { .. } | Self::IsFile { .. } | Self::FileListed { .. } => {
                Category::FileSystem
            }
            Self::Unreadable { source, .. }
                if source.kind() == std::io::ErrorKind::PermissionDenied =>
            {
                Category::Permission
            }
            Self::Unreadable { .. } => Category::FileSystem,
            Self::Empty { .. } | Self::Yaml { .. } | Self::Rejected { .. } => {
                Category::Configuration
            }
            Self::Compose(error) => error.category(),
            Self::Answer { .. } => Category::DockerCommand,
        }
    }

    /// Returns the parameters: `file`, `line`, `key`, `reason` wherever they are known; a line of 0 and a key `none` are not.
    pub(crate) fn params(&self) -> Params {
        match self {
            Self::NotFound { path } | Self::IsFile { path } => {
                Params::new().with("path", path.as_str())
            }
            Self::Unreadable { path, source } => Params::new()
                .with("path", path.as_str())
                .with("reason", source.to_string()),
            Self::Empty {
                path,
                found,
                nearby,
            } => {
                let kinds: Vec<String> = found
                    .iter()
                    .take(4)
                    .map(|(kind, count)| kind.count(*count).to_string())
                    .collect();
                Params::new()
                    .with("path", path.as_str())
                    .with(
                        "files",
                        "compose.yaml, compose.yml, docker-compose.yml, docker-compose.yaml",
                    )
                    .with("count", found.iter().map(|(_, count)| count).sum::<usize>())
                    .with(
                        "found",
                        kinds.join(&Text::new("found-separator").to_string()),
                    )
                    .with("near", nearby.as_ref().map_or(NONE, |it| it.as_str()))
            }
            Self::FileListed { file } => located(file.as_str(), None, "", "COMPOSE_FILE"),
            Self::Yaml { file, line, fault } => {
                let key = match fault {
                    Fault::DuplicateKey { key } => key,
                    _ => "",
                };
                located(file.as_str(), *line, key, fault_text(fault))
            }
            Self::Rejected {
                file,
                rejection,
                compose,
            } => {
                let file = rejection.file.as_deref().unwrap_or(file.as_str());
                let reason = match (&rejection.text, rejection.reason.as_str()) {
                    (Some(text), _) => text.clone(),
                    (None, EMPTY) => Text::new(EMPTY),
                    (None, NO_MAPPING) => Text::new(NO_MAPPING),
                    // The sentence around it has the full stop.
                    (None, words) => Text::verbatim(words.trim_end_matches(['.', ':'])),
                };
                located(
                    file,
                    rejection.line,
                    rejection.key.as_deref().unwrap_or_default(),
                    reason,
                )
                .with("compose", compose.as_deref().unwrap_or(NONE))
                .with(
                    "needs",
                    rejection.key.as_deref().and_then(since).unwrap_or(NONE),
                )
            }
            Self::Compose(error) => error.params(),
            Self::Answer { reason } => Params::new().with("verb", "config").with("reason", reason),
        }
    }
}

fn located(
    file: &str,
    line: Option<u32>,
    key: &str,
    reason: impl Into<crate::text::Param>,
) -> Params {
    // Texts choose their words by `line`: 0 means that it is not known.
    let key = if key.is_empty() { NONE } else { key };
    Params::new()
        .with("file", file)
        .with("line", line.unwrap_or(0))
        .with("key", key)
        .with("reason", reason)
}

/// Returns what a YAML fault is in words.
pub(crate) fn fault_text(fault: &Fault) -> Text {
    match fault {
        Fault::WebPage => Text::new("yaml-web-page"),
        Fault::Tab => Text::new("yaml-tab"),
        Fault::DuplicateKey { key } => Text::new("yaml-duplicate-key").with("key", key),
        Fault::Hostile => Text::new("yaml-hostile"),
        Fault::TooLarge => Text::new("yaml-too-large"),
        Fault::Encoding => Text::new("yaml-encoding"),
        Fault::Syntax { reason } => Text::verbatim(reason),
    }
}

fn is_packed(path: &camino::Utf8Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_lowercase();
    [".zip", ".tar", ".tar.gz", ".tgz", ".tar.zst", ".7z", ".rar"]
        .iter()
        .any(|ending| name.ends_with(ending))
}
