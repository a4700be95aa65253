//! Scripts whose text keeps them from running: line ends of Windows, a byte order mark, no first line.
//!
//! Looked into are files that are mounted, that entrypoint or command name, that lie in a mounted folder of scripts, and
//! what these read in by a literal path. Data is never looked into, and no link is followed out of the package.

use crate::compose::project::{BindMount, Project, Service};
use crate::deploy::scripts::{named, on_this_computer};
use crate::repair::may_replace;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

/// A script that something is wrong with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ScriptText {
    pub path: Utf8PathBuf,
    /// Relative to the package.
    pub file: String,
    pub service: String,
    /// Lines that end as on Windows, where that matters.
    pub crlf: usize,
    pub bom: bool,
    /// Started by the kernel itself, and without a first line that says with what.
    pub bare: bool,
    /// Entrypoint or command name it: without it the service does not start.
    pub started: bool,
    /// This user may replace it.
    pub ours: bool,
    pub content: Vec<u8>,
    /// Where the original is kept: a name that is free.
    pub backup: Utf8PathBuf,
}

pub(crate) const BOM: &[u8] = b"\xef\xbb\xbf";
/// What is larger is no script.
const LARGEST: u64 = 1 << 20;
/// A bound on the files of one folder of scripts, and on how far scripts that read in scripts are followed.
const MOST_FILES: usize = 2000;
const MOST_READ: usize = 4000;
/// Folders in containers whose files are run, or read in, one after the other.
const SCRIPT_FOLDERS: [&str; 10] = [
    "bin",
    "docker-entrypoint-initdb.d",
    "docker-entrypoint.d",
    "entrypoint.d",
    "init",
    "init.d",
    "initdb.d",
    "sbin",
    "script",
    "scripts",
];

/// Looks into every script of the active services.
pub(super) fn observe(project: &Project) -> Vec<ScriptText> {
    let root = project.directory.canonicalize_utf8();
    let root = root.unwrap_or_else(|_| project.directory.clone());
    let mut found: BTreeMap<Utf8PathBuf, ScriptText> = BTreeMap::new();
    for service in project.active_services() {
        let inside = |path: &Utf8Path| {
            path.canonicalize_utf8()
                .ok()
                .filter(|real| real.starts_with(&root))
        };
        let real = |paths: Vec<Utf8PathBuf>| -> BTreeSet<Utf8PathBuf> {
            paths.iter().filter_map(|path| inside(path)).collect()
        };
        let started = real(named(service));
        let first = service.entrypoint.first();
        let first = first.and_then(|word| inside(&on_this_computer(service, word)?));
        let mut waiting: Vec<Utf8PathBuf> = real(mounted(service)).into_iter().collect();
        waiting.extend(started.iter().cloned());
        let mut seen: BTreeSet<Utf8PathBuf> = BTreeSet::new();
        while let Some(path) = waiting.pop() {
            if seen.len() >= MOST_READ || !seen.insert(path.clone()) {
                continue;
            }
            let Some(content) = text(&path) else {
                continue;
            };
            let sourced = sourced(service, &path, &content);
            waiting.extend(sourced.iter().filter_map(|path| inside(path)));
            let is_first = first.as_ref() == Some(&path);
            let Some(script) = judge(&path, content, is_first) else {
                continue;
            };
            let is_started = started.contains(&path);
            let entry = found.entry(path.clone()).or_insert_with(|| ScriptText {
                file: path.strip_prefix(&root).unwrap_or(&path).to_string(),
                service: service.name.clone(),
                ours: may_replace(&path),
                backup: backup(&path),
                ..script
            });
            entry.started |= is_started;
            entry.bare |= is_first && entry.bare;
        }
    }
    found.into_values().collect()
}

/// Mounted files, and files in mounted folders of scripts. A folder that is written to holds data, unless its name says
/// that it is one of scripts.
fn mounted(service: &Service) -> Vec<Utf8PathBuf> {
    let mut files = Vec::new();
    for mount in &service.bind_mounts {
        let Ok(meta) = fs::metadata(&mount.source) else {
            continue;
        };
        if meta.is_file() {
            files.push(mount.source.clone());
        } else if meta.is_dir() && is_for_scripts(mount) {
            let entries = mount.source.read_dir_utf8().into_iter().flatten();
            let entries = entries.take(MOST_FILES).filter_map(Result::ok);
            files.extend(
                entries
                    .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
                    .map(camino::Utf8DirEntry::into_path)
                    .filter(|path| !is_backup(path)),
            );
        }
    }
    files
}

