//! Secrets that are known by their own form, whoever wrote them down. Pure.
//!
//! Each form is the one its issuer documents; the prefixes are what secret scanners of code hosts look for.

use super::Span;
use super::known::head_of;
use crate::api::support::RedactionKind as Kind;
use regex::Regex;
use std::sync::LazyLock;

/// Kind and form; `(?-u:\b)` is put around each.
const SHAPES: &[(Kind, &str)] = &[
    (
        Kind::Jwt,
        r"ey[JI][A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*){0,3}",
    ),
    // Amazon, Google, Microsoft
    (
        Kind::ServiceKey,
        r"(?:AKIA|ASIA|AROA|AIDA|AGPA|ANPA|ANVA|ABIA|ACCA)[A-Z0-9]{16}",
    ),
    (Kind::ServiceKey, r"AIza[0-9A-Za-z_-]{30,}"),
    (Kind::ServiceKey, r"ya29\.[0-9A-Za-z_-]{20,}"),
    (Kind::ServiceKey, r"GOCSPX-[0-9A-Za-z_-]{20,}"),
    (
        Kind::ServiceKey,
        r"[A-Za-z0-9_~.-]{3}8Q~[A-Za-z0-9_~.-]{30,36}",
    ),
    // Code hosts and registries
    (Kind::ServiceKey, r"gh[pousr]_[A-Za-z0-9]{20,}"),
    (Kind::ServiceKey, r"github_pat_[A-Za-z0-9_]{20,}"),
    (
        Kind::ServiceKey,
        r"gl(?:pat|oas|dt|rt|rtr|ft|imt|agent|cbt|ptt|soat|ffct)-[A-Za-z0-9_-]{16,}",
    ),
    (Kind::ServiceKey, r"npm_[A-Za-z0-9]{30,}"),
    (Kind::ServiceKey, r"pypi-[A-Za-z0-9_-]{40,}"),
    (Kind::ServiceKey, r"rubygems_[a-f0-9]{40,}"),
    (Kind::ServiceKey, r"dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}"),
    (Kind::ServiceKey, r"oy2[a-z0-9]{43}"),
    (Kind::ServiceKey, r"ATATT3[A-Za-z0-9_=-]{40,}"),
    (Kind::ServiceKey, r"ATBB[A-Za-z0-9_=-]{24,}"),
    (Kind::ServiceKey, r"AKC[a-zA-Z0-9]{20,}"),
    // Messengers and mail
    (Kind::ServiceKey, r"xox[abeoprs]-[A-Za-z0-9-]{8,}"),
    (Kind::ServiceKey, r"xapp-[A-Za-z0-9-]{10,}"),
    (
        Kind::ServiceKey,
        r"hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9/_-]{10,}",
    ),
    (
        Kind::ServiceKey,
        r"discord(?:app)?\.com/api/webhooks/[0-9]+/[A-Za-z0-9_-]{20,}",
    ),
    (
        Kind::ServiceKey,
        r"oapi\.dingtalk\.com/robot/send\?access_token=[A-Za-z0-9]{10,}",
    ),
    (
        Kind::ServiceKey,
        r"qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=[A-Za-z0-9-]{10,}",
    ),
    (
        Kind::ServiceKey,
        r"open\.feishu\.cn/open-apis/bot/v2/hook/[A-Za-z0-9-]{10,}",
    ),
    (
        Kind::ServiceKey,
        r"[MNO][A-Za-z0-9_-]{23,25}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,}",
    ),
    (Kind::ServiceKey, r"[0-9]{8,10}:AA[A-Za-z0-9_-]{32,}"),
    (
        Kind::ServiceKey,
        r"SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}",
    ),
    (Kind::ServiceKey, r"key-[0-9a-f]{32}"),
    (Kind::ServiceKey, r"[0-9a-f]{32}-us[0-9]{1,2}"),
    (Kind::ServiceKey, r"(?:SK|AC)[0-9a-f]{32}"),
    // Money
    (
        Kind::ServiceKey,
        r"(?:sk|rk|pk)_(?:live|test)_[0-9A-Za-z]{10,}",
    ),
    (Kind::ServiceKey, r"whsec_[A-Za-z0-9+/=]{20,}"),
    (Kind::ServiceKey, r"sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{20,}"),
    (Kind::ServiceKey, r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}"),
    // Models
    (
        Kind::ServiceKey,
        r"sk-(?:proj-|ant-|or-|svcacct-)?[A-Za-z0-9_-]{20,}",
    ),
    (Kind::ServiceKey, r"hf_[A-Za-z0-9]{30,}"),
    (Kind::ServiceKey, r"gsk_[A-Za-z0-9]{30,}"),
    // Other clouds and tools
    (Kind::ServiceKey, r"LTAI[A-Za-z0-9]{12,30}"),
    (Kind::ServiceKey, r"AKID[A-Za-z0-9]{13,40}"),
    (Kind::ServiceKey, r"do[opr]_v1_[a-f0-9]{40,}"),
    (Kind::ServiceKey, r"gl(?:c|sa)_[A-Za-z0-9_+/=-]{24,}"),
    (Kind::ServiceKey, r"hv[sbr]\.[A-Za-z0-9_-]{20,}"),
    (
        Kind::ServiceKey,
        r"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{40,}",
    ),
    (Kind::ServiceKey, r"dapi[a-h0-9]{32}"),
    (Kind::ServiceKey, r"lin_api_[A-Za-z0-9]{30,}"),
    (Kind::ServiceKey, r"NR(?:AK|JS|II|RA)-[A-Za-z0-9]{18,}"),
    (Kind::ServiceKey, r"sntry[su]_[A-Za-z0-9_+/=-]{30,}"),
    (Kind::ServiceKey, r"PMAK-[a-f0-9-]{40,}"),
    (
        Kind::ServiceKey,
        r"dp\.(?:pt|st|ct|sa)\.[A-Za-z0-9._-]{30,}",
    ),
    (
        Kind::ServiceKey,
        r"pscale_(?:pw|tkn|oauth)_[A-Za-z0-9_.-]{20,}",
    ),
    (Kind::ServiceKey, r"HRKU-[A-Za-z0-9_-]{30,}"),
    (Kind::ServiceKey, r"tskey-[a-z]+-[A-Za-z0-9-]{16,}"),
    (Kind::ServiceKey, r"EAACEdEose0cBA[0-9A-Za-z]+"),
    (Kind::PrivateKey, r"AGE-SECRET-KEY-1[0-9A-Z]{40,}"),
    (
        Kind::SshKey,
        r"(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp[0-9]{3}|sk-ssh-ed25519@openssh\.com)[ \t]+AAAA[A-Za-z0-9+/=]{20,}",
    ),
];

