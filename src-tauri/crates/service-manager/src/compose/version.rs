//! Versions of Compose and what each can do.

use std::fmt;

/// The two programs that are called Compose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Generation {
    /// The Python program, at its end since 2021. Knows neither `name:` nor `include:` nor `config --format json`.
    V1,
    /// The Go program, a plugin of `docker` or stand-alone; also its later major versions.
    V2,
}

/// A version: `2.26.1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version {
    major: u32,
    minor: u32,
    patch: u32,
}

/// What we would use of it. The order is that of [`Capability::since`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Capability {
    /// `config --format json` and `--profile "*"`: the whole project in a form made for programs.
    ConfigJson,
    /// `up --pull never`. Without it every image is proved present first, so that there is nothing to pull.
    PullNever,
    /// `!override` in a compose file: a list takes the place of an earlier file's instead of being added to it.
    OverrideTag,
}

impl Capability {
    const fn since(self) -> (u32, u32, u32) {
        match self {
            Self::ConfigJson => (2, 0, 0),
            // Older ones may have it; it is known to be there from this one on.
            Self::PullNever => (2, 16, 0),
            Self::OverrideTag => (2, 24, 4),
        }
    }
}

impl Version {
    /// Reads what `version --short` prints: `2.26.1-4`, `v2.3.3`, `1.29.2`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches('v');
        let mut numbers = text
            .split(['.', '-', '+', ' ', '\n'])
            .map(str::parse::<u32>);
        let (Some(Ok(major)), Some(Ok(minor))) = (numbers.next(), numbers.next()) else {
            return None;
        };
        let patch = numbers.next().and_then(Result::ok).unwrap_or(0);
        Some(Self {
            major,
            minor,
            patch,
        })
    }

    pub(crate) const fn generation(&self) -> Generation {
        if self.major < 2 {
            Generation::V1
        } else {
            Generation::V2
        }
    }

    pub(crate) fn can(&self, capability: Capability) -> bool {
        (self.major, self.minor, self.patch) >= capability.since()
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_distributions_print_them() {
        for (printed, shown) in [
            ("2.26.1-4\n", Some("2.26.1")),
            ("v2.3.3", Some("2.3.3")),
            ("1.29.2\n", Some("1.29.2")),
            ("5.0.1-desktop.1", Some("5.0.1")),
            ("2.0.0-rc.3", Some("2.0.0")),
            ("unknown", None),
            ("", None),
        ] {
            assert_eq!(
                Version::parse(printed).map(|it| it.to_string()).as_deref(),
                shown,
                "{printed}"
            );
        }
    }

    #[test]
    fn what_a_version_can_do() {
        let version = |text| Version::parse(text).expect(text);
        assert_eq!(version("1.29.2").generation(), Generation::V1);
        assert_eq!(version("5.0.0").generation(), Generation::V2);
        assert!(!version("1.29.2").can(Capability::ConfigJson));
        assert!(!version("2.3.3").can(Capability::PullNever));
        assert!(version("2.26.1").can(Capability::PullNever));
        assert!(!version("2.24.3").can(Capability::OverrideTag));
        assert!(version("2.24.4").can(Capability::OverrideTag));
    }
}
