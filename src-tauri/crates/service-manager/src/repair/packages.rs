//! Packages of this system, installed from files that lie beside a package, without any source of software.
//!
//! Before they are offered they are tried: the tool itself says whether they fit together, what is missing and what is
//! newer here already. apt orders packages as they need each other, which `dpkg --install *.deb` does not (python3 of
//! Debian 12 fails), and rpm does by itself. Nothing of it is fetched: apt is given no sources.

use crate::process::{self, Finished, Invocation};
use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Where such programs are, and nowhere else.
const PATH: &str = "/usr/sbin:/usr/bin:/sbin:/bin";
/// No sources, so nothing to fetch (`--no-download` would keep apt from its own path to a local file: "Pathname to install
/// is not absolute", apt 2.6.1); the cache of the system stays as it is; the resolver whose words are known (apt 3 brings
/// a second one); whoever else installs something just now is awaited.
const APT: &[&str] = &[
    "--no-remove",
    "--no-install-recommends",
    "--option=Dir::Etc::SourceList=/dev/null",
    "--option=Dir::Etc::SourceParts=/dev/null",
    "--option=Dir::Cache::pkgcache=",
    "--option=Dir::Cache::srcpkgcache=",
    "--option=APT::Solver=internal",
    "--option=DPkg::Lock::Timeout=120",
    "--option=Dpkg::Options::=--force-confdef",
    "--option=Dpkg::Options::=--force-confold",
];

/// A package that would be installed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Planned {
    /// Its file.
    pub file: Utf8PathBuf,
    /// Its name and what else a person should see.
    pub name: String,
    /// The version that is here; none when it is not.
    pub now: Option<String>,
    /// The version in the file, where the tool says it.
    pub after: Option<String>,
}

/// What came of trying, with nothing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trial {
    /// They can be installed. What is here already, in this version or a newer one, is left out.
    Fits(Vec<Planned>),
    /// What they need, and neither this computer nor the folder has: `runc (>= 1.0)`.
    Missing(Vec<String>),
    /// This computer has something in a version they cannot work with: they are for another release.
    Unfit {
        /// `libc6 (>= 2.38)`
        needs: String,
        /// `2.36-9+deb12u10`
        has: String,
    },
    /// Why not, in the tool's words.
    Refused(String),
}

/// Tries to install files, and changes nothing. Their names begin with those of their packages.
pub(crate) async fn try_out(program: &Utf8Path, files: &[Utf8PathBuf], limit: Duration) -> Trial {
    let mut files = files.to_vec();
    // What would become older is left out, and then something else may.
    for _ in 0..3 {
        let tried = run(program, trial(program, &files), limit).await;
        let finished = match tried {
            Ok(finished) => finished,
            Err(error) => return Trial::Refused(error.to_string()),
        };
        if is_rpm(program) {
            return rpm_said(&finished, &files);
        }
        let older = section(&finished.stdout, "DOWNGRADED:");
        if older.is_empty() {
            return apt_said(&finished, &files);
        }
        files.retain(|file| !older.contains(&name_of(file)));
    }
    Trial::Fits(Vec::new())
}

/// Returns the arguments that install: of `program`, which has to be run as administrator.
pub(super) fn installing(program: &Utf8Path, packages: &[Planned]) -> Vec<String> {
    let files = packages.iter().map(|it| it.file.to_string());
    let options: Vec<&str> = if is_rpm(program) {
        vec!["-U", "--"]
    } else {
        let yes = ["install", "--yes"].into_iter();
        yes.chain(APT.iter().copied()).chain(["--"]).collect()
    };
    options
        .into_iter()
        .map(str::to_owned)
        .chain(files)
        .collect()
}

fn trial(program: &Utf8Path, files: &[Utf8PathBuf]) -> Vec<String> {
    let options: Vec<&str> = if is_rpm(program) {
        vec!["-U", "--test", "--"]
    } else {
        let simulate = ["install", "--simulate"].into_iter();
        simulate.chain(APT.iter().copied()).chain(["--"]).collect()
    };
    let files = files.iter().map(|file| file.as_str());
    options
        .into_iter()
        .chain(files)
        .map(str::to_owned)
        .collect()
}

fn is_rpm(program: &Utf8Path) -> bool {
    program.file_name() == Some("rpm")
}

