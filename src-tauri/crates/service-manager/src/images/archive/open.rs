//! Opening an archive: its compression by content, and readers that decompress.

use super::Problem;
use super::room::{self, InRoom};
use crate::api::package::Compression;
use camino::Utf8Path;
use flate2::read::MultiGzDecoder;
use fs_err::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

/// What a zstd frame may make us keep in memory: 64 MiB, which is more than any level up to 21 asks for. Only `--long`
/// and `--ultra -22` make larger ones, and then a decoder needs up to 2 GiB.
const ZSTD_WINDOW_LOG: u32 = 26;

/// Returns whether that limit is what ended the decompression; zstd has only words for it.
pub(super) fn is_large_window(error: &io::Error) -> bool {
    error.to_string().contains("requires too much memory")
}

/// An open archive file.
pub(super) struct Source {
    pub(super) file: File,
    pub(super) bytes: u64,
}

impl Source {
    pub(super) fn open(path: &Utf8Path) -> io::Result<Self> {
        // Asked before opening: opening a pipe waits for somebody who writes to it.
        let meta = fs_err::metadata(path)?;
        if meta.is_dir() {
            // A folder of images that may not be looked into is handed in for this answer.
            fs_err::read_dir(path)?;
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        if !meta.is_file() {
            return Err(io::Error::from(io::ErrorKind::InvalidInput));
        }
        Ok(Self {
            file: File::open(path)?,
            bytes: meta.len(),
        })
    }

    /// Says how the file is compressed, or what it is when it is no archive. Leaves the file at its start.
    pub(super) fn sniff(&mut self) -> Result<Compression, Problem> {
        let mut start = Vec::with_capacity(512);
        let read = (&mut self.file).take(512).read_to_end(&mut start);
        read.and_then(|_| self.file.seek(SeekFrom::Start(0)))
            .map_err(|error| super::unreadable(&error))?;
        recognise(&start)
    }
}

/// Says what a file is by its first 512 bytes.
pub(super) fn recognise(start: &[u8]) -> Result<Compression, Problem> {
    match start {
        [] => Err(Problem::Empty),
        [0x1f, 0x8b, ..] => Ok(Compression::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Ok(Compression::Zstd),
        _ if is_tar(start) => Ok(Compression::None),
        _ if is_web_page(start) => Err(Problem::WebPage),
        // A download or a copy that reserved its space and was never written.
        _ if start.iter().all(|byte| *byte == 0) => Err(Problem::Damaged {
            reason: "only zeros".into(),
        }),
        _ => Err(Problem::NotAnArchive {
            kind: kind_of(start),
        }),
    }
}

fn is_tar(start: &[u8]) -> bool {
    if start.len() < 512 || start.iter().all(|byte| *byte == 0) {
        return false;
    }
    let sum: u32 = start
        .iter()
        .enumerate()
        .map(|(at, byte)| {
            if (148..156).contains(&at) {
                u32::from(b' ')
            } else {
                u32::from(*byte)
            }
        })
        .sum();
    tar::Header::from_byte_slice(start)
        .cksum()
        .is_ok_and(|written| written == sum)
}

/// Returns whether the text begins like a web page, which is what a browser saves for a failed download.
pub(crate) fn is_web_page(start: &[u8]) -> bool {
    let text = String::from_utf8_lossy(&start[..start.len().min(512)]).to_ascii_lowercase();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.starts_with("<!doctype html") || text.starts_with("<html")
}

fn kind_of(start: &[u8]) -> Option<&'static str> {
    Some(match start {
        [b'P', b'K', 3, 4, ..] => "zip",
        [0xfd, b'7', b'z', b'X', b'Z', ..] => "xz",
        [b'B', b'Z', b'h', ..] => "bzip2",
        [b'7', b'z', 0xbc, 0xaf, ..] => "7z",
        [b'R', b'a', b'r', b'!', ..] => "rar",
        [0x04, 0x22, 0x4d, 0x18, ..] => "lz4",
        [0x7f, b'E', b'L', b'F', ..] => "ELF",
        [b'%', b'P', b'D', b'F', ..] => "PDF",
        _ => return None,
    })
}

/// Decompresses `reader`, which may hold several gzip members or zstd frames.
pub(super) fn decompress<'a>(
    compression: Compression,
    reader: impl Read + Send + 'a,
) -> io::Result<Box<dyn Read + Send + 'a>> {
    let mut reader = BufReader::with_capacity(1 << 20, reader);
    Ok(match compression {
        Compression::None => Box::new(reader),
        Compression::Gzip => Box::new(BufReader::with_capacity(
            256 << 10,
            MultiGzDecoder::new(reader),
        )),
        Compression::Zstd => {
            let window = room::window(&mut reader)?;
            let mut decoder = zstd::stream::read::Decoder::with_buffer(reader)?;
            decoder.window_log_max(ZSTD_WINDOW_LOG)?;
            let decoder = InRoom::new(decoder, window);
            Box::new(BufReader::with_capacity(256 << 10, decoder))
        }
    })
}

/// Decompresses one member, where its reader cannot be sent to another thread.
pub(super) fn unpacker<'a>(
    packing: Compression,
    reader: impl Read + 'a,
) -> io::Result<Box<dyn Read + 'a>> {
    Ok(match packing {
        Compression::None => Box::new(reader),
        Compression::Gzip => Box::new(MultiGzDecoder::new(reader)),
        Compression::Zstd => {
            let mut decoder = zstd::stream::read::Decoder::new(reader)?;
            decoder.window_log_max(ZSTD_WINDOW_LOG)?;
            Box::new(decoder)
        }
    })
}
