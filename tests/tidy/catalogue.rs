//! The catalogues themselves: they parse, and every language says the same.

use crate::source::{Finding, Source, assert_none, files_below, read, relative};
use fluent_syntax::ast;
use std::collections::{BTreeMap, BTreeSet};

const LANGUAGES: [&str; 2] = ["en", "zh-CN"];

/// A message or attribute: which file and line, and the parameters it names.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub file: String,
    pub line: usize,
    pub parameters: BTreeSet<String>,
}

/// By `message` or `message.attribute`.
pub(crate) type Catalogue = BTreeMap<String, Entry>;

pub(crate) fn catalogue(files: &[Source]) -> (Catalogue, Vec<Finding>) {
    let mut entries = Catalogue::new();
    let mut findings = Vec::new();
    for file in files {
        let resource = match fluent_syntax::parser::parse(file.text.as_str()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                for error in errors {
                    let line = file.text[..error.pos.start.min(file.text.len())]
                        .matches('\n')
                        .count()
                        + 1;
                    findings.push(file.finding(line, error.to_string()));
                }
                resource
            }
        };
        for entry in &resource.body {
            let ast::Entry::Message(message) = entry else {
                continue;
            };
            let id = message.id.name;
            let line = file
                .text
                .lines()
                .position(|line| {
                    line.strip_prefix(id)
                        .is_some_and(|rest| rest.trim_start().starts_with('='))
                })
                .map_or(1, |index| index + 1);
            let mut add = |key: String, pattern: &ast::Pattern<&str>| {
                let mut parameters = BTreeSet::new();
                pattern_parameters(pattern, &mut parameters);
                let entry = Entry {
                    file: file.path.clone(),
                    line,
                    parameters,
                };
                if entries.insert(key.clone(), entry).is_some() {
                    findings.push(file.finding(line, format!("`{key}` is there twice")));
                }
            };
            if let Some(pattern) = &message.value {
                add(id.to_owned(), pattern);
            }
            for attribute in &message.attributes {
                add(format!("{id}.{}", attribute.id.name), &attribute.value);
            }
        }
    }
    (entries, findings)
}

fn pattern_parameters(pattern: &ast::Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            expression_parameters(expression, found);
        }
    }
}

fn expression_parameters(expression: &ast::Expression<&str>, found: &mut BTreeSet<String>) {
    match expression {
        ast::Expression::Inline(inline) => inline_parameters(inline, found),
        ast::Expression::Select { selector, variants } => {
            inline_parameters(selector, found);
            for variant in variants {
                pattern_parameters(&variant.value, found);
            }
        }
    }
}

fn inline_parameters(inline: &ast::InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            found.insert(id.name.to_owned());
        }
        ast::InlineExpression::Placeable { expression } => expression_parameters(expression, found),
        ast::InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                inline_parameters(argument, found);
            }
        }
        _ => {}
    }
}

pub(crate) fn language(tag: &str) -> (Catalogue, Vec<Finding>) {
    let files: Vec<Source> = files_below(&format!("ui/locales/{tag}"))
        .into_iter()
        .filter(|path| path.extension() == Some("ftl"))
        .map(|path| Source::plain(&relative(&path), &read(&path)))
        .collect();
    catalogue(&files)
}

/// Compares two catalogues; which languages they are is in the entries' paths.
fn differences(one: &Catalogue, other: &Catalogue) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (key, entry) in one {
        let at = |what: String| Finding {
            path: entry.file.clone(),
            line: entry.line,
            what,
        };
        match other.get(key) {
            None => findings.push(at(format!("`{key}` is missing in the other language"))),
            Some(twin) if twin.parameters != entry.parameters => {
                // Chinese has no plural: a count that is only a selector may be left out there.
                let more: BTreeSet<&String> = entry
                    .parameters
                    .symmetric_difference(&twin.parameters)
                    .collect();
                if more.iter().any(|name| *name != "count") {
                    findings.push(at(format!(
                        "`{key}` has other parameters than in the other language: {more:?}"
                    )));
                }
            }
            Some(_) => {}
        }
    }
    findings
}

#[test]
fn every_message_parses() {
    for tag in LANGUAGES {
        let (entries, findings) = language(tag);
        assert!(
            entries.len() > 200,
            "the catalogues are not where they were"
        );
        assert_none(
            "every message parses in Rust's Fluent, and no key is there twice",
            "a message that does not parse just vanishes, on the page and in the terminal",
            &findings,
        );
    }
    let (_, findings) = catalogue(&[Source::plain("a.ftl", "a = { $x\nb = fine\nb = again\n")]);
    assert_eq!(findings.len(), 2, "{findings:?}");
}

#[test]
fn languages_say_the_same() {
    let (en, _) = language("en");
    let (zh, _) = language("zh-CN");
    let mut findings = differences(&en, &zh);
    findings.extend(differences(&zh, &en));
    assert_none(
        "all languages have the same messages, attributes and parameters",
        "a person must not see a key, or a sentence without its name or figure",
        &findings,
    );
    let make = |text: &str| catalogue(&[Source::plain("a.ftl", text)]).0;
    assert!(!differences(&make("a = x\nb = y\n"), &make("a = x\n")).is_empty());
    assert!(!differences(&make("a = { $name }\n"), &make("a = x\n")).is_empty());
    assert!(!differences(&make("a = x\n    .why = y\n"), &make("a = x\n")).is_empty());
    assert!(
        differences(
            &make("a = { $count -> [one] x *[other] y }\n"),
            &make("a = z\n")
        )
        .is_empty()
    );
}
