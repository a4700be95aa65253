//! Which exact changes give a network of the package another subnet; pure.
//!
//! The same ways as for a port: the variable in `.env` that carries it, a file over the vendor's, a copy in its place.
//! What is inside of the subnet moves along: gateway, ranges, fixed addresses of services. Where an address of it is
//! mentioned anywhere else, nothing is offered: nobody but the vendor knows what that would break.

use super::port_change::{
    Found, NoWay, Place, Reader, copied, env_changes, env_with, laid_changes, lay, unmarked,
};
use crate::compose::interpolate::references;
use crate::package::sources::{Sources, each_text};
use crate::repair::Change;
use camino::Utf8PathBuf;
use ipnet::Ipv4Net;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

/// A network, by its key in the compose file, and where it is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Move<'a> {
    pub network: &'a str,
    pub from: Ipv4Net,
    pub to: Ipv4Net,
}

/// Returns where the subnet is changed, and the changes.
pub(crate) fn way(
    sources: &Sources,
    reader: Reader,
    wish: Move<'_>,
) -> Result<(Place, Vec<Change>), NoWay> {
    let before = sources.model().ok_or(NoWay::Unclear)?;
    let wanted = wish.moved(&before).ok_or(NoWay::Unclear)?;
    let own = sources.resolved(None).ok_or(NoWay::Unclear)?;
    let own_wanted = wish.moved(&own);
    let (place, mut changes, env) = match own_wanted {
        Some(own_wanted) => here(sources, reader, wish, &wanted, &own_wanted)?,
        // Written in a file that another one includes.
        None => by_tag(sources, reader, wish, &wanted)?,
    };
    changes.extend(env.into_iter().flat_map(|env| env_changes(sources, env)));
    Ok((place, changes))
}

/// Returns the override file that names the addresses of a network that has none, and the changes that write it.
pub(crate) fn give(
    sources: &Sources,
    reader: Reader,
    network: &str,
    subnet: Ipv4Net,
) -> Result<(Utf8PathBuf, Vec<Change>), NoWay> {
    let before = unmarked(sources.model().ok_or(NoWay::Unclear)?);
    let item = json!({ "subnet": subnet.to_string() });
    let laid = lay(sources, reader, |overlay| {
        overlay
            .subnets
            .insert(network.to_owned(), vec![item.clone()]);
    })?;
    let after = unmarked(laid.after);
    // A network that is mentioned nowhere else, `default`, goes with it.
    let rest = |mut model: Value| {
        let networks = model.get_mut("networks").and_then(Value::as_object_mut);
        if let Some(networks) = networks {
            let own = networks.get_mut(network).and_then(Value::as_object_mut);
            own.and_then(|it| it.remove("ipam"));
            let is_bare = |it: &Value| it.is_null() || it.as_object().is_some_and(Map::is_empty);
            if networks.get(network).is_some_and(is_bare) {
                networks.remove(network);
            }
            if networks.is_empty() {
                model.as_object_mut().and_then(|it| it.remove("networks"));
            }
        }
        model
    };
    if config(&after, network) != Some(vec![item.clone()]) || rest(after) != rest(before) {
        return Err(NoWay::Unclear);
    }
    let changes = laid_changes(sources, laid.write, laid.env);
    Ok((laid.path, changes))
}

fn here(
    sources: &Sources,
    reader: Reader,
    wish: Move<'_>,
    wanted: &Value,
    own_wanted: &Value,
) -> Result<Found, NoWay> {
    if let Some(name) = carrier(sources, wish, own_wanted) {
        if sources.outer.contains_key(&name) {
            return Err(NoWay::Outside(name));
        }
        let env = env_with(sources, reader.generation, &name, &wish.to.to_string())?;
        return Ok((Place::Variable(name), Vec::new(), Some(env)));
    }
    if reader.overrides {
        by_tag(sources, reader, wish, wanted)
    } else {
        by_copy(sources, reader, wish, own_wanted)
    }
}

/// The variable that carries the subnet, if nothing else changes with it.
fn carrier(sources: &Sources, wish: Move<'_>, wanted: &Value) -> Option<String> {
    let mut names = Vec::new();
    for file in &sources.files {
        let network = file
            .model
            .get("networks")
            .and_then(|it| it.get(wish.network));
        each_text(network.unwrap_or(&Value::Null), &mut |text| {
            names.extend(references(text).into_iter().map(|it| it.name));
        });
    }
    let value = wish.to.to_string();
    names
        .into_iter()
        .find(|name| sources.resolved(Some((name, &value))).as_ref() == Some(wanted))
}

fn by_tag(
    sources: &Sources,
    reader: Reader,
    wish: Move<'_>,
    wanted: &Value,
) -> Result<Found, NoWay> {
    let config = config(wanted, wish.network).ok_or(NoWay::Unclear)?;
    let fixed = fixed(wanted, wish.network);
    let laid = lay(sources, reader, |overlay| {
        overlay.subnets.insert(wish.network.to_owned(), config);
        for (service, address) in fixed {
            let addresses = overlay.addresses.entry(service).or_default();
            addresses.insert(wish.network.to_owned(), address);
        }
    })?;
    if unmarked(laid.after) == unmarked(wanted.clone()) {
        Ok((Place::Override(laid.path), vec![laid.write], laid.env))
    } else {
        Err(NoWay::Unclear)
    }
}

