//! The short notation of volumes, and whether a path looks like a file; pure.

use crate::api::package::MountKind;
use camino::{Utf8Path, Utf8PathBuf};

/// A volume of a service as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written<'a> {
    /// None for an anonymous volume.
    pub(crate) source: Option<&'a str>,
    pub(crate) target: &'a str,
    pub(crate) read_only: bool,
}

impl<'a> Written<'a> {
    /// Reads `[SOURCE:]TARGET[:MODE]`; the colon of a Windows drive is part of the path.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        Self::split(text, true)
    }

    /// The same where there are no drives: v1 on Linux, for which `n:/x` mounts the volume n.
    pub(crate) fn parse_without_drives(text: &'a str) -> Option<Self> {
        Self::split(text, false)
    }

    fn split(text: &'a str, drives: bool) -> Option<Self> {
        let mut parts: Vec<&str> = Vec::new();
        let mut rest = text;
        loop {
            let skip = if drives && is_drive(rest) { 2 } else { 0 };
            let Some(colon) = rest[skip..].find(':') else {
                break;
            };
            parts.push(&rest[..skip + colon]);
            rest = &rest[skip + colon + 1..];
        }
        parts.push(rest);
        match parts[..] {
            [target] if !target.is_empty() => Some(Self {
                source: None,
                target,
                read_only: false,
            }),
            [source, target] if !target.is_empty() => Some(Self {
                source: Some(source),
                target,
                read_only: false,
            }),
            [source, target, modes] if !target.is_empty() => {
                let read_only = modes
                    .split(',')
                    .any(|mode| mode == "ro" || mode == "readonly");
                Some(Self {
                    source: Some(source),
                    target,
                    read_only,
                })
            }
            _ => None,
        }
    }

    /// Returns whether the source is a path and not the name of a volume.
    pub(crate) fn is_bind(&self) -> bool {
        self.source.is_some_and(is_path)
    }
}

/// Returns whether a source is a path: it begins with `.`, `/`, `~` or a drive.
pub(crate) fn is_path(source: &str) -> bool {
    source.starts_with(['.', '/', '~', '\\']) || is_drive(source)
}

fn is_drive(text: &str) -> bool {
    matches!(text.as_bytes(), [letter, b':', b'/' | b'\\', ..] if letter.is_ascii_alphabetic())
}

/// Makes a source absolute: relative to the project's folder, `~` is the person's home (whatever name follows it).
/// What is absolute already stays as it is written, with its trailing slash; of the rest `.` and `..` are resolved.
pub(crate) fn absolute(source: &str, directory: &Utf8Path, home: Option<&Utf8Path>) -> Utf8PathBuf {
    let path = match (source.strip_prefix('~'), home) {
        (Some(rest), Some(home)) => home.join(rest.trim_start_matches(['/', '\\'])),
        // A Windows path is absolute wherever it is read.
        _ if is_drive(source) => return source.into(),
        _ if source.starts_with('/') && !source.contains("/.") => return source.into(),
        _ => directory.join(source),
    };
    normalise(&path)
}

/// Resolves `.`, `..` and doubled slashes of a path inside a container.
pub(crate) fn clean_target(target: &str) -> String {
    if target.contains('\\') || is_drive(target) {
        return target.to_owned();
    }
    normalise(target.into()).into_string()
}

/// Resolves `.` and `..` by name, without looking at the disk, as Compose does.
pub(crate) fn normalise(path: &Utf8Path) -> Utf8PathBuf {
    use camino::Utf8Component;
    let mut result = Utf8PathBuf::new();
    for component in path.components() {
        match component {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => {
                if matches!(
                    result.components().next_back(),
                    Some(Utf8Component::Normal(_))
                ) {
                    result.pop();
                } else if !result.has_root() {
                    result.push("..");
                }
            }
            component => result.push(component.as_str()),
        }
    }
    result
}

