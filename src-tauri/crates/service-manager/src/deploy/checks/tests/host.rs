//! What is wrong with an engine or a computer: one defect, exactly one finding, in words.

use super::*;
use crate::compose::wishes::Wishes;
use crate::deploy::observe::host::{ComesBack, StartedBy};
use crate::deploy::observe::services::ServiceObserved;
use crate::engine::{Flavour, Proxies};
use crate::host::service::Access;
use crate::host::system::{Admin, Packages, System};
use crate::repair::packages::{Planned, Trial};
use crate::text::Language;

/// What does not pass after a change to the good state: id, state, and the ids of fixes. Every part has words in both
/// languages.
pub(super) fn found(
    change: impl FnOnce(&mut ObservedState),
) -> Vec<(String, CheckState, Vec<String>)> {
    let mut state = well();
    state.host.system.admin = Admin::Root;
    change(&mut state);
    views(run(&state, &[], &[]))
        .into_iter()
        .filter(|check| !check.is_fine())
        .map(|check| {
            let (id, why) = (&check.id, check.why.clone().expect("says why"));
            assert!(!check.steps.is_empty(), "{id} names no next step");
            assert!(check.found.is_some(), "{id} does not say what was found");
            assert!(check.required.is_some(), "{id} does not say what is needed");
            for language in Language::ALL {
                let parts = check.steps.iter().chain([&check.message, &why]);
                for text in parts.chain(&check.found).chain(&check.required) {
                    let words = text.render(language);
                    let is_whole = !words.contains("check-") && !words.contains("{$");
                    assert!(is_whole && !words.is_empty(), "{id}: {words}");
                    assert!(!words.contains("  "), "{id}: {words}");
                }
            }
            let fixes = check.fixes.into_iter().map(|fix| fix.id).collect();
            (check.id, check.state, fixes)
        })
        .collect()
}

pub(super) fn one(
    id: &str,
    state: CheckState,
    fixes: &[&str],
) -> Vec<(String, CheckState, Vec<String>)> {
    let fixes = fixes.iter().map(|it| (*it).to_owned()).collect();
    vec![(id.to_owned(), state, fixes)]
}

pub(super) fn engine(state: &mut ObservedState) -> &mut EngineInfo {
    state.engine.as_mut().expect("runs")
}

pub(super) fn service(image: &str, tag: &str) -> ServiceObserved {
    ServiceObserved {
        name: "web".into(),
        image: (image.into(), tag.into()),
        restarts: true,
        replicas: 1,
        ..ServiceObserved::default()
    }
}

pub(super) fn wishing(change: impl FnOnce(&mut Wishes)) -> ServiceObserved {
    let mut service = service("web", "1");
    change(&mut service.wishes);
    service
}

pub(super) fn kernel(state: &mut ObservedState, name: &str, value: u64) {
    let under = state.host.under.get_or_insert_default();
    under.kernel = std::mem::take(&mut under.kernel).with(name, value);
}

use CheckState::{Block, Warn};

#[test]
fn an_engine_that_is_too_old_for_somebody() {
    let id = "engine.api_version_mismatch";
    assert_eq!(
        found(|s| engine(s).version = "19.03.15".into()),
        one(id, Block, &[])
    );
    assert_eq!(found(|s| engine(s).version = "20.10.24+dfsg1".into()), []);
    assert_eq!(
        found(|s| s.requirements.engine = Some("27.0".into())),
        one(id, Block, &[])
    );
    assert_eq!(found(|s| s.requirements.engine = Some("26".into())), []);
    let v1 = |s: &mut ObservedState, oldest: &str| {
        s.compose_version = Version::parse("1.29.2");
        engine(s).details.min_api_version = Some(oldest.into());
    };
    assert_eq!(found(|s| v1(s, "1.44")), one(id, Block, &[]), "Docker 29");
    assert_eq!(found(|s| v1(s, "1.24")), [], "Docker 26");
    // 4.3 is no old Docker.
    let podman = found(|s| {
        engine(s).version = "4.3.1".into();
        engine(s).details.flavour = Flavour::Podman;
    });
    assert_eq!(podman, one("engine.podman", Warn, &[]));
}

#[test]
fn a_compose_that_is_older_than_the_vendor_says() {
    let id = "compose.version_unsupported";
    assert_eq!(
        found(|s| s.requirements.compose = Some("2.27".into())),
        one(id, Block, &[])
    );
    for wanted in ["2.26", "2", "1.29", "nonsense"] {
        assert_eq!(
            found(|s| s.requirements.compose = Some(wanted.into())),
            [],
            "{wanted}"
        );
    }
}

