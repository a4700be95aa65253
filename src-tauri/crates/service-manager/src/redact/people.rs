//! What tells of people and of the place: passwords in addresses, e-mails, user names in paths, cards, hosts. Pure.

use super::shapes::floor;
use super::{Span, tokens};
use crate::api::support::RedactionKind as Kind;
use regex::Regex;
use std::sync::LazyLock;

/// A longer one is no address.
const LONGEST_AUTHORITY: usize = 2048;

/// Finds names and passwords in addresses: `mysql://app:secret@db/shop`. The last `@` before a slash ends them.
pub(super) fn addresses(text: &str, spans: &mut Vec<Span>) {
    let mut from = 0;
    while let Some(at) = text[from..].find("://") {
        let start = from + at + "://".len();
        from = start;
        let limit = floor(text, (start + LONGEST_AUTHORITY).min(text.len()));
        let rest = &text[start..limit];
        let end = rest
            .find(|it: char| it.is_whitespace() || "\"`<>".contains(it))
            .unwrap_or(rest.len());
        let rest = &rest[..end];
        let slash = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        // A password may have a slash in it, written as it is: then the sign comes later.
        let sign = rest[..slash].rfind('@').or_else(|| {
            let later = rest[slash..].find('@').map(|at| slash + at)?;
            let colon = rest[..slash].find(':')?;
            let port = &rest[colon + 1..slash];
            (!port.is_empty() && !port.bytes().all(|it| it.is_ascii_digit())).then_some(later)
        });
        let Some(sign) = sign else {
            continue;
        };
        let user_info = &rest[..sign];
        match user_info.split_once(':') {
            Some((user, password)) if !password.is_empty() && !says_nothing(password) => {
                let begin = start + user.len() + 1;
                spans.push(Span::new(begin..begin + password.len(), Kind::UrlPassword));
            }
            // A token in the place of a name: `https://ghp_...@host`, `https://<32 hex digits>@sentry`.
            Some((user, _)) if user.len() >= 16 => {
                spans.push(Span::new(start..start + user.len(), Kind::UrlPassword));
            }
            None if user_info.len() >= 16 && !tokens::is_token(user_info) => {
                spans.push(Span::new(start..start + user_info.len(), Kind::UrlPassword));
            }
            _ => {}
        }
        from = start + sign;
    }
}

fn says_nothing(password: &str) -> bool {
    super::keys::says_nothing(password)
}

static EMAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}(?:@|%40|\\u0040)(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}").ok()
});

/// Endings that are no countries: units of systemd, files.
const NO_DOMAINS: &[&str] = &[
    "service", "socket", "timer", "mount", "target", "slice", "scope", "js", "mjs", "ts", "so",
    "conf", "py", "go", "rs", "java", "class", "tar", "gz", "json", "yml", "yaml", "internal",
    "local", "cluster",
];

/// Finds e-mail addresses.
pub(super) fn emails(text: &str, spans: &mut Vec<Span>) {
    let Some(form) = &*EMAIL else {
        return;
    };
    for found in form.find_iter(text) {
        let words = found.as_str();
        let ending = words.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
        let user = words.split(['@', '%', '\\']).next().unwrap_or("");
        // A name and a host inside an address, not a person.
        let in_address = text[..found.start()].ends_with("://");
        if user != "git"
            && !in_address
            && (!NO_DOMAINS.contains(&ending.as_str())
                || matches!(ending.as_str(), "local" | "internal"))
        {
            spans.push(Span::new(found.range(), Kind::Email));
        }
    }
}

static HOME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let name = r"([^\s/\\:\x22'`<>|*?,;)\]}=&%]{1,64})";
    let before = r"(?:/(?:home|Users|export/home)/|%2[Ff](?:home|Users)%2[Ff]|/run/media/|[A-Za-z]:(?:\\{1,4}|/)(?:Users|Documents and Settings)(?:\\{1,4}|/)|(?-u:\b)file:/{2,3}(?:home|Users)/)";
    Regex::new(&format!("{before}{name}")).ok()
});

/// Names that belong to images and systems, not to people.
const NOBODY: &[&str] = &[
    "node",
    "app",
    "appuser",
    "user",
    "ubuntu",
    "debian",
    "www-data",
    "nobody",
    "root",
    "git",
    "docker",
    "Public",
    "Default",
    "All",
    "Shared",
    "default",
    "public",
    "shared",
    "runner",
    "postgres",
    "mysql",
    "nginx",
    "redis",
    "jovyan",
    "vscode",
    "linuxbrew",
    "nonroot",
];

/// Finds the names of people in paths.
pub(super) fn users(text: &str, spans: &mut Vec<Span>) {
    let Some(form) = &*HOME else {
        return;
    };
    for found in form.captures_iter(text) {
        if let Some(name) = found.get(1)
            && !NOBODY.contains(&name.as_str())
            && !name
                .as_str()
                .chars()
                .all(|it| it.is_ascii_digit() || it == '.' || it == '$')
            && !name.as_str().starts_with(['$', '{'])
        {
            spans.push(Span::new(name.range(), Kind::UserName));
        }
    }
}

