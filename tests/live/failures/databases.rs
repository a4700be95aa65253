//! Real servers of Debian: MariaDB, Redis and nginx, from the demonstration's images.

use super::{compose, first, means, until_something_is_wrong};
use serde_json::Value;
use std::io::{Seek, SeekFrom, Write};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tests::live::{Live, demo_package, eventually};
use tests::package::{Package, architecture};

/// Loads a program's image under the name the package asks for, and leaves no other name.
fn real(name: &str, program: &str, compose: &str) -> Live {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let live = Live::new(Package::new(name, compose));
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let file = demo_package().join(format!("images/{program}-{}.tar", architecture()));
    live.docker(&["load", "--input", file.as_str()]);
    let loaded = format!("harbour/{program}:latest-{}", architecture());
    live.docker(&["tag", &loaded, &live.package.image()]);
    live.docker(&["rmi", &loaded]);
    live
}

/// Runs `up` by hand and returns what is wrong then.
fn up(live: &Live) -> Value {
    compose(live, &["up", "-d"]);
    until_something_is_wrong(live)
}

fn redis(name: &str, args: &str) -> Live {
    let live = real(
        name,
        "redis",
        &format!(
            "version: '3.7'\nservices:\n  redis:\n    image: ${{IMAGE}}\n    command: redis-server --dir /data {args}\n    volumes: [\"./data:/data\"]\n"
        ),
    );
    fs_err::create_dir_all(live.package.path.join("data")).unwrap();
    live
}

#[test]
fn redis_persistence_corrupt() {
    let live = redis("aof", "--appendonly yes");
    let folder = live.package.path.join("data/appendonlydir");
    fs_err::create_dir_all(&folder).unwrap();
    fs_err::write(
        folder.join("appendonly.aof.manifest"),
        "file appendonly.aof.1.incr.aof seq 1 type i\n",
    )
    .unwrap();
    fs_err::write(
        folder.join("appendonly.aof.1.incr.aof"),
        "*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n*3\r\n$3\r\nSET\r\nrubbish that is no command\r\n",
    )
    .unwrap();
    first(
        &up(&live),
        "redis.persistence_corrupt",
        Some("redis"),
        "Bad file format",
    );
}

#[test]
fn redis_persistence_corrupt_in_the_snapshot() {
    let live = redis("rdb", "");
    live.package.file(
        "data/dump.rdb",
        "this is not a snapshot of any Redis at all",
    );
    first(
        &up(&live),
        "redis.persistence_corrupt",
        Some("redis"),
        "Wrong signature",
    );
}

#[test]
fn redis_rdb_newer_version() {
    let live = redis("rdb-newer", "");
    live.package
        .file("data/dump.rdb", "REDIS0099 and what a newer one writes");
    first(
        &up(&live),
        "redis.rdb_newer_version",
        Some("redis"),
        "Can't handle RDB format version 99",
    );
}

#[test]
fn db_config_invalid_of_redis() {
    let live = redis("redis-config", "--maxmemori 10mb");
    first(
        &up(&live),
        "db.config_invalid",
        Some("redis"),
        "Bad directive or wrong number of arguments",
    );
}

#[test]
fn perm_data_dir_owner_of_redis() {
    let live = redis("redis-owner", "--appendonly yes");
    let file = live.package.path.join("docker-compose.yml");
    let content = fs_err::read_to_string(&file).unwrap();
    let other = content.replace("    command:", "    user: \"1234:1234\"\n    command:");
    fs_err::write(file, other).unwrap();
    first(
        &up(&live),
        "perm.data_dir_owner",
        Some("redis"),
        "Permission denied",
    );
}

