//! The vendor's list of files (`checksums` in `quayside.yaml`): what is missing, and what is not as it was made. Images
//! are compared while they are loaded.

use crate::images::archive::digest;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;

/// The listed files that are not as the vendor made them, by their path in the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Listed {
    pub total: usize,
    pub missing: Vec<String>,
    pub changed: Vec<String>,
}

/// What is larger is not read for a check; its checksum is compared when it is loaded.
const LARGEST: u64 = 4 << 20;

/// Looks at listed files; `archives` are left to the loading, except whether they are there.
pub(super) fn observe(
    root: &Utf8Path,
    files: &[(String, String)],
    archives: &[Utf8PathBuf],
) -> Listed {
    let mut listed = Listed {
        total: files.len(),
        ..Listed::default()
    };
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
        if is_read
            && seen.is_ok_and(|meta| meta.is_file() && meta.len() <= LARGEST)
            && fs::read(&path).is_ok_and(|content| digest(&content) != *sum)
        {
            listed.changed.push(file.clone());
        }
    }
    listed
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let seen = observe(root, &files, &[root.join("image.tar")]);
        assert_eq!(
            (seen.missing, seen.changed),
            (vec!["gone".to_owned()], vec!["other".to_owned()])
        );
    }
}
