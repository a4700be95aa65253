//! Since which version of Compose a key is known, as Docker's reference of the compose file says it.

/// Keys by the end of their path, the more exact ones first, and the version that brought them.
const KEYS: &[(&str, &str)] = &[
    ("depends_on.required", "2.20"),
    ("depends_on.restart", "2.17"),
    ("env_file.required", "2.24"),
    ("env_file.format", "2.30"),
    ("build.additional_contexts", "2.17"),
    ("build.dockerfile_inline", "2.17"),
    ("healthcheck.start_interval", "2.20.2"),
    ("configs.content", "2.23.1"),
    ("networks.interface_name", "2.36"),
    ("networks.gw_priority", "2.33.1"),
    ("!override", "2.24.4"),
    ("!reset", "2.18"),
    ("attach", "2.20"),
    ("develop", "2.22"),
    ("gpus", "2.30"),
    ("include", "2.20"),
    ("models", "2.38"),
    ("name", "2.0"),
    ("post_start", "2.30"),
    ("pre_stop", "2.30"),
    ("provider", "2.36"),
];

/// Returns the lowest version that knows a key: `services.web.develop` needs 2.22. None where that is not known.
pub(crate) fn since(path: &str) -> Option<&'static str> {
    let words: Vec<&str> = path.split('.').collect();
    let last = *words.last()?;
    let fits = |key: &str| match key.split_once('.') {
        Some((above, key)) => key == last && words[..words.len() - 1].contains(&above),
        None => key == last || key == path,
    };
    // A key of a person's own choice is no key of Compose's.
    let is_named = words.len() == 2;
    let found = KEYS.iter().find(|(key, _)| fits(key));
    found.filter(|_| !is_named).map(|(_, version)| *version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_version_is_known_by_the_place_of_a_key() {
        for (path, version) in [
            ("services.web.develop", Some("2.22")),
            ("include", Some("2.20")),
            ("!override", Some("2.24.4")),
            ("configs.page.content", Some("2.23.1")),
            ("services.web.depends_on.db.required", Some("2.20")),
            ("services.web.healthcheck.start_interval", Some("2.20.2")),
            ("services.include", None),
            ("services.web.ports", None),
            ("content", None),
            ("", None),
        ] {
            assert_eq!(since(path), version, "{path}");
        }
    }
}
