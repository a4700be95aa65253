//! The catalogues: the same Fluent files the page reads, embedded at build time.

use super::{Param, Params};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

/// The languages Quayside speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    En = 0,
    /// Simplified Chinese.
    ZhCn = 1,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::En, Self::ZhCn];

    /// Returns the BCP 47 tag, which is also the catalogue's folder.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhCn => "zh-CN",
        }
    }

    /// Returns the language for a tag or a POSIX locale: `zh`, `zh-CN`, `zh_CN.UTF-8`, `en-GB`; none for any other.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.', '@']).next()?.to_ascii_lowercase();
        match primary.as_str() {
            "en" | "c" | "posix" => Some(Self::En),
            "zh" => Some(Self::ZhCn),
            _ => None,
        }
    }
}

/// One Fluent file per concern; every language has the same files with the same keys (`tests/tidy` checks).
macro_rules! sources {
    ($tag:literal: $($file:literal),*) => {
        [$(include_str!(concat!("../../../../../ui/locales/", $tag, "/", $file, ".ftl"))),*]
    };
}

static EN: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| {
    bundle(
        Language::En,
        &sources!("en": "check", "check-ports", "check-host", "check-files", "check-package", "diagnosis", "diagnosis-engine", "diagnosis-compose", "diagnosis-images", "diagnosis-storage", "diagnosis-permissions", "diagnosis-network", "diagnosis-process", "diagnosis-databases", "diagnosis-middleware", "diagnosis-gpu", "fix", "cli", "error", "finding", "step", "status", "support"),
    )
});
static ZH_CN: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| {
    bundle(
        Language::ZhCn,
        &sources!("zh-CN": "check", "check-ports", "check-host", "check-files", "check-package", "diagnosis", "diagnosis-engine", "diagnosis-compose", "diagnosis-images", "diagnosis-storage", "diagnosis-permissions", "diagnosis-network", "diagnosis-process", "diagnosis-databases", "diagnosis-middleware", "diagnosis-gpu", "fix", "cli", "error", "finding", "step", "status", "support"),
    )
});

