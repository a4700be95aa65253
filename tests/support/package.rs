//! Tiny real packages, made on the fly: a compose file, and image archives written by hand around one busybox.
//!
//! No engine and no registry is needed to make one, and a real engine loads and runs it.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::OnceLock;
use tar::{EntryType, Header};

/// What the image's busybox answers to.
const APPLETS: &[&str] = &[
    "cat", "date", "echo", "env", "false", "grep", "httpd", "ls", "mkdir", "nc", "rm", "sh",
    "sleep", "test", "touch", "true", "wget",
];

/// A program that runs until it is told to stop, and then ends at once as a well-behaved one does.
const FOREVER: &str = "#!/bin/sh\ntrap 'exit 0' TERM INT\nwhile :; do sleep 1 & wait $!; done\n";

/// A package on disk; removed when dropped.
#[derive(Debug)]
pub struct Package {
    folder: tempfile::TempDir,
    /// The package's folder.
    pub path: Utf8PathBuf,
    /// The Compose project.
    pub project: String,
    /// What its images' names begin with; no two packages made here have the same.
    pub namespace: String,
}

impl Package {
    /// Makes a package with this compose file. In it, `${IMAGE}` is the image of [`Package::image`], and the program
    /// `forever` is there to be run.
    pub fn new(name: &str, compose: &str) -> Self {
        let (folder, root) = folder();
        let project = format!("{name}-{}", std::process::id());
        let package = Self {
            path: root.join("package"),
            namespace: project.clone(),
            project,
            folder,
        };
        package.file("docker-compose.yml", compose);
        let settings = format!(
            "COMPOSE_PROJECT_NAME={}\nIMAGE={}\n",
            package.project,
            package.image()
        );
        package.file(".env", &settings);
        package
    }

    /// The same with the archive of its image, named as vendors do.
    pub fn with_image(name: &str, compose: &str) -> Self {
        let package = Self::new(name, compose);
        package.archive("images/tools-amd64.tar", &package.loaded_name(), &[]);
        package
    }

    /// The same with an image whose programs run as this user.
    pub fn with_image_of(name: &str, user: &str, compose: &str) -> Self {
        let package = Self::new(name, compose);
        package.archive_as("images/tools-amd64.tar", &package.loaded_name(), &[], user);
        package
    }

    /// Makes a copy of a package as it came, which nobody has deployed yet.
    pub fn copy_of(original: &Utf8Path, project: &str, namespace: &str) -> Self {
        let (folder, root) = folder();
        let path = root.join("package");
        copy(original, &path);
        Self {
            path,
            project: project.into(),
            namespace: namespace.into(),
            folder,
        }
    }

    /// Returns the name the compose file asks for.
    pub fn image(&self) -> String {
        format!("{}/tools:latest", self.project)
    }

    /// Returns the name the archive gives its image.
    fn loaded_name(&self) -> String {
        format!("{}/tools:latest-{}", self.project, architecture())
    }

    /// Returns the folder the package lies in, with room for other things.
    pub fn around(&self) -> &Utf8Path {
        Utf8Path::from_path(self.folder.path()).unwrap_or(&self.path)
    }

    /// Writes a file of the package.
    pub fn file(&self, path: &str, content: &str) -> Utf8PathBuf {
        let path = self.path.join(path);
        write(&path, content.as_bytes());
        path
    }

    /// Writes an archive whose image also holds this much that no other image has and nothing can compress.
    pub fn heavy_archive(&self, bytes: usize) {
        // An xorshift generator: fast, and different for every package.
        let mut state = u64::from(std::process::id()) + (self.project.len() as u64) * 7919 + 1;
        let mut content = Vec::with_capacity(bytes + 8);
        while content.len() < bytes {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            content.extend_from_slice(&state.to_le_bytes());
        }
        let mut layer = tar::Builder::new(Vec::new());
        append(&mut layer, "ballast", 0o644, &content);
        let layer = finish(layer);
        self.archive("images/tools-amd64.tar", &self.loaded_name(), &[layer]);
    }

    /// Writes an archive with an image of another name.
    pub fn archive_named(&self, path: &str, name: &str) {
        self.archive(path, name, &[]);
    }

    fn archive(&self, path: &str, name: &str, more: &[Vec<u8>]) {
        self.archive_as(path, name, more, "");
    }

