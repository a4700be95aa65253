//! A second engine beside the one under test, of the same generation, for what would spoil that one.

use super::run;
use camino::{Utf8Path, Utf8PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tests::live::eventually;

/// An engine in a folder; ended when dropped.
pub(crate) struct SecondEngine {
    folder: Utf8PathBuf,
    child: Child,
    mounted: Option<Utf8PathBuf>,
    log: Utf8PathBuf,
}

impl SecondEngine {
    /// Starts one that must not start, and returns what it wrote.
    #[track_caller]
    pub(crate) fn fails(folder: &Utf8Path, flags: &[&str]) -> String {
        let place = Utf8PathBuf::from(format!("{folder}/second"));
        fs_err::create_dir_all(&place).unwrap();
        let own = own_flags(&place);
        fs_err::write(place.join("daemon.json"), "{}").unwrap();
        let mut words = vec!["timeout", "--signal=KILL", "30"];
        words.extend(APART);
        let has = |flag: &str| flags.iter().any(|it| it.starts_with(flag));
        words.extend(own.iter().map(String::as_str).filter(|flag| {
            !(flag.starts_with("--host") && has("--host")
                || flag.starts_with("--config-file") && has("--config-file"))
        }));
        words.extend(flags);
        let (content, said) = run("/".into(), &[], &words);
        end_containerd(&place);
        assert!(!content, "{said}");
        said
    }

    /// Starts one, with its data on a file system in memory that is mounted with these options.
    pub(crate) fn start(
        folder: &Utf8Path,
        memory: Option<&str>,
        settings: &str,
        variables: &[(&str, &str)],
    ) -> Self {
        let place = folder.join("e2");
        let data = place.join("data");
        fs_err::create_dir_all(&data).unwrap();
        if let Some(options) = memory {
            let mount = [
                "mount",
                "-t",
                "tmpfs",
                "-o",
                options,
                "tmpfs",
                data.as_str(),
            ];
            let (content, said) = run("/".into(), &[], &mount);
            assert!(content, "{said}");
        }
        fs_err::write(place.join("daemon.json"), settings).unwrap();
        let log = place.join("log");
        let out = fs_err::File::create(&log).unwrap().into_parts().0;
        #[allow(clippy::disallowed_methods)] // a test is no product
        let child = Command::new(APART[0])
            .args(&APART[1..])
            .args(own_flags(&place))
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stdout(out.try_clone().unwrap())
            .stderr(out)
            .spawn()
            .unwrap();
        let engine = Self {
            mounted: memory.map(|_| data),
            folder: place,
            child,
            log,
        };
        eventually(
            &format!("a second engine, {}", engine.log),
            Duration::from_secs(30),
            || engine.docker(&["version"]).0.then_some(()),
        );
        engine
    }

    pub(crate) fn host(&self) -> String {
        format!("unix://{}/docker.sock", self.folder)
    }

    /// Runs the client on it.
    pub(crate) fn docker(&self, args: &[&str]) -> (bool, String) {
        let host = self.host();
        run(
            "/".into(),
            &[("DOCKER_HOST", &host)],
            &[&["docker"], args].concat(),
        )
    }
}

impl Drop for SecondEngine {
    fn drop(&mut self) {
        let _ = run("/".into(), &[], &["kill", &self.child.id().to_string()]);
        let _ = self.child.wait();
        end_containerd(&self.folder);
        if let Some(mounted) = &self.mounted {
            let _ = run("/".into(), &[], &["umount", "--lazy", mounted.as_str()]);
        }
    }
}

/// In a network of its own: an engine without a bridge takes away that of the engine beside it.
const APART: &[&str] = &[
    "unshare",
    "--net",
    "sh",
    "-c",
    "ip link set lo up; exec dockerd \"$@\"",
    "sh",
];

/// It touches nothing of the first: no rules, no bridge, everything in its folder.
fn own_flags(place: &Utf8Path) -> Vec<String> {
    vec![
        format!("--config-file={place}/daemon.json"),
        format!("--data-root={place}/data"),
        format!("--exec-root={place}/exec"),
        format!("--pidfile={place}/pid"),
        format!("--host=unix://{place}/docker.sock"),
        "--bridge=none".into(),
        "--iptables=false".into(),
        "--ip6tables=false".into(),
    ]
}

/// An engine that ends badly leaves the containerd that it started.
fn end_containerd(place: &Utf8Path) {
    let pid = place.join("exec/containerd/containerd.pid");
    if let Ok(pid) = fs_err::read_to_string(pid) {
        let _ = run("/".into(), &[], &["kill", pid.trim()]);
    }
    let _ = run(
        "/".into(),
        &[],
        &[
            "sh",
            "-c",
            &format!("umount {place}/data/* {place}/exec/* 2>/dev/null"),
        ],
    );
}
