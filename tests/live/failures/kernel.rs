//! Settings of the kernel, which everything on this computer shares: from a program that they stop, through the fix, to
//! a program that runs, and back. What was found is put back whatever happens.

use super::servers::Server;
use super::{compose, first, load, looked_at, until_something_is_wrong};
use camino::Utf8PathBuf;
use fs_err::File;
use tests::live::{Live, states, text};
use tests::package::Package;

/// One setting, as it was found. Other runs of these tests on this computer wait for it.
struct Setting {
    place: &'static str,
    found: String,
    kept_in: Utf8PathBuf,
    _turn: File,
}

impl Setting {
    /// Takes a setting for the test of this package.
    fn of(place: &'static str, live: &Live) -> Self {
        let turn = File::create(std::env::temp_dir().join("quayside-kernel-tests.lock")).unwrap();
        turn.file().lock().unwrap();
        Self {
            place,
            found: fs_err::read_to_string(place).unwrap(),
            kept_in: format!("/etc/sysctl.d/99-quayside-{}.conf", live.package.project).into(),
            _turn: turn,
        }
    }

    fn value(&self) -> u64 {
        let text = fs_err::read_to_string(self.place).unwrap();
        text.trim().parse().unwrap()
    }

    fn set(&self, value: u64) {
        fs_err::write(self.place, value.to_string()).unwrap();
    }

    /// Fails unless the setting is this now, and will be after a restart.
    #[track_caller]
    fn is_kept(&self, name: &str, value: u64) {
        assert_eq!(self.value(), value, "{name}");
        let kept = fs_err::read_to_string(&self.kept_in).unwrap();
        assert_eq!(kept, format!("{name} = {value}\n"));
    }

    /// Takes the fix back, and fails unless nothing is left of it.
    #[track_caller]
    fn goes_back_to(&self, live: &Live, value: u64) {
        live.step("and back");
        live.expect(0, &["undo", "--json"]);
        assert_eq!(self.value(), value);
        assert!(!self.kept_in.exists(), "{} is still there", self.kept_in);
    }
}

impl Drop for Setting {
    fn drop(&mut self) {
        let _ = fs_err::write(self.place, &self.found);
        let _ = fs_err::remove_file(&self.kept_in);
    }
}

/// Makes the fix that is offered first, which asks for an agreement, and expects services that run.
#[track_caller]
fn solved(live: &Live, id: &str) {
    let shown = looked_at(live);
    assert_eq!(shown[0]["fixes"][0]["id"], id, "{shown:#}");
    assert_eq!(shown[0]["fixes"][0]["risk"], "confirm", "{shown:#}");
    assert_eq!(shown[0]["fixes"][0]["undoable"], true, "{shown:#}");
    live.expect(2, &["fix", id, "--json"]);
    live.step("the fix");
    crate::fixes::well(&live.expect(0, &["fix", id, "--yes", "--json"]));
}

/// Has the engine, and the computer, to itself: `cargo xtask test` runs these after the others.
mod alone {
    use super::*;

    /// What Elasticsearch, OpenSearch and SonarQube do before they start.
    const SEARCH: &str = r#"
version: "3.7"
services:
  search:
    image: ${IMAGE}
    command:
      - sh
      - -c
      - |
        now=$$(cat /proc/sys/vm/max_map_count)
        [ "$$now" -ge 262144 ] && exec forever
        echo "ERROR: [1] bootstrap checks failed"
        echo "[1]: max virtual memory areas vm.max_map_count [$$now] is too low, increase to at least [262144]"
        exit 78
"#;

    #[test]
    #[ignore = "a setting of the whole computer; cargo xtask matrix"]
    fn host_vm_max_map_count() {
        let live = Live::alone(Package::with_image("map-count", SEARCH));
        let setting = Setting::of("/proc/sys/vm/max_map_count", &live);
        // What a kernel begins with (proc_sys_vm(5)).
        setting.set(65530);
        let ended = live.cli(&["deploy", "--json", "--wait-timeout", "20"]);
        assert_ne!(ended.code, 0, "{ended}");
        first(
            &looked_at(&live),
            "host.vm_max_map_count",
            Some("search"),
            "vm.max_map_count [65530] is too low",
        );
        solved(&live, "host.vm_max_map_count:vm.max_map_count");
        assert_eq!(states(&live.status()), ["search=running"]);
        setting.is_kept("vm.max_map_count", 262_144);
        setting.goes_back_to(&live, 65530);
    }

    /// Two real watchers of files whose user may have no more of them. Root's limits are its own.
    #[test]
    #[ignore = "a setting of the whole computer; cargo xtask matrix"]
    fn host_inotify_limit_of_instances() {
        watched(
            "inotify-instances",
            ("/proc/sys/fs/inotify/max_user_instances", 20),
            "for each in $$(seq 25); do inotifywait -q -m /tmp & done; sleep 1; exec inotifywait -m /tmp",
            "Too many open files",
            ("fs.inotify.max_user_instances", 1024),
        );
    }

    #[test]
    #[ignore = "a setting of the whole computer; cargo xtask matrix"]
    fn host_inotify_limit_of_watches() {
        watched(
            "inotify-watches",
            ("/proc/sys/fs/inotify/max_user_watches", 2000),
            "mkdir -p /tmp/all && cd /tmp/all && mkdir -p $$(seq 3000) && exec inotifywait -m -r /tmp/all",
            "upper limit on inotify watches reached",
            ("fs.inotify.max_user_watches", 524_288),
        );
    }

