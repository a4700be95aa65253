//! Ordinary packages on which the program that Quayside replaces broke, or did the wrong thing. As in `honest`: each was
//! run with it and written down under the number that stands here; each has to end as it should, with the exit code that
//! says so.

use crate::owners::{as_nobody, for_everybody};
use crate::play::{made, puts};
use serde_json::{Value, json};
use std::fs;
use std::net::{TcpListener, UdpSocket};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use tests::cli::run;
use tests::fake_docker::Play;
use tests::image_archives::{Image, Layout, gzip, layer};
use tests::sandbox::Sandbox;
use tests::tree::tree;

/// Mounts one thing into one service: the source as Compose resolves it, and as the vendor wrote it.
fn mounted(source: &str, written: &str, target: &str) -> Sandbox {
    let sandbox = Sandbox::new(json!({ "web": { "restart": "always" } }));
    let source = source
        .replace("PACKAGE", sandbox.package.as_str())
        .replace(
            "AROUND",
            sandbox.package.parent().expect("a folder").as_str(),
        )
        .replace("HOME", sandbox.state.join("home").as_str());
    let mut config = sandbox.config();
    let volume = |source: &str| json!([{ "type": "bind", "source": source, "target": target }]);
    config["services"]["web"]["volumes"] = volume(&source);
    sandbox.docker.set_config(config.clone());
    config["services"]["web"]["volumes"] = volume(written);
    sandbox.file("compose.yaml", &config.to_string());
    sandbox
}

#[test]
fn e5_a_folder_is_made_where_compose_means_it() {
    for path in ["data/v1.2", "data/.npm", "logs"] {
        let sandbox = mounted(&format!("PACKAGE/{path}"), &format!("./{path}"), "/data");
        let ran = run(&sandbox, &["deploy"]);
        assert_eq!(ran.code, 0, "{path}: {ran:#?}");
        assert!(sandbox.package.join(path).is_dir(), "{path}");
        let status = run(&sandbox, &["status", "--json"]).json();
        assert_eq!(status["verdict"], "ready", "{path}: {status:#}");
    }
}

#[test]
fn e5_what_cannot_be_made_without_asking_stops_it_and_nothing_is_made_elsewhere() {
    for (source, written, target) in [
        ("AROUND/outside/data", "../outside/data", "/data"),
        ("HOME/shop/data", "~/shop/data", "/data"),
        ("/quayside-not-there/x", "${UNSET_DIR}/x", "/data"),
        (
            "/quayside-not-there/data",
            "/quayside-not-there/data",
            "/data",
        ),
        (
            "PACKAGE/config/app.conf",
            "./config/app.conf",
            "/etc/app.conf",
        ),
        // Nothing but the image says that it is a file: the archives here have one of that name.
        ("PACKAGE/certs/privkey", "./certs/privkey", "/file"),
    ] {
        let sandbox = mounted(source, written, target);
        let before = tree(&sandbox.package);
        let ran = run(&sandbox, &["deploy", "--json"]);
        assert_eq!(ran.code, 3, "{written}: {ran:#?}");
        let finished = ran.lines().pop().expect("an end");
        let check = &finished["checks"][0];
        assert_eq!(check["id"], "mount.source_missing", "{written}: {check:#}");
        let source = sandbox.config()["services"]["web"]["volumes"][0]["source"].clone();
        assert_eq!(source, written, "the test's own file");
        let named = check["subject"].as_str().unwrap_or_default();
        assert!(!named.contains('~') && !named.contains('$'), "{check:#}");
        assert_eq!(tree(&sandbox.package), before, "{written}: nothing is made");
        assert!(sandbox.docker.calls_of("up").is_empty(), "{written}");
        let around = sandbox.package.parent().expect("a folder");
        assert!(!around.join("outside").exists(), "{written}");
        assert!(!sandbox.state.join("home/shop").exists(), "{written}");
    }
}

