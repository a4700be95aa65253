//! Which files are looked into, and what is seen in them.

use super::*;
use crate::api::package::MountKind;

struct World {
    _folder: tempfile::TempDir,
    root: Utf8PathBuf,
    service: Service,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("well");
        let root = Utf8Path::from_path(folder.path()).expect("well");
        let root = root.canonicalize_utf8().expect("well").join("package");
        fs::create_dir_all(&root).expect("well");
        Self {
            _folder: folder,
            root,
            service: Service {
                name: "web".into(),
                active: true,
                ..Service::default()
            },
        }
    }

    fn file(&self, path: &str, content: &[u8]) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("well")).expect("well");
        fs::write(path, content).expect("well");
    }

    fn mount(&mut self, source: &str, target: &str, read_only: bool) {
        self.service.bind_mounts.push(BindMount {
            source: self.root.join(source),
            target: target.into(),
            read_only,
            kind: MountKind::File,
            exists: true,
            image_has: None,
        });
    }

    fn seen(&self) -> Vec<ScriptText> {
        observe(&Project {
            name: "demo".into(),
            directory: self.root.clone(),
            files: Vec::new(),
            services: vec![self.service.clone()],
            networks: Vec::new(),
            volumes: Vec::new(),
            external_networks: Vec::new(),
            external_volumes: Vec::new(),
            preview: false,
        })
    }

    fn names(&self) -> Vec<String> {
        self.seen().into_iter().map(|script| script.file).collect()
    }
}

const CRLF: &[u8] = b"#!/bin/sh\r\necho hello\r\n";

#[test]
fn each_defect_is_seen_in_scripts_and_in_nothing_else() {
    let mut world = World::new();
    for (name, content) in [
        ("crlf.sh", CRLF),
        ("bom.sh", b"\xef\xbb\xbf#!/bin/sh\n"),
        ("good.sh", b"#!/bin/sh\n"),
        ("app.conf", b"key = 1\r\n"),
        ("run.py", b"#!/usr/bin/env python3\nprint()\r\n"),
        ("start.py", b"#!/usr/bin/env python3\r\n"),
        ("binary.sh", b"#!/bin/sh\r\n\0"),
        ("empty.sh", b""),
    ] {
        world.file(name, content);
        world.mount(name, &format!("/x/{name}"), false);
    }
    let seen = world.seen();
    let named = |name: &str| {
        seen.iter()
            .find(|script| script.file == name)
            .expect("well")
    };
    assert_eq!(world.names(), ["bom.sh", "crlf.sh", "start.py"]);
    assert_eq!((named("crlf.sh").crlf, named("crlf.sh").bom), (2, false));
    assert_eq!((named("bom.sh").crlf, named("bom.sh").bom), (0, true));
    assert!(!named("crlf.sh").started);
}

#[test]
fn folders_of_data_are_not_looked_into_and_folders_of_scripts_are() {
    let mut world = World::new();
    for folder in ["data", "upload", "init", "conf"] {
        world.file(&format!("{folder}/a.sh"), CRLF);
    }
    world.mount("data", "/var/lib/app", false);
    world.mount("upload", "/upload", false);
    world.mount("init", "/docker-entrypoint-initdb.d", false);
    world.mount("conf", "/etc/app", true);
    assert_eq!(world.names(), ["conf/a.sh", "init/a.sh"]);
    world.service.command = vec!["sh".into(), "/var/lib/app/a.sh".into()];
    assert_eq!(
        world.names(),
        ["conf/a.sh", "data/a.sh", "init/a.sh"],
        "what is named is run"
    );
    let data = &world.seen()[1];
    assert!(data.started);
}

#[test]
fn what_a_script_reads_in_is_followed_and_links_out_of_the_package_are_not() {
    let mut world = World::new();
    world.file(
        "scripts/run.sh",
        b"#!/bin/sh\n. ./lib.sh\nsource /opt/x/more.sh\n. \"$HOME/no.sh\"\n",
    );
    world.file("scripts/lib.sh", CRLF);
    world.file("more/more.sh", b"echo\r\n");
    world.file("../outside.sh", CRLF);
    std::os::unix::fs::symlink("../outside.sh", world.root.join("link.sh")).expect("well");
    world.mount("scripts", "/app", false);
    world.mount("more", "/opt/x", false);
    world.mount("link.sh", "/link.sh", false);
    world.service.entrypoint = vec!["/app/run.sh".into()];
    assert_eq!(world.names(), ["more/more.sh", "scripts/lib.sh"]);
}

#[test]
fn a_first_line_is_missed_only_where_the_kernel_needs_it() {
    let mut world = World::new();
    world.file("run", b"echo hello\n");
    world.mount("run", "/run.sh", false);
    world.service.entrypoint = vec!["sh".into(), "/run.sh".into()];
    assert!(world.names().is_empty());
    world.service.entrypoint = vec!["/run.sh".into()];
    let seen = world.seen();
    assert!(seen[0].bare && seen[0].started);
    world.file("run.orig", b"");
    assert_eq!(world.seen()[0].backup, world.root.join("run.orig.1"));
}

#[test]
fn thousands_of_files_are_no_reason_to_wait() {
    let mut world = World::new();
    for at in 0..3000 {
        world.file(&format!("init/{at}.sh"), CRLF);
    }
    world.mount("init", "/docker-entrypoint-initdb.d", false);
    assert_eq!(world.names().len(), MOST_FILES);
}
