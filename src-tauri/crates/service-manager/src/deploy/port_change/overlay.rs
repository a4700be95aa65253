//! The file that Compose reads over the vendor's: what Quayside has put into it, where it lies, and what `.env` must say
//! for it to be read. Everything in it replaces, so that what stands there is what holds.

use super::{MARK, NoWay, OWN, Reader, env, listed};
use crate::compose::Generation;
use crate::package::sources::{SourceFile, Sources};
use crate::package::yaml::OVERRIDE;
use crate::repair::Change;
use crate::text::Text;
use camino::Utf8PathBuf;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

const LIST: &str = "COMPOSE_FILE";

/// The settings of a service that are written as they are: Compose merges them key by key, or replaces them.
const SETTINGS: &[&str] = &["command", "deploy", "healthcheck", "mem_limit", "ulimits"];

/// What differs from the vendor's files.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Overlay {
    /// All ports of a service.
    pub ports: BTreeMap<String, Vec<Value>>,
    /// Variables of a service.
    pub environment: BTreeMap<String, BTreeMap<String, String>>,
    /// Fixed addresses of a service, by network.
    pub addresses: BTreeMap<String, BTreeMap<String, String>>,
    /// Other settings of a service, as they stand in the file; those of [`SETTINGS`].
    pub settings: BTreeMap<String, Map<String, Value>>,
    /// The address settings of a network: `ipam.config`.
    pub subnets: BTreeMap<String, Vec<Value>>,
    /// The old Compose reads files of one version only.
    version: Option<String>,
}

/// A file that was written over the vendor's, in memory.
#[derive(Clone, Debug)]
pub(crate) struct Laid {
    pub path: Utf8PathBuf,
    pub write: Change,
    /// What `.env` must become; none when it stays.
    pub env: Option<Vec<u8>>,
    /// The project with it.
    pub after: Value,
}

/// Returns what a [`Laid`] file changes: the file, and what `.env` must become.
pub(crate) fn laid_changes(sources: &Sources, write: Change, env: Option<Vec<u8>>) -> Vec<Change> {
    let entered = env
        .into_iter()
        .flat_map(|content| env::changes(sources, content));
    std::iter::once(write).chain(entered).collect()
}

/// Puts something into the override file: Compose's own if there is none yet, else ours, listed in `.env`.
pub(crate) fn lay(
    sources: &Sources,
    reader: Reader,
    put: impl FnOnce(&mut Overlay),
) -> Result<Laid, NoWay> {
    let ours = sources
        .files
        .iter()
        .position(|file| file.model.get(MARK).is_some());
    let mut overlay = match ours {
        Some(at) => Overlay::read(&sources.files[at]).ok_or(NoWay::Unclear)?,
        None => Overlay {
            version: version(sources, reader)?,
            ..Overlay::default()
        },
    };
    put(&mut overlay);
    let has_tags = !overlay.ports.is_empty() || !overlay.subnets.is_empty();
    if has_tags && !reader.overrides {
        return Err(NoWay::Unclear);
    }
    let text = overlay.text();
    let (path, env) = match ours {
        Some(at) => (sources.files[at].path.clone(), None),
        None => place(sources, reader)?,
    };
    let file = SourceFile::new(path.clone(), text.clone()).ok_or(NoWay::Unclear)?;
    Ok(Laid {
        write: Change::Write {
            path: path.clone(),
            before: ours.map(|at| sources.files[at].text.clone().into_bytes()),
            after: text.into_bytes(),
        },
        after: sources.with_overlay(ours, file).ok_or(NoWay::Unclear)?,
        path,
        env,
    })
}

