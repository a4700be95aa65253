//! Networks and proxies of the computer that would come between services, and the fixes for them.

use serde_json::Value;
use std::os::unix::fs::{MetadataExt, symlink};
use tests::live::{Live, demo_package, states, variable};
use tests::package::{Package, architecture};
use tests::tree::{differences, tree};

/// The row of a check.
#[track_caller]
fn row<'a>(report: &'a Value, id: &str) -> &'a Value {
    let mut rows = report["checks"].as_array().into_iter().flatten();
    rows.find(|row| row["id"] == id)
        .unwrap_or_else(|| panic!("no {id}: {report:#}"))
}

#[track_caller]
fn fix_of(row: &Value) -> String {
    let id = row["fixes"][0]["id"].as_str();
    id.unwrap_or_else(|| panic!("no fix: {row:#}")).to_owned()
}

/// A network that this computer reaches, as a VPN makes one; gone when dropped.
struct Vpn(&'static str);

impl Vpn {
    fn up(live: &Live, name: &'static str, address: &str) -> Self {
        let far = format!("{name}f");
        for words in [
            &["link", "add", name, "type", "veth", "peer", "name", &far][..],
            &["address", "add", address, "dev", name],
            &["link", "set", name, "up"],
            &["link", "set", &far, "up"],
        ] {
            let done = live.try_program("ip", words);
            done.unwrap_or_else(|error| panic!("ip {}: {error}", words.join(" ")));
        }
        Self(name)
    }
}

impl Drop for Vpn {
    fn drop(&mut self) {
        let _ = tests::live::command("ip")
            .args(["link", "del", self.0])
            .status();
    }
}

fn package(name: &str, subnet: &str) -> Package {
    Package::with_image(
        name,
        &format!(
            "version: \"2.4\"\n# The plant's own network.\nservices:\n  web:\n    image: ${{IMAGE}}\n    restart: unless-stopped\n    \
             networks: [inner]\nnetworks:\n  inner:\n    ipam:\n      config:\n        - subnet: {subnet}\n"
        ),
    )
}

/// From the row through its fix to a network elsewhere, and back to the folder as it was.
#[track_caller]
fn elsewhere(live: &Live, state: &str, subnet: &str) {
    let before = tree(&live.package.path);
    let report = live.cli(&["check", "--json"]).json();
    let found = row(&report, "net.subnet_overlap");
    assert_eq!(found["state"], state, "{found:#}");
    let free = found["params"]["free"].as_str().unwrap().to_owned();
    let id = fix_of(found);
    if state == "block" {
        live.expect(3, &["deploy", "--json"]);
        assert!(live.ids("container").is_empty());
    }
    live.step("the fix");
    let finished = live.expect(0, &["fix", &id, "--yes", "--json"]).finished();
    let after = &finished["repair"]["after"];
    assert!(
        after
            .as_array()
            .unwrap()
            .iter()
            .all(|it| it["state"] == "pass"),
        "{after:#}"
    );
    live.expect(0, &["deploy", "--json"]);
    assert_eq!(states(&live.status()), ["web=running"]);
    let network = live.ids("network").remove(0);
    let form = "{{(index .IPAM.Config 0).Subnet}}";
    let now = live.docker(&["network", "inspect", "--format", form, &network]);
    assert_eq!(now.trim(), free);
    assert_ne!(now.trim(), subnet);
    live.step("and back");
    live.expect(0, &["down", "--json"]);
    live.expect(0, &["undo", "--json"]);
    assert_eq!(differences(&before, &tree(&live.package.path)), [""; 0]);
    let report = live.cli(&["check", "--json"]).json();
    assert_eq!(row(&report, "net.subnet_overlap")["state"], state);
}

/// Has the engine to itself: `cargo xtask test` runs these after the others.
mod alone {
    use super::*;

    /// Alone: the route is there for everybody.
    #[test]
    fn a_network_that_would_hide_a_route_of_this_computer_goes_elsewhere() {
        let live = Live::alone(package("net-route", "10.77.3.0/24"));
        let _vpn = Vpn::up(&live, "qsvpn", "10.77.0.9/16");
        elsewhere(&live, "warn", "10.77.3.0/24");
    }
}

#[test]
fn a_network_that_another_one_stands_on_blocks_until_it_goes_elsewhere() {
    let live = Live::new(package("net-other", "10.78.3.0/24"));
    let label = format!("com.docker.compose.project={}", live.package.project);
    let name = format!("other-{}", live.package.project);
    live.docker(&[
        "network",
        "create",
        "--label",
        &label,
        "--subnet",
        "10.78.0.0/16",
        &name,
    ]);
    let other = live.ids("network").remove(0);
    // Not of this project to Compose any more, and still removed at the end.
    live.docker(&["network", "rm", &other]);
    live.docker(&["network", "create", "--subnet", "10.78.0.0/16", &name]);
    let tried = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        elsewhere(&live, "block", "10.78.3.0/24");
    }));
    live.docker(&["network", "rm", &name]);
    tried.unwrap();
}

