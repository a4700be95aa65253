//! Who holds a port, with real sockets and made-up containers. The numbers are far from the demonstration's 18080 and from
//! what is offered in its place: it may be running beside the tests.

use super::*;
use crate::compose::ports::parse_short;
use crate::engine::PublishedPort;
use std::net::TcpListener;

fn project(services: &[(&str, &[&str])]) -> Project {
    let service = |(name, ports): &(&str, &[&str])| Service {
        name: (*name).to_owned(),
        active: true,
        replicas: 1,
        ports: ports
            .iter()
            .flat_map(|it| parse_short(it).expect("a port"))
            .collect(),
        ..Service::default()
    };
    Project {
        name: "shop".into(),
        directory: "/p".into(),
        files: Vec::new(),
        services: services.iter().map(service).collect(),
        external_networks: Vec::new(),
        external_volumes: Vec::new(),
        networks: Vec::new(),
        volumes: Vec::new(),
        preview: false,
    }
}

fn container(project: Option<&str>, service: &str, ip: &str, port: u16) -> ContainerSummary {
    ContainerSummary {
        id: "c".repeat(64),
        name: format!("{}-{service}-1", project.unwrap_or("lone")),
        project: project.map(str::to_owned),
        service: Some(service.into()),
        working_dir: None,
        running: true,
        ports: vec![PublishedPort {
            host_ip: ip.into(),
            host_port: port,
            container_port: 80,
            protocol: "tcp".into(),
        }],
        ..ContainerSummary::default()
    }
}

fn here(containers: Vec<ContainerSummary>) -> PortWorld {
    PortWorld {
        containers,
        listening: Some(Listening::now()),
        rootless: false,
    }
}

fn troubles(project: &Project, world: &PortWorld) -> Vec<Option<PortTrouble>> {
    observe(project, world)
        .into_iter()
        .map(|it| it.trouble)
        .collect()
}

#[test]
fn ranges_and_labels() {
    assert_eq!(range("8080"), [8080]);
    assert_eq!(range("8000-8002"), [8000, 8001, 8002]);
    assert!(range("0").is_empty(), "zero lets the engine choose");
    assert!(range("x").is_empty());
    let label = |text: &str| super::label(&parse_short(text).expect("a port")[0]);
    assert_eq!(label("53:53"), "53");
    assert_eq!(label("0.0.0.0:53:53"), "53");
    assert_eq!(label("127.0.0.1:53:53/udp"), "127.0.0.1:53/udp");
    assert_eq!(label("[::1]:53:53"), "[::1]:53");
}

#[test]
fn containers_are_told_apart() {
    let shop = project(&[("web", &["28080:80"])]);
    let held = |container| troubles(&shop, &here(vec![container])).remove(0);
    assert_eq!(
        held(container(Some("shop"), "web", "0.0.0.0", 28080)),
        None,
        "it is ours"
    );
    assert_eq!(
        held(container(Some("shop"), "old", "0.0.0.0", 28080)),
        Some(PortTrouble::Held(PortHolder::Own("shop-old-1".into())))
    );
    assert_eq!(
        held(container(Some("blog"), "web", "::", 28080)),
        Some(PortTrouble::Held(PortHolder::Container(
            "blog-web-1".into(),
            Some("blog".into())
        )))
    );
    assert_eq!(
        held(container(None, "x", "127.0.0.1", 28080)),
        Some(PortTrouble::Held(PortHolder::Container(
            "lone-x-1".into(),
            None
        )))
    );
    let mut stopped = container(Some("blog"), "web", "0.0.0.0", 28080);
    stopped.running = false;
    assert_eq!(held(stopped), None);
}

#[test]
fn addresses_and_families_that_do_not_meet_are_no_trouble() {
    let shop = project(&[("web", &["127.0.0.1:28081:80"])]);
    let held = |ip| troubles(&shop, &here(vec![container(None, "x", ip, 28081)])).remove(0);
    assert_eq!(held("127.0.0.2"), None);
    assert_eq!(held("::"), None);
    assert!(held("0.0.0.0").is_some());
}

