//! Ports that stand in a compose file as numbers: a file over the vendor's, or a copy in its place.

use super::{MARK, Move, NoWay, OWN, Place, Reader, env, is_ours, listed, token, without_ports};
use crate::compose::project::Port;
use crate::compose::read;
use crate::package::sources::{SourceFile, Sources, ports_of};
use crate::package::yaml::OVERRIDE;
use crate::repair::Change;
use crate::text::Text;
use camino::Utf8PathBuf;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;

/// More places than this are not tried; a port's number does not stand in so many.
const MOST_PLACES: usize = 64;

const LIST: &str = "COMPOSE_FILE";

type Found = (Place, Vec<Change>, Option<Vec<u8>>);

/// The ports that each service of an override file has.
type Ports = BTreeMap<String, Vec<Value>>;

/// An override file with `ports: !override`: Compose's own if there is none yet, else ours, listed in `.env`.
pub(super) fn by_tag(
    sources: &Sources,
    reader: Reader,
    wish: &Move<'_>,
    expected: &[(String, Vec<Port>)],
) -> Result<Found, NoWay> {
    let ours = sources
        .files
        .iter()
        .position(|file| file.model.get(MARK).is_some());
    let mut ports = match ours {
        Some(at) => overridden(&sources.files[at]).ok_or(NoWay::Unclear)?,
        None => Ports::new(),
    };
    ports.insert(wish.service.to_owned(), items(sources, wish)?);
    let text = written(&ports);
    let mut changed = sources.clone();
    let (path, env) = if let Some(at) = ours {
        changed = changed.with_file(at, text.clone()).ok_or(NoWay::Unclear)?;
        (sources.files[at].path.clone(), None)
    } else {
        let (path, env) = place(sources, reader)?;
        let file = SourceFile::new(path.clone(), text.clone()).ok_or(NoWay::Unclear)?;
        changed.files.push(file);
        (path, env)
    };
    prove(sources, &changed, wish, expected)?;
    let write = Change::Write {
        path: path.clone(),
        before: ours.map(|at| sources.files[at].text.clone().into_bytes()),
        after: text.into_bytes(),
    };
    Ok((Place::Override(path), vec![write], env))
}

/// A copy of the file that has the number, with only that number changed.
pub(super) fn by_copy(
    sources: &Sources,
    reader: Reader,
    wish: &Move<'_>,
    expected: &[(String, Vec<Port>)],
) -> Result<Found, NoWay> {
    let (old, new) = (token(wish.from, wish), token(&wish.to, wish));
    for (at, file) in sources.files.iter().enumerate().rev() {
        for text in replacements(&file.text, &old, &new) {
            let Some(changed) = sources.with_file(at, text.clone()) else {
                continue;
            };
            if prove(sources, &changed, wish, expected).is_err() {
                continue;
            }
            let before = file.text.clone().into_bytes();
            if is_ours(file) {
                let write = Change::Write {
                    path: file.path.clone(),
                    before: Some(before),
                    after: text.into_bytes(),
                };
                return Ok((Place::Copy(file.path.clone()), vec![write], None));
            }
            let path = file.path.with_file_name(sources.free_name(OWN));
            let files = sources.files.iter().enumerate();
            let files = files.map(|(index, other)| if index == at { &path } else { &other.path });
            let env = list(sources, reader, files)?;
            let copy = Change::Duplicate {
                of: file.path.clone(),
                path: path.clone(),
                original: before,
                content: text.into_bytes(),
            };
            return Ok((Place::Copy(path), vec![copy], Some(env)));
        }
    }
    Err(NoWay::Unclear)
}

