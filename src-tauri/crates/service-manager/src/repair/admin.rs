//! What only an administrator may change: settings of the kernel, what starts with the computer, installed packages.
//! Done directly as root, else through polkit, which asks the person for a password in its own window. Programs are
//! called by their absolute names with lists of arguments, and nothing they could read from a network is asked for.

use super::files;
use super::label::{KIND, Relabel};
use super::packages::{self, Planned};
use crate::api::check::FixChange;
use crate::error::Error;
use crate::host::kernel;
use crate::host::system::{self, Admin};
use crate::process::{self, Finished, Invocation};
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// A person may take a while to type a password.
pub(super) const PATIENCE: Duration = Duration::from_mins(5);
/// Unpacking a few hundred megabytes on a slow disk.
const INSTALLING: Duration = Duration::from_mins(15);
/// Where such programs are, and nowhere else.
const PATH: &str = "/usr/sbin:/usr/bin:/sbin:/bin";

/// One such change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum AdminChange {
    /// A setting of the kernel, now and after a restart: `vm.max_map_count`, and the file that keeps it.
    Sysctl {
        setting: String,
        before: u64,
        after: u64,
        file: Utf8PathBuf,
        file_before: Option<Vec<u8>>,
        file_after: Vec<u8>,
    },
    /// A unit of systemd starts with the computer.
    EnableUnit { unit: String },
    /// Files get the label of SELinux by which containers may use them.
    Relabel { relabel: Relabel },
    /// A unit of systemd is started now. To stop it again would stop what others have started with it since.
    StartUnit { unit: String },
    /// Packages of this system, from files; it cannot be taken back.
    InstallPackages {
        /// `apt-get` or `rpm`, by its absolute name.
        program: Utf8PathBuf,
        packages: Vec<Planned>,
    },
}

impl AdminChange {
    /// Returns what it changes, for people.
    pub(super) fn view(&self) -> Vec<FixChange> {
        let change = |place: &str, now: Option<String>, after: String| FixChange {
            place: place.to_owned(),
            now,
            after: Some(after),
        };
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end().to_owned();
        match self {
            Self::Sysctl {
                setting,
                before,
                after,
                file,
                file_before,
                file_after,
            } => vec![
                change(setting, Some(before.to_string()), after.to_string()),
                change(
                    file.as_str(),
                    file_before.as_deref().map(text),
                    text(file_after),
                ),
            ],
            Self::EnableUnit { unit } | Self::StartUnit { unit } => {
                vec![change("systemd", None, unit.clone())]
            }
            Self::Relabel { relabel } => relabel
                .counts()
                .into_iter()
                .map(|now| change("SELinux", Some(now), KIND.to_owned()))
                .collect(),
            Self::InstallPackages { packages, .. } => packages
                .iter()
                .map(|it| FixChange {
                    place: it.name.clone(),
                    now: it.now.clone(),
                    after: it.after.clone(),
                })
                .collect(),
        }
    }

    pub(super) const fn is_undoable(&self) -> bool {
        !matches!(self, Self::InstallPackages { .. } | Self::StartUnit { .. })
    }

    pub(super) async fn make(&self) -> Result<(), Error> {
        match self {
            Self::Sysctl {
                setting,
                before,
                after,
                file,
                file_before,
                file_after,
            } => {
                set(setting, *before, *after).await?;
                keep(file, file_before.as_deref(), Some(file_after)).await
            }
            Self::EnableUnit { unit } => {
                let done = run("/usr/bin/systemctl", &["enable", "--", unit], PATIENCE).await?;
                worked(&done, unit)
            }
            Self::Relabel { relabel } => relabel.make().await,
            Self::StartUnit { unit } => {
                let done = run("/usr/bin/systemctl", &["start", "--", unit], PATIENCE).await?;
                worked(&done, unit)
            }
            Self::InstallPackages { program, packages } => install(program, packages).await,
        }
    }

    pub(super) async fn take_back(&self) -> Result<(), Error> {
        match self {
            Self::Sysctl {
                setting,
                before,
                after,
                file,
                file_before,
                file_after,
            } => {
                keep(file, Some(file_after), file_before.as_deref()).await?;
                set(setting, *after, *before).await
            }
            Self::EnableUnit { unit } => {
                let done = run("/usr/bin/systemctl", &["disable", "--", unit], PATIENCE).await?;
                worked(&done, unit)
            }
            Self::Relabel { relabel } => relabel.take_back().await,
            Self::InstallPackages { .. } | Self::StartUnit { .. } => Ok(()),
        }
    }
}

/// Returns a file of settings with one of them set; other lines stay.
pub(crate) fn with_setting(before: Option<&[u8]>, setting: &str, value: u64) -> Vec<u8> {
    let text = String::from_utf8_lossy(before.unwrap_or_default()).into_owned();
    let is_other = |line: &&str| line.split('=').next().map(str::trim) != Some(setting);
    let mut lines: Vec<String> = text.lines().filter(is_other).map(str::to_owned).collect();
    lines.push(format!("{setting} = {value}"));
    lines
        .join("\n")
        .into_bytes()
        .into_iter()
        .chain(*b"\n")
        .collect()
}

