//! A container that does one thing to one folder and is gone: for what an ordinary user may not do and the engine may.
//!
//! It is made of an image that is there already (nothing is fetched), has no network, a root file system that cannot be
//! written, and none of root's powers but what its one thing needs. It sees the folder and nothing else.

use super::{Engine, EngineError};
use bollard::container::LogOutput;
use bollard::errors::Error as Bollard;
use bollard::models::{
    ContainerCreateBody, HostConfig, HostConfigLogConfig, Mount, MountBindOptions, MountType,
};
use bollard::query_parameters::{
    LogsOptionsBuilder, RemoveContainerOptionsBuilder, StartContainerOptions, WaitContainerOptions,
};
use camino::{Utf8Path, Utf8PathBuf};
use futures_util::{StreamExt, TryStreamExt};
use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

/// Where the folder is seen.
const SEEN: &str = "/quayside";
/// So that a leftover of a power cut can be told from other people's containers.
const LABEL: &str = "quayside.helper";
/// What fits into one command line, with room to spare.
const MOST_BYTES: usize = 64 << 10;
/// Twenty thousand files on a slow disk take a few seconds; what has not ended by then is ended.
const TIME_LIMIT: Duration = Duration::from_mins(1);
/// `find` fails when a file goes away while it looks, as a program that starts again and again lets them.
const LOOKS: usize = 3;
/// What a list may take on the engine's disk; of a longer one the engine forgets the beginning.
const LIST_SIZE: &str = "32m";
/// How `stat` prints an entry, and how it ends: no path has two slashes in a row, so no name can look like an end.
const FORMAT: &str = "%u %g %n//";
const END: &str = "//\n";

/// As if it had ended so, which nothing does.
const TOO_LONG: i64 = -1;

/// User and group.
type Owner = (u32, u32);

/// What a container is made for.
struct Task<'a> {
    program: &'a str,
    words: Vec<String>,
    /// Linux capabilities; reading what only root may read is always one.
    may: &'a [&'a str],
    may_write: bool,
}

impl Engine {
    /// Gives files of a folder to a user and a group, links themselves and not what they point to. The image must have a
    /// `chown`.
    pub(crate) async fn give_away(
        &self,
        image: &str,
        root: &Utf8Path,
        paths: &[&Utf8Path],
        (uid, gid): Owner,
    ) -> Result<(), EngineError> {
        let mut rest = paths;
        while !rest.is_empty() {
            let mut bytes = 0;
            let fits = rest.iter().take_while(|path| {
                bytes += path.as_str().len() + SEEN.len() + 2;
                bytes <= MOST_BYTES
            });
            let (now, later) = rest.split_at(fits.count().max(1));
            rest = later;
            let mut words = vec!["-h".to_owned(), format!("{uid}:{gid}"), "--".to_owned()];
            words.extend(now.iter().map(|path| match path.as_str() {
                "" => SEEN.to_owned(),
                path => format!("{SEEN}/{path}"),
            }));
            let task = Task {
                program: "chown",
                words,
                may: &["CHOWN"],
                may_write: true,
            };
            // What came of it is looked at by whoever wanted it; `chown` goes on after what it may not change.
            self.run_once(image, root, task).await?;
        }
        Ok(())
    }

    /// Returns who owns the folder (an empty path) and everything below it on its file system; links are entries, and not
    /// followed. None when it is too much, takes too long, changes at every look, or has a name that is no text. The image
    /// must have `find` and `stat`, GNU's or busybox's.
    pub(crate) async fn owners(
        &self,
        image: &str,
        root: &Utf8Path,
    ) -> Result<Option<BTreeMap<Utf8PathBuf, Owner>>, EngineError> {
        for _ in 0..LOOKS {
            let words = [SEEN, "-xdev", "-exec", "stat", "-c", FORMAT, "{}", "+"];
            let task = Task {
                program: "find",
                words: words.map(str::to_owned).into(),
                may: &[],
                may_write: false,
            };
            let (code, printed) = self.run_once(image, root, task).await?;
            if code <= 0 {
                return Ok(printed.filter(|_| code == 0).and_then(|text| listed(&text)));
            }
        }
        Ok(None)
    }

    /// Runs a program in a container of its own; returns its exit code and, if it is all there, what it printed.
    async fn run_once(
        &self,
        image: &str,
        root: &Utf8Path,
        task: Task<'_>,
    ) -> Result<(i64, Option<String>), EngineError> {
        let docker = self.patient();
        let failed = |error| self.error(error);
        let facts = docker.inspect_image(image).await.map_err(failed)?;
        let volumes = facts.config.and_then(|config| config.volumes);
        let body = container_of(image, root, task, volumes.unwrap_or_default());
        let id = docker
            .create_container(None, body)
            .await
            .map_err(failed)?
            .id;
        let ran = async {
            docker
                .start_container(&id, None::<StartContainerOptions>)
                .await?;
            let mut ended = docker.wait_container(&id, None::<WaitContainerOptions>);
            let code = match ended.next().await {
                Some(Ok(_)) | None => 0,
                Some(Err(Bollard::DockerContainerWaitError { code, .. })) => code,
                Some(Err(error)) => return Err(error),
            };
            let options = LogsOptionsBuilder::new().stdout(true).build();
            let printed = docker.logs(&id, Some(options));
            let printed = printed
                .map_ok(LogOutput::into_bytes)
                .try_collect::<Vec<_>>();
            Ok((code, String::from_utf8(printed.await?.concat()).ok()))
        };
        let ran = tokio::time::timeout(TIME_LIMIT, ran).await;
        let options = RemoveContainerOptionsBuilder::new().force(true).build();
        let removed = docker.remove_container(&id, Some(options)).await;
        let ran = ran.unwrap_or(Ok((TOO_LONG, None))).map_err(failed)?;
        removed.map_err(failed).map(|()| ran)
    }
}

