//! A container that does one thing to one folder and is gone: for what an ordinary user may not do and the engine may.
//!
//! It is made of an image that is there already (nothing is fetched), has no network, a root file system that cannot be
//! written, and none of root's powers but that to give files away. It sees the folder and nothing else.

use super::{Engine, EngineError};
use bollard::models::{ContainerCreateBody, HostConfig, Mount, MountBindOptions, MountType};
use bollard::query_parameters::{
    RemoveContainerOptionsBuilder, StartContainerOptions, WaitContainerOptions,
};
use camino::Utf8Path;
use futures_util::StreamExt;
use std::collections::HashMap;

/// Where the folder is seen.
const SEEN: &str = "/quayside";
/// So that a leftover of a power cut can be told from other people's containers.
const LABEL: &str = "quayside.helper";
/// What fits into one command line, with room to spare.
const MOST_BYTES: usize = 64 << 10;

impl Engine {
    /// Gives files of a folder to a user and a group, links themselves and not what they point to. The image must have a
    /// `chown`.
    pub(crate) async fn give_away(
        &self,
        image: &str,
        root: &Utf8Path,
        paths: &[&Utf8Path],
        (uid, gid): (u32, u32),
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
            let mut command = vec!["-h".to_owned(), format!("{uid}:{gid}"), "--".to_owned()];
            command.extend(now.iter().map(|path| match path.as_str() {
                "" => SEEN.to_owned(),
                path => format!("{SEEN}/{path}"),
            }));
            self.run_once(image, root, "chown", command).await?;
        }
        Ok(())
    }

    async fn run_once(
        &self,
        image: &str,
        root: &Utf8Path,
        program: &str,
        words: Vec<String>,
    ) -> Result<(), EngineError> {
        let docker = self.patient();
        let failed = |error| self.error(error);
        let facts = docker.inspect_image(image).await.map_err(failed)?;
        // A volume that the image declares would be made anew, and stay.
        let volumes = facts
            .config
            .and_then(|config| config.volumes)
            .unwrap_or_default();
        let no_volumes: HashMap<String, String> = volumes
            .into_iter()
            .map(|path| (path, String::new()))
            .collect();
        let folder = Mount {
            typ: Some(MountType::BIND),
            source: Some(root.to_string()),
            target: Some(SEEN.to_owned()),
            bind_options: Some(MountBindOptions {
                non_recursive: Some(true),
                ..MountBindOptions::default()
            }),
            ..Mount::default()
        };
        let host = HostConfig {
            mounts: Some(vec![folder]),
            tmpfs: Some(no_volumes),
            network_mode: Some("none".to_owned()),
            readonly_rootfs: Some(true),
            cap_drop: Some(vec!["ALL".to_owned()]),
            cap_add: Some(vec!["CHOWN".to_owned(), "DAC_READ_SEARCH".to_owned()]),
            security_opt: Some(vec!["no-new-privileges".to_owned()]),
            ..HostConfig::default()
        };
        let body = ContainerCreateBody {
            image: Some(image.to_owned()),
            user: Some("0:0".to_owned()),
            entrypoint: Some(vec![program.to_owned()]),
            cmd: Some(words),
            labels: Some(HashMap::from([(LABEL.to_owned(), program.to_owned())])),
            host_config: Some(host),
            ..ContainerCreateBody::default()
        };
        let id = docker
            .create_container(None, body)
            .await
            .map_err(failed)?
            .id;
        let ran = async {
            docker
                .start_container(&id, None::<StartContainerOptions>)
                .await
                .map_err(failed)?;
            let mut ended = docker.wait_container(&id, None::<WaitContainerOptions>);
            match ended.next().await {
                Some(Ok(_)) | None => Ok(()),
                Some(Err(error)) => Err(failed(error)),
            }
        }
        .await;
        let options = RemoveContainerOptionsBuilder::new().force(true).build();
        let removed = docker
            .remove_container(&id, Some(options))
            .await
            .map_err(failed);
        ran.and(removed)
    }
}
