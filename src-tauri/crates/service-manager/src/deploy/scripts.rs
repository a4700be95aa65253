//! Scripts that lost their executable bit on the way (a USB stick, a zip file): only those that are mounted or
//! executed, only inside the package, and only the bit.

use super::observe::ScriptObserved;
use crate::compose::project::{BindMount, Project, Service};
use crate::error::Error;
use crate::repair::{Change, mode};
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use std::collections::BTreeSet;
use std::io::Read;

/// Finds scripts without the executable bit.
pub(super) fn observe(project: &Project) -> Vec<ScriptObserved> {
    let root = project
        .directory
        .canonicalize_utf8()
        .unwrap_or_else(|_| project.directory.clone());
    project
        .active_services()
        .flat_map(candidates)
        .collect::<BTreeSet<_>>()
        .into_iter()
        // A link is judged by where it leads, and out of the package is out of bounds.
        .filter_map(|path| path.canonicalize_utf8().ok())
        .filter(|path| path.starts_with(&root))
        .filter(|path| lacks_bit(path) && has_shebang(path))
        .map(|path| ScriptObserved {
            ours: may_change(&path),
            path,
        })
        .collect()
}

/// Mounted files, and files in mounted directories that entrypoint or command name.
fn candidates(service: &Service) -> Vec<Utf8PathBuf> {
    let mounted = service.bind_mounts.iter().map(|mount| &mount.source);
    let mut found: Vec<Utf8PathBuf> = mounted.filter(|path| !path.is_dir()).cloned().collect();
    found.extend(named(service));
    found
}

/// Files of this computer that entrypoint or command name.
pub(super) fn named(service: &Service) -> Vec<Utf8PathBuf> {
    service
        .entrypoint
        .iter()
        .chain(&service.command)
        // `sh -c "/scripts/init.sh && ..."`: words inside words
        .flat_map(|word| word.split([' ', '\t', '\n', ';', '&', '|', '"', '\'']))
        .filter_map(|word| on_this_computer(service, word))
        .collect()
}

/// Returns where a path of the container lies on this computer, if it is mounted from there.
pub(super) fn on_this_computer(service: &Service, path: &str) -> Option<Utf8PathBuf> {
    let path = Utf8Path::new(path).strip_prefix("/").ok()?;
    let below = |mount: &&BindMount| path.starts_with(mount.target.trim_start_matches('/'));
    let mounts = service.bind_mounts.iter().filter(below);
    let mount = mounts.max_by_key(|mount| mount.target.len())?;
    let rest = path
        .strip_prefix(mount.target.trim_start_matches('/'))
        .ok()?;
    Some(if rest.as_str().is_empty() {
        mount.source.clone()
    } else {
        mount.source.join(rest)
    })
}

fn has_shebang(path: &Utf8Path) -> bool {
    let mut start = [0; 2];
    fs::File::open(path)
        .and_then(|mut file| file.read_exact(&mut start))
        .is_ok()
        && &start == b"#!"
}

#[cfg(unix)]
fn lacks_bit(path: &Utf8Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 == 0)
}

#[cfg(unix)]
pub(super) fn may_change(path: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    // Only the owner and root may change a mode (chmod(2)); our own id is that of a file of ours.
    let own = fs::metadata("/proc/self").map(|meta| meta.uid());
    match (own, fs::metadata(path)) {
        (Ok(own), Ok(meta)) => own == 0 || own == meta.uid(),
        _ => true,
    }
}

/// Windows has no such bit: Docker Desktop shows every file as executable.
#[cfg(not(unix))]
const fn lacks_bit(_: &Utf8Path) -> bool {
    false
}

#[cfg(not(unix))]
pub(super) const fn may_change(_: &Utf8Path) -> bool {
    true
}

/// Returns what adding the executable bit changes: whoever may read may execute, nothing else of the mode changes.
pub(super) fn change(path: &Utf8Path) -> Result<Change, Error> {
    let before = mode(path)?;
    Ok(Change::Mode {
        path: path.to_owned(),
        before,
        after: before | (before & 0o444) >> 2,
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::api::package::MountKind;
    use std::os::unix::fs::PermissionsExt;

    fn mount(source: &Utf8Path, target: &str) -> BindMount {
        BindMount {
            source: source.to_owned(),
            target: target.into(),
            read_only: true,
            kind: MountKind::File,
            exists: true,
            image_has: None,
        }
    }

    #[test]
    fn only_mounted_or_executed_scripts_inside_the_package_get_the_bit() {
        let folder = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        let foreign = Utf8Path::from_path(outside.path()).unwrap().join("x.sh");
        for (name, text) in [
            ("entry.sh", "#!/bin/sh\n"),
            ("app.conf", "key = 1\n"),
            ("scripts/init.sh", "#!/bin/sh\n"),
            ("scripts/other.sh", "#!/bin/sh\n"),
        ] {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        }
        fs::write(&foreign, "#!/bin/sh\n").unwrap();
        let service = Service {
            name: "web".into(),
            active: true,
            replicas: 1,
            entrypoint: vec![
                "/bin/sh".into(),
                "-c".into(),
                "/scripts/init.sh 2>&1 | tee /log".into(),
            ],
            bind_mounts: vec![
                mount(&root.join("entry.sh"), "/entry.sh"),
                mount(&root.join("app.conf"), "/app.conf"),
                mount(&root.join("scripts"), "/scripts"),
                mount(&foreign, "/x.sh"),
            ],
            ..Service::default()
        };
        let project = Project {
            name: "demo".into(),
            directory: root.to_owned(),
            files: Vec::new(),
            services: vec![service],
            external_networks: Vec::new(),
            external_volumes: Vec::new(),
            preview: false,
            ..Project::default()
        };
        let found = observe(&project);
        let names: Vec<&str> = found
            .iter()
            .filter_map(|script| script.path.file_name())
            .collect();
        assert_eq!(names, ["entry.sh", "init.sh"]);
        let Change::Mode { before, after, .. } = change(&found[0].path).unwrap() else {
            panic!("only the mode changes");
        };
        assert_eq!(
            (before, after),
            (0o640, 0o750),
            "whoever may read may execute, nobody else"
        );
    }
}
