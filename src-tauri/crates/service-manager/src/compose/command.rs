//! Arguments and environment for Compose; pure.

use super::version::{Capability, Generation, Version};
use crate::Environment;
use std::collections::BTreeMap;

/// How Compose is called here.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tool {
    pub(crate) program: String,
    /// What comes before the verb: `compose` for the plugin.
    pub(crate) args: Vec<String>,
}

impl Tool {
    /// Returns what may be Compose, the best first.
    pub(crate) fn candidates(env: &Environment) -> Vec<Self> {
        let docker = env
            .find_program("docker")
            .map(|it| (it, vec!["compose".to_owned()]));
        let alone = env.find_program("docker-compose").map(|it| (it, vec![]));
        [docker, alone]
            .into_iter()
            .flatten()
            .map(|(program, args)| Self {
                program: program.into_string(),
                args,
            })
            .collect()
    }

    /// Whether it is `docker` with its plugin.
    pub(crate) const fn is_plugin(&self) -> bool {
        !self.args.is_empty()
    }

    /// Returns the arguments that print nothing but the version, in both generations.
    pub(crate) fn version_args(&self) -> Vec<String> {
        self.args
            .iter()
            .cloned()
            .chain(["version".to_owned(), "--short".to_owned()])
            .collect()
    }
}

/// What Compose is asked to do.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Verb {
    /// Creates and starts; builds nothing and pulls nothing.
    Up {
        /// Leaves out what the named services depend on.
        no_deps: bool,
        /// Makes new containers although nothing changed.
        force_recreate: bool,
    },
    /// Stops containers and keeps them.
    Stop,
    /// Removes containers and networks. Volumes stay: there is no way to say otherwise.
    Down,
}

impl Verb {
    /// A plain `up`.
    pub(crate) const UP: Self = Self::Up {
        no_deps: false,
        force_recreate: false,
    };

    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::Up { .. } => "up",
            Self::Stop => "stop",
            Self::Down => "down",
        }
    }
}

/// Returns the arguments that resolve a project. v1 prints services of every profile anyway.
pub(crate) fn config_args(version: &Version) -> Vec<String> {
    if version.can(Capability::ConfigJson) {
        words(&["--profile", "*", "config", "--format", "json"])
    } else {
        words(&["config"])
    }
}

/// Returns the arguments of a verb. Files and project name are Compose's to find: it runs in the package's folder.
pub(crate) fn verb_args(version: &Version, verb: &Verb, services: &[String]) -> Vec<String> {
    let mut args = words(&[verb.word()]);
    match verb {
        Verb::Up {
            no_deps,
            force_recreate,
        } => {
            args.extend(words(&["-d", "--no-build"]));
            if version.can(Capability::PullNever) {
                args.extend(words(&["--pull", "never"]));
            }
            if *no_deps {
                args.push("--no-deps".into());
            }
            if *force_recreate {
                args.push("--force-recreate".into());
            }
        }
        // A whole project is meant, so the services of inactive profiles that still run are meant too.
        Verb::Stop | Verb::Down
            if services.is_empty() && version.generation() == Generation::V2 =>
        {
            args.splice(0..0, words(&["--profile", "*"]));
        }
        Verb::Stop | Verb::Down => {}
    }
    if !services.is_empty() {
        // A service name cannot begin with a dash, but what a script hands in can.
        args.extend(
            services
                .iter()
                .filter(|name| !name.starts_with('-'))
                .cloned(),
        );
    }
    args
}

/// Returns the environment of every call: the person's own, and the engine that was chosen.
pub(crate) fn environment(env: &Environment, endpoint: Option<&str>) -> BTreeMap<String, String> {
    let mut variables = env.variables.clone();
    if let Some(endpoint) = endpoint {
        variables.insert("DOCKER_HOST".into(), endpoint.to_owned());
        // A context named here would win over the host in some versions.
        variables.remove("DOCKER_CONTEXT");
    }
    // v1 is Python, which else writes the characters of the system's code page.
    variables.insert("PYTHONIOENCODING".into(), "utf-8".into());
    variables.insert("COMPOSE_ANSI".into(), "never".into());
    // No advertising between the lines.
    variables.insert("DOCKER_CLI_HINTS".into(), "false".into());
    variables.insert("DOCKER_SCAN_SUGGEST".into(), "false".into());
    // What a compose file includes from elsewhere would be fetched (compose 2.19 and later).
    for remote in [
        "COMPOSE_EXPERIMENTAL_GIT_REMOTE",
        "COMPOSE_EXPERIMENTAL_OCI_REMOTE",
    ] {
        variables.insert(remote.into(), "false".into());
    }
    // A v1 client waits 60 s for the engine by default, and stopping many containers takes longer.
    variables
        .entry("COMPOSE_HTTP_TIMEOUT".into())
        .or_insert_with(|| "600".into());
    variables
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(version: &str, verb: &Verb, services: &[&str]) -> String {
        let version = Version::parse(version).expect(version);
        verb_args(&version, verb, &words(services)).join(" ")
    }

    #[test]
    fn each_verb_in_each_generation() {
        for (version, verb, services, expected) in [
            ("2.26.1", Verb::UP, &[][..], "up -d --no-build --pull never"),
            ("2.3.0", Verb::UP, &[], "up -d --no-build"),
            ("1.29.2", Verb::UP, &["web"], "up -d --no-build web"),
            (
                "2.26.1",
                Verb::Up {
                    no_deps: true,
                    force_recreate: true,
                },
                &["web"],
                "up -d --no-build --pull never --no-deps --force-recreate web",
            ),
            ("2.26.1", Verb::Stop, &[], "--profile * stop"),
            ("2.26.1", Verb::Stop, &["web"], "stop web"),
            ("1.29.2", Verb::Stop, &[], "stop"),
            (
                "2.26.1",
                Verb::UP,
                &["--help"],
                "up -d --no-build --pull never",
            ),
            ("2.26.1", Verb::Down, &[], "--profile * down"),
            ("1.29.2", Verb::Down, &[], "down"),
        ] {
            assert_eq!(
                args(version, &verb, services),
                expected,
                "{version} {verb:?}"
            );
        }
    }

    #[test]
    fn nothing_we_ask_can_delete_volumes() {
        for version in ["1.29.2", "2.0.0", "2.26.1", "5.1.0"] {
            let line = args(version, &Verb::Down, &[]);
            assert!(!line.contains("-v") && !line.contains("--rmi"), "{line}");
        }
    }

    #[test]
    fn the_chosen_engine_replaces_the_one_in_the_environment() {
        let mut env = Environment::default();
        env.variables
            .insert("DOCKER_HOST".into(), "tcp://elsewhere:2375".into());
        env.variables
            .insert("DOCKER_CONTEXT".into(), "elsewhere".into());
        let chosen = environment(&env, Some("unix:///run/docker.sock"));
        assert_eq!(chosen["DOCKER_HOST"], "unix:///run/docker.sock");
        assert!(!chosen.contains_key("DOCKER_CONTEXT"));
        assert_eq!(environment(&env, None)["DOCKER_CONTEXT"], "elsewhere");
    }
}
