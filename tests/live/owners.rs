//! A real MariaDB, made of Debian's packages, whose data came with the wrong owner.

use camino::Utf8Path;
use serde_json::Value;
use std::collections::BTreeMap;
use std::os::unix::fs::{PermissionsExt, chown};
use std::time::Duration;
use tests::live::{Live, demo_package, service, text};
use tests::package::{Package, architecture};
use tests::tree::{Tree, differences, tree};

/// The database's user in the image.
const MYSQL: u32 = 101;
const NOBODY: u32 = 65534;

/// As the user of the database from the start, so that nothing inside can give files away.
const COMPOSE: &str = r#"
services:
  db:
    image: harbour/mariadb:latest
    user: "101:101"
    restart: unless-stopped
    entrypoint: ["/script/start.sh"]
    tmpfs: ["/run/mysqld:uid=101,gid=101", "/tmp"]
    volumes:
      - ./script/start.sh:/script/start.sh:ro
      - ./data/mariadb:/var/lib/mysql
    healthcheck:
      test: ["CMD-SHELL", "mariadb -h 127.0.0.1 -u shop -pshop shop -e 'SELECT * FROM kept'"]
      interval: 1s
      timeout: 5s
      retries: 5
      start_period: 60s
"#;

const START: &str = r#"#!/bin/sh
set -eu
if [ ! -d /var/lib/mysql/mysql ]; then
    mariadb-install-db --datadir=/var/lib/mysql --skip-test-db --auth-root-authentication-method=socket >/dev/null
fi
cat >/tmp/init.sql <<SQL
CREATE DATABASE IF NOT EXISTS shop;
CREATE TABLE IF NOT EXISTS shop.kept (word TEXT);
CREATE USER IF NOT EXISTS 'shop'@'%' IDENTIFIED BY 'shop';
GRANT ALL ON shop.* TO 'shop'@'%';
SQL
exec mariadbd --datadir=/var/lib/mysql --init-file=/tmp/init.sql
"#;

fn package() -> Package {
    let mut package = Package::new("wrong-owner", COMPOSE);
    package.namespace = "harbour".into();
    let script = package.file("script/start.sh", START);
    fs_err::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let name = format!("images/mariadb-{}.tar", architecture());
    package.file(&name, "");
    fs_err::copy(demo_package().join(&name), package.path.join(&name)).unwrap();
    let data = package.path.join("data/mariadb");
    fs_err::create_dir_all(&data).unwrap();
    chown(&data, Some(MYSQL), Some(MYSQL)).unwrap();
    package
}

/// Gives a folder away, as unpacking it as another user does; one file in it belongs to a third.
fn give(folder: &Utf8Path, user: u32) {
    for (path, _) in tree(folder) {
        chown(path, Some(user), Some(user)).unwrap();
    }
    chown(folder, Some(user), Some(user)).unwrap();
    let odd = folder.join("aria_log_control");
    chown(odd, Some(user + 1), Some(user)).unwrap();
}

/// Who owns what: contents change when a database runs.
fn owners(tree: &Tree) -> BTreeMap<&String, (u32, u32)> {
    tree.iter().map(|(path, entry)| (path, entry.1)).collect()
}

#[track_caller]
fn wrong_owner(report: &Value) -> &Value {
    let mut rows = report["checks"].as_array().into_iter().flatten();
    rows.find(|row| row["id"] == "perm.data_dir_owner")
        .unwrap_or_else(|| panic!("{report:#}"))
}

/// The database fails on data that is not its own, runs once it is given to it, and everything can be taken back.
fn repaired_and_taken_back(live: &Live) {
    let data = live.package.path.join("data/mariadb");
    let before = tree(&data);
    live.step("the check names the folder, its owner and whose it has to be");
    let report = live.cli(&["check", "--json"]).json();
    let row = wrong_owner(&report);
    assert_eq!(row["subject"], data.as_str(), "{row:#}");
    let words = format!("{} {}", row["message"], row["found"]);
    assert!(words.contains("1234"), "{words}");
    let fix = text(&row["fixes"][0]["id"]);

    live.step("without the fix the database does not start");
    let ended = live.cli(&["deploy", "--json"]);
    assert_ne!(ended.code, 0, "{ended}");
    assert_eq!(
        differences(&before, &tree(&data)),
        [""; 0],
        "nothing was changed"
    );
    live.expect(0, &["down"]);

    live.step("the fix alone is taken back to the last byte");
    live.expect(2, &["fix", &fix]);
    assert_eq!(differences(&before, &tree(&data)), [""; 0], "nobody agreed");
    live.expect(0, &["fix", &fix, "--yes"]);
    assert_ne!(owners(&before), owners(&tree(&data)));
    live.expect(0, &["undo"]);
    assert_eq!(differences(&before, &tree(&data)), [""; 0], "taken back");

    live.step("with it the database starts, and has its tables");
    let fixed = live.expect(0, &["fix", &fix, "--yes", "--json"]);
    assert_eq!(fixed.finished()["outcome"], "done", "{fixed}");
    let given = tree(&data);
    assert!(
        owners(&given)
            .iter()
            .all(|(_, owner)| *owner == (MYSQL, MYSQL)),
        "{:?}",
        owners(&given)
    );
    let ended = live.expect(0, &["deploy", "--json"]);
    let db = service(&ended.finished()["status"], "db")["state"].clone();
    assert_eq!(db, "healthy", "{ended}");
    assert!(ended.took < Duration::from_mins(1), "{ended}");
    live.expect(0, &["down"]);

    live.step("taken back, everything that was there has its old owner");
    live.expect(0, &["undo", "--json"]);
    let after = tree(&data);
    let mut there = 0;
    for (path, (_, owner, _)) in &before {
        // What the database removed itself has no owner any more.
        let Some((_, now, _)) = after.get(path) else {
            continue;
        };
        assert_eq!(now, owner, "{path}");
        there += 1;
    }
    assert!(there > 100, "{there} of {} files are there", before.len());
}

#[test]
#[ignore = "half a minute of a real database; cargo xtask matrix"]
fn a_database_whose_data_belongs_to_somebody_else_is_repaired_and_taken_back() {
    // Its image is the demonstration's, which must not find it loaded.
    let mut live = Live::alone(package());
    let data = live.package.path.join("data/mariadb");
    live.step("a sound database makes its files");
    live.expect(0, &["deploy"]);
    live.expect(0, &["down"]);
    give(&data, 1234);
    live.step("as an administrator");
    repaired_and_taken_back(&live);

    live.step("as an ordinary user, through a container");
    give(&data, 1234);
    let open = std::fs::Permissions::from_mode(0o755);
    fs_err::set_permissions(live.package.around(), open).unwrap();
    for (path, _) in tree(&live.home) {
        chown(path, Some(NOBODY), None).unwrap();
    }
    chown(&live.home, Some(NOBODY), None).unwrap();
    live.as_user(NOBODY);
    let report = live.cli(&["check", "--json"]).json();
    let fix = &wrong_owner(&report)["fixes"][0];
    let unseen = |change: &&Value| change["now"] == "…";
    let mut changes = fix["changes"].as_array().into_iter().flatten();
    assert!(changes.any(|change| unseen(&change)), "{fix:#}");
    repaired_and_taken_back(&live);
}
