//! What is handed to whoever helps: one zip without secrets, seen before it is written, and a summary for the telephone.
//!
//! [`collect`] asks everybody within a limit and notes what could not be had; [`prepare`] learns every secret from
//! everything that was collected, takes them out, and lets [`scan`](crate::redact::scan) look through the finished files;
//! [`zip`] packs them and looks once more through what was packed. When anything is found nothing is written.
//! [`summary`] is pure.

pub(crate) mod collect;
pub(crate) mod secrets;
pub(crate) mod summary;
mod zip;

use crate::api::support::{
    BundleFile, BundleGap, FileRedactions, RedactionCount, RedactionReport, SupportBundle,
};
use crate::error::Error;
use crate::redact::scan::Scanner;
use crate::redact::{Counts, Redactor, add};
use collect::{Collected, Content};
use serde_json::json;

/// A file of a bundle, ready to be handed on.
#[derive(Clone, Debug)]
pub(crate) struct Finished {
    pub name: String,
    pub text: String,
    counts: Counts,
}

/// A bundle that can be looked at and written.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub files: Vec<Finished>,
    gaps: Vec<BundleGap>,
    report: RedactionReport,
    scanner: Scanner,
}

/// Takes the secrets out of everything that was collected. Pure, and as slow as there is text.
pub(crate) fn prepare(
    collected: Collected,
    mut redactor: Redactor,
    host_names: bool,
) -> Result<Prepared, Error> {
    // What one file tells is a secret in all others too.
    for (_, content) in &collected.files {
        match content {
            Content::Text(text) => redactor.learn(text),
            Content::Json(value) => redactor.learn_json(value),
            Content::Variables(text) => secrets::learn_variables(text, &mut redactor),
        }
    }
    let mut files: Vec<Finished> = Vec::new();
    for (name, content) in collected.files {
        let (text, counts) = redacted(content, &mut redactor);
        let name = unique(&plain_name(&name, &mut redactor), &files);
        files.push(Finished { name, text, counts });
    }
    let mut counts = Counts::new();
    let mut gaps = collected.gaps;
    for gap in &mut gaps {
        let (why, more) = redactor.text(&gap.why);
        gap.why = why;
        gap.what = plain_name(&gap.what, &mut redactor);
        add(&mut counts, &more);
    }
    for file in &files {
        add(&mut counts, &file.counts);
    }
    let report = RedactionReport {
        kinds: listed(&counts),
        files: files
            .iter()
            .filter(|file| !file.counts.is_empty())
            .map(|file| FileRedactions {
                name: file.name.clone(),
                kinds: listed(&file.counts),
            })
            .collect(),
        only_where_named: u32::try_from(redactor.weak()).unwrap_or(u32::MAX),
        host_names,
    };
    let mut prepared = Prepared {
        files,
        gaps,
        report,
        scanner: Scanner::new(redactor.must_not_appear()),
    };
    let view = prepared.view();
    let manifest = json!({
        "quayside": env!("CARGO_PKG_VERSION"),
        "files": view.files,
        "report": view.report,
        "gaps": view.gaps,
    });
    let first = Finished {
        name: "bundle.json".into(),
        text: serde_json::to_string_pretty(&manifest).unwrap_or_default(),
        counts: Counts::new(),
    };
    prepared.files.insert(0, first);
    let files = prepared.files.iter();
    prepared.refuse_secrets(files.map(|file| (file.name.as_str(), file.text.as_bytes())))?;
    Ok(prepared)
}

impl Prepared {
    /// Returns what it is as the contract shows it.
    pub(crate) fn view(&self) -> SupportBundle {
        let files: Vec<BundleFile> = self
            .files
            .iter()
            .map(|file| BundleFile {
                name: file.name.clone(),
                bytes: file.text.len() as u64,
                redacted: file.counts.values().sum(),
            })
            .collect();
        SupportBundle {
            file: None,
            bytes: files.iter().map(|file| file.bytes).sum(),
            files,
            report: self.report.clone(),
            gaps: self.gaps.clone(),
        }
    }

