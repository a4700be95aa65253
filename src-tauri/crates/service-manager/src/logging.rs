//! The log: a rotating file for support, standard error for whoever asked, and never a secret value in either.
//!
//! It lives in the library because both shells need the very same one; it is started by them, with a folder given.

use camino::Utf8Path;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::{PoisonError, RwLock};
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt};

/// Days of log files kept.
const KEPT: usize = 7;
/// Shorter values are words like `root` or `80`: replacing them would make the log unreadable and protect nothing.
const SHORTEST_SECRET: usize = 6;

/// What stands in the place of a secret.
const MASK: &str = "***";

static SECRETS: RwLock<Vec<String>> = RwLock::new(Vec::new());

/// Keeps the log going; what is buffered is written when it is dropped.
#[derive(Debug)]
pub struct LogGuard {
    _file: Option<WorkerGuard>,
}

/// Starts logging to `<state>/logs/<name>.<date>.log` and, when `verbosity` is given, to standard error: warnings,
/// with `1` information, with `2` everything.
pub fn start(state: &Utf8Path, name: &str, verbosity: Option<u8>) -> LogGuard {
    let folder = state.join("logs");
    // The appender would complain to standard error about a folder it is about to make.
    let _ = fs_err::create_dir_all(&folder);
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix(name)
        .filename_suffix("log")
        .max_log_files(KEPT)
        .build(folder)
        .ok();
    let (file_layer, guard) = match file {
        Some(file) => {
            let (writer, guard) = tracing_appender::non_blocking(file);
            let layer = fmt::layer()
                .with_ansi(false)
                .with_writer(Redacting(writer))
                .with_filter(ours(LevelFilter::INFO));
            (Some(layer), Some(guard))
        }
        // A log that cannot be written must not keep anybody from deploying.
        None => (None, None),
    };
    let stderr_layer = verbosity.map(|verbosity| {
        let level = match verbosity {
            0 => LevelFilter::ERROR,
            1 => LevelFilter::INFO,
            _ => LevelFilter::DEBUG,
        };
        fmt::layer()
            .with_ansi(false)
            .without_time()
            .with_writer(Redacting(io::stderr))
            .with_filter(ours(level))
    });
    let _ = tracing_subscriber::registry()
        .with(file_layer)
        .with(stderr_layer)
        .try_init();
    LogGuard { _file: guard }
}

/// Our own words at `level`; of the libraries only what is wrong.
fn ours(level: LevelFilter) -> EnvFilter {
    EnvFilter::new(format!(
        "warn,service_manager={level},quayside={level},quayside_cli={level},compose={level}"
    ))
}

/// Remembers values that must not appear in a log, judged by the names they have; passwords in addresses in any case.
pub(crate) fn protect<N: AsRef<str>, V: AsRef<str>>(values: impl IntoIterator<Item = (N, V)>) {
    let mut secrets = SECRETS.write().unwrap_or_else(PoisonError::into_inner);
    for (name, value) in values {
        let value = value.as_ref();
        let whole = is_secret(name.as_ref()).then_some(value);
        let password = password_in(value).map(|range| &value[range]);
        for secret in whole.into_iter().chain(password) {
            if secret.len() >= SHORTEST_SECRET && !secrets.iter().any(|known| known == secret) {
                secrets.push(secret.to_owned());
            }
        }
    }
    // A secret inside another one must not hide it half.
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
}

/// Names that promise a secret.
pub(crate) fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    [
        "PASS",
        "PWD",
        "SECRET",
        "TOKEN",
        "KEY",
        "CREDENTIAL",
        "AUTH",
        "PRIVATE",
        "SALT",
        "DSN",
        "DATABASE_URL",
        "REDIS_URL",
        "CONNECTION",
    ]
    .iter()
    .any(|word| name.contains(word))
}

/// Returns a text as it may be shown where others look too: without what is protected, and without what looks like a
/// secret although nobody said that it is one, for tools and containers quote things that stand in no file of ours.
pub fn redact(text: &str) -> String {
    let secrets = SECRETS.read().unwrap_or_else(PoisonError::into_inner);
    let text = secrets.iter().fold(text.to_owned(), |text, secret| {
        text.replace(secret.as_str(), MASK)
    });
    named(&addresses(&text))
}

