//! `quayside-cli`: the service manager from a terminal. A thin shell: words in, one call, words out.

/// Prints a line to standard output. A reader that went away (`| head`) ends the line, not the operation.
macro_rules! out {
    ($($words:tt)*) => {{
        let _ = writeln!(std::io::stdout().lock(), $($words)*);
    }};
}

/// Prints a line to standard error; the same.
macro_rules! err {
    ($($words:tt)*) => {{
        let _ = writeln!(std::io::stderr().lock(), $($words)*);
    }};
}

mod args;
mod exit;
mod follow;
mod prometheus;
mod show;
mod stop;
mod support;
mod unpack;

use args::{Action, Cli, Format, Services, StartArgs, Wait};
use follow::{Telling, follow};
use serde::Serialize;
use service_manager::api::app::{
    AppEvent, CopyRequest, DeployRequest, DiagnoseRequest, FixRequest, LogsRequest,
    OpenPackageRequest, RestartContainerRequest, SaveValuesRequest, ServicesRequest, SettingValue,
    Started,
};
use service_manager::api::diagnosis::DiagnosisReport;
use service_manager::api::error::{CommandError, ErrorReply};
use service_manager::api::operation::StepId;
use service_manager::api::status::StatusSnapshot;
use service_manager::logging;
use service_manager::text::{self, Language, Text};
use service_manager::{Environment, Error, LogLines, ServiceManager};
use std::io::{BufRead, Write};
use std::process::ExitCode;
use stop::Stop;

#[allow(clippy::disallowed_methods)] // the one place where the environment is read
fn environment() -> Environment {
    let variables = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect();
    Environment::from_variables(variables)
}

fn main() -> ExitCode {
    let environment = environment();
    set_language(&environment);
    let mut cli = match Cli::read(std::env::args()) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(exit::USAGE));
        }
    };
    if let Action::Completions { shell } = cli.command {
        clap_complete::generate(
            shell,
            &mut args::command(),
            "quayside-cli",
            &mut std::io::stdout(),
        );
        return ExitCode::SUCCESS;
    }
    let _log = logging::start(&environment.state, "cli", Some(cli.verbose));
    let Ok(runtime) = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .worker_threads(2)
        .build()
    else {
        return ExitCode::from(exit::FAILED);
    };
    let manager = ServiceManager::new(environment, cli.docker_host.as_deref());
    let code = runtime.block_on(async {
        let mut stop = Stop::listen();
        let code = match unpack::unpack(&manager, &mut cli, &mut stop).await {
            Some(code) => code,
            None => run(&manager, &cli, &mut stop)
                .await
                .unwrap_or_else(|error| refuse(error, cli.json)),
        };
        manager.shut_down().await;
        code
    });
    // What still blocks (a read from a hung disk) must not hold the person back.
    runtime.shutdown_background();
    ExitCode::from(code)
}

/// The language must be known before the help is made: `--lang`, else the locale.
fn set_language(environment: &Environment) {
    let args: Vec<String> = std::env::args().collect();
    let given =
        args.iter()
            .enumerate()
            .find_map(|(index, arg)| match arg.strip_prefix("--lang=") {
                Some(tag) => Some(tag.to_owned()),
                None if arg == "--lang" => args.get(index + 1).cloned(),
                None => None,
            });
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| environment.get(name));
    let language = given.as_deref().or(locale).and_then(Language::from_tag);
    text::set_language(language.unwrap_or(Language::En));
}

/// What is left to be followed once everything could be begun.
enum Begun {
    /// Nothing: this is the exit code.
    Answered(u8),
    Operation(Started),
    Logs(LogLines),
    Watch(StatusSnapshot),
}

async fn run(manager: &ServiceManager, cli: &Cli, stop: &mut Stop) -> Result<u8, Error> {
    // Whatever runs for us until then (Compose reads the package) ends with it.
    let begun = tokio::select! {
        begun = begin(manager, cli) => begun?,
        () = stop.asked() => return Err(Error::Cancelled),
    };
    let started = match begun {
        Begun::Answered(code) => return Ok(code),
        Begun::Logs(lines) => return Ok(logs(lines, cli.json, stop).await),
        Begun::Watch(status) => return Ok(watch_status(manager, status, cli.json, stop).await),
        Begun::Operation(started) => started,
    };
    let telling = match (&cli.command, cli.json) {
        (_, false) => Telling::People,
        (Action::CheckMountDirs, true) => Telling::Directories,
        (_, true) => Telling::Events,
    };
    Ok(follow(manager, &started, telling, stop).await)
}

