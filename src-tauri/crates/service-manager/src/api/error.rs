//! Errors as they leave the library: a code to act on, a category, parameters, a sentence.

use super::{wire, words};
use crate::text::{Params, Text};

words! {
    /// The requirements' sixteen categories.
    pub enum Category {
        ArchitectureDetection = "architecture-detection",
        ImageLoading = "image-loading",
        EnvironmentCheck = "environment-check",
        ServiceManagement = "service-management",
        DirectorySetup = "directory-setup",
        Configuration = "configuration",
        HealthCheck = "health-check",
        PortManagement = "port-management",
        DockerCommand = "docker-command",
        FileSystem = "file-system",
        Timeout = "timeout",
        InsufficientResources = "insufficient-resources",
        MissingDependency = "missing-dependency",
        Network = "network",
        Permission = "permission",
        Unknown = "unknown",
    }
}

/// A stable code, the key of its text in the catalogues (`error-<code>`). New codes are added in `crate::error`.
pub type ErrorCode = String;

wire! {
    /// A failed query or a refused request.
    pub struct CommandError {
        pub code: ErrorCode,
        pub category: Category,
        pub params: Params,
        pub message: Text,
    }

    /// How the CLI prints a failed query.
    pub struct ErrorReply {
        pub error: CommandError,
    }
}

impl std::fmt::Display for CommandError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.message)
    }
}

impl std::error::Error for CommandError {}
