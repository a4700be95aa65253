//! Beginning with the person's session: an entry of theirs, made and taken away as the setting says.

use auto_launch::AutoLaunchBuilder;
use service_manager::ServiceManager;
use service_manager::api::app::AppEvent;

/// Keeps the entry as the setting says.
pub(crate) fn start(manager: &ServiceManager) {
    let manager = manager.clone();
    tauri::async_runtime::spawn(async move {
        let mut events = manager.subscribe();
        let mut last = None;
        loop {
            let AppEvent::State { state } = events.next().await else {
                continue;
            };
            let wanted = state.settings.autostart;
            if last.replace(wanted) != Some(wanted)
                && let Err(error) = keep(wanted)
            {
                tracing::warn!(%error, wanted, "starting with the session could not be changed");
            }
        }
    });
}

fn keep(wanted: bool) -> auto_launch::Result<()> {
    let program = std::env::current_exe()?;
    let entry = AutoLaunchBuilder::new()
        .set_app_name("Quayside")
        .set_app_path(&program.to_string_lossy())
        .set_args(&["--hidden"])
        .build()?;
    match (wanted, entry.is_enabled()?) {
        (true, false) => entry.enable(),
        (false, true) => entry.disable(),
        _ => Ok(()),
    }
}
