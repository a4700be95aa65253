//! Ports, networks and names.

use super::second_engine::SecondEngine;
use super::{
    after_compose, compose, compose_fails, deployed, docker_fails, first, load, looked_at, means,
    nothing, tools,
};
use std::net::TcpListener;
use tests::live::Live;

fn published(name: &str, port: &str) -> Live {
    tools(
        name,
        &format!(
            "version: '3.7'\nservices:\n  web:\n    image: ${{IMAGE}}\n    stop_signal: SIGKILL\n    command: [\"httpd\", \"-f\", \"-p\", \"80\"]\n    ports: [\"{port}\"]\n"
        ),
    )
}

#[test]
fn port_in_use_by_a_process() {
    let _holder = TcpListener::bind("0.0.0.0:8611").unwrap();
    let live = published("port-process", "8611:80");
    let (diagnoses, said) = after_compose(&live);
    first(&diagnoses, "port.in_use", Some("web"), "8611");
    means(&live, &said, "port.in_use", "8611");
}

#[test]
fn port_in_use_by_a_container() {
    let live = published("port-container", "8612:80");
    load(&live);
    let name = live.package.image();
    let label = format!("com.docker.compose.project={}", live.package.project);
    live.docker(&[
        "run",
        "-d",
        "--stop-signal",
        "KILL",
        "--label",
        &label,
        "-p",
        "8612:80",
        &name,
    ]);
    let said = compose_fails(&live, &["up", "-d"]);
    means(&live, &said, "port.in_use", "8612");
    first(&looked_at(&live), "port.in_use", Some("web"), "8612");
}

#[test]
fn port_privileged() {
    let live = tools(
        "port-80",
        r#"
version: "3.7"
services:
  web:
    image: ${IMAGE}
    user: "1000:1000"
    sysctls: ["net.ipv4.ip_unprivileged_port_start=1024"]
    command: ["httpd", "-f", "-p", "80"]
"#,
    );
    let (diagnoses, _) = after_compose(&live);
    first(
        &diagnoses,
        "port.privileged",
        Some("web"),
        "Permission denied",
    );
}

#[test]
fn net_bind_address_missing() {
    let live = published("address", "203.0.113.7:8613:80");
    let (diagnoses, said) = after_compose(&live);
    means(
        &live,
        &said,
        "net.bind_address_missing",
        "cannot assign requested address",
    );
    first(
        &diagnoses,
        "net.bind_address_missing",
        Some("web"),
        "cannot assign requested address",
    );
}

#[test]
fn net_pool_exhausted() {
    let live = nothing("pools");
    let settings = r#"{"default-address-pools":[{"base":"10.211.0.0/23","size":24}]}"#;
    let engine = SecondEngine::start(live.package.around(), None, settings, &[]);
    let names: Vec<String> = (0..4).map(|number| format!("pool-{number}")).collect();
    let tried: Vec<(bool, String)> = names
        .iter()
        .map(|name| engine.docker(&["network", "create", name]))
        .collect();
    for name in &names {
        engine.docker(&["network", "rm", name]);
    }
    let (_, said) = tried.into_iter().find(|(content, _)| !content).unwrap();
    means(&live, &said, "net.pool_exhausted", "pool");
}

#[test]
fn net_subnet_overlap() {
    let live = tools(
        "overlap",
        "version: '3.7'\nservices:\n  app:\n    image: ${IMAGE}\n    networks: [a, b]\nnetworks:\n  a:\n    ipam:\n      config: [{subnet: 10.202.7.0/24}]\n  b:\n    ipam:\n      config: [{subnet: 10.202.7.0/25}]\n",
    );
    let (_, said) = after_compose(&live);
    means(&live, &said, "net.subnet_overlap", "verlap");
}

#[test]
fn net_stale_network() {
    let live = tools("stale", super::NOTHING);
    load(&live);
    compose(&live, &["up", "-d"]);
    let container = live.ids("container").remove(0);
    live.docker(&["stop", &container]);
    live.docker(&[
        "network",
        "rm",
        &format!("{}_default", live.package.project),
    ]);
    let said = docker_fails(&["start", &container]);
    means(&live, &said, "net.stale_network", "not found");
    first(
        &looked_at(&live),
        "net.stale_network",
        Some("app"),
        "not found",
    );
}

#[test]
fn net_dns_container() {
    let live = tools(
        "names",
        "services:\n  app:\n    image: ${IMAGE}\n    command: [\"wget\", \"http://database:8080/\"]\n",
    );
    let (diagnoses, _) = after_compose(&live);
    first(&diagnoses, "net.dns_container", Some("app"), "bad address");
}

#[test]
fn container_name_conflict() {
    let live = nothing("conflict");
    let live = live.beside(tests::package::Package::with_image(
        "conflict-two",
        "version: '3.7'\nservices:\n  app:\n    image: ${IMAGE}\n    container_name: taken-by-another\n",
    ));
    load(&live);
    live.docker(&[
        "create",
        "--name",
        "taken-by-another",
        &live.package.image(),
    ]);
    let said = compose_fails(&live, &["up", "-d"]);
    let diagnoses = looked_at(&live);
    live.docker(&["rm", "taken-by-another"]);
    means(&live, &said, "container.name_conflict", "taken-by-another");
    first(
        &diagnoses,
        "container.name_conflict",
        None,
        "taken-by-another",
    );
}

#[test]
fn container_busy() {
    let live = tools(
        "busy",
        "services:\n  app:\n    image: ${IMAGE}\n    restart: always\n    command: [\"false\"]\n",
    );
    load(&live);
    let (content, said) = compose(&live, &["up", "-d"]);
    assert!(content, "{said}");
    std::thread::sleep(std::time::Duration::from_secs(4));
    let container = live.ids("container").remove(0);
    let said = docker_fails(&["exec", &container, "true"]);
    means(&live, &said, "container.busy", "is restarting");
}

/// What a firewall does that is loaded anew beside a running engine; the engine's own network is the test's.
#[test]
#[ignore = "takes the rules of the whole engine away; cargo xtask matrix"]
fn net_iptables_broken() {
    let live = Live::alone(tests::package::Package::with_image(
        "iptables",
        "version: '3.7'\nservices:\n  web:\n    image: ${IMAGE}\n    ports: [\"8614:80\"]\n",
    ));
    load(&live);
    let kept = live.package.around().join("rules");
    let shell = |line: &str| super::run("/".into(), &[], &["sh", "-c", line]);
    let (saved, said) = shell(&format!("iptables-save --table nat > {kept}"));
    assert!(saved, "{said}");
    let (flushed, said) = shell("iptables -t nat -F && iptables -t nat -X DOCKER");
    let wrote = flushed.then(|| compose(&live, &["up", "-d"]));
    // The engine has nothing to say of a container it never started; the deployment keeps what Compose wrote.
    let diagnoses = deployed(&live);
    let (restored, why) = shell(&format!("iptables-restore --table nat < {kept}"));
    assert!(restored, "{why}");
    let (content, wrote) = wrote.unwrap_or_else(|| panic!("{said}"));
    assert!(!content, "{wrote}");
    means(&live, &wrote, "net.iptables_broken", "iptables");
    let service = diagnoses[0]["service"].as_str().map(str::to_owned);
    first(
        &diagnoses,
        "net.iptables_broken",
        service.as_deref(),
        "iptables",
    );
}
