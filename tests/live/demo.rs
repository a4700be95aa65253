//! The demonstration package, from the first deployment to its removal, with every subcommand on the way.

use crate::tap::Tap;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;
use tests::live::{Live, demo_package, eventually, service, states, text};
use tests::package::{Package, architecture};

const UP: [&str; 6] = [
    "backend=healthy",
    "frontend=healthy",
    "mariadb=healthy",
    "migrate=completed",
    "redis=healthy",
    "worker=running",
];

/// Has the engine to itself: `cargo xtask test` runs these after the others.
mod alone {
    use super::*;

    #[test]
    fn the_demonstration_lives_through_every_command_and_keeps_its_data() {
        // Others load the same images, and take their names away again.
        let mut live = Live::alone(Package::copy_of(&demo_package(), "harbour-demo", "harbour"));
        let tap = Tap::between(&mut live);

        live.step("the first deployment does everything and ends ready");
        let first = live.expect(0, &["deploy", "--json"]);
        assert_eq!(first.finished()["outcome"], "ready", "{first}");
        let all_done = [
            "environment=done",
            "directories=done",
            "scripts=done",
            "images=done",
            "tags=done",
            "ports=done",
            "start=done",
            "ready=done",
            "report=done",
        ];
        assert_eq!(first.steps(), all_done, "{first}");
        assert_eq!(states(&first.finished()["status"]), UP);
        assert_eq!(
            tap.asked("/images/load").len(),
            5,
            "one for each archive, and one for the layers they share"
        );

        live.step("the link opens the front page, and the page reaches what is behind it");
        let links = service(&first.finished()["status"], "frontend")["links"].clone();
        assert_eq!(links[0]["url"], "http://localhost:18080/");
        let (status, page) = get("/");
        assert_eq!(status, 200, "{page}");
        assert!(page.contains("<title>Harbour</title>"), "{page}");
        let visits = visit();

        live.step("the second deployment skips images and tags; only the one-time task runs again");
        let before = containers(&live.status());
        let second = live.expect(0, &["deploy", "--json"]);
        let steps = second.steps();
        assert_eq!(steps[3..5], ["images=skipped", "tags=skipped"], "{second}");
        assert_eq!(steps[1..3], ["directories=skipped", "scripts=skipped"]);
        let before_restart = containers(&live.status());
        assert_eq!(changed(&before, &before_restart), ["migrate"]);
        assert_eq!(tap.asked("/images/load").len(), 5, "nothing is sent twice");
        assert!(
            second.took < first.took,
            "{:?} {:?}",
            second.took,
            first.took
        );
        assert!(second.took < Duration::from_mins(1), "{second}");

        live.step("restarting one service starts that one anew and no other");
        live.expect(0, &["restart", "worker"]);
        let after = containers(&live.status());
        assert_eq!(changed(&before_restart, &after), ["worker"]);
        assert_eq!(ids(&before_restart), ids(&after), "in the same container");

        live.step("restart-container takes a service's name as well as a container's");
        live.expect(0, &["restart-container", "--container-name", "redis"]);
        let container = text(&service(&live.status(), "frontend")["containers"][0]["name"]);
        live.expect(0, &["restart-container", "--container-name", &container]);
        let now = containers(&live.status());
        assert_eq!(changed(&after, &now), ["frontend", "redis"]);
        let nobody = live.cli(&["restart-container", "--container-name", "nobody"]);
        assert_ne!(nobody.code, 0);
        assert!(
            nobody.out().contains("frontend"),
            "it says what there is: {nobody}"
        );

        live.step("the smaller commands answer");
        let images = live.expect(0, &["list-images", "--json"]).json();
        let ours: Vec<&Value> = images["images"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|image| image["inPackage"] == true)
            .collect();
        assert_eq!(ours.len(), 4, "{images}");
        let loaded = live.expect(0, &["load-images", "--json"]).finished();
        assert_eq!(results(&loaded["images"]), ["already-present"]);
        let tags = live.expect(0, &["setup-tags", "--json"]).finished();
        assert_eq!(results(&tags["tags"]), ["already-present"]);
        let arch = live.expect(0, &["arch-info", "--json"]).json();
        assert_eq!(arch["imageSuffix"], architecture());
        assert_eq!(arch["mismatch"], false);

        live.step("stop keeps the containers, start brings the same ones back");
        live.expect(0, &["stop"]);
        let stopped = live.status();
        assert_eq!(stopped["verdict"], "stopped", "{stopped}");
        assert_eq!(ids(&containers(&stopped)), ids(&now));
        live.expect(0, &["start"]);
        let started = live.status();
        assert_eq!(states(&started), UP);
        assert_eq!(ids(&containers(&started)), ids(&now));

        live.step("down removes containers and networks, and keeps volumes and data");
        live.expect(0, &["down"]);
        assert!(live.ids("container").is_empty());
        assert!(live.ids("network").is_empty());
        assert_eq!(live.ids("volume").len(), 1);
        assert!(live.package.path.join("data/mariadb/ibdata1").exists());
        assert_eq!(live.status()["verdict"], "not-deployed");

        live.step("check-mount-dirs creates what was removed and touches nothing else");
        let log = live.package.path.join("logs/worker");
        fs_err::remove_dir_all(&log).unwrap();
        let answer = live.expect(0, &["check-mount-dirs", "--json"]).json();
        let created: Vec<String> = answer["directories"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|directory| directory["state"] == "created")
            .map(|directory| text(&directory["source"]))
            .collect();
        assert_eq!(created, [log.as_str()], "{answer}");
        assert!(log.is_dir());

        live.step("deployed once more, everything that was in the volume and the data is there");
        live.expect(0, &["deploy"]);
        assert!(visit() > visits, "Redis counts on from its volume");

        live.step("all that time nobody asked for an image from elsewhere");
        assert_eq!(tap.asked("/images/create"), [""; 0]);
        live.expect(0, &["down"]);
    }
}

/// Service by service: the container's id and when it was started.
type Containers = BTreeMap<String, (String, String)>;

fn containers(status: &Value) -> Containers {
    let services = status["services"].as_array().into_iter().flatten();
    services
        .map(|service| {
            let container = &service["containers"][0];
            let facts = (text(&container["id"]), text(&container["startedAt"]));
            (text(&service["name"]), facts)
        })
        .collect()
}

fn changed(before: &Containers, after: &Containers) -> Vec<String> {
    let differs = |(name, facts): &(&String, &(String, String))| before.get(*name) != Some(*facts);
    after
        .iter()
        .filter(differs)
        .map(|(name, _)| name.clone())
        .collect()
}

fn ids(containers: &Containers) -> Vec<&str> {
    containers.values().map(|(id, _)| id.as_str()).collect()
}

fn results(list: &Value) -> Vec<String> {
    let mut results: Vec<String> = list
        .as_array()
        .into_iter()
        .flatten()
        .map(|entry| text(&entry["result"]))
        .collect();
    results.dedup();
    results
}

/// Asks the front page's address; answers status code and page.
fn get(path: &str) -> (u16, String) {
    let mut stream = TcpStream::connect("127.0.0.1:18080").unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    write!(stream, "GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let code = head.split(' ').nth(1).and_then(|code| code.parse().ok());
    (code.unwrap_or(0), body.to_owned())
}

/// Counts one visit and returns the count; nginx may need a moment to find a backend that was restarted.
fn visit() -> u64 {
    eventually("an answer of the backend", Duration::from_secs(15), || {
        let (status, body) = get("/api/");
        let answer: Value = serde_json::from_str(&body).ok()?;
        (status == 200).then(|| answer["visits"].as_u64()).flatten()
    })
}