/// A copy of the file that has the subnet, in which it and what is inside of it are other numbers.
fn by_copy(
    sources: &Sources,
    reader: Reader,
    wish: Move<'_>,
    wanted: &Value,
) -> Result<Found, NoWay> {
    for at in (0..sources.files.len()).rev() {
        let text = wish.in_text(&sources.files[at].text);
        let changed = sources.with_file(at, text.clone());
        let after = changed.and_then(|changed| changed.resolved(None));
        if after.as_ref() == Some(wanted) {
            return copied(sources, reader, at, text);
        }
    }
    Err(NoWay::Unclear)
}

impl Move<'_> {
    /// Returns the project with the network where it is to be; none when it does not have it, or when an address of it
    /// is mentioned where nobody can say what it means.
    fn moved(&self, model: &Value) -> Option<Value> {
        let mut model = model.clone();
        let mut rest = model.clone();
        let config = model
            .get_mut("networks")?
            .get_mut(self.network)?
            .get_mut("ipam")?
            .get_mut("config")?
            .as_array_mut()?;
        let mut is_there = false;
        for item in config.iter_mut() {
            let subnet = item.get("subnet").and_then(Value::as_str);
            let subnet = subnet.and_then(|it| it.parse::<Ipv4Net>().ok());
            if subnet.is_some_and(|it| it.trunc() == self.from.trunc()) {
                is_there = true;
                self.in_value(item);
            }
        }
        for (_, service) in model.get_mut("services")?.as_object_mut()? {
            let network = service
                .get_mut("networks")
                .and_then(|it| it.get_mut(self.network));
            if let Some(address) = network.and_then(|it| it.get_mut("ipv4_address")) {
                self.in_value(address);
            }
        }
        // What is left of the old addresses is somewhere that only the vendor understands.
        rest.get_mut("networks")?
            .get_mut(self.network)?
            .as_object_mut()?
            .remove("ipam");
        for (_, service) in rest.get_mut("services")?.as_object_mut()? {
            let networks = service.get_mut("networks");
            let network = networks.and_then(|it| it.get_mut(self.network)?.as_object_mut());
            network.and_then(|it| it.remove("ipv4_address"));
        }
        let mut is_mentioned = false;
        each_text(&rest, &mut |text| {
            is_mentioned |= numbers(text).any(|(_, word)| self.is_inside(word));
        });
        (is_there && !is_mentioned).then_some(model)
    }

    fn is_inside(&self, word: &str) -> bool {
        let address = word.split('/').next().unwrap_or_default();
        address
            .parse::<Ipv4Addr>()
            .is_ok_and(|address| self.from.contains(&address))
    }

    /// The same number in the new subnet: `172.28.0.1` in `172.28.0.0/16` becomes `10.7.0.1` in `10.7.0.0/16`.
    fn shifted(&self, address: Ipv4Addr) -> Ipv4Addr {
        let host = address.to_bits() & self.from.hostmask().to_bits();
        Ipv4Addr::from_bits(self.to.network().to_bits() | host)
    }

    fn in_value(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.in_text(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.in_value(item)),
            Value::Object(map) => map.values_mut().for_each(|item| self.in_value(item)),
            _ => {}
        }
    }

    /// Returns a text with every address of the old subnet moved.
    fn in_text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for (at, word) in numbers(text) {
            out.push_str(&text[from..at]);
            let (address, rest) = word.split_at(word.find('/').unwrap_or(word.len()));
            match address.parse::<Ipv4Addr>() {
                Ok(address) if self.from.contains(&address) => {
                    out.push_str(&self.shifted(address).to_string());
                    out.push_str(rest);
                }
                _ => out.push_str(word),
            }
            from = at + word.len();
        }
        out.push_str(&text[from..]);
        out
    }
}

/// The words of a text that could be addresses, and where they are.
fn numbers(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '/' | '_' | '-');
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(is_part)?;
        let length = text[start..].find(|it| !is_part(it));
        rest = length.map_or(text.len(), |length| start + length);
        Some((start, &text[start..rest]))
    })
}

fn config(model: &Value, network: &str) -> Option<Vec<Value>> {
    let config = model
        .get("networks")?
        .get(network)?
        .get("ipam")?
        .get("config")?;
    config.as_array().cloned()
}

/// The services that have a fixed address in a network.
fn fixed(model: &Value, network: &str) -> BTreeMap<String, String> {
    let services = model.get("services").and_then(Value::as_object);
    let address = |(name, service): (&String, &Value)| {
        let address = service.get("networks")?.get(network)?.get("ipv4_address")?;
        Some((name.clone(), address.as_str()?.to_owned()))
    };
    services.into_iter().flatten().filter_map(address).collect()
}

#[cfg(test)]
mod tests;
