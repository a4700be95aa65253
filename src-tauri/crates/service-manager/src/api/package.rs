//! What a package is: the answer of `inspect`.

use super::{wire, words};
use crate::text::{Params, Text};

words! {
    /// How much a finding matters.
    pub enum Severity { Error = "error", Warning = "warning", Info = "info" }

    /// Whether a bind mount's source is, or has to be, a file or a directory.
    pub enum MountKind { File = "file", Directory = "directory" }

    /// The layout of an image archive.
    pub enum ArchiveFormat { Docker = "docker-archive", Oci = "oci-layout", Unknown = "unknown" }

    /// The compression of an image archive, found by content and never by file name.
    pub enum Compression { None = "none", Gzip = "gzip", Zstd = "zstd" }
}

wire! {
    /// A vendor's package: its services, its image archives, and what is odd about it.
    pub struct PackageView {
        /// The Compose project name, as Compose itself derives it.
        pub project: String,
        /// The title for people: `quayside.yaml`, else the folder's name.
        pub title: String,
        pub version: Option<String>,
        /// A picture of the vendor's, absolute; null when there is none.
        pub icon: Option<String>,
        /// Whom to ask; null when `quayside.yaml` does not say.
        pub support: Option<SupportView>,
        pub requirements: RequirementsView,
        /// Values of `.env` that people are asked for.
        pub settings: Vec<SettingView>,
        /// The folder that holds the compose file, absolute.
        pub directory: String,
        /// Compose files in Compose's own merge order, absolute.
        pub compose_files: Vec<String>,
        /// Services of all profiles, in Compose's order.
        pub services: Vec<ServiceView>,
        pub archives: Vec<ArchiveView>,
        pub findings: Vec<Finding>,
        /// What the vendor should write differently, what matters most first; it stops nobody.
        pub audit: Vec<AuditEntry>,
        /// True when no Compose was there to ask and this was read from the YAML alone.
        pub preview: bool,
    }

    /// The vendor's picture, to be shown beside the title.
    pub struct PackageIcon {
        /// A `data:` address of a PNG, JPEG or WebP picture; null when there is none that can be shown.
        pub url: Option<String>,
    }

    /// One service of the package.
    pub struct ServiceView {
        pub name: String,
        pub title: String,
        pub image: Option<String>,
        pub ports: Vec<PortView>,
        pub bind_mounts: Vec<BindMountView>,
        /// Names of named volumes.
        pub volumes: Vec<String>,
        pub depends_on: Vec<DependsOnView>,
        /// The restart policy as written; null when the key is absent (which Compose reads as `no`).
        pub restart: Option<String>,
        /// The healthcheck of the compose file; null when there is none or it is disabled.
        pub healthcheck: Option<HealthcheckView>,
        /// A job that runs to its end, see the contract.
        pub one_shot: bool,
        pub profiles: Vec<String>,
        /// No profiles, or one of COMPOSE_PROFILES.
        pub active: bool,
        /// Where it is opened, when the vendor says it; null: every port that may be a web page.
        pub open: Option<OpenView>,
        /// How long it usually takes until it is ready, in seconds, as the vendor says.
        pub startup_seconds: Option<f64>,
    }

    /// Whom to ask about a package.
    pub struct SupportView {
        pub name: Option<String>,
        pub phone: Option<String>,
        pub email: Option<String>,
        pub url: Option<String>,
    }

    /// What the vendor wants a computer to have; sizes in bytes, null where nothing is said.
    pub struct RequirementsView {
        pub cpus: Option<f64>,
        pub memory: Option<u64>,
        /// To be free for data, besides the images.
        pub disk: Option<u64>,
        /// The lowest version of Docker.
        pub engine: Option<String>,
        /// The lowest version of Compose.
        pub compose: Option<String>,
    }

    /// A field of the form that fills in `.env`.
    pub struct SettingView {
        /// The variable.
        pub key: String,
        pub title: String,
        pub help: Option<String>,
        /// Never shown; what is proposed for it neither.
        pub secret: bool,
        pub required: bool,
        /// A regular expression that the whole value has to match.
        pub pattern: Option<String>,
        pub default: Option<String>,
    }

    /// Where a service is opened.
    #[derive(Eq)]
    pub struct OpenView {
        /// False: it is nothing to look at, and has no link.
        pub shown: bool,
        /// The container's port; null: every port that may be a web page.
        pub port: Option<u16>,
        /// `http` or `https`; null: by the port.
        pub scheme: Option<String>,
        /// What follows the port, with its first slash.
        pub path: String,
    }

    /// A published port. `published` may be a range (`8000-8010`) or null (the engine chooses).
    #[derive(Eq, Hash)]
    pub struct PortView {
        pub host_ip: Option<String>,
        pub published: Option<String>,
        pub target: u16,
        pub protocol: String,
    }

    /// A bind mount of a service.
    pub struct BindMountView {
        /// Absolute path on this computer.
        pub source: String,
        pub target: String,
        pub read_only: bool,
        pub kind: MountKind,
        pub exists: bool,
    }

    /// `condition` as Compose spells it: `service_started`, `service_healthy`, `service_completed_successfully`.
    pub struct DependsOnView {
        pub service: String,
        pub condition: String,
    }

    /// A healthcheck; times in seconds, null where the engine's default applies.
    pub struct HealthcheckView {
        pub test: Vec<String>,
        pub interval: Option<f64>,
        pub timeout: Option<f64>,
        pub retries: Option<u32>,
        pub start_period: Option<f64>,
    }

    /// One file with images in it.
    pub struct ArchiveView {
        /// Path relative to the package's folder.
        pub file: String,
        pub format: ArchiveFormat,
        pub compression: Compression,
        /// Size of the file.
        pub bytes: u64,
        pub images: Vec<ArchiveImageView>,
    }

    /// One image in an archive.
    pub struct ArchiveImageView {
        /// References as the archive names them, e.g. `shop/web:latest-amd64`.
        pub refs: Vec<String>,
        /// `sha256:` and the digest of the image's config.
        pub id: String,
        /// What the image's config says, e.g. `linux/amd64`; never guessed from the file name.
        pub platform: String,
        /// Sum of the layers as they stand in the archive.
        pub bytes: u64,
        /// How many of these bytes other images of the package have too: an engine stores and is sent them once.
        pub shared_bytes: u64,
        /// Those images, by a name of theirs.
        pub shared_with: Vec<String>,
    }

    /// Advice for the vendor of a package.
    pub struct AuditEntry {
        /// `audit.privileged`
        pub id: String,
        pub severity: Severity,
        /// Below the package's folder where it is there.
        pub file: Option<String>,
        pub line: Option<u32>,
        pub service: Option<String>,
        pub params: Params,
        pub message: Text,
        /// What can come of it.
        pub why: Text,
        /// What to write instead.
        pub advice: Text,
    }

    /// Something about the package worth knowing; `id` as in the failure catalogue where it has one.
    pub struct Finding {
        pub id: String,
        pub severity: Severity,
        pub file: Option<String>,
        pub line: Option<u32>,
        pub params: Params,
        pub message: Text,
    }
}
