//! Files and folders of the package that are not what they should be.

use super::{Defect, at_home, change};
use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use tests::sandbox::Sandbox;

/// Mounts something more into a service.
fn mount(sandbox: &Sandbox, service: &str, source: &str, target: &str, read_only: bool) {
    let volume =
        json!({ "type": "bind", "source": source, "target": target, "read_only": read_only });
    let volume = at_home(sandbox, volume);
    change(sandbox, |config| {
        let volumes = config["services"][service]["volumes"].as_array_mut();
        volumes.expect("a list").push(volume);
    });
}

fn remove(sandbox: &Sandbox, path: &str) {
    fs::remove_file(sandbox.package.join(path)).expect("was there");
}

fn folder(sandbox: &Sandbox, path: &str, mode: u32) {
    let path = sandbox.package.join(path);
    fs::create_dir_all(&path).expect("is ours");
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("is ours");
}

/// Writes the script that starts the service, executable as it was.
fn script(sandbox: &Sandbox, content: &str) {
    let path = sandbox.file("script/entry.sh", content);
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("is ours");
}

/// A folder beside the package, without a name that anything else has.
fn beside(sandbox: &Sandbox, name: &str) -> String {
    let around = sandbox.package.parent().expect("a folder");
    around.join(name).into_string()
}

const MISSING: (&str, &str) = ("mount.source_missing", "block");
const KIND: (&str, &str) = ("mount.file_vs_dir", "block");

