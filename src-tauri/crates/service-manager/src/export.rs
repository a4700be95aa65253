//! Files that people keep: a log, a page for the binder. Written beside their place and put there when they are whole.

use crate::error::Error;
use crate::text::Text;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use std::io::{self, BufWriter, Write};

/// A file on its way; gone without a trace when it is dropped before [`Export::finish`].
#[derive(Debug)]
pub(crate) struct Export {
    path: Utf8PathBuf,
    part: Utf8PathBuf,
    file: Option<BufWriter<fs::File>>,
    bytes: u64,
}

impl Export {
    /// Begins a file where a person wants it; one that is there already they have agreed to replace. The package's own
    /// files and what is no file are refused: nobody means them.
    pub(crate) fn begin(path: &Utf8Path, package: Option<&Utf8Path>) -> Result<Self, Error> {
        let path = checked(path, package)?;
        let name = path.file_name().unwrap_or_default();
        let part = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let file = fs::File::create(&part).map_err(|error| Error::file(path.as_str(), &error))?;
        Ok(Self {
            path,
            part,
            file: Some(BufWriter::new(file)),
            bytes: 0,
        })
    }

    /// Writes more of it.
    pub(crate) fn write(&mut self, text: &str) -> Result<(), Error> {
        self.bytes += text.len() as u64;
        match &mut self.file {
            Some(file) => file.write_all(text.as_bytes()),
            None => Ok(()),
        }
        .map_err(|error| Error::file(self.path.as_str(), &error))
    }

    /// Puts it in its place; returns where that is and how many bytes it has.
    pub(crate) fn finish(mut self) -> Result<(Utf8PathBuf, u64), Error> {
        self.place()
            .map_err(|error| Error::file(self.path.as_str(), &error))?;
        Ok((self.path.clone(), self.bytes))
    }

    fn place(&mut self) -> io::Result<()> {
        if let Some(file) = self.file.take() {
            let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.sync_all()?;
        }
        fs::rename(&self.part, &self.path)
    }
}

impl Drop for Export {
    fn drop(&mut self) {
        self.file = None;
        let _ = fs::remove_file(&self.part);
    }
}

/// Returns where a file may be written that a person chose a place for.
pub(crate) fn checked(path: &Utf8Path, package: Option<&Utf8Path>) -> Result<Utf8PathBuf, Error> {
    let refuse = |reason| {
        Err(Error::CannotSave {
            path: path.to_string(),
            reason: Text::new(reason),
        })
    };
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return refuse("save-not-a-file");
    };
    if !path.is_absolute() {
        return refuse("save-not-absolute");
    }
    // Links in the folder are followed before it is compared with the package's.
    let Ok(folder) = folder.canonicalize_utf8() else {
        return refuse("save-no-folder");
    };
    let path = folder.join(name);
    match fs::symlink_metadata(&path) {
        Ok(meta) if !meta.is_file() => refuse("save-not-a-file"),
        Ok(_) if package.is_some_and(|package| path.starts_with(package)) => {
            refuse("save-package-file")
        }
        _ => Ok(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8Path::from_path(folder.path())
            .unwrap()
            .canonicalize_utf8()
            .unwrap();
        (folder, path)
    }

    #[test]
    fn a_file_appears_when_it_is_whole_and_leaves_nothing_when_it_is_not() {
        let (_keep, folder) = folder();
        let path = folder.join("a.log");
        fs::write(&path, "old").unwrap();
        let mut half = Export::begin(&path, None).unwrap();
        half.write("half").unwrap();
        drop(half);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        let mut whole = Export::begin(&path, None).unwrap();
        whole.write("new\n").unwrap();
        assert_eq!(whole.finish().unwrap(), (path.clone(), 4));
        assert_eq!(fs::read_to_string(&path).unwrap(), "new\n");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    }

    #[test]
    fn what_nobody_can_mean_is_refused() {
        let (_keep, folder) = folder();
        let package = folder.join("package");
        fs::create_dir(&package).unwrap();
        fs::write(package.join("docker-compose.yml"), "services: {}\n").unwrap();
        #[cfg(unix)]
        fs::os::unix::fs::symlink(&package, folder.join("link")).unwrap();
        let refused = |path: &str| {
            let path = if path.starts_with('/') || path.is_empty() {
                Utf8PathBuf::from(path)
            } else {
                folder.join(path)
            };
            Export::begin(&path, Some(&package)).is_err()
        };
        assert!(refused("package"), "a folder");
        assert!(refused("missing/a.log"), "a folder that is not there");
        assert!(refused("package/docker-compose.yml"), "the package's file");
        #[cfg(unix)]
        assert!(
            refused("link/docker-compose.yml"),
            "the same through a link"
        );
        #[cfg(unix)]
        assert!(refused("/dev/null") && refused("/"), "no file");
        assert!(Export::begin(Utf8Path::new("a.log"), None).is_err());
        assert!(!refused("package/handover.html"), "a new file in it");
    }
}
