//! The requirements' sixteen categories of errors, each from the situation that makes it.

use crate::play::{made, puts, shop};
use serde_json::json;
use service_manager::api::app::{DeployRequest, OpenPackageRequest, Started};
use service_manager::api::error::{Category, CommandError};
use service_manager::text::{Language, Text};
use service_manager::{Error, ServiceManager};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use tests::cli;
use tests::fake_docker::Play;
use tests::fake_engine::Answer;
use tests::sandbox::{Sandbox, end_of, events_of, eventually};

const LOAD: &str = "POST /images/load";

/// An error as people and programs get it.
#[derive(Debug)]
struct Told {
    category: String,
    code: String,
    english: String,
    chinese: String,
}

impl Told {
    fn new(category: Category, code: &str, message: &Text) -> Self {
        Self {
            category: category.to_string(),
            code: code.to_owned(),
            english: message.render(Language::En),
            chinese: message.render(Language::ZhCn),
        }
    }
}

fn refused<T: std::fmt::Debug>(answer: Result<T, Error>) -> Told {
    let error = CommandError::from(answer.expect_err("is refused"));
    Told::new(error.category, &error.code, &error.message)
}

async fn failed(manager: &ServiceManager, started: Result<Started, Error>) -> Told {
    let events = events_of(manager, &started.expect("starts")).await;
    let failure = end_of(&events).failure.as_ref().expect("fails");
    Told::new(failure.category, &failure.code, &failure.message)
}

async fn deployed(sandbox: &Sandbox, wait_timeout: Option<u64>) -> Told {
    let manager = sandbox.open().await;
    let started = manager.deploy(DeployRequest { wait_timeout }).await;
    failed(&manager, started).await
}

fn one() -> serde_json::Value {
    json!({ "web": {} })
}

/// Only images for the other architecture are there to load.
async fn architecture_detection() -> Told {
    let sandbox = Sandbox::without_images(one());
    sandbox.archive("images/web-arm64.tar", &["shop/web:2.4-arm64"], "arm64");
    let manager = sandbox.open().await;
    let started = manager.load_images().await;
    failed(&manager, started).await
}

async fn image_loading() -> Told {
    let sandbox = Sandbox::new(one());
    sandbox
        .engine
        .rule(LOAD, Answer::Error(500, "archive/tar: invalid tar header"));
    deployed(&sandbox, None).await
}

async fn environment_check() -> Told {
    deployed(&Sandbox::without_images(one()), None).await
}

async fn service_management() -> Told {
    let sandbox = Sandbox::new(one());
    let web = made(&sandbox, "web", |web| web.end(7));
    sandbox.docker.next("up", Play::effect(puts(vec![web])));
    deployed(&sandbox, None).await
}

/// A file lies where a folder is to be.
async fn directory_setup() -> Told {
    let sandbox = Sandbox::new(one());
    let source = sandbox.package.join("data/web");
    sandbox.set_services(
        json!({ "web": { "volumes": [{ "type": "bind", "source": source, "target": "/data" }] } }),
    );
    sandbox.file("data", "not a folder");
    let manager = sandbox.open().await;
    let started = manager.check_mount_dirs().await;
    failed(&manager, started).await
}

async fn configuration() -> Told {
    let sandbox = Sandbox::new(one());
    let words = "service \"web\" depends on undefined service db: invalid compose project\n";
    sandbox.docker.next("config", Play::fails(words, |_| ()));
    refused(sandbox.manager().open_package(sandbox.request()).await)
}

async fn health_check() -> Told {
    let sandbox = Sandbox::new(shop());
    let db = made(&sandbox, "db", |db| db.health = "unhealthy".into());
    sandbox.docker.next("up", Play::effect(puts(vec![db])));
    deployed(&sandbox, Some(1)).await
}

/// Somebody takes the port between the check and the start.
async fn port_management() -> Told {
    let sandbox = Sandbox::new(one());
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|free| free.local_addr())
        .expect("a free port")
        .port();
    sandbox.set_services(json!({ "web": {
        "ports": [{ "target": 80, "published": port.to_string(), "protocol": "tcp" }],
    } }));
    sandbox.engine.rule(LOAD, Answer::Hold);
    let manager = sandbox.open().await;
    let started = manager.deploy(DeployRequest::default()).await;
    eventually("the image is sent", || sandbox.engine.asked(LOAD) >= 1).await;
    let _taken = std::net::TcpListener::bind(("0.0.0.0", port)).expect("is free");
    sandbox.engine.no_rules();
    failed(&manager, started).await
}