#[test]
fn redis_misconf() {
    let live = redis("misconf", "--save 3600 1 --requirepass secret");
    let file = live.package.path.join("docker-compose.yml");
    // Its disk takes no file any more.
    let content = fs_err::read_to_string(&file)
        .unwrap()
        .replace("[\"./data:/data\"]", "[\"data:/data\"]")
        + "volumes:\n  data:\n    driver_opts: {type: tmpfs, device: tmpfs, o: 'size=1m,nr_inodes=1'}\n";
    fs_err::write(file, content).unwrap();
    compose(&live, &["up", "-d"]);
    let container = live.ids("container").remove(0);
    let ask = |words: &[&str]| {
        let run = [&["exec", &container, "redis-cli"], words].concat();
        live.try_docker(&run).unwrap_or_default()
    };
    let without = eventually("an answer", Duration::from_secs(15), || {
        Some(ask(&["set", "a", "1"])).filter(|said| !said.is_empty())
    });
    means(&live, &without, "db.password_mismatch", "NOAUTH");
    let wrong = ask(&["-a", "wrong", "ping"])
        + &live
            .try_docker(&[
                "exec",
                &container,
                "redis-cli",
                "-a",
                "wrong",
                "auth",
                "wrong",
            ])
            .unwrap_or_else(|it| it);
    means(&live, &wrong, "db.password_mismatch", "WRONGPASS");
    ask(&["-a", "secret", "set", "a", "1"]);
    ask(&["-a", "secret", "bgsave"]);
    let said = eventually("a refusal", Duration::from_secs(15), || {
        Some(ask(&["-a", "secret", "set", "a", "2"])).filter(|said| said.contains("MISCONF"))
    });
    means(&live, &said, "redis.misconf", "MISCONF");
}

/// A MariaDB on a folder of the package, whose files are made by a first start where `sound`.
fn mariadb(name: &str, more: &str, sound: bool) -> Live {
    let live = real(
        name,
        "mariadb",
        &format!(
            r#"
version: "3.7"
services:
  db:
    image: ${{IMAGE}}
    entrypoint: ["sh", "-c", "mkdir -p /run/mysqld; chown mysql /run/mysqld; exec mariadbd --user=mysql --innodb-buffer-pool-size=16M {more}"]
    volumes: ["./data:/var/lib/mysql", "./config:/etc/mysql/conf.d"]
"#
        ),
    );
    let data = live.package.path.join("data");
    fs_err::create_dir_all(&data).unwrap();
    fs_err::create_dir_all(live.package.path.join("config")).unwrap();
    if sound {
        let mount = format!("{data}:/var/lib/mysql");
        let image = live.package.image();
        live.docker(&[
            "run", "--rm", "--volume", &mount, &image, "sh", "-c",
            "mariadb-install-db --user=mysql --datadir=/var/lib/mysql --skip-test-db --auth-root-authentication-method=normal --innodb-buffer-pool-size=16M",
        ]);
    }
    live
}

#[test]
#[ignore = "a real database; cargo xtask matrix"]
fn mysql_innodb_corrupt() {
    let live = mariadb("innodb", "", true);
    let file = live.package.path.join("data/ibdata1");
    let mut file = fs_err::OpenOptions::new().write(true).open(file).unwrap();
    // Pages of 16 KiB: those of the data dictionary and the undo logs, not the first, which says whose file it is.
    file.seek(SeekFrom::Start(5 * 16384)).unwrap();
    file.write_all(&vec![0x5a; 8 * 16384]).unwrap();
    first(&up(&live), "mysql.innodb_corrupt", Some("db"), "InnoDB");
}

#[test]
#[ignore = "a real database; cargo xtask matrix"]
fn db_init_incomplete() {
    let live = mariadb("init", "", true);
    let file = live.package.path.join("data/ibdata1");
    fs_err::write(file, "").unwrap();
    first(&up(&live), "db.init_incomplete", Some("db"), "ibdata1");
}

#[test]
#[ignore = "a real database; cargo xtask matrix"]
fn db_config_invalid_of_mariadb() {
    let live = mariadb("mariadb-config", "--no-such-setting=1", true);
    first(
        &up(&live),
        "db.config_invalid",
        Some("db"),
        "no-such-setting",
    );
}

#[test]
#[ignore = "a real database; cargo xtask matrix"]
fn perm_data_dir_owner_of_mariadb() {
    let live = mariadb("mariadb-owner", "", true);
    let data = live.package.path.join("data");
    for entry in data.read_dir_utf8().unwrap().map(Result::unwrap) {
        std::os::unix::fs::chown(entry.path(), Some(4321), Some(4321)).unwrap();
    }
    first(
        &up(&live),
        "perm.data_dir_owner",
        Some("db"),
        "ermission denied",
    );
}

