//! Image archives as real programs write them, for the matrix: the engines' `docker save`, skopeo, podman and buildah
//! from Debian 12. The programs are unpacked below `target/`, never installed, and work without a network.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::apt::{self, Apt};
use crate::digest::sha256;
use crate::engines::Engine;
use crate::{paths, run, system};

const RELEASE: &str = "bookworm";
/// The programs, and the libraries and settings of theirs that a machine without them lacks.
const PACKAGES: &[&str] = &[
    "buildah",
    "conmon",
    "golang-github-containers-common",
    "golang-github-containers-image",
    "libassuan0",
    "libdevmapper1.02.1",
    "libgpgme11",
    "libsubid4",
    "podman",
    "runc",
    "skopeo",
];

/// Where the archives are, one for each maker: `skopeo-oci.tar`. The names of its images begin with `made-by-skopeo-oci/`.
pub(crate) fn folder() -> PathBuf {
    paths::target().join("archives")
}

/// Lets an engine save two images that share layers.
pub(crate) fn save_with(engine: &Engine) -> Result<()> {
    let maker = format!("docker-{}", engine.name());
    let (seed, names) = seed(&maker)?;
    let archive = folder().join(format!("{maker}.tar"));
    run::quiet(
        engine
            .command("docker")?
            .arg("load")
            .arg("--input")
            .arg(seed),
    )?;
    run::quiet(
        engine
            .command("docker")?
            .args(["save", "--output"])
            .arg(&archive)
            .args(&names),
    )?;
    run::quiet(
        engine
            .command("docker")?
            .args(["rmi", "--force"])
            .args(&names),
    )
    .map(drop)
}

/// Lets the programs that need no engine write theirs.
pub(crate) fn make() -> Result<()> {
    ensure!(
        system::is_root(),
        "podman and buildah keep the owners of files: run the matrix as root"
    );
    let makers = Makers::fetch()?;
    for (maker, target) in [
        ("skopeo-docker", "docker-archive"),
        ("skopeo-oci", "oci-archive"),
    ] {
        let (seed, names) = seed(maker)?;
        let from = format!("docker-archive:{}:{}", seed.display(), names[0]);
        let to = to(target, maker, &names[0])?;
        run::quiet(
            makers
                .command("skopeo")
                .args(["copy", "--quiet", &from, &to]),
        )?;
    }
    for (maker, format) in [
        ("podman-docker", "docker-archive"),
        ("podman-oci", "oci-archive"),
    ] {
        let (seed, names) = seed(maker)?;
        run::quiet(
            makers
                .command("podman")
                .arg("load")
                .arg("--input")
                .arg(seed),
        )?;
        let mut save = makers.command("podman");
        save.args(["save", "--format", format, "--output"])
            .arg(fresh(maker)?);
        if format == "docker-archive" {
            // The other format holds one image.
            save.arg("--multi-image-archive").args(&names);
        } else {
            save.arg(&names[0]);
        }
        run::quiet(&mut save)?;
    }
    for (maker, target, form) in [
        ("buildah-docker", "docker-archive", "docker"),
        ("buildah-oci", "oci-archive", "oci"),
    ] {
        let (seed, names) = seed(maker)?;
        let container = run::quiet(makers.command("buildah").args(["from", "scratch"]))?;
        let container = container.trim();
        let label = format!("maker={maker}");
        run::quiet(
            makers
                .command("buildah")
                .args(["copy", "--quiet", container])
                .arg(seed)
                .arg("/data"),
        )?;
        run::quiet(
            makers
                .command("buildah")
                .args(["config", "--label", &label, "--cmd", "/run", container]),
        )?;
        run::quiet(makers.command("buildah").args([
            "commit", "--quiet", "--format", form, "--rm", container, &names[0],
        ]))?;
        let to = to(target, maker, &names[0])?;
        run::quiet(
            makers
                .command("buildah")
                .args(["push", "--quiet", &names[0], &to]),
        )?;
    }
    makers.forget()
}

/// The maker's archive, not there yet: none of them writes into one that is.
fn fresh(maker: &str) -> Result<PathBuf> {
    let archive = folder().join(format!("{maker}.tar"));
    if archive.exists() {
        fs::remove_file(&archive)?;
    }
    Ok(archive)
}

fn to(target: &str, maker: &str, name: &str) -> Result<String> {
    Ok(format!("{target}:{}:{name}", fresh(maker)?.display()))
}

struct Makers {
    folder: PathBuf,
}