static CARD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?-u:\b)[2-6][0-9](?:[ -]?[0-9]){11,17}(?-u:\b)").ok());

/// Finds numbers of payment cards: the lengths and beginnings of the issuers, and the check digit.
pub(super) fn cards(text: &str, spans: &mut Vec<Span>) {
    let Some(form) = &*CARD else {
        return;
    };
    for found in form.find_iter(text) {
        let digits: Vec<u32> = found
            .as_str()
            .chars()
            .filter_map(|it| it.to_digit(10))
            .collect();
        let number = |length: usize| {
            digits
                .iter()
                .take(length)
                .fold(0, |sum, digit| sum * 10 + digit)
        };
        let issued = match digits.len() {
            15 => matches!(number(2), 34 | 37),
            16 => {
                digits[0] == 4
                    || (51..=55).contains(&number(2))
                    || (2221..=2720).contains(&number(4))
                    || matches!(number(2), 62 | 65 | 35)
                    || number(4) == 6011
            }
            17..=19 => number(2) == 62,
            _ => false,
        };
        let sum: u32 = digits
            .iter()
            .rev()
            .enumerate()
            .map(|(at, digit)| {
                if at % 2 == 0 {
                    *digit
                } else {
                    digit * 2 / 10 + digit * 2 % 10
                }
            })
            .sum();
        let behind_point = text[..found.start()].ends_with(['.', '-', ':']);
        if issued && sum.is_multiple_of(10) && !behind_point {
            spans.push(Span::new(found.range(), Kind::CardNumber));
        }
    }
}

static IP: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?-u:\b)[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?-u:\b)").ok());
static HOST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"://(?:[^\s/@\x22'<>]{0,200}@)?((?:[A-Za-z0-9_-]{1,63}\.){1,8}[A-Za-z][A-Za-z0-9-]{1,62})",
    )
    .ok()
});

/// Hosts everybody knows; they tell nothing of the place.
const PUBLIC_HOSTS: &[&str] = &[
    "docker.io",
    "docker.com",
    "ghcr.io",
    "quay.io",
    "gcr.io",
    "k8s.io",
    "github.com",
    "gitlab.com",
    "microsoft.com",
    "mysql.com",
    "mariadb.org",
    "mariadb.com",
    "postgresql.org",
    "redis.io",
    "nginx.org",
    "nginx.com",
    "mongodb.com",
    "elastic.co",
    "apache.org",
    "python.org",
    "nodejs.org",
    "npmjs.com",
    "npmjs.org",
    "spring.io",
    "oracle.com",
    "w3.org",
    "rabbitmq.com",
    "opencontainers.org",
    "example.com",
    "example.org",
    "host.docker.internal",
    "docker.internal",
    "kernel.org",
    "debian.org",
    "ubuntu.com",
    "alpinelinux.org",
    "golang.org",
    "go.dev",
    "min.io",
    "milvus.io",
    "nvidia.com",
];

/// Finds hosts in addresses and numbers of the network, but not those that every computer or every engine has.
pub(super) fn hosts(text: &str, spans: &mut Vec<Span>) {
    if let Some(form) = &*IP {
        for found in form.find_iter(text) {
            let parts: Vec<u8> = found
                .as_str()
                .split('.')
                .filter_map(|it| it.parse().ok())
                .collect();
            let around = |byte: Option<u8>| {
                byte.is_some_and(|it| {
                    it.is_ascii_alphanumeric() || it == b'.' || it == b'-' || it == b'_'
                })
            };
            let bytes = text.as_bytes();
            let before = found.start().checked_sub(1).map(|at| bytes[at]);
            let behind = bytes.get(found.end()).copied();
            let goes_on =
                behind == Some(b'.') && bytes.get(found.end() + 1).is_some_and(u8::is_ascii_digit);
            let version = around(before) || goes_on || matches!(behind, Some(b'-' | b'_' | b'+'));
            let [first, second, ..] = parts[..] else {
                continue;
            };
            let everywhere = parts.len() != 4
                || matches!(first, 0 | 127 | 224..=255)
                || first == 172 && (16..32).contains(&second)
                || first == 169 && second == 254;
            // `version 10.0.19045.1`: small first numbers without a zone of their own are rarely addresses.
            let said = text[floor(text, found.start().saturating_sub(12))..found.start()]
                .to_ascii_lowercase();
            if !everywhere && !version && !said.contains("version") && first >= 10 {
                spans.push(Span::new(found.range(), Kind::IpAddress));
            }
        }
    }
    if let Some(form) = &*HOST {
        for found in form.captures_iter(text) {
            if let Some(host) = found.get(1) {
                let name = host.as_str().to_ascii_lowercase();
                let known = PUBLIC_HOSTS.iter().any(|it| {
                    name.strip_suffix(it)
                        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
                });
                if !known {
                    spans.push(Span::new(host.range(), Kind::HostName));
                }
            }
        }
    }
}