    #[track_caller]
    fn watched(
        name: &str,
        (place, low): (&'static str, u64),
        script: &str,
        says: &str,
        (setting, after): (&str, u64),
    ) {
        let compose = format!(
            "version: '3.7'\nservices:\n  watcher:\n    image: ${{IMAGE}}\n    user: \"4242:4242\"\n    command: [\"sh\", \"-c\", \"{script}\"]\n"
        );
        let live = Live::alone(Package::new(name, &compose));
        Server::Inotify.load(&live);
        let kept = Setting::of(place, &live);
        kept.set(low);
        compose_up(&live);
        let found = until_something_is_wrong(&live);
        first(&found, "host.inotify_limit", Some("watcher"), says);
        solved(&live, &format!("host.inotify_limit:{setting}"));
        assert_eq!(states(&live.status()), ["watcher=running"]);
        kept.is_kept(setting, after);
        kept.goes_back_to(&live, low);
    }

    fn compose_up(live: &Live) {
        let (content, said) = compose(live, &["up", "-d"]);
        assert!(content, "{said}");
    }

    /// The kernel gives nobody more open files than this. Beyond its own limit an engine gives them only where it has
    /// CAP_SYS_RESOURCE (capabilities(7)); elsewhere it goes on refusing, and what did not help does not stay.
    #[test]
    #[ignore = "a setting of the whole computer; cargo xtask matrix"]
    fn limit_nofile_of_the_kernel() {
        let live = Live::alone(Package::with_image("nr-open", "services: {}\n"));
        let setting = Setting::of("/proc/sys/fs/nr_open", &live);
        let (now, wanted) = (setting.value(), setting.value() * 2);
        live.package.file(
            "docker-compose.yml",
            &format!(
                "version: '3.7'\nservices:\n  store:\n    image: ${{IMAGE}}\n    ulimits:\n      nofile: {wanted}\n"
            ),
        );
        load(&live);
        let (content, said) = compose(&live, &["up", "-d"]);
        assert!(!content, "{said}");
        first(
            &looked_at(&live),
            "limit.nofile",
            Some("store"),
            "setting rlimit",
        );
        let id = "limit.nofile:fs.nr_open";
        if gives(&live, now) {
            solved(&live, id);
            assert_eq!(states(&live.status()), ["store=running"]);
            setting.is_kept("fs.nr_open", wanted);
            setting.goes_back_to(&live, now);
        } else {
            refused(&live, id);
            assert_eq!(setting.value(), now);
            assert!(!setting.kept_in.exists(), "{} stays", setting.kept_in);
        }
    }

    /// A program that wants more open files than the engine may give.
    #[test]
    #[ignore = "a setting of the whole computer; cargo xtask matrix"]
    fn limit_nofile_of_the_engine() {
        let live = Live::alone(Package::with_image("files-refused", "services: {}\n"));
        let setting = Setting::of("/proc/sys/fs/nr_open", &live);
        let wanted = setting.value();
        live.package.file(
            "docker-compose.yml",
            &format!(
                r#"
version: "3.7"
services:
  search:
    image: ${{IMAGE}}
    command:
      - sh
      - -c
      - |
        now=$$(ulimit -n)
        [ "$$now" -ge {wanted} ] && exec forever
        echo "max file descriptors [$$now] for elasticsearch process is too low, increase to at least [{wanted}]"
        exit 78
    ulimits:
      nofile: {{soft: 1024, hard: 1024}}
"#
            ),
        );
        let ended = live.cli(&["deploy", "--json", "--wait-timeout", "20"]);
        assert_ne!(ended.code, 0, "{ended}");
        let files = || {
            let mut names: Vec<String> = live
                .package
                .path
                .read_dir_utf8()
                .unwrap()
                .map(|it| it.unwrap().file_name().to_owned())
                .collect();
            names.sort();
            names
        };
        let before = files();
        let id = format!("limit.nofile:search:{wanted}");
        if gives(&live, wanted) {
            solved(&live, &id);
        } else {
            refused(&live, &id);
            assert_eq!(files(), before, "nothing of it stays in the package");
        }
    }
}

/// Whether the engine can give so many open files.
fn gives(live: &Live, files: u64) -> bool {
    let limit = format!("nofile={files}:{files}");
    let image = live.package.image();
    let run = ["run", "--rm", "--ulimit", &limit, &image, "true"];
    live.try_docker(&run).is_ok()
}

/// Makes a fix that the engine does not start anything with, and expects that it was put back and that this is said.
#[track_caller]
fn refused(live: &Live, id: &str) {
    live.step("the fix, which the engine refuses");
    let ended = live.expect(1, &["fix", id, "--yes", "--json"]);
    let last = ended
        .events()
        .into_iter()
        .find(|(_, it)| it["type"] == "step-finished" && it["step"] == "recheck");
    let said = text(&last.unwrap().1["message"]);
    assert!(
        said.contains("refused") && said.contains("put back"),
        "{said}"
    );
    let finished = ended.finished();
    assert_eq!(finished["outcome"], "failed", "{ended}");
    assert_eq!(finished["repair"]["fix"]["undoable"], false, "{ended}");
    assert_eq!(finished["repair"]["after"][0]["state"], "block", "{ended}");
    live.expect(1, &["undo", "--json"]);
}
