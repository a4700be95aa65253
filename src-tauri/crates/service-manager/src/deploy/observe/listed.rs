//! The vendor's list of files (`checksums` in `quayside.yaml`): what is missing, and what is not as it was made. Images
//! are compared while they are loaded.

use crate::images::archive::digest_of;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use sha2::{Digest, Sha256};
use std::io::Read;
use std::time::{Duration, Instant};

/// The listed files that are not as the vendor made them, by their path in the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Listed {
    pub total: usize,
    pub missing: Vec<String>,
    pub changed: Vec<String>,
    /// How many were not compared, for lack of time or because they cannot be read.
    pub unread: usize,
}

/// Read at a time.
const PIECE: usize = 1 << 20;

/// Looks at listed files; `archives` are left to the loading, except whether they are there. What cannot be read within
/// `time` is not compared: the smaller files come first.
pub(super) fn observe(
    root: &Utf8Path,
    files: &[(String, String)],
    archives: &[Utf8PathBuf],
    time: Duration,
) -> Listed {
    let until = Instant::now() + time;
    let mut listed = Listed {
        total: files.len(),
        ..Listed::default()
    };
    let mut to_read = Vec::new();
    for (file, sum) in files {
        let path = root.join(file);
        let seen = fs::metadata(&path);
        if seen
            .as_ref()
            .is_err_and(|it| it.kind() == std::io::ErrorKind::NotFound)
        {
            listed.missing.push(file.clone());
        }
        // `.env` is made to be edited, by people and by Quayside.
        let is_read = path.file_name() != Some(".env") && !archives.contains(&path);
        if let Ok(meta) = seen
            && is_read
            && meta.is_file()
        {
            to_read.push((meta.len(), path, file, sum));
        }
    }
    to_read.sort_by_key(|it| it.0);
    for (_, path, file, sum) in to_read {
        match sum_of(&path, until) {
            Ok(Some(found)) if found != *sum => listed.changed.push(file.clone()),
            Ok(Some(_)) => {}
            Ok(None) | Err(_) => listed.unread += 1,
        }
    }
    listed.changed.sort();
    listed
}

/// The checksum of a file; none when that would take too long.
fn sum_of(path: &Utf8Path, until: Instant) -> std::io::Result<Option<String>> {
    let mut file = fs::File::open(path)?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; PIECE];
    loop {
        if Instant::now() > until {
            return Ok(None);
        }
        match file.read(&mut piece)? {
            0 => return Ok(Some(digest_of(hash))),
            count => hash.update(&piece[..count]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::images::archive::digest;

    #[test]
    fn large_files_are_compared_as_long_as_there_is_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
        fs::write(root.join("large"), vec![7; 9 << 20]).expect("written");
        let files = [("large".to_owned(), digest(b"other"))];
        let seen = observe(root, &files, &[], Duration::from_mins(1));
        assert_eq!((seen.changed.len(), seen.unread), (1, 0));
        let seen = observe(root, &files, &[], Duration::ZERO);
        assert_eq!((seen.changed.len(), seen.unread), (0, 1));
    }

    #[test]
    fn only_what_is_not_as_it_was_made_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
        for (name, content) in [
            ("same", "a"),
            ("other", "b"),
            (".env", "X=1\n"),
            ("image.tar", "c"),
        ] {
            fs::write(root.join(name), content).expect("written");
        }
        let a = digest(b"a");
        let names = ["same", "other", ".env", "image.tar", "gone"];
        let files: Vec<_> = names
            .iter()
            .map(|name| ((*name).to_owned(), a.clone()))
            .collect();
        let time = Duration::from_mins(1);
        let seen = observe(root, &files, &[root.join("image.tar")], time);
        assert_eq!(
            (seen.missing, seen.changed),
            (vec!["gone".to_owned()], vec!["other".to_owned()])
        );
    }
}
