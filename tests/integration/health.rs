//! Watching, through the real monitor: what the engine says is what the cards show.

use crate::play::{deploy, looping, made, puts, shop, steps};
use serde_json::json;
use service_manager::ServiceManager;
use service_manager::api::app::DeployRequest;
use service_manager::api::operation::{OperationEvent, Outcome, StepId, StepState};
use service_manager::api::status::{EngineState, ServiceState, StatusSnapshot, Verdict};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tests::cli::{program, run};
use tests::fake_docker::Play;
use tests::fake_engine::Answer;
use tests::sandbox::{Sandbox, end_of, events_of, eventually};

/// What the cards show now; asks the engine nothing.
fn shown(manager: &ServiceManager) -> StatusSnapshot {
    manager.app_state().status.expect("a package is open")
}

fn card(manager: &ServiceManager, service: &str) -> ServiceState {
    let snapshot = shown(manager);
    let found = snapshot.services.iter().find(|it| it.name == service);
    found.expect("a card").state
}

/// A deployed shop and a manager that watches it.
async fn watched(services: serde_json::Value) -> (Sandbox, ServiceManager) {
    let sandbox = Sandbox::new(services);
    let manager = sandbox.open().await;
    let events = deploy(&manager).await;
    assert_eq!(end_of(&events).outcome, Outcome::Ready);
    (sandbox, manager)
}

#[tokio::test]
async fn an_event_changes_a_card_without_anybody_asking() {
    let (sandbox, manager) = watched(shop()).await;
    let lists = sandbox.engine.asked("GET /containers/json");
    let told = Instant::now();
    sandbox
        .engine
        .change("db", "health_status: unhealthy", |db| {
            db.health = "unhealthy".into();
        });
    eventually("the card shows it", || {
        card(&manager, "db") == ServiceState::Unhealthy
    })
    .await;
    assert!(
        told.elapsed() < Duration::from_secs(2),
        "{:?}",
        told.elapsed()
    );
    assert_eq!(shown(&manager).verdict, Verdict::Degraded);
    sandbox.engine.change("db", "health_status: healthy", |db| {
        db.health = "healthy".into();
    });
    eventually("everything is well again", || {
        shown(&manager).verdict == Verdict::Ready
    })
    .await;
    sandbox.engine.change("web", "die", |web| web.end(143));
    sandbox.engine.change("web", "stop", |_| ());
    eventually("it was stopped on purpose", || {
        card(&manager, "web") == ServiceState::Stopped
    })
    .await;
    assert_eq!(
        sandbox.engine.asked("GET /containers/json"),
        lists,
        "events are followed, lists are not polled"
    );
}

/// What the card of a service says.
fn sentence(manager: &ServiceManager, service: &str) -> String {
    let snapshot = shown(manager);
    let found = snapshot.services.iter().find(|it| it.name == service);
    found.expect("a card").sentence.key().to_owned()
}

/// The call about a container itself.
fn inspect(sandbox: &Sandbox, service: &str) -> String {
    let id = sandbox.engine.world(|world| {
        let mut containers = world.containers.iter();
        let found = containers.find(|it| it.service == service);
        found.expect("a container").id.clone()
    });
    format!("GET /containers/{id}/json")
}

#[tokio::test]
async fn a_container_that_docker_says_nothing_of_keeps_no_news_of_the_others() {
    let (sandbox, manager) = watched(shop()).await;
    let web = inspect(&sandbox, "web");
    sandbox.engine.rule(&web, Answer::Hold);
    sandbox.engine.change("web", "pause", |web| {
        web.state = "paused".into();
    });
    let told = Instant::now();
    sandbox
        .engine
        .change("db", "health_status: unhealthy", |db| {
            db.health = "unhealthy".into();
        });
    eventually("the other card shows it", || {
        card(&manager, "db") == ServiceState::Unhealthy
    })
    .await;
    assert!(told.elapsed() < Duration::from_millis(1900), "it waited");
    assert_eq!(card(&manager, "web"), ServiceState::Running);
    // Docker's list still says what became of it.
    eventually("what the list says", || {
        card(&manager, "web") == ServiceState::Paused
    })
    .await;
    assert_eq!(sentence(&manager, "web"), "service-unanswered");
    assert_eq!(shown(&manager).verdict, Verdict::Degraded);
    // What happens meanwhile is seen once Docker answers.
    sandbox.engine.change("web", "unpause", |web| {
        web.state = "running".into();
    });
    sandbox.engine.release(&web);
    eventually("and then this one", || {
        card(&manager, "web") == ServiceState::Running
    })
    .await;
    assert_ne!(sentence(&manager, "web"), "service-unanswered");
}

