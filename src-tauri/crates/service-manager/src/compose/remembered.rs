//! The version of Compose, kept for the next command: each start of it costs a tenth of a second, half a second of the
//! old one, which is a Python program.
//!
//! It is the same as long as every file is the same that decides which Compose answers. Of a script that is not known: it
//! may start something newer tomorrow. Only the old generation, at its end since 1.29.2, is one and remembered all the same.

use super::command::Tool;
use super::version::{Generation, Version};
use crate::Environment;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use serde::{Deserialize, Serialize};
use std::io::Read;
use std::time::UNIX_EPOCH;

/// Where it is kept, in Quayside's own folder.
const FILE: &str = "compose.json";

/// Where `docker` looks for its plugins besides the person's own folder (docker/cli, manager_unix.go; Debian's too).
const PLUGIN_FOLDERS: &[&str] = if cfg!(test) {
    &[]
} else {
    &[
        "/usr/local/lib/docker/cli-plugins",
        "/usr/local/libexec/docker/cli-plugins",
        "/usr/lib/docker/cli-plugins",
        "/usr/libexec/docker/cli-plugins",
    ]
};

/// With this in its settings, `docker` looks elsewhere too.
const MORE_FOLDERS: &str = "cliPluginsExtraDirs";

#[derive(Serialize, Deserialize)]
struct Entry {
    /// In the order in which they are looked at.
    files: Vec<File>,
    version: String,
    /// What decided that `docker` has no Compose, if that is known: asking it takes as long as half an answer.
    without: Option<Vec<File>>,
}

/// A file is the same while all of this is.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct File {
    /// Without links: another version is often another file behind the same one.
    path: Utf8PathBuf,
    bytes: u64,
    /// Nanoseconds since 1970.
    modified: u128,
}

impl File {
    fn look(path: &Utf8Path) -> Option<Self> {
        let path = path.canonicalize_utf8().ok()?;
        let meta = fs::metadata(&path).ok()?;
        let modified = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self {
            path,
            bytes: meta.len(),
            modified: modified.as_nanos(),
        })
    }

    fn is_script(&self) -> bool {
        let mut beginning = [0; 2];
        let read = fs::File::open(&self.path).and_then(|mut file| file.read_exact(&mut beginning));
        read.is_err() || &beginning == b"#!"
    }
}

/// What is known of a tool that is the same as before.
#[derive(Debug, PartialEq)]
pub(super) struct Known {
    pub(super) version: Version,
    /// The plugin by itself, where `docker` has only one to choose. It is the stand-alone program as well (compose 2,
    /// `RunningStandalone`), and by itself takes half as long: `docker` starts it twice, the first time to ask what it is.
    pub(super) plugin: Option<Tool>,
}

/// Returns whether `docker` had no Compose when everything was the same that decides it.
pub(super) fn lacks(env: &Environment, docker: &Tool) -> bool {
    let without = entry(env).and_then(|entry| entry.without);
    without.is_some() && without == without_plugin(env, docker)
}

/// Returns what a tool said when everything it depends on was the same.
pub(super) fn recall(env: &Environment, tool: &Tool) -> Option<Known> {
    let entry = entry(env)?;
    let version = Version::parse(&entry.version)?;
    let files = deciding(env, tool, &version).filter(|files| *files == entry.files)?;
    let plugin = match files.as_slice() {
        [_, plugin] => Some(Tool {
            program: plugin.path.to_string(),
            args: Vec::new(),
        }),
        _ => None,
    };
    Some(Known { version, plugin })
}

fn entry(env: &Environment) -> Option<Entry> {
    serde_json::from_slice(&fs::read(env.state.join(FILE)).ok()?).ok()
}

/// Keeps what a tool answered, and that the `docker` which was asked before has no Compose. Half a file is none to whoever
/// reads it; one that cannot be written costs time only.
pub(super) fn keep(env: &Environment, tool: &Tool, version: &Version, docker: Option<&Tool>) {
    let Some(files) = deciding(env, tool, version) else {
        return;
    };
    let entry = Entry {
        files,
        version: version.to_string(),
        without: docker.and_then(|docker| without_plugin(env, docker)),
    };
    let json = serde_json::to_vec(&entry).unwrap_or_default();
    let state = &env.state;
    let kept = fs::create_dir_all(state).and_then(|()| fs::write(state.join(FILE), json));
    if let Err(error) = kept {
        tracing::warn!(%error, "the version of Compose could not be kept");
    }
}

/// Forgets it: a program that fails may have lost what it needs, and asking it is how that is found out.
pub(super) fn forget(state: &Utf8Path) {
    let _ = fs::remove_file(state.join(FILE));
}

/// Returns the files that decide which Compose answers and which version it has; none when that cannot be known.
fn deciding(env: &Environment, tool: &Tool, version: &Version) -> Option<Vec<File>> {
    let is_plugin = tool.is_plugin();
    let files = if is_plugin {
        with_plugins(env, tool)?
    } else {
        vec![File::look(Utf8Path::new(&tool.program))?]
    };
    match version.generation() {
        Generation::V1 => (!is_plugin).then_some(files),
        // One that is no plugin in a known place is somewhere else.
        Generation::V2 if is_plugin && files.len() == 1 => None,
        Generation::V2 => (!files.iter().any(File::is_script)).then_some(files),
    }
}

/// Returns the file that decides that `docker` has no Compose; none when that cannot be known.
fn without_plugin(env: &Environment, docker: &Tool) -> Option<Vec<File>> {
    // On Windows plugins are elsewhere.
    let files = with_plugins(env, docker).filter(|_| cfg!(unix))?;
    (files.len() == 1 && !files[0].is_script()).then_some(files)
}