#[test]
#[ignore = "a real database; cargo xtask matrix"]
fn host_low_memory() {
    let live = mariadb("memory", "--innodb-buffer-pool-size=60T", true);
    first(
        &up(&live),
        "host.low_memory",
        Some("db"),
        "innodb_buffer_pool_size_max",
    );
}

#[test]
#[ignore = "a real database; cargo xtask matrix"]
fn db_datadir_locked() {
    let live = mariadb("locked", "", true);
    let file = live.package.path.join("docker-compose.yml");
    let content = fs_err::read_to_string(&file).unwrap();
    let service = content.split_once("  db:\n").unwrap().1.to_owned();
    fs_err::write(
        file,
        format!("{content}  second:\n    depends_on: [db]\n{service}"),
    )
    .unwrap();
    compose(&live, &["up", "-d"]);
    let found = eventually("a locked database", Duration::from_secs(90), || {
        let found = super::looked_at(&live);
        (found[0]["id"] == "db.datadir_locked").then_some(found)
    });
    assert!(found[0]["service"].is_string(), "{found:#}");
}

#[test]
#[ignore = "a real database; cargo xtask matrix"]
fn db_password_mismatch() {
    let live = mariadb("password", "", true);
    compose(&live, &["up", "-d"]);
    let container = live.ids("container").remove(0);
    let said = eventually("a refusal", Duration::from_secs(30), || {
        let ask = [
            "exec", &container, "mariadb", "-u", "root", "-pformer", "-e", "SELECT 1",
        ];
        let said = live.try_docker(&ask).err()?;
        said.contains("Access denied").then_some(said)
    });
    means(
        &live,
        &said,
        "db.password_mismatch",
        "Access denied for user",
    );
}

#[test]
#[ignore = "a real database; cargo xtask matrix"]
fn db_conf_world_writable() {
    use std::os::unix::fs::PermissionsExt;
    let live = mariadb("writable", "", true);
    let file = live
        .package
        .file("config/site.cnf", "[mariadbd]\nport = 3307\n");
    fs_err::set_permissions(file, std::fs::Permissions::from_mode(0o666)).unwrap();
    compose(&live, &["up", "-d"]);
    let container = live.ids("container").remove(0);
    let said = eventually("a warning", Duration::from_secs(20), || {
        let said = super::run("/".into(), &[], &["docker", "logs", &container]).1;
        said.contains("World-writable").then_some(said)
    });
    let warning = said
        .lines()
        .find(|line| line.contains("World-writable"))
        .unwrap();
    means(
        &live,
        warning,
        "db.conf_world_writable",
        "World-writable config file",
    );
    // Whether the server was ready by then or not: what it does not follow it goes on not following.
    means(&live, &said, "db.conf_world_writable", "site.cnf");
}

fn nginx(name: &str, config: &str) -> Live {
    let live = real(
        name,
        "frontend",
        "version: '3.7'\nservices:\n  proxy:\n    image: ${IMAGE}\n    command: [nginx, -g, 'daemon off;']\n    volumes: [\"./nginx.conf:/etc/nginx/nginx.conf:ro\"]\n",
    );
    live.package.file(
        "nginx.conf",
        &format!("error_log /dev/stderr;\nevents {{}}\nhttp {{\n server {{\n  listen 8080;\n  {config}\n }}\n}}\n"),
    );
    live
}

#[test]
fn app_upstream_unresolved() {
    let live = nginx("upstream", "location / { proxy_pass http://backend:8080; }");
    first(
        &up(&live),
        "app.upstream_unresolved",
        Some("proxy"),
        "host not found in upstream",
    );
}

#[test]
fn db_config_invalid_of_nginx() {
    let live = nginx("directive", "no_such_directive on;");
    first(
        &up(&live),
        "db.config_invalid",
        Some("proxy"),
        "unknown directive",
    );
}

#[test]
fn tls_cert_expired_or_not_there() {
    let live = nginx(
        "certificate",
        "listen 8443 ssl; ssl_certificate /certs/site.pem; ssl_certificate_key /certs/site.key;",
    );
    first(
        &up(&live),
        "tls.cert_expired",
        Some("proxy"),
        "cannot load certificate",
    );
}