#[test]
fn two_services_cannot_share_a_port_but_different_addresses_can() {
    let one = project(&[("web", &["28082:80"]), ("api", &["28082:90"])]);
    let found = troubles(&one, &here(Vec::new()));
    assert_eq!(
        found[1],
        Some(PortTrouble::Held(PortHolder::Service("web".into())))
    );
    let apart = project(&[
        ("web", &["127.0.0.1:28083:80"]),
        ("api", &["127.0.0.2:28083:80", "28083:1/udp"]),
    ]);
    assert_eq!(troubles(&apart, &here(Vec::new())), [None, None, None]);
    let ranges = project(&[("web", &["28090-28095:80"]), ("api", &["28090:80"])]);
    assert_eq!(troubles(&ranges, &here(Vec::new())), [None, None]);
}

#[test]
fn a_process_is_named_and_three_free_ports_are_offered() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let next = port.wrapping_add(1).max(1024);
    let text = format!("{port}:80");
    let mut shop = project(&[("web", &[&text])]);
    // A profile that sleeps wants its port too.
    shop.services.push(Service {
        name: "debug".into(),
        ports: parse_short(&format!("{next}:80")).expect("a port"),
        ..Service::default()
    });
    let found = observe(&shop, &here(Vec::new())).remove(0);
    let Some(PortTrouble::Held(PortHolder::Process(_, pid))) = found.trouble else {
        panic!("{found:?}");
    };
    assert_eq!(pid, std::process::id());
    assert_eq!(found.free.len(), 3, "{found:?}");
    assert!(
        found
            .free
            .iter()
            .all(|it| *it != port && *it != next && *it >= 1024),
        "{found:?}"
    );
}

#[test]
fn nothing_is_offered_twice() {
    let one = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = one.local_addr().unwrap().port();
    let (first, second) = (format!("{port}:80"), format!("127.0.0.1:{port}:81"));
    let shop = project(&[("web", &[&first]), ("api", &[&second])]);
    let found = observe(&shop, &here(Vec::new()));
    let all: BTreeSet<u16> = found.iter().flat_map(|it| it.free.clone()).collect();
    assert_eq!(all.len(), 6, "{found:?}");
}

#[test]
fn a_range_is_held_when_all_of_it_is() {
    let listener = TcpListener::bind("0.0.0.0:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let other = container(None, "x", "0.0.0.0", port + 1);
    let both = format!("{port}-{}:80", port + 1);
    let shop = project(&[("web", &[&both])]);
    let found = troubles(&shop, &here(vec![other])).remove(0);
    let Some(PortTrouble::AllHeld(held)) = found else {
        panic!("{found:?}");
    };
    assert_eq!(held.len(), 2);
}

#[test]
fn several_containers_need_several_numbers() {
    let mut shop = project(&[("web", &["28084:80"]), ("api", &["28085-28086:80"])]);
    shop.services
        .iter_mut()
        .for_each(|service| service.replicas = 2);
    assert_eq!(
        troubles(&shop, &here(Vec::new())),
        [Some(PortTrouble::Replicas(2)), None]
    );
}

#[test]
fn an_engine_without_privileges_does_not_get_low_ports() {
    let shop = project(&[("web", &["80:80"]), ("api", &["28087:80"])]);
    let world = PortWorld {
        rootless: true,
        ..here(Vec::new())
    };
    let limit = ports::first_unprivileged();
    let expected = (limit > 80).then_some(PortTrouble::Privileged);
    assert_eq!(troubles(&shop, &world)[0], expected);
    assert_eq!(troubles(&shop, &world)[1], None);
}

#[test]
fn an_address_of_another_computer_is_trouble() {
    let shop = project(&[("web", &["192.0.2.1:28088:80"])]);
    let found = observe(&shop, &here(Vec::new())).remove(0);
    assert_eq!(
        found.trouble,
        Some(PortTrouble::NoAddress("192.0.2.1".into()))
    );
}

#[test]
fn a_remote_engines_ports_are_only_known_from_its_containers() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let text = format!("{}:80", listener.local_addr().unwrap().port());
    let shop = project(&[("web", &[&text])]);
    assert_eq!(troubles(&shop, &PortWorld::default()), [None]);
}

#[test]
fn good_numbers_come_first() {
    let first = |old| near(old, (32768, 60999)).take(3).collect::<Vec<_>>();
    assert_eq!(first(8080), [8081, 8082, 8083]);
    assert_eq!(first(80), [8080, 8081, 8082]);
    assert_eq!(first(443), [8443, 8444, 8445]);
    assert_eq!(
        first(40000),
        [61000, 61001, 61002],
        "the system hands those out"
    );
    assert_eq!(first(65535), [1024, 1025, 1026]);
    assert_eq!(first(65534), [65535, 1024, 1025]);
}
