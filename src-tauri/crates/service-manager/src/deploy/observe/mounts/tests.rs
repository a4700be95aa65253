//! What is really on a disk.

use super::*;
use crate::compose::project::Service;
use std::os::unix::fs::symlink;

struct World {
    _folder: tempfile::TempDir,
    root: Utf8PathBuf,
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
        }
    }

    fn file(&self, path: &str, content: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("well")).expect("well");
        fs::write(path, content).expect("well");
    }

    fn folder(&self, path: &str) {
        fs::create_dir_all(self.root.join(path)).expect("well");
    }

    /// Looks at one mount of these names.
    fn look(&self, source: &str, target: &str, kind: MountKind) -> MountObserved {
        let mount = BindMount {
            source: self.root.join(source),
            target: target.into(),
            read_only: false,
            kind,
            exists: self.root.join(source).exists(),
            image_has: None,
        };
        let project = Project {
            name: "demo".into(),
            directory: self.root.clone(),
            files: vec![self.root.join("compose.yaml")],
            services: vec![Service {
                name: "web".into(),
                active: true,
                bind_mounts: vec![mount],
                ..Service::default()
            }],
            networks: Vec::new(),
            volumes: Vec::new(),
            external_networks: Vec::new(),
            external_volumes: Vec::new(),
            preview: false,
        };
        observe(&project).remove(0)
    }
}

#[test]
fn what_lies_near_a_missing_file_is_found() {
    let world = World::new();
    world.file("config/app.conf.example", "a");
    world.file("config/App.conf", "b");
    world.file("old/app.conf", "c");
    world.file("config/other.conf", "d");
    world.file("images/app.conf", "e");
    let seen = world.look("config/app.conf", "/etc/app.conf", MountKind::File);
    let names: Vec<&str> = seen
        .near
        .iter()
        .filter_map(|path| path.strip_prefix(&world.root).ok())
        .map(Utf8Path::as_str)
        .collect();
    assert_eq!(names.len(), 3, "{names:?}");
    assert!(names.contains(&"config/App.conf") && names.contains(&"config/app.conf.example"));
    assert_eq!(names[2], "old/app.conf");
    assert!(seen.content.is_some());
}

#[test]
fn a_folder_in_the_place_of_a_file_is_stray_only_while_it_is_empty() {
    let world = World::new();
    world.folder("app.conf");
    let seen = world.look("app.conf", "/etc/app.conf", MountKind::Directory);
    assert_eq!(seen.needs, Some((MountKind::File, false)));
    assert!(seen.stray.is_some());
    world.file("app.conf/x", "");
    let seen = world.look("app.conf", "/etc/app.conf", MountKind::Directory);
    assert_eq!(seen.stray, None);
}

#[test]
fn links_and_places_outside_are_told() {
    let world = World::new();
    fs::create_dir_all(world.root.parent().expect("well").join("outside")).expect("well");
    symlink("../outside", world.root.join("data")).expect("well");
    symlink("/nowhere/at/all", world.root.join("lost")).expect("well");
    symlink("./real", world.root.join("soft")).expect("well");
    world.folder("real");
    let data = world.look("data", "/data", MountKind::Directory);
    assert!(data.exists && !data.inside);
    assert_eq!(data.link.expect("well").1, "../outside");
    let lost = world.look("lost", "/data", MountKind::Directory);
    assert!(!lost.exists && !lost.inside && lost.link.is_some());
    let soft = world.look("soft", "/data", MountKind::Directory);
    assert!(soft.exists && soft.inside);
    assert_eq!(soft.link, None);
    assert_eq!(soft.stray, None, "a link is nobody's mistake");
    let below = world.look("../outside/new", "/data", MountKind::Directory);
    assert!(!below.inside && !below.exists);
}

#[test]
fn the_place_in_the_compose_file_is_named() {
    let world = World::new();
    world.file(
        "compose.yaml",
        "services:\n  web:\n    volumes:\n      # - ./x:/data\n      - \"${DATA}/x:/data:ro\"\n      - type: bind\n        source: ./y\n        target: /more\n",
    );
    let seen = world
        .look("x", "/data", MountKind::Directory)
        .place
        .expect("well");
    assert_eq!((seen.line, seen.written.as_str()), (5, "${DATA}/x"));
    let seen = world
        .look("y", "/more", MountKind::Directory)
        .place
        .expect("well");
    assert_eq!((seen.line, seen.written.as_str()), (7, "./y"));
}