/// A service with these ports, as Compose resolves them.
fn publishing(ports: &Value) -> Sandbox {
    Sandbox::new(json!({ "web": { "restart": "always", "ports": ports } }))
}

fn refused_for_a_port(sandbox: &Sandbox, what: &str) {
    let ran = run(sandbox, &["deploy", "--json"]);
    assert_eq!(ran.code, 3, "{what}: {ran:#?}");
    let finished = ran.lines().pop().expect("an end");
    let check = &finished["checks"][0];
    assert_eq!(check["id"], "port.in_use", "{what}: {check:#}");
    let holder = check["found"].as_str().unwrap_or_default();
    let own = std::process::id().to_string();
    assert!(holder.contains(&own), "{what}: who has it? {check:#}");
    assert!(
        sandbox.docker.calls_of("up").is_empty(),
        "no container is left half made"
    );
    sandbox
        .engine
        .world(|world| assert!(world.containers.is_empty(), "{what}"));
}

#[test]
fn e6_a_held_port_is_found_however_it_is_written() {
    let tcp = |address: &str| TcpListener::bind((address, 0)).expect("a free port");
    let port = |listener: &TcpListener| listener.local_addr().expect("bound").port();
    let number = |port: u16| port.to_string();

    let held = tcp("0.0.0.0");
    let at = port(&held);
    let range = json!([
        { "target": 80, "published": number(at - 1), "protocol": "tcp" },
        { "target": 81, "published": number(at), "protocol": "tcp" },
    ]);
    refused_for_a_port(&publishing(&range), "one of a range");
    let long = json!([{ "mode": "ingress", "target": 80, "published": number(at), "protocol": "tcp", "host_ip": "0.0.0.0" }]);
    refused_for_a_port(&publishing(&long), "the long form");

    let sandbox = publishing(&json!([]));
    let written = format!("${{WEB_PORT-{at}}}");
    let mut config = sandbox.config();
    config["services"]["web"]["ports"] = json!([{ "target": 80, "published": written }]);
    sandbox.file("compose.yaml", &config.to_string());
    config["services"]["web"]["ports"] =
        json!([{ "target": 80, "published": number(at), "protocol": "tcp" }]);
    sandbox.docker.set_config(config);
    refused_for_a_port(&sandbox, "a default without a colon");

    // Only the loopback address is held: a service that wants every address needs that one too.
    let loopback = tcp("127.0.0.1");
    let any = json!([{ "target": 80, "published": number(port(&loopback)), "protocol": "tcp" }]);
    refused_for_a_port(&publishing(&any), "the loopback alone");
    let six = tcp("::1");
    let v6 = json!([{ "target": 80, "published": number(port(&six)), "protocol": "tcp", "host_ip": "::1" }]);
    refused_for_a_port(&publishing(&v6), "IPv6");
    let udp = UdpSocket::bind("0.0.0.0:0").expect("a free port");
    let udp_port = udp.local_addr().expect("bound").port();
    let datagrams = json!([{ "target": 53, "published": number(udp_port), "protocol": "udp" }]);
    refused_for_a_port(&publishing(&datagrams), "UDP");
}

#[test]
fn e6_the_own_port_is_nobodys_and_one_that_only_looks_like_it_is() {
    let held = TcpListener::bind("0.0.0.0:0").expect("a free port");
    let at = held.local_addr().expect("bound").port();
    let port = |published: u16, target: u16| json!([{ "target": target, "published": published.to_string(), "protocol": "tcp" }]);
    // The front page runs, and has the same number inside as the held one outside; the other service wants the held one.
    let sandbox = Sandbox::new(json!({
        "web": { "restart": "always", "ports": port(1, at) },
        "web-api": { "restart": "always", "ports": port(at, 80) },
    }));
    sandbox.engine.add(made(&sandbox, "web", |_| ()));
    let check = run(&sandbox, &["check", "--json"]);
    assert_eq!(check.code, 3, "{check:#?}");
    let report = check.json();
    let rows = report["checks"].as_array().expect("rows");
    let blocks: Vec<&Value> = rows.iter().filter(|row| row["state"] == "block").collect();
    assert_eq!(blocks.len(), 1, "{blocks:#?}");
    assert_eq!(blocks[0]["id"], "port.in_use");
    assert!(
        blocks[0].to_string().contains(&at.to_string()),
        "{:#}",
        blocks[0]
    );
}