#[test]
fn a_missing_compose_is_missing_in_its_own_way() {
    let id = "compose.missing";
    let none = |s: &mut ObservedState| s.compose = None;
    for packages in [
        None,
        Some(Packages::Deb("/usr/bin/apt-get".into())),
        Some(Packages::Rpm("/usr/bin/rpm".into())),
    ] {
        let missing = found(|s| {
            none(s);
            s.host.system.packages = packages;
        });
        assert_eq!(missing, one(id, Block, &[]));
    }
    let broken = found(|s| {
        none(s);
        s.compose_broken = Some("exec format error".into());
    });
    assert_eq!(broken, one(id, Block, &[]));
    let beside = found(|s| {
        none(s);
        s.bundle.compose = Some("/stick/docker-compose-linux-x86_64".into());
        s.bundle.plugin = Some((
            vec!["/root/.docker/cli-plugins".into()],
            crate::repair::program::Program {
                from: "/stick/docker-compose-linux-x86_64".into(),
                to: "/root/.docker/cli-plugins/docker-compose".into(),
                digest: "0".into(),
            },
        ));
    });
    assert_eq!(beside, one(id, Block, &["compose.missing:plugin"]));
}

#[test]
fn a_missing_engine_may_lie_beside_the_package() {
    let id = "engine.not_installed";
    let missing = |s: &mut ObservedState, system: System| {
        s.engine = Err(EngineError::NotRunning {
            endpoint: "unix:///var/run/docker.sock".into(),
        });
        s.engine_installed = false;
        s.host.system = system;
    };
    let debian = || System {
        id: "debian".into(),
        version: "12".into(),
        codename: Some("bookworm".into()),
        title: "Debian GNU/Linux 12 (bookworm)".into(),
        arch: "amd64".into(),
        packages: Some(Packages::Deb("/usr/bin/apt-get".into())),
        admin: Admin::Root,
        has_systemd: true,
        ..System::default()
    };
    assert_eq!(found(|s| missing(s, debian())), one(id, Block, &[]));
    assert_eq!(
        found(|s| missing(s, System::default())),
        one(id, Block, &[]),
        "Windows"
    );
    let mut state = well();
    missing(&mut state, debian());
    let step = views(run(&state, &[], &[]))[0].steps[0].to_string();
    assert!(step.contains("docker-ce_*~bookworm_amd64.deb"), "{step}");
    let tried = |admin, trial| {
        found(|s| {
            missing(s, System { admin, ..debian() });
            s.bundle.packages = vec!["/stick/packages/docker-ce_26_amd64.deb".into()];
            s.bundle.trial = trial;
        })
    };
    let fits = || {
        Some(Trial::Fits(vec![Planned {
            file: "/stick/packages/docker-ce_26_amd64.deb".into(),
            name: "docker-ce".into(),
            now: None,
            after: Some("26".into()),
        }]))
    };
    assert_eq!(
        tried(Admin::Root, fits()),
        one(id, Block, &["engine.not_installed:packages"])
    );
    assert_eq!(
        tried(Admin::None, fits()),
        one(id, Block, &[]),
        "nobody could install it"
    );
    // What cannot be installed is not offered.
    for trial in [
        None,
        Some(Trial::Fits(Vec::new())),
        Some(Trial::Missing(vec!["runc (>= 1.0)".into(), "tini".into()])),
        Some(Trial::Unfit {
            needs: "libc6 (>= 2.38)".into(),
            has: "2.36".into(),
        }),
        Some(Trial::Refused("held broken packages".into())),
    ] {
        assert_eq!(tried(Admin::Root, trial), one(id, Block, &[]));
    }
    let mut state = well();
    missing(&mut state, debian());
    state.bundle.packages = vec!["/stick/packages/docker-ce_26_amd64.deb".into()];
    state.bundle.trial = Some(Trial::Missing(vec!["runc (>= 1.0)".into()]));
    let step = views(run(&state, &[], &[]))[0].steps[0].to_string();
    assert!(
        step.contains("runc (>= 1.0)") && step.contains("/stick/packages"),
        "{step}"
    );
    let unfit = found(|s| {
        missing(s, debian());
        s.bundle.unfit = vec!["/stick/docker-ce-26.1.4-1.el9.x86_64.rpm".into()];
    });
    assert_eq!(unfit, one(id, Block, &[]));
}

