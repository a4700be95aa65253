//! The demo's four images: a common base, and nginx, Redis, MariaDB and Python from Debian on top of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::archive::{self, WrittenLayer};
use super::layer::Layer;
use crate::apt::{self, Apt};
use crate::run;

/// The base all four share: a C library, a shell, and what most programs link with.
const BASE: &[&str] = &["busybox-static", "libc6", "libssl3", "libstdc++6", "zlib1g"];

/// Dependencies that serve installing and administration, not running.
const NOT_NEEDED: &[&str] = &[
    "adduser",
    "debconf",
    "dpkg",
    "gcc-12-base",
    "init-system-helpers",
    "iproute2",
    "libaudit",
    "libbpf",
    "libcap2-bin",
    "libcap-ng0",
    "libdb5",
    "libelf1",
    "libfile-find-rule-perl",
    "libgdbm",
    "libmnl0",
    "libnumber-compare-perl",
    "libpam",
    "libperl",
    "libsemanage",
    "libsepol",
    "libsqlite3",
    "libtext-glob-perl",
    "libxtables",
    "lsb-base",
    "media-types",
    "passwd",
    "perl",
    "readline-common",
    "sysvinit-utils",
    "tar",
    "usrmerge",
];

struct Image {
    name: &'static str,
    packages: &'static [&'static str],
    folders: &'static [&'static str],
    /// (path, what it links to): what a package's installation script would have made.
    links: &'static [(&'static str, &'static str)],
    command: &'static [&'static str],
    port: u16,
}

const IMAGES: &[Image] = &[
    Image {
        name: "frontend",
        packages: &["nginx"],
        folders: &["var/log/nginx", "var/lib/nginx"],
        links: &[],
        command: &["nginx"],
        port: 80,
    },
    Image {
        name: "backend",
        packages: &["python3-minimal", "python3-pymysql"],
        folders: &["app", "var/log/harbour"],
        links: &[],
        command: &["python3", "/app/server.py"],
        port: 8080,
    },
    Image {
        name: "redis",
        packages: &["redis-server"],
        folders: &["data"],
        links: &[],
        command: &["redis-server"],
        port: 6379,
    },
    Image {
        name: "mariadb",
        packages: &["mariadb-client-core", "mariadb-server-core"],
        folders: &["var/lib/mysql", "var/log/mysql", "etc/mysql/conf.d"],
        links: &[("etc/mysql/my.cnf", "mariadb.cnf")],
        command: &["mariadbd"],
        port: 3306,
    },
];

/// Builds `<name>-<architecture>.tar` for every image; `work` holds what is unpacked on the way.
pub(super) fn build(work: &Path, into: &Path, app: &Path) -> Result<()> {
    let apt = Apt::release(None)?;
    let architecture = apt::architecture()?;
    fs::create_dir_all(work)?;

    let base_packages = needed(apt.closure(BASE)?);
    let mut base = Layer::default();
    add(
        &mut base,
        &apt,
        base_packages.iter().map(String::as_str),
        work,
    )?;
    furnish(&mut base)?;
    let base_file = work.join("base.tar");
    let base_digest = base.write(&base_file)?;

    for image in IMAGES {
        println!("demo package: image harbour/{}", image.name);
        let mut layer = Layer::default();
        let packages = needed(apt.closure(image.packages)?);
        add(
            &mut layer,
            &apt,
            packages.difference(&base_packages).map(String::as_str),
            work,
        )?;
        for folder in image.folders {
            layer.folder(folder, 0o755);
        }
        for (path, to) in image.links {
            layer.link(path, to);
        }
        if image.folders.contains(&"app") {
            for entry in fs::read_dir(app)? {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                layer.file(&format!("app/{name}"), fs::read_to_string(entry.path())?);
            }
        }
        let file = work.join("top.tar");
        let digest = layer.write(&file)?;
        archive::write(
            &into.join(format!("{}-{architecture}.tar", image.name)),
            &format!("harbour/{}:latest-{architecture}", image.name),
            &architecture,
            &config(image),
            &[
                WrittenLayer {
                    file: &base_file,
                    digest: &base_digest,
                    what: "base",
                },
                WrittenLayer {
                    file: &file,
                    digest: &digest,
                    what: image.name,
                },
            ],
        )?;
    }
    Ok(())
}

fn config(image: &Image) -> Value {
    json!({
        "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8"],
        "Cmd": image.command,
        "WorkingDir": "/",
        "ExposedPorts": { format!("{}/tcp", image.port): {} },
    })
}

fn needed(mut packages: BTreeSet<String>) -> BTreeSet<String> {
    packages.retain(|package| !NOT_NEEDED.iter().any(|prefix| package.starts_with(prefix)));
    packages
}

/// Adds packages to a layer, unpacked below `work` by the name of the file, which holds the version.
fn add<'a>(
    layer: &mut Layer,
    apt: &Apt,
    packages: impl Iterator<Item = &'a str>,
    work: &Path,
) -> Result<()> {
    for file in apt.download(packages)? {
        let name = file.file_stem().context("a package has a name")?;
        let folder = work.join("unpacked").join(name);
        if !folder.exists() {
            let unfinished = work.join("unpacking");
            let _ = fs::remove_dir_all(&unfinished);
            apt::unpack(&file, &unfinished)?;
            fs::create_dir_all(work.join("unpacked"))?;
            fs::rename(&unfinished, &folder)?;
        }
        layer
            .add_package(&folder)
            .with_context(|| file.display().to_string())?;
    }
    Ok(())
}

/// What Debian's installer, not its packages, puts into a root file system.
pub(crate) fn furnish(base: &mut Layer) -> Result<()> {
    for folder in ["bin", "sbin", "lib", "lib64"] {
        base.folder(&format!("usr/{folder}"), 0o755);
        base.link(folder, format!("usr/{folder}"));
    }
    for folder in [
        "dev", "etc", "home", "proc", "root", "run", "sys", "var", "var/log",
    ] {
        base.folder(folder, 0o755);
    }
    base.folder("tmp", 0o1777);
    base.folder("var/tmp", 0o1777);
    base.link("var/run", "/run");
    base.file(
        "etc/passwd",
        "root:x:0:0:root:/root:/bin/sh\nwww-data:x:33:33:www-data:/var/www:/bin/false\n\
         mysql:x:101:101:MariaDB:/nonexistent:/bin/false\nnobody:x:65534:65534:nobody:/nonexistent:/bin/false\n",
    );
    base.file(
        "etc/group",
        "root:x:0:\nadm:x:4:\nwww-data:x:33:\nmysql:x:101:\nnogroup:x:65534:\n",
    );
    base.file(
        "etc/nsswitch.conf",
        "passwd: files\ngroup: files\nhosts: files dns\n",
    );

    // busybox stands in for a shell and the usual small tools.
    let busybox = base
        .source("usr/bin/busybox")
        .context("busybox-static holds no busybox")?;
    for tool in run::quiet(run::command(busybox).arg("--list"))?.lines() {
        if tool != "busybox" {
            base.link(&format!("usr/bin/{tool}"), "busybox");
        }
    }
    Ok(())
}
