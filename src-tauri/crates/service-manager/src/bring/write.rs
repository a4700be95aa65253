//! Writing one file: hashed on the way, read back from the disk, and only then given its name.

use super::Work;
use crate::error::Error;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use sha2::{Digest, Sha256};
use std::io::{Read, Write};
use std::time::SystemTime;

const BUFFER: usize = 1 << 20;

/// What was made, so that it can be taken away again.
#[derive(Debug, Default)]
pub(super) struct Made {
    paths: Vec<Utf8PathBuf>,
}

impl Made {
    /// Makes folders that are missing.
    pub(super) fn folders(&mut self, path: &Utf8Path) -> Result<(), Error> {
        for folder in crate::repair::missing_folders(path) {
            fs::create_dir(&folder).map_err(|error| Error::file(folder.as_str(), &error))?;
            self.paths.push(folder);
        }
        Ok(())
    }

    pub(super) fn add(&mut self, path: &Utf8Path) {
        self.paths.push(path.to_owned());
    }

    /// Takes away what was made, and nothing else: a folder with something foreign in it stays.
    pub(super) fn take_away(&mut self) {
        for path in self.paths.drain(..).rev() {
            let _ = fs::remove_file(&path).or_else(|_| fs::remove_dir(&path));
        }
    }
}

/// How a file is to be.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wanted {
    /// Permission bits; none where the medium knows none.
    pub mode: Option<u32>,
    pub modified: Option<SystemTime>,
    /// No more than so many bytes, which is what is free.
    pub room: u64,
}

/// Writes what is read to a new file. What begins like a program can be executed afterwards: media and archives of
/// Windows lose that.
pub(super) fn file(
    path: &Utf8Path,
    from: &mut dyn Read,
    wanted: Wanted,
    work: &Work,
) -> Result<u64, Error> {
    let failed = |error: std::io::Error| Error::file(path.as_str(), &error);
    let part = Utf8PathBuf::from(format!("{path}.part"));
    let written = (|| {
        let mut file = fs::File::create(&part).map_err(failed)?;
        let (mut hash, mut count) = (Sha256::new(), 0_u64);
        let mut begins = Vec::new();
        let mut buffer = vec![0; BUFFER];
        loop {
            let read = match from.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(broken(path, &error)),
            };
            if begins.len() < 4 {
                begins.extend_from_slice(&buffer[..read.min(4)]);
            }
            count += read as u64;
            if count > wanted.room {
                return Err(Error::Disk {
                    path: path.to_string(),
                    needed: count + super::MARGIN,
                    free: wanted.room + super::MARGIN,
                });
            }
            hash.update(&buffer[..read]);
            file.write_all(&buffer[..read]).map_err(failed)?;
            work.more(read as u64, path.file_name().unwrap_or_default())?;
        }
        file.sync_all().map_err(failed)?;
        forget(&file);
        drop(file);
        if hash.finalize() != digest(&part, work)? {
            return Err(Error::CopyDiffers {
                path: path.to_string(),
            });
        }
        finish(&part, is_program(&begins), wanted).map_err(failed)?;
        fs::rename(&part, path).map_err(failed)?;
        Ok(count)
    })();
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    written
}

/// What cannot be read from an archive is the archive's fault; from a disk, the disk's.
fn broken(path: &Utf8Path, error: &std::io::Error) -> Error {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::InvalidData
        | ErrorKind::InvalidInput
        | ErrorKind::UnexpectedEof
        | ErrorKind::Other => Error::PackedUnusable {
            path: path.to_string(),
            reason: crate::text::Text::new("packed-damaged").with("detail", error.to_string()),
        },
        _ => Error::file(path.as_str(), error),
    }
}

fn is_program(begins: &[u8]) -> bool {
    begins.starts_with(b"#!") || begins.starts_with(b"\x7fELF")
}

/// What is read back must come from the disk, not from memory.
#[cfg(target_os = "linux")]
fn forget(file: &fs::File) {
    let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed);
}

#[cfg(not(target_os = "linux"))]
const fn forget(_: &fs::File) {}

fn digest(path: &Utf8Path, work: &Work) -> Result<sha2::digest::Output<Sha256>, Error> {
    let failed = |error: std::io::Error| Error::file(path.as_str(), &error);
    let mut file = fs::File::open(path).map_err(failed)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; BUFFER];
    loop {
        match file.read(&mut buffer).map_err(failed)? {
            0 => return Ok(hash.finalize()),
            read => hash.update(&buffer[..read]),
        }
        work.more(0, path.file_name().unwrap_or_default())?;
    }
}

fn finish(path: &Utf8Path, is_program: bool, wanted: Wanted) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Whoever packed it, only its owner writes to it here.
        let mode = wanted.mode.unwrap_or(0o644) & 0o755 | 0o600;
        let runs = if is_program { (mode & 0o444) >> 2 } else { 0 };
        fs::set_permissions(path, PermissionsExt::from_mode(mode | runs))?;
    }
    #[cfg(not(unix))]
    let _ = is_program;
    if let Some(modified) = wanted.modified {
        let times = std::fs::FileTimes::new().set_modified(modified);
        fs::OpenOptions::new()
            .write(true)
            .open(path)?
            .set_times(times)?;
    }
    Ok(())
}