#[test]
fn who_may_not_use_the_engine_learns_why() {
    let id = "engine.socket_permission";
    let denied = |access: Access| {
        let mut state = well();
        state.engine = Err(EngineError::Permission {
            endpoint: "unix:///var/run/docker.sock".into(),
        });
        state.host.access = access.clone();
        let check = views(run(&state, &[], &[])).remove(0);
        assert_eq!(
            found(|s| {
                s.engine = Err(EngineError::Permission {
                    endpoint: "unix:///var/run/docker.sock".into(),
                });
                s.host.access = access;
            }),
            one(id, Block, &[])
        );
        check
    };
    let group = |waits| Access {
        group: Some(("docker".into(), vec!["ann".into()])),
        user: Some("ann".into()),
        waits_for_login: waits,
    };
    denied(Access::default());
    let why = denied(group(false)).why.expect("why").to_string();
    assert!(why.contains("ann"), "{why}");
    let again = denied(group(true));
    assert!(
        again.steps[0].to_string().starts_with("Log out"),
        "{again:?}"
    );
}

#[test]
fn flavours_see_keep_and_publish_less() {
    let mounted = |s: &mut ObservedState, flavour| {
        let mut web = service("web", "1");
        web.mounts = vec![("/demo/data".into(), "/data".into())];
        s.services = vec![web];
        engine(s).details.flavour = flavour;
    };
    assert_eq!(
        found(|s| mounted(s, Flavour::Snap)),
        one("mount.source_uncreatable", Block, &[])
    );
    let home = found(|s| {
        mounted(s, Flavour::Snap);
        s.directory = "/home/ann/demo".into();
    });
    assert_eq!(home, []);
    if cfg!(target_os = "linux") {
        assert_eq!(
            found(|s| mounted(s, Flavour::Desktop)),
            one("mount.denied_desktop", Warn, &[])
        );
    }
    let low = |s: &mut ObservedState, start| {
        let mut web = service("web", "1");
        web.low_ports = vec![80, 443];
        s.services = vec![web];
        engine(s).details.flavour = Flavour::Rootless;
        kernel(s, "net.ipv4.ip_unprivileged_port_start", start);
    };
    let fix = ["port.privileged:net.ipv4.ip_unprivileged_port_start"];
    assert_eq!(found(|s| low(s, 1024)), one("port.privileged", Block, &fix));
    assert_eq!(found(|s| low(s, 80)), []);
}

#[test]
fn storage_and_limits() {
    let id = "engine.storage_driver";
    for driver in ["vfs", "devicemapper", "aufs", "overlay"] {
        assert_eq!(
            found(|s| engine(s).storage_driver = Some(driver.into())),
            one(id, Warn, &[]),
            "{driver}"
        );
    }
    for driver in ["overlay2", "overlayfs", "btrfs", "zfs", "fuse-overlayfs"] {
        assert_eq!(
            found(|s| engine(s).storage_driver = Some(driver.into())),
            []
        );
    }
    let xfs = found(|s| {
        engine(s).storage_driver = Some("overlay2".into());
        engine(s).details.backing_filesystem = Some("xfs".into());
        engine(s).details.has_d_type = Some(false);
    });
    assert_eq!(xfs, one(id, Warn, &[]));
    let exchanged = found(|s| {
        engine(s).storage_driver = Some("overlayfs".into());
        s.host.other_store = true;
        s.images = vec![absent(10)];
    });
    assert_eq!(exchanged, one(id, Warn, &[]));
    let kept = |change: fn(&mut EngineInfo)| {
        found(|s| {
            s.services = vec![wishing(|it| it.memory_limit = Some(1 << 20))];
            change(engine(s));
        })
    };
    let id = "engine.cgroup_runtime";
    assert_eq!(kept(|_| ()), []);
    assert_eq!(
        kept(|it| it.details.can_limit_memory = Some(false)),
        one(id, Warn, &[])
    );
    assert_eq!(
        kept(|it| it.details.cgroup_driver = Some("none".into())),
        one(id, Warn, &[])
    );
}

#[test]
fn an_engine_that_does_not_come_back() {
    let id = "engine.autostart";
    let stays = |by: StartedBy, does: bool| {
        found(|s| {
            s.services = vec![service("web", "1")];
            s.host.comes_back = Some(ComesBack { by, does });
        })
    };
    let unit = || StartedBy::Unit("dockerd".into());
    assert_eq!(
        stays(unit(), false),
        one(id, Warn, &["engine.autostart:dockerd"])
    );
    assert_eq!(stays(unit(), true), []);
    assert_eq!(
        stays(StartedBy::User("ann".into()), false),
        one(id, Warn, &[])
    );
    assert_eq!(stays(StartedBy::Desktop, false), one(id, Warn, &[]));
    let once = found(|s| {
        s.host.comes_back = Some(ComesBack {
            by: unit(),
            does: false,
        });
    });
    assert_eq!(once, [], "nothing is meant to come back");
}