async fn docker_command() -> Told {
    let sandbox = Sandbox::new(one());
    sandbox
        .docker
        .next("up", Play::fails("Error response from daemon: x\n", |_| ()));
    deployed(&sandbox, None).await
}

async fn file_system() -> Told {
    let sandbox = Sandbox::new(one());
    let path = sandbox.package.join("not/there").to_string();
    refused(
        sandbox
            .manager()
            .open_package(OpenPackageRequest { path })
            .await,
    )
}

async fn timeout() -> Told {
    let sandbox = Sandbox::new(shop());
    let db = made(&sandbox, "db", |db| db.health = "starting".into());
    sandbox.docker.next("up", Play::effect(puts(vec![db])));
    deployed(&sandbox, Some(1)).await
}

/// The engine's disk fills up while it unpacks; it says so inside a successful answer.
async fn insufficient_resources() -> Told {
    let sandbox = Sandbox::new(one());
    let words = "write /var/lib/docker/tmp/layer: no space left on device";
    let body = json!({ "errorDetail": { "message": words }, "error": words });
    sandbox.engine.rule(LOAD, Answer::Body(body.to_string()));
    deployed(&sandbox, None).await
}

async fn missing_dependency() -> Told {
    let sandbox = Sandbox::new(one());
    sandbox.docker.remove();
    let manager = sandbox.open().await;
    let started = manager.remove().await;
    failed(&manager, started).await
}

async fn network() -> Told {
    let sandbox = Sandbox::new(one());
    let manager = ServiceManager::new(sandbox.environment(), Some("ssh://server.example"));
    refused(manager.list_images().await)
}

/// The socket is there and belongs to somebody else.
fn permission() -> Told {
    let sandbox = Sandbox::new(one());
    let allow = |path: &camino::Utf8Path, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("a mode");
    };
    allow(sandbox.engine.socket(), 0o000);
    allow(sandbox.state.parent().expect("a folder"), 0o755);
    allow(&sandbox.state, 0o777);
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    let told = |language: &str| {
        let mut command = cli::prepare(&sandbox, &["list-images", "--json", "--lang", language]);
        if is_root {
            // Nothing is forbidden to root.
            command.uid(65534).gid(65534);
        }
        let output = command.output().expect("runs");
        cli::ran(&output).json()["error"].clone()
    };
    let (english, chinese) = (told("en"), told("zh-CN"));
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    Told {
        category: word(&english["category"]),
        code: word(&english["code"]),
        english: word(&english["message"]),
        chinese: word(&chinese["message"]),
    }
}

/// Something asks for an operation that never was.
fn unknown() -> Told {
    let sandbox = Sandbox::new(one());
    refused(sandbox.manager().follow("deploy-1-1"))
}

#[tokio::test(flavor = "multi_thread")]
async fn each_comes_from_its_situation_with_a_code_and_words_in_both_languages() {
    let table = [
        (
            "architecture-detection",
            "image.arch_mismatch",
            architecture_detection().await,
        ),
        ("image-loading", "image-loading", image_loading().await),
        ("environment-check", "blocked", environment_check().await),
        (
            "service-management",
            "service-failed",
            service_management().await,
        ),
        ("directory-setup", "directory", directory_setup().await),
        (
            "configuration",
            "compose.undefined_ref",
            configuration().await,
        ),
        ("health-check", "service-unhealthy", health_check().await),
        ("port-management", "port.in_use", port_management().await),
        ("docker-command", "compose-command", docker_command().await),
        ("file-system", "package-not-found", file_system().await),
        ("timeout", "not-ready", timeout().await),
        (
            "insufficient-resources",
            "disk.full",
            insufficient_resources().await,
        ),
        (
            "missing-dependency",
            "compose.missing",
            missing_dependency().await,
        ),
        ("network", "engine-unsupported", network().await),
        ("permission", "engine.socket_permission", permission()),
        ("unknown", "unknown", unknown()),
    ];
    let mut seen = std::collections::BTreeSet::new();
    for (category, code, told) in table {
        assert_eq!(
            (told.category.as_str(), told.code.as_str()),
            (category, code),
            "{told:#?}"
        );
        seen.insert(category);
        for words in [&told.english, &told.chinese] {
            assert!(
                !words.is_empty() && !words.starts_with("error-"),
                "{told:#?}"
            );
            assert!(
                !words.contains("{$") && !words.contains("{ $"),
                "a parameter is missing: {told:#?}"
            );
        }
        assert_ne!(told.english, told.chinese, "{told:#?}");
    }
    assert_eq!(seen.len(), 16);
}
