//! Docker Compose: the tool, what it is asked, what it answers.
//!
//! - [`Compose::detect`] finds it; [`Compose::config`] lets it resolve a project; [`Compose::run`] does the rest
//!   ([`Verb`]: up, stop, down), handing on each line it prints.
//! - [`project`] the resolved project, [`read`] fills it from any generation's answer (or from the bare YAML).
//! - [`schema`] says what may be written where, for when Compose is not there to say it.
//! - [`output`] says what a line means; [`version`] what a version can do; [`command`] makes arguments, pure.

pub(crate) mod command;
pub(crate) mod env_edit;
pub(crate) mod env_file;
pub(crate) mod interpolate;
pub(crate) mod output;
pub(crate) mod port_lost;
pub(crate) mod ports;
pub(crate) mod project;
pub(crate) mod read;
mod remembered;
pub(crate) mod schema;
pub(crate) mod since;
pub(crate) mod traits;
pub(crate) mod version;
pub(crate) mod volumes;
pub(crate) mod wishes;
pub(crate) mod words;

pub(crate) use command::Verb;
pub(crate) use version::{Generation, Version};

use crate::Environment;
use crate::api::error::Category;
use crate::process::{self, Finished, Invocation, ProcessError, Stream};
use crate::text::Params;
use camino::{Utf8Path, Utf8PathBuf};
use command::Tool;
use remembered::Known;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// `version` answers in milliseconds; v1 needs half a second, a cold disk more.
const VERSION_LIMIT: Duration = Duration::from_secs(20);
/// Where no engine is and the refusal comes at once.
const NO_ENGINE: &str = "tcp://127.0.0.1:1";
/// A project of a thousand services takes 2 s; what takes longer does not end.
const CONFIG_LIMIT: Duration = Duration::from_mins(1);

/// A Compose that is installed here, ready to be asked.
#[derive(Clone, Debug)]
pub(crate) struct Compose {
    tool: Tool,
    /// What answers for `docker compose` where nothing but the files of a package is asked.
    plugin: Option<Tool>,
    version: Version,
    environment: BTreeMap<String, String>,
    /// Quayside's own folder, where the version is remembered.
    state: Utf8PathBuf,
}

/// Why Compose gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// Neither the plugin nor the stand-alone program is there.
    #[error("Docker Compose is not installed")]
    Missing,
    /// It is there and does not run.
    #[error(transparent)]
    Process(#[from] ProcessError),
    /// It ran and said no. `words` is its own text, without colours.
    #[error("{verb}: exit code {code:?}: {words}")]
    Failed {
        verb: &'static str,
        code: Option<i32>,
        words: String,
    },
}

impl ComposeError {
    /// Returns the stable code.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Missing | Self::Process(ProcessError::NotFound { .. }) => "compose.missing",
            Self::Process(ProcessError::TimedOut { .. }) => "compose-timed-out",
            Self::Process(ProcessError::Cancelled) => "cancelled",
            Self::Process(ProcessError::Spawn { .. }) => "compose-not-started",
            Self::Failed { .. } => "compose-failed",
        }
    }

    /// Returns the requirements' category.
    pub(crate) const fn category(&self) -> Category {
        match self {
            Self::Missing | Self::Process(ProcessError::NotFound { .. }) => {
                Category::MissingDependency
            }
            Self::Process(ProcessError::TimedOut { .. }) => Category::Timeout,
            Self::Process(_) | Self::Failed { .. } => Category::DockerCommand,
        }
    }

    /// Returns the parameters of its text.
    pub(crate) fn params(&self) -> Params {
        match self {
            Self::Missing | Self::Process(ProcessError::Cancelled) => Params::new(),
            Self::Process(ProcessError::NotFound { program }) => {
                Params::new().with("program", program)
            }
            Self::Process(ProcessError::TimedOut { program, after }) => Params::new()
                .with("program", program)
                .with("seconds", after.as_secs()),
            Self::Process(ProcessError::Spawn { program, source }) => Params::new()
                .with("program", program)
                .with("reason", source.to_string()),
            Self::Failed { verb, words, .. } => Params::new()
                .with("verb", *verb)
                .with("reason", output::last_words(words)),
        }
    }
}

/// What `config` answered.
#[derive(Clone, Debug)]
pub(crate) struct Resolved {
    /// JSON from v2, YAML from v1.
    pub(crate) text: String,
    /// Its warnings, without colours and prefixes, each once.
    pub(crate) warnings: Vec<String>,
}

