//! Starting processes: the only file that does.
//!
//! Every process gets its own group (a job object on Windows), no input, the environment it is given and nothing
//! else, and an end: a time limit and a cancel. Ending asks first and then insists: SIGINT, a grace period, SIGKILL,
//! always to the whole group. SIGTERM is not used because `docker compose` does not end on it while it is busy
//! (seen with a file that expands without end).

use camino::{Utf8Path, Utf8PathBuf};
use process_wrap::tokio::{ChildWrapper, CommandWrap, KillOnDrop};
use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

/// How long a process may take to end after it was asked to.
pub(crate) const GRACE: Duration = Duration::from_secs(10);
/// How much standard output is kept; a resolved project of a thousand services is under 4 MiB.
const STDOUT_LIMIT: usize = 8 << 20;
/// How many lines of standard error are kept, the last ones.
const STDERR_LINES: usize = 200;
/// Longer lines are handed on in pieces, so that output without line ends cannot grow.
const LINE_LIMIT: usize = 64 << 10;
/// How long output is awaited after the process ended: what it left behind may hold the pipe open.
const DRAIN: Duration = Duration::from_secs(2);
const A_YEAR: Duration = Duration::from_hours(24 * 365);

/// A process to start.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Invocation {
    pub(crate) program: String,
    pub(crate) args: Vec<String>,
    /// The whole environment: nothing is inherited.
    pub(crate) env: BTreeMap<String, String>,
    pub(crate) directory: Option<Utf8PathBuf>,
    /// Ends the process when it takes longer.
    pub(crate) limit: Option<Duration>,
    /// Time between asking it to end and killing it.
    pub(crate) grace: Duration,
}

impl Invocation {
    /// Makes a process without a time limit, in the folder of this process.
    pub(crate) fn new<A: Into<String>>(
        program: impl Into<String>,
        args: impl IntoIterator<Item = A>,
        env: &BTreeMap<String, String>,
    ) -> Self {
        Self {
            program: program.into(),
            args: args.into_iter().map(Into::into).collect(),
            env: env.clone(),
            directory: None,
            limit: None,
            grace: GRACE,
        }
    }

    /// Starts it in `directory`; PWD says the same, so a folder reached through a link keeps its own name.
    #[must_use]
    pub(crate) fn in_directory(mut self, directory: &Utf8Path) -> Self {
        self.env.insert("PWD".into(), directory.to_string());
        self.directory = Some(directory.to_owned());
        self
    }

    /// Ends it when it takes longer than `limit`.
    #[must_use]
    pub(crate) fn within(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }
}

/// Where a line was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stream {
    Stdout,
    Stderr,
}

/// A process that ended by itself.
#[derive(Clone, Debug)]
pub(crate) struct Finished {
    /// None when a signal ended it.
    pub(crate) code: Option<i32>,
    /// The first [`STDOUT_LIMIT`] bytes, invalid UTF-8 replaced.
    pub(crate) stdout: String,
    /// True when there was more.
    pub(crate) stdout_cut: bool,
    /// The last [`STDERR_LINES`] lines.
    pub(crate) stderr: Vec<String>,
}

impl Finished {
    /// Returns whether it ended with exit code 0.
    pub(crate) const fn success(&self) -> bool {
        matches!(self.code, Some(0))
    }
}

/// Why a process did not run to its own end.
#[derive(Debug, thiserror::Error)]
pub enum ProcessError {
    #[error("{program} is not there")]
    NotFound { program: String },
    #[error("{program} cannot be started")]
    Spawn { program: String, source: io::Error },
    #[error("{program} did not end within {} s", after.as_secs_f64())]
    TimedOut { program: String, after: Duration },
    #[error("cancelled")]
    Cancelled,
}

