//! Situations in which the program that Quayside replaces said something untrue. Each was run with it and written down
//! under the number that stands here; each has to get the right verdict and the right exit code now.

use crate::play::{looping, made, puts};
use serde_json::{Value, json};
use tests::cli::{run, run_at};
use tests::fake_docker::Play;
use tests::fake_engine::FakeContainer;
use tests::sandbox::Sandbox;

/// One situation: what the package asks for, what the engine has, and what has to be said of it.
struct Situation {
    number: &'static str,
    services: Value,
    containers: fn(&Sandbox) -> Vec<FakeContainer>,
    verdict: &'static str,
    states: &'static [(&'static str, &'static str)],
    /// What `deploy` ends with when Compose leads to this.
    deploy: i32,
}

/// A service that stays up, and so the rest of the package works.
fn web(sandbox: &Sandbox) -> FakeContainer {
    made(sandbox, "web", |_| ())
}

fn situations() -> Vec<Situation> {
    let kept = json!({ "restart": "always" });
    let job = json!({ "restart": "no" });
    vec![
        Situation {
            number: "1: no health check",
            services: json!({ "web": kept, "worker": kept }),
            containers: |it| vec![web(it), made(it, "worker", |_| ())],
            verdict: "ready",
            states: &[("web", "running"), ("worker", "running")],
            deploy: 0,
        },
        Situation {
            number: "E1: one keeps restarting, another runs",
            services: json!({ "web": kept, "db": kept }),
            containers: |it| vec![web(it), made(it, "db", looping)],
            verdict: "will-not-recover",
            states: &[("web", "running"), ("db", "crash-looping")],
            deploy: 4,
        },
        Situation {
            number: "E1: the only one keeps restarting",
            services: json!({ "db": kept }),
            containers: |it| vec![made(it, "db", looping)],
            verdict: "will-not-recover",
            states: &[("db", "crash-looping")],
            deploy: 1,
        },
        Situation {
            number: "E2: a job that ended with 7",
            services: json!({ "web": kept, "job": job }),
            containers: |it| vec![web(it), made(it, "job", |job| job.end(7))],
            verdict: "will-not-recover",
            states: &[("web", "running"), ("job", "failed")],
            deploy: 4,
        },
        Situation {
            number: "E2: a job that never ran",
            services: json!({ "web": kept, "job": job }),
            containers: |it| {
                let never = |job: &mut FakeContainer| {
                    job.state = "created".into();
                    (job.started, job.finished) = (None, None);
                };
                vec![web(it), made(it, "job", never)]
            },
            verdict: "degraded",
            states: &[("web", "running"), ("job", "not-created")],
            deploy: 4,
        },
        Situation {
            number: "E11: a service of a sleeping profile",
            services: json!({ "web": kept, "tools": { "profiles": ["tools"] } }),
            containers: |it| vec![web(it)],
            verdict: "ready",
            states: &[("web", "running")],
            deploy: 0,
        },
        Situation {
            number: "E13: between two crashes it runs for a moment",
            services: json!({ "web": kept, "db": kept }),
            containers: |it| {
                let up = |db: &mut FakeContainer| {
                    (db.restart_count, db.started, db.finished) = (4, Some(1), Some(3));
                };
                vec![web(it), made(it, "db", up)]
            },
            verdict: "will-not-recover",
            states: &[("web", "running"), ("db", "crash-looping")],
            deploy: 4,
        },
        Situation {
            number: "E13: a stranger's container whose name begins alike",
            services: json!({ "web": kept }),
            containers: |_| {
                let mut stranger = FakeContainer::running("", "", "");
                stranger.name = "shop-web-1-foreign".into();
                vec![stranger]
            },
            verdict: "not-deployed",
            states: &[("web", "not-created")],
            deploy: 1,
        },
        Situation {
            number: "E16: one of two replicas has failed",
            services: json!({ "web": { "deploy": { "replicas": 2 } } }),
            containers: |it| vec![web(it), second(it, |web| web.end(1))],
            verdict: "will-not-recover",
            states: &[("web", "failed")],
            deploy: 1,
        },
        Situation {
            number: "E16: one of two replicas is not there",
            services: json!({ "web": { "deploy": { "replicas": 2 } } }),
            containers: |it| vec![web(it)],
            verdict: "degraded",
            states: &[("web", "running")],
            deploy: 4,
        },
        Situation {
            number: "7: paused",
            services: json!({ "web": kept, "db": kept }),
            containers: |it| vec![web(it), made(it, "db", |db| db.state = "paused".into())],
            verdict: "degraded",
            states: &[("web", "running"), ("db", "paused")],
            deploy: 4,
        },
    ]
}

