//! What is wrong, why, and what helps: the answer of `diagnose`.

use super::check::Fix;
use super::wire;
use crate::text::{Params, Text};

wire! {
    /// The answer of `diagnose`.
    pub struct DiagnosisReport {
        /// Causes before symptoms; empty when nothing is wrong.
        pub diagnoses: Vec<Diagnosis>,
        /// What could not be looked at.
        pub gaps: Vec<DiagnosisGap>,
        /// How long looking took, in seconds.
        pub seconds: f64,
    }

    /// Something that could not be looked at.
    pub struct DiagnosisGap {
        pub what: String,
        /// In the words of the tool that was asked.
        pub why: String,
    }

    /// One problem.
    pub struct Diagnosis {
        /// A class of the failure catalogue, or `unknown`.
        pub id: String,
        /// Three digits for the telephone.
        pub code: String,
        /// From 0 to 1.
        pub confidence: f64,
        /// Null when it concerns the computer or the whole package.
        pub service: Option<String>,
        pub params: Params,
        pub title: Text,
        /// What it means for the person.
        pub why: Text,
        /// The lines and facts that say so.
        pub proof: Vec<ProofLine>,
        /// What to do on this computer, in order.
        pub steps: Vec<Text>,
        /// What would decide whether it is this or what follows it; null when that is known.
        pub undecided: Option<Text>,
        pub fixes: Vec<Fix>,
        /// Other services that do not work because of it.
        pub explains: Vec<String>,
    }

    /// A line that was read somewhere.
    pub struct ProofLine {
        /// Where, in words.
        pub source: Text,
        /// As it was written.
        pub line: String,
    }
}
