//! The system's own dialogs for files and folders. A path the page names itself is never written to.

use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, FilePath};
use tokio::sync::oneshot;

/// Lets the person choose a folder; none when they changed their mind.
pub(crate) async fn folder(app: &AppHandle) -> Option<String> {
    let (sender, receiver) = oneshot::channel();
    app.dialog().file().pick_folder(|path| {
        let _ = sender.send(path);
    });
    words(receiver.await.ok().flatten())
}

/// Lets the person choose where a file goes; none when they changed their mind. The dialog asks before a file is replaced.
pub(crate) async fn save_as(app: &AppHandle, name: &str) -> Option<String> {
    let (sender, receiver) = oneshot::channel();
    app.dialog().file().set_file_name(name).save_file(|path| {
        let _ = sender.send(path);
    });
    words(receiver.await.ok().flatten())
}

fn words(path: Option<FilePath>) -> Option<String> {
    path?.into_path().ok()?.into_os_string().into_string().ok()
}
