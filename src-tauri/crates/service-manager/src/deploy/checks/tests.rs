//! Each check blocks on its one defect and on nothing else.

mod hardware;
mod host;

use super::*;
use crate::api::package::MountKind;
use crate::compose::Version;
use crate::compose::ports::parse_short;
use crate::deploy::observe::bundle::Bundle;
use crate::deploy::observe::disk::{Disk, Disks, EngineDisk, Room, room};
use crate::deploy::observe::host::HostObserved;
use crate::deploy::observe::{
    Around, Blind, ImageObserved, ImageSource, MountObserved, Names, ObservedState, OtherFolder,
    PortHolder, PortObserved, PortTrouble, TakenName,
};
use crate::deploy::port_change::Reader;
use crate::engine::{EngineError, EngineInfo, ImageFacts};
use crate::host::disk::Space;
use crate::images::archive::{Archive, Problem};
use crate::package::Requirements;

/// A computer and a package on which everything is well.
pub(in crate::deploy) fn well() -> ObservedState {
    ObservedState {
        engine: Ok(EngineInfo {
            version: "26.1.5".into(),
            api_version: "1.45".into(),
            platform: "linux/amd64".into(),
            root: Some("/var/lib/docker".into()),
            ..EngineInfo::default()
        }),
        engine_installed: true,
        compose: Some("v2 2.26.1".into()),
        compose_version: Version::parse("2.26.1"),
        compose_broken: None,
        host: HostObserved::plain(),
        bundle: Bundle::default(),
        services: Vec::new(),
        requirements: Requirements::default(),
        directory: "/demo".into(),
        project: "demo".into(),
        images: vec![image("shop/web:1", Some("linux/amd64"))],
        images_seen: Ok(()),
        asleep: Vec::new(),
        mounts: Ok(Vec::new()),
        scripts: Ok(Vec::new()),
        script_texts: Ok(Vec::new()),
        reboot: Ok(crate::deploy::observe::reboot::Reboot::default()),
        location: Ok(crate::deploy::observe::Location::default()),
        owners: Ok(crate::deploy::observe::Owners::default()),
        listed: Ok(crate::deploy::observe::Listed::default()),
        ports: Ok(vec![port("8080:80", None)]),
        sources: Ok(None),
        settings: Vec::new(),
        unset: Vec::new(),
        missing_env_files: Vec::new(),
        reader: Reader::of(None),
        names: Names::default(),
        around: Around::default(),
        disks: Disks {
            engine: EngineDisk::Here(Ok(disk("/var/lib/docker", 1 << 40))),
            package: Ok(disk("/demo", 1 << 40)),
            package_is_written: true,
        },
        room: Room::default(),
        bytes_to_send: Some(0),
    }
}

pub(super) fn disk(path: &str, free: u64) -> Disk {
    Disk {
        path: path.into(),
        space: Space {
            free,
            total: free,
            ..Space::default()
        },
        gives: None,
    }
}

fn port(text: &str, trouble: Option<PortTrouble>) -> PortObserved {
    let port = parse_short(text).expect("a port").remove(0);
    PortObserved {
        service: "web".into(),
        label: port.published.clone().unwrap_or_default(),
        port,
        trouble,
        free: vec![8081, 8082, 8083],
    }
}

fn image(wanted: &str, present: Option<&str>) -> ImageObserved {
    ImageObserved {
        wanted: wanted.into(),
        services: vec!["web".into()],
        build: false,
        pull_policy: None,
        present: present.map(|platform| ImageFacts {
            id: "sha256:1".into(),
            refs: vec![wanted.into()],
            digests: Vec::new(),
            platform: platform.into(),
            layers: Vec::new(),
            has_healthcheck: false,
        }),
        source: None,
    }
}

/// Returns the ids that block after a change to the good state.
pub(super) fn blockers(change: impl FnOnce(&mut ObservedState)) -> Vec<String> {
    let mut state = well();
    change(&mut state);
    views(run(&state, &[], &[]))
        .into_iter()
        .filter(|check| check.state == CheckState::Block)
        .map(|check| {
            assert!(
                !check.message.to_string().starts_with("check-"),
                "no words for {:?}",
                check.message.key()
            );
            assert!(check.why.is_some(), "{} does not say why", check.id);
            assert!(!check.steps.is_empty(), "{} names no next step", check.id);
            check.id
        })
        .collect()
}

#[test]
fn a_good_computer_and_package_pass() {
    let judged = run(&well(), &[], &[]);
    assert_eq!(verdict(&judged), CheckVerdict::Ready);
    let checks = views(judged);
    assert!(
        checks.iter().all(|check| check.state == CheckState::Pass),
        "{checks:#?}"
    );
    for check in checks {
        assert!(
            !check.message.to_string().starts_with("check-"),
            "no words for {:?}",
            check.message.key()
        );
    }
}

