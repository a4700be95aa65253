//! Bringing a package to this computer: a folder is copied, a packed one is unpacked; verified, and never over anything.
//!
//! Everything is written into a folder beside the target that is renamed at the end, so that the target is whole or not
//! there. A copy that was cut off goes on where it was; an unpacking that was cut off takes away what it wrote.

mod copy;
mod names;
mod packed;
mod place;
mod write;

pub(crate) use packed::{Packing, recognise};
pub(crate) use place::{default_target, remember, unpacked_before};

use crate::api::operation::{Finished, Outcome, StepId, StepState};
use crate::error::Error;
use crate::operation::{OperationContext, Progress, StepFailure, StepGuard};
use crate::text::{Text, format};
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use std::sync::Mutex;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// What is to be brought where.
#[derive(Clone, Debug)]
pub(crate) struct Bring {
    /// A folder, or a packed package.
    pub from: Utf8PathBuf,
    /// A folder that does not exist, or is empty.
    pub to: Utf8PathBuf,
    /// None for a folder.
    pub packing: Option<Packing>,
}

/// Room that is left on the disk in any case.
pub(super) const MARGIN: u64 = 64 << 20;
const TELL_EVERY: Duration = Duration::from_millis(100);

/// Copies or unpacks; the folder's path is in the answer. `opened` is called with it at the end.
pub(crate) async fn bring_operation<F>(
    context: OperationContext,
    bring: Bring,
    finished: Finished,
    opened: impl FnOnce(Utf8PathBuf) -> F,
) -> Result<Finished, StepFailure>
where
    F: Future<Output = Result<(), Error>>,
{
    let mut finished = finished;
    context.planned(&[StepId::Copy]);
    let step = context.begin(StepId::Copy)?;
    let cancel = context.cancel.clone();
    let to = bring.to.clone();
    // Disks are no work for the threads that serve the window.
    let work = tokio::task::spawn_blocking(move || {
        let counts = Work::new(&step, &cancel);
        let result = carry(&bring, &counts);
        let count = counts.bytes();
        (step, result, count)
    });
    let (step, result, bytes) = work.await.map_err(|it| Error::Unknown(it.to_string()))?;
    if let Err(error) = result {
        return Err(step.fail(error));
    }
    // What was brought is there, whether it can be opened or not.
    finished.folder = Some(to.to_string());
    let text = Text::new("copy-done")
        .with("path", to.as_str())
        .with("bytes", format::bytes(bytes));
    if let Err(error) = opened(to).await {
        return Err(step.fail(error));
    }
    step.finish(StepState::Done, text);
    finished.outcome = Outcome::Done;
    finished.seconds = context.seconds();
    Ok(finished)
}

fn carry(bring: &Bring, work: &Work) -> Result<(), Error> {
    place::must_be_free(&bring.to)?;
    let staging = place::staging(&bring.from, &bring.to)?;
    let parent = bring.to.parent().unwrap_or(&bring.to);
    make_folder(parent)?;
    match bring.packing {
        None => copy::copy(&bring.from, &staging, work)?,
        Some(packing) => {
            let mut made = write::Made::default();
            let unpacked = packed::unpack(&bring.from, packing, &staging, &mut made, work);
            if let Err(error) = unpacked {
                made.take_away();
                return Err(error);
            }
        }
    }
    let whole = place::inner_folder(&staging).unwrap_or_else(|| staging.clone());
    place::must_be_free(&bring.to)?;
    let failed = |error: std::io::Error| Error::file(bring.to.as_str(), &error);
    fs::rename(&whole, &bring.to).map_err(failed)?;
    if whole != staging {
        fs::remove_dir(&staging).map_err(failed)?;
    }
    Ok(())
}

pub(super) fn make_folder(path: &Utf8Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|error| Error::file(path.as_str(), &error))
}

/// How far it is, and whether it should go on.
pub(super) struct Work<'a> {
    step: &'a StepGuard,
    cancel: &'a CancellationToken,
    state: Mutex<State>,
}

struct State {
    current: u64,
    total: u64,
    told: Instant,
}

impl<'a> Work<'a> {
    fn new(step: &'a StepGuard, cancel: &'a CancellationToken) -> Self {
        let state = State {
            current: 0,
            total: 0,
            told: Instant::now(),
        };
        Self {
            step,
            cancel,
            state: Mutex::new(state),
        }
    }

    fn bytes(&self) -> u64 {
        self.state.lock().map_or(0, |state| state.current)
    }

    /// How much there is to do; as much as the file has when nobody knows what is in it.
    pub(super) fn total(&self, bytes: u64) {
        if let Ok(mut state) = self.state.lock() {
            state.total = bytes;
        }
    }

    /// So much more was done. An error when it should not go on.
    pub(super) fn more(&self, bytes: u64, file: &str) -> Result<(), Error> {
        if self.cancel.is_cancelled() {
            return Err(Error::Cancelled);
        }
        let Ok(mut state) = self.state.lock() else {
            return Ok(());
        };
        state.current += bytes;
        if state.told.elapsed() >= TELL_EVERY {
            state.told = Instant::now();
            let progress = Progress {
                current: state.current,
                total: state.total.max(state.current),
                unit: "bytes",
                parts: Vec::new(),
            };
            self.step
                .progress(Some(progress), Some(Text::verbatim(file)));
        }
        Ok(())
    }
}

#[cfg(all(test, unix))]
mod tests;
