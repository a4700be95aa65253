//! From the YAML to [`QuaysideYaml`]: what is not as it should be is noted with its line and left out.

use super::units::bytes;
use super::{Odd, Oddity, QuaysideYaml, Requirements, Setting, Support, Titles, VendorService};
use crate::api::package::OpenView;
use crate::compose::words::duration;
use crate::package::icon;
use crate::package::yaml::line_of;
use crate::text::Text;
use camino::Utf8Path;
use regex::{Regex, RegexBuilder};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::time::Duration;

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
const SUPPORT_KEYS: &[&str] = &["email", "name", "phone", "url"];
const REQUIREMENT_KEYS: &[&str] = &["compose", "cpus", "disk", "engine", "memory"];
const SERVICE_KEYS: &[&str] = &["open", "startup", "title"];
const OPEN_KEYS: &[&str] = &["path", "port", "scheme"];
const SETTING_KEYS: &[&str] = &[
    "default", "help", "key", "pattern", "required", "secret", "title",
];
/// No service is waited for longer than this because a file says so.
const LONGEST_STARTUP: Duration = Duration::from_hours(4);

/// Reads the file's first document.
pub(super) fn file(value: &Value, text: &str, folder: &Utf8Path) -> QuaysideYaml {
    let mut reader = Reader {
        text,
        oddities: Vec::new(),
    };
    let mut read = QuaysideYaml::default();
    if value.is_null() {
        return read;
    }
    let root = reader.map(value, "", KEYS);
    read.title = reader.titles(root.get("title"), "title");
    read.version = reader.word(root.get("version"), "version");
    read.project = reader.word(root.get("project"), "project");
    read.icon = reader.icon(root.get("icon"), folder);
    read.support = root.get("support").map(|it| reader.support(it));
    if let Some(wishes) = root.get("requirements") {
        read.requirements = reader.requirements(wishes);
    }
    for (name, service) in reader.entries(root.get("services"), "services") {
        let service = reader.service(&service, &format!("services.{name}"));
        read.services.insert(name, service);
    }
    read.settings = reader.settings(root.get("settings"));
    read.checksums = reader.checksums(root.get("checksums"));
    read.oddities = reader.oddities;
    read
}

/// Compiles a vendor's pattern, which is meant for the whole value; none when it is not one or far too large.
pub(super) fn pattern(text: &str) -> Option<Regex> {
    RegexBuilder::new(&format!("^(?:{text})$"))
        .size_limit(1 << 20)
        .build()
        .ok()
}

struct Reader<'a> {
    text: &'a str,
    oddities: Vec<Oddity>,
}

