//! Walking a tar file: where its members are, and the content of the small JSON ones.

use super::Problem;
use super::open::{Source, decompress, unpacker};
use crate::api::package::Compression;
use std::collections::HashMap;
use std::io::{self, BufReader, Read, Seek};

/// Manifests and configs are smaller; a layer that begins like JSON is not kept for it.
const JSON_LIMIT: u64 = 4 << 20;
/// Together; an archive with more is not one a vendor makes.
const ALL_JSON_LIMIT: usize = 64 << 20;
/// A bound on what a hostile file can make us remember.
const MEMBER_LIMIT: usize = 200_000;

/// The members of an archive.
#[derive(Default)]
pub(super) struct Members {
    by_name: HashMap<String, Member>,
    json: HashMap<String, Vec<u8>>,
    pub(super) unpacked_bytes: Option<u64>,
    /// What ended the walk early; members before it are there.
    pub(super) problem: Option<Problem>,
}

enum Member {
    File(Place),
    /// `docker save` before version 25 links layers that images share.
    Link(String),
}

/// Where a member's bytes are, and what they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Within the decompressed archive.
    pub(super) offset: u64,
    pub(super) size: u64,
    /// How the member itself is compressed.
    pub(super) packing: Compression,
    /// Its size when decompressed, for those that cannot be sent as they stand.
    pub(super) unpacked: Option<u64>,
}

impl Members {
    /// Returns the name of the member that holds the bytes, following links.
    pub(super) fn resolve(&self, name: &str) -> Option<&str> {
        let (mut name, mut member) = self.by_name.get_key_value(&clean(name))?;
        for _ in 0..8 {
            match member {
                Member::File(_) => return Some(name),
                Member::Link(target) => (name, member) = self.by_name.get_key_value(target)?,
            }
        }
        None
    }

    /// Returns where a member's bytes are.
    pub(super) fn locate(&self, name: &str) -> Option<Place> {
        match self.by_name.get(self.resolve(name)?)? {
            Member::File(place) => Some(*place),
            Member::Link(_) => None,
        }
    }

    /// Returns whether there are layers, as every layout names them.
    pub(super) fn hold_layers(&self) -> bool {
        let is_layer = |name: &String| name.starts_with("blobs/") || name.ends_with("/layer.tar");
        self.by_name.keys().any(is_layer)
    }

    /// Returns the content of a small JSON member.
    pub(super) fn json(&self, name: &str) -> Option<&[u8]> {
        self.json.get(self.resolve(name)?).map(Vec::as_slice)
    }
}

/// Walks a raw archive by its headers.
pub(super) fn raw(source: Source) -> Result<Members, Problem> {
    let length = source.bytes;
    let mut archive = tar::Archive::new(source.file);
    let entries = archive
        .entries_with_seek()
        .map_err(|error| super::unreadable(&error))?;
    let mut members = collect(entries, Some(length));
    members.unpacked_bytes = Some(length);
    Ok(members)
}

/// Walks a compressed archive in one pass.
pub(super) fn compressed(mut source: Source) -> Result<Members, Problem> {
    let compression = source.sniff()?;
    let read = || -> io::Result<Members> {
        let mut counting = Counting {
            inner: decompress(compression, source.file)?,
            count: 0,
        };
        let mut start = Vec::with_capacity(512);
        (&mut counting).take(512).read_to_end(&mut start)?;
        match super::open::recognise(&start) {
            Ok(Compression::None) => {}
            Ok(_) => {
                return Ok(problem(Problem::NotAnArchive {
                    kind: Some("gzip in gzip"),
                }));
            }
            Err(found) => return Ok(problem(found)),
        }
        let mut archive = tar::Archive::new(io::Cursor::new(start).chain(&mut counting));
        let mut members = collect(archive.entries()?, None);
        if members.problem.is_none() {
            // To the end, so that a checksum that does not hold is noticed.
            let rest = io::copy(&mut archive.into_inner(), &mut io::sink());
            members.problem = rest.err().map(|error| broken(&error));
        }
        members.unpacked_bytes = members.problem.is_none().then_some(counting.count);
        Ok(members)
    };
    read().map_err(|error| broken(&error))
}

fn problem(problem: Problem) -> Members {
    Members {
        problem: Some(problem),
        ..Members::default()
    }
}

struct Counting<R> {
    inner: R,
    count: u64,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count += count as u64;
        Ok(count)
    }
}

fn collect<R: Read>(entries: tar::Entries<'_, R>, length: Option<u64>) -> Members {
    let mut members = Members::default();
    let mut json_bytes = 0;
    for entry in entries {
        let result = entry.and_then(|entry| take(entry, length, &mut members, &mut json_bytes));
        if let Err(error) = result {
            members.problem = Some(broken(&error));
            break;
        }
        if members.by_name.len() > MEMBER_LIMIT {
            members.problem = Some(Problem::Damaged {
                reason: format!("more than {MEMBER_LIMIT} members"),
            });
            break;
        }
    }
    members
}

