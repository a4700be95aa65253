//! One operation on the terminal: what happens to standard error, what it came to to standard output.

use crate::exit;
use crate::stop::Stop;
use service_manager::ServiceManager;
use service_manager::api::app::{CancelRequest, Started};
use service_manager::api::error::{CommandError, ErrorReply};
use service_manager::api::images::{ImageResult, LoadResult, TagState};
use service_manager::api::operation::{Finished, OperationEvent, Outcome, StepEvent, StepState};
use service_manager::text::{Text, format};
use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};

/// How the result is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Telling {
    /// Sentences.
    People,
    /// Every event as one JSON line.
    Events,
    /// Only the last event's list of directories, as one JSON object.
    Directories,
    /// Only what went wrong: something else is the result.
    Failure,
    /// The same, as a failed query is told.
    FailureAsJson,
}

/// Follows an operation to its end. Being asked to stop hands the request on; a second one leaves at once.
pub(crate) async fn follow(
    manager: &ServiceManager,
    started: &Started,
    telling: Telling,
    stop: &mut Stop,
) -> u8 {
    let Ok(mut events) = manager.follow(&started.operation_id) else {
        return exit::FAILED;
    };
    let mut screen = Screen::new();
    let mut asked_to_stop = false;
    loop {
        tokio::select! {
            event = events.next() => {
                let Some(event) = event else { return exit::FAILED };
                if telling == Telling::Events {
                    crate::print_json(&event);
                } else {
                    screen.show(&event);
                }
                if let OperationEvent::Finished(finished) = event {
                    match telling {
                        Telling::People => result(&finished, screen.steps),
                        Telling::Events => {}
                        Telling::Failure => {
                            if let Some(failure) = &finished.failure {
                                err!("{}", failure.message);
                            }
                        }
                        Telling::FailureAsJson => {
                            if let Some(failure) = finished.failure.clone() {
                                let error = CommandError {
                                    code: failure.code,
                                    category: failure.category,
                                    params: failure.params,
                                    message: failure.message,
                                };
                                crate::print_json(&ErrorReply { error });
                            }
                        }
                        Telling::Directories => crate::print_json(
                            &serde_json::json!({ "directories": finished.directories.clone().unwrap_or_default() }),
                        ),
                    }
                    return exit::of_finished(&finished);
                }
            }
            () = stop.asked() => {
                if asked_to_stop {
                    return exit::CANCELLED;
                }
                asked_to_stop = true;
                manager.cancel(&CancelRequest { operation_id: started.operation_id.clone() });
                err!("{}", Text::new("cli-cancelling"));
            }
        }
    }
}

/// The running account on standard error.
struct Screen {
    titles: BTreeMap<&'static str, String>,
    live: bool,
    line_open: bool,
    last_tenth: Option<u64>,
    /// How many steps were planned.
    steps: usize,
}

impl Screen {
    fn new() -> Self {
        Self {
            titles: BTreeMap::new(),
            live: std::io::stderr().is_terminal(),
            line_open: false,
            last_tenth: None,
            steps: 0,
        }
    }

    fn show(&mut self, event: &OperationEvent) {
        match event {
            OperationEvent::Planned { steps, .. } => {
                self.steps = steps.len();
                self.titles = steps
                    .iter()
                    .map(|step| (step.id.word(), step.title.to_string()))
                    .collect();
            }
            OperationEvent::StepStarted(_) => self.last_tenth = None,
            OperationEvent::StepProgress(step) => self.progress(step),
            OperationEvent::StepFinished(step) => {
                self.close_line();
                let mark = match step.state {
                    StepState::Done => "✓",
                    StepState::Skipped => "·",
                    StepState::Warning => "!",
                    StepState::Failed => "✗",
                    _ => "-",
                };
                let message = step
                    .message
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default();
                err!(
                    "{mark} {}: {message} ({})",
                    self.title(step),
                    format::duration(step.seconds)
                );
            }
            OperationEvent::Finished(_) => self.close_line(),
        }
    }

    /// On a terminal one line that changes; elsewhere a line at every tenth.
    fn progress(&mut self, step: &StepEvent) {
        let (Some(current), Some(total)) = (step.current, step.total) else {
            return;
        };
        let figures = if step.unit.as_deref() == Some("bytes") {
            format!("{} / {}", format::bytes(current), format::bytes(total))
        } else {
            format!("{current} / {total}")
        };
        let message = step
            .message
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        if self.live {
            _ = write!(
                std::io::stderr(),
                "\r\x1b[2K  {}: {figures}  {message}",
                self.title(step)
            );
            let _ = std::io::stderr().flush();
            self.line_open = true;
            return;
        }
        let tenth = current.saturating_mul(10).checked_div(total);
        if tenth != self.last_tenth {
            self.last_tenth = tenth;
            err!("  {}: {figures}  {message}", self.title(step));
        }
    }

    fn title(&self, step: &StepEvent) -> String {
        self.titles
            .get(step.step.word())
            .cloned()
            .unwrap_or_else(|| step.step.to_string())
    }

    fn close_line(&mut self) {
        if std::mem::take(&mut self.line_open) {
            _ = write!(std::io::stderr(), "\r\x1b[2K");
        }
    }
}

/// What it came to, in sentences. Lists are told in full only by the operation that is about nothing else; in a
/// deployment only what failed.
fn result(finished: &Finished, steps: usize) {
    let whole = steps == 1;
    out!("{}", Text::new(format!("cli-outcome-{}", finished.outcome)));
    if finished.outcome == Outcome::Blocked {
        // The checks say it all, with the way out.
        return crate::show::checks(&finished.checks);
    }
    if let Some(failure) = &finished.failure {
        out!("{}", failure.message);
        for line in &failure.output_tail {
            out!("    {line}");
        }
    }
    if let Some(folder) = &finished.folder {
        out!("{folder}");
    }
    if let Some(report) = &finished.repair {
        crate::show::repair(report);
    }
    if let Some(status) = &finished.status {
        crate::show::status(status);
    }
    let failed = |image: &&ImageResult| whole || image.result == LoadResult::Failed;
    for image in finished.images.iter().flatten().filter(failed) {
        out!("{}  {}  {}", image.result, image.reference, image.archive);
        if let Some(error) = &image.error {
            out!("    {error}");
        }
    }
    for tag in finished
        .tags
        .iter()
        .flatten()
        .filter(|tag| whole || tag.result == TagState::Failed)
    {
        out!("{}  {} -> {}", tag.result, tag.source, tag.target);
    }
    for directory in finished.directories.iter().flatten().filter(|_| whole) {
        out!("{}", directory.message);
    }
}
