//! Names that promise a secret, and values that are none. Pure.

/// How sure a name makes it that a secret follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Promise {
    Nothing,
    /// `token`, `auth`: in prose it may be an ordinary word.
    Likely,
    /// `password`
    Sure,
}

/// Last words of a name that speak about a secret and are none: `PASSWORD_FILE`, `TOKEN_TTL`.
const ABOUT: &[&str] = &[
    "file",
    "files",
    "path",
    "dir",
    "name",
    "names",
    "length",
    "len",
    "expiry",
    "expires",
    "expire",
    "ttl",
    "type",
    "url",
    "uri",
    "host",
    "port",
    "enabled",
    "disabled",
    "policy",
    "endpoint",
    "count",
    "size",
    "algorithm",
    "algo",
    "method",
    "mode",
    "provider",
    "required",
    "plugin",
    "rotation",
    "age",
    "timeout",
    "duration",
    "hint",
    "prompt",
    "field",
    "column",
    "reset",
    "min",
    "max",
    "version",
    "issuer",
    "audience",
    "realm",
    "server",
    "format",
    "header",
    "prefix",
    "set",
    "exists",
    "limit",
    "usage",
    "validity",
    "lifetime",
    "error",
    "failed",
    "failure",
    "status",
];

/// Words in front of `key` that make it no secret.
const OPEN_KEYS: &[&str] = &[
    "primary",
    "foreign",
    "public",
    "pub",
    "partition",
    "sort",
    "index",
    "unique",
    "cache",
    "routing",
    "group",
    "hash",
    "row",
    "map",
    "object",
    "registry",
    "duplicate",
    "host",
    "label",
    "composite",
    "candidate",
    "natural",
    "property",
    "config",
    "translation",
    "message",
    "metric",
    "item",
    "range",
];

/// Words in front of `key` that make it one.
const SECRET_KEYS: &[&str] = &[
    "api",
    "access",
    "secret",
    "private",
    "encryption",
    "encrypt",
    "signing",
    "sign",
    "license",
    "licence",
    "ssh",
    "account",
    "master",
    "shared",
    "auth",
    "app",
    "application",
    "jwt",
    "service",
    "admin",
    "client",
    "hmac",
    "aes",
    "rsa",
    "session",
    "cookie",
    "root",
    "storage",
    "consumer",
    "subscription",
    "crypt",
    "cipher",
    "des",
    "web",
    "deploy",
    "user",
    "activation",
    "product",
    "serial",
    "instrumentation",
    "ingest",
    "write",
    "signature",
    "security",
    "vault",
    "unseal",
    "recovery",
    "backup",
    "kms",
    "node",
    "token",
    "tls",
    "ssl",
];

const SURE: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "passwort",
    "kennwort",
    "passcode",
    "pwd",
    "secret",
    "credential",
    "credentials",
    "pass",
    "pw",
    "authorization",
    "contrasena",
    "motdepasse",
];

const SURE_ENDS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "passwort",
    "pwd",
    "secret",
    "apikey",
    "secretkey",
    "accesskey",
    "privatekey",
    "accountkey",
    "sharedkey",
    "authtoken",
    "accesstoken",
    "refreshtoken",
    "sessiontoken",
    "csrftoken",
    "apitoken",
    "encryptionkey",
    "signingkey",
    "masterkey",
    "licensekey",
    "secretaccesskey",
];

const LIKELY: &[&str] = &[
    "token",
    "auth",
    "jwt",
    "otp",
    "totp",
    "salt",
    "dsn",
    "pin",
    "sig",
    "signature",
    "cookie",
    "cookies",
    "sessionid",
    "jsessionid",
    "phpsessid",
    "sid",
    "apikey",
    "bearer",
    "nonce",
    "pepper",
    "psk",
    "connectionstring",
    "sas",
    "webhook",
    "requirepass",
    "masterauth",
    "bindpw",
    "rootpw",
];

/// Chinese words, which are not cut into parts.
const CHINESE: &[&str] = &["密码", "口令", "密钥", "令牌", "密匙", "私钥", "凭证"];

