use super::sources::{Plain, Source, Sources};
use super::*;
use crate::compose::Generation;
use crate::compose::read::{self, Origin};
use crate::images::archive::ArchiveImage;
use crate::package::yaml;
use camino::Utf8Path;
use std::collections::BTreeSet;

/// A service about which there is nothing to say.
const SOUND: &str = "services:\n  web:\n    image: shop/web:2.4\n    user: '1000'\n    restart: always\n    mem_limit: 1g\n    healthcheck: {test: [CMD, ping]}\n    logging: {options: {max-size: 10m}}\n";

fn source(text: &str) -> Source {
    Source {
        file: "compose.yaml".into(),
        text: text.into(),
        model: yaml::parse(text.as_bytes()).expect("sound").remove(0),
    }
}

fn advice_with(text: &str, archives: &[Archive], plain: Vec<Plain>) -> Vec<AuditEntry> {
    let source = source(text);
    let none = BTreeSet::new();
    let origin = Origin {
        directory: Utf8Path::new("/package"),
        files: &[],
        home: None,
        active_profiles: &none,
        name: "shop",
        generation: Generation::V2,
        preview: true,
    };
    let project = read::project(source.model.clone(), &origin);
    let compose = vec![source];
    audit(&project, archives, "amd64", &Sources { compose, plain })
}

fn advice(text: &str) -> Vec<AuditEntry> {
    advice_with(text, &[], Vec::new())
}

fn ids(found: &[AuditEntry]) -> Vec<(&str, Option<u32>)> {
    found.iter().map(|it| (it.id.as_str(), it.line)).collect()
}

#[test]
fn there_is_nothing_to_say_about_a_sound_service() {
    assert_eq!(ids(&advice(SOUND)), []);
}

#[test]
fn each_habit_is_named_with_its_line() {
    for (more, id, line) in [
        ("privileged: true", "audit.privileged", 9),
        ("pid: host", "audit.host_pid", 9),
        ("cap_add: [CAP_SYS_ADMIN]", "audit.capability", 9),
        (
            "volumes: ['/var/run/docker.sock:/var/run/docker.sock:ro']",
            "audit.docker_socket",
            9,
        ),
        ("volumes: ['/etc:/host']", "audit.system_mount", 9),
        ("network_mode: host", "audit.host_network", 9),
        ("ports: ['3306:3306']", "audit.database_port", 9),
        (
            "environment: {DB_PASSWORD: hunter22}",
            "audit.secret_in_file",
            9,
        ),
        (
            "environment:\n    - LANG=C\n    - DB_PASSWORD=hunter22",
            "audit.secret_in_file",
            11,
        ),
    ] {
        let text = format!("{SOUND}    {more}\n");
        let found = advice(&text);
        let lines = [(id, Some(line))];
        assert_eq!(ids(&found), lines, "{more}");
        let said = format!("{found:?}");
        assert!(!said.contains("hunter22"), "{said}");
    }
    for (without, instead, id, line) in [
        ("user: '1000'", "user: root", "audit.root_user", Some(4)),
        ("    restart: always\n", "", "audit.no_restart", Some(2)),
        (
            "restart: always",
            "restart: 'no'\n    ports: ['80']",
            "audit.no_restart",
            Some(5),
        ),
        ("    mem_limit: 1g\n", "", "audit.no_memory_limit", Some(2)),
        (
            "    healthcheck: {test: [CMD, ping]}\n",
            "",
            "audit.no_healthcheck",
            Some(2),
        ),
        (
            "{options: {max-size: 10m}}",
            "{driver: json-file}",
            "audit.no_log_rotation",
            Some(8),
        ),
        ("shop/web:2.4", "shop/web", "audit.no_tag", Some(3)),
        (
            "shop/web:2.4",
            "host:5000/web:latest",
            "audit.no_tag",
            Some(3),
        ),
        (
            "shop/web:2.4",
            "mysql:8.0\n    volumes: ['./data:/var/lib/mysql']",
            "audit.database_folder",
            Some(4),
        ),
    ] {
        let found = advice(&SOUND.replace(without, instead));
        assert_eq!(ids(&found), [(id, line)], "{instead}");
    }
}

#[test]
fn what_is_well_done_is_not_blamed() {
    for more in [
        "environment: {DB_PASSWORD: '${DB_PASSWORD}', API_KEY_FILE: /run/secrets/key, AUTH_ENABLED: 'true'}",
        "ports: ['127.0.0.1:3306:3306']",
        "volumes: ['/etc/localtime:/etc/localtime:ro', '/etc:/host:ro']",
        "cap_add: [NET_ADMIN]",
        "environment: {DATABASE_URL: 'postgres://db/shop'}",
    ] {
        assert_eq!(ids(&advice(&format!("{SOUND}    {more}\n"))), [], "{more}");
    }
    let job = "services:\n  job:\n    image: a:1\n    user: '1'\n    restart: 'no'\n";
    assert_eq!(
        ids(&advice(job)),
        [],
        "a job that ends is looked after by nobody"
    );
}

#[test]
fn what_the_image_says_counts() {
    let text = SOUND
        .replace("    user: '1000'\n", "")
        .replace("    healthcheck: {test: [CMD, ping]}\n", "");
    let archive = |user: &str, healthcheck: Option<Vec<String>>| Archive {
        images: vec![ArchiveImage {
            refs: vec!["shop/web:2.4-amd64".into()],
            platform: "linux/amd64".into(),
            config: ImageConfig {
                user: user.into(),
                healthcheck,
                ..ImageConfig::default()
            },
            ..ArchiveImage::default()
        }],
        ..Archive::default()
    };
    let good = advice_with(
        &text,
        &[archive("app", Some(vec!["CMD".into()]))],
        Vec::new(),
    );
    assert_eq!(ids(&good), []);
    let bad = advice_with(&text, &[archive("", None)], Vec::new());
    let bad: Vec<_> = bad.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(bad, ["audit.no_healthcheck", "audit.root_user"], "ranked");
}

#[test]
fn files_with_secrets_are_found_and_never_quoted() {
    let env = |open| Plain {
        file: ".env".into(),
        text: "PORT=80\nexport DB_PASSWORD=hunter22\nTOKEN=CHANGE_ME\nADMIN_PASSWORD=\n".into(),
        open,
        is_secret: false,
    };
    let found = advice_with(SOUND, &[], vec![env(true)]);
    assert_eq!(
        ids(&found),
        [("audit.open_file", None), ("audit.secret_in_env", Some(2))]
    );
    assert!(!format!("{found:?}").contains("hunter22"));
    let found = advice_with(SOUND, &[], vec![env(false)]);
    assert_eq!(ids(&found), [("audit.secret_in_env", Some(2))]);
    let key = Plain {
        file: "key.pem".into(),
        text: String::new(),
        open: true,
        is_secret: true,
    };
    assert_eq!(
        ids(&advice_with(SOUND, &[], vec![key])),
        [("audit.open_file", None)]
    );
}
