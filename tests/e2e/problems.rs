//! From a failure to its cause, its proof, its fix, and back again: a real database whose folder somebody gave away.

use crate::engine::{clear, docker};
use crate::world::{DEPLOYED, WEB, launch, package_of};
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::time::Duration;
use tests::driver::{Launch, Window, in_window};
use tests::package::{Package, architecture};

pub(crate) const HANDLES: &[&str] = &[
    "problem",
    "problem-proof",
    "apply-fix",
    "fix-preview",
    "check-again",
];

/// The database's user in the image of the demonstration package.
const MYSQL: u32 = 101;
/// Who the folder is given to by mistake.
const STRANGER: u32 = 1234;

const DATABASE: &str = r#"
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
      test: ["CMD-SHELL", "mariadb -h 127.0.0.1 -u shop -pshop -e 'SELECT 1'"]
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
echo "CREATE USER IF NOT EXISTS 'shop'@'%' IDENTIFIED BY 'shop';" >/tmp/init.sql
exec mariadbd --datadir=/var/lib/mysql --init-file=/tmp/init.sql
"#;

/// How long a database may take here to stop, to start, or to be known as one that does not.
const DATABASE_TAKES: Duration = Duration::from_secs(90);

struct Spoken {
    language: &'static str,
    /// Of the title.
    title: &'static str,
    /// Above the proof.
    proof: &'static str,
}

fn database(name: &str) -> Package {
    clear();
    let mut package = Package::new(name, DATABASE);
    package.namespace = "harbour".into();
    let script = package.file("script/start.sh", START);
    fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).expect("the script");
    let archive = format!("images/mariadb-{}.tar", architecture());
    package.file(&archive, "");
    fs::copy(demo().join(&archive), package.path.join(&archive)).expect("the database's image");
    let data = data(&package);
    fs::create_dir_all(&data).expect("the data folder");
    give(&data, MYSQL);
    package
}

#[allow(clippy::disallowed_methods)] // said by whoever runs the suite
fn demo() -> Utf8PathBuf {
    let made = std::env::var("QUAYSIDE_DEMO_PACKAGE").ok();
    made.map(Utf8PathBuf::from)
        .expect("QUAYSIDE_DEMO_PACKAGE is not set: run this through `cargo xtask test`")
}

fn data(package: &Package) -> Utf8PathBuf {
    package.path.join("data/mariadb")
}

/// Gives a folder and everything in it to a user.
fn give(folder: &Utf8Path, user: u32) {
    for entry in folder.read_dir_utf8().expect("a folder") {
        let entry = entry.expect("an entry").into_path();
        if entry.is_dir() {
            give(&entry, user);
        } else {
            chown(&entry, Some(user), Some(user)).expect("the tests run as root");
        }
    }
    chown(folder, Some(user), Some(user)).expect("the tests run as root");
}

fn owner(package: &Package) -> u32 {
    fs::metadata(data(package)).expect("a folder").uid()
}

/// The container stops, starts and fails, as it would after a reboot.
fn restart(package: &Package) {
    let label = format!("label=com.docker.compose.project={}", package.project);
    let container = docker(&["ps", "--all", "--quiet", "--filter", &label]);
    docker(&["restart", "--time", "20", &container]);
}

fn spoken(launch: Launch, language: &str) -> Launch {
    let arguments = launch.arguments.into_iter();
    let arguments = arguments.map(|it| if it == "en" { language.into() } else { it });
    Launch {
        arguments: arguments.collect(),
        ..launch
    }
}

/// The database ran, its folder was given away: its card leads to the cause, and the fix to a database that runs.
fn from_failure_to_ready_and_back(name: &'static str, spoken_: &Spoken) {
    let package = database(name);
    let launched = spoken(launch(name, &package), spoken_.language);
    in_window(launched, async |window| {
        window.click("@deploy").await;
        window
            .wait_for("@deploy-outcome[data-outcome=ready]", DEPLOYED)
            .await;
        window.click("@nav-overview").await;
        give(&data(&package), STRANGER);
        restart(&package);

        window
            .wait_for(
                "@service-card[data-service=db] @explain-service",
                DATABASE_TAKES,
            )
            .await;
        // Nobody asked: the page looked by itself, and the badge says so on every page.
        window
            .wait_for("@nav-problems .badge", DATABASE_TAKES)
            .await;
        window.click("@explain-service").await;
        let problem = "@problem[data-class=\"perm.data_dir_owner\"]";
        window.wait_for(problem, DATABASE_TAKES).await;
        let said = window.text(problem).await;
        assert!(said.contains(spoken_.title), "{said}");
        assert_eq!(window.attribute(problem, "data-service").await, "db");
        assert_eq!(window.attribute(problem, "data-code").await, "505");
        let proof = window.text(&format!("{problem} @problem-proof")).await;
        assert!(proof.contains(spoken_.proof), "{proof}");
        assert!(
            proof.to_lowercase().contains("permission denied"),
            "{proof}"
        );
        assert!(window.has(&format!("{problem} mark")).await);

        fix(window, &package, problem).await;
        window.click("@check-again").await;
        window
            .wait_for("@no-problems[data-state^=none]", DATABASE_TAKES)
            .await;
        assert!(!window.has("@nav-problems .badge").await);
        undo(window, &package).await;
        window.has_shown(HANDLES).await;
    });
}

