//! Ports that stand in a compose file as numbers: a file over the vendor's, or a copy in its place.

use super::overlay::{lay, list, unmarked};
use super::{Move, NoWay, OWN, Place, Reader, is_ours, token, without_ports};
use crate::compose::project::Port;
use crate::compose::read;
use crate::package::sources::{Sources, ports_of};
use crate::package::yaml::OVERRIDE;
use crate::repair::Change;
use serde_json::{Value, json};

/// More places than this are not tried; a port's number does not stand in so many.
const MOST_PLACES: usize = 64;

/// Where, the change of that file, and what `.env` must become for it to be read.
pub(crate) type Found = (Place, Vec<Change>, Option<Vec<u8>>);

/// An override file with `ports: !override`. `before` is the whole project; its ports may be written elsewhere than in
/// files of ours.
pub(super) fn by_tag(
    sources: &Sources,
    reader: Reader,
    wish: &Move<'_>,
    before: &Value,
    expected: &[(String, Vec<Port>)],
) -> Result<Found, NoWay> {
    if !reader.overrides {
        return Err(NoWay::Unclear);
    }
    let items = items(sources, before, wish)?;
    let laid = lay(sources, reader, |overlay| {
        overlay.ports.insert(wish.service.to_owned(), items);
    })?;
    prove(before.clone(), laid.after, wish, expected)?;
    Ok((Place::Override(laid.path), vec![laid.write], laid.env))
}

/// A copy of the file that has the number, with only that number changed.
pub(super) fn by_copy(
    sources: &Sources,
    reader: Reader,
    wish: &Move<'_>,
    expected: &[(String, Vec<Port>)],
) -> Result<Found, NoWay> {
    let (old, new) = (token(wish.from, wish), token(&wish.to, wish));
    let before = sources.resolved(None).ok_or(NoWay::Unclear)?;
    for (at, file) in sources.files.iter().enumerate().rev() {
        for text in replacements(&file.text, &old, &new) {
            let Some(changed) = sources.with_file(at, text.clone()) else {
                continue;
            };
            let Some(after) = changed.resolved(None) else {
                continue;
            };
            if prove(before.clone(), after, wish, expected).is_ok() {
                return copied(sources, reader, at, text);
            }
        }
    }
    Err(NoWay::Unclear)
}

/// A text in the place of a file: a copy beside the vendor's, or our own copy changed again.
pub(crate) fn copied(
    sources: &Sources,
    reader: Reader,
    at: usize,
    text: String,
) -> Result<Found, NoWay> {
    let file = sources.files.get(at).ok_or(NoWay::Unclear)?;
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
    Ok((Place::Copy(path), vec![copy], Some(env)))
}

/// Nothing but this port may be different.
fn prove(
    was: Value,
    is: Value,
    wish: &Move<'_>,
    expected: &[(String, Vec<Port>)],
) -> Result<(), NoWay> {
    let same_ports = ports_of(&is) == expected;
    let rest = |model| without_ports(unmarked(model), wish.service);
    if same_ports && rest(was) == rest(is) {
        Ok(())
    } else {
        Err(NoWay::Unclear)
    }
}

/// Returns the service's ports after the move, as they are written: all but this one with their variables, if they all
/// stand in one file.
fn items(sources: &Sources, before: &Value, wish: &Move<'_>) -> Result<Vec<Value>, NoWay> {
    let lists = sources.files.iter().filter_map(|file| {
        let value = file.service(wish.service)?.get("ports")?;
        let value = value.get(OVERRIDE).unwrap_or(value);
        Some((file, value.as_array()?))
    });
    let lists: Vec<_> = lists.collect();
    let filled = resolved_list(before, wish)?;
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

fn resolved_list(model: &Value, wish: &Move<'_>) -> Result<Vec<Value>, NoWay> {
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