fn second(sandbox: &Sandbox, change: fn(&mut FakeContainer)) -> FakeContainer {
    made(sandbox, "web", |web| {
        web.id = web.id.chars().rev().collect();
        web.name = "shop-web-2".into();
        change(web);
    })
}

#[test]
fn every_situation_gets_the_verdict_that_is_true() {
    for case in situations() {
        let sandbox = Sandbox::new(case.services);
        let containers = (case.containers)(&sandbox);
        for container in containers {
            sandbox.engine.add(container);
        }
        let ran = run(&sandbox, &["status", "--json"]);
        assert_eq!(ran.code, 0, "{}: a query that was answered", case.number);
        let status = ran.json();
        assert_eq!(status["verdict"], case.verdict, "{}", case.number);
        let services = status["services"].as_array().expect("services");
        let states: Vec<(&str, &str)> = services
            .iter()
            .filter_map(|it| Some((it["name"].as_str()?, it["state"].as_str()?)))
            .collect();
        let mut expected = case.states.to_vec();
        expected.sort_by_key(|(name, _)| states.iter().position(|(other, _)| other == name));
        assert_eq!(states, expected, "{}", case.number);
        assert_eq!(status["total"], case.states.len(), "{}", case.number);
    }
}

#[test]
fn every_situation_ends_a_deployment_with_the_exit_code_that_is_true() {
    for case in situations() {
        let sandbox = Sandbox::new(case.services);
        let containers = (case.containers)(&sandbox);
        sandbox.docker.next("up", Play::effect(puts(containers)));
        // As Compose does when it is asked again: nothing more.
        for _ in 0..4 {
            sandbox.docker.next("up", Play::effect(|_| ()));
        }
        let ran = run(&sandbox, &["deploy", "--wait-timeout", "4"]);
        assert_eq!(ran.code, case.deploy, "{}: {ran:#?}", case.number);
    }
}

#[test]
fn e3_the_projects_name_is_composes_and_not_the_folders() {
    let sandbox = Sandbox::new(json!({ "web": { "restart": "always" } }));
    let mut config = sandbox.config();
    config["name"] = "renamed".into();
    sandbox.docker.set_config(config);
    let mut web = web(&sandbox);
    web.project = "renamed".into();
    sandbox.engine.add(web);
    let status = run(&sandbox, &["status", "--json"]).json();
    assert_eq!(status["verdict"], "ready", "{status:#}");
}

#[test]
fn e9_without_an_engine_nothing_is_said_to_be_stopped() {
    let sandbox = Sandbox::new(json!({ "web": {} }));
    sandbox.engine.die();
    let ran = run(&sandbox, &["status", "--json"]);
    assert_eq!(ran.code, 5);
    assert_eq!(ran.json()["verdict"], "engine-unreachable");
    let ran = run(&sandbox, &["list-images", "--json"]);
    assert_eq!(ran.code, 5);
    assert!(ran.json()["error"]["code"].is_string(), "{}", ran.out);
}

#[test]
fn e15_a_package_reached_through_a_link_is_the_same_package() {
    let sandbox = Sandbox::new(json!({ "web": { "restart": "always" } }));
    sandbox.engine.add(web(&sandbox));
    let link = sandbox.environment().state.join("link");
    std::os::unix::fs::symlink(&sandbox.package, &link).expect("a link");
    let status = run_at(&sandbox, link.as_str(), &["status", "--json"]).json();
    assert_eq!(status["verdict"], "ready", "{status:#}");
}

#[test]
fn e4_and_e8_a_file_that_is_odd_is_read_or_refused_and_never_breaks_anything() {
    let sandbox = Sandbox::new(json!({ "web": { "restart": "always" } }));
    sandbox.file(".env", "GOOD=1\nBAD=\"\nQ='\n");
    let ran = run(&sandbox, &["inspect", "--json"]);
    assert!(matches!(ran.code, 0 | 6), "{ran:#?}");
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    std::fs::remove_file(sandbox.package.join(".env")).expect("was there");
    // Each of these made every subcommand fail.
    let odd = "x-base: &base\n  restart: always\nservices:\n  web:\n    <<: *base\n    image: shop/web:2.4\n    ports:\n      - 8080\n      - target: 443\n        published: '8443'\n    develop:\n      watch:\n        - path: .\n          action: sync\n          target: /app\n    networks:\n      front:\n        priority: 10\nnetworks:\n  front:\n    ipam:\n      config:\n        - subnet: 10.9.0.0/16\n          ip_range: 10.9.1.0/24\n";
    sandbox.file("compose.yaml", odd);
    for verb in ["inspect", "arch-info"] {
        let ran = run(&sandbox, &[verb]);
        assert_eq!(ran.code, 0, "{verb} {ran:#?}");
    }
}
