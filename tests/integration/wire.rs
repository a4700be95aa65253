//! What is sent about failures, kept as it was sent: the page's tests draw these very answers.
//!
//! Written anew with `WIRE=write cargo test -p tests --test integration wire::`, and then looked at.

use serde_json::{Value, json};
use tests::cli::run;
use tests::sandbox::Sandbox;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/wire");

/// Of a database another service waits for, of Compose, and of nothing anybody knows.
fn evidence() -> Value {
    json!({
        "facts": { "os": "linux", "systemd": true },
        "waiting": { "api": ["db"] },
        "gaps": [{ "what": "containers", "why": "deadline has elapsed" }],
        "pieces": [
            {
                "kind": "container_logs", "service": "db", "image": "mariadb:10.11", "facts": { "exitCode": 1 },
                "text": "2026-11-23 14:06:31 0 [ERROR] mariadbd: Can't create/write to file './ddl_recovery.log' (Errcode: 13 \"Permission denied\")\n2026-11-23 14:06:31 0 [ERROR] Aborting",
            },
            {
                "kind": "compose_stderr",
                "text": "Error response from daemon: driver failed programming external connectivity on endpoint shop-web-1: Bind for 0.0.0.0:8080 failed: port is already allocated",
            },
            {
                "kind": "container_logs", "service": "worker", "facts": { "exitCode": 3 },
                "text": "reading ledger 7\npanic: ledger 7f3a is not where it was left",
            },
        ],
    })
}

#[test]
fn the_answers_the_pages_tests_draw_are_those_that_are_sent() {
    let sandbox = Sandbox::without_images(json!({ "web": {} }));
    let file = sandbox.file("evidence.json", &evidence().to_string());
    for language in ["en", "zh-CN"] {
        let asked = [
            "--json",
            "--lang",
            language,
            "diagnose",
            "--evidence",
            file.as_str(),
        ];
        let mut sent = run(&sandbox, &asked).json();
        sent["seconds"] = 0.into();
        let path = format!("{FOLDER}/diagnoses.{language}.json");
        #[allow(clippy::disallowed_methods)] // said by whoever runs the suite
        if std::env::var("WIRE").is_ok_and(|it| it == "write") {
            let text = serde_json::to_string_pretty(&sent).expect("JSON") + "\n";
            fs_err::create_dir_all(FOLDER).expect("a folder");
            fs_err::write(&path, text).expect("a fixture");
        }
        let kept = fs_err::read_to_string(&path).expect("the fixture");
        let kept: Value = serde_json::from_str(&kept).expect("JSON");
        assert_eq!(
            sent, kept,
            "what is sent has changed: see above how to write it"
        );
    }
}
