//! What Compose wrote when it last failed: containers that were never made have no log to look at.

use crate::logging;
use crate::operation::write_atomically;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;

fn path(state: &Utf8Path, project: &str) -> Utf8PathBuf {
    state.join("said").join(format!("{project}.txt"))
}

/// Keeps the last lines of a Compose that failed, without secrets.
pub(crate) fn keep(state: &Utf8Path, project: &str, lines: &[String]) {
    let text = logging::redact(&lines.join("\n"));
    if let Err(error) = write_atomically(&path(state, project), text.as_bytes()) {
        tracing::warn!(%error, "what Compose said could not be kept");
    }
}

/// Forgets it: Compose did what it was asked.
pub(crate) fn forget(state: &Utf8Path, project: &str) {
    // Mostly there is nothing to forget.
    let _ = fs::remove_file(path(state, project));
}

/// Returns it; none when the last time was a good one.
pub(crate) fn last(state: &Utf8Path, project: &str) -> Option<String> {
    let text = fs::read_to_string(path(state, project)).ok()?;
    (!text.trim().is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_failure_is_kept_until_something_worked() {
        let folder = tempfile::tempdir().unwrap();
        let state = Utf8Path::from_path(folder.path()).unwrap();
        assert_eq!(last(state, "shop"), None);
        keep(state, "shop", &["a".into(), "Error: b".into()]);
        assert_eq!(last(state, "shop").as_deref(), Some("a\nError: b"));
        forget(state, "shop");
        assert_eq!(last(state, "shop"), None);
    }
}
