//! What can be said on the window's command line.

use clap::Parser;

/// Options of `quayside`.
#[derive(Debug, Default, Parser)]
#[command(name = "quayside", version)]
pub(crate) struct Options {
    /// The package to open
    #[arg(long, value_name = "DIR")]
    pub package: Option<String>,
    /// The language of the window: en or zh-CN
    #[arg(long)]
    pub lang: Option<String>,
    /// The look of the window: system, light or dark
    #[arg(long)]
    pub theme: Option<String>,
    /// The Docker to use, e.g. unix:///var/run/docker.sock
    #[arg(long, value_name = "URL")]
    pub docker_host: Option<String>,
    /// Begin in the tray, without the window
    #[arg(long)]
    pub hidden: bool,
    /// Says more on standard error
    #[arg(short, action = clap::ArgAction::Count)]
    pub verbose: u8,
}