async fn begin(manager: &ServiceManager, cli: &Cli) -> Result<Begun, Error> {
    let json = cli.json;
    match &cli.command {
        Action::ArchInfo => {
            let info = manager.arch_info().await;
            return Ok(Begun::Answered(answer(json, &info, show::arch)));
        }
        Action::ListImages => {
            // The package only marks its own images here; without one the list is still the answer.
            if let Err(error) = open(manager, cli).await {
                tracing::info!(%error, "no package to mark images of");
            }
            let list = manager.list_images().await?;
            return Ok(Begun::Answered(answer(json, &list, show::images)));
        }
        Action::Inspect => {
            let view = manager
                .inspect(OpenPackageRequest {
                    path: cli.package.clone(),
                })
                .await?;
            return Ok(Begun::Answered(answer(json, &view, show::package)));
        }
        Action::SupportBundle { .. } => {
            return Ok(Begun::Answered(support::support(manager, cli).await?));
        }
        Action::Copy { to } => {
            let request = CopyRequest {
                from: Some(cli.package.clone()),
                to: to.clone(),
            };
            return Ok(Begun::Operation(manager.copy_package(request).await?));
        }
        Action::Diagnose {
            evidence: Some(path),
            ..
        } => {
            let report = explain(manager, path)?;
            return Ok(Begun::Answered(answer(json, &report, show::diagnoses)));
        }
        _ => {
            open(manager, cli).await?;
            tell_interrupted(manager);
        }
    }
    let services = |services: &Services| ServicesRequest {
        services: services.services.clone(),
        wait_timeout: None,
    };
    let start = |args: &StartArgs| ServicesRequest {
        services: args.services.services.clone(),
        wait_timeout: args.wait.wait_timeout,
    };
    let started: Started = match &cli.command {
        Action::Status {
            format: Some(Format::Prometheus),
            ..
        } => {
            let status = manager.status().await?;
            // A collector reads what is there; an engine out of reach is one of the metrics.
            out!("{}", prometheus::metrics(&status).trim_end());
            return Ok(Begun::Answered(exit::DONE));
        }
        Action::Status { watch, .. } => {
            let status = manager.status().await?;
            answer(json, &status, show::status);
            if *watch {
                return Ok(Begun::Watch(status));
            }
            return Ok(Begun::Answered(exit::of_status(&status)));
        }
        Action::Check => {
            let report = manager.check().await?;
            answer(json, &report, show::check);
            return Ok(Begun::Answered(exit::of_check(&report)));
        }
        Action::Diagnose { service, .. } => {
            let request = DiagnoseRequest {
                service: service.clone(),
            };
            let report = manager.diagnose(request).await?;
            answer(json, &report, show::diagnoses);
            if !json && report.diagnoses.is_empty() {
                // A service that somebody stopped is no failure, and still not ready.
                out!("{}", manager.status().await?.sentence);
            }
            return Ok(Begun::Answered(exit::DONE));
        }
        Action::Plan => {
            return Ok(Begun::Answered(answer(
                json,
                &manager.plan().await?,
                show::plan,
            )));
        }
        Action::Logs {
            services,
            follow,
            tail,
            since,
        } => {
            let request = LogsRequest {
                services: services.clone(),
                tail: *tail,
                since: since.clone(),
                follow: *follow,
            };
            return Ok(Begun::Logs(manager.logs(request).await?));
        }
        Action::Handover { out } => {
            // A name alone is meant to be in the folder where one stands.
            let path = std::path::absolute(out)
                .ok()
                .and_then(|path| path.into_os_string().into_string().ok());
            let saved = manager
                .save_handover(path.or_else(|| Some(out.clone())))
                .await?;
            return Ok(Begun::Answered(answer(json, &saved, |saved| {
                if let Some(saved) = saved {
                    out!("{}", saved.path);
                }
            })));
        }
        Action::Deploy(Wait { wait_timeout }) => {
            manager
                .deploy(DeployRequest {
                    wait_timeout: *wait_timeout,
                })
                .await?
        }
        Action::Start(args) => manager.start(start(args)).await?,
        Action::Restart(args) => manager.restart(start(args)).await?,
        Action::Stop(args) => manager.stop(services(args)).await?,
        Action::RestartContainer { container_name } => {
            manager
                .restart_container(RestartContainerRequest {
                    container_name: container_name.clone(),
                })
                .await?
        }
        Action::LoadImages => manager.load_images().await?,
        Action::SetupTags => manager.setup_tags().await?,
        Action::CheckMountDirs => manager.check_mount_dirs().await?,
        Action::Down => manager.remove().await?,
        Action::Fix { id, yes } => {
            let request = FixRequest {
                id: id.clone(),
                agreed: *yes,
            };
            manager.fix(request).await?
        }
        Action::Undo => manager.undo().await?,
        Action::Set { values } => {
            let values = values
                .iter()
                .map(|it| setting(it))
                .collect::<Result<_, _>>()?;
            manager.save_values(SaveValuesRequest { values }).await?
        }
        Action::ArchInfo
        | Action::ListImages
        | Action::Inspect
        | Action::Copy { .. }
        | Action::SupportBundle { .. }
        | Action::Completions { .. } => {
            return Ok(Begun::Answered(exit::DONE));
        }
    };
    Ok(Begun::Operation(started))
}

