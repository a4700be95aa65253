//! Nobody is ever asked for an image. Every name leads to a registry that only writes down who knocks: the engine takes
//! 127.0.0.0/8 for places it may ask without certificates; for the rest of the world it has a proxy, at which we listen.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tests::live::{Generation, Live, eventually, generation, text};
use tests::package::{Package, architecture};

/// A registry that has nothing and counts who asks.
struct Registry {
    /// What the names of its images begin with.
    place: String,
    knocks: Arc<AtomicUsize>,
}

impl Registry {
    fn open() -> Self {
        Self::at("127.0.0.1:0")
    }

    fn at(place: &str) -> Self {
        let listener = TcpListener::bind(place).unwrap();
        let place = listener.local_addr().unwrap().to_string();
        let knocks = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&knocks);
        std::thread::spawn(move || {
            // Whoever knocks is let go at once, which is an answer to nobody.
            for _guest in listener.incoming().map_while(Result::ok) {
                counter.fetch_add(1, Ordering::SeqCst);
            }
        });
        Self { place, knocks }
    }

    fn knocks(&self) -> usize {
        self.knocks.load(Ordering::SeqCst)
    }
}

/// A package whose image is named after the registry.
fn package(name: &str, registry: &Registry, compose: &str) -> Package {
    let mut package = Package::new(name, compose);
    package.namespace = format!("{}/{}", registry.place, package.project);
    let settings = format!(
        "COMPOSE_PROJECT_NAME={}\nIMAGE={}\nPLACE={}\n",
        package.project,
        image(&package),
        registry.place,
    );
    package.file(".env", &settings);
    package
}

fn image(package: &Package) -> String {
    format!("{}/tools:1", package.namespace)
}

/// The same with the image in an archive.
fn with_image(name: &str, registry: &Registry, compose: &str) -> Package {
    let package = package(name, registry, compose);
    let loaded = format!("{}-{}", image(&package), architecture());
    package.archive_named("images/tools-amd64.tar", &loaded);
    package
}

const PLAIN: &str = r#"
services:
  app:
    image: ${IMAGE}
    restart: unless-stopped
    healthcheck:
      test: ["CMD", "true"]
      interval: 1s
"#;

/// What would need the network, and the id that says so.
const REFUSED: [(&str, &str); 6] = [
    (
        "in-no-archive",
        "services:\n  app:\n    image: ${PLACE}/shop/other:1\n",
    ),
    (
        "pull-policy",
        "services:\n  app:\n    image: ${IMAGE}\n    pull_policy: always\n",
    ),
    ("build-only", "services:\n  app:\n    build: .\n"),
    (
        "build-and-name",
        "services:\n  app:\n    build: .\n    image: ${PLACE}/shop/built:1\n",
    ),
    (
        "by-digest",
        "services:\n  app:\n    image: ${PLACE}/shop/tools@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n",
    ),
    (
        "one-of-two",
        "services:\n  app:\n    image: ${IMAGE}\n  other:\n    image: ${PLACE}/shop/other:1\n    depends_on: [app]\n",
    ),
];

#[test]
fn what_would_need_the_network_is_refused_and_nobody_is_asked() {
    let registry = Registry::open();
    for (name, services) in REFUSED {
        let live = Live::new(with_image(name, &registry, services));
        live.package.file(
            "Dockerfile",
            &format!("FROM {}/shop/base:1\n", registry.place),
        );
        let ended = live.expect(3, &["deploy", "--json"]);
        let finished = ended.finished();
        assert_eq!(finished["outcome"], "blocked", "{name}: {ended}");
        assert_eq!(
            finished["checks"][0]["id"], "image.missing",
            "{name}: {ended}"
        );
        if name == REFUSED[0].0 {
            live.step("nor by any other way to start something");
            live.expect(3, &["check"]);
            live.expect(3, &["start"]);
            live.expect(1, &["restart-container", "--container-name", "app"]);
        }
        for kind in ["container", "network"] {
            assert!(live.ids(kind).is_empty(), "{name}: no {kind} was made");
        }
        let loaded = live.try_docker(&["image", "inspect", &image(&live.package)]);
        assert!(loaded.is_err(), "{name}: nothing was loaded either");
        assert_eq!(registry.knocks(), 0, "{name}");
    }
}

#[test]
fn a_deployment_with_a_sleeping_profile_runs_from_the_package_and_nobody_is_asked() {
    let registry = Registry::open();
    let asleep = "  asleep:\n    image: ${PLACE}/shop/asleep:1\n    profiles: [extra]\n";
    let live = Live::new(with_image(
        "sleeping",
        &registry,
        &format!("{PLAIN}{asleep}"),
    ));
    live.step("the first, the second, and everything that starts containers");
    for args in [
        &["deploy", "--json"][..],
        &["deploy", "--json"],
        &["restart"],
        &["restart-container", "--container-name", "app"],
        &["down"],
        &["start"],
    ] {
        live.expect(0, args);
    }
    assert_eq!(live.ids("container").len(), 1);
    let proof = live.expect(0, &["check", "--json"]).json()["offlineProof"].clone();
    let rows: Vec<String> = proof
        .as_array()
        .into_iter()
        .flatten()
        .map(|row| format!("{}={}", text(&row["service"]), text(&row["verdict"])))
        .collect();
    assert_eq!(rows, ["app=loaded", "asleep=missing"]);
    assert_eq!(registry.knocks(), 0);

    live.step("the sleeping service is refused when it is asked for");
    live.expect(3, &["start", "asleep"]);
    assert_eq!(registry.knocks(), 0);
}

/// Without this the others would prove nothing.
#[test]
fn the_registry_hears_a_pull_and_what_compose_alone_would_do() {
    let registry = Registry::open();
    let live = Live::new(package("heard", &registry, PLAIN));
    let name = image(&live.package);
    assert!(live.try_docker(&["pull", &name]).is_err());
    eventually("a knock", Duration::from_secs(10), || {
        (registry.knocks() > 0).then_some(())
    });
    let after_pull = registry.knocks();
    let file = live.package.path.join("docker-compose.yml");
    let up = match generation() {
        Generation::Old => live.try_program(
            "docker-compose",
            &["--file", file.as_str(), "up", "--detach"],
        ),
        _ => live.try_docker(&["compose", "--file", file.as_str(), "up", "--detach"]),
    };
    assert!(up.is_err(), "{up:?}");
    assert!(registry.knocks() > after_pull, "Compose would have asked");
    live.expect(3, &["deploy"]);
}

/// Where `cargo xtask engine` lets the engine look for the rest of the world.
const WAY_OUT: &str = "127.0.0.1:3128";

#[test]
fn for_names_of_the_hub_and_of_vendors_the_engines_proxy_is_never_asked_either() {
    let proxy = Registry::at(WAY_OUT);
    let vendors = "registry.example.com/shop/other:1";
    for image in ["nginx:1.25", vendors] {
        let compose = format!("{PLAIN}  other:\n    image: {image}\n");
        let live = Live::new(Package::with_image("world", &compose));
        for action in ["deploy", "start"] {
            live.expect(3, &[action]);
        }
        assert_eq!(proxy.knocks(), 0, "{image}");
    }
    let live = Live::new(Package::with_image("world", PLAIN));
    live.expect(0, &["deploy"]);
    assert_eq!(proxy.knocks(), 0);

    live.step("it would have been heard");
    assert!(live.try_docker(&["pull", vendors]).is_err());
    eventually("a knock", Duration::from_secs(10), || {
        (proxy.knocks() > 0).then_some(())
    });
}
