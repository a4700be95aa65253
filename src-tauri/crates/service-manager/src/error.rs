//! The library's one error: everything that can go wrong, with a code to act on and one of sixteen categories.

use crate::api::error::{Category, CommandError};
use crate::api::operation::OperationKind;
use crate::compose::ComposeError;
use crate::engine::EngineError;
use crate::host::engine_start;
use crate::package::PackageError;
use crate::process::ProcessError;
use crate::text::{Params, Text, format};
use std::time::Duration;

/// Why something could not be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The engine cannot be reached, or refused a call.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The package cannot be read.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// Compose is missing or refused.
    #[error(transparent)]
    Compose(#[from] ComposeError),
    /// No package is open yet.
    #[error("no package is open")]
    NoPackage,
    /// Another operation changes this project.
    #[error("{kind} is already running")]
    OperationInProgress {
        /// What runs.
        kind: OperationKind,
        /// `window` or `cli`, and the process id.
        owner: String,
    },
    /// A file that was to be explained holds no evidence.
    #[error("no evidence: {reason}")]
    Evidence {
        /// The parser's words, or what else it is.
        reason: Text,
    },
    /// A name that is neither a service nor a container of this package.
    #[error("no service or container is called {name}")]
    NoSuchService {
        /// As given.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// The engine cannot run images of this architecture.
    #[error("{image} is made for {platform}, the engine is {engine}")]
    Architecture {
        /// The image.
        image: String,
        /// What it is made for.
        platform: String,
        /// What the engine is.
        engine: String,
    },
    /// An image could not be loaded or named.
    #[error("{archive}: {reason}")]
    ImageLoading {
        /// The archive, relative to the package.
        archive: String,
        /// The engine's words.
        reason: String,
    },
    /// A file with images that cannot be used.
    #[error("{sentence}")]
    Archive {
        /// What is wrong with it and what to do.
        sentence: String,
    },
    /// Blocking checks; nothing was changed.
    #[error("{count} things must be fixed first")]
    Blocked {
        /// How many.
        count: usize,
    },
    /// A mount directory could not be created.
    #[error("{path} could not be created: {reason}")]
    Directory {
        /// The directory.
        path: String,
        /// The system's words.
        reason: String,
    },
    /// A file or folder could not be read or written.
    #[error("{path}: {reason}")]
    File {
        /// The path.
        path: String,
        /// The system's words.
        reason: String,
    },
    /// This user may not do that.
    #[error("{path}: permission denied")]
    Permission {
        /// The path.
        path: String,
    },
    /// Nobody gave the rights of an administrator.
    #[error("not done as administrator")]
    NotAdmin {
        /// The question was closed; otherwise it could not be put.
        dismissed: bool,
    },
    /// What is in a folder could not be listed whole, so nothing was changed.
    #[error("{path}: not everything in it could be listed")]
    Unlistable {
        /// The folder.
        path: String,
    },
    /// A port that was free at the check is held now.
    #[error("port {port} is held by {holder}")]
    PortLost {
        /// The port.
        port: String,
        /// Who holds it.
        holder: String,
    },
    /// `docker compose up` and its like ended with an error.
    #[error("compose {verb} ended with {code}")]
    DockerCommand {
        /// `up`, `stop`, ...
        verb: String,
        /// The exit code; -1 when there is none.
        code: i32,
        /// The last lines of its output.
        tail: Vec<String>,
    },
    /// A service will not come up by itself.
    #[error("{service} does not start: {reason}")]
    Service {
        /// The service.
        service: String,
        /// Its sentence.
        reason: Text,
        /// Its last log lines.
        tail: Vec<String>,
    },
    /// A service runs but its health check does not pass.
    #[error("{service} is not healthy")]
    Unhealthy {
        /// The service.
        service: String,
        /// Its last log lines.
        tail: Vec<String>,
    },
    /// Waiting ended before everything was ready.
    #[error("not ready after {after:?}: {services}")]
    NotReady {
        /// How long was waited.
        after: Duration,
        /// Which services are not ready.
        services: String,
    },
    /// A disk is too small for what is to come.
    #[error("{path}: {needed} bytes needed, {free} free")]
    Disk {
        /// Where.
        path: String,
        /// Bytes needed.
        needed: u64,
        /// Bytes free.
        free: u64,
    },
    /// Where something should be put there is something already.
    #[error("{path} is there already")]
    TargetExists {
        /// Where.
        path: String,
    },
    /// A file cannot be saved where somebody wants it.
    #[error("{path}: {reason}")]
    CannotSave {
        /// Where.
        path: String,
        /// Why not.
        reason: Text,
    },
    /// An address no engine can have.
    #[error("{address} is no address of an engine")]
    BadAddress {
        /// As given.
        address: String,
    },
    /// Words that are neither a moment nor a length of time.
    #[error("{text} is no time")]
    BadTime {
        /// As given.
        text: String,
    },
    /// A file that would be written over.
    #[error("{path} is there already")]
    FileExists {
        /// The file.
        path: String,
    },
    /// Secrets were found in what was to be handed on; nothing was written.
    #[error("{count} secrets would have been in {files}")]
    NotRedacted {
        /// How many.
        count: usize,
        /// The files they were found in.
        files: String,
    },
    /// What was written is not what was read: a disk or a cable fails.
    #[error("{path} was not copied correctly")]
    CopyDiffers {
        /// Where.
        path: String,
    },
    /// A packed package that cannot be unpacked.
    #[error("{path} cannot be unpacked: {reason}")]
    PackedUnusable {
        /// The file.
        path: String,
        /// Why.
        reason: Text,
    },
    /// What was to be changed is not as it was found, so nothing was done to it.
    #[error("{path} changed meanwhile")]
    ChangedMeanwhile {
        /// Where.
        path: String,
    },
    /// No fix of this id is offered now.
    #[error("no fix is called {id}")]
    NoSuchFix {
        /// As given.
        id: String,
        /// What is offered.
        known: Vec<String>,
    },
    /// The fix changes something a person must agree to first.
    #[error("{effect}: not agreed to")]
    NotAgreed {
        /// What it would do.
        effect: Text,
    },
    /// A value that cannot be saved in `.env`.
    #[error("{key}: {reason}")]
    Setting {
        /// The variable.
        key: String,
        /// Why not.
        reason: Text,
    },
    /// There is nothing left to take back.
    #[error("nothing to undo")]
    NothingToUndo,
    /// The network between us and a remote engine, or between containers.
    #[error("{0}")]
    Network(String),
    /// The person cancelled.
    #[error("cancelled")]
    Cancelled,
    /// What nobody foresaw, in the words it came in.
    #[error("{0}")]
    Unknown(String),
}

/// What kind of trouble an error is, for whoever turns it into an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The engine cannot be reached.
    EngineUnreachable,
    /// The package is not valid, or there is none.
    Package,
    /// The request names something that does not exist.
    Usage,
    /// The person cancelled.
    Cancelled,
    /// Everything else: it was tried and failed.
    Failed,
}

