//! Debian packages without installing them: a private apt configuration that can look at another release.
//!
//! The mirror is the one this machine already uses. Nothing of the machine's own apt state is read or
//! changed, so it works without root and cannot disturb what is installed.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::{paths, run};

/// A Debian or Ubuntu release seen through its own lists and caches below `target/apt/`.
pub(crate) struct Apt {
    folder: PathBuf,
    _lock: fs::File,
}

/// Debian's name for what is not released.
pub(crate) const UNRELEASED: &str = "sid";

/// One archive of the machine's own sources, such as the main one or the security updates.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Source {
    uri: String,
    suite: String,
    signed_by: Option<String>,
}

impl Apt {
    /// Opens a release by its code name; `None` is the machine's own.
    pub(crate) fn release(codename: Option<&str>) -> Result<Self> {
        let own = crate::system::codename()?;
        let codename = codename.unwrap_or(&own);
        let mut lines = String::new();
        // What is not released yet has no archive of its updates.
        let of_release = |it: &Source| codename != UNRELEASED || it.suite == own;
        for source in machine_sources(&own)?.into_iter().filter(of_release) {
            let options = source
                .signed_by
                .map(|key| format!("[signed-by={key}] "))
                .unwrap_or_default();
            let suite = source.suite.replacen(&own, codename, 1);
            writeln!(lines, "deb {options}{} {suite} main universe", source.uri)?;
        }
        // Debian has no "universe"; apt would warn about it on every update.
        if !crate::system::is_ubuntu() {
            lines = lines.replace(" universe", "");
        }
        ensure!(
            !lines.is_empty(),
            "no archive of {own} in this machine's apt sources"
        );

        let folder = paths::target().join("apt").join(codename);
        let apt = Self {
            _lock: paths::lock(&folder)?,
            folder,
        };
        let list = apt.folder.join("sources.list");
        let known = fs::read_to_string(&list).unwrap_or_default();
        if known != lines || !apt.folder.join("updated").exists() {
            for folder in ["lists/partial", "cache/archives/partial"] {
                fs::create_dir_all(apt.folder.join(folder))?;
            }
            fs::write(apt.folder.join("status"), "")?;
            fs::write(&list, &lines)?;
            println!("apt: reading the lists of {codename}");
            run::quiet(apt.command("apt-get").args(["update", "-qq"]))?;
            fs::write(apt.folder.join("updated"), "")?;
        }
        Ok(apt)
    }

    /// Names of everything these packages need, themselves included, whatever the machine has installed.
    pub(crate) fn closure(&self, packages: &[&str]) -> Result<BTreeSet<String>> {
        self.closure_beside(&self.folder.join("status"), packages)
    }

    /// The same where the packages of dpkg's `status` file are installed already.
    pub(crate) fn closure_beside(
        &self,
        status: &Path,
        packages: &[&str],
    ) -> Result<BTreeSet<String>> {
        let plan = run::quiet(
            self.command("apt-get")
                .arg("-o")
                .arg(format!("Dir::State::status={}", status.display()))
                .args(["install", "--simulate", "-qq"])
                .args(packages),
        )?;
        Ok(plan
            .lines()
            .filter_map(|line| line.strip_prefix("Inst ")?.split(' ').next())
            .map(str::to_owned)
            .collect())
    }

    /// Downloads packages (once) and answers their files.
    pub(crate) fn download<'a>(
        &self,
        packages: impl IntoIterator<Item = &'a str>,
    ) -> Result<Vec<PathBuf>> {
        let packages: Vec<&str> = packages.into_iter().collect();
        let folder = self.folder.join("packages");
        fs::create_dir_all(&folder)?;
        if let Ok(files) = self.fetch(&packages, &folder) {
            return Ok(files);
        }
        // The archive has moved on since our lists were read: an old version is gone from it.
        run::quiet(self.command("apt-get").args(["update", "-qq"]))?;
        self.fetch(&packages, &folder)
    }

    fn fetch(&self, packages: &[&str], folder: &Path) -> Result<Vec<PathBuf>> {
        let uris = run::quiet(
            self.command("apt-get")
                .args(["download", "--print-uris", "-qq"])
                .args(packages),
        )?;
        // 'http://…/docker.io_20.10.24_amd64.deb' docker.io_20.10.24_amd64.deb 36248560 SHA256:…
        let names: Vec<&str> = uris
            .lines()
            .filter_map(|line| line.split(' ').nth(1))
            .collect();
        ensure!(
            names.len() == packages.len(),
            "apt knows only {names:?} of {packages:?}"
        );
        let missing = names.iter().filter(|name| !folder.join(name).is_file());
        let missing: Vec<&str> = missing.filter_map(|name| name.split('_').next()).collect();
        if !missing.is_empty() {
            // An interrupted download must not be taken for a package the next time.
            let unfinished = self.folder.join("unfinished");
            let _ = fs::remove_dir_all(&unfinished);
            fs::create_dir_all(&unfinished)?;
            run::quiet(
                self.command("apt-get")
                    .args(["download", "-qq"])
                    .args(missing)
                    .current_dir(&unfinished),
            )?;
            for entry in fs::read_dir(&unfinished)? {
                let entry = entry?;
                fs::rename(entry.path(), folder.join(entry.file_name()))?;
            }
        }
        Ok(names.iter().map(|name| folder.join(name)).collect())
    }

    fn command(&self, program: &str) -> Command {
        let folder = self.folder.display();
        let mut command = run::command(program);
        for option in [
            format!("Dir::Etc::SourceList={folder}/sources.list"),
            "Dir::Etc::SourceParts=/dev/null".to_owned(),
            "Dir::Etc::Preferences=/dev/null".to_owned(),
            "Dir::Etc::PreferencesParts=/dev/null".to_owned(),
            format!("Dir::State={folder}"),
            format!("Dir::State::Lists={folder}/lists"),
            format!("Dir::State::status={folder}/status"),
            format!("Dir::Cache={folder}/cache"),
            // Container images switch the cache off, and then every call reads all lists.
            "Dir::Cache::pkgcache=pkgcache.bin".to_owned(),
            "Dir::Cache::srcpkgcache=srcpkgcache.bin".to_owned(),
            "APT::Sandbox::User=root".to_owned(),
            "APT::Install-Recommends=false".to_owned(),
            "Acquire::Languages=none".to_owned(),
            "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false".to_owned(),
            "Acquire::Retries=3".to_owned(),
        ] {
            command.args(["-o", &option]);
        }
        command.env("LC_ALL", "C");
        command
    }
}

