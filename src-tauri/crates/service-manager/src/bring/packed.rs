//! Unpacking .zip, .tar, .tar.gz and .tar.zst, recognised by content.

use super::names::{Name, decode, link_stays, safe};
use super::write::{self, Made, Wanted};
use super::{MARGIN, Work};
use crate::error::Error;
use crate::host::disk;
use crate::text::Text;
use camino::{Utf8Path, Utf8PathBuf};
use flate2::read::MultiGzDecoder;
use fs_err as fs;
use std::io::{self, BufReader, Read};
use std::time::{Duration, UNIX_EPOCH};

/// More files than any package has; a bound on what a hostile one can make us do.
const MOST_ENTRIES: usize = 200_000;
/// Bytes within which a tar says that it is one.
const HEAD: u64 = 512;
/// As for image archives: what a zstd frame may make us keep in memory.
const ZSTD_WINDOW_LOG: u32 = 27;

/// How a package is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Zip,
    Tar,
    TarGzip,
    TarZstd,
}

/// Says by its first bytes how a file is packed; none when it is something else.
pub(crate) fn recognise(path: &Utf8Path) -> Option<Packing> {
    if !fs::metadata(path).ok()?.is_file() {
        return None;
    }
    let mut head = Vec::new();
    fs::File::open(path)
        .ok()?
        .take(HEAD)
        .read_to_end(&mut head)
        .ok()?;
    match head.as_slice() {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Packing::Zip),
        [0x1f, 0x8b, ..] => Some(Packing::TarGzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Packing::TarZstd),
        head if head.get(257..262) == Some(b"ustar") => Some(Packing::Tar),
        _ => None,
    }
}

/// Links are made last, so that nothing is ever written through one.
type Links = Vec<(Utf8PathBuf, String)>;

/// Unpacks into a folder that is made for it.
pub(super) fn unpack(
    from: &Utf8Path,
    packing: Packing,
    to: &Utf8Path,
    made: &mut Made,
    work: &Work,
) -> Result<(), Error> {
    let failed = |error: io::Error| Error::file(from.as_str(), &error);
    let bytes = fs::metadata(from).map_err(failed)?.len();
    let file = fs::File::open(from).map_err(failed)?;
    let mut unpacking = Unpacking {
        from,
        to,
        made,
        work,
        links: Links::new(),
        room: disk::space(to)
            .map_or(u64::MAX, |space| space.free)
            .saturating_sub(MARGIN),
        entries: 0,
    };
    unpacking.room_for(bytes)?;
    work.total(bytes);
    unpacking.made.folders(to)?;
    let buffered = BufReader::with_capacity(1 << 20, &file);
    match packing {
        Packing::Zip => unpacking.zip(buffered)?,
        Packing::Tar => unpacking.tar(buffered)?,
        Packing::TarGzip => unpacking.tar(MultiGzDecoder::new(buffered))?,
        Packing::TarZstd => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(buffered).map_err(failed)?;
            decoder.window_log_max(ZSTD_WINDOW_LOG).map_err(failed)?;
            unpacking.tar(decoder)?;
        }
    }
    unpacking.make_links()
}

struct Unpacking<'a> {
    from: &'a Utf8Path,
    to: &'a Utf8Path,
    made: &'a mut Made,
    work: &'a Work<'a>,
    links: Links,
    /// Bytes that may still be written.
    room: u64,
    entries: usize,
}

