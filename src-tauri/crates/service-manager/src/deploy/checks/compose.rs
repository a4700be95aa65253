//! Is there a Compose that can start the package?

use super::{Judged, ObservedState, Row};
use crate::api::check::{CheckState, Risk};
use crate::compose::Version;
use crate::host::system::Packages;
use crate::repair::{Change, Proposal};
use crate::text::Text;

pub(super) fn check(state: &ObservedState) -> Vec<Judged> {
    let Some(version) = &state.compose else {
        return vec![missing(state)];
    };
    let row = Row::new("compose.missing", CheckState::Pass).with("version", version.as_str());
    let mut checks = vec![row.judged()];
    if let (Some(found), Some(wanted)) = (&state.compose_version, &state.requirements.compose)
        && let Some(lowest) = lowest(wanted)
        && *found < lowest
    {
        checks.push(
            Row::new("compose.version_unsupported", CheckState::Block)
                .with("version", found.to_string())
                .with("wanted", wanted.as_str())
                .judged(),
        );
    }
    checks
}

/// `2.20`, `2`
fn lowest(wanted: &str) -> Option<Version> {
    Version::parse(wanted).or_else(|| Version::parse(&format!("{wanted}.0")))
}

fn missing(state: &ObservedState) -> Judged {
    let row = Row::new("compose.missing", CheckState::Block);
    if let Some(reason) = &state.compose_broken {
        return row
            .variant("block-broken")
            .with("reason", reason.as_str())
            .judged();
    }
    if let Some(program) = &state.bundle.compose {
        let row = row
            .variant("block-beside")
            .with("program", program.as_str());
        return row.offer(put(state)).judged();
    }
    let variant = match state.host.system.packages {
        Some(Packages::Deb(_)) => "block",
        Some(Packages::Rpm(_)) => "block-rpm",
        None => "block-elsewhere",
    };
    row.variant(variant).judged()
}

fn put(state: &ObservedState) -> Option<Proposal> {
    let (folders, program) = state.bundle.plugin.clone()?;
    let effect = Text::new("fix-copy-compose")
        .with("program", program.from.as_str())
        .with("place", program.to.as_str());
    let make = folders
        .into_iter()
        .map(|path| Change::MakeDirectory { path, owner: None });
    Some(Proposal {
        id: "compose.missing:plugin".into(),
        risk: Risk::Confirm,
        effect,
        changes: make.chain([Change::CopyProgram { program }]).collect(),
    })
}
