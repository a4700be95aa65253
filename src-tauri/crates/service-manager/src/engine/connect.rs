//! Which engine: the endpoint is resolved once and handed to bollard and to every Compose process alike.
//!
//! Order: what was given > `DOCKER_HOST` > the Docker context > well-known sockets. An endpoint that was given in any
//! way is never replaced by another one: somebody meant it.

use crate::environment::Environment;
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The address of an engine, in `DOCKER_HOST` form: `unix:///var/run/docker.sock`, `npipe:////./pipe/docker_engine`,
/// `tcp://host:2375`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Endpoint {
    /// The address.
    pub url: String,
    /// Who named it.
    pub source: EndpointSource,
}

/// Who named the endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EndpointSource {
    /// `--docker-host`, or the setting.
    Given,
    /// `DOCKER_HOST`
    Variable,
    /// The current Docker context.
    Context,
    /// Found at a well-known place, or the platform's default when nothing was found.
    Candidate,
}

impl Endpoint {
    /// Resolves the endpoint. Reads the Docker configuration and looks which sockets exist; connects to nothing.
    pub(crate) fn resolve(given: Option<&str>, environment: &Environment) -> Self {
        let named = |url: &str, source| Self {
            url: url.to_owned(),
            source,
        };
        if let Some(url) = given {
            return named(url, EndpointSource::Given);
        }
        if let Some(url) = environment.get("DOCKER_HOST") {
            return named(url, EndpointSource::Variable);
        }
        if let Some(url) = context_host(environment) {
            return named(&url, EndpointSource::Context);
        }
        let candidates = candidates(environment);
        let found = candidates
            .iter()
            .find(|path| path.exists())
            .or(candidates.first());
        let url = found.map_or_else(
            || "npipe:////./pipe/docker_engine".to_owned(),
            |path| format!("unix://{path}"),
        );
        named(&url, EndpointSource::Candidate)
    }

    /// Returns the socket's path when the endpoint is a Unix socket.
    pub(crate) fn socket(&self) -> Option<&Utf8Path> {
        self.url.strip_prefix("unix://").map(Utf8Path::new)
    }

    /// Returns whether the engine runs on this computer, so that its disk and its ports are ours.
    pub(crate) fn is_local(&self) -> bool {
        self.url.starts_with("unix://") || self.url.starts_with("npipe://")
    }
}

/// Sockets where engines are known to listen, the most likely first (Docker CE, rootless, Docker Desktop, Colima,
/// Rancher Desktop, OrbStack, Podman).
#[cfg(unix)]
fn candidates(environment: &Environment) -> Vec<Utf8PathBuf> {
    let mut paths = vec![Utf8PathBuf::from("/var/run/docker.sock")];
    if let Some(runtime) = environment.get("XDG_RUNTIME_DIR") {
        paths.push(Utf8Path::new(runtime).join("docker.sock"));
    }
    if let Some(home) = &environment.home {
        paths.extend(
            [
                ".docker/run/docker.sock",
                ".docker/desktop/docker.sock",
                ".colima/default/docker.sock",
                ".rd/docker.sock",
                ".orbstack/run/docker.sock",
            ]
            .map(|relative| home.join(relative)),
        );
    }
    if let Some(runtime) = environment.get("XDG_RUNTIME_DIR") {
        paths.push(Utf8Path::new(runtime).join("podman/podman.sock"));
    }
    paths.push("/run/podman/podman.sock".into());
    paths
}

/// On Windows the named pipe of Docker Desktop is the only place.
#[cfg(not(unix))]
fn candidates(_: &Environment) -> Vec<Utf8PathBuf> {
    Vec::new()
}

/// Returns the host of the current context: `DOCKER_CONTEXT`, else `currentContext` of `config.json`; the context
/// named `default` means "no context" (docker/cli `cli/context/store`: metadata under the SHA-256 of the name).
fn context_host(environment: &Environment) -> Option<String> {
    let folder = configuration(environment)?;
    let name = match environment.get("DOCKER_CONTEXT") {
        Some(name) => name.to_owned(),
        None => read_json(&folder.join("config.json"))?
            .get("currentContext")?
            .as_str()?
            .to_owned(),
    };
    if name == "default" || name.is_empty() {
        return None;
    }
    let digest = Sha256::digest(name.as_bytes());
    let hash = digest
        .iter()
        .fold(String::new(), |hash, byte| format!("{hash}{byte:02x}"));
    let meta = read_json(&folder.join("contexts/meta").join(hash).join("meta.json"))?;
    Some(meta.pointer("/Endpoints/docker/Host")?.as_str()?.to_owned())
}

/// Returns the folder of the docker program's own settings.
pub(super) fn configuration(environment: &Environment) -> Option<Utf8PathBuf> {
    match environment.get("DOCKER_CONFIG") {
        Some(folder) => Some(Utf8PathBuf::from(folder)),
        None => Some(environment.home.as_ref()?.join(".docker")),
    }
}

/// Returns the user's folder for plugins of the docker program.
pub(crate) fn plugin_folder(environment: &Environment) -> Option<Utf8PathBuf> {
    Some(configuration(environment)?.join("cli-plugins"))
}

pub(super) fn read_json(path: &Utf8Path) -> Option<Value> {
    serde_json::from_slice(&fs_err::read(path).ok()?).ok()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn environment(folder: &Utf8Path, variables: &[(&str, &str)]) -> Environment {
        Environment {
            variables: variables
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect(),
            home: Some(folder.to_owned()),
            state: folder.join("state"),
        }
    }

    #[test]
    fn what_was_given_wins_then_the_variable_then_the_context() {
        let folder = tempfile::tempdir().unwrap();
        let home = Utf8Path::from_path(folder.path()).unwrap();
        let meta = home.join(".docker/contexts/meta").join(
            // sha256("site")
            Sha256::digest(b"site")
                .iter()
                .fold(String::new(), |hash, byte| format!("{hash}{byte:02x}")),
        );
        fs_err::create_dir_all(&meta).unwrap();
        fs_err::write(
            home.join(".docker/config.json"),
            r#"{"currentContext":"site"}"#,
        )
        .unwrap();
        fs_err::write(
            meta.join("meta.json"),
            r#"{"Endpoints":{"docker":{"Host":"tcp://10.0.0.7:2375"}}}"#,
        )
        .unwrap();

        let with_variable = environment(home, &[("DOCKER_HOST", "unix:///tmp/b.sock")]);
        assert_eq!(
            Endpoint::resolve(Some("unix:///tmp/a.sock"), &with_variable).url,
            "unix:///tmp/a.sock"
        );
        assert_eq!(
            Endpoint::resolve(None, &with_variable).url,
            "unix:///tmp/b.sock"
        );
        let context = Endpoint::resolve(None, &environment(home, &[]));
        assert_eq!(
            (context.url.as_str(), context.source),
            ("tcp://10.0.0.7:2375", EndpointSource::Context)
        );
        let default = Endpoint::resolve(None, &environment(home, &[("DOCKER_CONTEXT", "default")]));
        assert_eq!(default.source, EndpointSource::Candidate);
    }
}
