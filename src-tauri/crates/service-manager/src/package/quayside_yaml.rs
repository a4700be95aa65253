//! `quayside.yaml`, optional: what a vendor may say about a package beyond its compose file.

use super::yaml;
use crate::text::Language;
use camino::Utf8Path;
use serde_json::Value;
use std::collections::BTreeMap;

/// The names under which it is looked for, beside the compose file or one level up from `docker/`.
pub(crate) const FILE: &str = "quayside.yaml";

/// A text per language; written as one string it is meant for all.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Titles(BTreeMap<String, String>);

impl Titles {
    fn read(value: Option<&Value>) -> Self {
        Self(match value {
            Some(Value::Object(map)) => map
                .iter()
                .filter_map(|(tag, text)| Some((tag.to_lowercase(), text.as_str()?.to_owned())))
                .collect(),
            Some(Value::String(text)) => [(String::new(), text.clone())].into(),
            _ => BTreeMap::new(),
        })
    }

    /// Returns the text for a language: its own, that of its main language, one for all, English, any.
    pub(crate) fn get(&self, language: Language) -> Option<&str> {
        let tag = language.tag().to_lowercase();
        let main = tag.split('-').next().unwrap_or_default();
        [tag.as_str(), main, "", "en"]
            .iter()
            .find_map(|tag| self.0.get(*tag))
            .or_else(|| self.0.values().next())
            .map(String::as_str)
    }
}

/// What the file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct QuaysideYaml {
    pub(crate) title: Titles,
    pub(crate) version: Option<String>,
    /// Titles of services by their name in the compose file.
    pub(crate) services: BTreeMap<String, Titles>,
    /// Digests, `sha256:` and lower-case hexadecimal, by the path of the file below the folder of `quayside.yaml`.
    pub(crate) checksums: BTreeMap<String, String>,
    /// Keys we do not know, as paths.
    pub(crate) unknown: Vec<String>,
}

const KEYS: &[&str] = &[
    "checksums",
    "icon",
    "project",
    "requirements",
    "services",
    "settings",
    "support",
    "title",
    "version",
];
const SERVICE_KEYS: &[&str] = &["open", "startup", "title"];

/// Reads the file in a folder; none when there is none.
pub(crate) fn read(folder: &Utf8Path) -> Option<Result<QuaysideYaml, yaml::YamlError>> {
    let content = yaml::read(&folder.join(FILE)).ok()?;
    Some(
        yaml::parse(&content)
            .map(|documents| from_value(documents.first().unwrap_or(&Value::Null))),
    )
}

fn from_value(value: &Value) -> QuaysideYaml {
    let mut unknown = Vec::new();
    for key in value.as_object().into_iter().flat_map(|map| map.keys()) {
        if !KEYS.contains(&key.as_str()) {
            unknown.push(key.clone());
        }
    }
    let mut services = BTreeMap::new();
    for (name, service) in value
        .get("services")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        for key in service.as_object().into_iter().flat_map(|map| map.keys()) {
            if !SERVICE_KEYS.contains(&key.as_str()) {
                unknown.push(format!("services.{name}.{key}"));
            }
        }
        services.insert(name.clone(), Titles::read(service.get("title")));
    }
    let checksums = value.get("checksums").and_then(Value::as_object);
    let checksums = checksums
        .into_iter()
        .flatten()
        .filter_map(|(path, sum)| {
            let sum = sum.as_str()?.to_ascii_lowercase();
            let sum = sum.strip_prefix("sha256:").unwrap_or(&sum);
            let path = path.strip_prefix("./").unwrap_or(path);
            Some((path.to_owned(), format!("sha256:{sum}")))
        })
        .collect();
    let version = match value.get("version") {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    QuaysideYaml {
        title: Titles::read(value.get("title")),
        version,
        services,
        checksums,
        unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> QuaysideYaml {
        from_value(&yaml::parse(text.as_bytes()).expect("sound")[0])
    }

    #[test]
    fn titles_fall_back() {
        let both = parsed("title: {en: Harbour, zh-CN: 港口}\nversion: 1.2\n");
        assert_eq!(both.title.get(Language::ZhCn), Some("港口"));
        assert_eq!(both.title.get(Language::En), Some("Harbour"));
        assert_eq!(both.version.as_deref(), Some("1.2"));
        let one = parsed("title: Harbour\nservices:\n  web:\n    title: {zh: 网页}\n");
        assert_eq!(one.title.get(Language::ZhCn), Some("Harbour"));
        assert_eq!(one.services["web"].get(Language::En), Some("网页"));
        assert_eq!(Titles::default().get(Language::En), None);
    }

    #[test]
    fn checksums_are_read_however_they_are_written() {
        let file =
            parsed("checksums:\n  images/a.tar: SHA256:AB12\n  ./images/b.tar: cd34\n  c: 7\n");
        let read: Vec<_> = file.checksums.into_iter().collect();
        let pair = |path: &str, sum: &str| (path.to_owned(), sum.to_owned());
        assert_eq!(
            read,
            [
                pair("images/a.tar", "sha256:ab12"),
                pair("images/b.tar", "sha256:cd34")
            ]
        );
    }

    #[test]
    fn unknown_keys_are_collected() {
        let file = parsed("titel: x\nservices:\n  web: {title: a, colour: red}\n");
        assert_eq!(file.unknown, ["titel", "services.web.colour"]);
    }
}
