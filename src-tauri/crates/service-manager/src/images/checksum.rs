//! Whether the archives that are sent are the files the vendor made, where the package says so (`checksums` in
//! `quayside.yaml`). Read beside the sending, because both take as long as the disk.

use super::archive::{Archive, digest_of};
use fs_err::File;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Why an archive is not to be trusted.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum ChecksumError {
    #[error("the file is not the one the vendor made: it is {found}")]
    Different { found: String },
    #[error("{0}")]
    Unreadable(String),
}

type Answer = Shared<BoxFuture<'static, Result<(), ChecksumError>>>;

/// Checksums that are being computed; dropping it ends that.
pub(crate) struct Checksums {
    answers: BTreeMap<usize, Answer>,
    stop: Arc<AtomicBool>,
}

impl Checksums {
    /// Begins with those of `wanted`, by their index, that have one.
    pub(crate) fn begin(archives: &Arc<Vec<Archive>>, wanted: &BTreeSet<usize>) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let answers = wanted
            .iter()
            .filter(|at| archives[**at].checksum.is_some())
            .map(|at| (*at, answer(Arc::clone(archives), *at, Arc::clone(&stop))))
            .collect();
        Self { answers, stop }
    }

    /// Waits for an archive's; one that has none is fine.
    pub(crate) async fn hold(&self, archive: usize) -> Result<(), ChecksumError> {
        match self.answers.get(&archive) {
            Some(answer) => answer.clone().await,
            None => Ok(()),
        }
    }
}

impl Drop for Checksums {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

fn answer(archives: Arc<Vec<Archive>>, at: usize, stop: Arc<AtomicBool>) -> Answer {
    let work = tokio::task::spawn_blocking(move || compare(&archives[at], &stop));
    async move {
        work.await
            .map_err(|error| ChecksumError::Unreadable(error.to_string()))?
    }
    .boxed()
    .shared()
}

fn compare(archive: &Archive, stop: &AtomicBool) -> Result<(), ChecksumError> {
    let found = sum(archive, stop).map_err(|error| ChecksumError::Unreadable(error.to_string()))?;
    if archive.checksum.as_ref() == Some(&found) {
        return Ok(());
    }
    Err(ChecksumError::Different { found })
}

fn sum(archive: &Archive, stop: &AtomicBool) -> io::Result<String> {
    let mut file = File::open(&archive.path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        if stop.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        match file.read(&mut buffer)? {
            0 => return Ok(digest_of(hash)),
            count => hash.update(&buffer[..count]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use camino::Utf8Path;

    #[tokio::test]
    async fn only_the_vendors_own_file_holds() {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8Path::from_path(folder.path()).unwrap().join("a.tar");
        fs_err::write(&path, "abc").unwrap();
        let archive = |checksum: Option<&str>| Archive {
            path: path.clone(),
            checksum: checksum.map(str::to_owned),
            ..Archive::default()
        };
        let abc = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let archives = vec![archive(Some(abc)), archive(Some("00")), archive(None)];
        let checksums = Checksums::begin(&Arc::new(archives), &[0, 1, 2].into());
        checksums.hold(0).await.unwrap();
        checksums.hold(2).await.unwrap();
        for _ in 0..2 {
            let error = checksums.hold(1).await.unwrap_err();
            assert!(matches!(error, ChecksumError::Different { found } if found == abc));
        }
    }
}
