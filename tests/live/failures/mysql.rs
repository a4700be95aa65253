//! The MySQL that Debian has unreleased, from `cargo xtask matrix`: one with a data dictionary, as 8.0 and later have.

use super::servers::{self, Server};
use super::{compose, first, until_something_is_wrong};
use std::os::unix::fs::chown;
use tests::live::{Live, states};

/// A server whose data was made with table names in lower case, and which is told nothing of it.
fn mysql(name: &str) -> Live {
    let live = servers::package(
        name,
        Server::Mysql,
        r#"
version: "3.7"
services:
  db:
    image: ${IMAGE}
    user: "101:101"
    command: ["--datadir=/data/db", "--socket=/tmp/mysql.sock", "--mysqlx=OFF", "--performance-schema=OFF", "--innodb-buffer-pool-size=16M", "--lower-case-table-names=0"]
    volumes: ["./data:/data"]
"#,
    );
    let data = live.package.path.join("data");
    fs_err::create_dir_all(&data).unwrap();
    chown(&data, Some(101), Some(101)).unwrap();
    let mount = format!("{data}:/data");
    live.docker(&[
        "run",
        "--rm",
        "--user",
        "101",
        "--volume",
        &mount,
        &Server::Mysql.image(&live),
        "mysqld",
        "--initialize-insecure",
        "--datadir=/data/db",
        "--lower-case-table-names=1",
        "--innodb-buffer-pool-size=16M",
    ]);
    live
}

#[test]
#[ignore = "a real database; cargo xtask matrix"]
fn mysql_lower_case_table_names() {
    let live = mysql("table-names");
    compose(&live, &["up", "-d"]);
    let found = until_something_is_wrong(&live);
    let said = first(
        &found,
        "mysql.lower_case_table_names",
        Some("db"),
        "Different lower_case_table_names settings for server ('0') and data dictionary ('1')",
    );
    let id = "mysql.lower_case_table_names:db:1";
    assert_eq!(said["fixes"][0]["id"], id, "{said:#}");
    live.expect(2, &["fix", id, "--json"]);
    live.step("the fix");
    let ended = live.expect(0, &["fix", id, "--yes", "--json"]);
    assert_eq!(ended.finished()["outcome"], "ready", "{ended}");
    assert_eq!(states(&live.status()), ["db=running"]);
    let container = live.ids("container").remove(0);
    let ask = [
        "exec",
        &container,
        "mysql",
        "-u",
        "root",
        "-S",
        "/tmp/mysql.sock",
        "-Ne",
        "SELECT @@lower_case_table_names",
    ];
    assert_eq!(live.docker(&ask).trim(), "1");
    live.step("and back");
    live.expect(0, &["undo", "--json"]);
    live.expect(1, &["undo", "--json"]);
}
