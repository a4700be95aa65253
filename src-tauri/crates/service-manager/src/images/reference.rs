//! Image references: `nginx`, `docker.io/library/nginx:latest` and `registry:5000/shop/web@sha256:…`.
//!
//! Vendors mark the platform in the name (`web:latest-amd64`, `web-arm64:1.2`) and leave it out in the compose file.
//! The suffix is taken off only to find a candidate; whether the image fits is decided by its config.

use super::archive::{Archive, ArchiveImage};
use std::fmt;

/// A reference taken apart and made whole: the registry and the tag that are implied are filled in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Reference {
    /// `docker.io` when none is written.
    pub(crate) registry: String,
    /// `library/nginx` for `nginx`.
    pub(crate) repository: String,
    /// `latest` when neither a tag nor a digest is written.
    pub(crate) tag: Option<String>,
    /// `sha256:…`
    pub(crate) digest: Option<String>,
}

impl Reference {
    /// Reads a reference; none when it is empty or has no repository.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (rest, digest) = match text.trim().split_once('@') {
            Some((rest, digest)) => (rest, Some(digest.to_owned())),
            None => (text.trim(), None),
        };
        // The colon of a port comes before a slash, the colon of a tag after the last one.
        let (name, tag) = match rest.rfind(':') {
            Some(colon) if !rest[colon..].contains('/') => {
                (&rest[..colon], Some(rest[colon + 1..].to_owned()))
            }
            _ => (rest, None),
        };
        let (registry, repository) = match name.split_once('/') {
            Some((first, rest)) if first.contains(['.', ':']) || first == "localhost" => {
                (first, rest.to_owned())
            }
            _ => ("docker.io", name.to_owned()),
        };
        let registry = if registry == "index.docker.io" {
            "docker.io"
        } else {
            registry
        };
        let official =
            registry == "docker.io" && !repository.is_empty() && !repository.contains('/');
        let repository = if official {
            format!("library/{repository}")
        } else {
            repository
        };
        if name.is_empty() || repository.is_empty() || tag.as_deref() == Some("") {
            return None;
        }
        let tag = tag.or_else(|| digest.is_none().then(|| "latest".to_owned()));
        Some(Self {
            registry: registry.to_owned(),
            repository,
            tag,
            digest,
        })
    }

    /// Returns the reference without a platform's suffix, or none when it has none.
    ///
    /// Only the end of the tag or, when the tag has none, the end of the repository counts: `web:latest-amd64`,
    /// `web:amd64` (which stands for `latest`), `web-arm64:1.2`.
    pub(crate) fn without_platform(&self) -> Option<(Self, &'static str)> {
        let tag = self.tag.as_deref()?;
        if let Some((rest, arch)) = split_platform(tag) {
            let tag = if rest.is_empty() { "latest" } else { rest };
            return Some((
                Self {
                    tag: Some(tag.to_owned()),
                    ..self.clone()
                },
                arch,
            ));
        }
        let (rest, arch) = split_platform(&self.repository)?;
        (!rest.is_empty() && !rest.ends_with('/')).then(|| {
            (
                Self {
                    repository: rest.to_owned(),
                    ..self.clone()
                },
                arch,
            )
        })
    }

    /// Returns whether an image stored under `self` answers to `wanted`, the name a compose file asks for.
    pub(crate) fn answers(&self, wanted: &Self) -> bool {
        self.registry == wanted.registry
            && self.repository == wanted.repository
            && match &wanted.digest {
                Some(digest) => self.digest.as_ref() == Some(digest),
                None => self.tag == wanted.tag,
            }
    }
}

/// Shows the short form that the engine lists: without what is implied, the tag always written.
impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.registry == "docker.io" {
            f.write_str(
                self.repository
                    .strip_prefix("library/")
                    .unwrap_or(&self.repository),
            )?;
        } else {
            write!(f, "{}/{}", self.registry, self.repository)?;
        }
        if let Some(tag) = &self.tag {
            write!(f, ":{tag}")?;
        }
        match &self.digest {
            Some(digest) => write!(f, "@{digest}"),
            None => Ok(()),
        }
    }
}

