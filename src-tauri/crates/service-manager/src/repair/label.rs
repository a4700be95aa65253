//! Labels of SELinux: read from files, given to exactly those that were looked at, and given back. No link is followed.

use super::admin::{PATIENCE, run, worked};
#[cfg(target_os = "linux")]
use super::is_gone;
use crate::error::Error;
use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
#[cfg(target_os = "linux")]
use std::{io, path::Path};

/// What containers may read and write (container-selinux; its older name is `svirt_sandbox_file_t`).
pub(crate) const KIND: &str = "container_file_t";
/// More is a matter for an administrator.
const MOST: usize = 20_000;
/// So many paths go on one command line.
const AT_A_TIME: usize = 200;

/// A file or folder with its whole label: `unconfined_u:object_r:user_home_t:s0`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Labelled {
    pub path: Utf8PathBuf,
    pub label: String,
}

/// Files that get the label of containers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Relabel {
    /// `chcon`, by its absolute name.
    pub program: Utf8PathBuf,
    pub before: Vec<Labelled>,
}

impl Relabel {
    /// How many files have which label, for people.
    pub(super) fn counts(&self) -> Vec<String> {
        let groups = self.by_label().into_iter();
        groups
            .map(|(label, paths)| format!("{label} ({})", paths.len()))
            .collect()
    }

    fn by_label(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for file in &self.before {
            let group = groups.entry(&file.label).or_default();
            group.push(file.path.as_str());
        }
        groups
    }

    pub(super) async fn make(&self) -> Result<(), Error> {
        let paths: Vec<&str> = self.before.iter().map(|it| it.path.as_str()).collect();
        self.call(&["--no-dereference", "--type", KIND], &paths)
            .await
    }

    pub(super) async fn take_back(&self) -> Result<(), Error> {
        for (label, paths) in self.by_label() {
            self.call(&["--no-dereference", label], &paths).await?;
        }
        Ok(())
    }

    async fn call(&self, how: &[&str], paths: &[&str]) -> Result<(), Error> {
        for some in paths.chunks(AT_A_TIME) {
            let mut there = still_there(some);
            while !there.is_empty() {
                let args = [how, &["--"], &there].concat();
                let done = run(self.program.as_str(), &args, PATIENCE).await?;
                let left = still_there(&there);
                if done.success() || left.len() == there.len() {
                    worked(&done, self.program.as_str())?;
                    break;
                }
                // Something went away before it was reached. To the others, once more does nothing.
                there = left;
            }
        }
        Ok(())
    }
}

fn still_there<'a>(paths: &[&'a str]) -> Vec<&'a str> {
    let paths = paths.iter().copied();
    paths
        .filter(|path| Utf8Path::new(path).symlink_metadata().is_ok())
        .collect()
}

/// Looks at everything below a folder that does not have the label of containers, on one file system; none when a label
/// cannot be read, or when there is too much.
#[cfg(target_os = "linux")]
pub(crate) fn unlabelled(folder: &Utf8Path) -> Option<Vec<Labelled>> {
    let below = walkdir::WalkDir::new(folder)
        .same_file_system(true)
        .follow_links(false);
    let mut found = Vec::new();
    for entry in below {
        let looked = entry.map_err(io::Error::from);
        let looked = looked.and_then(|entry| Ok((label(entry.path())?, entry.into_path())));
        let (label, path) = match looked {
            Err(error) if is_gone(&error) => continue,
            looked => looked.ok()?,
        };
        let path = Utf8PathBuf::from_path_buf(path).ok()?;
        if label.split(':').nth(2) != Some(KIND) {
            found.push(Labelled { path, label });
        }
        if found.len() > MOST {
            return None;
        }
    }
    Some(found)
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn unlabelled(_: &Utf8Path) -> Option<Vec<Labelled>> {
    None
}

/// Reads the label of a file itself.
#[cfg(target_os = "linux")]
fn label(path: &Path) -> io::Result<String> {
    let mut bytes = [0_u8; 512];
    let length = rustix::fs::lgetxattr(path, "security.selinux", &mut bytes)?;
    let text = std::str::from_utf8(&bytes[..length]).map_err(io::Error::other)?;
    Ok(text.trim_end_matches('\0').to_owned())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    /// Stands for the system's.
    fn chcon(root: &Utf8Path, script: &str) -> Utf8PathBuf {
        let program = root.join("chcon");
        fs_err::write(&program, format!("#!/bin/sh\ncd {root}\n{script}\n")).expect("written");
        let mode = std::fs::Permissions::from_mode(0o755);
        fs_err::set_permissions(&program, mode).expect("is ours");
        program
    }

    /// Only where this process is root: anybody else would be asked for a password.
    #[tokio::test]
    async fn what_was_looked_at_is_labelled_and_gets_its_old_label_back() {
        if !crate::repair::may_chown() {
            return;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
        let program = chcon(root, "echo \"$@\" >> said");
        let said = root.join("said");
        let before = [
            ("a", "u:o:user_home_t:s0"),
            ("b", "u:o:default_t:s0"),
            ("gone", "x"),
        ];
        for name in ["a", "b"] {
            fs_err::write(root.join(name), "").expect("written");
        }
        let relabel = Relabel {
            program,
            before: before
                .iter()
                .map(|(name, label)| Labelled {
                    path: root.join(name),
                    label: (*label).into(),
                })
                .collect(),
        };
        relabel.make().await.expect("labelled");
        let (a, b) = (root.join("a"), root.join("b"));
        let lines = || {
            fs_err::read_to_string(&said)
                .expect("said")
                .replace(root.as_str(), "")
        };
        assert_eq!(
            lines(),
            "--no-dereference --type container_file_t -- /a /b\n"
        );
        fs_err::remove_file(&said).expect("was said");
        relabel.take_back().await.expect("given back");
        assert!(a.exists() && b.exists());
        let said = lines();
        assert!(
            said.contains("--no-dereference u:o:user_home_t:s0 -- /a\n"),
            "{said}"
        );
        assert!(
            said.contains("--no-dereference u:o:default_t:s0 -- /b\n"),
            "{said}"
        );
        assert_eq!(relabel.counts().len(), 3);
    }

    #[tokio::test]
    async fn a_file_that_goes_away_while_it_is_labelled_keeps_nothing_from_the_others() {
        if !crate::repair::may_chown() {
            return;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
        let relabel = |script: &str| {
            let program = chcon(root, script);
            let before = ["a", "b"].map(|name| {
                fs_err::write(root.join(name), "").expect("written");
                let label = "u:o:default_t:s0".into();
                let path = root.join(name);
                Labelled { path, label }
            });
            Relabel {
                program,
                before: before.into(),
            }
        };
        let one_goes = relabel("test -e b && rm b && exit 1\ntouch a.labelled");
        one_goes.make().await.expect("labelled");
        assert!(root.join("a.labelled").exists());
        let all_go = relabel("rm a b && exit 1");
        all_go.make().await.expect("nothing is left to label");
        let refused = relabel("exit 1");
        assert!(matches!(refused.make().await, Err(Error::File { .. })));
    }
}
