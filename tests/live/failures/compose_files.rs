//! What Compose says about files and what they ask for.

use super::{
    compose, compose_fails, deployed, first, is_old, load, looked_at, means, nothing, tools,
};
use tests::live::Live;

fn with(name: &str, compose: &str) -> Live {
    let live = nothing(name);
    live.package.file("docker-compose.yml", compose);
    live
}

#[test]
fn compose_version_unsupported() {
    // Both are too old for one of these.
    let live = with(
        "too-new",
        if is_old() {
            "services:\n  app:\n    image: busybox\n    develop:\n      watch: []\n"
        } else {
            "services:\n  app:\n    image: busybox\n    models: [llm]\n"
        },
    );
    let said = compose_fails(&live, &["config"]);
    let word = if is_old() { "develop" } else { "models" };
    means(&live, &said, "compose.version_unsupported", word);
}

#[test]
fn compose_schema_invalid() {
    let live = with(
        "schema",
        "version: '3.7'\nservices:\n  app:\n    image: busybox\n    imagee: x\n",
    );
    let said = compose_fails(&live, &["config"]);
    means(&live, &said, "compose.schema_invalid", "imagee");
    live.package.file(
        "docker-compose.yml",
        "version: '3.7'\nservices:\n  app:\n    image: busybox\n    ports: '80'\n",
    );
    let said = compose_fails(&live, &["config"]);
    means(&live, &said, "compose.schema_invalid", "ports");
    live.package.file(
        "docker-compose.yml",
        "version: '3.7'\nservices:\n  app:\n    restart: always\n",
    );
    let said = compose_fails(&live, &["config"]);
    means(&live, &said, "compose.schema_invalid", "image");
}

#[test]
fn compose_yaml_syntax() {
    let live = with("yaml", "services:\n  app:\n\timage: busybox\n");
    let said = compose_fails(&live, &["config"]);
    let words = if is_old() {
        "yaml.scanner.ScannerError"
    } else {
        "that cannot start any token"
    };
    means(&live, &said, "compose.yaml_syntax", words);
    live.package
        .file("docker-compose.yml", "services:\n  app:\n    image: a: b\n");
    let said = compose_fails(&live, &["config"]);
    means(
        &live,
        &said,
        "compose.yaml_syntax",
        "mapping values are not allowed",
    );
    live.package.file(
        "docker-compose.yml",
        "services:\n  app:\n    image: \"busybox\n",
    );
    let said = compose_fails(&live, &["config"]);
    means(&live, &said, "compose.yaml_syntax", "yaml");
}

#[test]
fn compose_env_missing() {
    let live = with(
        "env",
        "version: '3.7'\nservices:\n  app:\n    image: app:${APP_VERSION_IS_NOT_SET}\n",
    );
    let said = compose_fails(&live, &["up", "-d"]);
    means(
        &live,
        &said,
        "compose.env_missing",
        "APP_VERSION_IS_NOT_SET",
    );
    live.package.file(
        "docker-compose.yml",
        "version: '3.7'\nservices:\n  app:\n    image: app:${APP_VERSION:?ask the vendor}\n",
    );
    let said = compose_fails(&live, &["up", "-d"]);
    means(&live, &said, "compose.env_missing", "APP_VERSION");
    live.package.file(
        "docker-compose.yml",
        "version: '3.7'\nservices:\n  app:\n    image: app:1\n    env_file: [settings.env]\n",
    );
    let said = compose_fails(&live, &["up", "-d"]);
    means(&live, &said, "compose.env_missing", "settings.env");
}

#[test]
fn compose_undefined_ref() {
    for (number, rest) in [
        "    networks: [inner]\n",
        "    volumes: [\"files:/files\"]\n",
        "    depends_on: [db]\n",
    ]
    .into_iter()
    .enumerate()
    {
        let live = with(
            &format!("undefined-{number}"),
            &format!("version: '3.7'\nservices:\n  app:\n    image: busybox\n{rest}"),
        );
        // Compose v1 looks at networks only when it needs them.
        let said = compose_fails(&live, &["up", "-d"]);
        let declared = if is_old() && number == 1 {
            "no declaration was found"
        } else {
            "undefined"
        };
        means(&live, &said, "compose.undefined_ref", declared);
    }
}

