//! Ports that are taken: by whom, and the three ways to another one, through to a service that answers there.

use camino::Utf8Path;
use serde_json::Value;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tests::live::{Ended, Generation, Live, eventually, generation, text};
use tests::package::Package;
use tests::tree::{differences, tree};

const NOBODY: u32 = 65534;

/// A package whose page says its name, published as it is told.
fn package(name: &str, published: &str, settings: &str) -> Package {
    let compose = format!(
        r#"# The vendor's words.
services:
  web:
    image: ${{IMAGE}}
    restart: unless-stopped
    command: ["httpd", "-f", "-p", "80", "-h", "/www"]
    stop_signal: SIGKILL
    healthcheck:
      test: ["CMD", "true"]
      interval: 1s
    ports:
      - "{published}"   # the page
    volumes: ["./www:/www:ro"]
"#
    );
    let package = Package::with_image(name, &compose);
    package.file("www/index.html", name);
    let env = fs_err::read_to_string(package.path.join(".env")).unwrap();
    package.file(".env", &format!("{env}{settings}"));
    package
}

/// Returns a port that nobody has at the moment, below those the system hands out.
fn free_port() -> u16 {
    static NEXT: std::sync::atomic::AtomicU16 = std::sync::atomic::AtomicU16::new(23000);
    loop {
        let port = NEXT.fetch_add(7, std::sync::atomic::Ordering::Relaxed);
        if TcpListener::bind(("0.0.0.0", port)).is_ok()
            && UdpSocket::bind(("0.0.0.0", port)).is_ok()
        {
            return port;
        }
    }
}

/// Returns what a page says.
fn page(port: u16) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    write!(stream, "GET / HTTP/1.0\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (_, body) = answer.split_once("\r\n\r\n")?;
    Some(body.to_owned())
}

fn in_use(report: &Value) -> Option<Value> {
    let mut checks = report["checks"].as_array().into_iter().flatten();
    checks
        .find(|check| check["id"] == "port.in_use" && check["state"] == "block")
        .cloned()
}

/// Returns the check that says that a port is taken.
#[track_caller]
fn taken(live: &Live) -> Value {
    let ended = live.expect(3, &["check", "--json"]);
    in_use(&ended.json()).unwrap_or_else(|| panic!("no port is taken: {ended}"))
}