/// Endings that only files have. What is not listed counts as a directory: `conf.d`, `v1.2`, `example.com`.
const FILE_ENDINGS: &[&str] = &[
    "bash",
    "bat",
    "bin",
    "cer",
    "cert",
    "cfg",
    "cnf",
    "conf",
    "config",
    "crl",
    "crt",
    "csr",
    "css",
    "csv",
    "dat",
    "db",
    "der",
    "env",
    "gz",
    "hcl",
    "htm",
    "html",
    "htpasswd",
    "ini",
    "jar",
    "jks",
    "js",
    "json",
    "key",
    "keystore",
    "ks",
    "ldif",
    "lic",
    "license",
    "list",
    "log",
    "lua",
    "md",
    "p12",
    "pem",
    "pfx",
    "php",
    "pid",
    "pl",
    "properties",
    "ps1",
    "pub",
    "py",
    "rb",
    "rdb",
    "repo",
    "rules",
    "service",
    "sh",
    "so",
    "sock",
    "sql",
    "sqlite",
    "sqlite3",
    "tar",
    "template",
    "tgz",
    "tmpl",
    "toml",
    "tpl",
    "truststore",
    "txt",
    "war",
    "xml",
    "xsd",
    "yaml",
    "yml",
    "zip",
    "zst",
];

/// Says by the names alone what a missing source has to be: a file if either name ends like one.
pub(crate) fn kind_by_name(source: &Utf8Path, target: &str) -> MountKind {
    let like_file = |path: &str| {
        let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
        name.rsplit_once('.').is_some_and(|(_, ending)| {
            let ending = ending.to_ascii_lowercase();
            FILE_ENDINGS.binary_search(&ending.as_str()).is_ok()
        })
    };
    if like_file(source.as_str()) || like_file(target) {
        MountKind::File
    } else {
        MountKind::Directory
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_notations() {
        for (text, source, target, read_only, bind) in [
            ("/anon", None, "/anon", false, false),
            ("data:/var/lib", Some("data"), "/var/lib", false, false),
            ("./data:/var/lib:ro", Some("./data"), "/var/lib", true, true),
            ("../x:/y:z,ro", Some("../x"), "/y", true, true),
            ("~/x:/y", Some("~/x"), "/y", false, true),
            ("/a/b:/c:rw", Some("/a/b"), "/c", false, true),
            (r"C:\data:/y", Some(r"C:\data"), "/y", false, true),
            ("C:/data:D:/y:ro", Some("C:/data"), "D:/y", true, true),
        ] {
            let written = Written::parse(text).expect(text);
            assert_eq!(
                written,
                Written {
                    source,
                    target,
                    read_only
                },
                "{text}"
            );
            assert_eq!(written.is_bind(), bind, "{text}");
        }
        assert_eq!(Written::parse("n:/x").and_then(|it| it.source), None);
        let volume = Written::parse_without_drives("n:/x:rw").expect("a volume of one letter");
        assert_eq!((volume.source, volume.target), (Some("n"), "/x"));
        assert_eq!(Written::parse("a:b:c:d"), None);
        assert_eq!(Written::parse(""), None);
    }

    #[test]
    fn sources_become_absolute_as_compose_does_it() {
        let home = Some(Utf8Path::new("/home/me"));
        for (source, path) in [
            ("./data/", "/p/docker/data"),
            ("../outside", "/p/outside"),
            ("../../../../x", "/x"),
            ("~/x", "/home/me/x"),
            ("~", "/home/me"),
            ("~data", "/home/me/data"),
            ("/abs//a/./b", "/abs/a/b"),
            ("/abs/", "/abs/"),
            (".", "/p/docker"),
        ] {
            let made = absolute(source, "/p/docker".into(), home);
            assert_eq!(made.as_str(), path, "{source}");
        }
        for (target, clean) in [
            ("/x//y/", "/x/y"),
            ("./b", "b"),
            ("/a/../b", "/b"),
            ("/", "/"),
            (r"C:\d", r"C:\d"),
        ] {
            assert_eq!(clean_target(target), clean, "{target}");
        }
    }

    #[test]
    fn a_missing_source_is_a_file_when_a_name_says_so() {
        assert!(FILE_ENDINGS.is_sorted());
        for (source, target, kind) in [
            (
                "/p/config/nginx.conf",
                "/etc/nginx/conf.d/default.conf",
                MountKind::File,
            ),
            ("/p/app/app", "/app/app.jar", MountKind::File),
            ("/p/.env", "/app/.env", MountKind::File),
            ("/p/data/v1.2", "/data", MountKind::Directory),
            ("/p/conf.d", "/etc/conf.d", MountKind::Directory),
            ("/p/npx/.npm", "/root/.npm", MountKind::Directory),
            ("/p/example.com", "/www", MountKind::Directory),
            ("/p/Setup.SQL", "/x", MountKind::File),
        ] {
            assert_eq!(kind_by_name(source.into(), target), kind, "{source}");
        }
    }
}
