//! PostgreSQL of two Debian releases, from `cargo xtask matrix`.

use super::servers::{self, Server};
use super::{compose, first, looked_at, means, run, until_something_is_wrong};
use serde_json::Value;
use std::os::unix::fs::{PermissionsExt, chown};
use std::time::Duration;
use tests::live::{Live, eventually, states};

const USER: u32 = 102;
const SERVER: &str = r#"["postgres", "-D", "/data/db", "-k", "/tmp"]"#;

/// A server on a folder of the package, whose files are made by a first start of this program.
fn postgres(name: &str, command: &str, by: Server) -> Live {
    let live = servers::package(
        name,
        by,
        &format!(
            "version: '3.7'\nservices:\n  db:\n    image: ${{IMAGE}}\n    user: \"{USER}:{USER}\"\n    stop_signal: SIGINT\n    command: {command}\n    volumes: [\"./data:/data\"]\n"
        ),
    );
    let data = live.package.path.join("data");
    fs_err::create_dir_all(&data).unwrap();
    chown(&data, Some(USER), Some(USER)).unwrap();
    live.package.file("data/password", "right");
    let (mount, user) = (format!("{data}:/data"), USER.to_string());
    let image = by.image(&live);
    live.docker(&[
        "run",
        "--rm",
        "--user",
        &user,
        "--volume",
        &mount,
        &image,
        "initdb",
        "-D",
        "/data/db",
        "-U",
        "postgres",
        "-A",
        "scram-sha-256",
        "--pwfile",
        "/data/password",
    ]);
    live
}

fn sound(name: &str) -> Live {
    postgres(name, SERVER, Server::Postgres15)
}

/// Runs `up` by hand and returns what is wrong then.
fn up(live: &Live) -> Value {
    compose(live, &["up", "-d"]);
    until_something_is_wrong(live)
}

/// Starts it again, which works now.
#[track_caller]
fn comes_up(live: &Live) {
    live.expect(0, &["start", "--json"]);
    assert_eq!(states(&live.status()), ["db=running"]);
}

#[test]
#[ignore = "a real database; cargo xtask matrix"]
fn postgres_version_mismatch() {
    let live = sound("pg-version");
    Server::Postgres17.load(&live);
    first(
        &up(&live),
        "postgres.version_mismatch",
        Some("db"),
        "initialized by PostgreSQL version 15, which is not compatible with this version 17",
    );
    live.step("with the former version");
    Server::Postgres15.is_asked_for(&live);
    comes_up(&live);
}

#[test]
#[ignore = "a real database; cargo xtask matrix"]
fn perm_data_dir_owner_of_postgres() {
    let live = sound("pg-owner");
    let data = live.package.path.join("data/db");
    chown(&data, Some(4321), Some(4321)).unwrap();
    fs_err::set_permissions(&data, PermissionsExt::from_mode(0o755)).unwrap();
    let found = up(&live);
    let said = first(&found, "perm.data_dir_owner", Some("db"), "");
    let proof = said["proof"].to_string();
    assert!(
        proof.contains("wrong ownership") || proof.contains("Permission denied"),
        "{proof}"
    );
}

#[test]
#[ignore = "a real database; cargo xtask matrix"]
fn perm_data_dir_owner_of_postgres_that_everybody_may_enter() {
    let live = sound("pg-mode");
    let data = live.package.path.join("data/db");
    fs_err::set_permissions(&data, PermissionsExt::from_mode(0o777)).unwrap();
    first(
        &up(&live),
        "perm.data_dir_owner",
        Some("db"),
        "has invalid permissions",
    );
    live.step("with the mode that it wants");
    fs_err::set_permissions(&data, PermissionsExt::from_mode(0o700)).unwrap();
    comes_up(&live);
}

#[test]
#[ignore = "a real database; cargo xtask matrix"]
fn db_stale_lock() {
    // The number that the crashed one had belongs to something else now.
    let live = postgres(
        "pg-lock",
        r#"["sh", "-c", "sleep 1000 & printf '%s\n/data/db\n1700000000\n5432\n/tmp\n' $$! >/data/db/postmaster.pid; exec postgres -D /data/db -k /tmp"]"#,
        Server::Postgres15,
    );
    first(
        &up(&live),
        "db.stale_lock",
        Some("db"),
        "lock file \"postmaster.pid\" already exists",
    );
}

