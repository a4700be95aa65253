//! Every family: offered where it helps, and not where it would touch what is somebody else's. The property of all of
//! them is in [`property`].

#[path = "property/tests.rs"]
mod property;

use super::*;
use crate::api::status::{
    ContainerState, ContainerStatus, EngineState, EngineStatus, Health, ServiceState,
    ServiceStatus, Verdict,
};
use crate::compose::project::Healthcheck;
use crate::compose::traits::Network;
use crate::compose::wishes::Wishes;
use crate::deploy::checks::tests::{absent, well};
use crate::engine::{ContainerSummary, NetworkFacts};
use crate::host::kernel::{Kernel, MAP_COUNT, OPEN_FILES, WATCHES};
use crate::host::system::Admin;
use crate::package::sources::{SourceFile, Sources};
use crate::repair::Change;

const FILE: &str = "services:\n  web:\n    image: shop/web:1\n    mem_limit: 64m\n    healthcheck: {test: [CMD, a]}\n  \
                    db:\n    image: mysql:8.0\n  card:\n    image: shop/card:1\n    profiles: [gpu]\n  plain:\n    image: \
                    shop/plain:1\n    profiles: [cpu]\n";
const GIB: u64 = 1 << 30;

/// A computer and a package where everything can be done.
pub(in crate::deploy) struct Place {
    pub state: ObservedState,
    pub project: Project,
    pub archives: Vec<Archive>,
    pub snapshot: StatusSnapshot,
}

impl Place {
    pub(in crate::deploy) fn scene(&self) -> Scene<'_> {
        Scene {
            state: &self.state,
            project: &self.project,
            archives: &self.archives,
            snapshot: &self.snapshot,
        }
    }

    fn ask(&self, id: &str, params: Params) -> Vec<Remedy> {
        self.ask_with(id, None, params, &[])
    }

    fn ask_with(
        &self,
        id: &str,
        variant: Option<&str>,
        params: Params,
        proof: &[&str],
    ) -> Vec<Remedy> {
        let asked = Asked {
            id,
            variant,
            service: Some("web"),
            image: None,
            params: &params,
            proof: proof.to_vec(),
        };
        remedies(&asked, &self.scene())
    }
}

fn sources() -> Sources {
    let file = SourceFile::new("/demo/compose.yaml".into(), FILE.to_owned()).expect("YAML");
    Sources {
        directory: "/demo".into(),
        files: vec![file],
        env: Some(b"COMPOSE_PROFILES=gpu,more\n".to_vec()),
        beside: ["compose.yaml".to_owned()].into(),
        ..Sources::default()
    }
}

fn service(name: &str, image: &str, profiles: &[&str], active: bool) -> Service {
    Service {
        name: name.into(),
        image: Some(image.into()),
        profiles: profiles.iter().map(|it| (*it).to_owned()).collect(),
        active,
        ..Service::default()
    }
}

pub(in crate::deploy) fn leftover_of(project: &str, name: &str) -> ContainerSummary {
    ContainerSummary {
        id: "abcdef0123456789".repeat(4),
        name: name.into(),
        project: Some(project.into()),
        service: Some("web".into()),
        is_ended: true,
        networks: vec!["gone".into()],
        ..ContainerSummary::default()
    }
}

pub(in crate::deploy) fn place() -> Place {
    let mut state = well();
    let mut info = state.engine.expect("is there");
    info.memory = Some(8 * GIB);
    state.engine = Ok(info);
    let mut kernel = Kernel::default()
        .with(MAP_COUNT, 65_530)
        .with(WATCHES, 8192)
        .with(OPEN_FILES, 1 << 20);
    kernel.available_memory = Some(4 * GIB);
    state.host.under = Some(crate::deploy::observe::host::Under {
        kernel,
        processor: None,
    });
    state.host.system.admin = Admin::Root;
    state.sources = Ok(Some(sources()));
    state.images = vec![absent(1000)];
    state.names.everybody = vec![leftover_of("demo", "demo-web-1")];
    let network = |id: &str, name: &str| NetworkFacts {
        id: id.into(),
        name: name.into(),
        project: Some("demo".into()),
        ..NetworkFacts::default()
    };
    state.around.existing = Ok(vec![network("n1", "demo_default")]);
    state.around.networks = vec![Network {
        key: "default".into(),
        name: "demo_default".into(),
        ..Network::default()
    }];
    let web = Service {
        wishes: Wishes {
            memory_limit: Some(64 << 20),
            ..Wishes::default()
        },
        healthcheck: Some(Healthcheck::default()),
        ..service("web", "mysql:8.0", &[], true)
    };
    let card = Service {
        wishes: Wishes {
            gpu: true,
            ..Wishes::default()
        },
        ..service("card", "shop/card:1", &["gpu"], true)
    };
    Place {
        state,
        project: Project {
            name: "demo".into(),
            services: vec![
                web,
                service("db", "mysql:8.0", &[], true),
                card,
                service("plain", "shop/plain:1", &["cpu"], false),
            ],
            ..Project::default()
        },
        archives: vec![Archive {
            file: "images/web.tar".into(),
            ..Archive::default()
        }],
        snapshot: snapshot(&[
            ("web", ServiceState::Starting),
            ("db", ServiceState::Healthy),
        ]),
    }
}

