//! Each way of writing a port, and what changes for it.

use super::*;
use crate::compose::ports::parse_short;
use std::collections::BTreeMap;

const NEW: Reader = Reader {
    generation: Generation::V2,
    overrides: true,
};
const OLD: Reader = Reader {
    generation: Generation::V1,
    overrides: false,
};

fn sources(files: &[(&str, &str)], env: Option<&str>) -> Sources {
    let file = |(name, text): &(&str, &str)| {
        SourceFile::new(format!("/p/{name}").into(), (*text).to_owned()).expect("YAML")
    };
    Sources {
        directory: "/p".into(),
        files: files.iter().map(file).collect(),
        env: env.map(|text| text.as_bytes().to_vec()),
        env_foreign: false,
        outer: BTreeMap::new(),
        beside: files.iter().map(|(name, _)| (*name).to_owned()).collect(),
        ..Sources::default()
    }
}

fn web(ports: &str) -> String {
    format!("services:\n  web:\n    image: x\n    ports: {ports}\n")
}

fn port(short: &str) -> Port {
    parse_short(short).expect("a port").remove(0)
}

fn go(sources: &Sources, reader: Reader, from: &str, to: &str) -> Result<Way, NoWay> {
    let from = port(from);
    let to = Port {
        published: Some(to.to_owned()),
        ..from.clone()
    };
    let wish = Move {
        service: "web",
        from: &from,
        to,
    };
    way(sources, reader, &wish)
}

/// Returns the new contents by the names of the files.
fn contents(changes: &[Change]) -> Vec<(String, String)> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
    changes
        .iter()
        .map(|change| match change {
            Change::Write { path, after, .. } => (path.to_string(), text(after)),
            Change::Duplicate { path, content, .. } => (path.to_string(), text(content)),
            other => panic!("{other:?}"),
        })
        .collect()
}

fn pairs(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect()
}

/// A project whose service comes from another file, and what its ports are then.
fn from_elsewhere(own: &str, whole: &str, other: &str) -> Sources {
    let mut sources = sources(&[("compose.yaml", own)], None);
    let model = |text: &str| {
        let file = SourceFile::new("/p/x.yaml".into(), text.to_owned()).expect("YAML");
        file.model
    };
    sources.whole = Some(model(whole));
    let other = SourceFile::new("/p/parts/web.yaml".into(), other.to_owned()).expect("YAML");
    sources.others = vec![other];
    sources
}

#[test]
fn a_port_of_an_included_file_is_moved_over_it_or_the_file_is_named() {
    let part = web("[\"8080:80\"]");
    let own = "include: [parts/web.yaml]\nservices: {db: {image: y}}\n";
    let whole = part.replace("services:", "services:\n  db: {image: y}");
    let sources = from_elsewhere(own, &whole, &part);
    let found = go(&sources, NEW, "8080:80", "8081").expect("a way");
    assert_eq!(
        found.place,
        Place::Override("/p/compose.override.yaml".into())
    );
    assert!(contents(&found.changes)[0].1.contains("- \"8081:80\""));
    let file = NoWay::File("/p/parts/web.yaml".into());
    assert_eq!(go(&sources, OLD, "8080:80", "8081"), Err(file));
}

#[test]
fn ports_of_an_extended_file_are_not_lost_when_another_one_moves() {
    let own = "services:\n  web:\n    extends: {file: parts/web.yaml, service: base}\n    ports: [\"8080:80\"]\n";
    let part = "services:\n  base:\n    image: x\n    ports: [\"9090:90\"]\n";
    let whole = web("[\"9090:90\", \"8080:80\"]");
    let sources = from_elsewhere(own, &whole, part);
    for (from, to, kept) in [
        ("8080:80", "8081", "9090:90"),
        ("9090:90", "9091", "8080:80"),
    ] {
        let found = go(&sources, NEW, from, to).expect("a way");
        let text = &contents(&found.changes)[0].1;
        assert!(text.contains(kept) && text.contains(to), "{text}");
        assert!(!text.contains(from), "{text}");
    }
    let file = NoWay::File("/p/parts/web.yaml".into());
    assert_eq!(go(&sources, OLD, "9090:90", "9091"), Err(file));
}

