//! Looking changes nothing: neither on the engine nor in the package.

use crate::tap::Tap;
use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use tests::live::Live;
use tests::package::Package;
use tests::tree::{differences, tree};

/// Something of everything that a deployment would make or put right.
const COMPOSE: &str = r#"
services:
  web:
    image: ${IMAGE}
    restart: unless-stopped
    entrypoint: ["/script/run.sh"]
    ports: ["127.0.0.1:${WEB_PORT}:80"]
    environment:
      PASSWORD: ${PASSWORD}
    volumes:
      - ./script/run.sh:/script/run.sh:ro
      - ./config/app.conf:/etc/app.conf:ro
      - ./data/web:/data
      - files:/files
    networks: [inner]
  asleep:
    image: nowhere/asleep:1
    profiles: [extra]
volumes:
  files:
networks:
  inner:
"#;

/// Every object of the engine by its id, with its names and its state.
fn objects(live: &Live) -> BTreeMap<&'static str, Vec<String>> {
    let lists: [(&str, &[&str]); 4] = [
        (
            "containers",
            &[
                "ps",
                "--all",
                "--no-trunc",
                "--format",
                "{{.ID}} {{.Names}} {{.Image}} {{.State}}",
            ],
        ),
        (
            "images",
            &[
                "images",
                "--all",
                "--no-trunc",
                "--format",
                "{{.ID}} {{.Repository}}:{{.Tag}} {{.Digest}}",
            ],
        ),
        (
            "networks",
            &[
                "network",
                "ls",
                "--no-trunc",
                "--format",
                "{{.ID}} {{.Name}} {{.Driver}}",
            ],
        ),
        (
            "volumes",
            &[
                "volume",
                "ls",
                "--format",
                "{{.Name}} {{.Driver}} {{.Mountpoint}}",
            ],
        ),
    ];
    lists
        .into_iter()
        .map(|(kind, args)| {
            let mut lines: Vec<String> = live.docker(args).lines().map(str::to_owned).collect();
            lines.sort();
            (kind, lines)
        })
        .collect()
}

/// Looks in every way there is, and compares before and after.
fn look(live: &Live, tap: &Tap, when: &str, code: i32) {
    let (before, files) = (objects(live), tree(&live.package.path));
    assert!(files.len() > 5, "{files:?}");
    let asked = tap.asked("").len();
    for args in [
        &["check", "--json"][..],
        &["plan", "--json"],
        &["inspect", "--json"],
        &["list-images", "--json"],
        &["status", "--json"],
    ] {
        let ended = live.cli(args);
        let expected = if args[0] == "check" { code } else { 0 };
        assert_eq!(ended.code, expected, "{when}, {args:?}: {ended}");
    }
    assert!(tap.asked("").len() > asked, "{when}: the engine was asked");
    assert_eq!(objects(live), before, "{when}: the engine's objects");
    let changed = differences(&files, &tree(&live.package.path));
    assert!(changed.is_empty(), "{when}: {changed:#?}");
}

/// Has the engine to itself: `cargo xtask test` runs these after the others.
mod alone {
    use super::*;

    #[test]
    fn looking_changes_nothing_on_the_engine_and_no_byte_of_the_package() {
        let package = Package::with_image("unchanged", COMPOSE);
        package.file("script/run.sh", "#!/bin/sh\r\nexec forever\r\n");
        let settings = fs_err::read_to_string(package.path.join(".env")).unwrap();
        let settings = format!("{settings}WEB_PORT=18462\nPASSWORD=CHANGE_ME\n");
        package.file(".env", &settings);
        // Nobody else's containers may come and go meanwhile.
        let mut live = Live::alone(package);
        let tap = Tap::between(&mut live);
        live.step("of a package with a missing file, a script from Windows and an open password");
        look(&live, &tap, "broken", 3);

        live.step("of one that can be deployed");
        live.package.file("config/app.conf", "greeting = hello\n");
        live.package
            .file("script/run.sh", "#!/bin/sh\nexec forever\n");
        live.package
            .file(".env", &settings.replace("CHANGE_ME", "kR7pXw"));
        look(&live, &tap, "sound", 0);
        let script = live.package.path.join("script/run.sh");
        let mode = fs_err::metadata(&script).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o644, "a deployment would change it");
        for change in ["POST ", "PUT ", "DELETE "] {
            assert_eq!(tap.asked(change), [""; 0], "the engine was only asked");
        }

        live.step("of one that runs");
        live.expect(0, &["deploy"]);
        look(&live, &tap, "deployed", 0);
        assert!(
            !tap.asked("POST ").is_empty(),
            "a deployment is seen, so looking would be"
        );
    }
}
