//! Packages whose services run: one busybox in one image, and whatever a bench wants of it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::json;

use crate::demo_package::archive::{WrittenLayer, write};
use crate::{apt, digest, paths};

/// Ends at once when it is asked to, as a well-behaved program does.
const FOREVER: &str = "#!/bin/sh\ntrap 'exit 0' TERM INT\nwhile :; do sleep 3600 & wait $!; done\n";

/// Makes a package of these services anew, in which `bench/tools:1.0` is the image and `forever` a program.
pub(crate) fn make(name: &str, services: &str) -> Result<PathBuf> {
    let folder = paths::target().join("bench").join(name);
    let _ = fs::remove_dir_all(&folder);
    let package = folder.join("package");
    fs::create_dir_all(package.join("images"))?;
    let layer = folder.join("layer");
    tools(&layer)?;
    let architecture = apt::architecture()?;
    write(
        &package.join(format!("images/tools-{architecture}.tar")),
        &format!("bench/tools:1.0-{architecture}"),
        &architecture,
        &json!({ "Cmd": ["forever"], "Env": ["PATH=/bin"] }),
        &[WrittenLayer {
            file: &layer,
            digest: &digest::of_file(&layer)?,
            what: "busybox",
        }],
    )?;
    fs::write(
        package.join("docker-compose.yml"),
        format!("services:\n{services}"),
    )?;
    fs::write(
        package.join(".env"),
        format!("COMPOSE_PROJECT_NAME=bench{name}\n"),
    )?;
    Ok(package)
}

fn tools(layer: &Path) -> Result<()> {
    let busybox = fs::read("/bin/busybox")
        .context("/bin/busybox is not there; the package busybox-static brings it")?;
    let mut tar = tar::Builder::new(fs::File::create(layer)?);
    for (path, content) in [
        ("bin/busybox", busybox.as_slice()),
        ("bin/forever", FOREVER.as_bytes()),
    ] {
        let mut header = header(content.len() as u64);
        tar.append_data(&mut header, path, content)?;
    }
    for applet in ["sh", "sleep", "true"] {
        let mut link = header(0);
        link.set_entry_type(tar::EntryType::Symlink);
        tar.append_link(&mut link, format!("bin/{applet}"), "busybox")?;
    }
    tar.into_inner()?;
    Ok(())
}

fn header(size: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o755);
    header.set_mtime(0);
    header
}
