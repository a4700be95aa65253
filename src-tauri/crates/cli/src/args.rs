//! The command line's words. Help texts come from the catalogues, like every other sentence.

use clap::{Arg, Args, Command, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use service_manager::text::Text;

/// Global options and the subcommand.
#[derive(Debug, Parser)]
#[command(name = "quayside-cli", version, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[arg(
        long,
        global = true,
        value_name = "DIR|ARCHIVE",
        default_value = ".",
        hide_default_value = true
    )]
    pub package: String,
    #[arg(long, global = true)]
    pub json: bool,
    #[arg(long, global = true, value_name = "en|zh-CN")]
    pub lang: Option<String>,
    #[arg(long, global = true, value_name = "URL")]
    pub docker_host: Option<String>,
    #[arg(short, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    #[command(subcommand)]
    pub command: Action,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Action {
    Deploy(Wait),
    Start(StartArgs),
    Stop(Services),
    Restart(StartArgs),
    RestartContainer {
        #[arg(long, value_name = "NAME")]
        container_name: String,
    },
    Status {
        #[arg(long)]
        watch: bool,
        #[arg(long, value_enum)]
        format: Option<Format>,
    },
    Check,
    Plan,
    Inspect,
    Logs {
        #[arg(value_name = "SERVICE")]
        services: Vec<String>,
        #[arg(long)]
        follow: bool,
        #[arg(long, value_name = "LINES")]
        tail: Option<u32>,
        #[arg(long, value_name = "TIME", value_parser = time)]
        since: Option<String>,
    },
    LoadImages,
    SetupTags,
    ListImages,
    ArchInfo,
    CheckMountDirs,
    Handover {
        #[arg(long, value_name = "FILE")]
        out: String,
    },
    Down,
    Fix {
        #[arg(value_name = "ID")]
        id: String,
        #[arg(long)]
        yes: bool,
    },
    Undo,
    Diagnose {
        #[arg(value_name = "SERVICE")]
        service: Option<String>,
        #[arg(long, value_name = "FILE", conflicts_with = "service")]
        evidence: Option<String>,
    },
    Set {
        #[arg(value_name = "KEY=VALUE", required = true)]
        values: Vec<String>,
    },
    Copy {
        #[arg(long, value_name = "DIR")]
        to: Option<String>,
    },
    SupportBundle {
        #[arg(long, value_name = "FILE.zip")]
        out: Option<String>,
        #[arg(long, conflicts_with = "out")]
        preview: bool,
        #[arg(long, value_name = "NAME", conflicts_with_all = ["out", "preview"])]
        show: Option<String>,
        #[arg(long)]
        include_host_names: bool,
        #[arg(long, conflicts_with_all = ["out", "preview", "show"])]
        summary: bool,
    },
    #[command(hide = true)]
    Completions {
        shell: Shell,
    },
}

/// Another form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Prometheus,
}

/// Which services; none means all.
#[derive(Debug, Args)]
pub(crate) struct Services {
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,
}

/// How long to wait.
#[derive(Debug, Args)]
pub(crate) struct Wait {
    #[arg(long, value_name = "SECONDS")]
    pub wait_timeout: Option<u64>,
}

/// Services and how long to wait.
#[derive(Debug, Args)]
pub(crate) struct StartArgs {
    #[command(flatten)]
    pub services: Services,
    #[command(flatten)]
    pub wait: Wait,
}

/// A time as the library reads it; what it cannot read is a usage error.
fn time(text: &str) -> Result<String, String> {
    let text = text.to_owned();
    if service_manager::is_time(&text) {
        return Ok(text);
    }
    Err(service_manager::Error::BadTime { text }
        .message()
        .to_string())
}

impl Cli {
    /// Reads the arguments; a usage error has been printed by clap and carries its exit code (2, or 0 for help).
    pub(crate) fn read(args: impl Iterator<Item = String>) -> Result<Self, clap::Error> {
        Self::from_arg_matches(&command().try_get_matches_from(args)?)
    }
}

/// Returns the command with its help texts.
pub(crate) fn command() -> Command {
    let about = |name: &str| Text::new(format!("cli-{name}")).to_string();
    let with_help = |arg: Arg| {
        let key = format!("cli-option-{}", arg.get_id().as_str().replace('_', "-"));
        match arg.get_id().as_str() {
            "help" | "version" => arg,
            _ => arg.help(Text::new(key).to_string()),
        }
    };
    let command = Cli::command().about(about("about")).mut_args(with_help);
    let names: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    names.iter().fold(command, |command, name| {
        command.mut_subcommand(name, |sub| sub.about(about(name)).mut_args(with_help))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use service_manager::text::Language;

    #[test]
    fn every_command_and_option_is_explained_in_every_language() {
        let explained = |text: Option<&clap::builder::StyledStr>| {
            text.is_some_and(|text| {
                !text.to_string().starts_with("cli-") && !text.to_string().is_empty()
            })
        };
        for language in Language::ALL {
            service_manager::text::set_language(language);
            let command = command();
            command.clone().debug_assert();
            for sub in command.get_subcommands() {
                assert!(
                    explained(sub.get_about()),
                    "{} in {}",
                    sub.get_name(),
                    language.tag()
                );
                for arg in sub.get_arguments() {
                    let id = arg.get_id().as_str();
                    assert!(
                        matches!(id, "help" | "version") || explained(arg.get_help()),
                        "{} {id}",
                        sub.get_name()
                    );
                }
            }
        }
        service_manager::text::set_language(Language::En);
    }
}
