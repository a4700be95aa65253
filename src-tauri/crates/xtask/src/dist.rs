//! `cargo xtask dist`: the package for users, window and command line in one `.deb`.
//!
//! Made with dpkg's own tools: a tree, a control file, and `dpkg-shlibdeps` for what the programs link with.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::setup::{Group, setup};
use crate::{apt, paths, run};

const VERSION: &str = env!("CARGO_PKG_VERSION");

const DESKTOP_ENTRY: &str = "[Desktop Entry]
Type=Application
Name=Quayside
Name[zh_CN]=Quayside
Comment=Deploys an offline Docker Compose package and shows how it runs
Comment[zh_CN]=部署离线 Docker Compose 软件包并显示运行状态
Exec=quayside
Icon=quayside
Terminal=false
Categories=System;Utility;
Keywords=Docker;Compose;deploy;offline;
";

/// Builds for release and answers the package.
pub(crate) fn dist() -> Result<PathBuf> {
    setup(&[Group::Window])?;
    println!("dist: building for release");
    run::cargo(&["build", "--release", "--package", "quayside-cli"])?;
    // Without this feature Tauri would look for a development server.
    run::cargo(&[
        "build",
        "--release",
        "--package",
        "quayside",
        "--features",
        "tauri/custom-protocol",
    ])?;

    let folder = paths::target().join("dist");
    let tree = folder.join("tree");
    let _ = fs::remove_dir_all(&tree);
    let programs = ["quayside", "quayside-cli"].map(|program| tree.join("usr/bin").join(program));
    for program in &programs {
        let name = program
            .file_name()
            .context("a program has a name")?
            .to_string_lossy();
        install(&fs::read(paths::built("release", &name))?, program, 0o755)?;
    }
    install(
        DESKTOP_ENTRY.as_bytes(),
        &tree.join("usr/share/applications/quayside.desktop"),
        0o644,
    )?;
    icons(&tree)?;
    completions(&tree)?;
    documents(&tree)?;
    control(&tree, &programs, &folder)?;

    let package = folder.join(format!("quayside_{VERSION}_{}.deb", apt::architecture()?));
    run::quiet(
        run::command("dpkg-deb")
            .args(["--root-owner-group", "--build"])
            .arg(&tree)
            .arg(&package),
    )?;
    let size = fs::metadata(&package)?.len() / 1_000_000;
    println!("dist: {} ({size} MB)", package.display());
    Ok(package)
}

fn install(bytes: &[u8], to: &Path, mode: u32) -> Result<()> {
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(to, bytes).with_context(|| format!("cannot write {}", to.display()))?;
    fs::set_permissions(to, fs::Permissions::from_mode(mode))?;
    Ok(())
}

/// Every picture in `icons/` but the tray's by its own size, and the drawing they were made from.
fn icons(tree: &Path) -> Result<()> {
    let hicolor = tree.join("usr/share/icons/hicolor");
    let mut found = 0;
    for entry in fs::read_dir(paths::root().join("icons"))? {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let bytes = fs::read(&path).unwrap_or_default();
        if name == "source.svg" {
            install(&bytes, &hicolor.join("scalable/apps/quayside.svg"), 0o644)?;
        } else if !name.starts_with("tray") && path.extension() == Some("png".as_ref()) {
            let width = png_width(&bytes).with_context(|| format!("{name} is no PNG"))?;
            let place = hicolor.join(format!("{width}x{width}/apps/quayside.png"));
            install(&bytes, &place, 0o644)?;
            found += 1;
        }
    }
    ensure!(found > 0, "icons/ holds no PNG");
    Ok(())
}

/// The width stands in the first chunk, which follows the eight bytes of the signature.
fn png_width(bytes: &[u8]) -> Option<u32> {
    let width = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?.get(8..12)?;
    Some(u32::from_be_bytes(width.try_into().ok()?))
}

fn completions(tree: &Path) -> Result<()> {
    for (shell, place) in [
        ("bash", "bash-completion/completions/quayside-cli"),
        ("zsh", "zsh/vendor-completions/_quayside-cli"),
        ("fish", "fish/vendor_completions.d/quayside-cli.fish"),
    ] {
        let cli = paths::built("release", "quayside-cli");
        let text = run::quiet(run::command(cli).args(["completions", shell]))?;
        install(text.as_bytes(), &tree.join("usr/share").join(place), 0o644)?;
    }
    Ok(())
}

fn documents(tree: &Path) -> Result<()> {
    let documents = tree.join("usr/share/doc/quayside");
    for name in ["LICENSE", "README.md", "CHANGELOG.md"] {
        let from = paths::root().join(name);
        if from.exists() {
            let to = if name == "LICENSE" { "copyright" } else { name };
            install(&fs::read(from)?, &documents.join(to), 0o644)?;
        }
    }
    Ok(())
}

fn control(tree: &Path, programs: &[PathBuf], folder: &Path) -> Result<()> {
    // dpkg-shlibdeps wants to see a source package, however small.
    fs::create_dir_all(folder.join("debian"))?;
    fs::write(
        folder.join("debian/control"),
        "Source: quayside\n\nPackage: quayside\nArchitecture: any\n",
    )?;
    let found = run::quiet(
        run::command("dpkg-shlibdeps")
            .current_dir(folder)
            .arg("-O")
            .args(programs),
    )?;
    let depends = found
        .lines()
        .find_map(|line| line.strip_prefix("shlibs:Depends="))
        .context("dpkg-shlibdeps found nothing")?;
    let installed = run::quiet(run::command("du").args(["--summarize", "-k"]).arg(tree))?;
    let installed = installed.split_whitespace().next().unwrap_or("0");

    fs::create_dir_all(tree.join("DEBIAN"))?;
    let mut file = fs::File::create(tree.join("DEBIAN/control"))?;
    // The tray's library is opened at run time, so nothing links with it. The engine is only
    // recommended: at an offline site it may come from anywhere.
    write!(
        file,
        "Package: quayside\n\
         Version: {VERSION}\n\
         Architecture: {}\n\
         Maintainer: The Quayside maintainers <maintainers@quayside.invalid>\n\
         Installed-Size: {installed}\n\
         Depends: {depends}, libayatana-appindicator3-1\n\
         Recommends: docker.io | docker-ce | docker-engine, docker-compose | docker-compose-v2 | docker-compose-plugin\n\
         Section: admin\n\
         Priority: optional\n\
         Description: deploys offline Docker Compose packages\n \
         Turns a vendor's offline Docker Compose package into a running, understood and\n \
         recoverable system: checks the computer, loads the images, starts the services,\n \
         waits until they are ready and explains what is wrong when they are not.\n \
         With a window (quayside) and for the terminal (quayside-cli).\n",
        apt::architecture()?,
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::png_width;

    #[test]
    fn the_width_of_a_png() {
        let bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0\0\0\x02\0";
        assert_eq!(png_width(bytes), Some(512));
        assert_eq!(png_width(b"GIF89a"), None);
    }
}