impl Compose {
    /// Finds Compose: the plugin of the docker program first, else the stand-alone `docker-compose` of either
    /// generation. `endpoint` is the engine every command will talk to; none leaves the environment as it is.
    pub(crate) async fn detect(
        env: &Environment,
        endpoint: Option<&str>,
        cancel: &CancellationToken,
    ) -> Result<Self, ComposeError> {
        let environment = command::environment(env, endpoint);
        // A docker without the plugin asks the engine before it says so, and waits for one that hangs.
        let mut asking = environment.clone();
        asking.insert("DOCKER_HOST".into(), NO_ENGINE.into());
        let (mut broken, mut without) = (None, None);
        let found = |tool: Tool, known: Known| {
            tracing::debug!(program = tool.program, version = %known.version, "Compose found");
            Self {
                tool,
                plugin: known.plugin,
                version: known.version,
                environment: environment.clone(),
                state: env.state.clone(),
            }
        };
        for tool in Tool::candidates(env) {
            if tool.is_plugin() && remembered::lacks(env, &tool) {
                continue;
            }
            if let Some(known) = remembered::recall(env, &tool) {
                if let Some(docker) = without {
                    remembered::keep(env, &tool, &known.version, Some(&docker));
                }
                return Ok(found(tool, known));
            }
            let invocation =
                Invocation::new(&tool.program, tool.version_args(), &asking).within(VERSION_LIMIT);
            match process::run(&invocation, cancel, |_, _| ()).await {
                Ok(finished) if finished.success() => {
                    if let Some(version) = Version::parse(&finished.stdout) {
                        remembered::keep(env, &tool, &version, without.as_ref());
                        let plugin = None;
                        return Ok(found(tool, Known { version, plugin }));
                    }
                }
                // docker without the plugin, or a plugin that does not run
                Ok(_) if tool.is_plugin() => without = Some(tool),
                Ok(_) | Err(ProcessError::NotFound { .. }) => {}
                Err(ProcessError::Cancelled) => return Err(ProcessError::Cancelled.into()),
                Err(error) => broken = Some(error),
            }
        }
        Err(broken.map_or(ComposeError::Missing, ComposeError::Process))
    }

    /// Returns its version.
    pub(crate) const fn version(&self) -> &Version {
        &self.version
    }

    /// Lets Compose resolve the project of a folder: services of all profiles, interpolated, merged.
    ///
    /// Parse the files with our own limits first ([`crate::package::yaml`]): Compose itself has none.
    pub(crate) async fn config(
        &self,
        directory: &Utf8Path,
        cancel: &CancellationToken,
    ) -> Result<Resolved, ComposeError> {
        let args = command::config_args(&self.version);
        let finished = self
            .finish(
                self.plugin.as_ref().unwrap_or(&self.tool),
                directory,
                "config",
                args,
                Some(CONFIG_LIMIT),
                cancel,
                |_, _| (),
            )
            .await?;
        if finished.stdout_cut {
            let words = "config: more than 8 MiB".to_owned();
            return Err(ComposeError::Failed {
                verb: "config",
                code: finished.code,
                words,
            });
        }
        let stderr = finished.stderr.iter().map(String::as_str);
        Ok(Resolved {
            warnings: output::warnings(stderr),
            text: finished.stdout,
        })
    }

    /// Runs a verb on the project of a folder, for some services or (none named) for all of them, and hands on each
    /// line. Its exit code is the answer: anything but 0 is [`ComposeError::Failed`] with its last words.
    pub(crate) async fn run(
        &self,
        directory: &Utf8Path,
        verb: &Verb,
        services: &[String],
        cancel: &CancellationToken,
        mut on_line: impl FnMut(Stream, &str) + Send,
    ) -> Result<(), ComposeError> {
        let args = command::verb_args(&self.version, verb, services);
        let plain = |stream, line: &str| on_line(stream, &crate::text::plain(line));
        let tool = &self.tool;
        self.finish(tool, directory, verb.word(), args, None, cancel, plain)
            .await
            .map(drop)
    }

    #[allow(clippy::too_many_arguments)] // one call of a program: each is a part of it
    async fn finish(
        &self,
        tool: &Tool,
        directory: &Utf8Path,
        verb: &'static str,
        args: Vec<String>,
        limit: Option<Duration>,
        cancel: &CancellationToken,
        on_line: impl FnMut(Stream, &str) + Send,
    ) -> Result<Finished, ComposeError> {
        let args = tool.args.iter().cloned().chain(args);
        let mut invocation =
            Invocation::new(&tool.program, args, &self.environment).in_directory(directory);
        invocation.limit = limit;
        let finished = process::run(&invocation, cancel, on_line).await;
        if !finished.as_ref().is_ok_and(Finished::success) {
            remembered::forget(&self.state);
        }
        let finished = finished?;
        if finished.success() {
            return Ok(finished);
        }
        let words = finished
            .stderr
            .iter()
            .map(|line| crate::text::plain(line))
            .collect::<Vec<_>>()
            .join("\n");
        Err(ComposeError::Failed {
            verb,
            code: finished.code,
            words,
        })
    }
}
