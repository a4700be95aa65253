//! Scripts and tests of others find the window's parts by handles; each of them is seen by one of these tests.

use crate::{cancel, demo, details, fix, lost, partly, problems, refuse, settings, support};
use std::collections::BTreeSet;

/// The handles that were promised.
const PROMISED: &str = "choose-package package-title check-summary check-row apply-fix fix-preview offline-proof plan \
    deploy deploy-step deploy-progress cancel deploy-outcome verdict service-card restart-service open-link start-all \
    stop-all restart-all problem problem-proof check-again copy-for-support support-bundle log-view log-search \
    engine-banner package-details images-table load-images setup-tags check-mount-dirs arch-info nav-install \
    nav-overview nav-problems nav-logs nav-settings language theme";

#[test]
fn every_promised_handle_is_seen_by_a_test() {
    let seen: BTreeSet<&str> = [
        cancel::HANDLES,
        demo::HANDLES,
        details::HANDLES,
        fix::HANDLES,
        lost::HANDLES,
        partly::HANDLES,
        problems::HANDLES,
        refuse::HANDLES,
        settings::HANDLES,
        support::HANDLES,
    ]
    .concat()
    .into_iter()
    .collect();
    let promised: BTreeSet<&str> = PROMISED.split_whitespace().collect();
    let unseen: Vec<_> = promised.difference(&seen).copied().collect();
    assert!(
        unseen.is_empty(),
        "no test sees what was promised: {unseen:?}"
    );
    let strange: Vec<_> = seen.difference(&promised).collect();
    assert!(
        strange.is_empty(),
        "no such handle was promised: {strange:?}"
    );
}