/// Describes the container of a task.
fn container_of(
    image: &str,
    root: &Utf8Path,
    task: Task<'_>,
    volumes: Vec<String>,
) -> ContainerCreateBody {
    let folder = Mount {
        typ: Some(MountType::BIND),
        source: Some(root.to_string()),
        target: Some(SEEN.to_owned()),
        read_only: Some(!task.may_write),
        bind_options: Some(MountBindOptions {
            non_recursive: Some(true),
            ..MountBindOptions::default()
        }),
        ..Mount::default()
    };
    let may = task.may.iter().chain(&["DAC_READ_SEARCH"]);
    let host = HostConfig {
        mounts: Some(vec![folder]),
        // A volume that the image declares would be made anew, and stay.
        tmpfs: Some(
            volumes
                .into_iter()
                .map(|path| (path, String::new()))
                .collect(),
        ),
        network_mode: Some("none".to_owned()),
        readonly_rootfs: Some(true),
        cap_drop: Some(vec!["ALL".to_owned()]),
        cap_add: Some(may.map(|&name| name.to_owned()).collect()),
        security_opt: Some(vec!["no-new-privileges".to_owned()]),
        // Whatever the engine does with logs otherwise: this one can be read back.
        log_config: Some(HostConfigLogConfig {
            typ: Some("json-file".to_owned()),
            config: Some(HashMap::from([(
                "max-size".to_owned(),
                LIST_SIZE.to_owned(),
            )])),
        }),
        ..HostConfig::default()
    };
    ContainerCreateBody {
        image: Some(image.to_owned()),
        user: Some("0:0".to_owned()),
        entrypoint: Some(vec![task.program.to_owned()]),
        cmd: Some(task.words),
        labels: Some(HashMap::from([(LABEL.to_owned(), task.program.to_owned())])),
        host_config: Some(host),
        ..ContainerCreateBody::default()
    }
}

/// Reads the list that [`Engine::owners`] lets `stat` print. None unless it is whole: it begins with the folder itself,
/// and every entry can be read.
fn listed(text: &str) -> Option<BTreeMap<Utf8PathBuf, Owner>> {
    // What json-file, the engine's log driver, makes of bytes that are no text.
    if text.contains(char::REPLACEMENT_CHARACTER) {
        return None;
    }
    let entries = text.strip_suffix(END)?.split(END).map(|entry| {
        let mut words = entry.splitn(3, ' ');
        let owner = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        let path = Utf8Path::new(words.next()?).strip_prefix(SEEN).ok()?;
        Some((path.to_owned(), owner))
    });
    let entries: Option<Vec<_>> = entries.collect();
    let is_first = |entries: &Vec<(Utf8PathBuf, Owner)>| entries[0].0.as_str().is_empty();
    entries.filter(is_first).map(BTreeMap::from_iter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_whatever_names_are_in_it() {
        // stat of coreutils 9.1 and busybox 1.35: the same.
        let text = "0 0 /quayside//\n101 7 /quayside/a b//\n101 101 /quayside/new\nline//\n1 1 /quayside/d/\n x//\n";
        let owners = listed(text).unwrap();
        let owners: Vec<_> = owners
            .iter()
            .map(|(path, owner)| (path.as_str(), *owner))
            .collect();
        let expected = [
            ("", (0, 0)),
            ("a b", (101, 7)),
            ("d/\n x", (1, 1)),
            ("new\nline", (101, 101)),
        ];
        assert_eq!(owners, expected);
    }

    #[test]
    fn a_list_that_is_not_whole_is_none() {
        for text in [
            "",
            "0 0 /quayside//",
            "0 0 /quayside//\n0 0 /quayside/a",
            "0 0 /quayside/a//\n",
            "0 0 /quayside//\n0 0 /elsewhere/a//\n",
            "0 0 /quayside//\n0 ? /quayside/a//\n",
            "0 0 /quayside//\n0 0 /quayside/\u{fffd}//\n",
        ] {
            assert_eq!(listed(text), None, "{text:?}");
        }
    }

    #[test]
    fn who_only_looks_may_change_nothing() {
        let body = |may: &[&str], may_write| {
            let task = Task {
                program: "find",
                words: vec![SEEN.to_owned()],
                may,
                may_write,
            };
            let volumes = vec!["/var/lib/mysql".to_owned()];
            container_of("shop/db:1", Utf8Path::new("/demo/data"), task, volumes)
        };
        let host = body(&[], false).host_config.unwrap();
        let mount = &host.mounts.unwrap()[0];
        assert_eq!(mount.source.as_deref(), Some("/demo/data"));
        assert_eq!(mount.read_only, Some(true));
        assert_eq!(host.cap_add.unwrap(), ["DAC_READ_SEARCH"]);
        assert_eq!(host.network_mode.as_deref(), Some("none"));
        assert!(host.tmpfs.unwrap().contains_key("/var/lib/mysql"));
        let host = body(&["CHOWN"], true).host_config.unwrap();
        assert_eq!(host.mounts.unwrap()[0].read_only, Some(false));
        assert_eq!(host.cap_add.unwrap(), ["CHOWN", "DAC_READ_SEARCH"]);
    }
}
