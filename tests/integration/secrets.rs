//! What a package, a container or Compose says in confidence never reaches a log, standard error or our own files.

use crate::play::{looping, made, puts, shop};
use camino::Utf8Path;
use serde_json::json;
use tests::cli::{self, Ran, run};
use tests::fake_docker::Play;
use tests::sandbox::{Sandbox, eventually_blocking};

const TOKEN: &str = "tok-4f81c2";
const DATABASE: &str = "db-p4ssw0rd";
const CACHE: &str = "cache-hunter2";
const DSN: &str = "dsn-hunter3";
const DOT_ENV: &str = "dotenv-hunter4";
const MAIL: &str = "mail-hunter5";
const LOG_LINE: &str = "log-hunter6";
const LOG_URL: &str = "log-hunter7";
const STDERR_URL: &str = "stderr-hunter8";
const STDERR_OPTION: &str = "stderr-hunter9";
const PROBE: &str = "probe-hunter10";
const ALL: [&str; 11] = [
    TOKEN,
    DATABASE,
    CACHE,
    DSN,
    DOT_ENV,
    MAIL,
    LOG_LINE,
    LOG_URL,
    STDERR_URL,
    STDERR_OPTION,
    PROBE,
];

fn confided() -> Sandbox {
    let mut services = shop();
    services["web"]["environment"] = json!({
        "API_TOKEN": TOKEN,
        "DATABASE_URL": format!("mysql://app:{DATABASE}@db/shop"),
        "CACHE": format!("redis://:{CACHE}@cache:6379/0"),
        "SMTP_PASS": MAIL,
    });
    services["web"]["command"] = json!(["serve", format!("--dsn=postgres://u:{DSN}@h/db")]);
    services["db"]["healthcheck"]["test"] =
        json!(["CMD-SHELL", format!("mysqladmin --password={PROBE} ping")]);
    let sandbox = Sandbox::new(services);
    sandbox.file(".env", &format!("TZ=UTC\nDB_PASSWORD={DOT_ENV}\n"));
    sandbox.file("secrets.env", &format!("SMTP_PASS={MAIL}\n"));
    sandbox
}

/// Compose fails and quotes; the database runs in circles and quotes too.
fn fails(sandbox: &Sandbox) {
    let db = made(sandbox, "db", |db| {
        looping(db);
        db.logs = vec![
            format!("login failed for app with password={LOG_LINE}"),
            format!("retrying mysql://root:{LOG_URL}@db:3306"),
        ];
    });
    let words = format!(
        "container shop-db-1 is unhealthy\n\
         cannot reach mysql://root:{STDERR_URL}@db:3306/shop\n\
         env: DB_PASSWORD is {DOT_ENV}, API_TOKEN is {TOKEN}\n\
         mysqladmin --password={STDERR_OPTION}: exit 1\n\
         last words of Compose\n"
    );
    sandbox
        .docker
        .next("up", Play::fails(&words, puts(vec![db])));
}

fn files_below(folder: &Utf8Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for entry in folder.read_dir_utf8().into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(files_below(path));
        } else {
            let text = std::fs::read(path).unwrap_or_default();
            files.push((
                path.to_string(),
                String::from_utf8_lossy(&text).into_owned(),
            ));
        }
    }
    files
}

fn assert_silent(place: &str, text: &str) {
    for secret in ALL {
        assert!(!text.contains(secret), "{secret} is in {place}:\n{text}");
    }
}

#[test]
fn nothing_secret_reaches_standard_error_or_our_own_files() {
    let sandbox = confided();
    let looked = |ran: Ran, args: &[&str]| {
        assert_silent(&format!("standard error of {args:?}"), &ran.err);
        ran
    };
    for args in [
        &["inspect", "-vv"][..],
        &["check", "-vv"],
        &["plan", "-vv"],
        &["plan", "-vv", "--json"],
    ] {
        let ran = looked(run(&sandbox, args), args);
        assert_eq!(ran.code, 0, "{ran:#?}");
        assert!(
            ran.err.contains("DEBUG"),
            "it was to say everything: {ran:#?}"
        );
    }
    for args in [&["deploy", "-vv"][..], &["deploy", "-vv", "--json"]] {
        fails(&sandbox);
        let ran = looked(run(&sandbox, args), args);
        assert_eq!(ran.code, 1, "{ran:#?}");
        assert!(ran.err.contains("last words of Compose"), "{ran:#?}");
    }
    for args in [
        &["status", "-vv"][..],
        &["status", "-vv", "--json"],
        &["logs", "-vv"],
        &["stop", "-vv"],
    ] {
        looked(run(&sandbox, args), args);
    }
    let logs = run(&sandbox, &["logs", "db"]);
    assert!(
        logs.out.contains(LOG_LINE),
        "a container's own lines are what was asked for: {logs:#?}"
    );

    // Killed, so that the record of what it was doing is left behind.
    sandbox.docker.next("up", Play::hang());
    let before = sandbox.docker.calls_of("up").len();
    let mut child = cli::start(&sandbox, &["deploy", "-vv"]);
    eventually_blocking("Compose runs", || {
        sandbox.docker.calls_of("up").len() > before
    });
    child.kill().expect("can be killed");
    let ran = cli::end(child);
    assert_silent("standard error of a killed deployment", &ran.err);

    let files = files_below(&sandbox.state);
    let log = files.iter().find(|(path, _)| path.contains("/logs/cli."));
    let (_, log) = log.expect("a log file");
    assert!(
        log.contains("last words of Compose") && log.contains("***"),
        "{log}"
    );
    assert!(
        files.iter().any(|(path, _)| path.contains("/operations/")),
        "{files:#?}"
    );
    for (path, text) in &files {
        assert_silent(path, text);
    }
}

#[test]
fn what_compose_quotes_when_it_refuses_a_package_is_hidden_too() {
    let sandbox = confided();
    let words = format!(
        "services.web.ports: invalid hostPort: {DOT_ENV}\n\
         services.web.environment: postgres://u:{STDERR_URL}@h is no mapping\n"
    );
    sandbox.docker.next("config", Play::fails(&words, |_| ()));
    let ran = run(&sandbox, &["deploy", "-vv"]);
    assert_eq!(ran.code, 6, "{ran:#?}");
    assert!(ran.err.contains("***"), "{ran:#?}");
    assert_silent("standard error", &ran.err);
    for (path, text) in files_below(&sandbox.state) {
        assert_silent(&path, &text);
    }
}

#[test]
fn old_logs_go_and_a_week_of_them_stays() {
    let sandbox = Sandbox::new(shop());
    for day in 1..=12 {
        let path = sandbox.state.join(format!("logs/cli.2020-01-{day:02}.log"));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, "old").expect("a file");
    }
    let ran = run(&sandbox, &["deploy"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let files = files_below(&sandbox.state.join("logs"));
    assert!(files.len() <= 7, "{files:#?}");
    let new = files.iter().filter(|(_, text)| text != "old").count();
    assert_eq!(new, 1, "{files:#?}");
}