const SUFFIXES: [(&str, &str); 6] = [
    ("amd64", "amd64"),
    ("x86_64", "amd64"),
    ("x86-64", "amd64"),
    ("arm64", "arm64"),
    ("arm64v8", "arm64"),
    ("aarch64", "arm64"),
];

/// Splits `latest-amd64` into `latest` and `amd64`, the engine's word for the architecture.
fn split_platform(text: &str) -> Option<(&str, &'static str)> {
    SUFFIXES.iter().find_map(|(suffix, arch)| {
        let rest = text.strip_suffix(suffix)?;
        match rest.strip_suffix(['-', '_', '.']) {
            Some(rest) => Some((rest, *arch)),
            None => rest.is_empty().then_some(("", *arch)),
        }
    })
}

/// Returns the architecture a file's or an image's name claims, if it claims one: `web-1.2-arm64.tar.gz`.
pub(crate) fn claimed_platform(name: &str) -> Option<&'static str> {
    let stem = [".gz", ".zst", ".tgz", ".tzst", ".tar"]
        .iter()
        .fold(name, |name, extension| {
            name.strip_suffix(extension).unwrap_or(name)
        });
    split_platform(stem).map(|(_, arch)| arch)
}

/// The archive that holds an image.
#[derive(Clone, Debug)]
pub(crate) struct Match<'a> {
    pub(crate) archive: &'a Archive,
    pub(crate) image: &'a ArchiveImage,
    /// The reference under which the archive holds it; when it is not what was asked for, the image needs a tag.
    pub(crate) source: String,
    /// Whether its config says `arch`.
    pub(crate) fits: bool,
}

