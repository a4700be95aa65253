//! The shell: everything that needs a window, and nothing else. The work is done by `service_manager`.

mod autostart;
mod commands;
mod dialog;
mod forward;
mod notify;
mod options;
mod tray;
mod window;

use clap::Parser;
use options::Options;
use service_manager::api::settings::Theme;
use service_manager::text::{self, Language};
use service_manager::{Environment, ServiceManager};
use std::process::ExitCode;
use tauri::{Manager, RunEvent, WindowEvent};

/// Runs the window until it is closed.
pub fn run() -> ExitCode {
    let options = Options::parse();
    let environment = environment();
    let log = service_manager::logging::start(
        &environment.state,
        "window",
        (options.verbose > 0).then_some(options.verbose),
    );
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| environment.get(name))
        .map(str::to_owned);
    let manager = ServiceManager::new(environment, options.docker_host.as_deref());
    let mut settings = manager.settings();
    if let Some(theme) = options.theme.as_deref().and_then(theme) {
        settings.theme = theme;
    }
    let language = options
        .lang
        .clone()
        .or_else(|| settings.language.clone())
        .or(locale);
    text::set_language(
        language
            .as_deref()
            .and_then(Language::from_tag)
            .unwrap_or(Language::En),
    );
    manager.use_settings(settings);

    let app = match build(manager.clone(), options) {
        Ok(app) => app,
        Err(error) => {
            tracing::error!(%error, "the window cannot be opened");
            return ExitCode::FAILURE;
        }
    };
    app.run(move |app, event| match event {
        RunEvent::WindowEvent {
            event: WindowEvent::CloseRequested { api, .. },
            ..
        } if tray::keeps_running(app, &manager) => {
            api.prevent_close();
            window::hide(app);
        }
        RunEvent::Exit => {
            // Running operations are asked to stop and awaited: nothing is left half done without a record.
            tauri::async_runtime::block_on(manager.shut_down());
        }
        _ => {}
    });
    drop(log);
    ExitCode::SUCCESS
}

macro_rules! handler {
    ($($module:ident::$name:ident($($request:ty)?) -> $response:ty;)*) => {
        tauri::generate_handler![
            commands::app::subscribe,
            commands::app::choose_package,
            commands::logs::follow_logs,
            commands::logs::stop_logs,
            commands::logs::save_logs,
            commands::app::save_handover,
            commands::support::save_support,
            $(commands::$module::$name),*
        ]
    };
}

fn build(manager: ServiceManager, options: Options) -> tauri::Result<tauri::App> {
    tauri::Builder::default()
        // First of all plugins: a second start only brings the first window to the front.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            window::show(app);
        }))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .manage(manager)
        .manage(forward::LogStreams::default())
        .invoke_handler(service_manager::with_commands!(handler))
        .setup(move |app| {
            window::open(app, options.hidden)?;
            tray::start(app.handle(), &manager_of(app));
            notify::start(&manager_of(app));
            autostart::start(app.handle(), &manager_of(app));
            let manager = manager_of(app);
            // What begins with the session watches what was watched last.
            let last = || manager.settings().recent.first().cloned();
            let path = options
                .package
                .or_else(|| last().filter(|_| options.hidden));
            if let Some(path) = path {
                tauri::async_runtime::spawn(async move { manager.open_at_launch(path).await });
            }
            Ok(())
        })
        .build(tauri::generate_context!())
}

fn manager_of(app: &tauri::App) -> ServiceManager {
    app.state::<ServiceManager>().inner().clone()
}

fn theme(word: &str) -> Option<Theme> {
    Theme::ALL
        .iter()
        .copied()
        .find(|theme| theme.word() == word)
}

#[allow(clippy::disallowed_methods)] // the one place where the environment is read
fn environment() -> Environment {
    let variables = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect();
    Environment::from_variables(variables)
}
