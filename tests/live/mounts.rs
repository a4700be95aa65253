//! What the package mounts: scripts that lost their bit, files that are missing, folders that are made.

use std::os::unix::fs::PermissionsExt;
use tests::live::Live;
use tests::package::Package;

const COMPOSE: &str = r#"
services:
  app:
    image: ${IMAGE}
    restart: unless-stopped
    entrypoint: ["/script/run.sh"]
    volumes:
      - ./script/run.sh:/script/run.sh:ro
      - ./config/app.conf:/etc/app.conf:ro
      - ./data/app:/data
    healthcheck:
      test: ["CMD", "test", "-e", "/data/began"]
      interval: 1s
      start_period: 20s
"#;

fn package(name: &str) -> Package {
    let package = Package::with_image(name, COMPOSE);
    package.file(
        "script/run.sh",
        "#!/bin/sh\ncat /etc/app.conf > /data/began\nexec forever\n",
    );
    package.file("config/app.conf", "greeting = hello\n");
    package
}

#[test]
fn a_script_without_its_executable_bit_gets_it_and_folders_are_made() {
    let live = Live::new(package("scripts"));
    let script = live.package.path.join("script/run.sh");
    let config = live.package.path.join("config/app.conf");
    let mode = |path| fs_err::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&script), 0o644);

    let ended = live.expect(0, &["deploy", "--json"]);
    let steps = ended.steps();
    assert_eq!(steps[1..3], ["directories=done", "scripts=done"], "{ended}");
    assert_eq!(mode(&script), 0o755, "whoever may read may execute");
    assert_eq!(mode(&config), 0o644, "nothing else changed");
    let began = live.package.path.join("data/app/began");
    assert_eq!(fs_err::read_to_string(began).unwrap(), "greeting = hello\n");
}

#[test]
fn a_missing_file_blocks_by_name_and_no_folder_takes_its_place() {
    let live = Live::new(package("missing-file"));
    let config = live.package.path.join("config/app.conf");
    fs_err::remove_file(&config).unwrap();

    let finished = live.expect(3, &["deploy", "--json"]).finished();
    assert_eq!(finished["outcome"], "blocked", "{finished}");
    assert_eq!(finished["checks"][0]["id"], "mount.source_missing");
    assert_eq!(finished["checks"][0]["subject"], config.as_str());
    assert!(!config.exists(), "neither a file nor a folder");
    assert!(
        !live.package.path.join("data").exists(),
        "nothing was changed"
    );
    assert!(live.ids("container").is_empty());

    live.step("with the file it deploys");
    live.package.file("config/app.conf", "greeting = hello\n");
    live.expect(0, &["deploy"]);
}
