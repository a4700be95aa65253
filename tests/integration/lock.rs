//! One operation changes a project at a time, whichever process it runs in.

use crate::play::shop;
use service_manager::api::app::{CancelRequest, DeployRequest, ServicesRequest};
use service_manager::api::operation::Outcome;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tests::cli::{self, run};
use tests::fake_engine::Answer;
use tests::sandbox::{Sandbox, end_of, events_of, eventually};

const LOAD: &str = "POST /images/load";

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_hears_that_a_window_is_at_it() {
    let sandbox = Sandbox::new(shop());
    let manager = sandbox.open().await;
    sandbox.engine.rule(LOAD, Answer::Hold);
    let started = manager
        .deploy(DeployRequest::default())
        .await
        .expect("starts");
    eventually("an image is sent", || sandbox.engine.asked(LOAD) >= 1).await;
    for verb in [
        "deploy",
        "start",
        "stop",
        "restart",
        "down",
        "load-images",
        "setup-tags",
        "check-mount-dirs",
    ] {
        let ran = run(&sandbox, &[verb, "--json"]);
        assert_eq!(ran.code, 1, "{verb} {ran:#?}");
        let error = &ran.json()["error"];
        assert_eq!(error["code"], "operation-in-progress");
        assert_eq!(error["category"], "service-management");
        assert_eq!(error["params"]["owner"], std::process::id().to_string());
    }
    for verb in ["status", "plan", "check", "inspect", "list-images"] {
        let ran = run(&sandbox, &[verb, "--json"]);
        assert_eq!(ran.code, 0, "looking is always allowed: {verb} {ran:#?}");
    }
    assert_eq!(sandbox.docker.calls_of("up").len(), 0);
    sandbox.engine.no_rules();
    let events = events_of(&manager, &started).await;
    assert_eq!(end_of(&events).outcome, Outcome::Ready);
    let ran = run(&sandbox, &["stop"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_hears_that_the_command_line_is_at_it() {
    let sandbox = Sandbox::new(shop());
    sandbox.engine.rule(LOAD, Answer::Hold);
    let child = cli::start(&sandbox, &["deploy"]);
    eventually("an image is sent", || sandbox.engine.asked(LOAD) >= 1).await;
    let manager = sandbox.open().await;
    assert_eq!(
        manager.app_state().interrupted,
        None,
        "what still runs was not interrupted"
    );
    let refused = manager
        .stop(ServicesRequest::default())
        .await
        .expect_err("is refused");
    assert_eq!(refused.code(), "operation-in-progress");
    assert!(
        refused
            .message()
            .to_string()
            .contains(&child.id().to_string()),
        "{}",
        refused.message()
    );
    sandbox.engine.no_rules();
    assert_eq!(cli::end(child).code, 0);
    let started = manager
        .stop(ServicesRequest::default())
        .await
        .expect("is free");
    assert_eq!(
        end_of(&events_of(&manager, &started).await).outcome,
        Outcome::Done
    );
}

#[tokio::test]
async fn a_cancelled_operation_lets_go_before_its_last_event() {
    let sandbox = Sandbox::new(shop());
    let manager = sandbox.open().await;
    for _ in 0..3 {
        sandbox.engine.rule(LOAD, Answer::Hang);
        let started = manager
            .deploy(DeployRequest::default())
            .await
            .expect("is free again");
        manager.cancel(&CancelRequest {
            operation_id: started.operation_id.clone(),
        });
        let events = events_of(&manager, &started).await;
        assert_eq!(end_of(&events).outcome, Outcome::Cancelled);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_keeps_nobody_from_beginning() {
    let sandbox = Sandbox::new(shop());
    let manager = sandbox.open().await;
    let watcher = sandbox.open().await;
    let ended = Arc::new(AtomicBool::new(false));
    let looking = {
        let ended = Arc::clone(&ended);
        std::thread::spawn(move || {
            // Something unfinished is looked for, which is a look at the lock.
            while !ended.load(Ordering::Relaxed) {
                let interrupted = watcher.app_state().interrupted;
                assert_eq!(interrupted, None, "nothing was");
            }
        })
    };
    for _ in 0..40 {
        let started = manager
            .check_mount_dirs()
            .await
            .expect("a look is no operation");
        events_of(&manager, &started).await;
    }
    ended.store(true, Ordering::Relaxed);
    looking.join().expect("looked to the end");
}