#[test]
fn the_clock_selinux_proxies_and_two_engines() {
    let clock = |now: &str, newest: Option<&str>| {
        found(|s| {
            s.host.clock.now = now.parse().expect("a time");
            s.host.clock.newest = Ok(newest.map(|it| it.parse().expect("a time")));
        })
    };
    let id = "host.clock_skew";
    assert_eq!(clock("1970-01-03T00:00:00Z", None), one(id, Warn, &[]));
    assert_eq!(
        clock("2030-01-01T00:00:00Z", Some("2031-01-01T00:00:00Z")),
        one(id, Warn, &[])
    );
    assert_eq!(
        clock("2030-01-01T00:00:00Z", Some("2030-01-01T20:00:00Z")),
        []
    );

    let labelled = |relabelled: bool, enforcing: bool| {
        found(|s| {
            let mut web = service("web", "1");
            web.mounts = vec![("/demo/data".into(), "/data".into())];
            if relabelled {
                web.wishes.relabelled = vec!["/data".into()];
            }
            s.services = vec![web];
            engine(s).details.security = vec!["selinux".into()];
            let under = s.host.under.get_or_insert_default();
            under.kernel.selinux_enforcing = enforcing;
        })
    };
    assert_eq!(labelled(false, true), one("perm.selinux", Warn, &[]));
    assert_eq!(labelled(true, true), []);
    assert_eq!(labelled(false, false), []);

    // What the files themselves say counts more than what the compose file leaves out.
    let seen = |files: &[&str], chcon: bool| {
        found(|s| {
            let mut web = service("web", "1");
            web.mounts = vec![("/demo/data".into(), "/data".into())];
            s.services = vec![web];
            engine(s).details.security = vec!["selinux".into()];
            let under = s.host.under.get_or_insert_default();
            under.kernel.selinux_enforcing = true;
            let file = |path: &&str| crate::repair::label::Labelled {
                path: (*path).into(),
                label: "u:o:user_home_t:s0".into(),
            };
            s.host.unlabelled = Some(files.iter().map(file).collect());
            s.host.chcon = chcon.then(|| "/usr/bin/chcon".into());
        })
    };
    let fix = "perm.selinux:package";
    assert_eq!(
        seen(&["/demo/data/a"], true),
        one("perm.selinux", Warn, &[fix])
    );
    assert_eq!(
        seen(&["/demo/data/a"], false),
        one("perm.selinux", Warn, &[])
    );
    assert_eq!(seen(&["/demo/compose.yaml"], true), []);

    let behind = |except: &str| {
        found(|s| {
            let mut db = service("postgres", "16");
            db.name = "db".into();
            s.services = vec![service("web", "1"), db];
            s.host.proxies = Some(Proxies {
                file: "/root/.docker/config.json".into(),
                proxy: "http://proxy:3128".into(),
                except: except.into(),
            });
        })
    };
    assert_eq!(behind("localhost"), one("net.proxy", Warn, &[]));
    assert_eq!(behind("localhost, web,db"), []);
    assert_eq!(behind("*"), []);
    assert_eq!(
        found(|s| s.host.two_engines = true),
        one("perm.apparmor", Warn, &[])
    );
}

#[test]
fn room_for_data_that_the_vendor_wants() {
    let wanted = |bytes: u64| found(|s| s.requirements.disk = Some(bytes));
    assert_eq!(wanted(1 << 42), one("disk.full", Block, &[]));
    assert_eq!(wanted(1 << 39), []);
}

#[test]
fn what_a_power_cut_leaves_down_or_without_its_data() {
    use crate::deploy::observe::reboot::{Late, LateDisk, Reboot};
    let id = "reboot.comes_back";
    let seen = |reboot: Reboot| {
        found(|s| {
            s.services = vec![service("web", "1")];
            s.reboot = Ok(reboot);
        })
    };
    assert_eq!(seen(Reboot::default()), []);
    let left_down = Reboot {
        left_down: vec!["web".into()],
        late: Vec::new(),
    };
    assert_eq!(seen(left_down), one(id, Warn, &[]));
    for why in [
        Late::Network,
        Late::Removable,
        Late::ByHand,
        Late::MayBeMissing,
    ] {
        let late = Reboot {
            left_down: Vec::new(),
            late: vec![LateDisk {
                mount: "/mnt/data".into(),
                services: vec!["db".into()],
                why,
            }],
        };
        assert_eq!(seen(late), one(id, Warn, &[]), "{why:?}");
    }
}