fn take<R: Read>(
    mut entry: tar::Entry<'_, R>,
    length: Option<u64>,
    members: &mut Members,
    json_bytes: &mut usize,
) -> io::Result<()> {
    let name = clean(&String::from_utf8_lossy(&entry.path_bytes()));
    let (offset, size) = (entry.raw_file_position(), entry.size());
    let kind = entry.header().entry_type();
    if kind.is_symlink() || kind.is_hard_link() {
        let target = entry
            .link_name_bytes()
            .map(|it| String::from_utf8_lossy(&it).into_owned());
        let target = target.unwrap_or_default();
        // A hard link names a member, a symbolic one a path beside it.
        let target = if kind.is_symlink() {
            let parent = name.rsplit_once('/').map_or("", |(parent, _)| parent);
            clean(&format!("{parent}/{target}"))
        } else {
            clean(&target)
        };
        members.by_name.insert(name, Member::Link(target));
        return Ok(());
    }
    if !kind.is_file() && !kind.is_contiguous() {
        return Ok(());
    }
    // Seeking past the end is no error, so the end is compared.
    if length.is_some_and(|length| offset.saturating_add(size) > length) {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let mut start = Vec::with_capacity(MAGIC);
    (&mut entry).take(MAGIC as u64).read_to_end(&mut start)?;
    let packing = packing(&start);
    let mut unpacked = None;
    if matches!(start.first(), Some(b'{' | b'['))
        && (2..=JSON_LIMIT).contains(&size)
        && *json_bytes < ALL_JSON_LIMIT
    {
        entry.read_to_end(&mut start)?;
        *json_bytes += start.len();
        members.json.insert(name.clone(), start);
    } else if must_be_measured(&name, packing) {
        // What does not decompress is left without a size, which makes its image a damaged one.
        let measured = unpacker(packing, io::Cursor::new(start).chain(entry))
            .and_then(|mut reader| io::copy(&mut reader, &mut io::sink()));
        if let Err(error) = &measured
            && super::open::is_large_window(error)
        {
            return Err(io::Error::other(error.to_string()));
        }
        unpacked = measured.ok();
    }
    let place = Place {
        offset,
        size,
        packing,
        unpacked,
    };
    members.by_name.insert(name, Member::File(place));
    Ok(())
}

/// Enough to tell a compressed member.
const MAGIC: usize = 6;

fn packing(start: &[u8]) -> Compression {
    match start {
        [0x1f, 0x8b, ..] => Compression::Gzip,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Compression::Zstd,
        _ => Compression::None,
    }
}

/// A blob of an OCI layout is sent under its own digest, compressed as it is. What has no digest of its own (kaniko
/// writes `<digest>.tar.gz` into a docker-archive) and zstd, which engines before 23 refuse, is sent decompressed,
/// and its size must be known before its first byte is.
fn must_be_measured(name: &str, packing: Compression) -> bool {
    match packing {
        Compression::None => false,
        Compression::Gzip => !name.starts_with("blobs/"),
        Compression::Zstd => true,
    }
}

/// Returns a member's name without `./` and with `..` resolved.
pub(super) fn clean(name: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Tells a file that ends too early from one that contradicts itself.
pub(super) fn broken(error: &io::Error) -> Problem {
    if super::open::is_large_window(error) {
        return Problem::LargeWindow;
    }
    let text = error.to_string();
    let cut = error.kind() == io::ErrorKind::UnexpectedEof
        || [
            "unexpected EOF",
            "incomplete frame",
            "failed to read entire block",
        ]
        .iter()
        .any(|it| text.contains(it));
    if cut {
        Problem::Truncated
    } else {
        Problem::Damaged { reason: text }
    }
}

/// A member of a raw archive as a file of its own.
pub(super) struct Region<R> {
    inner: R,
    start: u64,
    length: u64,
    position: u64,
}

impl<R: Seek> Region<R> {
    pub(super) fn new(mut inner: R, start: u64, length: u64) -> io::Result<Self> {
        inner.seek(io::SeekFrom::Start(start))?;
        Ok(Self {
            inner,
            start,
            length,
            position: 0,
        })
    }
}

impl<R: Read> Read for Region<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.length.saturating_sub(self.position)).unwrap_or(usize::MAX);
        let room = buffer.len().min(left);
        let count = self.inner.read(&mut buffer[..room])?;
        self.position += count as u64;
        Ok(count)
    }
}

impl<R: Seek> Seek for Region<R> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        let position = match to {
            io::SeekFrom::Start(offset) => Some(offset),
            io::SeekFrom::Current(delta) => self.position.checked_add_signed(delta),
            io::SeekFrom::End(delta) => self.length.checked_add_signed(delta),
        }
        .ok_or(io::ErrorKind::InvalidInput)?;
        self.inner
            .seek(io::SeekFrom::Start(self.start + position))?;
        self.position = position;
        Ok(position)
    }
}

/// Returns a buffered reader for a member of a raw archive.
pub(super) fn member_reader(
    source: &Source,
    at: (u64, u64),
) -> io::Result<BufReader<Region<&fs_err::File>>> {
    Ok(BufReader::new(Region::new(&source.file, at.0, at.1)?))
}
