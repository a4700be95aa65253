//! A package on a stick, as vendors hand them over: real file systems that keep no permissions, on a loop device. Where
//! this computer cannot mount one, the test says so and that one is left out.
#![allow(clippy::print_stderr)] // what was left out, and why

use camino::{Utf8Path, Utf8PathBuf};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use tests::live::{Live, text};
use tests::package::Package;
use tests::tree::{differences, tree};

const COMPOSE: &str = r#"
services:
  app:
    image: ${IMAGE}
    user: "1000:1000"
    restart: unless-stopped
    entrypoint: ["/script/run.sh"]
    volumes:
      - ./script/run.sh:/script/run.sh:ro
      - ./config/app.conf:/etc/app.conf:ro
    healthcheck:
      test: ["CMD", "test", "-e", "/tmp/began"]
      interval: 1s
      start_period: 20s
"#;

/// How one kind of medium is made and mounted, as desktops do it and as a careful administrator does.
struct Kind {
    name: &'static str,
    make: &'static [&'static str],
    mount: &'static [&'static str],
}

const KINDS: [Kind; 4] = [
    Kind {
        name: "exfat",
        make: &["mkfs.exfat"],
        mount: &["mount.exfat-fuse", "-o", "fmask=0022,dmask=0022"],
    },
    Kind {
        name: "exfat-private",
        make: &["mkfs.exfat"],
        mount: &["mount.exfat-fuse", "-o", "fmask=0077,dmask=0077"],
    },
    Kind {
        name: "ntfs",
        make: &["mkfs.ntfs", "-F", "-Q", "-q"],
        mount: &["mount.ntfs-3g", "-o", "fmask=0111"],
    },
    Kind {
        name: "fat32",
        make: &["mkfs.vfat"],
        mount: &["mount", "-t", "vfat"],
    },
];

/// A mounted medium; taken away when dropped.
struct Medium {
    folder: Utf8PathBuf,
    device: String,
}

#[allow(clippy::disallowed_methods)] // a test is no product
fn run(words: &[&str]) -> Result<String, String> {
    let (program, args) = words.split_first().unwrap();
    let ran = Command::new(program)
        .args(args)
        .output()
        .map_err(|error| format!("{program}: {error}"))?;
    if ran.status.success() {
        Ok(String::from_utf8_lossy(&ran.stdout).trim().to_owned())
    } else {
        let said = String::from_utf8_lossy(&ran.stderr).trim().to_owned();
        Err(format!("{}: {said}", words.join(" ")))
    }
}

impl Medium {
    fn of(kind: &Kind, beside: &Utf8Path) -> Result<Self, String> {
        let image = beside.join(format!("{}.disk", kind.name));
        let file = fs_err::File::create(&image).unwrap();
        file.set_len(64 << 20).unwrap();
        run(&[kind.make, &[image.as_str()]].concat())?;
        let medium = Self {
            folder: beside.join(format!("media {}", kind.name)),
            device: run(&["losetup", "--find", "--show", image.as_str()])?,
        };
        fs_err::create_dir(&medium.folder).unwrap();
        let (device, folder) = (medium.device.clone(), medium.folder.clone());
        run(&[kind.mount, &[device.as_str(), folder.as_str()]].concat())?;
        Ok(medium)
    }
}

impl Drop for Medium {
    fn drop(&mut self) {
        let _ = run(&["umount", self.folder.as_str()]);
        let _ = run(&["losetup", "--detach", &self.device]);
    }
}

/// Copies contents and nothing else: a medium refuses permissions.
fn hand_over(from: &Utf8Path, to: &Utf8Path) {
    fs_err::create_dir_all(to).unwrap();
    for entry in from.read_dir_utf8().unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            hand_over(entry.path(), &target);
        } else {
            fs_err::write(&target, fs_err::read(entry.path()).unwrap()).unwrap();
        }
    }
}

fn mode(path: &Utf8Path) -> u32 {
    fs_err::metadata(path).unwrap().permissions().mode() & 0o777
}

fn from_a_stick_to_ready(kind: &Kind) {
    let package = Package::with_image(&format!("stick-{}", kind.name), COMPOSE);
    package.file(
        "script/run.sh",
        "#!/bin/sh\ntouch /tmp/began\nexec forever\n",
    );
    package.file("config/app.conf", "greeting = hello\n");
    let live = Live::new(package);
    let medium = match Medium::of(kind, live.package.around()) {
        Ok(medium) => medium,
        Err(why) => {
            eprintln!("LEFT OUT, {} cannot be mounted here: {why}", kind.name);
            return;
        }
    };
    let stick = medium.folder.join("Shop 2.4");
    hand_over(&live.package.path, &stick);
    let before = tree(&stick);

    live.step("the check says that it cannot run from here, and where it can go");
    for action in ["check", "deploy"] {
        let ended = live.start_on(&stick, &[action, "--json"]).end();
        assert_eq!(ended.code, 3, "{}: {ended}", kind.name);
        let answer = if action == "check" {
            ended.json()
        } else {
            ended.finished()
        };
        let row = answer["checks"]
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["state"] == "block")
            .unwrap();
        assert_eq!(row["id"], "package.location", "{}: {ended}", kind.name);
        assert_eq!(row["subject"], stick.as_str());
        assert!(text(&row["steps"]).contains("opy"), "{row}");
    }
    assert!(live.ids("container").is_empty());
    assert_eq!(
        differences(&before, &tree(&stick)),
        [""; 0],
        "{}",
        kind.name
    );

    live.step("the copy has everything, and what is a program can be run");
    let copied = live.package.around().join("copied");
    let to = copied.as_str();
    let ended = live.start_on(&stick, &["copy", "--to", to, "--json"]).end();
    assert_eq!(ended.code, 0, "{}: {ended}", kind.name);
    for path in before.keys().map(Utf8Path::new).filter(|it| it.is_file()) {
        let there = copied.join(path.strip_prefix(&stick).unwrap());
        let same = fs_err::read(path).unwrap() == fs_err::read(&there).unwrap();
        assert!(same, "{}: {there}", kind.name);
        let expected = if there.extension() == Some("sh") {
            0o755
        } else {
            0o644
        };
        assert_eq!(mode(&there), expected, "{}: {there}", kind.name);
    }
    assert_eq!(
        differences(&before, &tree(&stick)),
        [""; 0],
        "{}",
        kind.name
    );

    live.step("with the medium pulled out, it deploys from the copy");
    drop(medium);
    let ended = live.start_on(&copied, &["deploy", "--json"]).end();
    assert_eq!(ended.code, 0, "{}: {ended}", kind.name);
    assert_eq!(ended.finished()["outcome"], "ready", "{ended}");
}

#[test]
fn from_a_medium_without_permissions_it_is_copied_and_deploys_from_there() {
    for kind in &KINDS {
        from_a_stick_to_ready(kind);
    }
}
