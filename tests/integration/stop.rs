//! The command line is asked to stop, or nobody reads any more: it goes, and takes with it what it started.

use crate::play::shop;
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::process::Child;
use std::time::Duration;
use tests::cli::{self, run};
use tests::fake_docker::Play;
use tests::fake_engine::Answer;
use tests::sandbox::{Sandbox, eventually_blocking};

const LOAD: &str = "POST /images/load";

#[test]
fn ctrl_c_ends_a_deployment_with_a_hundred_and_thirty_and_the_rest_can_be_done_later() {
    let sandbox = Sandbox::new(shop());
    sandbox.engine.rule(LOAD, Answer::Hang);
    let child = cli::start(&sandbox, &["deploy", "--json"]);
    eventually_blocking("an image is being sent", || sandbox.engine.asked(LOAD) >= 1);
    cli::signal(&child, "INT");
    let ran = cli::end(child);
    assert_eq!(ran.code, 130, "{ran:#?}");
    let lines = ran.lines();
    assert_eq!(lines[0]["type"], "planned");
    let last = lines.last().expect("a last line");
    assert_eq!(
        (&last["type"], &last["outcome"]),
        (&json!("finished"), &json!("cancelled"))
    );
    sandbox.engine.no_rules();
    assert_eq!(run(&sandbox, &["deploy"]).code, 0);
}

/// What `timeout` and a shutting-down system send.
#[test]
fn sigterm_is_heard_as_well_and_compose_does_not_go_on_alone() {
    let sandbox = Sandbox::new(shop());
    sandbox.docker.breed();
    sandbox.docker.next("up", Play::hang());
    let child = cli::start(&sandbox, &["deploy"]);
    ends_with_its_compose(&sandbox, child, "up", "TERM");
    assert_eq!(sandbox.docker.interrupted(), 1);
}

#[test]
fn compose_does_not_go_on_reading_a_package_nobody_waits_for() {
    for verb in ["inspect", "status", "deploy"] {
        let sandbox = Sandbox::new(shop());
        sandbox.docker.breed();
        sandbox.docker.next("config", Play::hang());
        let child = cli::start(&sandbox, &[verb]);
        ends_with_its_compose(&sandbox, child, "config", "INT");
        assert_eq!(sandbox.engine.asked("POST"), 0);
    }
}

fn ends_with_its_compose(sandbox: &Sandbox, child: Child, verb: &str, signal: &str) {
    eventually_blocking("Compose runs", || sandbox.docker.calls_of(verb).len() == 1);
    let call = sandbox.docker.calls_of(verb).remove(0);
    let grandchild = sandbox.docker.child_of(&call);
    assert!(cli::runs(&call.pid) && cli::runs(&grandchild));
    cli::signal(&child, signal);
    let ran = cli::end(child);
    assert_eq!(ran.code, 130, "{ran:#?}");
    eventually_blocking("Compose and its children are gone", || {
        !cli::runs(&call.pid) && !cli::runs(&grandchild)
    });
}

#[test]
fn watching_ends_well_when_it_is_asked_to() {
    let sandbox = Sandbox::new(shop());
    assert_eq!(run(&sandbox, &["deploy"]).code, 0);
    let mut child = cli::start(&sandbox, &["status", "--watch", "--json"]);
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut next = || {
        let line = lines.next().and_then(Result::ok).expect("a line");
        serde_json::from_str::<serde_json::Value>(&line).expect("json")
    };
    assert_eq!(next()["verdict"], "ready");
    sandbox.engine.change("db", "die", |db| db.end(143));
    while next()["verdict"] != "degraded" {}
    cli::signal(&child, "INT");
    assert_eq!(cli::end(child).code, 0);
}

#[test]
fn a_reader_that_went_away_does_not_make_it_fall_over() {
    let sandbox = Sandbox::new(shop());
    sandbox
        .engine
        .rule(LOAD, Answer::Slow(Duration::from_millis(300)));
    for args in [&["deploy"][..], &["logs"], &["logs", "--json"], &["status"]] {
        let mut child = cli::start(&sandbox, args);
        drop(child.stdout.take());
        let ran = cli::end(child);
        assert_eq!(ran.code, 0, "{args:?} {ran:#?}");
    }
}
