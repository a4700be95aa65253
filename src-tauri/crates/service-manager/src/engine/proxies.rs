//! Proxies that the docker program and Compose hand to every container they make (`proxies` of `config.json`).

use super::Endpoint;
use super::connect::{configuration, read_json};
use crate::environment::Environment;
use camino::Utf8PathBuf;

/// What containers are handed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Proxies {
    pub file: Utf8PathBuf,
    /// The proxy for `http` or, without one, for `https`.
    pub proxy: String,
    /// Names that are reached without it, as written: separated by commas.
    pub except: String,
}

/// Reads them; none when nothing is set. An engine's own entry wins over `default`.
pub(crate) fn proxies(environment: &Environment, endpoint: &Endpoint) -> Option<Proxies> {
    let file = configuration(environment)?.join("config.json");
    let all = read_json(&file)?;
    let all = all.get("proxies")?;
    let own = all.get(&endpoint.url).or_else(|| all.get("default"))?;
    let word = |name: &str| {
        let value = own.get(name).and_then(serde_json::Value::as_str);
        value.filter(|value| !value.is_empty()).map(str::to_owned)
    };
    Some(Proxies {
        proxy: word("httpProxy").or_else(|| word("httpsProxy"))?,
        except: word("noProxy").unwrap_or_default(),
        file,
    })
}