#[test]
fn a_variable_is_changed_where_it_carries_the_number() {
    for (ports, env) in [
        ("[\"${PORT}:80\"]", "PORT=8080\n"),
        ("[\"$PORT:80\"]", "PORT=8080\n"),
        ("[\"${PORT:-8080}:80\"]", ""),
        ("[\"${IP:-127.0.0.1}:${PORT:-8080}:80/tcp\"]", "A=1\n"),
        (
            "[\"${IP}:${PORT}:${TARGET}\"]",
            "IP=127.0.0.1\nPORT=8080\nTARGET=80\n",
        ),
        ("[\"${PORT:-${OTHER:-8080}}:80\"]", "PORT=8080\n"),
        (
            "[{target: 80, published: \"${PORT:-8080}\", protocol: tcp}]",
            "",
        ),
        (
            "[{target: 80, published: \"${PORT}\"}, \"9000:9000\"]",
            "PORT=8080\n",
        ),
    ] {
        let sources = sources(&[("compose.yaml", &web(ports))], Some(env));
        let from = if ports.contains("IP") {
            "127.0.0.1:8080:80"
        } else {
            "8080:80"
        };
        let way = go(&sources, NEW, from, "8081").unwrap_or_else(|it| panic!("{ports}: {it:?}"));
        assert_eq!(way.place, Place::Variable("PORT".into()), "{ports}");
        let after = if env.contains("PORT=") {
            env.replace("PORT=8080", "PORT=8081")
        } else {
            format!("{env}PORT=8081\n")
        };
        let expected = [("/p/.env.before-quayside", env), ("/p/.env", &after)];
        assert_eq!(contents(&way.changes), pairs(&expected), "{ports}");
        assert_eq!(way.with_urls, None, "{ports}");
    }
}

#[test]
fn without_an_env_file_one_is_made_and_nothing_is_kept() {
    let sources = sources(&[("compose.yaml", &web("[\"${PORT:-8080}:80\"]"))], None);
    let way = go(&sources, NEW, "8080:80", "8081").expect("a way");
    assert_eq!(contents(&way.changes), pairs(&[("/p/.env", "PORT=8081\n")]));
}

#[test]
fn a_variable_of_the_persons_own_environment_wins_and_is_not_ours() {
    let mut sources = sources(
        &[("compose.yaml", &web("[\"${PORT}:80\"]"))],
        Some("PORT=1\n"),
    );
    sources.outer.insert("PORT".into(), "8080".into());
    assert_eq!(
        go(&sources, NEW, "8080:80", "8081"),
        Err(NoWay::Outside("PORT".into()))
    );
}

#[test]
fn a_variable_that_means_more_than_this_port_stays() {
    for (ports, from) in [
        ("[\"${PORT}:${PORT}\"]", "8080:8080"),
        ("[\"${PORT}:80\", \"127.0.0.1:${PORT}:81\"]", "8080:80"),
        ("[\"${A}${B}:80\"]", "8080:80"),
    ] {
        let env = "PORT=8080\nA=80\nB=80\n";
        let sources = sources(&[("compose.yaml", &web(ports))], Some(env));
        let way = go(&sources, NEW, from, "8081").expect("a way");
        assert_eq!(
            way.place,
            Place::Override("/p/compose.override.yaml".into()),
            "{ports}"
        );
        assert_eq!(way.changes.len(), 1, "the file .env stays");
    }
}

#[test]
fn numbers_are_overridden_in_composes_own_override_file() {
    let ports = "[\"8080:80\", \"${UDP:-53}:53/udp\", {target: 443, published: 8443, mode: host}]";
    let sources = sources(&[("docker-compose.yml", &web(ports))], Some("A=1\n"));
    let way = go(&sources, NEW, "8080:80", "8081").expect("a way");
    let files = contents(&way.changes);
    assert_eq!(files.len(), 1, "{files:?}");
    assert_eq!(files[0].0, "/p/docker-compose.override.yml");
    let body = files[0].1.split_once('\n').expect("a head").1;
    assert_eq!(
        body,
        "x-quayside: ports\nservices:\n  \"web\":\n    ports: !override\n      - \"8081:80\"\n      \
         - \"${UDP:-53}:53/udp\"\n      - {\"target\":443,\"published\":8443,\"mode\":\"host\"}\n"
    );
}

#[test]
fn a_second_port_is_added_to_our_own_file() {
    let base = "services:\n  web: {image: x, ports: [\"8080:80\"]}\n  api: {image: x, ports: [\"9090:90\"]}\n";
    let first = go(
        &sources(&[("compose.yaml", base)], None),
        NEW,
        "8080:80",
        "8081",
    )
    .expect("a way");
    let ours = contents(&first.changes).remove(0).1;
    let both = sources(
        &[("compose.yaml", base), ("compose.override.yaml", &ours)],
        None,
    );
    let from = port("9090:90");
    let to = port("9091:90");
    let wish = Move {
        service: "api",
        from: &from,
        to,
    };
    let second = way(&both, NEW, &wish).expect("a way");
    let text = contents(&second.changes).remove(0).1;
    assert!(
        text.contains("8081:80") && text.contains("9091:90"),
        "{text}"
    );
    // The one that was moved moves again.
    let again = go(&both, NEW, "8081:80", "8082").expect("a way");
    let text = contents(&again.changes).remove(0).1;
    assert!(text.contains("8082:80") && !text.contains("8081"), "{text}");
}