/// What a repair left beside what it mended is run by nobody.
fn is_backup(path: &Utf8Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.rsplit_once(".orig")
        .is_some_and(|(_, count)| count.chars().all(|c| c == '.' || c.is_ascii_digit()))
}

fn is_for_scripts(mount: &BindMount) -> bool {
    let name = mount.target.rsplit('/').next().unwrap_or_default();
    mount.read_only || SCRIPT_FOLDERS.contains(&name)
}

/// Reads a small file that is text.
fn text(path: &Utf8Path) -> Option<Vec<u8>> {
    let meta = fs::metadata(path).ok()?;
    if !meta.is_file() || meta.len() > LARGEST {
        return None;
    }
    let mut content = Vec::new();
    let mut file = fs::File::open(path).ok()?.take(LARGEST);
    file.read_to_end(&mut content).ok()?;
    (!content.is_empty() && !content.contains(&0)).then_some(content)
}

/// Says what is wrong with a file's text; none when nothing is, or when it is no script.
fn judge(path: &Utf8Path, content: Vec<u8>, is_first: bool) -> Option<ScriptText> {
    let bom = content.starts_with(BOM);
    let body = content.strip_prefix(BOM).unwrap_or(&content);
    let line = body.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let shebang = body.starts_with(b"#!");
    let shell = is_shell(path) || (shebang && names_a_shell(line));
    let bare = is_first && !shebang;
    if !shebang && !shell && !bare {
        return None;
    }
    let lines = body.windows(2).filter(|pair| pair == b"\r\n").count();
    // Other interpreters take such lines; only the first one is the kernel's.
    let matters = shell || (shebang && line.ends_with(b"\r"));
    let crlf = if matters { lines } else { 0 };
    let wrong = crlf > 0 || bom || bare;
    wrong.then(|| ScriptText {
        path: path.to_owned(),
        file: String::new(),
        service: String::new(),
        crlf,
        bom,
        bare,
        started: false,
        ours: false,
        content,
        backup: Utf8PathBuf::new(),
    })
}

fn is_shell(path: &Utf8Path) -> bool {
    matches!(path.extension(), Some("sh" | "bash" | "ksh" | "ash"))
}

fn names_a_shell(line: &[u8]) -> bool {
    let line = String::from_utf8_lossy(line);
    line.trim_start_matches("#!")
        .split(['/', ' ', '\r'])
        .any(|word| matches!(word, "sh" | "bash" | "ash" | "dash" | "ksh" | "zsh"))
}

/// Files that a shell script reads in by a literal path: `. /lib/x.sh`, `source ./x.sh`.
fn sourced(service: &Service, path: &Utf8Path, content: &[u8]) -> Vec<Utf8PathBuf> {
    let text = String::from_utf8_lossy(content);
    let literal = |line: &str| -> Option<Utf8PathBuf> {
        let line = line.trim();
        let rest = line
            .strip_prefix(". ")
            .or_else(|| line.strip_prefix("source "))?;
        let word = rest.split([' ', ';', '&']).find(|word| !word.is_empty())?;
        let word = word.trim_matches(['"', '\'']);
        if word.contains(['$', '`', '*']) {
            return None;
        }
        if word.starts_with('/') {
            on_this_computer(service, word)
        } else {
            Some(path.parent()?.join(word))
        }
    };
    text.lines().filter_map(literal).collect()
}

/// Returns a name beside the file that nothing has.
fn backup(path: &Utf8Path) -> Utf8PathBuf {
    let name = |count: u32| match count {
        0 => Utf8PathBuf::from(format!("{path}.orig")),
        count => Utf8PathBuf::from(format!("{path}.orig.{count}")),
    };
    (0..1000)
        .map(name)
        .find(|free| fs::symlink_metadata(free).is_err())
        .unwrap_or_else(|| name(1000))
}

#[cfg(all(test, unix))]
mod tests;