    /// Writes a docker-archive with one image: busybox, and `more` layers on it.
    fn archive_as(&self, path: &str, name: &str, more: &[Vec<u8>], user: &str) {
        let layers: Vec<(String, &[u8])> = std::iter::once(base())
            .chain(more.iter().map(Vec::as_slice))
            .map(|layer| (hex(layer), layer))
            .collect();
        let diff_ids: Vec<String> = layers
            .iter()
            .map(|(id, _)| format!("sha256:{id}"))
            .collect();
        let config = json!({
            "architecture": architecture(),
            "os": "linux",
            "created": "2026-01-01T00:00:00Z",
            // The label makes it an image of its own: removing another package's must not remove this one.
            "config": {
                "Env": ["PATH=/bin"], "Cmd": ["forever"], "WorkingDir": "/", "User": user,
                "Labels": { "package": self.project },
            },
            "rootfs": { "type": "layers", "diff_ids": diff_ids },
            "history": diff_ids.iter().map(|_| json!({ "created": "2026-01-01T00:00:00Z" })).collect::<Vec<_>>(),
        })
        .to_string();
        let config_name = format!("{}.json", hex(config.as_bytes()));
        let names: Vec<String> = layers
            .iter()
            .map(|(id, _)| format!("{id}/layer.tar"))
            .collect();
        let manifest =
            json!([{ "Config": config_name, "RepoTags": [name], "Layers": names }]).to_string();
        let mut archive = tar::Builder::new(Vec::new());
        for ((id, content), name) in layers.iter().zip(&names) {
            let mut folder = header(0, 0o755);
            folder.set_entry_type(EntryType::Directory);
            archive
                .append_data(&mut folder, format!("{id}/"), std::io::empty())
                .unwrap_or_else(|error| panic!("{error}"));
            append(&mut archive, name, 0o644, content);
        }
        append(&mut archive, &config_name, 0o644, config.as_bytes());
        append(&mut archive, "manifest.json", 0o644, manifest.as_bytes());
        write(&self.path.join(path), &finish(archive));
    }
}

fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
    let folder = tempfile::Builder::new()
        .prefix("quayside-live-")
        .tempdir()
        .unwrap_or_else(|error| panic!("{error}"));
    let root = Utf8Path::from_path(folder.path())
        .unwrap_or_else(|| panic!("a temporary folder with a readable name"))
        .to_owned();
    (folder, root)
}

/// Copies a folder with everything in it.
pub fn copy(from: &Utf8Path, to: &Utf8Path) {
    fs::create_dir_all(to).unwrap_or_else(|error| panic!("{to}: {error}"));
    let entries = from
        .read_dir_utf8()
        .unwrap_or_else(|error| panic!("{from}: {error}"));
    for entry in entries {
        let entry = entry.unwrap_or_else(|error| panic!("{from}: {error}"));
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).unwrap_or_else(|error| panic!("{target}: {error}"));
        }
    }
}

/// This computer's architecture in the engine's words.
pub fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "aarch64" => "arm64",
        _ => "amd64",
    }
}

/// The layer every image begins with.
fn base() -> &'static [u8] {
    static BASE: OnceLock<Vec<u8>> = OnceLock::new();
    BASE.get_or_init(|| {
        let busybox = fs::read("/bin/busybox").unwrap_or_else(|error| {
            panic!("/bin/busybox: {error}; the package busybox-static brings it")
        });
        let mut layer = tar::Builder::new(Vec::new());
        append(&mut layer, "bin/busybox", 0o755, &busybox);
        append(&mut layer, "bin/forever", 0o755, FOREVER.as_bytes());
        for applet in APPLETS {
            let mut link = header(0, 0o777);
            link.set_entry_type(EntryType::Symlink);
            layer
                .append_link(&mut link, format!("bin/{applet}"), "busybox")
                .unwrap_or_else(|error| panic!("{error}"));
        }
        let mut folder = header(0, 0o1777);
        folder.set_entry_type(EntryType::Directory);
        layer
            .append_data(&mut folder, "tmp/", std::io::empty())
            .unwrap_or_else(|error| panic!("{error}"));
        finish(layer)
    })
}

fn append(archive: &mut tar::Builder<Vec<u8>>, path: &str, mode: u32, content: &[u8]) {
    archive
        .append_data(&mut header(content.len() as u64, mode), path, content)
        .unwrap_or_else(|error| panic!("{path}: {error}"));
}

fn finish(archive: tar::Builder<Vec<u8>>) -> Vec<u8> {
    archive
        .into_inner()
        .unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn header(size: u64, mode: u32) -> Header {
    let mut header = Header::new_gnu();
    header.set_size(size);
    header.set_mode(mode);
    header.set_mtime(0);
    header.set_uid(0);
    header.set_gid(0);
    header
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn write(path: &Utf8Path, content: &[u8]) {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    }
    fs::write(path, content).unwrap_or_else(|error| panic!("{path}: {error}"));
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
        .unwrap_or_else(|error| panic!("{path}: {error}"));
}
