//! On what kind of computer and engine somebody reads the steps: none may name a tool that is not there.

use super::facts::Facts;

/// The kind, as words of the catalogues' attributes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct System {
    words: Vec<&'static str>,
}

impl System {
    /// Says it from facts; `os` is the operating system of whoever reads, as Rust spells it.
    pub(crate) fn of(facts: &Facts, os: &str) -> Self {
        let os = facts
            .words(&["os", "hostOs", "operatingSystem"])
            .unwrap_or_else(|| os.to_owned());
        let is = |name: &str| facts.flag(&[name]) == Some(true);
        let flavour = facts
            .words(&["flavour", "engineFlavour"])
            .unwrap_or_default();
        let windows = os.contains("windows");
        let mac = ["macos", "darwin", "mac os"]
            .iter()
            .any(|it| os.contains(it));
        let mut words = Vec::new();
        let desktop = is("desktop")
            || is("dockerDesktop")
            || flavour.contains("desktop")
            || os.contains("docker desktop");
        if desktop || windows || mac {
            words.push("desktop");
        }
        for (name, there) in [("windows", windows), ("macos", mac)] {
            if there {
                words.push(name);
            }
        }
        for name in ["snap", "rootless", "podman"] {
            if is(name) || flavour.contains(name) {
                words.push(name);
            }
        }
        if facts.flag(&["systemd"]) == Some(false) && !(windows || mac) {
            words.push("no-systemd");
        }
        // What is said for Windows is more exact than what is said for Docker Desktop.
        words.sort_by_key(|word| !matches!(*word, "windows" | "macos"));
        Self { words }
    }

    /// The prefixes, the most exact one first.
    pub(crate) fn words(&self) -> &[&'static str] {
        &self.words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_name_the_system_and_else_it_is_the_one_of_the_reader() {
        assert!(System::of(&Facts::default(), "linux").words().is_empty());
        assert_eq!(
            System::of(&Facts::default(), "windows").words(),
            ["windows", "desktop"]
        );
        let mut facts = Facts::default();
        facts.set("engineFlavour", "rootless");
        facts.set("systemd", false);
        assert_eq!(
            System::of(&facts, "linux").words(),
            ["rootless", "no-systemd"]
        );
    }
}
