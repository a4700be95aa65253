//! A socket between whoever asks and the engine, which writes down what is asked, and can be as slow as an old stick.

use camino::Utf8PathBuf;
use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tests::live::{Live, variable};

/// Bytes are passed on in pieces of this size.
const PIECE: usize = 64 * 1024;

/// The socket and what went through it.
#[derive(Debug)]
pub(crate) struct Tap {
    path: Utf8PathBuf,
    requests: Arc<Mutex<Vec<String>>>,
    /// Bytes a second on the way to the engine; zero is as fast as it goes.
    pace: Arc<AtomicUsize>,
}

impl Tap {
    /// Sends everything that a test asks from now on through a socket beside its package.
    pub(crate) fn between(live: &mut Live) -> Self {
        let host = variable("DOCKER_HOST").unwrap_or_default();
        let engine = host.trim_start_matches("unix://").to_owned();
        let tap = Self {
            path: live.package.around().join("tap.sock"),
            requests: Arc::default(),
            pace: Arc::default(),
        };
        let listener =
            UnixListener::bind(&tap.path).unwrap_or_else(|error| panic!("{}: {error}", tap.path));
        let (requests, pace) = (Arc::clone(&tap.requests), Arc::clone(&tap.pace));
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let Ok(engine) = UnixStream::connect(&engine) else {
                    continue;
                };
                connect(&client, &engine, Arc::clone(&requests), Arc::clone(&pace));
            }
        });
        live.through(format!("unix://{}", tap.path));
        tap
    }

    /// Lets only so many bytes a second through to the engine.
    pub(crate) fn slow_down(&self, bytes_per_second: usize) {
        self.pace.store(bytes_per_second, Ordering::Relaxed);
    }

    /// Returns the requests so far that are for `what`, as `POST /v1.41/images/load`.
    pub(crate) fn asked(&self, what: &str) -> Vec<String> {
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests
            .iter()
            .filter(|request| request.contains(what))
            .cloned()
            .collect()
    }
}

/// Passes bytes on in both directions until either side ends.
fn connect(
    client: &UnixStream,
    engine: &UnixStream,
    requests: Arc<Mutex<Vec<String>>>,
    pace: Arc<AtomicUsize>,
) {
    let pairs = (
        client.try_clone(),
        engine.try_clone(),
        client.try_clone(),
        engine.try_clone(),
    );
    let (Ok(from), Ok(to), Ok(back_to), Ok(back_from)) = pairs else {
        return;
    };
    std::thread::spawn(move || {
        pass(from, to, |bytes| {
            note(bytes, &requests);
            let pace = pace.load(Ordering::Relaxed);
            if pace > 0 {
                let seconds = f64::from(u32::try_from(bytes.len()).unwrap_or(u32::MAX))
                    / f64::from(u32::try_from(pace).unwrap_or(u32::MAX));
                std::thread::sleep(Duration::from_secs_f64(seconds));
            }
        });
    });
    std::thread::spawn(move || pass(back_from, back_to, |_| {}));
}

fn pass(mut from: UnixStream, mut to: UnixStream, seen: impl Fn(&[u8])) {
    let mut piece = vec![0; PIECE];
    loop {
        let length = match from.read(&mut piece) {
            Ok(0) | Err(_) => break,
            Ok(length) => length,
        };
        seen(&piece[..length]);
        if to.write_all(&piece[..length]).is_err() {
            // Whoever still sends must hear that nobody listens.
            let _ = from.shutdown(Shutdown::Both);
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}

/// A request begins a piece: no client sends the next before the last is answered.
fn note(bytes: &[u8], requests: &Mutex<Vec<String>>) {
    let line = bytes.split(|byte| *byte == b'\r').next().unwrap_or(bytes);
    let Ok(line) = std::str::from_utf8(line) else {
        return;
    };
    let is_request = ["GET ", "POST ", "PUT ", "DELETE ", "HEAD "]
        .iter()
        .any(|method| line.starts_with(method));
    if is_request {
        requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(line.trim_end_matches(" HTTP/1.1").to_owned());
    }
}