pub(crate) const DEFECTS: &[Defect] = &[
    Defect {
        name: "a mounted file is missing",
        plant: |sandbox| remove(sandbox, "config/web.conf"),
        says: &[MISSING],
        fix: "",
    },
    Defect {
        name: "a mounted file is missing and its example is there",
        plant: |sandbox| {
            remove(sandbox, "config/web.conf");
            sandbox.file("config/web.conf.example", "greeting = you\n");
        },
        says: &[MISSING],
        fix: "mount.source_missing:",
    },
    Defect {
        name: "a mounted file has the wrong case",
        plant: |sandbox| {
            remove(sandbox, "config/web.conf");
            sandbox.file("config/Web.conf", "greeting = you\n");
        },
        says: &[MISSING],
        fix: "mount.source_missing:",
    },
    Defect {
        name: "a mounted file was given a second ending",
        plant: |sandbox| {
            remove(sandbox, "config/web.conf");
            sandbox.file("config/web.conf.txt", "greeting = you\n");
        },
        says: &[MISSING],
        fix: "mount.source_missing:",
    },
    Defect {
        name: "a mounted file is in another folder",
        plant: |sandbox| {
            fs::remove_dir_all(sandbox.package.join("config")).expect("was there");
            sandbox.file("settings/web.conf", "greeting = you\n");
        },
        says: &[MISSING],
        fix: "mount.source_missing:",
    },
    Defect {
        name: "a folder outside the package is missing",
        plant: |sandbox| {
            let path = beside(sandbox, "outside/data");
            mount(sandbox, "db", &path, "/more", false);
        },
        says: &[MISSING],
        fix: "mount.source_missing:",
    },
    Defect {
        name: "data lies outside the package",
        plant: |sandbox| {
            let path = beside(sandbox, "outside");
            fs::create_dir_all(&path).expect("is ours");
            mount(sandbox, "db", &path, "/more", false);
        },
        says: &[("mount.outside_package", "warn")],
        fix: "",
    },
    Defect {
        name: "data lies behind a link out of the package",
        plant: |sandbox| {
            let path = beside(sandbox, "elsewhere");
            fs::create_dir_all(&path).expect("is ours");
            symlink(path, sandbox.package.join("big")).expect("is ours");
            mount(sandbox, "db", "PACKAGE/big", "/more", false);
        },
        says: &[("mount.outside_package", "warn")],
        fix: "",
    },
    Defect {
        name: "a link leads nowhere",
        plant: |sandbox| {
            symlink("/nowhere/at/all", sandbox.package.join("lost")).expect("is ours");
            mount(sandbox, "db", "PACKAGE/lost", "/more", false);
        },
        says: &[MISSING],
        fix: "",
    },
    Defect {
        name: "a variable of a folder has no value",
        plant: |sandbox| {
            mount(sandbox, "db", "/quayside-not-there/data", "/more", false);
            // As the vendor wrote it; what Compose made of it is above.
            let mut written: Value = sandbox.config();
            let volumes = written["services"]["db"]["volumes"].as_array_mut();
            volumes.expect("a list")[1]["source"] = "${DATA}/quayside-not-there/data".into();
            sandbox.file(
                "compose.yaml",
                &serde_json::to_string_pretty(&written).unwrap_or_default(),
            );
        },
        says: &[MISSING, ("compose.env_missing", "warn")],
        fix: "",
    },
    Defect {
        name: "an empty folder stands in the place of a file",
        plant: |sandbox| {
            remove(sandbox, "config/web.conf");
            folder(sandbox, "config/web.conf", 0o711);
        },
        says: &[KIND],
        fix: "mount.file_vs_dir:",
    },
    Defect {
        name: "an empty folder stands in the place of a file that has an example",
        plant: |sandbox| {
            remove(sandbox, "config/web.conf");
            folder(sandbox, "config/web.conf", 0o755);
            sandbox.file("config/web.conf.sample", "greeting = you\n");
        },
        says: &[KIND],
        fix: "mount.file_vs_dir:",
    },
    Defect {
        name: "a full folder has the name of a file",
        plant: |sandbox| {
            remove(sandbox, "config/web.conf");
            sandbox.file("config/web.conf/more.conf", "x = 1\n");
        },
        says: &[("mount.file_vs_dir", "warn")],
        fix: "",
    },
    Defect {
        name: "the script that starts a service has the line ends of Windows",
        plant: |sandbox| script(sandbox, "#!/bin/sh\r\nexec sleep 1\r\n"),
        says: &[("script.crlf", "block")],
        fix: "script.crlf:script/entry.sh",
    },
    Defect {
        name: "the script that starts a service begins with a byte order mark",
        plant: |sandbox| script(sandbox, "\u{feff}#!/bin/sh\nexec sleep 1\n"),
        says: &[("script.bom", "block")],
        fix: "script.bom:script/entry.sh",
    },
    Defect {
        name: "the script that starts a service has no first line",
        plant: |sandbox| script(sandbox, "exec sleep 1\n"),
        says: &[("script.missing_shebang", "warn")],
        fix: "",
    },
    Defect {
        name: "a script that is read in has the line ends of Windows",
        plant: |sandbox| {
            script(sandbox, "#!/bin/sh\n. ./more.sh\nexec sleep 1\n");
            sandbox.file("script/more.sh", "X=1\r\n");
            sandbox.file("script/more.sh.orig", "somebody's\n");
        },
        says: &[("script.crlf", "warn")],
        fix: "script.crlf:script/more.sh",
    },
    Defect {
        name: "a script begins with a byte order mark",
        plant: |sandbox| {
            sandbox.file("init/a.sh", "\u{feff}#!/bin/sh\n");
            mount(
                sandbox,
                "db",
                "PACKAGE/init",
                "/docker-entrypoint-initdb.d",
                true,
            );
        },
        says: &[("script.bom", "warn")],
        fix: "script.bom:init/a.sh",
    },
    Defect {
        name: "a file of the vendor's list is missing",
        plant: |sandbox| {
            let list = format!("checksums:\n  docs/manual.pdf: {}\n", "ab".repeat(32));
            sandbox.file("quayside.yaml", &list);
        },
        says: &[("package.file_missing", "warn")],
        fix: "",
    },
    Defect {
        name: "a file of the vendor's list was changed",
        plant: |sandbox| {
            let list = format!("checksums:\n  config/web.conf: {}\n", "ab".repeat(32));
            sandbox.file("quayside.yaml", &list);
        },
        says: &[("package.file_changed", "warn")],
        fix: "",
    },
    Defect {
        name: "a service may not write to its folder",
        plant: |sandbox| {
            change(sandbox, |config| {
                config["services"]["db"]["user"] = "472:472".into();
            });
        },
        says: &[("perm.data_dir_owner", "warn")],
        fix: "",
    },
    Defect {
        name: "everybody may write the configuration of a database",
        plant: |sandbox| {
            sandbox.archive("images/mysql-amd64.tar", &["shop/mysql:2.4-amd64"], "amd64");
            let path = sandbox.file("config/my.cnf", "[mysqld]\n");
            fs::set_permissions(path, fs::Permissions::from_mode(0o646)).expect("is ours");
            change(sandbox, |config| {
                config["services"]["db"]["image"] = "shop/mysql:2.4".into();
            });
            mount(
                sandbox,
                "db",
                "PACKAGE/config/my.cnf",
                "/etc/mysql/conf.d/my.cnf",
                true,
            );
        },
        says: &[("db.conf_world_writable", "warn")],
        fix: "db.conf_world_writable:",
    },
];