/// Finds the image `wanted` for the engine's architecture: a name written exactly before one with a platform's
/// suffix, an image of the right architecture before one of another. Returns also what does not fit, so that it can
/// be named; whoever loads looks at `fits`.
pub(crate) fn match_archive<'a>(
    wanted: &str,
    arch: &str,
    archives: &'a [Archive],
) -> Option<Match<'a>> {
    let wanted = Reference::parse(wanted)?;
    let mut best: Option<((bool, bool), Match<'a>)> = None;
    for archive in archives {
        for image in &archive.images {
            let fits = image.architecture() == arch;
            for source in &image.refs {
                let Some(reference) = Reference::parse(source) else {
                    continue;
                };
                let exact = reference.answers(&wanted);
                // A suffix that names another platform than the config is the vendor's slip; the config counts.
                let stripped = || {
                    reference
                        .without_platform()
                        .is_some_and(|(plain, _)| plain.answers(&wanted))
                };
                if !exact && !stripped() {
                    continue;
                }
                let rank = (fits, exact);
                if best.as_ref().is_none_or(|(other, _)| rank > *other) {
                    best = Some((
                        rank,
                        Match {
                            archive,
                            image,
                            source: source.clone(),
                            fits,
                        },
                    ));
                }
            }
        }
    }
    best.map(|(_, found)| found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn implied_parts_are_filled_in() {
        for (written, whole) in [
            ("nginx", "docker.io/library/nginx:latest"),
            (
                "docker.io/library/nginx:latest",
                "docker.io/library/nginx:latest",
            ),
            ("docker.io/nginx", "docker.io/library/nginx:latest"),
            ("shop/web", "docker.io/shop/web:latest"),
            ("localhost/web:1", "localhost/web:1"),
            ("localhost:5000/web", "localhost:5000/web:latest"),
            (
                "registry.example.com:5000/a/b/web:1.2",
                "registry.example.com:5000/a/b/web:1.2",
            ),
            ("web:1@sha256:ab", "docker.io/library/web:1@sha256:ab"),
            ("web@sha256:ab", "docker.io/library/web@sha256:ab"),
        ] {
            let reference = Reference::parse(written).expect(written);
            let mut shown = format!("{}/{}", reference.registry, reference.repository);
            if let Some(tag) = &reference.tag {
                shown = format!("{shown}:{tag}");
            }
            if let Some(digest) = &reference.digest {
                shown = format!("{shown}@{digest}");
            }
            assert_eq!(shown, whole, "{written}");
        }
        for broken in ["", ":1", "web:", "localhost:5000/"] {
            assert_eq!(Reference::parse(broken), None, "{broken}");
        }
    }

    #[test]
    fn the_short_form_is_what_the_engine_lists() {
        for (written, shown) in [
            ("docker.io/library/nginx", "nginx:latest"),
            ("index.docker.io/shop/web:2", "shop/web:2"),
            ("localhost:5555/web", "localhost:5555/web:latest"),
            ("web@sha256:ab", "web@sha256:ab"),
        ] {
            assert_eq!(Reference::parse(written).expect(written).to_string(), shown);
        }
    }

    #[test]
    fn a_platform_is_taken_off_the_end_of_the_tag_or_the_repository_only() {
        for (written, plain) in [
            ("web:latest-amd64", Some("web:latest")),
            ("web:1.2-x86_64", Some("web:1.2")),
            ("web:arm64", Some("web:latest")),
            ("web-arm64:1.2", Some("web:1.2")),
            ("web_aarch64", Some("web:latest")),
            ("host:5000/shop/web-amd64:3", Some("host:5000/shop/web:3")),
            ("arm64v8/nginx:1", None),
            ("amd64/nginx", None),
            ("shop/amd64:1", None),
            ("web:amd64-latest", None),
            ("webamd64:1", None),
        ] {
            let stripped = Reference::parse(written).expect(written).without_platform();
            assert_eq!(
                stripped.map(|(plain, _)| plain.to_string()).as_deref(),
                plain,
                "{written}"
            );
        }
    }

    #[test]
    fn file_names_may_claim_a_platform() {
        for (name, arch) in [
            ("web-latest-amd64.tar", Some("amd64")),
            ("web-arm64.tar.gz", Some("arm64")),
            ("web_x86_64.tgz", Some("amd64")),
            ("web-aarch64.tar.zst", Some("arm64")),
            ("web.tar", None),
        ] {
            assert_eq!(claimed_platform(name), arch, "{name}");
        }
    }

    fn archive(images: &[(&[&str], &str)]) -> Archive {
        Archive {
            images: images
                .iter()
                .map(|(refs, platform)| ArchiveImage {
                    refs: refs.iter().map(|it| (*it).to_owned()).collect(),
                    platform: (*platform).to_owned(),
                    ..ArchiveImage::default()
                })
                .collect(),
            ..Archive::default()
        }
    }

    #[test]
    fn the_right_platform_comes_first_then_the_exact_name() {
        let archives = [
            archive(&[(&["shop/web:1-arm64"], "linux/arm64")]),
            archive(&[
                (&["shop/web:1-amd64"], "linux/amd64"),
                (&["db:2", "db:latest"], "linux/amd64"),
            ]),
        ];
        let source = |wanted: &str, arch: &str| {
            match_archive(wanted, arch, &archives).map(|found| (found.source, found.fits))
        };
        assert_eq!(
            source("shop/web:1", "amd64"),
            Some(("shop/web:1-amd64".into(), true))
        );
        assert_eq!(
            source("shop/web:1", "arm64"),
            Some(("shop/web:1-arm64".into(), true))
        );
        assert_eq!(
            source("docker.io/library/db", "amd64"),
            Some(("db:latest".into(), true))
        );
        assert_eq!(source("db:2", "arm64"), Some(("db:2".into(), false)));
        assert_eq!(source("db:3", "amd64"), None);
        assert_eq!(source("web:1", "amd64"), None);
    }

    #[test]
    fn a_suffix_that_lies_does_not_hide_an_image() {
        let archives = [archive(&[(&["web:1-arm64"], "linux/amd64")])];
        let found = match_archive("web:1", "amd64", &archives).expect("found");
        assert!(found.fits);
    }
}