/// Forms that begin or end with signs, so that no border of a word is around them.
const SIGNED: &[(Kind, &str)] = &[
    // crypt, bcrypt, apr1, argon2, scrypt, yescrypt, PBKDF2; a dollar is written twice in a compose file.
    (
        Kind::PasswordHash,
        r"\${1,2}(?:1|2[abxy]?|5|6|7|y|gy|P|H|apr1|md5|sha1|argon2(?:id|i|d)|s0|scrypt|pbkdf2(?:-[a-z0-9]+)?|bcrypt(?:-sha256)?)\${1,2}[A-Za-z0-9./+=,$-]{8,}",
    ),
    (
        Kind::PasswordHash,
        r"(?:pbkdf2_sha(?:1|256|512)|bcrypt_sha256|argon2|scrypt)\$[A-Za-z0-9./+=,$:-]{16,}",
    ),
    (
        Kind::PasswordHash,
        r"\{(?:SSHA|SHA|SMD5|SSHA256|SSHA512|CRYPT|PBKDF2[A-Z0-9-]*)\}[A-Za-z0-9./+=$]{8,}",
    ),
    (
        Kind::PasswordHash,
        r"SCRAM-SHA-(?:1|256)\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+",
    ),
    (Kind::PasswordHash, r"\*[0-9A-F]{40}"),
    (
        Kind::ServiceKey,
        r"[?&](?:sig|X-Amz-Signature|X-Goog-Signature|Signature|access_token|id_token|refresh_token)=[A-Za-z0-9%+/=_.~-]{6,}",
    ),
];

static ALL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let inside = SHAPES
        .iter()
        .map(|(_, form)| format!(r"(?-u:\b)(?:{form})"));
    let signed = SIGNED.iter().map(|(_, form)| format!("(?:{form})"));
    let all: Vec<String> = inside.chain(signed).collect();
    Regex::new(&all.join("|")).ok()
});

/// The forms one by one, to tell which one a match is.
static EACH: LazyLock<Vec<(Kind, Regex)>> = LazyLock::new(|| {
    let all = SHAPES.iter().chain(SIGNED);
    all.filter_map(|(kind, form)| Some((*kind, Regex::new(&format!("^(?:{form})$")).ok()?)))
        .collect()
});

/// Finds every secret of a known form.
pub(super) fn find(text: &str, spans: &mut Vec<Span>) {
    let Some(all) = &*ALL else {
        return;
    };
    for found in all.find_iter(text) {
        let words = found.as_str();
        let kind = EACH.iter().find(|(_, form)| form.is_match(words));
        let kind = kind.map_or(Kind::ServiceKey, |(kind, _)| *kind);
        let mut begin = found.start();
        // The name of a parameter may stay.
        if words.starts_with(['?', '&'])
            && let Some(sign) = words.find('=')
        {
            begin += sign + 1;
        }
        // An address may: it says who is called.
        if kind == Kind::SshKey
            && let Some(blank) = words.rfind([' ', '\t'])
        {
            begin += blank + 1;
        }
        spans.push(Span::new(begin..found.end(), kind));
    }
    private_keys(text, spans);
}

