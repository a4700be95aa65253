//! Values of `.env`: what nobody set, and what the vendor left to be filled in.

use super::{Judged, ObservedState, Row};
use crate::api::check::{CheckState, Risk};
use crate::api::package::Finding;
use crate::deploy::observe::MissingFile;
use crate::deploy::settings::{Open, OpenValue, open_values};
use crate::package::sources::Sources;
use crate::repair::{Change, Proposal};
use crate::text::{Param, Text, format};

pub(super) fn check(state: &ObservedState) -> Vec<Judged> {
    let mut rows: Vec<Judged> = state.missing_env_files.iter().map(missing).collect();
    let is_complete = rows.is_empty();
    let values = values(state).into_iter();
    rows.extend(values.filter(|row| is_complete || row.check.state != CheckState::Pass));
    rows
}

/// A file of values; what to take instead is shown, and may have to be filled in.
fn missing(file: &MissingFile) -> Judged {
    let near = file.near.first();
    let copy = near
        .zip(file.content.as_ref())
        .map(|(from, content)| Proposal {
            id: format!("compose.env_missing:{}", file.path),
            risk: Risk::Confirm,
            effect: Text::new("fix-copy-file")
                .with("from", from.as_str())
                .with("path", file.path.as_str()),
            changes: vec![Change::Write {
                path: file.path.clone(),
                before: None,
                after: content.clone(),
            }],
        });
    Row::new("compose.env_missing", CheckState::Block)
        .variant("block-file")
        .subject(file.path.as_str())
        .with("file", file.path.as_str())
        .with("services", format::list(&file.services))
        .with("near", near.map_or("none", |path| path.as_str()))
        .offer(copy)
        .judged()
}

fn values(state: &ObservedState) -> Vec<Judged> {
    let none = Sources::default();
    let sources = match &state.sources {
        Ok(Some(sources)) => sources,
        // Where they cannot be followed, Compose's own warnings stand.
        Ok(None) if state.unset.is_empty() => return Vec::new(),
        Ok(None) => &none,
        Err(blind) => {
            return vec![Row::new("compose.env_missing", CheckState::Unknown).blind(blind)];
        }
    };
    let open = open_values(sources, &state.settings, &state.unset);
    if open.is_empty() {
        return vec![Row::new("compose.env_missing", CheckState::Pass).judged()];
    }
    open.iter().map(judge).collect()
}

fn judge(open: &OpenValue) -> Judged {
    let (id, level, variant) = match (open.why, open.secret) {
        (Open::Undefined, _) => ("compose.env_missing", CheckState::Warn, "warn"),
        (Open::Demanded, false) => ("compose.env_missing", CheckState::Block, "block-demanded"),
        (Open::Demanded, true) => (
            "compose.env_missing",
            CheckState::Block,
            "block-demanded-secret",
        ),
        (Open::Required, _) => ("compose.env_missing", CheckState::Block, "block"),
        (Open::Placeholder, false) => ("compose.env_placeholder", CheckState::Warn, "warn"),
        (Open::Placeholder, true) => ("compose.env_placeholder", CheckState::Warn, "warn-secret"),
        (Open::Empty, _) => ("compose.env_placeholder", CheckState::Warn, "warn-empty"),
    };
    let (file, line) = &open.place;
    Row::new(id, level)
        .variant(variant)
        .subject(open.key.as_str())
        .with("name", open.key.as_str())
        .with("file", file.as_str())
        .with("line", line.to_string())
        .with("words", open.words.as_deref().unwrap_or("none"))
        .judged()
}

/// Whether a finding is Compose's warning of a variable for which there is a row that says more.
pub(super) fn says_more(rows: &[Judged], finding: &Finding) -> bool {
    let name = match finding.params.get("name") {
        Some(Param::Words(name)) if finding.id == "compose.env_missing" => name,
        _ => return false,
    };
    rows.iter()
        .any(|row| row.check.subject.as_ref() == Some(name))
}