impl Unpacking<'_> {
    fn unusable(&self, reason: Text) -> Error {
        Error::PackedUnusable {
            path: self.from.to_string(),
            reason,
        }
    }

    fn damaged(&self, error: impl std::fmt::Display) -> Error {
        self.unusable(Text::new("packed-damaged").with("detail", error.to_string()))
    }

    fn room_for(&self, bytes: u64) -> Result<(), Error> {
        if bytes <= self.room {
            return Ok(());
        }
        Err(Error::Disk {
            path: self.to.to_string(),
            needed: bytes.saturating_add(MARGIN),
            free: self.room + MARGIN,
        })
    }

    /// Returns where an entry goes; none when it is left out.
    fn place(&mut self, name: &str) -> Result<Option<Utf8PathBuf>, Error> {
        self.entries += 1;
        if self.entries > MOST_ENTRIES {
            return Err(self.unusable(Text::new("packed-too-many")));
        }
        match safe(name) {
            Name::Inside(path) => Ok(Some(path)),
            Name::Ignored => Ok(None),
            Name::Unsafe => Err(self.unusable(Text::new("packed-unsafe").with("name", name))),
        }
    }

    fn folder(&mut self, path: &Utf8Path) -> Result<(), Error> {
        let path = self.to.join(path);
        self.made.folders(&path)
    }

    fn file(
        &mut self,
        path: &Utf8Path,
        from: &mut dyn Read,
        mode: Option<u32>,
        modified: Option<u64>,
    ) -> Result<(), Error> {
        let target = self.to.join(path);
        if let Some(folder) = target.parent() {
            self.made.folders(folder)?;
        }
        // The same name twice: the later one counts, as in every unpacker. A folder of that name does not give way.
        if fs::symlink_metadata(&target).is_err() {
            self.made.add(&target);
        }
        let wanted = Wanted {
            mode,
            modified: modified.map(|seconds| UNIX_EPOCH + Duration::from_secs(seconds)),
            room: self.room,
        };
        let written = write::file(&target, from, wanted, self.work)?;
        self.room = self.room.saturating_sub(written);
        Ok(())
    }

    fn link(&mut self, path: Utf8PathBuf, target: String) -> Result<(), Error> {
        if !link_stays(&path, &target) {
            let name = format!("{path} -> {target}");
            return Err(self.unusable(Text::new("packed-unsafe").with("name", name)));
        }
        self.links.push((path, target));
        Ok(())
    }

    fn zip(&mut self, reader: BufReader<&fs::File>) -> Result<(), Error> {
        let mut archive = zip::ZipArchive::new(reader).map_err(|error| self.damaged(error))?;
        let mut total = 0_u64;
        for at in 0..archive.len() {
            let entry = archive
                .by_index_raw(at)
                .map_err(|error| self.damaged(error))?;
            if entry.encrypted() {
                return Err(self.unusable(Text::new("packed-encrypted")));
            }
            total = total.saturating_add(entry.size());
        }
        self.room_for(total)?;
        self.work.total(total);
        for at in 0..archive.len() {
            let mut entry = archive.by_index(at).map_err(|error| self.damaged(error))?;
            let Some(path) = self.place(&decode(entry.name_raw()))? else {
                continue;
            };
            if entry.is_dir() {
                self.folder(&path)?;
            } else if entry.is_symlink() {
                let mut target = Vec::new();
                let read = (&mut entry).take(4096).read_to_end(&mut target);
                read.map_err(|error| self.damaged(error))?;
                self.link(path, decode(&target))?;
            } else {
                // Windows writes no permission bits.
                let mode = entry.unix_mode().filter(|mode| mode & 0o700 != 0);
                self.file(&path, &mut entry, mode, None)?;
            }
        }
        Ok(())
    }

    fn tar(&mut self, reader: impl Read) -> Result<(), Error> {
        let mut archive = tar::Archive::new(reader);
        let entries = archive.entries().map_err(|error| self.damaged(error))?;
        for entry in entries {
            let mut entry = entry.map_err(|error| self.damaged(error))?;
            let Some(path) = self.place(&decode(&entry.path_bytes()))? else {
                continue;
            };
            let kind = entry.header().entry_type();
            let target = entry.link_name_bytes().map(|raw| decode(&raw));
            if kind.is_dir() {
                self.folder(&path)?;
            } else if let (true, Some(target)) = (kind.is_symlink(), &target) {
                self.link(path, target.clone())?;
            } else if let (true, Some(target)) = (kind.is_hard_link(), &target) {
                self.same_again(&path, target)?;
            } else if kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse() {
                let mode = entry.header().mode().ok();
                let modified = entry.header().mtime().ok();
                self.file(&path, &mut entry, mode, modified)?;
            } else {
                tracing::warn!(%path, ?kind, "neither a file nor a folder nor a link: left out");
            }
        }
        // To the end, so that a checksum that does not hold is noticed.
        let rest = io::copy(&mut archive.into_inner(), &mut io::sink());
        rest.map(drop).map_err(|error| self.damaged(error))
    }

    /// A second name of a file becomes a second file.
    fn same_again(&mut self, path: &Utf8Path, target: &str) -> Result<(), Error> {
        let Name::Inside(first) = safe(target) else {
            return Err(self.unusable(Text::new("packed-unsafe").with("name", target)));
        };
        let first = self.to.join(first);
        let failed = |error: io::Error| Error::file(first.as_str(), &error);
        let meta = fs::symlink_metadata(&first).map_err(failed)?;
        if !meta.is_file() {
            return Err(self.unusable(Text::new("packed-unsafe").with("name", target)));
        }
        let mode = crate::repair::mode(&first).ok();
        let mut source = fs::File::open(&first).map_err(failed)?;
        self.file(path, &mut source, mode, None)
    }

    #[cfg(unix)]
    fn make_links(self) -> Result<(), Error> {
        for (path, target) in self.links {
            let path = self.to.join(path);
            if let Some(folder) = path.parent() {
                self.made.folders(folder)?;
            }
            fs::os::unix::fs::symlink(target, &path)
                .map_err(|error| Error::file(path.as_str(), &error))?;
            self.made.add(&path);
        }
        Ok(())
    }

    #[cfg(not(unix))]
    fn make_links(self) -> Result<(), Error> {
        for (path, _) in self.links {
            tracing::warn!(%path, "a link is not unpacked");
        }
        Ok(())
    }
}