#[test]
#[ignore = "a real database; cargo xtask matrix"]
fn db_stale_lock_that_a_power_cut_left_empty() {
    let live = sound("pg-lock-empty");
    let lock = live.package.file("data/db/postmaster.pid", "");
    chown(&lock, Some(USER), Some(USER)).unwrap();
    first(&up(&live), "db.stale_lock", Some("db"), "is empty");
}

#[test]
#[ignore = "a real database; cargo xtask matrix"]
fn db_init_incomplete_of_postgres() {
    let live = postgres(
        "pg-init",
        r#"["sh", "-c", "[ -s /data/db/PG_VERSION ] || initdb -D /data/db && exec postgres -D /data/db -k /tmp"]"#,
        Server::Postgres15,
    );
    fs_err::remove_file(live.package.path.join("data/db/PG_VERSION")).unwrap();
    first(
        &up(&live),
        "db.init_incomplete",
        Some("db"),
        "exists but is not empty",
    );
}

/// The question that the official images' first start puts, in words of theirs that everybody knows; the start itself
/// is real.
#[test]
#[ignore = "a real database; cargo xtask matrix"]
fn db_missing_password() {
    let live = postgres(
        "pg-password-missing",
        r#"
      - sh
      - -c
      - |
        [ -n "$$POSTGRES_PASSWORD" ] || { echo "Error: Database is uninitialized and superuser password is not specified." >&2; exit 1; }
        printf %s "$$POSTGRES_PASSWORD" >/tmp/password
        initdb -D /data/new -U postgres -A scram-sha-256 --pwfile /tmp/password && exec postgres -D /data/new -k /tmp
    environment:
      POSTGRES_PASSWORD: ${DB_PASSWORD:-}
    init: true"#,
        Server::Postgres15,
    );
    first(
        &up(&live),
        "db.missing_password",
        Some("db"),
        "superuser password is not specified",
    );
    live.step("with a password");
    let file = live.package.path.join(".env");
    let settings = fs_err::read_to_string(&file).unwrap();
    fs_err::write(&file, settings + "DB_PASSWORD=harbour-7\n").unwrap();
    comes_up(&live);
}

#[test]
#[ignore = "a real database; cargo xtask matrix"]
fn postgres_wal_corrupt() {
    let live = sound("pg-wal");
    let wal = live.package.path.join("data/db/pg_wal");
    for entry in wal.read_dir_utf8().unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_file() {
            fs_err::remove_file(entry.path()).unwrap();
        }
    }
    let said = first(
        &up(&live),
        "postgres.wal_corrupt",
        Some("db"),
        "could not locate a valid checkpoint record",
    );
    assert_eq!(said["fixes"], Value::Array(Vec::new()), "{said:#}");
}

#[test]
#[ignore = "a real database; cargo xtask matrix"]
fn db_config_invalid_of_postgres() {
    let live = postgres(
        "pg-config",
        r#"["postgres", "-D", "/data/db", "-k", "/tmp", "-c", "shared_bufers=16MB"]"#,
        Server::Postgres15,
    );
    first(
        &up(&live),
        "db.config_invalid",
        Some("db"),
        "unrecognized configuration parameter",
    );
}

#[test]
#[ignore = "a real database; cargo xtask matrix"]
fn db_password_mismatch_of_postgres() {
    let live = sound("pg-password");
    compose(&live, &["up", "-d"]);
    let container = live.ids("container").remove(0);
    let said = eventually("a refusal", Duration::from_secs(30), || {
        let address = "postgresql://postgres:former@127.0.0.1/postgres";
        let words = [
            "docker", "exec", &container, "psql", address, "-c", "SELECT 1",
        ];
        let (_, said) = run("/".into(), &[], &words);
        said.contains("authentication").then_some(said)
    });
    means(
        &live,
        &said,
        "db.password_mismatch",
        "password authentication failed for user",
    );
    // A server that refuses somebody is no server that fails.
    assert_eq!(looked_at(&live), Value::Array(Vec::new()));
}
