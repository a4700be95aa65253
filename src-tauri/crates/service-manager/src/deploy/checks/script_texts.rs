//! Scripts that were saved in a way that keeps them from running. The change is offered with a backup; a first line that
//! is missing is for the vendor to write.

use super::{Judged, ObservedState, Row};
use crate::api::check::{CheckState, Risk};
use crate::deploy::observe::{BOM, ScriptText};
use crate::repair::{Change, Proposal};
use crate::text::Text;

const CRLF: &str = "script.crlf";
const MARK: &str = "script.bom";
const BARE: &str = "script.missing_shebang";

pub(super) fn check(state: &ObservedState) -> Vec<Judged> {
    let scripts = match &state.script_texts {
        Ok(scripts) => scripts,
        Err(blind) => return vec![Row::new(CRLF, CheckState::Unknown).blind(blind)],
    };
    let mut checks: Vec<Judged> = scripts.iter().flat_map(judge).collect();
    if checks.is_empty() {
        checks.push(Row::new(CRLF, CheckState::Pass).judged());
    }
    checks
}

fn judge(script: &ScriptText) -> Vec<Judged> {
    let mut checks = Vec::new();
    let state = if script.started {
        CheckState::Block
    } else {
        CheckState::Warn
    };
    let row = |id, state| {
        Row::new(id, state)
            .subject(script.file.as_str())
            .with("path", script.file.as_str())
            .with("service", script.service.as_str())
            .with("ours", if script.ours { "yes" } else { "no" })
            .with("count", script.crlf)
    };
    if script.crlf > 0 {
        let after = unix_lines(&script.content);
        checks.push(
            row(CRLF, state)
                .offer(fix(script, CRLF, "fix-line-ends", after))
                .judged(),
        );
    }
    if script.bom {
        let after = script
            .content
            .strip_prefix(BOM)
            .unwrap_or_default()
            .to_vec();
        checks.push(
            row(MARK, state)
                .offer(fix(script, MARK, "fix-byte-order-mark", after))
                .judged(),
        );
    }
    // Without the mark before it the first line may be there.
    if script.bare && !script.bom {
        checks.push(row(BARE, CheckState::Warn).judged());
    }
    checks
}

fn fix(script: &ScriptText, id: &str, effect: &'static str, after: Vec<u8>) -> Option<Proposal> {
    let backup = Change::Duplicate {
        of: script.path.clone(),
        path: script.backup.clone(),
        original: script.content.clone(),
        content: script.content.clone(),
    };
    let change = Change::Write {
        path: script.path.clone(),
        before: Some(script.content.clone()),
        after,
    };
    script.ours.then(|| Proposal {
        id: format!("{id}:{}", script.file),
        risk: Risk::Confirm,
        effect: Text::new(effect)
            .with("path", script.file.as_str())
            .with("backup", script.backup.file_name().unwrap_or_default()),
        changes: vec![backup, change],
    })
}

fn unix_lines(content: &[u8]) -> Vec<u8> {
    let mut after = Vec::with_capacity(content.len());
    for (at, byte) in content.iter().enumerate() {
        let ends = *byte == b'\r' && content.get(at + 1) == Some(&b'\n');
        if !ends {
            after.push(*byte);
        }
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deploy::checks::tests::well;

    fn script(content: &[u8]) -> ScriptText {
        ScriptText {
            path: "/demo/run.sh".into(),
            file: "run.sh".into(),
            service: "web".into(),
            crlf: content.windows(2).filter(|pair| pair == b"\r\n").count(),
            bom: content.starts_with(BOM),
            bare: false,
            started: true,
            ours: true,
            content: content.to_vec(),
            backup: "/demo/run.sh.orig".into(),
        }
    }

    fn judged(script: ScriptText) -> Vec<(String, CheckState, Vec<Vec<u8>>)> {
        let mut state = well();
        state.script_texts = Ok(vec![script]);
        let rows = check(&state).into_iter();
        rows.map(|row| {
            let text = row.check.message.to_string();
            assert!(
                !text.starts_with("check-") && row.check.why.is_some(),
                "{text}"
            );
            assert!(!row.check.steps.is_empty(), "{text}");
            let changes = row.proposals.into_iter().flat_map(|it| it.changes);
            let written = changes.filter_map(|change| match change {
                Change::Duplicate { content, .. } => Some(content),
                Change::Write { after, .. } => Some(after),
                _ => None,
            });
            (row.check.id, row.check.state, written.collect())
        })
        .collect()
    }

    #[test]
    fn each_defect_is_a_check_of_its_own_and_its_fix_mends_nothing_else() {
        let both = b"\xef\xbb\xbf#!/bin/sh\r\necho '\r'\r\n";
        let rows = judged(script(both));
        assert_eq!(rows.len(), 2);
        let (id, state, written) = &rows[0];
        assert_eq!((id.as_str(), *state), (CRLF, CheckState::Block));
        assert_eq!(written[0], both, "the backup comes first");
        assert_eq!(written[1], b"\xef\xbb\xbf#!/bin/sh\necho '\r'\n");
        assert_eq!(rows[1].0, MARK);
        assert_eq!(rows[1].2[1], b"#!/bin/sh\r\necho '\r'\r\n");
    }

    #[test]
    fn what_is_not_ours_is_told_and_not_offered_and_what_nobody_starts_does_not_block() {
        let mut foreign = script(b"#!/bin/sh\r\n");
        foreign.ours = false;
        foreign.started = false;
        let rows = judged(foreign);
        assert_eq!(rows, [(CRLF.to_owned(), CheckState::Warn, Vec::new())]);
        let mut bare = script(b"echo\n");
        bare.bare = true;
        assert_eq!(
            judged(bare),
            [(BARE.to_owned(), CheckState::Warn, Vec::new())]
        );
    }
}
