//! What is used: asked of the engine once for each look, and never without one.

use crate::play::{deploy, shop};
use std::time::Duration;
use tests::sandbox::{Sandbox, end_of};

#[tokio::test]
async fn figures_are_of_this_moment_and_rates_of_the_time_since_the_look_before() {
    let sandbox = Sandbox::new(shop());
    let data = sandbox.package.join("data");
    std::fs::create_dir_all(&data).unwrap();
    let manager = sandbox.open().await;
    end_of(&deploy(&manager).await);
    sandbox.engine.change("web", "update", |web| {
        web.cpu = 5_000_000_000;
        web.memory = (95, 100);
    });
    let first = manager.resource_figures().await.unwrap();
    let web = |figures: &service_manager::api::resources::ResourceFigures| {
        let mut found = figures.containers.iter().filter(|it| it.service == "web");
        found.next().expect("web").clone()
    };
    assert_eq!(first.containers.len(), 2, "{first:#?}");
    assert_eq!(web(&first).cpu_percent, None, "one look is no rate");
    assert_eq!(
        (web(&first).memory, web(&first).memory_limit),
        (Some(95), Some(100))
    );
    assert!(web(&first).log_unbounded);
    assert_eq!(web(&first).log_bytes, None, "no such file here");
    let warned: Vec<&str> = first.warnings.iter().map(|it| it.id.as_str()).collect();
    assert!(warned.contains(&"memory"), "{:#?}", first.warnings);
    assert!(first.host.cpus > 0 && first.host.memory_total > first.host.memory_used);
    assert!(first.host.disks.iter().all(|disk| disk.total >= disk.used));

    tokio::time::sleep(Duration::from_secs(1)).await;
    // Half a second of one processor, in at least one second.
    sandbox.engine.world(|world| {
        for it in &mut world.containers {
            it.cpu += 500_000_000;
        }
    });
    let second = manager.resource_figures().await.unwrap();
    let percent = web(&second).cpu_percent.expect("a rate");
    assert!((10.0..=50.0).contains(&percent), "{percent}");
    assert!(web(&second).received.is_some_and(|rate| rate > 100_000));
    assert!(
        second
            .host
            .cpu
            .is_some_and(|cpu| (0.0..=1.0).contains(&cpu))
    );

    sandbox.engine.change("web", "die", |web| web.end(0));
    tests::sandbox::eventually("the card shows it", || {
        manager.app_state().status.is_some_and(|status| {
            status.services.iter().any(|it| {
                it.name == "web" && it.state == service_manager::api::status::ServiceState::Stopped
            })
        })
    })
    .await;
    let third = manager.resource_figures().await.unwrap();
    assert!(
        third.containers.iter().all(|it| it.service != "web"),
        "what does not run uses nothing"
    );
}

#[tokio::test]
async fn nothing_is_asked_while_nobody_looks_and_each_container_once_for_a_look() {
    let sandbox = Sandbox::new(shop());
    let manager = sandbox.open().await;
    end_of(&deploy(&manager).await);
    let stats = || {
        let requests = sandbox.engine.requests();
        let asked = requests.iter().filter(|it| it.path.ends_with("/stats"));
        asked.count()
    };
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(stats(), 0, "nobody looked");
    manager.resource_figures().await.unwrap();
    assert_eq!(stats(), 2);
    let one_shot = sandbox.engine.requests();
    let one_shot = one_shot.iter().filter(|it| it.path.ends_with("/stats"));
    for request in one_shot {
        assert_eq!(
            request.query.get("one-shot").map(String::as_str),
            Some("true")
        );
        assert_eq!(
            request.query.get("stream").map(String::as_str),
            Some("false")
        );
    }
    let infos = sandbox.engine.asked("GET /info");
    let inspects = sandbox.engine.asked("GET /containers/");
    manager.resource_figures().await.unwrap();
    assert_eq!(
        sandbox.engine.asked("GET /info"),
        infos,
        "who it is does not change"
    );
    assert_eq!(
        sandbox.engine.asked("GET /containers/"),
        inspects + 2,
        "two stats, no inspection"
    );
    sandbox.engine.die();
    let lost = manager.resource_figures().await.unwrap();
    assert!(lost.containers.is_empty() && lost.host.memory_total > 0);
}