pub(in crate::deploy) fn snapshot(services: &[(&str, ServiceState)]) -> StatusSnapshot {
    let status = |(name, state): &(&str, ServiceState)| ServiceStatus {
        name: (*name).to_owned(),
        title: (*name).to_owned(),
        state: *state,
        sentence: Text::verbatim(""),
        blocked_by: None,
        containers: vec![ContainerStatus {
            name: format!("demo-{name}-1"),
            id: String::new(),
            answered: true,
            state: ContainerState::Running,
            health: Health::Starting,
            exit_code: None,
            restart_count: 0,
            oom_killed: false,
            started_at: None,
            finished_at: None,
        }],
        ports: Vec::new(),
        links: Vec::new(),
        diagnoses: Vec::new(),
    };
    StatusSnapshot {
        verdict: Verdict::Converging,
        sentence: Text::verbatim(""),
        engine: EngineStatus {
            state: EngineState::Connected,
            version: None,
            api_version: None,
            platform: None,
            reason: None,
        },
        services: services.iter().map(status).collect(),
        running: 0,
        total: 0,
        at: jiff::Timestamp::UNIX_EPOCH,
    }
}

fn params(pairs: &[(&'static str, &str)]) -> Params {
    let mut params = Params::new();
    for (name, value) in pairs {
        params.push(*name, *value);
    }
    params
}

fn written(remedies: &[Remedy]) -> String {
    let changes = remedies.iter().flat_map(|it| &it.proposal.changes);
    let texts = changes.filter_map(|change| match change {
        Change::Write { after, .. } => Some(String::from_utf8_lossy(after).into_owned()),
        _ => None,
    });
    texts.collect()
}

#[test]
fn only_an_ended_container_of_this_package_without_unnamed_volumes_goes() {
    let id = "container.name_conflict";
    let named = || params(&[("container", "demo-web-1")]);
    let mut place = place();
    let found = place.ask(id, named());
    assert!(matches!(
        found[0].proposal.changes.as_slice(),
        [Change::RemoveStoppedContainer { name, .. }] if name == "demo-web-1"
    ));
    assert!(!found[0].view().undoable);
    assert_eq!(
        place.ask(id, params(&[("holder", "abcdef012345")])).len(),
        1
    );
    let mut offered = |change: &dyn Fn(&mut ObservedState)| {
        place.state.names = crate::deploy::observe::Names::default();
        place.state.names.everybody = vec![leftover_of("demo", "demo-web-1")];
        change(&mut place.state);
        place.ask(id, named()).len()
    };
    assert_eq!(offered(&|_| ()), 1);
    assert_eq!(offered(&|it| it.names.everybody[0].project = None), 0);
    assert_eq!(
        offered(&|it| it.names.everybody[0].project = Some("b".into())),
        0
    );
    assert_eq!(offered(&|it| it.names.everybody[0].is_ended = false), 0);
    assert_eq!(
        offered(&|it| it.names.everybody[0].has_unnamed_volume = true),
        0
    );
    let elsewhere = crate::deploy::observe::OtherFolder::default();
    assert_eq!(
        offered(&|it| it.names.other_folder = Some(elsewhere.clone())),
        0
    );
}

#[test]
fn containers_of_a_network_that_is_gone_are_made_anew() {
    let mut place = place();
    let found = place.ask("net.stale_network", Params::new());
    assert_eq!(found[0].course.remake, ["web"]);
    assert!(found[0].proposal.changes.is_empty());
    place.state.names.everybody[0].networks = vec!["n1".into()];
    place.project.services[0].active = false;
    assert!(place.ask("net.stale_network", Params::new()).is_empty());
}

#[test]
fn a_container_that_docker_lost_track_of_is_made_anew_and_one_it_is_busy_with_only_tried_again() {
    let mut place = place();
    let lost = |place: &Place| {
        let named = params(&[("container", place.state.names.everybody[0].id.as_str())]);
        place.ask_with("container.busy", Some("lost"), named, &[])
    };
    place.state.names.everybody[0].service = Some("web".into());
    let found = lost(&place);
    assert_eq!(found[0].proposal.id, "container.busy:web");
    assert_eq!(found[0].course.remake, ["web"]);
    assert!(found[0].proposal.changes.is_empty());
    let busy = place.ask("container.busy", Params::new());
    assert_eq!(busy[0].proposal.id, "container.busy:web:again");
    assert!(busy[0].course.is_empty());
    place.project.services[0].active = false;
    assert!(lost(&place).is_empty(), "the package does not start it");
}

#[test]
fn a_network_goes_only_when_nobody_else_is_in_it() {
    let id = "compose.network_changed";
    let named = || params(&[("network", "demo_default")]);
    let mut place = place();
    place.state.names.everybody[0].networks = vec!["n1".into()];
    let found = place.ask(id, named());
    assert_eq!(found[0].course.stop, ["web"]);
    assert_eq!(found[0].course.remake, ["web"]);
    let mut guest = leftover_of("other", "guest");
    guest.networks = vec!["n1".into()];
    place.state.names.everybody.push(guest);
    assert!(place.ask(id, named()).is_empty(), "somebody else is in it");
    place.state.names.everybody.clear();
    assert_eq!(place.ask(id, named()).len(), 1);
    if let Ok(existing) = &mut place.state.around.existing {
        existing[0].project = None;
    }
    assert!(place.ask(id, named()).is_empty(), "made by hand");
}

#[test]
fn an_image_is_loaded_only_when_the_package_has_it_for_this_engine() {
    let mut place = place();
    let found = place.ask("image.missing", params(&[("image", "shop/web")]));
    assert_eq!(found[0].course.images[0].file, "images/web.tar");
    assert_eq!(
        found[0].view().changes[0].after.as_deref(),
        Some("shop/web:1 (images/web.tar)")
    );
    if let Some(source) = &mut place.state.images[0].source {
        source.fits = false;
    }
    assert!(place.ask("image.missing", Params::new()).is_empty());
    place.state.images[0].source = None;
    assert!(place.ask("image.missing", Params::new()).is_empty());
}

#[test]
fn memory_is_given_where_the_computer_has_it() {
    let mut place = place();
    let found = place.ask("oom.killed", Params::new());
    assert!(written(&found).contains("mem_limit: \"128m\""), "{found:?}");
    assert_eq!(found[0].proposal.risk, Risk::Confirm);
    if let Some(under) = &mut place.state.host.under {
        under.kernel.available_memory = Some(256 << 20);
    }
    assert!(place.ask("oom.killed", Params::new()).is_empty());
    place.state.host.under = None;
    assert_eq!(
        place.ask("oom.killed", Params::new()).len(),
        1,
        "a quarter of all"
    );
    place.project.services[0].wishes.memory_limit = None;
    assert!(place.ask("oom.killed", Params::new()).is_empty());
}

#[test]
fn more_open_files_help_only_where_the_engine_may_give_them() {
    let mut place = place();
    let asked =
        |place: &Place, proof: &str| place.ask_with("limit.nofile", None, Params::new(), &[proof]);
    let found = asked(&place, "Too many open files");
    assert!(written(&found).contains("\"hard\":65536"), "{found:?}");
    assert!(
        asked(
            &place,
            "error setting rlimit type 7: operation not permitted"
        )
        .is_empty()
    );
    place.project.services[0].wishes.open_files = Some(1 << 20);
    assert!(asked(&place, "Too many open files").is_empty());
}

#[test]
fn settings_of_the_kernel_are_raised_and_never_lowered() {
    let mut place = place();
    let known = params(&[("minimum", "300000")]);
    let found = place.ask("host.vm_max_map_count", known.clone());
    assert_eq!(
        found[0].proposal.id,
        "host.vm_max_map_count:vm.max_map_count"
    );
    let lines = ["ENOSPC: System limit for number of file watchers reached"];
    let found = place.ask_with("host.inotify_limit", None, Params::new(), &lines);
    assert_eq!(
        found[0].proposal.id,
        format!("host.inotify_limit:{WATCHES}")
    );
    place.state.host.system.admin = Admin::None;
    assert!(place.ask("host.vm_max_map_count", known.clone()).is_empty());
    place.state.host.system.admin = Admin::Root;
    if let Some(under) = &mut place.state.host.under {
        under.kernel = Kernel::default().with(MAP_COUNT, 1 << 20);
    }
    assert!(place.ask("host.vm_max_map_count", known).is_empty());
}

#[test]
fn a_slow_start_is_given_time_and_a_recovery_is_only_waited_for() {
    let mut place = place();
    let ids = |remedies: &[Remedy]| -> Vec<String> {
        remedies.iter().map(|it| it.proposal.id.clone()).collect()
    };
    let found = place.ask("health.slow_start", Params::new());
    assert_eq!(
        ids(&found),
        ["health.slow_start:web:wait", "health.slow_start:web:540"]
    );
    assert!(written(&found).contains("healthcheck: {\"start_period\":\"540s\"}"));
    let found = place.ask_with("health.slow_start", Some("recovering"), Params::new(), &[]);
    assert_eq!(ids(&found), ["health.slow_start:web:wait"]);
    place.snapshot = snapshot(&[("web", ServiceState::Failed)]);
    let found = place.ask("health.slow_start", Params::new());
    assert_eq!(ids(&found), ["health.slow_start:web:540"]);
    place.project.services[0].healthcheck = Some(Healthcheck {
        start_period: Some(std::time::Duration::from_hours(1)),
        ..Healthcheck::default()
    });
    assert!(place.ask("health.slow_start", Params::new()).is_empty());
}

#[test]
fn table_names_follow_the_data_and_only_for_images_that_take_options() {
    let id = "mysql.lower_case_table_names";
    let said = || params(&[("current", "0"), ("limit", "1")]);
    let mut place = place();
    place.project.services[0].command = vec![
        "mysqld".into(),
        "--lower_case_table_names=0".into(),
        "--a=b".into(),
    ];
    let found = place.ask(id, said());
    let wanted = "command: [\"mysqld\",\"--a=b\",\"--lower-case-table-names=1\"]";
    assert!(written(&found).contains(wanted), "{found:?}");
    assert!(place.ask(id, params(&[("limit", "2")])).is_empty());
    assert!(place.ask(id, Params::new()).is_empty());
    place.project.services[0].command = vec!["sh".into(), "-c".into()];
    assert!(place.ask(id, said()).is_empty());
    place.project.services[0].command.clear();
    assert_eq!(place.ask(id, said()).len(), 1);
    place.project.services[0].image = Some("shop/own-db:8".into());
    assert!(place.ask(id, said()).is_empty());
}

#[test]
fn without_a_card_the_profile_of_the_vendor_is_used() {
    let mut place = place();
    let found = place.ask("gpu.toolkit_missing", Params::new());
    assert_eq!(written(&found), "COMPOSE_PROFILES=more,cpu\n");
    assert_eq!(found[0].proposal.risk, Risk::Confirm);
    place.project.services[2].profiles.clear();
    assert!(
        place.ask("gpu.toolkit_missing", Params::new()).is_empty(),
        "always wants one"
    );
    place.project.services.remove(3);
    place.project.services[2].profiles = vec!["gpu".into()];
    assert!(
        place.ask("gpu.toolkit_missing", Params::new()).is_empty(),
        "nothing instead"
    );
}

#[test]
fn a_proxy_is_restarted_when_what_it_leads_to_runs() {
    let mut place = place();
    let host = || params(&[("host", "db")]);
    let found = place.ask("app.upstream_unresolved", host());
    assert_eq!(found[0].course.stop, ["web"]);
    place.snapshot = snapshot(&[("web", ServiceState::Failed), ("db", ServiceState::Failed)]);
    assert!(place.ask("app.upstream_unresolved", host()).is_empty());
}

#[test]
fn a_port_that_is_free_again_is_tried_again() {
    let place = place();
    let port = |port: &str| place.ask("port.in_use", params(&[("port", port)])).len();
    assert_eq!(port("8080"), 1);
    assert_eq!(port("9999"), 0, "not one of this package");
}
