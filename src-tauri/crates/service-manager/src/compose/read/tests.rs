//! Answers of Compose v2 2.26.1 and v1 1.29.2, captured in `/package`, and the same files read without Compose.

use super::*;
use std::fmt::Write;

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../../../../../tests/fixtures/", $name))
    };
}

fn read(answer: Value, generation: Generation, name: &str, preview: bool) -> Project {
    let directory = Utf8PathBuf::from("/package").join(name);
    let origin = Origin {
        directory: &directory,
        files: &[],
        home: None,
        active_profiles: &BTreeSet::new(),
        name,
        generation,
        preview,
    };
    project(answer, &origin)
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn yaml(text: &str) -> Value {
    crate::package::yaml::parse(text.as_bytes())
        .expect("YAML")
        .remove(0)
}

#[test]
fn the_reference_stack_reads_the_same_in_both_generations() {
    let v2 = read(
        json(fixture!("compose/reference-stack.v2.26.1.json")),
        Generation::V2,
        "reference-stack",
        false,
    );
    let v1 = read(
        yaml(fixture!("compose/reference-stack.v1.29.2.yaml")),
        Generation::V1,
        "reference-stack",
        false,
    );
    assert_eq!(v2, v1);
    assert_eq!(v2.name, "reference-stack");
    assert_eq!(v2.services.len(), 11);
    let one_shots: Vec<_> = v2
        .services
        .iter()
        .filter(|it| it.one_shot)
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(one_shots, ["minio-init", "mysql-permission-fix"]);
    let fix = v2.service("mysql-permission-fix").expect("there");
    assert_eq!(fix.command[..2], ["sh", "-c"]);
    assert_eq!(fix.command.len(), 3);
    assert!(
        fix.command[2].contains("chown -R 999:999 /var/lib/mysql"),
        "{}",
        fix.command[2]
    );
    let mysql = v2.service("mysql").expect("there");
    assert_eq!(
        mysql.depends_on[0].condition,
        Condition::CompletedSuccessfully
    );
    let kinds: Vec<_> = mysql
        .bind_mounts
        .iter()
        .map(|mount| mount.kind.word())
        .collect();
    assert_eq!(kinds, ["directory", "file", "file", "file", "directory"]);
}

fn shown(project: &Project) -> String {
    let mut text = format!(
        "{} networks {:?} volumes {:?}\n",
        project.name, project.external_networks, project.external_volumes
    );
    for it in &project.services {
        let _ = writeln!(
            text,
            "{} {} x{} active {} one-shot {}",
            it.name,
            it.image.as_deref().unwrap_or("-"),
            it.replicas,
            it.active,
            it.one_shot
        );
        for port in &it.ports {
            let _ = writeln!(
                text,
                "  port {} {} {}/{}",
                port.host_ip.as_deref().unwrap_or("*"),
                port.published.as_deref().unwrap_or("-"),
                port.target,
                port.protocol
            );
        }
        for mount in &it.bind_mounts {
            let _ = writeln!(
                text,
                "  bind {} {} ro {} {}",
                mount.source, mount.target, mount.read_only, mount.kind
            );
        }
        let _ = writeln!(
            text,
            "  volumes {:?} after {:?}",
            it.volumes,
            it.depends_on
                .iter()
                .map(|it| &it.service)
                .collect::<Vec<_>>()
        );
        let _ = writeln!(
            text,
            "  restart {:?} host {} {:?} {:?}",
            it.restart, it.host_network, it.pull_policy, it.platform
        );
        let _ = writeln!(
            text,
            "  run {:?} {:?} {:?}",
            it.command, it.environment, it.healthcheck
        );
    }
    text
}

#[test]
fn every_notation_reads_the_same_with_and_without_compose() {
    let mut written = yaml(fixture!("projects/odd/compose.yaml"));
    written["services"]["web"]["image"] = "registry.example.com:5000/shop/web:1".into();
    written["services"]["web"]["command"] = "echo \"a b\" 'c' $HOME".into();
    let v2 = read(
        json(fixture!("compose/odd.v2.26.1.json")),
        Generation::V2,
        "odd",
        false,
    );
    let preview = read(written, Generation::V2, "odd", true);
    assert_eq!(shown(&v2), shown(&preview));
    insta::assert_snapshot!(shown(&v2), @r#"
    odd networks ["shared"] volumes ["real-ext"]
    db odd-db x3 active false one-shot false
      volumes [] after []
      restart None host false None None
      run [] {} None
    job busybox x1 active true one-shot true
      volumes [] after []
      restart Some("no") host true Some("always") Some("linux/arm64")
      run [] {} None
    web registry.example.com:5000/shop/web:1 x2 active true one-shot false
      port * - 8080/tcp
      port 127.0.0.1 9000 9000/tcp
      port 127.0.0.1 9001 9001/tcp
      port ::1 53 53/udp
      port 10.0.0.1 8085 80/tcp
      port * 7000-7010 7000/tcp
      bind /package/odd/data /data ro false directory
      bind /package/odd/conf.d /etc/conf.d ro true directory
      bind /package/outside/app.conf /app.conf ro true file
      volumes ["named", "ext"] after ["db", "job"]
      restart Some("no") host false None None
      run ["echo", "a b", "c", "$HOME"] {"A": Some("1"), "B": None} Some(Healthcheck { test: ["CMD-SHELL", "curl -f http://localhost || exit 1"], interval: Some(90s), timeout: Some(1.5s), retries: Some(5), start_period: Some(500ms) })
    "#);
}

#[test]
fn profiles_are_active_by_name_or_by_star() {
    let answer = serde_json::json!({"services": {"a": {"image": "a"}, "b": {"image": "b", "profiles": ["p", "q"]}}});
    for (profiles, active) in [
        ("", vec!["a"]),
        ("q", vec!["a", "b"]),
        ("*", vec!["a", "b"]),
        ("x", vec!["a"]),
    ] {
        let active_profiles: BTreeSet<String> = profiles.split(',').map(str::to_owned).collect();
        let origin = Origin {
            directory: "/p".into(),
            files: &[],
            home: None,
            active_profiles: &active_profiles,
            name: "p",
            generation: Generation::V2,
            preview: false,
        };
        let project = project(answer.clone(), &origin);
        assert_eq!(
            project
                .active_services()
                .map(|it| it.name.as_str())
                .collect::<Vec<_>>(),
            active,
            "{profiles}"
        );
    }
}
