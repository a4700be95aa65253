//! How a finding gets its words: `diagnosis-<id>` in the catalogues, one attribute per part.
//!
//! `.title`, `.why`, `.undecided` and `.step-1` ... may have prefixes: the variant of the finding, and the system it is
//! read on, `.vpn-step-1`, `.desktop-why`. The most exact one is taken. A sentence that mentions something nobody knows is
//! not: `.plain-title` does without.

use super::evidence::Kind;
use super::system::System;
use super::weigh::{Finding, Proof};
use crate::api::diagnosis::{Diagnosis, ProofLine};
use crate::text::{self, Params, Text};

/// Returns a finding as the contract shows it. `title` is what people call the service.
pub(crate) fn view(finding: &Finding, title: Option<&str>, system: &System) -> Diagnosis {
    let mut params = Params::new();
    match title.or(finding.service.as_deref()) {
        Some(name) => params.push("service", name),
        None => params.push("service", Text::new("diagnosis-a-service")),
    }
    params.add_missing(&finding.params);
    if let Some(image) = &finding.image {
        let mut more = Params::new();
        more.push("image", image.as_str());
        params.add_missing(&more);
    }
    let words = Words {
        message: format!("diagnosis-{}", finding.class.id.replace('.', "-")),
        prefixes: prefixes(finding.variant, system),
        params: &params,
    };
    Diagnosis {
        id: finding.class.id.to_owned(),
        code: format!("{:03}", finding.class.code),
        confidence: (finding.confidence * 100.0).round() / 100.0,
        service: finding.service.clone(),
        title: words
            .part("title")
            .unwrap_or_else(|| Text::verbatim(finding.class.id)),
        why: words.part("why").unwrap_or_else(|| Text::verbatim("")),
        proof: finding.proof.iter().map(proof).collect(),
        steps: words.steps(),
        undecided: words.part("undecided").filter(|_| finding.undecided),
        fixes: Vec::new(),
        explains: finding.explains.clone(),
        params,
    }
}

struct Words<'a> {
    message: String,
    prefixes: Vec<String>,
    params: &'a Params,
}

impl Words<'_> {
    /// The most exact sentence for a part; without details where those are not known.
    fn part(&self, attribute: &str) -> Option<Text> {
        self.prefixes
            .iter()
            .find_map(|prefix| self.sentence(prefix, attribute))
    }

    fn sentence(&self, prefix: &str, attribute: &str) -> Option<Text> {
        ["", "plain-"].iter().find_map(|plain| {
            let key = format!("{}.{prefix}{plain}{attribute}", self.message);
            text::whole(key, self.params)
        })
    }

    /// All steps come from one place: the most exact one that has any.
    fn steps(&self) -> Vec<Text> {
        let from = self
            .prefixes
            .iter()
            .find(|prefix| self.sentence(prefix, "step-1").is_some());
        let Some(prefix) = from else {
            return Vec::new();
        };
        (1..=9)
            .map_while(|n| self.sentence(prefix, &format!("step-{n}")))
            .collect()
    }
}

fn prefixes(variant: Option<&str>, system: &System) -> Vec<String> {
    let variant = variant.map(|it| format!("{it}-"));
    let systems: Vec<String> = system.words().iter().map(|it| format!("{it}-")).collect();
    let mut prefixes = Vec::new();
    if let Some(variant) = &variant {
        prefixes.extend(systems.iter().map(|system| format!("{variant}{system}")));
        prefixes.push(variant.clone());
    }
    prefixes.extend(systems);
    prefixes.push(String::new());
    prefixes
}

fn proof(proof: &Proof) -> ProofLine {
    let (source, of) = match proof.kind {
        Kind::EngineError => ("proof-engine", "proof-engine.of"),
        Kind::ComposeStderr => ("proof-compose", "proof-compose.of"),
        Kind::ContainerLogs => ("proof-log", "proof-log.of"),
        Kind::HealthLog => ("proof-health", "proof-health.of"),
    };
    let source = match &proof.service {
        Some(service) => Text::new(of).with("service", service),
        None => Text::new(source),
    };
    ProofLine {
        source,
        line: proof.line.clone(),
    }
}

/// The variants that rules choose for a class.
#[cfg(test)]
pub(crate) fn variants(id: &str) -> Vec<&'static str> {
    let signs = super::rules::SIGNS.iter().flat_map(|family| family.iter());
    let mut variants: Vec<&str> = signs
        .filter(|sign| sign.class == id)
        .filter_map(|sign| sign.variant)
        .collect();
    variants.sort_unstable();
    variants.dedup();
    variants
}
