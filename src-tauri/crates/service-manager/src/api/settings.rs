//! What a person has chosen; kept in Quayside's own folder.

use super::words;
use serde::{Deserialize, Serialize};

words! {
    /// Light, dark, or as the system has it.
    pub enum Theme { System = "system", Light = "light", Dark = "dark" }
}

/// Settings and their defaults. Unknown keys of a newer version are ignored, missing ones take the default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Settings {
    /// `en`, `zh-CN`; null follows the system.
    pub language: Option<String>,
    /// The look of the window.
    pub theme: Theme,
    /// A desktop notification when something turns bad, and when it is well again.
    pub notifications: bool,
    /// Closing the window leaves the tray icon, which goes on watching.
    pub close_to_tray: bool,
    /// The person has been told what closing the window does.
    pub tray_explained: bool,
    /// Begins with the person's session, in the tray.
    pub autostart: bool,
    /// The address of the engine the person chose; null finds it as the docker program does.
    pub engine: Option<String>,
    /// Absolute paths of packages opened before, newest first.
    pub recent: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            theme: Theme::System,
            notifications: true,
            close_to_tray: true,
            tray_explained: false,
            autostart: false,
            engine: None,
            recent: Vec::new(),
        }
    }
}