fn bundle(language: Language, sources: &[&str]) -> FluentBundle<FluentResource> {
    let locale: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Marks around parameters protect mixed-direction text; we have none, and they break copy and search. In Chinese
    // they say where a parameter ends, until `spaced` has taken them off.
    bundle.set_use_isolating(language == Language::ZhCn);
    for source in sources {
        // A message that does not parse is left out here, as in the page; `tests/tidy` finds it.
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Returns the words of `key` in `language`; a key nobody wrote yet shows itself, which tests look for.
pub(super) fn render(language: Language, key: &str, params: &Params) -> String {
    formatted(language, key, params).map_or_else(|| key.to_owned(), |(words, _)| words)
}

/// Returns whether `key` has words and none of its parameters is missing.
pub(super) fn is_whole(key: &str, params: &Params) -> bool {
    formatted(Language::En, key, params).is_some_and(|(_, whole)| whole)
}

/// The words, and whether everything they mention was given.
fn formatted(language: Language, key: &str, params: &Params) -> Option<(String, bool)> {
    let bundle = match language {
        Language::En => &*EN,
        Language::ZhCn => &*ZH_CN,
    };
    let (message, attribute) = match key.split_once('.') {
        Some((message, attribute)) => (message, Some(attribute)),
        None => (key, None),
    };
    let pattern = bundle
        .get_message(message)
        .and_then(|message| match attribute {
            Some(attribute) => message
                .get_attribute(attribute)
                .map(|attribute| attribute.value()),
            None => message.value(),
        });
    let pattern = pattern?;
    let mut args = FluentArgs::new();
    for (name, value) in params.iter() {
        match value {
            Param::Words(words) => args.set(name.to_owned(), words.clone()),
            Param::Number(number) => args.set(name.to_owned(), *number),
            Param::Text(text) => args.set(name.to_owned(), text.render(language)),
        }
    }
    let mut errors = Vec::new();
    let words = bundle.format_pattern(pattern, Some(&args), &mut errors);
    let words = begun(spaced(&words), language, params);
    Some((words, errors.is_empty()))
}

/// Gives a sentence inside the sentence its words for a beginning (`.first`) where it begins one: "the service" stands
/// for a name that nobody knows, also where a sentence starts with the name.
fn begun(mut words: String, language: Language, params: &Params) -> String {
    for (_, value) in params.iter() {
        let Param::Text(text) = value else { continue };
        let Some((first, _)) = formatted(language, &format!("{}.first", text.key), &text.params)
        else {
            continue;
        };
        let inside = text.render(language);
        if let Some(rest) = words.strip_prefix(&inside) {
            words = format!("{first}{rest}");
        }
        words = words.replace(&format!(". {inside}"), &format!(". {first}"));
    }
    words
}

/// Takes the marks around parameters off, and puts a space where Chinese meets Latin there and none where Chinese meets
/// Chinese: a catalogue cannot know whether a service is called `db` or `订单服务`. `ui/js/i18n.js` does the same.
fn spaced(words: &str) -> String {
    let is_mark = |c: char| matches!(c, '\u{2068}' | '\u{2069}');
    if !words.contains(is_mark) {
        return words.to_owned();
    }
    let is_han = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    let is_latin = |c: char| c.is_ascii_alphanumeric();
    let mut out = String::with_capacity(words.len());
    let (mut before, mut spaces, mut marked) = (None, 0, false);
    for c in words.chars() {
        if is_mark(c) {
            marked = true;
        } else if c == ' ' {
            spaces += 1;
        } else {
            let gap = match before {
                Some(a) if marked && spaces == 1 && is_han(a) && is_han(c) => 0,
                Some(a)
                    if marked
                        && spaces == 0
                        && (is_han(a) && is_latin(c) || is_latin(a) && is_han(c)) =>
                {
                    1
                }
                _ => spaces,
            };
            out.extend(std::iter::repeat_n(' ', gap));
            out.push(c);
            (before, spaces, marked) = (Some(c), 0, false);
        }
    }
    out.extend(std::iter::repeat_n(' ', spaces));
    out
}

/// Returns whether both a message (or its attribute) exists in `language`; for optional parts such as `.why`.
pub(crate) fn has(language: Language, key: &str) -> bool {
    let bundle = match language {
        Language::En => &*EN,
        Language::ZhCn => &*ZH_CN,
    };
    match key.split_once('.') {
        Some((message, attribute)) => bundle
            .get_message(message)
            .is_some_and(|message| message.get_attribute(attribute).is_some()),
        None => bundle
            .get_message(key)
            .is_some_and(|message| message.value().is_some()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn words_are_rendered_in_both_languages_without_isolation_marks() {
        let text = Text::verbatim("nginx");
        assert_eq!(text.render(Language::En), "nginx");
        assert_eq!(text.render(Language::ZhCn), "nginx");
    }

    #[test]
    fn chinese_and_latin_are_apart_and_chinese_and_chinese_are_not() {
        let title = |service: &str| {
            let text = Text::new("proof-log.of").with("service", service);
            text.render(Language::ZhCn)
        };
        assert!(title("db").contains("db 的"), "{}", title("db"));
        assert!(
            title("订单服务").contains("订单服务的"),
            "{}",
            title("订单服务")
        );
        assert!(
            title("订单 服务").contains("订单 服务的"),
            "{}",
            title("订单 服务")
        );
        assert_eq!(spaced("停止\u{2068}nginx\u{2069}。"), "停止 nginx。");
        assert_eq!(spaced("停止\u{2068}某进程\u{2069} 后"), "停止某进程后");
        assert_eq!(
            spaced("在 \u{2068}3\u{2069} 个、\u{2068}5\u{2069}%"),
            "在 3 个、5%"
        );
    }

    #[test]
    fn a_service_nobody_can_name_begins_a_sentence_as_sentences_begin() {
        let title = |key: &'static str| {
            let text = Text::new(key).with("service", Text::new("diagnosis-a-service"));
            text.with("path", "data").render(Language::En)
        };
        let begins = title("diagnosis-perm-data_dir_owner.plain-title");
        assert!(begins.starts_with("The service "), "{begins}");
        let inside = title("diagnosis-unknown.title");
        assert!(inside.ends_with(" the service"), "{inside}");
        let text = Text::new("diagnosis-perm-data_dir_owner.plain-title").with("service", "db");
        assert!(text.render(Language::En).starts_with("db "), "a name stays");
    }

    #[test]
    fn posix_locales_name_a_language() {
        assert_eq!(Language::from_tag("zh_CN.UTF-8"), Some(Language::ZhCn));
        assert_eq!(Language::from_tag("en-GB"), Some(Language::En));
        assert_eq!(Language::from_tag("C.UTF-8"), Some(Language::En));
        assert_eq!(Language::from_tag("de_DE"), None);
    }
}
