//! Images of real programs for the matrix, from Debian's packages: servers whose failures and cures are tried for real.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::json;

use crate::apt::{self, Apt, UNRELEASED};
use crate::demo_package::archive::{self, WrittenLayer};
use crate::demo_package::layer::Layer;
use crate::digest::sha256;
use crate::paths;

struct Program {
    name: &'static str,
    release: &'static str,
    packages: &'static [&'static str],
    path: &'static str,
    entrypoint: Option<&'static str>,
}

/// The accounts of the servers, numbered from this on.
const USERS: &[&str] = &["mysql", "postgres"];
const USER: u32 = 101;

/// Hands options to the server, as the images do that vendors use.
const MYSQL: &str = "#!/bin/sh\ncase $1 in -*) set -- mysqld \"$@\" ;; esac\nexec \"$@\"\n";

const PROGRAMS: &[Program] = &[
    Program {
        name: "postgres-15",
        release: "bookworm",
        packages: &["busybox-static", "postgresql-15"],
        path: "/usr/lib/postgresql/15/bin:",
        entrypoint: None,
    },
    Program {
        name: "postgres-17",
        release: "trixie",
        packages: &["busybox-static", "postgresql-17"],
        path: "/usr/lib/postgresql/17/bin:",
        entrypoint: None,
    },
    Program {
        name: "mysql",
        release: UNRELEASED,
        packages: &["busybox-static", "mysql-client-core", "mysql-server-core"],
        path: "",
        entrypoint: Some(MYSQL),
    },
    Program {
        name: "inotify",
        release: "bookworm",
        packages: &["busybox-static", "inotify-tools"],
        path: "",
        entrypoint: None,
    },
];

/// What serves installing and administration, or compiling queries, and is large.
const NOT_NEEDED: &[&str] = &[
    "adduser",
    "apt",
    "debconf",
    "dpkg",
    "libllvm",
    "libperl",
    "libz3",
    "locales",
    "passwd",
    "perl",
    "postgresql-common",
    "python3",
    "ssl-cert",
    "systemd",
    "sysvinit-utils",
    "ucf",
];

/// Where the archives are: `postgres-15.tar`, whose image is `programs/postgres-15:latest`.
pub(crate) fn folder() -> PathBuf {
    paths::target().join("programs")
}

/// Makes those that are not there. Debian's next release cannot always be had; the tests that want what comes from it fail.
pub(crate) fn make() -> Result<()> {
    fs::create_dir_all(folder())?;
    let _lock = paths::lock(&folder())?;
    let recipe = sha256(include_str!("programs.rs").as_bytes());
    for program in PROGRAMS {
        let stamp = folder().join(format!("{}.recipe", program.name));
        if fs::read_to_string(&stamp).is_ok_and(|made| made == recipe) {
            continue;
        }
        let archive = folder().join(format!("{}.tar", program.name));
        for old in [&stamp, &archive] {
            let _ = fs::remove_file(old);
        }
        match program.build() {
            Ok(()) => fs::write(&stamp, &recipe)?,
            Err(error) if program.release == UNRELEASED => {
                eprintln!("programs: {} cannot be made: {error:#}", program.name);
            }
            Err(error) => return Err(error.context(format!("the image of {}", program.name))),
        }
    }
    Ok(())
}

impl Program {
    fn build(&self) -> Result<()> {
        println!("programs: {} of {}", self.name, self.release);
        let apt = Apt::release(Some(self.release))?;
        let mut packages = apt.closure(self.packages)?;
        packages.retain(|package| !NOT_NEEDED.iter().any(|it| package.starts_with(it)));
        let unpacked = folder().join("unpacked");
        let _ = fs::remove_dir_all(&unpacked);
        let mut layer = Layer::default();
        for file in apt.download(packages.iter().map(String::as_str))? {
            let name = file.file_stem().context("a package has a name")?;
            let folder = unpacked.join(name);
            apt::unpack(&file, &folder)?;
            layer.add_package(&folder)?;
        }
        self.furnish(&mut layer)?;
        let tree = folder().join("layer.tar");
        let digest = layer.write(&tree)?;
        let mut config = json!({
            "Env": [format!("PATH={}/usr/sbin:/usr/bin:/sbin:/bin", self.path), "LANG=C.UTF-8"],
            "Cmd": ["sh"],
            "WorkingDir": "/",
        });
        if self.entrypoint.is_some() {
            config["Entrypoint"] = json!(["sh", "/entrypoint"]);
        }
        archive::write(
            &folder().join(format!("{}.tar", self.name)),
            &format!("programs/{}:latest", self.name),
            &apt::architecture()?,
            &config,
            &[WrittenLayer {
                file: &tree,
                digest: &digest,
                what: self.name,
            }],
        )?;
        fs::remove_file(tree)?;
        Ok(fs::remove_dir_all(unpacked)?)
    }

    fn furnish(&self, layer: &mut Layer) -> Result<()> {
        crate::demo_package::images::furnish(layer)?;
        let mut users = "root:x:0:0:root:/root:/bin/sh\n".to_owned();
        let mut groups = "root:x:0:\n".to_owned();
        for (number, name) in (USER..).zip(USERS) {
            writeln!(users, "{name}:x:{number}:{number}::/tmp:/bin/sh")?;
            writeln!(groups, "{name}:x:{number}:")?;
        }
        layer.file("etc/passwd", users);
        layer.file("etc/group", groups);
        layer.folder("data", 0o777);
        layer.folder("var/lib/mysql-files", 0o777);
        layer.folder("run/mysqld", 0o777);
        if let Some(script) = self.entrypoint {
            layer.file("entrypoint", script);
        }
        Ok(())
    }
}