#[test]
fn compose_dependency_cycle() {
    let live = with(
        "cycle",
        "version: '3.7'\nservices:\n  a:\n    image: busybox\n    depends_on: [b]\n  b:\n    image: busybox\n    depends_on: [a]\n",
    );
    let said = compose_fails(&live, &["up", "-d"]);
    let words = if is_old() {
        "Circular dependency between"
    } else {
        "cycle"
    };
    means(&live, &said, "compose.dependency_cycle", words);
}

#[test]
fn compose_external_missing() {
    let live = tools(
        "external",
        "version: '3.7'\nservices:\n  app:\n    image: ${IMAGE}\n    networks: [site]\nnetworks:\n  site:\n    external: true\n",
    );
    load(&live);
    let said = compose_fails(&live, &["up", "-d"]);
    means(&live, &said, "compose.external_missing", "site");
    first(&looked_at(&live), "compose.external_missing", None, "site");
    live.package.file(
        "docker-compose.yml",
        "version: '3.7'\nservices:\n  app:\n    image: ${IMAGE}\n    volumes: [\"kept:/kept\"]\nvolumes:\n  kept:\n    external: true\n",
    );
    let said = compose_fails(&live, &["up", "-d"]);
    means(&live, &said, "compose.external_missing", "kept");
}

#[test]
fn compose_network_changed() {
    let live = tools(
        "changed",
        "version: '3.7'\nservices:\n  app:\n    image: ${IMAGE}\n    networks: [inner]\nnetworks:\n  inner:\n    ipam:\n      config: [{subnet: 10.201.7.0/24}]\n",
    );
    load(&live);
    let name = format!("{}_inner", live.package.project);
    if is_old() {
        let (content, said) = compose(&live, &["up", "-d"]);
        assert!(content, "{said}");
        let file = live.package.path.join("docker-compose.yml");
        let changed = fs_err::read_to_string(&file).unwrap() + "    internal: true\n";
        fs_err::write(file, changed).unwrap();
    } else {
        live.docker(&["network", "create", &name]);
    }
    let said = compose_fails(&live, &["up", "-d"]);
    if !is_old() {
        live.docker(&["network", "rm", &name]);
    }
    means(&live, &said, "compose.network_changed", &name);
}

#[test]
#[ignore = "a whole deployment; cargo xtask matrix"]
fn compose_dependency_failed() {
    let live = tools(
        "dependency",
        r#"
services:
  db:
    image: ${IMAGE}
    command: ["sh", "-c", "wget http://no-such-host/; exit 3"]
  app:
    image: ${IMAGE}
    depends_on:
      db:
        condition: service_completed_successfully
"#,
    );
    let diagnoses = deployed(&live);
    first(&diagnoses, "net.dns_container", Some("db"), "bad address");
    let said = compose_fails(&live, &["up", "-d"]);
    if !is_old() {
        means(&live, &said, "compose.dependency_failed", "didn't complete");
    }
}

#[test]
#[ignore = "a whole deployment; cargo xtask matrix"]
fn compose_dependency_unhealthy() {
    let live = tools(
        "unhealthy",
        r#"
services:
  db:
    image: ${IMAGE}
    healthcheck:
      test: ["CMD", "curl", "-f", "http://127.0.0.1/"]
      interval: 1s
      retries: 2
  app:
    image: ${IMAGE}
    depends_on:
      db:
        condition: service_healthy
"#,
    );
    let diagnoses = deployed(&live);
    let cause = first(&diagnoses, "health.probe_tool_missing", Some("db"), "curl");
    assert_eq!(
        cause["explains"],
        serde_json::json!(["app"]),
        "{diagnoses:#}"
    );
    let said = compose_fails(&live, &["up", "-d"]);
    means(&live, &said, "compose.dependency_unhealthy", "unhealthy");
}
