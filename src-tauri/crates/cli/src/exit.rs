//! Exit codes, as the contract has them. Pure.

use service_manager::api::check::{CheckReport, CheckState, CheckVerdict};
use service_manager::api::operation::{Finished, Outcome};
use service_manager::api::status::{StatusSnapshot, Verdict};
use service_manager::{Error, ErrorKind};

pub(crate) const DONE: u8 = 0;
pub(crate) const FAILED: u8 = 1;
pub(crate) const USAGE: u8 = 2;
pub(crate) const BLOCKED: u8 = 3;
pub(crate) const PARTIAL: u8 = 4;
pub(crate) const NO_ENGINE: u8 = 5;
pub(crate) const NO_PACKAGE: u8 = 6;
pub(crate) const CANCELLED: u8 = 130;

/// The code of an operation's end.
pub(crate) fn of_finished(finished: &Finished) -> u8 {
    let no_engine = finished
        .failure
        .as_ref()
        .is_some_and(|failure| Error::is_unreachable_code(&failure.code));
    let no_such = finished
        .failure
        .as_ref()
        .is_some_and(|failure| Error::is_usage_code(&failure.code));
    let no_package = finished
        .failure
        .as_ref()
        .is_some_and(|failure| Error::is_package_code(&failure.code));
    match finished.outcome {
        Outcome::Failed if no_such => USAGE,
        Outcome::Failed if no_package => NO_PACKAGE,
        Outcome::Ready | Outcome::Done => DONE,
        Outcome::PartlyReady => PARTIAL,
        Outcome::Cancelled => CANCELLED,
        Outcome::Blocked | Outcome::Failed if no_engine => NO_ENGINE,
        Outcome::Blocked => BLOCKED,
        Outcome::Failed => FAILED,
    }
}

/// The code of a check.
pub(crate) fn of_check(report: &CheckReport) -> u8 {
    let no_engine = report
        .checks
        .iter()
        .any(|check| check.state == CheckState::Block && check.id.starts_with("engine."));
    match report.verdict {
        CheckVerdict::Blocked if no_engine => NO_ENGINE,
        CheckVerdict::Blocked => BLOCKED,
        CheckVerdict::Ready | CheckVerdict::Warnings => DONE,
    }
}

/// The code of a status.
pub(crate) const fn of_status(status: &StatusSnapshot) -> u8 {
    if matches!(status.verdict, Verdict::EngineUnreachable) {
        NO_ENGINE
    } else {
        DONE
    }
}

/// The code of a failed query or a refused request.
pub(crate) fn of_error(error: &Error) -> u8 {
    match error.kind() {
        ErrorKind::Package => NO_PACKAGE,
        ErrorKind::Usage => USAGE,
        ErrorKind::Cancelled => CANCELLED,
        ErrorKind::EngineUnreachable => NO_ENGINE,
        ErrorKind::Failed => FAILED,
    }
}