#[test]
fn e7_every_image_of_an_archive_is_loaded_and_named_whatever_the_archive_is_like() {
    let registry = "localhost:5555/shop/r:1";
    let sandbox = Sandbox::without_images(json!({
        "one": { "restart": "always" }, "two": { "restart": "always" },
        "packed": { "restart": "always" },
        "registry": { "image": registry, "restart": "always" },
    }));
    let image = |name: &str| {
        let content = layer("file", name.as_bytes());
        Image::new(Some(name), name, vec![content])
    };
    let two = [image("shop/one:2.4-amd64"), image("shop/two:2.4-amd64")];
    let write = |path: &str, bytes: Vec<u8>| {
        fs::write(sandbox.package.join("images").join(path), bytes).expect("is ours");
    };
    write("both-amd64.tar", Layout::Docker20.write(&two));
    let packed = Layout::Docker20.write(&[image("shop/packed:2.4-amd64")]);
    write("packed-amd64.tar.gz", gzip(&packed));
    let tagged = Layout::Docker20.write(&[image("localhost:5555/shop/r:1-amd64")]);
    write("registry-amd64.tar", tagged);

    let ran = run(&sandbox, &["deploy"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let sends = sandbox.engine.asked("POST /images/load");
    let names: Vec<String> = sandbox.engine.world(|world| {
        let all = world.images.iter().flat_map(|image| image.refs.clone());
        all.collect()
    });
    for name in ["shop/one:2.4", "shop/two:2.4", "shop/packed:2.4", registry] {
        assert!(names.iter().any(|it| it == name), "{name} in {names:?}");
    }
    let tags = run(&sandbox, &["setup-tags", "--json"]);
    assert_eq!(tags.code, 0, "{tags:#?}");
    let again = sandbox.engine.asked("POST /images/load");
    assert_eq!(sends, again, "naming loads nothing");
    // The archives may go once their images are there.
    fs::remove_dir_all(sandbox.package.join("images")).expect("was there");
    let ran = run(&sandbox, &["deploy"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
}

#[test]
fn e7_an_archive_without_a_name_is_loaded_and_one_that_is_broken_fails() {
    let sandbox = Sandbox::without_images(json!({ "web": { "restart": "always" } }));
    let write = |path: &str, bytes: &[u8]| {
        fs::write(sandbox.package.join("images").join(path), bytes).expect("is ours");
    };
    let nameless = Image::new(None, "web", vec![layer("file", b"web")]);
    write("web-amd64.tar", &Layout::Docker20.write(&[nameless]));
    let ran = run(&sandbox, &["load-images", "--json"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let loaded = &ran.lines().pop().expect("an end")["images"][0];
    assert_eq!(loaded["result"], "loaded", "{loaded:#}");

    let named = Image::new(Some("shop/web:2.4-amd64"), "web", vec![layer("file", b"x")]);
    let whole = Layout::Docker20.write(&[named]);
    write("web-amd64.tar", &whole[..whole.len() / 2]);
    let ran = run(&sandbox, &["load-images", "--json"]);
    assert_eq!(ran.code, 1, "{ran:#?}");
    let ran = run(&sandbox, &["deploy", "--json"]);
    assert_eq!(ran.code, 3, "{ran:#?}");
}

#[test]
fn e7_an_image_of_another_architecture_never_gets_the_name_of_this_ones() {
    let sandbox = Sandbox::without_images(json!({ "web": { "restart": "always" } }));
    // Its name lies; its configuration does not.
    sandbox.archive("images/web-amd64.tar", &["shop/web:2.4-amd64"], "arm64");
    let ran = run(&sandbox, &["deploy", "--json"]);
    assert_eq!(ran.code, 3, "{ran:#?}");
    let finished = ran.lines().pop().expect("an end");
    assert_eq!(
        finished["checks"][0]["id"], "image.arch_mismatch",
        "{finished:#}"
    );
    assert_eq!(sandbox.engine.asked("POST"), 0);
}

#[test]
fn e10_where_only_the_old_compose_is_installed_it_is_used() {
    let sandbox = Sandbox::new(json!({ "web": { "restart": "always" } }));
    let web = made(&sandbox, "web", |web| web.project = "package".into());
    sandbox.use_v1();
    sandbox.docker.next("up", Play::effect(puts(vec![web])));
    let ran = run(&sandbox, &["deploy"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let status = run(&sandbox, &["status", "--json"]).json();
    assert_eq!(status["verdict"], "ready", "{status:#}");
    let used = sandbox.docker.calls_of("up");
    assert_eq!(used[0].program, "docker-compose");
}

#[test]
fn e10_without_any_compose_it_is_said_before_anything_changes() {
    let sandbox = Sandbox::new(json!({ "web": { "restart": "always" } }));
    sandbox.docker.remove();
    let ran = run(&sandbox, &["deploy", "--json"]);
    assert_eq!(ran.code, 3, "{ran:#?}");
    let finished = ran.lines().pop().expect("an end");
    assert_eq!(finished["checks"][0]["id"], "compose.missing");
    assert_eq!(sandbox.engine.asked("POST"), 0);
}

#[test]
fn e12_a_database_folder_that_only_its_user_may_read_keeps_nobody_from_deploying() {
    let sandbox = Sandbox::new(json!({ "db": { "restart": "always", "user": "472:473" } }));
    let folder = sandbox.package.join("data/mysql");
    fs::create_dir_all(folder.join("shop")).expect("is ours");
    fs::write(folder.join("ibdata1"), "x").expect("is ours");
    if fs::metadata(&folder).expect("is there").uid() != 0 {
        return; // only root gives files away
    }
    for path in [&folder, &folder.join("shop"), &folder.join("ibdata1")] {
        chown(path, Some(472), Some(473)).expect("is root");
        fs::set_permissions(path, fs::Permissions::from_mode(0o750)).expect("is root");
    }
    let mut services = sandbox.config()["services"].clone();
    services["db"]["volumes"] =
        json!([{ "type": "bind", "source": folder, "target": "/var/lib/mysql" }]);
    sandbox.set_services(services);
    for_everybody(&sandbox);
    let ran = as_nobody(&sandbox, &["deploy", "--json"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let status = as_nobody(&sandbox, &["status", "--json"]).json();
    assert_eq!(status["verdict"], "ready", "{status:#}");
    let owner = fs::metadata(folder.join("ibdata1")).expect("is there");
    assert_eq!(
        (owner.uid(), owner.mode() & 0o777),
        (472, 0o750),
        "untouched"
    );
}

#[test]
fn e14_a_package_that_nobody_has_seen_is_deployed_without_a_network_and_without_preparations() {
    let sandbox = Sandbox::new(json!({ "web": { "restart": "always" } }));
    assert!(tree(&sandbox.state).is_empty(), "the first run of all");
    let ran = run(&sandbox, &["deploy", "--json"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let finished = ran.lines().pop().expect("an end");
    assert_eq!(finished["outcome"], "ready", "{finished:#}");
    assert_eq!(
        sandbox.engine.asked("POST /images/create"),
        0,
        "nothing is pulled"
    );
    let up = sandbox.docker.calls_of("up");
    assert!(up[0].line().contains("--pull never"), "{}", up[0].line());
    // In the package lies nothing that was not there.
    assert!(!sandbox.package.join("config.toml").exists());
}
