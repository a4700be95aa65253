//! `cargo xtask demo-package`: the package a person sees first, made of real programs without a registry.
//!
//! `demo/package/` is copied as it is; `demo/app/` goes into the backend's image. Made again only when
//! one of those or this recipe changes.

pub(crate) mod archive;
pub(crate) mod images;
pub(crate) mod layer;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};

use crate::digest::sha256;
use crate::{apt, paths, system};

/// Makes the package a person deploys, unless it is there, and answers its folder.
pub(crate) fn make() -> Result<PathBuf> {
    let pristine = pristine()?;
    let package = paths::target().join("demo-package");
    let stamp = work().join("recipe-of-copy");
    let recipe = recipe()?;
    if !is_made(&stamp, &recipe, &package) {
        // Data and logs of an earlier demo stay: a database's files are somebody's, even here.
        for entry in ["images", "config", "script"] {
            let _ = fs::remove_dir_all(package.join(entry));
        }
        copy(&pristine, &package)?;
        fs::write(&stamp, recipe)?;
    }
    println!("demo package: {}", package.display());
    Ok(package)
}

/// The package as a vendor hands it over, which nobody deploys: for tests to copy.
pub(crate) fn pristine() -> Result<PathBuf> {
    let _lock = paths::lock(&work())?;
    let package = work().join("package");
    let stamp = work().join("recipe");
    let recipe = recipe()?;
    if is_made(&stamp, &recipe, &package) {
        return Ok(package);
    }
    let begun = Instant::now();
    println!(
        "demo package: building four images from {} packages",
        system::pretty_name()
    );
    let _ = fs::remove_dir_all(&package);
    copy(&sources().join("package"), &package)?;
    let archives = package.join("images");
    fs::create_dir_all(&archives)?;
    images::build(&work(), &archives, &sources().join("app"))?;
    fs::write(&stamp, recipe)?;
    println!("demo package: built in {} s", begun.elapsed().as_secs());
    Ok(package)
}

fn is_made(stamp: &Path, recipe: &str, package: &Path) -> bool {
    fs::read_to_string(stamp).is_ok_and(|made| made == recipe)
        && package.join("docker-compose.yml").exists()
}

/// Where the package is built, and what is unpacked on the way.
fn work() -> PathBuf {
    paths::target().join("demo-package-work")
}

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("demo")
}

/// Everything the result depends on, in one word.
fn recipe() -> Result<String> {
    let mut all = format!("{} {}\n", system::codename()?, apt::architecture()?);
    for source in [
        include_str!("images.rs"),
        include_str!("layer.rs"),
        include_str!("archive.rs"),
    ] {
        all.push_str(source);
    }
    add_texts(&sources(), &mut all)?;
    Ok(sha256(all.as_bytes()))
}

fn add_texts(folder: &Path, all: &mut String) -> Result<()> {
    let mut paths: Vec<_> = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            add_texts(&path, all)?;
        } else {
            all.push_str(&path.to_string_lossy());
            all.push_str(&fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

/// Copies a tree; no file is executable, as after a trip through a FAT-formatted stick.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
            fs::set_permissions(&target, fs::Permissions::from_mode(0o644))?;
        }
    }
    Ok(())
}