/// Returns `docker` and the files that may be its Compose; none when there may be others.
fn with_plugins(env: &Environment, docker: &Tool) -> Option<Vec<File>> {
    let mut files = vec![File::look(Utf8Path::new(&docker.program))?];
    let own = env.get("DOCKER_CONFIG").map(Utf8PathBuf::from);
    let own = own.or_else(|| Some(env.home.as_ref()?.join(".docker")))?;
    let settings = fs::read_to_string(own.join("config.json")).unwrap_or_default();
    if settings.contains(MORE_FOLDERS) {
        return None;
    }
    let folders = PLUGIN_FOLDERS.iter().map(Utf8PathBuf::from);
    let plugins = std::iter::once(own.join("cli-plugins")).chain(folders);
    files.extend(plugins.filter_map(|folder| File::look(&folder.join("docker-compose"))));
    Some(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A world with a program, and a home.
    struct World {
        _folder: tempfile::TempDir,
        env: Environment,
        alone: Tool,
        plugin: Tool,
    }

    impl World {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let root = Utf8Path::from_path(folder.path()).unwrap();
            let tool = |name: &str, args: &[&str]| {
                let program = root.join(name);
                fs::write(&program, "\u{7f}ELF").unwrap();
                Tool {
                    program: program.into_string(),
                    args: args.iter().map(|it| (*it).to_owned()).collect(),
                }
            };
            let env = Environment {
                state: root.join("state"),
                home: Some(root.join("home")),
                ..Environment::default()
            };
            fs::create_dir_all(root.join("home/.docker/cli-plugins")).unwrap();
            Self {
                alone: tool("docker-compose", &[]),
                plugin: tool("docker", &["compose"]),
                env,
                _folder: folder,
            }
        }

        fn docker_file(&self, path: &str, content: &str) {
            let home = self.env.home.as_ref().unwrap();
            fs::write(home.join(".docker").join(path), content).unwrap();
        }

        fn recalled(&self, tool: &Tool) -> Option<String> {
            recall(&self.env, tool).map(|it| it.version.to_string())
        }
    }

    fn version(text: &str) -> Version {
        Version::parse(text).unwrap()
    }

    #[test]
    fn only_the_same_file_is_known_again() {
        let world = World::new();
        assert_eq!(world.recalled(&world.alone), None);
        keep(&world.env, &world.alone, &version("1.29.2"), None);
        assert_eq!(world.recalled(&world.alone).as_deref(), Some("1.29.2"));
        assert_eq!(world.recalled(&world.plugin), None);
        fs::write(&world.alone.program, "another").unwrap();
        assert_eq!(world.recalled(&world.alone), None, "another file");
        keep(&world.env, &world.alone, &version("2.26.1"), None);
        assert_eq!(world.recalled(&world.alone).as_deref(), Some("2.26.1"));
        fs::write(world.env.state.join(FILE), "{").unwrap();
        assert_eq!(world.recalled(&world.alone), None, "half a file");
        keep(&world.env, &world.alone, &version("2.26.1"), None);
        forget(&world.env.state);
        assert_eq!(world.recalled(&world.alone), None, "forgotten");
    }

    #[test]
    fn a_script_is_known_again_only_as_the_old_generation() {
        let world = World::new();
        fs::write(&world.alone.program, "#!/usr/bin/python3\n").unwrap();
        keep(&world.env, &world.alone, &version("2.26.1"), None);
        assert_eq!(world.recalled(&world.alone), None);
        keep(&world.env, &world.alone, &version("1.29.2"), None);
        assert_eq!(world.recalled(&world.alone).as_deref(), Some("1.29.2"));
    }

    #[cfg(unix)]
    #[test]
    fn a_docker_without_compose_is_not_asked_again_until_it_may_have_one() {
        let world = World::new();
        let lacks = || lacks(&world.env, &world.plugin);
        assert!(!lacks());
        let found = version("1.29.2");
        keep(&world.env, &world.alone, &found, Some(&world.plugin));
        assert!(lacks());
        assert_eq!(world.recalled(&world.alone).as_deref(), Some("1.29.2"));
        world.docker_file("config.json", r#"{"cliPluginsExtraDirs":["/opt"]}"#);
        assert!(!lacks(), "it may have one somewhere else");
        world.docker_file("config.json", "{}");
        world.docker_file("cli-plugins/docker-compose", "\u{7f}ELF");
        assert!(!lacks(), "it was given one");
        // One that is there and does not run may run tomorrow.
        keep(&world.env, &world.alone, &found, Some(&world.plugin));
        assert!(!lacks());
    }

    #[test]
    fn a_plugin_is_known_again_while_no_other_could_answer() {
        let world = World::new();
        let now = version("2.26.1");
        let known = || world.recalled(&world.plugin).is_some();
        world.docker_file("cli-plugins/docker-compose", "\u{7f}ELF");
        keep(&world.env, &world.plugin, &now, None);
        assert!(known());
        let plugin = recall(&world.env, &world.plugin).and_then(|it| it.plugin);
        let program = plugin.map(|it| it.program).unwrap_or_default();
        assert!(program.ends_with("cli-plugins/docker-compose"), "{program}");
        world.docker_file("config.json", r#"{"cliPluginsExtraDirs":["/opt"]}"#);
        assert!(!known(), "it may come from somewhere else");
        world.docker_file("config.json", "{}");
        assert!(known());
        world.docker_file("cli-plugins/docker-compose", "\u{7f}ELF, newer");
        assert!(!known(), "another plugin");
        world.docker_file("cli-plugins/docker-compose", "#!/bin/sh\n");
        keep(&world.env, &world.plugin, &now, None);
        assert!(!known(), "a script");
    }
}
