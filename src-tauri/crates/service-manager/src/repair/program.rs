//! A program that is copied to where it is found, and removed again when that is taken back.

use super::files;
use crate::error::Error;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{self, ErrorKind};

/// A program as it was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Program {
    pub from: Utf8PathBuf,
    pub to: Utf8PathBuf,
    /// SHA-256 of its content, in hexadecimal.
    pub digest: String,
}

impl Program {
    /// Reads the program that would be copied.
    pub(crate) fn seen(from: &Utf8Path, to: Utf8PathBuf) -> io::Result<Self> {
        Ok(Self {
            digest: digest(from)?,
            from: from.to_owned(),
            to,
        })
    }

    /// Copies it, unless something else is there or it is not what was seen.
    pub(super) fn make(&self) -> Result<(), Error> {
        let failed = |error: io::Error| Error::file(self.to.as_str(), &error);
        match digest(&self.to) {
            Ok(there) if there == self.digest => return Ok(()),
            Ok(_) => return Err(self.changed()),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(failed(error)),
        }
        let draft = self
            .to
            .with_extension(format!("{}.tmp", std::process::id()));
        let copied = fs::copy(&self.from, &draft)
            .and_then(|_| digest(&draft))
            .map_err(failed)
            .and_then(|there| {
                if there == self.digest {
                    Ok(())
                } else {
                    Err(self.changed())
                }
            })
            .and_then(|()| files::set_mode(&draft, files::mode(&draft)?, 0o755))
            .and_then(|()| fs::rename(&draft, &self.to).map_err(failed));
        if copied.is_err() {
            let _ = fs::remove_file(&draft);
        }
        copied
    }

    /// Removes it, unless it is another one by now.
    pub(super) fn take_back(&self) -> Result<(), Error> {
        match digest(&self.to) {
            Ok(there) if there == self.digest => {
                fs::remove_file(&self.to).map_err(|error| Error::file(self.to.as_str(), &error))
            }
            Ok(_) => Err(self.changed()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(Error::file(self.to.as_str(), &error)),
        }
    }

    fn changed(&self) -> Error {
        Error::ChangedMeanwhile {
            path: self.to.to_string(),
        }
    }
}

fn digest(path: &Utf8Path) -> io::Result<String> {
    use std::fmt::Write as _;
    let mut hash = Sha256::new();
    let mut file = fs::File::open(path)?;
    let mut buffer = vec![0; 256 << 10];
    loop {
        let count = io::Read::read(&mut file, &mut buffer)?;
        if count == 0 {
            break;
        }
        hash.update(&buffer[..count]);
    }
    Ok(hash
        .finalize()
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        }))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_copied_and_taken_back_and_nothing_else_is_touched() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Utf8Path::from_path(folder.path()).unwrap();
        let from = folder.join("docker-compose-linux-x86_64");
        let to = folder.join("docker-compose");
        fs::write(&from, "a program").unwrap();
        let program = Program::seen(&from, to.clone()).unwrap();
        program.make().unwrap();
        program.make().unwrap();
        assert_eq!(files::mode(&to).unwrap(), 0o755);
        program.take_back().unwrap();
        program.take_back().unwrap();
        assert!(!to.exists());
        fs::write(&to, "somebody else's").unwrap();
        assert!(matches!(
            program.make(),
            Err(Error::ChangedMeanwhile { .. })
        ));
        assert!(matches!(
            program.take_back(),
            Err(Error::ChangedMeanwhile { .. })
        ));
        fs::remove_file(&to).unwrap();
        fs::write(&from, "exchanged meanwhile").unwrap();
        assert!(matches!(
            program.make(),
            Err(Error::ChangedMeanwhile { .. })
        ));
        assert!(!to.exists());
    }
}