async fn run(
    program: &Utf8Path,
    args: Vec<String>,
    limit: Duration,
) -> Result<Finished, process::ProcessError> {
    let env: BTreeMap<String, String> = [("PATH", PATH), ("LC_ALL", "C")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
    let invocation = Invocation::new(program.as_str(), args, &env).within(limit);
    process::run(&invocation, &CancellationToken::new(), |_, _| ()).await
}

/// `docker.io` of `/stick/docker.io_20.10.24_amd64.deb`
fn name_of(file: &Utf8Path) -> &str {
    let name = file.file_name().unwrap_or_default();
    name.split('_').next().unwrap_or(name)
}

/// apt 2.6 (Debian 12), apt 3.0 (Debian 13).
fn apt_said(finished: &Finished, files: &[Utf8PathBuf]) -> Trial {
    if finished.success() {
        let planned = finished.stdout.lines().filter_map(installs);
        let fits = planned.filter_map(|(name, now, after)| {
            let file = files.iter().find(|file| name_of(file) == name)?;
            Some(Planned {
                file: file.clone(),
                name: name.to_owned(),
                now: now.map(str::to_owned),
                after: Some(after.to_owned()),
            })
        });
        return Trial::Fits(fits.collect());
    }
    // apt 3 writes them to standard error.
    let mut lines: Vec<&str> = finished.stdout.lines().collect();
    lines.extend(finished.stderr.iter().map(String::as_str));
    let mut missing: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (needs, but) in unmet(&lines) {
        if but.starts_with("it is not installable") || but.starts_with("it is not installed") {
            // `runc (>= 1.0)`, and the same again of who needs it less new.
            let (name, version) = match needs.split_once(" (") {
                Some((name, rest)) if !rest.contains(" | ") => (name, rest.trim_end_matches(')')),
                _ => (needs.as_str(), ""),
            };
            let versions = missing.entry(name.to_owned()).or_default();
            versions.extend((!version.is_empty()).then(|| version.to_owned()));
        } else if let Some((version, _)) = but.split_once(" is ")
            && version != "it"
        {
            return Trial::Unfit {
                has: version.to_owned(),
                needs,
            };
        }
    }
    if !missing.is_empty() {
        let words = missing.into_iter().map(|(name, versions)| {
            let versions: Vec<String> = versions.into_iter().collect();
            match versions[..] {
                [] => name,
                _ => format!("{name} ({})", versions.join(", ")),
            }
        });
        return Trial::Missing(words.collect());
    }
    let mut words: Vec<String> = finished
        .stderr
        .iter()
        .filter(|line| !line.starts_with("W: ") && !line.trim().is_empty())
        .map(|line| line.trim_start_matches("E: ").to_owned())
        .collect();
    let removed = section(&finished.stdout, "REMOVED:");
    if !removed.is_empty() {
        words.push(removed.join(" "));
    }
    Trial::Refused(words.join(" "))
}

/// `Inst libssl3 [3.0.15-1~deb12u1] (3.0.17-1~deb12u2 local-deb [amd64])`: name, version now, version after.
fn installs(line: &str) -> Option<(&str, Option<&str>, &str)> {
    let (name, rest) = line.strip_prefix("Inst ")?.split_once(' ')?;
    let (before, rest) = rest.split_once('(')?;
    let now = before.trim().trim_matches(['[', ']']);
    let after = rest.split([' ', ')']).next()?;
    Some((name, Some(now).filter(|it| !it.is_empty()), after))
}

/// Names in the indented lines below a title: `The following packages will be DOWNGRADED:`
fn section<'a>(output: &'a str, title: &str) -> Vec<&'a str> {
    let below = output
        .lines()
        .skip_while(|line| !line.trim_end().ends_with(title));
    below
        .skip(1)
        .take_while(|line| line.starts_with(' '))
        .flat_map(str::split_whitespace)
        .collect()
}

/// ` docker.io : Depends: runc (>= 1.0) but it is not installable`; of alternatives all but the last end with ` or`.
/// Answers what is needed and what speaks against it.
fn unmet(lines: &[&str]) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut goes_on = false;
    for line in lines {
        let needs = match line.split_once("Depends: ") {
            Some((before, needs)) if before.is_empty() || before.ends_with([' ', 'e']) => needs,
            None if goes_on => line.trim(),
            _ => continue,
        };
        let (needs, ends) = match needs.strip_suffix(" or") {
            Some(needs) => (needs, false),
            None => (needs, true),
        };
        let (needs, but) = needs.split_once(" but ").unwrap_or((needs, ""));
        let needs = needs.replace(":any", "");
        match found.last_mut() {
            Some((all, why)) if goes_on => {
                *all = format!("{all} | {needs}");
                but.clone_into(why);
            }
            _ => found.push((needs, but.to_owned())),
        }
        goes_on = !ends;
    }
    found
}

