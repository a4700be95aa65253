//! What all texts together say: one problem for what has one reason, and what it keeps from working.

use super::classes::{Nature, UNKNOWN};
use super::evidence::{Evidence, Kind, Piece};
use super::judge::{Judgement, Rank, Suspect, judge};
use super::lines::Line;
use super::sign::contains;
use crate::text::{Param, Params};
use std::collections::BTreeSet;

/// A line that proves something, and where it stood.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Proof {
    pub kind: Kind,
    pub service: Option<String>,
    pub line: String,
}

/// A class with everything that speaks for it.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub class: &'static super::classes::Class,
    pub variant: Option<&'static str>,
    pub confidence: f64,
    pub service: Option<String>,
    pub image: Option<String>,
    pub params: Params,
    pub proof: Vec<Proof>,
    pub undecided: bool,
    /// It is the first of a text, not what the text could also mean.
    pub leads: bool,
    /// Other services that do not work because of it.
    pub explains: Vec<String>,
}

/// At most so many are shown of one text: the first is meant, the others are what it could also be.
const MOST: usize = 4;

/// How much of a text nobody understands is shown, in lines.
const RAW: usize = 12;

/// Returns what is wrong, causes first; what nobody recognises is [`UNKNOWN`] with the end of its text.
pub(crate) fn weigh(evidence: &Evidence) -> Vec<Finding> {
    let judged: Vec<(&Piece, Judgement)> = evidence
        .pieces
        .iter()
        .map(|piece| (piece, judge(piece, &evidence.facts)))
        .collect();
    let mut found: Vec<(Rank, Finding)> = Vec::new();
    for (piece, judgement) in &judged {
        for (place, suspect) in judgement.suspects.iter().take(MOST).enumerate() {
            add(&mut found, piece, suspect, place == 0);
        }
    }
    let explained: BTreeSet<String> = found
        .iter()
        .filter(|(rank, _)| *rank < Rank::Symptom)
        .filter_map(|(_, finding)| finding.service.clone())
        .collect();
    found.retain(|(rank, finding)| {
        *rank != Rank::Symptom || !follows(finding, &explained, evidence)
    });
    let troubled: BTreeSet<String> = found
        .iter()
        .filter(|(rank, finding)| *rank != Rank::Info && !is_of_dependency(finding))
        .filter_map(|(_, finding)| finding.service.clone())
        .collect();
    found.retain(|(_, finding)| !(is_of_dependency(finding) && holds_up(&troubled, evidence)));
    // Facts that are only worth knowing are no problem of their own.
    found.retain(|(rank, _)| *rank != Rank::Info);
    found.sort_by_key(|(rank, _)| *rank);
    let mut findings: Vec<Finding> = found.into_iter().map(|(_, finding)| finding).collect();
    findings.extend(unrecognised(&judged, &findings));
    for finding in &mut findings {
        finding
            .explains
            .extend(kept_from_working(finding, evidence));
        finding.explains.sort();
        finding.explains.dedup();
    }
    findings
}

/// What names the thing a finding is about: two that agree in it are one.
pub(crate) const ABOUT: &[&str] = &[
    "port",
    "path",
    "source",
    "network",
    "subnet",
    "volume",
    "image",
    "file",
    "name",
    "variable",
    "container",
];

fn add(found: &mut Vec<(Rank, Finding)>, piece: &Piece, suspect: &Suspect, leads: bool) {
    let proof: Vec<Proof> = suspect
        .proof
        .iter()
        .map(|line| Proof {
            kind: piece.kind,
            service: piece.service.clone(),
            line: line.clone(),
        })
        .collect();
    let same = found.iter_mut().find(|(_, finding)| {
        finding.class.id == suspect.class.id
            && (finding.service == piece.service
                || one_thing(&finding.params, &suspect.params)
                || is_of_computer(suspect.class.id))
    });
    if let Some((rank, finding)) = same {
        *rank = (*rank).min(suspect.rank);
        finding.confidence = finding.confidence.max(suspect.confidence);
        finding.undecided &= suspect.undecided;
        finding.leads |= leads;
        finding.params.add_missing(&suspect.params);
        match (&finding.service, &piece.service) {
            (None, Some(service)) => finding.service = Some(service.clone()),
            (Some(known), Some(service)) if known != service => {
                finding.explains.push(service.clone());
            }
            _ => {}
        }
        if finding.image.is_none() {
            finding.image.clone_from(&piece.image);
        }
        for line in proof {
            if finding.proof.len() < 6 && !finding.proof.contains(&line) {
                finding.proof.push(line);
            }
        }
        return;
    }
    found.push((
        suspect.rank,
        Finding {
            class: suspect.class,
            variant: suspect.variant,
            confidence: suspect.confidence,
            service: piece.service.clone(),
            image: piece.image.clone(),
            params: suspect.params.clone(),
            proof,
            undecided: suspect.undecided,
            leads,
            explains: Vec::new(),
        },
    ));
}

/// A full disk or a wrong clock is one problem, however many services say so.
fn is_of_computer(id: &str) -> bool {
    ["engine.", "host.", "disk.", "compose.", "gpu."]
        .iter()
        .any(|area| id.starts_with(area))
}