#[tokio::test]
async fn a_first_look_is_not_held_by_one_container_either() {
    let (sandbox, _) = watched(shop()).await;
    let web = inspect(&sandbox, "web");
    sandbox.engine.rule(&web, Answer::Hold);
    let manager = sandbox.open().await;
    let snapshot = manager.status().await.expect("a status");
    assert_eq!(snapshot.engine.state, EngineState::Connected);
    assert_eq!(card(&manager, "web"), ServiceState::Running);
    assert_eq!(card(&manager, "db"), ServiceState::Healthy);
    assert_eq!(snapshot.verdict, Verdict::Degraded, "nobody can say more");
    assert_eq!(sentence(&manager, "web"), "service-unanswered");
    sandbox.engine.release(&web);
    eventually("the answer at last", || {
        sentence(&manager, "web") == "service-running"
    })
    .await;
}

#[tokio::test]
async fn a_crash_loop_is_seen_although_the_container_runs_at_the_moment() {
    let (sandbox, manager) = watched(shop()).await;
    sandbox.engine.change("web", "start", |web| {
        web.restart_count = 3;
        web.started = Some(2);
        web.finished = Some(4);
        web.exit_code = 1;
    });
    eventually("the loop is seen", || {
        card(&manager, "web") == ServiceState::CrashLooping
    })
    .await;
    assert_eq!(shown(&manager).verdict, Verdict::WillNotRecover);
}

#[tokio::test]
async fn a_job_that_ends_with_seven_has_failed_and_with_zero_has_done_its_work() {
    let services = json!({ "job": { "restart": "no" }, "web": { "restart": "always" } });
    let (sandbox, manager) = watched(services).await;
    assert_eq!(card(&manager, "job"), ServiceState::Completed);
    sandbox.engine.change("job", "die", |job| job.end(7));
    eventually("it has failed", || {
        card(&manager, "job") == ServiceState::Failed
    })
    .await;
    let job = made(&sandbox, "job", |job| job.end(7));
    let web = made(&sandbox, "web", |_| ());
    sandbox
        .docker
        .next("up", Play::effect(puts(vec![job, web])));
    let events = deploy(&manager).await;
    let finished = end_of(&events);
    assert_eq!(finished.outcome, Outcome::PartlyReady);
    let failure = finished.failure.as_ref().expect("a failure");
    assert_eq!(failure.service.as_deref(), Some("job"));
    assert!(failure.message.to_string().contains('7'), "{failure:#?}");
}

