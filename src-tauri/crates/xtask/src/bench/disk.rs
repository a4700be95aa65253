//! A file system of its own for the engine that is measured, made anew before every run.
//!
//! Removing an engine's files instead would be measured too: an ext4 without a journal looks for minutes at every inode
//! that was lately freed before it gives out one (`recently_deleted` in fs/ext4/ialloc.c), and unpacking a layer of
//! 30 000 files took 1 s on a new file system and 18 s after a removal.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use crate::engines::Engine;
use crate::{paths, run, system};

/// More than any case needs; the file is sparse.
const BYTES: u64 = 24 << 30;

/// The engine's data folder on a file system of its own, until it is dropped.
pub(super) struct Disk<'a> {
    engine: &'a Engine,
    file: PathBuf,
}

impl<'a> Disk<'a> {
    /// Takes the engine down and its data away.
    pub(super) fn of(engine: &'a Engine) -> Result<Self> {
        let file = paths::target().join(format!("bench/{}.disk", engine.name()));
        let disk = Self { engine, file };
        // One that a bench left behind that was killed.
        disk.away()?;
        engine.down(true)?;
        Ok(disk)
    }

    /// Starts the engine with nothing on its disk.
    pub(super) fn fresh(&self) -> Result<()> {
        self.away()?;
        fs::File::create(&self.file)?.set_len(BYTES)?;
        run::quiet(
            system::as_root("mkfs.ext4")
                .args(["-q", "-F"])
                .arg(&self.file),
        )?;
        run::quiet(
            system::as_root("mkdir")
                .arg("-p")
                .arg(self.engine.data_folder()),
        )?;
        run::quiet(
            system::as_root("mount")
                .args(["-o", "loop"])
                .arg(&self.file)
                .arg(self.engine.data_folder()),
        )?;
        self.engine.up(false)
    }

    fn away(&self) -> Result<()> {
        self.engine.down(false)?;
        let folder = self.engine.data_folder();
        if run::succeeds(system::as_root("mountpoint").arg("-q").arg(&folder)) {
            run::quiet(system::as_root("umount").arg(&folder))?;
        }
        match fs::remove_file(&self.file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.away() {
            eprintln!("bench: {} stays: {error:#}", self.file.display());
        }
    }
}