/// Reads `KEY=VALUE`. A value of `-` is the next line of standard input, so that a secret is in no list of processes.
fn setting(word: &str) -> Result<SettingValue, Error> {
    let refused = |reason| Error::Setting {
        key: word.to_owned(),
        reason: Text::new(reason),
    };
    let (key, value) = word
        .split_once('=')
        .ok_or_else(|| refused("env-value-form"))?;
    let mut value = value.to_owned();
    if value == "-" {
        value.clear();
        let read = std::io::stdin().lock().read_line(&mut value);
        if !matches!(read, Ok(length) if length > 0) {
            return Err(refused("env-value-no-input"));
        }
        let end = value.trim_end_matches(['\r', '\n']).len();
        value.truncate(end);
    }
    Ok(SettingValue {
        key: key.to_owned(),
        value,
    })
}

/// Explains a file, or with `-` what is written to us.
fn explain(manager: &ServiceManager, path: &str) -> Result<DiagnosisReport, Error> {
    if path == "-" {
        return manager.explain_from(path, std::io::stdin().lock());
    }
    manager.explain_file(path)
}

async fn open(manager: &ServiceManager, cli: &Cli) -> Result<(), Error> {
    manager
        .open_package(OpenPackageRequest {
            path: cli.package.clone(),
        })
        .await
        .map(drop)
}

/// Says what an earlier run left unfinished, before this run becomes the newest one.
fn tell_interrupted(manager: &ServiceManager) {
    let Some(interrupted) = manager.app_state().interrupted else {
        return;
    };
    let step = interrupted.step.unwrap_or(StepId::Environment);
    let text = Text::new("cli-interrupted")
        .with("operation", interrupted.kind.to_string())
        .with("step", Text::new(format!("step-{step}")));
    err!("{text}");
}

/// Prints every snapshot that differs from the one before, until it is asked to stop.
async fn watch_status(
    manager: &ServiceManager,
    mut last: StatusSnapshot,
    json: bool,
    stop: &mut Stop,
) -> u8 {
    let mut events = manager.subscribe();
    loop {
        let event = tokio::select! {
            event = events.next() => event,
            () = stop.asked() => return exit::DONE,
        };
        let status = match event {
            AppEvent::State { state } => state.status,
            AppEvent::Status { status } => Some(*status),
            AppEvent::Operation { .. } | AppEvent::Asked { .. } => None,
        };
        if let Some(status) = status.filter(|status| *status != last) {
            answer(json, &status, show::status);
            last = status;
        }
    }
}

async fn logs(mut lines: LogLines, json: bool, stop: &mut Stop) -> u8 {
    loop {
        let batch = tokio::select! {
            batch = lines.next() => batch,
            () = stop.asked() => return exit::DONE,
        };
        if json {
            batch.lines.iter().for_each(print_json);
        } else {
            show::logs(&batch);
        }
        if batch.ended {
            return exit::DONE;
        }
    }
}

/// Prints an answer in the form that was asked for.
fn answer<T: Serialize>(json: bool, value: &T, show: impl FnOnce(&T)) -> u8 {
    if json {
        print_json(value);
    } else {
        show(value);
    }
    exit::DONE
}

/// Prints an error and returns its exit code.
fn refuse(error: Error, json: bool) -> u8 {
    let code = exit::of_error(&error);
    let error = CommandError::from(error);
    if json {
        print_json(&ErrorReply { error });
    } else {
        // Compose's own words are in it, and Compose quotes values; standard error ends up in other people's logs.
        err!("{}", logging::redact(&error.to_string()));
    }
    code
}

/// Prints one JSON line.
pub(crate) fn print_json<T: Serialize>(value: &T) {
    if let Ok(json) = serde_json::to_string(value) {
        out!("{json}");
    }
}