#[tokio::test]
async fn without_a_healthcheck_running_is_ready_and_nothing_is_waited_for_in_vain() {
    let sandbox = Sandbox::new(json!({ "web": { "restart": "always" }, "api": {} }));
    let manager = sandbox.open().await;
    let begun = Instant::now();
    let events = deploy(&manager).await;
    assert_eq!(end_of(&events).outcome, Outcome::Ready);
    assert!(
        begun.elapsed() < Duration::from_secs(9),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(card(&manager, "web"), ServiceState::Running);
}

/// Every health probe of a container is two events, and a package has many containers.
#[tokio::test]
async fn what_changes_by_time_alone_is_not_put_off_by_health_probes() {
    let sandbox = Sandbox::new(json!({ "web": { "restart": "always" } }));
    let web = made(&sandbox, "web", |web| web.started = Some(5));
    let (id, engine) = (web.id.clone(), Arc::clone(&sandbox.engine));
    sandbox.docker.next("up", Play::effect(puts(vec![web])));
    let manager = sandbox.open().await;
    let probes = tokio::spawn(async move {
        loop {
            engine.tell(&id, "exec_start: probe");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    let begun = Instant::now();
    let events = deploy(&manager).await;
    probes.abort();
    assert_eq!(end_of(&events).outcome, Outcome::Ready);
    assert!(
        begun.elapsed() < Duration::from_secs(20),
        "{:?}",
        begun.elapsed()
    );
}

/// Deploys, and once the wait has begun does something to the engine.
async fn deploy_and(
    sandbox: &Sandbox,
    manager: &ServiceManager,
    then: impl AsyncFnOnce(&Sandbox),
) -> Vec<OperationEvent> {
    let started = manager
        .deploy(DeployRequest::default())
        .await
        .expect("starts");
    let mut events = manager.follow(&started.operation_id).expect("is known");
    while let Some(event) = events.next().await {
        if matches!(&event, OperationEvent::StepProgress(step) if step.step == StepId::Ready) {
            break;
        }
    }
    then(sandbox).await;
    events_of(manager, &started).await
}

#[tokio::test]
async fn unhealthy_and_then_healthy_ends_ready() {
    let sandbox = Sandbox::new(shop());
    let db = made(&sandbox, "db", |db| db.health = "unhealthy".into());
    let web = made(&sandbox, "web", |_| ());
    sandbox.docker.next("up", Play::effect(puts(vec![db, web])));
    let manager = sandbox.open().await;
    let events = deploy_and(&sandbox, &manager, async |sandbox| {
        let say = "health_status: healthy";
        sandbox
            .engine
            .change("db", say, |db| db.health = "healthy".into());
    })
    .await;
    let finished = end_of(&events);
    assert_eq!(finished.outcome, Outcome::Ready, "{finished:#?}");
}

#[tokio::test]
async fn what_waited_for_a_late_dependency_is_started_after_all() {
    let sandbox = Sandbox::new(shop());
    let db = made(&sandbox, "db", |db| db.health = "unhealthy".into());
    let words = "dependency failed to start: container shop-db-1 is unhealthy\n";
    sandbox
        .docker
        .next("up", Play::fails(words, puts(vec![db])));
    let manager = sandbox.open().await;
    let events = deploy_and(&sandbox, &manager, async |sandbox| {
        assert_eq!(sandbox.docker.calls_of("up").len(), 1);
        let say = "health_status: healthy";
        sandbox
            .engine
            .change("db", say, |db| db.health = "healthy".into());
    })
    .await;
    let finished = end_of(&events);
    assert_eq!(finished.outcome, Outcome::Ready, "{finished:#?}");
    assert!(steps(&events).contains(&(StepId::Start, StepState::Warning)));
    assert_eq!(sandbox.docker.calls_of("up").len(), 2);
    assert_eq!(card(&manager, "web"), ServiceState::Running);
}

#[tokio::test]
async fn an_engine_that_is_gone_is_a_state_and_the_cards_stay() {
    let (sandbox, manager) = watched(shop()).await;
    sandbox.engine.die();
    eventually("the engine is seen to be gone", || {
        shown(&manager).verdict == Verdict::EngineUnreachable
    })
    .await;
    let gone = shown(&manager);
    assert_eq!(gone.engine.state, EngineState::Unreachable);
    assert!(
        gone.engine
            .reason
            .is_some_and(|it| it.to_string().contains("docker"))
    );
    assert_eq!(card(&manager, "db"), ServiceState::Healthy, "as last seen");
    sandbox.engine.world(|world| {
        for container in &mut world.containers {
            looping(container);
        }
    });
    sandbox.engine.start_again();
    eventually("it is back, and everything is looked at anew", || {
        card(&manager, "db") == ServiceState::CrashLooping
    })
    .await;
    assert_eq!(shown(&manager).engine.state, EngineState::Connected);
}

#[tokio::test]
async fn a_deployment_outlives_a_restart_of_the_engine() {
    let sandbox = Sandbox::new(shop());
    let db = made(&sandbox, "db", |db| db.health = "starting".into());
    let web = made(&sandbox, "web", |_| ());
    sandbox.docker.next("up", Play::effect(puts(vec![db, web])));
    let manager = sandbox.open().await;
    let events = deploy_and(&sandbox, &manager, async |sandbox| {
        sandbox.engine.die();
        eventually("the engine is seen to be gone", || {
            shown(&manager).verdict == Verdict::EngineUnreachable
        })
        .await;
        sandbox.engine.world(|world| {
            world.containers[0].health = "healthy".into();
        });
        sandbox.engine.start_again();
    })
    .await;
    let finished = end_of(&events);
    assert_eq!(finished.outcome, Outcome::Ready, "{finished:#?}");
}

#[tokio::test]
async fn an_engine_that_accepts_and_never_answers_does_not_hang_a_look() {
    let sandbox = Sandbox::new(shop());
    sandbox.engine.rule("", Answer::Hang);
    let manager = sandbox.open().await;
    let begun = Instant::now();
    let status = manager.status().await.expect("a status");
    assert_eq!(status.verdict, Verdict::EngineUnreachable);
    assert!(
        begun.elapsed() < Duration::from_secs(15),
        "{:?}",
        begun.elapsed()
    );
    let reason = status.engine.reason.expect("a reason").to_string();
    assert!(reason.contains("does not answer"), "{reason}");
    sandbox.engine.no_rules();
    eventually("it answers again", || {
        shown(&manager).verdict == Verdict::NotDeployed
    })
    .await;
}

#[test]
fn an_engine_that_accepts_and_never_answers_does_not_hang_a_deployment() {
    let sandbox = Sandbox::new(shop());
    sandbox.engine.rule("", Answer::Hang);
    program(); // Building it is not what is timed.
    let begun = Instant::now();
    let ran = run(&sandbox, &["deploy"]);
    assert_eq!(ran.code, 5, "{ran:#?}");
    assert!(
        begun.elapsed() < Duration::from_secs(40),
        "{:?}",
        begun.elapsed()
    );
}
