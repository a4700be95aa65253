//! What is secret about a package, and what must stay readable: told to the redactor before anything is read.

use crate::compose::env_file;
use crate::environment::Environment;
use crate::package::Package;
use crate::redact::{Counts, Redactor, add};
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use std::collections::BTreeMap;

/// A larger file holds no variables.
const LARGEST: u64 = 1 << 20;
/// A larger file is no secret that a service would read whole.
const LARGEST_SECRET: u64 = 16 << 10;
/// More files of this kind are not looked at.
const MOST_FILES: usize = 400;
/// Folders below a package's that hold such files.
const FOLDERS: &[&str] = &[
    "",
    "docker",
    "env",
    "envs",
    "secrets",
    "config",
    "conf",
    "docker/env",
    "docker/secrets",
    "docker/config",
];

/// Tells what this computer and this person are called, and what their own variables hide.
pub(crate) fn of_environment(environment: &Environment, redactor: &mut Redactor) {
    let names = ["USER", "LOGNAME", "USERNAME", "SUDO_USER"];
    let home = environment.home.as_deref().and_then(Utf8Path::file_name);
    let users = names.iter().filter_map(|name| environment.get(name));
    for user in users.chain(home).filter(|it| *it != "root") {
        redactor.user(user);
    }
    if let Ok(host) = sysinfo::System::host_name() {
        redactor.host(&host);
        if let Some((short, _)) = host.split_once('.') {
            redactor.host(short);
        }
    }
    for (name, value) in &environment.variables {
        if crate::logging::is_secret(name) && value.len() >= 8 {
            redactor.variable(name, value);
        }
    }
}

/// Tells what the package is made of, and what is secret in it.
pub(crate) fn of_package(package: &Package, redactor: &mut Redactor) {
    let project = &package.project;
    keep(&project.name, redactor);
    for service in &project.services {
        let names = service.image.iter().chain(&service.container_name);
        let names = names.chain(&service.volumes).chain(&service.profiles);
        names.for_each(|name| keep(name, redactor));
        keep(&service.name, redactor);
    }
    for archive in package.archives.iter() {
        keep(archive.path.file_name().unwrap_or_default(), redactor);
    }
    of_folder(&package.directory, redactor);
    for service in &project.services {
        for (name, value) in &service.environment {
            let value = value.as_deref().unwrap_or_default();
            redactor.variable(package.guarded(name), value);
        }
    }
}

/// Tells what lies in the files of a folder that may be a package or not: variables, and whole secrets.
pub(crate) fn of_folder(folder: &Utf8Path, redactor: &mut Redactor) {
    for path in files(folder) {
        let name = path.file_name().unwrap_or_default();
        let parent = path.parent().and_then(Utf8Path::file_name);
        let is_secret = parent == Some("secrets");
        let is_variables = name.starts_with(".env")
            || path.extension() == Some("env")
            || matches!(parent, Some("env" | "envs"));
        let limit = if is_secret { LARGEST_SECRET } else { LARGEST };
        let is_small = || {
            path.metadata()
                .is_ok_and(|it| it.is_file() && it.len() <= limit)
        };
        if !(is_variables || is_secret) || !is_small() {
            continue;
        }
        let Ok(content) = fs::read(&path) else {
            continue;
        };
        let text = String::from_utf8_lossy(&content);
        if is_secret {
            redactor.secret(text.trim());
        }
        if is_variables {
            learn_variables(&text, redactor);
        }
    }
}

fn files(folder: &Utf8Path) -> Vec<Utf8PathBuf> {
    let entries = |below: &&str| folder.join(below).read_dir_utf8();
    let entries = FOLDERS.iter().filter_map(|below| entries(below).ok());
    let paths = entries.flatten().flatten();
    paths
        .map(|entry| entry.path().to_owned())
        .take(MOST_FILES)
        .collect()
}

/// Tells the values of an env file, and those that were switched off by a sharp.
pub(crate) fn learn_variables(text: &str, redactor: &mut Redactor) {
    for (name, value) in env_file::parse(text, &BTreeMap::new()) {
        redactor.variable(&name, &value);
    }
    let lines = text.lines().map(str::trim_start);
    for line in lines.filter_map(|line| line.strip_prefix('#')) {
        if let Some((name, value)) = line.trim().split_once('=')
            && !name.trim().contains(' ')
            && crate::logging::is_secret(name)
        {
            redactor.variable(name.trim(), value.trim().trim_matches(['"', '\'']));
        }
    }
}

/// Returns an env file with its names, its harmless values, and tokens for the others.
pub(crate) fn variables_shown(text: &str, redactor: &mut Redactor) -> (String, Counts) {
    let mut counts = Counts::new();
    let mut shown = String::new();
    let mut end = 0;
    let values = env_file::parse(text, &BTreeMap::new());
    for assignment in env_file::assignments(text.as_bytes()) {
        let Some(before) = text.get(end..assignment.value.start) else {
            continue;
        };
        let (before, more) = redactor.text(before);
        add(&mut counts, &more);
        shown.push_str(&before);
        let written = text.get(assignment.value.clone()).unwrap_or_default();
        let plain = written.trim_matches(['"', '\'']);
        let value = values.get(&assignment.key).map_or(plain, String::as_str);
        // One that refers to others is shown as it is written.
        let meant = if plain.contains('$') { plain } else { value };
        shown.push_str(&redactor.variable_shown(&assignment.key, meant, &mut counts));
        end = assignment.value.end;
    }
    let (rest, more) = redactor.text(text.get(end..).unwrap_or_default());
    add(&mut counts, &more);
    shown.push_str(&rest);
    (shown, counts)
}

/// A name and what it is made of.
fn keep(name: &str, redactor: &mut Redactor) {
    redactor.keep(name);
    for part in name.split(['/', ':', '-', '_', '.', '@']) {
        redactor.keep(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_env_file_keeps_its_names_and_its_ports() {
        let text = "# first\nHTTP_PORT=8080\nDB_PASSWORD='a b' # old: x\nexport GREETING=\"Dear Ms Smith\"\n#OLD_PASSWORD=hunter22x\n";
        let mut redactor = Redactor::new(false);
        learn_variables(text, &mut redactor);
        let (shown, counts) = variables_shown(text, &mut redactor);
        assert_eq!(
            shown,
            "# first\nHTTP_PORT=8080\nDB_PASSWORD=<secret-1> # old: x\nexport GREETING=<value-1>\n#OLD_PASSWORD=<secret-2>\n"
        );
        assert_eq!(counts.values().sum::<u32>(), 3);
    }
}
