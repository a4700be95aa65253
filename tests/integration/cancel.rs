//! Cancelling, in every step of a deployment: at once, said so, and nothing left behind.

use crate::play::{deploy, made, puts, shop, steps};
use serde_json::json;
use service_manager::ServiceManager;
use service_manager::api::app::{CancelRequest, DeployRequest, ServicesRequest, Started};
use service_manager::api::operation::{OperationEvent, Outcome, StepId, StepState};
use service_manager::api::status::ServiceState;
use std::time::{Duration, Instant};
use tests::cli;
use tests::fake_docker::Play;
use tests::fake_engine::Answer;
use tests::sandbox::{Sandbox, end_of, events_of, eventually};

/// Far less than any time limit that could end a call by itself.
const AT_ONCE: Duration = Duration::from_secs(5);

async fn begin(manager: &ServiceManager) -> Started {
    manager
        .deploy(DeployRequest::default())
        .await
        .expect("starts")
}

/// Waits for an event of a deployment that was begun.
async fn until(
    manager: &ServiceManager,
    started: &Started,
    is_it: impl Fn(&OperationEvent) -> bool,
) {
    let mut events = manager.follow(&started.operation_id).expect("is known");
    while let Some(event) = events.next().await {
        if is_it(&event) {
            return;
        }
    }
    panic!("the deployment ended before that");
}

fn starts(step: StepId) -> impl Fn(&OperationEvent) -> bool {
    move |event| matches!(event, OperationEvent::StepStarted(started) if started.step == step)
}

/// Cancels; the answer must come at once and be `cancelled`. Then the obstacle goes, and deploying again succeeds.
async fn cancel(
    sandbox: &Sandbox,
    manager: &ServiceManager,
    started: Started,
) -> Vec<OperationEvent> {
    let asked = Instant::now();
    manager.cancel(&CancelRequest {
        operation_id: started.operation_id.clone(),
    });
    let events = events_of(manager, &started).await;
    assert!(
        asked.elapsed() < AT_ONCE,
        "cancelling took {:?}",
        asked.elapsed()
    );
    assert!(matches!(&events[0], OperationEvent::Planned { steps, .. } if steps.len() == 9));
    let finished = end_of(&events);
    assert_eq!(finished.outcome, Outcome::Cancelled, "{finished:#?}");
    let failure = finished.failure.as_ref().expect("says why it ended");
    assert_eq!(failure.code, "cancelled");
    sandbox.engine.no_rules();
    let again = deploy(manager).await;
    assert_eq!(
        end_of(&again).outcome,
        Outcome::Ready,
        "{:#?}",
        end_of(&again)
    );
    events
}

fn last_step(events: &[OperationEvent]) -> (StepId, StepState) {
    *steps(events).last().expect("a step ended")
}

#[tokio::test]
async fn while_the_environment_is_looked_at() {
    let sandbox = Sandbox::new(shop());
    let manager = sandbox.open().await;
    manager.status().await.expect("a status");
    let before = sandbox.engine.asked("GET /version");
    sandbox.engine.rule("GET /version", Answer::Hold);
    let started = begin(&manager).await;
    eventually("the engine is asked", || {
        sandbox.engine.asked("GET /version") > before
    })
    .await;
    let events = cancel(&sandbox, &manager, started).await;
    assert_eq!(steps(&events), []);
    assert_eq!(
        end_of(&events).failure.as_ref().and_then(|it| it.step),
        Some(StepId::Environment)
    );
}

/// Both are over in a moment, so the cancel is heard right after them.
#[tokio::test]
async fn while_directories_and_scripts_are_prepared() {
    for step in [StepId::Directories, StepId::Scripts] {
        let sandbox = Sandbox::new(shop());
        let manager = sandbox.open().await;
        sandbox.engine.rule("POST /images/load", Answer::Hold);
        let started = begin(&manager).await;
        until(&manager, &started, starts(step)).await;
        let events = cancel(&sandbox, &manager, started).await;
        assert!(last_step(&events).0 <= StepId::Images);
    }
}

#[tokio::test]
async fn in_the_middle_of_an_upload() {
    let sandbox = Sandbox::new(shop());
    let refs = ["shop/web:2.4-amd64"];
    sandbox.archive_of("images/web-amd64.tar", &refs, "amd64", 24 << 20);
    let manager = sandbox.open().await;
    // The database's archive comes first and is through.
    sandbox
        .engine
        .rule_after(1, "POST /images/load", Answer::Hold);
    let started = begin(&manager).await;
    until(&manager, &started, |event| {
        matches!(event, OperationEvent::StepProgress(step)
            if step.step == StepId::Images && step.current > Some(1 << 20) && step.current < step.total)
    })
    .await;
    let events = cancel(&sandbox, &manager, started).await;
    assert_eq!(last_step(&events), (StepId::Images, StepState::Cancelled));
    assert_eq!(
        sandbox.engine.asked("POST /images/load"),
        3,
        "what was through is not sent again"
    );
}

