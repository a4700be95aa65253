//! Memory for the windows of zstd: several archives are read at a time, but large windows one after the other.

use std::io::{self, BufRead, Read};
use std::sync::{Condvar, Mutex, PoisonError};

/// Together; with one window of the largest size that is accepted it is used up.
const ALL: u64 = 64 << 20;
/// What ordinary levels ask for is not counted.
const SMALL: u64 = 8 << 20;

static USED: Mutex<u64> = Mutex::new(0);
static FREED: Condvar = Condvar::new();

/// A reader that holds room until it is dropped.
///
/// A reader inside another one's content must not wait for room, which the other may have.
pub(super) struct InRoom<R> {
    inner: R,
    bytes: u64,
}

impl<R> InRoom<R> {
    /// Waits until there is room for a window of this size.
    pub(super) fn new(inner: R, window: u64) -> Self {
        let bytes = if window <= SMALL { 0 } else { window.min(ALL) };
        if bytes > 0 {
            let used = USED.lock().unwrap_or_else(PoisonError::into_inner);
            let mut used = FREED
                .wait_while(used, |used| *used + bytes > ALL)
                .unwrap_or_else(PoisonError::into_inner);
            *used += bytes;
        }
        Self { inner, bytes }
    }
}

impl<R> Drop for InRoom<R> {
    fn drop(&mut self) {
        if self.bytes > 0 {
            *USED.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
            FREED.notify_all();
        }
    }
}

impl<R: Read> Read for InRoom<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer)
    }
}

/// Returns the window that the first zstd frame asks for; zero where that cannot be told.
pub(super) fn window(reader: &mut impl BufRead) -> io::Result<u64> {
    Ok(window_of(reader.fill_buf()?).unwrap_or(0))
}

/// Reads a frame's header: RFC 8878, 3.1.1.1.
fn window_of(start: &[u8]) -> Option<u64> {
    let start = start.strip_prefix(&[0x28, 0xb5, 0x2f, 0xfd])?;
    let (descriptor, rest) = start.split_first()?;
    let is_single_segment = descriptor & 0x20 != 0;
    if !is_single_segment {
        let window = *rest.first()?;
        let base = 1_u64 << (10 + (window >> 3));
        return Some(base + base / 8 * u64::from(window & 7));
    }
    // The whole content is the window, and its size stands behind the dictionary's number.
    let dictionary = [0, 1, 2, 4][usize::from(descriptor & 3)];
    let length = [1, 2, 4, 8][usize::from(descriptor >> 6)];
    let bytes = rest.get(dictionary..dictionary + length)?;
    let size = bytes
        .iter()
        .rev()
        .fold(0_u64, |size, byte| size << 8 | u64::from(*byte));
    Some(if length == 2 { size + 256 } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::time::{Duration, Instant};

    #[test]
    fn the_window_is_read_from_the_header() {
        let streamed = |log: u32| {
            let mut encoder = zstd::Encoder::new(Vec::new(), 1).expect("an encoder");
            encoder.window_log(log).expect("set");
            encoder.write_all(b"x").expect("written");
            encoder.flush().expect("flushed");
            encoder.finish().expect("finished")
        };
        for log in [20, 26, 27] {
            assert_eq!(window_of(&streamed(log)), Some(1 << log));
        }
        for size in [10, 1000, 70_000] {
            let whole = zstd::bulk::compress(&vec![0; size], 1).expect("compressed");
            assert_eq!(window_of(&whole), Some(size as u64));
        }
        assert_eq!(window_of(b"\x28\xb5\x2f\xfd"), None);
        assert_eq!(window_of(b"no frame"), None);
    }

    #[test]
    fn a_second_large_window_waits_for_the_first() {
        let first = InRoom::new(io::empty(), ALL);
        drop(InRoom::new(io::empty(), SMALL));
        let begun = Instant::now();
        let second = std::thread::spawn(move || {
            drop(InRoom::new(io::empty(), ALL));
            begun.elapsed()
        });
        std::thread::sleep(Duration::from_millis(100));
        drop(first);
        assert!(second.join().expect("it came") >= Duration::from_millis(100));
    }
}
