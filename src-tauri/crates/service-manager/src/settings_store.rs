//! Settings on disk: read leniently, written atomically.

use crate::api::settings::Settings;
use crate::error::Error;
use crate::operation::write_atomically;
use camino::Utf8Path;
use fs_err as fs;

/// How many packages are remembered.
const RECENT: usize = 8;

/// Reads the settings; what is missing or broken takes its default, and a broken file is left for the next save.
pub(crate) fn load(state: &Utf8Path) -> Settings {
    fs::read(state.join("settings.json"))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default()
}

/// Writes the settings.
pub(crate) fn save(state: &Utf8Path, settings: &Settings) -> Result<(), Error> {
    let path = state.join("settings.json");
    let json = serde_json::to_vec_pretty(settings).unwrap_or_default();
    write_atomically(&path, &json).map_err(|error| Error::file(path.as_str(), &error))
}

/// Puts a package at the front of the recent ones.
pub(crate) fn remember(settings: &mut Settings, path: &str) {
    settings.recent.retain(|other| other != path);
    settings.recent.insert(0, path.to_owned());
    settings.recent.truncate(RECENT);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_saved_is_read_and_a_broken_file_is_the_default() {
        let folder = tempfile::tempdir().unwrap();
        let state = Utf8Path::from_path(folder.path()).unwrap();
        let mut settings = Settings::default();
        for name in ["/a", "/b", "/a"] {
            remember(&mut settings, name);
        }
        assert_eq!(settings.recent, ["/a", "/b"]);
        save(state, &settings).unwrap();
        assert_eq!(load(state), settings);
        fs::write(state.join("settings.json"), "{").unwrap();
        assert_eq!(load(state), Settings::default());
    }
}