/// How far the end of a key is looked for; the longest RSA keys have 13 KB.
const LONGEST_KEY: usize = 16 * 1024;

/// Blocks between `BEGIN ... PRIVATE KEY` and its end; when one of both was cut off, the lines that look like a part.
fn private_keys(text: &str, spans: &mut Vec<Span>) {
    let mut from = 0;
    // Where the next end is; looked up once for all that begin before it.
    let mut next_end = Some(0);
    while let Some(at) = text[from..].find("PRIVATE KEY") {
        let word = from + at;
        from = word + "PRIVATE KEY".len();
        let before = &text.as_bytes()[word.saturating_sub(48)..word];
        let is = |what: &[u8]| before.windows(what.len()).any(|it| it == what);
        if is(b"BEGIN ") {
            let limit = floor(text, (from + LONGEST_KEY).min(text.len()));
            let rest = &text[from..limit];
            let begin = start_of_dashes(text, word);
            if next_end.is_some_and(|end| end < from) {
                next_end = text[from..].find("-----END").map(|end| from + end);
            }
            let end = match next_end.filter(|end| *end < limit) {
                Some(end) => {
                    let tail = end + "-----END".len();
                    let tail_end = floor(text, (tail + 64).min(text.len()));
                    let close = text[tail..tail_end].find("-----");
                    close.map_or(tail, |close| tail + close + 5)
                }
                None => from + body_length(rest),
            };
            spans.push(Span::new(begin..end, Kind::PrivateKey));
            from = end.max(from);
        } else if is(b"END ") {
            let begin = start_of_dashes(text, word);
            let head = ceil(text, begin.saturating_sub(LONGEST_KEY));
            let body = begin - body_length_back(&text[head..begin]);
            let close = text[from..].starts_with("-----");
            let end = if close { from + 5 } else { from };
            spans.push(Span::new(body..end, Kind::PrivateKey));
        }
    }
    // PuTTY's own format.
    let mut from = 0;
    while let Some(at) = text[from..].find("Private-Lines:") {
        let begin = from + at + "Private-Lines:".len();
        let limit = floor(text, (begin + LONGEST_KEY).min(text.len()));
        let length = body_length(&text[begin..limit]);
        spans.push(Span::new(begin..begin + length, Kind::PrivateKey));
        from = begin + length.max(1).min(limit - begin);
        from = ceil(text, from);
    }
}

fn start_of_dashes(text: &str, word: usize) -> usize {
    let head = ceil(text, word.saturating_sub(48));
    text[head..word].rfind("-----").map_or(word, |at| head + at)
}

/// How many bytes from the beginning could be the body of a key; a time may stand in front of each line.
fn body_length(text: &str) -> usize {
    let in_body = |it: char| it.is_ascii_alphanumeric() || "+/=\\-".contains(it);
    let mut length = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if number == 0 {
            // What is left of the line of `BEGIN`; in JSON the whole key is in it.
            let end = line.find(|it| !in_body(it)).unwrap_or(line.len());
            if !line[end..].trim().is_empty() {
                return end;
            }
            length += line.len();
            continue;
        }
        let body = line[head_of(line.as_bytes())..].trim();
        let is_head = body.starts_with("Proc-Type:") || body.starts_with("DEK-Info:");
        let is_long = body.len() >= 16
            || body.contains(['=', '+', '/'])
            || body.bytes().any(|it| it.is_ascii_digit());
        if !(body.is_empty() || is_head || is_long && body.chars().all(in_body)) {
            break;
        }
        length += line.len();
    }
    length
}

/// The same from the end.
fn body_length_back(text: &str) -> usize {
    let is_body = |it: char| it.is_ascii_alphanumeric() || "+/=\\".contains(it);
    let mut length = 0;
    for line in text.split_inclusive('\n').rev() {
        let lone = line.trim();
        // Containers' lines have a time in front.
        let last = lone.rsplit(' ').next().unwrap_or(lone);
        if last.len() < 16 || !last.chars().all(is_body) {
            if lone.is_empty() && length == 0 {
                length += line.len();
                continue;
            }
            break;
        }
        length += line.len();
    }
    length
}

pub(super) fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

pub(super) fn ceil(text: &str, mut at: usize) -> usize {
    while at < text.len() && !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_a_regular_expression() {
        assert!(ALL.is_some());
        assert_eq!(EACH.len(), SHAPES.len() + SIGNED.len());
    }
}