/// Runs a process to its end and hands on each line as it is written.
///
/// Returns `Finished` for any exit code; a cancel or a time limit is an error, returned after the process is gone.
/// Dropping the future kills the process and its group.
pub(crate) async fn run(
    invocation: &Invocation,
    cancel: &CancellationToken,
    mut on_line: impl FnMut(Stream, &str) + Send,
) -> Result<Finished, ProcessError> {
    if cancel.is_cancelled() {
        return Err(ProcessError::Cancelled);
    }
    let program = &invocation.program;
    tracing::debug!(program, args = ?invocation.args, directory = ?invocation.directory, "start process");
    let mut child = Group(
        command(invocation)
            .spawn()
            .map_err(|source| match source.kind() {
                io::ErrorKind::NotFound
                    if invocation.directory.as_ref().is_none_or(|it| it.is_dir()) =>
                {
                    ProcessError::NotFound {
                        program: program.clone(),
                    }
                }
                _ => ProcessError::Spawn {
                    program: program.clone(),
                    source,
                },
            })?,
    );

    let (sender, mut chunks) = mpsc::channel(64);
    let stdout = child.0.stdout().take();
    let stderr = child.0.stderr().take();
    let readers = async {
        tokio::join!(
            pump(stdout, Stream::Stdout, sender.clone()),
            pump(stderr, Stream::Stderr, sender)
        );
    };
    let mut output = Output::default();
    let deadline = Instant::now() + invocation.limit.unwrap_or(A_YEAR);

    let ended = {
        let mut readers = std::pin::pin!(readers);
        let mut reading = true;
        let mut stop: Option<ProcessError> = None;
        let mut kill_at = deadline + A_YEAR;
        let mut drain_until: Option<Instant> = None;
        let mut status = None;
        loop {
            if status.is_some() && !reading && chunks.is_empty() {
                break;
            }
            tokio::select! {
                biased;
                () = cancel.cancelled(), if stop.is_none() && status.is_none() => {
                    stop = Some(ProcessError::Cancelled);
                    child.interrupt();
                    kill_at = Instant::now() + invocation.grace;
                }
                () = sleep_until(deadline), if stop.is_none() && status.is_none() => {
                    let after = invocation.limit.unwrap_or_default();
                    stop = Some(ProcessError::TimedOut { program: program.clone(), after });
                    child.interrupt();
                    kill_at = Instant::now() + invocation.grace;
                }
                () = sleep_until(kill_at), if stop.is_some() && status.is_none() => {
                    child.kill();
                    kill_at = deadline + A_YEAR;
                }
                () = sleep_until(drain_until.unwrap_or(deadline)), if drain_until.is_some() => break,
                Some((stream, bytes)) = chunks.recv() => output.take(stream, &bytes, &mut on_line),
                () = &mut readers, if reading => reading = false,
                result = child.0.inner_mut().wait(), if status.is_none() => {
                    status = Some(result.map_err(|source| ProcessError::Spawn { program: program.clone(), source })?);
                    drain_until = Some(Instant::now() + DRAIN);
                }
            }
        }
        match stop {
            Some(error) => Err(error),
            None => Ok(status),
        }
    };
    // What is left of the group would outlive the answer "it has ended".
    child.kill();
    let _ = timeout(DRAIN, child.0.wait()).await;
    output.finish(&mut on_line);
    let status = ended?;
    Ok(Finished {
        code: status.and_then(|status| status.code()),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stdout_cut: output.stdout_cut,
        stderr: output.stderr.into(),
    })
}

#[allow(clippy::disallowed_methods)] // this is the one place
fn command(invocation: &Invocation) -> CommandWrap {
    let mut command = CommandWrap::with_new(&invocation.program, |command| {
        command
            .args(&invocation.args)
            .env_clear()
            .envs(&invocation.env)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if let Some(directory) = &invocation.directory {
            command.current_dir(directory);
        }
    });
    command.wrap(KillOnDrop);
    #[cfg(unix)]
    command.wrap(process_wrap::tokio::ProcessGroup::leader());
    #[cfg(windows)]
    {
        // No console window flashes up under a desktop program.
        command.wrap(process_wrap::tokio::CreationFlags(
            windows::Win32::System::Threading::CREATE_NO_WINDOW,
        ));
        command.wrap(process_wrap::tokio::JobObject);
    }
    command
}

/// A child and its group; killed when dropped, also the members that are not our children.
struct Group(Box<dyn ChildWrapper>);

impl Group {
    fn interrupt(&mut self) {
        #[cfg(unix)]
        {
            const SIGINT: i32 = 2;
            if self.0.signal(SIGINT).is_ok() {
                return;
            }
        }
        self.kill();
    }

    fn kill(&mut self) {
        // Fails when the whole group is gone, which is what is wanted.
        let _ = self.0.start_kill();
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}

async fn pump(
    pipe: Option<impl AsyncRead + Unpin>,
    stream: Stream,
    chunks: mpsc::Sender<(Stream, Vec<u8>)>,
) {
    let Some(mut pipe) = pipe else { return };
    let mut buffer = vec![0; 16 << 10];
    while let Ok(count @ 1..) = pipe.read(&mut buffer).await {
        if chunks
            .send((stream, buffer[..count].to_vec()))
            .await
            .is_err()
        {
            return;
        }
    }
}

#[derive(Default)]
struct Output {
    stdout: Vec<u8>,
    stdout_cut: bool,
    stderr: VecDeque<String>,
    open: [Vec<u8>; 2],
}

impl Output {
    fn take(&mut self, stream: Stream, bytes: &[u8], on_line: &mut impl FnMut(Stream, &str)) {
        if stream == Stream::Stdout {
            let room = STDOUT_LIMIT.saturating_sub(self.stdout.len());
            self.stdout
                .extend_from_slice(&bytes[..bytes.len().min(room)]);
            self.stdout_cut |= bytes.len() > room;
        }
        let mut open = std::mem::take(&mut self.open[stream as usize]);
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            open.extend_from_slice(piece);
            if open.ends_with(b"\n") || open.len() >= LINE_LIMIT {
                self.line(stream, &open, on_line);
                open.clear();
            }
        }
        self.open[stream as usize] = open;
    }