/// Returns what a name promises.
pub(super) fn promise(name: &str) -> Promise {
    if CHINESE.iter().any(|word| name.ends_with(word)) {
        return Promise::Sure;
    }
    let words = words(name);
    let Some(last) = words.last() else {
        return Promise::Nothing;
    };
    let is_key_id = words.len() >= 2 && last == "id" && words[words.len() - 2] == "key";
    if ABOUT.contains(&last.as_str()) && words.len() > 1 {
        return Promise::Nothing;
    }
    if words.iter().any(|word| {
        SURE.contains(&word.as_str())
            || SURE_ENDS.iter().any(|end| word.ends_with(end))
            || word.contains("password") && !word.starts_with("passwordless")
    }) {
        return Promise::Sure;
    }
    let pairs = words.windows(2);
    let mut keys = pairs.filter(|pair| pair[1] == "key" || pair[1] == "keys" && pair[0] == "api");
    if keys.any(|pair| SECRET_KEYS.contains(&pair[0].as_str())) || is_key_id {
        return Promise::Sure;
    }
    let shouts = name.chars().any(|it| it.is_ascii_uppercase())
        && !name.chars().any(|it| it.is_ascii_lowercase());
    if shouts && last == "key" {
        let before = words.len().checked_sub(2).map(|at| words[at].as_str());
        return match before {
            Some(before) if OPEN_KEYS.contains(&before) => Promise::Nothing,
            _ => Promise::Sure,
        };
    }
    if words.windows(2).any(|pair| {
        matches!(
            (pair[0].as_str(), pair[1].as_str()),
            ("connection", "string") | ("session", "id") | ("access", "code") | ("one", "time")
        )
    }) {
        return Promise::Likely;
    }
    let likely = |word: &String| {
        LIKELY.contains(&word.as_str()) || word.len() > 5 && word.ends_with("token")
    };
    if words.iter().any(likely) {
        return Promise::Likely;
    }
    Promise::Nothing
}

/// `dbPassword`, `X-Api-Key`, `SMTP_PASS` as small words.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for char in name.chars() {
        if !char.is_alphanumeric() {
            words.push(String::new());
        } else if char.is_uppercase() && before.is_lowercase() {
            words.push(char.to_lowercase().collect());
        } else if let Some(word) = words.last_mut() {
            word.extend(char.to_lowercase());
        }
        before = char;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Returns whether a value is a word that says whether there is one, a reference, or was taken out before.
pub(super) fn says_nothing(value: &str) -> bool {
    let value = value
        .trim()
        .trim_matches(['"', '\'', '\\', '`', ')', '(', '.']);
    let small = value.to_ascii_lowercase();
    if value.is_empty()
        || super::tokens::is_token(value)
        || [
            "true",
            "false",
            "null",
            "nil",
            "none",
            "yes",
            "no",
            "on",
            "off",
            "required",
            "optional",
            "undefined",
            "unset",
            "empty",
            "redacted",
            "[redacted]",
            "hidden",
            "n/a",
            "unknown",
            "missing",
            "invalid",
            "default",
        ]
        .contains(&small.as_str())
    {
        return true;
    }
    if value
        .chars()
        .all(|it| matches!(it, '*' | 'x' | 'X' | '•' | '.' | '-' | '…'))
    {
        return true;
    }
    is_reference(value)
}

/// `$NAME`, `${NAME}`, `$$NAME`, `{{ name }}`, `%NAME%`, `/run/secrets/name`
fn is_reference(value: &str) -> bool {
    if let Some(rest) = value.strip_prefix('$') {
        let rest = rest.trim_start_matches('$');
        if let Some(inner) = rest.strip_prefix('{') {
            let name = inner.strip_suffix('}').unwrap_or(inner);
            return !name.is_empty()
                && name
                    .chars()
                    .all(|it| it.is_ascii_alphanumeric() || it == '_');
        }
        return rest.len() > 2
            && rest
                .chars()
                .all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == '_');
    }
    value.starts_with("{{") && value.ends_with("}}") || value.starts_with("/run/secrets/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_promise_secrets_or_not() {
        for name in [
            "DB_PASSWORD",
            "dbPassword",
            "SMTP_PASS",
            "MYSQL_PWD",
            "client_secret",
            "apiKey",
            "X-Api-Key",
            "APP_KEY",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_ACCESS_KEY_ID",
            "private_key_id",
            "--password",
            "userpasswd",
            "KEY",
            "密码",
            "spring.datasource.password",
            "PASSWORD_PROD",
        ] {
            assert_eq!(promise(name), Promise::Sure, "{name}");
        }
        for name in [
            "token",
            "API_TOKEN",
            "auth",
            "csrf_token",
            "SENTRY_DSN",
            "session_id",
        ] {
            assert!(promise(name) > Promise::Nothing, "{name}");
        }
        for name in [
            "PASSWORD_FILE",
            "TOKEN_TTL",
            "primary_key",
            "key",
            "keyboard",
            "max_tokens",
            "author",
            "monkey",
            "bypass",
            "PARTITION_KEY",
            "compass",
            "tokenizer",
            "passed",
            "time",
            "exit",
            "KeyError",
            "authentication_plugin",
            "token_type",
            "port",
            "sha256",
            "authorized",
        ] {
            assert_eq!(promise(name), Promise::Nothing, "{name}");
        }
    }

    #[test]
    fn a_reference_or_a_plain_answer_is_no_secret() {
        for value in [
            "YES)",
            "no",
            "***",
            "<secret-3>",
            "$DB_PASSWORD",
            "$${DB_PASSWORD}",
            "${X}",
            "null",
            "",
        ] {
            assert!(says_nothing(value), "{value}");
        }
        for value in ["$ecret99", "hunter22", "yesno", "${X:-hunter}"] {
            assert!(!says_nothing(value), "{value}");
        }
    }
}