/// What the first file calls its version, for a Compose that wants the same of every file (v1); one that is too old for
/// our mark has no way. A file without one is read by v1 from 1.27 on, which knows the mark; an older one takes it for a
/// file of the first format and refuses it, so that nobody comes here.
fn version(sources: &Sources, reader: Reader) -> Result<Option<String>, NoWay> {
    if reader.generation == Generation::V2 {
        return Ok(None);
    }
    let first = sources.files.first().map(|file| &file.model);
    let version = match first.and_then(|model| model.get("version")) {
        None if first.is_some_and(|model| model.get("services").is_some()) => return Ok(None),
        version => version.and_then(Value::as_str).ok_or(NoWay::Unclear)?,
    };
    let (major, minor) = version.split_once('.').ok_or(NoWay::Unclear)?;
    let knows_marks = match (major, minor.parse::<u32>()) {
        ("2", Ok(minor)) => minor >= 1,
        ("3", Ok(minor)) => minor >= 4,
        _ => false,
    };
    knows_marks
        .then(|| Some(version.to_owned()))
        .ok_or(NoWay::Unclear)
}

/// Returns a project without what marks our own file.
pub(crate) fn unmarked(mut model: Value) -> Value {
    if let Some(map) = model.as_object_mut() {
        map.remove(MARK);
    }
    model
}

/// Where a new override file goes, and what `.env` must say for it to be read.
fn place(sources: &Sources, reader: Reader) -> Result<(Utf8PathBuf, Option<Vec<u8>>), NoWay> {
    if let [base] = sources.files.as_slice()
        && sources.variable(LIST).is_none()
        && !sources.has_override()
        && let (Some(stem), Some(ending)) = (base.path.file_stem(), base.path.extension())
    {
        let name = format!("{stem}.override.{ending}");
        return Ok((base.path.with_file_name(name), None));
    }
    let path = sources.directory.join(sources.free_name(OWN));
    let files = sources.files.iter().map(|file| &file.path).chain([&path]);
    let env = list(sources, reader, files)?;
    Ok((path, Some(env)))
}

/// Returns `.env` with these files in `COMPOSE_FILE`.
pub(super) fn list<'a>(
    sources: &Sources,
    reader: Reader,
    files: impl Iterator<Item = &'a Utf8PathBuf>,
) -> Result<Vec<u8>, NoWay> {
    for name in [LIST, "COMPOSE_PATH_SEPARATOR"] {
        if sources.outer.contains_key(name) {
            return Err(NoWay::Outside(name.to_owned()));
        }
    }
    let separator = sources.variable("COMPOSE_PATH_SEPARATOR");
    let separator = separator.filter(|it| !it.is_empty());
    let separator = separator.unwrap_or_else(|| if cfg!(windows) { ";" } else { ":" }.to_owned());
    let names: Vec<String> = files.map(|path| listed(sources, path)).collect();
    env::with(sources, reader.generation, LIST, &names.join(&separator))
}

impl Overlay {
    /// Reads our own override file; none when somebody has added something else to it.
    fn read(file: &SourceFile) -> Option<Self> {
        let mut overlay = Self::default();
        let top = only(&file.model, &[MARK, "version", "services", "networks"])?;
        let version = top.get("version").and_then(Value::as_str);
        overlay.version = version.map(str::to_owned);
        for (name, service) in entries(top.get("services"))? {
            let known = ["ports", "environment", "networks"];
            let service = only(service, &[&known, SETTINGS].concat())?;
            for (key, value) in service
                .iter()
                .filter(|it| SETTINGS.contains(&it.0.as_str()))
            {
                let settings = overlay.settings.entry(name.clone()).or_default();
                settings.insert(key.clone(), each(value, &|text| text.replace("$$", "$")));
            }
            if let Some(ports) = service.get("ports") {
                let ports = ports.get(OVERRIDE)?.as_array()?.clone();
                overlay.ports.insert(name.clone(), ports);
            }
            if let Some(variables) = service.get("environment") {
                let variables = texts(variables.as_object()?)?;
                overlay.environment.insert(name.clone(), variables);
            }
            for (network, value) in entries(service.get("networks"))? {
                let address = only(value, &["ipv4_address"])?.get("ipv4_address")?;
                let of_service = overlay.addresses.entry(name.clone()).or_default();
                of_service.insert(network.clone(), address.as_str()?.to_owned());
            }
        }
        for (name, network) in entries(top.get("networks"))? {
            let ipam = only(network, &["ipam"])?.get("ipam")?;
            let config = only(ipam, &["config"])?.get("config")?;
            let config = config.get(OVERRIDE)?.as_array()?.clone();
            overlay.subnets.insert(name.clone(), config);
        }
        Some(overlay)
    }