#[test]
fn beside_an_override_of_the_vendor_or_a_list_of_files_stands_our_own() {
    let base = web("[\"8080:80\"]");
    let other = "services: {web: {restart: always}}\n";
    let vendors = sources(
        &[("compose.yaml", &base), ("compose.override.yaml", other)],
        Some(""),
    );
    let way = go(&vendors, NEW, "8080:80", "8081").expect("a way");
    assert_eq!(
        way.place,
        Place::Override("/p/docker-compose.quayside.yml".into())
    );
    let list = "COMPOSE_FILE=compose.yaml:compose.override.yaml:docker-compose.quayside.yml\n";
    assert_eq!(contents(&way.changes)[2], ("/p/.env".into(), list.into()));

    let mut listed = sources(&[("a.yml", &base)], Some("COMPOSE_FILE=a.yml\n"));
    let way = go(&listed, NEW, "8080:80", "8081").expect("a way");
    let list = "COMPOSE_FILE=a.yml:docker-compose.quayside.yml\n";
    assert_eq!(contents(&way.changes)[2].1, list);
    listed.outer.insert("COMPOSE_FILE".into(), "a.yml".into());
    let outside = NoWay::Outside("COMPOSE_FILE".into());
    assert_eq!(go(&listed, NEW, "8080:80", "8081"), Err(outside));
}

#[test]
fn an_older_compose_gets_a_copy_in_which_only_that_number_differs() {
    let base = "# 8080 is the web\nservices:\n  web:\n    image: x:8080\n    ports:\n      - 8080:80 # main\n      - \
                '18080:8080'\n    environment: [\"P=8080\"]\n";
    let plain = sources(&[("docker-compose.yml", base)], Some("A=1\n"));
    let way = go(&plain, OLD, "8080:80", "8081").expect("a way");
    assert_eq!(
        way.place,
        Place::Copy("/p/docker-compose.quayside.yml".into())
    );
    let expected = [
        (
            "/p/docker-compose.quayside.yml",
            &*base.replace("- 8080:80 #", "- 8081:80 #"),
        ),
        ("/p/.env.before-quayside", "A=1\n"),
        ("/p/.env", "A=1\nCOMPOSE_FILE=docker-compose.quayside.yml\n"),
    ];
    assert_eq!(contents(&way.changes), pairs(&expected));
    // The copy is ours: it is changed in place.
    let copied = sources(
        &[("docker-compose.quayside.yml", &contents(&way.changes)[0].1)],
        Some("COMPOSE_FILE=docker-compose.quayside.yml\n"),
    );
    let way = go(&copied, OLD, "18080:8080", "18081").expect("a way");
    let files = contents(&way.changes);
    assert_eq!(files.len(), 1, "{files:?}");
    assert!(
        files[0].1.contains("8081:80 #") && files[0].1.contains("18081:8080"),
        "{files:?}"
    );
}

#[test]
fn what_two_services_share_is_not_copied_apart() {
    let base = "x-p: &p [\"8080:80\"]\nservices:\n  web: {image: x, ports: *p}\n  api: {image: x, ports: *p}\n";
    let shared = sources(&[("docker-compose.yml", base)], None);
    assert_eq!(go(&shared, OLD, "8080:80", "8081"), Err(NoWay::Unclear));
    assert!(
        go(&shared, NEW, "8080:80", "8081").is_ok(),
        "an override is for one service"
    );
}

#[test]
fn addresses_that_mention_the_port_are_offered_apart() {
    let env = "PORT=8080\nURL='http://10.0.0.5:8080/app' # here\nINNER=http://web:8080/\nLISTEN=:8080\nBIG=x:80801\nOLD=18080\n";
    let sources = sources(&[("compose.yaml", &web("[\"${PORT}:80\"]"))], Some(env));
    let way = go(&sources, NEW, "8080:80", "8081").expect("a way");
    let after = env.replace("PORT=8080", "PORT=8081");
    assert_eq!(contents(&way.changes)[1].1, after);
    let (keys, changes) = way.with_urls.expect("mentions");
    assert_eq!(keys, ["URL", "LISTEN"]);
    let after = after
        .replace("5:8080/", "5:8081/")
        .replace("=:8080", "=:8081");
    assert_eq!(contents(&changes)[1].1, after);
}

#[test]
fn a_range_is_taken_apart_where_lists_can_be_replaced() {
    let sources = sources(&[("compose.yaml", &web("[\"9000-9001:80-81\"]"))], None);
    let way = go(&sources, NEW, "9000:80", "9005").expect("a way");
    let text = contents(&way.changes).remove(0).1;
    assert!(
        text.contains("- \"9005:80\"\n      - \"9001:81\"\n"),
        "{text}"
    );
    assert_eq!(go(&sources, OLD, "9000:80", "9005"), Err(NoWay::Unclear));
}

#[test]
fn an_env_file_that_leads_elsewhere_is_not_ours() {
    let mut sources = sources(
        &[("compose.yaml", &web("[\"${PORT}:80\"]"))],
        Some("PORT=8080\n"),
    );
    sources.env_foreign = true;
    assert_eq!(go(&sources, NEW, "8080:80", "8081"), Err(NoWay::Foreign));
}
