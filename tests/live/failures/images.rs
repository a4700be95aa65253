//! Images: missing, torn, of another kind of processor, and registries that refuse.

use super::registry::refusing;
use super::second_engine::SecondEngine;
use super::{compose_fails, docker_fails, first, looked_at, means, nothing, tools};
use tests::image_archives::{Image, Layout};
use tests::live::{Generation, Live, generation};
use tests::package::Package;

#[test]
fn image_missing() {
    let live = nothing("not-there");
    first(
        &looked_at(&live),
        "image.missing",
        None,
        "neither in the package nor in Docker",
    );
    let name = live.package.image();
    let registry = refusing(
        "127.0.0.1",
        false,
        "401 Unauthorized",
        "",
        r#"{"errors":[{"code":"DENIED","message":"requested access to the resource is denied"}]}"#,
    );
    let said = docker_fails(&["run", "--rm", &format!("{registry}/{name}")]);
    means(&live, &said, "image.missing", "Unable to find image");
    let said = docker_fails(&["tag", &name, "other:1"]);
    means(&live, &said, "image.missing", "No such image");
    let said = compose_fails(&live, &["up", "-d"]);
    assert!(!said.is_empty());
}

/// The containerd store (26.1) asks registries itself and says what they answered in words of its own.
fn is_containerd() -> bool {
    generation() == Generation::Containerd
}

/// A pull by the client and by Compose mean the same. The private engines have a proxy as their only way out, at which
/// nobody answers here: where it stands before the registry, it is what is said.
#[track_caller]
fn pull_means(live: &Live, image: &str, class: &str, proof: &str) {
    let means = |live: &Live, said: &str, class: &str, proof: &str| {
        if said.contains("proxyconnect") {
            means(live, said, "net.proxy", "proxyconnect");
        } else {
            means(live, said, class, proof);
        }
    };
    let said = docker_fails(&["pull", image]);
    means(live, &said, class, proof);
    live.package.file(
        "docker-compose.yml",
        &format!("version: '3.7'\nservices:\n  app:\n    image: {image}\n"),
    );
    let said = compose_fails(live, &["pull"]);
    means(live, &said, class, proof);
}

#[test]
fn image_registry_dns() {
    let live = nothing("dns");
    pull_means(
        &live,
        "registry.invalid/app:1",
        "image.registry_dns",
        "lookup registry.invalid",
    );
}

#[test]
fn image_registry_timeout() {
    let live = nothing("timeout");
    pull_means(
        &live,
        "192.0.2.1:5000/app:1",
        "image.registry_timeout",
        "192.0.2.1",
    );
}

#[test]
fn image_registry_tls() {
    let live = nothing("tls");
    // The engine speaks in clear text with 127.0.0.1 only.
    let bridge = bridge(&live);
    let registry = refusing(&bridge, false, "200 OK", "", "{}");
    pull_means(
        &live,
        &format!("{registry}/app:1"),
        "image.registry_tls",
        "server gave HTTP response to HTTPS client",
    );
}

/// This computer's address in the engine's own network: its first one (20.10 names it only once a container was there).
fn bridge(live: &Live) -> String {
    let form = "{{(index .IPAM.Config 0).Subnet}}";
    let subnet = live.docker(&["network", "inspect", "bridge", "--format", form]);
    let network = subnet.trim().split('/').next().unwrap();
    format!("{}.1", network.rsplit_once('.').unwrap().0)
}

#[test]
fn image_registry_auth() {
    let live = nothing("auth");
    let registry = refusing(
        "127.0.0.1",
        true,
        "401 Unauthorized",
        "WWW-Authenticate: Basic realm=\"site\"\r\n",
        r#"{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}"#,
    );
    pull_means(
        &live,
        &format!("{registry}/app:1"),
        "image.registry_auth",
        "auth",
    );
}

#[test]
fn image_manifest_unknown() {
    let live = nothing("manifest");
    let registry = refusing(
        "127.0.0.1",
        false,
        "404 Not Found",
        "",
        r#"{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}"#,
    );
    pull_means(
        &live,
        &format!("{registry}/app:1"),
        "image.manifest_unknown",
        if is_containerd() {
            "not found"
        } else {
            "manifest unknown"
        },
    );
}