impl Reader<'_> {
    fn odd(&mut self, key: &str, what: Odd) {
        self.oddities.push(Oddity {
            key: key.to_owned(),
            line: line_of(self.text, key),
            what,
        });
    }

    fn wrong_type(&mut self, key: &str, expected: &'static str) {
        let expected = Text::new(expected);
        self.odd(key, Odd::Type { expected });
    }

    fn bad(&mut self, key: &str, reason: Text) {
        self.odd(key, Odd::Value { reason });
    }

    /// Returns a mapping, its unknown keys noted.
    fn map(
        &mut self,
        value: &Value,
        path: &str,
        known: &'static [&'static str],
    ) -> Map<String, Value> {
        let Some(map) = value.as_object() else {
            self.wrong_type(path, "quayside-a-mapping");
            return Map::new();
        };
        for key in map.keys().filter(|key| !known.contains(&key.as_str())) {
            // Room for a vendor's own things, as in a compose file.
            if key.starts_with("x-") {
                continue;
            }
            let nearest = nearest(key, known);
            self.odd(&below(path, key), Odd::Unknown { nearest });
        }
        map.clone()
    }

    /// Returns the entries of a mapping whose keys are names.
    fn entries(&mut self, value: Option<&Value>, path: &str) -> Vec<(String, Value)> {
        match value {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Object(map)) => map
                .iter()
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
            Some(_) => {
                self.wrong_type(path, "quayside-a-mapping");
                Vec::new()
            }
        }
    }

    /// Returns a word or a number as it was written.
    fn word(&mut self, value: Option<&Value>, path: &str) -> Option<String> {
        match value? {
            Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            Value::Null => None,
            _ => {
                self.wrong_type(path, "quayside-a-text");
                None
            }
        }
    }

    fn flag(&mut self, value: Option<&Value>, path: &str) -> bool {
        match value {
            Some(Value::Bool(flag)) => *flag,
            None | Some(Value::Null) => false,
            Some(_) => {
                self.wrong_type(path, "quayside-yes-or-no");
                false
            }
        }
    }

    fn titles(&mut self, value: Option<&Value>, path: &str) -> Titles {
        match value {
            None | Some(Value::Null) => Titles::default(),
            Some(Value::String(text)) => Titles([(String::new(), text.clone())].into()),
            Some(Value::Number(number)) => Titles([(String::new(), number.to_string())].into()),
            Some(Value::Object(map)) => {
                let mut titles = BTreeMap::new();
                for (tag, text) in map {
                    if let Some(text) = self.word(Some(text), &below(path, tag)) {
                        titles.insert(tag.to_lowercase(), text);
                    }
                }
                Titles(titles)
            }
            Some(_) => {
                self.wrong_type(path, "quayside-a-text-per-language");
                Titles::default()
            }
        }
    }

    /// Only a small picture inside the package, and no link to one elsewhere.
    fn icon(&mut self, value: Option<&Value>, folder: &Utf8Path) -> Option<String> {
        let path = self.word(value, "icon")?;
        let Some(inside) = inside(&path) else {
            self.bad("icon", Text::new("quayside-outside"));
            return None;
        };
        let is_picture = [".png", ".jpg", ".jpeg", ".webp"]
            .iter()
            .any(|ending| inside.to_ascii_lowercase().ends_with(ending));
        let real = |path: &Utf8Path| path.canonicalize_utf8().ok();
        let place = real(&folder.join(&inside));
        let is_within = place
            .as_deref()
            .zip(real(folder))
            .is_some_and(|(place, folder)| place.starts_with(folder));
        let size = place.and_then(|place| fs_err::metadata(place).ok());
        let size = size.filter(std::fs::Metadata::is_file).map(|it| it.len());
        let reason = match size {
            _ if !is_picture => "quayside-no-picture",
            None => "quayside-not-there",
            Some(_) if !is_within => "quayside-outside",
            Some(size) if size > icon::LIMIT => "quayside-picture-too-large",
            Some(_) => return Some(inside),
        };
        self.bad("icon", Text::new(reason));
        None
    }

    fn support(&mut self, value: &Value) -> Support {
        let map = self.map(value, "support", SUPPORT_KEYS);
        let mut support = Support {
            name: self.titles(map.get("name"), "support.name"),
            phone: self.word(map.get("phone"), "support.phone"),
            email: self.word(map.get("email"), "support.email"),
            url: self.word(map.get("url"), "support.url"),
        };
        if support.email.as_ref().is_some_and(|it| !it.contains('@')) {
            self.bad("support.email", Text::new("quayside-no-email"));
            support.email = None;
        }
        let is_web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
        if support.url.as_ref().is_some_and(|it| !is_web(it)) {
            self.bad("support.url", Text::new("quayside-no-url"));
            support.url = None;
        }
        support
    }

    fn requirements(&mut self, value: &Value) -> Requirements {
        let map = self.map(value, "requirements", REQUIREMENT_KEYS);
        let mut size = |key: &'static str| {
            let path = below("requirements", key);
            let written = self.word(map.get(key), &path)?;
            let read = bytes(&written);
            if read.is_none() {
                self.bad(&path, Text::new("quayside-no-size"));
            }
            read
        };
        let (memory, disk) = (size("memory"), size("disk"));
        let mut version = |key: &'static str| {
            let path = below("requirements", key);
            let written = self.word(map.get(key), &path)?;
            let parts = written.trim_start_matches('v').to_owned();
            let sound = parts
                .split('.')
                .all(|part| !part.is_empty() && part.chars().all(|char| char.is_ascii_digit()));
            if !sound {
                self.bad(&path, Text::new("quayside-no-version"));
            }
            sound.then_some(parts)
        };
        let (engine, compose) = (version("engine"), version("compose"));
        let cpus = self.word(map.get("cpus"), "requirements.cpus");
        let cpus = cpus.and_then(|written| {
            let read = written
                .parse()
                .ok()
                .filter(|count| (0.0..4096.0).contains(count));
            if read.is_none() {
                self.bad("requirements.cpus", Text::new("quayside-no-number"));
            }
            read
        });
        Requirements {
            cpus,
            memory,
            disk,
            engine,
            compose,
        }
    }

    fn service(&mut self, value: &Value, path: &str) -> VendorService {
        if value.is_null() {
            return VendorService::default();
        }
        let map = self.map(value, path, SERVICE_KEYS);
        let startup = below(path, "startup");
        let written = match map.get("startup") {
            // A bare number is seconds here: nobody writes nanoseconds.
            Some(Value::Number(number)) => Some(format!("{number}s")),
            other => self.word(other, &startup),
        };
        let read = written.and_then(|written| {
            let read = duration(&written.replace(' ', "")).filter(|it| *it <= LONGEST_STARTUP);
            if read.is_none() {
                self.bad(&startup, Text::new("quayside-no-duration"));
            }
            read
        });
        VendorService {
            title: self.titles(map.get("title"), &below(path, "title")),
            open: self.open(map.get("open"), &below(path, "open")),
            startup: read,
        }
    }

    fn open(&mut self, value: Option<&Value>, path: &str) -> Option<OpenView> {
        let link = |page: &str| OpenView {
            shown: true,
            port: None,
            scheme: None,
            path: page.to_owned(),
        };
        match value? {
            Value::Null | Value::Bool(true) => None,
            Value::Bool(false) => Some(OpenView {
                shown: false,
                ..link("/")
            }),
            Value::String(page) if page.starts_with('/') => {
                let page = self.page(page, path)?;
                Some(link(&page))
            }
            Value::Object(_) => {
                let map = self.map(value?, path, OPEN_KEYS);
                let page = match self.word(map.get("path"), &below(path, "path")) {
                    Some(page) => self.page(&page, &below(path, "path"))?,
                    None => "/".to_owned(),
                };
                let port = self.word(map.get("port"), &below(path, "port"));
                let port = match port.map(|port| port.parse::<u16>()) {
                    None => None,
                    Some(Ok(port)) => Some(port),
                    Some(Err(_)) => {
                        self.bad(&below(path, "port"), Text::new("quayside-no-port"));
                        return None;
                    }
                };
                let scheme = self.word(map.get("scheme"), &below(path, "scheme"));
                if scheme
                    .as_ref()
                    .is_some_and(|it| it != "http" && it != "https")
                {
                    self.bad(&below(path, "scheme"), Text::new("quayside-no-url"));
                    return None;
                }
                Some(OpenView {
                    port,
                    scheme,
                    ..link(&page)
                })
            }
            _ => {
                self.wrong_type(path, "quayside-a-page");
                None
            }
        }
    }

    /// The part of an address behind the port. Nothing in it may change where the address leads.
    fn page(&mut self, page: &str, path: &str) -> Option<String> {
        let sound = page.starts_with('/')
            && !page.starts_with("//")
            && page.len() < 512
            && page
                .chars()
                .all(|char| char.is_ascii_graphic() && !"\\\"<>".contains(char));
        if !sound {
            self.bad(path, Text::new("quayside-no-page"));
        }
        sound.then(|| page.to_owned())
    }

    fn settings(&mut self, value: Option<&Value>) -> Vec<Setting> {
        let items = match value {
            None | Some(Value::Null) => return Vec::new(),
            Some(Value::Array(items)) => items,
            Some(_) => {
                self.wrong_type("settings", "quayside-a-list");
                return Vec::new();
            }
        };
        let mut settings: Vec<Setting> = Vec::new();
        for item in items {
            let Some(setting) = self.setting(item) else {
                continue;
            };
            if settings.iter().any(|known| known.key == setting.key) {
                self.bad(
                    "settings",
                    Text::new("quayside-twice").with("key", &setting.key),
                );
            } else {
                settings.push(setting);
            }
        }
        settings
    }

    fn setting(&mut self, item: &Value) -> Option<Setting> {
        let map = self.map(item, "settings", SETTING_KEYS);
        let key = self.word(map.get("key"), "settings.key");
        let is_name = |key: &String| {
            !key.starts_with(|char: char| char.is_ascii_digit())
                && key
                    .chars()
                    .all(|char| char.is_ascii_alphanumeric() || char == '_')
        };
        let Some(key) = key.filter(is_name) else {
            self.bad("settings", Text::new("quayside-no-variable"));
            return None;
        };
        let mut written = self.word(map.get("pattern"), "settings.pattern");
        if written.as_deref().is_some_and(|it| pattern(it).is_none()) {
            self.bad(
                "settings",
                Text::new("quayside-no-pattern").with("key", &key),
            );
            written = None;
        }
        let default = match map.get("default") {
            Some(Value::Bool(flag)) => Some(flag.to_string()),
            other => self.word(other, "settings.default"),
        };
        let mut setting = Setting {
            title: self.titles(map.get("title"), "settings.title"),
            help: self.titles(map.get("help"), "settings.help"),
            secret: self.flag(map.get("secret"), "settings.secret"),
            required: self.flag(map.get("required"), "settings.required"),
            pattern: written,
            default,
            key,
        };
        let proposed = setting.default.as_deref();
        if proposed.is_some_and(|value| !setting.accepts(value)) {
            let key = Text::new("quayside-no-default").with("key", &setting.key);
            self.bad("settings", key);
            setting.default = None;
        }
        Some(setting)
    }

    fn checksums(&mut self, value: Option<&Value>) -> BTreeMap<String, String> {
        let mut sums = BTreeMap::new();
        for (path, sum) in self.entries(value, "checksums") {
            let key = below("checksums", &path);
            let Some(written) = self.word(Some(&sum), &key) else {
                continue;
            };
            let sum = written.to_ascii_lowercase();
            let sum = sum.strip_prefix("sha256:").unwrap_or(&sum);
            let is_digest = sum.len() == 64 && sum.chars().all(|char| char.is_ascii_hexdigit());
            match inside(&path) {
                None => self.bad(&key, Text::new("quayside-outside")),
                Some(_) if !is_digest => self.bad(&key, Text::new("quayside-no-digest")),
                Some(path) => {
                    sums.insert(path, format!("sha256:{sum}"));
                }
            }
        }
        sums
    }
}

fn below(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

/// Returns a path as it is below the folder; none when it leads out of it.
fn inside(path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    let parts: Vec<&str> = path
        .split('/')
        .filter(|part| !matches!(*part, "" | "."))
        .collect();
    let leads_out = path.starts_with('/') || path.contains(':') || parts.contains(&"..");
    (!leads_out && !parts.is_empty()).then(|| parts.join("/"))
}

/// The known key that somebody who wrote `key` may have meant.
fn nearest(key: &str, known: &'static [&'static str]) -> Option<&'static str> {
    let key = key.to_ascii_lowercase();
    let best = known
        .iter()
        .map(|other| (strsim::osa_distance(&key, other), *other))
        .min()?;
    (best.0 <= 2 && best.0 < best.1.len() / 2).then_some(best.1)
}