impl Error {
    /// Returns the kind.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Engine(error) if error.is_unreachable() => ErrorKind::EngineUnreachable,
            Self::Package(_) | Self::PackedUnusable { .. } | Self::NoPackage => ErrorKind::Package,
            Self::NoSuchService { .. }
            | Self::NoSuchFix { .. }
            | Self::NotAgreed { .. }
            | Self::CannotSave { .. }
            | Self::BadTime { .. }
            | Self::Evidence { .. }
            | Self::BadAddress { .. }
            | Self::FileExists { .. }
            | Self::Setting { .. } => ErrorKind::Usage,
            Self::Cancelled => ErrorKind::Cancelled,
            _ => ErrorKind::Failed,
        }
    }

    /// Returns whether a code (of a failure in a journal) means that the engine cannot be reached.
    pub fn is_unreachable_code(code: &str) -> bool {
        matches!(
            code,
            "engine.not_running"
                | "engine.socket_permission"
                | "engine-hung"
                | "engine-unsupported"
        )
    }

    /// Returns whether a code (of a failure in a journal) means that the request named something that does not exist.
    /// Of a container that shows only in the operation.
    pub fn is_usage_code(code: &str) -> bool {
        matches!(code, "no-such-service" | "no-such-fix" | "not-agreed")
    }

    /// Returns whether a code (of a failure in a journal) means that there is no valid package.
    pub fn is_package_code(code: &str) -> bool {
        code == "packed-unusable" || code.starts_with("package-") || code.starts_with("compose.")
    }

    /// Makes an error of a failed file operation, told apart by its kind.
    pub(crate) fn file(path: impl Into<String>, error: &std::io::Error) -> Self {
        let path = path.into();
        match error.kind() {
            std::io::ErrorKind::PermissionDenied => Self::Permission { path },
            _ => Self::File {
                path,
                reason: error.to_string(),
            },
        }
    }

    /// Returns the stable code; the text of `error-<code>` (dots as dashes) is in the catalogues.
    pub fn code(&self) -> String {
        match self {
            Self::Engine(error) => engine_code(error).into(),
            Self::Package(error) => error.code().into(),
            Self::Compose(error) => error.code().into(),
            Self::NoPackage => "no-package".into(),
            Self::OperationInProgress { .. } => "operation-in-progress".into(),
            Self::NoSuchService { .. } => "no-such-service".into(),
            Self::Evidence { .. } => "no-evidence".into(),
            Self::Architecture { .. } => "image.arch_mismatch".into(),
            Self::ImageLoading { .. } => "image-loading".into(),
            Self::Archive { .. } => "image-archive".into(),
            Self::Blocked { .. } => "blocked".into(),
            Self::Directory { .. } => "directory".into(),
            Self::File { .. } => "file".into(),
            Self::Permission { .. } => "permission".into(),
            Self::NotAdmin { dismissed: true } => "admin-dismissed".into(),
            Self::NotAdmin { dismissed: false } => "admin-unasked".into(),
            Self::Unlistable { .. } => "cannot-list".into(),
            Self::PortLost { .. } => "port.in_use".into(),
            Self::DockerCommand { .. } => "compose-command".into(),
            Self::Service { .. } => "service-failed".into(),
            Self::Unhealthy { .. } => "service-unhealthy".into(),
            Self::NotReady { .. } => "not-ready".into(),
            Self::Disk { .. } => "disk.full".into(),
            Self::TargetExists { .. } => "target-exists".into(),
            Self::CannotSave { .. } => "cannot-save".into(),
            Self::BadTime { .. } => "bad-time".into(),
            Self::BadAddress { .. } => "bad-address".into(),
            Self::FileExists { .. } => "file-exists".into(),
            Self::NotRedacted { .. } => "not-redacted".into(),
            Self::CopyDiffers { .. } => "copy-differs".into(),
            Self::PackedUnusable { .. } => "packed-unusable".into(),
            Self::ChangedMeanwhile { .. } => "changed-meanwhile".into(),
            Self::NoSuchFix { .. } => "no-such-fix".into(),
            Self::NotAgreed { .. } => "not-agreed".into(),
            Self::Setting { .. } => "setting-refused".into(),
            Self::NothingToUndo => "nothing-to-undo".into(),
            Self::Network(_) => "network".into(),
            Self::Cancelled => "cancelled".into(),
            Self::Unknown(_) => "unknown".into(),
        }
    }

    /// Returns the requirements' category.
    pub fn category(&self) -> Category {
        match self {
            Self::Engine(EngineError::Permission { .. })
            | Self::Permission { .. }
            | Self::NotAdmin { .. } => Category::Permission,
            Self::Engine(EngineError::Hung { .. }) | Self::NotReady { .. } => Category::Timeout,
            Self::Engine(EngineError::Unsupported { .. }) | Self::Network(_) => Category::Network,
            Self::Engine(EngineError::NotRunning { .. }) | Self::Blocked { .. } => {
                Category::EnvironmentCheck
            }
            Self::Engine(_) | Self::DockerCommand { .. } => Category::DockerCommand,
            Self::Package(error) => error.category(),
            Self::Compose(error) => error.category(),
            Self::NoPackage
            | Self::BadTime { .. }
            | Self::BadAddress { .. }
            | Self::Setting { .. }
            | Self::Evidence { .. } => Category::Configuration,
            Self::OperationInProgress { .. }
            | Self::NoSuchFix { .. }
            | Self::NotAgreed { .. }
            | Self::NothingToUndo
            | Self::NoSuchService { .. }
            | Self::Service { .. } => Category::ServiceManagement,
            Self::Architecture { .. } => Category::ArchitectureDetection,
            Self::ImageLoading { .. } | Self::Archive { .. } => Category::ImageLoading,
            Self::Directory { .. } => Category::DirectorySetup,
            Self::File { .. }
            | Self::Unlistable { .. }
            | Self::TargetExists { .. }
            | Self::CannotSave { .. }
            | Self::FileExists { .. }
            | Self::CopyDiffers { .. }
            | Self::PackedUnusable { .. }
            | Self::ChangedMeanwhile { .. } => Category::FileSystem,
            Self::PortLost { .. } => Category::PortManagement,
            Self::Unhealthy { .. } => Category::HealthCheck,
            Self::Disk { .. } => Category::InsufficientResources,
            Self::Cancelled | Self::NotRedacted { .. } | Self::Unknown(_) => Category::Unknown,
        }
    }

    /// Returns the parameters of the message.
    pub fn params(&self) -> Params {
        let params = Params::new();
        match self {
            Self::Engine(error) => {
                let params = params.with("remedy", engine_start::remedy(error));
                match error {
                    EngineError::NotRunning { endpoint }
                    | EngineError::Permission { endpoint }
                    | EngineError::Hung { endpoint }
                    | EngineError::Unsupported { endpoint } => params.with("endpoint", endpoint),
                    EngineError::Response { message, .. } | EngineError::Protocol(message) => {
                        params.with("error", message)
                    }
                }
            }
            Self::Package(error) => error.params(),
            Self::Compose(error) => error.params(),
            Self::NoPackage | Self::NothingToUndo | Self::Cancelled | Self::NotAdmin { .. } => {
                params
            }
            Self::OperationInProgress { kind, owner } => params
                .with("operation", Text::new(format!("operation-{kind}")))
                .with("owner", owner),
            Self::NoSuchService { name, known } => {
                params.with("name", name).with("known", known.join(", "))
            }
            Self::Architecture {
                image,
                platform,
                engine,
            } => params
                .with("image", image)
                .with("platform", platform)
                .with("engine", engine),
            Self::ImageLoading { archive, reason } => {
                params.with("archive", archive).with("reason", reason)
            }
            Self::Archive { sentence } => params.with("sentence", sentence),
            Self::Blocked { count } => params.with("count", *count),
            Self::BadTime { text } => params.with("text", text),
            Self::BadAddress { address } => params.with("address", address),
            Self::PackedUnusable { path, reason } | Self::CannotSave { path, reason } => {
                params.with("path", path).with("reason", reason.clone())
            }
            Self::Directory { path, reason } | Self::File { path, reason } => {
                params.with("path", path).with("reason", reason)
            }
            Self::Permission { path }
            | Self::Unlistable { path }
            | Self::TargetExists { path }
            | Self::FileExists { path }
            | Self::CopyDiffers { path }
            | Self::ChangedMeanwhile { path } => params.with("path", path),
            Self::NotRedacted { count, files } => params.with("count", *count).with("files", files),
            Self::NoSuchFix { id, known } => params
                .with("id", id)
                .with("count", known.len())
                .with("known", format::list(known)),
            Self::Setting { key, reason } => params.with("key", key).with("reason", reason.clone()),
            Self::NotAgreed { effect } => params.with("effect", effect.clone()),
            Self::PortLost { port, holder } => params.with("port", port).with("holder", holder),
            Self::DockerCommand { verb, code, .. } => params.with("verb", verb).with("code", *code),
            Self::Service {
                service, reason, ..
            } => params
                .with("service", service)
                .with("reason", reason.clone()),
            Self::Unhealthy { service, .. } => params.with("service", service),
            Self::NotReady { after, services } => params
                .with("after", format::duration(after.as_secs_f64()))
                .with("services", services),
            Self::Disk { path, needed, free } => params
                .with("path", path)
                .with("needed", format::bytes(*needed))
                .with("free", format::bytes(*free)),
            Self::Evidence { reason } => params.with("reason", reason.clone()),
            Self::Network(reason) | Self::Unknown(reason) => params.with("reason", reason),
        }
    }

    /// Returns the sentence.
    pub fn message(&self) -> Text {
        Text::new(format!("error-{}", self.code().replace('.', "-"))).with_all(&self.params())
    }

    /// Returns the verbatim last lines that came with the error.
    pub fn output_tail(&self) -> Vec<String> {
        match self {
            Self::DockerCommand { tail, .. }
            | Self::Service { tail, .. }
            | Self::Unhealthy { tail, .. } => tail.clone(),
            _ => Vec::new(),
        }
    }

    /// Returns the service the error is about.
    pub fn service(&self) -> Option<&str> {
        match self {
            Self::Service { service, .. } | Self::Unhealthy { service, .. } => Some(service),
            _ => None,
        }
    }
}

/// Codes as in the failure catalogue.
pub(crate) const fn engine_code(error: &EngineError) -> &'static str {
    match error {
        EngineError::NotRunning { .. } => "engine.not_running",
        EngineError::Permission { .. } => "engine.socket_permission",
        EngineError::Hung { .. } => "engine-hung",
        EngineError::Unsupported { .. } => "engine-unsupported",
        EngineError::Response { .. } | EngineError::Protocol(_) => "engine-broken",
    }
}

impl From<Error> for CommandError {
    fn from(error: Error) -> Self {
        tracing::warn!(
            code = error.code(),
            cause = crate::engine::chain(&error),
            "refused or failed"
        );
        Self {
            code: error.code(),
            category: error.category(),
            params: error.params(),
            message: error.message(),
        }
    }
}

impl From<ProcessError> for Error {
    fn from(error: ProcessError) -> Self {
        match error {
            ProcessError::Cancelled => Self::Cancelled,
            other => Self::Unknown(crate::engine::chain(&other)),
        }
    }
}