/// Nothing but this port may be different.
fn prove(
    before: &Sources,
    after: &Sources,
    wish: &Move<'_>,
    expected: &[(String, Vec<Port>)],
) -> Result<(), NoWay> {
    let (Some(was), Some(mut is)) = (before.resolved(None), after.resolved(None)) else {
        return Err(NoWay::Unclear);
    };
    let same_ports = ports_of(&is) == expected;
    if was.get(MARK).is_none()
        && let Some(map) = is.as_object_mut()
    {
        map.remove(MARK);
    }
    let same_rest = without_ports(was, wish.service) == without_ports(is, wish.service);
    if same_ports && same_rest {
        Ok(())
    } else {
        Err(NoWay::Unclear)
    }
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
fn list<'a>(
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

/// Returns the service's ports after the move, as they are written: all but this one with their variables, if they all
/// stand in one file.
fn items(sources: &Sources, wish: &Move<'_>) -> Result<Vec<Value>, NoWay> {
    let lists = sources.files.iter().filter_map(|file| {
        let value = file.service(wish.service)?.get("ports")?;
        let value = value.get(OVERRIDE).unwrap_or(value);
        Some((file, value.as_array()?))
    });
    let lists: Vec<_> = lists.collect();
    let filled = resolved_list(sources, wish)?;
    let raw = match lists.as_slice() {
        [.., (file, list)] if lists.len() == 1 || is_ours(file) => list.as_slice(),
        _ => &[],
    };
    let raw = if raw.len() == filled.len() {
        raw
    } else {
        &filled
    };
    let items = raw.iter().zip(&filled);
    Ok(items
        .flat_map(|(raw, filled)| replaced(raw, filled, wish))
        .collect())
}

fn resolved_list(sources: &Sources, wish: &Move<'_>) -> Result<Vec<Value>, NoWay> {
    let model = sources.resolved(None).ok_or(NoWay::Unclear)?;
    let ports = model
        .get("services")
        .and_then(|it| it.get(wish.service)?.get("ports"));
    ports
        .and_then(Value::as_array)
        .cloned()
        .ok_or(NoWay::Unclear)
}

/// Returns what takes the place of one item: itself unless it is, or has among others, the port that moves.
fn replaced(raw: &Value, filled: &Value, wish: &Move<'_>) -> Vec<Value> {
    let ports = read::all_ports(Some(&json!([filled])));
    if !ports.contains(wish.from) {
        return vec![raw.clone()];
    }
    if let Value::Object(long) = raw {
        let mut long = long.clone();
        long.insert("published".into(), wish.to.published.clone().into());
        match &wish.to.host_ip {
            Some(ip) => drop(long.insert("host_ip".into(), ip.clone().into())),
            None => drop(long.remove("host_ip")),
        }
        return vec![Value::Object(long)];
    }
    ports
        .iter()
        .map(|port| if port == wish.from { &wish.to } else { port })
        .map(|port| short(port).into())
        .collect()
}

/// Writes a port in the short notation.
pub(super) fn short(port: &Port) -> String {
    let ip = match &port.host_ip {
        Some(ip) if ip.contains(':') => format!("[{ip}]:"),
        Some(ip) => format!("{ip}:"),
        None => String::new(),
    };
    let published = match &port.published {
        Some(published) => format!("{published}:"),
        None if ip.is_empty() => String::new(),
        None => ":".into(),
    };
    let protocol = if port.protocol == "tcp" {
        String::new()
    } else {
        format!("/{}", port.protocol)
    };
    format!("{ip}{published}{}{protocol}", port.target)
}

/// Returns what our own override file says; none when somebody has added more than ports to it.
fn overridden(file: &SourceFile) -> Option<Ports> {
    let known = |map: &Map<String, Value>, keys: &[&str]| {
        map.keys().all(|key| keys.contains(&key.as_str()))
    };
    if !known(file.model.as_object()?, &[MARK, "services"]) {
        return None;
    }
    let services = file.model.get("services")?.as_object()?;
    let read = |(name, service): (&String, &Value)| {
        let service = service.as_object().filter(|it| known(it, &["ports"]))?;
        let ports = service.get("ports")?.get(OVERRIDE)?.as_array()?;
        Some((name.clone(), ports.clone()))
    };
    services.iter().map(read).collect()
}

/// Writes an override file. JSON's texts are YAML's texts.
fn written(ports: &Ports) -> String {
    let mut text = format!(
        "# {}\n{MARK}: ports\nservices:\n",
        Text::new("override-file-head")
    );
    for (service, items) in ports {
        let _ = writeln!(text, "  {}:\n    ports: !override", json!(service));
        for item in items {
            let _ = writeln!(text, "      - {item}");
        }
    }
    text
}

/// Returns the text with one occurrence of `old` replaced, for each that stands alone.
fn replacements<'a>(
    text: &'a str,
    old: &'a str,
    new: &'a str,
) -> impl Iterator<Item = String> + 'a {
    let alone = |at: &usize| {
        let part = |it: char| it.is_ascii_alphanumeric() || it == '_';
        let before = text[..*at].chars().next_back();
        let after = text[at + old.len()..].chars().next();
        !before.is_some_and(part) && !after.is_some_and(part)
    };
    let places = text
        .match_indices(old)
        .map(|(at, _)| at)
        .filter(move |at| !old.is_empty() && alone(at));
    places.take(MOST_PLACES).map(move |at| {
        let mut text = text.to_owned();
        text.replace_range(at..at + old.len(), new);
        text
    })
}