/// rpm 4.16 (RHEL 9): `container-selinux >= 2:2.74 is needed by docker-ce-3:26.1.4-1.el9.x86_64`.
fn rpm_said(finished: &Finished, files: &[Utf8PathBuf]) -> Trial {
    if finished.success() {
        let planned = files.iter().map(|file| Planned {
            file: file.clone(),
            name: file.file_name().unwrap_or_default().to_owned(),
            now: None,
            after: None,
        });
        return Trial::Fits(planned.collect());
    }
    let needs = |line: &String| {
        let (needs, _) = line.trim().split_once(" is needed by ")?;
        Some(needs.to_owned())
    };
    let missing: BTreeSet<String> = finished.stderr.iter().filter_map(needs).collect();
    if missing.is_empty() {
        return Trial::Refused(finished.stderr.join(" "));
    }
    Trial::Missing(missing.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(code: i32, stdout: &str, stderr: &str) -> Finished {
        Finished {
            code: Some(code),
            stdout: stdout.to_owned(),
            stdout_cut: false,
            stderr: stderr.lines().map(str::to_owned).collect(),
        }
    }

    fn files(names: &[&str]) -> Vec<Utf8PathBuf> {
        let path = |name: &&str| Utf8Path::new("/stick/my debs").join(name);
        names.iter().map(path).collect()
    }

    #[test]
    fn what_apt_would_do_is_shown_with_both_versions_and_nothing_else_is_done() {
        let all = files(&["runc_1.1_amd64.deb", "libssl3_3_amd64.deb", "old_1_all.deb"]);
        let said = "Inst libssl3 [3.0.15-1~deb12u1] (3.0.17-1~deb12u2 local-deb [amd64])\n\
             Inst runc (1.1.5+ds1-1+deb12u1 local-deb [amd64])\nConf runc (1.1.5)\n";
        let Trial::Fits(planned) = apt_said(&ended(0, said, ""), &all) else {
            panic!("fits")
        };
        assert_eq!(planned.len(), 2);
        assert_eq!(planned[0].file, all[1]);
        assert_eq!(planned[0].now.as_deref(), Some("3.0.15-1~deb12u1"));
        assert_eq!(planned[0].after.as_deref(), Some("3.0.17-1~deb12u2"));
        assert_eq!(planned[1].now, None);
        let apt = installing(Utf8Path::new("/usr/bin/apt-get"), &planned);
        assert_eq!(apt.last().map(String::as_str), Some(all[0].as_str()));
        assert!(apt.iter().all(|word| !word.contains("old_1")), "{apt:?}");
    }

    /// apt 2.6.1, Debian 12, with four of 64 files.
    #[test]
    fn what_is_missing_is_named_as_apt_names_it() {
        let said = "The following packages have unmet dependencies:\n \
            containerd : Depends: runc (>= 0.1.0~) but it is not installable\n \
            docker-compose : Depends: python3-cached-property (>= 1.2.0) but it is not installable or\n                           \
            python3 (> 3.8) but it is not installable\n                  \
            Depends: python3:any but it is not installable\n                  \
            Depends: runc (>= 1.0.0~rc8~) but it is not installable\n \
            python3-minimal : PreDepends: python3.11-minimal (>= 3.11.2-1~) but it is not installable\n";
        let finished = ended(
            100,
            said,
            "E: Unable to correct problems, you have held broken packages.",
        );
        assert_eq!(
            apt_said(&finished, &[]),
            Trial::Missing(
                [
                    "python3",
                    "python3-cached-property (>= 1.2.0) | python3 (> 3.8)",
                    "python3.11-minimal (>= 3.11.2-1~)",
                    "runc (>= 0.1.0~, >= 1.0.0~rc8~)"
                ]
                .map(str::to_owned)
                .into()
            )
        );
    }

    #[test]
    fn files_of_another_release_and_refusals_are_told_apart() {
        let said = " docker.io : Depends: libc6 (>= 2.38) but 2.36-9+deb12u10 is to be installed\n             \
            Depends: runc but it is not installable\n";
        assert_eq!(
            apt_said(&ended(100, said, ""), &[]),
            Trial::Unfit {
                needs: "libc6 (>= 2.38)".into(),
                has: "2.36-9+deb12u10".into()
            }
        );
        let said = "The following packages will be REMOVED:\n  podman-docker\n";
        let finished = ended(
            100,
            said,
            "E: Packages need to be removed but remove is disabled.",
        );
        assert_eq!(
            apt_said(&finished, &[]),
            Trial::Refused(
                "Packages need to be removed but remove is disabled. podman-docker".into()
            )
        );
        let said = "The following packages will be DOWNGRADED:\n  libc6 libssl3\nInst a (1 b)\n";
        assert_eq!(section(said, "DOWNGRADED:"), ["libc6", "libssl3"]);
    }

    #[test]
    fn rpm_names_what_is_missing_too() {
        let said = "error: Failed dependencies:\n\
            \tcontainer-selinux >= 2:2.74 is needed by docker-ce-3:26.1.4-1.el9.x86_64\n\
            \tlibcgroup is needed by docker-ce-3:26.1.4-1.el9.x86_64\n";
        assert_eq!(
            rpm_said(&ended(2, "", said), &[]),
            Trial::Missing(
                ["container-selinux >= 2:2.74", "libcgroup"]
                    .map(str::to_owned)
                    .into()
            )
        );
        let all = files(&["docker-ce-26.1.4-1.el9.x86_64.rpm"]);
        assert!(matches!(rpm_said(&ended(0, "", ""), &all), Trial::Fits(it) if it.len() == 1));
    }

    /// Nothing is installed: the file is no package, and trying says so.
    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn what_is_no_package_is_refused() {
        let apt = Utf8Path::new("/usr/bin/apt-get");
        if !apt.exists() {
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let folder = Utf8Path::from_path(folder.path()).unwrap();
        let file = folder.join("docker-ce_1_amd64.deb");
        fs_err::write(&file, "no package").unwrap();
        let said = try_out(apt, &[file], Duration::from_secs(20)).await;
        assert!(matches!(said, Trial::Refused(why) if !why.is_empty()));
    }
}