#[tokio::test]
async fn while_names_are_given() {
    let sandbox = Sandbox::new(shop());
    let manager = sandbox.open().await;
    // The names of the archives are given when an image is through; then come those of the compose file.
    sandbox
        .engine
        .rule_after(2, "POST /images/sha256:", Answer::Hold);
    let started = begin(&manager).await;
    eventually("a name is being given", || {
        sandbox.engine.asked("POST /images/sha256:") == 3
    })
    .await;
    let events = cancel(&sandbox, &manager, started).await;
    assert_eq!(last_step(&events), (StepId::Tags, StepState::Cancelled));
    assert_eq!(sandbox.engine.asked("POST /images/load"), 2);
}

#[tokio::test]
async fn while_ports_are_looked_at_again() {
    let sandbox = Sandbox::new(shop());
    let manager = sandbox.open().await;
    let tags = "POST /images/sha256:";
    sandbox.engine.rule_after(2, tags, Answer::Hold);
    let started = begin(&manager).await;
    eventually("a name is being given", || sandbox.engine.asked(tags) == 3).await;
    sandbox.engine.rule("GET /containers/json", Answer::Hold);
    sandbox.engine.release(tags);
    until(&manager, &started, starts(StepId::Ports)).await;
    let events = cancel(&sandbox, &manager, started).await;
    assert_eq!(last_step(&events), (StepId::Ports, StepState::Cancelled));
}

#[tokio::test]
async fn while_compose_starts_the_services_and_its_whole_group_ends() {
    let sandbox = Sandbox::new(shop());
    let manager = sandbox.open().await;
    sandbox.docker.breed();
    sandbox.docker.next("up", Play::hang());
    let started = begin(&manager).await;
    eventually("Compose runs", || sandbox.docker.calls_of("up").len() == 1).await;
    let call = sandbox.docker.calls_of("up").remove(0);
    let child = sandbox.docker.child_of(&call);
    assert!(cli::runs(&call.pid) && cli::runs(&child), "both run");
    let events = cancel(&sandbox, &manager, started).await;
    assert_eq!(last_step(&events), (StepId::Start, StepState::Cancelled));
    assert_eq!(sandbox.docker.interrupted(), 1, "it was asked to end");
    let process = format!("/proc/{}", call.pid);
    assert!(
        !std::path::Path::new(&process).exists(),
        "it ended and nobody collected it"
    );
    assert!(!cli::runs(&child), "its child lives on");
    assert_eq!(sandbox.engine.asked("POST /images/load"), 2);
}

#[tokio::test]
async fn while_waiting_until_everything_is_ready() {
    let sandbox = Sandbox::new(shop());
    let manager = sandbox.open().await;
    let db = made(&sandbox, "db", |db| db.health = "starting".into());
    sandbox.docker.next("up", Play::effect(puts(vec![db])));
    let started = begin(&manager).await;
    until(&manager, &started, starts(StepId::Ready)).await;
    let events = cancel(&sandbox, &manager, started).await;
    assert_eq!(last_step(&events), (StepId::Ready, StepState::Cancelled));
    let status = end_of(&events).status.as_ref().expect("a status");
    assert_eq!(
        serde_json::to_value(status).expect("json")["services"][0]["state"],
        json!("starting"),
        "nothing is stopped by cancelling"
    );
    assert_eq!(sandbox.engine.asked("POST /images/load"), 2);
}

#[tokio::test]
async fn a_stop_that_was_cancelled_does_not_excuse_a_later_crash() {
    let sandbox = Sandbox::new(json!({ "web": {} }));
    let manager = sandbox.open().await;
    deploy(&manager).await;
    sandbox.docker.next("stop", Play::hang());
    let started = manager
        .stop(ServicesRequest::default())
        .await
        .expect("starts");
    eventually("Compose runs", || {
        sandbox.docker.calls_of("stop").len() == 1
    })
    .await;
    manager.cancel(&CancelRequest {
        operation_id: started.operation_id.clone(),
    });
    let events = events_of(&manager, &started).await;
    assert_eq!(end_of(&events).outcome, Outcome::Cancelled);
    sandbox.engine.change("web", "die", |web| web.end(1));
    let state = |manager: &ServiceManager| {
        let status = manager.app_state().status.expect("a package is open");
        status.services[0].state
    };
    eventually("the card shows that it ended", || {
        state(&manager) != ServiceState::Running
    })
    .await;
    assert_eq!(state(&manager), ServiceState::Failed);
    let later = sandbox.open().await;
    later.status().await.expect("a status");
    assert_eq!(state(&later), ServiceState::Failed, "nor in the next run");
}