/// Sets a setting of the kernel, unless it is not what was expected. What is already as wanted is fine.
async fn set(setting: &str, expected: u64, wanted: u64) -> Result<(), Error> {
    let place = kernel::place(setting);
    let failed = |error: &std::io::Error| Error::file(place.as_str(), error);
    let found = fs::read_to_string(&place).map_err(|error| failed(&error))?;
    let found: Option<u64> = found.trim().parse().ok();
    if found == Some(wanted) {
        return Ok(());
    }
    if found != Some(expected) {
        return Err(Error::ChangedMeanwhile { path: place });
    }
    let pair = format!("{setting}={wanted}");
    let program = ["/usr/sbin/sysctl", "/sbin/sysctl"]
        .into_iter()
        .find(|path| Utf8Path::new(path).exists());
    match program {
        Some(program) => worked(&run(program, &["-q", "-w", &pair], PATIENCE).await?, &place),
        // It is a file like others to root.
        None => fs::write(&place, wanted.to_string()).map_err(|error| failed(&error)),
    }
}

/// Replaces a file outside the package; `None` is no file.
async fn keep(
    path: &Utf8Path,
    expected: Option<&[u8]>,
    wanted: Option<&[u8]>,
) -> Result<(), Error> {
    if system::look().admin == Admin::Root {
        return files::replace(path, expected, wanted);
    }
    let found = fs::read(path).ok();
    if found.as_deref() == wanted {
        return Ok(());
    }
    if found.as_deref() != expected {
        return Err(Error::ChangedMeanwhile {
            path: path.to_string(),
        });
    }
    let Some(wanted) = wanted else {
        let done = run("/usr/bin/rm", &["--", path.as_str()], PATIENCE).await?;
        return worked(&done, path.as_str());
    };
    // Read by another user: not in a folder that only we may enter.
    let failed = |error: std::io::Error| Error::file(path.as_str(), &error);
    let folder = Utf8PathBuf::from("/tmp");
    let name = format!("quayside-{}-{:x}", std::process::id(), wanted.len());
    let draft = folder.join(name);
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&draft)
        .map_err(failed)?;
    std::io::Write::write_all(&mut file, wanted).map_err(failed)?;
    let args = ["-m", "644", "--", draft.as_str(), path.as_str()];
    let done = run("/usr/bin/install", &args, PATIENCE).await;
    let _ = fs::remove_file(&draft);
    worked(&done?, path.as_str())
}

/// As a question to nobody: what a package would ask at its installation has an answer of its own.
async fn install(program: &Utf8Path, packages: &[Planned]) -> Result<(), Error> {
    let mut args = vec![
        "DEBIAN_FRONTEND=noninteractive".to_owned(),
        program.to_string(),
    ];
    args.extend(packages::installing(program, packages));
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    worked(
        &run("/usr/bin/env", &args, INSTALLING).await?,
        program.as_str(),
    )
}

fn unstarted(program: &Utf8Path, error: process::ProcessError) -> Error {
    Error::File {
        path: program.to_string(),
        reason: error.to_string(),
    }
}

/// Runs a program as administrator. polkit asks in its window or not at all: a question in the terminal would be put to
/// a process group that cannot read the answer.
pub(super) async fn run(program: &str, args: &[&str], limit: Duration) -> Result<Finished, Error> {
    let args = args.iter().map(|word| (*word).to_owned());
    let admin = system::look().admin;
    let invocation = match &admin {
        Admin::Root => plain(program, args.collect()),
        Admin::Polkit(polkit) => {
            let first = ["--disable-internal-agent", program].map(str::to_owned);
            plain(polkit.as_str(), first.into_iter().chain(args).collect())
        }
        Admin::None => {
            return Err(Error::Permission {
                path: program.to_owned(),
            });
        }
    };
    let finished = process::run(
        &invocation.within(limit),
        &CancellationToken::new(),
        |_, _| (),
    )
    .await
    .map_err(|error| unstarted(program.into(), error))?;
    match finished.code {
        Some(code @ (126 | 127)) if matches!(admin, Admin::Polkit(_)) => Err(not_let(code)),
        _ => Ok(finished),
    }
}

/// pkexec ends with 126 when the person closed its window, and with 127 when nobody could be asked or this user may not
/// do that at all (pkexec(1)).
fn not_let(code: i32) -> Error {
    Error::NotAdmin {
        dismissed: code == 126,
    }
}

fn plain(program: &str, args: Vec<String>) -> Invocation {
    let env: BTreeMap<String, String> = [("PATH", PATH), ("LC_ALL", "C")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
    Invocation::new(program, args, &env)
}

/// Whether a program did what it was run for.
pub(super) fn worked(finished: &Finished, place: &str) -> Result<(), Error> {
    if finished.success() {
        return Ok(());
    }
    Err(Error::File {
        path: place.to_owned(),
        reason: finished.stderr.join("\n"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_settings_keeps_its_other_lines() {
        let new = with_setting(None, "vm.max_map_count", 262_144);
        assert_eq!(new, b"vm.max_map_count = 262144\n");
        let more = with_setting(Some(&new), "vm.overcommit_memory", 1);
        assert_eq!(
            more,
            b"vm.max_map_count = 262144\nvm.overcommit_memory = 1\n"
        );
        let again = with_setting(Some(&more), "vm.max_map_count", 300_000);
        assert_eq!(
            again,
            b"vm.overcommit_memory = 1\nvm.max_map_count = 300000\n"
        );
    }
}