/// Hides passwords in addresses: `mysql://app:secret@db/shop`.
fn addresses(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(range) = password_in(rest) {
        out.push_str(&rest[..range.start]);
        out.push_str(MASK);
        rest = &rest[range.end..];
    }
    out + rest
}

/// Returns where the first password of an address is.
fn password_in(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(at) = text[from..].find("://") {
        let start = from + at + "://".len();
        let authority = &text[start..];
        let end = authority
            .find(|char: char| char.is_whitespace() || "/\"'`<>".contains(char))
            .unwrap_or(authority.len());
        let user_info = authority[..end].rfind('@').map(|at| &authority[..at]);
        if let Some((user, password)) = user_info.and_then(|it| it.split_once(':'))
            && !password.is_empty()
        {
            let begin = start + user.len() + 1;
            return Some(begin..begin + password.len());
        }
        from = start;
    }
    None
}

/// Hides what is given a secret's name: `password=...`, `"token": "..."`.
fn named(text: &str) -> String {
    let in_name = |char: char| char.is_alphanumeric() || char == '_' || char == '-';
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['=', ':']) {
        let (before, after) = rest.split_at(at + 1);
        out.push_str(before);
        let name = before[..at].trim_end_matches(['"', '\'']);
        let name = name.rsplit(|char| !in_name(char)).next().unwrap_or("");
        let opening = after.len() - after.trim_start_matches([' ', '"', '\'']).len();
        let value = &after[opening..];
        let end = value
            .find(|char: char| char.is_whitespace() || "\"',;&)]}".contains(char))
            .unwrap_or(value.len());
        out.push_str(&after[..opening]);
        if is_secret(name) && end >= SHORTEST_SECRET && !value.starts_with(MASK) {
            out.push_str(MASK);
            rest = &value[end..];
        } else {
            rest = value;
        }
    }
    out + rest
}

/// A writer that never lets a protected value through. One event is one write, so no value is ever cut in two.
#[derive(Clone, Debug)]
struct Redacting<M>(M);

impl<'a, M: MakeWriter<'a>> MakeWriter<'a> for Redacting<M> {
    type Writer = RedactingWriter<M::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        RedactingWriter(self.0.make_writer())
    }
}

struct RedactingWriter<W>(W);

impl<W: Write> Write for RedactingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .write_all(redact(&String::from_utf8_lossy(bytes)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn protected_values_never_pass_and_ordinary_ones_do() {
        protect([
            ("MYSQL_ROOT_PASSWORD", "correct horse"),
            ("API_TOKEN", "tok_12345678"),
            ("DATABASE_URL", "mysql://app:correct horse@db/shop"),
            ("TZ", "Asia/Shanghai"),
            ("PASSWORD", "root"),
        ]);
        let mut out = Vec::new();
        RedactingWriter(&mut out)
            .write_all(
                b"mysql://app:correct horse@db/shop tok_12345678 correct horse Asia/Shanghai root",
            )
            .unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "*** *** *** Asia/Shanghai root"
        );
    }

    #[test]
    fn what_looks_like_a_secret_is_one() {
        for (written, kept) in [
            (
                "cannot reach redis://:hunter22@cache:6379/0, retrying",
                "cannot reach redis://:***@cache:6379/0, retrying",
            ),
            (
                "http://db:3306/a@b http://x:y@z",
                "http://db:3306/a@b http://x:***@z",
            ),
            (
                "mysqladmin --password=hunter22 -u root",
                "mysqladmin --password=*** -u root",
            ),
            (
                r#"{"api_key": "abcdefgh", "n": 1}"#,
                r#"{"api_key": "***", "n": 1}"#,
            ),
            ("DB_PASSWORD: abcdefgh", "DB_PASSWORD: ***"),
            (
                "exit code: 137, time=2026-01-01T00:00:00Z",
                "exit code: 137, time=2026-01-01T00:00:00Z",
            ),
            ("password=", "password="),
            ("秘密 token=一二三四五六 后", "秘密 token=*** 后"),
        ] {
            assert_eq!(redact(written), kept);
        }
    }
}