impl Makers {
    fn fetch() -> Result<Self> {
        let folder = paths::target().join("makers");
        let root = folder.join("root");
        if !root.join("usr/sbin/runc").exists() {
            println!("matrix: fetching {}", PACKAGES.join(", "));
            let unfinished = folder.join("unfinished");
            let _ = fs::remove_dir_all(&unfinished);
            let apt = Apt::release(Some(RELEASE))?;
            for file in apt.download(PACKAGES.iter().copied())? {
                apt::unpack(&file, &unfinished)?;
            }
            let _ = fs::remove_dir_all(&root);
            fs::rename(&unfinished, &root)?;
        }
        let makers = Self { folder };
        makers.forget()?;
        let settings = makers.folder.join("home/.config/containers");
        fs::create_dir_all(&settings)?;
        let policy = json!({ "default": [{ "type": "insecureAcceptAnything" }] });
        fs::write(settings.join("policy.json"), policy.to_string())?;
        // vfs works on every file system; the images are tiny.
        let storage = format!(
            "[storage]\ndriver = \"vfs\"\ngraphroot = \"{0}/graph\"\nrunroot = \"{0}/run\"\n",
            makers.folder.join("store").display()
        );
        fs::write(makers.folder.join("storage.conf"), storage)?;
        Ok(makers)
    }

    /// Removes what the programs stored, so that every run begins alike.
    fn forget(&self) -> Result<()> {
        let store = self.folder.join("store");
        if store.exists() {
            fs::remove_dir_all(&store).with_context(|| store.display().to_string())?;
        }
        Ok(())
    }

    fn command(&self, program: &str) -> Command {
        let root = self.folder.join("root");
        let libraries: Vec<String> = ["usr/lib", "lib"]
            .iter()
            .flat_map(|place| {
                fs::read_dir(root.join(place))
                    .into_iter()
                    .flatten()
                    .flatten()
            })
            .filter(|entry| entry.file_name().to_string_lossy().ends_with("-linux-gnu"))
            .map(|entry| entry.path().display().to_string())
            .collect();
        let mut command = run::command(root.join("usr/bin").join(program));
        command
            .env("HOME", self.folder.join("home"))
            .env("CONTAINERS_CONF", "/dev/null")
            .env("CONTAINERS_STORAGE_CONF", self.folder.join("storage.conf"))
            .env("LD_LIBRARY_PATH", libraries.join(":"))
            .env(
                "PATH",
                format!(
                    "{0}/usr/bin:{0}/usr/sbin:/usr/sbin:/usr/bin:/sbin:/bin",
                    root.display()
                ),
            );
        command
    }
}

/// Writes a docker-archive with two images that share layers, for a maker to read: one of them has a layer twice.
fn seed(maker: &str) -> Result<(PathBuf, Vec<String>)> {
    let architecture = apt::architecture()?;
    let layers: Vec<Vec<u8>> = ["base", "app", "tool"]
        .iter()
        .map(|word| layer(word, &format!("{word} of {maker}\n").repeat(900)))
        .collect::<Result<_>>()?;
    let images = [("app", vec![0, 1]), ("tool", vec![0, 2, 1, 2])];
    let mut members: Vec<(String, Vec<u8>)> = layers
        .iter()
        .map(|layer| (format!("{}/layer.tar", sha256(layer)), layer.clone()))
        .collect();
    let mut manifest: Vec<Value> = Vec::new();
    let mut names = Vec::new();
    for (image, chain) in images {
        let name = format!("made-by-{maker}/{image}:1-{architecture}");
        let ids: Vec<String> = chain.iter().map(|at| sha256(&layers[*at])).collect();
        let config = json!({
            "architecture": architecture, "os": "linux", "created": "2026-01-01T00:00:00Z",
            "config": { "Cmd": ["/run"], "Env": ["PATH=/bin"], "Labels": { "image": name } },
            "rootfs": { "type": "layers", "diff_ids": ids.iter().map(|id| format!("sha256:{id}")).collect::<Vec<_>>() },
            "history": ids.iter().map(|_| json!({ "created": "2026-01-01T00:00:00Z" })).collect::<Vec<_>>(),
        })
        .to_string();
        let config_name = format!("{}.json", sha256(config.as_bytes()));
        let files: Vec<String> = ids.iter().map(|id| format!("{id}/layer.tar")).collect();
        manifest.push(json!({ "Config": config_name, "RepoTags": [name], "Layers": files }));
        members.push((config_name, config.into_bytes()));
        names.push(name);
    }
    members.push((
        "manifest.json".into(),
        json!(manifest).to_string().into_bytes(),
    ));
    let path = folder().join("seeds").join(format!("{maker}.tar"));
    fs::create_dir_all(path.parent().context("a file has a folder")?)?;
    fs::write(&path, tar_of(&members)?)?;
    Ok((path, names))
}

fn layer(name: &str, content: &str) -> Result<Vec<u8>> {
    tar_of(&[(name.to_owned(), content.as_bytes().to_vec())])
}

fn tar_of(members: &[(String, Vec<u8>)]) -> Result<Vec<u8>> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        tar.append_data(&mut header, Path::new(name), content.as_slice())?;
    }
    let mut tar = tar.into_inner()?;
    tar.flush()?;
    Ok(tar)
}
