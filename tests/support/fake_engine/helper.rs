//! Containers that do one thing to one folder: made, started, waited for, read and removed. What they run is run for
//! real, as the user of the test, with the folder where it is mounted from.

use super::World;
use super::truth::frame;
use serde_json::{Value, json};
use std::process::Command;

/// Where the folder is seen.
const SEEN: &str = "/quayside";

/// One of them.
#[derive(Clone, Debug, Default)]
pub struct Helper {
    /// The id.
    pub id: String,
    /// What it was made of, as it was sent.
    pub body: Value,
    /// It was removed.
    pub removed: bool,
    code: i32,
    printed: String,
}

/// Answers what is asked of them, and nothing else.
pub(super) fn answer(
    world: &mut World,
    method: &str,
    path: &[&str],
    body: &[u8],
) -> Option<(u16, Vec<u8>)> {
    let json = |status, value: Value| Some((status, value.to_string().into_bytes()));
    if (method, path) == ("POST", &["containers", "create"]) {
        let id = format!("helper-{}", world.helpers.len());
        world.helpers.push(Helper {
            id: id.clone(),
            body: serde_json::from_slice(body).unwrap_or_default(),
            ..Helper::default()
        });
        return json(201, json!({ "Id": id, "Warnings": [] }));
    }
    let ["containers", id, rest @ ..] = path else {
        return None;
    };
    let mut helpers = world.helpers.iter_mut();
    let helper = helpers.find(|helper| helper.id == *id && !helper.removed)?;
    match (method, rest) {
        ("POST", ["start"]) => {
            helper.run();
            Some((204, Vec::new()))
        }
        ("POST", ["wait"]) => json(200, json!({ "StatusCode": helper.code })),
        ("GET", ["logs"]) => Some((200, frame(&helper.printed))),
        ("DELETE", []) => {
            helper.removed = true;
            Some((204, Vec::new()))
        }
        _ => None,
    }
}

impl Helper {
    #[allow(clippy::disallowed_methods)] // it stands for what runs in a container
    fn run(&mut self) {
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let folder = word(&self.body["HostConfig"]["Mounts"][0]["Source"]);
        let words = self.body["Cmd"].as_array().into_iter().flatten().map(word);
        let words = words.map(|word| match word.strip_prefix(SEEN) {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => folder.clone() + rest,
            _ => word,
        });
        let program = word(&self.body["Entrypoint"][0]);
        let ran = Command::new(&program).args(words).output();
        let ran = ran.unwrap_or_else(|error| panic!("{program}: {error}"));
        self.code = ran.status.code().unwrap_or(-1);
        let printed = String::from_utf8_lossy(&ran.stdout);
        self.printed = printed.replace(&folder, SEEN);
    }
}