/// Moves the port as the check offers first, deploys, finds the page on the new port and everything else as before;
/// then takes the move back. Answers the names of the files that were there only meanwhile.
fn moved_and_back(live: &Live, old: u16) -> Vec<String> {
    let held = TcpListener::bind(("0.0.0.0", old)).unwrap();
    let before = tree(&live.package.path);
    let check = taken(live);
    let fix = &check["fixes"][0];
    let id = text(&fix["id"]);
    let new: u16 = id.rsplit(':').next().unwrap().parse().unwrap();
    assert_ne!(new, old);
    live.step("nothing is changed without consent");
    live.expect(2, &["fix", &id]);
    assert_eq!(differences(&before, &tree(&live.package.path)), [""; 0]);

    live.step("with it the port moves, and the service answers there");
    let fixed = live.expect(0, &["fix", &id, "--yes", "--json"]);
    assert_eq!(fixed.finished()["outcome"], "done", "{fixed}");
    let meanwhile = tree(&live.package.path);
    let deployed = live.expect(0, &["deploy", "--json"]);
    let links = &deployed.finished()["status"]["services"][0]["links"];
    assert_eq!(links[0]["url"], format!("http://localhost:{new}/"));
    let answer = eventually("a page", Duration::from_secs(10), || page(new));
    assert!(live.package.project.starts_with(&answer), "{answer}");
    assert!(in_use(&live.expect(0, &["check", "--json"]).json()).is_none());

    live.step("taken back, every byte is as it was");
    live.expect(0, &["undo"]);
    let after = tree(&live.package.path);
    assert_eq!(differences(&before, &after), [""; 0]);
    assert_eq!(
        taken(live)["subject"],
        old.to_string(),
        "and it is wrong again"
    );

    live.step("with the port free, it is published as the vendor says");
    drop(held);
    live.expect(0, &["deploy"]);
    eventually("a page", Duration::from_secs(10), || page(old));
    assert!(page(new).is_none(), "the other one was given up");
    let names = meanwhile.keys().filter(|path| !before.contains_key(*path));
    names
        .filter_map(|path| Utf8Path::new(path).file_name())
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_number_in_the_vendors_file_moves_through_a_file_of_our_own_and_back() {
    let port = free_port();
    let live = Live::new(package("port-file", &format!("{port}:80"), ""));
    let vendors = fs_err::read(live.package.path.join("docker-compose.yml")).unwrap();
    let files = moved_and_back(&live, port);
    let expected: &[&str] = match generation() {
        // Its lists of ports only grow, so a copy takes the vendor's place.
        Generation::Old => &[".env.before-quayside", "docker-compose.quayside.yml"],
        _ => &["docker-compose.override.yml"],
    };
    assert_eq!(files, expected);
    let now = fs_err::read(live.package.path.join("docker-compose.yml")).unwrap();
    assert_eq!(now, vendors);
}

#[test]
fn a_variable_moves_in_its_line_and_back() {
    let port = free_port();
    let live = Live::new(package(
        "port-env",
        "${WEB_PORT:-80}:80",
        &format!("# open it here\r\nexport WEB_PORT='{port}' # for browsers\r\nLAST=1"),
    ));
    assert_eq!(moved_and_back(&live, port), [".env.before-quayside"]);
}

#[test]
fn a_port_moves_twice_and_both_moves_are_taken_back() {
    let port = free_port();
    let live = Live::new(package("port-twice", &format!("{port}:80"), ""));
    let before = tree(&live.package.path);
    let mut held = vec![TcpListener::bind(("0.0.0.0", port)).unwrap()];
    for _ in 0..2 {
        let id = text(&taken(&live)["fixes"][0]["id"]);
        live.expect(0, &["fix", &id, "--yes"]);
        let new: u16 = id.rsplit(':').next().unwrap().parse().unwrap();
        // The program that comes next takes this one too.
        held.push(TcpListener::bind(("0.0.0.0", new)).unwrap());
    }
    let last = held.pop().unwrap().local_addr().unwrap().port();
    live.expect(0, &["deploy"]);
    eventually("a page", Duration::from_secs(10), || page(last));
    live.expect(0, &["undo"]);
    live.expect(0, &["undo"]);
    assert_eq!(differences(&before, &tree(&live.package.path)), [""; 0]);
}

/// A program of another user that listens; ended when dropped.
struct Stranger(Child);

impl Stranger {
    #[allow(clippy::disallowed_methods)] // a test is no product
    fn listening(user: u32, group: u32, at: &str) -> Self {
        let child = Command::new("setpriv")
            .args([
                &format!("--reuid={user}"),
                &format!("--regid={group}"),
                "--clear-groups",
                "busybox",
                "httpd",
                "-f",
                "-p",
                at,
            ])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let stranger = Self(child);
        let address: SocketAddr = at.replace("0.0.0.0", "127.0.0.1").parse().unwrap();
        eventually("somebody who listens", Duration::from_secs(5), || {
            TcpStream::connect(address).ok()
        });
        stranger
    }

    fn pid(&self) -> String {
        self.0.id().to_string()
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Lets the command line run as somebody who may use the engine and is no administrator.
fn as_nobody(live: &mut Live) {
    let open = std::fs::Permissions::from_mode(0o755);
    fs_err::set_permissions(live.package.around(), open).unwrap();
    fs_err::create_dir_all(&live.home).unwrap();
    chown(&live.home, Some(NOBODY), None).unwrap();
    live.as_user(NOBODY);
}

/// What plain Docker says of the same port: a finding that it would not share is a false one.
fn refuses(live: &Live, published: &str) -> bool {
    let image = live.package.image();
    let name = format!("{}-plain", live.package.project);
    let ran = live.try_docker(&[
        "run",
        "--detach",
        "--name",
        &name,
        "--publish",
        published,
        &image,
        "forever",
    ]);
    let _ = live.try_docker(&["rm", "--force", &name]);
    ran.is_err_and(|error| error.contains("in use") || error.contains("already allocated"))
}

#[test]
fn another_users_program_is_named_to_an_administrator_and_its_user_to_others() {
    let port = free_port();
    let stranger = Stranger::listening(NOBODY, NOBODY, &format!("0.0.0.0:{port}"));
    let mut live = Live::new(package("port-stranger", &format!("{port}:80"), ""));
    let found = text(&taken(&live)["found"]);
    assert!(found.starts_with("busybox"), "{found}");
    assert!(found.contains(&stranger.pid()), "{found}");
    drop(stranger);
    live.expect(0, &["check"]);

    live.step("an ordinary user hears whose it is, and that only an administrator may see it");
    let stranger = Stranger::listening(1, 1, &format!("0.0.0.0:{port}"));
    as_nobody(&mut live);
    let check = taken(&live);
    let found = text(&check["found"]);
    assert!(found.contains("the user daemon"), "{found}");
    assert!(found.contains("only an administrator may see"), "{found}");
    assert!(!found.contains(&stranger.pid()), "{found}");
    assert!(!check["steps"].as_array().unwrap().is_empty(), "{check}");
    drop(stranger);

    live.step("what is its own it sees with name and number");
    // The command line keeps the group that the engine's socket belongs to.
    let group = fs_err::metadata("/proc/self").unwrap().gid();
    let own = Stranger::listening(NOBODY, group, &format!("0.0.0.0:{port}"));
    let found = text(&taken(&live)["found"]);
    assert!(found.contains(&own.pid()), "{found}");
}

#[test]
fn who_listens_on_ipv6_alone_or_on_udp_is_named_and_the_other_protocol_is_free() {
    let port = free_port();
    let live = Live::new(package("port-six", &format!("{port}:80"), ""));
    live.expect(0, &["load-images"]);
    live.expect(0, &["setup-tags"]);
    let stranger = Stranger::listening(NOBODY, NOBODY, &format!("[::1]:{port}"));
    let found = text(&taken(&live)["found"]);
    assert!(found.contains(&stranger.pid()), "{found}");
    assert!(refuses(&live, &format!("{port}:80")), "Docker says so too");
    drop(stranger);
    live.expect(0, &["check"]);

    live.step("UDP on the same number is another port");
    let udp = UdpSocket::bind(("0.0.0.0", port)).unwrap();
    live.expect(0, &["check"]);
    assert!(!refuses(&live, &format!("{port}:80")));
    let compose = live.package.path.join("docker-compose.yml");
    let text_now = fs_err::read_to_string(&compose).unwrap();
    let with_udp = text_now.replace(":80\"", ":80/udp\"");
    live.package.file("docker-compose.yml", &with_udp);
    let check = taken(&live);
    assert_eq!(check["subject"], format!("{port}/udp"));
    let found = text(&check["found"]);
    assert!(found.contains(&std::process::id().to_string()), "{found}");
    assert!(refuses(&live, &format!("{port}:80/udp")));
    drop(udp);
    live.expect(0, &["check"]);
}

#[test]
fn the_running_package_holds_nothing_from_itself_and_containers_are_named_to_everybody() {
    let port = free_port();
    let mut live = Live::new(package("port-own", &format!("{port}:80"), ""));
    live.expect(0, &["deploy"]);
    let container = text(&live.status()["services"][0]["containers"][0]["name"]);
    live.step("what runs already is no reason against it");
    let report: Ended = live.expect(0, &["check", "--json"]);
    assert!(in_use(&report.json()).is_none(), "{report}");

    live.step("another project is told whose container it is");
    let mut other = live.beside(package("port-others", &format!("{port}:80"), ""));
    let found = text(&taken(&other)["found"]);
    for word in [&container, &live.package.project] {
        assert!(found.contains(word), "{found}");
    }
    live.step("and so is somebody who may not see other users' programs");
    as_nobody(&mut other);
    let found = text(&taken(&other)["found"]);
    assert!(found.contains(&container), "{found}");

    live.step("another service of the package is told that its own container has the port");
    let compose = live.package.path.join("docker-compose.yml");
    let renamed = fs_err::read_to_string(&compose).unwrap();
    let renamed = renamed.replace("  web:\n", "  front:\n");
    live.package.file("docker-compose.yml", &renamed);
    let found = text(&taken(&live)["found"]);
    assert!(
        found.contains(&container) && found.contains("this package"),
        "{found}"
    );
    as_nobody(&mut live);
    let found = text(&taken(&live)["found"]);
    assert!(
        found.contains(&container) && found.contains("this package"),
        "{found}"
    );
}
