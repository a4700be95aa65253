//! All defects, by subject, and which of them are tried together.

use super::{Defect, names};

/// Every defect. A subject is a file beside this one.
pub(crate) fn all() -> Vec<Defect> {
    [names::DEFECTS].concat()
}

/// Defects that have nothing to do with each other.
pub(crate) const PAIRS: &[(&str, &str)] = &[
    (
        "an external network is missing",
        "a container's name is taken",
    ),
    (
        "an external volume is missing",
        "the project is run from another folder",
    ),
];
