//! Beginning with the person's session: an entry of theirs, made and taken away as the setting says.

use service_manager::ServiceManager;
use service_manager::api::app::AppEvent;
use tauri::AppHandle;

type Result = std::result::Result<(), Box<dyn std::error::Error>>;

/// Keeps the entry as the setting says.
pub(crate) fn start(app: &AppHandle, manager: &ServiceManager) {
    let (app, manager) = (app.clone(), manager.clone());
    tauri::async_runtime::spawn(async move {
        let mut events = manager.subscribe();
        let mut last = None;
        loop {
            let AppEvent::State { state } = events.next().await else {
                continue;
            };
            let wanted = state.settings.autostart;
            if last.replace(wanted) != Some(wanted)
                && let Err(error) = keep(&app, wanted)
            {
                tracing::warn!(%error, wanted, "starting with the session could not be changed");
            }
        }
    });
}

/// A file in the folder that the desktop looks into. Written here: the crate for the other systems does not quote a path
/// with spaces, knows no other folder than `~/.config`, and keeps the path of a program that was moved.
#[cfg(target_os = "linux")]
fn keep(app: &AppHandle, wanted: bool) -> Result {
    use std::{fs, io};
    use tauri::Manager;

    let folder = app.path().config_dir()?.join("autostart");
    let file = folder.join("Quayside.desktop");
    if !wanted {
        return match fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        };
    }
    let program = std::env::current_exe()?;
    let now = fs::read_to_string(&file).ok();
    if let Some(text) = service_manager::desktop_entry(now.as_deref(), &program.to_string_lossy()) {
        fs::create_dir_all(&folder)?;
        fs::write(&file, text)?;
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn keep(_: &AppHandle, wanted: bool) -> Result {
    use auto_launch::{AutoLaunchBuilder, WindowsEnableMode};

    let program = std::env::current_exe()?;
    let program = program.to_string_lossy();
    // The registry holds a command line, in which a path with spaces needs quotes.
    let path = if cfg!(windows) {
        format!("\"{program}\"")
    } else {
        program.into_owned()
    };
    let entry = AutoLaunchBuilder::new()
        .set_app_name("Quayside")
        .set_app_path(&path)
        .set_windows_enable_mode(WindowsEnableMode::CurrentUser)
        .set_args(&["--hidden"])
        .build()?;
    match (wanted, entry.is_enabled()?) {
        (true, false) => entry.enable()?,
        (false, true) => entry.disable()?,
        _ => {}
    }
    Ok(())
}
