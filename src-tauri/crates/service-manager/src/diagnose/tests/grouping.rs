//! Several texts, one reason.

use crate::diagnose::evidence::{Evidence, Kind, Piece};
use crate::diagnose::weigh::{Finding, weigh};

fn piece(kind: Kind, service: &str, text: &str) -> Piece {
    Piece {
        kind,
        service: (!service.is_empty()).then(|| service.to_owned()),
        text: text.to_owned(),
        ..Piece::default()
    }
}

fn found(pieces: Vec<Piece>, waiting: &[(&str, &[&str])]) -> Vec<Finding> {
    let waiting = waiting.iter().map(|(service, on)| {
        let on = on.iter().map(|it| (*it).to_owned()).collect();
        ((*service).to_owned(), on)
    });
    weigh(&Evidence {
        pieces,
        waiting: waiting.collect(),
        ..Evidence::default()
    })
}

fn ids(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.class.id).collect()
}

#[test]
fn what_compose_says_of_a_container_yields_to_what_the_container_says() {
    let found = found(
        vec![
            piece(
                Kind::ComposeStderr,
                "",
                "dependency failed to start: container shop-db-1 exited (1)",
            ),
            piece(
                Kind::ContainerLogs,
                "db",
                "Error: Database is uninitialized and superuser password is not specified.",
            ),
            piece(
                Kind::ContainerLogs,
                "web",
                "psycopg2: could not translate host name \"db\" to address: Name or service not known",
            ),
        ],
        &[("web", &["db"]), ("jobs", &["web"])],
    );
    assert_eq!(ids(&found), ["db.missing_password"]);
    assert_eq!(found[0].service.as_deref(), Some("db"));
    assert_eq!(found[0].explains, ["jobs", "web"]);
}

#[test]
fn that_others_wait_says_less_than_any_symptom_of_the_one_they_wait_for() {
    // Compose v1 names it by its id.
    for said in [
        "ERROR: for app  Container \"9ec0393d3f40\" exited with code 3.",
        "service \"db\" didn't complete successfully: exit 3",
    ] {
        let found = found(
            vec![
                piece(Kind::ComposeStderr, "", said),
                piece(
                    Kind::ContainerLogs,
                    "db",
                    "wget: bad address 'no-such-host'",
                ),
            ],
            &[("app", &["db"])],
        );
        assert_eq!(ids(&found), ["net.dns_container"], "{said}");
    }
}

#[test]
fn a_symptom_alone_is_said() {
    let text = "dependency failed to start: container shop-db-1 is unhealthy";
    let found = found(vec![piece(Kind::ComposeStderr, "", text)], &[]);
    assert_eq!(ids(&found), ["compose.dependency_unhealthy"]);
}

#[test]
fn a_full_disk_is_one_problem_however_many_services_say_so() {
    let full = "write /data/x: no space left on device";
    let found = found(
        vec![
            piece(Kind::ContainerLogs, "db", full),
            piece(Kind::ContainerLogs, "files", full),
        ],
        &[],
    );
    assert_eq!(ids(&found)[0], "disk.full");
    assert_eq!(
        found.iter().filter(|it| it.class.id == "disk.full").count(),
        1
    );
    assert_eq!(found[0].explains, ["files"]);
}

#[test]
fn two_services_with_troubles_of_their_own_have_two_problems() {
    let found = found(
        vec![
            piece(
                Kind::ContainerLogs,
                "db",
                "FATAL:  data directory \"/var/lib/postgresql/data\" has wrong ownership",
            ),
            piece(
                Kind::EngineError,
                "web",
                "Bind for 0.0.0.0:80 failed: port is already allocated",
            ),
        ],
        &[],
    );
    let mut classes = ids(&found);
    classes.truncate(2);
    classes.sort_unstable();
    assert_eq!(classes, ["perm.data_dir_owner", "port.in_use"]);
}

#[test]
fn what_nobody_knows_is_shown_as_it_was_written_for_each_service() {
    let found = found(
        vec![
            piece(
                Kind::ContainerLogs,
                "a",
                "starting\nLicence file is invalid (E-77)\nbye",
            ),
            piece(
                Kind::ContainerLogs,
                "b",
                "java.lang.IllegalStateException: no plan",
            ),
        ],
        &[],
    );
    assert_eq!(ids(&found), ["unknown", "unknown"]);
    assert!(
        found[0]
            .proof
            .iter()
            .any(|proof| proof.line.contains("E-77"))
    );
}

#[test]
fn a_symptom_says_who_waits_too_and_compose_names_the_container_only() {
    let said = "dependency failed to start: container shop-db-1 is unhealthy";
    let pieces = vec![piece(Kind::ComposeStderr, "", said)];
    let found = found(pieces, &[("web", &["db"]), ("jobs", &["web"])]);
    assert_eq!(ids(&found), ["compose.dependency_unhealthy"]);
    assert_eq!(found[0].explains, ["jobs", "web"]);
}
