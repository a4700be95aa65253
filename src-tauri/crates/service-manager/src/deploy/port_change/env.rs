//! What a move of a port changes in `.env`.

use super::{Move, NoWay};
use crate::compose::Generation;
use crate::compose::env_edit::{self, splice};
use crate::compose::env_file::assignments;
use crate::package::sources::Sources;
use crate::repair::Change;
use std::ops::Range;

/// The backup that lies beside an `.env` before it is changed.
const BACKUP: &str = ".env.before-quayside";

/// Returns the content of `.env` with one variable set.
pub(crate) fn with(
    sources: &Sources,
    generation: Generation,
    key: &str,
    value: &str,
) -> Result<Vec<u8>, NoWay> {
    if sources.env_foreign {
        return Err(NoWay::Foreign);
    }
    let content = sources.env.as_deref().unwrap_or_default();
    env_edit::set(content, key, value, generation).map_err(|_| NoWay::Unclear)
}

/// Returns the changes that give `.env` a new content: the old one is kept beside it.
pub(crate) fn changes(sources: &Sources, content: Vec<u8>) -> Vec<Change> {
    let path = sources.env_path();
    let backup = sources.env.as_ref().map(|before| Change::Duplicate {
        of: path.clone(),
        path: sources.directory.join(sources.free_name(BACKUP)),
        original: before.clone(),
        content: before.clone(),
    });
    let write = Change::Write {
        path,
        before: sources.env.clone(),
        after: content,
    };
    backup.into_iter().chain([write]).collect()
}

/// Who mentions the old port, and the content of `.env` after they follow suit.
pub(super) struct Mentions {
    pub keys: Vec<String>,
    pub content: Vec<u8>,
}

/// Returns the variables whose values mention the old port as addresses do, `http://host:8080/` or `:8080`. An address
/// with the name of a service in it is one inside the package, where the port stays what it is. `env` is what `.env`
/// becomes anyway.
pub(super) fn mentions(sources: &Sources, env: Option<&[u8]>, wish: &Move<'_>) -> Mentions {
    let content = env.or(sources.env.as_deref()).unwrap_or_default();
    let none = Mentions {
        keys: Vec::new(),
        content: content.to_owned(),
    };
    let (Some(old), Some(new)) = (&wish.from.published, &wish.to.published) else {
        return none;
    };
    if old == new {
        return none;
    }
    let model = sources.resolved(None).unwrap_or_default();
    let services = model.get("services").and_then(|it| it.as_object());
    let inside = |host: &str| services.is_some_and(|services| services.contains_key(host));
    let mut keys = Vec::new();
    let mut parts: Vec<(Range<usize>, String)> = Vec::new();
    for assignment in assignments(content) {
        let found = addresses(content, assignment.value.clone(), old, &inside);
        if !found.is_empty() && !keys.contains(&assignment.key) {
            keys.push(assignment.key);
        }
        parts.extend(found.into_iter().map(|range| (range, new.clone())));
    }
    Mentions {
        keys,
        content: splice(content, parts),
    }
}

/// Returns where a port stands behind a colon, the colon left out.
fn addresses(
    content: &[u8],
    range: Range<usize>,
    port: &str,
    inside: &dyn Fn(&str) -> bool,
) -> Vec<Range<usize>> {
    let written = &content[range.clone()];
    let mut found = Vec::new();
    for (at, byte) in written.iter().enumerate() {
        let after = &written[at + 1..];
        let is_port = *byte == b':'
            && after.starts_with(port.as_bytes())
            && !after
                .get(port.len())
                .is_some_and(|it| it.is_ascii_alphanumeric() || *it == b':');
        if !is_port {
            continue;
        }
        let in_name = |it: &&u8| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'-' | b'_');
        let length = written[..at].iter().rev().take_while(in_name).count();
        let host = String::from_utf8_lossy(&written[at - length..at]);
        if !inside(&host) {
            let start = range.start + at + 1;
            found.push(start..start + port.len());
        }
    }
    found
}
