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
    /// `--docker-host`
    Given,
    /// `DOCKER_HOST`
    Variable,
    /// The person, in the settings.
    Chosen,
    /// The current Docker context.
    Context,
    /// Found at a well-known place, or the platform's default when nothing was found.
    Candidate,
}

impl Endpoint {
    /// Resolves the endpoint. Reads the Docker configuration and looks which sockets exist; connects to nothing.
    pub(crate) fn resolve(
        given: Option<&str>,
        chosen: Option<&str>,
        environment: &Environment,
    ) -> Self {
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
        if let Some(url) = chosen {
            return named(url, EndpointSource::Chosen);
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

    /// Returns the name of another computer the engine runs on.
    pub(crate) fn remote_host(&self) -> Option<String> {
        let rest = ["tcp://", "http://"]
            .iter()
            .find_map(|scheme| self.url.strip_prefix(scheme))?;
        let name = rest.split(['/', ':']).next().unwrap_or_default();
        let is_here = matches!(name, "localhost" | "127.0.0.1" | "");
        (!is_here).then(|| name.to_owned())
    }

    /// Returns whether somebody named it for this run, so that no choice may replace it.
    pub(crate) const fn is_given(&self) -> bool {
        matches!(
            self.source,
            EndpointSource::Given | EndpointSource::Variable
        )
    }

    /// Returns whether an address is of a kind that can be connected to.
    pub(crate) fn is_usable(url: &str) -> bool {
        let rest = ["unix://", "npipe://", "tcp://", "http://"]
            .iter()
            .find_map(|scheme| url.strip_prefix(scheme));
        rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
    }

    /// Returns every engine that can be chosen: the contexts of the docker program, and sockets that are there.
    pub(crate) fn choices(environment: &Environment) -> Vec<(Self, Option<String>)> {
        let mut found: Vec<(Self, Option<String>)> = Vec::new();
        let mut add = |url: String, source, name| {
            if Self::is_usable(&url) && !found.iter().any(|(known, _)| known.url == url) {
                found.push((Self { url, source }, name));
            }
        };
        for path in candidates(environment).iter().filter(|path| path.exists()) {
            add(format!("unix://{path}"), EndpointSource::Candidate, None);
        }
        for (name, url) in contexts(environment) {
            add(url, EndpointSource::Context, Some(name));
        }
        found
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

/// Returns every context with its host, in order of the names.
fn contexts(environment: &Environment) -> Vec<(String, String)> {
    let folder = configuration(environment).map(|folder| folder.join("contexts/meta"));
    let entries = folder.and_then(|folder| fs_err::read_dir(folder).ok());
    let mut found: Vec<(String, String)> = entries
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = Utf8PathBuf::from_path_buf(entry.ok()?.path()).ok()?;
            let meta = read_json(&path.join("meta.json"))?;
            let host = meta.pointer("/Endpoints/docker/Host")?.as_str()?;
            Some((meta.get("Name")?.as_str()?.to_owned(), host.to_owned()))
        })
        .collect();
    found.sort();
    found
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
            r#"{"Name":"site","Endpoints":{"docker":{"Host":"tcp://10.0.0.7:2375"}}}"#,
        )
        .unwrap();

        let with_variable = environment(home, &[("DOCKER_HOST", "unix:///tmp/b.sock")]);
        assert_eq!(
            Endpoint::resolve(
                Some("unix:///tmp/a.sock"),
                Some("unix:///c"),
                &with_variable
            )
            .url,
            "unix:///tmp/a.sock"
        );
        assert_eq!(
            Endpoint::resolve(None, Some("unix:///c"), &with_variable).url,
            "unix:///tmp/b.sock"
        );
        let chosen = Endpoint::resolve(None, Some("unix:///c"), &environment(home, &[]));
        assert_eq!(chosen.source, EndpointSource::Chosen);
        assert!(with_variable_is_given(&with_variable) && !chosen.is_given());
        let choices = Endpoint::choices(&environment(home, &[]));
        assert!(
            choices.iter().any(
                |(it, name)| it.url == "tcp://10.0.0.7:2375" && name.as_deref() == Some("site")
            ),
            "{choices:?}"
        );
        let context = Endpoint::resolve(None, None, &environment(home, &[]));
        assert_eq!(
            (context.url.as_str(), context.source),
            ("tcp://10.0.0.7:2375", EndpointSource::Context)
        );
        let default = Endpoint::resolve(
            None,
            None,
            &environment(home, &[("DOCKER_CONTEXT", "default")]),
        );
        assert_eq!(default.source, EndpointSource::Candidate);
    }

    fn with_variable_is_given(environment: &Environment) -> bool {
        Endpoint::resolve(None, None, environment).is_given()
    }

    #[test]
    fn an_address_is_usable_or_not_and_of_this_computer_or_not() {
        for good in [
            "unix:///var/run/docker.sock",
            "tcp://erp:2375",
            "npipe:////./pipe/docker_engine",
        ] {
            assert!(Endpoint::is_usable(good), "{good}");
        }
        for bad in [
            "",
            "unix://",
            "ssh://root@erp",
            "/var/run/docker.sock",
            "tcp://a b",
        ] {
            assert!(!Endpoint::is_usable(bad), "{bad}");
        }
        let host = |url: &str| {
            let endpoint = Endpoint {
                url: url.into(),
                source: EndpointSource::Given,
            };
            endpoint.remote_host()
        };
        assert_eq!(host("tcp://erp-server:2375").as_deref(), Some("erp-server"));
        assert_eq!(host("tcp://127.0.0.1:2375"), None);
        assert_eq!(host("unix:///run/docker.sock"), None);
    }
}