    fn line(&mut self, stream: Stream, bytes: &[u8], on_line: &mut impl FnMut(Stream, &str)) {
        let text = String::from_utf8_lossy(bytes);
        let line = text.trim_end_matches(['\n', '\r']);
        on_line(stream, line);
        if stream == Stream::Stderr {
            if self.stderr.len() == STDERR_LINES {
                self.stderr.pop_front();
            }
            self.stderr.push_back(line.to_owned());
        }
    }

    fn finish(&mut self, on_line: &mut impl FnMut(Stream, &str)) {
        for stream in [Stream::Stdout, Stream::Stderr] {
            let open = std::mem::take(&mut self.open[stream as usize]);
            if !open.is_empty() {
                self.line(stream, &open, on_line);
            }
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Invocation {
        let env = [("PATH".to_owned(), "/usr/bin:/bin".to_owned())].into();
        Invocation {
            grace: Duration::from_millis(300),
            ..Invocation::new("/bin/sh", ["-c", script], &env)
        }
    }

    async fn finished(script: &str) -> (Finished, Vec<(Stream, String)>) {
        let mut lines = Vec::new();
        let finished = run(&shell(script), &CancellationToken::new(), |stream, line| {
            lines.push((stream, line.to_owned()));
        })
        .await
        .expect("runs");
        (finished, lines)
    }

    #[tokio::test]
    async fn lines_arrive_with_their_stream_and_the_exit_code_is_an_answer() {
        let (finished, lines) =
            finished("echo one; sleep 0.05; echo two >&2; sleep 0.05; printf three; exit 7").await;
        assert_eq!(finished.code, Some(7));
        assert_eq!(finished.stdout, "one\nthree");
        assert_eq!(finished.stderr, ["two"]);
        let lines: Vec<_> = lines
            .iter()
            .map(|(stream, line)| (*stream, line.as_str()))
            .collect();
        assert_eq!(
            lines,
            [
                (Stream::Stdout, "one"),
                (Stream::Stderr, "two"),
                (Stream::Stdout, "three")
            ]
        );
    }

    #[tokio::test]
    async fn nothing_is_inherited_and_there_is_no_input() {
        let (finished, _) =
            finished("env | grep -v -e ^PATH= -e ^PWD= -e ^_= -e ^SHLVL= -e ^OLDPWD=; cat").await;
        assert_eq!(finished.stdout, "");
    }

    #[tokio::test]
    async fn output_is_bounded_and_the_last_error_lines_are_kept() {
        let (finished, lines) =
            finished("head -c 9000000 /dev/zero; i=0; while [ $i -lt 250 ]; do i=$((i+1)); echo $i >&2; done").await;
        assert_eq!(finished.stdout.len(), STDOUT_LIMIT);
        assert!(finished.stdout_cut);
        assert_eq!(finished.stderr.len(), STDERR_LINES);
        assert_eq!(finished.stderr.last().map(String::as_str), Some("250"));
        assert!(lines.iter().all(|(_, line)| line.len() < 2 * LINE_LIMIT));
    }

    #[tokio::test]
    async fn a_program_that_is_not_there_is_named() {
        let mut invocation = shell("");
        invocation.program = "/nowhere/docker".into();
        let error = run(&invocation, &CancellationToken::new(), |_, _| ())
            .await
            .expect_err("no program");
        assert!(
            matches!(error, ProcessError::NotFound { program } if program == "/nowhere/docker")
        );
    }

    #[tokio::test]
    async fn a_cancel_asks_first() {
        let cancel = CancellationToken::new();
        let script =
            shell("trap 'echo asked; exit 3' INT; echo ready; while :; do sleep 0.05; done");
        let mut lines = Vec::new();
        let result = run(&script, &cancel, |_, line| {
            lines.push(line.to_owned());
            if line == "ready" {
                cancel.cancel();
            }
        })
        .await;
        assert!(matches!(result, Err(ProcessError::Cancelled)));
        assert_eq!(lines, ["ready", "asked"]);
    }

    #[tokio::test]
    async fn a_time_limit_kills_what_ignores_being_asked_with_all_its_children() {
        let invocation =
            shell("trap '' INT TERM; sleep 30 & echo $!; while :; do sleep 0.05; done")
                .within(Duration::from_millis(200));
        let mut child = String::new();
        let started = Instant::now();
        let result = run(&invocation, &CancellationToken::new(), |_, line| {
            line.clone_into(&mut child);
        })
        .await;
        assert!(matches!(result, Err(ProcessError::TimedOut { .. })));
        assert!(started.elapsed() < Duration::from_secs(3));
        let stat = fs_err::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
        assert!(
            stat.is_empty() || stat.contains(") Z "),
            "the child lives on: {stat}"
        );
    }

    #[tokio::test]
    async fn what_a_process_leaves_behind_does_not_hold_the_answer() {
        let started = Instant::now();
        let (finished, _) = finished("sleep 30 & echo done").await;
        assert_eq!(finished.stdout, "done\n");
        assert!(started.elapsed() < Duration::from_secs(5));
    }
}
