//! What the last operations of a project did, on disk: whoever helps later asks what was tried before.

use super::record::write_atomically;
use crate::api::operation::OperationView;
use crate::logging;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use serde_json::Value;

/// Operations kept of each project.
const KEPT: usize = 10;
/// A larger one is not read: it is none of ours.
const LARGEST: u64 = 8 << 20;

/// Writes an operation that ended down, without secrets; the oldest of many goes. It may be missing and nobody is stopped
/// by it.
pub(super) fn keep(state: &Utf8Path, project: &str, view: &OperationView) {
    let folder = folder(state, project);
    let mut value = serde_json::to_value(view).unwrap_or_default();
    redact(&mut value);
    let name = format!(
        "{:013}-{}.json",
        view.started_at.as_millisecond(),
        view.kind
    );
    let content = serde_json::to_vec(&value).unwrap_or_default();
    if let Err(error) = write_atomically(&folder.join(name), &content) {
        tracing::warn!(%error, "what the operation did could not be written down");
        return;
    }
    let names = names(&folder);
    for old in names.iter().rev().skip(KEPT) {
        let _ = fs::remove_file(folder.join(old));
    }
}

/// Returns the operations that were written down, the oldest first: the name of the file and what is in it.
pub(crate) fn history(state: &Utf8Path, project: &str) -> Vec<(String, Value)> {
    let folder = folder(state, project);
    let read = |name: String| {
        let path = folder.join(&name);
        let is_small = path.metadata().is_ok_and(|meta| meta.len() <= LARGEST);
        let content = is_small.then(|| fs::read(&path).ok()).flatten()?;
        Some((name, serde_json::from_slice(&content).ok()?))
    };
    names(&folder).into_iter().filter_map(read).collect()
}

fn folder(state: &Utf8Path, project: &str) -> Utf8PathBuf {
    state.join("history").join(project)
}

/// In the order of their time, which their names begin with.
fn names(folder: &Utf8Path) -> Vec<String> {
    let entries = folder.read_dir_utf8().into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_owned())
        .filter(|name| Utf8Path::new(name).extension() == Some("json"))
        .collect();
    names.sort();
    names
}

fn redact(value: &mut Value) {
    match value {
        Value::String(text) => *text = logging::redact(text),
        Value::Array(items) => items.iter_mut().for_each(redact),
        Value::Object(map) => map.values_mut().for_each(redact),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::operation::OperationKind;
    use jiff::Timestamp;

    #[test]
    fn the_last_ones_are_kept_in_order_and_without_passwords() {
        let folder = tempfile::tempdir().unwrap();
        let state = Utf8Path::from_path(folder.path()).unwrap();
        for second in 1..=13 {
            let view = OperationView {
                operation_id: format!("see mysql://app:hunter22@db/{second}"),
                kind: OperationKind::Deploy,
                services: Vec::new(),
                started_at: Timestamp::from_second(second).unwrap(),
                events: Vec::new(),
            };
            keep(state, "shop", &view);
        }
        let found = history(state, "shop");
        assert_eq!(found.len(), KEPT);
        assert_eq!(found[0].1["operationId"], "see mysql://app:***@db/4");
        assert_eq!(found[9].1["startedAt"], "1970-01-01T00:00:13Z");
    }
}
