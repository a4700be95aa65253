//! Each way of writing a subnet, and what changes for it.

use super::*;
use crate::compose::Generation;
use crate::package::sources::SourceFile;

const NEW: Reader = Reader {
    generation: Generation::V2,
    overrides: true,
};
const OLD: Reader = Reader {
    generation: Generation::V1,
    overrides: false,
};

fn sources(text: &str, env: Option<&str>) -> Sources {
    let file = SourceFile::new("/p/compose.yaml".into(), text.to_owned()).expect("YAML");
    Sources {
        directory: "/p".into(),
        files: vec![file],
        env: env.map(|text| text.as_bytes().to_vec()),
        beside: ["compose.yaml".to_owned()].into(),
        ..Sources::default()
    }
}

fn go(sources: &Sources, reader: Reader) -> Result<(Place, Vec<(String, String)>), NoWay> {
    let wish = Move {
        network: "back",
        from: "172.28.0.0/16".parse().expect("a subnet"),
        to: "10.7.0.0/16".parse().expect("a subnet"),
    };
    let (place, changes) = way(sources, reader, wish)?;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    let shown = changes.into_iter().map(|change| match change {
        Change::Write { path, after, .. } => (path.to_string(), text(after)),
        Change::Duplicate { path, content, .. } => (path.to_string(), text(content)),
        other => panic!("{other:?}"),
    });
    Ok((place, shown.collect()))
}

const FIXED: &str = "services:\n  web:\n    image: x\n    networks:\n      back: {ipv4_address: 172.28.3.4}\n  db:\n    \
                     image: y\n    networks: [back]\nnetworks:\n  back:\n    ipam:\n      config:\n        - subnet: \
                     172.28.0.0/16 # ours\n          gateway: 172.28.0.1\n          ip_range: 172.28.5.0/24\n";

#[test]
fn a_file_over_the_vendors_moves_what_is_inside_along() {
    let (place, changes) = go(&sources(FIXED, None), NEW).expect("a way");
    assert_eq!(place, Place::Override("/p/compose.override.yaml".into()));
    let text = &changes[0].1;
    for part in [
        "config: !override",
        "\"subnet\":\"10.7.0.0/16\"",
        "\"gateway\":\"10.7.0.1\"",
        "\"ip_range\":\"10.7.5.0/24\"",
        "ipv4_address: 10.7.3.4",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("db"), "{text}");
}

#[test]
fn an_old_compose_gets_a_copy_in_which_only_the_addresses_differ() {
    let (place, changes) = go(&sources(FIXED, None), OLD).expect("a way");
    assert_eq!(place, Place::Copy("/p/docker-compose.quayside.yml".into()));
    assert_eq!(changes[0].1, FIXED.replace("172.28.", "10.7."));
    assert!(
        changes[1]
            .1
            .contains("COMPOSE_FILE=docker-compose.quayside.yml")
    );
}

#[test]
fn a_variable_that_carries_the_subnet_is_changed() {
    let text = "services: {web: {image: x, networks: [back]}}\nnetworks:\n  back:\n    ipam:\n      config:\n        - \
                subnet: \"${NET:-172.28.0.0/16}\"\n";
    let (place, changes) = go(&sources(text, Some("A=1\n")), NEW).expect("a way");
    assert_eq!(place, Place::Variable("NET".into()));
    assert_eq!(changes.last().expect("one").1, "A=1\nNET=10.7.0.0/16\n");
}

#[test]
fn an_address_that_is_mentioned_elsewhere_is_for_the_vendor() {
    let text = FIXED.replace("image: y", "image: y\n    command: listen 172.28.3.9");
    assert_eq!(go(&sources(&text, None), NEW).unwrap_err(), NoWay::Unclear);
    let other = FIXED.replace("image: y", "image: y\n    command: listen 172.29.3.9");
    assert!(go(&sources(&other, None), NEW).is_ok());
    let none = "services: {web: {image: x}}\nnetworks: {back: {}}\n";
    assert_eq!(go(&sources(none, None), NEW).unwrap_err(), NoWay::Unclear);
}

#[test]
fn what_was_laid_over_before_stays() {
    let first = go(&sources(FIXED, None), NEW).expect("a way").1.remove(0).1;
    let mut sources = sources(FIXED, None);
    let file = SourceFile::new("/p/compose.override.yaml".into(), first).expect("YAML");
    sources.files.push(file);
    let wish = Move {
        network: "back",
        from: "10.7.0.0/16".parse().expect("a subnet"),
        to: "10.8.0.0/16".parse().expect("a subnet"),
    };
    let (_, changes) = way(&sources, NEW, wish).expect("a way");
    let [Change::Write { before, after, .. }] = changes.as_slice() else {
        panic!("{changes:?}");
    };
    assert!(before.is_some());
    assert!(String::from_utf8_lossy(after).contains("ipv4_address: 10.8.3.4"));
}

#[test]
fn a_network_without_addresses_is_given_some_even_when_nobody_mentions_it() {
    let subnet = "10.7.0.0/24".parse().expect("a subnet");
    for text in [
        "services:\n  web:\n    image: x\n",
        "services:\n  web:\n    image: x\nnetworks:\n  default:\n",
        "services:\n  web:\n    image: x\nnetworks:\n  default: {driver: bridge}\n",
    ] {
        let (path, changes) = give(&sources(text, None), NEW, "default", subnet).expect("a way");
        assert_eq!(path, "/p/compose.override.yaml");
        let [Change::Write { after, .. }] = changes.as_slice() else {
            panic!("{changes:?}")
        };
        let written = String::from_utf8_lossy(after);
        assert!(
            written.contains("{\"subnet\":\"10.7.0.0/24\"}"),
            "{written}"
        );
    }
    let plain = sources("services:\n  web:\n    image: x\n", None);
    assert!(give(&plain, OLD, "default", subnet).is_err());
}
