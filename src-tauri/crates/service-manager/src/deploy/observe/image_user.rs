//! As whom an image's process runs: from the image itself, never from a table of names.

use crate::compose::project::Service;
use crate::images::archive::{Archive, ArchiveImage, read_files};
use crate::operation::write_atomically;
use camino::Utf8Path;
use fs_err as fs;
use serde::{Deserialize, Serialize};

/// A user of a container that is not root.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ImageUser {
    /// The name, or the number where there is none.
    pub name: String,
    pub uid: u32,
    pub gid: u32,
}

/// Folders in which programs are looked up, as images set PATH.
const BIN: [&str; 5] = ["usr/local/bin", "usr/bin", "bin", "usr/local/sbin", ""];
/// Programs by which an entrypoint that began as root goes on as somebody else, and what stands before the name.
const DROPS: [&str; 6] = [
    "gosu ",
    "su-exec ",
    "--reuid=",
    "--reuid ",
    "runuser -u ",
    "chpst -u ",
];
/// Decompressing more only to learn this takes longer than the answer is worth.
const COMPRESSED_LIMIT: u64 = 256 << 20;

/// Returns the user a service's process ends up as; none when that is root, or when nobody can say. What an image says
/// is remembered below `state`: an image never changes.
pub(super) fn of_service(
    service: &Service,
    found: Option<(&Archive, &ArchiveImage)>,
    state: &Utf8Path,
) -> Option<ImageUser> {
    let by_image = found.map(|(_, image)| image.config.user.as_str());
    let written = service.user.as_deref().or(by_image).unwrap_or_default();
    let (user, group) = written.split_once(':').unwrap_or((written, ""));
    let passwd = |name: &str, entries: &Files| lookup(&entries.passwd, name);
    match (user, user.parse::<u32>()) {
        (_, Ok(0)) | ("" | "root", _) => {
            let (archive, image) = found.filter(|_| service.entrypoint.is_empty())?;
            let files = files(archive, image, state)?;
            passwd(&dropped_to(&files.entrypoint)?, &files)
        }
        (_, Ok(uid)) => {
            let known =
                found.and_then(|(archive, image)| passwd(user, &files(archive, image, state)?));
            let mut made = known.unwrap_or_else(|| ImageUser {
                name: user.to_owned(),
                uid,
                gid: 0,
            });
            made.gid = group.parse().unwrap_or(made.gid);
            Some(made)
        }
        (name, Err(_)) => {
            let (archive, image) = found?;
            let mut made = passwd(name, &files(archive, image, state)?)?;
            made.gid = group.parse().unwrap_or(made.gid);
            Some(made)
        }
    }
}

/// What is read of an image.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Files {
    passwd: String,
    entrypoint: String,
}

fn files(archive: &Archive, image: &ArchiveImage, state: &Utf8Path) -> Option<Files> {
    let id = image.id.rsplit(':').next().unwrap_or_default();
    let kept = state.join("users").join(format!("{id}.json"));
    if let Some(files) = fs::read(&kept)
        .ok()
        .and_then(|json| serde_json::from_slice(&json).ok())
    {
        return Some(files);
    }
    if archive.unpacked_bytes != Some(archive.bytes) && archive.bytes > COMPRESSED_LIMIT {
        return None;
    }
    let entrypoint = image
        .config
        .entrypoint
        .first()
        .or_else(|| image.config.command.first());
    let script = entrypoint.map_or("", |word| word.trim_start_matches('/'));
    let mut paths = vec!["etc/passwd".to_owned()];
    paths.extend(
        BIN.iter()
            .map(|folder| match (folder, script.contains('/')) {
                (_, true) => script.to_owned(),
                (folder, false) => format!("{folder}/{script}"),
            }),
    );
    paths.dedup();
    let asked: Vec<&str> = paths.iter().map(String::as_str).collect();
    let mut found = read_files(archive, image, &asked).ok()?.into_iter();
    let text = |content: Vec<u8>| String::from_utf8_lossy(&content).into_owned();
    let files = Files {
        passwd: found.next().flatten().map(text).unwrap_or_default(),
        entrypoint: found
            .flatten()
            .find(|content| content.starts_with(b"#!"))
            .map(text)
            .unwrap_or_default(),
    };
    let json = serde_json::to_vec(&files).unwrap_or_default();
    if let Err(error) = write_atomically(&kept, &json) {
        tracing::warn!(%error, "what an image says about its user could not be kept");
    }
    Some(files)
}

/// Returns the name an entrypoint goes on under. One that gives its folders away by itself needs no help.
fn dropped_to(script: &str) -> Option<String> {
    if script.contains("chown") {
        return None;
    }
    let code = script
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'));
    code.into_iter().find_map(|line| {
        let rest = DROPS
            .iter()
            .find_map(|word| Some(line.split_once(word)?.1))?;
        let name: String = rest
            .trim_start_matches(['"', '\''])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "_-".contains(*c))
            .collect();
        (!name.is_empty() && name != "root" && name != "0").then_some(name)
    })
}

/// Finds a name or a number in `/etc/passwd` (passwd(5)).
fn lookup(passwd: &str, wanted: &str) -> Option<ImageUser> {
    passwd.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        let (name, uid, gid) = (*fields.first()?, *fields.get(2)?, *fields.get(3)?);
        (name == wanted || uid == wanted).then_some(())?;
        let user = ImageUser {
            name: name.to_owned(),
            uid: uid.parse().ok()?,
            gid: gid.parse().ok()?,
        };
        (user.uid != 0).then_some(user)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_found() {
        let passwd = "root:x:0:0::/:/bin/sh\nmysql:x:999:998::/:/bin/sh\n";
        let mysql = ImageUser {
            name: "mysql".into(),
            uid: 999,
            gid: 998,
        };
        assert_eq!(lookup(passwd, "mysql"), Some(mysql.clone()));
        assert_eq!(lookup(passwd, "999"), Some(mysql));
        assert_eq!(lookup(passwd, "root"), None);
        assert_eq!(lookup("", "x"), None);
    }

    #[test]
    fn only_an_entrypoint_that_leaves_folders_as_they_are_needs_help() {
        for (script, user) in [
            ("#!/bin/sh\nexec gosu app \"$@\"\n", Some("app")),
            (
                "#!/bin/sh\nexec su-exec redis \"$0\" \"$@\"\n",
                Some("redis"),
            ),
            ("exec setpriv --reuid=app --clear-groups x", Some("app")),
            (
                "find . -exec chown redis '{}' +\nexec gosu redis \"$0\"\n",
                None,
            ),
            ("# exec gosu app\nexec \"$@\"\n", None),
            ("exec gosu root x", None),
        ] {
            assert_eq!(dropped_to(script).as_deref(), user, "{script}");
        }
    }

    #[test]
    fn what_the_compose_file_says_counts_more_than_the_image() {
        let service = |user: &str| Service {
            user: Some(user.into()),
            ..Service::default()
        };
        let numbers = |user: &str| {
            of_service(&service(user), None, "/nowhere".into()).map(|it| (it.uid, it.gid))
        };
        assert_eq!(numbers("472:473"), Some((472, 473)));
        assert_eq!(numbers("1000"), Some((1000, 0)));
        assert_eq!(numbers("0"), None);
        assert_eq!(numbers("grafana"), None, "nobody can say");
    }
}