#[test]
fn each_defect_blocks_with_its_own_id() {
    let endpoint = || "unix:///var/run/docker.sock".to_owned();
    assert_eq!(
        blockers(|s| s.engine = Err(EngineError::NotRunning {
            endpoint: endpoint()
        })),
        ["engine.not_running"],
        "the consequences of a missing engine are not told"
    );
    assert_eq!(
        blockers(|s| {
            s.engine = Err(EngineError::NotRunning {
                endpoint: endpoint(),
            });
            s.engine_installed = false;
        }),
        ["engine.not_installed"]
    );
    let without_docker = |s: &mut ObservedState| {
        s.engine = Err(EngineError::NotRunning {
            endpoint: endpoint(),
        });
        s.engine_installed = false;
        s.compose = None;
    };
    assert_eq!(
        blockers(without_docker),
        ["engine.not_installed"],
        "Compose comes with Docker"
    );
    assert_eq!(
        blockers(|s| {
            without_docker(s);
            s.compose_broken = Some("no such library".into());
        }),
        ["engine.not_installed", "compose.missing"],
        "one that is there and broken is another matter"
    );
    assert_eq!(
        blockers(|s| s.engine = Err(EngineError::Permission {
            endpoint: endpoint()
        })),
        ["engine.socket_permission"]
    );
    assert_eq!(blockers(|s| s.compose = None), ["compose.missing"]);
    assert_eq!(
        blockers(|s| s.images = vec![image("shop/web:1", None)]),
        ["image.missing"]
    );
    assert_eq!(
        blockers(|s| s.images[0].pull_policy = Some("always".into())),
        ["image.missing"]
    );
    assert_eq!(
        blockers(|s| {
            s.images = vec![image("shop/web:1", None)];
            s.images[0].build = true;
        }),
        ["image.missing"]
    );
    assert_eq!(
        blockers(|s| s.images = vec![image("shop/web@sha256:12", None)]),
        ["image.missing"]
    );
    assert_eq!(
        blockers(|s| s.images = vec![image("shop/web:1", Some("linux/arm64"))]),
        ["image.arch_mismatch"]
    );
    assert_eq!(
        blockers(|s| s.ports = Ok(vec![port("8080:80", Some(nginx()))])),
        ["port.in_use"]
    );
    assert_eq!(
        blockers(|s| s.names.other_folder = Some(OtherFolder {
            folder: "/elsewhere".into(),
            containers: 1,
            exists: true,
            ..OtherFolder::default()
        })),
        ["container.name_conflict"]
    );
    assert_eq!(
        blockers(|s| s.names.taken = vec![TakenName {
            name: "web".into(),
            project: Some("shop".into()),
            ..TakenName::default()
        }]),
        ["container.name_conflict"]
    );
    assert_eq!(
        blockers(|s| s.names.missing_external = vec![("network", "lan".into())]),
        ["compose.external_missing"]
    );
    assert_eq!(
        blockers(|s| s.names.missing_external = vec![("volume", "data".into())]),
        ["compose.external_missing"]
    );
    let mount = |kind, inside| MountObserved {
        exists: false,
        inside,
        ..mounts::tests::seen("/demo/x", kind)
    };
    assert_eq!(
        blockers(|s| s.mounts = Ok(vec![mount(MountKind::File, true)])),
        ["mount.source_missing"]
    );
    assert_eq!(
        blockers(|s| s.mounts = Ok(vec![mount(MountKind::Directory, false)])),
        ["mount.source_missing"]
    );
    assert!(
        blockers(|s| s.mounts = Ok(vec![mount(MountKind::Directory, true)])).is_empty(),
        "this one is created"
    );
}

fn nginx() -> PortTrouble {
    PortTrouble::Held(PortHolder::Process("nginx".into(), 812))
}

#[test]
fn a_held_port_names_its_holder() {
    let mut state = well();
    state.ports = Ok(vec![port("8080:80", Some(nginx()))]);
    let checks = views(run(&state, &[], &[]));
    let found = checks[0].found.as_ref().expect("found").to_string();
    assert!(found.contains("nginx") && found.contains("812"), "{found}");
}

#[test]
fn the_room_needed_is_what_loading_occupies_at_its_peak() {
    let blocks = |is_containerd_store: bool, sizes: &[u64], to_send: Option<u64>, free: u64| {
        let found = blockers(|state| {
            let images: Vec<_> = sizes.iter().map(|size| absent(*size)).collect();
            let mut engine = EngineInfo::default();
            engine.details.is_containerd_store = is_containerd_store;
            state.room = room(&images, to_send, Some(&engine));
            state.disks.engine = EngineDisk::Here(Ok(disk("/var/lib/docker", free)));
        });
        found == ["disk.full"]
    };
    // Six images: what stays, and the four largest that may be spooled at one time.
    let sizes = [10, 60, 20, 50, 30, 40];
    assert!(blocks(false, &sizes, Some(210), 389));
    assert!(!blocks(false, &sizes, Some(210), 390));
    // They share so much that little is sent: twice that at most.
    assert!(blocks(false, &sizes, Some(70), 139));
    assert!(!blocks(false, &sizes, Some(70), 140));
    // The containerd store keeps what was sent beside what it unpacks.
    assert!(blocks(true, &sizes, Some(210), 419));
    assert!(!blocks(true, &sizes, Some(210), 420));
    // Not asked: as if nothing were shared.
    assert!(blocks(false, &sizes, None, 389));
    assert!(!blocks(false, &sizes, Some(0), 1), "nothing to load");
}

