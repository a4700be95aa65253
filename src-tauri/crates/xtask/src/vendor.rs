//! `cargo xtask vendor`: the page's few libraries, as npm publishes them, in `ui/vendor/`.
//!
//! The page has no build step, so what ships must lie in the tree. `README.md` beside the files names
//! versions, licences and SHA-256; `--check` compares, so that nobody edits a vendored file unnoticed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::digest::sha256;
use crate::{paths, run};

struct Library {
    name: &'static str,
    version: &'static str,
    licence: &'static str,
    folder: &'static str,
    /// (path in the published package, name in our folder)
    files: &'static [(&'static str, &'static str)],
    /// Whole folders, every file but source maps: (path in the package).
    folders: &'static [&'static str],
    /// Files we add: (name, text).
    ours: &'static [(&'static str, &'static str)],
}

const LIBRARIES: &[Library] = &[
    Library {
        name: "preact",
        version: "11.2.0",
        licence: "MIT",
        folder: "preact",
        files: &[
            ("dist/preact.mjs", "preact.mjs"),
            ("src/index.d.ts", "index.d.ts"),
            ("src/jsx.d.ts", "jsx.d.ts"),
            ("src/dom.d.ts", "dom.d.ts"),
            ("LICENSE", "LICENSE"),
        ],
        folders: &[],
        // TypeScript looks for `preact.d.mts` beside `preact.mjs`.
        ours: &[("preact.d.mts", "export * from './index';\n")],
    },
    Library {
        name: "htm",
        version: "3.1.1",
        licence: "Apache-2.0",
        folder: "htm",
        files: &[
            ("dist/htm.mjs", "htm.mjs"),
            ("dist/htm.d.ts", "htm.d.mts"),
            ("LICENSE", "LICENSE"),
        ],
        folders: &[],
        ours: &[],
    },
    Library {
        name: "@fluent/bundle",
        version: "0.19.1",
        licence: "Apache-2.0",
        folder: "fluent",
        files: &[],
        folders: &["esm"],
        ours: &[],
    },
];

fn vendor_dir() -> PathBuf {
    paths::root().join("ui/vendor")
}

/// Fetches every library anew and writes the README.
pub(crate) fn refresh() -> Result<()> {
    let vendor = vendor_dir();
    let downloads = paths::target().join("vendor");
    fs::create_dir_all(&downloads)?;
    for library in LIBRARIES {
        println!("vendor: {} {}", library.name, library.version);
        let package = fetch(library, &downloads)?;
        let folder = vendor.join(library.folder);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder)?;
        for (from, to) in library.files {
            copy(&package.join(from), &folder.join(to))?;
        }
        for from in library.folders {
            for file in files_below(&package.join(from))? {
                if file.extension().is_none_or(|extension| extension != "map") {
                    let name = file.strip_prefix(package.join(from))?;
                    copy(&file, &folder.join(name))?;
                }
            }
        }
        for (name, text) in library.ours {
            fs::write(folder.join(name), text)?;
        }
    }
    fs::write(vendor.join("README.md"), readme()?)?;
    check()
}

/// Compares every file with its SHA-256 in the README.
pub(crate) fn check() -> Result<()> {
    let readme_path = vendor_dir().join("README.md");
    let text = fs::read_to_string(&readme_path)
        .with_context(|| format!("cannot read {}", readme_path.display()))?;
    let listed = listed(&text);
    let found = found()?;
    let mut wrong = Vec::new();
    for (name, digest) in &listed {
        match found.get(name) {
            None => wrong.push(format!("{name}: listed, but missing")),
            Some(other) if other != digest => wrong.push(format!("{name}: changed")),
            Some(_) => {}
        }
    }
    for name in found.keys().filter(|name| !listed.contains_key(*name)) {
        wrong.push(format!("{name}: not listed"));
    }
    ensure!(!listed.is_empty(), "ui/vendor/README.md lists no files");
    if !wrong.is_empty() {
        bail!(
            "ui/vendor differs from its README.md:\n  {}",
            wrong.join("\n  ")
        );
    }
    println!("vendor: {} files are as listed", listed.len());
    Ok(())
}

/// Downloads and unpacks one package; answers its folder.
fn fetch(library: &Library, downloads: &Path) -> Result<PathBuf> {
    let spec = format!("{}@{}", library.name, library.version);
    let folder = downloads.join(format!("{}-{}", library.folder, library.version));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let archive = run::quiet(
        run::command("npm")
            .args(["pack", "--silent", &spec, "--pack-destination"])
            .arg(&folder),
    )?;
    let archive = folder.join(archive.trim());
    run::quiet(
        run::command("tar")
            .arg("-xzf")
            .arg(&archive)
            .arg("-C")
            .arg(&folder),
    )?;
    Ok(folder.join("package"))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let bytes = fs::read(from).with_context(|| format!("cannot read {}", from.display()))?;
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(to, bytes).with_context(|| format!("cannot write {}", to.display()))
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The digest of every vendored file, by its path below `ui/vendor`.
fn found() -> Result<BTreeMap<String, String>> {
    let vendor = vendor_dir();
    let mut found = BTreeMap::new();
    for file in files_below(&vendor)? {
        let name = file.strip_prefix(&vendor)?.to_string_lossy().into_owned();
        if name != "README.md" {
            found.insert(name, sha256(&fs::read(&file)?));
        }
    }
    Ok(found)
}

/// The README's rows: `| preact/preact.mjs | <64 hexadecimal digits> |`.
fn listed(readme: &str) -> BTreeMap<String, String> {
    readme
        .lines()
        .filter_map(|line| {
            let mut cells = line
                .trim_matches('|')
                .split('|')
                .map(|cell| cell.trim_matches([' ', '`']));
            let (name, digest) = (cells.next()?, cells.next()?);
            let is_digest = digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit());
            is_digest.then(|| (name.to_owned(), digest.to_owned()))
        })
        .collect()
}

fn readme() -> Result<String> {
    let mut text = String::from(
        "# Vendored libraries\n\nThe page's libraries, as npm publishes them. `cargo xtask vendor` fetches them anew, \
         `cargo xtask vendor --check` compares them\nwith the digests below. Do not edit them, nor this file.\n\n\
         | library | version | licence | folder |\n|---|---|---|---|\n",
    );
    for library in LIBRARIES {
        writeln!(
            text,
            "| {} | {} | {} | `{}/` |",
            library.name, library.version, library.licence, library.folder
        )?;
    }
    text.push_str(
        "\nRenamed so that TypeScript finds them: `htm/htm.d.mts` (published as `htm.d.ts`). Written by us: \
         `preact/preact.d.mts`.\n@fluent/bundle publishes no licence file; its licence is the text in `LICENSE` at the root.\n\n\
         | file | SHA-256 |\n|---|---|\n",
    );
    for (name, digest) in found()? {
        writeln!(text, "| `{name}` | `{digest}` |")?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_its_own_rows_and_nothing_else() {
        let digest = "a".repeat(64);
        let text = format!("| file | SHA-256 |\n|---|---|\n| `htm/htm.mjs` | `{digest}` |\n");
        assert_eq!(
            listed(&text),
            BTreeMap::from([("htm/htm.mjs".to_owned(), digest)])
        );
    }
}