/// The archive this machine's own release comes from.
pub(crate) fn mirror() -> Result<String> {
    let own = crate::system::codename()?;
    let main = machine_sources(&own)?
        .into_iter()
        .find(|source| source.suite == own);
    Ok(main
        .with_context(|| format!("no archive of {own} itself"))?
        .uri)
}

/// Unpacks a package without installing it.
pub(crate) fn unpack(package: &Path, into: &Path) -> Result<()> {
    fs::create_dir_all(into)?;
    run::quiet(run::command("dpkg").arg("-x").arg(package).arg(into)).map(drop)
}

/// The archives of release `own` that this machine uses, from both forms of apt's sources files.
fn machine_sources(own: &str) -> Result<Vec<Source>> {
    let mut files = vec![PathBuf::from("/etc/apt/sources.list")];
    if let Ok(entries) = fs::read_dir("/etc/apt/sources.list.d") {
        files.extend(entries.filter_map(|entry| Some(entry.ok()?.path())));
    }
    files.sort();
    let mut sources: Vec<Source> = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap_or_default();
        let found = match file.extension().and_then(|extension| extension.to_str()) {
            Some("list") => one_line_sources(&text),
            Some("sources") => deb822_sources(&text),
            _ => continue,
        };
        for source in found {
            // Not third parties' archives, which have suites such as "stable" or a release's name
            // without its security and updates.
            let ours = source.suite == own || source.suite.starts_with(&format!("{own}-"));
            let main = source.uri.contains("/debian") || source.uri.contains("/ubuntu");
            let kept = !source.suite.ends_with("-backports");
            if ours && main && kept && !sources.contains(&source) {
                sources.push(source);
            }
        }
    }
    if sources.is_empty() {
        bail!("cannot find the archive of {own} in /etc/apt/sources.list or sources.list.d");
    }
    Ok(sources)
}

/// `deb [signed-by=/usr/share/keyrings/x.gpg] http://mirror/debian bookworm main`
fn one_line_sources(text: &str) -> Vec<Source> {
    text.lines().filter_map(one_line_source).collect()
}

fn one_line_source(line: &str) -> Option<Source> {
    let mut rest = line.trim().strip_prefix("deb ")?.trim();
    let mut signed_by = None;
    if let Some(options) = rest.strip_prefix('[') {
        let (options, after) = options.split_once(']')?;
        signed_by = options
            .split(' ')
            .find_map(|o| o.strip_prefix("signed-by="))
            .map(str::to_owned);
        rest = after.trim();
    }
    let mut words = rest.split_whitespace();
    Some(Source {
        uri: words.next()?.to_owned(),
        suite: words.next()?.to_owned(),
        signed_by,
    })
}

/// Stanzas of `Types:`, `URIs:`, `Suites:`, `Signed-By:`.
fn deb822_sources(text: &str) -> Vec<Source> {
    let mut sources = Vec::new();
    for stanza in text.split("\n\n") {
        let field = |name: &str| {
            stanza.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.eq_ignore_ascii_case(name)
                    .then(|| value.trim().to_owned())
            })
        };
        let binary = field("Types").is_some_and(|types| types.split(' ').any(|t| t == "deb"));
        let disabled = field("Enabled").is_some_and(|value| value == "no");
        let (Some(uris), Some(suites)) = (field("URIs"), field("Suites")) else {
            continue;
        };
        if !binary || disabled {
            continue;
        }
        // An embedded key has an empty first line; then apt's own trusted keys must do.
        let signed_by = field("Signed-By").filter(|key| key.starts_with('/'));
        for uri in uris.split_whitespace() {
            for suite in suites.split_whitespace() {
                sources.push(Source {
                    uri: uri.to_owned(),
                    suite: suite.to_owned(),
                    signed_by: signed_by.clone(),
                });
            }
        }
    }
    sources
}

/// The machine's package architecture as Debian spells it: `amd64`, `arm64`.
pub(crate) fn architecture() -> Result<String> {
    let word = run::quiet(run::command("dpkg").arg("--print-architecture"))
        .context("this needs Debian's or Ubuntu's dpkg")?;
    Ok(word.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_forms_of_sources() {
        let old = one_line_sources(
            "# a\ndeb [arch=amd64 signed-by=/k.gpg] http://m/debian bookworm main\n",
        );
        let new = deb822_sources(
            "Types: deb\n# a comment\nURIs: http://m/debian\nSuites: bookworm bookworm-updates\nSigned-By: /k.gpg\n",
        );
        assert_eq!(old[0], new[0]);
        assert_eq!(new[1].suite, "bookworm-updates");
    }

    #[test]
    fn source_packages_and_disabled_stanzas_are_left_out() {
        assert!(one_line_sources("deb-src http://m/debian bookworm main").is_empty());
        assert!(deb822_sources("Types: deb\nEnabled: no\nURIs: http://m\nSuites: a\n").is_empty());
    }
}