#[test]
fn a_disk_is_tight_full_read_only_or_has_no_room_for_files() {
    let found = |change: &dyn Fn(&mut ObservedState)| {
        let mut state = well();
        state.room = Room {
            stays: 100,
            peak: 200,
        };
        change(&mut state);
        let checks = views(run(&state, &[], &[])).into_iter();
        checks
            .filter(|check| check.id.starts_with("disk.") && !check.is_fine())
            .map(|check| {
                assert!(
                    !check.message.to_string().starts_with("check-"),
                    "{check:?}"
                );
                assert!(check.why.is_some() && !check.steps.is_empty(), "{check:?}");
                (check.id, check.state)
            })
            .collect::<Vec<_>>()
    };
    let engine = |change: fn(&mut Disk)| {
        move |state: &mut ObservedState| {
            let mut disk = disk("/var/lib/docker", 1 << 40);
            change(&mut disk);
            state.disks.engine = EngineDisk::Here(Ok(disk));
        }
    };
    let one = |id: &str, state| vec![(id.to_owned(), state)];
    assert_eq!(found(&|_| ()), []);
    assert_eq!(
        found(&engine(|disk| disk.space.free = 199)),
        one("disk.full", CheckState::Block)
    );
    assert_eq!(
        found(&engine(|disk| disk.space.free = 1 << 20)),
        one("disk.full", CheckState::Warn),
        "tight"
    );
    assert_eq!(
        found(&engine(|disk| disk.gives = Some(false))),
        one("disk.full", CheckState::Block),
        "a quota"
    );
    assert_eq!(
        found(&engine(|disk| disk.space.read_only = true)),
        one("disk.readonly_or_io", CheckState::Block)
    );
    assert_eq!(
        found(&engine(|disk| disk.space.inodes_free = Some(10))),
        one("disk.inodes", CheckState::Block)
    );
    let no_file = engine(|disk| {
        disk.space.inodes_free = Some(0);
        disk.gives = Some(false);
    });
    assert_eq!(
        found(&no_file),
        one("disk.inodes", CheckState::Block),
        "where no file can be made, asking for room is in vain"
    );
    assert_eq!(
        found(&engine(|disk| disk.space.inodes_free = Some(10_000))),
        one("disk.inodes", CheckState::Warn)
    );
    assert_eq!(
        found(&|state| state.disks.engine = EngineDisk::Elsewhere("Docker Desktop".into())),
        one("disk.full", CheckState::Unknown)
    );
    let blind = Blind::TimedOut(std::time::Duration::from_secs(1));
    assert_eq!(
        found(&|state| state.disks.package = Err(blind.clone())),
        one("disk.readonly_or_io", CheckState::Unknown)
    );
    let package = |change: fn(&mut Disk), written: bool| {
        move |state: &mut ObservedState| {
            let mut disk = disk("/demo", 1 << 40);
            change(&mut disk);
            state.disks.package = Ok(disk);
            state.disks.package_is_written = written;
        }
    };
    assert_eq!(
        found(&package(|disk| disk.space.read_only = true, true)),
        one("disk.readonly_or_io", CheckState::Block)
    );
    assert_eq!(
        found(&package(|disk| disk.space.read_only = true, false)),
        [],
        "a stick that is only read from"
    );
    assert_eq!(
        found(&package(|disk| disk.space.free = 1, true)),
        one("disk.full", CheckState::Warn)
    );
    assert_eq!(
        found(&package(|disk| disk.gives = Some(false), true)),
        one("disk.full", CheckState::Warn)
    );
}

pub(in crate::deploy) fn absent(bytes: u64) -> ImageObserved {
    let mut image = image("shop/web:1", None);
    image.source = Some(ImageSource {
        archive: 0,
        reference: "shop/web:1".into(),
        id: "sha256:1".into(),
        manifest: "sha256:2".into(),
        platform: "linux/amd64".into(),
        bytes,
        fits: true,
        loaded: None,
    });
    image
}

#[test]
fn an_image_that_is_not_found_may_be_in_a_file_that_cannot_be_used() {
    let mut state = well();
    state.images = vec![image("shop/web:1", None)];
    let broken = Archive {
        file: "images/web.tar".into(),
        problem: Some(Problem::Truncated),
        ..Archive::default()
    };
    let checks = views(run(&state, &[broken], &[]));
    let check = checks
        .iter()
        .find(|check| check.id == "image.missing")
        .expect("is told");
    assert_eq!(check.state, CheckState::Block);
    assert!(check.message.to_string().contains("images/web.tar"));
    let step = check.steps[0].to_string();
    assert!(step.contains("Copy images/web.tar again"), "{step}");
}
