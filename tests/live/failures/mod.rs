//! Failures made for real: what the tools and programs of this engine's generation print, and what is said about it.
//!
//! Each test is named after its class of the failure catalogue; `README.md` beside this file lists what this computer can
//! make, on which engine, and why not the rest. Three ways lead to a diagnosis, the first wherever it can be taken:
//! a package is deployed ([`deployed`]); Compose is run by hand and the package looked at afterwards ([`after_compose`]),
//! for what a deployment would repair or refuse beforehand; or the text a tool printed is handed in ([`explained`]).

mod compose_files;
mod databases;
mod engine_host;
mod images;
mod kernel;
mod mysql;
mod network;
mod postgres;
mod process;
mod programs;
mod registry;
mod second_engine;
mod servers;
mod storage;

use camino::Utf8Path;
use serde_json::Value;
use std::process::Command;
use std::time::Duration;
use tests::live::{Generation, Live, eventually, generation, text};
use tests::package::{Package, architecture};

/// A package for texts that need nothing but an engine.
const NOTHING: &str = "services:\n  app:\n    image: ${IMAGE}\n";

/// Fails unless the first diagnosis is of this class, is about this service, has a line with these words as proof and
/// says at least two things to do.
#[track_caller]
pub(crate) fn first(diagnoses: &Value, class: &str, service: Option<&str>, said: &str) -> Value {
    let diagnosis = &diagnoses[0];
    assert_eq!(diagnosis["id"], class, "{diagnoses:#}");
    assert_eq!(diagnosis["service"].as_str(), service, "{diagnoses:#}");
    let proof = diagnosis["proof"].as_array().unwrap();
    let proved = proof.iter().any(|line| text(&line["line"]).contains(said));
    assert!(
        proved || said.is_empty(),
        "no proof with {said:?}: {diagnosis:#}"
    );
    let steps = diagnosis["steps"].as_array().unwrap();
    assert!(steps.len() >= 2, "{steps:#?}");
    diagnosis.clone()
}

/// Deploys a package that must fail, and returns what it says is wrong.
#[track_caller]
pub(crate) fn deployed(live: &Live) -> Value {
    let ended = live.cli(&["deploy", "--json", "--wait-timeout", "45"]);
    assert_ne!(ended.code, 0, "{ended}");
    ended.finished()["diagnoses"].clone()
}

/// Returns what is said about the package as it is now.
#[track_caller]
pub(crate) fn looked_at(live: &Live) -> Value {
    live.expect(0, &["diagnose", "--json"]).json()["diagnoses"].clone()
}

/// Loads the package's image under the name its services ask for, as a person at a terminal does.
pub(crate) fn load(live: &Live) {
    let archive = live.package.path.join("images/tools-amd64.tar");
    live.docker(&["load", "--input", archive.as_str()]);
    let name = live.package.image();
    live.docker(&["tag", &format!("{name}-{}", architecture()), &name]);
}

/// Runs `up` by hand, which fails now or later, and returns what is said about the package then, with what Compose wrote.
#[track_caller]
pub(crate) fn after_compose(live: &Live) -> (Value, String) {
    load(live);
    let (_, said) = compose(live, &["up", "-d"]);
    (until_something_is_wrong(live), said)
}

/// Waits until something is wrong with the package, and returns what is said about it.
#[track_caller]
pub(crate) fn until_something_is_wrong(live: &Live) -> Value {
    eventually("something wrong", Duration::from_secs(25), || {
        let diagnoses = looked_at(live);
        let found = diagnoses.as_array().is_some_and(|it| !it.is_empty());
        if !found {
            std::thread::sleep(Duration::from_millis(500));
        }
        found.then_some(diagnoses)
    })
}

/// Returns what is said about a text that somebody copied.
#[track_caller]
pub(crate) fn explained(live: &Live, said: &str) -> Value {
    let file = live.package.around().join("said.txt");
    fs_err::write(&file, said).unwrap();
    let answer = live.expect(0, &["diagnose", "--json", "--evidence", file.as_str()]);
    answer.json()["diagnoses"].clone()
}

/// Fails unless a text that somebody copied is of this class; the text is shown when it is not.
#[track_caller]
pub(crate) fn means(live: &Live, said: &str, class: &str, proof: &str) {
    let diagnoses = explained(live, said);
    assert_eq!(diagnoses[0]["id"], class, "{said}\n{diagnoses:#}");
    let service = diagnoses[0]["service"].as_str().map(str::to_owned);
    first(&diagnoses, class, service.as_deref(), proof);
}

/// Runs this generation's Compose on the package, and returns whether it was content and everything it wrote.
pub(crate) fn compose(live: &Live, args: &[&str]) -> (bool, String) {
    let mut words = compose_words();
    words.extend(args);
    run(&live.package.path, &[], &words)
}

pub(crate) fn compose_words() -> Vec<&'static str> {
    if is_old() {
        vec!["docker-compose"]
    } else {
        vec!["docker", "compose"]
    }
}

/// The same, for what must fail.
#[track_caller]
pub(crate) fn compose_fails(live: &Live, args: &[&str]) -> String {
    let (content, said) = compose(live, args);
    assert!(!content, "compose {args:?} did not fail: {said}");
    said
}

/// Runs the engine's client, which must fail, and returns everything it wrote.
#[track_caller]
pub(crate) fn docker_fails(args: &[&str]) -> String {
    let (content, said) = run("/".into(), &[], &[&["docker"], args].concat());
    assert!(!content, "docker {args:?} did not fail: {said}");
    said
}

/// Runs a program somewhere with some variables, and returns whether it was content and everything it wrote.
#[allow(clippy::disallowed_methods)] // a test is no product
pub(crate) fn run(place: &Utf8Path, variables: &[(&str, &str)], words: &[&str]) -> (bool, String) {
    let (program, args) = words.split_first().unwrap();
    let ran = Command::new(program)
        .args(args)
        .current_dir(place)
        .envs(variables.iter().copied())
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let said = text(&ran.stdout) + &text(&ran.stderr);
    (ran.status.success(), said)
}

pub(crate) fn is_old() -> bool {
    generation() == Generation::Old
}

/// A package with the tools' image.
pub(crate) fn tools(name: &str, compose: &str) -> Live {
    Live::new(Package::with_image(name, compose))
}

/// A package without anything, for texts that need only an engine.
pub(crate) fn nothing(name: &str) -> Live {
    Live::new(Package::new(name, NOTHING))
}