fn one_thing(a: &Params, b: &Params) -> bool {
    let mut common = ABOUT
        .iter()
        .filter_map(|name| Some((a.get(name)?, b.get(name)?)))
        .peekable();
    common.peek().is_some() && common.all(|(a, b)| a == b)
}

/// Whether a symptom is one of something that is known: of its own service, of the service it names, or of one that its
/// service waits for.
fn follows(symptom: &Finding, explained: &BTreeSet<String>, evidence: &Evidence) -> bool {
    let named = ["container", "host", "service", "name"]
        .iter()
        .filter_map(|name| match symptom.params.get(name) {
            Some(Param::Words(words)) => Some(words.as_str()),
            _ => None,
        });
    let mut candidates: Vec<&str> = named.collect();
    candidates.extend(symptom.service.as_deref());
    if let Some(service) = &symptom.service {
        candidates.extend(
            evidence
                .waiting
                .get(service)
                .into_iter()
                .flatten()
                .map(String::as_str),
        );
    }
    explained
        .iter()
        .any(|service| candidates.iter().any(|it| is_called(it, service)))
}

/// Compose says only that one which others wait for has failed, by its name or (v1) by its id.
fn is_of_dependency(finding: &Finding) -> bool {
    finding.class.id.starts_with("compose.dependency_") && finding.class.nature == Nature::Symptom
}

/// Whether others wait for one of these: whatever is known of it says more than that they wait.
fn holds_up(troubled: &BTreeSet<String>, evidence: &Evidence) -> bool {
    let mut waited_for = evidence.waiting.values().flatten();
    waited_for.any(|service| troubled.contains(service))
}

/// `shop-db-1`, `shop_db_1` and `db` are the service `db`.
fn is_called(name: &str, service: &str) -> bool {
    name == service
        || name
            .split(['-', '_'])
            .collect::<Vec<_>>()
            .windows(service.split(['-', '_']).count())
            .any(|part| part.join("-") == service.replace('_', "-"))
}

/// Services that wait for the one with the problem, directly or through others. A symptom keeps them waiting as a cause
/// does; where only Compose speaks of it, the container it names says which service it is.
fn kept_from_working(finding: &Finding, evidence: &Evidence) -> Vec<String> {
    if finding.class.nature == Nature::Info {
        return Vec::new();
    }
    let named = || match finding.params.get("container") {
        Some(Param::Words(container)) => evidence
            .waiting
            .values()
            .flatten()
            .find(|service| is_called(container, service))
            .cloned(),
        _ => None,
    };
    let Some(service) = finding.service.clone().or_else(named) else {
        return Vec::new();
    };
    let mut kept: Vec<String> = Vec::new();
    let mut reached = vec![service.clone()];
    while let Some(by) = reached.pop() {
        for (waiting, on) in &evidence.waiting {
            if on.contains(&by) && *waiting != service && !kept.contains(waiting) {
                kept.push(waiting.clone());
                reached.push(waiting.clone());
            }
        }
    }
    kept
}

/// One finding for every text that says nothing anybody knows, unless its service is explained already.
fn unrecognised(judged: &[(&Piece, Judgement)], findings: &[Finding]) -> Vec<Finding> {
    let mut unknown: Vec<Finding> = Vec::new();
    for (piece, judgement) in judged {
        let known = |service: &Option<String>| {
            findings.iter().any(|it| {
                it.service == *service
                    || service
                        .as_ref()
                        .is_some_and(|name| it.explains.contains(name))
            })
        };
        let has_nothing = judgement.suspects.iter().all(|it| it.rank == Rank::Info);
        if !has_nothing
            || known(&piece.service)
            || unknown.iter().any(|it| it.service == piece.service)
        {
            continue;
        }
        // Whoever has a problem that is not its own says nothing about it.
        if piece.service.is_none() && !findings.is_empty() {
            continue;
        }
        unknown.push(Finding {
            class: &UNKNOWN,
            variant: None,
            confidence: 0.0,
            service: piece.service.clone(),
            image: piece.image.clone(),
            params: Params::new(),
            proof: raw(piece, &judgement.said.lines),
            undecided: false,
            leads: true,
            explains: Vec::new(),
        });
    }
    // What Compose says around it adds nothing to what a service itself says.
    if unknown.iter().any(|it| it.service.is_some()) {
        unknown.retain(|it| it.service.is_some());
    }
    unknown
}

/// The end of a text, with its last complaint first when that stands further up.
fn raw(piece: &Piece, lines: &[Line]) -> Vec<Proof> {
    let complaint = lines.iter().rposition(|line| {
        [
            "error",
            "fatal",
            "panic",
            "exception",
            "failed",
            "cannot",
            "denied",
        ]
        .iter()
        .any(|it| contains(&line.text, it))
    });
    let from = lines.len().saturating_sub(RAW);
    let mut shown: Vec<&str> = complaint
        .filter(|at| *at < from)
        .map(|at| lines[at].shown.as_str())
        .into_iter()
        .collect();
    shown.extend(lines[from..].iter().map(|line| line.shown.as_str()));
    shown.dedup();
    shown
        .into_iter()
        .map(|line| Proof {
            kind: piece.kind,
            service: piece.service.clone(),
            line: line.to_owned(),
        })
        .collect()
}