    /// Writes the file. JSON's texts are YAML's texts; a `$` of a value is doubled, as Compose wants it.
    fn text(&self) -> String {
        let mut text = format!(
            "# {}\n{MARK}: {}\n",
            Text::new("override-file-head"),
            self.kinds()
        );
        if let Some(version) = &self.version {
            let _ = writeln!(text, "version: {}", json!(version));
        }
        let services: BTreeSet<&String> = self
            .ports
            .keys()
            .chain(self.environment.keys())
            .chain(self.addresses.keys())
            .chain(self.settings.keys())
            .collect();
        if !services.is_empty() {
            text.push_str("services:\n");
        }
        for service in services {
            let _ = writeln!(text, "  {}:", json!(service));
            if let Some(ports) = self.ports.get(service) {
                text.push_str("    ports: !override\n");
                for item in ports {
                    let _ = writeln!(text, "      - {item}");
                }
            }
            if let Some(variables) = self.environment.get(service) {
                text.push_str("    environment:\n");
                for (name, value) in variables {
                    let value = json!(value.replace('$', "$$"));
                    let _ = writeln!(text, "      {}: {value}", json!(name));
                }
            }
            for (key, value) in self.settings.get(service).into_iter().flatten() {
                let value = each(value, &|text| text.replace('$', "$$"));
                let _ = writeln!(text, "    {key}: {value}");
            }
            if let Some(addresses) = self.addresses.get(service) {
                text.push_str("    networks:\n");
                for (network, address) in addresses {
                    let _ = writeln!(
                        text,
                        "      {}:\n        ipv4_address: {address}",
                        json!(network)
                    );
                }
            }
        }
        if !self.subnets.is_empty() {
            text.push_str("networks:\n");
        }
        for (network, config) in &self.subnets {
            let _ = writeln!(
                text,
                "  {}:\n    ipam:\n      config: !override",
                json!(network)
            );
            for item in config {
                let _ = writeln!(text, "        - {item}");
            }
        }
        text
    }

    fn kinds(&self) -> String {
        let kinds = [
            (!self.ports.is_empty(), "ports"),
            (!self.environment.is_empty(), "environment"),
            (!self.subnets.is_empty(), "subnets"),
            (!self.settings.is_empty(), "settings"),
        ];
        let words: Vec<&str> = kinds.iter().filter(|it| it.0).map(|it| it.1).collect();
        words.join(" ")
    }
}

/// Returns a mapping that has no other keys than these.
fn only<'a>(value: &'a Value, keys: &[&str]) -> Option<&'a Map<String, Value>> {
    let map = value.as_object()?;
    map.keys()
        .all(|key| keys.contains(&key.as_str()))
        .then_some(map)
}

/// Returns the entries of a mapping that may be missing; none when it is something else.
fn entries(value: Option<&Value>) -> Option<Vec<(&String, &Value)>> {
    match value {
        None => Some(Vec::new()),
        Some(value) => Some(value.as_object()?.iter().collect()),
    }
}

/// Returns a value with every text in it changed.
fn each(value: &Value, change: &dyn Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => change(text).into(),
        Value::Array(items) => items.iter().map(|item| each(item, change)).collect(),
        Value::Object(map) => map
            .iter()
            .map(|(key, item)| (key.clone(), each(item, change)))
            .collect(),
        other => other.clone(),
    }
}

fn texts(map: &Map<String, Value>) -> Option<BTreeMap<String, String>> {
    let text =
        |(name, value): (&String, &Value)| Some((name.clone(), value.as_str()?.replace("$$", "$")));
    map.iter().map(text).collect()
}
