//! Killed in the middle: the next start says so, the lock is free, and deploying again continues.

use crate::play::{deploy, made, puts, shop};
use service_manager::api::operation::{OperationKind, Outcome, StepId};
use tests::cli;
use tests::fake_docker::Play;
use tests::fake_engine::Answer;
use tests::sandbox::{Sandbox, end_of, eventually};

/// Lets the command line deploy, kills it once `is_there`, and looks what the next start makes of it.
async fn killed(sandbox: &Sandbox, step: StepId, what: &str, is_there: impl Fn() -> bool) {
    let mut child = cli::start(sandbox, &["deploy"]);
    eventually(what, &is_there).await;
    child.kill().expect("can be killed");
    child.wait().expect("is collected");
    sandbox.engine.no_rules();

    let manager = sandbox.open().await;
    let interrupted = manager.app_state().interrupted.expect("it was interrupted");
    assert_eq!(
        (interrupted.kind, interrupted.step),
        (OperationKind::Deploy, Some(step))
    );
    let events = deploy(&manager).await;
    assert_eq!(
        end_of(&events).outcome,
        Outcome::Ready,
        "{:#?}",
        end_of(&events)
    );
    assert_eq!(
        manager.app_state().interrupted,
        None,
        "what was finished later is not told for ever"
    );
}

#[tokio::test]
async fn while_loading_images() {
    let sandbox = Sandbox::new(shop());
    sandbox
        .engine
        .rule_after(1, "POST /images/load", Answer::Hang);
    killed(&sandbox, StepId::Images, "the second image is sent", || {
        sandbox.engine.asked("POST /images/load") == 2
    })
    .await;
    assert_eq!(
        sandbox.engine.asked("POST /images/load"),
        3,
        "the first image is not sent again"
    );
}

#[tokio::test]
async fn while_compose_starts_the_services() {
    let sandbox = Sandbox::new(shop());
    sandbox.docker.next("up", Play::hang());
    killed(&sandbox, StepId::Start, "Compose runs", || {
        sandbox.docker.calls_of("up").len() == 1
    })
    .await;
    assert_eq!(sandbox.engine.asked("POST /images/load"), 2);
}

#[tokio::test]
async fn while_waiting_until_everything_is_ready() {
    let sandbox = Sandbox::new(shop());
    let db = made(&sandbox, "db", |db| db.health = "starting".into());
    sandbox.docker.next("up", Play::effect(puts(vec![db])));
    let record = sandbox.state.join("operations/shop.json");
    killed(&sandbox, StepId::Ready, "the wait has begun", || {
        std::fs::read_to_string(&record).is_ok_and(|text| text.contains("\"ready\""))
    })
    .await;
    assert_eq!(sandbox.engine.asked("POST /images/load"), 2);
}

#[tokio::test]
async fn what_was_read_can_be_dismissed() {
    let sandbox = Sandbox::new(shop());
    sandbox.engine.rule("POST /images/load", Answer::Hang);
    let mut child = cli::start(&sandbox, &["deploy"]);
    eventually("an image is sent", || {
        sandbox.engine.asked("POST /images/load") >= 1
    })
    .await;
    child.kill().expect("can be killed");
    child.wait().expect("is collected");
    let manager = sandbox.open().await;
    assert!(manager.app_state().interrupted.is_some());
    manager.dismiss_interrupted().expect("is dismissed");
    assert_eq!(manager.app_state().interrupted, None);
}