/// Shows what the fix changes, lets it be changed, and starts the database on its own folder.
async fn fix(window: &Window, package: &Package, problem: &str) {
    window.click(&format!("{problem} @apply-fix")).await;
    window.wait("@fix-preview").await;
    let shown = window.text("@fix-preview").await;
    assert!(shown.contains("data/mariadb"), "{shown}");
    assert!(shown.contains(&STRANGER.to_string()), "{shown}");
    assert_eq!(owner(package), STRANGER, "only shown so far");
    window.click("@dialog-confirm").await;
    window
        .wait_for(
            "@operation-outcome[data-kind=fix][data-outcome=done]",
            DATABASE_TAKES * 2,
        )
        .await;
    assert_eq!(owner(package), MYSQL);
    window.wait_for("@problem-compared", DATABASE_TAKES).await;
    // Docker may have started it again by itself meanwhile, or do it after a minute at most.
    if window.has("@restart-repaired").await {
        window.click("@restart-repaired").await;
    }
    window
        .wait_for("@verdict[data-verdict=ready]", DATABASE_TAKES * 2)
        .await;
    window
        .wait_for("@problem-compared[data-now=gone]", DATABASE_TAKES)
        .await;
}

/// Everything has its owner of before again; with the database stopped, since it would not survive it.
async fn undo(window: &Window, package: &Package) {
    window.click("@nav-overview").await;
    window.click("@stop-all").await;
    window.click("@dialog-confirm").await;
    window
        .wait_for("@verdict[data-verdict=stopped]", DATABASE_TAKES)
        .await;
    window.click("@nav-install").await;
    if !window.has("@undo").await {
        // The result of the deployment is shown; the check is behind it.
        window.click("@to-check").await;
    }
    // The page looks anew when one comes to it. What it finds may move the button just when it is pressed; whoever sees
    // that presses it again.
    for _ in 0..3 {
        window.click("@undo").await;
        tokio::time::sleep(Duration::from_secs(2)).await;
        if window.has("@dialog-confirm").await {
            break;
        }
    }
    window.click("@dialog-confirm").await;
    window
        .wait_for(
            "@operation-outcome[data-kind=undo][data-outcome=done]",
            DATABASE_TAKES,
        )
        .await;
    assert_eq!(owner(package), STRANGER, "as it was before the fix");
}

#[test]
fn a_database_that_may_not_use_its_folder_is_explained_repaired_and_put_back() {
    let english = Spoken {
        language: "en",
        title: "may not write to its data folder",
        proof: "How Quayside knows",
    };
    from_failure_to_ready_and_back("owner", &english);
}

#[test]
fn the_same_in_chinese() {
    let chinese = Spoken {
        language: "zh-CN",
        title: "无权写入其数据目录",
        proof: "判断依据",
    };
    from_failure_to_ready_and_back("owner-zh", &chinese);
}

#[test]
fn an_error_text_is_explained_without_asking_docker() {
    let package = package_of("pasted", WEB);
    in_window(launch("pasted", &package), async |window| {
        window.click("@nav-problems").await;
        window.wait("@no-problems[data-state=none]").await;
        let field = window.wait("@explain-text").await;
        field
            .send_keys("Error response from daemon: driver failed programming external connectivity on endpoint shop-web-1: Bind for 0.0.0.0:8080 failed: port is already allocated")
            .await
            .expect("typed");
        window.click("@explain-ask").await;
        let problem = "@explained @problem[data-class=\"port.in_use\"]";
        window.wait(problem).await;
        let said = window.text(problem).await;
        assert!(said.contains("8080") && said.contains("Code 601"), "{said}");
        assert!(window.has(&format!("{problem} @problem-steps li")).await);
        assert!(
            !window.has("@nav-problems .badge").await,
            "a text from elsewhere is no problem of this package"
        );
    });
}