/// Python knows both proxies and exceptions, as most programs do.
const TALKING: &str = r#"
services:
  web:
    image: harbour/backend:latest
    command: ["python3", "-m", "http.server", "8080"]
    restart: unless-stopped
  client:
    image: harbour/backend:latest
    command: ["python3", "-c", "import time; time.sleep(100000)"]
    restart: unless-stopped
    healthcheck:
      test: ["CMD", "python3", "-c", "import urllib.request as r; r.urlopen('http://web:8080/', timeout=2)"]
      interval: 1s
      timeout: 4s
      retries: 3
"#;

#[test]
fn services_reach_each_other_past_a_proxy_that_the_client_hands_to_them() {
    let mut package = Package::new("net-proxy", TALKING);
    package.namespace = "harbour".into();
    let archive = format!("images/backend-{}.tar", architecture());
    package.file(&archive, "");
    fs_err::copy(demo_package().join(&archive), package.path.join(&archive)).unwrap();
    // Nobody listens there, and nothing else of the client's folder changes.
    let folder = package.around().join("docker-config");
    fs_err::create_dir_all(&folder).unwrap();
    let proxies =
        r#"{"proxies":{"default":{"httpProxy":"http://127.0.0.1:9","noProxy":"intranet"}}}"#;
    fs_err::write(folder.join("config.json"), proxies).unwrap();
    if let Some(own) = variable("DOCKER_CONFIG") {
        let plugins = format!("{own}/cli-plugins");
        if std::path::Path::new(&plugins).exists() {
            symlink(plugins, folder.join("cli-plugins")).unwrap();
        }
    }
    let mut live = Live::new(package);
    live.set("DOCKER_CONFIG", folder.to_string());
    let before = tree(&live.package.path);

    live.step("without exceptions the services miss each other");
    let ended = live.expect(4, &["deploy", "--wait-timeout", "20", "--json"]);
    assert_eq!(ended.finished()["outcome"], "partly-ready", "{ended}");
    let report = live.expect(0, &["check", "--json"]).json();
    let found = row(&report, "net.proxy");
    assert_eq!(found["state"], "warn", "{found:#}");
    live.step("the fix");
    live.expect(0, &["fix", &fix_of(found), "--yes", "--json"]);
    live.expect(0, &["deploy", "--json"]);
    assert_eq!(states(&live.status()), ["client=healthy", "web=running"]);
    for container in live.ids("container") {
        let environment = live.docker(&["exec", &container, "env"]);
        assert!(
            environment.contains("HTTP_PROXY=http://127.0.0.1:9"),
            "{environment}"
        );
        for name in ["NO_PROXY", "no_proxy"] {
            let line = environment
                .lines()
                .find_map(|line| line.strip_prefix(&format!("{name}=")));
            let excepted: Vec<&str> = line.unwrap_or_default().split(',').collect();
            for word in ["intranet", "localhost", "127.0.0.1", "web", "client"] {
                assert!(excepted.contains(&word), "{name}: {excepted:?}");
            }
        }
    }
    live.step("and back");
    live.expect(0, &["undo", "--json"]);
    assert_eq!(differences(&before, &tree(&live.package.path)), [""; 0]);
    let report = live.expect(0, &["check", "--json"]).json();
    assert_eq!(row(&report, "net.proxy")["state"], "warn");
}

#[test]
fn a_new_folder_belongs_to_the_user_of_the_image_and_the_service_writes_to_it() {
    let live = Live::new(Package::with_image_of(
        "new-folder",
        "1000:1001",
        "services:\n  web:\n    image: ${IMAGE}\n    restart: unless-stopped\n    \
         command: [\"sh\", \"-c\", \"echo kept > /data/file && exec forever\"]\n    \
         volumes: [\"./data/inner/web:/data\"]\n",
    ));
    let before = tree(&live.package.path);
    live.expect(0, &["deploy", "--json"]);
    assert_eq!(states(&live.status()), ["web=running"]);
    let folder = live.package.path.join("data/inner/web");
    let written = folder.join("file");
    assert_eq!(fs_err::read_to_string(&written).unwrap(), "kept\n");
    for path in [&folder, &written] {
        let meta = fs_err::metadata(path).unwrap();
        assert_eq!((meta.uid(), meta.gid()), (1000, 1001), "{path}");
    }
    live.expect(0, &["down", "--json"]);
    live.step("what the service wrote is never removed with the folder");
    live.cli(&["undo", "--json"]);
    assert_eq!(fs_err::read_to_string(&written).unwrap(), "kept\n");
    fs_err::remove_file(&written).unwrap();
    let _ = live.cli(&["undo", "--json"]);
    let left = differences(&before, &tree(&live.package.path));
    assert!(left.len() <= 3, "{left:#?}");
}