    /// Returns it packed; what was packed is looked through once more.
    pub(crate) fn packed(&self) -> Result<Vec<u8>, Error> {
        let failed = |error: ::zip::result::ZipError| Error::Unknown(error.to_string());
        let packed = zip::pack(&self.files).map_err(failed)?;
        let unpacked = zip::unpack(&packed).map_err(failed)?;
        let files = unpacked.iter();
        self.refuse_secrets(files.map(|(name, content)| (name.as_str(), content.as_slice())))?;
        Ok(packed)
    }

    fn refuse_secrets<'a>(
        &self,
        files: impl Iterator<Item = (&'a str, &'a [u8])>,
    ) -> Result<(), Error> {
        let mut count = 0;
        let mut names = Vec::new();
        for (name, content) in files {
            let in_name = self.scanner.findings(name.as_bytes());
            let inside = self.scanner.findings(content);
            count += in_name + inside;
            // The name of a file may be what must not be seen.
            if inside > 0 && in_name == 0 {
                names.push(name.to_owned());
            }
        }
        if count == 0 {
            return Ok(());
        }
        Err(Error::NotRedacted {
            count,
            files: names.join(", "),
        })
    }
}

fn redacted(content: Content, redactor: &mut Redactor) -> (String, Counts) {
    match content {
        Content::Text(text) => redactor.text(&text),
        Content::Json(mut value) => {
            let counts = redactor.json(&mut value);
            let text = serde_json::to_string_pretty(&value).unwrap_or_default();
            (text, counts)
        }
        Content::Variables(text) => secrets::variables_shown(&text, redactor),
    }
}

/// A name that every system takes for a file's.
fn plain_name(name: &str, redactor: &mut Redactor) -> String {
    let (name, _) = redactor.text(name);
    let fine = |it: char| it.is_alphanumeric() || matches!(it, '/' | '.' | '-' | '_');
    let name: String = name
        .chars()
        .filter(|it| !matches!(it, '<' | '>'))
        .map(|it| if fine(it) { it } else { '_' })
        .collect();
    name.replace("..", "_")
}

fn unique(name: &str, files: &[Finished]) -> String {
    let taken = |name: &str| files.iter().any(|file| file.name == name);
    let mut number = 2;
    let mut free = name.to_owned();
    while taken(&free) {
        free = format!("{name}-{number}");
        number += 1;
    }
    free
}

fn listed(counts: &Counts) -> Vec<RedactionCount> {
    let count = |(kind, count): (&_, &_)| RedactionCount {
        kind: *kind,
        count: *count,
    };
    counts.iter().map(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collected(files: &[(&str, &str)]) -> Collected {
        let mut collected = Collected::default();
        for (name, text) in files {
            collected.text(name, (*text).to_owned());
        }
        collected
    }

    #[test]
    fn what_one_file_tells_is_taken_out_of_all_and_counted() {
        let files = [
            ("a.log", "using s3cr3t-pw"),
            ("b.log", "mysql://app:s3cr3t-pw@db"),
        ];
        let prepared = prepare(collected(&files), Redactor::new(false), true).unwrap();
        let text = |name: &str| {
            let file = prepared.files.iter().find(|file| file.name == name);
            file.unwrap().text.clone()
        };
        assert_eq!(text("a.log"), "using <secret-1>");
        assert_eq!(text("b.log"), "mysql://app:<secret-1>@db");
        let view = prepared.view();
        assert_eq!(view.files[1].redacted, 1);
        assert_eq!(view.report.kinds.iter().map(|it| it.count).sum::<u32>(), 2);
        assert!(!prepared.packed().unwrap().is_empty());
    }

    #[test]
    fn nothing_is_packed_when_the_other_pair_of_eyes_finds_something() {
        let mut prepared = prepare(
            collected(&[("a.log", "all is well")]),
            Redactor::new(false),
            true,
        )
        .unwrap();
        prepared.files[1].text = "it is Tr0ub4dor%263".into();
        prepared.scanner = Scanner::new(vec!["Tr0ub4dor&3".into()]);
        let error = prepared.packed().unwrap_err();
        let is_meant = matches!(&error, Error::NotRedacted { count: 1, files } if files == "a.log");
        assert!(is_meant, "{error}");
    }
}
