//! Reading small files out of an image's layers.

use super::layers::{Question, below, look_into};
use super::walk::clean;
use super::{Archive, ArchiveImage};
use std::collections::HashMap;
use std::io::{self, Read};

/// What is larger is neither a list of users nor a script.
const LARGEST: u64 = 1 << 20;

/// Returns the content of each of `paths`, as a container of the image would see it; none where there is no plain file,
/// or one of more than 1 MiB. Costs what [`super::path_kinds`] costs.
pub(crate) fn read_files(
    archive: &Archive,
    image: &ArchiveImage,
    paths: &[&str],
) -> io::Result<Vec<Option<Vec<u8>>>> {
    let paths: Vec<String> = paths.iter().map(|path| clean(path)).collect();
    let mut answers = look_into(archive, image, &Contents(&paths))?;
    let content = |at: usize| {
        let mut layers = image.layers.iter().rev();
        layers.find_map(|layer| answers.get_mut(&layer.member)?[at].take())?
    };
    Ok((0..paths.len()).map(content).collect())
}

struct Contents<'a>(&'a [String]);

/// What a layer says of a path: nothing, that it is gone (or no plain file), or its content.
type Said = Option<Option<Vec<u8>>>;

impl Question for Contents<'_> {
    type Answer = Vec<Said>;

    fn ask<R: Read>(&self, layer: tar::Entries<'_, R>) -> io::Result<Vec<Said>> {
        let mut said: Vec<Said> = vec![None; self.0.len()];
        for entry in layer {
            let mut entry = entry?;
            let name = clean(&String::from_utf8_lossy(&entry.path_bytes()));
            let (parent, last) = name.rsplit_once('/').unwrap_or(("", &name));
            let at = self.0.iter().position(|path| *path == name);
            if let Some(at) = at {
                let is_small = entry.header().entry_type().is_file() && entry.size() <= LARGEST;
                let mut content = Vec::new();
                if is_small {
                    entry.read_to_end(&mut content)?;
                }
                said[at] = Some(is_small.then_some(content));
            } else if let Some(removed) = last.strip_prefix(".wh.") {
                let removed = match removed {
                    ".wh..opq" => parent.to_owned(),
                    removed => clean(&format!("{parent}/{removed}")),
                };
                for (path, said) in self.0.iter().zip(&mut said) {
                    if *path == removed || below(path, &removed) {
                        said.get_or_insert(None);
                    }
                }
            }
        }
        Ok(said)
    }

    fn is_settled(&self, answers: &HashMap<String, Vec<Said>>) -> bool {
        (0..self.0.len()).all(|at| answers.values().any(|said| said[at].is_some()))
    }
}
