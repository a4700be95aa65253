//! What is loaded: images of real files, as large and as related as a vendor's are.
//!
//! Three images share two layers, as three services on one runtime do:
//! A = base + runtime + large + app, B and C = base + runtime + their own + app; about 1.9 GB in three archives, 1.06 GB
//! of it unique. A2 is A with another app layer. The files are this machine's own (`/usr` without its documents), in
//! the order of their names, so the numbers of two machines are not comparable, and those of one machine are.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::demo_package::archive::{WrittenLayer, write};
use crate::{apt, digest, paths, run};

/// Layers and their sizes in MB.
const LAYERS: &[(&str, u64)] = &[
    ("base", 204),
    ("runtime", 201),
    ("large", 271),
    ("left", 180),
    ("right", 169),
    ("app-a", 10),
    ("app-b", 10),
    ("app-c", 10),
    ("app-a2", 10),
];

const IMAGES: &[(&str, &[&str])] = &[
    ("a", &["base", "runtime", "large", "app-a"]),
    ("b", &["base", "runtime", "left", "app-b"]),
    ("c", &["base", "runtime", "right", "app-c"]),
    ("a2", &["base", "runtime", "large", "app-a2"]),
];

/// How the archives are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Raw,
    Gzip,
    Zstd,
}

impl Packing {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Raw => "raw",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Raw => "tar",
            Self::Gzip => "tar.gz",
            Self::Zstd => "tar.zst",
        }
    }
}

/// Makes the archives that are missing, below `target/bench/`.
pub(crate) fn make() -> Result<()> {
    let folder = folder();
    fs::create_dir_all(&folder)?;
    let stamp = folder.join("made");
    let recipe = digest::sha256(include_bytes!("workload.rs"));
    if fs::read_to_string(&stamp).is_ok_and(|made| made == recipe) {
        return Ok(());
    }
    println!("bench: making the workload from this machine's files (some minutes, once)");
    let mut files = files().into_iter();
    for (name, megabytes) in LAYERS {
        layer(name, megabytes << 20, &mut files)?;
    }
    for (name, layers) in IMAGES {
        image(name, layers)?;
    }
    fs::write(stamp, recipe)?;
    Ok(())
}

/// A package of some of the images, and its archives: links, so that nothing is copied.
pub(crate) fn package(images: &[&str], packing: Packing) -> Result<(PathBuf, Vec<PathBuf>)> {
    let package = folder().join(format!("package-{}-{}", images.join(""), packing.name()));
    let _ = fs::remove_dir_all(&package);
    fs::create_dir_all(package.join("images"))?;
    let mut compose = String::from("services:\n");
    let mut archives = Vec::new();
    for name in images {
        // A2 is the next version of A: the same name with other content.
        let service = name.trim_end_matches('2');
        writeln!(compose, "  {service}:\n    image: bench/{service}:latest")?;
        let archive = archive(name, packing);
        let link = package
            .join("images")
            .join(format!("{service}-amd64.{}", packing.ending()));
        fs::hard_link(&archive, &link)?;
        archives.push(link);
    }
    fs::write(package.join("compose.yaml"), compose)?;
    Ok((package, archives))
}

fn folder() -> PathBuf {
    paths::target().join("bench")
}

fn archive(image: &str, packing: Packing) -> PathBuf {
    folder().join(format!("{image}.{}", packing.ending()))
}

/// Regular files with their sizes, sorted by name; tiny ones make tar headers, huge ones make no layer.
fn files() -> Vec<(PathBuf, u64)> {
    let mut found = Vec::new();
    collect(Path::new("/usr"), &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, found: &mut Vec<(PathBuf, u64)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let Ok(meta) = fs::symlink_metadata(&path) else {
            continue;
        };
        if meta.is_dir() && path.ends_with("share/doc") {
            // Hundreds of thousands of tiny pages, which no vendor ships.
        } else if meta.is_dir() {
            collect(&path, found);
        } else if meta.is_file() && (1..100 << 20).contains(&meta.size()) {
            found.push((path, meta.size()));
        }
    }
}

fn layer(name: &str, bytes: u64, files: &mut impl Iterator<Item = (PathBuf, u64)>) -> Result<()> {
    let mut list = String::new();
    let mut total = 0;
    while total < bytes {
        let (path, size) = files
            .next()
            .context("this machine has too few files for the workload")?;
        if total + size > bytes + (1 << 20) {
            continue;
        }
        writeln!(list, "{}", path.display())?;
        total += size;
    }
    let names = folder().join(format!("{name}.list"));
    fs::write(&names, list)?;
    run::quiet(
        run::command("tar")
            .args([
                "--create",
                "--absolute-names",
                "--no-recursion",
                "--format=gnu",
            ])
            .args(["--mtime=@0", "--owner=0", "--group=0", "--transform=s,^/,,"])
            .arg("--file")
            .arg(folder().join(format!("{name}.layer")))
            .arg("--files-from")
            .arg(names),
    )?;
    Ok(())
}

fn image(name: &str, layers: &[&str]) -> Result<()> {
    let written: Vec<(PathBuf, String)> = layers
        .iter()
        .map(|layer| {
            let file = folder().join(format!("{layer}.layer"));
            let digest = digest::of_file(&file)?;
            Ok((file, digest))
        })
        .collect::<Result<_>>()?;
    let layers: Vec<WrittenLayer<'_>> = written
        .iter()
        .zip(layers)
        .map(|((file, digest), what)| WrittenLayer { file, digest, what })
        .collect();
    let service = name.trim_end_matches('2');
    let raw = archive(name, Packing::Raw);
    write(
        &raw,
        &format!("bench/{service}:latest-amd64"),
        &apt::architecture()?,
        &json!({ "Cmd": ["/bin/true"] }),
        &layers,
    )?;
    for (packing, program, arguments) in [
        (Packing::Gzip, "gzip", &["--keep", "--force", "--fast"][..]),
        (
            Packing::Zstd,
            "zstd",
            &["--quiet", "--force", "-T0", "-3"][..],
        ),
    ] {
        run::quiet(run::command(program).args(arguments).arg(&raw))?;
        let made = archive(name, packing);
        ensure!(made.exists(), "{program} did not make {}", made.display());
    }
    Ok(())
}
