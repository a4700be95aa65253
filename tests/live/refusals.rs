//! What cannot be done is said before anything is changed, with the reason and the way out.

use crate::tap::Tap;
use std::net::TcpListener;
use tests::live::{Live, text};
use tests::package::Package;

const PUBLISHED: &str = r#"
services:
  web:
    image: ${IMAGE}
    restart: unless-stopped
    command: ["httpd", "-f", "-p", "80"]
    stop_signal: SIGKILL
    ports: ["${PORT}:80"]
"#;

fn with_port(name: &str, port: u16) -> Package {
    let package = Package::with_image(name, PUBLISHED);
    let settings = fs_err::read_to_string(package.path.join(".env")).unwrap();
    package.file(".env", &format!("{settings}PORT={port}\n"));
    package
}

#[test]
fn a_missing_image_is_refused_before_anything_is_changed() {
    let mut live = Live::new(Package::new(
        "missing-image",
        r#"
services:
  app:
    image: ${IMAGE}
    volumes: ["./data:/data", "files:/files"]
    networks: [inner]
volumes:
  files:
networks:
  inner:
"#,
    ));
    let tap = Tap::between(&mut live);
    let ended = live.expect(3, &["deploy", "--json"]);
    let finished = ended.finished();
    assert_eq!(finished["outcome"], "blocked", "{ended}");
    assert_eq!(finished["checks"][0]["id"], "image.missing");
    assert!(text(&finished["checks"][0]["message"]).contains(&live.package.image()));
    assert_eq!(
        ended.events()[0].1["steps"],
        serde_json::json!([]),
        "no step was planned"
    );
    for change in ["POST ", "PUT ", "DELETE "] {
        assert_eq!(tap.asked(change), [""; 0], "the engine was only asked");
    }
    assert!(!tap.asked("GET ").is_empty(), "it was asked");
    for kind in ["container", "network", "volume"] {
        assert!(live.ids(kind).is_empty(), "no {kind} was made");
    }
    assert!(!live.package.path.join("data").exists(), "the package too");
}

#[test]
fn a_start_without_loaded_images_is_refused_and_never_looks_for_them_elsewhere() {
    let mut live = Live::new(Package::with_image(
        "start-first",
        "services:\n  app:\n    image: ${IMAGE}\n  other:\n    image: ${IMAGE}\n    depends_on: [app]\n",
    ));
    let tap = Tap::between(&mut live);
    for args in [&["start", "--json"][..], &["start", "other", "--json"]] {
        let finished = live.expect(3, args).finished();
        assert_eq!(finished["checks"][0]["id"], "image.missing", "{finished}");
    }
    live.expect(1, &["restart-container", "--container-name", "app"]);
    assert_eq!(tap.asked("/images/create"), [""; 0]);
    assert!(live.ids("container").is_empty());
}

#[test]
fn a_folder_that_is_no_package_is_refused_with_what_was_looked_for() {
    let live = Live::new(Package::new("no-package", "services: {}\n"));
    let folder = live.package.around().join("empty");
    fs_err::create_dir(&folder).unwrap();
    let told = live.start_on(&folder, &["deploy"]).end();
    assert_eq!(told.code, 6, "{told}");
    assert!(told.err.contains("docker-compose.yml"), "{told}");
    assert!(told.err.contains(folder.as_str()), "{told}");
    let json = live.start_on(&folder, &["deploy", "--json"]).end();
    assert_eq!(json.code, 6, "{json}");
    assert!(json.json()["error"]["message"].is_string(), "{json}");
}

#[test]
fn without_an_engine_it_says_so_with_the_remedy_for_this_system() {
    let mut live = Live::new(Package::with_image(
        "no-engine",
        "services:\n  app:\n    image: ${IMAGE}\n",
    ));
    live.through(format!("unix://{}/nobody.sock", live.package.around()));
    let deploy = live.expect(5, &["deploy", "--json"]).finished();
    assert_eq!(deploy["outcome"], "blocked", "{deploy}");
    let check = &deploy["checks"][0];
    assert_eq!(check["id"], "engine.not_running", "{deploy}");
    assert!(
        text(&check["steps"][0]).contains("docker"),
        "a remedy: {check}"
    );
    assert_eq!(
        deploy["failure"]["category"], "environment-check",
        "{deploy}"
    );

    let status = live.expect(5, &["status", "--json"]).json();
    assert_eq!(status["verdict"], "engine-unreachable");
    assert!(status["engine"]["reason"].is_string(), "{status}");
    live.expect(5, &["check"]);
    live.expect(0, &["inspect"]);
}

#[test]
fn a_port_that_a_program_holds_blocks_with_its_name_and_number() {
    let listener = TcpListener::bind("0.0.0.0:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let live = Live::new(with_port("port-process", port));
    let finished = live.expect(3, &["deploy", "--json"]).finished();
    let check = &finished["checks"][0];
    assert_eq!(check["id"], "port.in_use", "{finished}");
    assert_eq!(check["subject"], port.to_string());
    let found = text(&check["found"]);
    assert!(found.contains(&std::process::id().to_string()), "{found}");
    assert!(found.starts_with("live"), "the program's name: {found}");
    assert!(live.ids("container").is_empty());

    live.step("once the port is free, it deploys");
    drop(listener);
    live.expect(0, &["deploy"]);
    live.step("and its own port does not block the next time");
    live.expect(0, &["deploy"]);
}

#[test]
fn a_port_that_another_container_holds_blocks_with_the_containers_name() {
    let listener = TcpListener::bind("0.0.0.0:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let first = Live::new(with_port("port-first", port));
    first.expect(0, &["deploy"]);
    let holder = text(&first.status()["services"][0]["containers"][0]["name"]);

    let second = first.beside(with_port("port-second", port));
    let finished = second.expect(3, &["deploy", "--json"]).finished();
    let check = &finished["checks"][0];
    assert_eq!(check["id"], "port.in_use", "{finished}");
    assert!(text(&check["found"]).contains(&holder), "{check}");
    assert!(second.ids("container").is_empty());
}