#[test]
fn image_registry_rate_limit() {
    let live = nothing("limit");
    let registry = refusing(
        "127.0.0.1",
        false,
        "429 Too Many Requests",
        "",
        r#"{"errors":[{"code":"TOOMANYREQUESTS","message":"You have reached your pull rate limit."}]}"#,
    );
    pull_means(
        &live,
        &format!("{registry}/app:1"),
        "image.registry_rate_limit",
        if is_containerd() {
            "429 Too Many Requests"
        } else {
            "toomanyrequests"
        },
    );
}

#[test]
fn net_proxy() {
    let live = nothing("proxy");
    let proxy = [
        ("HTTPS_PROXY", "http://127.0.0.1:9"),
        ("HTTP_PROXY", "http://127.0.0.1:9"),
    ];
    let engine = SecondEngine::start(live.package.around(), None, "{}", &proxy);
    let (content, said) = engine.docker(&["pull", "registry.example/app:1"]);
    assert!(!content, "{said}");
    means(&live, &said, "net.proxy", "proxyconnect");
}

#[test]
fn image_archive_corrupt() {
    let live = tools("torn", super::NOTHING);
    let archive = live.package.path.join("images/tools-amd64.tar");
    let whole = fs_err::read(&archive).unwrap();
    let folder = live.package.around();
    for (name, content) in [
        ("half.tar", &whole[..whole.len() / 2]),
        (
            "half.tar.gz",
            &tests::image_archives::gzip(&whole)[..40_000],
        ),
        ("page.tar", b"<!DOCTYPE html><html>not found</html>"),
    ] {
        let file = folder.join(name);
        fs_err::write(&file, content).unwrap();
        let said = docker_fails(&["load", "--input", file.as_str()]);
        // containerd has several words for it.
        let words = if is_containerd() {
            ""
        } else {
            "unexpected EOF"
        };
        means(&live, &said, "image.archive_corrupt", words);
    }
}

/// A program for a processor that this computer does not have.
fn foreign() -> Vec<u8> {
    let mut program = fs_err::read("/bin/busybox").unwrap();
    // e_machine: IBM S/390.
    program[18..20].copy_from_slice(&[22, 0]);
    let mut layer = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(program.len() as u64);
    header.set_mode(0o755);
    layer
        .append_data(&mut header, "run", program.as_slice())
        .unwrap();
    layer.into_inner().unwrap()
}

#[test]
fn image_arch_mismatch() {
    let live = Live::new(Package::new(
        "foreign",
        "services:\n  app:\n    image: ${IMAGE}\n",
    ));
    let name = live.package.image();
    let image = Image::made_for("s390x", Some(&name), &live.package.project, vec![foreign()]);
    let file = live.package.around().join("foreign.tar");
    fs_err::write(&file, Layout::Docker20.write(&[image])).unwrap();
    live.docker(&["load", "--input", file.as_str()]);
    let (_, said) = super::compose(&live, &["up", "-d"]);
    super::until_something_is_wrong(&live);
    first(
        &looked_at(&live),
        "image.arch_mismatch",
        Some("app"),
        "exec format error",
    );
    let (_, run) = super::run("/".into(), &[], &["docker", "run", "--rm", &name]);
    means(
        &live,
        &format!("{said}{run}"),
        "image.arch_mismatch",
        "exec format error",
    );
}

#[test]
fn image_of_another_platform_that_is_asked_for() {
    let live = tools(
        "platform",
        "version: '2.4'\nservices:\n  app:\n    image: ${IMAGE}\n    platform: linux/s390x\n    pull_policy: never\n",
    );
    super::load(&live);
    let said = docker_fails(&[
        "create",
        "--pull",
        "never",
        "--platform",
        "linux/s390x",
        &live.package.image(),
    ]);
    if is_containerd() {
        // Its answer does not tell that only the platform is another one.
        means(&live, &said, "image.missing", "No such image");
    } else {
        means(&live, &said, "image.arch_mismatch", "platform");
    }
}
