//! How large a container's log files are.

use super::aside;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;

/// Returns the bytes of a log and of what was rotated away beside it (`…-json.log.1`); none where this user may not look.
pub(super) async fn bytes(path: Utf8PathBuf) -> Option<u64> {
    aside(move || size(&path)).await.flatten()
}

fn size(path: &Utf8Path) -> Option<u64> {
    let mut bytes = fs::metadata(path).ok()?.len();
    let (folder, name) = (path.parent()?, path.file_name()?);
    for entry in fs::read_dir(folder).ok()?.flatten() {
        let other = entry.file_name().into_string().unwrap_or_default();
        if other != name && other.starts_with(name) {
            bytes += entry.metadata().map_or(0, |meta| meta.len());
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rotated_files_count_and_others_do_not() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Utf8Path::from_path(folder.path()).unwrap();
        let log = folder.join("abc-json.log");
        assert_eq!(size(&log), None);
        fs::write(&log, "12345").unwrap();
        fs::write(folder.join("abc-json.log.1"), "123").unwrap();
        fs::write(folder.join("config.v2.json"), "1234567").unwrap();
        assert_eq!(size(&log), Some(8));
    }
}
