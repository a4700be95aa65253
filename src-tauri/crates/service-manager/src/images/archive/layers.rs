//! Looking into an image's layers: is there a file or a directory at a path?

use super::open::{Source, decompress, recognise, unpacker};
use super::walk::{clean, member_reader, raw};
use super::{Archive, ArchiveImage};
use crate::api::package::{Compression, MountKind};
use std::collections::HashMap;
use std::io::{self, Read};

/// Returns what an image has at each of `targets`, or none where it has nothing, or a link.
///
/// Reads only tar headers of a raw archive; a compressed one costs a pass of decompression, whatever the number of
/// targets.
pub(crate) fn path_kinds(
    archive: &Archive,
    image: &ArchiveImage,
    targets: &[&str],
) -> io::Result<Vec<Option<MountKind>>> {
    let targets: Vec<String> = targets.iter().map(|target| clean(target)).collect();
    let layers = look_into(archive, image, &Kinds(&targets))?;
    let kind_of = |at: usize| {
        if targets[at].is_empty() {
            return Some(MountKind::Directory);
        }
        // The topmost layer that says something about the path decides.
        image
            .layers
            .iter()
            .rev()
            .find_map(|layer| layers.get(&layer.member)?[at])
            .and_then(Sighting::kind)
    };
    Ok((0..targets.len()).map(kind_of).collect())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sighting {
    File,
    Directory,
    /// A link, here or in a parent: what it leads to is not looked up.
    Link,
    /// A lower layer's path that this layer removes.
    Removed,
}

impl Sighting {
    const fn kind(self) -> Option<MountKind> {
        match self {
            Self::File => Some(MountKind::File),
            Self::Directory => Some(MountKind::Directory),
            Self::Link | Self::Removed => None,
        }
    }
}

type Sightings = Vec<Option<Sighting>>;

/// What somebody wants to know of layers.
pub(super) trait Question {
    type Answer;
    fn ask<R: Read>(&self, layer: tar::Entries<'_, R>) -> io::Result<Self::Answer>;
    /// Whether lower layers can add nothing to what those above them say.
    fn is_settled(&self, answers: &HashMap<String, Self::Answer>) -> bool;
}

struct Kinds<'a>(&'a [String]);

impl Question for Kinds<'_> {
    type Answer = Sightings;

    fn ask<R: Read>(&self, layer: tar::Entries<'_, R>) -> io::Result<Sightings> {
        scan(layer, self.0)
    }

    fn is_settled(&self, answers: &HashMap<String, Sightings>) -> bool {
        let decided = |at: usize| answers.values().any(|seen| seen[at].is_some());
        (0..self.0.len()).all(decided)
    }
}

/// Asks every layer of an image; the answers are by the member that holds the layer.
pub(super) fn look_into<Q: Question>(
    archive: &Archive,
    image: &ArchiveImage,
    question: &Q,
) -> io::Result<HashMap<String, Q::Answer>> {
    match archive.compression {
        Compression::None => in_raw(archive, image, question),
        compression => in_stream(archive, compression, image, question),
    }
}

fn in_raw<Q: Question>(
    archive: &Archive,
    image: &ArchiveImage,
    question: &Q,
) -> io::Result<HashMap<String, Q::Answer>> {
    let damaged = |_| io::Error::from(io::ErrorKind::InvalidData);
    let members = raw(Source::open(&archive.path)?).map_err(damaged)?;
    let source = Source::open(&archive.path)?;
    let mut found: HashMap<String, Q::Answer> = HashMap::new();
    for layer in image.layers.iter().rev() {
        let Some(place) = members.locate(&layer.member) else {
            continue;
        };
        let at = (place.offset, place.size);
        let mut start = Vec::new();
        member_reader(&source, at)?
            .take(512)
            .read_to_end(&mut start)?;
        let seen = match recognise(&start) {
            Ok(Compression::None) => {
                question.ask(tar::Archive::new(member_reader(&source, at)?).entries_with_seek()?)?
            }
            Ok(compression) => {
                let reader = decompress(compression, member_reader(&source, at)?)?;
                question.ask(tar::Archive::new(reader).entries()?)?
            }
            Err(_) => continue, // an empty layer
        };
        found.insert(layer.member.clone(), seen);
        if question.is_settled(&found) {
            break;
        }
    }
    Ok(found)
}

fn in_stream<Q: Question>(
    archive: &Archive,
    compression: Compression,
    image: &ArchiveImage,
    question: &Q,
) -> io::Result<HashMap<String, Q::Answer>> {
    let mut found = HashMap::new();
    let mut outer = tar::Archive::new(decompress(compression, Source::open(&archive.path)?.file)?);
    for entry in outer.entries()? {
        let mut entry = entry?;
        let name = clean(&String::from_utf8_lossy(&entry.path_bytes()));
        if !image.layers.iter().any(|layer| layer.member == name)
            || !entry.header().entry_type().is_file()
        {
            continue;
        }
        let mut start = Vec::new();
        (&mut entry).take(512).read_to_end(&mut start)?;
        let Ok(compression) = recognise(&start) else {
            continue;
        };
        let mut whole = io::Cursor::new(start).chain(&mut entry);
        let seen = if compression == Compression::None {
            question.ask(tar::Archive::new(&mut whole).entries()?)?
        } else {
            let reader = unpacker(compression, &mut whole)?;
            question.ask(tar::Archive::new(reader).entries()?)?
        };
        found.insert(name, seen);
    }
    Ok(found)
}

/// Says what one layer knows of each target. Whiteouts are `.wh.NAME` beside what is removed and `.wh..wh..opq` in a
/// directory whose lower content is hidden.
fn scan<R: Read>(entries: tar::Entries<'_, R>, targets: &[String]) -> io::Result<Sightings> {
    let mut seen: Sightings = vec![None; targets.len()];
    for entry in entries {
        let entry = entry?;
        let name = clean(&String::from_utf8_lossy(&entry.path_bytes()));
        let (parent, last) = name.rsplit_once('/').unwrap_or(("", &name));
        let kind = entry.header().entry_type();
        for (target, seen) in targets.iter().zip(&mut seen) {
            if last == ".wh..wh..opq" {
                if below(target, parent) {
                    seen.get_or_insert(Sighting::Removed);
                }
            } else if let Some(removed) = last.strip_prefix(".wh.") {
                let removed = clean(&format!("{parent}/{removed}"));
                if *target == removed || below(target, &removed) {
                    seen.get_or_insert(Sighting::Removed);
                }
            } else if *target == name {
                *seen = Some(match kind {
                    _ if kind.is_dir() => Sighting::Directory,
                    _ if kind.is_symlink() => Sighting::Link,
                    _ => Sighting::File,
                });
            } else if below(&name, target) {
                *seen = Some(Sighting::Directory);
            } else if below(target, &name) && !kind.is_dir() {
                *seen = Some(Sighting::Link);
            }
        }
    }
    Ok(seen)
}

pub(super) fn below(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'))
}
