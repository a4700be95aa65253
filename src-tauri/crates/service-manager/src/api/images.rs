//! Images, tags, architecture and mount directories: the answers of the requirements' smaller subcommands.

use super::{wire, words};
use crate::text::Text;

words! {
    /// What became of one image.
    pub enum LoadResult {
        Loaded = "loaded",
        AlreadyPresent = "already-present",
        Retagged = "retagged",
        Failed = "failed",
    }

    /// What became of one tag.
    pub enum TagState { Tagged = "tagged", AlreadyPresent = "already-present", Failed = "failed" }

    /// What became of one mount directory.
    pub enum DirectoryState { Exists = "exists", Created = "created", Blocked = "blocked" }
}

wire! {
    /// What became of one image of an archive.
    pub struct ImageResult {
        #[serde(rename = "ref")]
        pub reference: String,
        pub archive: String,
        pub result: LoadResult,
        pub bytes_sent: u64,
        pub seconds: f64,
        pub error: Option<Text>,
    }

    /// What became of one tag.
    pub struct TagResult {
        pub source: String,
        pub target: String,
        pub result: TagState,
    }

    /// Every image of the engine; those of the package are marked.
    pub struct ImageList {
        pub images: Vec<EngineImage>,
        /// Every image of the open package that is made for the engine's platform; empty without a package.
        pub package: Vec<PackageImage>,
    }

    /// One image of the package, and whether the engine has it.
    pub struct PackageImage {
        /// The archive's path relative to the package.
        pub archive: String,
        /// The digest of its config, as in the package's archives.
        pub id: String,
        /// The engine has this very content, whatever name it has there.
        pub loaded: bool,
    }

    /// One image of the engine.
    pub struct EngineImage {
        pub id: String,
        pub refs: Vec<String>,
        pub platform: Option<String>,
        pub bytes: u64,
        pub in_package: bool,
    }

    /// The architectures in play.
    pub struct ArchInfo {
        /// This computer, e.g. `linux/amd64`.
        pub host: String,
        /// The engine, which is the one that counts; null when it cannot be reached.
        pub engine: Option<String>,
        /// The suffix of archives and tags made for the engine: `amd64`, `arm64`.
        pub image_suffix: String,
        /// Foreign architectures the engine's kernel can run, when that can be seen.
        pub emulation: Vec<String>,
        /// True when host and engine differ.
        pub mismatch: bool,
    }

    /// The answer of `check-mount-dirs`.
    pub struct MountDirectories {
        pub directories: Vec<MountDirectory>,
    }

    /// One bind source on this computer.
    pub struct MountDirectory {
        pub source: String,
        /// The services that mount it.
        pub services: Vec<String>,
        pub state: DirectoryState,
        pub message: Text,
    }
}
