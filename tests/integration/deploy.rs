//! A deployment from the first event to the last.

use crate::play::{deploy, looping, made, puts, shop, steps};
use serde_json::json;
use service_manager::api::operation::{Finished, OperationEvent, Outcome, StepId, StepState};
use service_manager::api::status::{ServiceState, Verdict};
use std::os::unix::fs::PermissionsExt;
use tests::fake_docker::Play;
use tests::sandbox::{Sandbox, end_of};

#[tokio::test]
async fn everything_goes_well_and_deploying_again_skips_what_is_done() {
    let sandbox = Sandbox::new(shop());
    let manager = sandbox.open().await;
    let events = deploy(&manager).await;
    let finished: &Finished = end_of(&events);
    assert_eq!(finished.outcome, Outcome::Ready, "{finished:#?}");
    assert!(matches!(&events[0], OperationEvent::Planned { steps, .. } if steps.len() == 9));
    assert_eq!(
        steps(&events),
        [
            (StepId::Environment, StepState::Done),
            (StepId::Directories, StepState::Skipped),
            (StepId::Scripts, StepState::Skipped),
            (StepId::Images, StepState::Done),
            (StepId::Tags, StepState::Done),
            (StepId::Ports, StepState::Skipped),
            (StepId::Start, StepState::Done),
            (StepId::Ready, StepState::Done),
            (StepId::Report, StepState::Done),
        ]
    );
    let status = finished.status.as_ref().expect("a status");
    assert_eq!(status.verdict, Verdict::Ready);
    let ups = sandbox.docker.calls_of("up");
    assert_eq!(ups.len(), 1);
    assert_eq!(ups[0].line(), "compose up -d --no-build --pull never");
    assert_eq!(
        ups[0].engine,
        sandbox.engine.url(),
        "Compose talks to the engine that was looked at"
    );

    let again = deploy(&manager).await;
    assert_eq!(end_of(&again).outcome, Outcome::Ready);
    assert_eq!(steps(&again)[3], (StepId::Images, StepState::Skipped));
    assert_eq!(steps(&again)[4], (StepId::Tags, StepState::Skipped));
    assert_eq!(
        sandbox.engine.asked("POST /images/load"),
        2,
        "each archive was sent once"
    );
}

#[tokio::test]
async fn directories_and_scripts_of_the_package_are_prepared_and_nothing_else() {
    let mount =
        |source: &str, target: &str| json!({ "type": "bind", "source": source, "target": target });
    let sandbox = Sandbox::new(shop());
    let at = |path: &str| sandbox.package.join(path).to_string();
    let mut services = shop();
    services["web"]["volumes"] = json!([
        mount(&at("data/web"), "/data"),
        mount(&at("script/entry.sh"), "/entry.sh"),
        mount(&at("script"), "/script"),
    ]);
    sandbox.set_services(services);
    let entry = sandbox.file("script/entry.sh", "#!/bin/sh\nexit 0\n");
    let other = sandbox.file("script/other.sh", "#!/bin/sh\nexit 0\n");
    let mode = |path: &camino::Utf8Path| path.metadata().map(|it| it.permissions().mode() & 0o777);
    for path in [&entry, &other] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644)).expect("a mode");
    }
    let events = deploy(&sandbox.open().await).await;
    assert_eq!(
        end_of(&events).outcome,
        Outcome::Ready,
        "{:#?}",
        end_of(&events)
    );
    assert_eq!(
        steps(&events)[1..3],
        [
            (StepId::Directories, StepState::Done),
            (StepId::Scripts, StepState::Done)
        ]
    );
    assert!(sandbox.package.join("data/web").is_dir());
    assert_eq!(mode(&entry).ok(), Some(0o755));
    assert_eq!(
        mode(&other).ok(),
        Some(0o644),
        "it is neither mounted nor executed"
    );
}

#[tokio::test]
async fn what_works_is_told_beside_what_does_not() {
    let sandbox =
        Sandbox::new(json!({ "web": { "restart": "always" }, "db": { "restart": "always" } }));
    let web = made(&sandbox, "web", |_| ());
    let db = made(&sandbox, "db", |db| {
        looping(db);
        db.logs = vec!["starting".into(), "cannot open /data/ibdata1".into()];
    });
    sandbox.docker.next("up", Play::effect(puts(vec![web, db])));
    let events = deploy(&sandbox.open().await).await;
    let finished = end_of(&events);
    assert_eq!(finished.outcome, Outcome::PartlyReady, "{finished:#?}");
    let failure = finished.failure.as_ref().expect("a failure");
    assert_eq!(
        (failure.code.as_str(), failure.service.as_deref()),
        ("service-failed", Some("db"))
    );
    assert_eq!(failure.step, Some(StepId::Ready));
    assert_eq!(
        failure.output_tail,
        ["starting", "cannot open /data/ibdata1"]
    );
    let status = finished.status.as_ref().expect("a status");
    assert_eq!(
        (status.verdict, status.running, status.total),
        (Verdict::WillNotRecover, 1, 2)
    );
    let states: Vec<ServiceState> = status.services.iter().map(|it| it.state).collect();
    assert_eq!(states, [ServiceState::CrashLooping, ServiceState::Running]);
}

#[tokio::test]
async fn one_damaged_archive_does_not_keep_the_others_from_being_loaded() {
    let sandbox = Sandbox::new(shop());
    sandbox.engine.rule_after(
        1,
        "POST /images/load",
        tests::fake_engine::Answer::Error(500, "unexpected EOF"),
    );
    let manager = sandbox.open().await;
    let events = deploy(&manager).await;
    let finished = end_of(&events);
    assert_eq!(finished.outcome, Outcome::Failed);
    let failure = finished.failure.as_ref().expect("a failure");
    assert_eq!(
        (failure.code.as_str(), failure.step),
        ("image-loading", Some(StepId::Images))
    );
    assert!(
        failure.message.to_string().contains("unexpected EOF"),
        "{failure:#?}"
    );
    assert!(
        sandbox.docker.calls_of("up").is_empty(),
        "nothing is started from half a set of images"
    );
    sandbox.engine.no_rules();
    assert_eq!(end_of(&deploy(&manager).await).outcome, Outcome::Ready);
    assert_eq!(
        sandbox.engine.asked("POST /images/load"),
        3,
        "one, the one that failed, and that one again"
    );
}
