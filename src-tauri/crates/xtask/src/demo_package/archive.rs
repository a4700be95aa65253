//! Image archives as `docker save` writes them, without an engine.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};
use tar::{EntryType, Header};

use crate::digest::sha256;

/// A layer that has been written: its file and digest.
pub(crate) struct WrittenLayer<'a> {
    pub(crate) file: &'a Path,
    pub(crate) digest: &'a str,
    pub(crate) what: &'a str,
}

/// Writes one image with its tag and layers; `config` is the part that says how to run it.
pub(crate) fn write(
    archive: &Path,
    tag: &str,
    architecture: &str,
    config: &Value,
    layers: &[WrittenLayer],
) -> Result<()> {
    const CREATED: &str = "2026-01-01T00:00:00Z";
    let image = json!({
        "architecture": architecture,
        "os": "linux",
        "created": CREATED,
        "config": config,
        "rootfs": {
            "type": "layers",
            "diff_ids": layers.iter().map(|l| format!("sha256:{}", l.digest)).collect::<Vec<_>>(),
        },
        "history": layers.iter().map(|l| json!({"created": CREATED, "created_by": l.what})).collect::<Vec<_>>(),
    })
    .to_string();
    let image_name = format!("{}.json", sha256(image.as_bytes()));
    let layer_names: Vec<String> = layers
        .iter()
        .map(|layer| format!("{}/layer.tar", layer.digest))
        .collect();
    let manifest =
        json!([{"Config": image_name, "RepoTags": [tag], "Layers": layer_names}]).to_string();

    let mut tar = tar::Builder::new(BufWriter::new(fs::File::create(archive)?));
    for (layer, name) in layers.iter().zip(&layer_names) {
        let mut folder = header(0, 0o755);
        folder.set_entry_type(EntryType::Directory);
        tar.append_data(&mut folder, format!("{}/", layer.digest), std::io::empty())?;
        let file = fs::File::open(layer.file)?;
        tar.append_data(&mut header(file.metadata()?.len(), 0o644), name, file)?;
    }
    for (name, text) in [(image_name.as_str(), &image), ("manifest.json", &manifest)] {
        tar.append_data(&mut header(text.len() as u64, 0o644), name, text.as_bytes())?;
    }
    tar.into_inner()?.flush()?;
    Ok(())
}

fn header(size: u64, mode: u32) -> Header {
    let mut header = Header::new_gnu();
    header.set_size(size);
    header.set_mode(mode);
    header.set_mtime(0);
    header.set_uid(0);
    header.set_gid(0);
    header
}
